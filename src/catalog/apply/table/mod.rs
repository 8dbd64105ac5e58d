//! CREATE TABLE, with everything that may stand in it.
//!
//! As PostgreSQL does, it first reads all of the definition ([`draft`]), then makes the table with its columns, then what hangs on the columns,
//! then the constraints: checks, keys, what LIKE copies, references. What fails first names the error.

pub(super) mod column;
mod draft;
mod inherit;
mod like;
pub(super) mod not_null;

pub(super) use inherit::composite;

use std::sync::Arc;

use super::constraint::{self, Demand, Recursion, Request};
use super::index::build::same_column;
use super::{Statement, creation, partition, storage};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, OnCommit, Options, Persistence, Relation, RelationKind};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{self, CreateTable, Node, PartitionOf, TableForm};
use crate::text::Span;

use column::Host;
use draft::Draft;
use inherit::Own;

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
    // What a table is made of is read first, but parents are looked up when it is made.
    let of_kind = match create.inherits {
        Some(_) => None,
        None => Some(Lineage::read(run, statement, create)?),
    };
    let host = of_kind.as_ref().map_or(Host::Plain, Lineage::host);
    let mut draft = draft::read(run, statement, create, &name, host)?;
    let lineage = match of_kind {
        Some(lineage) => lineage,
        None => {
            draft.expect_identities(run, statement)?;
            Lineage::read(run, statement, create)?
        }
    };
    let inherited = lineage.column_names(run, persistence)?;
    draft.columns_known &= inherited.is_some();
    draft.expect_columns_of_keys(text, &name, &inherited.unwrap_or_default())?;
    draft.expect_identities(run, statement)?;
    let mut relation = relation(run, text, create, persistence)?;
    draft.expect_distinct_columns()?;
    lineage.merge(run, &mut draft, persistence)?;
    draft.expect_names_and_types(run)?;
    creation::expect_free(run, schema, &name, create.name.span())?;
    creation::expect_no_type(run, schema, &name, create.name.span())?;
    relation.columns_known = draft.columns_known;
    lineage.mark(&mut relation);
    let table = make(run, schema, Name::clone(&name), relation);
    lineage.link(run, table);
    add_columns(run, statement, table, &draft)?;
    for (parent, name, constraint) in &draft.inherited {
        constraint::inherit_check(run, *parent, table, name, constraint, Recursion::Only, create.span)?;
        keep_count(run, table, name, constraint.inherited);
    }
    if let Lineage::Partition(parent, of) = &lineage {
        let bound = partition::bound(run, statement, *parent, &of.bound)?;
        partition::expect_apart(run, *parent, &name, &bound, of.bound.span)?;
        if let Some(by) = &create.partition_by {
            partition::partition_by(run, statement, table, by)?;
        }
        partition::adopt(run, *parent, table, bound, of.bound.span)?;
    } else if let Some(by) = &create.partition_by {
        partition::partition_by(run, statement, table, by)?;
    }
    add_constraints(run, statement, table, &draft, &lineage.sources())
}

/// Where columns come from beside the definition.
enum Lineage<'t> {
    None,
    /// INHERITS
    Parents(Vec<(Oid, Span)>),
    /// PARTITION OF
    Partition(Oid, &'t PartitionOf),
    /// OF type
    Type(Oid, Span),
}

