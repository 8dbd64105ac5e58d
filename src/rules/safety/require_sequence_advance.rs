//! `require-sequence-advance`: a sequence does not give once more what rows have been given by hand.

use crate::catalog::{Contents, Oid, Value, counted_by, first_repeated};
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule, own_tables};

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
            for column in table.relation.columns.iter().filter(|column| is_unique(cx, &table, column.number)) {
                let Some(sequence) = counted_by(cx.end, column) else { continue };
                let number = |value: &Value| match value {
                    Value::Number(written) => written.parse().ok(),
                    _ => None,
                };
                let numbers = rows.iter().filter_map(|row| row.get(&column.number).and_then(number));
                let Some(repeated) = first_repeated(cx.end, sequence, numbers) else { continue };
                let (table_shown, name) = (cx.shown(table.oid), &column.name);
                let message = format!(
                    "`{}` will give {repeated}, which `{table_shown}.{name}` holds already: that INSERT fails (23505)",
                    cx.shown(sequence)
                );
                let place = cx.end.numbered_at(table.oid).unwrap_or(table.object.origin);
                let help = format!(
                    "let the sequence go on behind them: `SELECT setval('{}', (SELECT max({name}) FROM {table_shown}));`",
                    cx.shown(sequence)
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
    let is_its =
        |(_, index): (Oid, &crate::catalog::model::Index)| index.unique && index.predicate.is_none() && index.columns().eq([Some(column)]);
    cx.end.indexes(table.oid).any(is_its)
}
