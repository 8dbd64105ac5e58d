//! LIKE: what of another table a new one copies (`transformTableLikeClause`, `expandTableLikeClause`).
//!
//! Columns, with their type and NOT NULL, are copied where the clause stands; the rest when the table and its own keys are there.

use std::sync::Arc;

use super::draft::{Draft, DraftColumn};
use crate::catalog::apply::Statement;
use crate::catalog::apply::constraint::{Recursion, add_key, inherit_check, schema_of, table_name};
use crate::catalog::apply::index::build;
use crate::catalog::apply::index::build::{KeyConstraint, KeyKind, NewIndex, key_kind, same_column};
use crate::catalog::expression::Stored;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Constraint, ConstraintKind, Index, IndexKey, KeySubject, Options, Relation, RelationKind, Statistics};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid, naming};
use crate::syntax::tree::{Like, LikePart};
use crate::text::Span;

/// Puts the columns of the table that LIKE names into a draft.
///
/// # Errors
/// 42P01 if it is missing, 42809 if it has no columns to copy.
pub(super) fn read<'t>(run: &mut Run<'_>, statement: Statement<'_>, like: &'t Like, draft: &mut Draft<'t>) -> Result {
    if run.own_relation(statement.text, like.table)?.is_some() {
        return Err(Stop::unknown("what a relation of PostgreSQL's own hands on is not followed", like.table.span()));
    }
    let source = run.relation(statement.text, like.table)?;
    let Some(relation) = run.catalog.relation(source).cloned() else { return Ok(()) };
    if matches!(relation.kind, RelationKind::Sequence(_) | RelationKind::Index(_)) {
        let message = format!("relation \"{}\" is invalid in LIKE clause", table_name(run, source));
        return Err(Stop::fails("42809", message, like.table.span()));
    }
    draft.columns_known &= relation.columns_known;
    for column in &relation.columns {
        draft.columns.push(copied_column(run, source, column, like));
    }
    draft.likes.push((source, like));
    Ok(())
}

fn copied_column<'t>(run: &Run<'_>, source: Oid, column: &Column, like: &Like) -> DraftColumn<'t> {
    let part = |part: LikePart| like.includes(part);
    let generated = column.generated.filter(|_| part(LikePart::Generated));
    let wants_default = if column.generated.is_some() { generated.is_some() } else { part(LikePart::Defaults) };
    let stored = column.default.filter(|_| wants_default).and_then(|oid| match &run.catalog.get(oid)?.body {
        Body::Default(default) => Some(default.expression.clone()),
        _ => None,
    });
    let identity = column.identity.filter(|_| part(LikePart::Identity));
    let copy = Column {
        default: None,
        generated,
        identity: None,
        storage: column.storage.clone().filter(|_| part(LikePart::Storage)),
        compression: column.compression.clone().filter(|_| part(LikePart::Compression)),
        statistics: None,
        options: Options::new(),
        inherited: 0,
        local: true,
        privileges: None,
        comment: column.comment.clone().filter(|_| part(LikePart::Comments)),
        ..column.clone()
    };
    DraftColumn {
        column: copy,
        prepared: None,
        copied: stored.map(|stored| (source, stored)),
        identity_of: identity.map(|_| Address::column(source, column.number)),
        like: Some(Address::column(source, column.number)),
        span: like.table.span(),
    }
}

/// Copies what is no column: checks, indexes with their constraints, statistics.
pub(super) fn expand(run: &mut Run<'_>, table: Oid, source: Oid, like: &Like) -> Result {
    let span = like.span;
    if like.includes(LikePart::Constraints) {
        checks(run, table, source, like)?;
    }
    let is_foreign = |oid: Oid| run.catalog.relation(oid).is_some_and(|relation| matches!(relation.kind, RelationKind::ForeignTable(..)));
    if like.includes(LikePart::Indexes) && !is_foreign(source) && !is_foreign(table) {
        let indexes: Vec<Oid> = run.catalog.indexes(source).map(|(oid, _)| oid).collect();
        for index in indexes {
            copy_index(run, table, source, index, like, span)?;
        }
    }
    if like.includes(LikePart::Statistics) {
        statistics(run, table, source, like);
    }
    Ok(())
}

fn checks(run: &mut Run<'_>, table: Oid, source: Oid, like: &Like) -> Result {
    let wanted: Vec<(Oid, Name, Constraint)> = run
        .catalog
        .constraints(source)
        .filter(|(_, constraint)| matches!(constraint.kind, ConstraintKind::Check(_)))
        .filter_map(|(oid, constraint)| Some((oid, Name::clone(&run.catalog.get(oid)?.name), constraint.clone())))
        .collect();
    for (oid, name, constraint) in wanted {
        if run.catalog.part(table, Class::Constraint, &name).is_some() {
            let message = format!("check constraint \"{name}\" already exists");
            return Err(Stop::fails("42710", message, like.span));
        }
        inherit_check(run, source, table, &name, &constraint, Recursion::Only, like.span)?;
        let comment = run.catalog.get(oid).and_then(|object| object.comment.clone()).filter(|_| like.includes(LikePart::Comments));
        if let Some(copy) = run.catalog.part(table, Class::Constraint, &name) {
            run.catalog.update(copy, |object| {
                object.comment = comment;
                if let Some(constraint) = object.constraint_mut() {
                    constraint.local = true;
                    constraint.inherited = 0;
                    constraint.validated = constraint.enforced;
                }
            });
        }
    }
    Ok(())
}

