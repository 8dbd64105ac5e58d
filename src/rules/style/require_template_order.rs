//! `require-template-order`: a table comes first, then its indexes, then its triggers.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::postgres::{Kind, Turn};
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::rules::{Course, Event};
use crate::syntax::Statement;
use crate::syntax::tree::ObjectKind;
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireTemplateOrder;

static META: Meta = Meta {
    id: "require-template-order",
    group: Group::Style,
    severity: Severity::Info,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-template-order.md"),
};

impl Rule for RequireTemplateOrder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let runs_with_up = |statement: &Statement| cx.sections.after_marker.is_some_and(|after| after.encloses(statement.span));
        let course = Course::read(cx.up, cx.sections.up.transaction, cx.target, runs_with_up);
        let comes = |event: &&Event| matches!(event.turn, Turn::Comes | Turn::Replaces) && event.of().is_some();
        let mut triggers: BTreeMap<&str, &Event> = BTreeMap::new();
        let mut late: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
        for event in course.events.iter().filter(comes) {
            let Some(table) = event.of() else { continue };
            match event.kind {
                Kind::Object(ObjectKind::Trigger) => drop(triggers.entry(table).or_insert(event)),
                Kind::Object(ObjectKind::Index) if triggers.contains_key(table) => late.entry(table).or_default().push(event),
                _ => {}
            }
        }
        for (table, indexes) in late {
            let (Some(first), Some(trigger)) = (indexes.first(), triggers.get(table)) else { continue };
            let (more, verb) = match indexes.len() - 1 {
                0 => (String::new(), "stands"),
                more => (format!(" and {more} more"), "stand"),
            };
            let message = format!("{}{more} {verb} below {}, and the template has indexes first", first.described, trigger.described);
            let finding = cx.finding(first.span, message).related(cx.source().path().into(), trigger.span, "the trigger");
            let places: Vec<Span> = indexes.iter().map(|index| index.span).collect();
            out.push(with_places(cx, finding, &places, "and this one").help("make a table, then its indexes, then its triggers"));
        }
    }
}
