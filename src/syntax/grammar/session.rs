//! What changes or asks the session: SET, RESET and SHOW of variables, SET CONSTRAINTS, DISCARD, LOAD; and the parts of SET and RESET that
//! functions, roles, databases and the system share.
//!
//! The words with a syntax of their own (`TIME ZONE`, `ROLE`, `SESSION …`) are unreserved, so each can be the name of a variable too: what
//! follows the first word decides.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{
    CheckTime, Discard, DiscardTarget, Ident, Load, Node, SessionAction, SetConstraints, SetScope, SetVariable, VariableChange,
    VariableName, VariableSetting, VariableValue,
};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{name, transaction};

/// `SET …`, without SET CONSTRAINTS.
pub(super) fn set(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let scope = scope(p);
    let setting = set_rest(p)?;
    Ok(node(p, start, SessionAction::Change(scope, setting)))
}

/// `RESET …`.
pub(super) fn reset(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let setting = reset_rest(p)?;
    Ok(node(p, start, SessionAction::Change(SetScope::Unwritten, setting)))
}

/// `SHOW …`.
pub(super) fn show(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let action = match p.eat_kw(Keyword::All) {
        Some(span) => SessionAction::ShowAll(span),
        None => SessionAction::Show(named_or_standard(p)?),
    };
    Ok(node(p, start, action))
}

fn node(p: &Parser, start: u32, action: SessionAction) -> Node {
    Node::SetVariable(Box::new(SetVariable { span: p.since(start), action }))
}

/// `LOCAL` or `SESSION`, unless it is the variable's name or opens a syntax of its own.
fn scope(p: &mut Parser) -> SetScope {
    let names_the_variable = is_after_name(p.nth(1));
    match p.kind() {
        TokenKind::Keyword(Keyword::Local) if !names_the_variable => SetScope::Local(p.bump()),
        TokenKind::Keyword(Keyword::Session) if !names_the_variable && !at_session_syntax(p) => SetScope::Session(p.bump()),
        _ => SetScope::Unwritten,
    }
}

/// Whether `kind` can follow the name of a variable that is set.
fn is_after_name(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Equals | TokenKind::Dot | TokenKind::Keyword(Keyword::To | Keyword::From))
}

fn at_session_syntax(p: &Parser) -> bool {
    p.at_kws(&[Keyword::Session, Keyword::Authorization]) || p.at_kws(&[Keyword::Session, Keyword::Characteristics, Keyword::As])
}

/// What follows SET in a statement, and in ALTER ROLE and ALTER DATABASE (set_rest).
pub(super) fn set_rest(p: &mut Parser) -> Parse<VariableSetting> {
    let start = p.start();
    let transaction = p.at_kw(Keyword::Transaction) && p.nth(1) != TokenKind::Keyword(Keyword::Snapshot) && !is_after_name(p.nth(1));
    let change = if transaction {
        p.bump();
        VariableChange::Transaction(transaction::modes(p)?)
    } else if p.eat_kws(&[Keyword::Session, Keyword::Characteristics, Keyword::As]).is_some() {
        p.expect_kw(Keyword::Transaction)?;
        VariableChange::SessionCharacteristics(transaction::modes(p)?)
    } else {
        return set_rest_more(p);
    };
    Ok(VariableSetting { span: p.since(start), change })
}

/// What follows SET in a function's clauses (set_rest_more).
pub(super) fn set_rest_more(p: &mut Parser) -> Parse<VariableSetting> {
    let start = p.start();
    let change = match p.kind() {
        TokenKind::Keyword(keyword) if !is_after_name(p.nth(1)) => match standard_syntax(p, keyword)? {
            Some(change) => change,
            None => generic_change(p)?,
        },
        _ => generic_change(p)?,
    };
    Ok(VariableSetting { span: p.since(start), change })
}

/// `name = value`, `name TO DEFAULT`: what follows ALTER SYSTEM SET (generic_set).
pub(super) fn generic_set(p: &mut Parser) -> Parse<VariableSetting> {
    let start = p.start();
    let name = VariableName::Named(variable_name(p)?);
    let change = generic_value(p, name)?;
    Ok(VariableSetting { span: p.since(start), change })
}

