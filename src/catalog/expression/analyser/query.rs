//! Queries (`analyze.c`): what they read, and which columns they give.

use super::{Analyser, CommonTable, Item, ItemColumn, Level};
use crate::catalog::expression::analysis::{Output, Visibility};
use crate::catalog::model::TypeUse;
use crate::catalog::object::Name;
use crate::catalog::typing::{Context, ExprType, can_coerce};
use crate::catalog::{Address, Result, Stop};
use crate::syntax::expression::{
    Body, CommonTableStatement, Distinct, Expression, ExpressionKind as Kind, GroupingItem, Query, Recursion, Select, SetOperation, Target,
    With,
};
use crate::text::Span;

/// A column that a query gives: name, type, and the column that it simply is.
pub(super) type Column = (Name, ExprType, Option<Address>);

impl Analyser<'_, '_> {
    /// A query in an expression: what it gives; none if that can't be told.
    pub(super) fn subquery(&mut self, query: &Query) -> Result<Option<Vec<Column>>> {
        self.queries += 1;
        let result = self.query(query);
        self.queries -= 1;
        result
    }

    /// A query by itself.
    pub(in crate::catalog::expression) fn outer_query(&mut self, query: &Query) -> Result<Option<Vec<Output>>> {
        let columns = self.subquery(query)?;
        Ok(columns.map(|columns| columns.into_iter().map(|(name, ty, source)| Output { name, ty: ty.settled(), source }).collect()))
    }

    fn query(&mut self, query: &Query) -> Result<Option<Vec<Column>>> {
        self.levels.push(Level::default());
        let result = self.query_inside(query);
        self.levels.pop();
        result
    }

    fn query_inside(&mut self, query: &Query) -> Result<Option<Vec<Column>>> {
        if let Some(with) = &query.with {
            self.with(with)?;
        }
        let columns = match &query.body {
            Body::Select(select) => self.select(select)?,
            Body::Values(rows) => self.values(rows)?,
            Body::SetOperation(operation) => self.set_operation(operation)?,
        };
        let of_parts = matches!(query.body, Body::SetOperation(_));
        for key in &query.order_by {
            self.order_key(&key.value, columns.as_deref(), of_parts)?;
        }
        for count in query.limit.iter().map(|limit| &limit.count).chain(query.offset.as_deref()) {
            let ty = self.expression(count)?;
            let bigint = TypeUse::built_in("int8");
            if can_coerce(&self.run.catalog, self.run.world.target, &ty, &bigint, Context::Assignment) == Some(false) {
                return Err(Stop::fails("42804", "argument of LIMIT must be type bigint", count.span));
            }
        }
        for locking in &query.locking {
            for name in &locking.of {
                let table = name.last().map_or("", String::as_str);
                if self.levels.last().is_some_and(|level| !level.items.iter().any(|item| item.name.as_deref() == Some(table))) {
                    let message = format!("relation \"{table}\" in FOR UPDATE clause not found in FROM clause");
                    return Err(Stop::fails("42P01", message, query.span));
                }
            }
        }
        if let Body::Select(select) = &query.body {
            self.expect_grouped(select, &query.order_by, columns.as_deref())?;
        }
        Ok(columns)
    }

    /// Brings common table expressions into scope.
    pub(super) fn with(&mut self, with: &With) -> Result {
        for table in &with.tables {
            let name = Name::from(table.name.as_str());
            let level = self.levels.last_mut();
            if level.is_some_and(|level| level.tables.iter().any(|other| other.name == name)) {
                return Err(Stop::fails("42712", format!("WITH query name \"{name}\" specified more than once"), table.span));
            }
            let columns = match &table.statement {
                CommonTableStatement::Query(query) => {
                    if with.recursion == Recursion::Recursive
                        && let Some(first) = self.first_part(query, &table.name)?
                    {
                        let named = renamed(Some(first), &table.columns, &name, table.span)?;
                        self.common_table(&name, named);
                        self.subquery(query)?;
                        continue;
                    }
                    self.subquery(query)?
                }
                CommonTableStatement::Change(change) => {
                    self.queries += 1;
                    self.levels.push(Level::default());
                    let returned = self.change(change);
                    self.levels.pop();
                    self.queries -= 1;
                    returned?
                }
            };
            let columns = renamed(columns, &table.columns, &name, table.span)?;
            let columns = columns.map(|mut columns| {
                columns.extend(table.search.iter().map(|search| (Name::from(search.sequence.as_str()), ExprType::Untold, None)));
                if let Some(cycle) = &table.cycle {
                    columns.push((Name::from(cycle.mark.as_str()), ExprType::Untold, None));
                    columns.push((Name::from(cycle.path.as_str()), ExprType::Untold, None));
                }
                columns
            });
            self.common_table(&name, columns);
        }
        Ok(())
    }

    fn common_table(&mut self, name: &Name, columns: Option<Vec<Column>>) {
        let columns = columns.map(|columns| columns.into_iter().map(|(name, ty, _)| (name, ty.settled().into())).collect());
        if let Some(level) = self.levels.last_mut() {
            level.tables.push(CommonTable { name: Name::clone(name), columns });
        }
    }

