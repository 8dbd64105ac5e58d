//! FOREIGN KEY: what it references, whether the types compare, and its copies for partitions on either side (`ATAddForeignKeyConstraint`,
//! `transformFkeyCheckAttrs`, `addFkRecurseReferenced`, `addFkRecurseReferencing`).

mod comparison;

pub(in crate::catalog::apply) use comparison::expect_comparable;

use super::super::index::build::{inherit_constraint, is_partitioned, same_column};
use super::key::primary_key;
use super::{Demand, Recursion, Request, chosen_name, column_number, expect_new, schema_of, store, table_name};
use crate::catalog::apply::{Statement, known};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind, ForeignKey, Index, Persistence, RelationKind};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid, naming};
use crate::syntax::tree::{Action, AttributeKind, Ident, Match, Node, References};
use crate::text::Span;

/// Adds a foreign key.
pub(super) fn add_foreign_key(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    request: &Request<'_>,
    recursion: Recursion,
) -> Result {
    let Demand::ForeignKey { columns, references, period } = &request.demand else { return Ok(()) };
    let text = statement.text;
    let span = request.span;
    if run.catalog.relation(table).is_some_and(|relation| matches!(relation.kind, RelationKind::ForeignTable(..))) {
        return Err(Stop::fails("0A000", "foreign key constraints are not supported on foreign tables", span));
    }
    let written = request.name.map(|name| Name::from(&*name.value(text)));
    if let Some(name) = &written {
        expect_new(run, table, name, span)?;
    }
    let referenced = run.relation(text, references.table)?;
    let not_valid = request.attributes.find(AttributeKind::NotValid).is_some();
    if is_partitioned(run, table) {
        let of = table_name(run, table);
        if recursion == Recursion::Only && !run.catalog.children(table).is_empty() {
            let message = format!(
                "cannot use ONLY for foreign key on partitioned table \"{of}\" referencing relation \"{}\"",
                table_name(run, referenced)
            );
            return Err(Stop::fails("42809", message, span));
        }
        if not_valid && run.world.target.major() < 18 {
            let to = table_name(run, referenced);
            let message = format!("cannot add NOT VALID foreign key on partitioned table \"{of}\" referencing relation \"{to}\"");
            return Err(Stop::fails("42809", message, span));
        }
    }
    check_relations(run, table, referenced, references)?;
    let from = numbers(run, text, table, columns)?;
    let on_delete_columns = set_columns(run, text, table, references, &from)?;
    let (to, index) = if references.columns.is_empty() {
        primary_key_columns(run, referenced, references.table.span())?
    } else {
        let to = numbers(run, text, referenced, &references.columns)?;
        let index = unique_index(run, referenced, &to, references.span)?;
        (to, index)
    };
    check_generated(run, table, &from, references)?;
    let to_is_known = run.catalog.relation(referenced).is_none_or(|relation| relation.columns_known) || !to.is_empty();
    let is_temporal = |oid: Oid| {
        let index = run.catalog.relation(oid).and_then(|relation| relation.index());
        index.is_some_and(|index| index.unique && index.is_exclusion())
    };
    let of_temporal = index.is_some_and(is_temporal);
    let referenced_period = references.period.is_some() || references.columns.is_empty() && of_temporal;
    if of_temporal && period.is_none() && references.period.is_none() && !references.columns.is_empty() {
        let message = "foreign key must use PERIOD when referencing a primary key using WITHOUT OVERLAPS";
        return Err(Stop::fails("42830", message, span));
    }
    if period.is_some() != referenced_period && (!references.columns.is_empty() || of_temporal) {
        let (with, without) = if period.is_some() { ("referencing", "referenced") } else { ("referenced", "referencing") };
        let message = format!("foreign key uses PERIOD on the {with} table but not the {without} table");
        return Err(Stop::fails("42830", message, span));
    }
    if to_is_known && from.len() != to.len() {
        return Err(Stop::fails("42830", "number of referencing and referenced columns for foreign key disagree", span));
    }
    if period.is_some() {
        let of = [("ON UPDATE", &references.on_update), ("ON DELETE", &references.on_delete)];
        if let Some((word, clause)) = of.iter().find_map(|(word, clause)| clause.as_ref().map(|clause| (word, clause)))
            && clause.action != Action::NoAction
        {
            let message = format!("unsupported {word} action for foreign key constraint using PERIOD");
            return Err(Stop::fails("0A000", message, clause.span));
        }
    }
    let name = written.unwrap_or_else(|| chosen_name(run, table, &from, "fkey"));
    for (from, to) in from.iter().zip(&to) {
        expect_comparable(run, (table, *from), (referenced, *to), &name, span)?;
    }
    let enforced = request.attributes.find(AttributeKind::NotEnforced).is_none();
    let validated = enforced && !not_valid;
    if validated {
        check_rows(run, statement, (table, &from), (referenced, &to), &name, span)?;
    }
    let action = |action: &Option<crate::syntax::tree::ReferentialAction>| action.as_ref().map_or(Action::NoAction, |action| action.action);
    let key = ForeignKey {
        table: referenced,
        columns: to,
        index,
        matching: references.matching.map_or(Match::Simple, |clause| clause.value),
        on_delete: action(&references.on_delete),
        on_delete_columns,
        on_update: action(&references.on_update),
        period: period.is_some(),
    };
    let constraint = Constraint {
        deferrable: request.attributes.is_deferrable(),
        deferred: request.attributes.is_initially_deferred(),
        validated,
        enforced,
        no_inherit: !is_partitioned(run, table),
        ..Constraint::new(ConstraintKind::ForeignKey(key), from)
    };
    let oid = put(run, table, name, constraint);
    copy_for_referenced(run, oid);
    copy_for_referencing(run, oid);
    Ok(())
}

