//! RENAME of everything that has a name (PostgreSQL's `ExecRenameStmt`).

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, RelationKind};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Catalog, Oid};
use crate::syntax::tree::{Behavior, Guard, Ident, Name, ObjectKind, ObjectName, Rename, RenamedPart};
use crate::text::Span;

use super::{Alteration, altered, expect_kind, expect_object, rename_role, rename_type};

pub(super) fn apply(run: &mut Run<'_>, text: &str, rename: &Rename) -> Result {
    let new = rename.new.value(text);
    if rename.new.is_template(text) {
        return Err(Stop::unknown(format!("`{new}` is filled in by the tool"), rename.new.span));
    }
    match rename.part {
        RenamedPart::Column(old) | RenamedPart::Attribute(old) => rename_column(run, text, rename, old, &new),
        RenamedPart::Constraint(old) if rename.object.kind == ObjectKind::Domain => {
            rename_type::constraint(run, text, &rename.object, old, &new, rename.new.span)
        }
        RenamedPart::Constraint(old) => rename_constraint(run, text, rename, old, &new),
        RenamedPart::Whole => rename_whole(run, text, rename, &new),
    }
}

fn rename_whole(run: &mut Run<'_>, text: &str, rename: &Rename, new: &str) -> Result {
    let span = rename.new.span;
    match (rename.object.kind, &rename.object.name) {
        (
            kind @ (ObjectKind::Table
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::Sequence
            | ObjectKind::Index
            | ObjectKind::ForeignTable),
            ObjectName::Named(name),
        ) => {
            let Some(oid) = altered(run, text, rename.guard, *name)? else { return Ok(()) };
            expect_kind(run, text, oid, kind, *name, Alteration::Rename)?;
            relation(run, oid, new, span)
        }
        (ObjectKind::Type | ObjectKind::Domain, _) => rename_type::whole(run, text, &rename.object, new, span),
        (ObjectKind::Schema, ObjectName::Named(name)) => rename_schema(run, text, name.object, new, span),
        (ObjectKind::Role, ObjectName::Named(name)) => rename_role::apply(run, text, name.object, new, span),
        (kind @ (ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule), ObjectName::Member { name, of: Some(of) }) => {
            rename_part(run, text, kind, *name, *of, new, span)
        }
        (ObjectKind::Database | ObjectKind::Tablespace, _) => {
            Err(Stop::unknown("databases and tablespaces are not followed by their names", rename.span))
        }
        _ => rename_other(run, text, rename, new),
    }
}

/// Gives a relation another name, and with it its row type, or the constraint behind an index.
///
/// # Errors
/// 42P07 if a relation of that name is there, 42710 if a type is.
pub(in crate::catalog::apply) fn relation(run: &mut Run<'_>, oid: Oid, new: &str, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let (schema, kind) = (object.schema.unwrap_or(Oid::NONE), object.relation().map(|relation| relation.kind.clone()));
    let taken = |noun: &str, sqlstate| Err(Stop::fails(sqlstate, format!("{noun} \"{new}\" already exists"), span));
    if run.find_in(Class::Relation, schema, new).map_err(|stop| stop.or_at(span))?.is_some() {
        return taken("relation", "42P07");
    }
    if has_row_type(run, oid) && run.find_in(Class::Type, schema, new).map_err(|stop| stop.or_at(span))?.is_some() {
        return taken("type", "42710");
    }
    if let Some(RelationKind::Index(index)) = kind
        && let Some(constraint) = index.constraint
    {
        expect_free_constraint(run, index.table, new, span)?;
        set_name(&mut run.catalog, constraint, new);
    }
    set_name(&mut run.catalog, oid, new);
    run.catalog.settle(Class::Relation, new);
    Ok(())
}

/// Whether a relation has a row type, which has its name: an index has none, and from version 14 on a sequence neither.
pub(super) fn has_row_type(run: &Run<'_>, relation: Oid) -> bool {
    match run.catalog.relation(relation).map(|relation| &relation.kind) {
        Some(RelationKind::Index(_) | RelationKind::Unknown) | None => false,
        Some(RelationKind::Sequence(_)) => run.world.target.major() < 14,
        Some(_) => true,
    }
}

pub(super) fn set_name(catalog: &mut Catalog, oid: Oid, new: &str) {
    catalog.update(oid, |object| object.name = new.into());
}

/// Expects a constraint's name to be free on its table.
fn expect_free_constraint(run: &Run<'_>, table: Oid, new: &str, span: Span) -> Result {
    if run.catalog.part(table, Class::Constraint, new).is_none() {
        return Ok(());
    }
    let of = name_of(&run.catalog, table);
    Err(Stop::fails("42710", format!("constraint \"{new}\" for relation \"{of}\" already exists"), span))
}

