//! CREATE INDEX, and the indexes that constraints need.

pub(super) mod build;
pub(super) mod exclusion;
pub(super) mod keys;
pub(super) mod method;
pub(super) mod naming;

use super::constraint::{column_number, table_name};
use super::{Statement, storage};
use crate::catalog::Oid;
use crate::catalog::expression::Stored;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Index, Options, RelationKind};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::syntax::tree::{CreateIndex, KeySubject, Node, Nulls};

use build::{NewIndex, Recursion};

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    match statement.node {
        Node::CreateIndex(create) => create_index(run, statement, create),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

fn create_index(run: &mut Run<'_>, statement: Statement<'_>, create: &CreateIndex) -> Result {
    let text = statement.text;
    let table = run.relation(text, create.table.name)?;
    let span = create.table.name.span();
    let predicate = create.predicate.as_ref().map(|clause| keys::predicate(run, statement, table, clause.value)).transpose()?.flatten();
    let expressions = keys::expressions(run, statement, table, create.keys.iter())?;
    let kind = run.catalog.relation(table).map(|relation| relation.kind.clone());
    let refused = || {
        let message = format!("cannot create index on relation \"{}\"", table_name(run, table));
        Err(Stop::fails("42809", message, span))
    };
    match kind {
        Some(RelationKind::Table | RelationKind::MaterializedView(_) | RelationKind::Unknown) => {}
        _ => return refused(),
    }
    if create.concurrently.is_some() && (build::is_partitioned(run, table) || run.catalog.has_partition(table)) {
        let message = format!("cannot create index on partitioned table \"{}\" concurrently", table_name(run, table));
        return Err(Stop::fails("0A000", message, create.concurrently));
    }
    let tablespace = storage::tablespace(run, text, create.tablespace.as_ref())?;
    let name = match create.name {
        Some(name) if name.is_template(text) => {
            return Err(Stop::unknown(format!("`{}` is filled in by the tool", name.value(text)), name.span));
        }
        name => name.map(|name| Name::from(&*name.value(text))),
    };
    let (index, options) = definition(run, statement, table, create, predicate, expressions)?;
    let at = create.name.map_or(create.span, |name| name.span);
    let new = NewIndex { name, index, options, tablespace, constraint: None, span: at };
    if create.guard.is_written() {
        let schema = run.catalog.get(table).and_then(|object| object.schema).unwrap_or(Oid::NONE);
        let name = build::chosen_name(run, table, &new);
        if run.find_in(Class::Relation, schema, &name)?.is_some() {
            return Ok(());
        }
    }
    let recursion = if create.table.only.is_some() { Recursion::Only } else { Recursion::Whole };
    build::create(run, table, new, recursion).map(drop)
}

fn definition(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    create: &CreateIndex,
    predicate: Option<Stored>,
    expressions: Vec<Option<keys::Subject>>,
) -> Result<(Index, Options)> {
    let text = statement.text;
    let include = create.include.as_ref().map(|clause| &clause.value[..]).unwrap_or_default();
    let method = method::method_name(text, create.method.as_ref());
    let span = create.method.as_ref().map_or(create.span, |clause| clause.span);
    let count = create.keys.len() + include.len();
    if count > 32 {
        return Err(Stop::fails("54011", "cannot use more than 32 columns in an index", create.span));
    }
    let abilities = method::abilities(run, &method, span)?;
    let refuse = |what: &str| Err(Stop::fails("0A000", format!("access method \"{method}\" does not support {what}"), span));
    if create.unique.is_some() && !abilities.unique {
        return refuse("unique indexes");
    }
    if !include.is_empty() && !abilities.include {
        return refuse("included columns");
    }
    if create.keys.len() > 1 && !abilities.multicolumn {
        return refuse("multicolumn indexes");
    }
    let options = match &create.parameters {
        Some(parameters) => storage::parameters(text, &parameters.value, storage::Holder::index(&method))?,
        None => Options::new(),
    };
    let mut found = Vec::with_capacity(create.keys.len());
    for (key, analysed) in create.keys.iter().zip(expressions) {
        found.push(keys::key(run, statement, table, (&method, abilities), key, analysed)?);
    }
    let mut included = Vec::with_capacity(include.len());
    for key in include {
        let KeySubject::Column(column) = key.subject else {
            return Err(Stop::fails("0A000", "expressions are not supported in included columns", key.span));
        };
        let name = column.value(text);
        let missing = || Stop::fails("42703", format!("column \"{name}\" does not exist"), column.span);
        included.push(column_number(run, table, &name, column.span)?.ok_or_else(missing)?);
    }
    let names = create.keys.iter().chain(include).map(|key| keys::key_name(statement, key));
    let index = Index {
        table,
        method,
        keys: found,
        include: included,
        unique: create.unique.is_some(),
        primary: false,
        nulls_not_distinct: create.nulls.is_some_and(|clause| clause.value == Nulls::NotDistinct),
        predicate,
        constraint: None,
        valid: true,
        parent: None,
        immediate: true,
        column_names: naming::distinct_names(names),
    };
    Ok((index, options))
}
