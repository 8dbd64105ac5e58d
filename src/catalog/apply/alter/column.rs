//! ALTER COLUMN, but for the column's type and identity.

use super::{Context, family, find_column, identity, name_of, named};
use crate::catalog::Oid;
use crate::catalog::apply::constraint::{Recursion, is_constraint, is_virtual, not_null_of, remove_not_null, set_not_null};
use crate::catalog::apply::table::column as definition;
use crate::catalog::apply::{known, storage};
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, Generated, ReplicaIdentity};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::syntax::tree::{ColumnChange, ColumnRef, Expr, Guard, Ident, Setting, SettingVerb};
use crate::text::Span;
use std::sync::Arc;

pub(super) fn change(run: &mut Run<'_>, cx: Context<'_>, column: ColumnRef, change: &ColumnChange, span: Span) -> Result {
    let text = cx.text();
    if let (ColumnChange::SetStatistics(number), Some(relation)) = (change, run.catalog.relation(cx.table))
        && relation.index().is_some()
    {
        return Err(Stop::unknown("statistics of an index's columns are not followed", *number));
    }
    let name = named(column)?;
    match change {
        ColumnChange::SetDefault(expression) => set_default(run, cx, name, Some(*expression), span),
        ColumnChange::DropDefault => set_default(run, cx, name, None, span),
        ColumnChange::SetNotNull => not_null(run, cx, name, span),
        ColumnChange::DropNotNull => drop_not_null(run, cx, name, span),
        ColumnChange::SetType(_) => Ok(()),
        ColumnChange::SetExpression(expression) => set_expression(run, cx, name, *expression, span),
        ColumnChange::DropExpression(guard) => drop_expression(run, cx, name, *guard),
        ColumnChange::SetStatistics(number) => {
            let target = statistics(text, *number)?;
            let address = find_column(run, cx.table, text, name)?;
            if is_virtual(run, address.object, address.column) {
                let message = format!("cannot alter statistics on virtual generated column \"{}\"", name.value(text));
                return Err(Stop::fails("0A000", message, name.span));
            }
            each(run, cx, name, |column| column.statistics = target)
        }
        ColumnChange::SetOptions(settings) => set_options(run, cx, name, settings),
        ColumnChange::ResetOptions(settings) => {
            let names: Vec<String> = settings.iter().map(|setting| setting.name.value(text).into_owned()).collect();
            each(run, cx, name, |column| column.options.retain(|option, _| !names.iter().any(|name| **name == **option)))
        }
        ColumnChange::SetStorage(word) => {
            let address = find_column(run, cx.table, text, name)?;
            let Some(column) = run.catalog.column(address).cloned() else { return Ok(()) };
            let storage = definition::storage_word(run, text, &column, *word)?;
            each(run, cx, name, |column| column.storage = storage.clone())
        }
        ColumnChange::SetCompression(word) => set_compression(run, cx, name, *word),
        ColumnChange::AddIdentity(added) => identity::add(run, cx, name, added, span),
        ColumnChange::SetIdentity(changes) => identity::set(run, cx, name, changes, span),
        ColumnChange::DropIdentity(guard) => identity::drop_identity(run, cx, name, *guard, span),
        ColumnChange::Options(settings) => {
            let address = find_column(run, cx.table, text, name)?;
            let mut options = run.catalog.column(address).map(|column| column.options.clone()).unwrap_or_default();
            change_options(text, &mut options, settings)?;
            run.catalog.update_column(address, |column| column.options = options);
            Ok(())
        }
    }
}

/// Changes a column in the table and in those below it.
fn each(run: &mut Run<'_>, cx: Context<'_>, name: Ident, change: impl Fn(&mut crate::catalog::model::Column)) -> Result {
    for table in family(run, cx) {
        let address = find_column(run, table, cx.text(), name)?;
        run.catalog.update_column(address, &change);
    }
    Ok(())
}

