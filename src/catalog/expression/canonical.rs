//! Whether two stored expressions or queries are the same: PostgreSQL keeps trees and deparses them, so that different texts may be one.
//!
//! Two texts are the same if they say the same in the spelling of PostgreSQL's trees and use the same objects, by their current names. They
//! are different if they differ even without what PostgreSQL fills in by itself. What is between is not known.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Completeness, Filling, Form, Stored, Used, chain};
use crate::catalog::Oid;
use crate::catalog::model::{Type, TypeId, TypeUse};
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;
use crate::syntax::expression::{
    Body, DataChange, InsertSource, Query, Spelling, identifier, read, read_data_change, read_query, read_values, string,
};
use crate::syntax::tree::Ident;
use crate::text::Span;

/// How two texts compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// PostgreSQL deparses both alike.
    Same,
    /// It does not.
    Different,
    /// Nobody can tell.
    Unknown,
}

/// Compares `a`, as `in_a` knows its names, with `b`, as `in_b` does.
pub fn compare(in_a: &Catalog, a: &Stored, in_b: &Catalog, b: &Stored) -> Sameness {
    if (tells_time(a) || tells_time(b)) && !Arc::ptr_eq(&a.text, &b.text) {
        return Sameness::Different;
    }
    match same(in_a, a, in_b, b) {
        Sameness::Same if a.recast != b.recast => Sameness::Unknown,
        sameness => sameness,
    }
}

fn same(in_a: &Catalog, a: &Stored, in_b: &Catalog, b: &Stored) -> Sameness {
    let (text_a, text_b) = (current_text(in_a, a), current_text(in_b, b));
    let same_uses = uses(in_a, a) == uses(in_b, b);
    if text_a == text_b && a.form == b.form && same_uses {
        return Sameness::Same;
    }
    let (text_a, text_b) = (filled_text(in_a, a), filled_text(in_b, b));
    let (Some(strict_a), Some(strict_b)) = (spelled(a.form, &text_a, Spelling::Deparsed), spelled(b.form, &text_b, Spelling::Deparsed))
    else {
        return Sameness::Unknown;
    };
    if strict_a == strict_b {
        let whole = a.completeness == Completeness::Whole && b.completeness == Completeness::Whole;
        return match (same_uses, whole) {
            (true, _) => Sameness::Same,
            (false, true) => Sameness::Different,
            (false, false) => Sameness::Unknown,
        };
    }
    let (text_a, text_b) = (loose_text(in_a, a), loose_text(in_b, b));
    let (loose_a, loose_b) = (spelled(a.form, &text_a, Spelling::Loose), spelled(b.form, &text_b, Spelling::Loose));
    // A star stands for the columns that there were, and PostgreSQL spells paths in JSON and what is returned in its own way.
    let star = |text: &str| text.contains("SELECT *") || text.contains(".*");
    let stars = star(&strict_a) != star(&strict_b);
    let json = |text: &str| JSON.iter().any(|name| text.to_ascii_uppercase().contains(name));
    if loose_a == loose_b || stars || json(&strict_a) && json(&strict_b) { Sameness::Unknown } else { Sameness::Different }
}

/// What makes and reads JSON in a syntax of its own.
const JSON: &[&str] = &["JSON_ARRAY", "JSON_EXISTS", "JSON_OBJECT", "JSON_QUERY", "JSON_SERIALIZE", "JSON_TABLE", "JSON_VALUE"];

/// Whether it holds a constant such as `timestamp 'now'`, which becomes the time at which it is stored (PostgreSQL 15, 8.5.1.4): no two of
/// them are the same.
pub fn tells_time(stored: &Stored) -> bool {
    stored.filled.iter().any(|(span, filling)| {
        let Filling::Type(ty) = filling else { return false };
        let of_time = matches!(ty.id, TypeId::BuiltIn("date" | "time" | "timestamp" | "timestamptz" | "timetz"));
        let text = stored.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let word = text.trim_matches('\'').trim().to_ascii_lowercase();
        of_time && matches!(word.as_str(), "now" | "today" | "tomorrow" | "yesterday")
    })
}

/// The text in which what was renamed since has its current name.
pub fn current_text(catalog: &Catalog, stored: &Stored) -> String {
    edited(&stored.text, renames(catalog, stored).collect())
}

/// The same, with what PostgreSQL puts in: what it reads again where a column in the expression changes its type.
pub fn filled_text(catalog: &Catalog, stored: &Stored) -> String {
    let mut edits: Vec<(Span, String)> = renames(catalog, stored).collect();
    // Of operands that end at one place the inner ones get their types first.
    for (span, filling) in stored.filled.iter().rev() {
        edits.extend(filling.edits(catalog, &stored.text, *span));
    }
    edited(&stored.text, edits)
}

