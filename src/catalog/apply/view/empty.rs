//! Whether a query certainly gives no rows: whatever it joins and filters, nothing comes of empty tables, unless it makes up rows itself.

use crate::catalog::expression::{Completeness, Stored, Used};
use crate::catalog::model::{RelationKind, RoutineKind};
use crate::catalog::object::{Class, Object, Standing};
use crate::catalog::rows::Contents;
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::postgres::facts::{self, FunctionKind};
use crate::syntax::expression::{Body, ExpressionKind, FromItemKind, Node, Query, read_query};

/// Whether the query gives no rows, as far as the history tells what its tables hold.
pub(super) fn gives_nothing(run: &Run<'_>, query: &Stored) -> bool {
    nothing(run, query, 0)
}

/// Views are looked into no deeper than this.
const MAX_DEPTH: u32 = 16;

fn nothing(run: &Run<'_>, stored: &Stored, depth: u32) -> bool {
    let Some(query) = read_query(&stored.text) else { return false };
    if stored.completeness == Completeness::Part || depth > MAX_DEPTH || makes_rows(run, &query) {
        return false;
    }
    let mut relations: Vec<Oid> = stored.uses.iter().filter_map(|used| relation_of(used.what)).collect();
    relations.sort_unstable();
    relations.dedup();
    !relations.is_empty() && relations.into_iter().all(|relation| holds_nothing(run, relation, depth))
}

const fn relation_of(used: Used) -> Option<Oid> {
    match used {
        Used::Column(Address { object, .. }) | Used::Relation(object) => Some(object),
        _ => None,
    }
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

/// Whether some part of a query gives rows that it reads nowhere: VALUES, a SELECT without FROM, a function, an aggregate of all rows, a
/// relation of PostgreSQL's own.
fn makes_rows(run: &Run<'_>, query: &Query) -> bool {
    let mut makes = false;
    query.walk(&mut |node| match node {
        Node::Query(part) => match &part.body {
            Body::Values(_) => makes = true,
            Body::Select(select) => makes |= select.from.is_empty(),
            Body::SetOperation(_) => {}
        },
        Node::From(item) => {
            makes |= match &item.kind {
                FromItemKind::Relation(relation) => is_systems(run, &relation.name),
                FromItemKind::Query { .. } | FromItemKind::Join(_) => false,
                FromItemKind::Function(_) | FromItemKind::Special { .. } | FromItemKind::Unread => true,
            }
        }
        Node::Change(_) => makes = true,
        Node::Expression(expression) => {
            if let ExpressionKind::Call(call) = &expression.kind {
                makes |= call.name.last().is_some_and(|name| may_aggregate(run, name));
            }
        }
        _ => {}
    });
    makes
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

fn may_aggregate(run: &Run<'_>, name: &str) -> bool {
    let built_in = facts::system()
        .functions(name, run.world.target)
        .any(|function| matches!(function.kind, FunctionKind::Aggregate | FunctionKind::OrderedSet(_) | FunctionKind::Hypothetical(_)));
    let is_aggregate = |object: &Object| object.routine().is_some_and(|routine| routine.kind == RoutineKind::Aggregate);
    built_in || run.catalog.objects().any(|(_, object)| &*object.name == name && is_aggregate(object))
}