    /// What the first part of a recursive query gives, which does not read the query itself; none if the query is not recursive.
    fn first_part(&mut self, query: &Query, name: &str) -> Result<Option<Vec<Column>>> {
        let mut reads_itself = false;
        query.walk(&mut |node| {
            if let crate::syntax::expression::Node::From(item) = node
                && let crate::syntax::expression::FromItemKind::Relation(relation) = &item.kind
            {
                reads_itself |= relation.name.len() == 1 && relation.name[0] == name;
            }
        });
        let Body::SetOperation(operation) = &query.body else { return Ok(None) };
        match operation.parts.first() {
            Some(first) if reads_itself => {
                let inner = query.with.as_deref();
                self.levels.push(Level::default());
                let result = inner.map_or(Ok(()), |with| self.with(with)).and_then(|()| self.silently(|analyser| analyser.subquery(first)));
                self.levels.pop();
                result
            }
            _ => Ok(None),
        }
    }

    /// In the order of `transformSelectStmt`, of whose errors the first counts.
    fn select(&mut self, select: &Select) -> Result<Option<Vec<Column>>> {
        for item in &select.from {
            self.from(item)?;
        }
        let mut columns: Option<Vec<Column>> = Some(Vec::new());
        for target in &select.targets {
            let found: Option<Vec<Column>> = match &target.value.kind {
                Kind::Star(parts) => self.star(parts, target.value.span)?,
                Kind::AllFields(value) => {
                    let ty = self.expression(value)?;
                    match self.row_columns(&ty) {
                        Some(fields) => Some(fields.into_iter().map(|(name, ty)| (Name::from(name), ty, None)).collect()),
                        None => {
                            self.partly();
                            None
                        }
                    }
                }
                _ => {
                    let ty = self.expression(&target.value)?;
                    let source = self.source_of(&target.value);
                    if ty == ExprType::Literal {
                        self.settle(&target.value);
                    }
                    Some(vec![(called(target), ty, source)])
                }
            };
            columns = columns.zip(found).map(|(mut columns, found)| {
                columns.extend(found);
                columns
            });
        }
        if let Some(condition) = &select.condition {
            self.unaggregated("WHERE", |analyser| analyser.condition(condition, "WHERE"))?;
        }
        if let Some(having) = &select.having {
            self.condition(having, "HAVING")?;
        }
        if let Some(group_by) = &select.group_by {
            let columns = columns.as_deref();
            self.unaggregated("GROUP BY", |analyser| group_by.items.iter().try_for_each(|item| analyser.grouping(item, columns)))?;
        }
        for (_, window) in &select.windows {
            for key in window.partition_by.iter().chain(window.order_by.iter().map(|key| &key.value)) {
                self.expression(key)?;
            }
        }
        if let Distinct::On(keys) = &select.distinct {
            for key in keys {
                self.order_key(key, columns.as_deref(), false)?;
            }
        }
        Ok(columns)
    }

    /// The column that an expression simply is.
    fn source_of(&self, expression: &Expression) -> Option<Address> {
        let parts = expression.as_column()?;
        let last = self.uses.last().filter(|used| used.span == expression.span && !parts.is_empty())?;
        match last.what {
            crate::catalog::expression::Used::Column(address) => Some(address),
            _ => None,
        }
    }

    fn grouping(&mut self, item: &GroupingItem, columns: Option<&[Column]>) -> Result {
        match item {
            GroupingItem::Expression(expression) => match &expression.kind {
                Kind::Row(items, _) => items.iter().try_for_each(|item| self.group_key(item, columns)),
                _ => self.group_key(expression, columns),
            },
            GroupingItem::Empty => Ok(()),
            GroupingItem::Rollup(items) | GroupingItem::Cube(items) => items.iter().try_for_each(|item| self.group_key(item, columns)),
            GroupingItem::Sets(items) => items.iter().try_for_each(|item| self.grouping(item, columns)),
        }
    }

    /// A key of GROUP BY: a column of what is read, or else one of what is selected.
    fn group_key(&mut self, key: &Expression, columns: Option<&[Column]>) -> Result {
        if is_position(key) {
            return Ok(());
        }
        let named = key.as_column().and_then(|parts| parts.first().filter(|_| parts.len() == 1));
        match self.star_or_expression(key) {
            Err(Stop::Fails(failure)) if failure.sqlstate == "42703" => {
                let given = named.is_some_and(|name| columns.is_none_or(|columns| columns.iter().any(|(column, ..)| **column == **name)));
                if given { Ok(()) } else { Err(Stop::Fails(failure)) }
            }
            other => other.map(drop),
        }
    }

