//! `ban-redundant-index`: no index is a part of another.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::indexes::{OwnIndex, indexes};

/// The rule.
#[derive(Debug)]
pub struct BanRedundantIndex;

static META: Meta = Meta {
    id: "ban-redundant-index",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-redundant-index.md"),
};

impl Rule for BanRedundantIndex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for own in indexes(cx) {
            for (at, index) in own.iter().enumerate() {
                let is_other = |(place, other): &(usize, &OwnIndex<'_>)| {
                    *place != at
                        && index.is_covered_by(cx.end, other)
                        && !index.repeats(cx.end, other)
                        // Of two that are the same but for their direction, the later one is too many.
                        && (*place < at || !other.is_covered_by(cx.end, index))
                };
                if own[..at].iter().any(|first| index.repeats(cx.end, first)) {
                    continue;
                }
                let Some((_, other)) = own.iter().enumerate().find(is_other) else { continue };
                let same = match other.index.keys.len() == index.index.keys.len() {
                    true => "has the same columns",
                    false => "begins with the same columns",
                };
                let (name, other_name) = (index.described(cx.end), other.described(cx.end));
                let message = format!("{name} of `{}` is of no use beside {other_name}, which {same}", cx.shown(index.table.oid));
                let Some(finding) = cx.finding_at(index.object.origin, message) else { continue };
                let finding = cx.related_at(finding, other.object.origin, "this one serves the same queries");
                out.push(finding.help(format!("leave it out; where it is deployed, write `{}`", index.drop_sql(cx))));
            }
        }
    }
}
