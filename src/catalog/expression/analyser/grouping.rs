//! GROUP BY and aggregates (`parseCheckAggregates`): what is selected must be grouped, aggregated, or decided by what is grouped.
//!
//! Columns of a table whose primary key is grouped are decided by it; the query then depends on the key. What can't be told (a column that a
//! join merges, a query inside of an expression, an unknown function that may be an aggregate) is not refused.

use std::collections::BTreeSet;

use super::query::Column;
use super::{Analyser, Level};
use crate::catalog::expression::Used;
use crate::catalog::model::{ConstraintKind, RelationKind};
use crate::catalog::object::{Body as ObjectBody, Class, Standing};
use crate::catalog::{Result, Stop};
use crate::syntax::expression::{
    Constant, Expression, ExpressionKind as Kind, FromItem, FromItemKind, GroupingItem, Node, OrderBy, Select, Spelling,
};
use crate::text::Span;

/// A column of the query's FROM: the number of the item, and of the column in it.
type Place = (usize, usize);

/// What is grouped by.
#[derive(Default)]
struct Groups {
    columns: BTreeSet<Place>,
    /// Other expressions, in a spelling that leaves out what may be written or not.
    others: BTreeSet<String>,
}

impl Analyser<'_, '_> {
    /// Notes a call that is an aggregate, or may be one.
    pub(super) fn aggregated(&mut self, call: Span, certainty: Certainty) {
        if let Some(level) = self.levels.last_mut() {
            level.aggregates.push(call);
            level.is_aggregated |= certainty == Certainty::Certain;
        }
    }

    /// Analyses something in which the query's own aggregates can't stand.
    ///
    /// # Errors
    /// 42803 where one does, and what `work` raises.
    pub(super) fn unaggregated<T>(&mut self, place: &str, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = self.levels.last().is_some_and(|level| level.is_aggregated);
        if let Some(level) = self.levels.last_mut() {
            level.is_aggregated = false;
        }
        let result = work(self)?;
        let Some(level) = self.levels.last_mut() else { return Ok(result) };
        let has = std::mem::replace(&mut level.is_aggregated, before);
        // In a query inside of another one it may be the outer one's.
        match (has && self.queries == 1, level.aggregates.last()) {
            (true, Some(span)) => Err(Stop::fails("42803", format!("aggregate functions are not allowed in {place}"), *span)),
            _ => Ok(result),
        }
    }

    /// Expects that everything that a query with groups or aggregates selects is one thing for each group.
    ///
    /// # Errors
    /// 42803 for a column that is not.
    pub(super) fn expect_grouped(&mut self, select: &Select, order_by: &[OrderBy], columns: Option<&[Column]>) -> Result {
        let aggregated = self.levels.last().is_some_and(|level| level.is_aggregated);
        if !aggregated && select.group_by.is_none() && select.having.is_none() {
            return Ok(());
        }
        let (Some(groups), Some(_)) = (self.groups(select), columns) else { return Ok(()) };
        let mut ungrouped: Vec<(Place, Span)> = Vec::new();
        for target in &select.targets {
            match &target.value.kind {
                Kind::Star(parts) => ungrouped.extend(self.places_of_star(parts).into_iter().map(|place| (place, target.value.span))),
                _ => self.columns_in(&target.value, &groups, &mut ungrouped),
            }
        }
        let given = |key: &Expression| match key.as_column() {
            Some([name]) => select.targets.iter().any(|target| target.column_name() == Some(name)),
            _ => false,
        };
        let keys = order_by.iter().map(|key| &key.value).filter(|key| !given(key));
        for expression in keys.chain(&select.having) {
            self.columns_in(expression, &groups, &mut ungrouped);
        }
        for (place, span) in ungrouped {
            if !groups.columns.contains(&place) {
                self.expect_decided(place, &groups, &select.from, span)?;
            }
        }
        Ok(())
    }

    /// What a query is grouped by; none if that can't be told.
    fn groups(&self, select: &Select) -> Option<Groups> {
        let mut keys: Vec<&Expression> = Vec::new();
        let mut items: Vec<&GroupingItem> = select.group_by.iter().flat_map(|group_by| &group_by.items).collect();
        while let Some(item) = items.pop() {
            match item {
                GroupingItem::Expression(Expression { kind: Kind::Row(parts, _), .. }) => keys.extend(parts),
                GroupingItem::Expression(expression) => keys.push(expression),
                GroupingItem::Empty => {}
                GroupingItem::Rollup(parts) | GroupingItem::Cube(parts) => {
                    for part in parts {
                        match &part.kind {
                            Kind::Row(parts, _) => keys.extend(parts),
                            _ => keys.push(part),
                        }
                    }
                }
                GroupingItem::Sets(sets) => items.extend(sets),
            }
        }
        let mut groups = Groups::default();
        for key in keys {
            let key = match &key.kind {
                Kind::Constant(Constant::Number(position)) => {
                    let at = position.parse::<usize>().ok()?.checked_sub(1)?;
                    let before = select.targets.get(..=at)?;
                    if before.iter().any(|target| matches!(target.value.kind, Kind::Star(_) | Kind::AllFields(_))) {
                        return None;
                    }
                    &before[at].value
                }
                Kind::Column(parts) if self.place(parts).is_none() && parts.len() == 1 => {
                    let target = select.targets.iter().find(|target| target.column_name() == Some(&parts[0]));
                    target.map_or(key, |target| &target.value)
                }
                _ => key,
            };
            match key.as_column().and_then(|parts| self.place(parts)) {
                Some(place) => drop(groups.columns.insert(place)),
                None => drop(groups.others.insert(key.spelled(Spelling::Loose))),
            }
        }
        Some(groups)
    }

