//! Which locks statements take on the tables that they name, and what such a lock keeps others from.
//!
//! The modes and what they conflict with are the manual's (PostgreSQL 15, 13.3.1 “Table-Level Locks”); which statement takes which is there too,
//! and at each statement; of ALTER TABLE's actions the manual names only some, and the server's `AlterTableGetLockLevel` all. A lock is held until
//! its transaction ends. Left out are the modes up to ROW EXCLUSIVE, for which nobody waits but DDL; of changes of
//! rows the table that they change is told all the same, since rules ask for it.

use super::setting::switch;
use crate::syntax::Version;
use crate::syntax::tree::{
    self, AlterActionKind, AlterTable, AlteredKind, AttributeKind, Column, ColumnChange, ColumnConstraintKind, CreateTable, Detach,
    DomainAction, Drop, Name, Node, ObjectKind, ObjectName, ObjectRef, PartitionBound, PartitionBoundKind, Reindex, ReindexTarget,
    RenamedPart, TableConstraint, TableConstraintKind, TableForm, Vacuum, VacuumKind,
};

/// The mode of a lock on a table, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockMode {
    /// `ACCESS SHARE`: SELECT.
    AccessShare,
    /// `ROW SHARE`: SELECT … FOR UPDATE; on the table that a foreign key references, while that is validated.
    RowShare,
    /// `ROW EXCLUSIVE`: INSERT, UPDATE, DELETE.
    RowExclusive,
    /// `SHARE UPDATE EXCLUSIVE`: VACUUM, whatever is done CONCURRENTLY, VALIDATE CONSTRAINT.
    ShareUpdateExclusive,
    /// `SHARE`: CREATE INDEX.
    Share,
    /// `SHARE ROW EXCLUSIVE`: CREATE TRIGGER, foreign keys.
    ShareRowExclusive,
    /// `EXCLUSIVE`: REFRESH MATERIALIZED VIEW CONCURRENTLY.
    Exclusive,
    /// `ACCESS EXCLUSIVE`: most of ALTER TABLE, DROP, TRUNCATE.
    AccessExclusive,
}

impl LockMode {
    /// As SQL and `pg_locks` write it, but for the words' case there.
    pub const fn sql(self) -> &'static str {
        match self {
            LockMode::AccessShare => "ACCESS SHARE",
            LockMode::RowShare => "ROW SHARE",
            LockMode::RowExclusive => "ROW EXCLUSIVE",
            LockMode::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            LockMode::Share => "SHARE",
            LockMode::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            LockMode::Exclusive => "EXCLUSIVE",
            LockMode::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// Whether INSERT, UPDATE and DELETE wait while somebody holds it, and it for them.
    pub const fn blocks_writes(self) -> bool {
        matches!(self, LockMode::Share | LockMode::ShareRowExclusive | LockMode::Exclusive | LockMode::AccessExclusive)
    }

    /// Whether SELECT waits too.
    pub const fn blocks_reads(self) -> bool {
        matches!(self, LockMode::AccessExclusive)
    }
}

/// A lock that a statement takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableLock {
    /// The relation, as the statement names it.
    pub name: Name,
    /// What is locked by that name.
    pub target: LockTarget,
    /// How.
    pub mode: LockMode,
}

/// What a lock is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockTarget {
    /// The relation that the statement is about.
    Subject,
    /// The index that the statement is about, and its table; by ALTER INDEX that alone, for which queries of the table
    /// wait where the lock is ACCESS EXCLUSIVE.
    Index,
    /// A table that a foreign key of the subject references, a partition or a parent of it.
    Other,
    /// The tables with a column of the domain that the statement is about.
    OfDomain,
    /// What `ALL IN TABLESPACE` moves out of the tablespace.
    InTablespace,
    /// The default partition of a table that gets another partition, and what is below it.
    DefaultPartition,
    /// The table of an UPDATE, a DELETE, or an INSERT without a list of columns.
    Rows,
}

