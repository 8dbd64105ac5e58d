//! Names, roles, numbers and strings: the smallest productions.

use crate::syntax::lexer::{Category, Keyword, LexError, TokenKind};
use crate::syntax::literal;
use crate::syntax::tree::{Behavior, Clause, Guard, Ident, Name, Relation, RoleSpec, WordOrString};
use crate::text::Span;

use super::error::SyntaxError;
use super::parser::{Parse, Parser};

/// A column, table, schema … name (ColId).
pub(in crate::syntax) fn column_name(p: &mut Parser, what: &str) -> Parse<Ident> {
    name_of(p, what, |category| matches!(category, Category::Unreserved | Category::ColumnName))
}

/// A name that may be any keyword (ColLabel).
pub(in crate::syntax) fn label(p: &mut Parser, what: &str) -> Parse<Ident> {
    name_of(p, what, |_| true)
}

/// The name of a function or type (type_function_name).
pub(in crate::syntax) fn function_name(p: &mut Parser, what: &str) -> Parse<Ident> {
    name_of(p, what, |category| matches!(category, Category::Unreserved | Category::TypeOrFunction))
}

/// A word that is not reserved (NonReservedWord).
pub(in crate::syntax) fn non_reserved(p: &mut Parser, what: &str) -> Parse<Ident> {
    name_of(p, what, |category| category != Category::Reserved)
}

/// A word that is not reserved, or a string (NonReservedWord_or_Sconst).
pub(in crate::syntax) fn word_or_string(p: &mut Parser, what: &str) -> Parse<WordOrString> {
    if at_string(p.kind()) { string(p, what).map(WordOrString::String) } else { non_reserved(p, what).map(WordOrString::Word) }
}

fn name_of(p: &mut Parser, what: &str, allowed: impl Fn(Category) -> bool) -> Parse<Ident> {
    if p.is_name(p.kind(), allowed) && !p.at_joined_word() {
        return word(p);
    }
    let error = p.unexpected(what);
    Err(match p.kind() {
        TokenKind::Keyword(keyword) => {
            let word = keyword.word();
            error.help(format!("`{word}` is a keyword of PostgreSQL; as a name it must be quoted: `\"{word}\"`"))
        }
        TokenKind::String => error.help("names are written bare or in double quotes; single quotes make a string"),
        _ => error,
    })
}

/// The next token as a name, which somebody has seen it to be; `U&"…"` with the escape character that it says to have.
pub(in crate::syntax) fn word(p: &mut Parser) -> Parse<Ident> {
    if !p.at(TokenKind::UnicodeIdent) {
        return Ok(Ident { span: p.bump() });
    }
    let ident = Ident { span: unicode(p)? };
    match ident.escapes_are_valid(p.text) {
        true => Ok(ident),
        false => Err(p.error_at(ident.span, LexError::InvalidConstant.explain())),
    }
}

/// `U&'…'` or `U&"…"` with the escape character that it says to have.
fn unicode(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    p.bump();
    if p.eat_kw(Keyword::Uescape).is_some() {
        let allowed = |byte: u8| byte.is_ascii() && !byte.is_ascii_hexdigit() && !byte.is_ascii_whitespace() && !b"+'\"".contains(&byte);
        match p.text[p.span()].as_bytes() {
            [b'\'', byte, b'\''] if allowed(*byte) => p.bump(),
            _ => {
                let help = "it is one character, but no digit, letter from A to F, plus, quote or space";
                return Err(p.unexpected("the escape character in quotes").help(help));
            }
        };
    }
    Ok(p.since(start))
}

/// A table, sequence, view or type name of up to three parts (qualified_name, any_name).
pub(in crate::syntax) fn name(p: &mut Parser, what: &str) -> Parse<Name> {
    let first = column_name(p, what)?;
    qualified(p, first)
}

/// A function name of up to three parts (func_name).
pub(in crate::syntax) fn routine_name(p: &mut Parser, what: &str) -> Parse<Name> {
    if p.nth(1) == TokenKind::Dot {
        return name(p, what);
    }
    function_name(p, what).map(Name::unqualified)
}

/// The rest of a name whose first part was taken.
pub(in crate::syntax) fn qualified(p: &mut Parser, first: Ident) -> Parse<Name> {
    let mut name = Name::unqualified(first);
    while p.eat(TokenKind::Dot).is_some() {
        let next = label(p, "a name after the point")?;
        name = append(p, Some(name), next)?;
    }
    Ok(name)
}

/// `part` behind the parts of a name that were taken so far.
pub(in crate::syntax) fn append(p: &Parser, name: Option<Name>, part: Ident) -> Parse<Name> {
    match name {
        None => Ok(Name::unqualified(part)),
        Some(name) => name.qualifying(part).ok_or_else(|| p.error("a name has at most three parts: database, schema and object")),
    }
}

