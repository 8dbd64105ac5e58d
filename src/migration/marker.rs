//! The lines that divide a file of the house: `UP MIGRATION`, `DOWN MIGRATION`, `ROLLBACK`.
//!
//! A marker is a heading, never a sentence. The words of the heading are few and known, and after them comes the end of the line, a note in
//! parentheses, a colon, a comma or a dash: `ROLLBACK (uncomment to reverse this migration)`, `To roll back this migration, run:`,
//! `Rollback: DROP TABLE t;`. “Rollback of the whole batch is automatic” and `ROLLBACK;` are none.

use crate::syntax::Script;
use crate::text::Span;

use super::comment::{plain, runs};

/// A line that begins a part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) kind: MarkerKind,
    /// The heading.
    pub(super) span: Span,
    /// What follows the heading's colon on the same line; empty if nothing does.
    pub(super) rest: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkerKind {
    /// `UP MIGRATION`.
    Up,
    /// `DOWN MIGRATION`: the house's own marker.
    Down,
    /// What else people write over the statements that undo a migration.
    Rollback,
    /// What comes after those: `END OF MIGRATION`.
    End,
}

/// The headings `UP MIGRATION` among the comments between the statements of `script`, a script of `text`; in order.
pub fn up_headings(text: &str, script: &Script) -> Vec<Span> {
    let lines = runs(text, &script.tokens, &script.comments).into_iter().flat_map(|run| run.lines);
    lines.filter_map(|line| marker(text, line)).filter(|marker| marker.kind == MarkerKind::Up).map(|marker| marker.span).collect()
}

/// The marker that the comment line `line` is.
pub(super) fn marker(text: &str, line: Span) -> Option<Marker> {
    let span = plain(text, line);
    let content = &text[span];
    if !content.starts_with(['u', 'U', 'd', 'D', 'r', 'R', 't', 'T', 'e', 'E']) {
        return None;
    }
    let (kind, length) = heading(content)?;
    let after = &content[length..];
    let rest = match after.trim_start().chars().next() {
        Some(':') => {
            let colon = length + after.find(':').unwrap_or(0) + 1;
            Span::new(span.start + colon as u32, line.end)
        }
        None | Some('(' | '[' | ',' | '-' | '–' | '—') => Span::empty(line.end),
        Some(_) => return None,
    };
    Some(Marker { kind, span, rest })
}

/// The kind of the heading that `content` begins with, and its length in bytes.
fn heading(content: &str) -> Option<(MarkerKind, usize)> {
    let mut words = Words { content, at: 0 };
    let first = words.next()?;
    let kind = match first.to_ascii_lowercase().as_str() {
        "up" => return words.eat("migration").then_some((MarkerKind::Up, words.at)),
        "end" => return words.end_of_part().then_some((MarkerKind::End, words.at)),
        "down" if words.eat("migration") => MarkerKind::Down,
        "down" | "rollback" | "revert" | "undo" => MarkerKind::Rollback,
        "roll" | "rolling" if words.eat("back") => MarkerKind::Rollback,
        "to" if words.eat("rollback") || words.eat("revert") || words.eat("undo") => MarkerKind::Rollback,
        "to" if words.eat("roll") && words.eat("back") => MarkerKind::Rollback,
        _ => return None,
    };
    while FILLERS.iter().any(|filler| words.eat(filler)) {}
    Some((kind, words.at))
}

/// Words that a heading may go on with.
const FILLERS: [&str; 24] = [
    "migration",
    "migrations",
    "script",
    "scripts",
    "sql",
    "steps",
    "plan",
    "instructions",
    "procedure",
    "commands",
    "statements",
    "section",
    "block",
    "this",
    "the",
    "changes",
    "for",
    "reference",
    "only",
    "if",
    "needed",
    "necessary",
    "required",
    "rollback",
];

/// Reads words one by one.
struct Words<'s> {
    content: &'s str,
    /// One past the word taken last.
    at: usize,
}

impl<'s> Iterator for Words<'s> {
    type Item = &'s str;

    fn next(&mut self) -> Option<&'s str> {
        let rest = &self.content[self.at..];
        let start = rest.find(|c: char| !matches!(c, ' ' | '\t' | '_'))?;
        let length = rest[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len() - start);
        if length == 0 {
            return None;
        }
        self.at += start + length;
        Some(&rest[start..start + length])
    }
}

impl Words<'_> {
    /// Takes the next word if it is `word`.
    fn eat(&mut self, word: &str) -> bool {
        let mark = self.at;
        let taken = self.next().is_some_and(|next| next.eq_ignore_ascii_case(word));
        if !taken {
            self.at = mark;
        }
        taken
    }

    /// After `END`: `OF` and the name of a part.
    fn end_of_part(&mut self) -> bool {
        self.eat("of");
        let named = self.eat("up") || self.eat("down") || self.eat("rollback");
        let part = self.eat("migration") || self.eat("file");
        self.eat("script");
        named || part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::section::all;

    fn kind(line: &str) -> Option<MarkerKind> {
        marker(line, all(line)).map(|marker| marker.kind)
    }

    #[test]
    fn headings_are_markers() {
        for line in ["UP MIGRATION", " Up Migration", "═══ UP MIGRATION ═══"] {
            assert_eq!(kind(line), Some(MarkerKind::Up), "{line}");
        }
        for line in ["DOWN MIGRATION (for rollback reference)", "DOWN Migration (Rollback)", "DOWN_MIGRATION", "down migration: none"] {
            assert_eq!(kind(line), Some(MarkerKind::Down), "{line}");
        }
        for line in [
            " ROLLBACK (uncomment to reverse this migration)",
            " ROLLBACK SCRIPT (DO NOT EXECUTE UNLESS REQUIRED)",
            " Rollback Script (if needed)",
            " Rollback:",
            " To rollback this migration, execute the following:",
            "=== ROLLBACK ===",
            "Roll back",
            "Undo:",
        ] {
            assert_eq!(kind(line), Some(MarkerKind::Rollback), "{line}");
        }
        assert_eq!(kind("END OF MIGRATION SCRIPT"), Some(MarkerKind::End));
    }

    #[test]
    fn sentences_and_statements_are_none() {
        for line in [
            "ROLLBACK;  -- Uncomment to rollback if reviewing only",
            "Rollback statements provided at end of file",
            "Down migration is not needed.",
            "Revert community follower changes",
            "rollback plan exists",
            "If all looks good, commit. Otherwise, rollback.",
            "Up to ten rows",
            "DOWNSTREAM CONSUMERS:",
            "======",
            "    notes = NULL",
            "down = true,",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }

    #[test]
    fn what_follows_a_colon_is_the_rest() {
        let line = "-- Rollback: DROP TABLE t;";
        let found = marker(line, Span::new(2, line.len() as u32)).expect("a marker");
        assert_eq!(&line[found.rest], " DROP TABLE t;");
    }
}
