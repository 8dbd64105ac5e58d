//! MERGE.

use super::Outcome;
use super::table::{self};
use crate::catalog::apply::session::expect_writable_relation;
use crate::catalog::evaluate::Evaluator;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed;
use crate::syntax::expression::{Merge, MergeRows};

/// MERGE: from no rows it does nothing.
pub(super) fn merge(evaluator: &mut Evaluator<'_, '_>, merge: &Merge) -> Result<Outcome> {
    let target = table::target(evaluator.run, &merge.target)?;
    deed::fill(evaluator.run, target.oid);
    expect_writable_relation(evaluator.run, target.oid, "MERGE")?;
    let returned = target.returned_columns(merge.returning.as_ref());
    let from = std::slice::from_ref(&merge.source);
    let source = evaluator.combinations(from, None)?;
    let by_source = merge.whens.iter().any(|when| when.rows == MergeRows::NotMatchedBySource);
    let is_empty = !evaluator.run.catalog.rows.contains_key(&target.oid);
    if source.is_empty() && (is_empty || !by_source) {
        return Ok(Outcome::nothing(returned));
    }
    Err(Stop::unknown("what MERGE does to rows is not followed", target.span))
}
