//! Stored expressions and queries as they are written again: by the names that their objects have now, each with its schema, so that they
//! mean the same under any `search_path`.
//!
//! The text stays as its author wrote it, but for names: what each of them means is known beside the text ([`Use`]). A star that no longer
//! stands for the columns that it stood for is written out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Repeat, name};
use crate::catalog::expression::canonical::{edited, renamed_labels};
use crate::catalog::expression::{Filling, Form, Stored, Use, Used, chain};
use crate::catalog::model::TypeId;
use crate::catalog::object::Body;
use crate::catalog::store::Catalog;
use crate::catalog::{ColumnNumber, Oid};
use crate::syntax::expression::{
    ExpressionKind, FromItem, FromItemKind, JoinCondition, Node, Query, identifier, qualified, read, read_data_change, read_query, string,
};
use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::Ident;
use crate::text::Span;

/// An expression or a query.
pub(in crate::catalog) fn text(catalog: &Catalog, stored: &Stored) -> String {
    written(catalog, stored, Repeat::Once)
}

/// A view's query. Where it is made again the columns of its tables may have come back in another order, so that no star stands for them.
pub(super) fn query(catalog: &Catalog, stored: &Stored, repeat: Repeat) -> String {
    written(catalog, stored, repeat)
}

fn written(catalog: &Catalog, stored: &Stored, repeat: Repeat) -> String {
    let (rows, is_plain) = rows(stored);
    let writer = Writer { catalog, stored, rows, is_plain, repeat };
    let mut edits = Vec::new();
    let mut stars: BTreeMap<Span, Vec<(Oid, ColumnNumber)>> = BTreeMap::new();
    for used in stored.uses.iter() {
        match (used.what, writer.source(used.span)) {
            (Used::Column(address), Some(written)) if written.ends_with('*') => {
                stars.entry(used.span).or_default().push((address.object, address.column));
            }
            _ => edits.extend(writer.edit(used)),
        }
    }
    edits.extend(stars.iter().filter_map(|(span, columns)| writer.star(*span, columns)));
    edits.extend(renamed_labels(catalog, stored));
    edited(&stored.text, edits).trim().to_owned()
}

/// An expression where only an operand may stand, or where anything else would be read on: in parentheses unless it needs none.
pub(super) fn operand(catalog: &Catalog, stored: &Stored) -> String {
    use ExpressionKind as Kind;
    let text = text(catalog, stored);
    let simple = matches!(
        read(&text).kind,
        Kind::Constant(_) | Kind::Call(_) | Kind::Column(_) | Kind::Cast(..) | Kind::Value(..) | Kind::Coalesce(_) | Kind::Array(_)
    );
    if simple { text } else { parenthesised(&text) }
}

/// A key of an index or a partitioned table: a call as it is, anything else in parentheses.
pub(super) fn key(catalog: &Catalog, stored: &Stored) -> String {
    let text = text(catalog, stored);
    if matches!(read(&text).kind, ExpressionKind::Call(_)) && !text.starts_with('(') { text } else { parenthesised(&text) }
}

/// An expression in parentheses, of which it has no second pair.
pub(super) fn parenthesised(text: &str) -> String {
    // `(a) OR (b)` begins and ends with parentheses that are no pair.
    let mut depth = 0_i32;
    let mut closes_at_end = text.starts_with('(');
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'\'' | b'"' | b'$' => closes_at_end = false,
            _ => {}
        }
        closes_at_end &= depth > 0 || at + 1 == text.len();
    }
    if closes_at_end { text.to_owned() } else { format!("({text})") }
}

/// What a query calls its columns, if that can be told.
pub(super) fn labels(text: &str) -> Option<Vec<String>> {
    let query = read_query(text)?;
    let select = first_select(&query)?;
    select.targets.iter().map(|target| target.column_name().map(str::to_owned)).collect()
}

fn first_select(query: &Query) -> Option<&crate::syntax::expression::Select> {
    use crate::syntax::expression::Body;
    match &query.body {
        Body::Select(select) => Some(select),
        Body::SetOperation(operation) => first_select(operation.parts.first()?),
        Body::Values(_) => None,
    }
}

/// What FROM and the like name: the relation's bytes, and the name that stands for its rows.
struct Row {
    span: Span,
    alias: Option<String>,
}