/// The locks that `node`, a statement of `text`, takes on relations that it names, from SHARE UPDATE EXCLUSIVE on, and on the table whose rows it
/// changes, its subject's first.
pub fn table_locks(text: &str, node: &Node) -> Vec<TableLock> {
    use LockMode::{AccessExclusive, Exclusive, RowExclusive, Share, ShareRowExclusive, ShareUpdateExclusive};
    let rows_of = |name: Name| vec![TableLock { name, target: LockTarget::Rows, mode: RowExclusive }];
    let one = |name: Name, mode| vec![TableLock { name, target: LockTarget::Subject, mode }];
    match node {
        Node::AlterTable(alter) => of_alter_table(alter),
        Node::MoveAll(all) => {
            vec![TableLock { name: Name::unqualified(all.from), target: LockTarget::InTablespace, mode: AccessExclusive }]
        }
        Node::CreateTable(create) => {
            let mut locks: Vec<TableLock> = references_of_new(create).map(|name| other(name, ShareRowExclusive)).collect();
            if let TableForm::Partition(of) = &create.form {
                locks.push(other(of.parent, AccessExclusive));
                locks.extend(default_of(of.parent, &of.bound));
            }
            locks
        }
        Node::CreateIndex(create) => one(create.table.name, if create.concurrently.is_some() { ShareUpdateExclusive } else { Share }),
        Node::CreateTrigger(create) => one(create.table, ShareRowExclusive),
        Node::CreatePolicy(create) => one(create.table, AccessExclusive),
        Node::AlterPolicy(alter) => one(alter.table, AccessExclusive),
        Node::CreateRule(create) => one(create.table, AccessExclusive),
        Node::Drop(drop) => drop.objects.iter().filter_map(|object| of_drop(drop, object)).collect(),
        Node::Rename(rename) => renamed(&rename.object, rename.part).into_iter().collect(),
        Node::SetSchema(set) => relation_of(&set.object).map(|name| subject(name, AccessExclusive)).into_iter().collect(),
        Node::Truncate(truncate) => truncate.relations.iter().map(|relation| subject(relation.name, AccessExclusive)).collect(),
        Node::Lock(lock) => {
            let mode = lock.mode.map_or(AccessExclusive, written);
            lock.relations.iter().map(|relation| subject(relation.name, mode)).filter(|lock| lock.mode >= ShareUpdateExclusive).collect()
        }
        Node::Cluster(cluster) => cluster.table.map(|name| subject(name, AccessExclusive)).into_iter().collect(),
        Node::Vacuum(vacuum) => {
            let mode = if is_vacuum_full(text, vacuum) { AccessExclusive } else { ShareUpdateExclusive };
            vacuum.relations.iter().map(|relation| subject(relation.relation.name, mode)).collect()
        }
        Node::Reindex(reindex) => match reindex.target {
            ReindexTarget::Table(name) if !is_reindexed_concurrently(text, reindex) => one(name, Share),
            ReindexTarget::Table(name) => one(name, ShareUpdateExclusive),
            ReindexTarget::Index(name) => {
                let mode = if is_reindexed_concurrently(text, reindex) { ShareUpdateExclusive } else { Share };
                vec![TableLock { name, target: LockTarget::Index, mode }]
            }
            _ => Vec::new(),
        },
        Node::RefreshMaterializedView(refresh) => {
            one(refresh.name, if refresh.concurrently.is_some() { Exclusive } else { AccessExclusive })
        }
        Node::AlterDomain(alter) if is_checked(&alter.action) => {
            vec![TableLock { name: alter.name, target: LockTarget::OfDomain, mode: Share }]
        }
        Node::Insert(insert) if insert.columns.is_none() => rows_of(insert.target),
        Node::Update(update) => rows_of(update.target.name),
        Node::Delete(delete) => rows_of(delete.target.name),
        _ => Vec::new(),
    }
}

