//! Operators, and what goes wrong: a part that can't be read is skipped up to the next AND or OR outside its parentheses, so that the other
//! parts of a conjunction can still be used.

use crate::syntax::lexer::{self, Keyword, Mode, Token, TokenKind};
use crate::syntax::tree::Ident;
use crate::text::Span;

use super::{Expression, operand, select};

/// How many tokens are read; a chain of operators nests as deep as it is long.
const MAX_TOKENS: usize = 2000;
/// How deep parentheses may nest.
const MAX_DEPTH: u32 = 50;

/// Reads an expression, or what PL/pgSQL calls one: whatever may follow SELECT.
pub fn read(text: &str) -> Expression {
    let tokens = lexer::lex(text, Span::new(0, text.len() as u32), Mode::Body).tokens;
    if tokens.len() > MAX_TOKENS {
        return Expression::Unread;
    }
    let mut r = Reader { text, tokens: &tokens, at: 0, depth: 0 };
    let Some(mut select) = select::after_select(&mut r).filter(|_| r.kind() == TokenKind::End) else {
        return Expression::Unread;
    };
    match select.columns.len() {
        1 if select.relations.is_empty() && select.conditions.is_empty() => select.columns.remove(0),
        1 => Expression::Scalar(Box::new(select)),
        _ => Expression::Unread,
    }
}

/// A position in the tokens of an expression. What its productions can't read is `None`.
pub(super) struct Reader<'s> {
    text: &'s str,
    tokens: &'s [Token],
    at: usize,
    depth: u32,
}

impl<'s> Reader<'s> {
    pub(super) fn nth(&self, ahead: usize) -> TokenKind {
        self.tokens.get(self.at + ahead).map_or(TokenKind::End, |token| token.kind)
    }

    pub(super) fn kind(&self) -> TokenKind {
        self.nth(0)
    }

    pub(super) fn keyword(&self) -> Option<Keyword> {
        match self.kind() {
            TokenKind::Keyword(keyword) => Some(keyword),
            _ => None,
        }
    }

    pub(super) fn at_kw(&self, keyword: Keyword) -> bool {
        self.keyword() == Some(keyword)
    }

    /// Takes the next token, and gives its bytes.
    pub(super) fn bump(&mut self) -> &'s str {
        let token = self.tokens.get(self.at);
        self.at += usize::from(token.is_some());
        token.map_or("", |token| &self.text[token.span])
    }

    pub(super) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == kind;
        self.at += usize::from(found);
        found
    }

    pub(super) fn eat_kw(&mut self, keyword: Keyword) -> bool {
        self.eat(TokenKind::Keyword(keyword))
    }

    pub(super) fn expect(&mut self, kind: TokenKind) -> Option<()> {
        self.eat(kind).then_some(())
    }

    /// The name at the next token, as PostgreSQL stores it.
    pub(super) fn name(&mut self) -> Option<String> {
        let token = self.tokens.get(self.at)?;
        if !token.is_word() || token.kind == TokenKind::Placeholder {
            return None;
        }
        self.at += 1;
        Some(Ident { span: token.span }.value(self.text).into_owned())
    }

    /// The bytes from the `mark`th token to before the next, in lower case.
    pub(super) fn written(&self, mark: usize) -> String {
        let (Some(first), Some(last)) = (self.tokens.get(mark), self.tokens[..self.at].last()) else { return String::new() };
        self.text[first.span.to(last.span)].to_ascii_lowercase()
    }

    pub(super) fn mark(&self) -> usize {
        self.at
    }

    /// Runs a production one level deeper.
    pub(super) fn nested<T>(&mut self, production: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let result = production(self);
        self.depth -= 1;
        result
    }

    /// Skips what can't be read, from the `mark`th token to before the first of `stops` outside parentheses, and of the AND of a BETWEEN.
    fn skip(&mut self, mark: usize, stops: impl Fn(TokenKind) -> bool) {
        self.at = mark;
        let mut depth = 0u32;
        let mut between = 0u32;
        loop {
            match self.kind() {
                TokenKind::End => return,
                TokenKind::LeftParen | TokenKind::LeftBracket | TokenKind::Keyword(Keyword::Case) => depth += 1,
                TokenKind::RightParen | TokenKind::RightBracket | TokenKind::Keyword(Keyword::End) if depth > 0 => depth -= 1,
                TokenKind::Keyword(Keyword::Between) if depth == 0 => between += 1,
                TokenKind::Keyword(Keyword::And) if depth == 0 && between > 0 => between -= 1,
                kind if depth == 0 && stops(kind) => return,
                _ => {}
            }
            self.at += 1;
        }
    }
}

/// Whether `kind` can't belong to an expression that goes on outside parentheses.
pub(super) fn ends_expression(kind: TokenKind) -> bool {
    use Keyword::*;
    match kind {
        TokenKind::End | TokenKind::RightParen | TokenKind::RightBracket | TokenKind::Comma => true,
        TokenKind::Keyword(keyword) => {
            matches!(
                keyword,
                As | Cross
                    | Except
                    | Fetch
                    | For
                    | From
                    | Full
                    | Group
                    | Having
                    | Inner
                    | Intersect
                    | Join
                    | Left
                    | Limit
                    | Natural
                    | Offset
            ) || matches!(keyword, On | Order | Right | Union | Using | Where | Window)
        }
        _ => false,
    }
}

