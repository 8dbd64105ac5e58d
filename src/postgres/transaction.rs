//! What can't run in a transaction block, and what that means for who writes one.
//!
//! The list is `PreventInTransactionBlock`'s callers in the server's source, each as the manual's page of the statement says it, and the
//! COMMIT of a DO block (PostgreSQL 15, 43.8). ALTER TYPE … ADD VALUE is not on it: since PostgreSQL 12 it can run in one.

use crate::syntax::Version;
use crate::syntax::plpgsql::{self, StatementKind};
use crate::syntax::tree::{
    AlterActionKind, AlterSubscription, AlterTable, Clause, DatabaseAction, Detach, DiscardTarget, Do, Node, ObjectKind,
    PublicationsChange, Reindex, ReindexTarget, Setting, SubscriptionAction, TransactionAction, VacuumKind,
};
use crate::text::Span;

use super::setting::switch;

/// A statement that can't run in a transaction block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Barred {
    /// What the server calls it: `CREATE INDEX CONCURRENTLY`.
    pub what: &'static str,
    /// What in the statement says so.
    pub span: Span,
    /// Whether it always fails there.
    pub when: When,
    /// Why, as a clause about the statement: `it works in several transactions of its own`.
    pub reason: &'static str,
    /// The SQLSTATE that the server raises: 25001 (active_sql_transaction), or 2D000 (invalid_transaction_termination).
    pub sqlstate: &'static str,
}

/// Whether a statement always fails in a transaction block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It does.
    Always,
    /// It does if this holds, which the statement does not show.
    If(&'static str),
}

const OWN_TRANSACTIONS: &str = "it works in several transactions of its own";
const FILES: &str = "it changes files, which a rollback does not bring back";
const SLOT: &str = "it acts on the publisher, which a rollback does not undo";
const PARTITIONED: When = When::If("the table is partitioned");

impl Barred {
    const fn always(what: &'static str, span: Span, reason: &'static str) -> Option<Self> {
        Some(Self { what, span, when: When::Always, reason, sqlstate: "25001" })
    }

    fn sometimes(what: &'static str, span: Span, when: When, reason: &'static str) -> Option<Self> {
        Some(Self { what, span, when, reason, sqlstate: "25001" })
    }
}

/// Whether `node`, a statement of `text`, can't run in a transaction block of the server `version`, and why.
pub fn barred_in_transaction(text: &str, node: &Node, version: Version) -> Option<Barred> {
    match node {
        Node::CreateIndex(create) => {
            create.concurrently.and_then(|span| Barred::always("CREATE INDEX CONCURRENTLY", span, OWN_TRANSACTIONS))
        }
        Node::Drop(drop) if drop.kind == ObjectKind::Index => {
            drop.concurrently.and_then(|span| Barred::always("DROP INDEX CONCURRENTLY", span, OWN_TRANSACTIONS))
        }
        Node::Reindex(reindex) => of_reindex(text, reindex, version),
        Node::Vacuum(vacuum) if vacuum.kind == VacuumKind::Vacuum => Barred::always("VACUUM", vacuum.span, OWN_TRANSACTIONS),
        Node::Cluster(cluster) => match cluster.table {
            None => Barred::always("CLUSTER", cluster.span, OWN_TRANSACTIONS),
            // Before 15 it takes no partitioned table at all.
            Some(_) if version.major() < 15 => None,
            Some(_) => Barred::sometimes("CLUSTER", cluster.span, PARTITIONED, OWN_TRANSACTIONS),
        },
        Node::CreateDatabase(create) => Barred::always("CREATE DATABASE", create.span, FILES),
        Node::DropDatabase(drop) => Barred::always("DROP DATABASE", drop.span, FILES),
        Node::AlterDatabase(alter) => {
            let moves = match &alter.action {
                DatabaseAction::SetTablespace(_) => true,
                DatabaseAction::Options(options) => options.iter().any(|option| option.name.is(text, "tablespace")),
                _ => false,
            };
            if moves { Barred::always("ALTER DATABASE SET TABLESPACE", alter.span, FILES) } else { None }
        }
        Node::CreateTablespace(create) => Barred::always("CREATE TABLESPACE", create.span, FILES),
        Node::DropTablespace(drop) => Barred::always("DROP TABLESPACE", drop.span, FILES),
        Node::AlterSystem(alter) => Barred::always("ALTER SYSTEM", alter.span, FILES),
        Node::Discard(discard) if discard.target == DiscardTarget::All => {
            Barred::always("DISCARD ALL", discard.span, "it resets the whole session, which a rollback does not undo")
        }
        Node::AlterTable(alter) => of_alter_table(alter),
        Node::Transaction(transaction) => {
            let reason = "it ends a transaction other than the one around it";
            match transaction.action {
                TransactionAction::CommitPrepared(_) => Barred::always("COMMIT PREPARED", transaction.span, reason),
                TransactionAction::RollbackPrepared(_) => Barred::always("ROLLBACK PREPARED", transaction.span, reason),
                _ => None,
            }
        }
        Node::CreateSubscription(create) => {
            let options = listed(create.options.as_ref());
            let connects = switch(text, options, "connect").unwrap_or(true);
            let makes_slot = switch(text, options, "create_slot").unwrap_or(connects);
            if makes_slot { Barred::always("CREATE SUBSCRIPTION … WITH (create_slot = true)", create.span, SLOT) } else { None }
        }
        Node::AlterSubscription(alter) => of_alter_subscription(text, alter, version),
        Node::DropSubscription(drop) => {
            Barred::sometimes("DROP SUBSCRIPTION", drop.span, When::If("the subscription has a replication slot"), SLOT)
        }
        Node::Do(block) => of_do(text, block),
        _ => None,
    }
}

