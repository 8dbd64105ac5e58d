//! CREATE TABLE, with everything that may stand in it.
//!
//! As PostgreSQL does, it first reads all of the definition ([`draft`]), then makes the table with its columns, then what hangs on the columns,
//! then the constraints: checks, keys, references. What fails first names the error.

pub(super) mod column;
mod draft;

use std::sync::Arc;

use super::constraint::{self, Demand, Recursion, Request};
use super::{Statement, creation, storage};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{OnCommit, Options, Persistence, Relation, RelationKind};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{self, CreateTable, Node, TableForm};

use draft::Draft;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    match statement.node {
        Node::CreateTable(create) => create_table(run, statement, create),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

fn create_table(run: &mut Run<'_>, statement: Statement<'_>, create: &CreateTable) -> Result {
    let text = statement.text;
    let (schema, persistence) = creation::home(run, text, create.name, create.persistence)?;
    let name = creation::new_name(text, create.name)?;
    if create.guard.is_written() && run.find_in(Class::Relation, schema, &name)?.is_some() {
        return Ok(());
    }
    if create.inherits.is_some() || create.partition_by.is_some() || create.form != TableForm::Plain {
        return Err(Stop::unknown("this form of CREATE TABLE is not replayed", create.span));
    }
    let draft = draft::read(run, statement, create, &name)?;
    draft.expect_columns_of_keys(text, &name)?;
    let relation = relation(run, text, create, persistence)?;
    draft.expect_distinct_columns(run)?;
    creation::expect_free(run, schema, &name, create.name.span())?;
    creation::expect_no_type(run, schema, &name, create.name.span())?;
    let table = make(run, schema, name, relation);
    let mut numbers = Vec::with_capacity(draft.columns.len());
    for draft in &draft.columns {
        numbers.push(column::place(run, table, draft.column.clone()));
    }
    for (draft, number) in draft.columns.iter().zip(&numbers) {
        if let Some(prepared) = &draft.prepared {
            column::finish(run, statement, table, *number, prepared)?;
        }
    }
    add_constraints(run, statement, table, &draft)
}

/// What the table is, but for its columns.
fn relation(run: &mut Run<'_>, text: &str, create: &CreateTable, persistence: Persistence) -> Result<Relation> {
    let storage = &create.storage;
    let on_commit = match storage.on_commit {
        Some(clause) if persistence != Persistence::Temporary => {
            return Err(Stop::fails("42P16", "ON COMMIT can only be used on temporary tables", clause.span));
        }
        Some(clause) => match clause.value {
            tree::OnCommit::Drop => OnCommit::Drop,
            tree::OnCommit::DeleteRows => OnCommit::DeleteRows,
            tree::OnCommit::PreserveRows => OnCommit::PreserveRows,
        },
        None => OnCommit::PreserveRows,
    };
    let tablespace = storage::tablespace(run, text, storage.tablespace.as_ref())?;
    let holder = if create.partition_by.is_some() { storage::Holder::Partitioned } else { storage::Holder::Table };
    let options = match &storage.parameters {
        Some(parameters) => storage::parameters(text, &parameters.value, holder)?,
        None => Options::new(),
    };
    let method = match &storage.method {
        Some(clause) => {
            let name = clause.value.value(text);
            if name != "heap"
                && run.find_in(Class::AccessMethod, Oid::NONE, &name)?.is_none()
                && !run.may_assume(Class::AccessMethod, &name)
            {
                return Err(Stop::fails("42704", format!("access method \"{name}\" does not exist"), clause.value.span));
            }
            (name != "heap").then(|| Name::from(&*name))
        }
        None => None,
    };
    let kind = match &create.foreign {
        Some(foreign) => {
            let server = foreign.server.value.value(text);
            if run.find_in(Class::Server, Oid::NONE, &server)?.is_none() {
                if !run.may_assume(Class::Server, &server) {
                    return Err(Stop::fails("42704", format!("server \"{server}\" does not exist"), foreign.server.value.span));
                }
                run.assume(Class::Server, Oid::NONE, &server, "42704", foreign.server.value.span);
            }
            let mut options = Options::new();
            for option in &foreign.options {
                let value = option.value.as_ref().map_or_else(|| Arc::from(""), |value| storage::setting_text(text, value));
                options.insert(Arc::from(&*option.name.value(text)), value);
            }
            RelationKind::ForeignTable(Name::from(&*server), options)
        }
        None => RelationKind::Table,
    };
    Ok(Relation { persistence, options, tablespace, method, on_commit, ..Relation::new(kind) })
}

/// Puts the table into the catalog, without columns; it depends on its schema, and a foreign one on its server.
fn make(run: &mut Run<'_>, schema: Oid, name: Name, relation: Relation) -> Oid {
    let server = match &relation.kind {
        RelationKind::ForeignTable(server, _) => run.catalog.named(Class::Server, Oid::NONE, server).first().copied(),
        _ => None,
    };
    run.catalog.settle(Class::Relation, &name);
    let object = Object::new(name, Body::Relation(Arc::new(relation)), run.origin).in_schema(schema);
    let table = run.catalog.add(object);
    run.catalog.link(table, schema, Dependency::Normal);
    if let Some(server) = server {
        run.catalog.link(table, server, Dependency::Normal);
    }
    table
}

/// Adds the table's own constraints: checks, then keys, then references.
fn add_constraints(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, draft: &Draft<'_>) -> Result {
    let (mut keys, mut references) = (Vec::new(), Vec::new());
    for request in &draft.requests {
        match &request.demand {
            Demand::Check(_) | Demand::NotNull(_) => constraint::add(run, statement, table, request, Recursion::Whole)?,
            Demand::ForeignKey { .. } => references.push(request),
            Demand::Key { .. } | Demand::Exclude(_) => keys.push(Request::clone(request)),
            Demand::UsingIndex(..) => {
                return Err(Stop::fails("42601", "cannot use an existing index in CREATE TABLE", request.span));
            }
        }
    }
    for key in constraint::prepare_keys(run, statement, table, &keys)? {
        constraint::add_key(run, table, key, Recursion::Whole)?;
    }
    for request in references {
        constraint::add(run, statement, table, request, Recursion::Whole)?;
    }
    Ok(())
}