impl<'t> Lineage<'t> {
    fn read(run: &mut Run<'_>, statement: Statement<'_>, create: &'t CreateTable) -> Result<Lineage<'t>> {
        if let Some(inherits) = &create.inherits {
            if let Some(by) = &create.partition_by {
                return Err(Stop::fails("42P17", "cannot create partitioned table as inheritance child", by.span));
            }
            let (_, persistence) = creation::home(run, statement.text, create.name, create.persistence)?;
            let parents = inherit::parents(run, statement, &inherits.value, persistence)?;
            return Ok(Lineage::Parents(parents));
        }
        match &create.form {
            TableForm::Plain => Ok(Lineage::None),
            TableForm::Typed(of) => Ok(Lineage::Type(inherit::composite(run, statement, of.value)?, of.span)),
            TableForm::Partition(of) => Ok(Lineage::Partition(run.relation(statement.text, of.parent)?, of)),
        }
    }

    const fn host(&self) -> Host {
        match self {
            Lineage::None | Lineage::Parents(..) => Host::Plain,
            Lineage::Partition(..) => Host::Partition,
            Lineage::Type(..) => Host::Typed,
        }
    }

    fn sources(&self) -> Vec<(Oid, Span)> {
        match self {
            Lineage::None => Vec::new(),
            Lineage::Parents(parents) => parents.clone(),
            Lineage::Partition(parent, of) => vec![(*parent, of.head)],
            Lineage::Type(ty, span) => vec![(*ty, *span)],
        }
    }

    /// The names of the columns that come from elsewhere; none if nobody knows them all.
    fn column_names(&self, run: &Run<'_>, persistence: Persistence) -> Result<Option<Vec<Name>>> {
        if let Lineage::Partition(parent, of) = self
            && let Some(relation) = run.catalog.relation(*parent)
        {
            let (temporary, parent_is) = (persistence == Persistence::Temporary, relation.persistence == Persistence::Temporary);
            if relation.kind != RelationKind::Unknown && temporary != parent_is {
                let (own, other) = if temporary { ("temporary", "permanent") } else { ("permanent", "temporary") };
                let shown = constraint::table_name(run, *parent);
                let message = format!("cannot create a {own} relation as partition of {other} relation \"{shown}\"");
                return Err(Stop::fails("42809", message, of.head));
            }
        }
        let mut names = Vec::new();
        for (source, _) in self.sources() {
            let Some(relation) = run.catalog.relation(source).filter(|relation| relation.columns_known) else { return Ok(None) };
            names.extend(relation.columns.iter().map(|column| Name::clone(&column.name)));
        }
        Ok(Some(names))
    }

    fn merge(&self, run: &mut Run<'_>, draft: &mut Draft<'_>, _persistence: Persistence) -> Result {
        let own = match self {
            Lineage::None => return Ok(()),
            Lineage::Parents(..) => Own::Definitions,
            Lineage::Partition(..) | Lineage::Type(..) => Own::Options,
        };
        inherit::merge(run, draft, &self.sources(), own)
    }

    fn mark(&self, relation: &mut Relation) {
        match self {
            Lineage::None | Lineage::Partition(..) => {}
            Lineage::Parents(parents) => relation.parents = parents.iter().map(|(parent, _)| *parent).collect(),
            Lineage::Type(ty, _) => relation.of_type = Some(*ty),
        }
    }

    /// What inherits stands in the way of its parents; a partition goes with its table (see [`partition::adopt`]).
    fn link(&self, run: &mut Run<'_>, table: Oid) {
        if let Lineage::Parents(..) | Lineage::Type(..) = self {
            for (source, _) in self.sources() {
                run.catalog.link(table, source, Dependency::Normal);
            }
        }
    }
}

/// Puts the columns into the table, then what hangs on them.
fn add_columns(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, draft: &Draft<'_>) -> Result {
    let mut numbers = Vec::with_capacity(draft.columns.len());
    for draft in &draft.columns {
        numbers.push(column::place(run, table, draft.column.clone()));
    }
    for (draft, number) in draft.columns.iter().zip(&numbers) {
        if let Some((from, stored)) = &draft.copied {
            let moved = stored.moved(*from, table, |number| same_column(run, *from, table, number));
            column::set_default(run, table, *number, moved);
        }
        if let Some(source) = draft.identity_of {
            column::copy_identity(run, table, *number, source, draft.span)?;
        }
        if let Some(prepared) = &draft.prepared {
            column::finish(run, statement, table, *number, prepared)?;
        }
    }
    Ok(())
}

/// A check may come from several parents.
fn keep_count(run: &mut Run<'_>, table: Oid, name: &Name, count: u32) {
    if let Some(oid) = run.catalog.part(table, Class::Constraint, name) {
        run.catalog.update(oid, |object| {
            if let Some(constraint) = object.constraint_mut() {
                constraint.inherited = count;
            }
        });
    }
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
    let target = run.world.target;
    if let (Some(clause), Persistence::Unlogged) = (&create.partition_by, persistence)
        && target.major() >= 18
    {
        return Err(Stop::fails("0A000", "partitioned tables cannot be unlogged", clause.span));
    }
    let holder = if create.partition_by.is_some() { storage::Holder::Partitioned(target) } else { storage::Holder::Table };
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
fn add_constraints(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, draft: &Draft<'_>, sources: &[(Oid, Span)]) -> Result {
    let (mut keys, mut references) = (Vec::new(), Vec::new());
    for request in &draft.requests {
        match &request.demand {
            Demand::NotNull(_) => {}
            Demand::Check(_) => constraint::add(run, statement, table, request, Recursion::Whole)?,
            Demand::ForeignKey { .. } => references.push(request),
            Demand::Key { .. } | Demand::Exclude(_) => keys.push(Request::clone(request)),
            Demand::UsingIndex(..) => {
                return Err(Stop::fails("42601", "cannot use an existing index in CREATE TABLE", request.span));
            }
        }
    }
    not_null::add(run, statement, table, draft, sources)?;
    for key in constraint::prepare_keys(run, statement, table, &keys)? {
        constraint::add_key(run, table, key, Recursion::Whole)?;
    }
    for (source, like) in &draft.likes {
        like::expand(run, table, *source, like)?;
    }
    for request in references {
        constraint::add(run, statement, table, request, Recursion::Whole)?;
    }
    validate(run, table);
    Ok(())
}

/// A new table has no rows that could break a constraint, so that NOT VALID means nothing; a foreign table may have some.
fn validate(run: &mut Run<'_>, table: Oid) {
    if run.catalog.relation(table).is_none_or(|relation| relation.kind != RelationKind::Table) {
        return;
    }
    let may_wait = |kind: &ConstraintKind| matches!(kind, ConstraintKind::Check(_) | ConstraintKind::ForeignKey(_));
    let unchecked = run.catalog.constraints(table).filter(|(_, one)| !one.validated && one.enforced && may_wait(&one.kind));
    let unchecked: Vec<Oid> = unchecked.map(|(oid, _)| oid).collect();
    for oid in unchecked {
        run.catalog.update(oid, |object| {
            if let Some(constraint) = object.constraint_mut() {
                constraint.validated = true;
            }
        });
    }
}
