//! Triggers of tables.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Attributes, Clause, CreateTrigger, Node, ObjectKind, Transition, TransitionScope, TransitionState};
use crate::syntax::tree::{TriggerAction, TriggerEvent, TriggerEventKind, TriggerLevel, TriggerTiming};
use crate::text::Span;

use super::create::{self, Head};
use super::parser::{Parse, Parser};
use super::{constraint, name, object};

/// `CREATE TRIGGER`, `CREATE CONSTRAINT TRIGGER` (CreateTrigStmt).
pub(super) fn create_trigger(p: &mut Parser, head: Head) -> Parse<Node> {
    let Head { start, replace, replace_at } = head;
    let constraint = p.eat_kw(Keyword::Constraint);
    p.expect_kw(Keyword::Trigger)?;
    create::reject_guard(p, ObjectKind::Trigger, "drop it first with `DROP TRIGGER IF EXISTS`, or write `CREATE OR REPLACE TRIGGER`")?;
    if let (Some(_), Some(replace)) = (constraint, replace) {
        let refused = p.error_at(replace, "a constraint trigger can't be replaced").state("0A000");
        return Err(refused.help("drop it first with `DROP TRIGGER IF EXISTS`"));
    }
    let name = object::own_name(p, ObjectKind::Trigger)?;
    let timing = timing(p, constraint)?;
    let events = events(p)?;
    p.expect_kw(Keyword::On)?;
    let table = name::name(p, "a table name")?;
    let mut from = None;
    let mut attributes = Attributes::default();
    let mut transitions = Vec::new();
    let level = if constraint.is_some() {
        from = p.clause(&[Keyword::From], |p| name::name(p, "a table name"))?;
        attributes = constraint::attributes(p, constraint::TRIGGER)?;
        let span = p.expect_kws(&[Keyword::For, Keyword::Each, Keyword::Row])?;
        Some(Clause { span, value: TriggerLevel::Row })
    } else {
        transitions = self::transitions(p)?;
        level(p)?
    };
    let when = p.clause(&[Keyword::When], constraint::parenthesized)?;
    let action = action(p)?;
    let span = p.since(start);
    Ok(Node::CreateTrigger(Box::new(CreateTrigger {
        span,
        replace,
        replace_at,
        constraint,
        name,
        timing,
        events,
        table,
        from,
        attributes,
        transitions,
        level,
        when,
        action,
    })))
}

/// `EXECUTE FUNCTION name(arguments)`.
pub(super) fn action(p: &mut Parser) -> Parse<TriggerAction> {
    let start = p.start();
    if p.eat_kw(Keyword::Execute).is_none() {
        let error = p.unexpected("`EXECUTE FUNCTION`");
        return Err(match p.kind() {
            TokenKind::Keyword(Keyword::Begin | Keyword::Set) => {
                error.help("what a trigger does is written in a function: `EXECUTE FUNCTION name()`")
            }
            _ => error,
        });
    }
    let keyword = match p.kind() {
        TokenKind::Keyword(Keyword::Function | Keyword::Procedure) => p.bump(),
        _ => return Err(p.unexpected("`FUNCTION`")),
    };
    let function = name::routine_name(p, "the name of a function")?;
    p.left_paren()?;
    let arguments = if p.at(TokenKind::RightParen) { Vec::new() } else { p.list(argument)? };
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(TriggerAction { span: p.since(start), keyword, function, arguments })
}

/// `BEFORE`, `AFTER`, `INSTEAD OF`; a constraint trigger fires after.
fn timing(p: &mut Parser, constraint: Option<Span>) -> Parse<Clause<TriggerTiming>> {
    let (words, value): (&[Keyword], _) = match p.kind() {
        TokenKind::Keyword(Keyword::After) => (&[Keyword::After], TriggerTiming::After),
        _ if constraint.is_some() => return Err(p.unexpected("`AFTER`")),
        TokenKind::Keyword(Keyword::Before) => (&[Keyword::Before], TriggerTiming::Before),
        TokenKind::Keyword(Keyword::Instead) => (&[Keyword::Instead, Keyword::Of], TriggerTiming::InsteadOf),
        _ => {
            let error = p.unexpected("`BEFORE`, `AFTER` or `INSTEAD OF`");
            return Err(if p.at_kw(Keyword::On) { error.help("when and at what it fires is written before `ON`") } else { error });
        }
    };
    Ok(Clause { span: p.expect_kws(words)?, value })
}

/// `INSERT OR UPDATE OF a, b`, each event once (TriggerEvents).
fn events(p: &mut Parser) -> Parse<Vec<TriggerEvent>> {
    let mut events: Vec<TriggerEvent> = Vec::new();
    loop {
        let event = event(p)?;
        if events.iter().any(|other| other.kind == event.kind) {
            return Err(p.error_at(event.span, "this event is written twice"));
        }
        events.push(event);
        if p.eat_kw(Keyword::Or).is_none() {
            break;
        }
    }
    match p.kind() {
        TokenKind::Comma => Err(p.unexpected("`OR` or `ON`").help("events are joined by `OR`")),
        _ => Ok(events),
    }
}

