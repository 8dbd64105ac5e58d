//! Calls that PostgreSQL's planner replaces by the body of the function (`inline_function` in `clauses.c`).
//!
//! Where an expression has to be immutable, PostgreSQL plans it before it looks. A function in SQL whose body is a single expression is then no
//! function any more, and what it was declared as does not count: `SELECT lower($1)` may stand in an index whatever its volatility.
//!
//! To see whether it may replace a call, PostgreSQL analyses the function's body. Since version 17 it does so with a safe `search_path` where it
//! makes an index or fills a materialized view (PostgreSQL 17, E.11.2), so that a body which names something of `public` without its schema
//! makes that fail.

use super::Analyser;
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::expression::{Form, Stored, Used};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Routine, RoutineBody, RoutineKind};
use crate::catalog::run::Run;
use crate::catalog::{Oid, session};
use crate::syntax::Script;
use crate::syntax::expression::{Body, Distinct, Expression, Node, Query, read, read_query};
use crate::syntax::tree::Volatility;
use crate::text::Span;

/// So many functions in each other are looked into; PostgreSQL itself stops at a function that calls itself.
const DEPTH: u32 = 16;

impl Analyser<'_, '_> {
    /// How volatile a call of a routine of the catalog is, in the place where it stands.
    pub(super) fn volatility_of(&mut self, oid: Oid, span: Span) -> Result<Volatility> {
        let Some(object) = self.run.catalog.get(oid) else { return Ok(Volatility::Immutable) };
        let Some(routine) = object.routine().cloned() else { return Ok(Volatility::Immutable) };
        let planned = matches!(self.place, Place::IndexExpression | Place::IndexPredicate | Place::PartitionKey | Place::Generated);
        if matches!(self.place, Place::IndexExpression | Place::IndexPredicate) || self.run.session.is_safe {
            let name = object.name.clone();
            self.run.safely(|run| expect_readable(run, &name, &routine, span))?;
        }
        if routine.volatility == Volatility::Immutable || !(planned || self.inlined > 0) || self.inlined >= DEPTH {
            return Ok(routine.volatility);
        }
        let Some(body) = expression_of(&routine) else { return Ok(routine.volatility) };
        let Some(name) = self.run.catalog.get(oid).map(|object| object.name.clone()) else { return Ok(routine.volatility) };
        let scope = Scope::of_routine(&name, &routine);
        let inlined = self.inlined + 1;
        let is_index = matches!(self.place, Place::IndexExpression | Place::IndexPredicate);
        let look = |run: &mut Run<'_>| {
            let mut inner = Analyser { inlined, ..Analyser::new(run, &scope) };
            inner.expression(&body).map_err(|stop| stop.at(span))?;
            Ok((inner.volatility, inner.uses))
        };
        // In a body that is stored as a tree all names have been found already.
        let in_text = |run: &mut Run<'_>| if matches!(routine.body, RoutineBody::Text(_)) { in_body(run, look) } else { look(run) };
        let (found, uses) = if is_index { self.run.safely(in_text)? } else { in_text(self.run)? };
        // What is declared stable stays a call if it calls something that is declared volatile.
        let calls_volatile = uses.iter().any(|used| match used.what {
            Used::Routine(oid) => self
                .run
                .catalog
                .get(oid)
                .and_then(|object| object.routine())
                .is_some_and(|routine| routine.volatility == Volatility::Volatile),
            _ => false,
        });
        match found {
            Volatility::Volatile if routine.volatility == Volatility::Stable => Ok(Volatility::Stable),
            found if found == routine.volatility => Ok(found),
            _ if calls_volatile && routine.volatility == Volatility::Stable => Ok(Volatility::Stable),
            // It is replaced only if its body gives a null for a null, whichever argument that is.
            _ if routine.strict => {
                Err(Stop::unknown(format!("whether calls of `{name}`, which is strict, are replaced by its body"), span))
            }
            found => Ok(found),
        }
    }
}

/// Does something with the names that the body of a function can use.
fn in_body<T>(run: &mut Run<'_>, work: impl FnOnce(&mut Run<'_>) -> T) -> T {
    if !run.session.is_safe {
        return work(run);
    }
    let path = run.session.settings.search_path.replace(session::safe_path());
    let result = work(run);
    run.session.settings.search_path = path;
    result
}

/// Expects that the planner can read the body of a function that it may put in the place of a call, if it reads it with a safe path.
fn expect_readable(run: &mut Run<'_>, name: &str, routine: &Routine, span: Span) -> Result {
    if !run.session.is_safe || !may_be_inlined(routine) || run.depth >= DEPTH {
        return Ok(());
    }
    let RoutineBody::Text(text) = &routine.body else { return Ok(()) };
    let script = Script::parse(text, Span::new(0, text.len() as u32));
    let [statement] = &script.statements[..] else { return Ok(()) };
    let scope = Scope::of_routine(name, routine);
    run.depth += 1;
    let result = in_body(run, |run| analysis::statement(run, text, statement.span, &scope));
    run.depth -= 1;
    match result {
        Err(stop @ Stop::Fails(_)) => Err(stop.at(span)),
        _ => Ok(()),
    }
}

/// Expects that functions in what a materialized view reads can be planned with a safe path.
pub(in crate::catalog) fn expect_safe_bodies(run: &mut Run<'_>, query: &Stored, span: Span) -> Result {
    if !run.session.is_safe {
        return Ok(());
    }
    for used in query.uses.iter() {
        match used.what {
            Used::Routine(oid) => drop(Analyser::new(run, &Scope::none(Place::Anywhere)).volatility_of(oid, span)?),
            Used::Relation(oid) => {
                if let Some(RelationKind::View(view)) = run.catalog.relation(oid).map(|relation| relation.kind.clone()) {
                    expect_safe_bodies(run, &view.query, span)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn may_be_inlined(routine: &Routine) -> bool {
    routine.kind == RoutineKind::Function && &*routine.language == "sql" && !routine.security_definer && routine.settings.is_empty()
}

/// The one expression that a function is, if its calls may be replaced by it.
fn expression_of(routine: &Routine) -> Option<Expression> {
    let is_plain = may_be_inlined(routine) && !routine.returns_set;
    match &routine.body {
        RoutineBody::Sql(Stored { form: Form::Expression, text, .. }) if is_plain => Some(read(text)),
        RoutineBody::Text(text) | RoutineBody::Sql(Stored { form: Form::Statement, text, .. }) if is_plain => {
            let script = Script::parse(text, Span::new(0, text.len() as u32));
            match &script.statements[..] {
                [statement] => only_value(read_query(&text[statement.span])?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `SELECT expression`, with nothing else to it.
fn only_value(query: Query) -> Option<Expression> {
    let Query { with: None, body: Body::Select(mut select), limit: None, offset: None, .. } = query else { return None };
    let is_plain = query.order_by.is_empty()
        && query.locking.is_empty()
        && select.distinct == Distinct::All
        && select.into.is_none()
        && select.from.is_empty()
        && select.condition.is_none()
        && select.group_by.is_none()
        && select.having.is_none()
        && select.windows.is_empty()
        && select.targets.len() == 1;
    let value = select.targets.pop().filter(|_| is_plain)?.value;
    let mut queries = false;
    value.walk(&mut |node| queries |= matches!(node, Node::Query(_)));
    if queries { None } else { Some(value) }
}
