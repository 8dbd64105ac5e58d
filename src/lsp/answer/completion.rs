//! What may stand at a place: rules in a suppression; elsewhere the tables and columns that there are at this point of the history.

use std::collections::BTreeSet;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionList, TextDocumentPositionParams};

use crate::catalog::describe::name;
use crate::catalog::model::RelationKind;
use crate::catalog::{Catalog, Class, Object, Oid, Standing};
use crate::engine::Live;
use crate::rules::{Group, RULES};
use crate::text::Span;

use super::Asked;
use super::names::Words;

/// How many names are offered; who types on is offered others.
const MOST: usize = 500;

/// What may stand at a place.
pub(super) fn candidates(asked: &Asked<'_>, live: &Live<'_>, place: TextDocumentPositionParams) -> Option<CompletionList> {
    let source = live.source(&asked.name)?;
    let offset = asked.encoding().offset(source, place.position);
    let text = source.text();
    let line = source.lines().line(text, source.lines().line_of(offset));
    let before = &text[Span::new(line.start, offset)];
    if let Some(mark) = before.find("--") {
        let items = if names_rules(&before[mark..]) { rules() } else { Vec::new() };
        return Some(CompletionList { is_incomplete: false, items });
    }
    let (earlier, after) = live.around(&asked.name)?;
    let words = Words::around(text, offset);
    let typed =
        before.rfind(|c: char| !is_part(c)).map_or(before, |at| &before[at + before[at..].chars().next().map_or(1, char::len_utf8)..]);
    let head = &before[..before.len() - typed.len()];
    let qualifier = head.strip_suffix('.').map(|head| head.rsplit(|c: char| !is_part(c)).next().unwrap_or(head).to_lowercase());
    let quotes = match (head.ends_with('"'), text[offset as usize..].starts_with('"')) {
        (false, _) => Quotes::None,
        (true, false) => Quotes::Open,
        (true, true) => Quotes::Around,
    };
    let mut items = Found { typed: typed.to_lowercase(), quotes, seen: BTreeSet::new(), items: Vec::new() };
    for catalog in [after, &earlier] {
        match &qualifier {
            Some(qualifier) => items.below(catalog, qualifier),
            None => {
                for relation in words.relations(catalog, offset) {
                    items.columns(catalog, relation);
                }
                items.schemas(catalog);
                items.relations(catalog, |_| true);
            }
        }
    }
    let is_incomplete = items.items.len() >= MOST;
    Some(CompletionList { is_incomplete, items: items.items })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether what stands before in a comment ends inside the parentheses of a suppression.
fn names_rules(before: &str) -> bool {
    let list = before.split_once("migration-lint:").and_then(|(_, rest)| rest.split_once('('));
    list.is_some_and(|(verb, list)| verb.trim().starts_with("allow") && !list.contains(')'))
}

fn rules() -> Vec<CompletionItem> {
    let item = |label: &str, detail: String| CompletionItem {
        label: label.to_owned(),
        kind: Some(CompletionItemKind::VALUE),
        detail: Some(detail),
        ..CompletionItem::default()
    };
    // What is about suppressions can't be allowed by one.
    let allowable = RULES.iter().map(|rule| rule.meta()).filter(|meta| meta.group != Group::Suppression);
    allowable.map(|meta| item(meta.id, meta.summary().replace('\n', " "))).collect()
}

/// The quotes that a name is typed in.
#[derive(Clone, Copy)]
enum Quotes {
    None,
    /// The first one.
    Open,
    Around,
}

impl Quotes {
    /// What is put in for a name.
    fn completed(self, label: &str) -> String {
        let inner = label.replace('"', "\"\"");
        match self {
            Quotes::None => name(label).into_owned(),
            Quotes::Open => inner + "\"",
            Quotes::Around => inner,
        }
    }
}

/// What was found so far.
struct Found {
    typed: String,
    quotes: Quotes,
    seen: BTreeSet<String>,
    items: Vec<CompletionItem>,
}

impl Found {
    fn add(&mut self, label: &str, kind: CompletionItemKind, detail: impl FnOnce() -> Option<String>) {
        let is_wanted = self.items.len() < MOST && label.to_lowercase().starts_with(&self.typed);
        if is_wanted && self.seen.insert(label.to_owned()) {
            let insert = self.quotes.completed(label);
            let insert_text = (insert != label).then_some(insert);
            self.items.push(CompletionItem {
                label: label.to_owned(),
                kind: Some(kind),
                detail: detail(),
                insert_text,
                ..CompletionItem::default()
            });
        }
    }

    fn columns(&mut self, catalog: &Catalog, relation: Oid) {
        for column in catalog.relation(relation).map(|relation| relation.columns.as_slice()).unwrap_or_default() {
            let detail = || {
                let address = crate::catalog::Address::column(relation, column.number);
                crate::catalog::ddl::definition_of_column(catalog, address)
            };
            self.add(&column.name, CompletionItemKind::FIELD, detail);
        }
    }

    fn schemas(&mut self, catalog: &Catalog) {
        let all = catalog.objects().filter(|(_, object)| object.body.class() == Class::Schema);
        for (_, object) in all {
            self.add(&object.name, CompletionItemKind::MODULE, || Some("schema".to_owned()));
        }
    }

    fn relations(&mut self, catalog: &Catalog, is_meant: impl Fn(&Object) -> bool) {
        for (_, object) in catalog.objects() {
            let Some(relation) = object.relation() else { continue };
            let is_named = !matches!(relation.kind, RelationKind::Index(_) | RelationKind::Sequence(_));
            if is_named && object.standing == Standing::Made && object.extension.is_none() && is_meant(object) {
                let schema = object.schema.and_then(|schema| catalog.get(schema)).map(|schema| schema.name.to_string());
                self.add(&object.name, CompletionItemKind::STRUCT, || schema);
            }
        }
    }

    /// What is in the schema, or in the relation, that is called `qualifier`.
    fn below(&mut self, catalog: &Catalog, qualifier: &str) {
        let schemas = catalog.named(Class::Schema, Oid::NONE, qualifier).to_vec();
        self.relations(catalog, |object| object.schema.is_some_and(|schema| schemas.contains(&schema)));
        let relations: Vec<Oid> = catalog.anywhere(Class::Relation, qualifier).map(|(oid, _)| oid).collect();
        for relation in relations {
            self.columns(catalog, relation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_put_in_with_the_quotes_that_it_lacks() {
        let put_in = |label| [Quotes::None, Quotes::Open, Quotes::Around].map(|quotes| quotes.completed(label));
        assert_eq!(put_in("title"), ["title", "title\"", "title"]);
        assert_eq!(put_in("né"), ["\"né\"", "né\"", "né"]);
        assert_eq!(put_in("a\"b"), ["\"a\"\"b\"", "a\"\"b\"", "a\"\"b"]);
    }
}
