//! Which actions which kinds of relations take (`ATSimplePermissions`).

use super::name_of;
use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::run::Run;
use crate::syntax::tree::{AlterAction, AlterActionKind, ColumnChange, Firing, RowSecurity, TriggerChoice};

const TABLE: u16 = 1;
const VIEW: u16 = 1 << 1;
const MATERIALIZED: u16 = 1 << 2;
const INDEX: u16 = 1 << 3;
const COMPOSITE: u16 = 1 << 4;
const FOREIGN: u16 = 1 << 5;
const SEQUENCE: u16 = 1 << 6;

/// Expects a relation to be one that takes an action.
///
/// # Errors
/// 42809 if it is not.
pub(super) fn check(run: &Run<'_>, table: Oid, action: &AlterAction) -> Result {
    let Some(relation) = run.catalog.relation(table) else { return Ok(()) };
    let is = match &relation.kind {
        RelationKind::Table => TABLE,
        RelationKind::View(_) => VIEW,
        RelationKind::MaterializedView(_) => MATERIALIZED,
        RelationKind::Index(_) => INDEX,
        RelationKind::Composite => COMPOSITE,
        RelationKind::ForeignTable(..) => FOREIGN,
        RelationKind::Sequence(_) => SEQUENCE,
        RelationKind::Unknown => return Ok(()),
    };
    // Since version 18 a partitioned table is a kind of its own here.
    let is_other = run.world.target.major() >= 18
        && is == TABLE
        && match action.kind {
            AlterActionKind::AttachPartition(_) | AlterActionKind::DetachPartition(..) => relation.partitioned.is_none(),
            AlterActionKind::SetLogged | AlterActionKind::SetUnlogged => relation.partitioned.is_some(),
            _ => false,
        };
    if is_other || is & takers(run, &action.kind) == 0 {
        let message = format!("ALTER action {} cannot be performed on relation \"{}\"", words(&action.kind), name_of(run, table));
        return Err(Stop::fails("42809", message, action.span));
    }
    let adds_or_drops = matches!(action.kind, AlterActionKind::AddColumn(_) | AlterActionKind::DropColumn(_));
    if adds_or_drops && relation.of_type.is_some() {
        let verb = if matches!(action.kind, AlterActionKind::AddColumn(_)) { "add column to" } else { "drop column from" };
        return Err(Stop::fails("42809", format!("cannot {verb} typed table"), action.span));
    }
    Ok(())
}

fn takers(run: &Run<'_>, kind: &AlterActionKind) -> u16 {
    match kind {
        AlterActionKind::AddColumn(_) | AlterActionKind::DropColumn(_) => TABLE | COMPOSITE | FOREIGN,
        AlterActionKind::AlterColumn(_, change) => of_column(change),
        AlterActionKind::AddConstraint(_)
        | AlterActionKind::DropConstraint(_)
        | AlterActionKind::ValidateConstraint(_)
        | AlterActionKind::Trigger(..)
        | AlterActionKind::Inherit(_)
        | AlterActionKind::NoInherit(_)
        | AlterActionKind::SetWithoutOids => TABLE | FOREIGN,
        AlterActionKind::AlterConstraint(..)
        | AlterActionKind::Rule(..)
        | AlterActionKind::RowSecurity(_)
        | AlterActionKind::Of(_)
        | AlterActionKind::NotOf
        | AlterActionKind::DetachPartition(..) => TABLE,
        AlterActionKind::Owner(_) => u16::MAX,
        AlterActionKind::AttachPartition(_) => TABLE | INDEX,
        AlterActionKind::ClusterOn(_)
        | AlterActionKind::SetWithoutCluster
        | AlterActionKind::SetAccessMethod(_)
        | AlterActionKind::ReplicaIdentity(_) => TABLE | MATERIALIZED,
        AlterActionKind::SetLogged | AlterActionKind::SetUnlogged => {
            // A sequence may be unlogged since version 15.
            if run.world.target.major() >= 15 { TABLE | SEQUENCE } else { TABLE }
        }
        AlterActionKind::SetTablespace(_) => TABLE | MATERIALIZED | INDEX,
        AlterActionKind::SetParameters(_) | AlterActionKind::ResetParameters(_) => TABLE | VIEW | MATERIALIZED | INDEX,
        AlterActionKind::Options(_) => FOREIGN,
    }
}

const fn of_column(change: &ColumnChange) -> u16 {
    match change {
        ColumnChange::SetDefault(_)
        | ColumnChange::DropDefault
        | ColumnChange::AddIdentity(_)
        | ColumnChange::SetIdentity(_)
        | ColumnChange::DropIdentity(_) => TABLE | VIEW | FOREIGN,
        ColumnChange::SetNotNull | ColumnChange::DropNotNull | ColumnChange::SetExpression(_) | ColumnChange::DropExpression(_) => {
            TABLE | FOREIGN
        }
        ColumnChange::SetType(_) => TABLE | COMPOSITE | FOREIGN,
        ColumnChange::SetStatistics(_) => TABLE | MATERIALIZED | INDEX | FOREIGN,
        ColumnChange::SetOptions(_) | ColumnChange::ResetOptions(_) | ColumnChange::SetStorage(_) => TABLE | MATERIALIZED | FOREIGN,
        ColumnChange::SetCompression(_) => TABLE | MATERIALIZED,
        ColumnChange::Options(_) => FOREIGN,
    }
}

