//! INHERIT, NO INHERIT, OF, NOT OF (`ATExecAddInherit`, `ATExecDropInherit`, `ATExecAddOf`).

use super::{Context, name_of};
use crate::catalog::apply::constraint::{disinherit_not_null, inherit_check, inherit_not_null, not_null_of};
use crate::catalog::apply::table::composite;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind, RelationKind};
use crate::catalog::object::{Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree;
use crate::text::Span;

/// Expects a table that may get and lose parents.
fn expect_plain(run: &Run<'_>, table: Oid, span: Span) -> Result {
    let Some(relation) = run.catalog.relation(table) else { return Ok(()) };
    let of = match relation {
        relation if relation.of_type.is_some() => "typed table",
        relation if relation.partition_bound.is_some() => "a partition",
        relation if relation.partitioned.is_some() => "partitioned table",
        _ => return Ok(()),
    };
    Err(Stop::fails("42809", format!("cannot change inheritance of {of}"), span))
}

pub(super) fn inherit(run: &mut Run<'_>, cx: Context<'_>, parent: tree::Name) -> Result {
    let span = parent.span();
    expect_plain(run, cx.table, span)?;
    let above = run.relation(cx.text(), parent)?;
    let (child, shown) = (name_of(run, cx.table), name_of(run, above));
    let Some(relation) = run.catalog.relation(above).cloned() else { return Ok(()) };
    let refuse = |sqlstate, message: String| Err(Stop::fails(sqlstate, message, span));
    if !relation.is_table() && relation.kind != RelationKind::Unknown {
        return refuse("42809", format!("ALTER action INHERIT cannot be performed on relation \"{shown}\""));
    }
    if relation.partitioned.is_some() {
        return refuse("42809", format!("cannot inherit from partitioned table \"{shown}\""));
    }
    if relation.partition_bound.is_some() {
        return refuse("42809", "cannot inherit from a partition".to_owned());
    }
    if above == cx.table || is_below(run, above, cx.table) {
        return refuse("42P07", "circular inheritance not allowed".to_owned());
    }
    let Some(own) = run.catalog.relation(cx.table).cloned() else { return Ok(()) };
    if own.parents.contains(&above) {
        return refuse("42P07", format!("relation \"{shown}\" would be inherited from more than once"));
    }
    if !relation.columns_known || !own.columns_known {
        return Err(Stop::unknown("which columns these tables have is not known", span));
    }
    merge_columns(run, cx.table, above, &child, span)?;
    merge_constraints(run, cx.table, above, span)?;
    run.catalog.update_relation(cx.table, |relation| relation.parents.push(above));
    run.catalog.link(cx.table, above, Dependency::Normal);
    Ok(())
}

/// Whether `table` is below `above`.
pub(super) fn is_below(run: &Run<'_>, table: Oid, above: Oid) -> bool {
    run.catalog.children(above).into_iter().any(|child| child == table || is_below(run, table, child))
}

/// Expects a child to have all columns of its parent, and counts them as inherited (`MergeAttributesIntoExisting`).
pub(super) fn merge_columns(run: &mut Run<'_>, table: Oid, above: Oid, child: &Name, span: Span) -> Result {
    let columns = run.catalog.relation(above).map(|relation| relation.columns.clone()).unwrap_or_default();
    for column in columns {
        let refuse = |message: String| Err(Stop::fails("42804", message, span));
        let Some(own) = run.catalog.relation(table).and_then(|relation| relation.column(&column.name)).cloned() else {
            return refuse(format!("child table is missing column \"{}\"", column.name));
        };
        if matches!((&own.ty, &column.ty), (Some(a), Some(b)) if a != b) {
            return refuse(format!("child table \"{child}\" has different type for column \"{}\"", column.name));
        }
        if own.collation != column.collation {
            let message = format!("child table \"{child}\" has different collation for column \"{}\"", column.name);
            return Err(Stop::fails("42P21", message, span));
        }
        let asks = not_null_of(run, above, column.number).is_none_or(|(_, constraint)| !constraint.no_inherit);
        if column.not_null && asks && !own.not_null {
            return refuse(format!("column \"{}\" in child table must be marked NOT NULL", column.name));
        }
        if column.generated.is_some() != own.generated.is_some() {
            let verb = if column.generated.is_some() { "must be" } else { "must not be" };
            return refuse(format!("column \"{}\" in child table {verb} a generated column", column.name));
        }
        run.catalog.update_column(Address::column(table, own.number), |column| column.inherited += 1);
    }
    Ok(())
}

/// Expects a child to have all constraints of its parent that are inherited (`MergeConstraintsIntoExisting`).
pub(super) fn merge_constraints(run: &mut Run<'_>, table: Oid, above: Oid, span: Span) -> Result {
    let constraints: Vec<(Oid, Name)> =
        run.catalog.parts(above, Class::Constraint).map(|(oid, object)| (oid, Name::clone(&object.name))).collect();
    for (oid, name) in constraints {
        let Some(constraint) = run.catalog.get(oid).and_then(Object::constraint).cloned() else { continue };
        if !matches!(constraint.kind, ConstraintKind::Check(_)) || constraint.no_inherit {
            continue;
        }
        if run.catalog.part(table, Class::Constraint, &name).is_none() {
            return Err(Stop::fails("42804", format!("child table is missing constraint \"{name}\""), span));
        }
        let only = crate::catalog::apply::constraint::Recursion::Only;
        inherit_check(run, above, table, &name, &constraint, only, span)?;
    }
    inherit_not_null(run, table, above, span)
}

pub(super) fn no_inherit(run: &mut Run<'_>, cx: Context<'_>, parent: tree::Name) -> Result {
    let span = parent.span();
    expect_partition_free(run, cx.table, span)?;
    let above = run.relation(cx.text(), parent)?;
    let is_parent = run.catalog.relation(cx.table).is_some_and(|relation| relation.parents.contains(&above));
    if !is_parent {
        let message = format!("relation \"{}\" is not a parent of relation \"{}\"", name_of(run, above), name_of(run, cx.table));
        return Err(Stop::fails("42P01", message, span));
    }
    part(run, cx.table, above, Dependency::Normal);
    Ok(())
}

fn expect_partition_free(run: &Run<'_>, table: Oid, span: Span) -> Result {
    if run.catalog.relation(table).is_some_and(|relation| relation.partition_bound.is_some()) {
        return Err(Stop::fails("42809", "cannot change inheritance of a partition", span));
    }
    Ok(())
}

/// Ends what makes a table a child of another (`RemoveInheritance`).
pub(super) fn part(run: &mut Run<'_>, table: Oid, above: Oid, kind: Dependency) {
    let columns: Vec<Name> = run
        .catalog
        .relation(above)
        .map(|relation| relation.columns.iter().map(|column| Name::clone(&column.name)).collect())
        .unwrap_or_default();
    let checks: Vec<Name> = run
        .catalog
        .parts(above, Class::Constraint)
        .filter(|(_, object)| object.constraint().is_some_and(|constraint| matches!(constraint.kind, ConstraintKind::Check(_))))
        .map(|(_, object)| Name::clone(&object.name))
        .collect();
    disinherit_not_null(run, table, above);
    run.catalog.update_relation(table, |relation| {
        relation.parents.retain(|parent| *parent != above);
        for column in relation.columns.iter_mut().filter(|column| column.inherited > 0 && columns.contains(&column.name)) {
            column.inherited -= 1;
            column.local |= column.inherited == 0;
        }
    });
    let own: Vec<Oid> = run
        .catalog
        .parts(table, Class::Constraint)
        .filter(|(_, object)| {
            let is_check = |constraint: &Constraint| matches!(constraint.kind, ConstraintKind::Check(_)) && constraint.parent.is_none();
            checks.contains(&object.name) && object.constraint().is_some_and(|constraint| constraint.inherited > 0 && is_check(constraint))
        })
        .map(|(oid, _)| oid)
        .collect();
    for oid in own {
        run.catalog.update(oid, |object| {
            if let Some(constraint) = object.constraint_mut() {
                constraint.inherited -= 1;
                constraint.local |= constraint.inherited == 0;
            }
        });
    }
    run.catalog.unlink(Address::whole(table), Address::whole(above), kind);
}

pub(super) fn not_of(run: &mut Run<'_>, cx: Context<'_>, span: Span) -> Result {
    let Some(of) = run.catalog.relation(cx.table).and_then(|relation| relation.of_type) else {
        return Err(Stop::fails("42809", format!("\"{}\" is not a typed table", name_of(run, cx.table)), span));
    };
    run.catalog.update_relation(cx.table, |relation| relation.of_type = None);
    run.catalog.unlink(Address::whole(cx.table), Address::whole(of), Dependency::Normal);
    Ok(())
}

/// `OF type` (`ATExecAddOf`)
pub(super) fn of(run: &mut Run<'_>, cx: Context<'_>, name: tree::Name) -> Result {
    let ty = composite(run, cx.statement, name)?;
    let span = name.span();
    let (Some(table), Some(wanted)) = (run.catalog.relation(cx.table), run.catalog.relation(ty)) else { return Ok(()) };
    if !table.parents.is_empty() {
        return Err(Stop::fails("42809", "typed tables cannot inherit", span));
    }
    if !table.columns_known || !wanted.columns_known {
        return Err(Stop::unknown("which columns these have can't be told", span));
    }
    let refuse = |message: String| Err(Stop::fails("42804", message, span));
    let mut own = table.columns.iter();
    for attribute in &wanted.columns {
        let Some(column) = own.next() else { return refuse(format!("table is missing column \"{}\"", attribute.name)) };
        if column.name != attribute.name {
            return refuse(format!("table has column \"{}\" where type requires \"{}\"", column.name, attribute.name));
        }
        if column.ty != attribute.ty || column.collation != attribute.collation {
            return refuse(format!("table \"{}\" has different type for column \"{}\"", name_of(run, cx.table), attribute.name));
        }
    }
    if let Some(extra) = own.next() {
        return refuse(format!("table has extra column \"{}\"", extra.name));
    }
    if let Some(before) = table.of_type {
        run.catalog.unlink(Address::whole(cx.table), Address::whole(before), Dependency::Normal);
    }
    run.catalog.update_relation(cx.table, |relation| relation.of_type = Some(ty));
    run.catalog.link(cx.table, ty, Dependency::Normal);
    Ok(())
}
