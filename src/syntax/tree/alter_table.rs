//! ALTER TABLE and what shares its actions: indexes, sequences, views, materialized views, foreign tables, and composite types.
//!
//! PostgreSQL's grammar takes every action for every kind of relation, and refuses what makes no sense when it runs; so does this tree.

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::{
    Attach, Attributes, Behavior, Clause, Column, Detach, Expr, Generation, Guard, Ident, Identity, Name, Relation, RoleSpec,
    SequenceOption, Setting, TableConstraint, TypeName,
};

/// `ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW, FOREIGN TABLE`, and `TYPE` where its attributes change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTable {
    /// The whole statement.
    pub span: Span,
    /// What is altered.
    pub kind: AlteredKind,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Which one.
    pub relation: Relation,
    /// In order; at least one.
    pub actions: Vec<AlterAction>,
}

/// What kind of relation the statement names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AlteredKind {
    Table,
    ForeignTable,
    Index,
    Sequence,
    View,
    MaterializedView,
    /// A composite type; its columns are called attributes.
    Type,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterAction {
    /// All of it.
    pub span: Span,
    /// What it does.
    pub kind: AlterActionKind,
}

/// What an action does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterActionKind {
    /// `ADD COLUMN`, `ADD ATTRIBUTE`
    AddColumn(Box<AddColumn>),
    /// `DROP COLUMN`, `DROP ATTRIBUTE`
    DropColumn(DropPart),
    /// `ALTER COLUMN`, `ALTER ATTRIBUTE`
    AlterColumn(ColumnRef, ColumnChange),
    /// `ADD CONSTRAINT name …`
    AddConstraint(Box<TableConstraint>),
    /// `ALTER CONSTRAINT name …`
    AlterConstraint(Ident, ConstraintChange),
    /// `VALIDATE CONSTRAINT name`
    ValidateConstraint(Ident),
    /// `DROP CONSTRAINT name`
    DropConstraint(DropPart),
    /// `ENABLE TRIGGER name`
    Trigger(Firing, TriggerChoice),
    /// `ENABLE RULE name`
    Rule(Firing, Ident),
    /// `ENABLE ROW LEVEL SECURITY`
    RowSecurity(RowSecurity),
    /// `INHERIT parent`
    Inherit(Name),
    /// `NO INHERIT parent`
    NoInherit(Name),
    /// `OF type`
    Of(Name),
    /// `NOT OF`
    NotOf,
    /// `OWNER TO role`
    Owner(RoleSpec),
    /// `ATTACH PARTITION name FOR VALUES …`
    AttachPartition(Box<Attach>),
    /// `DETACH PARTITION name`
    DetachPartition(Name, Detach),
    /// `CLUSTER ON index`
    ClusterOn(Ident),
    /// `SET WITHOUT CLUSTER`
    SetWithoutCluster,
    /// `SET WITHOUT OIDS`, which does nothing any more.
    SetWithoutOids,
    /// `SET LOGGED`
    SetLogged,
    /// `SET UNLOGGED`
    SetUnlogged,
    /// `SET ACCESS METHOD name`; none for DEFAULT.
    SetAccessMethod(Option<Ident>),
    /// `SET TABLESPACE name`
    SetTablespace(Ident),
    /// `SET (fillfactor = 70)`
    SetParameters(Vec<Setting>),
    /// `RESET (fillfactor)`
    ResetParameters(Vec<Setting>),
    /// `REPLICA IDENTITY FULL`
    ReplicaIdentity(ReplicaIdentity),
    /// `OPTIONS (…)`, of a foreign table.
    Options(Vec<Setting>),
}

/// `ADD COLUMN IF NOT EXISTS column`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddColumn {
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// The column.
    pub column: Column,
    /// `CASCADE`, of an attribute.
    pub behavior: Option<Behavior>,
}

/// `DROP COLUMN IF EXISTS name CASCADE`, `DROP CONSTRAINT IF EXISTS name CASCADE`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DropPart {
    /// `IF EXISTS`
    pub guard: Guard,
    /// What is dropped.
    pub name: Ident,
    /// `CASCADE`
    pub behavior: Option<Behavior>,
}

/// Which column is altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRef {
    /// By name.
    Name(Ident),
    /// By number, from 1: an index's column, and only its statistics.
    Number(Span),
}

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnChange {
    /// `SET DEFAULT expression`
    SetDefault(Expr),
    /// `DROP DEFAULT`
    DropDefault,
    /// `SET NOT NULL`
    SetNotNull,
    /// `DROP NOT NULL`
    DropNotNull,
    /// `SET DATA TYPE type`
    SetType(Box<SetType>),
    /// `SET EXPRESSION AS (expression)`
    SetExpression(Expr),
    /// `DROP EXPRESSION IF EXISTS`
    DropExpression(Guard),
    /// `SET STATISTICS 1000`: the number with its sign, or DEFAULT.
    SetStatistics(Span),
    /// `SET (n_distinct = 5)`
    SetOptions(Vec<Setting>),
    /// `RESET (n_distinct)`
    ResetOptions(Vec<Setting>),
    /// `SET STORAGE external`; the word may be DEFAULT.
    SetStorage(Ident),
    /// `SET COMPRESSION lz4`; the word may be DEFAULT.
    SetCompression(Ident),
    /// `ADD GENERATED ALWAYS AS IDENTITY`
    AddIdentity(Identity),
    /// `SET GENERATED ALWAYS`, `SET INCREMENT BY 2`, `RESTART`, in the order written.
    SetIdentity(Vec<IdentityChange>),
    /// `DROP IDENTITY IF EXISTS`
    DropIdentity(Guard),
    /// `OPTIONS (…)`, of a foreign table's column.
    Options(Vec<Setting>),
}

/// `SET DATA TYPE type COLLATE name USING expression`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetType {
    /// The new type.
    pub ty: TypeName,
    /// `COLLATE name`
    pub collation: Option<Clause<Name>>,
    /// `USING expression`
    pub using: Option<Clause<Expr>>,
    /// `CASCADE`, of an attribute.
    pub behavior: Option<Behavior>,
}

/// What changes about an identity column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityChange {
    /// `SET GENERATED ALWAYS`
    Generation(Clause<Generation>),
    /// `SET INCREMENT BY 2`, `RESTART WITH 5`
    Option(SequenceOption),
}

/// What becomes of a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstraintChange {
    /// These attributes; perhaps none.
    Attributes(Attributes),
    /// `INHERIT`
    Inherit(Span),
}

/// When a trigger or a rule fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Firing {
    /// `ENABLE`
    Enable,
    /// `ENABLE ALWAYS`
    EnableAlways,
    /// `ENABLE REPLICA`
    EnableReplica,
    /// `DISABLE`
    Disable,
}

/// Which triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerChoice {
    /// This one.
    Named(Ident),
    /// `ALL`, with those that foreign keys stand on.
    All(Span),
    /// `USER`, without them.
    User(Span),
}

/// What becomes of row-level security.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RowSecurity {
    Enable,
    Disable,
    /// For the owner too.
    Force,
    NoForce,
}

/// What of an old row is written for logical replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplicaIdentity {
    /// `NOTHING`
    Nothing,
    /// `FULL`: all of it.
    Full,
    /// `DEFAULT`: the primary key.
    Default,
    /// `USING INDEX name`: its columns.
    Index(Ident),
}
