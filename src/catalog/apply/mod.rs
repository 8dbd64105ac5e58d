//! Applying one statement: a new catalog, the error that PostgreSQL raises, or unknown.
//!
//! One file a family of statements. Each function changes the run's catalog as it goes; [`apply`] puts everything back where it fails.

mod alter;
pub(in crate::catalog) mod code;
mod constraint;
mod creation;
pub(in crate::catalog) mod data;
mod definition;
mod index;
mod known;
mod lifecycle;
mod partition;
mod rights;
mod routine;
#[cfg(test)]
mod said;
pub(in crate::catalog) mod schema;
mod sequence;
pub(super) mod session;
mod storage;
mod table;
mod trigger;
mod types;
mod view;

pub(super) use alter::moved;
pub(super) use schema::assume_extension;
pub(super) use types::tables_of_domain;

use crate::syntax::lexer::Token;
use crate::syntax::tree::{Defined, Node};

use super::Oid;
use super::describe::qualified;
use super::evaluate::keep_given_out;
use super::failure::{Result, Stop};
use super::object::{Class, Object};
use super::replay::deed::{self, Deeds};
use super::run::Run;
use crate::postgres::effects;

/// A statement to apply: its tree, and the text and tokens that it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'s> {
    /// The text that the tree's spans index.
    pub text: &'s str,
    /// The tree.
    pub node: &'s Node,
    /// Its tokens.
    pub tokens: &'s [Token],
    /// The rows that a script holds for `COPY … FROM stdin`.
    pub data: Option<crate::text::Span>,
}

/// Applies a statement.
///
/// # Errors
/// What PostgreSQL raises, or that nobody can tell. The catalog is then as it was before.
pub fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let (before, restarted) = (run.catalog.clone(), run.session.restarted.len());
    let deed = deed::begin(run, statement);
    let result = dispatch(run, statement).and_then(|()| rights::expect_allowed(run, &before, statement));
    if let Some(deed) = deed {
        let after = match &result {
            Ok(()) => Some(run.catalog.clone()),
            // What it leaves if nothing that could not be followed has changed its table.
            Err(_) => deed::beside(run, deed).and_then(|mut beside| dispatch(&mut beside, statement).ok().map(|()| beside.catalog)),
        };
        deed::end(run, deed, &result, after);
    }
    let Err(stop) = result else {
        schema::optional::need_what_is_new(run, &before);
        return Ok(());
    };
    // What code has committed stands, and what it may have come to where that is looked for.
    let committed = if run.session.in_block() { None } else { run.session.committed.take() };
    let reached = run.deeds.as_mut().and_then(Deeds::take_reached).filter(|_| matches!(stop, Stop::Unknown(_)));
    let undone = std::mem::replace(&mut run.catalog, reached.or(committed).unwrap_or(before));
    if matches!(stop, Stop::Fails(_)) {
        keep_given_out(run, &undone);
    }
    run.session.restarted.truncate(restarted);
    Err(match (&stop, blurred(run, statement)) {
        (Stop::Fails(_), Some(table)) => Stop::unknown(format!("what became of {table} can't be told"), None),
        _ => stop,
    })
}

/// A relation that the statement is about, and that another one may have changed that could not be followed: what this one meets there can't be
/// told either.
fn blurred(run: &mut Run<'_>, statement: Statement<'_>) -> Option<String> {
    let objects = effects(statement.text, statement.node).into_iter().flat_map(|effect| [effect.object.of, effect.object.name]);
    let relations: Vec<Oid> = objects.flatten().filter_map(|name| run.find(Class::Relation, statement.text, name).ok()?).collect();
    let is_blurred = |oid: &Oid| run.catalog.get(*oid).is_some_and(Object::is_blurred);
    relations.into_iter().find(is_blurred).map(|oid| qualified(&run.catalog, oid))
}

