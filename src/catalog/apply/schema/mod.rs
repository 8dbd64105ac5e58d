//! Schemas and extensions.

mod extension;
mod members;
pub(in crate::catalog) mod optional;
#[cfg(test)]
mod tests;

use super::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Oid, reference};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::tree::{CreateSchema, GrantTarget, Node};
use crate::text::Span;

pub(in crate::catalog) use extension::assume as assume_extension;
pub(super) use extension::{Request, create as create_extension};

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    match statement.node {
        Node::CreateSchema(create) => self::create(run, statement, create),
        Node::CreateExtension(create) => extension::apply(run, statement.text, create),
        Node::AlterExtension(alter) => extension::alter(run, statement.text, alter),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

fn create(run: &mut Run<'_>, statement: Statement<'_>, create: &CreateSchema) -> Result {
    let text = statement.text;
    let owner = match &create.authorization {
        Some(clause) => Some(reference::role(run, text, clause.value)?),
        None => None,
    };
    let (name, span) = match (create.name, &owner) {
        (Some(ident), _) if ident.is_template(text) => {
            return Err(Stop::unknown(format!("`{}` is filled in by the tool", ident.value(text)), ident.span));
        }
        (Some(ident), _) => (Name::from(&*ident.value(text)), ident.span),
        (None, Some(owner)) => (Name::clone(owner), create.span),
        (None, None) => return Err(Stop::unknown("a schema without a name", create.span)),
    };
    if create.guard.is_written() && !create.elements.is_empty() {
        return Err(Stop::fails("0A000", "CREATE SCHEMA IF NOT EXISTS cannot include schema elements", create.span));
    }
    if name.starts_with("pg_") {
        return Err(Stop::fails("42939", format!("unacceptable schema name \"{name}\""), span));
    }
    if exists(run, &name, span)? {
        return match create.guard.is_written() {
            true => Ok(()),
            false => Err(Stop::fails("42P06", format!("schema \"{name}\" already exists"), span)),
        };
    }
    let schema = add(run, &name, owner.clone());
    if create.elements.is_empty() { Ok(()) } else { elements(run, statement, create, schema, owner) }
}

fn exists(run: &mut Run<'_>, name: &str, span: Span) -> Result<bool> {
    let found = run.find_schema(name).map_err(|stop| stop.or_at(span))?;
    Ok(found.is_some() || facts::system().has(NameKind::Schema, name, run.world.target))
}

/// Makes a schema, whose name is known to be free.
fn add(run: &mut Run<'_>, name: &str, owner: Option<Name>) -> Oid {
    let owner = owner.or_else(|| run.session.settings.role.clone()).filter(|owner| *owner != run.world.user);
    run.catalog.settle(Class::Schema, name);
    run.catalog.add(Object { owner, ..Object::new(name, Body::Schema, run.origin) })
}

/// What is created in the schema, in the order that PostgreSQL brings it into, as the schema's owner and with the schema first on the path.
fn elements(run: &mut Run<'_>, statement: Statement<'_>, create: &CreateSchema, schema: Oid, owner: Option<Name>) -> Result {
    let name = run.catalog.get(schema).map(|object| Name::clone(&object.name)).unwrap_or_else(|| "".into());
    for element in &create.elements {
        if let Some(written) = schema_of(element)
            && !written.is(statement.text, &name)
        {
            let message =
                format!("CREATE specifies a schema ({}) different from the one being created ({name})", written.value(statement.text));
            return Err(Stop::fails("42P15", message, written.span));
        }
    }
    let before = run.session.settings.clone();
    if let Some(path) = &before.search_path {
        run.session.settings.search_path = Some([name].into_iter().chain(path.iter().cloned()).collect());
    }
    if let Some(owner) = owner {
        run.session.settings.role = Some(owner).filter(|owner| *owner != run.world.user);
    }
    let mut ordered: Vec<&Node> = create.elements.iter().collect();
    ordered.sort_by_key(|element| turn(element));
    let result = ordered.into_iter().try_for_each(|node| super::apply(run, Statement { node, ..statement }));
    run.session.settings = before;
    result
}

/// The schema that is written before an element's name, where that has to be the new one.
fn schema_of(element: &Node) -> Option<crate::syntax::tree::Ident> {
    match element {
        Node::CreateTable(table) => table.name.schema,
        Node::CreateView(view) => view.name.schema,
        Node::CreateSequence(sequence) => sequence.name.schema,
        Node::CreateIndex(index) => index.table.name.schema,
        Node::CreateTrigger(trigger) => trigger.table.schema,
        _ => None,
    }
}

/// Sequences, tables, views, indexes, triggers, grants (`transformCreateSchemaStmt`).
fn turn(element: &Node) -> u8 {
    match element {
        Node::CreateSequence(_) => 0,
        Node::CreateTable(_) => 1,
        Node::CreateView(_) => 2,
        Node::CreateIndex(_) => 3,
        Node::CreateTrigger(_) => 4,
        Node::Grant(grant) if matches!(grant.target, GrantTarget::Objects(..)) => 5,
        _ => 6,
    }
}
