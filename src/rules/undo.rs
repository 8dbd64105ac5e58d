//! Down migrations that the replay writes: whole ones, what one lacks, and one in the place of another.
//!
//! A fix is safe where the replay proves that the schema is then what it was: the up section stays as it is. What no statement brings back
//! stands in it as `-- IRREVERSIBLE: what, and why`.

mod form;

use std::sync::Arc;

use crate::catalog::Condition;
use crate::catalog::replay::{Undo, Verdict};
use crate::diagnostic::{Applicability, FileEdit, Fix, Stage};
use crate::migration::{Sql, Transaction};
use crate::postgres::{Ending, TransactionBlocks, When, barred_in_transaction};
use crate::syntax::Statement;
use crate::syntax::tree::{Node, TransactionAction};
use crate::text::{Edit, SourceFile, Span};

use self::form::{Form, Item};
use super::MigrationContext;

/// What the replay does not tell: statements for what belongs to no schema, and what can't be taken back.
#[derive(Debug, Default)]
pub(in crate::rules) struct Besides {
    /// `DROP ROLE IF EXISTS reader`
    pub(in crate::rules) statements: Vec<String>,
    /// What, and why.
    pub(in crate::rules) irreversible: Vec<String>,
}

/// A down migration where there is none.
pub(in crate::rules) fn whole(cx: &MigrationContext<'_>, besides: &Besides) -> Option<Fix> {
    let undo = cx.replayed.undo(&besides.statements)?;
    let is_told = !undo.changes.lossy.is_empty() || !besides.irreversible.is_empty();
    // What fails, and what is neither proved nor said to be impossible, would only be the next finding.
    match undo.verdict {
        Verdict::Refuted { sqlstate: Some(_), .. } => return None,
        Verdict::Refuted { .. } if !is_told => return None,
        _ => {}
    }
    let title = "write the down migration that the replay gives";
    let applicability = applicability(&undo);
    if let Some(path) = cx.migration.down_beside() {
        // Whose a file beside them would be can't be told.
        if cx.history.is_one_of_several(cx.replayed.index as usize) {
            return None;
        }
        let text = Form::Statements.lines(&items(&undo, besides));
        let edit = Edit::insertion(0, text + "\n");
        return Some(Fix::new(title, applicability, vec![FileEdit { path: Arc::from(path), edit }]).at(Stage::Migration));
    }
    let layout = cx.history.layout;
    let (heading, form) = match layout.down_heading() {
        Some(heading) => (heading, Form::of_statements(layout)),
        None if layout.is_named_by_people() => ("-- DOWN MIGRATION", Form::of_comments()),
        None => return None,
    };
    let source = cx.source().text();
    let gap = match source {
        "" => "",
        text if text.ends_with("\n\n") || text.ends_with("\r\n\r\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let text = format!("{gap}{heading}\n{}\n", form.lines(&items(&undo, besides)));
    Some(cx.fix(applicability, title, vec![Edit::insertion(source.len() as u32, text)]).at(Stage::Migration))
}

/// What a down migration lacks, behind what it has.
pub(in crate::rules) fn rest(cx: &MigrationContext<'_>, besides: &Besides) -> Option<Fix> {
    let section = cx.sections.down.as_ref()?;
    let undo = cx.replayed.completion(&besides.statements)?;
    let is_proved = matches!(undo.verdict, Verdict::Proved { .. });
    if !is_proved || (undo.changes.statements.is_empty() && besides.statements.is_empty()) {
        return None;
    }
    if is_undone(cx) {
        return None;
    }
    let items = items(&Undo { changes: without_losses(cx, &undo), ..undo.into_owned() }, besides);
    let file = section.source.text();
    let statements = cx.down.map_or(&[][..], |down| &down.script.statements);
    // What runs only by itself would fail beside others that are sent or run together with it.
    let is_together = matches!(section.transaction, Transaction::Message | Transaction::ToolWherePossible);
    if is_together && cx.down.is_some_and(|down| statements.iter().any(|statement| runs_alone(cx, &down.text, statement))) {
        return None;
    }
    // A file of its own that says something else than statements may mean that there is no way back.
    let is_new = [cx.history.layout.new_down_text(), ""].contains(&file.trim());
    let is_said = cx.migration.down.is_some() && statements.is_empty() && !is_new;
    let applicability = if is_said { Applicability::Unsafe } else { Applicability::Safe };
    let ending = statements.last().filter(
        |last| matches!(last.node(), Some(Node::Transaction(transaction)) if matches!(transaction.action, TransactionAction::Commit(_))),
    );
    let edit = match (ending, section.spans.last(), cx.sections.marker) {
        (Some(ending), ..) => Form::at(cx, section, ending.span).above(file, ending.span, &items)?,
        (None, Some(last), _) if !statements.is_empty() => {
            let end = file[..last.end as usize].trim_end().len() as u32;
            let span = Span::new(statements.last()?.span.start.min(end), end);
            Form::at(cx, section, span).behind(file, span, &items)?
        }
        (None, _, Some(marker)) => Form::at(cx, section, marker).behind(file, marker, &items)?,
        _ => {
            let (end, gap) = (file.len() as u32, if file.is_empty() || file.ends_with('\n') { "" } else { "\n" });
            Edit::insertion(end, format!("{gap}{}\n", Form::at(cx, section, Span::empty(end)).lines(&items)))
        }
    };
    // What goes on below it has to be another statement.
    let unended = statements.last().filter(|last| last.terminator.is_none() && ending.is_none()).map(|last| last.span.end);
    let mut edits: Vec<Edit> = unended.map(|end| Edit::insertion(end, ";")).into_iter().collect();
    match edits.first_mut() {
        Some(end) if end.span == edit.span => end.text += &edit.text,
        _ => edits.push(edit),
    }
    Some(fix_in(&section.source, applicability, "add what the down migration lacks", edits))
}

/// Whether the down migration opens a transaction that no COMMIT ends: what is written into it is undone with it.
fn is_undone(cx: &MigrationContext<'_>) -> bool {
    let blocks = cx.down.and_then(|down| TransactionBlocks::of(&down.script));
    blocks.is_some_and(|blocks| blocks.blocks.iter().any(|block| !matches!(block.end, Some((_, Ending::Commit)))))
}

/// Whether a statement can't run in a transaction.
fn runs_alone(cx: &MigrationContext<'_>, text: &str, statement: &Statement) -> bool {
    statement.node().and_then(|node| barred_in_transaction(text, node, cx.target)).is_some_and(|barred| barred.when == When::Always)
}

/// What mends a down migration that does not lead back: what it lacks, if that is all that is wrong with it, and otherwise another in its place.
pub(in crate::rules) fn repair(cx: &MigrationContext<'_>) -> Option<Fix> {
    completed(cx).or_else(|| instead(cx))
}

fn completed(cx: &MigrationContext<'_>) -> Option<Fix> {
    let (whole, lacks) = (cx.replayed.undo(&[])?, cx.replayed.completion(&[])?);
    let whole = &whole.changes;
    // What it takes away wrongly comes back without its rows.
    let loses_more = lacks.changes.lossy.iter().any(|loss| !whole.lossy.contains(loss));
    if loses_more || lacks.changes.statements.len() > whole.statements.len() {
        return None;
    }
    let fix = rest(cx, &Besides::default())?;
    Some(if asks_more(&lacks.verdict, &lacks.stands_on) { Fix { applicability: Applicability::Unsafe, ..fix } } else { fix })
}

/// The down migration that the replay gives, in the place of one that does not lead back, or of which there is the heading alone.
pub(in crate::rules) fn instead(cx: &MigrationContext<'_>) -> Option<Fix> {
    let section = cx.sections.down.as_ref()?;
    let undo = cx.replayed.undo(&[])?;
    let asks_more = || cx.replayed.completion(&[]).is_some_and(|old| asks_more(&undo.verdict, &old.stands_on));
    if matches!(undo.verdict, Verdict::Refuted { .. }) || is_undone(cx) || asks_more() {
        return None;
    }
    let items = items(&undo, &Besides::default());
    let file = section.source.text();
    let all = cx.down.map_or(&[][..], |down| &down.script.statements);
    // The transaction around them stays, and so do its settings.
    let is_control = |statement: &Statement| matches!(statement.node(), Some(Node::Transaction(_) | Node::SetVariable(_)));
    let statements: Vec<&Statement> = all.iter().filter(|statement| !is_control(statement)).collect();
    if statements.iter().any(|statement| changes_rows(statement)) {
        return None;
    }
    let (Some(first), Some(last)) = (statements.first(), statements.last()) else {
        let marker = cx.sections.marker?;
        let edit = Form::at(cx, section, marker).behind(file, marker, &items)?;
        return Some(fix_in(&section.source, Applicability::Unsafe, "write the down migration that the replay gives", vec![edit]));
    };
    let span = Span::new(first.span.start, last.terminator.map_or(last.span.end, |terminator| terminator.end));
    // The lines around a statement go with it.
    let brackets = cx.history.layout.brackets();
    let pair = |at: u32| brackets.and_then(|brackets| brackets.around(file, at)).unwrap_or(span);
    let span = pair(span.start).to(span).to(pair(span.end));
    if all.iter().any(|statement| is_control(statement) && span.encloses(statement.span)) {
        return None;
    }
    if cx.down.is_some_and(|sql| says_more(file, sql, span, |comment| brackets.is_some_and(|brackets| brackets.is_directive(comment)))) {
        return None;
    }
    let edit = Form::of_all(cx, section, first.span)?.instead(file, span, &items)?;
    let title = "replace the down migration by the one that the replay gives";
    Some(fix_in(&section.source, Applicability::Unsafe, title, vec![edit]))
}

/// Whether a statement may change rows: of those the replay knows too little to say that its own way back is better.
fn changes_rows(statement: &Statement) -> bool {
    use Node::{Call, Copy, Delete, Do, Execute, Insert, Merge, Select, Truncate, Update};
    matches!(
        statement.node(),
        None | Some(Call(_) | Copy(_) | Delete(_) | Do(_) | Execute(_) | Insert(_) | Merge(_) | Select(_) | Truncate(_) | Update(_))
    )
}

/// Whether `new` may fail on rows of which the files say nothing (SQLSTATE classes 22 and 23) where what has the conditions `old` can't.
fn asks_more(new: &Verdict, old: &[Condition]) -> bool {
    let Verdict::Proved { conditions } = new else { return false };
    let is_old = |new: &Condition| old.iter().any(|old| (old.sqlstate, &old.reason) == (new.sqlstate, &new.reason));
    conditions.iter().any(|new| (new.sqlstate.starts_with("22") || new.sqlstate.starts_with("23")) && !is_old(new))
}

/// Whether something else than statements, the marks that comment them out and what `is_directive` stands at `span`: a note that somebody wrote.
fn says_more(file: &str, sql: &Sql, span: Span, is_directive: impl Fn(&str) -> bool) -> bool {
    let is_note = |(is, read): (u8, u8)| is != read && !matches!(is, b'-' | b'*') && !is.is_ascii_whitespace();
    file[span].bytes().zip(sql.text[span].bytes()).any(is_note)
        || sql.script.comments.iter().any(|comment| span.encloses(comment.span) && !is_directive(&file[comment.span]))
}

/// What is written, item by item: what can't be taken back, as comments, and statements.
fn items(undo: &Undo, besides: &Besides) -> Vec<Item> {
    let losses = undo.changes.lossy.iter().map(ToString::to_string).chain(besides.irreversible.iter().cloned());
    let losses = losses.map(|loss| Item::Remark(format!("IRREVERSIBLE: {}", loss.replace(['\n', '\r'], " "))));
    let statements = undo.changes.statements.iter().map(|step| step.sql.clone()).chain(besides.statements.iter().cloned());
    let items: Vec<Item> = losses.chain(statements.map(Item::Statement)).collect();
    if items.is_empty() { vec![Item::Remark("Nothing of the schema is to be taken back.".to_owned())] } else { items }
}

fn fix_in(source: &SourceFile, applicability: Applicability, title: &str, edits: Vec<Edit>) -> Fix {
    let path: Arc<str> = Arc::from(source.path());
    let edits = edits.into_iter().map(|edit| FileEdit { path: Arc::clone(&path), edit }).collect();
    Fix::new(title, applicability, edits).at(Stage::Migration)
}

const fn applicability(undo: &Undo) -> Applicability {
    match undo.verdict {
        Verdict::Proved { .. } => Applicability::Safe,
        _ => Applicability::Unsafe,
    }
}

/// The changes without the losses that the down migration tells of already.
fn without_losses(cx: &MigrationContext<'_>, undo: &Undo) -> crate::catalog::ddl::Changes {
    let mut changes = undo.changes.clone();
    if super::doctrine::is_irreversible(cx) {
        changes.lossy.clear();
    }
    changes
}
