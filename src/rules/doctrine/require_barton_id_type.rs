//! `require-barton-id-type`: a Barton id is text that is long enough.

use crate::catalog::Catalog;
use crate::catalog::model::{Column, TypeId};
use crate::catalog::types::format_type;
use crate::catalog::typing::base_type;
use crate::diagnostic::{Fix, Severity};
use crate::rules::amendment::{Maker, addition};
use crate::rules::barton_id::{id_columns, tables_with_ids};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule, Section};

/// The rule.
#[derive(Debug)]
pub struct RequireBartonIdType;

static META: Meta = Meta {
    id: "require-barton-id-type",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::IdFormat),
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-barton-id-type.md"),
};

impl Rule for RequireBartonIdType {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let length = cx.config.id_format().length();
        for table in tables_with_ids(cx) {
            for column in id_columns(cx, &table) {
                let Some(wrong) = wrong(cx.end, column, length) else { continue };
                let (name, table_name) = (&column.name, cx.shown(table.oid));
                let message = format!("column `{name}` of `{table_name}` is {}, and {wrong}", shown_type(cx.end, column));
                let Some(finding) = cx.finding_at_column(&table, column, message) else { continue };
                let help = format!("make it `VARCHAR({length})`, a longer VARCHAR, or TEXT");
                out.push(finding.help(help).fix(fix(cx, &table, column, length)));
            }
        }
    }
}

/// Another type where the column is made, as long as nothing hangs on the one that it has: a default or rows of another type, a key of another table.
fn fix(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column, length: usize) -> Option<Fix> {
    use crate::catalog::model::ConstraintKind::{Check, ForeignKey};
    let ty = column.ty.as_ref()?;
    let was_text = !ty.array && matches!(ty.id, TypeId::BuiltIn("varchar" | "bpchar"));
    let is_computed = column.default.is_some() || column.generated.is_some() || column.identity.is_some();
    let is_loose = was_text || !(is_computed || cx.end.rows.contains_key(&table.oid));
    let hangs = cx.end.objects().filter_map(|(_, object)| Some((object.of?, object.constraint()?))).any(|(holder, constraint)| {
        let own = holder == table.oid && constraint.columns.contains(&column.number);
        match &constraint.kind {
            ForeignKey(key) => own || key.table == table.oid && key.columns.contains(&column.number),
            Check(_) => own && !was_text,
            _ => false,
        }
    });
    let maker = Maker::of(cx, table.brought_by(column)).filter(|_| is_loose && !hangs && column.retyped.is_none())?;
    let written = maker.column(&table.object.name, &column.name)?.ty.as_ref()?;
    let had = ty.modifier.as_deref().and_then(|modifier| modifier.parse().ok()).unwrap_or(length);
    let words = format!("VARCHAR({})", length.max(if was_text { had } else { length }));
    addition(format!("make `{}` a `{words}`", column.name), vec![maker.instead(written.span, &words)])
}

fn shown_type(catalog: &Catalog, column: &Column) -> String {
    column.ty.as_ref().map(|ty| format!("`{}`", format_type(catalog, ty))).unwrap_or_default()
}

/// Why the column can't hold an id of `length` characters; nothing if it can, or if its type is not known.
fn wrong(catalog: &Catalog, column: &Column, length: usize) -> Option<String> {
    // A domain's own modifier is its base type's.
    let ty = column.ty.as_ref()?;
    let base = base_type(catalog, ty)?;
    let limit = || base.modifier.as_deref().or(ty.modifier.as_deref()).and_then(|modifier| modifier.parse::<usize>().ok());
    let is_text = !base.array && matches!(base.id, TypeId::BuiltIn("text" | "varchar" | "bpchar"));
    match base.id {
        _ if !is_text => Some("an id is text with dots in it".to_owned()),
        TypeId::BuiltIn("bpchar") if limit() != Some(length) => Some(format!("pads an id of {length} characters, or has no room for it")),
        _ if limit().is_some_and(|limit| limit < length) => Some(format!("has no room for an id of {length} characters")),
        _ => None,
    }
}
