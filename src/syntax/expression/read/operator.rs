//! Operators, by precedence climbing: `grammar::expression` with the tree that it does not keep.

use crate::syntax::grammar::name;
use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Keyword, TokenKind};
use crate::text::Span;

use super::super::tree::*;
use super::operand::{self, Parenthesised};
use super::{MAX_HEIGHT, Reader, query, unread};

/// Any expression (a_expr).
pub(super) fn expression(r: &mut Reader) -> Parse<Expression> {
    climb(r, Language::Full, Power::Lowest)
}

/// An expression without the operators that are words (b_expr).
pub(super) fn restricted(r: &mut Reader) -> Parse<Expression> {
    climb(r, Language::Restricted, Power::Lowest)
}

/// An expression behind which a label may stand without AS.
pub(super) fn before_label(r: &mut Reader) -> Parse<Expression> {
    climb(r, Language::Full, Power::Label)
}

/// One or more expressions between commas (expr_list).
pub(super) fn expressions(r: &mut Reader) -> Parse<Vec<Expression>> {
    r.list_of(expression)
}

/// `(a, b)`
pub(super) fn parenthesised_expressions(r: &mut Reader) -> Parse<Vec<Expression>> {
    r.paren_list_of(expression)
}

/// What the inside of parentheses turns out to be.
pub(super) enum Content {
    Query(Query),
    Expression(Expression),
}

/// An expression or a query, where only what follows the parentheses around a query tells which.
pub(super) fn expression_or_query(r: &mut Reader) -> Parse<Content> {
    if query::at_query(r) {
        return query::any(r).map(Content::Query);
    }
    if !r.at(TokenKind::LeftParen) {
        return expression(r).map(Content::Expression);
    }
    let start = r.start();
    match operand::parenthesised(r)? {
        Parenthesised::Query(first) if r.at(TokenKind::RightParen) || query::goes_on(r) => {
            query::after_first(r, start, first).map(Content::Query)
        }
        inner => {
            let first = operand::finish_parenthesised(r, start, inner)?;
            after_first_operand(r, start, first).map(Content::Expression)
        }
    }
}

/// What is left of an expression whose first operand was read.
pub(super) fn after_first_operand(r: &mut Reader, start: u32, first: Expression) -> Parse<Expression> {
    let first = overlaps(r, start, first)?;
    operators(r, start, first, Language::Full, Power::Lowest)
}

/// The parts of the operator's name in `OPERATOR(schema.+)`.
pub(super) fn qualified_operator(r: &mut Reader) -> Parse<Vec<String>> {
    r.expect_kw(Keyword::Operator)?;
    r.left_paren()?;
    let mut parts = Vec::new();
    while !name::is_operator(r.kind()) {
        parts.push(r.label()?);
        r.expect(TokenKind::Dot, "`.`")?;
    }
    parts.push(sign(r));
    r.right_paren()?;
    Ok(parts)
}

pub(super) fn at_qualified_operator(r: &Reader) -> bool {
    r.at_kw(Keyword::Operator) && r.nth(1) == TokenKind::LeftParen
}

/// Takes an operator; `!=` is another spelling of `<>`.
pub(super) fn sign(r: &mut Reader) -> String {
    match r.bump_text() {
        "!=" => "<>".to_owned(),
        sign => sign.to_owned(),
    }
}

/// Whether an operator stands before the first operand, or a word that is no operand anywhere else.
pub(super) fn at_prefix(r: &Reader) -> bool {
    match r.kind() {
        TokenKind::Plus | TokenKind::Minus | TokenKind::Operator => true,
        TokenKind::Keyword(keyword) => matches!(keyword, Keyword::Not | Keyword::Default) || at_qualified_operator(r),
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Full,
    Restricted,
}

/// How tightly an operator binds, from the loosest on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    fn is_alone(self) -> bool {
        matches!(self, Power::Is | Power::Comparison | Power::Matching)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Infix {
    Cast,
    Collate,
    At,
    And,
    Or,
    Symbol(Power),
    Qualified,
    Is,
    NullTest(Negated),
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
            Infix::Is | Infix::NullTest(_) => Power::Is,
            Infix::Matching(_) => Power::Matching,
        }
    }
}