    /// A key of ORDER BY: a column of what is selected, a position, or an expression.
    fn order_key(&mut self, key: &Expression, columns: Option<&[Column]>, of_parts: bool) -> Result {
        if is_position(key) {
            let position = match key.as_constant() {
                Some(crate::syntax::expression::Constant::Number(number)) => number.parse::<usize>().ok(),
                _ => None,
            };
            if let (Some(position), Some(columns)) = (position, columns)
                && !(1..=columns.len()).contains(&position)
            {
                return Err(Stop::fails("42P10", format!("ORDER BY position {position} is not in select list"), key.span));
            }
            return Ok(());
        }
        if let Some([name]) = key.as_column() {
            let Some(columns) = columns else { return Ok(()) };
            if columns.iter().any(|(column, ..)| **column == **name) {
                return Ok(());
            }
            if of_parts {
                return Err(Stop::fails("42703", format!("column \"{name}\" does not exist"), key.span));
            }
        }
        if of_parts {
            return Err(Stop::fails("0A000", "invalid UNION/INTERSECT/EXCEPT ORDER BY clause", key.span));
        }
        self.expression(key).map(drop)
    }

    fn values(&mut self, rows: &[Vec<Expression>]) -> Result<Option<Vec<Column>>> {
        let width = rows.first().map_or(0, Vec::len);
        let mut columns: Vec<Vec<ExprType>> = vec![Vec::with_capacity(rows.len()); width];
        for row in rows {
            if row.len() != width {
                let span = row.first().map_or(Span::empty(0), |first| first.span);
                return Err(Stop::fails("42601", "VALUES lists must all be the same length", span));
            }
            for (types, value) in columns.iter_mut().zip(row) {
                types.push(if value.kind == Kind::Default { ExprType::Untold } else { self.expression(value)? });
            }
        }
        let mut found = Vec::with_capacity(width);
        for (at, types) in columns.iter().enumerate() {
            let ty = self.in_common(types, "VALUES", Span::empty(0))?;
            let constants = rows.iter().map(|row| &row[at]).zip(types).filter(|(_, own)| **own == ExprType::Literal);
            self.all_become(constants, &ty)?;
            found.push((Name::from(format!("column{}", at + 1)), ty, None));
        }
        Ok(Some(found))
    }

    fn set_operation(&mut self, operation: &SetOperation) -> Result<Option<Vec<Column>>> {
        let mut parts = Vec::with_capacity(operation.parts.len());
        for part in &operation.parts {
            parts.push((self.subquery(part)?, part.span));
        }
        let Some(widths) = parts.iter().map(|(columns, span)| Some((columns.as_ref()?, *span))).collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let Some((first, _)) = widths.first() else { return Ok(None) };
        let mut found: Vec<Column> = Vec::with_capacity(first.len());
        let word = match operation.operator {
            crate::syntax::expression::SetOperator::Union => "UNION",
            crate::syntax::expression::SetOperator::Intersect => "INTERSECT",
            crate::syntax::expression::SetOperator::Except => "EXCEPT",
        };
        for (columns, span) in &widths {
            if columns.len() != first.len() {
                return Err(Stop::fails("42601", format!("each {word} query must have the same number of columns"), *span));
            }
        }
        for (at, (name, ..)) in first.iter().enumerate() {
            let types: Vec<ExprType> = widths.iter().map(|(columns, _)| columns[at].1.clone()).collect();
            let span = widths.last().map_or(Span::empty(0), |(_, span)| *span);
            let ty = self.in_common(&types, word, span)?;
            // Constants in quotes and NULLs in all parts are text.
            found.push((Name::clone(name), ty.settled().into(), None));
        }
        Ok(Some(found))
    }

    /// A common table expression of this name, innermost first.
    pub(super) fn common_table_named(&self, name: &str) -> Option<Option<Vec<(Name, ExprType)>>> {
        self.levels
            .iter()
            .rev()
            .find_map(|level| level.tables.iter().rev().find(|table| *table.name == *name))
            .map(|table| table.columns.clone())
    }

    /// Something in FROM with these columns.
    pub(super) fn item_with(&self, name: Option<Name>, columns: Option<Vec<Column>>) -> Item {
        Item {
            name,
            schema: None,
            columns_known: columns.is_some(),
            columns: columns
                .into_iter()
                .flatten()
                .map(|(name, ty, source)| ItemColumn { name, ty: ty.settled().into(), source: source.filter(|_| false), merged: false })
                .collect(),
            visibility: Visibility::Unqualified,
            relation: None,
        }
    }
}

/// `columns` under the names of a list, which may be shorter.
pub(super) fn renamed(columns: Option<Vec<Column>>, names: &[String], of: &str, span: Span) -> Result<Option<Vec<Column>>> {
    let Some(mut columns) = columns else { return Ok(None) };
    if names.len() > columns.len() {
        let message = format!("table \"{of}\" has {} columns available but {} columns specified", columns.len(), names.len());
        return Err(Stop::fails("42P10", message, span));
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.0 = Name::from(name.as_str());
    }
    Ok(Some(columns))
}

/// What PostgreSQL calls the column that a target is.
pub(super) fn called(target: &Target) -> Name {
    Name::from(target.column_name().unwrap_or_default())
}

fn is_position(key: &Expression) -> bool {
    matches!(&key.kind, Kind::Constant(crate::syntax::expression::Constant::Number(_)))
}
