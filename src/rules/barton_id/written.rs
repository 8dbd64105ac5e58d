//! What migrations write into columns for ids: constants in INSERT, UPDATE and MERGE, wherever these stand, in `WITH` and in DO blocks too.

use crate::catalog::{Class, Oid};
use crate::postgres::StepKind;
use crate::rules::MigrationContext;
use crate::syntax::expression::{
    Assignment, AssignmentTarget, Body, ColumnTarget, CommonTableStatement, ConflictAction, DataChange, Expression, ExpressionKind, Insert,
    InsertSource, MergeAction, OnConflict, Query, With, read_data_change, read_query, read_values,
};
use crate::syntax::tree::Node;
use crate::text::Span;

use super::constant;

/// A constant that is written into a column for ids.
pub(in crate::rules) struct WrittenId {
    /// The table's name, without its schema.
    pub(in crate::rules) table: String,
    /// What it says.
    pub(in crate::rules) id: String,
    /// Where it stands.
    pub(in crate::rules) place: Span,
}

/// What the statements of a migration write into columns for ids, as far as it is constant.
pub(in crate::rules) fn written_ids(cx: &MigrationContext<'_>) -> Vec<WrittenId> {
    let mut found = Vec::new();
    cx.walk(&mut |step| {
        let StepKind::Statement(node) = step.kind else { return };
        let span = match node {
            Node::Insert(insert) => insert.span,
            Node::Update(update) => update.span,
            Node::Delete(delete) => delete.span,
            Node::Merge(merge) => merge.span,
            Node::Select(select) if !select.writes.is_empty() => select.span,
            _ => return,
        };
        let mut written = Written { cx, start: span.start, found: &mut found };
        match node {
            Node::Select(_) => written.with(read_query(&cx.text()[span]).as_ref().and_then(|query| query.with.as_deref())),
            _ => read_data_change(&cx.text()[span]).iter().for_each(|change| written.change(change)),
        }
    });
    found
}

/// A statement that is read.
struct Written<'c, 'f> {
    cx: &'c MigrationContext<'c>,
    /// The byte that places in it count from.
    start: u32,
    found: &'f mut Vec<WrittenId>,
}

impl Written<'_, '_> {
    fn change(&mut self, change: &DataChange) {
        let table = change.target().name.as_slice();
        match change {
            DataChange::Insert(insert) => self.insert(table, insert),
            DataChange::Update(update) => self.assigned(table, &update.set),
            DataChange::Merge(merge) => {
                for when in &merge.whens {
                    match &when.action {
                        MergeAction::Update(set) => self.assigned(table, set),
                        MergeAction::Insert { columns, values: Some(values), .. } => {
                            let columns = self.columns(table, columns);
                            self.row(table, &columns, values.iter());
                        }
                        MergeAction::Insert { .. } | MergeAction::Delete | MergeAction::Nothing => {}
                    }
                }
            }
            DataChange::Delete(_) => {}
        }
        self.with(change.with());
    }

    fn insert(&mut self, table: &[String], insert: &Insert) {
        let columns = self.columns(table, &insert.columns);
        if columns.iter().any(|column| self.cx.config.is_id_column(column)) {
            match &insert.source {
                InsertSource::Query(query) => self.rows(table, &columns, query),
                InsertSource::Rows(span) => {
                    let all = Span::new(self.start + span.start, self.start + span.end);
                    for row in read_values(&self.cx.text()[all]) {
                        let mut inside = Written { cx: self.cx, start: all.start, found: self.found };
                        inside.row(table, &columns, row.values.iter().flatten());
                    }
                }
                InsertSource::Default => {}
            }
        }
        if let Some(OnConflict { action: ConflictAction::Update(set, _), .. }) = &insert.on_conflict {
            self.assigned(table, set);
        }
        if let InsertSource::Query(query) = &insert.source {
            self.with(query.with.as_deref());
        }
    }

    fn rows(&mut self, table: &[String], columns: &[String], query: &Query) {
        match &query.body {
            // A star is nobody knows how many columns.
            Body::Select(select) => {
                let targets = select.targets.iter().map(|target| &target.value);
                self.row(table, columns, targets.take_while(|value| !matches!(value.kind, ExpressionKind::Star(_))));
            }
            Body::Values(rows) => rows.iter().for_each(|row| self.row(table, columns, row.iter())),
            Body::SetOperation(operation) => operation.parts.iter().for_each(|part| self.rows(table, columns, part)),
        }
    }

    fn row<'e>(&mut self, table: &[String], columns: &[String], values: impl Iterator<Item = &'e Expression>) {
        values.zip(columns).for_each(|(value, column)| self.see(table, column, value));
    }

    fn assigned(&mut self, table: &[String], set: &[Assignment]) {
        for set in set {
            let values = match (&set.target, &set.value.kind) {
                (AssignmentTarget::Many(_), ExpressionKind::Row(items, _)) => items.iter().collect(),
                _ => vec![&set.value],
            };
            set.target.columns().iter().zip(values).for_each(|(target, value)| self.see(table, &target.column, value));
        }
    }

    /// The statements of `WITH`.
    fn with(&mut self, with: Option<&With>) {
        for table in with.iter().flat_map(|with| &with.tables) {
            match &table.statement {
                CommonTableStatement::Query(query) => self.with(query.with.as_deref()),
                CommonTableStatement::Change(change) => self.change(change),
            }
        }
    }

    fn see(&mut self, table: &[String], column: &str, value: &Expression) {
        if let Some((id, span)) = constant(value)
            && self.cx.config.is_id_column(column)
        {
            let place = Span::new(self.start + span.start, self.start + span.end);
            self.found.push(WrittenId { table: table.last().cloned().unwrap_or_default(), id: id.to_owned(), place });
        }
    }

    /// The names of the columns that rows give values to, in order.
    fn columns(&self, table: &[String], written: &[ColumnTarget]) -> Vec<String> {
        if !written.is_empty() {
            return written.iter().map(|target| target.column.clone()).collect();
        }
        let relation = self.relation_called(table).and_then(|oid| self.cx.replayed.after.relation(oid));
        relation.map(|relation| relation.columns.iter().map(|column| column.name.to_string()).collect()).unwrap_or_default()
    }

    /// The table that a name means where nothing sets a search path.
    fn relation_called(&self, name: &[String]) -> Option<Oid> {
        let catalog = self.cx.replayed.after;
        let (schema, name) = match name {
            [name] => ("public", name),
            [.., schema, name] => (schema.as_str(), name),
            [] => return None,
        };
        let schema = *catalog.named(Class::Schema, Oid::NONE, schema).first()?;
        catalog.named(Class::Relation, schema, name).first().copied()
    }
}