/// Puts a foreign key into the catalog; the columns and the index that it references can't go without it.
fn put(run: &mut Run<'_>, table: Oid, name: Name, constraint: Constraint) -> Oid {
    let kind = constraint.kind.clone();
    let oid = store(run, table, name, constraint);
    if let ConstraintKind::ForeignKey(key) = kind {
        for column in &key.columns {
            run.catalog.link(oid, Address::column(key.table, *column), Dependency::Normal);
        }
        if key.columns.is_empty() {
            run.catalog.link(oid, key.table, Dependency::Normal);
        }
        if let Some(index) = key.index {
            run.catalog.link(oid, index, Dependency::Normal);
        }
    }
    oid
}

fn check_relations(run: &Run<'_>, table: Oid, referenced: Oid, references: &References) -> Result {
    let span = references.table.span();
    let Some(to) = run.catalog.relation(referenced) else { return Ok(()) };
    let name = table_name(run, referenced);
    if !matches!(to.kind, RelationKind::Table | RelationKind::Unknown) {
        return Err(Stop::fails("42809", format!("referenced relation \"{name}\" is not a table"), span));
    }
    let from = run.catalog.relation(table).map_or(Persistence::Permanent, |relation| relation.persistence);
    if to.kind == RelationKind::Unknown {
        return Ok(());
    }
    let message = match (from, to.persistence) {
        (Persistence::Permanent, Persistence::Temporary | Persistence::Unlogged) => {
            "constraints on permanent tables may reference only permanent tables"
        }
        (Persistence::Unlogged, Persistence::Temporary) => "constraints on unlogged tables may reference only permanent or unlogged tables",
        (Persistence::Temporary, Persistence::Permanent | Persistence::Unlogged) => {
            "constraints on temporary tables may reference only temporary tables"
        }
        _ => return Ok(()),
    };
    Err(Stop::fails("42P16", message, span))
}

fn numbers(run: &mut Run<'_>, text: &str, table: Oid, columns: &[Ident]) -> Result<Vec<ColumnNumber>> {
    let mut numbers = Vec::with_capacity(columns.len());
    for column in columns {
        let name = column.value(text);
        let missing =
            || Stop::fails("42703", format!("column \"{name}\" referenced in foreign key constraint does not exist"), column.span);
        numbers.push(column_number(run, table, &name, column.span)?.ok_or_else(missing)?);
    }
    if numbers.len() > 32 {
        return Err(Stop::fails("54011", "cannot have more than 32 keys in a foreign key", columns[32].span));
    }
    Ok(numbers)
}

fn set_columns(run: &mut Run<'_>, text: &str, table: Oid, references: &References, from: &[ColumnNumber]) -> Result<Vec<ColumnNumber>> {
    let Some(action) = &references.on_delete else { return Ok(Vec::new()) };
    let numbers = numbers(run, text, table, &action.columns)?;
    for (number, column) in numbers.iter().zip(&action.columns) {
        if !from.contains(number) {
            let name = column.value(text);
            let message = format!("column \"{name}\" referenced in ON DELETE SET action must be part of foreign key");
            return Err(Stop::fails("42P10", message, column.span));
        }
    }
    Ok(numbers)
}

/// The primary key that a reference without columns means.
fn primary_key_columns(run: &Run<'_>, referenced: Oid, span: Span) -> Result<(Vec<ColumnNumber>, Option<Oid>)> {
    let name = table_name(run, referenced);
    let found = primary_key(run, referenced).and_then(|oid| run.catalog.get(oid)?.constraint());
    match found {
        Some(key) if key.deferrable => {
            Err(Stop::fails("55000", format!("cannot use a deferrable primary key for referenced table \"{name}\""), span))
        }
        Some(key) => Ok((key.columns.clone(), key.index())),
        None if run.catalog.relation(referenced).is_some_and(|relation| !relation.columns_known) => Ok((Vec::new(), None)),
        None => Err(Stop::fails("42704", format!("there is no primary key for referenced table \"{name}\""), span)),
    }
}

