//! `ban-nested-transaction`: no BEGIN stands in an open transaction, and no COMMIT ends one that is somebody else's.

use crate::diagnostic::Severity;
use crate::migration::Transaction;
use crate::postgres::{Ending, TransactionBlocks, When, barred_in_transaction};
use crate::rules::doctrine::RequireTransaction;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct BanNestedTransaction;

static META: Meta = Meta {
    id: "ban-nested-transaction",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["transaction-nesting"],
    options: &[],
    page: include_str!("../../../rules/ban-nested-transaction.md"),
};

impl Rule for BanNestedTransaction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some(blocks) = TransactionBlocks::of(&cx.up.script) else { return };
        match cx.sections.up.transaction {
            Transaction::Tool => in_tools(cx, &blocks, out),
            Transaction::ToolWherePossible if !is_barred(cx) => in_tools(cx, &blocks, out),
            _ if !cx.runs(&RequireTransaction) => in_own(cx, &blocks, out),
            _ => {}
        }
    }
}

/// Whether a statement can't run in a transaction, so that the tool opens none.
fn is_barred(cx: &MigrationContext<'_>) -> bool {
    let barred = cx.up.script.statements.iter().filter_map(|statement| barred_in_transaction(cx.text(), statement.node()?, cx.target));
    barred.into_iter().any(|barred| barred.when == When::Always)
}

/// In a transaction that the tool has opened.
fn in_tools(cx: &MigrationContext<'_>, blocks: &TransactionBlocks, out: &mut Findings) {
    let (tool, statements) = (cx.history.layout.name(), &cx.up.script.statements);
    let or = cx.history.layout.without_transaction().map(|how| format!("; or {how}")).unwrap_or_default();
    if let Some(first) = blocks.blocks.first() {
        let what = match first.end {
            Some((_, Ending::Commit)) => ", and `COMMIT` ends that one before the tool has noted the migration",
            Some((_, Ending::Rollback)) => ", and `ROLLBACK` undoes all that was done in it",
            Some((_, Ending::Prepare)) | None => "",
        };
        let message = format!("{tool} has opened a transaction already: this `BEGIN` does nothing{what}");
        out.push(cx.finding(statements[first.begin].span, message).help(format!("take `BEGIN` and what ends it out{or}")));
    } else if let Some(&stray) = blocks.stray.first() {
        let message =
            format!("this ends the transaction that {tool} has opened, before the tool has noted the migration: what follows is in none");
        out.push(cx.finding(statements[stray].span, message).help(format!("take it out{or}")));
    }
}

/// In transactions of the file's own.
fn in_own(cx: &MigrationContext<'_>, blocks: &TransactionBlocks, out: &mut Findings) {
    let statements = &cx.up.script.statements;
    for &nested in &blocks.nested {
        let message = "a transaction is open here already: this `BEGIN` does nothing, and the next `COMMIT` ends all of it";
        out.push(cx.finding(statements[nested].span, message).help("end the transaction above first, take this out, or write `SAVEPOINT`"));
    }
    if cx.sections.up.transaction == Transaction::File {
        for &stray in &blocks.stray {
            let message = "no transaction is open here: this does nothing";
            out.push(cx.finding(statements[stray].span, message).help("write `BEGIN;` above what belongs together, or take this out"));
        }
    }
}
