//! The words that facts are made of: names, types, roles, numbers, strings.

use std::fmt::Display;

use migration_lint::syntax::lexer::{self, Category, Keyword, Mode, Token, TokenKind};
use migration_lint::syntax::literal;
use migration_lint::syntax::tree::{
    Arguments, BuiltInType, Ident, Name, OperatorRef, Relation, RoleSpec, RoutineRef, TypeBase, TypeName, WordOrString,
};
use migration_lint::text::Span;

/// What is neither a constant nor a name.
const OTHER: &str = "?";

/// The text that a tree's spans point into.
#[derive(Clone, Copy)]
pub struct Words<'t> {
    pub text: &'t str,
}

impl Words<'_> {
    pub fn ident(self, ident: Ident) -> String {
        ident.value(self.text).into_owned()
    }

    pub fn idents<'i>(self, idents: impl IntoIterator<Item = &'i Ident>) -> String {
        list(idents.into_iter().map(|&ident| self.ident(ident)))
    }

    pub fn name(self, name: Name) -> String {
        name.display(self.text)
    }

    pub fn names<'n>(self, names: impl IntoIterator<Item = &'n Name>) -> String {
        list(names.into_iter().map(|&name| self.name(name)))
    }

    /// A relation's name, and whether ONLY stands in front.
    pub fn relation(self, relation: Relation) -> String {
        self.name(relation.name) + if relation.only.is_some() { " only" } else { "" }
    }

    /// What a string constant stands for.
    pub fn string(self, literal: Span) -> String {
        literal::value(self.text, literal).into_owned()
    }

    pub fn word_or_string(self, word: WordOrString) -> String {
        match word {
            WordOrString::Word(ident) => self.ident(ident),
            WordOrString::String(literal) => self.string(literal),
        }
    }

    pub fn role(self, role: RoleSpec) -> String {
        match role {
            RoleSpec::Public(_) => "public".to_owned(),
            RoleSpec::CurrentUser(_) => "current_user".to_owned(),
            RoleSpec::CurrentRole(_) => "current_role".to_owned(),
            RoleSpec::SessionUser(_) => "session_user".to_owned(),
            RoleSpec::Named(ident) => self.ident(ident),
        }
    }

    pub fn roles(self, roles: &[RoleSpec]) -> String {
        list(roles.iter().map(|&role| self.role(role)))
    }

    /// An operator, perhaps in a schema, perhaps in `OPERATOR()`.
    pub fn operator(self, span: Span) -> String {
        let parts = self.tokens(span).into_iter().filter(|token| {
            let wrapper = matches!(token.kind, TokenKind::Keyword(Keyword::Operator) | TokenKind::LeftParen | TokenKind::RightParen);
            !wrapper && token.kind != TokenKind::Dot
        });
        parts.map(|token| self.operator_part(Ident { span: token.span })).collect::<Vec<_>>().join(".")
    }

    pub fn operator_name(self, name: Name) -> String {
        let parts = [name.database, name.schema, Some(name.object)].into_iter().flatten();
        parts.map(|part| self.operator_part(part)).collect::<Vec<_>>().join(".")
    }

    fn operator_part(self, part: Ident) -> String {
        match part.text(self.text) {
            "!=" => "<>".to_owned(),
            _ => self.ident(part),
        }
    }

    /// An operator with the types of its operands.
    pub fn operator_ref(self, operator: &OperatorRef) -> String {
        let operand = |ty: &Option<TypeName>| ty.as_ref().map_or("none".to_owned(), |ty| self.type_name(ty));
        self.operator_name(operator.name) + &list([operand(&operator.left), operand(&operator.right)])
    }

    /// A routine, with the types of what is passed in where its arguments are written.
    pub fn routine(self, routine: &RoutineRef) -> String {
        let arguments = |arguments: &Arguments| list(arguments.inputs().map(|argument| self.type_name(&argument.ty)));
        self.name(routine.name) + &routine.arguments.as_ref().map_or(String::new(), arguments)
    }

    pub fn types(self, types: &[TypeName]) -> String {
        list(types.iter().map(|ty| self.type_name(ty)))
    }

    pub fn type_name(self, ty: &TypeName) -> String {
        let mut text = if ty.setof.is_some() { "setof ".to_owned() } else { String::new() };
        let mut modifiers: Vec<String> = ty.modifiers.iter().map(|&modifier| self.constant(modifier)).collect();
        match ty.base {
            TypeBase::Named(name) => text += &self.name(name),
            TypeBase::BuiltIn(_, built_in) => {
                text += "pg_catalog.";
                text += built_in.catalog_name();
                if modifiers.is_empty() && matches!(built_in, BuiltInType::Bit | BuiltInType::Bpchar) {
                    modifiers.push("1".to_owned());
                }
            }
        }
        if let Some(fields) = ty.interval_fields {
            for token in self.tokens(fields) {
                text += " ";
                text += &self.text[token.span].to_ascii_lowercase();
            }
        }
        if !modifiers.is_empty() {
            text += &list(modifiers);
        }
        text += if ty.percent_type.is_some() { "%type" } else { "" };
        text + &"[]".repeat(ty.array_dimensions.into())
    }

    /// A number with its sign.
    pub fn number(self, span: Span) -> String {
        let tokens = self.tokens(span);
        match tokens.as_slice() {
            [sign, digits] if sign.kind == TokenKind::Minus => negative(self.digits(*digits)),
            [.., digits] => self.digits(*digits),
            [] => OTHER.to_owned(),
        }
    }

    /// An expression: a constant by its value, a name dotted, anything else as `?`.
    fn constant(self, span: Span) -> String {
        self.constant_of(&self.tokens(span)).unwrap_or_else(|| OTHER.to_owned())
    }

    fn constant_of(self, tokens: &[Token]) -> Option<String> {
        match tokens {
            [sign, rest @ ..] if sign.kind == TokenKind::Minus => self.constant_of(rest).map(negative),
            [open, inner @ .., close] if open.kind == TokenKind::LeftParen && close.kind == TokenKind::RightParen => {
                self.constant_of(inner)
            }
            [token, ..] if is_string(token.kind) => {
                let unicode = matches!(tokens, [_, clause, _] if clause.kind == TokenKind::Keyword(Keyword::Uescape));
                (tokens.len() == 1 || unicode).then(|| self.string(span_of(tokens)))
            }
            [token] if matches!(token.kind, TokenKind::Integer | TokenKind::Decimal) => Some(self.digits(*token)),
            [token] if matches!(token.kind, TokenKind::Keyword(Keyword::True | Keyword::False)) => {
                Some(self.text[token.span].to_ascii_lowercase())
            }
            _ => self.column(tokens),
        }
    }

    /// `a.b.c`
    fn column(self, tokens: &[Token]) -> Option<String> {
        let named = |at: usize, token: &Token| match token.kind {
            TokenKind::Keyword(keyword) => at > 0 || matches!(keyword.category(), Category::Unreserved | Category::ColumnName),
            _ => token.is_word(),
        };
        let dotted = tokens.iter().enumerate().all(|(at, token)| match at % 2 {
            0 => named(at, token),
            _ => token.kind == TokenKind::Dot,
        });
        let parts = tokens.iter().step_by(2).map(|token| self.ident(Ident { span: token.span }));
        (dotted && tokens.len() % 2 == 1).then(|| parts.collect::<Vec<_>>().join("."))
    }

    /// An integer of 32 bits in decimal; any other number as it is written.
    fn digits(self, token: Token) -> String {
        let written = &self.text[token.span];
        let lower = written.replace('_', "").to_ascii_lowercase();
        let (digits, radix) = match lower.get(..2) {
            Some("0x") => (&lower[2..], 16),
            Some("0o") => (&lower[2..], 8),
            Some("0b") => (&lower[2..], 2),
            _ => (&lower[..], 10),
        };
        i32::from_str_radix(digits, radix).map_or_else(|_| written.to_owned(), |number| number.to_string())
    }

    pub fn tokens(self, span: Span) -> Vec<Token> {
        lexer::lex(self.text, span, Mode::Script).tokens
    }
}

/// `(a, b)`
pub fn list(items: impl IntoIterator<Item = impl Display>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    format!("({})", items.join(", "))
}

fn negative(number: String) -> String {
    match number.strip_prefix('-') {
        Some(positive) => positive.to_owned(),
        None if number == "0" => number,
        None => format!("-{number}"),
    }
}

fn span_of(tokens: &[Token]) -> Span {
    tokens[0].span.to(tokens[tokens.len() - 1].span)
}

fn is_string(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString | TokenKind::UnicodeString)
}
