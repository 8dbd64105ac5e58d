//! `require-barton-id-constraints`: a Barton id is there in every row, and in no two.

use std::collections::BTreeSet;

use crate::catalog::ColumnNumber;
use crate::catalog::model::{Column, KeySubject, PartitionKey};
use crate::diagnostic::{Fix, Severity};
use crate::rules::amendment::{Maker, addition};
use crate::rules::barton_id::{id_columns, tables_with_ids};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule, Section};
use crate::syntax::tree::{ColumnConstraint, ColumnConstraintKind};

/// The rule.
#[derive(Debug)]
pub struct RequireBartonIdConstraints;

static META: Meta = Meta {
    id: "require-barton-id-constraints",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::IdFormat),
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-barton-id-constraints.md"),
};

impl Rule for RequireBartonIdConstraints {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables_with_ids(cx) {
            // Of several columns one is the table's own id; the others may name ids of other tables.
            let columns: Vec<&Column> = id_columns(cx, &table).collect();
            let is_own = |column: &&&Column| refers_to_nothing(cx, &table, column) && !names_another(&table.object.name, &column.name);
            let own: Vec<&&Column> = columns.iter().filter(is_own).collect();
            if own.iter().any(|column| column.not_null && is_unique(cx, &table, column)) {
                continue;
            }
            let Some(column) = own.first() else { continue };
            let (lacks, help) = match (column.not_null, is_unique(cx, &table, column)) {
                (false, false) => ("neither unique nor NOT NULL", "UNIQUE NOT NULL"),
                (false, true) => ("not NOT NULL", "NOT NULL"),
                _ => ("not unique", "UNIQUE"),
            };
            let message = format!("column `{}` of `{}` is {lacks}", column.name, cx.shown(table.oid));
            out.extend(
                cx.finding_at_column(&table, column, message)
                    .map(|finding| finding.help(format!("make it `{help}`")).fix(fix(cx, &table, column, help))),
            );
        }
    }
}

/// `words` behind the column's type, where the column is made with its table, and no migration puts rows into that.
fn fix(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column, words: &str) -> Option<Fix> {
    let is_new = table.brought_by(column).migration == table.object.origin.migration && !cx.end.rows.contains_key(&table.oid);
    // A key of a partitioned table has the columns of its partition key too.
    let is_possible = table.relation.partitioned.is_none() || !words.contains("UNIQUE");
    let maker = Maker::of(cx, table.brought_by(column)).filter(|_| is_new && is_possible)?;
    let written = maker.column(&table.object.name, &column.name)?;
    let is_said = |constraint: &ColumnConstraint| {
        use ColumnConstraintKind::{NotNull, Null, PrimaryKey, Unique};
        // What is there and goes again later would only come twice.
        matches!(constraint.kind, NotNull | Null | Unique(..) | PrimaryKey(..)) && words != "NOT NULL" && words != "UNIQUE"
            || words == "NOT NULL" && matches!(constraint.kind, NotNull | Null | PrimaryKey(..))
            || words == "UNIQUE" && matches!(constraint.kind, Unique(..) | PrimaryKey(..))
    };
    let at = written.ty.as_ref().filter(|_| !written.constraints.iter().any(is_said))?.span.end;
    addition(format!("make `{}` `{words}`", column.name), vec![maker.behind(at, words)])
}

/// Whether no foreign key is on the column alone.
fn refers_to_nothing(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> bool {
    use crate::catalog::model::ConstraintKind::ForeignKey;
    !cx.end.constraints(table.oid).any(|(_, constraint)| matches!(constraint.kind, ForeignKey(_)) && constraint.columns == [column.number])
}

/// Whether the name of a column says that the id is of something else than the table holds: `company_unique_id` in `movement_events`.
fn names_another(table: &str, column: &str) -> bool {
    let first = column.split('_').next().unwrap_or(column);
    let is_said = |word: &str| word.trim_end_matches('s') == first.trim_end_matches('s');
    !["barton", "unique", "id"].contains(&first) && !table.split('_').any(is_said)
}

/// Whether an index holds no two rows with the same value: one of a primary key, a UNIQUE, or made by hand. Of a partitioned table it has the
/// columns of the partition key too, without which PostgreSQL makes none (PostgreSQL 15, 5.11.2.3).
fn is_unique(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> bool {
    let keys = table.relation.partitioned.iter().flat_map(|partitioned| &partitioned.keys);
    let by = |key: &PartitionKey| match key.subject {
        KeySubject::Column(column) => Some(column),
        KeySubject::Expression(_) => None,
    };
    let wanted: BTreeSet<ColumnNumber> = keys.filter_map(by).chain([column.number]).collect();
    let mut indexes = cx.end.indexes(table.oid).map(|(_, index)| index).filter(|index| index.unique && index.predicate.is_none());
    indexes.any(|index| index.columns().collect::<Option<BTreeSet<_>>>().is_some_and(|columns| columns == wanted))
}

#[cfg(test)]
mod tests {
    use super::names_another;

    #[test]
    fn the_name_of_a_column_may_say_whose_id_it_holds() {
        let of_others = [("movement_events", "company_unique_id"), ("people_master", "company_unique_id")];
        let own = [
            ("company_master", "company_unique_id"),
            ("company_slots", "slot_unique_id"),
            ("scores", "barton_id"),
            ("scores", "unique_id"),
        ];
        assert!(of_others.into_iter().all(|(table, column)| names_another(table, column)));
        assert!(!own.into_iter().any(|(table, column)| names_another(table, column)));
    }
}
