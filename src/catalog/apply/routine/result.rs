//! Whether what the last statement of a function in SQL gives is what the function is declared to give (`check_sql_fn_retval`).
//!
//! From version 13 on what is given is cast as in assignment; before, its bytes had to be those of the declared type.

use crate::catalog::expression::analysis::Output;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Relation, RelationKind, Routine, RoutineKind, TypeId, TypeUse};
use crate::catalog::run::Run;
use crate::catalog::types::format_type;
use crate::catalog::typing::{Context, Fit, base_type, coercion};
use crate::text::Span;

use super::arguments::{comes_out, is_polymorphic};

/// Checks what a last statement gives: whether it is one that gives rows, and which, if that can be told.
pub(super) fn check_last(run: &Run<'_>, routine: &Routine, gives_rows: bool, outputs: Option<&[Output]>, span: Span) -> Result {
    let Some(declared) = declared(routine) else { return Ok(()) };
    if !gives_rows {
        return Err(mismatch(run, &declared, span));
    }
    check(run, routine, outputs, span)
}

/// What a function gives; none if that is nothing.
fn declared(routine: &Routine) -> Option<TypeUse> {
    let ty = routine.returns.clone()?;
    let is_nothing = ty.id == TypeId::BuiltIn("void") || is_polymorphic(&ty);
    (!is_nothing).then_some(ty)
}

fn mismatch(run: &Run<'_>, declared: &TypeUse, span: Span) -> Stop {
    let shown = format_type(&run.catalog, &declared.bare());
    Stop::fails("42P13", format!("return type mismatch in function declared to return {shown}"), span)
}

/// Checks the columns that are given; none if they can't be told.
pub(super) fn check(run: &Run<'_>, routine: &Routine, outputs: Option<&[Output]>, span: Span) -> Result {
    let (Some(declared), Some(outputs)) = (declared(routine), outputs) else { return Ok(()) };
    let Some(columns) = columns(run, routine, &declared) else {
        let [output] = outputs else { return Err(mismatch(run, &declared, span)) };
        return match fits(run, output.ty.as_ref(), &declared) {
            Some(false) => Err(mismatch(run, &declared, span)),
            _ => Ok(()),
        };
    };
    // One column may be the whole row.
    if let [output] = outputs
        && routine.kind != RoutineKind::Procedure
    {
        match fits(run, output.ty.as_ref(), &declared) {
            Some(true) | None => return Ok(()),
            Some(false) => {}
        }
    }
    let Some(columns) = columns else { return Ok(()) };
    if columns.len() != outputs.len() {
        return Err(mismatch(run, &declared, span));
    }
    for (output, column) in outputs.iter().zip(&columns) {
        if let Some(column) = column
            && fits(run, output.ty.as_ref(), column) == Some(false)
        {
            return Err(mismatch(run, &declared, span));
        }
    }
    Ok(())
}

/// The types of a row's columns.
type Row = Vec<Option<TypeUse>>;

/// The columns of what is declared: none if it is no row, `Some(None)` if its columns can't be told or any will do.
fn columns(run: &Run<'_>, routine: &Routine, declared: &TypeUse) -> Option<Option<Row>> {
    if declared.array {
        return None;
    }
    let base = base_type(&run.catalog, declared)?;
    match base.id {
        TypeId::BuiltIn("record") => {
            let out = routine.arguments.iter().filter(|argument| comes_out(argument.mode));
            let row: Row = out.map(|argument| argument.ty.clone()).collect();
            Some((!row.is_empty()).then_some(row))
        }
        TypeId::BuiltIn(_) => None,
        TypeId::User(oid) if !base.array => {
            let relation = run.catalog.relation(oid)?;
            Some(row_of(relation))
        }
        TypeId::User(_) => None,
    }
}

fn row_of(relation: &Relation) -> Option<Row> {
    let known = relation.columns_known && !matches!(relation.kind, RelationKind::Unknown);
    known.then(|| relation.columns.iter().map(|column| column.ty.clone()).collect())
}

/// Whether a value of that type becomes one of the declared type; none if that can't be told.
fn fits(run: &Run<'_>, ty: Option<&TypeUse>, declared: &TypeUse) -> Option<bool> {
    let found = coercion(&run.catalog, run.world.target, ty?, declared, Context::Assignment);
    match found {
        Fit::Same => Some(true),
        Fit::Converted | Fit::Spelled => Some(run.world.target.major() >= 13),
        Fit::None => Some(false),
        Fit::Untold => None,
    }
}