/// The unique index on exactly these columns.
fn unique_index(run: &Run<'_>, referenced: Oid, columns: &[ColumnNumber], span: Span) -> Result<Option<Oid>> {
    let name = table_name(run, referenced);
    if columns.iter().enumerate().any(|(at, column)| columns[..at].contains(column)) {
        return Err(Stop::fails("42830", "foreign key referenced-columns list must not contain duplicates", span));
    }
    let serves = |index: &Index| {
        index.unique
            && index.valid
            && index.predicate.is_none()
            && index.keys.len() == columns.len()
            && index.columns().all(|column| column.is_some_and(|column| columns.contains(&column)))
    };
    let mut deferrable = false;
    for (oid, index) in run.catalog.indexes(referenced).filter(|(_, index)| serves(index)) {
        if index.immediate {
            return Ok(Some(oid));
        }
        deferrable = true;
    }
    if deferrable {
        let message = format!("cannot use a deferrable unique constraint for referenced table \"{name}\"");
        return Err(Stop::fails("55000", message, span));
    }
    if run.catalog.relation(referenced).is_some_and(|relation| !relation.columns_known) {
        return Ok(None);
    }
    let message = format!("there is no unique constraint matching given keys for referenced table \"{name}\"");
    Err(Stop::fails("42830", message, span))
}

/// A generated column can't be set by an action.
fn check_generated(run: &Run<'_>, table: Oid, from: &[ColumnNumber], references: &References) -> Result {
    let generated =
        from.iter().any(|number| run.catalog.column(Address::column(table, *number)).is_some_and(|column| column.generated.is_some()));
    if !generated {
        return Ok(());
    }
    let sets = |action: Action| matches!(action, Action::SetNull | Action::SetDefault);
    if let Some(action) = &references.on_update
        && (sets(action.action) || action.action == Action::Cascade)
    {
        let message = "invalid ON UPDATE action for foreign key constraint containing generated column";
        return Err(Stop::fails("42601", message, action.span));
    }
    if let Some(action) = references.on_delete.as_ref().filter(|action| sets(action.action)) {
        let message = "invalid ON DELETE action for foreign key constraint containing generated column";
        return Err(Stop::fails("42601", message, action.span));
    }
    Ok(())
}

fn check_rows(run: &mut Run<'_>, statement: Statement<'_>, from: known::End<'_>, to: known::End<'_>, name: &str, span: Span) -> Result {
    if matches!(statement.node, Node::CreateTable(_)) || to.1.is_empty() {
        return Ok(());
    }
    known::expect_referenced(run, from, to, name, span)
}

/// The same key for each partition of the referenced table: PostgreSQL keeps them as constraints of the referencing table.
fn copy_for_referenced(run: &mut Run<'_>, oid: Oid) {
    let Some((table, name, constraint, key)) = foreign_key(run, oid) else { return };
    if !is_partitioned(run, key.table) {
        return;
    }
    for partition in run.catalog.children(key.table) {
        reference_partition(run, oid, table, &name, &constraint, &key, partition);
    }
}

fn reference_partition(run: &mut Run<'_>, above: Oid, table: Oid, name: &Name, constraint: &Constraint, key: &ForeignKey, partition: Oid) {
    let columns = key.columns.iter().filter_map(|column| same_column(run, key.table, partition, *column)).collect();
    let index = key
        .index
        .and_then(|index| run.catalog.indexes(partition).find(|(_, candidate)| candidate.parent == Some(index)).map(|(oid, _)| oid));
    let below = ForeignKey { table: partition, columns, index, ..key.clone() };
    let copy =
        Constraint { kind: ConstraintKind::ForeignKey(below), parent: Some(above), local: false, inherited: 1, ..constraint.clone() };
    let name = free_name(run, table, name, &constraint.columns);
    let oid = put(run, table, name, copy);
    run.catalog.link(oid, above, Dependency::Internal);
    copy_for_referenced(run, oid);
}

/// The same key for each partition of the referencing table.
fn copy_for_referencing(run: &mut Run<'_>, oid: Oid) {
    let Some((table, ..)) = foreign_key(run, oid) else { return };
    if !is_partitioned(run, table) {
        return;
    }
    for partition in run.catalog.children(table) {
        copy_to_partition(run, oid, partition);
    }
}