fn dispatch(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    session::expect_utility(run, statement)?;
    match statement.node {
        Node::AlterTable(_) | Node::MoveAll(_) => alter::apply(run, statement),
        Node::Do(_) | Node::Call(_) => code::apply(run, statement),
        Node::Select(select) if select.into.is_some() => view::apply(run, statement),
        Node::Select(_) | Node::Insert(_) | Node::Update(_) | Node::Delete(_) | Node::Merge(_) | Node::Truncate(_) | Node::Copy(_) => {
            data::apply(run, statement)
        }
        Node::CreateOperatorClass(_)
        | Node::CreateOperatorFamily(_)
        | Node::AlterOperatorFamily(_)
        | Node::AlterOperator(_)
        | Node::AlterCollation(_)
        | Node::CreateCast(_)
        | Node::CreateTransform(_)
        | Node::CreateConversion(_)
        | Node::CreateAccessMethod(_)
        | Node::CreateStatistics(_)
        | Node::AlterStatistics(_)
        | Node::CreatePublication(_)
        | Node::AlterPublication(_)
        | Node::CreateSubscription(_)
        | Node::AlterSubscription(_)
        | Node::DropSubscription(_)
        | Node::CreateForeignDataWrapper(_)
        | Node::AlterForeignDataWrapper(_)
        | Node::CreateServer(_)
        | Node::AlterServer(_)
        | Node::CreateUserMapping(_)
        | Node::AlterUserMapping(_)
        | Node::DropUserMapping(_)
        | Node::ImportForeignSchema(_)
        | Node::AlterTextSearchDictionary(_)
        | Node::AlterTextSearchConfiguration(_)
        | Node::CreateLanguage(_)
        | Node::CreateTablespace(_)
        | Node::AlterTablespace(_)
        | Node::DropTablespace(_)
        | Node::CreateDatabase(_)
        | Node::AlterDatabase(_)
        | Node::DropDatabase(_)
        | Node::AlterSystem(_) => definition::apply(run, statement),
        Node::CreateIndex(_) => index::apply(run, statement),
        Node::Drop(_) | Node::Rename(_) | Node::SetSchema(_) | Node::SetOwner(_) | Node::DependsOnExtension(_) => {
            lifecycle::apply(run, statement)
        }
        Node::Grant(_)
        | Node::GrantRole(_)
        | Node::AlterDefaultPrivileges(_)
        | Node::CreateRole(_)
        | Node::AlterRole(_)
        | Node::AlterRoleSet(_)
        | Node::DropRole(_)
        | Node::ReassignOwned(_)
        | Node::DropOwned(_)
        | Node::CommentOn(_)
        | Node::SecurityLabel(_) => rights::apply(run, statement),
        Node::Define(define) if !matches!(define.object, Defined::Aggregate { .. }) => definition::apply(run, statement),
        Node::CreateFunction(_) | Node::AlterFunction(_) | Node::Define(_) => routine::apply(run, statement),
        Node::CreateSchema(_) | Node::CreateExtension(_) | Node::AlterExtension(_) => schema::apply(run, statement),
        Node::CreateSequence(_) | Node::AlterSequence(_) => sequence::apply(run, statement),
        Node::Transaction(_)
        | Node::SetVariable(_)
        | Node::SetConstraints(_)
        | Node::Discard(_)
        | Node::Notify(_)
        | Node::Prepare(_)
        | Node::Execute(_)
        | Node::Deallocate(_)
        | Node::Cursor(_)
        | Node::Load(_)
        | Node::Checkpoint(_)
        | Node::Vacuum(_)
        | Node::Reindex(_)
        | Node::Cluster(_)
        | Node::Lock(_)
        | Node::Explain(_) => session::apply(run, statement),
        Node::CreateTable(_) => table::apply(run, statement),
        Node::CreateTrigger(_)
        | Node::CreatePolicy(_)
        | Node::AlterPolicy(_)
        | Node::CreateRule(_)
        | Node::CreateEventTrigger(_)
        | Node::AlterEventTrigger(_) => trigger::apply(run, statement),
        Node::CreateType(_) | Node::AlterEnum(_) | Node::AlterTypeOptions(_) | Node::CreateDomain(_) | Node::AlterDomain(_) => {
            types::apply(run, statement)
        }
        Node::CreateView(_) | Node::CreateTableAs(_) | Node::RefreshMaterializedView(_) => view::apply(run, statement),
    }
}