struct Writer<'s> {
    catalog: &'s Catalog,
    stored: &'s Stored,
    rows: Vec<Row>,
    /// Whether all rows are those of relations, and no column of two is one.
    is_plain: bool,
    repeat: Repeat,
}

impl Writer<'_> {
    fn source(&self, span: Span) -> Option<&str> {
        self.stored.text.get(span.start as usize..span.end as usize)
    }

    fn first_chain(&self, span: Span) -> Option<Vec<Span>> {
        chain::first(&self.stored.text, span)
    }

    /// What a name becomes.
    fn edit(&self, used: &Use) -> Option<(Span, String)> {
        let written = self.source(used.span)?;
        if let Some(name) = self.called_type(used.span) {
            return self.replaced(self.first_chain(used.span)?, name);
        }
        match used.what {
            Used::Type(_) if self.stored.is_given_type(used.span) => None,
            // `'t'::regclass`
            Used::Relation(oid) | Used::Type(oid) if written.starts_with('\'') && written.ends_with('\'') => {
                Some((used.span, string(&name::qualified(self.catalog, oid))))
            }
            Used::Relation(oid) if self.rows.iter().any(|row| row.span == used.span) => {
                self.replaced(self.first_chain(used.span)?, name::qualified(self.catalog, oid))
            }
            // The type of its rows; otherwise a name that stands for a row.
            Used::Relation(oid) | Used::Type(oid) if !written.is_empty() => {
                let chain = chain::of_type(&self.stored.text, used.span)?;
                self.replaced(chain, name::qualified(self.catalog, oid))
            }
            Used::Routine(oid) => self.replaced(self.first_chain(used.span)?, name::qualified(self.catalog, oid)),
            Used::Object(oid) => self.member(oid, used.span),
            Used::Column(address) => {
                let column = self.catalog.column(address)?;
                self.column(used.span, address.object, &column.name)
            }
            Used::Operator(_) | Used::Relation(_) | Used::Type(_) => None,
        }
    }

    /// The name of the type that these bytes cast to like a call.
    fn called_type(&self, span: Span) -> Option<String> {
        let ty = self.stored.filled.iter().find_map(|(of, filling)| match filling {
            Filling::Cast(ty) if *of == span => Some(ty),
            _ => None,
        })?;
        let TypeId::User(oid) = ty.id else { return None };
        let object = self.catalog.get(oid).filter(|_| ty.array);
        let Some(object) = object else { return Some(name::qualified(self.catalog, oid)) };
        let schema = self.catalog.get(object.schema?)?.name.to_string();
        Some(qualified(&[schema, format!("_{}", object.name)]))
    }

    /// A call of an extension's function, or a collation.
    fn member(&self, oid: Oid, span: Span) -> Option<(Span, String)> {
        match &self.catalog.get(oid)?.body {
            Body::Extension(extension) => {
                let schema = self.catalog.get(extension.schema?)?;
                let chain = self.first_chain(span)?;
                let [only] = chain[..] else { return None };
                let follows = chain::tokens(&self.stored.text, span).get(1).is_some_and(|token| token.kind == TokenKind::LeftParen);
                let name = Ident { span: only }.value(&self.stored.text).into_owned();
                (follows && &*schema.name != "pg_catalog").then(|| (only, qualified(&[schema.name.to_string(), name])))
            }
            Body::Other(..) => self.replaced(chain::behind(&self.stored.text, span, "collate")?, name::qualified(self.catalog, oid)),
            _ => None,
        }
    }

    /// A column, by its name now, and with the name now of the relation where it stood before it.
    fn column(&self, span: Span, relation: Oid, column: &str) -> Option<(Span, String)> {
        let chain = self.first_chain(span)?;
        let whole = Span::new(chain.first()?.start, chain.last()?.end);
        let value = |span: &Span| Ident { span: *span }.value(&self.stored.text).into_owned();
        // A field of something else.
        if whole.end != span.end || whole.start != span.start {
            return None;
        }
        let mut parts: Vec<String> = chain.iter().map(value).collect();
        let own = parts.pop()?;
        let mut changed = own != column;
        if let Some(before) = parts.last_mut()
            && let Some(renamed) = self.renamed_row(relation, before)
        {
            *before = renamed;
            changed = true;
        }
        if parts.len() > 1 {
            let last = parts.pop()?;
            let object = self.catalog.get(relation)?;
            let schema = object.schema.and_then(|schema| self.catalog.get(schema))?.name.to_string();
            changed |= parts != [schema.as_str()];
            parts = vec![schema, last];
        }
        parts.push(column.to_owned());
        changed.then(|| (whole, qualified(&parts)))
    }

    /// What a relation is called now that stands in FROM without an alias, and was called `before` when that was written.
    fn renamed_row(&self, relation: Oid, before: &str) -> Option<String> {
        let now = &self.catalog.get(relation)?.name;
        let was_called = |row: &&Row| {
            let chain = if row.alias.is_none() { self.first_chain(row.span) } else { None };
            chain.and_then(|chain| chain.last().map(|span| Ident { span: *span }.value(&self.stored.text) == before)).unwrap_or_default()
        };
        let is_its = |row: &Row| self.stored.uses.iter().any(|used| used.span == row.span && used.what == Used::Relation(relation));
        (**now != *before && self.rows.iter().find(was_called).is_some_and(is_its)).then(|| now.to_string())
    }

    /// `*`, `t.*`: nothing where it stands for the same columns still, and will.
    fn star(&self, span: Span, columns: &[(Oid, ColumnNumber)]) -> Option<(Span, String)> {
        let relations: BTreeSet<Oid> = columns.iter().map(|(relation, _)| *relation).collect();
        let same = relations.iter().all(|relation| {
            let now: Vec<ColumnNumber> =
                self.catalog.relation(*relation).into_iter().flat_map(|found| &found.columns).map(|column| column.number).collect();
            now.iter().eq(columns.iter().filter(|(of, _)| of == relation).map(|(_, column)| column))
        });
        if (same && self.repeat == Repeat::Once) || !self.is_plain {
            return None;
        }
        let chain = self.first_chain(span);
        let mut list = Vec::new();
        for (relation, number) in columns {
            let column = self.catalog.column(crate::catalog::Address::column(*relation, *number))?;
            let row = match &chain {
                Some(chain) => chain.iter().map(|span| self.stored.text[*span].to_owned()).collect::<Vec<_>>().join("."),
                None => identifier(&self.row_of(*relation)?),
            };
            list.push(format!("{row}.{}", identifier(&column.name)));
        }
        Some((span, list.join(", ")))
    }

    /// The name that stands for the rows of a relation, if it stands in one place only.
    fn row_of(&self, relation: Oid) -> Option<String> {
        let is_it = |row: &&Row| self.stored.uses.iter().any(|used| used.span == row.span && used.what == Used::Relation(relation));
        let mut found = self.rows.iter().filter(is_it);
        let row = found.next()?;
        if found.next().is_some() {
            return None;
        }
        match &row.alias {
            Some(alias) => Some(alias.clone()),
            None => Some(self.catalog.get(relation)?.name.to_string()),
        }
    }

    fn replaced(&self, chain: Vec<Span>, new: String) -> Option<(Span, String)> {
        let whole = Span::new(chain.first()?.start, chain.last()?.end);
        (self.stored.text[whole] != new).then_some((whole, new))
    }
}