pub(super) fn name_of(catalog: &Catalog, oid: Oid) -> String {
    catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default()
}

/// The tables below one, each with the number of its parents among them and it.
fn inheritors(catalog: &Catalog, relation: Oid) -> Vec<(Oid, u32)> {
    let mut found: Vec<(Oid, u32)> = Vec::new();
    let mut queue = vec![relation];
    while let Some(parent) = queue.pop() {
        for child in catalog.children(parent) {
            match found.iter_mut().find(|(oid, _)| *oid == child) {
                Some((_, parents)) => *parents += 1,
                None => {
                    found.push((child, 1));
                    queue.push(child);
                }
            }
        }
    }
    found
}

fn rename_column(run: &mut Run<'_>, text: &str, rename: &Rename, old: Ident, new: &str) -> Result {
    let ObjectName::Named(name) = rename.object.name else {
        return Err(Stop::unknown("this kind of statement is not replayed", rename.span));
    };
    let Some(oid) = altered(run, text, rename.guard, name)? else { return Ok(()) };
    // Whatever word stands behind ALTER, PostgreSQL takes every kind of relation here.
    let Some(relation) = run.catalog.relation(oid) else { return Ok(()) };
    if matches!(relation.kind, RelationKind::Sequence(_)) {
        return Err(Stop::fails("42809", format!("cannot rename columns of relation \"{}\"", name_of(&run.catalog, oid)), name.span()));
    }
    if relation.of_type.is_some() {
        return Err(Stop::fails("42809", "cannot rename column of typed table", name.span()));
    }
    if relation.index().is_some() {
        // The names of an index's columns are its own, and nothing shows them.
        return Ok(());
    }
    let below = inheritors(&run.catalog, oid);
    let typed = typed_tables(&run.catalog, oid);
    if rename.only.is_some() && !below.is_empty() {
        let message = format!("inherited column \"{}\" must be renamed in child tables too", old.value(text));
        return Err(Stop::fails("42P16", message, old.span));
    }
    if !typed.is_empty() && !matches!(rename.behavior, Some(Behavior::Cascade(_))) {
        let message = format!("cannot alter type \"{}\" because it is the type of a typed table", name_of(&run.catalog, oid));
        return Err(Stop::fails("2BP01", message, name.span()));
    }
    for (child, parents) in below {
        column(run, child, &old.value(text), new, parents, (old.span, rename.new.span))?;
    }
    for table in typed {
        column(run, table, &old.value(text), new, 0, (old.span, rename.new.span))?;
    }
    column(run, oid, &old.value(text), new, 0, (old.span, rename.new.span))
}

/// The tables that are made of a composite type.
pub(in crate::catalog::apply) fn typed_tables(catalog: &Catalog, composite: Oid) -> Vec<Oid> {
    let dependents = catalog.dependents_of(Address::whole(composite)).map(|(dependent, _)| dependent.object);
    let mut found: Vec<Oid> =
        dependents.filter(|oid| catalog.relation(*oid).is_some_and(|relation| relation.of_type == Some(composite))).collect();
    found.dedup();
    found
}

/// Columns that every table has.
pub(in crate::catalog::apply) const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"];

fn column(run: &mut Run<'_>, relation: Oid, old: &str, new: &str, parents: u32, spans: (Span, Span)) -> Result {
    let shown = name_of(&run.catalog, relation);
    let Some(found) = run.catalog.relation(relation) else { return Ok(()) };
    let has_system_columns = !matches!(found.kind, RelationKind::View(_) | RelationKind::Composite);
    if has_system_columns && SYSTEM_COLUMNS.contains(&old) {
        return Err(Stop::fails("0A000", format!("cannot rename system column \"{old}\""), spans.0));
    }
    let Some(address) = run.find_column(relation, old, spans.0)? else {
        return Err(Stop::fails("42703", format!("column \"{old}\" does not exist"), spans.0));
    };
    if run.catalog.column(address).is_some_and(|column| column.inherited > parents) {
        return Err(Stop::fails("42P16", format!("cannot rename inherited column \"{old}\""), spans.0));
    }
    if has_system_columns && SYSTEM_COLUMNS.contains(&new) {
        return Err(Stop::fails("42701", format!("column name \"{new}\" conflicts with a system column name"), spans.1));
    }
    if run.catalog.relation(relation).is_some_and(|found| found.column(new).is_some()) {
        return Err(Stop::fails("42701", format!("column \"{new}\" of relation \"{shown}\" already exists"), spans.1));
    }
    run.catalog.update_column(address, |column| column.name = new.into());
    Ok(())
}