/// An operand and every operator behind it that binds tighter than `power`.
fn climb(r: &mut Reader, language: Language, power: Power) -> Parse<Expression> {
    r.enter(1)?;
    let outer = r.begin();
    let start = r.start();
    let first = prefixed(r, language, start)?;
    r.height += 1;
    let expression = operators(r, start, first, language, power)?;
    r.height = r.height.max(outer);
    r.leave(1);
    Ok(expression)
}

/// An operand, perhaps behind a prefix operator.
fn prefixed(r: &mut Reader, language: Language, start: u32) -> Parse<Expression> {
    match r.kind() {
        TokenKind::Minus => {
            r.bump();
            let operand = climb(r, language, Power::Sign)?;
            Ok(negative(r, start, operand))
        }
        TokenKind::Plus => {
            let name = vec![sign(r)];
            let operand = climb(r, language, Power::Sign)?;
            Ok(prefix(r, start, name, operand))
        }
        TokenKind::Operator => {
            let name = vec![sign(r)];
            let operand = climb(r, language, Power::Other)?;
            Ok(prefix(r, start, name, operand))
        }
        TokenKind::Keyword(Keyword::Operator) if at_qualified_operator(r) => {
            let name = qualified_operator(r)?;
            let operand = climb(r, language, Power::Other)?;
            Ok(prefix(r, start, name, operand))
        }
        TokenKind::Keyword(Keyword::Not) if language == Language::Full => {
            r.bump();
            let operand = climb(r, language, Power::Not)?;
            Ok(r.node(start, ExpressionKind::Not(Box::new(operand))))
        }
        TokenKind::Keyword(Keyword::Default) if language == Language::Full => {
            r.bump();
            Ok(r.node(start, ExpressionKind::Default))
        }
        _ => {
            let first = operand::operand(r)?;
            if language == Language::Full { overlaps(r, start, first) } else { Ok(first) }
        }
    }
}

fn prefix(r: &Reader, start: u32, name: Vec<String>, right: Expression) -> Expression {
    r.node(start, ExpressionKind::Operator(Box::new(Operator { name, left: None, right })))
}

/// A minus before a number belongs to it (doNegate).
fn negative(r: &Reader, start: u32, operand: Expression) -> Expression {
    match operand.kind {
        ExpressionKind::Constant(Constant::Number(digits)) => {
            let digits = match digits.strip_prefix('-') {
                Some(positive) => positive.to_owned(),
                None if digits == "0" => digits,
                None => format!("-{digits}"),
            };
            r.node(start, ExpressionKind::Constant(Constant::Number(digits)))
        }
        kind => prefix(r, start, vec!["-".to_owned()], Expression { span: operand.span, kind }),
    }
}

/// `(a, b) OVERLAPS (c, d)`
fn overlaps(r: &mut Reader, start: u32, first: Expression) -> Parse<Expression> {
    match first.kind {
        ExpressionKind::Row(mut arguments, _) if r.took(Keyword::Overlaps) => {
            let ExpressionKind::Row(right, _) = operand::operand(r)?.kind else {
                return Err(r.unexpected("a row"));
            };
            arguments.extend(right);
            Ok(system_call(r, start, "overlaps", arguments))
        }
        kind => Ok(Expression { span: first.span, kind }),
    }
}

/// A call of a function of `pg_catalog`.
pub(super) fn system_call(r: &Reader, start: u32, name: &str, arguments: Vec<Expression>) -> Expression {
    let call = Call::plain(vec!["pg_catalog".to_owned(), name.to_owned()], arguments);
    r.node(start, ExpressionKind::Call(Box::new(call)))
}

/// The operators behind an operand that bind tighter than `power`, with what they take.
fn operators(r: &mut Reader, start: u32, first: Expression, language: Language, power: Power) -> Parse<Expression> {
    let mut left = first;
    let mut too_high = false;
    while let Some(infix) = infix(r, language, power) {
        if infix.power() < power || infix.power() == power && !power.is_alone() {
            break;
        }
        if infix.power() == power {
            return Err(r.unexpected("the end of a comparison"));
        }
        left = apply(r, language, infix, start, left)?;
        if r.height > MAX_HEIGHT {
            left = unread(r.since(start));
            r.height = 1;
            too_high = true;
        }
    }
    Ok(if too_high { unread(r.since(start)) } else { left })
}

