//! Calls that PostgreSQL's planner replaces by the body of the function (`inline_function` in `clauses.c`).
//!
//! Where an expression has to be immutable, PostgreSQL plans it before it looks. A function in SQL whose body is a single expression is then no
//! function any more, and what it was declared as does not count: `SELECT lower($1)` may stand in an index whatever its volatility.

use super::Analyser;
use crate::catalog::Oid;
use crate::catalog::expression::analysis::{Place, Scope};
use crate::catalog::expression::{Form, Stored, Used};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Routine, RoutineBody, RoutineKind};
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
        if routine.volatility == Volatility::Immutable || !(planned || self.inlined > 0) || self.inlined >= DEPTH {
            return Ok(routine.volatility);
        }
        let Some(body) = expression_of(&routine) else { return Ok(routine.volatility) };
        let name = object.name.clone();
        let scope = Scope::of_routine(&name, &routine);
        let mut inner = Analyser { inlined: self.inlined + 1, ..Analyser::new(self.run, &scope) };
        inner.expression(&body).map_err(|stop| stop.at(span))?;
        let (found, uses) = (inner.volatility, inner.uses);
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

/// The one expression that a function is, if its calls may be replaced by it.
fn expression_of(routine: &Routine) -> Option<Expression> {
    let is_plain = routine.kind == RoutineKind::Function
        && &*routine.language == "sql"
        && !routine.returns_set
        && !routine.security_definer
        && routine.settings.is_empty();
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
