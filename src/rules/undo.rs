//! Down migrations that the replay writes: whole ones, what one lacks, and one in the place of another.
//!
//! A fix is safe where the replay proves that the schema is then what it was: the up section stays as it is. What no statement brings back
//! stands in it as `-- IRREVERSIBLE: what, and why`.

use std::sync::Arc;

use crate::catalog::replay::{Undo, Verdict};
use crate::diagnostic::{Applicability, FileEdit, Fix};
use crate::migration::{Origin, Section};
use crate::syntax::tree::{Node, TransactionAction};
use crate::text::{Edit, SourceFile, Span};

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
    let undo = cx.replayed.trials().undo()?;
    let is_told = !undo.changes.lossy.is_empty() || !besides.irreversible.is_empty();
    // What is neither proved nor said to be impossible would only be the next finding.
    if matches!(undo.verdict, Verdict::Refuted { .. }) && !is_told {
        return None;
    }
    let title = "write the down migration that the replay gives";
    let applicability = applicability(&undo);
    if let Some(path) = cx.migration.down_beside() {
        let text = Form::Statements.lines(&undo, besides);
        let edit = Edit::insertion(0, text + "\n");
        return Some(Fix { title: title.to_owned(), applicability, edits: vec![FileEdit { path: Arc::from(path), edit }] });
    }
    let (heading, form) = match cx.history.layout.name() {
        "house" | "plain" => ("-- DOWN MIGRATION", Form::Comments),
        "dbmate" => ("-- migrate:down", Form::Statements),
        "goose" => ("-- +goose Down", Form::Goose),
        _ => return None,
    };
    let source = cx.source().text();
    let gap = match source {
        "" => "",
        text if text.ends_with("\n\n") || text.ends_with("\r\n\r\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let text = format!("{gap}{heading}\n{}\n", form.lines(&undo, besides));
    Some(cx.fix(applicability, title, vec![Edit::insertion(source.len() as u32, text)]))
}

/// What a down migration lacks, behind what it has.
pub(in crate::rules) fn rest(cx: &MigrationContext<'_>, besides: &Besides) -> Option<Fix> {
    let section = cx.sections.down.as_ref()?;
    let undo = cx.replayed.trials().completion()?;
    let is_proved = matches!(undo.verdict, Verdict::Proved { .. });
    if !is_proved || (undo.changes.statements.is_empty() && besides.statements.is_empty()) {
        return None;
    }
    let form = Form::of(cx, section)?;
    let text = form.lines(&Undo { changes: without_losses(cx, &undo), ..undo }, besides);
    let file = section.source.text();
    let statements = cx.down.map_or(&[][..], |down| &down.script.statements);
    let ending = statements.last().filter(
        |last| matches!(last.node(), Some(Node::Transaction(transaction)) if matches!(transaction.action, TransactionAction::Commit(_))),
    );
    let edit = match (ending, section.spans.last(), cx.sections.marker) {
        (Some(ending), ..) => Edit::insertion(line_start(file, ending.span.start), format!("{text}\n")),
        (None, Some(last), _) if !statements.is_empty() => {
            let end = file[..last.end as usize].trim_end().len() as u32;
            Edit::insertion(line_end(file, end), format!("\n{text}"))
        }
        (None, _, Some(marker)) => Edit::insertion(line_end(file, marker.end), format!("\n{text}")),
        _ => Edit::insertion(file.len() as u32, format!("{text}\n")),
    };
    Some(fix_in(&section.source, Applicability::Safe, "add what the down migration lacks", edit))
}

/// The down migration that the replay gives, in the place of one that does not lead back, or of which there is the heading alone.
pub(in crate::rules) fn instead(cx: &MigrationContext<'_>) -> Option<Fix> {
    let section = cx.sections.down.as_ref()?;
    let undo = cx.replayed.trials().undo()?;
    if matches!(undo.verdict, Verdict::Refuted { .. }) {
        return None;
    }
    let form = Form::of(cx, section)?;
    let text = form.lines(&undo, &Besides::default());
    let file = section.source.text();
    let statements = cx.down.map_or(&[][..], |down| &down.script.statements);
    let (Some(first), Some(last)) = (statements.first(), statements.last()) else {
        let marker = cx.sections.marker?;
        let edit = Edit::insertion(line_end(file, marker.end), format!("\n{text}"));
        return Some(fix_in(&section.source, Applicability::Unsafe, "write the down migration that the replay gives", edit));
    };
    let end = last.terminator.map_or(last.span.end, |terminator| terminator.end);
    let span = Span::new(line_start(file, first.span.start), line_end(file, end));
    let title = "replace the down migration by the one that the replay gives";
    Some(fix_in(&section.source, Applicability::Unsafe, title, Edit::replacement(span, text)))
}

fn fix_in(source: &SourceFile, applicability: Applicability, title: &str, edit: Edit) -> Fix {
    Fix { title: title.to_owned(), applicability, edits: vec![FileEdit { path: Arc::from(source.path()), edit }] }
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

/// How the statements of a down migration are written.
#[derive(Clone, Copy)]
enum Form {
    /// Each line behind `-- `.
    Comments,
    Statements,
    /// With goose's brackets around a statement that holds a semicolon.
    Goose,
}

impl Form {
    /// That of a section that is there; none of one in a block comment, whose margin nobody knows.
    fn of(cx: &MigrationContext<'_>, section: &Section) -> Option<Form> {
        match section.origin {
            Origin::Statements if cx.history.layout.name() == "goose" => Some(Form::Goose),
            Origin::Statements => Some(Form::Statements),
            Origin::Comments => {
                let file = section.source.text();
                let is_line = |span: &Span| file[line_start(file, span.start) as usize..].trim_start().starts_with("--");
                section.spans.iter().all(is_line).then_some(Form::Comments)
            }
        }
    }

    fn lines(self, undo: &Undo, besides: &Besides) -> String {
        let losses = undo.changes.lossy.iter().map(ToString::to_string).chain(besides.irreversible.iter().cloned());
        let losses = losses.map(|loss| format!("-- IRREVERSIBLE: {}", loss.replace(['\n', '\r'], " ")));
        let statements = undo.changes.statements.iter().map(|step| step.sql.as_str()).chain(besides.statements.iter().map(String::as_str));
        let statements = statements.map(|sql| self.statement(sql));
        let lines: Vec<String> = losses.chain(statements).collect();
        if lines.is_empty() { "-- Nothing of the schema is to be taken back.".to_owned() } else { lines.join("\n") }
    }

    fn statement(self, sql: &str) -> String {
        match self {
            Form::Comments => {
                let lines: Vec<String> =
                    sql.split('\n').map(|line| if line.trim().is_empty() { "--".to_owned() } else { format!("-- {line}") }).collect();
                format!("{};", lines.join("\n"))
            }
            Form::Goose if sql.contains(';') => format!("-- +goose StatementBegin\n{sql};\n-- +goose StatementEnd"),
            Form::Statements | Form::Goose => format!("{sql};"),
        }
    }
}

fn line_start(text: &str, at: u32) -> u32 {
    text[..at as usize].rfind('\n').map_or(0, |newline| newline as u32 + 1)
}

fn line_end(text: &str, at: u32) -> u32 {
    let rest = &text[at as usize..];
    let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
    at + end as u32
}
