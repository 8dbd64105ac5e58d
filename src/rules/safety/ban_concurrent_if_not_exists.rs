//! `ban-concurrent-if-not-exists`: what a failed attempt at an index leaves is not taken for the index.

use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::expression::identifier;
use crate::syntax::tree::{Guard, Ident, Node, ObjectKind};

/// The rule.
#[derive(Debug)]
pub struct BanConcurrentIfNotExists;

static META: Meta = Meta {
    id: "ban-concurrent-if-not-exists",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-concurrent-if-not-exists.md"),
};

impl Rule for BanConcurrentIfNotExists {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::CreateIndex(create) = change.node() else { continue };
            let (Some(_), Guard::Written(guard), Some(name), Some(table)) =
                (create.concurrently, create.guard, create.name, change.subject())
            else {
                continue;
            };
            let name = change.name(name);
            // A statement by that name before it, in its table's schema, or in none.
            let schema = table.object.schema.and_then(|schema| change.before().get(schema)).map(|schema| &*schema.name);
            let drops = |node: &Node| match node {
                Node::Drop(drop) if drop.kind == ObjectKind::Index => {
                    let mut names = drop.objects.iter().filter_map(|object| object.name());
                    let is_there = |of: Ident| schema.is_none_or(|schema| of.is(cx.text(), schema));
                    names.any(|dropped| dropped.object.is(cx.text(), &name) && dropped.schema.is_none_or(is_there))
                }
                _ => false,
            };
            let before = change.statement().map_or(&[][..], |at| &cx.up.script.statements[..at]);
            if before.iter().filter_map(|statement| statement.node()).any(drops) {
                continue;
            }
            let schema = schema.filter(|schema| *schema != "public").map_or(String::new(), |schema| format!("{}.", identifier(schema)));
            let name = identifier(&name);
            let message = format!("a first attempt that fails leaves `{schema}{name}` there, invalid, and this then passes over it");
            let finding = change.told_of(&table, change.finding(guard, message));
            out.push(finding.help(format!("write `DROP INDEX CONCURRENTLY IF EXISTS {schema}{name};` before it")));
        }
    }
}