/// SET DEFAULT and DROP DEFAULT (`ATExecColumnDefault`).
fn set_default(run: &mut Run<'_>, cx: Context<'_>, name: Ident, expression: Option<Expr>, span: Span) -> Result {
    for table in family(run, cx) {
        let address = find_column(run, table, cx.text(), name)?;
        let Some(column) = run.catalog.column(address) else { continue };
        let what = match (column.identity.is_some(), column.generated.is_some()) {
            (true, _) => Some("an identity"),
            (_, true) => Some("a generated"),
            _ => None,
        };
        if let Some(what) = what {
            let message = format!("column \"{}\" of relation \"{}\" is {what} column", column.name, name_of(run, table));
            return Err(Stop::fails("42601", message, name.span));
        }
        let before = column.default;
        let stored = match expression {
            Some(expression) => definition::default_expression(run, cx.text(), table, address.column, expression)?,
            None => None,
        };
        match stored {
            Some(stored) => drop(definition::set_default(run, table, address.column, stored)),
            None => {
                if let Some(before) = before {
                    deletion::delete(run, &[before.into()], Behavior::Restrict, span)?;
                }
            }
        }
    }
    Ok(())
}

/// SET NOT NULL (`ATExecSetNotNull`).
fn not_null(run: &mut Run<'_>, cx: Context<'_>, name: Ident, span: Span) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    let is_partitioned = run.catalog.relation(cx.table).is_some_and(|relation| relation.partitioned.is_some());
    if cx.recursion == Recursion::Only && is_partitioned && !is_constraint(run.world.target) {
        let value = name.value(cx.text());
        let is_nullable = |child: &Oid| {
            let column = run.catalog.relation(*child).and_then(|relation| relation.column(&value));
            column.is_some_and(|column| !column.not_null)
        };
        if run.catalog.children(cx.table).iter().any(is_nullable) {
            return Err(Stop::fails("42P16", "constraint must be added to child tables too", span));
        }
    }
    set_not_null(run, cx.table, address.column, cx.recursion, span)
}

/// DROP NOT NULL (`ATExecDropNotNull`).
fn drop_not_null(run: &mut Run<'_>, cx: Context<'_>, name: Ident, span: Span) -> Result {
    if is_constraint(run.world.target) {
        return drop_constraint_of(run, cx, name, span);
    }
    let is_partitioned = run.catalog.relation(cx.table).is_some_and(|relation| relation.partitioned.is_some());
    if cx.recursion == Recursion::Only && is_partitioned && !run.catalog.children(cx.table).is_empty() {
        let message = "cannot remove constraint from only the partitioned table when partitions exist";
        return Err(Stop::fails("42P16", message, span));
    }
    for table in family(run, cx) {
        let address = find_column(run, table, cx.text(), name)?;
        let Some(column) = run.catalog.column(address) else { continue };
        if !column.not_null {
            continue;
        }
        let shown = Name::clone(&column.name);
        if column.identity.is_some() {
            let message = format!("column \"{shown}\" of relation \"{}\" is an identity column", name_of(run, table));
            return Err(Stop::fails("42601", message, name.span));
        }
        let is_key = run.catalog.constraints(table).any(|(_, constraint)| {
            matches!(constraint.kind, ConstraintKind::PrimaryKey(_)) && constraint.columns.contains(&address.column)
        });
        if is_key {
            return Err(Stop::fails("42P16", format!("column \"{shown}\" is in a primary key"), name.span));
        }
        if let Some(ReplicaIdentity::Index(index)) = run.catalog.relation(table).map(|relation| relation.replica_identity)
            && let Some(index) = run.catalog.relation(index).and_then(|relation| relation.index())
            && index.columns().any(|indexed| indexed == Some(address.column))
        {
            return Err(Stop::fails("42P16", format!("column \"{shown}\" is in index used as replica identity"), name.span));
        }
        if table == cx.table {
            expect_nullable_above(run, table, &shown, name.span)?;
        }
        run.catalog.update_column(address, |column| column.not_null = false);
    }
    Ok(())
}

/// A partition's column is NOT NULL as long as its table's is.
fn expect_nullable_above(run: &Run<'_>, table: Oid, column: &str, span: Span) -> Result {
    if let Some(relation) = run.catalog.relation(table)
        && relation.partition_bound.is_some()
        && let Some(parent) = relation.parents.first().and_then(|parent| run.catalog.relation(*parent))
        && parent.column(column).is_some_and(|column| column.not_null)
    {
        return Err(Stop::fails("42P16", format!("column \"{column}\" is marked NOT NULL in parent table"), span));
    }
    Ok(())
}

