//! ALTER TABLE and what shares its actions.
//!
//! As in PostgreSQL, all actions are looked at first ([`permission`], and the types that columns are to become), and then done pass by pass
//! and not as they are written: what drops before what changes types, before what adds columns, constraints, and the rest
//! (`ATPrepCmd`, `ATRewriteCatalogs`). A column that is added brings actions of its own for later passes.

mod add;
mod column;
mod constraint;
mod identity;
mod index;
mod inheritance;
mod partition;
mod permission;
mod respell;
mod retype;
mod setting;
mod switch;
#[cfg(test)]
mod tests;

pub(in crate::catalog) use setting::moved;

use super::constraint::{Demand, Recursion, Request};
use super::{Statement, lifecycle};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Persistence;
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Oid};
use crate::syntax::tree::{
    AlterAction, AlterActionKind, AlterTable, AlteredKind, ColumnChange, ColumnRef, Ident, Node, ObjectKind, TableConstraint,
};
use crate::text::Span;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    match statement.node {
        Node::AlterTable(alter) => {
            run.added.clear();
            let result = alter_table(run, statement, alter);
            run.added.clear();
            result
        }
        Node::MoveAll(all) => setting::move_all(run, statement.text, all),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

/// What an action is done with.
#[derive(Debug, Clone, Copy)]
struct Context<'s> {
    statement: Statement<'s>,
    /// The relation that the statement names.
    table: Oid,
    /// Whether the tables below are altered too.
    recursion: Recursion,
    /// The number that a new column gets.
    first_new: ColumnNumber,
}

impl<'s> Context<'s> {
    const fn text(&self) -> &'s str {
        self.statement.text
    }
}

/// When an action is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pass {
    Drop,
    Retype,
    AddColumn,
    SetExpression,
    AddConstraint,
    ColumnAttributes,
    AddKey,
    AddOther,
    Rest,
}

impl Pass {
    const ALL: [Pass; 9] = [
        Pass::Drop,
        Pass::Retype,
        Pass::AddColumn,
        Pass::SetExpression,
        Pass::AddConstraint,
        Pass::ColumnAttributes,
        Pass::AddKey,
        Pass::AddOther,
        Pass::Rest,
    ];

    fn of(kind: &AlterActionKind) -> Pass {
        match kind {
            AlterActionKind::AddColumn(_) => Pass::AddColumn,
            AlterActionKind::DropColumn(_) | AlterActionKind::DropConstraint(_) => Pass::Drop,
            AlterActionKind::AddConstraint(constraint) => Pass::of_constraint(constraint),
            AlterActionKind::AlterColumn(_, change) => match change {
                ColumnChange::SetType(_) => Pass::Retype,
                ColumnChange::SetExpression(_) => Pass::SetExpression,
                ColumnChange::DropDefault | ColumnChange::DropNotNull | ColumnChange::DropExpression(_) | ColumnChange::DropIdentity(_) => {
                    Pass::Drop
                }
                ColumnChange::SetNotNull | ColumnChange::SetIdentity(_) => Pass::ColumnAttributes,
                ColumnChange::SetDefault(_) | ColumnChange::AddIdentity(_) => Pass::AddOther,
                _ => Pass::Rest,
            },
            _ => Pass::Rest,
        }
    }

    fn of_constraint(constraint: &TableConstraint) -> Pass {
        Pass::of_request(&Request::of_table(constraint))
    }

    const fn of_request(request: &Request<'_>) -> Pass {
        match request.demand {
            Demand::Check(_) => Pass::AddConstraint,
            Demand::NotNull(_) => Pass::ColumnAttributes,
            Demand::Key { .. } | Demand::Exclude(_) | Demand::UsingIndex(..) => Pass::AddKey,
            Demand::ForeignKey { .. } => Pass::AddOther,
        }
    }
}

/// Something to be done in a pass.
enum Work<'s> {
    Action(&'s AlterAction),
    /// A constraint, written by itself or in the definition of a new column.
    Constraint(Request<'s>),
}

type Queue<'s> = Vec<(Pass, Work<'s>)>;

