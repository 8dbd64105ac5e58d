//! CONCURRENTLY: what can't stand in a transaction with it, how a file or its tool is told so, and the word written where it is missing.
//!
//! Invariant: a fix leaves no statement in a transaction that can't run there.

use crate::diagnostic::{Applicability, Fix};
use crate::migration::Transaction;
use crate::postgres::{Barred, Ending, TransactionBlocks, When, barred_in_transaction};
use crate::rules::MigrationContext;
use crate::rules::change::Change;
use crate::rules::doctrine::RequireTransaction;
use crate::rules::lines::{line_end, line_start, with_allowances};
use crate::syntax::Statement;
use crate::syntax::tree::{Node, SessionAction, SetScope};
use crate::text::{Edit, Span};

/// The word, as it stands behind the words before it.
const WORD: &str = " CONCURRENTLY";

/// What of the migration says CONCURRENTLY and stands in a transaction.
pub(super) fn barred(cx: &MigrationContext<'_>) -> Vec<Barred> {
    let statements = &cx.up.script.statements;
    let blocks = TransactionBlocks::of(&cx.up.script);
    let shared = cx.sections.up.shared_messages(cx.up);
    // What stands behind a COMMIT that ends the tool's transaction is in none but its own.
    let ended = blocks.as_ref().and_then(|blocks| blocks.stray.first().copied()).unwrap_or(statements.len());
    let in_own = |index: usize| blocks.as_ref().is_some_and(|blocks| blocks.around(index).is_some());
    let is_inside = |index: usize| match cx.sections.up.transaction {
        Transaction::Tool => index < ended || in_own(index),
        Transaction::ToolWherePossible => false,
        Transaction::Message => statements.len() > 1,
        Transaction::File => in_own(index) || is_shared(&shared, index),
    };
    let inside = statements.iter().enumerate().filter(|(index, _)| is_inside(*index));
    let barred = inside.filter_map(|(_, statement)| barred_in_transaction(cx.text(), statement.node()?, cx.target));
    barred.filter(|barred| barred.when == When::Always && barred.what.contains("CONCURRENTLY")).collect()
}

/// What says CONCURRENTLY beside other statements where the tool runs a file either in a transaction or in none: Flyway refuses such a file unless its
/// setting `mixed` is on, whatever `executeInTransaction` says (flyway-core, `ParserSqlScript`).
pub(super) fn mixed(cx: &MigrationContext<'_>) -> Vec<Barred> {
    let statements = &cx.up.script.statements;
    let is_barred = |statement: &Statement| statement.node().and_then(|node| barred_in_transaction(cx.text(), node, cx.target));
    let barred: Vec<Barred> = statements.iter().filter_map(is_barred).filter(|barred| barred.when == When::Always).collect();
    let refuses = cx.history.layout.name() == "flyway" && barred.len() < statements.len();
    barred.into_iter().filter(|barred| refuses && barred.what.contains("CONCURRENTLY")).collect()
}

/// What to write instead, and where.
pub(super) fn advice(cx: &MigrationContext<'_>, change: &Change<'_>, instead: &str) -> String {
    match is_outside(cx, change) {
        true => format!("write `{instead}`"),
        false => format!("write `{instead}`, which runs in no transaction: {}", way_out(cx, change.statement())),
    }
}

/// How the statement at `index` gets out of the transaction that it stands in, or would.
pub(super) fn way_out(cx: &MigrationContext<'_>, index: Option<usize>) -> String {
    let alone = "let it be the only statement of a migration";
    let in_own = index.zip(TransactionBlocks::of(&cx.up.script)).is_some_and(|(index, blocks)| blocks.around(index).is_some());
    match (cx.sections.up.transaction, cx.history.layout.without_transaction()) {
        (Transaction::File, _) if cx.sections.up.reading.is_some() && !in_own => {
            let tool = cx.history.layout.name();
            format!(
                "let a line end with its semicolon, and no other statement stand on its lines: {tool} sends the rest with it, as one transaction"
            )
        }
        (Transaction::File, _) => "let it stand below `COMMIT;`, or in a migration without `BEGIN;`".to_owned(),
        (Transaction::Message, _) => format!("{alone}, since several statements are sent as one transaction"),
        (Transaction::Tool | Transaction::ToolWherePossible, Some(how)) => format!("{alone}, and {how}"),
        (Transaction::Tool | Transaction::ToolWherePossible, None) => format!("{alone} that the tool runs without one"),
    }
}