fn event(p: &mut Parser) -> Parse<TriggerEvent> {
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::Insert) => TriggerEventKind::Insert,
        TokenKind::Keyword(Keyword::Delete) => TriggerEventKind::Delete,
        TokenKind::Keyword(Keyword::Update) => TriggerEventKind::Update,
        TokenKind::Keyword(Keyword::Truncate) => TriggerEventKind::Truncate,
        _ => return Err(p.unexpected("`INSERT`, `UPDATE`, `DELETE` or `TRUNCATE`")),
    };
    let start = p.start();
    p.bump();
    let of_columns = kind == TriggerEventKind::Update && p.eat_kw(Keyword::Of).is_some();
    let columns = if of_columns { p.list(|p| name::column_name(p, "a column name"))? } else { Vec::new() };
    Ok(TriggerEvent { span: p.since(start), kind, columns })
}

/// `REFERENCING OLD TABLE AS name …`, or nothing (TriggerReferencing).
fn transitions(p: &mut Parser) -> Parse<Vec<Transition>> {
    if p.eat_kw(Keyword::Referencing).is_none() {
        return Ok(Vec::new());
    }
    let mut transitions = vec![transition(p)?];
    while p.at_kw(Keyword::Old) || p.at_kw(Keyword::New) {
        transitions.push(transition(p)?);
    }
    Ok(transitions)
}

fn transition(p: &mut Parser) -> Parse<Transition> {
    let start = p.start();
    let state = match p.kind() {
        TokenKind::Keyword(Keyword::Old) => TransitionState::Old,
        TokenKind::Keyword(Keyword::New) => TransitionState::New,
        _ => return Err(p.unexpected("`OLD` or `NEW`")),
    };
    p.bump();
    let scope = match p.kind() {
        TokenKind::Keyword(Keyword::Table) => TransitionScope::Table,
        TokenKind::Keyword(Keyword::Row) => TransitionScope::Row,
        _ => return Err(p.unexpected("`TABLE`")),
    };
    p.bump();
    p.eat_kw(Keyword::As);
    let name = name::column_name(p, "a name for the changed rows")?;
    Ok(Transition { span: p.since(start), state, scope, name })
}

/// `FOR EACH ROW`, `FOR EACH STATEMENT`, or nothing (TriggerForSpec).
fn level(p: &mut Parser) -> Parse<Option<Clause<TriggerLevel>>> {
    p.clause(&[Keyword::For], |p| {
        p.eat_kw(Keyword::Each);
        let level = match p.kind() {
            TokenKind::Keyword(Keyword::Row) => TriggerLevel::Row,
            TokenKind::Keyword(Keyword::Statement) => TriggerLevel::Statement,
            _ => return Err(p.unexpected("`EACH ROW` or `EACH STATEMENT`")),
        };
        p.bump();
        Ok(level)
    })
}

/// A constant or a word (TriggerFuncArg).
fn argument(p: &mut Parser) -> Parse<Span> {
    match p.kind() {
        TokenKind::Integer | TokenKind::Decimal => name::number(p, "a number"),
        kind if name::at_string(kind) => name::string(p, "an argument"),
        _ => name::label(p, "a constant or a word").map(|word| word.span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    fn trigger_of(text: &str) -> CreateTrigger {
        match node(text) {
            Node::CreateTrigger(trigger) => *trigger,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_trigger_holds_when_and_at_what_it_fires() {
        let text = "CREATE TRIGGER a BEFORE INSERT OR UPDATE OF b, c ON s.t FOR EACH ROW WHEN (true) EXECUTE FUNCTION f(1, 'x', y)";
        let trigger = trigger_of(text);
        assert_eq!(trigger.timing.value, TriggerTiming::Before);
        let events: Vec<_> = trigger.events.iter().map(|event| (event.kind, event.columns.len())).collect();
        assert_eq!(events, [(TriggerEventKind::Insert, 0), (TriggerEventKind::Update, 2)]);
        assert!(trigger.level.is_some_and(|level| level.value == TriggerLevel::Row) && trigger.when.is_some());
        let arguments: Vec<_> = trigger.action.arguments.iter().map(|&argument| &text[argument]).collect();
        assert_eq!(arguments, ["1", "'x'", "y"]);
    }

    #[test]
    fn a_constraint_trigger_can_be_deferred() {
        let text = "CREATE CONSTRAINT TRIGGER a AFTER DELETE ON t FROM u INITIALLY DEFERRED FOR EACH ROW EXECUTE PROCEDURE f()";
        let trigger = trigger_of(text);
        assert!(trigger.constraint.is_some() && trigger.from.is_some() && trigger.attributes.is_initially_deferred());
    }

    #[test]
    fn triggers_of_other_databases_get_advice() {
        assert!(error("CREATE TRIGGER IF NOT EXISTS a AFTER INSERT ON t").help.is_some_and(|help| help.contains("DROP TRIGGER IF EXISTS")));
        assert!(error("CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW BEGIN").help.is_some_and(|help| help.contains("function")));
        assert!(error("CREATE TRIGGER a ON t AFTER INSERT").help.is_some_and(|help| help.contains("before `ON`")));
    }
}