fn generic_change(p: &mut Parser) -> Parse<VariableChange> {
    let name = VariableName::Named(variable_name(p)?);
    match p.eat_kw(Keyword::From) {
        Some(from) => {
            let current = p.expect_kw(Keyword::Current)?;
            Ok(VariableChange::FromCurrent(name, from.to(current)))
        }
        None => generic_value(p, name),
    }
}

fn generic_value(p: &mut Parser, name: VariableName) -> Parse<VariableChange> {
    if p.eat_kw(Keyword::To).is_none() && p.eat(TokenKind::Equals).is_none() {
        return Err(p.unexpected("`TO` or `=`"));
    }
    if let Some(default) = p.eat_kw(Keyword::Default) {
        return Ok(VariableChange::Default(name, default));
    }
    Ok(VariableChange::Values(name, p.list(value)?))
}

/// What `keyword` opens that is not the name of a variable.
fn standard_syntax(p: &mut Parser, keyword: Keyword) -> Parse<Option<VariableChange>> {
    let start = p.start();
    let change = match keyword {
        Keyword::Time if p.nth(1) == TokenKind::Keyword(Keyword::Zone) => {
            let name = VariableName::TimeZone(keywords(p, 2));
            time_zone(p, name)?
        }
        Keyword::Catalog => {
            p.bump();
            return Err(p.error("the current database of a session can't be changed").state("0A000"));
        }
        Keyword::Schema => {
            let name = VariableName::Schema(p.bump());
            let schema = name::string(p, "`TO`, `=` or the name of a schema in single quotes")?;
            VariableChange::Values(name, vec![VariableValue::String(schema)])
        }
        Keyword::Names => {
            let name = VariableName::Names(p.bump());
            match p.kind() {
                TokenKind::Keyword(Keyword::Default) => VariableChange::Default(name, p.bump()),
                _ if p.kind().is_string() => VariableChange::Values(name, vec![VariableValue::String(name::string(p, "an encoding")?)]),
                _ => VariableChange::Default(name, Span::empty(p.since(start).end)),
            }
        }
        Keyword::Role => {
            let name = VariableName::Role(p.bump());
            VariableChange::Values(name, vec![word_or_string(p, "`TO`, `=` or a role name")?])
        }
        Keyword::Session if p.nth(1) == TokenKind::Keyword(Keyword::Authorization) => {
            let name = VariableName::SessionAuthorization(keywords(p, 2));
            match p.eat_kw(Keyword::Default) {
                Some(default) => VariableChange::Default(name, default),
                None => VariableChange::Values(name, vec![word_or_string(p, "a role name")?]),
            }
        }
        Keyword::Xml if p.nth(1) == TokenKind::Keyword(Keyword::Option) => {
            let name = VariableName::XmlOption(keywords(p, 2));
            match p.kind() {
                TokenKind::Keyword(Keyword::Document | Keyword::Content) => {
                    VariableChange::Values(name, vec![VariableValue::Word(Ident { span: p.bump() })])
                }
                _ => return Err(p.unexpected("`DOCUMENT` or `CONTENT`")),
            }
        }
        Keyword::Transaction => {
            p.bump();
            p.expect_kw(Keyword::Snapshot)?;
            VariableChange::Snapshot(name::string(p, "the snapshot's identifier in quotes")?)
        }
        _ => return Ok(None),
    };
    Ok(Some(change))
}

/// Takes `count` tokens.
fn keywords(p: &mut Parser, count: usize) -> Span {
    let start = p.start();
    for _ in 0..count {
        p.bump();
    }
    p.since(start)
}

/// What follows TIME ZONE (zone_value).
fn time_zone(p: &mut Parser, name: VariableName) -> Parse<VariableChange> {
    let value = match p.kind() {
        TokenKind::Keyword(Keyword::Default | Keyword::Local) => return Ok(VariableChange::Default(name, p.bump())),
        TokenKind::Keyword(Keyword::Interval) => VariableValue::Interval(time_zone_interval(p)?),
        TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Placeholder => {
            VariableValue::Word(Ident { span: p.bump() })
        }
        kind if kind.is_string() => VariableValue::String(name::string(p, "a time zone")?),
        TokenKind::Keyword(_) => {
            return Err(p.unexpected("a time zone").help("a time zone whose name is a keyword is written in single quotes"));
        }
        _ => VariableValue::Number(name::number(p, "a time zone")?),
    };
    Ok(VariableChange::Values(name, vec![value]))
}

