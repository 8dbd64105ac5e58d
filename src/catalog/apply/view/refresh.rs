//! REFRESH MATERIALIZED VIEW (`ExecRefreshMatView`).

use super::table_as::refill;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Index, RelationKind};
use crate::catalog::run::Run;
use crate::catalog::{Oid, apply::known::shown_name};
use crate::syntax::tree::{RefreshMaterializedView, WithData};

pub(super) fn refresh(run: &mut Run<'_>, text: &str, refresh: &RefreshMaterializedView) -> Result {
    let span = refresh.name.span();
    let oid = run.relation(text, refresh.name)?;
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let name = object.name.clone();
    let filled = refresh.data.is_none_or(|clause| clause.value == WithData::Data);
    let populated = match object.relation().map(|relation| &relation.kind) {
        Some(RelationKind::MaterializedView(view)) => view.populated,
        Some(RelationKind::Unknown) | None => return Ok(()),
        Some(RelationKind::Table) => return Err(Stop::fails("0A000", format!("\"{name}\" is not a materialized view"), span)),
        Some(_) => return Err(Stop::fails("42809", format!("\"{name}\" is not a table or materialized view"), span)),
    };
    if let Some(at) = refresh.concurrently {
        if !populated {
            let message = "CONCURRENTLY cannot be used when the materialized view is not populated";
            return Err(Stop::fails("0A000", message, at));
        }
        if !filled {
            let message = "CONCURRENTLY and WITH NO DATA options cannot be used together";
            return Err(Stop::fails("42601", message, at));
        }
        if !has_key(run, oid) {
            let message = format!("cannot refresh materialized view \"{}\" concurrently", shown_name(&run.catalog, oid));
            return Err(Stop::fails("55000", message, at));
        }
    }
    refill(run, oid, filled, span)
}

/// Whether a unique index tells all rows apart: one without a condition, on columns alone.
fn has_key(run: &Run<'_>, view: Oid) -> bool {
    let tells_apart = |index: &Index| {
        index.unique && index.immediate && index.valid && index.predicate.is_none() && index.columns().all(|column| column.is_some())
    };
    run.catalog.indexes(view).any(|(_, index)| tells_apart(index))
}