/// What FROM and the targets of data changes name in a text, and whether that is all that is in FROM.
fn rows(stored: &Stored) -> (Vec<Row>, bool) {
    let mut rows = Vec::new();
    let mut is_plain = true;
    let mut see = |node: Node<'_>| match node {
        Node::From(FromItem { span, kind: FromItemKind::Relation(relation), .. }) => {
            rows.push(Row { span: *span, alias: relation.alias.as_ref().map(|alias| alias.name.clone()) });
        }
        Node::From(FromItem { kind: FromItemKind::Join(join), .. }) => {
            is_plain &= !matches!(join.condition, JoinCondition::Natural | JoinCondition::Using(..));
        }
        Node::From(_) | Node::CommonTable(_) => is_plain = false,
        Node::Change(change) => {
            let target = change.target();
            rows.push(Row { span: target.span, alias: target.alias.clone() });
        }
        _ => {}
    };
    match stored.form {
        Form::Expression => read(&stored.text).walk(&mut see),
        Form::Query => read_query(&stored.text).iter().for_each(|query| query.walk(&mut see)),
        Form::Statement => match read_data_change(&stored.text) {
            Some(change) => change.walk(&mut see),
            None => read_query(&stored.text).iter().for_each(|query| query.walk(&mut see)),
        },
    }
    (rows, is_plain)
}