/// Before PostgreSQL 14 a partitioned table is passed over, and an index of one refused.
fn of_reindex(text: &str, reindex: &Reindex, version: Version) -> Option<Barred> {
    let option = || reindex.options.iter().rev().find(|option| option.name.is(text, "concurrently")).map(|option| option.span);
    let in_list = if switch(text, &reindex.options, "concurrently") == Some(true) { option() } else { None };
    let whole = |what| Barred::always(what, reindex.span, OWN_TRANSACTIONS);
    match (reindex.concurrently.or(in_list), reindex.target) {
        (Some(span), _) => Barred::always("REINDEX CONCURRENTLY", span, OWN_TRANSACTIONS),
        (None, ReindexTarget::Schema(_)) => whole("REINDEX SCHEMA"),
        (None, ReindexTarget::Database(_)) => whole("REINDEX DATABASE"),
        (None, ReindexTarget::System(_)) => whole("REINDEX SYSTEM"),
        (None, ReindexTarget::Table(_) | ReindexTarget::Index(_)) if version.major() < 14 => None,
        (None, ReindexTarget::Table(_)) => Barred::sometimes("REINDEX TABLE", reindex.span, PARTITIONED, OWN_TRANSACTIONS),
        (None, ReindexTarget::Index(_)) => {
            Barred::sometimes("REINDEX INDEX", reindex.span, When::If("the index is a partitioned table's"), OWN_TRANSACTIONS)
        }
    }
}

fn of_alter_table(alter: &AlterTable) -> Option<Barred> {
    alter.actions.iter().find_map(|action| match action.kind {
        AlterActionKind::DetachPartition(_, Detach::Concurrently(span)) => {
            Barred::always("ALTER TABLE … DETACH CONCURRENTLY", span, OWN_TRANSACTIONS)
        }
        _ => None,
    })
}

/// A refresh fails on a disabled subscription whether in a transaction or not. That it fails in one came with PostgreSQL 14.
fn of_alter_subscription(text: &str, alter: &AlterSubscription, version: Version) -> Option<Barred> {
    let since_14 = version.major() >= 14;
    let sets = |options: &[Setting], name: &str| options.iter().any(|option| option.name.is(text, name));
    match &alter.action {
        SubscriptionAction::Refresh(_) if since_14 => Barred::always("ALTER SUBSCRIPTION … REFRESH", alter.span, SLOT),
        SubscriptionAction::Publications { change, options, .. } if since_14 => {
            let refreshes = switch(text, listed(options.as_ref()), "refresh").unwrap_or(true);
            let what = match change {
                PublicationsChange::Set => "ALTER SUBSCRIPTION … SET PUBLICATION with refresh",
                PublicationsChange::Add => "ALTER SUBSCRIPTION … ADD PUBLICATION with refresh",
                PublicationsChange::Drop => "ALTER SUBSCRIPTION … DROP PUBLICATION with refresh",
            };
            if refreshes { Barred::always(what, alter.span, SLOT) } else { None }
        }
        SubscriptionAction::SetOptions(options) if sets(options, "failover") => {
            Barred::always("ALTER SUBSCRIPTION … SET (failover)", alter.span, SLOT)
        }
        SubscriptionAction::SetOptions(options) if switch(text, options, "two_phase") == Some(false) => {
            Barred::always("ALTER SUBSCRIPTION … SET (two_phase)", alter.span, SLOT)
        }
        _ => None,
    }
}

fn listed(options: Option<&Clause<Vec<Setting>>>) -> &[Setting] {
    options.map_or(&[], |clause| &clause.value)
}

/// A DO block that commits or rolls back.
fn of_do(text: &str, block: &Do) -> Option<Barred> {
    let body = plpgsql::parse(text, *block.bodies.first()?).ok()?;
    let (what, span, when) = ending(&body.block()?.statements)?;
    let reason = "a DO block can end a transaction only if none was open when it began";
    Some(Barred { what, span, when, reason, sqlstate: "2D000" })
}

/// The first COMMIT or ROLLBACK of a body, and whether the body always comes to it.
fn ending(statements: &[plpgsql::Statement]) -> Option<(&'static str, Span, When)> {
    let perhaps =
        |statements: &[plpgsql::Statement]| ending(statements).map(|(what, span, _)| (what, span, When::If("it comes to that statement")));
    statements.iter().find_map(|statement| match &statement.kind {
        StatementKind::Commit(_) => Some(("COMMIT in a DO block", statement.span, When::Always)),
        StatementKind::Rollback(_) => Some(("ROLLBACK in a DO block", statement.span, When::Always)),
        StatementKind::Block(block) => ending(&block.statements),
        StatementKind::Loop(of) => perhaps(&of.statements),
        StatementKind::If(branches) | StatementKind::Case(_, branches) => {
            let conditional = branches.branches.iter().find_map(|branch| perhaps(&branch.statements));
            conditional.or_else(|| perhaps(branches.otherwise.as_deref()?))
        }
        _ => None,
    })
}
