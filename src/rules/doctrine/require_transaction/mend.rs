//! The transaction written around what lacks one, or moved to where it belongs: the fixes.
//!
//! Invariant: what a transaction takes in can run in one, and nothing that it takes in needs what only a commit gives. A file that the replay
//! does not prove may fail half-way, and would leave less behind than before: its fixes are unsafe, and one that is known to fail has none,
//! since later migrations stand on what it leaves.

use crate::catalog::replay::Verdict;
use crate::diagnostic::{Applicability, Fix};
use crate::migration::up_headings;
use crate::postgres::{Ending, StepKind, TransactionBlock};
use crate::rules::header::ReadHeader;
use crate::rules::lines::{below, ended, line_end, line_start, with_allowances, with_comments};
use crate::syntax::Content;
use crate::syntax::Statement;
use crate::syntax::tree::{Node, SessionAction, SetScope};
use crate::text::{Edit, Span};

use super::{Check, MARKER, Need};

/// What psql does without asking the server, and what may stand in any transaction.
const LOCAL_COMMANDS: [&str; 7] = ["\\echo", "\\qecho", "\\warn", "\\set", "\\unset", "\\pset", "\\timing"];

impl Check<'_> {
    fn fix(&self, most: Applicability, title: &str, edits: Vec<Edit>) -> Option<Fix> {
        match self.cx.replayed.applies {
            Verdict::Proved { .. } => Some(self.cx.fix(most, title, edits)),
            Verdict::Unknown { .. } => Some(self.cx.fix(Applicability::Unsafe, title, edits)),
            Verdict::Refuted { .. } => None,
        }
    }

    /// Whether every statement from `first` to `last` may be taken into one transaction.
    fn is_one(&self, first: usize, last: usize) -> bool {
        let text = self.cx.text();
        (first..=last).all(|index| {
            let statement = self.statement(index);
            match &statement.content {
                // Outside a transaction SET LOCAL does nothing.
                Content::Parsed(Node::SetVariable(set)) => {
                    let is_local = matches!(set.action, SessionAction::Change(SetScope::Local(_), _));
                    !is_local || text[set.span].to_ascii_lowercase().contains("_timeout")
                }
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
        if !self.is_one(first, last) || self.adds_labels() {
            return None;
        }
        let marker = if self.wants_marker() && up_headings(self.cx.text(), &self.cx.up.script).is_empty() { MARKER } else { "" };
        let mut edits = vec![self.opening(first, marker)?];
        match self.blocks.stray.as_slice() {
            [] => edits.extend(self.closing(last)?),
            // The COMMIT of a BEGIN that somebody forgot.
            [commit] if *commit > last && self.is_commit(*commit) => {}
            _ => return None,
        }
        let title = if edits.len() == 1 { "write `BEGIN;` above the first statement" } else { "write `BEGIN;` and `COMMIT;` around it" };
        self.fix(Applicability::Safe, title, edits)
    }

    /// Whether a label is added to an enum, in a block perhaps: it can't be used before it is committed (PostgreSQL 15, ALTER TYPE).
    fn adds_labels(&self) -> bool {
        let mut found = false;
        self.cx.walk(&mut |step| found |= matches!(step.kind, StepKind::Statement(Node::AlterEnum(_))));
        found
    }

    fn is_commit(&self, index: usize) -> bool {
        let first = self.cx.up.script.tokens_of(self.statement(index)).first();
        first.is_some_and(|token| self.cx.text()[token.span].eq_ignore_ascii_case("commit"))
    }

    /// BEGIN above the statement at `index`, the settings right before it and the comments that belong to it.
    fn opening(&self, index: usize, marker: &str) -> Option<Edit> {
        let is_setting = |index: &usize| matches!(self.statement(*index).content, Content::Parsed(Node::SetVariable(_)));
        let first = (0..index).rev().take_while(is_setting).last().unwrap_or(index);
        let marker = if marker.is_empty() { String::new() } else { format!("{marker}\n") };
        self.above(self.statement(first), &format!("{marker}BEGIN;\n"))
    }

    /// Puts `lines` above a statement and the comments that belong to it: not above the file's own, which are its header or its title, unless they
    /// allow something in the statement; none where such a comment stands in the header itself.
    fn above(&self, statement: &Statement, lines: &str) -> Option<Edit> {
        let (text, script) = (self.cx.text(), &self.cx.up.script);
        let header = ReadHeader::of(self.cx);
        let headings = up_headings(text, script);
        let at = statement.span.start;
        let top = with_comments(text, script, at, |comment| !headings.iter().any(|heading| comment.span.encloses(*heading)));
        let own = with_allowances(text, script, at);
        let is_within = |heading: u32| own <= heading && heading < at;
        if header.fields.iter().any(|field| is_within(field.name.start)) || headings.iter().any(|heading| is_within(heading.start)) {
            return None;
        }
        let is_of_file = script.comments.first().is_some_and(|comment| comment.span.start == top)
            || header.fields.iter().any(|field| top <= field.name.start && field.name.start < at);
        let top = if is_of_file { own } else { self.banner(&header, top).unwrap_or(top) };
        let place = line_start(text, top);
        let place = if text[Span::new(place, top)].trim().is_empty() || !is_of_file { place } else { top };
        let before = text[..place as usize].trim_start_matches('\u{feff}').trim_end_matches('\r');
        let is_apart = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        let follows_heading = headings.iter().any(|heading| text[Span::new(heading.end.min(place), place)].trim().is_empty());
        let gap = if is_apart || follows_heading { "" } else { "\n" };
        Some(Edit::insertion(place, format!("{gap}{lines}\n")))
    }

    /// Where the banner begins that stands above byte `top`, with empty lines between: the title of a part of the file, and not the file's.
    fn banner(&self, header: &ReadHeader, top: u32) -> Option<u32> {
        let (text, script) = (self.cx.text(), &self.cx.up.script);
        let last = script.comments[..script.comments.partition_point(|comment| comment.span.end <= top)].last()?;
        let start = with_comments(text, script, last.span.start, |_| true);
        let first = script.comments.iter().position(|comment| comment.span.start == start)?;
        let is_rule = !text[script.comments[first].span].contains(char::is_alphanumeric);
        let is_above = text[Span::new(last.span.end, top)].trim().is_empty();
        let says_more = header.fields.iter().any(|field| start <= field.name.start && field.name.start < top)
            || up_headings(text, script).iter().any(|heading| start <= heading.start && heading.start < top);
        (first > 0 && is_rule && is_above && !says_more).then_some(start)
    }

    /// COMMIT below the statement at `index`.
    fn closing(&self, index: usize) -> Option<Vec<Edit>> {
        let (text, statement) = (self.cx.text(), self.statement(index));
        let (mut edits, end) = ended(text, &self.cx.up.script, statement)?;
        let next = text[line_end(text, end) as usize..].trim_start_matches('\r').strip_prefix('\n');
        let is_apart = next.is_none_or(|next| next.trim_start_matches(['\r', ' ', '\t']).starts_with('\n') || next.trim().is_empty());
        if line_end(text, end) != end && !text[Span::new(end, line_end(text, end))].trim().is_empty() {
            return None;
        }
        edits.push(below(text, end, if is_apart { "\nCOMMIT;" } else { "\nCOMMIT;\n" }));
        Some(edits)
    }

    /// The marker above `first`.
    pub(super) fn marked(&self, first: &Statement) -> Option<Fix> {
        // It goes right above BEGIN, as in the template.
        let text = self.cx.text();
        let top = with_allowances(text, &self.cx.up.script, first.span.start);
        let at = line_start(text, top);
        let is_first_on_line = text[Span::new(at, top)].trim().is_empty();
        let edit = match &first.content {
            Content::Parsed(Node::Transaction(_)) if is_first_on_line => {
                let before = text[..at as usize].trim_start_matches('\u{feff}');
                let is_apart = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
                Edit::insertion(at, format!("{}{MARKER}\n", if is_apart { "" } else { "\n" }))
            }
            _ => self.above(first, MARKER)?,
        };
        // A comment changes nothing, whatever the statements do.
        Some(self.cx.fix(Applicability::Safe, format!("write `{MARKER}` above it"), vec![edit]))
    }

    /// The edge of the only transaction, moved beyond the statements at `outside`.
    pub(super) fn moved(&self, outside: &[usize]) -> Option<Fix> {
        let ([block], [], []) = (self.blocks.blocks.as_slice(), self.blocks.nested.as_slice(), self.blocks.stray.as_slice()) else {
            return None;
        };
        let (Some((end, Ending::Commit)), Some(&first), Some(&last)) = (block.end, outside.first(), outside.last()) else { return None };
        if last < block.begin && self.is_one(first, block.begin - 1) {
            let edits = vec![self.opening(first, "")?, self.taken_out(block.begin)?];
            return self.fix(Applicability::Safe, "move `BEGIN;` above them", edits);
        }
        if first > end && self.is_one(end + 1, last) {
            let mut edits = self.closing(last)?;
            edits.push(self.taken_out(end)?);
            return self.fix(Applicability::Safe, "move `COMMIT;` below them", edits);
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
        self.fix(Applicability::Unsafe, "write `COMMIT;` below its last statement", self.closing(last)?)
    }
}
