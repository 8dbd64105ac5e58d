//! What the server runs in part, or not at all: common table expressions that nobody reads, what stands behind LIMIT, the list of EXISTS.
//!
//! It matters only where code is called that changes something, or fails. What is certainly not run is not run here either; where it can't be told
//! how much of it is, it must change nothing.

use std::collections::BTreeSet;

use super::call::{Callee, callee};
use super::{Evaluator, Table, aggregate, expression};
use crate::catalog::apply::code;
use crate::catalog::expression::Used;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Class, Object};
use crate::catalog::run::Run;
use crate::syntax::expression::{
    Body, Call, CommonTableStatement, Constant, Distinct, Expression, ExpressionKind as Kind, FromItem, FromItemKind, GroupingItem, Node,
    Query, RelationInFrom, With,
};

impl<'w> Evaluator<'_, 'w> {
    /// Whether something in a node calls a function of the history that may do more than give a value.
    pub(in crate::catalog) fn calls_code(&mut self, node: Node<'_>) -> bool {
        let mut called: Vec<&Call> = Vec::new();
        let mut signs: BTreeSet<&str> = BTreeSet::new();
        let mut read: Vec<&RelationInFrom> = Vec::new();
        node.walk(&mut |node| match node {
            Node::Expression(Expression { kind: Kind::Call(call), .. }) => called.push(call),
            Node::Expression(Expression { kind: Kind::Operator(operator), .. }) => drop(signs.insert(operator.sign())),
            Node::From(FromItem { kind: FromItemKind::Relation(relation), .. }) => read.push(relation),
            _ => {}
        });
        called.into_iter().any(|call| self.is_code(call))
            || signs.into_iter().any(|sign| code::operator_may_change(self.run, sign))
            || read.into_iter().any(|relation| self.reads_code(relation))
    }

    /// Whether a call is one of such a function; of several functions of a name whether it may be.
    fn is_code(&mut self, call: &Call) -> bool {
        let name = call.name.last().map_or("", String::as_str);
        let changes = |run: &Run<'_>, object: &Object| object.routine().is_some_and(|routine| code::may_change(run, routine));
        match callee(self.run, &call.name, call.arguments.len()) {
            Ok(Callee::User(oid)) => self.run.catalog.get(oid).is_some_and(|object| changes(self.run, object)),
            Ok(Callee::Untold) => self.run.catalog.anywhere(Class::Routine, name).any(|(_, object)| changes(self.run, object)),
            Ok(Callee::BuiltIn) => name == "set_config",
            Ok(Callee::Extension(_)) | Err(_) => false,
        }
    }

    /// Whether a view behind a name, or behind one that it reads, calls such a function.
    fn reads_code(&mut self, relation: &RelationInFrom) -> bool {
        let Some(view) = self.view_of(relation) else { return false };
        let mut views = vec![view];
        let mut at = 0;
        while let Some(view) = views.get(at).copied() {
            at += 1;
            let Some(found) = self.run.catalog.relation(view).and_then(|relation| relation.view()) else { continue };
            for used in found.query.uses.iter() {
                let changes = match used.what {
                    Used::Routine(oid) => {
                        let routine = self.run.catalog.get(oid).and_then(Object::routine);
                        routine.is_some_and(|routine| code::may_change(self.run, routine))
                    }
                    _ => false,
                };
                if changes {
                    return true;
                }
                let object = used.what.address().object;
                if !views.contains(&object) {
                    views.push(object);
                }
            }
        }
        false
    }

    /// Whether one of some expressions does.
    pub(super) fn any_calls_code<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expression>) -> bool {
        expressions.into_iter().any(|expression| self.calls_code(Node::Expression(expression)))
    }

    /// Evaluates what the server may evaluate or not: it must change nothing.
    pub(super) fn untold<T>(&mut self, what: &str, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = self.run.clone();
        let value = work(self).map_err(|stop| expression::perhaps(stop, what))?;
        match code::same_database(&before, self.run) {
            true => Ok(value),
            false => Err(Stop::unknown(format!("{what} can't be told, and it changes something"), None)),
        }
    }

    /// What there was before a query whose rows are not all asked for; nothing where it is all the same how many of them are.
    pub(super) fn before(&mut self, query: &Query, asked: Option<usize>) -> Option<Run<'w>> {
        let is_cut = (asked.is_some() || query.limit.is_some()) && self.calls_code(Node::Query(query));
        is_cut.then(|| self.run.clone())
    }

    /// Refuses to say what a query changed of which no more than `most` rows are asked for, if it has more.
    ///
    /// # Errors
    /// That it can't be told.
    pub(super) fn expect_whole(&self, query: &Query, most: Option<usize>, table: &Table, before: Option<&Run<'_>>) -> Result {
        let is_whole = most.is_none_or(|most| table.is_certain() && table.rows.len() <= most);
        match before {
            Some(before) if !is_whole && !code::same_database(before, self.run) => {
                Err(Stop::unknown("how many rows of a query are asked for can't be told, and they change something", query.span))
            }
            _ => Ok(()),
        }
    }

    /// Whether it makes no difference that each common table expression is run when it is first read.
    pub(super) fn is_order_told(&mut self, with: &With, run: &[bool]) -> bool {
        let run = with.tables.iter().zip(run).filter(|(_, run)| **run);
        let queries = run.filter(|(table, _)| matches!(table.statement, CommonTableStatement::Query(_)));
        queries.filter(|(table, _)| self.calls_code(Node::CommonTable(table))).count() <= 1
    }

    /// Whether a query that fails would not have fewer rows to go through if no more than `most` are asked for.
    pub(super) fn is_all_asked(&mut self, query: &Query, most: usize) -> bool {
        let Body::Select(select) = &query.body else { return false };
        let is_one = select.group_by.is_none() && select.targets.iter().any(|target| aggregate::has_aggregate(&target.value));
        if select.from.is_empty() || is_one {
            return true;
        }
        let before = self.run.clone();
        let lines = self.lines(&select.from, select.condition.as_ref()).or_else(|_| self.lines(&select.from, None));
        *self.run = before;
        lines.is_ok_and(|lines| lines.len() <= most)
    }

    /// What is left of a query in EXISTS: its list, and what it is grouped and sorted by, are not evaluated if it is simple (PostgreSQL,
    /// `simplify_EXISTS_query`). Nothing where the whole of it is, or where that makes no difference.
    pub(super) fn bare(&mut self, query: &Query) -> Option<Query> {
        let Body::Select(select) = &query.body else { return None };
        let groups = select.group_by.iter().flat_map(|group_by| &group_by.items);
        let mut grouping = Vec::new();
        for item in groups {
            let GroupingItem::Expression(expression) = item else { return None };
            grouping.push(expression);
        }
        let dropped: Vec<&Expression> =
            select.targets.iter().map(|target| &target.value).chain(query.order_by.iter().map(|key| &key.value)).chain(grouping).collect();
        if dropped.iter().all(|expression| matches!(expression.kind, Kind::Constant(_) | Kind::Column(_) | Kind::Star(_))) {
            return None;
        }
        let counted = query.limit.as_ref().is_some_and(|limit| match limit.count.as_constant() {
            Some(Constant::Number(number)) => number == "0",
            constant => constant != Some(&Constant::Null),
        });
        let changes =
            query.with.iter().flat_map(|with| &with.tables).any(|table| matches!(table.statement, CommonTableStatement::Change(_)));
        let locks = !query.locking.is_empty() && !select.from.is_empty();
        let whole = dropped.iter().any(|expression| aggregate::has_aggregate(expression) || self.gives_set(expression));
        if counted || changes || locks || whole || select.having.is_some() || query.offset.is_some() {
            return None;
        }
        let mut bare = query.clone();
        bare.order_by.clear();
        if let Body::Select(select) = &mut bare.body {
            select.targets.clear();
            (select.distinct, select.group_by) = (Distinct::All, None);
        }
        Some(bare)
    }

    /// Whether a function in an expression gives a set.
    fn gives_set(&mut self, expression: &Expression) -> bool {
        let mut calls: Vec<&Call> = Vec::new();
        expression.walk(&mut |node| {
            if let Node::Expression(Expression { kind: Kind::Call(call), .. }) = node {
                calls.push(call);
            }
        });
        calls.into_iter().any(|call| match callee(self.run, &call.name, call.arguments.len()) {
            Ok(Callee::User(oid)) => {
                self.run.catalog.get(oid).and_then(|object| object.routine()).is_none_or(|routine| routine.returns_set)
            }
            _ => call.name.last().is_some_and(|name| super::function::set(name, &[]).is_some()),
        })
    }
}