fn time_zone_interval(p: &mut Parser) -> Parse<Span> {
    let start = p.start();
    p.bump();
    if p.eat(TokenKind::LeftParen).is_some() {
        name::integer(p, "a precision")?;
        p.right_paren()?;
        name::string(p, "an interval in quotes")?;
        return Ok(p.since(start));
    }
    name::string(p, "an interval in quotes")?;
    match p.kind() {
        TokenKind::Keyword(Keyword::Hour) => {
            p.bump();
            if p.eat_kw(Keyword::To).is_some() && p.eat_kw(Keyword::Minute).is_none() {
                return Err(p.error("the interval of a time zone is in `HOUR` or `HOUR TO MINUTE`"));
            }
        }
        TokenKind::Keyword(Keyword::Minute) if p.nth(1) != TokenKind::Keyword(Keyword::To) => {
            p.bump();
        }
        TokenKind::Keyword(Keyword::Year | Keyword::Month | Keyword::Day | Keyword::Minute | Keyword::Second) => {
            return Err(p.error("the interval of a time zone is in `HOUR` or `HOUR TO MINUTE`"));
        }
        _ => {}
    }
    Ok(p.since(start))
}

/// What follows RESET (reset_rest).
pub(super) fn reset_rest(p: &mut Parser) -> Parse<VariableSetting> {
    let start = p.start();
    let change = match p.eat_kw(Keyword::All) {
        Some(all) => VariableChange::ResetAll(all),
        None => VariableChange::Reset(named_or_standard(p)?),
    };
    Ok(VariableSetting { span: p.since(start), change })
}

/// `name`, `ALL`: what follows ALTER SYSTEM RESET (generic_reset).
pub(super) fn generic_reset(p: &mut Parser) -> Parse<VariableSetting> {
    let start = p.start();
    let change = match p.eat_kw(Keyword::All) {
        Some(all) => VariableChange::ResetAll(all),
        None => VariableChange::Reset(VariableName::Named(variable_name(p)?)),
    };
    Ok(VariableSetting { span: p.since(start), change })
}

/// What SHOW and RESET take.
fn named_or_standard(p: &mut Parser) -> Parse<VariableName> {
    let start = p.start();
    if let Some(span) = p.eat_kws(&[Keyword::Time, Keyword::Zone]) {
        return Ok(VariableName::TimeZone(span));
    }
    if let Some(span) = p.eat_kws(&[Keyword::Session, Keyword::Authorization]) {
        return Ok(VariableName::SessionAuthorization(span));
    }
    if p.eat_kws(&[Keyword::Transaction, Keyword::Isolation]).is_some() {
        p.expect_kw(Keyword::Level)?;
        return Ok(VariableName::TransactionIsolation(p.since(start)));
    }
    variable_name(p).map(VariableName::Named)
}

/// `search_path`, `app.tenant` (var_name).
fn variable_name(p: &mut Parser) -> Parse<Vec<Ident>> {
    let mut parts = vec![name::column_name(p, "the name of a variable")?];
    while p.eat(TokenKind::Dot).is_some() {
        parts.push(name::column_name(p, "a name after the point")?);
    }
    Ok(parts)
}

/// One value (var_value).
fn value(p: &mut Parser) -> Parse<VariableValue> {
    match p.kind() {
        TokenKind::Keyword(Keyword::True | Keyword::False | Keyword::On) => Ok(VariableValue::Word(Ident { span: p.bump() })),
        TokenKind::Plus | TokenKind::Minus | TokenKind::Integer | TokenKind::Decimal => {
            name::number(p, "a number").map(VariableValue::Number)
        }
        _ => word_or_string(p, "a value"),
    }
}

