//! Queries inside expressions.
//!
//! One that names no column of what stands around it gives the same for every row, so it is evaluated once while the query around it is, as
//! PostgreSQL does with what it calls an InitPlan or a hashed SubPlan.

use std::rc::Rc;

use super::{Evaluator, Table};
use crate::catalog::failure::Result;
use crate::syntax::expression::Query;

/// What the queries in the expressions of one query gave that depend on none of its rows. A query goes by where its tree lies, which lives as
/// long as the query around it is evaluated.
#[derive(Debug, Default)]
pub(super) struct Subqueries(Vec<(*const Query, Rc<Table>)>);

impl Subqueries {
    fn get(&self, query: &Query) -> Option<Rc<Table>> {
        self.0.iter().find(|(known, _)| std::ptr::eq(*known, query)).map(|(_, table)| Rc::clone(table))
    }
}

impl Evaluator<'_, '_> {
    /// What a query in an expression gives.
    pub(super) fn subquery(&mut self, query: &Query) -> Result<Rc<Table>> {
        if let Some(known) = self.subqueries.as_ref().and_then(|known| known.get(query)) {
            return Ok(known);
        }
        let reach = std::mem::replace(&mut self.reach, usize::MAX);
        let table = self.query(query).map(Rc::new);
        let depends = self.reach < self.frames.len();
        self.reach = self.reach.min(reach);
        let table = table?;
        if let (Some(known), false) = (&mut self.subqueries, depends) {
            known.0.push((query, Rc::clone(&table)));
        }
        Ok(table)
    }
}
