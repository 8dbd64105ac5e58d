//! NOT NULL: a property of a column, and since PostgreSQL 18 a constraint with a name too, which children inherit by their column
//! (`ATExecSetNotNull`, `AdjustNotNullInheritance`, `AddRelationNotNullConstraints`).

use super::{Recursion, Request, children, chosen_name, column_number, expect_new, is_partitioned, store, table_name};
use crate::catalog::apply::{Statement, known};
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind, ReplicaIdentity};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Oid};
use crate::syntax::Version;
use crate::syntax::tree::{AttributeKind, Ident};
use crate::text::Span;

/// Whether NOT NULL is a constraint with a name.
pub(in crate::catalog::apply) const fn is_constraint(target: Version) -> bool {
    target.major() >= 18
}

/// The constraint of a column that is NOT NULL.
pub(in crate::catalog::apply) fn not_null_of(run: &Run<'_>, table: Oid, column: ColumnNumber) -> Option<(Oid, Constraint)> {
    let is_it = |constraint: &Constraint| constraint.kind == ConstraintKind::NotNull && constraint.columns == [column];
    run.catalog.constraints(table).find(|(_, constraint)| is_it(constraint)).map(|(oid, constraint)| (oid, constraint.clone()))
}

/// Adds `NOT NULL column`, which PostgreSQL has as a table's constraint since 18.
pub(super) fn add_named(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    request: &Request<'_>,
    column: Ident,
    recursion: Recursion,
) -> Result {
    let text = statement.text;
    let name = column.value(text);
    let Some(number) = column_number(run, table, &name, column.span)? else {
        let message = format!("column \"{name}\" of relation \"{}\" does not exist", table_name(run, table));
        return Err(Stop::fails("42703", message, column.span));
    };
    let written = request.name.map(|name| Name::from(&*name.value(text)));
    let no_inherit = request.attributes.find(AttributeKind::NoInherit).is_some();
    let validated = request.attributes.find(AttributeKind::NotValid).is_none();
    if no_inherit && is_partitioned(run, table) {
        return Err(Stop::fails("0A000", "not-null constraints on partitioned tables cannot be NO INHERIT", request.span));
    }
    let constraint = Constraint { no_inherit, validated, ..Constraint::new(ConstraintKind::NotNull, vec![number]) };
    if let Some((oid, existing)) = not_null_of(run, table, number) {
        expect_alike(run, table, &constraint, (oid, &existing), request.span)?;
        if let Some(written) = written.filter(|written| run.catalog.get(oid).is_some_and(|object| object.name != *written)) {
            let of = table_name(run, table);
            let message = format!("cannot create not-null constraint \"{written}\" on column \"{name}\" of table \"{of}\"");
            return Err(Stop::fails("55000", message, request.span));
        }
        change(run, oid, |constraint| constraint.local = true);
        return Ok(());
    }
    if recursion == Recursion::Only && !no_inherit && !children(run, table).is_empty() {
        return Err(Stop::fails("42P16", "constraint must be added to child tables too", request.span));
    }
    let name = written.unwrap_or_else(|| chosen_name(run, table, &[number], "not_null"));
    add(run, table, name, constraint, request.span)
}

/// Makes a column NOT NULL, in the tables below too: `SET NOT NULL`.
///
/// # Errors
/// 23502 if a known row holds a null there.
pub(in crate::catalog::apply) fn set_not_null(
    run: &mut Run<'_>,
    table: Oid,
    column: ColumnNumber,
    recursion: Recursion,
    span: Span,
) -> Result {
    if !is_constraint(run.world.target) {
        return mark_whole(run, table, column, recursion, span);
    }
    let Some((oid, existing)) = not_null_of(run, table, column) else {
        let no_inherit = recursion == Recursion::Only && !children(run, table).is_empty();
        let name = chosen_name(run, table, &[column], "not_null");
        let constraint = Constraint { no_inherit, ..Constraint::new(ConstraintKind::NotNull, vec![column]) };
        return add(run, table, name, constraint, span);
    };
    if existing.no_inherit && recursion == Recursion::Whole {
        return Err(status(run, table, oid, "0A000", span));
    }
    if !existing.local {
        change(run, oid, |constraint| constraint.local = true);
        return Ok(());
    }
    validate(run, table, oid, recursion, span)
}

