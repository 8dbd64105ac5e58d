//! Where a table or a column was made, and where in the history it is named.

use lsp_types::{Location, TextDocumentPositionParams};

use crate::catalog::{Address, Catalog};
use crate::engine::Live;
use crate::migration::Section;
use crate::text::Span;

use super::Asked;
use super::names::Words;

/// Where what is named at a place was made.
pub(super) fn definition(asked: &Asked<'_>, live: &Live<'_>, place: TextDocumentPositionParams) -> Option<Location> {
    let Meant { address, catalog, .. } = meant(asked, live, &place)?;
    let object = catalog.get(address.object)?;
    let origin = catalog.column(address).map(|column| column.origin).filter(|origin| origin.migration.is_some()).unwrap_or(object.origin);
    let (history, _) = live.history_of(&asked.name)?;
    let migration = history.migrations.get(origin.migration? as usize)?;
    asked.location(&migration.up, migration.place(origin.span))
}

/// Where what is named at a place is named, in all migrations, under whichever name it has there.
pub(super) fn references(asked: &Asked<'_>, live: &Live<'_>, place: TextDocumentPositionParams) -> Option<Vec<Location>> {
    let Meant { address, .. } = meant(asked, live, &place)?;
    let mut found = Vec::new();
    for (migration, before, after) in live.steps(&asked.name) {
        let mut places: Vec<(&str, Span)> = Vec::new();
        let names: Vec<(&Catalog, String)> =
            [&before, after].into_iter().filter_map(|catalog| Some((catalog, name_of(catalog, address)?))).collect();
        if !names.iter().any(|(_, name)| migration.files().any(|file| holds(file.text(), name))) {
            continue;
        }
        let sections = migration.sections();
        let down = sections.down.as_ref().map(|down| (&down.source, down.text()));
        for (source, text) in std::iter::once((&migration.up, migration.up.shared_text())).chain(down) {
            for words in Words::all(&text) {
                for (catalog, name) in &names {
                    let meant = words.named(name).filter(|at| words.meaning(catalog, *at) == Some(address));
                    places.extend(meant.map(|at| (source.path(), words.span(at))));
                }
            }
        }
        places.sort();
        places.dedup();
        let source = |path: &str| migration.files().find(|file| file.path() == path);
        found.extend(places.into_iter().filter_map(|(path, span)| asked.location(source(path)?, span)));
    }
    Some(found)
}

/// What the word at a place means.
pub(super) struct Meant {
    pub(super) address: Address,
    /// What is there after the migration, or before it if that has it no longer.
    pub(super) catalog: Catalog,
    /// The word.
    pub(super) span: Span,
}

/// What the word at a place means; in a down migration in comments too.
pub(super) fn meant(asked: &Asked<'_>, live: &Live<'_>, place: &TextDocumentPositionParams) -> Option<Meant> {
    let source = live.source(&asked.name)?;
    let offset = asked.encoding().offset(source, place.position);
    let (before, after) = live.around(&asked.name)?;
    let down = live.migration_of(&asked.name)?.sections().down;
    let is_around =
        |down: &Section| down.source.path() == source.path() && down.spans.iter().any(|span| span.start <= offset && offset <= span.end);
    let text = down.filter(is_around).map_or_else(|| source.shared_text(), |down| down.text());
    let words = Words::around(&text, offset);
    let at = words.at(offset)?;
    let span = words.span(at);
    [after.clone(), before].into_iter().find_map(|catalog| Some(Meant { address: words.meaning(&catalog, at)?, catalog, span }))
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
