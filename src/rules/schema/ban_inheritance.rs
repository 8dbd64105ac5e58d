//! `ban-inheritance`: no table inherits from another.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::tables;

/// The rule.
#[derive(Debug)]
pub struct BanInheritance;

static META: Meta = Meta {
    id: "ban-inheritance",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-inheritance.md"),
};

impl Rule for BanInheritance {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            let Some(parent) = table.relation.parents.first() else { continue };
            let message = format!("table `{}` inherits from `{}`", cx.shown(table.oid), cx.shown(*parent));
            let finding = cx.finding_at(table.object.origin, message);
            out.extend(finding.map(|finding| finding.help("refer to the other table by a foreign key, or make partitions")));
        }
    }
}