fn alter_table(run: &mut Run<'_>, statement: Statement<'_>, alter: &AlterTable) -> Result {
    let name = alter.relation.name;
    let Some(table) = lifecycle::altered(run, statement.text, alter.guard, name)? else { return Ok(()) };
    let kind = object_kind(alter.kind);
    lifecycle::expect_kind(run, statement.text, table, kind, name, lifecycle::Alteration::Action)?;
    if run.session.pending_events.contains(&table) {
        let shown = name.object.value(statement.text);
        let message = format!("cannot ALTER TABLE \"{shown}\" because it has pending trigger events");
        return Err(Stop::fails("55006", message, name.span()));
    }
    let recursion = if alter.relation.only.is_some() { Recursion::Only } else { Recursion::Whole };
    let first_new = run.catalog.relation(table).map_or(1, |relation| relation.next_column);
    let cx = Context { statement, table, recursion, first_new };
    let mut changes_persistence = false;
    let mut queue: Queue<'_> = Vec::with_capacity(alter.actions.len());
    for action in &alter.actions {
        permission::check(run, table, action)?;
        match &action.kind {
            AlterActionKind::AlterColumn(column, ColumnChange::SetType(change)) => retype::prepare(run, cx, *column, change, action.span)?,
            AlterActionKind::AlterColumn(column, ColumnChange::DropExpression(_)) => {
                column::expect_own_expression(run, cx, *column, action.span)?;
            }
            AlterActionKind::SetLogged | AlterActionKind::SetUnlogged => {
                if changes_persistence {
                    return Err(Stop::fails("0A000", "cannot change persistence setting twice", action.span));
                }
                let to = if matches!(action.kind, AlterActionKind::SetLogged) { Persistence::Permanent } else { Persistence::Unlogged };
                changes_persistence = setting::expect_persistence(run, table, to, action.span)?;
            }
            _ => {}
        }
        let work = match &action.kind {
            AlterActionKind::AddConstraint(constraint) => Work::Constraint(Request::of_table(constraint)),
            _ => Work::Action(action),
        };
        queue.push((Pass::of(&action.kind), work));
    }
    let mut retyped = Vec::new();
    for pass in Pass::ALL {
        let mut at = 0;
        while at < queue.len() {
            if queue[at].0 != pass {
                at += 1;
                continue;
            }
            match queue.remove(at).1 {
                Work::Constraint(request) => super::constraint::add(run, statement, table, &request, recursion)?,
                Work::Action(action) => {
                    if let AlterActionKind::AlterColumn(column, ColumnChange::SetType(change)) = &action.kind {
                        let changed = retype::apply(run, cx, *column, change, &retyped, action.span)?;
                        retyped.extend(changed);
                    } else {
                        act(run, cx, action, &mut queue)?;
                    }
                }
            }
        }
        if pass == Pass::Retype && !retyped.is_empty() {
            retype::rebuild(run, &retyped, alter.span)?;
        }
    }
    Ok(())
}

const fn object_kind(kind: AlteredKind) -> ObjectKind {
    match kind {
        AlteredKind::Table => ObjectKind::Table,
        AlteredKind::ForeignTable => ObjectKind::ForeignTable,
        AlteredKind::Index => ObjectKind::Index,
        AlteredKind::Sequence => ObjectKind::Sequence,
        AlteredKind::View => ObjectKind::View,
        AlteredKind::MaterializedView => ObjectKind::MaterializedView,
        AlteredKind::Type => ObjectKind::Type,
    }
}