/// Any expression. It always ends where an expression does: what can't be read of it is [`Expression::Unread`].
pub(super) fn expression(r: &mut Reader) -> Expression {
    let mut parts = vec![conjunction(r)];
    while r.eat_kw(Keyword::Or) {
        parts.push(conjunction(r));
    }
    if parts.len() == 1 { parts.remove(0) } else { Expression::Or(parts) }
}

fn conjunction(r: &mut Reader) -> Expression {
    let mut parts = vec![part(r)];
    while r.eat_kw(Keyword::And) {
        parts.push(part(r));
    }
    if parts.len() == 1 { parts.remove(0) } else { Expression::And(parts.into_iter().flat_map(conjuncts).collect()) }
}

/// What must hold for an expression to hold.
pub(super) fn conjuncts(expression: Expression) -> Vec<Expression> {
    match expression {
        Expression::And(parts) => parts,
        part => vec![part],
    }
}

/// What stands between AND and OR.
fn part(r: &mut Reader) -> Expression {
    let ends = |kind| ends_expression(kind) || matches!(kind, TokenKind::Keyword(Keyword::And | Keyword::Or));
    let mark = r.mark();
    match negation(r).filter(|_| ends(r.kind())) {
        Some(expression) => expression,
        None => {
            r.skip(mark, ends);
            Expression::Unread
        }
    }
}

fn negation(r: &mut Reader) -> Option<Expression> {
    let mut negations = 0;
    while r.eat_kw(Keyword::Not) {
        negations += 1;
    }
    let operand = predicate(r)?;
    Some((0..negations).fold(operand, |operand, _| not(operand)))
}

/// Unread if `operand` is: what is not known is not known in the negative either.
fn not(operand: Expression) -> Expression {
    match operand {
        Expression::Unread => Expression::Unread,
        operand => Expression::Not(Box::new(operand)),
    }
}

/// Comparisons and IS, which bind less than other operators.
fn predicate(r: &mut Reader) -> Option<Expression> {
    let mut left = membership(r)?;
    if let Some(operator) = comparison(r.kind()) {
        r.bump();
        left = match r.keyword() {
            Some(Keyword::Any | Keyword::Some) if operator == "=" => any(r, left)?,
            Some(Keyword::Any | Keyword::Some | Keyword::All) => return None,
            _ => binary(left, operator, membership(r)?),
        };
    }
    while r.eat_kw(Keyword::Is) {
        let negated = r.eat_kw(Keyword::Not);
        r.expect(TokenKind::Keyword(Keyword::Null))?;
        let is_null = Expression::IsNull(Box::new(left));
        left = if negated { not(is_null) } else { is_null };
    }
    Some(left)
}

fn comparison(kind: TokenKind) -> Option<&'static str> {
    Some(match kind {
        TokenKind::Equals => "=",
        TokenKind::NotEquals => "<>",
        TokenKind::Less => "<",
        TokenKind::Greater => ">",
        TokenKind::LessEquals => "<=",
        TokenKind::GreaterEquals => ">=",
        _ => return None,
    })
}

fn binary(left: Expression, operator: &str, right: Expression) -> Expression {
    Expression::Operation(Box::new(left), operator.to_owned(), Box::new(right))
}

/// `= ANY (ARRAY[…])`, behind its operator.
fn any(r: &mut Reader, left: Expression) -> Option<Expression> {
    r.bump();
    r.expect(TokenKind::LeftParen)?;
    let array = r.nested(|r| Some(expression(r)))?;
    r.expect(TokenKind::RightParen)?;
    match array {
        Expression::Array(items) => Some(Expression::In(Box::new(left), items)),
        _ => None,
    }
}

/// IN, LIKE and their kin.
fn membership(r: &mut Reader) -> Option<Expression> {
    let left = arithmetic(r, 0)?;
    let negated = matches!(r.nth(1), TokenKind::Keyword(Keyword::In | Keyword::Like | Keyword::Ilike)) && r.eat_kw(Keyword::Not);
    let operator = match (r.keyword(), negated) {
        (Some(Keyword::Like), false) => "~~",
        (Some(Keyword::Like), true) => "!~~",
        (Some(Keyword::Ilike), false) => "~~*",
        (Some(Keyword::Ilike), true) => "!~~*",
        (Some(Keyword::In), _) => {
            r.bump();
            let found = Expression::In(Box::new(left), operand::parenthesised_list(r)?);
            return Some(if negated { not(found) } else { found });
        }
        _ => return Some(left),
    };
    r.bump();
    Some(binary(left, operator, arithmetic(r, 0)?))
}

