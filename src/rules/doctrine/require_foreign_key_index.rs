//! `require-foreign-key-index`: what refers to another table can be found without reading all of its own.
//!
//! Judged by the schema at the history's end, so that it does not matter which migration makes the index. What is only assumed, or may have
//! been changed by a statement that can't be followed, is passed over.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::expression::{Stored, Used};
use crate::catalog::model::{Constraint, ConstraintKind, ForeignKey, Index, Relation};
use crate::catalog::{Address, Catalog, ColumnNumber, Object, Oid, Standing, describe, naming};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::rules::amendment::{Maker, addition};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::expression::{Expression, ExpressionKind, Negated, read};

/// The rule.
#[derive(Debug)]
pub struct RequireForeignKeyIndex;

static META: Meta = Meta {
    id: "require-foreign-key-index",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-foreign-key-index.md"),
};

impl Rule for RequireForeignKeyIndex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let mut keys: BTreeMap<(Oid, BTreeSet<ColumnNumber>), Vec<Key<'_>>> = BTreeMap::new();
        for key in cx.objects().filter_map(|(_, object)| Key::of(cx.end, object)) {
            if !cx.end.indexes(key.table).any(|(_, index)| serves(index, &key)) {
                keys.entry((key.table, key.constraint.columns.iter().copied().collect())).or_default().push(key);
            }
        }
        // Several keys on the same columns want one index.
        out.extend(keys.values().filter_map(|keys| found(cx, keys)));
    }
}

/// A foreign key of a table that is known.
struct Key<'c> {
    object: &'c Object,
    constraint: &'c Constraint,
    references: &'c ForeignKey,
    table: Oid,
    relation: &'c Relation,
}

impl<'c> Key<'c> {
    fn of(catalog: &'c Catalog, object: &'c Object) -> Option<Key<'c>> {
        let constraint = object.constraint()?;
        let ConstraintKind::ForeignKey(references) = &constraint.kind else { return None };
        let table = object.of?;
        let holder = catalog.get(table).filter(|holder| holder.standing == Standing::Made)?;
        let relation = holder.relation()?;
        // A partition's part is judged with the whole, and a key that is not enforced is never looked up.
        let is_whole = constraint.parent.is_none() && constraint.enforced;
        (is_whole && relation.columns_known).then_some(Key { object, constraint, references, table, relation })
    }

    fn columns(&self) -> Vec<&str> {
        self.constraint.columns.iter().filter_map(|number| Some(&*self.relation.column_at(*number)?.name)).collect()
    }
}

/// Whether the rows that refer to something can be found by `index`: its leading columns are the key's, in any order.
fn serves(index: &Index, key: &Key<'_>) -> bool {
    leads(index, key) && index.predicate.as_ref().is_none_or(|predicate| holds_all(predicate, key))
}

fn leads(index: &Index, key: &Key<'_>) -> bool {
    let wanted: BTreeSet<Option<ColumnNumber>> = key.constraint.columns.iter().copied().map(Some).collect();
    index.keys.len() >= wanted.len() && index.columns().take(wanted.len()).collect::<BTreeSet<_>>() == wanted
}

/// Whether a row that refers to something is in an index with this predicate: it only says that columns of the key are not null.
fn holds_all(predicate: &Stored, key: &Key<'_>) -> bool {
    says_nothing_else(&read(&predicate.text), predicate, key)
}

fn says_nothing_else(term: &Expression, predicate: &Stored, key: &Key<'_>) -> bool {
    match &term.kind {
        ExpressionKind::And(terms) => terms.iter().all(|term| says_nothing_else(term, predicate, key)),
        _ => is_not_null(term, predicate, key),
    }
}

fn is_not_null(term: &Expression, predicate: &Stored, key: &Key<'_>) -> bool {
    let ExpressionKind::IsNull(operand, Negated::Yes) = &term.kind else { return false };
    let ExpressionKind::Column(name) = &operand.kind else { return false };
    let is_of_key = |column: ColumnNumber| key.constraint.columns.contains(&column);
    // What is renamed since is found by its place in the text.
    let used = predicate.uses.iter().find(|used| operand.span.encloses(used.span)).map(|used| used.what);
    match used {
        Some(Used::Column(Address { object, column })) => object == key.table && is_of_key(column),
        _ => name.last().and_then(|name| key.relation.column(name)).is_some_and(|column| is_of_key(column.number)),
    }
}

/// What is said of keys on the same columns.
fn found(cx: &HistoryContext<'_>, keys: &[Key<'_>]) -> Option<Diagnostic> {
    let (key, others) = keys.split_first()?;
    let (table, columns) = (cx.shown(key.table), key.columns());
    let listed = match columns.as_slice() {
        [column] => format!("`{column}`"),
        _ => format!("(`{}`)", columns.join("`, `")),
    };
    let referenced = cx.shown(key.references.table);
    let mut finding = cx.finding_at(key.object.origin, format!("foreign key {listed} of `{table}` has no index"))?;
    finding =
        finding.labelled(format!("a row of `{referenced}` that is deleted, or gets another key, makes PostgreSQL read all of `{table}`"));
    for other in others {
        finding = cx.related_at(finding, other.object.origin, "so is this one, on the same columns");
    }
    let partial = cx.end.indexes(key.table).find(|(_, index)| index.predicate.is_some() && leads(index, key));
    if let Some(index) = partial.and_then(|(oid, _)| cx.end.get(oid)) {
        finding = cx.related_at(finding, index.origin, "this index holds only some of its rows");
    }
    let index = index_name(cx, key, &columns);
    let quoted: Vec<_> = columns.iter().map(|column| describe::name(column)).collect();
    let create = |table: &str| format!("CREATE INDEX IF NOT EXISTS {} ON {table} ({});", describe::name(&index), quoted.join(", "));
    Some(finding.help(format!("add `{}`", create(&table))).fix(fix(cx, key, &columns, &index, create)))
}

/// The name that PostgreSQL would give to the index, if it were asked for one without.
fn index_name(cx: &HistoryContext<'_>, key: &Key<'_>, columns: &[&str]) -> String {
    let (name, schema) = cx.end.get(key.table).map(|table| (&*table.name, table.schema.unwrap_or(Oid::NONE))).unwrap_or(("", Oid::NONE));
    naming::relation_name_asked(cx.end, schema, name, &naming::joined(columns.iter().copied()), "idx", |name| cx.asked.note(name))
}

/// The index below the statement that makes the key; in the down migration a statement that drops it, unless it goes with its table.
fn fix(cx: &HistoryContext<'_>, key: &Key<'_>, columns: &[&str], index: &str, create: impl Fn(&str) -> String) -> Option<Fix> {
    let maker = Maker::of(cx, key.object.origin)?;
    let table = cx.end.get(key.table)?;
    if !maker.names(columns.iter().copied().chain([&*table.name])) {
        return None;
    }
    let is_older = table.origin.migration != key.object.origin.migration;
    // In the tool's transaction an index on a table that is in use can't be built beside those who write there.
    if is_older && !maker.opens_own_transactions() {
        return None;
    }
    let mut edits = vec![maker.below(&[create(&maker.written(cx, key.table))])?];
    if is_older {
        let schema = table.schema.and_then(|schema| cx.end.get(schema)).map(|schema| format!("{}.", describe::name(&schema.name)));
        edits.extend(maker.dropped(&format!("DROP INDEX IF EXISTS {}{}", schema.unwrap_or_default(), describe::name(index)))?);
    }
    addition(format!("add index `{index}`"), edits)
}