/// Which common table expressions are run: those that change data, and those that are read by what is run, `query` among that (manual,
/// PostgreSQL 15, 7.8).
pub(super) fn run_tables(with: &With, query: Option<Node<'_>>) -> Vec<bool> {
    let mut names = BTreeSet::new();
    if let Some(query) = query {
        query.each_part(&mut |part| {
            if !matches!(part, Node::CommonTable(_)) {
                read_by(part, &mut names);
            }
        });
    }
    let mut run: Vec<bool> = vec![false; with.tables.len()];
    loop {
        let mut more = false;
        for (table, run) in with.tables.iter().zip(&mut run) {
            let changes = matches!(table.statement, CommonTableStatement::Change(_));
            if !*run && (changes || names.contains(table.name.as_str())) {
                (*run, more) = (true, true);
                read_by(Node::CommonTable(table), &mut names);
            }
        }
        if !more {
            return run;
        }
    }
}

/// The names, without a schema, of the relations that something reads.
fn read_by<'t>(node: Node<'t>, names: &mut BTreeSet<&'t str>) {
    node.walk(&mut |node| {
        if let Node::From(item) = node
            && let FromItemKind::Relation(relation) = &item.kind
            && let [name] = &relation.name[..]
        {
            names.insert(name.as_str());
        }
    });
}

/// Whether an expression is this constant as it is written.
pub(super) fn is_constant(expression: &Expression, wanted: &Constant) -> bool {
    match &expression.kind {
        Kind::Constant(constant) => constant == wanted,
        Kind::Cast(value, _) => *wanted == Constant::Null && is_constant(value, wanted),
        _ => false,
    }
}
