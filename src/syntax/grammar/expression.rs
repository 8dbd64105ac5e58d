//! Expressions: operators, and how tightly each binds.
//!
//! The whole language of expressions is checked, and nothing of it is kept but where it stands. Operators are read by precedence climbing,
//! so that a chain of ten thousand `AND`s is a loop and not a depth; what an operand is, `operand` says. Powers, and who takes no
//! neighbour of its own power, are those of PostgreSQL's grammar (PostgreSQL 15, 4.1.6).

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::Expr;
use crate::text::Span;

use super::operand::{self, Operand, Parenthesised};
use super::parser::{Parse, Parser};
use super::{json, name, query, type_name};

/// Any expression (a_expr).
pub(super) fn expression(p: &mut Parser) -> Parse<Expr> {
    spanned(p, Language::Full)
}

/// An expression without the operators that are words, for places where such a word means something else (b_expr).
pub(super) fn restricted(p: &mut Parser) -> Parse<Expr> {
    spanned(p, Language::Restricted)
}

/// An expression behind which a label may stand without AS, so that even the word of an operator can be one: `SELECT a like FROM t`.
pub(super) fn before_label(p: &mut Parser) -> Parse<()> {
    climb(p, Language::Full, Power::Label)
}

/// One or more expressions between commas, and how many (expr_list).
pub(super) fn expressions(p: &mut Parser) -> Parse<usize> {
    let mut count = 1;
    expression(p)?;
    while p.eat(TokenKind::Comma).is_some() {
        expression(p)?;
        count += 1;
    }
    Ok(count)
}

/// `(` expressions `)`, and how many.
pub(super) fn parenthesised_expressions(p: &mut Parser) -> Parse<usize> {
    p.left_paren()?;
    let count = expressions(p)?;
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(count)
}

/// What the inside of parentheses may turn out to be.
pub(super) enum Content {
    /// A query, as PostgreSQL reads as many parentheses around it as it can.
    Query(Box<query::Body>),
    /// An expression.
    Expression,
}

/// An expression or a query, where only what follows the parentheses around a query tells which.
pub(super) fn expression_or_query(p: &mut Parser) -> Parse<Content> {
    if query::at_query(p) {
        return query::any(p).map(Content::Query);
    }
    if !p.at(TokenKind::LeftParen) {
        return expression(p).map(|_| Content::Expression);
    }
    match operand::parenthesised(p)? {
        Parenthesised::Query(body) if p.at(TokenKind::RightParen) || query::goes_on(p) => query::after_first(p, body).map(Content::Query),
        inner => {
            let first = operand::finish_parenthesised(p, &inner)?;
            after_first_operand(p, first)?;
            Ok(Content::Expression)
        }
    }
}

/// What is left of an expression whose first operand was read.
pub(super) fn after_first_operand(p: &mut Parser, first: Operand) -> Parse<()> {
    after_operand(p, Language::Full, first)?;
    operators(p, Language::Full, Power::Lowest)
}

/// `OPERATOR(schema.+)` (qual_Op).
pub(super) fn qualified_operator(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    p.expect_kw(Keyword::Operator)?;
    p.left_paren()?;
    name::operator(p)?;
    p.right_paren()?;
    Ok(p.since(start))
}

/// Whether `OPERATOR(` stands here.
pub(super) fn at_qualified_operator(p: &Parser) -> bool {
    p.at_kw(Keyword::Operator) && p.nth(1) == TokenKind::LeftParen
}

/// Whether an operator stands before the first operand of an expression, or a word that is no operand anywhere else.
pub(super) fn at_prefix(p: &Parser) -> bool {
    match p.kind() {
        TokenKind::Plus | TokenKind::Minus | TokenKind::Operator => true,
        TokenKind::Keyword(keyword) => matches!(keyword, Keyword::Not | Keyword::Default) || at_qualified_operator(p),
        _ => false,
    }
}

/// Which operators there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Full,
    Restricted,
}

/// How tightly an operator binds, from the loosest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Power {
    /// Below it is only a label.
    Label,
    Lowest,
    Or,
    And,
    Not,
    Is,
    Comparison,
    Matching,
    Other,
    Sum,
    Product,
    Exponent,
    At,
    Collate,
    Sign,
    Cast,
}

impl Power {
    /// Whether two operators of this power may not stand side by side: `a < b < c`.
    fn is_alone(self) -> bool {
        matches!(self, Power::Is | Power::Comparison | Power::Matching)
    }
}

