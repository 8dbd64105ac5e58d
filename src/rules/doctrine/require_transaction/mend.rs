//! The transaction written around what lacks one, or moved to where it belongs: the fixes.
//!
//! Invariant: what a transaction takes in can run in one, and nothing that it takes in needs what only a commit gives. A file that the replay
//! does not prove may fail half-way, and what it leaves then changes: its fixes are unsafe.

use crate::catalog::replay::Verdict;
use crate::diagnostic::{Applicability, Fix};
use crate::migration::up_headings;
use crate::postgres::{Ending, TransactionBlock};
use crate::rules::header::ReadHeader;
use crate::rules::lines::{below, line_end, line_start, statement_end, with_comments};
use crate::syntax::Content;
use crate::syntax::Statement;
use crate::syntax::tree::Node;
use crate::text::{Edit, Span};

use super::{Check, MARKER, Need};

/// What psql does without asking the server, and what may stand in any transaction.
const LOCAL_COMMANDS: [&str; 7] = ["\\echo", "\\qecho", "\\warn", "\\set", "\\unset", "\\pset", "\\timing"];

impl Check<'_> {
    fn fix(&self, least: Applicability, title: &str, edits: Vec<Edit>) -> Fix {
        let is_proved = matches!(self.cx.replayed.applies, Verdict::Proved { .. });
        self.cx.fix(if is_proved { least } else { Applicability::Unsafe }, title, edits)
    }

    /// Whether every statement from `first` to `last` may be taken into one transaction.
    fn is_one(&self, first: usize, last: usize) -> bool {
        let text = self.cx.text();
        (first..=last).all(|index| {
            let statement = self.statement(index);
            match &statement.content {
                Content::Parsed(Node::SetVariable(_)) => true,
                Content::MetaCommand => LOCAL_COMMANDS.iter().any(|command| text[statement.span].starts_with(command)),
                _ => self.need(statement) == Need::Inside,
            }
        })
    }

    /// BEGIN above the first statement that belongs into a transaction, and COMMIT below the last.
    pub(super) fn around(&self) -> Option<Fix> {
        let mut outsiders = self.outsiders().map(|(index, _)| index);
        let first = outsiders.next()?;
        let last = outsiders.last().unwrap_or(first);
        if !self.is_one(first, last) {
            return None;
        }
        let marker = if self.wants_marker() && up_headings(self.cx.text(), &self.cx.up.script).is_empty() { MARKER } else { "" };
        let mut edits = vec![self.opening(first, marker)];
        match self.blocks.stray.as_slice() {
            [] => edits.extend(self.closing(last)?),
            // The COMMIT of a BEGIN that somebody forgot.
            [commit] if *commit > last && self.is_commit(*commit) => {}
            _ => return None,
        }
        let title = if edits.len() == 1 { "write `BEGIN;` above the first statement" } else { "write `BEGIN;` and `COMMIT;` around it" };
        Some(self.fix(Applicability::Safe, title, edits))
    }

    fn is_commit(&self, index: usize) -> bool {
        let first = self.cx.up.script.tokens_of(self.statement(index)).first();
        first.is_some_and(|token| self.cx.text()[token.span].eq_ignore_ascii_case("commit"))
    }

    /// BEGIN above the statement at `index`, the settings right before it and the comments that belong to it.
    fn opening(&self, index: usize, marker: &str) -> Edit {
        let is_setting = |index: &usize| matches!(self.statement(*index).content, Content::Parsed(Node::SetVariable(_)));
        let first = (0..index).rev().take_while(is_setting).last().unwrap_or(index);
        let marker = if marker.is_empty() { String::new() } else { format!("{marker}\n") };
        self.above(self.statement(first), &format!("{marker}BEGIN;\n"))
    }

    /// Puts `lines` above a statement and the comments that belong to it: not above the file's own, which are its header or its title.
    fn above(&self, statement: &Statement, lines: &str) -> Edit {
        let (text, script) = (self.cx.text(), &self.cx.up.script);
        let header = ReadHeader::of(self.cx);
        let headings = up_headings(text, script);
        let at = statement.span.start;
        let top = with_comments(text, script, at, |comment| !headings.iter().any(|heading| comment.span.encloses(*heading)));
        let is_of_file = script.comments.first().is_some_and(|comment| comment.span.start == top)
            || header.fields.iter().any(|field| top <= field.name.start && field.name.start < at);
        let place = line_start(text, if is_of_file { at } else { top });
        let place = if text[Span::new(place, at)].trim().is_empty() || !is_of_file { place } else { at };
        let before = text[..place as usize].trim_start_matches('\u{feff}').trim_end_matches('\r');
        let is_apart = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        let follows_heading = headings.iter().any(|heading| text[Span::new(heading.end.min(place), place)].trim().is_empty());
        let gap = if is_apart || follows_heading { "" } else { "\n" };
        Edit::insertion(place, format!("{gap}{lines}\n"))
    }

    /// COMMIT below the statement at `index`.
    fn closing(&self, index: usize) -> Option<Vec<Edit>> {
        let (text, statement) = (self.cx.text(), self.statement(index));
        let mut edits = Vec::new();
        let end = match (statement.data, statement.terminator) {
            (Some(data), _) => data.end,
            (None, Some(terminator)) if &text[terminator] == ";" => statement_end(text, &self.cx.up.script, terminator.end),
            (None, Some(_)) => return None,
            (None, None) => {
                edits.push(Edit::insertion(statement.span.end, ";"));
                statement_end(text, &self.cx.up.script, statement.span.end)
            }
        };
        let next = text[line_end(text, end) as usize..].trim_start_matches('\r').strip_prefix('\n');
        let is_apart = next.is_none_or(|next| next.trim_start_matches(['\r', ' ', '\t']).starts_with('\n') || next.trim().is_empty());
        if line_end(text, end) != end && !text[Span::new(end, line_end(text, end))].trim().is_empty() {
            return None;
        }
        edits.push(below(text, end, if is_apart { "\nCOMMIT;" } else { "\nCOMMIT;\n" }));
        Some(edits)
    }

    /// The marker above `first`.
    pub(super) fn marked(&self, first: &Statement) -> Fix {
        // It goes right above BEGIN, as in the template.
        let text = self.cx.text();
        let at = line_start(text, first.span.start);
        let is_first_on_line = text[Span::new(at, first.span.start)].trim().is_empty();
        let edit = match &first.content {
            Content::Parsed(Node::Transaction(_)) if is_first_on_line => {
                let before = text[..at as usize].trim_start_matches('\u{feff}');
                let is_apart = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
                Edit::insertion(at, format!("{}{MARKER}\n", if is_apart { "" } else { "\n" }))
            }
            _ => self.above(first, MARKER),
        };
        // A comment changes nothing, whatever the statements do.
        self.cx.fix(Applicability::Safe, format!("write `{MARKER}` above it"), vec![edit])
    }

    /// The edge of the only transaction, moved beyond the statements at `outside`.
    pub(super) fn moved(&self, outside: &[usize]) -> Option<Fix> {
        let ([block], [], []) = (self.blocks.blocks.as_slice(), self.blocks.nested.as_slice(), self.blocks.stray.as_slice()) else {
            return None;
        };
        let (Some((end, Ending::Commit)), Some(&first), Some(&last)) = (block.end, outside.first(), outside.last()) else { return None };
        if last < block.begin && self.is_one(first, block.begin - 1) {
            let edits = vec![self.opening(first, ""), self.taken_out(block.begin)?];
            return Some(self.fix(Applicability::Safe, "move `BEGIN;` above them", edits));
        }
        if first > end && self.is_one(end + 1, last) {
            let mut edits = self.closing(last)?;
            edits.push(self.taken_out(end)?);
            return Some(self.fix(Applicability::Safe, "move `COMMIT;` below them", edits));
        }
        None
    }

    /// The line of the statement at `index`, if nothing else stands on it, and an empty line below it.
    fn taken_out(&self, index: usize) -> Option<Edit> {
        let (text, statement) = (self.cx.text(), self.statement(index));
        let start = line_start(text, statement.span.start);
        let end = line_end(text, statement.span.end);
        let own = Span::new(statement.span.start, statement.terminator.map_or(statement.span.end, |end| end.end));
        let is_alone = text[Span::new(start, end)].trim() == text[own].trim();
        let mut end = text[end as usize..].find('\n').map_or(text.len() as u32, |at| end + at as u32 + 1);
        let next = line_end(text, end);
        if text[Span::new(end, next)].trim().is_empty() {
            end = text[next as usize..].find('\n').map_or(text.len() as u32, |at| next + at as u32 + 1);
        }
        is_alone.then(|| Edit::deletion(Span::new(start, end)))
    }

    /// The end of a transaction that has none.
    pub(super) fn ended(&self, block: &TransactionBlock) -> Option<Fix> {
        let last = self.statements().map(|(index, _)| index).filter(|index| block.contains(*index)).last()?;
        Some(self.fix(Applicability::Unsafe, "write `COMMIT;` below its last statement", self.closing(last)?))
    }
}