/// One or more names between commas.
pub(in crate::syntax) fn names(p: &mut Parser, what: &str) -> Parse<Vec<Name>> {
    p.list(|p| name(p, what))
}

/// `(a, b)` of column names.
pub(in crate::syntax) fn column_list(p: &mut Parser) -> Parse<Vec<Ident>> {
    p.paren_list(|p| column_name(p, "a column name"))
}

/// `(a, b)` of column names with the parentheses as span, or nothing (opt_column_list).
pub(in crate::syntax) fn optional_columns(p: &mut Parser) -> Parse<Option<Clause<Vec<Ident>>>> {
    let start = p.start();
    let value = if p.at(TokenKind::LeftParen) { column_list(p)? } else { return Ok(None) };
    Ok(Some(Clause { span: p.since(start), value }))
}

/// A table that may be written with ONLY, with parentheses, or with `*` (relation_expr).
pub(in crate::syntax) fn relation(p: &mut Parser) -> Parse<Relation> {
    if let Some(only) = p.eat_kw(Keyword::Only) {
        let name = if p.eat(TokenKind::LeftParen).is_some() {
            let inner = name(p, "a table name")?;
            p.right_paren()?;
            inner
        } else {
            name(p, "a table name")?
        };
        return Ok(Relation { only: Some(only), name });
    }
    let name = name(p, "a table name")?;
    p.eat(TokenKind::Star);
    Ok(Relation { only: None, name })
}

/// `PUBLIC`, `CURRENT_USER`, … or a role's name (RoleSpec).
pub(in crate::syntax) fn role(p: &mut Parser) -> Parse<RoleSpec> {
    match p.kind() {
        TokenKind::Keyword(Keyword::CurrentUser) => Ok(RoleSpec::CurrentUser(p.bump())),
        TokenKind::Keyword(Keyword::CurrentRole) => {
            let span = p.bump();
            p.need(14, span, "`CURRENT_ROLE` as a role");
            Ok(RoleSpec::CurrentRole(span))
        }
        TokenKind::Keyword(Keyword::SessionUser) => Ok(RoleSpec::SessionUser(p.bump())),
        _ => {
            // Quotes make no difference to these two (PostgreSQL 15, CREATE ROLE: they are no keywords, yet no names of roles either).
            let written = Ident { span: p.span() };
            if written.is(p.text, "none") {
                return Err(p.error("`none` is reserved and can't name a role").state("42939"));
            }
            let role = non_reserved(p, "the name of a role")?;
            Ok(if role.is(p.text, "public") { RoleSpec::Public(role.span) } else { RoleSpec::Named(role) })
        }
    }
}

/// One or more roles between commas (role_list).
pub(in crate::syntax) fn roles(p: &mut Parser) -> Parse<Vec<RoleSpec>> {
    p.list(role)
}

/// The name of one role, by name (RoleId).
pub(in crate::syntax) fn role_name(p: &mut Parser) -> Parse<Ident> {
    let before = p.mark();
    match role(p)? {
        RoleSpec::Named(role) => Ok(role),
        other => {
            p.rewind(before);
            let word = p.text[other.span()].to_lowercase();
            Err(p.error(format!("`{word}` stands for a role elsewhere and can't be its name")).state("42939"))
        }
    }
}

/// `IF NOT EXISTS`, or its place.
pub(in crate::syntax) fn if_not_exists(p: &mut Parser) -> Guard {
    let at = p.start();
    match p.eat_kws(&[Keyword::If, Keyword::Not, Keyword::Exists]) {
        Some(span) => Guard::Written(span),
        None => Guard::Absent(at),
    }
}

/// `IF EXISTS`, or its place.
pub(in crate::syntax) fn if_exists(p: &mut Parser) -> Guard {
    let at = p.start();
    match p.eat_kws(&[Keyword::If, Keyword::Exists]) {
        Some(span) => Guard::Written(span),
        None => Guard::Absent(at),
    }
}

/// Refuses `IF [NOT] EXISTS` in a statement that has none; PostgreSQL would take it for the name "if" and stumble over what follows.
pub(in crate::syntax) fn no_guard(p: &Parser, statement: &str) -> Parse<()> {
    let (guard, help) = if p.at_kws(&[Keyword::If, Keyword::Not, Keyword::Exists]) {
        ("IF NOT EXISTS", "create it in a DO block that asks the catalog first, or that catches `duplicate_object`")
    } else if p.at_kws(&[Keyword::If, Keyword::Exists]) {
        ("IF EXISTS", "put it in a DO block that asks the catalog first")
    } else {
        return Ok(());
    };
    Err(p.error(format!("`{statement}` has no `{guard}`")).help(help))
}