fn rename_constraint(run: &mut Run<'_>, text: &str, rename: &Rename, old: Ident, new: &str) -> Result {
    let ObjectName::Named(name) = rename.object.name else {
        return Err(Stop::unknown("this kind of statement is not replayed", rename.span));
    };
    let Some(oid) = altered(run, text, rename.guard, name)? else { return Ok(()) };
    let value = old.value(text);
    let Some(constraint) = find_constraint(run, oid, &value, old.span)? else {
        let message = format!("constraint \"{value}\" for table \"{}\" does not exist", name_of(&run.catalog, oid));
        return Err(Stop::fails("42704", message, old.span));
    };
    let is_inheritable = |catalog: &Catalog, oid: Oid| {
        let constraint = catalog.get(oid).and_then(Object::constraint);
        constraint.is_some_and(|constraint| {
            matches!(constraint.kind, ConstraintKind::Check(_) | ConstraintKind::NotNull) && !constraint.no_inherit
        })
    };
    if is_inheritable(&run.catalog, constraint) {
        let below = inheritors(&run.catalog, oid);
        if rename.only.is_some() && !below.is_empty() {
            let message = format!("inherited constraint \"{value}\" must be renamed in child tables too");
            return Err(Stop::fails("42P16", message, old.span));
        }
        for (child, parents) in below {
            let Some(inherited) = run.catalog.part(child, Class::Constraint, &value) else {
                let message = format!("constraint \"{value}\" for table \"{}\" does not exist", name_of(&run.catalog, child));
                return Err(Stop::fails("42704", message, old.span));
            };
            one_constraint(run, child, inherited, &value, new, parents, (old.span, rename.new.span))?;
        }
    }
    one_constraint(run, oid, constraint, &value, new, 0, (old.span, rename.new.span))
}

/// A constraint of a table, which is assumed where the table is.
pub(in crate::catalog::apply) fn find_constraint(run: &mut Run<'_>, table: Oid, name: &str, span: Span) -> Result<Option<Oid>> {
    if let Some(found) = run.catalog.part(table, Class::Constraint, name) {
        return Ok(Some(found));
    }
    if let Some(why) = run.catalog.doubted(Class::Constraint, name) {
        return Err(Stop::unknown(&*why, span));
    }
    Ok(run.assume_part(Class::Constraint, table, name, "42704", span))
}

fn one_constraint(run: &mut Run<'_>, table: Oid, oid: Oid, old: &str, new: &str, parents: u32, spans: (Span, Span)) -> Result {
    let (inherited, index) = match run.catalog.get(oid).and_then(Object::constraint) {
        Some(constraint) => (constraint.inherited, constraint.index()),
        None => (0, None),
    };
    let is_inheritable = index.is_none();
    if is_inheritable && inherited > parents {
        return Err(Stop::fails("42P16", format!("cannot rename inherited constraint \"{old}\""), spans.0));
    }
    if let Some(index) = index {
        return relation(run, index, new, spans.1);
    }
    expect_free_constraint(run, table, new, spans.1)?;
    set_name(&mut run.catalog, oid, new);
    Ok(())
}

fn rename_schema(run: &mut Run<'_>, text: &str, old: Ident, new: &str, span: Span) -> Result {
    let oid = run.schema(&old.value(text), old.span)?;
    if run.find_schema(new).map_err(|stop| stop.or_at(span))?.is_some() {
        return Err(Stop::fails("42P06", format!("schema \"{new}\" already exists"), span));
    }
    if new.starts_with("pg_") {
        return Err(Stop::fails("42939", format!("unacceptable schema name \"{new}\""), span));
    }
    set_name(&mut run.catalog, oid, new);
    run.catalog.settle(Class::Schema, new);
    Ok(())
}