/// What PostgreSQL shows of it, but for line breaks and parentheses; none if it can't be read.
pub fn shown(catalog: &Catalog, stored: &Stored) -> Option<String> {
    spelled(stored.form, &filled_text(catalog, stored), Spelling::Deparsed)
}

/// A type as a cast to it is written: `character` and `bit` would be of length one there (`format_type_extended`).
fn cast_to(catalog: &Catalog, ty: &TypeUse) -> String {
    let name = match ty.id {
        TypeId::BuiltIn("bpchar") => "bpchar",
        TypeId::BuiltIn("bit") => "\"bit\"",
        _ => return format_type(catalog, ty),
    };
    format!("{name}{}", if ty.array { "[]" } else { "" })
}

impl Filling {
    /// What it puts in, most often before the bytes that it is noted for and behind them.
    fn edits(&self, catalog: &Catalog, text: &str, span: Span) -> [(Span, String); 2] {
        let (before, behind) = match self {
            Filling::Type(ty) => ("(".to_owned(), format!(")::{}", cast_to(catalog, ty))),
            Filling::Otherwise(ty) => (format!(" ELSE NULL::{} ", cast_to(catalog, ty)), String::new()),
            Filling::Variadic => ("VARIADIC ARRAY[".to_owned(), "]".to_owned()),
            Filling::Columns(names) => {
                let names: Vec<String> = names.iter().map(|name| identifier(name)).collect();
                (format!(" ({}) ", names.join(", ")), String::new())
            }
            Filling::Label(..) => (String::new(), String::new()),
            Filling::Cast(ty) => {
                let name = Span::new(span.start, span.start + name_length(&text[span]));
                return [(name, String::new()), (Span::new(span.end - 1, span.end), format!(")::{}", cast_to(catalog, ty)))];
            }
        };
        [(Span::empty(span.start), before), (Span::empty(span.end), behind)]
    }
}

/// The bytes before the first parenthesis that is in no quotes.
fn name_length(call: &str) -> u32 {
    let mut quoted = false;
    let opens = |c: char| {
        quoted ^= c == '"';
        c == '(' && !quoted
    };
    call.find(opens).unwrap_or_default() as u32
}

/// The same, with a mark in place of each constant in quotes that PostgreSQL does not keep as it is written (`'10:00'::time`).
fn loose_text(catalog: &Catalog, stored: &Stored) -> String {
    let kept = |ty: &TypeUse| match ty.id {
        TypeId::BuiltIn(name) => {
            !ty.array && matches!(name, "text" | "varchar" | "bpchar" | "name" | "regclass" | "int2" | "int4" | "int8" | "json")
        }
        TypeId::User(oid) => !ty.array && matches!(catalog.get(oid).and_then(|object| object.ty()), Some(Type::Enum(_))),
    };
    let mut edits = Vec::new();
    for (span, filling) in stored.filled.iter().rev() {
        match filling {
            Filling::Type(ty) if stored.text[*span].ends_with('\'') && !kept(ty) => edits.push((*span, "'…'".to_owned())),
            Filling::Type(_) | Filling::Label(..) => {}
            _ => edits.extend(filling.edits(catalog, &stored.text, *span)),
        }
    }
    edits.extend(renames(catalog, stored));
    edited(&stored.text, edits)
}