/// `CASCADE` or `RESTRICT`, if one is written.
pub(in crate::syntax) fn behavior(p: &mut Parser) -> Option<Behavior> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Cascade) => Some(Behavior::Cascade(p.bump())),
        TokenKind::Keyword(Keyword::Restrict) => Some(Behavior::Restrict(p.bump())),
        _ => None,
    }
}

/// Whether a token begins a string constant of the kinds that the grammar calls Sconst.
pub(in crate::syntax) fn at_string(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString | TokenKind::UnicodeString)
}

/// A string constant of the kinds that the grammar calls Sconst; its bytes with quotes.
pub(in crate::syntax) fn string(p: &mut Parser, what: &str) -> Parse<Span> {
    match p.kind() {
        TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString | TokenKind::Placeholder => Ok(p.bump()),
        TokenKind::UnicodeString => {
            let span = unicode(p)?;
            match literal::wrong_escape(p.text, span) {
                None => Ok(span),
                Some(wrong) => Err(Box::new(SyntaxError::lexical(span, wrong))),
            }
        }
        _ => Err(p.unexpected(what)),
    }
}

/// An integer with an optional sign (SignedIconst).
pub(in crate::syntax) fn signed_integer(p: &mut Parser, what: &str) -> Parse<Span> {
    let start = p.start();
    if p.eat(TokenKind::Minus).is_none() {
        p.eat(TokenKind::Plus);
    }
    integer(p, what)?;
    Ok(p.since(start))
}

/// An integer (Iconst); one that takes more than 32 bits is another kind of number to the lexer of PostgreSQL.
pub(in crate::syntax) fn integer(p: &mut Parser, what: &str) -> Parse<Span> {
    match p.kind() {
        TokenKind::Integer if integer_value(&p.text[p.span()]).is_none_or(|value| value > i32::MAX as u64) => {
            Err(p.unexpected(what).help("it is greater than 2147483647"))
        }
        TokenKind::Integer => {
            let span = p.bump();
            note_number(p, span);
            Ok(span)
        }
        TokenKind::Placeholder => Ok(p.bump()),
        _ => Err(p.unexpected(what)),
    }
}

/// Notes which version reads the number at `span`: `0x1F` and `1_000` are newer than others (PostgreSQL 16, 4.1.2.6).
pub(in crate::syntax) fn note_number(p: &mut Parser, span: Span) {
    let digits = p.text[span].as_bytes();
    let radix = digits[0] == b'0' && digits.get(1).is_some_and(|letter| b"xXoObB".contains(letter));
    if radix || digits.contains(&b'_') {
        p.need(16, span, "a number in hexadecimal, octal or binary digits or with `_` between them");
    }
}

/// The value of an integer constant, as `1_000` or `0xFF`, if it fits into 64 bits.
pub(in crate::syntax) fn integer_value(constant: &str) -> Option<u64> {
    let lower = constant.replace('_', "").to_ascii_lowercase();
    let (digits, radix) = match lower.get(..2) {
        Some("0x") => (&lower[2..], 16),
        Some("0o") => (&lower[2..], 8),
        Some("0b") => (&lower[2..], 2),
        _ => (&lower[..], 10),
    };
    u64::from_str_radix(digits, radix).ok()
}

/// A number with an optional sign (NumericOnly).
pub(in crate::syntax) fn number(p: &mut Parser, what: &str) -> Parse<Span> {
    let start = p.start();
    if p.eat(TokenKind::Minus).is_none() {
        p.eat(TokenKind::Plus);
    }
    match p.kind() {
        TokenKind::Integer | TokenKind::Decimal | TokenKind::Placeholder => {
            let digits = p.bump();
            note_number(p, digits);
            Ok(p.since(start))
        }
        _ => Err(p.unexpected(what)),
    }
}

/// An operator, bare or as `OPERATOR(schema.op)` where `qualified` forms are read elsewhere (any_operator): `schema.+`, `=`.
pub(in crate::syntax) fn operator(p: &mut Parser) -> Parse<Span> {
    operator_name(p).map(Name::span)
}

/// The same as a name whose last part is the operator's sign.
pub(in crate::syntax) fn operator_name(p: &mut Parser) -> Parse<Name> {
    let mut name = None;
    while p.at_column_name() && p.nth(1) == TokenKind::Dot {
        let part = column_name(p, "an operator")?;
        p.bump();
        name = Some(append(p, name, part)?);
    }
    if !is_operator(p.kind()) {
        return Err(p.unexpected("an operator"));
    }
    let sign = Ident { span: p.bump() };
    append(p, name, sign)
}

/// Whether a token is an operator (all_Op).
pub(in crate::syntax) fn is_operator(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(
        kind,
        Operator | Plus | Minus | Star | Slash | Percent | Caret | Less | Greater | Equals | LessEquals | GreaterEquals | NotEquals
    )
}
