//! `require-columns`: tables have the columns that the configuration names.

use crate::catalog::types::format_type;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::tables;
use super::typed::is_called;

/// The rule.
#[derive(Debug)]
pub struct RequireColumns;

static META: Meta = Meta {
    id: "require-columns",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &["columns", "exempt"],
    page: include_str!("../../../rules/require-columns.md"),
};

impl Rule for RequireColumns {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx).filter(|table| !table.is_exempt(cx)) {
            for wanted in cx.option_at(table.object.origin, "columns") {
                let (name, ty) = wanted.trim().split_once(' ').map_or((wanted.trim(), None), |(name, ty)| (name, Some(ty.trim())));
                let of = cx.shown(table.oid);
                let Some(column) = table.relation.column(name) else {
                    if !table.relation.columns_known {
                        continue;
                    }
                    let finding = cx.finding_at(table.object.origin, format!("table `{of}` has no column `{name}`"));
                    out.extend(finding.map(|finding| finding.help(format!("add `{wanted}`"))));
                    continue;
                };
                let own = column.ty.as_ref().map(|ty| format_type(cx.end, ty));
                if let (Some(own), Some(ty)) = (own, ty)
                    && !is_called(&own, ty)
                {
                    let message = format!("column `{name}` of `{of}` is `{own}`, and not `{ty}`");
                    out.extend(cx.finding_at_type(&table, column, message).map(|finding| finding.help(format!("make it `{ty}`"))));
                }
            }
        }
    }
}
