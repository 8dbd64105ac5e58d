//! Rows that are there when a column comes, or gets another type: what they hold in it then.

use std::rc::Rc;
use std::sync::Arc;

use super::table::{self, keep, rows};
use crate::catalog::Address;
use crate::catalog::evaluate::check::head_of;
use crate::catalog::evaluate::{Cast, Evaluator, cast};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::TypeUse;
use crate::catalog::rows::{Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::Expression;
use crate::text::Span;

/// Gives the rows that are there the value of a new column: its default, what it is generated from, or null.
///
/// # Errors
/// 23502 if it may not be null and is; what its expression raises.
pub(in crate::catalog::apply) fn fill_column(run: &mut Run<'_>, address: Address, span: Span) -> Result {
    let Ok(existing) = rows(run, address.object) else { return Ok(()) };
    let name = run.catalog.get(address.object).map(|object| object.name.clone()).unwrap_or_default();
    let target = table::of(run, address.object, name.clone(), span)?;
    let Some(column) = target.column(address.column).cloned() else { return Ok(()) };
    let mut filled = imbl::Vector::new();
    for row in &existing {
        let mut values = (**row).clone();
        match column.generated {
            Some(_) => target.generate(run, &mut values)?,
            None => {
                let value = target.default(run, &column).map_err(|stop| stop.at(span))?;
                values.insert(column.number, value);
            }
        }
        match values.get(&column.number) {
            None | Some(Value::Null) if column.not_null => {
                let message = format!("column \"{}\" of relation \"{name}\" contains null values", column.name);
                return Err(Stop::fails("23502", message, span));
            }
            Some(Value::Unknown) if column.not_null => {
                let reason = format!("the value of \"{}\" in the rows that are there can't be told", column.name);
                return Err(Stop::unknown(reason, span));
            }
            _ => {}
        }
        filled.push_back(Arc::new(values));
    }
    keep(run, address.object, filled);
    Ok(())
}

/// Gives the rows that are there values of a column's new type: what USING says, or else what a cast makes of the old ones.
///
/// # Errors
/// What the expression or the cast raises.
pub(in crate::catalog::apply) fn convert_column(
    run: &mut Run<'_>,
    address: Address,
    after: &TypeUse,
    using: Option<&Expression>,
    span: Span,
) -> Result {
    let Ok(existing) = rows(run, address.object) else { return Ok(()) };
    let Some(object) = run.catalog.get(address.object) else { return Ok(()) };
    let Some(relation) = object.relation() else { return Ok(()) };
    let head = head_of(&object.name, relation);
    let bound: Vec<Rc<[Value]>> = existing.iter().map(|row| crate::catalog::evaluate::check::values_of(relation, row)).collect();
    let mut converted = imbl::Vector::new();
    for (row, values) in existing.iter().zip(bound) {
        let value = match using {
            Some(using) => Evaluator::new(run).value_in(&[(Rc::clone(&head), values)], using).map_err(|stop| stop.at(span))?,
            None => row.get(&address.column).cloned().unwrap_or(Value::Null),
        };
        let value = cast(run, value, after, Cast::Assignment).map_err(|stop| stop.at(span))?;
        let mut row = (**row).clone();
        row.insert(address.column, value);
        converted.push_back(Row::new(row));
    }
    keep(run, address.object, converted);
    Ok(())
}
