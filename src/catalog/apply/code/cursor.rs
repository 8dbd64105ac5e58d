//! Cursors: queries whose rows are taken one by one. They are run when they are opened, and must change nothing, since the server runs them
//! as far as rows are taken.

use super::branch::same_database;
use super::interpreter::{Flow, Interpreter};
use crate::catalog::evaluate::{Evaluator, Table, Variable};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Name;
use crate::catalog::rows::Value;
use crate::syntax::expression::{ExpressionKind as Kind, read};
use crate::syntax::plpgsql::{BoundCursor, Loop, Open, OpenSource};
use crate::text::Span;

/// A cursor that is open: its rows, and how many of them were taken.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    table: Table,
    taken: usize,
}

impl<'b> Interpreter<'_, '_, 'b> {
    /// OPEN
    pub(super) fn open(&mut self, open: &'b Open, span: Span) -> Result {
        let name = self.cursor_name(open.cursor);
        if self.opened.contains_key(&name) {
            return Err(Stop::fails("42P03", format!("cursor \"{name}\" already in use"), span));
        }
        let before = self.run.clone();
        let table = match &open.source {
            OpenSource::Bound(arguments) => self.bound_rows(&name, *arguments, span)?,
            OpenSource::Query(_, sql) => {
                let outcome = self.sql(sql, span)?;
                outcome.ok_or_else(|| Stop::unknown("a cursor over what gives no rows", span))?.table
            }
            OpenSource::Execute(_, dynamic) => self.dynamic_rows(dynamic, span)?.table,
        };
        if !same_database(&before, self.run) {
            return Err(Stop::unknown("how many rows of a cursor are taken is not followed, and they change something", span));
        }
        self.opened.insert(name, Opened { table, taken: 0 });
        Ok(())
    }

    /// FETCH of the next row.
    pub(super) fn fetch(&mut self, direction: Option<Span>, cursor: Span, targets: &[Span], span: Span) -> Result {
        let next = direction.is_none_or(|direction| {
            let word = self.slice(direction);
            word.eq_ignore_ascii_case("next") || word.eq_ignore_ascii_case("forward")
        });
        let name = self.cursor_name(cursor);
        let Some(opened) = self.opened.get_mut(&name) else { return Err(not_open(&name, span)) };
        if !next || !opened.table.is_certain() {
            return Err(Stop::unknown("which row a cursor stands on can't be told", span));
        }
        let row = opened.table.rows.get(opened.taken).map(|(row, _)| row.to_vec());
        let columns = opened.table.columns.clone();
        opened.taken += 1;
        let found = row.is_some();
        let row = row.unwrap_or_else(|| vec![Value::Null; columns.len()]);
        self.assign_row(targets, &columns, &row, span)?;
        self.set_found(Some(found));
        Ok(())
    }

    /// CLOSE
    pub(super) fn close(&mut self, cursor: Span, span: Span) -> Result {
        let name = self.cursor_name(cursor);
        match self.opened.remove(&name) {
            Some(_) => Ok(()),
            None => Err(not_open(&name, span)),
        }
    }

    /// `FOR record IN cursor LOOP`
    pub(super) fn over_cursor(
        &mut self,
        inner: &'b Loop,
        label: Option<&Name>,
        header: (Span, Span, Option<Span>),
        span: Span,
    ) -> Result<Flow> {
        let (record, cursor, arguments) = header;
        let name = self.cursor_name(cursor);
        if self.opened.contains_key(&name) {
            return Err(Stop::fails("42P03", format!("cursor \"{name}\" already in use"), span));
        }
        let before = self.run.clone();
        let table = self.bound_rows(&name, arguments, span)?;
        self.expect_at_once(&before, &table, span)?;
        let depth = self.variables.depth();
        self.variables.open(label.cloned());
        self.variables.declare(Variable::new(self.cursor_name(record), None, Value::Null));
        let result = self.over(inner, label, &[record], &table, span);
        self.variables.close_to(depth);
        result
    }

    /// The rows of a cursor that was declared with its query.
    fn bound_rows(&mut self, name: &Name, arguments: Option<Span>, span: Span) -> Result<Table> {
        let Some(cursor) = self.cursors.iter().rev().find(|(known, _)| known == name).map(|(_, cursor)| *cursor) else {
            return Err(Stop::unknown("which query a cursor goes over can't be told", span));
        };
        let depth = self.variables.depth();
        self.variables.open(Some(Name::clone(name)));
        let result = self.bind(cursor, arguments).and_then(|()| self.sql(&cursor.query, span));
        self.variables.close_to(depth);
        let outcome = result?;
        outcome.map(|outcome| outcome.table).ok_or_else(|| Stop::unknown("a cursor over what gives no rows", span))
    }

    /// Declares the arguments of a cursor.
    fn bind(&mut self, cursor: &'b BoundCursor, arguments: Option<Span>) -> Result {
        let given = arguments.map(|arguments| read(&format!("f{}", self.slice(arguments))));
        let given = match given.map(|given| given.kind) {
            Some(Kind::Call(call)) => call.arguments,
            _ => Vec::new(),
        };
        let mut values = Vec::with_capacity(given.len());
        for argument in &given {
            values.push((argument.name.clone(), Evaluator::with_variables(self.run, &self.variables).value(&argument.value)?));
        }
        for (at, (name, ty)) in cursor.arguments.iter().enumerate() {
            let name = self.name(*name);
            let named = values.iter().find(|(given, _)| given.as_deref() == Some(&*name));
            let value = named.or(values.get(at)).map_or(Value::Unknown, |(_, value)| value.clone());
            let ty = self.variable_type(ty)?;
            let value = self.coerce(value, ty.as_ref())?;
            self.variables.declare(Variable::new(name, ty, value));
        }
        Ok(())
    }

    fn cursor_name(&self, span: Span) -> Name {
        self.name(crate::syntax::tree::Ident { span })
    }
}

fn not_open(name: &str, span: Span) -> Stop {
    Stop::fails("34000", format!("cursor \"{name}\" does not exist"), span)
}