/// An operator after an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Infix {
    Cast,
    Collate,
    At,
    And,
    Or,
    /// One token between two operands.
    Symbol(Power),
    /// `OPERATOR(…)`
    Qualified,
    Is,
    /// `ISNULL`, `NOTNULL`
    NullTest,
    /// The word that follows `NOT`, if that stands first.
    Matching(Keyword),
}

impl Infix {
    fn power(self) -> Power {
        match self {
            Infix::Cast => Power::Cast,
            Infix::Collate => Power::Collate,
            Infix::At => Power::At,
            Infix::And => Power::And,
            Infix::Or => Power::Or,
            Infix::Symbol(power) => power,
            Infix::Qualified => Power::Other,
            Infix::Is | Infix::NullTest => Power::Is,
            Infix::Matching(_) => Power::Matching,
        }
    }
}

fn spanned(p: &mut Parser, language: Language) -> Parse<Expr> {
    let start = p.start();
    climb(p, language, Power::Lowest)?;
    Ok(Expr { span: p.since(start) })
}

/// An operand and every operator behind it that binds tighter than `power`.
fn climb(p: &mut Parser, language: Language, power: Power) -> Parse<()> {
    p.nested(|p| {
        match p.kind() {
            TokenKind::Plus | TokenKind::Minus => {
                p.bump();
                climb(p, language, Power::Sign)?;
            }
            TokenKind::Operator => {
                p.bump();
                climb(p, language, Power::Other)?;
            }
            TokenKind::Keyword(Keyword::Operator) if at_qualified_operator(p) => {
                qualified_operator(p)?;
                climb(p, language, Power::Other)?;
            }
            TokenKind::Keyword(Keyword::Not) if language == Language::Full => {
                p.bump();
                climb(p, language, Power::Not)?;
            }
            TokenKind::Keyword(Keyword::Default) if language == Language::Full => {
                p.bump();
            }
            _ => {
                let operand = operand::operand(p)?;
                after_operand(p, language, operand)?;
            }
        }
        operators(p, language, power)
    })
}

/// `(a, b) OVERLAPS (c, d)`, which only two rows can be.
fn after_operand(p: &mut Parser, language: Language, operand: Operand) -> Parse<()> {
    let Operand::Row(items) = operand else {
        return Ok(());
    };
    if language == Language::Restricted || !p.at_kw(Keyword::Overlaps) {
        return Ok(());
    }
    const TWO: &str = "`OVERLAPS` compares two rows of two items each";
    if items != 2 {
        return Err(p.error(TWO));
    }
    p.bump();
    let right = p.span();
    match p.kind() {
        TokenKind::LeftParen | TokenKind::Keyword(Keyword::Row) => {}
        _ => return Err(p.unexpected("a row of two items in parentheses")),
    }
    match operand::operand(p)? {
        Operand::Row(2) => Ok(()),
        _ => Err(p.error_at(right, TWO)),
    }
}

/// The operators behind an operand that bind tighter than `power`, with what they take.
fn operators(p: &mut Parser, language: Language, power: Power) -> Parse<()> {
    while let Some(infix) = infix(p, language, power) {
        if infix.power() < power || infix.power() == power && !power.is_alone() {
            break;
        }
        if infix.power() == power {
            return Err(p.unexpected("the end of a comparison").help("operators like this one can't be chained: use parentheses or `AND`"));
        }
        apply(p, language, infix)?;
    }
    Ok(())
}

