//! ADD COLUMN and DROP COLUMN, in a table and in those below it (`ATExecAddColumn`, `ATExecDropColumn`).

use super::{Context, Pass, Queue, SYSTEM_COLUMNS, Work, name_of, no_column};
use crate::catalog::apply::constraint::{Recursion, Request, give_not_null, is_constraint};
use crate::catalog::apply::lifecycle::typed_tables;
use crate::catalog::apply::table::{column, not_null};
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{KeySubject, RelationKind, TypeId, TypeUse};
use crate::catalog::object::Standing;
use crate::catalog::past::Kind;
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Oid};
use crate::syntax::tree::{self, AddColumn, ColumnConstraintKind, DropPart};
use crate::text::Span;

/// How many columns a table can have.
const MAX_COLUMNS: ColumnNumber = 1600;

pub(super) fn add_column<'s>(run: &mut Run<'_>, cx: Context<'s>, add: &'s AddColumn, span: Span, queue: &mut Queue<'s>) -> Result {
    let (table, text) = (cx.table, cx.text());
    let name = add.column.name.value(text);
    let typed = expect_no_typed_tables(run, table, add.behavior.into(), span)?;
    let Some(relation) = run.catalog.relation(table) else { return Ok(()) };
    if relation.partition_bound.is_some() {
        return Err(Stop::fails("42809", "cannot add column to a partition", span));
    }
    if relation.column(&name).is_some() {
        if add.guard.is_written() {
            return Ok(());
        }
        let message = format!("column \"{name}\" of relation \"{}\" already exists", name_of(run, table));
        return Err(Stop::fails("42701", message, add.column.name.span));
    }
    // Columns that were dropped count too.
    if relation.columns_known && relation.next_column > MAX_COLUMNS {
        return Err(Stop::fails("54011", format!("tables can have at most {MAX_COLUMNS} columns"), span));
    }
    expect_unknown_columns_without(run, table, &name, add)?;
    let number = column::add_column(run, cx.statement, table, &add.column)?;
    let added = Address::column(table, number);
    // A domain may have a default of its own.
    let is_plain = |ty: &TypeUse| matches!(ty.id, TypeId::BuiltIn(_));
    if run.catalog.column(added).is_some_and(|column| {
        column.generated.is_none()
            && if column.default.is_some() { !has_default(&add.column) } else { column.ty.as_ref().is_some_and(is_plain) }
    }) {
        run.added.push(added);
    }
    let children = run.catalog.children(table);
    if !children.is_empty() {
        if cx.recursion == Recursion::Only {
            return Err(Stop::fails("42P16", "column must be added to child tables too", span));
        }
        let is_identity = add.column.constraints.iter().any(|constraint| matches!(constraint.kind, ColumnConstraintKind::Identity(_)));
        if is_identity && run.world.target.major() < 17 {
            let message = "cannot recursively add identity column to table that has child tables";
            return Err(Stop::fails("42P16", message, span));
        }
    }
    for child in children {
        add_to_child(run, cx, (table, number), child, &add.column, span)?;
    }
    for table in typed {
        column::add_column(run, cx.statement, table, &add.column)?;
    }
    let is_not_null = run.catalog.column(Address::column(table, number)).is_some_and(|column| column.not_null);
    if is_not_null && is_constraint(run.world.target) {
        let said = not_null::said(text, &add.column)?.unwrap_or_default();
        give_not_null(run, table, number, said, add.column.span)?;
    }
    for constraint in &add.column.constraints {
        if let Some(request) = Request::of_column(constraint, add.column.name) {
            queue.push((Pass::of_request(&request), Work::Constraint(request)));
        }
    }
    Ok(())
}

/// Where not all columns of a table are known, that it has none of that name is a condition, or can't be told.
fn expect_unknown_columns_without(run: &mut Run<'_>, table: Oid, name: &str, add: &AddColumn) -> Result {
    let Some(object) = run.catalog.get(table) else { return Ok(()) };
    let is_known = object.relation().is_none_or(|relation| relation.columns_known);
    if is_known || add.guard.is_written() || run.catalog.is_column_gone(table, name) {
        return Ok(());
    }
    let shown = crate::catalog::apply::known::shown_name(&run.catalog, table);
    if object.standing == Standing::Made {
        return Err(Stop::unknown(format!("which columns {shown} has can't be told"), add.column.name.span));
    }
    run.condition("42701", format!("if {shown} has a column {name} already"), add.column.name.span);
    Ok(())
}

/// The tables that are made of a composite type, which only CASCADE alters with it.
fn expect_no_typed_tables(run: &Run<'_>, composite: Oid, behavior: Behavior, span: Span) -> Result<Vec<Oid>> {
    if run.catalog.relation(composite).is_none_or(|relation| relation.kind != RelationKind::Composite) {
        return Ok(Vec::new());
    }
    let typed = typed_tables(&run.catalog, composite);
    if !typed.is_empty() && behavior == Behavior::Restrict {
        let message = format!("cannot alter type \"{}\" because it is the type of a typed table", name_of(run, composite));
        return Err(Stop::fails("2BP01", message, span));
    }
    Ok(typed)
}