/// Writes the word at byte `behind`, where the words before it end, and takes the statement out of its transaction; none where it can't be taken out.
pub(super) fn fix(cx: &MigrationContext<'_>, change: &Change<'_>, behind: u32) -> Option<Fix> {
    // What has no transaction around it yet gets one first, so that the two never meet.
    if !change.is_of_script() || !cx.findings_of(&RequireTransaction).is_empty() {
        return None;
    }
    let title = "write `CONCURRENTLY`";
    let word = Edit::insertion(behind, WORD);
    if is_outside(cx, change) {
        // Of files that no tool's marks are on, nobody knows for certain that none opens a transaction. Names like golang-migrate's are those of
        // many tools.
        let is_certain = cx.config.lint.layout.is_some() || !matches!(cx.history.layout.name(), "plain" | "golang-migrate");
        let applicability = if is_certain { Applicability::Safe } else { Applicability::Unsafe };
        return Some(cx.fix(applicability, title, vec![word]));
    }
    let at = change.statement()?;
    let moved = match cx.sections.up.transaction {
        Transaction::File => below_commit(cx, at, behind)?,
        Transaction::Tool if cx.up.script.statements.len() == 1 => vec![word, cx.history.layout.opt_out(cx.source().text())?],
        Transaction::ToolWherePossible if cx.up.script.statements.len() == 1 => vec![word],
        _ => return None,
    };
    Some(cx.fix(Applicability::Unsafe, format!("{title} and let it run in no transaction"), moved))
}

/// Whether the statement stands in no transaction but its own.
fn is_outside(cx: &MigrationContext<'_>, change: &Change<'_>) -> bool {
    let Some(at) = change.statement().filter(|_| change.is_of_script()) else { return false };
    match cx.sections.up.transaction {
        Transaction::Tool | Transaction::ToolWherePossible => false,
        Transaction::Message => cx.up.script.statements.len() == 1,
        Transaction::File => {
            let is_free = TransactionBlocks::of(&cx.up.script).is_some_and(|blocks| blocks.around(at).is_none());
            is_free && !is_shared(&cx.sections.up.shared_messages(cx.up), at)
        }
    }
}

/// Whether a statement is sent in one message with others.
fn is_shared(shared: &[Option<u32>], at: usize) -> bool {
    shared.get(at).copied().flatten().is_some()
}

/// The statement below the COMMIT of its transaction; in its place if the transaction held nothing else.
fn below_commit(cx: &MigrationContext<'_>, at: usize, behind: u32) -> Option<Vec<Edit>> {
    let (text, statements) = (cx.text(), &cx.up.script.statements);
    let blocks = TransactionBlocks::of(&cx.up.script)?;
    let block = blocks.around(at)?;
    let Some((end, Ending::Commit)) = block.end else { return None };
    let own = |index: usize| {
        let statement = &statements[index];
        let terminator = statement.terminator.filter(|terminator| &text[*terminator] == ";")?;
        Some(Span::new(statement.span.start, terminator.end))
    };
    // The lines of a statement, if nothing else stands on them, with an empty line below.
    let lines = |index: usize| {
        let own = own(index)?;
        let (start, end) = (line_start(text, own.start), line_end(text, own.end));
        let is_alone = text[Span::new(start, end)].trim() == &text[own];
        let skip = |end: u32| text[end as usize..].find('\n').map_or(text.len() as u32, |at| end + at as u32 + 1);
        let below = skip(end);
        let is_empty = below < text.len() as u32 && text[Span::new(below, line_end(text, below))].trim().is_empty();
        is_alone.then(|| Span::new(start, if is_empty { skip(below) } else { below }))
    };
    // What SET LOCAL says would be lost outside.
    let is_other = |index: &usize| !matches!(statements[*index].node(), Some(Node::SetVariable(set)) if !matches!(set.action, SessionAction::Change(SetScope::Local(_), _)));
    if !(block.begin + 1..end).filter(is_other).any(|index| index != at) {
        let edges = [lines(block.begin)?, lines(end)?].map(Edit::deletion);
        return Some(edges.into_iter().chain([Edit::insertion(behind, WORD)]).collect());
    }
    let (own, commit) = (own(at)?, own(end)?);
    let top = with_allowances(text, &cx.up.script, own.start);
    let (head, tail) = (Span::new(top, behind), Span::new(behind, own.end));
    let moved = format!("\n\n{}{WORD}{}", &text[head], &text[tail]);
    Some(vec![Edit::deletion(lines(at)?.to(Span::empty(line_start(text, top)))), Edit::insertion(commit.end, moved)])
}