/// The lock that an action of ALTER TABLE needs on its table; PostgreSQL takes the strongest of a statement's actions once, for all of them.
pub fn action_lock(kind: &AlterActionKind) -> LockMode {
    use LockMode::{AccessExclusive, ShareRowExclusive, ShareUpdateExclusive};
    match kind {
        AlterActionKind::AddConstraint(constraint) => match constraint.kind {
            TableConstraintKind::ForeignKey(_) => ShareRowExclusive,
            _ => AccessExclusive,
        },
        AlterActionKind::Trigger(..) => ShareRowExclusive,
        AlterActionKind::ValidateConstraint(_)
        | AlterActionKind::AttachPartition(_)
        | AlterActionKind::DetachPartition(_, Detach::Concurrently(_) | Detach::Finalize(_))
        | AlterActionKind::ClusterOn(_)
        | AlterActionKind::SetWithoutCluster
        | AlterActionKind::SetParameters(_)
        | AlterActionKind::ResetParameters(_) => ShareUpdateExclusive,
        AlterActionKind::AlterColumn(_, ColumnChange::SetStatistics(_) | ColumnChange::SetOptions(_) | ColumnChange::ResetOptions(_)) => {
            ShareUpdateExclusive
        }
        _ => AccessExclusive,
    }
}

/// Whether VACUUM writes tables again.
pub fn is_vacuum_full(text: &str, vacuum: &Vacuum) -> bool {
    vacuum.kind == VacuumKind::Vacuum && switch(text, &vacuum.options, "full") == Some(true)
}

/// Whether REINDEX lets others write meanwhile: by the word, or the option of that name.
pub fn is_reindexed_concurrently(text: &str, reindex: &Reindex) -> bool {
    reindex.concurrently.is_some() || switch(text, &reindex.options, "concurrently") == Some(true)
}

/// Whether DETACH PARTITION can say CONCURRENTLY (PostgreSQL 14, release notes, E.1.3.1.1).
pub const fn detaches_concurrently(version: Version) -> bool {
    version.major() >= 14
}

/// Whether REINDEX can put an index into another tablespace (PostgreSQL 14, release notes, E.1.3.3).
pub const fn reindexes_into_tablespace(version: Version) -> bool {
    version.major() >= 14
}

/// Whether a change of a domain has what is stored read (`get_rels_with_domain`, which takes SHARE in PostgreSQL 12 to 18 alike).
fn is_checked(action: &DomainAction) -> bool {
    match action {
        DomainAction::AddConstraint(constraint) => constraint.attributes.find(AttributeKind::NotValid).is_none(),
        DomainAction::SetNotNull(_) | DomainAction::ValidateConstraint(_) => true,
        _ => false,
    }
}

const fn subject(name: Name, mode: LockMode) -> TableLock {
    TableLock { name, target: LockTarget::Subject, mode }
}

const fn other(name: Name, mode: LockMode) -> TableLock {
    TableLock { name, target: LockTarget::Other, mode }
}

fn of_alter_table(alter: &AlterTable) -> Vec<TableLock> {
    let target = match alter.kind {
        AlteredKind::Table | AlteredKind::ForeignTable | AlteredKind::MaterializedView | AlteredKind::View => LockTarget::Subject,
        AlteredKind::Index => LockTarget::Index,
        AlteredKind::Sequence | AlteredKind::Type => return Vec::new(),
    };
    let Some(mode) = alter.actions.iter().map(|action| action_lock(&action.kind)).max() else { return Vec::new() };
    let mut locks = vec![TableLock { name: alter.relation.name, target, mode }];
    for action in &alter.actions {
        match &action.kind {
            AlterActionKind::AddConstraint(constraint) => {
                locks.extend(referenced(constraint).map(|name| other(name, LockMode::ShareRowExclusive)));
            }
            AlterActionKind::AddColumn(add) => {
                locks.extend(references_of_column(&add.column).map(|name| other(name, LockMode::ShareRowExclusive)));
            }
            AlterActionKind::DetachPartition(partition, Detach::AtOnce) => locks.push(other(*partition, LockMode::AccessExclusive)),
            AlterActionKind::AttachPartition(attach) => {
                locks.push(other(attach.partition, LockMode::AccessExclusive));
                locks.extend(attach.bound.as_ref().and_then(|bound| default_of(alter.relation.name, bound)));
            }
            AlterActionKind::Inherit(parent) => locks.push(other(*parent, LockMode::ShareUpdateExclusive)),
            _ => {}
        }
    }
    locks
}

