//! `require-breaking-change-note`: what breaks clients is announced where it happens.
//!
//! What breaks is found by comparing the schemas before and after each statement; what is said of it, in the comments.

use std::collections::BTreeMap;

use crate::catalog::replay::Break;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::Statement;
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireBreakingChangeNote;

static META: Meta = Meta {
    id: "require-breaking-change-note",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-breaking-change-note.md"),
};

/// How a note begins.
const MARK: &str = "breaking change";

/// How many words a note has at least, beside the names of what it is about: fewer say nothing of what happens, and to whom.
const WORDS: usize = 3;

/// How many deeds of a statement a message names.
const NAMED: usize = 2;

impl Rule for RequireBreakingChangeNote {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let notes = notes(cx);
        let mut used = vec![false; notes.len()];
        let mut open: BTreeMap<usize, Vec<Break>> = BTreeMap::new();
        for found in cx.replayed.trials().breaks() {
            let Some(statement) = cx.up.script.statements.get(found.statement) else { continue };
            let end = line_end(cx.text(), statement.span.end);
            let covers = |note: &Note| note.span.start < end && note.tells_of(&found);
            match notes.iter().position(covers) {
                Some(at) => used[at] = true,
                None => open.entry(found.statement).or_default().push(found),
            }
        }
        for (at, breaks) in &open {
            let statement = &cx.up.script.statements[*at];
            let beside = notes.iter().enumerate().find(|(note, _)| !used[*note] && stands_at(cx, &notes[*note], *at));
            if let Some((note, _)) = beside {
                used[note] = true;
            }
            out.push(told(cx, statement, breaks, beside.map(|(_, note)| note)));
        }
        let idle = notes.iter().zip(&used).filter(|(note, used)| !**used && note.words.len() < WORDS);
        out.extend(idle.map(|(note, _)| {
            let finding = cx.finding(note.span, "this note does not say what breaks, and for whom");
            finding.help("name what is changed, and who has to do something about it; or take the note out")
        }));
    }
}

/// A `BREAKING CHANGE:` in a comment.
struct Note {
    span: Span,
    /// In small letters.
    words: Vec<String>,
}

impl Note {
    /// Whether it names what is broken, and says more than its name.
    fn tells_of(&self, found: &Break) -> bool {
        let names: Vec<String> = found.names.iter().map(|name| name.to_lowercase()).collect();
        let is_name = |word: &String| names.contains(word);
        self.words.iter().any(is_name) && self.words.iter().filter(|word| !is_name(word)).count() >= WORDS
    }
}

/// The notes in the comments of the up section.
fn notes(cx: &MigrationContext<'_>) -> Vec<Note> {
    let text = cx.text();
    let end = cx.sections.marker.map_or(u32::MAX, |marker| marker.start);
    let comments = cx.up.script.comments.iter().map(|comment| comment.span).filter(|span| span.start < end);
    let mut notes: Vec<Note> = Vec::new();
    // Whether the line before belongs to a note, and where it ended.
    let mut open: Option<u32> = None;
    for line in comments.flat_map(|comment| lines(text, comment)) {
        let content = text[line].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '"').trim_end_matches(['*', '/', ' ']);
        let goes_on = open.take().is_some_and(|end| text[Span::new(end.min(line.start), line.start)].trim().is_empty());
        if let Some(rest) = after_mark(content) {
            notes.push(Note { span: line, words: words(rest) });
        } else if let Some(note) = notes.last_mut().filter(|_| goes_on && !content.is_empty() && !is_field(cx, content)) {
            note.words.extend(words(content));
            note.span = note.span.to(line);
        } else {
            continue;
        }
        open = Some(line.end);
    }
    notes
}

fn lines(text: &str, comment: Span) -> Vec<Span> {
    let mut at = comment.start;
    let line = |line: &str| {
        let span = Span::new(at, at + line.trim_end().len() as u32);
        at += line.len() as u32;
        span
    };
    text[comment].split_inclusive('\n').map(line).collect()
}

/// What stands behind `BREAKING CHANGE:`, if a line begins with that.
fn after_mark(content: &str) -> Option<&str> {
    let head = content.get(..MARK.len()).filter(|head| head.eq_ignore_ascii_case(MARK))?;
    let rest = &content[head.len()..];
    rest.strip_prefix(['s', 'S']).unwrap_or(rest).trim_start().strip_prefix(':')
}

/// Whether a line is a field of the header.
fn is_field(cx: &MigrationContext<'_>, content: &str) -> bool {
    let Some((name, _)) = content.split_once(':') else { return false };
    cx.config.header_fields().iter().any(|field| field.is_called(name.trim()))
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether a note stands between the statement before this one and the end of its last line.
fn stands_at(cx: &MigrationContext<'_>, note: &Note, at: usize) -> bool {
    let statements = &cx.up.script.statements;
    let before = at.checked_sub(1).map_or(0, |before| statements[before].span.end);
    before <= note.span.start && note.span.start < line_end(cx.text(), statements[at].span.end)
}

fn line_end(text: &str, at: u32) -> u32 {
    text[at as usize..].find('\n').map_or(text.len() as u32, |length| at + length as u32)
}

fn told(cx: &MigrationContext<'_>, statement: &Statement, breaks: &[Break], beside: Option<&Note>) -> Diagnostic {
    let deeds: Vec<&str> = breaks.iter().take(NAMED).map(|found| found.deed.as_str()).collect();
    let more = match breaks.len() - deeds.len() {
        0 => String::new(),
        more => format!(" and does {more} more of the kind"),
    };
    let said = if beside.is_some() { "the note does not say what breaks, and for whom" } else { "no note says so" };
    let finding = cx.finding(statement.span, format!("this {}{more}, and {said}", deeds.join(" and ")));
    let finding = match beside {
        Some(note) => finding.related(cx.source().path().into(), note.span, "the note"),
        None => finding,
    };
    let name = breaks.first().and_then(|found| found.names.first()).map_or("", |name| &**name);
    finding.help(format!("above it write `-- BREAKING CHANGE: {name} …`: what is different, and who has to do something about it"))
}
