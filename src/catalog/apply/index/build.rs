//! Making an index: its name, its object, what it depends on, and those of the partitions below it (`DefineIndex`, `index_create`).
//!
//! A constraint's index belongs to the constraint, and the constraint to the columns; any other index belongs to its columns itself.

use std::sync::Arc;

use super::method;
use super::naming::distinct_names;
use crate::catalog::apply::constraint::is_virtual;
use crate::catalog::apply::known::{self, Nulls};
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind, Index, IndexKey, KeySubject, Options, Relation, RelationKind};
use crate::catalog::naming;
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid};
use crate::text::Span;

/// An index to be made.
#[derive(Debug, Clone)]
pub(in crate::catalog::apply) struct NewIndex {
    /// Its name, if it is written.
    pub name: Option<Name>,
    /// What it is; its table and its constraint are filled in.
    pub index: Index,
    /// WITH
    pub options: Options,
    /// TABLESPACE
    pub tablespace: Option<Name>,
    /// The constraint that it is for.
    pub constraint: Option<KeyConstraint>,
    /// Where in the statement it stands.
    pub span: Span,
}

/// A constraint to be made with its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog::apply) struct KeyConstraint {
    /// Which.
    pub kind: KeyKind,
    /// DEFERRABLE
    pub deferrable: bool,
    /// INITIALLY DEFERRED
    pub deferred: bool,
}

/// What a constraint with an index demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(in crate::catalog::apply) enum KeyKind {
    Primary,
    Unique,
    Exclude,
}

/// Whether partitions, or tables that inherit, get it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog::apply) enum Recursion {
    /// Yes.
    Whole,
    /// No: ONLY.
    Only,
}

/// Makes an index of a table whose keys are known to be right; IF NOT EXISTS is for the caller to see to, with [`chosen_name`].
///
/// # Errors
/// 42P07, 42710 if its name is taken, 23505 if known rows have something in common, 0A000 on a partitioned table whose key is not in it.
pub(in crate::catalog::apply) fn create(run: &mut Run<'_>, table: Oid, new: NewIndex, recursion: Recursion) -> Result<Oid> {
    check_partition_key(run, table, &new)?;
    expect_no_virtual_columns(run, table, &new)?;
    let name = chosen_name(run, table, &new);
    expect_free(run, table, &name, new.constraint.is_some(), new.span)?;
    let schema = run.catalog.get(table).and_then(|object| object.schema);
    check_rows(run, table, &new, &name)?;
    let index = make(run, table, name, schema, &new, None);
    if is_partitioned(run, table) {
        let children = run.catalog.children(table);
        if recursion == Recursion::Only && !children.is_empty() {
            run.catalog.update_relation(index, |relation| edit(relation, |index| index.valid = false));
        } else {
            for child in children {
                give_to_partition(run, index, child, new.span)?;
            }
        }
    }
    Ok(index)
}

/// The name that the index has, or gets.
pub(in crate::catalog::apply) fn chosen_name(run: &Run<'_>, table: Oid, new: &NewIndex) -> Name {
    if let Some(name) = &new.name {
        return Name::clone(name);
    }
    let Some(object) = run.catalog.get(table) else { return Name::from("") };
    let schema = object.schema.unwrap_or(Oid::NONE);
    let columns = naming::joined(new.index.column_names.iter().map(|name| &**name));
    let name = match new.constraint.map(|constraint| constraint.kind) {
        Some(KeyKind::Primary) => naming::constraint_index_name(&run.catalog, schema, &object.name, "", "pkey"),
        Some(KeyKind::Unique) => naming::constraint_index_name(&run.catalog, schema, &object.name, &columns, "key"),
        Some(KeyKind::Exclude) => naming::constraint_index_name(&run.catalog, schema, &object.name, &columns, "excl"),
        None => naming::relation_name(&run.catalog, schema, &object.name, &columns, "idx"),
    };
    Name::from(name)
}