    /// The column of this query's FROM that a name means; none if it is none of them, or if it can't be told.
    fn place(&self, parts: &[String]) -> Option<Place> {
        let level = self.levels.last()?;
        let (table, name) = match parts {
            [name] => (None, name),
            [.., table, name] => (Some(table.as_str()), name),
            [] => return None,
        };
        let items = level.items.iter().enumerate().filter(|(_, item)| table.is_none() || item.name.as_deref() == table);
        let mut found = items.flat_map(|(at, item)| {
            let columns = item.columns.iter().enumerate();
            columns.filter(|(_, column)| *column.name == **name && (table.is_some() || !column.merged)).map(move |(column, _)| (at, column))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn places_of_star(&self, parts: &[String]) -> Vec<Place> {
        let Some(level) = self.levels.last() else { return Vec::new() };
        let items = level.items.iter().enumerate().filter(|(_, item)| parts.last().is_none_or(|table| item.name.as_deref() == Some(table)));
        items.flat_map(|(at, item)| (0..item.columns.len()).map(move |column| (at, column))).collect()
    }

    /// The columns of this query's FROM that stand in an expression, outside of its aggregates and of what is grouped.
    fn columns_in(&self, expression: &Expression, groups: &Groups, found: &mut Vec<(Place, Span)>) {
        if let Kind::Column(parts) = &expression.kind {
            found.extend(self.place(parts).map(|place| (place, expression.span)));
            return;
        }
        let is_aggregate = self.levels.last().is_some_and(|level| level.aggregates.contains(&expression.span));
        if is_aggregate || matches!(expression.kind, Kind::Grouping(_)) {
            return;
        }
        if !groups.others.is_empty() && groups.others.contains(&expression.spelled(Spelling::Loose)) {
            return;
        }
        Node::Expression(expression).each_part(&mut |part| {
            if let Node::Expression(part) = part {
                self.columns_in(part, groups, found);
            }
        });
    }

    /// Expects that a column is decided by what is grouped: by its table's primary key (`check_functional_grouping`).
    fn expect_decided(&mut self, (at, column): Place, groups: &Groups, from: &[FromItem], span: Span) -> Result {
        let Some(item) = self.levels.last().and_then(|level: &Level| level.items.get(at)) else { return Ok(()) };
        let Some(name) = &item.name else { return Ok(()) };
        let wanted = &item.columns[column];
        if wanted.merged || !item.columns_known {
            return Ok(());
        }
        let message = format!("column \"{name}.{}\" must appear in the GROUP BY clause or be used in an aggregate function", wanted.name);
        let refused = Err(Stop::fails("42803", message, span));
        let Some(relation) = item.relation else {
            // What PostgreSQL brings has keys that are not told here.
            return if is_query(name, from) { refused } else { Ok(()) };
        };
        let Some(object) = self.run.catalog.get(relation) else { return Ok(()) };
        let known = object.standing == Standing::Made && object.relation().is_some_and(|found| found.kind != RelationKind::Unknown);
        if !known {
            return Ok(());
        }
        let grouped: BTreeSet<i16> = groups
            .columns
            .iter()
            .filter(|(other, _)| *other == at)
            .filter_map(|(_, column)| item.columns[*column].source.map(|source| source.column))
            .collect();
        let key = self.run.catalog.parts(relation, Class::Constraint).find_map(|(oid, object)| match &object.body {
            ObjectBody::Constraint(constraint) if matches!(constraint.kind, ConstraintKind::PrimaryKey(_)) && !constraint.deferrable => {
                constraint.columns.iter().all(|column| grouped.contains(column)).then_some(oid)
            }
            _ => None,
        });
        match key {
            Some(key) => {
                self.used(span, Used::Object(key));
                Ok(())
            }
            None => refused,
        }
    }
}

/// Whether a call is known to be an aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    Certain,
    Possible,
}

/// Whether something in FROM is a query of this name.
fn is_query(name: &str, from: &[FromItem]) -> bool {
    from.iter().any(|item| match &item.kind {
        FromItemKind::Query { alias, .. } => alias.as_ref().is_some_and(|alias| alias.name == *name),
        FromItemKind::Join(join) => is_query(name, std::slice::from_ref(&join.left)) || is_query(name, std::slice::from_ref(&join.right)),
        _ => false,
    })
}
