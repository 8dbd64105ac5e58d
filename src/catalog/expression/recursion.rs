//! Views that read themselves: nothing keeps a view from being replaced by a query that reads it by way of another, until something reads it.

use std::collections::BTreeSet;

use super::Stored;
use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::store::Catalog;
use crate::text::Span;

/// Expects that a statement which is planned reads no view that reads itself (`fireRIRrules`).
///
/// # Errors
/// 42P17 if it does.
pub(in crate::catalog) fn expect_no_recursion(catalog: &Catalog, stored: &Stored, span: Span) -> Result {
    let mut search = Search { catalog, open: Vec::new(), done: BTreeSet::new() };
    match search.recursion(stored).and_then(|view| catalog.get(view)) {
        None => Ok(()),
        Some(view) => Err(Stop::fails("42P17", format!("infinite recursion detected in rules for relation \"{}\"", view.name), span)),
    }
}

struct Search<'c> {
    catalog: &'c Catalog,
    /// The views on the way to where the search is, the outermost first.
    open: Vec<Oid>,
    /// Those that read nothing that reads itself.
    done: BTreeSet<Oid>,
}

impl Search<'_> {
    /// The first view that is met again inside itself.
    fn recursion(&mut self, stored: &Stored) -> Option<Oid> {
        for used in stored.uses.iter() {
            let oid = used.what.address().object;
            let Some(RelationKind::View(view)) = self.catalog.relation(oid).map(|relation| &relation.kind) else { continue };
            if self.open.contains(&oid) {
                return Some(oid);
            }
            if !self.done.contains(&oid) {
                self.open.push(oid);
                let found = self.recursion(&view.query);
                self.open.pop();
                if found.is_some() {
                    return found;
                }
                self.done.insert(oid);
            }
        }
        None
    }
}