/// The operator that stands here, if one does; as in the grammar.
fn infix(r: &Reader, language: Language, power: Power) -> Option<Infix> {
    let alone = power <= Power::Lowest;
    let keyword = match r.kind() {
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
        TokenKind::Keyword(keyword) if power == Power::Label && keyword.is_bare_label() && query::ends_targets(r.nth(1)) => return None,
        TokenKind::Keyword(keyword) => keyword,
        _ => return None,
    };
    match keyword {
        Keyword::Operator if !alone || at_qualified_operator(r) => Some(Infix::Qualified),
        Keyword::Is => Some(Infix::Is),
        _ if language == Language::Restricted => None,
        Keyword::Collate => Some(Infix::Collate),
        Keyword::At if !alone || matches!(r.nth(1), TokenKind::Keyword(Keyword::Time | Keyword::Local)) => Some(Infix::At),
        Keyword::And => Some(Infix::And),
        Keyword::Or => Some(Infix::Or),
        Keyword::Isnull => Some(Infix::NullTest(Negated::No)),
        Keyword::Notnull => Some(Infix::NullTest(Negated::Yes)),
        Keyword::Not => match r.nth(1) {
            TokenKind::Keyword(word @ (Keyword::Between | Keyword::In | Keyword::Like | Keyword::Ilike | Keyword::Similar)) => {
                Some(Infix::Matching(word))
            }
            _ => None,
        },
        Keyword::Similar if alone && r.nth(1) != TokenKind::Keyword(Keyword::To) => None,
        Keyword::Between | Keyword::In | Keyword::Like | Keyword::Ilike | Keyword::Similar => Some(Infix::Matching(keyword)),
        _ => None,
    }
}

/// Reads an operator and what stands to the right of it.
fn apply(r: &mut Reader, language: Language, infix: Infix, start: u32, left: Expression) -> Parse<Expression> {
    match infix {
        Infix::And | Infix::Or => return junction(r, language, infix, start, left),
        _ => r.height += 1,
    }
    match infix {
        Infix::Cast => {
            r.bump();
            let ty = r.type_ref()?;
            Ok(r.node(start, ExpressionKind::Cast(Box::new(left), Box::new(ty))))
        }
        Infix::Collate => {
            r.bump();
            let collation = r.qualified_name()?;
            Ok(r.node(start, ExpressionKind::Collate(Box::new(left), collation)))
        }
        Infix::At => at_time_zone(r, start, left),
        Infix::Is => is(r, language, start, left),
        Infix::NullTest(negated) => {
            r.bump();
            Ok(r.node(start, ExpressionKind::IsNull(Box::new(left), negated)))
        }
        Infix::Matching(word) => matching(r, word, start, left),
        Infix::Qualified => {
            let name = qualified_operator(r)?;
            quantified_or(r, language, Power::Other, start, left, name)
        }
        Infix::Symbol(power) => {
            let name = vec![sign(r)];
            quantified_or(r, language, power, start, left, name)
        }
        Infix::And | Infix::Or => Ok(left),
    }
}

/// AND and OR, which add to what stands to the left; to the right PostgreSQL keeps what stands in parentheses as it is.
fn junction(r: &mut Reader, language: Language, infix: Infix, start: u32, left: Expression) -> Parse<Expression> {
    r.bump();
    let is_and = infix == Infix::And;
    let right = climb(r, language, infix.power())?;
    let mut items = match left.kind {
        ExpressionKind::And(items) if is_and => items,
        ExpressionKind::Or(items) if !is_and => items,
        kind => {
            r.height += 1;
            vec![Expression { span: left.span, kind }]
        }
    };
    items.push(right);
    Ok(r.node(start, if is_and { ExpressionKind::And(items) } else { ExpressionKind::Or(items) }))
}

fn binary(r: &Reader, start: u32, left: Expression, name: Vec<String>, right: Expression) -> Expression {
    r.node(start, ExpressionKind::Operator(Box::new(Operator { name, left: Some(left), right })))
}

/// `AT TIME ZONE x`, `AT LOCAL`.
fn at_time_zone(r: &mut Reader, start: u32, left: Expression) -> Parse<Expression> {
    r.bump();
    if r.took(Keyword::Local) {
        return Ok(system_call(r, start, "timezone", vec![left]));
    }
    r.expect_kws(&[Keyword::Time, Keyword::Zone])?;
    let zone = climb(r, Language::Full, Power::At)?;
    Ok(system_call(r, start, "timezone", vec![zone, left]))
}

