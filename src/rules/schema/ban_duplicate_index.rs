//! `ban-duplicate-index`: an index is there once.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::indexes::indexes;

/// The rule.
#[derive(Debug)]
pub struct BanDuplicateIndex;

static META: Meta = Meta {
    id: "ban-duplicate-index",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-duplicate-index.md"),
};

impl Rule for BanDuplicateIndex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for own in indexes(cx) {
            for (at, index) in own.iter().enumerate() {
                let Some(first) = own[..at].iter().find(|first| index.repeats(cx.end, first)) else { continue };
                let (name, first_name) = (index.described(cx.end), first.described(cx.end));
                let message = format!("{name} of `{}` is the same as {first_name}", cx.shown(index.table.oid));
                let Some(finding) = cx.finding_at(index.object.origin, message) else { continue };
                let finding = cx.related_at(finding, first.object.origin, "it is there already");
                out.push(finding.help(format!("leave it out; where it is deployed, write `{}`", index.drop_sql(cx))));
            }
        }
    }
}
