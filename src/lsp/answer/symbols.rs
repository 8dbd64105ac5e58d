//! What a migration is made of: its statements, those that go up and those that go back.

use lsp_types::{DocumentSymbol, SymbolKind};

use crate::engine::Live;
use crate::migration::Section;
use crate::syntax::Statement;
use crate::syntax::tree::Node;
use crate::text::{SourceFile, Span};

use super::Asked;

/// The statements of a file, by direction where it has two.
pub(super) fn symbols(asked: &Asked<'_>, live: &Live<'_>) -> Option<Vec<DocumentSymbol>> {
    let source = live.source(&asked.name)?;
    let sections = live.migration_of(&asked.name)?.sections();
    let is_own = |section: &&Section| section.source.path() == source.path();
    let up = Some(&sections.up).filter(is_own);
    let down = sections.down.as_ref().filter(is_own);
    match (up, down) {
        (Some(up), None) => Some(statements(asked, source, up)),
        (None, Some(down)) => Some(statements(asked, source, down)),
        (Some(up), Some(down)) => {
            let both = [("up", up), ("down", down)].map(|(name, section)| {
                let children = statements(asked, source, section);
                symbol(asked, source, name.to_owned(), SymbolKind::NAMESPACE, section.span(), children)
            });
            Some(both.into())
        }
        (None, None) => None,
    }
}

fn statements(asked: &Asked<'_>, source: &SourceFile, section: &Section) -> Vec<DocumentSymbol> {
    let sql = section.parse();
    let of = |statement: &Statement| {
        let kind = statement.node().map_or(SymbolKind::NULL, kind);
        symbol(asked, source, head(&sql.text[statement.span]), kind, statement.span, Vec::new())
    };
    sql.script.statements.iter().map(of).collect()
}

fn symbol(
    asked: &Asked<'_>,
    source: &SourceFile,
    name: String,
    kind: SymbolKind,
    span: Span,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    let range = asked.encoding().range(source, span);
    #[allow(deprecated)]
    DocumentSymbol {
        name,
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: range,
        children: (!children.is_empty()).then_some(children),
    }
}

/// The beginning of a statement, up to what it defines.
fn head(text: &str) -> String {
    const LONGEST: usize = 60;
    let words = text.split(['(', '$', '\'']).next().unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if words.is_empty() { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { words };
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

const fn kind(node: &Node) -> SymbolKind {
    match node {
        Node::CreateTable(_) | Node::CreateTableAs(_) => SymbolKind::STRUCT,
        Node::CreateView(_) => SymbolKind::INTERFACE,
        Node::CreateIndex(_) => SymbolKind::KEY,
        Node::CreateType(_) | Node::CreateDomain(_) => SymbolKind::ENUM,
        Node::CreateSchema(_) => SymbolKind::NAMESPACE,
        Node::AlterTable(_) => SymbolKind::PROPERTY,
        _ => SymbolKind::EVENT,
    }
}