/// What follows an operator: `ANY (…)`, `SOME (…)`, `ALL (…)`, or an operand.
fn quantified_or(
    r: &mut Reader,
    language: Language,
    power: Power,
    start: u32,
    left: Expression,
    operator: Vec<String>,
) -> Parse<Expression> {
    let quantifier = match r.kind() {
        TokenKind::Keyword(Keyword::Any | Keyword::Some) if language == Language::Full => Quantifier::Any,
        TokenKind::Keyword(Keyword::All) if language == Language::Full => Quantifier::All,
        _ => {
            let right = climb(r, language, power)?;
            return Ok(binary(r, start, left, operator, right));
        }
    };
    r.bump();
    let right = match operand::parenthesised(r)? {
        Parenthesised::Query(query) => Quantity::Query(Box::new(query)),
        Parenthesised::Expression(array) => Quantity::Array(array),
        Parenthesised::Row(_) => return Err(r.unexpected("an array")),
    };
    Ok(r.node(start, ExpressionKind::Quantified(Box::new(Quantified { left, operator, quantifier, right }))))
}

/// `[NOT] BETWEEN`, `IN`, `LIKE`, `ILIKE`, `SIMILAR TO`.
fn matching(r: &mut Reader, word: Keyword, start: u32, left: Expression) -> Parse<Expression> {
    let negated = if r.took(Keyword::Not) { Negated::Yes } else { Negated::No };
    r.bump();
    match word {
        Keyword::In => is_in(r, start, left, negated),
        Keyword::Between => between(r, start, left, negated),
        _ => {
            let sign = match (word, negated) {
                (Keyword::Like, Negated::No) => "~~",
                (Keyword::Like, Negated::Yes) => "!~~",
                (Keyword::Ilike, Negated::No) => "~~*",
                (Keyword::Ilike, Negated::Yes) => "!~~*",
                (_, Negated::No) => "~",
                (_, Negated::Yes) => "!~",
            };
            pattern(r, word, start, left, vec![sign.to_owned()])
        }
    }
}

fn is_in(r: &mut Reader, start: u32, left: Expression, negated: Negated) -> Parse<Expression> {
    let left = Box::new(left);
    let kind = match operand::parenthesised(r)? {
        Parenthesised::Expression(item) => ExpressionKind::In(left, vec![item], negated),
        Parenthesised::Row(items) => ExpressionKind::In(left, items, negated),
        Parenthesised::Query(query) if negated == Negated::No => ExpressionKind::InQuery(left, Box::new(query)),
        Parenthesised::Query(query) => {
            let found = r.node(start, ExpressionKind::InQuery(left, Box::new(query)));
            r.height += 1;
            ExpressionKind::Not(Box::new(found))
        }
    };
    Ok(r.node(start, kind))
}

fn between(r: &mut Reader, start: u32, value: Expression, negated: Negated) -> Parse<Expression> {
    let symmetry = if r.took(Keyword::Symmetric) {
        Symmetry::Symmetric
    } else {
        r.eat_kw(Keyword::Asymmetric);
        Symmetry::Asymmetric
    };
    let low = climb(r, Language::Restricted, Power::Lowest)?;
    r.expect_kw(Keyword::And)?;
    let high = climb(r, Language::Full, Power::Matching)?;
    Ok(r.node(start, ExpressionKind::Between(Box::new(Between { value, low, high, symmetry, negated }))))
}

/// What follows LIKE, ILIKE and SIMILAR TO.
fn pattern(r: &mut Reader, word: Keyword, start: u32, left: Expression, name: Vec<String>) -> Parse<Expression> {
    if word == Keyword::Similar {
        r.expect_kw(Keyword::To)?;
    } else if matches!(r.kind(), TokenKind::Keyword(Keyword::Any | Keyword::Some | Keyword::All)) {
        return quantified_or(r, Language::Full, Power::Other, start, left, name);
    }
    let from = r.start();
    let mut arguments = vec![climb(r, Language::Full, Power::Matching)?];
    if r.took(Keyword::Escape) {
        arguments.push(climb(r, Language::Full, Power::Matching)?);
    }
    let right = match (word, arguments.len()) {
        (Keyword::Similar, _) => system_call(r, from, "similar_to_escape", arguments),
        (_, 1) => arguments.remove(0),
        _ => system_call(r, from, "like_escape", arguments),
    };
    r.height += 1;
    Ok(binary(r, start, left, name, right))
}

