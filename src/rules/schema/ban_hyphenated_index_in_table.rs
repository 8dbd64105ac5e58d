//! `ban-hyphenated-index-in-table`: an index is no column.

use crate::diagnostic::Severity;
use crate::postgres::StepKind;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Ident, Node, TypeBase, TypeName};
use crate::text::Span;

use super::is_known_to_fail;

/// The rule.
#[derive(Debug)]
pub struct BanHyphenatedIndexInTable;

static META: Meta = Meta {
    id: "ban-hyphenated-index-in-table",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-hyphenated-index-in-table.md"),
};

impl Rule for BanHyphenatedIndexInTable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        cx.walk(&mut |step| {
            let StepKind::Statement(Node::CreateTable(create)) = step.kind else { return };
            let text = cx.text();
            let names: Vec<_> = create.columns().map(|column| column.name.value(text)).collect();
            for column in create.columns() {
                let Some(TypeName { base: TypeBase::Named(name), modifiers, .. }) = &column.ty else { continue };
                let is_of_table = |modifier: &Span| names.iter().any(|name| *name == Ident { span: *modifier }.value(text));
                let word = column.name.text(text);
                let is_word = ["index", "key"].iter().any(|key| word.eq_ignore_ascii_case(key));
                if !is_word || modifiers.is_empty() || !modifiers.iter().all(is_of_table) || is_known_to_fail(cx, step.outer.span) {
                    continue;
                }
                let (table, index) = (create.name.display(text), name.object.text(text));
                let message = format!("to PostgreSQL this is a column called `{}` of a type `{index}`", word.to_lowercase());
                let columns: Vec<&str> = modifiers.iter().map(|modifier| &text[*modifier]).collect();
                let help = format!("take it out, and write `CREATE INDEX {index} ON {table} ({});` below the table", columns.join(", "));
                out.push(cx.finding(column.span, message).help(help));
            }
        });
    }
}