/// Gives a child the column that its parent has got, or merges it with one that it has.
fn add_to_child(run: &mut Run<'_>, cx: Context<'_>, parent: (Oid, ColumnNumber), child: Oid, written: &tree::Column, span: Span) -> Result {
    let Some(above) = run.catalog.column(Address::column(parent.0, parent.1)).cloned() else { return Ok(()) };
    let existing = run.catalog.relation(child).and_then(|relation| relation.column(&above.name)).cloned();
    if let Some(existing) = existing {
        let differs = |a: &Option<TypeUse>, b: &Option<TypeUse>| matches!((a, b), (Some(a), Some(b)) if a != b);
        if differs(&existing.ty, &above.ty) {
            let message = format!("child table \"{}\" has different type for column \"{}\"", name_of(run, child), above.name);
            return Err(Stop::fails("42804", message, span));
        }
        if existing.collation != above.collation {
            let message = format!("child table \"{}\" has different collation for column \"{}\"", name_of(run, child), above.name);
            return Err(Stop::fails("42P21", message, span));
        }
        run.catalog.update_column(Address::column(child, existing.number), |column| column.inherited += 1);
        return Ok(());
    }
    let is_serial = above.default.is_some() && above.not_null && !has_default(written);
    if is_serial || above.identity.is_some() {
        return Err(Stop::unknown("a serial column of tables with children is not followed", span));
    }
    let number = column::add_column(run, cx.statement, child, written)?;
    run.catalog.update_column(Address::column(child, number), |column| {
        column.inherited = 1;
        column.local = false;
    });
    for below in run.catalog.children(child) {
        add_to_child(run, cx, (child, number), below, written, span)?;
    }
    Ok(())
}

fn has_default(written: &tree::Column) -> bool {
    let is = |kind: &ColumnConstraintKind| matches!(kind, ColumnConstraintKind::Default(_) | ColumnConstraintKind::Generated(..));
    written.constraints.iter().any(|constraint| is(&constraint.kind))
}

pub(super) fn drop_column(run: &mut Run<'_>, cx: Context<'_>, part: &DropPart, span: Span) -> Result {
    let (table, name) = (cx.table, part.name.value(cx.text()));
    let behavior = Behavior::from(part.behavior);
    if part.name.is_template(cx.text()) {
        return Err(Stop::unknown(format!("`{name}` is filled in by the tool"), part.name.span));
    }
    let typed = expect_no_typed_tables(run, table, behavior, span)?;
    let mut addresses = Vec::new();
    for table in typed {
        if let Some(column) = run.catalog.relation(table).and_then(|relation| relation.column(&name)) {
            addresses.push(Address::column(table, column.number));
        }
    }
    let is_composite = run.catalog.relation(table).is_some_and(|relation| relation.kind == RelationKind::Composite);
    if SYSTEM_COLUMNS.contains(&&*name) && !is_composite {
        return Err(Stop::fails("0A000", format!("cannot drop system column \"{name}\""), part.name.span));
    }
    let found = if part.guard.is_written() { present(run, table, &name) } else { run.find_column(table, &name, part.name.span)? };
    let Some(address) = found else {
        if part.guard.is_written() {
            note_gone(run, table, &name);
            return Ok(());
        }
        return Err(no_column(run, table, &name, part.name.span));
    };
    if run.catalog.column(address).is_some_and(|column| column.inherited > 0) {
        return Err(Stop::fails("42P16", format!("cannot drop inherited column \"{name}\""), part.name.span));
    }
    collect(run, cx, address, &name, part.name.span, &mut addresses)?;
    deletion::delete(run, &addresses, behavior, span)
}

fn present(run: &Run<'_>, table: Oid, name: &str) -> Option<Address> {
    let column = run.catalog.relation(table)?.column(name)?;
    Some(Address::column(table, column.number))
}

/// A relation whose columns are not all known has none of that name from now on.
fn note_gone(run: &mut Run<'_>, table: Oid, name: &str) {
    if run.catalog.relation(table).is_some_and(|relation| !relation.columns_known) {
        run.catalog.note_perhaps(Kind::Column, table, name);
        run.catalog.note_column_gone(table, name);
    }
}

/// A column, and those of children that they have from it alone.
fn collect(run: &mut Run<'_>, cx: Context<'_>, address: Address, name: &str, span: Span, addresses: &mut Vec<Address>) -> Result {
    expect_no_partition_key(run, address, "drop", name, span)?;
    let children = run.catalog.children(address.object);
    let is_partitioned = run.catalog.relation(address.object).is_some_and(|relation| relation.partitioned.is_some());
    if cx.recursion == Recursion::Only && is_partitioned && !children.is_empty() {
        let message = "cannot drop column from only the partitioned table when partitions exist";
        return Err(Stop::fails("42P16", message, span));
    }
    for child in children {
        let Some(column) = run.catalog.relation(child).and_then(|relation| relation.column(name)).cloned() else { continue };
        let below = Address::column(child, column.number);
        if cx.recursion == Recursion::Only {
            run.catalog.update_column(below, |column| {
                column.inherited = column.inherited.saturating_sub(1);
                column.local = true;
            });
        } else if column.inherited == 1 && !column.local {
            collect(run, cx, below, name, span, addresses)?;
        } else {
            run.catalog.update_column(below, |column| column.inherited = column.inherited.saturating_sub(1));
        }
    }
    addresses.push(address);
    Ok(())
}

/// Expects a column not to decide where rows go (42P16).
pub(super) fn expect_no_partition_key(run: &Run<'_>, address: Address, verb: &str, name: &str, span: Span) -> Result {
    let Some(relation) = run.catalog.relation(address.object) else { return Ok(()) };
    let keys = relation.partitioned.iter().flat_map(|partitioned| &partitioned.keys);
    for key in keys {
        let (is_key, how) = match &key.subject {
            KeySubject::Column(number) => (*number == address.column, "is part of the partition key"),
            KeySubject::Expression(stored) => (stored.columns_of(address.object).contains(&address.column), "is part of the partition key"),
        };
        if is_key {
            let message = format!("cannot {verb} column \"{name}\" because it {how} of relation \"{}\"", name_of(run, address.object));
            return Err(Stop::fails("42P16", message, span));
        }
    }
    Ok(())
}