/// The operator that stands here, if one does.
///
/// Some words are operators only together with the next one. PostgreSQL looks at that only where the word could be something else.
fn infix(p: &Parser, language: Language, power: Power) -> Option<Infix> {
    let alone = power <= Power::Lowest;
    let keyword = match p.kind() {
        TokenKind::DoubleColon => return Some(Infix::Cast),
        TokenKind::Plus | TokenKind::Minus => return Some(Infix::Symbol(Power::Sum)),
        TokenKind::Star | TokenKind::Slash | TokenKind::Percent => return Some(Infix::Symbol(Power::Product)),
        TokenKind::Caret => return Some(Infix::Symbol(Power::Exponent)),
        TokenKind::Less
        | TokenKind::Greater
        | TokenKind::Equals
        | TokenKind::LessEquals
        | TokenKind::GreaterEquals
        | TokenKind::NotEquals => return Some(Infix::Symbol(Power::Comparison)),
        TokenKind::Operator => return Some(Infix::Symbol(Power::Other)),
        TokenKind::Keyword(keyword) if power == Power::Label && keyword.is_bare_label() && query::ends_targets(p.nth(1)) => return None,
        TokenKind::Keyword(keyword) => keyword,
        _ => return None,
    };
    match keyword {
        Keyword::Operator if !alone || at_qualified_operator(p) => Some(Infix::Qualified),
        Keyword::Is => Some(Infix::Is),
        _ if language == Language::Restricted => None,
        Keyword::Collate => Some(Infix::Collate),
        Keyword::At if !alone || matches!(p.nth(1), TokenKind::Keyword(Keyword::Time | Keyword::Local)) => Some(Infix::At),
        Keyword::And => Some(Infix::And),
        Keyword::Or => Some(Infix::Or),
        Keyword::Isnull | Keyword::Notnull => Some(Infix::NullTest),
        Keyword::Not => match p.nth(1) {
            TokenKind::Keyword(word @ (Keyword::Between | Keyword::In | Keyword::Like | Keyword::Ilike | Keyword::Similar)) => {
                Some(Infix::Matching(word))
            }
            _ => None,
        },
        Keyword::Similar if alone && p.nth(1) != TokenKind::Keyword(Keyword::To) => None,
        Keyword::Between | Keyword::In | Keyword::Like | Keyword::Ilike | Keyword::Similar => Some(Infix::Matching(keyword)),
        _ => None,
    }
}

/// Reads an operator and what stands to the right of it.
fn apply(p: &mut Parser, language: Language, infix: Infix) -> Parse<()> {
    match infix {
        Infix::Cast => {
            p.bump();
            type_name::type_name(p).map(drop)
        }
        Infix::Collate => {
            p.bump();
            name::name(p, "the name of a collation").map(drop)
        }
        Infix::At => at_time_zone(p),
        Infix::Is => is(p, language),
        Infix::NullTest => {
            p.bump();
            Ok(())
        }
        Infix::Matching(word) => matching(p, word),
        Infix::Qualified => {
            qualified_operator(p)?;
            quantified_or(p, language, Power::Other)
        }
        Infix::Symbol(power) => {
            p.bump();
            quantified_or(p, language, power)
        }
        Infix::And | Infix::Or => {
            p.bump();
            climb(p, language, infix.power())
        }
    }
}

/// `AT TIME ZONE x`, `AT LOCAL`.
fn at_time_zone(p: &mut Parser) -> Parse<()> {
    let at = p.bump();
    if let Some(local) = p.eat_kw(Keyword::Local) {
        p.need(17, at.to(local), "`AT LOCAL`");
        return Ok(());
    }
    p.expect_kws(&[Keyword::Time, Keyword::Zone])?;
    climb(p, Language::Full, Power::At)
}

/// What follows an operator: `ANY (…)`, `SOME (…)`, `ALL (…)`, or an operand.
fn quantified_or(p: &mut Parser, language: Language, power: Power) -> Parse<()> {
    let quantifier = matches!(p.kind(), TokenKind::Keyword(Keyword::Any | Keyword::Some | Keyword::All));
    if language == Language::Restricted || !quantifier {
        return climb(p, language, power);
    }
    p.bump();
    let start = p.start();
    match operand::parenthesised(p)? {
        Parenthesised::Row(_) => Err(p
            .error_at(p.since(start), "`ANY` and `ALL` take one array or a query, not a list")
            .help("write `IN (…)`, or `ARRAY[…]` inside the parentheses")),
        _ => Ok(()),
    }
}

