//! `ban-nested-transaction`: no BEGIN stands in an open transaction, and no COMMIT ends one that is somebody else's.

use crate::diagnostic::Severity;
use crate::migration::{Section, Sql, Transaction};
use crate::postgres::{Ending, TransactionBlocks, When, barred_in_transaction};
use crate::rules::doctrine::RequireTransaction;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, finding};

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
        out.extend(found(cx, &cx.sections.up, cx.up));
        if let (Some(section), Some(sql)) = (&cx.sections.down, cx.down) {
            out.extend(found(cx, section, sql));
        }
    }
}

/// What is found in one direction.
fn found(cx: &MigrationContext<'_>, section: &Section, sql: &Sql) -> Findings {
    let Some(blocks) = TransactionBlocks::of(&sql.script) else { return Findings::new() };
    let found = match section.transaction {
        Transaction::Tool => in_tools(cx, &blocks),
        Transaction::ToolWherePossible if !is_barred(cx, sql) => in_tools(cx, &blocks),
        _ if !cx.runs(&RequireTransaction) => in_own(section, &blocks),
        _ => Vec::new(),
    };
    let place = |index: usize| sql.script.statements[index].span;
    found.into_iter().map(|(at, message, help)| finding(cx.rule, &section.source, place(at), message).help(help)).collect()
}

/// A statement, by its place in the script; what is wrong with it, and what to do.
type Found = (usize, String, String);

/// Whether a statement can't run in a transaction, so that the tool opens none.
fn is_barred(cx: &MigrationContext<'_>, sql: &Sql) -> bool {
    let barred = sql.script.statements.iter().filter_map(|statement| barred_in_transaction(&sql.text, statement.node()?, cx.target));
    barred.into_iter().any(|barred| barred.when == When::Always)
}

/// In a transaction that the tool has opened: the first statement that begins another or ends it.
fn in_tools(cx: &MigrationContext<'_>, blocks: &TransactionBlocks) -> Vec<Found> {
    let tool = cx.history.layout.name();
    let or = cx.history.layout.without_transaction().map(|how| format!("; or {how}")).unwrap_or_default();
    let first = blocks.blocks.first();
    let stray = blocks.stray.first().copied().filter(|stray| first.is_none_or(|first| *stray < first.begin));
    if let Some(stray) = stray {
        let message =
            format!("this ends the transaction that {tool} has opened, before the tool has noted the migration: what follows is in none");
        return vec![(stray, message, format!("take it out{or}"))];
    }
    let Some(first) = first else { return Vec::new() };
    let what = match first.end {
        Some((_, Ending::Commit)) => ", and `COMMIT` ends that one before the tool has noted the migration",
        Some((_, Ending::Rollback)) => ", and `ROLLBACK` undoes all that was done in it",
        Some((_, Ending::Prepare)) | None => "",
    };
    let message = format!("{tool} has opened a transaction already: this `BEGIN` does nothing{what}");
    vec![(first.begin, message, format!("take `BEGIN` and what ends it out{or}"))]
}

/// In transactions of the file's own.
fn in_own(section: &Section, blocks: &TransactionBlocks) -> Vec<Found> {
    let nested = blocks
        .nested
        .iter()
        .map(|at| (*at, NESTED.to_owned(), "end the transaction above first, take this out, or write `SAVEPOINT`".to_owned()));
    let stray = blocks.stray.iter().filter(|_| section.transaction == Transaction::File);
    let stray = stray.map(|at| (*at, STRAY.to_owned(), "write `BEGIN;` above what belongs together, or take this out".to_owned()));
    nested.chain(stray).collect()
}

const NESTED: &str = "a transaction is open here already: this `BEGIN` does nothing, and the next `COMMIT` ends all of it";

const STRAY: &str = "no transaction is open here: this does nothing";