/// What a new partition of `parent` makes PostgreSQL look into: rows that it would take from the default partition.
fn default_of(parent: Name, bound: &PartitionBound) -> Option<TableLock> {
    let is_default = matches!(bound.kind, PartitionBoundKind::Default);
    (!is_default).then_some(TableLock { name: parent, target: LockTarget::DefaultPartition, mode: LockMode::AccessExclusive })
}

fn referenced(constraint: &TableConstraint) -> impl Iterator<Item = Name> + use<> {
    match &constraint.kind {
        TableConstraintKind::ForeignKey(key) => Some(key.references.table),
        _ => None,
    }
    .into_iter()
}

fn references_of_column(column: &Column) -> impl Iterator<Item = Name> + '_ {
    column.constraints.iter().filter_map(|constraint| match &constraint.kind {
        ColumnConstraintKind::References(references) => Some(references.table),
        _ => None,
    })
}

fn references_of_new(create: &CreateTable) -> impl Iterator<Item = Name> + '_ {
    let columns = create.columns().flat_map(references_of_column);
    columns.chain(create.constraints().flat_map(referenced))
}

fn of_drop(drop: &Drop, object: &ObjectRef) -> Option<TableLock> {
    let mode = LockMode::AccessExclusive;
    match drop.kind {
        ObjectKind::Table | ObjectKind::ForeignTable | ObjectKind::View | ObjectKind::MaterializedView => {
            Some(subject(object.name()?, mode))
        }
        ObjectKind::Index => {
            let mode = if drop.concurrently.is_some() { LockMode::ShareUpdateExclusive } else { mode };
            Some(TableLock { name: object.name()?, target: LockTarget::Index, mode })
        }
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => Some(subject(object.member()?.0?, mode)),
        _ => None,
    }
}

fn renamed(object: &ObjectRef, part: RenamedPart) -> Option<TableLock> {
    match (object.kind, part) {
        (ObjectKind::Index, _) => Some(TableLock { name: object.name()?, target: LockTarget::Index, mode: LockMode::ShareUpdateExclusive }),
        _ => relation_of(object).map(|name| subject(name, LockMode::AccessExclusive)),
    }
}

/// The relation that an object is, or is a part of.
fn relation_of(object: &ObjectRef) -> Option<Name> {
    match object.kind {
        ObjectKind::Table | ObjectKind::ForeignTable | ObjectKind::View | ObjectKind::MaterializedView => object.name(),
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => match object.name {
            ObjectName::Member { of, .. } => of,
            _ => None,
        },
        _ => None,
    }
}

const fn written(mode: tree::LockMode) -> LockMode {
    match mode {
        tree::LockMode::AccessShare(_) => LockMode::AccessShare,
        tree::LockMode::RowShare(_) => LockMode::RowShare,
        tree::LockMode::RowExclusive(_) => LockMode::RowExclusive,
        tree::LockMode::ShareUpdateExclusive(_) => LockMode::ShareUpdateExclusive,
        tree::LockMode::Share(_) => LockMode::Share,
        tree::LockMode::ShareRowExclusive(_) => LockMode::ShareRowExclusive,
        tree::LockMode::Exclusive(_) => LockMode::Exclusive,
        tree::LockMode::AccessExclusive(_) => LockMode::AccessExclusive,
    }
}