/// `text` with the bytes of each span replaced; of spans that overlap the first counts.
pub fn edited(text: &str, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        if (span.start as usize) < at || span.end as usize > text.len() {
            continue;
        }
        out.push_str(&text[at..span.start as usize]);
        out.push_str(&new);
        at = span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// What was renamed since, and what it is called now.
fn renames<'s>(catalog: &'s Catalog, stored: &'s Stored) -> impl Iterator<Item = (Span, String)> + 's {
    let names = stored.uses.iter().filter_map(|used| renamed(catalog, stored, used.span, used.what));
    names.chain(renamed_labels(catalog, stored))
}

/// The constants that are labels of enums under names which they no longer have, and how they are written now.
pub(in crate::catalog) fn renamed_labels<'s>(catalog: &'s Catalog, stored: &'s Stored) -> impl Iterator<Item = (Span, String)> + use<'s> {
    stored.filled.iter().filter_map(|(span, filling)| match filling {
        Filling::Label(ty, number) => renamed_label(catalog, stored, *span, (*ty, *number)),
        _ => None,
    })
}

/// The constant that is a label of an enum under a name which it no longer has, and how it is written now.
fn renamed_label(catalog: &Catalog, stored: &Stored, span: Span, (ty, number): (Oid, u32)) -> Option<(Span, String)> {
    let Some(Type::Enum(labels)) = catalog.get(ty).and_then(|object| object.ty()) else { return None };
    let written = stored.text.get(span.start as usize..span.end as usize)?;
    let label = string(&labels.iter().find(|label| label.number == number)?.text);
    (written.starts_with('\'') && written != label).then_some((span, label))
}

/// The bytes of a name that is no longer the object's, and what it is called now; a name in quotes (`'t'::regclass`) is always written in full.
fn renamed(catalog: &Catalog, stored: &Stored, span: Span, what: Used) -> Option<(Span, String)> {
    let written = stored.text.get(span.start as usize..span.end as usize)?;
    if let (Used::Relation(oid), true) = (what, written.starts_with('\'') && written.ends_with('\'')) {
        let object = catalog.get(oid)?;
        let schema = object.schema.and_then(|schema| catalog.get(schema)).map(|schema| identifier(&schema.name));
        let name = schema.into_iter().chain([identifier(&object.name)]).collect::<Vec<_>>().join(".");
        return Some((span, string(&name)));
    }
    let within = |own: Span| Span::new(span.start + own.start, span.start + own.end);
    let (name, own) = match what {
        Used::Column(address) => (catalog.column(address)?.name.to_string(), within(last_name(written, true)?)),
        Used::Relation(oid) => (catalog.get(oid)?.name.to_string(), within(last_name(written, false)?)),
        Used::Routine(oid) => (catalog.get(oid)?.name.to_string(), within(last_name(written, false)?)),
        Used::Type(oid) if !stored.is_given_type(span) => (catalog.get(oid)?.name.to_string(), chain::of_type(&stored.text, span)?.pop()?),
        _ => return None,
    };
    let value = Ident { span: own }.value(&stored.text).into_owned();
    (value != name && !stored.text[own].contains('*')).then(|| (own, identifier(&name)))
}

/// The last part of a name: at the end of the bytes, or of the name that they begin with.
fn last_name(written: &str, at_end: bool) -> Option<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let bytes = written.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        if bytes[at] == b'"' {
            at += 1;
            while at < bytes.len() && bytes[at] != b'"' {
                at += 1;
            }
            at += 1;
        } else {
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'$' | b'*') || bytes[at] >= 0x80) {
                at += 1;
            }
        }
        if start == at {
            break;
        }
        parts.push(Span::new(start as u32, at.min(bytes.len()) as u32));
        match bytes.get(at) {
            Some(b'.') => at += 1,
            _ => break,
        }
    }
    let last = *parts.last()?;
    (!at_end || last.end as usize == written.len()).then_some(last)
}

fn spelled(form: Form, text: &str, spelling: Spelling) -> Option<String> {
    match form {
        Form::Expression => {
            let tree = read(text);
            (!tree.has_unread()).then(|| tree.spelled(spelling))
        }
        Form::Query => read_query(text).map(|query| query.spelled(spelling)),
        Form::Statement => match read_data_change(text) {
            Some(change) => with_rows(change, text).map(|change| change.spelled(spelling)),
            None => read_query(text).map(|query| query.spelled(spelling)),
        },
    }
}

/// A data change with the rows of its VALUES read; none if one can't be.
fn with_rows(mut change: DataChange, text: &str) -> Option<DataChange> {
    if let DataChange::Insert(insert) = &mut change
        && let InsertSource::Rows(span) = insert.source
    {
        let rows = read_values(&text[span]).map(|row| row.values).collect::<Option<Vec<_>>>()?;
        let body = Body::Values(rows);
        let (order_by, locking) = (Vec::new(), Vec::new());
        let query = Query { span, with: None, body, order_by, limit: None, offset: None, locking };
        insert.source = InsertSource::Query(query.into());
    }
    Some(change)
}

/// What a text uses, by the names that it has now: of a schema, of an object in it, and of a column.
fn uses<'c>(catalog: &'c Catalog, stored: &Stored) -> BTreeSet<(&'c str, &'c str, &'c str)> {
    let full = |oid: Oid| {
        let object = catalog.get(oid)?;
        let schema = object.schema.and_then(|schema| catalog.get(schema)).map_or("", |schema| &*schema.name);
        Some((schema, &*object.name))
    };
    let named = stored.uses.iter().filter_map(|used| match used.what {
        // A relation's columns say which relation it is.
        Used::Column(address) => {
            let (schema, object) = full(address.object)?;
            Some((schema, object, &*catalog.column(address)?.name))
        }
        Used::Relation(oid) | Used::Routine(oid) | Used::Type(oid) | Used::Operator(oid) | Used::Object(oid) => {
            let (schema, object) = full(oid)?;
            Some((schema, object, ""))
        }
    });
    named.collect()
}