/// Makes the columns of a primary key NOT NULL (`transformIndexConstraint`, `ATPrepAddPrimaryKey`).
///
/// # Errors
/// As those of [`set_not_null`], and 55000 for a constraint that says less than a primary key.
pub(super) fn require(run: &mut Run<'_>, table: Oid, columns: &[ColumnNumber], recursion: Recursion, span: Span) -> Result {
    for column in columns {
        let existing = not_null_of(run, table, *column).filter(|_| is_constraint(run.world.target));
        if let Some((oid, existing)) = existing {
            if existing.no_inherit || !existing.validated {
                return Err(unfit(run, table, oid, *column, span));
            }
            continue;
        }
        if is_constraint(run.world.target) && recursion == Recursion::Only {
            let name = column_name(run, table, *column);
            for child in children(run, table) {
                let number = column_number(run, child, &name, span)?;
                if number.and_then(|number| not_null_of(run, child, number)).is_none() {
                    let message = format!("column \"{name}\" of table \"{}\" is not marked NOT NULL", table_name(run, child));
                    return Err(Stop::fails("42P16", message, span));
                }
            }
        }
        set_not_null(run, table, *column, Recursion::Whole, span)?;
    }
    Ok(())
}

fn unfit(run: &Run<'_>, table: Oid, oid: Oid, column: ColumnNumber, span: Span) -> Stop {
    let name = run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
    let column = column_name(run, table, column);
    Stop::fails("55000", format!("cannot create primary key on column \"{column}\": its constraint \"{name}\" does not suffice"), span)
}

/// Marks a column, and those of the tables below, where NOT NULL is nothing more than that.
fn mark_whole(run: &mut Run<'_>, table: Oid, column: ColumnNumber, recursion: Recursion, span: Span) -> Result {
    mark(run, table, column, span)?;
    let name = column_name(run, table, column);
    if recursion == Recursion::Whole {
        for child in children(run, table) {
            if let Some(number) = column_number(run, child, &name, span)? {
                mark_whole(run, child, number, recursion, span)?;
            }
        }
    }
    Ok(())
}

fn mark(run: &mut Run<'_>, table: Oid, column: ColumnNumber, span: Span) -> Result {
    let address = Address::column(table, column);
    if run.catalog.column(address).is_some_and(|column| !column.not_null) {
        known::expect_not_null(run, table, column, span)?;
        run.catalog.update_column(address, |column| column.not_null = true);
    }
    Ok(())
}

/// Adds a constraint to a table whose column has none, and to the tables below.
fn add(run: &mut Run<'_>, table: Oid, name: Name, constraint: Constraint, span: Span) -> Result {
    let Some(column) = constraint.columns.first().copied() else { return Ok(()) };
    expect_new(run, table, &name, span)?;
    if constraint.validated {
        mark(run, table, column, span)?;
    } else {
        run.catalog.update_column(Address::column(table, column), |column| column.not_null = true);
    }
    store(run, table, Name::clone(&name), constraint.clone());
    if constraint.no_inherit {
        return Ok(());
    }
    let column = column_name(run, table, column);
    for child in children(run, table) {
        let Some(number) = column_number(run, child, &column, span)? else { continue };
        let below = Constraint { columns: vec![number], local: false, inherited: 1, ..constraint.clone() };
        match not_null_of(run, child, number) {
            Some((oid, existing)) => {
                expect_alike(run, child, &below, (oid, &existing), span)?;
                change(run, oid, |constraint| constraint.inherited += 1);
            }
            None => add(run, child, Name::clone(&name), below, span)?,
        }
    }
    Ok(())
}

/// Expects that a column's constraint does for another one that is asked for.
fn expect_alike(run: &Run<'_>, table: Oid, wanted: &Constraint, (oid, existing): (Oid, &Constraint), span: Span) -> Result {
    if wanted.no_inherit != existing.no_inherit {
        return Err(status(run, table, oid, "55000", span));
    }
    if wanted.validated && !existing.validated {
        let name = run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
        let message = format!("incompatible NOT VALID constraint \"{name}\" on relation \"{}\"", table_name(run, table));
        return Err(Stop::fails("55000", message, span));
    }
    Ok(())
}

