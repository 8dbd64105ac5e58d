//! Assignments, and INTO.

use super::interpreter::Interpreter;
use crate::catalog::evaluate::{Presence, Table, record};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::rows::Value;
use crate::syntax::expression::{ExpressionKind as Kind, read};
use crate::syntax::plpgsql::{Diagnostic, Into};
use crate::text::Span;

impl Interpreter<'_, '_, '_> {
    /// Gives a variable, a field of one or an element of one a value.
    pub(super) fn assign(&mut self, target: Span, value: Value, span: Span) -> Result {
        let source = self.slice(target);
        let tree = read(source);
        let Some(parts) = tree.as_column() else {
            // An element: what the array holds then can't be told.
            let mut inner = &tree;
            while let Kind::Subscript(value, _) | Kind::Field(value, _) = &inner.kind {
                inner = value;
            }
            let parameter = matches!(inner.kind, Kind::Parameter(_));
            match inner.as_column().and_then(|parts| self.variables.find_mut(parts)) {
                Some(variable) => variable.value = Value::NotNull,
                None if parameter => {}
                None => return Err(not_a_variable(source, target)),
            }
            return Ok(());
        };
        if let Some(variable) = self.variables.find(parts) {
            let (ty, not_null, name) = (variable.ty.clone(), variable.not_null, variable.name.clone());
            let value = match (&value, self.row_columns(ty.as_ref())) {
                (Value::Record(fields), Some(columns)) if fields.len() == columns.len() => {
                    let values: Vec<Value> = fields.iter().map(|(_, value)| value.clone()).collect();
                    record(&columns, &values)
                }
                _ => self.coerce(value, ty.as_ref()).map_err(|stop| stop.or_at(span))?,
            };
            if not_null && value == Value::Null {
                let message = format!("null value cannot be assigned to variable \"{name}\" declared NOT NULL");
                return Err(Stop::fails("22004", message, span));
            }
            if let Some(variable) = self.variables.find_mut(parts) {
                variable.value = value;
            }
            return Ok(());
        }
        let Some((field, of)) = parts.split_last() else { return Ok(()) };
        let Some(variable) = self.variables.find_mut(of) else { return Err(not_a_variable(source, target)) };
        match &mut variable.value {
            Value::Record(fields) => match fields.iter_mut().find(|(name, _)| **name == **field) {
                Some((_, old)) => *old = value,
                None => {
                    let message = format!("record \"{}\" has no field \"{field}\"", variable.name);
                    return Err(Stop::fails("42703", message, span));
                }
            },
            old @ Value::Null if variable.ty.is_some() => *old = Value::NotNull,
            Value::Null => {
                let message = format!("record \"{}\" is not assigned yet", variable.name);
                return Err(Stop::fails("55000", message, span));
            }
            _ => {}
        }
        Ok(())
    }

    /// Gives the first row of a query to the targets of an INTO.
    pub(super) fn into(&mut self, into: &Into, table: &Table, span: Span) -> Result {
        let certain = table.rows.iter().filter(|(_, presence)| *presence == Presence::Certain).count();
        if into.strict.is_some() {
            match (certain, table.is_certain()) {
                (0, true) => return Err(Stop::fails("P0002", "query returned no rows", span)),
                (2.., _) => return Err(Stop::fails("P0003", "query returned more than one row", span)),
                (_, false) => return Err(Stop::unknown("how many rows a query gives can't be told", span)),
                _ => {}
            }
        }
        let row = match (table.rows.first(), table.is_certain()) {
            (None, _) => Some(vec![Value::Null; table.columns.len()]),
            (Some((row, _)), true) if table.rows.len() == 1 => Some(row.to_vec()),
            _ => None,
        };
        let row = row.unwrap_or_else(|| {
            // Which row is the first, or whether there is one, can't be told: what all have in common is known if there is one for certain.
            let first = table.rows.first().map(|(row, _)| row.to_vec()).unwrap_or_default();
            let shared = |at: usize, value: &Value| table.rows.iter().all(|(row, _)| row.get(at) == Some(value));
            let value = |(at, value): (usize, &Value)| if certain > 0 && shared(at, value) { value.clone() } else { Value::Unknown };
            first.iter().enumerate().map(value).collect()
        });
        self.set_found(table.has_rows());
        self.assign_row(&into.targets, &table.columns, &row, span)
    }

    /// Gives the values of a row to targets: to one record all of them, else to each its own.
    pub(super) fn assign_row(&mut self, targets: &[Span], columns: &[crate::catalog::object::Name], row: &[Value], span: Span) -> Result {
        if let [target] = targets {
            let source = self.slice(*target);
            let tree = read(source);
            let found = tree.as_column().and_then(|parts| self.variables.find(parts)).cloned();
            let Some(variable) = found else {
                let value = row.first().cloned().unwrap_or(Value::Null);
                return self.assign(*target, value, span);
            };
            let is_record = variable.ty.is_none();
            match self.row_columns(variable.ty.as_ref()) {
                // A row, not a value of its type.
                Some(own) => {
                    let values: Vec<Value> = (0..own.len()).map(|at| row.get(at).cloned().unwrap_or(Value::Null)).collect();
                    return self.assign(*target, record(&own, &values), span);
                }
                None if is_record => return self.assign(*target, record(columns, row), span),
                None => {}
            }
        }
        for (at, target) in targets.iter().enumerate() {
            self.assign(*target, row.get(at).cloned().unwrap_or(Value::Null), span)?;
        }
        Ok(())
    }

    /// GET DIAGNOSTICS
    pub(super) fn diagnostics(&mut self, items: &[Diagnostic], span: Span) -> Result {
        for item in items {
            let value = match self.name(item.item).to_ascii_lowercase().as_str() {
                "row_count" => self.count.map_or(Value::NotNull, |count| Value::Number(count.to_string().into())),
                "returned_sqlstate" => self.caught.as_ref().map_or(Value::NotNull, |caught| Value::Text(caught.sqlstate.into())),
                _ => Value::NotNull,
            };
            self.assign(item.target, value, span)?;
        }
        Ok(())
    }
}

fn not_a_variable(source: &str, span: Span) -> Stop {
    Stop::fails("42601", format!("\"{source}\" is not a known variable"), span)
}
