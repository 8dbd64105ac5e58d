//! Whether a query certainly gives no rows: whatever it joins and filters, nothing comes of empty tables, unless it makes up rows itself.

use std::collections::BTreeMap;

use crate::catalog::Oid;
use crate::catalog::expression::{Completeness, Stored};
use crate::catalog::model::{RelationKind, RoutineKind};
use crate::catalog::object::{Class, Object, Standing};
use crate::catalog::rows::Contents;
use crate::catalog::run::Run;
use crate::postgres::facts::{self, FunctionKind};
use crate::syntax::expression::{
    Body, CommonTableStatement, Expression, ExpressionKind, FromItem, FromItemKind, GroupingItem, JoinKind, Node, Query, Select, read_query,
};

/// Whether the query gives no rows, as far as the history tells what its tables hold.
pub(super) fn gives_nothing(run: &Run<'_>, query: &Stored) -> bool {
    nothing(run, query, 0)
}

/// Views are looked into no deeper than this.
const MAX_DEPTH: u32 = 16;

fn nothing(run: &Run<'_>, stored: &Stored, depth: u32) -> bool {
    let Some(query) = read_query(&stored.text) else { return false };
    if stored.completeness == Completeness::Part || depth > MAX_DEPTH || makes_rows(run, &query, &BTreeMap::new()) {
        return false;
    }
    let mut relations: Vec<Oid> = stored.relations().collect();
    relations.sort_unstable();
    relations.dedup();
    !relations.is_empty() && relations.into_iter().all(|relation| holds_nothing(run, relation, depth))
}

fn holds_nothing(run: &Run<'_>, oid: Oid, depth: u32) -> bool {
    let Some(object) = run.catalog.get(oid).filter(|object| object.standing == Standing::Made) else { return false };
    match object.relation().map(|relation| &relation.kind) {
        Some(RelationKind::Table) => {
            is_empty(run, oid) && run.catalog.children(oid).into_iter().all(|child| holds_nothing(run, child, depth))
        }
        Some(RelationKind::MaterializedView(_)) => is_empty(run, oid),
        Some(RelationKind::View(view)) => nothing(run, &view.query, depth + 1),
        // The row type of a cast.
        Some(RelationKind::Composite) => true,
        _ => false,
    }
}

fn is_empty(run: &Run<'_>, oid: Oid) -> bool {
    match run.catalog.rows.get(&oid) {
        None => true,
        Some(Contents::Rows(rows)) => rows.is_empty(),
        Some(Contents::Unknown(_)) => false,
    }
}

/// Whether common table expressions make rows, by their names.
type Tables = BTreeMap<String, bool>;

/// Whether a query may give rows though every table is empty: VALUES, a SELECT without FROM, a function in FROM, an aggregate of all rows, a
/// relation of PostgreSQL's own.
fn makes_rows(run: &Run<'_>, query: &Query, outer: &Tables) -> bool {
    let mut tables = outer.clone();
    for table in query.with.iter().flat_map(|with| &with.tables) {
        // What a recursive query adds comes of what it has.
        tables.insert(table.name.clone(), false);
        let makes = match &table.statement {
            CommonTableStatement::Query(query) => makes_rows(run, query, &tables),
            CommonTableStatement::Change(_) => true,
        };
        tables.insert(table.name.clone(), makes);
    }
    match &query.body {
        Body::Values(_) => true,
        Body::SetOperation(operation) => operation.parts.iter().any(|part| makes_rows(run, part, &tables)),
        Body::Select(select) => {
            select.from.iter().all(|item| item_makes_rows(run, item, &tables)) || (aggregates(run, select) && !is_grouped(select))
        }
    }
}

fn item_makes_rows(run: &Run<'_>, item: &FromItem, tables: &Tables) -> bool {
    match &item.kind {
        FromItemKind::Relation(relation) => match &relation.name[..] {
            [name] if tables.contains_key(name) => tables[name],
            name => is_systems(run, name),
        },
        FromItemKind::Query { query, .. } => makes_rows(run, query, tables),
        FromItemKind::Join(join) => {
            let (left, right) = (item_makes_rows(run, &join.left, tables), item_makes_rows(run, &join.right, tables));
            match join.kind {
                JoinKind::Inner => left && right,
                JoinKind::Left => left,
                JoinKind::Right => right,
                JoinKind::Full => left || right,
            }
        }
        FromItemKind::Function(_) | FromItemKind::Special { .. } | FromItemKind::Unread => true,
    }
}

fn is_systems(run: &Run<'_>, name: &[String]) -> bool {
    match name {
        [name] => {
            let own = run.catalog.schema_with(Class::Relation, name);
            !own && facts::system().relation(name, run.world.target).is_some()
        }
        [.., schema, _] => schema == "pg_catalog" || schema == "information_schema",
        [] => true,
    }
}

/// Whether rows are put into groups of which there is none where there are no rows.
fn is_grouped(select: &Select) -> bool {
    let Some(group_by) = &select.group_by else { return false };
    !group_by.items.is_empty() && group_by.items.iter().all(|item| matches!(item, GroupingItem::Expression(_)))
}

fn aggregates(run: &Run<'_>, select: &Select) -> bool {
    select.having.is_some() || select.targets.iter().any(|target| has_aggregate(run, &target.value))
}

/// Whether an expression aggregates the rows of its own query, not those of a query in it.
fn has_aggregate(run: &Run<'_>, expression: &Expression) -> bool {
    let mut inner = Vec::new();
    let mut calls = Vec::new();
    expression.walk(&mut |node| match node {
        Node::Query(query) => inner.push(query.span),
        Node::Expression(expression) => {
            if let ExpressionKind::Call(call) = &expression.kind
                && call.over.is_none()
                && let Some(name) = call.name.last()
            {
                calls.push((expression.span, name));
            }
        }
        _ => {}
    });
    let own = |span: crate::text::Span| !inner.iter().any(|query| query.start <= span.start && span.end <= query.end);
    calls.into_iter().any(|(span, name)| own(span) && may_aggregate(run, name))
}

fn may_aggregate(run: &Run<'_>, name: &str) -> bool {
    let built_in = facts::system()
        .functions(name, run.world.target)
        .any(|function| matches!(function.kind, FunctionKind::Aggregate | FunctionKind::OrderedSet(_) | FunctionKind::Hypothetical(_)));
    let is_aggregate = |object: &Object| object.routine().is_some_and(|routine| routine.kind == RoutineKind::Aggregate);
    built_in || run.catalog.has_unknown_extension() || run.catalog.anywhere(Class::Routine, name).any(|(_, object)| is_aggregate(object))
}
