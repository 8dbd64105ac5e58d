//! What reads and changes rows.
//!
//! A statement is analysed first, for what PostgreSQL refuses whatever the rows are, and then evaluated on the rows that the history put into
//! its tables. Where there are none, a query finds nothing, whatever it would compute.

use super::Statement;
use crate::catalog::evaluate::{Evaluator, Table, Variables};
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::syntax::expression::{DataChange, read_data_change, read_query};
use crate::syntax::tree::Node;
use crate::text::Span;

/// What a statement gave.
#[derive(Debug)]
pub(in crate::catalog) struct Outcome {
    /// Its rows.
    pub(in crate::catalog) table: Table,
    /// How many rows it changed, or gave; none if that can't be told.
    pub(in crate::catalog) count: Option<usize>,
}

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let Statement { text, node, .. } = statement;
    let span = match node {
        Node::Select(select) if select.into.is_some() => {
            return Err(Stop::unknown("a table that SELECT makes is not followed", select.span));
        }
        Node::Select(select) => select.span,
        Node::Insert(insert) => insert.span,
        Node::Update(update) => update.span,
        Node::Delete(delete) => delete.span,
        Node::Merge(merge) => merge.span,
        _ => return Err(Stop::unknown("this kind of statement is not replayed", None)),
    };
    let outcome = execute(run, &text[span], &Variables::default(), Place::Anywhere).map_err(|stop| stop.shifted(span.start))?;
    drop(outcome);
    Ok(())
}

/// The names that variables bring into scope.
pub(in crate::catalog) fn scope(variables: &Variables, place: Place) -> Scope {
    let values = variables.all().map(|variable| (Name::clone(&variable.name), variable.ty.clone()));
    let labels = variables.labels().map(|label| (Name::clone(label), None));
    Scope { relations: Vec::new(), values: values.chain(labels).collect(), place }
}

/// Runs a query or a data change.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told. Spans count from the start of `source`.
pub(in crate::catalog) fn execute(run: &mut Run<'_>, source: &str, variables: &Variables, place: Place) -> Result<Outcome> {
    let whole = Span::new(0, source.len() as u32);
    analysis::statement(run, source, whole, &scope(variables, place))?;
    if let Some(change) = read_data_change(source) {
        let mut evaluator = Evaluator::with_variables(run, variables);
        let table = change_in(&mut evaluator, &change)?;
        return Ok(Outcome { table, count: None });
    }
    let Some(query) = read_query(source) else {
        return Err(Stop::unknown("the query is too long, or not read", whole));
    };
    let table = Evaluator::with_variables(run, variables).query(&query)?;
    let count = table.is_certain().then_some(table.rows.len());
    Ok(Outcome { table, count })
}

/// Runs a data change, by itself or in a WITH; gives what it returns.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told.
pub(in crate::catalog) fn change_in(_evaluator: &mut Evaluator<'_, '_>, _change: &DataChange) -> Result<Table> {
    Err(Stop::unknown("this kind of statement is not replayed", None))
}
