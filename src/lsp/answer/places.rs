//! Where a table or a column was made, and where in the history it is named.

use lsp_types::{Location, TextDocumentPositionParams};

use crate::catalog::{Address, Catalog};
use crate::engine::Live;
use crate::text::Span;

use super::Asked;
use super::names::Words;

/// Where what is named at a place was made.
pub(super) fn definition(asked: &Asked<'_>, live: &Live<'_>, place: TextDocumentPositionParams) -> Option<Location> {
    let (address, catalog) = meant(asked, live, &place)?;
    let object = catalog.get(address.object)?;
    let origin = catalog.column(address).map(|column| column.origin).filter(|origin| origin.migration.is_some()).unwrap_or(object.origin);
    let (history, _) = live.history_of(&asked.name)?;
    let migration = history.migrations.get(origin.migration? as usize)?;
    asked.location(&migration.up, migration.place(origin.span))
}

/// Where what is named at a place is named, in all migrations, under whichever name it has there.
pub(super) fn references(asked: &Asked<'_>, live: &Live<'_>, place: TextDocumentPositionParams) -> Option<Vec<Location>> {
    let (address, _) = meant(asked, live, &place)?;
    let mut found = Vec::new();
    for (migration, before, after) in live.steps(&asked.name) {
        let mut spans: Vec<Span> = Vec::new();
        for catalog in [&before, after] {
            let Some(name) = name_of(catalog, address) else { continue };
            let text = migration.up.text();
            if !holds(text, &name) {
                continue;
            }
            for words in Words::all(text) {
                let meant = words.named(&name).filter(|at| words.meaning(catalog, *at) == Some(address));
                spans.extend(meant.map(|at| words.span(at)));
            }
        }
        spans.sort();
        spans.dedup();
        found.extend(spans.into_iter().filter_map(|span| asked.location(&migration.up, span)));
    }
    Some(found)
}

fn meant(asked: &Asked<'_>, live: &Live<'_>, place: &TextDocumentPositionParams) -> Option<(Address, Catalog)> {
    let source = live.source(&asked.name)?;
    let offset = asked.encoding().offset(source, place.position);
    let (before, after) = live.around(&asked.name)?;
    let words = Words::around(source.text(), offset);
    let at = words.at(offset)?;
    [after.clone(), before].into_iter().find_map(|catalog| Some((words.meaning(&catalog, at)?, catalog)))
}

fn name_of(catalog: &Catalog, address: Address) -> Option<String> {
    let object = catalog.get(address.object)?;
    match address.column {
        0 => Some(object.name.to_string()),
        _ => Some(catalog.column(address)?.name.to_string()),
    }
}

/// Whether a text may name something; in whichever case it is written.
fn holds(text: &str, name: &str) -> bool {
    let (text, name) = (text.as_bytes(), name.as_bytes());
    // Names with quotes or escapes in them are not written as they are.
    let is_plain = name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    !is_plain || text.windows(name.len()).any(|window| window.eq_ignore_ascii_case(name))
}
