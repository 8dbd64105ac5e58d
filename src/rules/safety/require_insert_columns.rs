//! `require-insert-columns`: rows for a table that was there before say which columns they fill.

use crate::diagnostic::{Applicability, Severity};
use crate::rules::change::{Change, Existing, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::expression::{identifier, read_values};
use crate::syntax::tree::{Insert, InsertSource, Node};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct RequireInsertColumns;

static META: Meta = Meta {
    id: "require-insert-columns",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-insert-columns.md"),
};

impl Rule for RequireInsertColumns {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let mut seen: Vec<(Option<usize>, Span)> = Vec::new();
        for change in changes(cx) {
            let Node::Insert(insert) = change.node() else { continue };
            let place = (change.statement(), insert.span);
            let has_values = insert.columns.is_none() && !matches!(insert.source, InsertSource::Default(_));
            // What a loop runs once more is told once.
            let Some(table) = change.written_table().filter(|_| has_values && !seen.contains(&place)) else { continue };
            seen.push(place);
            let message = format!("the values go to the columns of `{}` by their places, whichever those are by then", table.shown);
            let head = Span::new(insert.span.start, insert.columns_at);
            let finding = change.finding(head, message).help("name the columns that they are for behind the table's name");
            let names = columns(&change, insert, &table).filter(|_| change.is_in_file());
            out.push(finding.fix(names.map(|names| {
                let edit = Edit::insertion(insert.columns_at, format!(" ({})", names.join(", ")));
                cx.fix(Applicability::Safe, "name the columns", vec![edit])
            })));
        }
    }
}

/// The columns that get values, as SQL writes them, if they are known.
fn columns(change: &Change<'_>, insert: &Insert, table: &Existing<'_>) -> Option<Vec<String>> {
    let InsertSource::Values { span, .. } = insert.source else { return None };
    let width = read_values(change.written(span)).next()?.values?.len();
    let columns = table.relation.columns.get(..width).filter(|_| table.relation.columns_known)?;
    Some(columns.iter().map(|column| identifier(&column.name)).collect())
}
