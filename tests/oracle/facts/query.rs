//! Queries and data changes: what they read and write, and what is outermost.

use std::collections::BTreeSet;

use migration_lint::syntax::tree::{
    Assignment, ColumnTarget, ConflictAction, ConflictTarget, Delete, Insert, InsertSource, LockStrength, Merge, MergeAction, MergeMatch,
    Name, Node, Overriding, Select, Update,
};

use super::words::{Words, list};
use super::{Facts, Kind};

pub fn select(f: &mut Facts, node: &Select) -> Kind {
    let words = f.words;
    f.reads(&node.reads, &node.writes);
    f.written("where", &node.where_clause);
    // In a set operation INTO belongs to its first SELECT, which is not the outermost.
    if let (Some(into), None) = (node.into, node.set_operation) {
        f.say(format!("into {}", words.name(into.name)));
        f.persistence(into.persistence);
    }
    f.each(
        "locking",
        node.locking.iter().map(|locking| match locking.strength {
            LockStrength::Update => "update",
            LockStrength::NoKeyUpdate => "no-key-update",
            LockStrength::Share => "share",
            LockStrength::KeyShare => "key-share",
        }),
    );
    "SelectStmt"
}

pub fn insert(f: &mut Facts, node: &Insert) -> Kind {
    let words = f.words;
    f.reads(&node.reads, &node.writes);
    f.say(format!("target {}", words.name(node.target)));
    f.maybe("columns", node.columns.as_ref().map(|columns| words.targets(columns)));
    f.say(match node.source {
        InsertSource::Values { rows, .. } => format!("source values {rows}"),
        InsertSource::Query(_) => "source query".to_owned(),
        InsertSource::Default(_) => "source default".to_owned(),
    });
    match node.overriding {
        Some(Overriding::User(_)) => f.say("overriding user"),
        Some(Overriding::System(_)) => f.say("overriding system"),
        None => {}
    }
    if let Some(conflict) = &node.on_conflict {
        f.say(match conflict.action {
            ConflictAction::Nothing(_) => "on-conflict nothing",
            ConflictAction::Update { .. } => "on-conflict update",
        });
        match &conflict.target {
            Some(ConflictTarget::Columns { keys, .. }) => f.say(format!("on-conflict-target {}", words.keys(keys))),
            Some(ConflictTarget::Constraint(name)) => f.say(format!("on-conflict-constraint {}", words.ident(*name))),
            None => {}
        }
    }
    f.written("returning", &node.returning);
    "InsertStmt"
}

pub fn update(f: &mut Facts, node: &Update) -> Kind {
    f.reads(&node.reads, &node.writes);
    f.say(format!("target {}", f.words.relation(node.target)));
    f.say(format!("columns {}", f.words.assigned(&node.set)));
    f.written("where", &node.where_clause);
    f.written("returning", &node.returning);
    "UpdateStmt"
}

pub fn delete(f: &mut Facts, node: &Delete) -> Kind {
    f.reads(&node.reads, &node.writes);
    f.say(format!("target {}", f.words.relation(node.target)));
    f.written("where", &node.where_clause);
    f.written("returning", &node.returning);
    "DeleteStmt"
}

pub fn merge(f: &mut Facts, node: &Merge) -> Kind {
    let words = f.words;
    f.reads(&node.reads, &node.writes);
    f.say(format!("target {}", words.relation(node.target)));
    for (number, when) in node.when.iter().enumerate() {
        let matched = match when.kind {
            MergeMatch::Matched => "matched",
            MergeMatch::NotMatchedBySource => "not-matched-by-source",
            MergeMatch::NotMatchedByTarget => "not-matched-by-target",
        };
        let action = match &when.action {
            MergeAction::Update(set) => format!("update {}", words.assigned(set)),
            MergeAction::Delete => "delete".to_owned(),
            MergeAction::Insert { columns: Some(columns), .. } => format!("insert {}", words.targets(columns)),
            MergeAction::Insert { columns: None, .. } => "insert".to_owned(),
            MergeAction::Nothing => "nothing".to_owned(),
        };
        f.say(format!("when {} {matched} {action}", number + 1));
    }
    f.written("returning", &node.returning);
    "MergeStmt"
}

impl Facts<'_> {
    /// READS, each name once.
    pub fn reads(&mut self, reads: &[Name], writes: &[Name]) {
        let words = self.words;
        let distinct = |names: &[Name]| names.iter().map(|&name| words.name(name)).collect::<BTreeSet<_>>();
        self.each("reads", distinct(reads));
        self.each("writes", distinct(writes));
    }

    /// READS of a statement that stands where a query does.
    pub fn reads_of(&mut self, node: &Node) {
        match node {
            Node::Select(node) => self.reads(&node.reads, &node.writes),
            Node::Insert(node) => self.reads(&node.reads, &node.writes),
            Node::Update(node) => self.reads(&node.reads, &node.writes),
            Node::Delete(node) => self.reads(&node.reads, &node.writes),
            Node::Merge(node) => self.reads(&node.reads, &node.writes),
            other => panic!("no query: {other:?}"),
        }
    }
}

impl Words<'_> {
    fn targets(self, targets: &[ColumnTarget]) -> String {
        list(targets.iter().map(|target| self.ident(target.column)))
    }

    fn assigned(self, set: &[Assignment]) -> String {
        list(set.iter().map(|assignment| self.ident(assignment.target.column)))
    }
}