fn status(run: &Run<'_>, table: Oid, oid: Oid, sqlstate: &'static str, span: Span) -> Stop {
    let name = run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
    let of = table_name(run, table);
    Stop::fails(sqlstate, format!("cannot change NO INHERIT status of NOT NULL constraint \"{name}\" on relation \"{of}\""), span)
}

fn column_name(run: &Run<'_>, table: Oid, column: ColumnNumber) -> Name {
    run.catalog.column(Address::column(table, column)).map_or_else(|| Name::from(""), |column| Name::clone(&column.name))
}

pub(in crate::catalog::apply) fn change(run: &mut Run<'_>, oid: Oid, change: impl FnOnce(&mut Constraint)) {
    run.catalog.update(oid, |object| {
        if let Some(constraint) = object.constraint_mut() {
            change(constraint);
        }
    });
}

/// Gives a column that ALTER TABLE has added the constraint that its definition says, in the tables below too.
pub(in crate::catalog::apply) fn give_not_null(
    run: &mut Run<'_>,
    table: Oid,
    column: ColumnNumber,
    (name, no_inherit): (Option<Name>, bool),
    span: Span,
) -> Result {
    let name = name.unwrap_or_else(|| chosen_name(run, table, &[column], "not_null"));
    add(run, table, name, Constraint { no_inherit, ..Constraint::new(ConstraintKind::NotNull, vec![column]) }, span)
}

/// Puts the constraint of a new column into the catalog, which has none yet; of no table but its own.
pub(in crate::catalog::apply) fn record_not_null(run: &mut Run<'_>, table: Oid, name: Option<Name>, constraint: Constraint) {
    let name = name.unwrap_or_else(|| chosen_name(run, table, &constraint.columns, "not_null"));
    store(run, table, name, constraint);
}

/// VALIDATE CONSTRAINT, in the tables below first.
///
/// # Errors
/// 23502 if a known row holds a null there.
pub(in crate::catalog::apply) fn validate(run: &mut Run<'_>, table: Oid, oid: Oid, recursion: Recursion, span: Span) -> Result {
    let constraint = run.catalog.get(oid).and_then(|object| object.constraint()).cloned();
    let Some(constraint) = constraint.filter(|constraint| !constraint.validated) else { return Ok(()) };
    let Some(column) = constraint.columns.first().copied() else { return Ok(()) };
    let name = column_name(run, table, column);
    let below = if constraint.no_inherit { Vec::new() } else { children(run, table) };
    for child in below {
        let Some(number) = column_number(run, child, &name, span)? else { continue };
        let Some((oid, existing)) = not_null_of(run, child, number).filter(|(_, existing)| !existing.validated) else { continue };
        if recursion == Recursion::Only {
            return Err(Stop::fails("42P16", "constraint must be validated on child tables too", span));
        }
        if !existing.no_inherit {
            validate(run, child, oid, recursion, span)?;
        }
    }
    known::expect_not_null(run, table, column, span)?;
    change(run, oid, |constraint| constraint.validated = true);
    Ok(())
}

/// Takes the constraint away, and from the tables below what they have of it (`dropconstraint_internal`).
///
/// # Errors
/// 42P16 if a parent or a primary key asks for it, 55000 for the one of an identity column.
pub(in crate::catalog::apply) fn remove(run: &mut Run<'_>, table: Oid, oid: Oid, recursion: Recursion, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    if object.constraint().is_some_and(|constraint| constraint.inherited > 0) {
        let message = format!("cannot drop inherited constraint \"{}\" of relation \"{}\"", object.name, table_name(run, table));
        return Err(Stop::fails("42P16", message, span));
    }
    remove_whole(run, table, oid, recursion, span)
}

fn remove_whole(run: &mut Run<'_>, table: Oid, oid: Oid, recursion: Recursion, span: Span) -> Result {
    let Some(constraint) = run.catalog.get(oid).and_then(|object| object.constraint()).cloned() else { return Ok(()) };
    let Some(column) = constraint.columns.first().copied() else { return Ok(()) };
    expect_free_of_need(run, table, column, span)?;
    let name = column_name(run, table, column);
    deletion::delete(run, &[oid.into()], Behavior::Restrict, span)?;
    let below = if constraint.no_inherit { Vec::new() } else { children(run, table) };
    for child in below {
        let Some(number) = column_number(run, child, &name, span)? else { continue };
        let Some((oid, existing)) = not_null_of(run, child, number).filter(|(_, existing)| existing.inherited > 0) else { continue };
        if recursion == Recursion::Whole && existing.inherited == 1 && !existing.local {
            remove_whole(run, child, oid, recursion, span)?;
        } else {
            change(run, oid, |constraint| {
                constraint.inherited -= 1;
                constraint.local |= recursion == Recursion::Only;
            });
        }
    }
    Ok(())
}