/// A word that is not reserved, or a string (NonReservedWord_or_Sconst).
fn word_or_string(p: &mut Parser, what: &str) -> Parse<VariableValue> {
    if p.is_name(p.kind(), |category| category != Category::Reserved) {
        return Ok(VariableValue::Word(Ident { span: p.bump() }));
    }
    match p.kind() {
        TokenKind::Keyword(_) => Err(p.unexpected(what).help("a value that is a keyword is written in single quotes")),
        _ => name::string(p, what).map(VariableValue::String),
    }
}

/// `SET CONSTRAINTS …`.
pub(super) fn set_constraints(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    p.bump();
    let constraints = match p.eat_kw(Keyword::All) {
        Some(_) => Vec::new(),
        None => name::names(p, "the name of a constraint or `ALL`")?,
    };
    let time = match p.kind() {
        TokenKind::Keyword(Keyword::Deferred) => CheckTime::Deferred(p.bump()),
        TokenKind::Keyword(Keyword::Immediate) => CheckTime::Immediate(p.bump()),
        _ => return Err(p.unexpected("`DEFERRED` or `IMMEDIATE`")),
    };
    Ok(Node::SetConstraints(Box::new(SetConstraints { span: p.since(start), constraints, time })))
}

/// `DISCARD …`.
pub(super) fn discard(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let target = match p.kind() {
        TokenKind::Keyword(Keyword::All) => DiscardTarget::All,
        TokenKind::Keyword(Keyword::Plans) => DiscardTarget::Plans,
        TokenKind::Keyword(Keyword::Sequences) => DiscardTarget::Sequences,
        TokenKind::Keyword(Keyword::Temp | Keyword::Temporary) => DiscardTarget::Temporary,
        _ => return Err(p.unexpected("`ALL`, `PLANS`, `SEQUENCES` or `TEMP`")),
    };
    p.bump();
    Ok(Node::Discard(Box::new(Discard { span: p.since(start), target })))
}

/// `LOAD 'file'`.
pub(super) fn load(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let file = name::string(p, "the file of a library in quotes")?;
    Ok(Node::Load(Box::new(Load { span: p.since(start), file })))
}

#[cfg(test)]
mod tests {
    use super::super::testing::node;
    use super::*;

    fn set(text: &str) -> (SetScope, VariableChange) {
        match node(text) {
            Node::SetVariable(set) => match set.action {
                SessionAction::Change(scope, setting) => (scope, setting.change),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_variable_its_values_and_its_scope() {
        let text = "SET LOCAL search_path TO marketing, \"$user\", 'public', -1";
        let (scope, VariableChange::Values(name, values)) = set(text) else { panic!("no values") };
        assert!(matches!(scope, SetScope::Local(_)));
        assert_eq!(name.value(text), "search_path");
        let written: Vec<_> = values.iter().map(|value| &text[value.span()]).collect();
        assert_eq!(written, ["marketing", "\"$user\"", "'public'", "-1"]);
        assert!(matches!(set("SET app.x = DEFAULT").1, VariableChange::Default(..)));
        assert!(matches!(set("SET x FROM CURRENT").1, VariableChange::FromCurrent(..)));
    }

    #[test]
    fn words_with_a_syntax_of_their_own_can_be_variables() {
        for (text, variable) in [
            ("SET TIME ZONE 'UTC'", "timezone"),
            ("SET time = 1", "time"),
            ("SET SCHEMA 'a'", "search_path"),
            ("SET LOCAL ROLE a", "role"),
            ("SET local.role = a", "local.role"),
            ("SET SESSION SESSION AUTHORIZATION a", "session_authorization"),
            ("SET session TO 1", "session"),
            ("RESET TRANSACTION ISOLATION LEVEL", "transaction_isolation"),
            ("RESET transaction", "transaction"),
        ] {
            let (_, change) = set(text);
            assert_eq!(change.variable().map(|name| name.value(text)).as_deref(), Some(variable), "{text}");
        }
        assert!(matches!(set("SET TRANSACTION READ ONLY").1, VariableChange::Transaction(modes) if modes.len() == 1));
    }
}