/// `[NOT] BETWEEN`, `IN`, `LIKE`, `ILIKE`, `SIMILAR TO`.
fn matching(p: &mut Parser, word: Keyword) -> Parse<()> {
    p.eat_kw(Keyword::Not);
    p.bump();
    match word {
        Keyword::In => {
            if !p.at(TokenKind::LeftParen) {
                return Err(p.unexpected("`(`").help("`IN` takes a list or a query in parentheses; for an array write `= ANY (…)`"));
            }
            return operand::parenthesised(p).map(drop);
        }
        Keyword::Between => {
            if p.eat_kw(Keyword::Symmetric).is_none() {
                p.eat_kw(Keyword::Asymmetric);
            }
            climb(p, Language::Restricted, Power::Lowest)?;
            p.expect_kw(Keyword::And)?;
            return climb(p, Language::Full, Power::Matching);
        }
        Keyword::Similar => {
            p.expect_kw(Keyword::To)?;
        }
        _ if matches!(p.kind(), TokenKind::Keyword(Keyword::Any | Keyword::Some | Keyword::All)) => {
            return quantified_or(p, Language::Full, Power::Other);
        }
        _ => {}
    }
    climb(p, Language::Full, Power::Matching)?;
    match p.eat_kw(Keyword::Escape) {
        Some(_) => climb(p, Language::Full, Power::Matching),
        None => Ok(()),
    }
}

/// `IS [NOT] …`.
fn is(p: &mut Parser, language: Language) -> Parse<()> {
    use Keyword::{
        Array, Distinct, Document, False, From, Json, Nfc, Nfd, Nfkc, Nfkd, Normalized, Not, Null, Object, Scalar, True, Unknown, Value,
    };
    let start = p.start();
    p.bump();
    p.eat_kw(Not);
    match p.kind() {
        TokenKind::Keyword(Distinct) => {
            p.bump();
            p.expect_kw(From)?;
            return climb(p, language, Power::Is);
        }
        TokenKind::Keyword(Document) => {
            p.bump();
        }
        _ if language == Language::Restricted => return Err(p.unexpected("`DISTINCT FROM` or `DOCUMENT`")),
        TokenKind::Keyword(Null | True | False | Unknown) => {
            p.bump();
        }
        TokenKind::Keyword(Normalized | Nfc | Nfd | Nfkc | Nfkd) => {
            if p.eat_kw(Normalized).is_none() {
                p.bump();
                p.expect_kw(Normalized)?;
            }
            let span = p.since(start);
            p.need(13, span, "`IS NORMALIZED`");
        }
        TokenKind::Keyword(Json) => {
            p.bump();
            if matches!(p.kind(), TokenKind::Keyword(Value | Array | Object | Scalar)) {
                p.bump();
            }
            let span = p.since(start);
            p.need(16, span, "`IS JSON`");
            json::key_uniqueness(p)?;
        }
        _ => return Err(p.unexpected("`NULL`, `TRUE`, `FALSE`, `UNKNOWN` or `DISTINCT FROM`")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::syntax::grammar::testing;

    #[test]
    fn a_chain_is_no_depth() {
        for operator in ["AND", "OR", "||", "+", "::int::text ||", "COLLATE \"C\" ||"] {
            testing::node(&format!("SELECT {}", vec!["a"; 5_000].join(&format!(" {operator} "))));
        }
        testing::node(&format!("SELECT a IN ({})", vec!["1"; 50_000].join(",")));
        testing::node(&format!("SELECT a{}", "::int".repeat(5_000)));
    }

    #[test]
    fn depth_is_bounded_whatever_nests() {
        for (open, inner, close) in [
            ("SELECT ", "(", ")"),
            ("SELECT ", "f(", ")"),
            ("SELECT ", "NOT ", ""),
            ("SELECT ", "(SELECT ", ")"),
            ("SELECT ", "CASE WHEN a THEN ", " END"),
            ("SELECT ", "a = ANY (", ")"),
            ("", "(SELECT 1 FROM ", ")"),
        ] {
            let text = format!("{open}{}1{}", inner.repeat(20_000), close.repeat(20_000));
            assert!(testing::error(&text).message.contains("levels deep"), "{inner}");
        }
    }

    #[test]
    fn operators_that_are_no_chain_stand_alone() {
        for text in ["SELECT a < b < c", "SELECT a = b = c", "SELECT a LIKE b LIKE c", "SELECT a IS DISTINCT FROM b IS NULL"] {
            assert!(testing::error(text).message.contains("comparison"), "{text}");
        }
        for text in
            ["SELECT a < b IS NULL IS NULL", "SELECT a = (b = c)", "SELECT a = b LIKE c", "SELECT NOT a = b", "SELECT a IN (1) IN (2)"]
        {
            testing::node(text);
        }
    }

    #[test]
    fn slices_end_in_what_looks_like_a_variable_of_psql() {
        testing::node("SELECT a[1:n], a[:n], a[x + 1:n - 1], a[1:], json_object('k':v, 'l':f(x))");
    }
}
