//! What goose and sql-migrate do not send to the server as it is written: files that they do not run, and statements that they would tear.
//!
//! One finding per cause: of a file that the tool does not run, nothing else is said here. A fix is offered where only one thing can be meant.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::migration::{Brackets, Fault, Refusal, Section, Sql, Torn, What};
use crate::rules::MigrationContext;
use crate::rules::lines::{around, line_end, statement_end};
use crate::syntax::Statement;
use crate::text::{Edit, Span};

/// What of the migration the tool does not send as it is written.
pub(super) fn unsent(cx: &MigrationContext<'_>) -> Vec<Diagnostic> {
    let Some(reading) = cx.sections.up.reading.as_deref() else { return Vec::new() };
    let down = cx.sections.down.as_ref().zip(cx.down);
    let sections: Vec<(&Section, &Sql)> = std::iter::once((&cx.sections.up, cx.up)).chain(down).collect();
    match reading.refusal {
        Some(refusal) => vec![refused(cx, reading.brackets, refusal, &sections)],
        None => {
            let torn = |sql: &'_ Sql| {
                reading
                    .brackets
                    .torn(&sql.text, &sql.script, reading)
                    .into_iter()
                    .map(|torn| early(cx, reading.brackets, sql, torn))
                    .collect::<Vec<_>>()
            };
            sections.into_iter().flat_map(|(_, sql)| torn(sql)).collect()
        }
    }
}

/// A statement, or a comment, that the tool ends too early: PostgreSQL reads none of the pieces.
fn early(cx: &MigrationContext<'_>, brackets: Brackets, sql: &Sql, torn: Torn<'_>) -> Diagnostic {
    let (text, tool) = (&*sql.text, cx.history.layout.name());
    let line = Span::new(torn.line.end - text[torn.line].trim_start().len() as u32, torn.line.end);
    let (what, help, fix) = match torn.what {
        What::Statement(statement) => {
            let fix =
                lines_around(sql, brackets, statement).map(|edits| cx.fix(Applicability::Safe, "write the two lines around it", edits));
            let Brackets { begin, end, .. } = brackets;
            ("the statement", format!("write the lines `{begin}` and `{end}` around the statement"), fix)
        }
        What::Comment(comment) => {
            let inside = Span::new(torn.line.start.max(comment.span.start), torn.line.end);
            let semicolon = inside.start + text[inside].rfind(';').unwrap_or_default() as u32;
            let edit = Edit::deletion(Span::new(semicolon, semicolon + 1));
            let fix = cx.fix(Applicability::Safe, "take the semicolon out", vec![edit]);
            (
                "a statement, though it stands in a comment",
                "end the line of the comment with something else than a semicolon".to_owned(),
                Some(fix),
            )
        }
    };
    let message = format!("{tool} takes this line for the end of {what}, and sends what stands before it alone");
    cx.finding(line, message).help(help).fix(fix)
}

/// A file that the tool does not run as it is written.
fn refused(cx: &MigrationContext<'_>, brackets: Brackets, refusal: Refusal, sections: &[(&Section, &Sql)]) -> Diagnostic {
    let (tool, text, span) = (cx.history.layout.name(), cx.source().text(), refusal.span);
    let Brackets { begin, end, .. } = brackets;
    let direction = begin.replace("StatementBegin", "Up");
    let (what, help) = match refusal.fault {
        Fault::Unknown => ("it does not know what this line tells it", format!("write a line as `{direction}` or `{begin}`, alone")),
        Fault::Indented => ("this line is for it, and does not begin at its first column", "take out the white space before it".to_owned()),
        Fault::Directionless => ("no line says which way it goes", format!("write `{direction}` above what is to run")),
        Fault::Early => ("this stands above the line that says which way it goes", format!("write `{direction}` above it")),
        Fault::Misplaced => ("this line is out of place", "let one `Up` come first, and one `Down` behind it".to_owned()),
        Fault::Unended => ("nothing ends what this line begins", format!("write `{end}` below the statement")),
        Fault::Unbegun => ("nothing begins what this line ends", format!("write `{begin}` above the statement")),
        Fault::Nested => ("what the line of this kind above it begins has not ended", format!("write `{end}` before it, or take it out")),
        Fault::Unfinished => (
            "no line ends this with a semicolon",
            "let its last line end with `;`, and what follows on that line be a comment in `--`".to_owned(),
        ),
        Fault::Lost => ("", "take out the two lines above it, between which nothing stands".to_owned()),
    };
    let message = match refusal.fault {
        Fault::Lost => format!("{tool} leaves this line out"),
        _ => format!("{tool} does not run this file: {what}"),
    };
    let span = if span.is_empty() { cx.source().first_line() } else { Span::new(span.start, line_end(text, span.start).min(span.end)) };
    let fix = mended(text, brackets, refusal, sections).map(|edits| cx.fix(Applicability::Safe, "write it as the tool reads it", edits));
    cx.finding(span, message).help(help).fix(fix)
}

/// The edits that let the tool read the file, where only one thing can be meant.
fn mended(file: &str, brackets: Brackets, Refusal { span, fault }: Refusal, sections: &[(&Section, &Sql)]) -> Option<Vec<Edit>> {
    if fault == Fault::Indented {
        let marks = file[span].trim_start().len() as u32;
        return Some(vec![Edit::deletion(Span::new(span.start, span.end - marks))]);
    }
    let (_, sql) = sections.iter().find(|(section, _)| section.span().encloses(span))?;
    let Sql { text, script } = sql;
    match fault {
        Fault::Unended => {
            let mut within = script.statements.iter().filter(|statement| statement.span.start > span.end);
            let (only, None) = (within.next()?, within.next()) else { return None };
            let last = statement_end(text, script, only.terminator.unwrap_or(only.span).end);
            let is_alone = text[Span::new(last, line_end(text, last))].trim().is_empty();
            is_alone.then(|| vec![Edit::insertion(last, format!("\n{}", brackets.end))])
        }
        Fault::Unbegun => {
            let statement = script.statements.iter().rfind(|statement| statement.span.end <= span.start)?;
            let [first, _] = <[Edit; 2]>::try_from(lines_around(sql, brackets, statement)?).ok()?;
            Some(vec![first])
        }
        Fault::Unfinished => {
            let statement = script.statements.iter().rfind(|statement| span.encloses(statement.span))?;
            let rest = &text[Span::new(statement.span.end, span.end)];
            let is_comment = |(at, line): (usize, &str)| {
                let said = line.trim_start();
                said.is_empty() || (said.starts_with("-- ") && (at > 0 || line.starts_with(char::is_whitespace)))
            };
            let is_plain = statement.terminator.is_none() && rest.lines().enumerate().all(is_comment);
            is_plain.then(|| vec![Edit::insertion(statement.span.end, ";")])
        }
        _ => None,
    }
}

/// The tool's two lines around a statement.
fn lines_around(sql: &Sql, brackets: Brackets, statement: &Statement) -> Option<Vec<Edit>> {
    let text = &*sql.text;
    let last = statement_end(text, &sql.script, statement.terminator.unwrap_or(statement.span).end);
    let (first, last) = around(text, &sql.script, brackets, statement.span, last)?;
    Some(vec![Edit::insertion(first, format!("{}\n", brackets.begin)), Edit::insertion(last, format!("\n{}", brackets.end))])
}
