//! Where the tables of a history use a type: in their columns, and in the domains that columns use.
//!
//! One place for one cause. A column of a domain is the domain's, a column that is inherited the parent's, and one that LIKE copies stands
//! where it was first written, and is told there of the table that was made first ([`Rule::tells_once`](crate::rules::Rule::tells_once)); what a
//! later migration drops or gives another type is not there any more.

use std::collections::BTreeMap;

use crate::catalog::model::{Column, Domain, Type, TypeId, TypeUse};
use crate::catalog::types::format_type;
use crate::catalog::{Body, Object, Oid, Origin, Standing};
use crate::diagnostic::Diagnostic;
use crate::rules::{HistoryContext, OwnTable};
use crate::syntax::expression::{Expression, ExpressionKind, read};

use super::columns::named;
use super::tables;

/// How many places a finding shows beside its own.
const SHOWN: usize = 3;

/// A place where a type is used.
pub(super) struct Typed<'c> {
    /// The type.
    pub(super) ty: &'c TypeUse,
    /// What has it.
    pub(super) holder: Holder<'c>,
}

/// What has a type.
pub(super) enum Holder<'c> {
    /// A column of a table.
    Column(OwnTable<'c>, &'c Column),
    /// A domain, called so.
    Domain(&'c Object, String),
}

/// Every place where the tables and domains that are looked at use a type.
pub(super) fn typed<'c>(cx: &HistoryContext<'c>) -> Vec<Typed<'c>> {
    let mut found = Vec::new();
    for table in tables(cx) {
        for column in table.relation.columns.iter().filter(|column| column.local && column.inherited == 0) {
            if let Some(ty) = &column.ty {
                found.push(Typed { ty, holder: Holder::Column(table, column) });
            }
        }
    }
    let domains = cx.objects().filter_map(|(oid, object)| match &object.body {
        Body::Type(ty) if object.standing == Standing::Made && object.extension.is_none() => match &**ty {
            Type::Domain(Domain { base: Some(base), .. }) => Some(Typed { ty: base, holder: Holder::Domain(object, cx.shown(oid)) }),
            _ => None,
        },
        _ => None,
    });
    found.extend(domains);
    found
}

impl<'c> Typed<'c> {
    /// Whether it is the built-in type of this name, or an array of it.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self.ty.id, TypeId::BuiltIn(own) if own == name)
    }

    /// The column, if it is one.
    pub(super) const fn column(&self) -> Option<(&OwnTable<'c>, &'c Column)> {
        match &self.holder {
            Holder::Column(table, column) => Some((table, column)),
            Holder::Domain(..) => None,
        }
    }

    /// What gave it the type.
    pub(super) fn origin(&self) -> Origin {
        match &self.holder {
            Holder::Column(table, column) => table.place_of(column),
            Holder::Domain(object, _) => object.origin,
        }
    }

    /// The type as messages write it.
    pub(super) fn shown(&self, cx: &HistoryContext<'_>) -> String {
        format_type(cx.end, self.ty)
    }
}

/// Columns of one table.
type Columns<'c> = Vec<(OwnTable<'c>, &'c Column)>;

/// ``column `c` of `t` is `type`, why``: what is said of `places`, with advice. Columns that one migration gives a table with one type are one
/// finding, at the first of them.
pub(super) fn told<'t>(cx: &HistoryContext<'_>, places: impl Iterator<Item = Typed<'t>>, why: &str, help: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // What a table has of another stands elsewhere than what it has itself.
    let mut columns: BTreeMap<(Oid, bool, Option<u32>, String), Columns<'_>> = BTreeMap::new();
    for place in places {
        let (ty, migration) = (place.shown(cx), place.origin().migration);
        match place.holder {
            Holder::Column(table, column) => {
                let is_copied = table.brought_by(column) != column.origin;
                columns.entry((table.oid, is_copied, migration, ty)).or_default().push((table, column));
            }
            Holder::Domain(object, name) => found.extend(cx.finding_at(object.origin, format!("domain `{name}` is `{ty}`, {why}"))),
        }
    }
    for ((oid, .., ty), of_table) in columns {
        let names: Vec<&Column> = of_table.iter().map(|(_, column)| *column).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = format!("{} of `{}` {verb} `{ty}`, {why}", named(&names), cx.shown(oid));
        let Some((table, column)) = of_table.first() else { continue };
        let Some(finding) = cx.finding_at_type(table, column, message) else { continue };
        let others = of_table.iter().skip(1).take(SHOWN);
        found.push(others.fold(finding, |finding, (table, column)| cx.related_at(finding, table.place_of(column), "so is this one")));
    }
    found.into_iter().map(|finding| finding.help(help)).collect()
}

/// Whether PostgreSQL numbers a table's rows by this column: as identity, or by a default that asks a sequence.
pub(super) fn is_numbered(cx: &HistoryContext<'_>, column: &Column) -> bool {
    let asks_sequence = |oid| match cx.end.get(oid).map(|object| &object.body) {
        Some(Body::Default(default)) => is_next_value(&read(&default.expression.text)),
        _ => false,
    };
    column.identity.is_some() || column.generated.is_none() && column.default.is_some_and(asks_sequence)
}

fn is_next_value(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Call(call) => call.name.last().is_some_and(|name| name == "nextval"),
        ExpressionKind::Cast(inner, _) => is_next_value(inner),
        _ => false,
    }
}

/// Whether `ty`, as PostgreSQL writes it, is what `name` means: the same, with or without its modifier and its array brackets.
pub(super) fn is_called(ty: &str, name: &str) -> bool {
    let element = ty.trim_end_matches("[]");
    let name = spelled(&name.trim().to_lowercase());
    let (bare, _) = parted(element);
    [ty, element, &bare, bare.rsplit('.').next().unwrap_or_default()].contains(&name.as_str())
}

/// A type without its modifier, and the modifier with its parentheses.
fn parted(ty: &str) -> (String, &str) {
    match (ty.find('('), ty.rfind(')')) {
        (Some(open), Some(close)) => (format!("{}{}", &ty[..open], &ty[close + 1..]), &ty[open..=close]),
        _ => (ty.to_owned(), ""),
    }
}

/// `name` as PostgreSQL writes it.
fn spelled(name: &str) -> String {
    let (bare, modifier) = parted(name);
    let (word, rest) = match bare.as_str() {
        "varchar" => ("character varying", ""),
        "char" => ("character", ""),
        "timestamptz" => ("timestamp", " with time zone"),
        "timestamp" => ("timestamp", " without time zone"),
        "timetz" => ("time", " with time zone"),
        "time" => ("time", " without time zone"),
        "int" | "int4" => ("integer", ""),
        "int2" => ("smallint", ""),
        "int8" => ("bigint", ""),
        "bool" => ("boolean", ""),
        "float" | "float8" => ("double precision", ""),
        "float4" => ("real", ""),
        "decimal" => ("numeric", ""),
        other => (other, ""),
    };
    format!("{word}{modifier}{rest}")
}
