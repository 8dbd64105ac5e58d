//! NOT NULL: a property of a column, and since PostgreSQL 18 a constraint with a name too.

use super::{Recursion, Request, chosen_name, column_number, expect_new, store, table_name};
use crate::catalog::apply::{Statement, known};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Oid};
use crate::syntax::tree::{AttributeKind, Ident};
use crate::text::Span;

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
    if let Some(written) = &written {
        expect_new(run, table, written, request.span)?;
    }
    let not_valid = request.attributes.find(AttributeKind::NotValid).is_some();
    set(run, table, number, written, if not_valid { Rows::Unchecked } else { Rows::Checked }, recursion, request.span)
}

/// Makes a column NOT NULL, in the tables below too.
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
    set(run, table, column, None, Rows::Checked, recursion, span)
}

/// Whether rows are checked: not so with NOT VALID.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Checked,
    Unchecked,
}

fn set(run: &mut Run<'_>, table: Oid, column: ColumnNumber, name: Option<Name>, rows: Rows, recursion: Recursion, span: Span) -> Result {
    let Some(before) = run.catalog.column(Address::column(table, column)) else { return Ok(()) };
    let (was, column_name) = (before.not_null, Name::clone(&before.name));
    if !was {
        if rows == Rows::Checked {
            known::expect_not_null(run, table, column, span)?;
        }
        run.catalog.update_column(Address::column(table, column), |column| column.not_null = true);
    }
    record(run, table, column, name, rows == Rows::Checked);
    if recursion == Recursion::Whole {
        for child in super::children(run, table) {
            if let Some(number) = column_number(run, child, &column_name, span)? {
                set(run, child, number, None, rows, recursion, span)?;
            }
        }
    }
    Ok(())
}

/// Makes the constraint of a column that is NOT NULL, where PostgreSQL has one.
fn record(run: &mut Run<'_>, table: Oid, column: ColumnNumber, name: Option<Name>, validated: bool) {
    if run.world.target.major() < 18 {
        return;
    }
    let is_there = run
        .catalog
        .constraints(table)
        .any(|(_, constraint)| matches!(constraint.kind, ConstraintKind::NotNull) && constraint.columns == [column]);
    if !is_there {
        let name = name.unwrap_or_else(|| chosen_name(run, table, &[column], "not_null"));
        store(run, table, name, Constraint { validated, ..Constraint::new(ConstraintKind::NotNull, vec![column]) });
    }
}

/// Records NOT NULL of a column of a new table, under a name if it has one.
pub(in crate::catalog::apply) fn record_not_null(run: &mut Run<'_>, table: Oid, column: ColumnNumber, name: Option<Name>) {
    record(run, table, column, name, true);
}