/// Expects that no relation is called `name`, nor, of a constraint, another one of the table.
fn expect_free(run: &mut Run<'_>, table: Oid, name: &str, of_constraint: bool, span: Span) -> Result {
    let schema = run.catalog.get(table).and_then(|object| object.schema).unwrap_or(Oid::NONE);
    if run.find_in(Class::Relation, schema, name)?.is_some() {
        return Err(Stop::fails("42P07", format!("relation \"{name}\" already exists"), span));
    }
    if of_constraint && run.catalog.part(table, Class::Constraint, name).is_some() {
        let of = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
        return Err(Stop::fails("42710", format!("constraint \"{name}\" for relation \"{of}\" already exists"), span));
    }
    Ok(())
}

pub(in crate::catalog::apply) fn is_partitioned(run: &Run<'_>, table: Oid) -> bool {
    run.catalog.relation(table).is_some_and(|relation| relation.partitioned.is_some())
}

/// A unique index of a partitioned table, or one that excludes, must hold all columns of the partition key, which must not be expressions.
fn check_partition_key(run: &Run<'_>, table: Oid, new: &NewIndex) -> Result {
    if !new.index.unique && !new.index.is_exclusion() {
        return Ok(());
    }
    let Some(object) = run.catalog.get(table) else { return Ok(()) };
    let Some(partitioned) = object.relation().and_then(|relation| relation.partitioned.as_ref()) else { return Ok(()) };
    let word = match (new.index.primary, new.index.unique) {
        (true, _) => "PRIMARY KEY",
        (false, true) => "UNIQUE",
        (false, false) => "EXCLUDE",
    };
    for key in &partitioned.keys {
        let KeySubject::Column(column) = key.subject else {
            let message = format!("unsupported {word} constraint with partition key definition");
            return Err(Stop::fails("0A000", message, new.span));
        };
        let Some(indexed) = new.index.keys.iter().find(|key| key.subject == KeySubject::Column(column)) else {
            let message = "unique constraint on partitioned table must include all partitioning columns";
            return Err(Stop::fails("0A000", message, new.span));
        };
        if let Some(sign) = indexed.exclusion.as_deref().filter(|sign| *sign != "=") {
            let name = run.catalog.column(Address::column(table, column)).map(|column| column.name.to_string()).unwrap_or_default();
            let message = format!("cannot match partition key to index on column \"{name}\" using non-equal operator \"{sign}\"");
            return Err(Stop::fails("0A000", message, new.span));
        }
    }
    Ok(())
}

/// An index can't hold what is only computed when it is read.
fn expect_no_virtual_columns(run: &Run<'_>, table: Oid, new: &NewIndex) -> Result {
    let in_keys = new.index.keys.iter().flat_map(|key| match &key.subject {
        KeySubject::Column(column) => vec![*column],
        KeySubject::Expression(stored) => stored.columns_of(table),
    });
    let in_predicate = new.index.predicate.iter().flat_map(|stored| stored.columns_of(table));
    match in_keys.chain(in_predicate).any(|column| is_virtual(run, table, column)) {
        true => Err(Stop::fails("0A000", "indexes on virtual generated columns are not supported", new.span)),
        false => Ok(()),
    }
}

fn check_rows(run: &mut Run<'_>, table: Oid, new: &NewIndex, name: &str) -> Result {
    if new.index.is_exclusion() {
        known::condition(run, table, "23P01", "has rows that exclude each other", new.span);
        return run.safely(|run| super::super::data::expect_index(run, table, &new.index, name, new.span));
    }
    if !new.index.unique {
        let is_plain = new.index.predicate.is_none() && new.index.columns().all(|column| column.is_some());
        return match is_plain {
            true => Ok(()),
            false => run.safely(|run| super::super::data::expect_keys(run, table, &new.index, name, new.span)),
        };
    }
    let columns: Option<Vec<ColumnNumber>> = new.index.columns().collect();
    match columns {
        Some(columns) if new.index.predicate.is_none() => {
            let nulls = if new.index.nulls_not_distinct { Nulls::NotDistinct } else { Nulls::Distinct };
            known::expect_unique(run, table, &columns, nulls, name, new.span)
        }
        _ => {
            known::condition(run, table, "23505", "has rows that are alike in what the index is on", new.span);
            run.safely(|run| super::super::data::expect_index(run, table, &new.index, name, new.span))
        }
    }
}