/// DROP NOT NULL where that is a constraint: since version 18.
fn drop_constraint_of(run: &mut Run<'_>, cx: Context<'_>, name: Ident, span: Span) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    let Some(column) = run.catalog.column(address).filter(|column| column.not_null) else { return Ok(()) };
    let shown = Name::clone(&column.name);
    if column.identity.is_some() {
        let message = format!("column \"{shown}\" of relation \"{}\" is an identity column", name_of(run, cx.table));
        return Err(Stop::fails("42601", message, name.span));
    }
    expect_nullable_above(run, cx.table, &shown, name.span)?;
    match not_null_of(run, cx.table, address.column) {
        Some((oid, _)) => remove_not_null(run, cx.table, oid, cx.recursion, span),
        None => {
            run.catalog.update_column(address, |column| column.not_null = false);
            Ok(())
        }
    }
}

/// SET EXPRESSION, since version 17; the rows get other values.
fn set_expression(run: &mut Run<'_>, cx: Context<'_>, name: Ident, expression: Expr, span: Span) -> Result {
    for table in family(run, cx) {
        let address = find_column(run, table, cx.text(), name)?;
        let Some(column) = run.catalog.column(address).cloned() else { continue };
        if column.generated.is_none() {
            let message = format!("column \"{}\" of relation \"{}\" is not a generated column", column.name, name_of(run, table));
            return Err(Stop::fails("55000", message, name.span));
        }
        let scope = Scope::of(name_of(run, table), table, Place::Generated);
        let stored = match &column.ty {
            Some(ty) => analysis::expression_as(run, cx.text(), expression.span, &scope, ty)?,
            None => analysis::expression(run, cx.text(), expression.span, &scope)?,
        };
        let is_held = run.catalog.constraints(table).any(|(_, constraint)| constraint.columns.contains(&address.column));
        if is_held {
            known::condition(run, table, "23514", "has rows whose new values violate a constraint", span);
            known::expect_no_rows(run, table, 0, "fulfil its constraints with their new values", span)?;
        }
        definition::set_default(run, table, address.column, stored);
    }
    // What is only inherited is dropped, to be made again where the parent's constraint is (`ATPostAlterTypeCleanup`), which it is not here.
    let Some(column) = run.catalog.relation(cx.table).and_then(|table| table.column(&name.value(cx.text()))).map(|column| column.number)
    else {
        return Ok(());
    };
    let inherited = run.catalog.constraints(cx.table).filter(|(_, constraint)| {
        !constraint.local && matches!(constraint.kind, ConstraintKind::Check(_)) && constraint.columns.contains(&column)
    });
    let inherited: Vec<Oid> = inherited.map(|(oid, _)| oid).collect();
    for oid in inherited {
        run.catalog.remove(oid);
    }
    Ok(())
}

/// What stands in the way of DROP EXPRESSION, which is looked at before anything is done (`ATPrepDropExpression`).
pub(super) fn expect_own_expression(run: &mut Run<'_>, cx: Context<'_>, column: ColumnRef, span: Span) -> Result {
    if cx.recursion == Recursion::Only && !run.catalog.children(cx.table).is_empty() {
        return Err(Stop::fails("0A000", "ALTER TABLE / DROP EXPRESSION must be applied to child tables too", span));
    }
    let address = find_column(run, cx.table, cx.text(), named(column)?)?;
    if run.catalog.column(address).is_some_and(|column| column.inherited > 0) {
        return Err(Stop::fails("42P16", "cannot drop generation expression from inherited column", span));
    }
    Ok(())
}

