//! `ban-open-transaction`: each BEGIN has its COMMIT.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::migration::{Section, Sql, Transaction};
use crate::postgres::TransactionBlocks;
use crate::rules::doctrine::RequireTransaction;
use crate::rules::lines::{below, ended, line_end};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, finding};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct BanOpenTransaction;

static META: Meta = Meta {
    id: "ban-open-transaction",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["ban-uncommitted-transaction"],
    options: &[],
    page: include_str!("../../../rules/ban-open-transaction.md"),
};

impl Rule for BanOpenTransaction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        if !cx.runs(&RequireTransaction) {
            out.extend(found(cx, &cx.sections.up, cx.up).map(|finding| {
                let fix = closing(cx).map(|edits| cx.fix(Applicability::Unsafe, "write `COMMIT;` below its last statement", edits));
                finding.fix(fix)
            }));
        }
        if let (Some(section), Some(sql)) = (&cx.sections.down, cx.down) {
            out.extend(found(cx, section, sql));
        }
    }
}

/// What is found in one direction.
fn found(cx: &MigrationContext<'_>, section: &Section, sql: &Sql) -> Option<Diagnostic> {
    // Inside a transaction of the tool's BEGIN does nothing, which `ban-nested-transaction` tells.
    let is_own = matches!(section.transaction, Transaction::File | Transaction::Message);
    if !is_own {
        return None;
    }
    let blocks = TransactionBlocks::of(&sql.script)?;
    let open = blocks.blocks.iter().find(|block| block.end.is_none())?;
    let message = "no `COMMIT` ends this transaction: all that it does is undone when the session ends";
    let finding = finding(cx.rule, &section.source, sql.script.statements[open.begin].span, message);
    Some(finding.help("write `COMMIT;` below its last statement"))
}

/// COMMIT below the last statement, and below the lines that the tool wants around that.
fn closing(cx: &MigrationContext<'_>) -> Option<Vec<Edit>> {
    let (text, script) = (cx.text(), &cx.up.script);
    let last = script.statements.last()?;
    let (mut edits, end) = ended(text, script, last)?;
    if !text[Span::new(end, line_end(text, end))].trim().is_empty() {
        return None;
    }
    let pair = cx.history.layout.brackets().and_then(|brackets| brackets.around(cx.source().text(), last.span.start));
    edits.push(below(text, pair.map_or(end, |pair| pair.end), "COMMIT;"));
    Some(edits)
}