/// `IS [NOT] …`
fn is(r: &mut Reader, language: Language, start: u32, left: Expression) -> Parse<Expression> {
    use Keyword::{Distinct, Document, False, From, Json, Nfc, Nfd, Nfkc, Nfkd, Normalized, Null, True, Unknown};
    r.bump();
    let negated = if r.took(Keyword::Not) { Negated::Yes } else { Negated::No };
    let TokenKind::Keyword(keyword) = r.kind() else {
        return Err(r.unexpected("a test"));
    };
    if language == Language::Restricted && !matches!(keyword, Distinct | Document) {
        return Err(r.unexpected("a test"));
    }
    r.bump();
    let kind = match keyword {
        Distinct => {
            r.expect_kw(From)?;
            let right = climb(r, language, Power::Is)?;
            ExpressionKind::IsDistinctFrom(Box::new([left, right]), negated)
        }
        Null => ExpressionKind::IsNull(Box::new(left), negated),
        True => ExpressionKind::IsBoolean(Box::new(left), Some(true), negated),
        False => ExpressionKind::IsBoolean(Box::new(left), Some(false), negated),
        Unknown => ExpressionKind::IsBoolean(Box::new(left), None, negated),
        Document => return Ok(negate_if(r, start, negated, ExpressionKind::IsDocument(Box::new(left)))),
        Normalized => {
            let kind = system_call(r, start, "is_normalized", vec![left]).kind;
            return Ok(negate_if(r, start, negated, kind));
        }
        Nfc | Nfd | Nfkc | Nfkd => {
            r.expect_kw(Normalized)?;
            let form = string_constant(r.since(start), &keyword.word().to_uppercase());
            let kind = system_call(r, start, "is_normalized", vec![left, form]).kind;
            return Ok(negate_if(r, start, negated, kind));
        }
        Json => {
            let kind = is_json(r, left)?;
            return Ok(negate_if(r, start, negated, kind));
        }
        _ => return Err(r.unexpected("a test")),
    };
    Ok(r.node(start, kind))
}

fn negate_if(r: &mut Reader, start: u32, negated: Negated, kind: ExpressionKind) -> Expression {
    let test = r.node(start, kind);
    match negated {
        Negated::No => test,
        Negated::Yes => {
            r.height += 1;
            r.node(start, ExpressionKind::Not(Box::new(test)))
        }
    }
}

pub(super) fn string_constant(span: Span, text: &str) -> Expression {
    Expression { span, kind: ExpressionKind::Constant(Constant::String(text.to_owned())) }
}

fn is_json(r: &mut Reader, value: Expression) -> Parse<ExpressionKind> {
    let kind = match r.kind() {
        TokenKind::Keyword(Keyword::Value) => JsonKind::Value,
        TokenKind::Keyword(Keyword::Array) => JsonKind::Array,
        TokenKind::Keyword(Keyword::Object) => JsonKind::Object,
        TokenKind::Keyword(Keyword::Scalar) => JsonKind::Scalar,
        _ => return Ok(ExpressionKind::IsJson(Box::new(value), JsonKind::Value, unique_keys(r)?)),
    };
    r.bump();
    Ok(ExpressionKind::IsJson(Box::new(value), kind, unique_keys(r)?))
}

/// `WITH UNIQUE KEYS`, if it stands here.
fn unique_keys(r: &mut Reader) -> Parse<UniqueKeys> {
    let unique = match r.kind() {
        _ if matches!(r.nth(1), TokenKind::Keyword(Keyword::Time | Keyword::Ordinality)) => return Ok(UniqueKeys::No),
        TokenKind::Keyword(Keyword::With) => UniqueKeys::Yes,
        TokenKind::Keyword(Keyword::Without) => UniqueKeys::No,
        _ => return Ok(UniqueKeys::No),
    };
    r.bump();
    r.expect_kw(Keyword::Unique)?;
    r.eat_kw(Keyword::Keys);
    Ok(unique)
}
