//! `require-sequence-advance`: a sequence does not give once more what rows have been given by hand.

use crate::catalog::model::Index;
use crate::catalog::{Body, Class, Contents, Oid, Value, counted_by, describe, first_repeated};
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule, own_tables};
use crate::syntax::expression::{identifier, string};
use crate::syntax::tree::{TriggerEventKind, TriggerTiming};

/// The rule.
#[derive(Debug)]
pub struct RequireSequenceAdvance;

static META: Meta = Meta {
    id: "require-sequence-advance",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-sequence-advance.md"),
};

impl Rule for RequireSequenceAdvance {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in own_tables(cx) {
            let Some(Contents::Rows(rows)) = cx.end.rows.get(&table.oid) else { continue };
            let place = cx.end.numbered_at(table.oid).unwrap_or(table.object.origin);
            if cx.end.untraced().is_some_and(|untraced| untraced >= place) || may_get_other_numbers(cx, &table) {
                continue;
            }
            for column in table.relation.columns.iter().filter(|column| is_unique(cx, &table, column.number)) {
                let Some(sequence) = counted_by(cx.end, column) else { continue };
                let number = |value: &Value| match value {
                    Value::Number(written) => written.parse().ok(),
                    _ => None,
                };
                let numbers = rows.iter().filter_map(|row| row.get(&column.number).and_then(number));
                let Some(repeated) = first_repeated(cx.end, sequence, numbers) else { continue };
                let (table_shown, counted) = (cx.shown(table.oid), cx.shown(sequence));
                let column_shown = describe::name(&column.name);
                let message = format!(
                    "`{counted}` will give {repeated}, which `{table_shown}.{column_shown}` holds already: that INSERT fails (23505)"
                );
                let help = format!(
                    "let the sequence go on behind them: `SELECT setval({}, (SELECT max({}) FROM {table_shown}));`",
                    string(&counted),
                    identifier(&column.name)
                );
                out.extend(
                    cx.finding_at(place, message)
                        .map(|finding| cx.related_at(finding, table.brought_by(column), "the column is made here").help(help)),
                );
            }
        }
    }
}

/// Whether no two rows may have the same value in a column.
fn is_unique(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: i16) -> bool {
    let is_its = |(_, index): (Oid, &Index)| index.unique && index.predicate.is_none() && index.columns().eq([Some(column)]);
    cx.end.indexes(table.oid).any(is_its)
}

/// Whether a trigger may give rows other numbers than the sequence.
fn may_get_other_numbers(cx: &HistoryContext<'_>, table: &OwnTable<'_>) -> bool {
    let mut triggers = cx.end.parts(table.oid, Class::Trigger).map(|(_, object)| &object.body);
    triggers.any(|body| match body {
        Body::Trigger(trigger) => trigger.timing == TriggerTiming::Before && trigger.events.contains(&TriggerEventKind::Insert),
        _ => true,
    })
}