/// The index of a partitioned table that a new index of a partition belongs to, with its constraint.
type Parent = (Oid, Option<Oid>);

/// Makes the object, its constraint, and their edges.
fn make(run: &mut Run<'_>, table: Oid, name: Name, schema: Option<Oid>, new: &NewIndex, parent: Option<Parent>) -> Oid {
    let immediate = !new.constraint.is_some_and(|constraint| constraint.deferrable);
    let index = Index { table, immediate, parent: parent.map(|(index, _)| index), constraint: None, ..new.index.clone() };
    let persistence = run.catalog.relation(table).map_or(crate::catalog::model::Persistence::Permanent, |relation| relation.persistence);
    let relation = Relation {
        persistence,
        options: new.options.clone(),
        tablespace: new.tablespace.clone(),
        ..Relation::new(RelationKind::Index(Arc::new(index)))
    };
    let object = Object::new(Name::clone(&name), Body::Relation(Arc::new(relation)), run.origin).part_of(table);
    run.catalog.settle(Class::Relation, &name);
    let oid = run.catalog.add(Object { schema, ..object });
    let columns: Vec<ColumnNumber> = new.index.columns().flatten().collect();
    match new.constraint {
        Some(key) => {
            let constraint = add_key_constraint(run, table, oid, name, key, &columns, &new.index.include);
            if let Some((_, Some(above))) = parent {
                inherit_constraint(run, constraint, above, table);
            }
        }
        None => link_columns(run, oid, table, &new.index),
    }
    for key in &new.index.keys {
        if let KeySubject::Expression(expression) = &key.subject {
            link(&mut run.catalog, oid, expression, Some(table));
        }
    }
    for key in &new.index.keys {
        let ty = match &key.subject {
            KeySubject::Column(number) => run.catalog.column(Address::column(table, *number)).and_then(|column| column.ty.clone()),
            KeySubject::Expression(expression) => expression.ty.clone(),
        };
        if let Some(provider) = method::provider(run, &new.index.method, key.class.as_deref(), ty.as_ref()) {
            run.catalog.link(oid, provider, Dependency::Normal);
        }
    }
    if let Some(predicate) = &new.index.predicate {
        link(&mut run.catalog, oid, predicate, Some(table));
    }
    if let Some((above, _)) = parent {
        run.catalog.link(oid, above, Dependency::PartitionPrimary);
        run.catalog.link(oid, table, Dependency::PartitionSecondary);
    }
    oid
}

/// An index that is no constraint's falls with each of its columns, or with its table if it has none.
pub(in crate::catalog::apply) fn link_columns(run: &mut Run<'_>, oid: Oid, table: Oid, index: &Index) {
    let columns: Vec<ColumnNumber> = index.columns().flatten().chain(index.include.iter().copied()).collect();
    for column in &columns {
        run.catalog.link(oid, Address::column(table, *column), Dependency::Auto);
    }
    let uses_columns = index.keys.iter().any(|key| match &key.subject {
        KeySubject::Column(_) => true,
        KeySubject::Expression(expression) => !expression.columns_of(table).is_empty(),
    });
    if columns.is_empty() && !uses_columns {
        run.catalog.link(oid, table, Dependency::Auto);
    }
}

/// Makes the constraint of an index.
pub(in crate::catalog::apply) fn add_key_constraint(
    run: &mut Run<'_>,
    table: Oid,
    index: Oid,
    name: Name,
    key: KeyConstraint,
    columns: &[ColumnNumber],
    include: &[ColumnNumber],
) -> Oid {
    let kind = match key.kind {
        KeyKind::Primary => ConstraintKind::PrimaryKey(index),
        KeyKind::Unique => ConstraintKind::Unique(index),
        KeyKind::Exclude => ConstraintKind::Exclude(index),
    };
    let constraint =
        Constraint { deferrable: key.deferrable, deferred: key.deferred, no_inherit: true, ..Constraint::new(kind, columns.to_vec()) };
    let schema = run.catalog.get(table).and_then(|object| object.schema);
    let object = Object::new(name, Body::Constraint(Arc::new(constraint)), run.origin).part_of(table);
    let oid = run.catalog.add(Object { schema, ..object });
    for column in columns.iter().chain(include) {
        run.catalog.link(oid, Address::column(table, *column), Dependency::Auto);
    }
    if columns.is_empty() {
        run.catalog.link(oid, table, Dependency::Auto);
    }
    run.catalog.link(index, oid, Dependency::Internal);
    run.catalog.update_relation(index, |relation| edit(relation, |index| index.constraint = Some(oid)));
    oid
}