/// A trigger, a policy or a rule.
fn rename_part(run: &mut Run<'_>, text: &str, kind: ObjectKind, old: Ident, of: Name, new: &str, span: Span) -> Result {
    let table = altered(run, text, Guard::Absent(0), of)?.unwrap_or(Oid::NONE);
    let (value, shown) = (old.value(text), name_of(&run.catalog, table));
    let relation_kind = run.catalog.relation(table).map(|relation| relation.kind.clone()).unwrap_or(RelationKind::Unknown);
    let is_view = matches!(relation_kind, RelationKind::View(_));
    let is_table = matches!(relation_kind, RelationKind::Table | RelationKind::Unknown);
    let (class, noun) = match kind {
        ObjectKind::Trigger => (Class::Trigger, "triggers"),
        ObjectKind::Rule => (Class::Rule, "rules"),
        _ => (Class::Policy, ""),
    };
    let fits = match class {
        Class::Trigger => is_table || is_view || matches!(relation_kind, RelationKind::ForeignTable(..)),
        Class::Rule => is_table || is_view,
        _ => is_table,
    };
    if !fits {
        let message =
            if noun.is_empty() { format!("\"{shown}\" is not a table") } else { format!("relation \"{shown}\" cannot have {noun}") };
        return Err(Stop::fails("42809", message, of.span()));
    }
    if class == Class::Rule && is_view && value == "_RETURN" {
        return Err(Stop::fails("42P17", "renaming an ON SELECT rule is not allowed", old.span));
    }
    let of_noun = if class == Class::Rule { "relation" } else { "table" };
    let word = kind.sql().to_ascii_lowercase();
    let is_taken = run.catalog.part(table, class, new).is_some();
    let taken = || {
        let of_noun = if class == Class::Policy { "table" } else { "relation" };
        Err(Stop::fails("42710", format!("{word} \"{new}\" for {of_noun} \"{shown}\" already exists"), span))
    };
    // A policy's new name is looked at first.
    if class == Class::Policy && is_taken {
        return taken();
    }
    let found = match run.catalog.part(table, class, &value) {
        Some(found) => Some(found),
        None if run.catalog.doubted(class, &value).is_some() => {
            return Err(Stop::unknown(format!("it can't be told whether {word} {value} is there"), old.span));
        }
        None => run.assume_part(class, table, &value, "42704", old.span),
    };
    let Some(found) = found else {
        return Err(Stop::fails("42704", format!("{word} \"{value}\" for {of_noun} \"{shown}\" does not exist"), old.span));
    };
    if is_taken {
        return taken();
    }
    set_name(&mut run.catalog, found, new);
    if class == Class::Trigger && run.world.target.major() >= 15 {
        return rename_copies(run, found, new, span);
    }
    Ok(())
}

/// From version 15 on, a partitioned table's trigger takes along its copies on the partitions.
fn rename_copies(run: &mut Run<'_>, trigger: Oid, new: &str, span: Span) -> Result {
    if let Some(Body::Trigger(body)) = run.catalog.get(trigger).map(|object| &object.body)
        && body.parent.is_some()
    {
        return Err(Stop::unknown("what becomes of a partition's trigger is not followed", span));
    }
    let mut queue = vec![trigger];
    while let Some(above) = queue.pop() {
        let copies: Vec<Oid> = run
            .catalog
            .dependents_of(Address::whole(above))
            .map(|(dependent, _)| dependent.object)
            .filter(
                |oid| matches!(run.catalog.get(*oid).map(|object| &object.body), Some(Body::Trigger(copy)) if copy.parent == Some(above)),
            )
            .collect();
        for copy in copies {
            let table = run.catalog.get(copy).and_then(|object| object.of).unwrap_or(Oid::NONE);
            if run.catalog.part(table, Class::Trigger, new).is_some() {
                let message = format!("trigger \"{new}\" for relation \"{}\" already exists", name_of(&run.catalog, table));
                return Err(Stop::fails("42710", message, span));
            }
            set_name(&mut run.catalog, copy, new);
            queue.push(copy);
        }
    }
    Ok(())
}

/// Whatever else has a name (`AlterObjectRename_internal`).
fn rename_other(run: &mut Run<'_>, text: &str, rename: &Rename, new: &str) -> Result {
    let address = expect_object(run, text, &rename.object)?;
    let Some(object) = run.catalog.get(address.object) else { return Ok(()) };
    let schema = object.schema.unwrap_or(Oid::NONE);
    super::relocate::expect_free(run, address.object, schema, new, rename.new.span)?;
    super::relocate::expect_unnamed(run, address.object, rename.span)?;
    let Some(object) = run.catalog.get(address.object) else { return Ok(()) };
    let class = object.body.class();
    if class == Class::Server {
        let tables: Vec<Oid> = run.catalog.dependents_of_any(address.object).map(|(dependent, ..)| dependent.object).collect();
        for table in tables {
            run.catalog.update_relation(table, |relation| {
                if let RelationKind::ForeignTable(server, _) = &mut relation.kind {
                    *server = new.into();
                }
            });
        }
    }
    set_name(&mut run.catalog, address.object, new);
    run.catalog.settle(class, new);
    Ok(())
}
