//! What a table or a column is at a point of the history, and which migration made it; in a suppression, the page of a rule.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, TextDocumentPositionParams};

use crate::catalog::{Address, Catalog, Origin, ddl};
use crate::engine::Live;
use crate::migration::History;
use crate::rules;
use crate::text::{SourceFile, Span};

use super::Asked;
use super::places::{Meant, meant};

/// What is said of the word at a place.
pub(super) fn hover(asked: &Asked<'_>, live: &Live<'_>, place: TextDocumentPositionParams) -> Option<Hover> {
    let source = live.source(&asked.name)?;
    let offset = asked.encoding().offset(source, place.position);
    let (text, span) = page(source, offset).or_else(|| meaning(asked, live, &place))?;
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: text });
    Some(Hover { contents, range: Some(asked.encoding().range(source, span)) })
}

/// The page of the rule that a suppression names there.
fn page(source: &SourceFile, offset: u32) -> Option<(String, Span)> {
    let text = source.text();
    let line = source.lines().line(text, source.lines().line_of(offset));
    let mark = line.start + text[line].find("migration-lint:")? as u32;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let start = text[Span::new(line.start, offset)].rfind(|c| !is_part(c)).map_or(line.start, |at| line.start + at as u32 + 1);
    let end = text[Span::new(offset, line.end)].find(|c| !is_part(c)).map_or(line.end, |at| offset + at as u32);
    let span = Span::new(start, end);
    let rule = rules::find(&text[span]).filter(|_| mark < start)?;
    Some((rule.meta().body().to_owned(), span))
}

fn meaning(asked: &Asked<'_>, live: &Live<'_>, place: &TextDocumentPositionParams) -> Option<(String, Span)> {
    let Meant { address, catalog, span } = meant(asked, live, place)?;
    let (history, _) = live.history_of(&asked.name)?;
    Some((described(&catalog, history, address)?, span))
}

fn described(catalog: &Catalog, history: &History, address: Address) -> Option<String> {
    let object = catalog.get(address.object)?;
    let (definition, comment) = match catalog.column(address) {
        Some(column) => (ddl::definition_of_column(catalog, address)?, column.comment.clone()),
        None => {
            let statements: Vec<String> = ddl::definition(catalog, address.object).iter().map(|one| format!("{one};")).collect();
            (statements.join("\n"), object.comment.clone())
        }
    };
    let mut lines = Vec::new();
    if !definition.is_empty() {
        lines.push(format!("```sql\n{definition}\n```"));
    }
    lines.extend(comment.map(|comment| comment.to_string()));
    let column = catalog.column(address);
    let origin = column.map(|column| column.origin).filter(|origin| origin.migration.is_some()).unwrap_or(object.origin);
    let told = |origin: Origin, what: &str| {
        let migration = history.migrations.get(origin.migration? as usize)?;
        let line = migration.up.position(migration.place(origin.span).start).line;
        Some(format!("{what} `{}`, line {line}", migration.id))
    };
    let made = told(origin, "made by");
    lines.push(made.unwrap_or_else(|| "no migration of this history makes it".to_owned()));
    lines.extend(column.and_then(|column| told(column.retyped?, "has its type from")));
    Some(lines.join("\n\n"))
}
