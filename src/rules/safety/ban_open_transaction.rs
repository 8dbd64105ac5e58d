//! `ban-open-transaction`: each BEGIN has its COMMIT.

use crate::diagnostic::{Applicability, Severity};
use crate::migration::Transaction;
use crate::postgres::TransactionBlocks;
use crate::rules::doctrine::RequireTransaction;
use crate::rules::lines::{below, ended, line_end};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
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
        // Inside a transaction of the tool's BEGIN does nothing, which `ban-nested-transaction` tells.
        let is_own = matches!(cx.sections.up.transaction, Transaction::File | Transaction::Message);
        if !is_own || cx.runs(&RequireTransaction) {
            return;
        }
        let Some(blocks) = TransactionBlocks::of(&cx.up.script) else { return };
        let Some(open) = blocks.blocks.iter().find(|block| block.end.is_none()) else { return };
        let statements = &cx.up.script.statements;
        let finding =
            cx.finding(statements[open.begin].span, "no `COMMIT` ends this transaction: all that it does is undone when the session ends");
        let fix = closing(cx).map(|edits| cx.fix(Applicability::Unsafe, "write `COMMIT;` below its last statement", edits));
        out.push(finding.help("write `COMMIT;` below its last statement").fix(fix));
    }
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