/// DROP EXPRESSION (`ATExecDropExpression`): the column keeps its values.
fn drop_expression(run: &mut Run<'_>, cx: Context<'_>, name: Ident, guard: Guard) -> Result {
    let value = name.value(cx.text());
    for table in family(run, cx) {
        let address = find_column(run, table, cx.text(), name)?;
        let Some(column) = run.catalog.column(address).cloned() else { continue };
        match column.generated {
            Some(Generated::Virtual) => {
                let message = "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns";
                return Err(Stop::fails("0A000", message, name.span));
            }
            Some(Generated::Stored) => {
                run.catalog.update_column(address, |column| {
                    column.generated = None;
                    column.default = None;
                });
                if let Some(default) = column.default {
                    run.catalog.remove(default);
                }
                let of_own: Vec<_> = run.catalog.dependencies_of(address).filter(|(on, _)| on.object == table && on.column != 0).collect();
                for (on, kind) in of_own {
                    run.catalog.unlink(address, on, kind);
                }
            }
            None if guard.is_written() => {}
            None => {
                let message = format!("column \"{value}\" of relation \"{}\" is not a stored generated column", name_of(run, table));
                let sqlstate = if run.catalog.get(table).is_some() { "55000" } else { "42703" };
                return Err(Stop::fails(sqlstate, message, name.span));
            }
        }
    }
    Ok(())
}

fn statistics(text: &str, span: Span) -> Result<Option<i32>> {
    let written: String = text[span].split_whitespace().collect();
    if written.eq_ignore_ascii_case("default") || written == "-1" {
        return Ok(None);
    }
    let number: i64 = written.replace('_', "").parse().unwrap_or(i64::MAX);
    if number < 0 {
        return Err(Stop::fails("22023", format!("statistics target {number} is too low"), span));
    }
    Ok(Some(i32::try_from(number.min(10_000)).unwrap_or(10_000)))
}

fn set_options(run: &mut Run<'_>, cx: Context<'_>, name: Ident, settings: &[Setting]) -> Result {
    let text = cx.text();
    let mut options = Vec::with_capacity(settings.len());
    for setting in settings {
        let option = setting.name.value(text);
        if !matches!(&*option, "n_distinct" | "n_distinct_inherited") {
            return Err(Stop::fails("22023", format!("unrecognized parameter \"{option}\""), setting.span));
        }
        let value = setting.value.as_ref().map_or_else(|| Arc::from("true"), |value| storage::setting_text(text, value));
        match value.parse::<f64>() {
            Ok(number) if number >= -1.0 => {}
            Ok(_) => return Err(Stop::fails("22023", format!("value {value} out of bounds for option \"{option}\""), setting.span)),
            Err(_) => {
                let message = format!("invalid value for floating point option \"{option}\": {value}");
                return Err(Stop::fails("22023", message, setting.span));
            }
        }
        options.push((Arc::<str>::from(&*option), value));
    }
    each(run, cx, name, |column| column.options.extend(options.iter().cloned()))
}

fn set_compression(run: &mut Run<'_>, cx: Context<'_>, name: Ident, word: Ident) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    let compression = definition::compression_word(cx.text(), word)?;
    let ty = run.catalog.column(address).and_then(|column| column.ty.clone());
    if let Some(ty) = ty
        && compression.is_some()
        && let crate::catalog::model::TypeId::BuiltIn(of) = ty.id
        && !ty.array
        && crate::postgres::facts::system().type_named(of, run.world.target).is_some_and(|fact| fact.length >= 0)
    {
        let shown = crate::catalog::types::format_type(&run.catalog, &ty.bare());
        return Err(Stop::fails("0A000", format!("column data type {shown} does not support compression"), word.span));
    }
    each(run, cx, name, |column| column.compression = compression.clone())
}

/// ADD, SET and DROP of options (`transformGenericOptions`).
///
/// # Errors
/// 42710 for one that is there, 42704 for one that is not.
pub(super) fn change_options(text: &str, options: &mut crate::catalog::model::Options, settings: &[Setting]) -> Result {
    for setting in settings {
        let name = setting.name.value(text);
        let value = setting.value.as_ref().map_or_else(|| Arc::from(""), |value| storage::setting_text(text, value));
        let is_there = options.contains_key(&*name);
        match setting.verb {
            Some(SettingVerb::Drop | SettingVerb::Set) if !is_there => {
                return Err(Stop::fails("42704", format!("option \"{name}\" not found"), setting.span));
            }
            None | Some(SettingVerb::Add) if is_there => {
                return Err(Stop::fails("42710", format!("option \"{name}\" provided more than once"), setting.span));
            }
            Some(SettingVerb::Drop) => drop(options.remove(&*name)),
            _ => drop(options.insert(Arc::from(&*name), value)),
        }
    }
    Ok(())
}
