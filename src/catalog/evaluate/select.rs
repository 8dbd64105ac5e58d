//! SELECT: what it reads, groups and gives.

use std::rc::Rc;

use super::aggregate::{has_aggregate, sort};
use super::call::{Callee, callee};
use super::query::unique;
use super::{Bound, Evaluator, Frame, Line, Presence, Table, Value, function};
use crate::catalog::failure::Result;
use crate::catalog::object::Name;
use crate::syntax::expression::{Constant, Distinct, Expression, ExpressionKind as Kind, GroupBy, GroupingItem, OrderBy, Select, Target};

/// A row that is given, with what it is sorted by.
type Sorted = ((Rc<[Value]>, Presence), Vec<Value>);

impl Evaluator<'_, '_> {
    /// What a SELECT gives, and whether it is known in which order.
    pub(super) fn select(&mut self, select: &Select, order_by: &[OrderBy]) -> Result<(Table, bool)> {
        let lines = self.lines(&select.from, select.condition.as_ref())?;
        let aggregates = select.targets.iter().any(|target| has_aggregate(&target.value))
            || select.having.is_some()
            || order_by.iter().any(|key| has_aggregate(&key.value));
        let groups: Option<Vec<Rc<Vec<Line>>>> = match &select.group_by {
            None if aggregates => Some(vec![Rc::new(lines.clone())]),
            None => None,
            Some(group_by) => match self.grouped(group_by, select, &lines)? {
                Some(groups) => Some(groups),
                None => {
                    let columns = self.columns_of(select, lines.first());
                    return Ok((Table::untold(columns), false));
                }
            },
        };
        let columns = self.columns_of(select, lines.first());
        let mut rows: Vec<Sorted> = Vec::new();
        match groups {
            None => {
                let untold = lines.iter().any(|line| line.presence == Presence::Maybe)
                    && self.any_calls_code(select.targets.iter().map(|target| &target.value));
                let project = |evaluator: &mut Self| {
                    for line in lines {
                        evaluator.frames.push(Frame { items: line.items.clone() });
                        let given = evaluator.given(select, order_by, &columns, line.presence);
                        evaluator.frames.pop();
                        rows.extend(given?);
                    }
                    Ok(())
                };
                match untold {
                    true => self.untold("which rows there are", project)?,
                    false => project(self)?,
                }
            }
            Some(groups) => {
                let outer = self.group.take();
                for group in groups {
                    let items = group.first().map(|line| line.items.clone()).unwrap_or_default();
                    self.group = Some(group);
                    self.frames.push(Frame { items });
                    let given = self.group_row(select, order_by, &columns);
                    self.frames.pop();
                    rows.extend(given?);
                }
                self.group = outer;
            }
        }
        let known = sort(self.run, &mut rows, order_by);
        let mut rows: Vec<(Rc<[Value]>, Presence)> = rows.into_iter().map(|(row, _)| row).collect();
        match &select.distinct {
            Distinct::All => {}
            Distinct::Distinct => rows = unique(self.run, rows),
            Distinct::On(_) if rows.len() > 1 => return Ok((Table::untold(columns), false)),
            Distinct::On(_) => {}
        }
        Ok((Table { columns, rows }, known))
    }

    fn group_row(&mut self, select: &Select, order_by: &[OrderBy], columns: &[Name]) -> Result<Vec<Sorted>> {
        let mut presence = Presence::Certain;
        if let Some(having) = &select.having {
            match self.condition(having)? {
                Some(true) => {}
                Some(false) => return Ok(Vec::new()),
                None => presence = Presence::Maybe,
            }
        }
        self.given(select, order_by, columns, presence)
    }