fn copy_index(run: &mut Run<'_>, table: Oid, source: Oid, oid: Oid, like: &Like, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid).cloned() else { return Ok(()) };
    let Some(relation) = object.relation() else { return Ok(()) };
    let Some(index) = relation.index() else { return Ok(()) };
    let constraint = index.constraint.and_then(|oid| {
        let constraint = run.catalog.get(oid)?.constraint()?;
        let kind = key_kind(constraint)?;
        Some(KeyConstraint { kind, deferrable: constraint.deferrable, deferred: constraint.deferred })
    });
    let is_primary = constraint.is_some_and(|constraint| constraint.kind == KeyKind::Primary);
    if is_primary && run.catalog.constraints(table).any(|(_, constraint)| matches!(constraint.kind, ConstraintKind::PrimaryKey(_))) {
        let message = format!("multiple primary keys for table \"{}\" are not allowed", table_name(run, table));
        return Err(Stop::fails("42P16", message, span));
    }
    let new = NewIndex {
        name: None,
        index: moved_index(run, source, table, index),
        options: relation.options.clone(),
        tablespace: relation.tablespace.clone(),
        constraint,
        span,
    };
    let before: Vec<Oid> = run.catalog.indexes(table).map(|(oid, _)| oid).collect();
    match constraint {
        Some(_) => add_key(run, table, new, Recursion::Whole)?,
        None => drop(build::create(run, table, new, Recursion::Whole)?),
    }
    let comment = object.comment.clone().filter(|_| like.includes(LikePart::Comments));
    let made = run.catalog.indexes(table).map(|(oid, _)| oid).find(|oid| !before.contains(oid));
    if let (Some(made), Some(comment)) = (made, comment) {
        run.catalog.update(made, |object| object.comment = Some(comment));
    }
    Ok(())
}

/// The same index for another table that has columns of the same names.
fn moved_index(run: &Run<'_>, source: Oid, table: Oid, index: &Index) -> Index {
    let number = |number: ColumnNumber| same_column(run, source, table, number);
    let stored = |stored: &Stored| stored.moved(source, table, number);
    let subject = |subject: &KeySubject| match subject {
        KeySubject::Column(column) => KeySubject::Column(number(*column).unwrap_or(*column)),
        KeySubject::Expression(expression) => KeySubject::Expression(stored(expression)),
    };
    Index {
        table,
        keys: index.keys.iter().map(|key| IndexKey { subject: subject(&key.subject), ..key.clone() }).collect(),
        include: index.include.iter().map(|column| number(*column).unwrap_or(*column)).collect(),
        predicate: index.predicate.as_ref().map(stored),
        valid: true,
        parent: None,
        constraint: None,
        ..index.clone()
    }
}

fn statistics(run: &mut Run<'_>, table: Oid, source: Oid, like: &Like) {
    let mut found: Vec<Oid> = run
        .catalog
        .dependents_of_any(source)
        .map(|(dependent, ..)| dependent.object)
        .filter(|oid| run.catalog.get(*oid).is_some_and(|object| matches!(object.body, Body::Statistics(_))))
        .collect();
    found.sort_unstable();
    found.dedup();
    for oid in found {
        let Some(object) = run.catalog.get(oid).cloned() else { continue };
        let Body::Statistics(statistics) = &object.body else { continue };
        let number = |number: ColumnNumber| same_column(run, source, table, number);
        let keys: Vec<KeySubject> = statistics
            .keys
            .iter()
            .map(|key| match key {
                KeySubject::Column(column) => KeySubject::Column(number(*column).unwrap_or(*column)),
                KeySubject::Expression(expression) => KeySubject::Expression(expression.moved(source, table, number)),
            })
            .collect();
        let schema = schema_of(run, table);
        let name = statistics_name(run, table, schema, &keys);
        let copy = Statistics { table, keys: keys.clone(), ..(**statistics).clone() };
        let comment = object.comment.clone().filter(|_| like.includes(LikePart::Comments));
        let object = Object::new(name, Body::Statistics(Arc::new(copy)), run.origin).in_schema(schema);
        let made = run.catalog.add(Object { comment, ..object });
        run.catalog.link(made, schema, Dependency::Normal);
        for key in &keys {
            match key {
                KeySubject::Column(column) => run.catalog.link(made, Address::column(table, *column), Dependency::Auto),
                KeySubject::Expression(expression) => {
                    crate::catalog::expression::link(&mut run.catalog, made, expression, Some(table));
                }
            }
        }
    }
}

/// `table_columns_stat`, with a number where that is taken (`ChooseExtendedStatisticName`).
fn statistics_name(run: &Run<'_>, table: Oid, schema: Oid, keys: &[KeySubject]) -> String {
    let relation = run.catalog.relation(table);
    let mut parts: Vec<Name> = keys
        .iter()
        .map(|key| match key {
            KeySubject::Column(column) => relation
                .and_then(|relation: &Relation| relation.column_at(*column))
                .map_or_else(|| Name::from(""), |column| Name::clone(&column.name)),
            KeySubject::Expression(_) => Name::from("expr"),
        })
        .collect();
    parts.retain(|part| !part.is_empty());
    let joined = naming::joined(parts.iter().map(|part| &**part));
    let name = |label: &str| naming::object_name(&table_name(run, table), &joined, label);
    let is_free = |name: &str| run.catalog.named(Class::Statistics, schema, name).is_empty();
    let first = name("stat");
    if is_free(&first) {
        return first;
    }
    (1u32..).map(|number| name(&format!("stat{number}"))).find(|name| is_free(name)).unwrap_or(first)
}