/// The other operators, from the loosest: any operator, then `+ -`, `* / %`, `^`; each groups to the left.
fn arithmetic(r: &mut Reader, power: u8) -> Option<Expression> {
    if power > 3 {
        return operand::operand(r);
    }
    let mut left = arithmetic(r, power + 1)?;
    while power_of(r.kind()) == Some(power) {
        let operator = r.bump();
        left = binary(left, operator, arithmetic(r, power + 1)?);
    }
    Some(left)
}

fn power_of(kind: TokenKind) -> Option<u8> {
    Some(match kind {
        TokenKind::Operator => 0,
        TokenKind::Plus | TokenKind::Minus => 1,
        TokenKind::Star | TokenKind::Slash | TokenKind::Percent => 2,
        TokenKind::Caret => 3,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Constant, Relation};
    use super::*;

    fn column(name: &str) -> Expression {
        Expression::Column(name.split('.').map(str::to_owned).collect())
    }

    fn string(value: &str) -> Expression {
        Expression::Constant(Constant::String(value.to_owned()))
    }

    #[test]
    fn operators_bind_as_in_postgresql() {
        assert_eq!(read("T.A = 'it''s'"), binary(column("t.a"), "=", string("it's")));
        assert_eq!(read("a || b = c"), binary(binary(column("a"), "||", column("b")), "=", column("c")));
        assert_eq!(read("a + b * c"), binary(column("a"), "+", binary(column("b"), "*", column("c"))));
        assert_eq!(read("a = b IS NULL"), Expression::IsNull(Box::new(read("a = b"))));
        assert_eq!(read("NOT a = b"), not(read("a = b")));
        assert_eq!(read("NOT (\"A\" IS NOT NULL)"), not(not(Expression::IsNull(Box::new(column("A"))))));
        assert_eq!(read("a OR b AND c"), Expression::Or(vec![column("a"), read("b AND c")]));
        assert_eq!(read("a AND (b AND c) AND d"), read("a AND b AND c AND d"));
        assert_eq!(read("a NOT LIKE 'x%'"), binary(column("a"), "!~~", string("x%")));
    }

    #[test]
    fn casts_constants_and_lists() {
        assert_eq!(read("'a.b'::regclass"), Expression::Cast(Box::new(string("a.b")), "regclass".to_owned()));
        assert_eq!(read("regclass 'a.b'"), read("CAST ('a.b' AS regclass)"));
        assert_eq!(read("a::character varying(10)[]"), Expression::Cast(Box::new(column("a")), "character varying(10)[]".to_owned()));
        assert_eq!(read("a IN ('x', 'y')"), read("a = ANY (ARRAY['x', 'y'])"));
        assert_eq!(read("-5"), Expression::Constant(Constant::Number("-5".to_owned())));
        assert_eq!(read("current_schema"), read("current_schema()"));
    }

    #[test]
    fn a_query_is_its_relations_and_what_must_hold() {
        let Expression::Exists(select) = read(
            "EXISTS (SELECT 1 FROM pg_type t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
             WHERE typname = 'x' AND nspname = 'y' LIMIT 1)",
        ) else {
            panic!("no EXISTS")
        };
        assert_eq!(select.relations[0], Relation { name: vec!["pg_type".to_owned()], alias: Some("t".to_owned()) });
        assert_eq!(select.relations[1].name, ["pg_catalog", "pg_namespace"]);
        assert_eq!(select.conditions, [read("n.oid = t.typnamespace"), read("typname = 'x'"), read("nspname = 'y'")]);
    }

    #[test]
    fn what_plpgsql_calls_an_expression_may_have_a_from() {
        let Expression::Scalar(select) = read("count(*) = 0 FROM pg_class WHERE relname = 'x'") else { panic!("no query") };
        assert!(matches!(&select.columns[..], [Expression::Operation(left, _, _)] if **left == Expression::CountRows));
    }

    #[test]
    fn what_has_no_word_here_leaves_its_neighbours_readable() {
        for part in
            ["x BETWEEN 1 AND 2", "CASE WHEN a AND b THEN c END", "a COLLATE \"C\" = b", "(a, b) = (c, d)", "count(*) FILTER (WHERE x) > 0"]
        {
            assert_eq!(read(&format!("a AND {part} AND b")), Expression::And(vec![column("a"), Expression::Unread, column("b")]), "{part}");
        }
    }

    #[test]
    fn what_has_no_word_here_is_unread() {
        for text in [
            "EXISTS (SELECT 1 FROM a LEFT JOIN b ON a.x = b.x)",
            "EXISTS (SELECT 1 FROM a UNION SELECT 2)",
            "EXISTS (SELECT 1 FROM a LIMIT 0)",
            "EXISTS (SELECT 1 FROM f())",
            "NOT EXISTS (SELECT a FROM b GROUP BY a HAVING count(*) > 1)",
            "a, b",
            "${a}",
            "a ||",
            &"(".repeat(1600),
            &format!("a{}", "::text".repeat(1600)),
        ] {
            assert_eq!(read(text), Expression::Unread, "{text}");
        }
        assert!(matches!(read(&format!("a{}", " + a".repeat(900))), Expression::Operation(..)));
    }
}