/// Expects that neither a primary key nor an identity needs the column to be NOT NULL.
fn expect_free_of_need(run: &Run<'_>, table: Oid, column: ColumnNumber, span: Span) -> Result {
    let shown = column_name(run, table, column);
    if run.catalog.column(Address::column(table, column)).is_some_and(|column| column.identity.is_some()) {
        let message = format!("column \"{shown}\" of relation \"{}\" is an identity column", table_name(run, table));
        return Err(Stop::fails("55000", message, span));
    }
    let is_key = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::PrimaryKey(_)) && constraint.columns.contains(&column);
    if run.catalog.constraints(table).any(|(_, constraint)| is_key(constraint)) {
        return Err(Stop::fails("42P16", format!("column \"{shown}\" is in a primary key"), span));
    }
    if let Some(ReplicaIdentity::Index(index)) = run.catalog.relation(table).map(|relation| relation.replica_identity)
        && let Some(index) = run.catalog.relation(index).and_then(|relation| relation.index())
        && index.columns().any(|indexed| indexed == Some(column))
    {
        return Err(Stop::fails("42P16", format!("column \"{shown}\" is in index used as replica identity"), span));
    }
    Ok(())
}

/// Merges the constraints of a parent with those of a table that becomes its child (`MergeConstraintsIntoExisting`).
///
/// # Errors
/// 42P17 for one that is NO INHERIT or NOT VALID where the parent's is not.
pub(in crate::catalog::apply) fn inherit_not_null(run: &mut Run<'_>, table: Oid, above: Oid, span: Span) -> Result {
    let of_parent: Vec<Constraint> = inheritable(run, above).into_iter().map(|(_, constraint)| constraint).collect();
    let is_partition = is_partitioned(run, above);
    for constraint in of_parent {
        let Some(column) = constraint.columns.first().map(|column| column_name(run, above, *column)) else { continue };
        let Some(number) = column_number(run, table, &column, span)? else { continue };
        let Some((oid, existing)) = not_null_of(run, table, number) else { continue };
        let conflict = match (existing.no_inherit, constraint.validated && !existing.validated) {
            (true, _) => Some("non-inherited"),
            (false, true) => Some("NOT VALID"),
            (false, false) => None,
        };
        if let Some(kind) = conflict {
            let name = run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
            let message = format!("constraint \"{name}\" conflicts with {kind} constraint on child table \"{}\"", table_name(run, table));
            return Err(Stop::fails("42P17", message, span));
        }
        change(run, oid, |constraint| {
            constraint.inherited += 1;
            constraint.local &= !is_partition;
        });
    }
    Ok(())
}

/// The constraints of a table that its children have too.
pub(in crate::catalog::apply) fn inheritable(run: &Run<'_>, table: Oid) -> Vec<(Name, Constraint)> {
    let is_it = |constraint: &Constraint| constraint.kind == ConstraintKind::NotNull && !constraint.no_inherit;
    let found = run.catalog.constraints(table).filter(|(_, constraint)| is_it(constraint));
    found.filter_map(|(oid, constraint)| Some((Name::clone(&run.catalog.get(oid)?.name), constraint.clone()))).collect()
}

/// Takes a parent's part away from the constraints of a table that is no longer its child.
pub(in crate::catalog::apply) fn disinherit_not_null(run: &mut Run<'_>, table: Oid, above: Oid) {
    for (_, constraint) in inheritable(run, above) {
        let Some(column) = constraint.columns.first().map(|column| column_name(run, above, *column)) else { continue };
        let number = run.catalog.relation(table).and_then(|relation| relation.column(&column)).map(|column| column.number);
        let Some((oid, existing)) = number.and_then(|number| not_null_of(run, table, number)) else { continue };
        if existing.inherited > 0 {
            change(run, oid, |constraint| {
                constraint.inherited -= 1;
                constraint.local |= constraint.inherited == 0;
            });
        }
    }
}
