//! Data changes as they are written.

use super::super::tree::*;
use super::name::inner_identifier;
use super::{Writer, identifier, qualified};

impl Writer {
    pub(super) fn change(&mut self, change: &DataChange) {
        if let Some(with) = change.with() {
            self.with(with);
        }
        match change {
            DataChange::Insert(insert) => self.insert(insert),
            DataChange::Update(update) => {
                self.put("UPDATE ");
                self.change_target(&update.target);
                self.put(" SET ");
                self.each(&update.set, Self::assignment);
                self.list_of_from(" FROM ", &update.from);
                self.condition(update.condition.as_ref());
            }
            DataChange::Delete(delete) => {
                self.put("DELETE FROM ");
                self.change_target(&delete.target);
                self.list_of_from(" USING ", &delete.using);
                self.condition(delete.condition.as_ref());
            }
            DataChange::Merge(merge) => {
                self.put("MERGE INTO ");
                self.change_target(&merge.target);
                self.put(" USING ");
                self.item_of_from(&merge.source);
                self.clause(" ON ", Some(&merge.condition));
                for when in &merge.whens {
                    self.merge_when(when);
                }
            }
        }
        if let Some(returning) = change.returning() {
            self.returning(returning);
        }
    }

    fn change_target(&mut self, target: &ChangeTarget) {
        self.relation(&target.name, target.inheritance);
        if let Some(alias) = &target.alias {
            self.put(" AS ");
            self.put(&identifier(alias));
        }
    }

    fn insert(&mut self, insert: &Insert) {
        self.put("INSERT INTO ");
        self.change_target(&insert.target);
        self.columns(&insert.columns);
        self.overriding(insert.overriding);
        match &insert.source {
            InsertSource::Default => self.put(" DEFAULT VALUES"),
            InsertSource::Query(query) => {
                self.put(" ");
                self.query(query);
            }
            InsertSource::Rows(_) => self.put(" VALUES …"),
        }
        if let Some(on_conflict) = &insert.on_conflict {
            self.on_conflict(on_conflict);
        }
    }

    fn columns(&mut self, columns: &[ColumnTarget]) {
        if !columns.is_empty() {
            self.put(" (");
            self.each(columns, Self::column_target);
            self.put(")");
        }
    }

    fn overriding(&mut self, overriding: Option<Overriding>) {
        self.put(match overriding {
            None => "",
            Some(Overriding::System) => " OVERRIDING SYSTEM VALUE",
            Some(Overriding::User) => " OVERRIDING USER VALUE",
        });
    }

    fn column_target(&mut self, target: &ColumnTarget) {
        self.put(&identifier(&target.column));
        for part in &target.parts {
            match part {
                PartOfColumn::Field(name) => {
                    self.put(".");
                    self.put(&inner_identifier(name));
                }
                PartOfColumn::Subscript(subscript) => self.subscript(subscript),
            }
        }
    }

    pub(super) fn assignment(&mut self, assignment: &Assignment) {
        match &assignment.target {
            AssignmentTarget::One(column) => self.column_target(column),
            AssignmentTarget::Many(columns) => {
                self.put("(");
                self.each(columns, Self::column_target);
                self.put(")");
            }
        }
        self.put(" = ");
        self.expression(&assignment.value);
    }

    fn on_conflict(&mut self, on_conflict: &OnConflict) {
        self.put(" ON CONFLICT");
        match &on_conflict.target {
            None => {}
            Some(ConflictTarget::Constraint(name)) => {
                self.put(" ON CONSTRAINT ");
                self.put(&identifier(name));
            }
            Some(ConflictTarget::Keys(keys, condition)) => {
                self.put(" (");
                self.each(keys, Self::conflict_key);
                self.put(")");
                self.clause(" WHERE ", condition.as_ref());
            }
        }
        match &on_conflict.action {
            ConflictAction::Nothing => self.put(" DO NOTHING"),
            ConflictAction::Update(set, condition) => {
                self.put(" DO UPDATE SET ");
                self.each(set, Self::assignment);
                self.clause(" WHERE ", condition.as_ref());
            }
        }
    }

    fn conflict_key(&mut self, key: &ConflictKey) {
        match &key.value.kind {
            ExpressionKind::Column(parts) if parts.len() == 1 => self.put(&qualified(parts)),
            _ => {
                self.put("(");
                self.expression(&key.value);
                self.put(")");
            }
        }
        if !key.collation.is_empty() {
            self.put(" COLLATE ");
            self.put(&qualified(&key.collation));
        }
        if !key.class.is_empty() {
            self.put(" ");
            self.put(&qualified(&key.class));
        }
    }

    fn condition(&mut self, condition: Option<&Condition>) {
        match condition {
            None => {}
            Some(Condition::Expression(condition)) => self.clause(" WHERE ", Some(condition)),
            Some(Condition::CurrentOf(cursor)) => {
                self.put(" WHERE CURRENT OF ");
                self.put(&identifier(cursor));
            }
        }
    }

    fn merge_when(&mut self, when: &MergeWhen) {
        self.put(match when.rows {
            MergeRows::Matched => " WHEN MATCHED",
            MergeRows::NotMatchedBySource => " WHEN NOT MATCHED BY SOURCE",
            MergeRows::NotMatchedByTarget => " WHEN NOT MATCHED",
        });
        self.clause(" AND ", when.condition.as_ref());
        self.put(" THEN ");
        match &when.action {
            MergeAction::Nothing => self.put("DO NOTHING"),
            MergeAction::Delete => self.put("DELETE"),
            MergeAction::Update(set) => {
                self.put("UPDATE SET ");
                self.each(set, Self::assignment);
            }
            MergeAction::Insert { columns, overriding, values } => {
                self.put("INSERT");
                self.columns(columns);
                self.overriding(*overriding);
                match values {
                    Some(row) => self.call_of(" VALUES ", row),
                    None => self.put(" DEFAULT VALUES"),
                }
            }
        }
    }

    fn returning(&mut self, returning: &Returning) {
        self.put(" RETURNING ");
        let names = [("OLD AS ", &returning.old), ("NEW AS ", &returning.new)];
        let named: Vec<String> =
            names.iter().filter_map(|(words, name)| name.as_ref().map(|name| format!("{words}{}", identifier(name)))).collect();
        if !named.is_empty() {
            self.put(&format!("WITH ({}) ", named.join(", ")));
        }
        self.each(&returning.targets, Self::target);
    }
}