/// Makes a partition's constraint a part of the partitioned table's.
pub(in crate::catalog::apply) fn inherit_constraint(run: &mut Run<'_>, constraint: Oid, above: Oid, table: Oid) {
    run.catalog.update(constraint, |object| {
        if let Some(constraint) = object.constraint_mut() {
            constraint.parent = Some(above);
            constraint.local = false;
            constraint.inherited = 1;
        }
    });
    run.catalog.link(constraint, above, Dependency::PartitionPrimary);
    run.catalog.link(constraint, table, Dependency::PartitionSecondary);
}

/// Changes an index in its relation.
pub(in crate::catalog::apply) fn edit(relation: &mut Relation, change: impl FnOnce(&mut Index)) {
    if let RelationKind::Index(index) = &mut relation.kind {
        change(Arc::make_mut(index));
    }
}

/// Gives a partition its part of a partitioned table's index: one that it has already and that is the same, or a new one.
///
/// # Errors
/// As those of [`create`].
pub(in crate::catalog::apply) fn give_to_partition(run: &mut Run<'_>, above: Oid, partition: Oid, span: Span) -> Result {
    let Some((parent, definition, wanted)) = wanted_below(run, above, partition) else { return Ok(()) };
    if run.catalog.relation(partition).is_some_and(|relation| matches!(relation.kind, RelationKind::ForeignTable(..))) {
        if wanted.unique {
            let of = run.catalog.get(parent).map(|object| object.name.to_string()).unwrap_or_default();
            let message = format!("cannot create unique index on partitioned table \"{of}\"");
            return Err(Stop::fails("42809", message, span));
        }
        return Ok(());
    }
    let constraint = definition.1;
    let candidates: Vec<Oid> =
        run.catalog.indexes(partition).filter(|(_, index)| index.parent.is_none() && index.valid).map(|(oid, _)| oid).collect();
    if let Some(found) = candidates.into_iter().find(|candidate| serves(run, above, *candidate)) {
        become_part(run, above, found);
        return Ok(());
    }
    let new =
        NewIndex { name: None, index: wanted, options: definition.0, tablespace: None, constraint: constraint.map(|(kind, _)| kind), span };
    check_partition_key(run, partition, &new)?;
    let name = chosen_name(run, partition, &new);
    check_rows(run, partition, &new, &name)?;
    let schema = run.catalog.get(partition).and_then(|object| object.schema);
    let made = make(run, partition, name, schema, &new, Some((above, constraint.map(|(_, above)| above))));
    for child in if is_partitioned(run, partition) { run.catalog.children(partition) } else { Vec::new() } {
        give_to_partition(run, made, child, span)?;
    }
    Ok(())
}

/// Whether an index of a partition says the same as that of its table, constraint and all.
pub(in crate::catalog::apply) fn serves(run: &Run<'_>, above: Oid, index: Oid) -> bool {
    let Some(own) = run.catalog.relation(index).and_then(Relation::index) else { return false };
    let Some((_, (_, constraint), wanted)) = wanted_below(run, above, own.table) else { return false };
    let kind = own.constraint.and_then(|oid| run.catalog.get(oid)?.constraint()).and_then(key_kind);
    is_same(own, &wanted) && constraint.is_none_or(|(wanted, _)| kind == Some(wanted.kind))
}

