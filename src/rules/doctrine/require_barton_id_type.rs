//! `require-barton-id-type`: a Barton id is text that is long enough.

use crate::catalog::Catalog;
use crate::catalog::model::{Column, TypeId};
use crate::catalog::types::format_type;
use crate::catalog::typing::base_type;
use crate::diagnostic::Severity;
use crate::rules::barton_id::{id_columns, tables_with_ids};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule, Section};

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
                out.push(finding.help(format!("make it `VARCHAR({length})`, a longer VARCHAR, or TEXT")));
            }
        }
    }
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
