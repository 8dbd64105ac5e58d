//! The statements of a migration that lock tables, one by one as they are run, also those in code: which relations their names mean, what
//! is there before and after each, and in which transaction it stands.
//!
//! A statement is noted where it is applied, so that names mean what they mean there, and only if it locks something that was there before
//! the migration: what that makes itself nobody else can see. One that fails is no deed; of one that can't be followed it is not known what it
//! leaves.

use std::sync::Arc;

use crate::catalog::Oid;
use crate::catalog::apply::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Origin, Standing};
use crate::catalog::rows::Value;
use crate::catalog::run::{Run, World};
use crate::catalog::script::run_script_watched;
use crate::catalog::session::Settings;
use crate::catalog::store::Catalog;
use crate::postgres::{TableLock, table_locks};
use crate::syntax::tree::{Node, TransactionAction};
use crate::text::Span;

use super::Direction;

/// A statement that locks relations.
#[derive(Debug, Clone)]
pub struct Deed {
    /// The statement of the script: this one, or the one that runs the code that it stands in.
    pub outer: Span,
    /// What it says.
    pub node: Node,
    /// The text that its spans index, if that is not the script's: code whose text is computed or stands elsewhere.
    pub text: Option<Arc<str>>,
    /// The locks, as far as it is known what their names mean.
    pub holds: Vec<Hold>,
    /// What is there before it, with what is only assumed because it names it.
    pub before: Catalog,
    /// What it leaves, if that can be told.
    pub after: Option<Catalog>,
    /// The transaction, counted from 1 in the order of the script; a statement outside of a block has one of its own.
    pub transaction: u32,
    /// The run-time variables.
    pub settings: Settings,
}

/// The deeds of a migration so far.
#[derive(Debug, Clone)]
pub(in crate::catalog) struct Deeds {
    /// Where the text of the script lies in memory: code in it has spans of the same text.
    script: usize,
    list: Vec<Deed>,
}

/// A lock on a relation that was there before the migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The relation; of an index its own.
    pub relation: Oid,
    /// By which name, on what, and how.
    pub lock: TableLock,
}

impl Deed {
    /// A run-time variable that was set, by its name in lower case.
    pub fn setting(&self, name: &str) -> Option<&Value> {
        self.settings.others.get(name)
    }
}

/// The statements of `up` that lock something, in the order in which they run.
pub fn deeds(world: &World<'_>, before: &Catalog, up: Direction<'_>, index: u32) -> Vec<Deed> {
    if !up.script.statements.iter().filter_map(|statement| statement.node()).any(|node| may_lock(up.text, node)) {
        return Vec::new();
    }
    let mut run = Run::new(world, before.clone());
    run.origin = Origin { migration: Some(index), ..Origin::START };
    run.deeds = Some(Deeds { script: up.text.as_ptr() as usize, list: Vec::new() });
    let mut transactions: Vec<(Span, u32)> = Vec::with_capacity(up.script.statements.len());
    let mut transaction = 0;
    run_script_watched(&mut run, up.text, up.script, up.around, &mut |run, at| {
        let statement = &up.script.statements[at];
        // The first statement in a block that the tool opened begins its transaction as well.
        if !run.session.in_block() || transaction == 0 {
            transaction += 1;
        }
        transactions.push((statement.span, transaction));
        transaction += u32::from(ends_transaction(statement.node()));
    });
    let mut deeds = run.deeds.take().map(|deeds| deeds.list).unwrap_or_default();
    for deed in &mut deeds {
        let known = transactions.binary_search_by_key(&deed.outer.start, |(span, _)| span.start);
        deed.transaction = known.map_or(0, |at| transactions[at].1);
    }
    deeds
}

/// Whether a statement of a script locks something, or runs code that may.
fn may_lock(text: &str, node: &Node) -> bool {
    matches!(node, Node::Do(_) | Node::Call(_)) || !table_locks(text, node).is_empty()
}

fn ends_transaction(node: Option<&Node>) -> bool {
    use TransactionAction::{Commit, Prepare, Rollback};
    matches!(node, Some(Node::Transaction(transaction)) if matches!(transaction.action, Commit(_) | Rollback(_) | Prepare(_)))
}

/// Notes a statement that is about to be applied, if it locks something. Gives its place among the deeds.
pub(in crate::catalog) fn begin(run: &mut Run<'_>, statement: Statement<'_>) -> Option<usize> {
    let script = run.deeds.as_ref()?.script;
    let locks = table_locks(statement.text, statement.node);
    if locks.is_empty() {
        return None;
    }
    // What it names is looked up beside the run, where what is only assumed may be assumed already.
    let mut beside = Run { deeds: None, ..run.clone() };
    let mut holds = Vec::with_capacity(locks.len());
    for lock in locks {
        let found = beside.find_relation(statement.text, lock.name);
        holds.extend(found.ok().flatten().map(|relation| Hold { relation, lock }));
    }
    let is_older = |hold: &Hold| {
        let object = beside.catalog.get(hold.relation);
        object.is_some_and(|object| object.origin.migration != run.origin.migration || object.standing == Standing::Assumed)
    };
    holds.retain(is_older);
    if holds.is_empty() {
        return None;
    }
    let deed = Deed {
        outer: run.origin.span,
        node: statement.node.clone(),
        text: (statement.text.as_ptr() as usize != script).then(|| Arc::from(statement.text)),
        holds,
        before: beside.catalog,
        after: None,
        transaction: 0,
        settings: run.session.settings.clone(),
    };
    let list = &mut run.deeds.as_mut()?.list;
    list.push(deed);
    Some(list.len() - 1)
}

/// Notes how the statement at `place` among the deeds ended.
pub(in crate::catalog) fn end(run: &mut Run<'_>, place: usize, result: &Result) {
    let after = match result {
        Ok(()) => Some(run.catalog.clone()),
        Err(Stop::Unknown(_)) => None,
        Err(Stop::Fails(_)) => {
            run.deeds.iter_mut().for_each(|deeds| deeds.list.truncate(place));
            return;
        }
    };
    if let Some(deed) = run.deeds.as_mut().and_then(|deeds| deeds.list.get_mut(place)) {
        deed.after = after;
    }
}
