//! Event triggers.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterEventTrigger, CreateEventTrigger, EventFilter, Firing, Node, ObjectKind};

use super::create::{self, Head};
use super::parser::{Parse, Parser};
use super::{name, object, trigger};

/// `CREATE EVENT TRIGGER` (CreateEventTrigStmt).
pub(super) fn create_event_trigger(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kws(&[Keyword::Event, Keyword::Trigger])?;
    create::reject_guard(p, ObjectKind::EventTrigger, "drop it first with `DROP EVENT TRIGGER IF EXISTS`")?;
    let name = object::own_name(p, ObjectKind::EventTrigger)?;
    p.expect_kw(Keyword::On)?;
    let event = name::label(p, "the name of an event, such as `ddl_command_end`")?;
    let mut filters = Vec::new();
    if p.eat_kw(Keyword::When).is_some() {
        filters.push(filter(p)?);
        while p.eat_kw(Keyword::And).is_some() {
            filters.push(filter(p)?);
        }
    }
    let action = trigger::action(p)?;
    if let Some(argument) = action.arguments.first() {
        return Err(p.error_at(*argument, "the function of an event trigger is called without arguments"));
    }
    Ok(Node::CreateEventTrigger(Box::new(CreateEventTrigger { span: p.since(head.start), name, event, filters, action })))
}

/// `ALTER EVENT TRIGGER … ENABLE`, `DISABLE` (AlterEventTrigStmt).
pub(super) fn alter_event_trigger(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kws(&[Keyword::Event, Keyword::Trigger])?;
    let name = object::own_name(p, ObjectKind::EventTrigger)?;
    let firing = match p.kind() {
        TokenKind::Keyword(Keyword::Disable) => Firing::Disable,
        TokenKind::Keyword(Keyword::Enable) => Firing::Enable,
        _ => return Err(p.unexpected("`ENABLE`, `DISABLE`, `RENAME TO` or `OWNER TO`")),
    };
    p.bump();
    let firing = match firing {
        Firing::Enable if p.eat_kw(Keyword::Replica).is_some() => Firing::EnableReplica,
        Firing::Enable if p.eat_kw(Keyword::Always).is_some() => Firing::EnableAlways,
        firing => firing,
    };
    Ok(Node::AlterEventTrigger(Box::new(AlterEventTrigger { span: p.since(start), name, firing })))
}

/// `tag IN ('CREATE TABLE', …)`.
fn filter(p: &mut Parser) -> Parse<EventFilter> {
    let start = p.start();
    let variable = name::column_name(p, "what is compared, such as `tag`")?;
    p.expect_kw(Keyword::In)?;
    let values = p.paren_list(|p| name::string(p, "a value in quotes"))?;
    Ok(EventFilter { span: p.since(start), variable, values })
}