fn act<'s>(run: &mut Run<'_>, cx: Context<'s>, action: &'s AlterAction, queue: &mut Queue<'s>) -> Result {
    let span = action.span;
    match &action.kind {
        AlterActionKind::AddColumn(add) => add::add_column(run, cx, add, span, queue),
        AlterActionKind::DropColumn(part) => add::drop_column(run, cx, part, span),
        AlterActionKind::AlterColumn(column, change) => column::change(run, cx, *column, change, span),
        AlterActionKind::AddConstraint(constraint) => {
            super::constraint::add_table_constraint(run, cx.statement, cx.table, constraint, cx.recursion)
        }
        AlterActionKind::AlterConstraint(name, change) => constraint::alter(run, cx, *name, change, span),
        AlterActionKind::ValidateConstraint(name) => constraint::validate(run, cx, *name, span),
        AlterActionKind::DropConstraint(part) => constraint::drop_constraint(run, cx, part, span),
        AlterActionKind::Trigger(firing, choice) => switch::trigger(run, cx, *firing, *choice),
        AlterActionKind::Rule(firing, name) => switch::rule(run, cx, *firing, *name),
        AlterActionKind::RowSecurity(change) => {
            switch::row_security(run, cx, *change);
            Ok(())
        }
        AlterActionKind::Inherit(parent) => inheritance::inherit(run, cx, *parent),
        AlterActionKind::NoInherit(parent) => inheritance::no_inherit(run, cx, *parent),
        AlterActionKind::Of(name) => inheritance::of(run, cx, *name),
        AlterActionKind::NotOf => inheritance::not_of(run, cx, span),
        AlterActionKind::Owner(owner) => lifecycle::give_relation(run, cx.text(), cx.table, *owner, span),
        AlterActionKind::AttachPartition(attach) => partition::attach(run, cx, attach, span),
        AlterActionKind::DetachPartition(name, how) => partition::detach(run, cx, *name, *how),
        AlterActionKind::ClusterOn(index) => setting::cluster_on(run, cx, *index),
        AlterActionKind::SetWithoutCluster => {
            run.catalog.update_relation(cx.table, |relation| relation.clustered_on = None);
            Ok(())
        }
        AlterActionKind::SetWithoutOids => Ok(()),
        AlterActionKind::SetLogged => setting::persistence(run, cx, Persistence::Permanent),
        AlterActionKind::SetUnlogged => setting::persistence(run, cx, Persistence::Unlogged),
        AlterActionKind::SetAccessMethod(method) => setting::access_method(run, cx, *method),
        AlterActionKind::SetTablespace(name) => setting::tablespace(run, cx, *name, span),
        AlterActionKind::SetParameters(settings) => setting::set_parameters(run, cx, settings),
        AlterActionKind::ResetParameters(settings) => setting::reset_parameters(run, cx, settings),
        AlterActionKind::ReplicaIdentity(identity) => setting::replica_identity(run, cx, *identity),
        AlterActionKind::Options(settings) => setting::foreign_options(run, cx, settings),
    }
}

/// A column of a relation by its name.
///
/// # Errors
/// 42703 if there is none, 0A000 for `ctid` and its kin.
fn find_column(run: &mut Run<'_>, relation: Oid, text: &str, name: Ident) -> Result<Address> {
    let value = name.value(text);
    if name.is_template(text) {
        return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), name.span));
    }
    if SYSTEM_COLUMNS.contains(&&*value) {
        return Err(Stop::fails("0A000", format!("cannot alter system column \"{value}\""), name.span));
    }
    match run.find_column(relation, &value, name.span)? {
        Some(address) => Ok(address),
        None => Err(no_column(run, relation, &value, name.span)),
    }
}

/// Columns that every table has.
const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"];

fn no_column(run: &Run<'_>, relation: Oid, name: &str, span: Span) -> Stop {
    Stop::fails("42703", format!("column \"{name}\" of relation \"{}\" does not exist", name_of(run, relation)), span)
}

/// The same of a column reference, which is a number only where it is an index's.
fn named(column: ColumnRef) -> Result<Ident> {
    match column {
        ColumnRef::Name(name) => Ok(name),
        ColumnRef::Number(span) => Err(Stop::unknown("a column by its number is an index's", span)),
    }
}

fn name_of(run: &Run<'_>, oid: Oid) -> Name {
    run.catalog.get(oid).map_or_else(|| Name::from(""), |object| Name::clone(&object.name))
}

/// The relation and, unless ONLY is written, all relations below it, each once and after those that it is below of.
fn family(run: &Run<'_>, cx: Context<'_>) -> Vec<Oid> {
    let mut found = vec![cx.table];
    if cx.recursion == Recursion::Whole {
        let mut at = 0;
        while at < found.len() {
            for child in run.catalog.children(found[at]) {
                if !found.contains(&child) {
                    found.push(child);
                }
            }
            at += 1;
        }
    }
    found
}