/// What PostgreSQL calls an action (`alter_table_type_to_string`).
const fn words(kind: &AlterActionKind) -> &'static str {
    match kind {
        AlterActionKind::AddColumn(_) => "ADD COLUMN",
        AlterActionKind::DropColumn(_) => "DROP COLUMN",
        AlterActionKind::AlterColumn(_, change) => match change {
            ColumnChange::SetDefault(_) | ColumnChange::DropDefault => "ALTER COLUMN ... SET DEFAULT",
            ColumnChange::SetNotNull => "ALTER COLUMN ... SET NOT NULL",
            ColumnChange::DropNotNull => "ALTER COLUMN ... DROP NOT NULL",
            ColumnChange::SetType(_) => "ALTER COLUMN ... SET DATA TYPE",
            ColumnChange::SetExpression(_) => "ALTER COLUMN ... SET EXPRESSION",
            ColumnChange::DropExpression(_) => "ALTER COLUMN ... DROP EXPRESSION",
            ColumnChange::SetStatistics(_) => "ALTER COLUMN ... SET STATISTICS",
            ColumnChange::SetOptions(_) => "ALTER COLUMN ... SET",
            ColumnChange::ResetOptions(_) => "ALTER COLUMN ... RESET",
            ColumnChange::SetStorage(_) => "ALTER COLUMN ... SET STORAGE",
            ColumnChange::SetCompression(_) => "ALTER COLUMN ... SET COMPRESSION",
            ColumnChange::AddIdentity(_) => "ALTER COLUMN ... ADD IDENTITY",
            ColumnChange::SetIdentity(_) => "ALTER COLUMN ... SET",
            ColumnChange::DropIdentity(_) => "ALTER COLUMN ... DROP IDENTITY",
            ColumnChange::Options(_) => "ALTER COLUMN ... OPTIONS",
        },
        AlterActionKind::AddConstraint(_) => "ADD CONSTRAINT",
        AlterActionKind::AlterConstraint(..) => "ALTER CONSTRAINT",
        AlterActionKind::ValidateConstraint(_) => "VALIDATE CONSTRAINT",
        AlterActionKind::DropConstraint(_) => "DROP CONSTRAINT",
        AlterActionKind::Trigger(firing, choice) => match (firing, choice) {
            (Firing::Disable, TriggerChoice::Named(_)) => "DISABLE TRIGGER",
            (Firing::Disable, TriggerChoice::All(_)) => "DISABLE TRIGGER ALL",
            (Firing::Disable, TriggerChoice::User(_)) => "DISABLE TRIGGER USER",
            (_, TriggerChoice::All(_)) => "ENABLE TRIGGER ALL",
            (_, TriggerChoice::User(_)) => "ENABLE TRIGGER USER",
            (Firing::EnableAlways, _) => "ENABLE ALWAYS TRIGGER",
            (Firing::EnableReplica, _) => "ENABLE REPLICA TRIGGER",
            (Firing::Enable, _) => "ENABLE TRIGGER",
        },
        AlterActionKind::Rule(firing, _) => match firing {
            Firing::Enable => "ENABLE RULE",
            Firing::EnableAlways => "ENABLE ALWAYS RULE",
            Firing::EnableReplica => "ENABLE REPLICA RULE",
            Firing::Disable => "DISABLE RULE",
        },
        AlterActionKind::RowSecurity(change) => match change {
            RowSecurity::Enable => "ENABLE ROW SECURITY",
            RowSecurity::Disable => "DISABLE ROW SECURITY",
            RowSecurity::Force => "FORCE ROW SECURITY",
            RowSecurity::NoForce => "NO FORCE ROW SECURITY",
        },
        AlterActionKind::Inherit(_) => "INHERIT",
        AlterActionKind::NoInherit(_) => "NO INHERIT",
        AlterActionKind::Of(_) => "OF",
        AlterActionKind::NotOf => "NOT OF",
        AlterActionKind::Owner(_) => "OWNER TO",
        AlterActionKind::AttachPartition(_) => "ATTACH PARTITION",
        AlterActionKind::DetachPartition(..) => "DETACH PARTITION",
        AlterActionKind::ClusterOn(_) => "CLUSTER ON",
        AlterActionKind::SetWithoutCluster => "SET WITHOUT CLUSTER",
        AlterActionKind::SetWithoutOids => "SET WITHOUT OIDS",
        AlterActionKind::SetLogged => "SET LOGGED",
        AlterActionKind::SetUnlogged => "SET UNLOGGED",
        AlterActionKind::SetAccessMethod(_) => "SET ACCESS METHOD",
        AlterActionKind::SetTablespace(_) => "SET TABLESPACE",
        AlterActionKind::SetParameters(_) => "SET",
        AlterActionKind::ResetParameters(_) => "RESET",
        AlterActionKind::ReplicaIdentity(_) => "REPLICA IDENTITY",
        AlterActionKind::Options(_) => "OPTIONS",
    }
}