fn copy_to_partition(run: &mut Run<'_>, above: Oid, partition: Oid) {
    let Some((table, name, constraint, key)) = foreign_key(run, above) else { return };
    let map = |run: &Run<'_>, columns: &[ColumnNumber]| -> Vec<ColumnNumber> {
        columns.iter().filter_map(|column| same_column(run, table, partition, *column)).collect()
    };
    let columns = map(run, &constraint.columns);
    let below = ForeignKey { on_delete_columns: map(run, &key.on_delete_columns), ..key };
    // One that the partition has already becomes the copy (`tryAttachPartitionForeignKey`).
    let existing = run.catalog.constraints(partition).find(|(_, candidate)| {
        candidate.parent.is_none()
            && candidate.columns == columns
            && candidate.deferrable == constraint.deferrable
            && candidate.deferred == constraint.deferred
            && candidate.validated
            && matches!(&candidate.kind, ConstraintKind::ForeignKey(key) if *key == below)
    });
    let oid = match existing.map(|(oid, _)| oid) {
        Some(oid) => oid,
        None => {
            let name = free_name(run, partition, &name, &columns);
            let copy =
                Constraint { kind: ConstraintKind::ForeignKey(below), columns, no_inherit: !is_partitioned(run, partition), ..constraint };
            put(run, partition, name, copy)
        }
    };
    inherit_constraint(run, oid, above, partition);
    copy_for_referencing(run, oid);
}

/// Gives a new partition the foreign keys of its table, and those that reference its table (`CloneForeignKeyConstraints`).
pub(in crate::catalog::apply) fn clone_foreign_keys(run: &mut Run<'_>, table: Oid, partition: Oid, span: Span) -> Result {
    let own: Vec<Oid> = run
        .catalog
        .constraints(table)
        .filter(|(oid, constraint)| matches!(constraint.kind, ConstraintKind::ForeignKey(_)) && !is_copy_for_referenced(run, *oid))
        .map(|(oid, _)| oid)
        .collect();
    let referencing = referencing(run, table);
    for oid in referencing {
        if let Some((from, name, constraint, key)) = foreign_key(run, oid) {
            reference_partition(run, oid, from, &name, &constraint, &key, partition);
        }
    }
    for oid in own {
        copy_to_partition(run, oid, partition);
        if let Some((_, name, constraint, key)) = foreign_key(run, oid) {
            let columns: Vec<ColumnNumber> =
                constraint.columns.iter().filter_map(|column| same_column(run, table, partition, *column)).collect();
            if !key.columns.is_empty() {
                known::expect_referenced(run, (partition, &columns), (key.table, &key.columns), &name, span)?;
            }
        }
    }
    Ok(())
}

/// Whether a key is a copy that its own table has for a partition of the referenced one.
pub(in crate::catalog::apply) fn is_copy_for_referenced(run: &Run<'_>, oid: Oid) -> bool {
    let table = |oid: Oid| run.catalog.get(oid).and_then(|object| object.of);
    let parent = run.catalog.get(oid).and_then(|object| object.constraint()?.parent);
    parent.is_some_and(|parent| table(parent) == table(oid))
}

/// The foreign keys that reference a table.
fn referencing(run: &Run<'_>, table: Oid) -> Vec<Oid> {
    let mut found: Vec<Oid> = run
        .catalog
        .dependents_of_any(table)
        .map(|(dependent, ..)| dependent.object)
        .filter(|oid| {
            let constraint = run.catalog.get(*oid).and_then(|object| object.constraint());
            constraint.is_some_and(|constraint| matches!(&constraint.kind, ConstraintKind::ForeignKey(key) if key.table == table))
        })
        // The copies that partitions of the referencing table have reach the new partition through their own table's.
        .filter(|oid| {
            let table = |oid: Oid| run.catalog.get(oid).and_then(|object| object.of);
            let parent = run.catalog.get(*oid).and_then(|object| object.constraint()?.parent);
            parent.is_none_or(|parent| table(parent) == table(*oid))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn foreign_key(run: &Run<'_>, oid: Oid) -> Option<(Oid, Name, Constraint, ForeignKey)> {
    let object = run.catalog.get(oid)?;
    let constraint = object.constraint()?;
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => Some((object.of?, Name::clone(&object.name), constraint.clone(), key.clone())),
        _ => None,
    }
}

/// The name of the key that a copy is of, if the table has none of that name yet; since version 18 another one begins with it.
fn free_name(run: &Run<'_>, table: Oid, name: &Name, columns: &[ColumnNumber]) -> Name {
    if run.catalog.part(table, Class::Constraint, name).is_none() {
        return Name::clone(name);
    }
    let schema = schema_of(run, table);
    if run.world.target.major() >= 18 {
        return Name::from(naming::constraint_name(&run.catalog, schema, name, "", "", &[]));
    }
    let names = run.catalog.relation(table).map_or_else(Vec::new, |relation| naming::column_names(relation, columns));
    Name::from(naming::constraint_name(&run.catalog, schema, &table_name(run, table), &naming::joined(names), "fkey", &[]))
}