    /// The lines of each group; nothing if that can't be told.
    fn grouped(&mut self, group_by: &GroupBy, select: &Select, lines: &[Line]) -> Result<Option<Vec<Rc<Vec<Line>>>>> {
        let mut keys: Vec<&Expression> = Vec::new();
        for item in &group_by.items {
            match item {
                GroupingItem::Expression(expression) => keys.push(meant(expression, &select.targets, lines.first())),
                GroupingItem::Empty | GroupingItem::Rollup(_) | GroupingItem::Cube(_) | GroupingItem::Sets(_) => return Ok(None),
            }
        }
        let mut groups: Vec<(Vec<Value>, Vec<Line>)> = Vec::new();
        'lines: for line in lines {
            if line.presence == Presence::Maybe {
                return Ok(None);
            }
            self.frames.push(Frame { items: line.items.clone() });
            let values = keys.iter().map(|key| self.expression(key)).collect::<Result<Vec<_>>>();
            self.frames.pop();
            let values = values?;
            for (other, group) in &mut groups {
                let mut all = Some(true);
                for (left, right) in values.iter().zip(&*other) {
                    match super::same(self.run, left, right) {
                        Some(true) => {}
                        Some(false) => {
                            all = Some(false);
                            break;
                        }
                        None => all = None,
                    }
                }
                match all {
                    Some(true) => {
                        group.push(line.clone());
                        continue 'lines;
                    }
                    Some(false) => {}
                    None => return Ok(None),
                }
            }
            groups.push((values, vec![line.clone()]));
        }
        Ok(Some(groups.into_iter().map(|(_, group)| Rc::new(group)).collect()))
    }

    /// The names of what is selected, stars spelled out as far as they can be.
    fn columns_of(&mut self, select: &Select, line: Option<&Line>) -> Vec<Name> {
        let mut columns = Vec::new();
        for target in &select.targets {
            match &target.value.kind {
                Kind::Star(parts) => {
                    let own: Vec<Name> = match line {
                        Some(line) => starred(line, parts).map(|(name, _)| name).collect(),
                        None => self.heads(&select.from, parts),
                    };
                    let outer = if own.is_empty() && !parts.is_empty() { self.items_of_star(parts) } else { None };
                    let outer = outer.map(|items| Line { items, ..Line::default() });
                    columns.extend(own);
                    columns.extend(outer.iter().flat_map(|line| starred(line, parts)).map(|(name, _)| name));
                }
                _ => columns.push(Name::from(target.column_name().unwrap_or_default())),
            }
        }
        columns
    }

    /// The rows that a star is about: of the innermost query, or of the next one around it that has such a row.
    fn items_of_star(&mut self, parts: &[String]) -> Option<Vec<Bound>> {
        let has = |frame: &Frame| parts.last().is_none_or(|name| frame.items.iter().any(|item| item.head.name.as_deref() == Some(name)));
        let at = self.frames.iter().rposition(has)?;
        self.reach = self.reach.min(at);
        Some(self.frames[at].items.clone())
    }

    /// The rows that one line gives: several where a function in the list gives a set.
    fn given(&mut self, select: &Select, order_by: &[OrderBy], columns: &[Name], presence: Presence) -> Result<Vec<Sorted>> {
        let mut values: Vec<Value> = Vec::with_capacity(columns.len());
        let mut sets: Vec<(usize, Option<Vec<Value>>)> = Vec::new();
        for target in &select.targets {
            match &target.value.kind {
                Kind::Star(parts) => {
                    if let Some(items) = self.items_of_star(parts) {
                        values.extend(starred(&Line { items, presence, failed: None }, parts).map(|(_, value)| value));
                    }
                }
                _ => match self.set_of(&target.value)? {
                    Some(set) => {
                        sets.push((values.len(), set));
                        values.push(Value::Null);
                    }
                    None => values.push(self.expression(&target.value)?),
                },
            }
        }
        let rows: Vec<(Vec<Value>, Presence)> = match sets.iter().map(|(_, set)| set.as_ref().map(Vec::len)).collect::<Option<Vec<_>>>() {
            _ if sets.is_empty() => vec![(values, presence)],
            None => {
                sets.iter().for_each(|(at, _)| values[*at] = Value::Unknown);
                vec![(values, Presence::Maybe)]
            }
            Some(lengths) => {
                let most = lengths.into_iter().max().unwrap_or_default();
                let row = |index: usize| {
                    let mut row = values.clone();
                    for (at, set) in &sets {
                        row[*at] = set.as_ref().and_then(|set| set.get(index)).cloned().unwrap_or(Value::Null);
                    }
                    (row, presence)
                };
                (0..most).map(row).collect()
            }
        };
        let mut given = Vec::with_capacity(rows.len());
        for (row, presence) in rows {
            let mut keys = Vec::with_capacity(order_by.len());
            for key in order_by {
                keys.push(match output(&key.value, columns) {
                    Some(at) => row.get(at).cloned().unwrap_or(Value::Unknown),
                    None => self.expression(&key.value)?,
                });
            }
            given.push(((Rc::from(row), presence), keys));
        }
        Ok(given)
    }

    /// The values of a call that gives a set: none of it if it is no such call, in it nothing if they can't be told.
    pub(super) fn set_of(&mut self, expression: &Expression) -> Result<Option<Option<Vec<Value>>>> {
        let Kind::Call(call) = &expression.kind else { return Ok(None) };
        let name = call.name.last().map_or("", String::as_str);
        if let Ok(Callee::User(oid)) = callee(self.run, &call.name, call.arguments.len())
            && self.run.catalog.get(oid).and_then(|object| object.routine()).is_some_and(|routine| routine.returns_set)
        {
            // What it does besides is done.
            self.expression(expression)?;
            return Ok(Some(None));
        }
        if function::set(name, &[]).is_none() || call.over.is_some() {
            return Ok(None);
        }
        let arguments = call.arguments.iter().map(|argument| self.expression(&argument.value)).collect::<Result<Vec<_>>>()?;
        Ok(function::set(name, &arguments))
    }
}

/// What a key of GROUP BY means: a column of what is read, else one of what is selected, or its position.
fn meant<'e>(key: &'e Expression, targets: &'e [Target], line: Option<&Line>) -> &'e Expression {
    match &key.kind {
        Kind::Constant(Constant::Number(number)) => {
            let at = number.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
            at.and_then(|at| targets.get(at)).map_or(key, |target| &target.value)
        }
        Kind::Column(parts) if parts.len() == 1 => {
            let is_read =
                line.is_some_and(|line| line.items.iter().any(|item| item.head.columns.iter().any(|column| **column == *parts[0])));
            let given = targets.iter().find(|target| target.label.as_ref() == Some(&parts[0]));
            given.filter(|_| !is_read).map_or(key, |target| &target.value)
        }
        _ => key,
    }
}

/// The column of what is selected that a key of ORDER BY means.
fn output(key: &Expression, columns: &[Name]) -> Option<usize> {
    match &key.kind {
        Kind::Constant(Constant::Number(number)) => number.parse::<usize>().ok().and_then(|at| at.checked_sub(1)),
        Kind::Column(parts) if parts.len() == 1 => columns.iter().position(|column| **column == *parts[0]),
        _ => None,
    }
}

/// The columns that a star stands for.
fn starred<'l>(line: &'l Line, parts: &'l [String]) -> impl Iterator<Item = (Name, Value)> + 'l {
    let items = line.items.iter().filter(move |item| parts.last().is_none_or(|table| item.head.name.as_deref() == Some(table.as_str())));
    items.flat_map(|item| item.head.columns.iter().cloned().zip(item.values.iter().cloned()))
}