/// Makes an index of a partition the part of its table's index, and its constraint that of its constraint.
pub(in crate::catalog::apply) fn become_part(run: &mut Run<'_>, above: Oid, index: Oid) {
    let constraint_of = |oid: Oid| run.catalog.relation(oid).and_then(Relation::index).map(|index| (index.table, index.constraint));
    let (Some((table, own)), Some((_, wanted))) = (constraint_of(index), constraint_of(above)) else { return };
    run.catalog.update_relation(index, |relation| edit(relation, |index| index.parent = Some(above)));
    run.catalog.link(index, above, Dependency::PartitionPrimary);
    run.catalog.link(index, table, Dependency::PartitionSecondary);
    if let (Some(own), Some(wanted)) = (own, wanted) {
        inherit_constraint(run, own, wanted, table);
    }
}

/// The options of an index, and its constraint.
type Definition = (Options, Option<(KeyConstraint, Oid)>);

/// What the index of a partition must be for its table's index `above`.
fn wanted_below(run: &Run<'_>, above: Oid, partition: Oid) -> Option<(Oid, Definition, Index)> {
    let relation = run.catalog.relation(above)?;
    let index = relation.index()?;
    let parent = index.table;
    let constraint = index.constraint.and_then(|oid| {
        let constraint = run.catalog.get(oid)?.constraint()?;
        let kind = key_kind(constraint)?;
        Some((KeyConstraint { kind, deferrable: constraint.deferrable, deferred: constraint.deferred }, oid))
    });
    let number = |number| same_column(run, parent, partition, number);
    let subject = |subject: &KeySubject| match subject {
        KeySubject::Column(column) => KeySubject::Column(number(*column).unwrap_or(*column)),
        KeySubject::Expression(expression) => KeySubject::Expression(expression.moved(parent, partition, number)),
    };
    let wanted = Index {
        table: partition,
        keys: index.keys.iter().map(|key| IndexKey { subject: subject(&key.subject), ..key.clone() }).collect(),
        include: index.include.iter().map(|column| number(*column).unwrap_or(*column)).collect(),
        predicate: index.predicate.as_ref().map(|predicate| predicate.moved(parent, partition, number)),
        column_names: distinct_names(index.column_names.iter().cloned()),
        valid: true,
        parent: None,
        constraint: None,
        ..index.clone()
    };
    Some((parent, (relation.options.clone(), constraint), wanted))
}

/// The number in `to` of the column that `from` has under `number`.
pub(in crate::catalog::apply) fn same_column(run: &Run<'_>, from: Oid, to: Oid, number: ColumnNumber) -> Option<ColumnNumber> {
    let name = &run.catalog.column(Address::column(from, number))?.name;
    run.catalog.relation(to)?.column(name).map(|column| column.number)
}

/// What a constraint with an index demands.
pub(in crate::catalog::apply) const fn key_kind(constraint: &Constraint) -> Option<KeyKind> {
    match constraint.kind {
        ConstraintKind::PrimaryKey(_) => Some(KeyKind::Primary),
        ConstraintKind::Unique(_) => Some(KeyKind::Unique),
        ConstraintKind::Exclude(_) => Some(KeyKind::Exclude),
        _ => None,
    }
}

/// Whether two indexes of one table are the same but for their names (`CompareIndexInfo`).
fn is_same(a: &Index, b: &Index) -> bool {
    let text = |subject: &KeySubject| match subject {
        KeySubject::Column(column) => Err(*column),
        KeySubject::Expression(expression) => Ok(expression.text.to_string()),
    };
    a.method == b.method
        && !a.is_exclusion()
        && !b.is_exclusion()
        && a.unique == b.unique
        && a.nulls_not_distinct == b.nulls_not_distinct
        && a.include.len() == b.include.len()
        && a.keys.len() == b.keys.len()
        && a.keys.iter().zip(&b.keys).all(|(a, b)| {
            text(&a.subject) == text(&b.subject) && a.collation == b.collation && a.class == b.class && a.exclusion == b.exclusion
        })
        && a.predicate.as_ref().map(|predicate| &predicate.text) == b.predicate.as_ref().map(|predicate| &predicate.text)
}
