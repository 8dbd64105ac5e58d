//! The house's files: up as statements, down in comments of the same file.
//!
//! Names, order and siblings are those of [`super::plain`]; `psql` runs the file, so nobody opens a transaction, and whatever is not
//! commented out runs with the up section wherever it stands.
//!
//! The down section is what is SQL (see `commented`)
//! * after `-- DOWN MIGRATION`, in all comments to the end of the file or to `-- UP MIGRATION`; the section is there even if nothing is in it;
//! * else after a rollback heading (`-- ROLLBACK (uncomment to reverse this migration)`, `-- Rollback:`, `-- To roll back:`) in the comments
//!   that follow it without a statement between, `--` lines or `/* … */`. A heading over prose (“see the bottom of the file”) is none. Where
//!   several headings have SQL, as over each step of a migration, the one after the last statement counts; if there is none such, nothing
//!   does, since nobody can tell in which order the pieces were meant.

use super::{Folder, Layout, Part, Reach, Side, Sign, Split, plain};
use crate::migration::comment::{Run, lines, runs};
use crate::migration::commented;
use crate::migration::marker::{Marker, MarkerKind, marker};
use crate::migration::numbering::Moment;
use crate::migration::section::{Origin, Transaction, all};
use crate::syntax::lexer::{Mode, Token, lex};
use crate::text::Span;

#[derive(Debug)]
pub(super) struct House;

impl Layout for House {
    fn name(&self) -> &'static str {
        "house"
    }

    fn reach(&self) -> Reach {
        Reach::Series
    }

    fn sign(&self, text: &str) -> Sign {
        if may_have_marker(text) { Sign::Own } else { Sign::Nothing }
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.scripts().any(|script| self.part(script.path).is_some() && script.sign(self) == Sign::Own)
    }

    fn part(&self, path: &str) -> Option<Part> {
        plain::part(path)
    }

    fn split(&self, text: &str) -> Split {
        if !may_have_marker(text) {
            return Split::whole(text);
        }
        let lexed = lex(text, all(text), Mode::Script);
        let runs = runs(text, &lexed.tokens, &lexed.comments);
        let headings = headings(text, &runs);
        let found = match headings.iter().position(|heading| heading.marker.kind == MarkerKind::Down) {
            Some(at) => Some(down_section(text, &runs, &headings, at)),
            None => rollback_section(text, &runs, &headings, &lexed.tokens),
        };
        match found {
            Some(Found { marker, down, after }) => Split {
                down: down.map(|spans| (spans, Origin::Comments)),
                marker: Some(marker),
                after_marker: after.filter(|after| lexed.tokens.iter().any(|token| after.encloses(token.span))),
                ..Split::whole(text)
            },
            None => Split::whole(text),
        }
    }

    /// All of it: `psql` runs the file.
    fn up(&self, text: &str) -> Vec<Span> {
        Split::whole(text).up
    }

    fn is_named_by_people(&self) -> bool {
        true
    }

    fn first_version(&self, _now: &Moment) -> String {
        "001".to_owned()
    }

    fn new_path(&self, version: &str, title: &str, before: Option<&str>) -> String {
        plain::new_path(version, title, before)
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::File
    }
}

/// Whether some line of `text` looks like a marker, be it in a comment or not.
fn may_have_marker(text: &str) -> bool {
    lines(text, all(text)).any(|line| marker(text, line).is_some_and(|marker| marker.kind != MarkerKind::End))
}

/// A marker among the comments.
struct Heading {
    marker: Marker,
    /// Which run it is in, and which line of it.
    run: usize,
    line: usize,
}

fn headings(text: &str, runs: &[Run]) -> Vec<Heading> {
    let in_run = |(run, comments): (usize, &Run)| {
        let found =
            comments.lines.iter().enumerate().filter_map(move |(line, &span)| Some(Heading { marker: marker(text, span)?, run, line }));
        found.collect::<Vec<_>>()
    };
    runs.iter().enumerate().flat_map(in_run).collect()
}

struct Found {
    marker: Span,
    /// The SQL in comments; `None` if there is no down section, only a heading.
    down: Option<Vec<Span>>,
    /// What stands after the marker and runs with up.
    after: Option<Span>,
}

/// The section after the `DOWN MIGRATION` that is heading `at`.
fn down_section(text: &str, runs: &[Run], headings: &[Heading], at: usize) -> Found {
    let heading = &headings[at];
    let up = headings[at + 1..].iter().find(|heading| heading.marker.kind == MarkerKind::Up);
    let end = up.map_or(text.len() as u32, |up| up.marker.span.start);
    let mut down = Vec::new();
    for (run, comments) in runs.iter().enumerate().skip(heading.run) {
        let mut lines = if run == heading.run { after_heading(comments, heading) } else { comments.lines.clone() };
        lines.retain(|line| line.end <= end);
        down.extend(commented::sql(text, &lines));
    }
    let marker = heading.marker.span;
    Found { marker, down: Some(down), after: Some(Span::new(marker.end, end)) }
}

/// The section after a rollback heading; failing that, a heading at the end of the file whose statements somebody has uncommented.
fn rollback_section(text: &str, runs: &[Run], headings: &[Heading], tokens: &[Token]) -> Option<Found> {
    let rollbacks = || headings.iter().enumerate().filter(|(_, heading)| heading.marker.kind == MarkerKind::Rollback);
    let mut found: Vec<(&Heading, Vec<Span>)> = Vec::new();
    for (at, heading) in rollbacks() {
        // “To roll back, run:” under a heading `ROLLBACK` opens no further section.
        if found.last().is_some_and(|(before, spans)| before.run == heading.run && !spans.is_empty()) {
            continue;
        }
        let stop = headings[at + 1..].iter().find(|next| next.run == heading.run && next.marker.kind != MarkerKind::Rollback);
        let mut lines = after_heading(&runs[heading.run], heading);
        lines.retain(|line| stop.is_none_or(|stop| line.start < stop.marker.span.start));
        let spans = commented::sql(text, &lines);
        if !spans.is_empty() {
            found.push((heading, spans));
        }
    }
    let last = found.len() == 1 || found.last().is_some_and(|(heading, _)| runs[heading.run].tokens_before == tokens.len());
    if last {
        return found.pop().map(|(heading, down)| Found { marker: heading.marker.span, down: Some(down), after: None });
    }
    let bare = |heading: &Heading| found.is_empty() && runs[heading.run].tokens_before > 0 && is_heading_in_capitals(text, &heading.marker);
    let (_, heading) = rollbacks().find(|(_, heading)| bare(heading))?;
    let marker = heading.marker.span;
    Some(Found { marker, down: None, after: Some(Span::new(marker.end, text.len() as u32)) })
}

/// What the comments of `run` say after `heading`.
fn after_heading(run: &Run, heading: &Heading) -> Vec<Span> {
    let mut lines = run.lines[heading.line..].to_vec();
    lines[0] = heading.marker.rest;
    lines
}

fn is_heading_in_capitals(text: &str, marker: &Marker) -> bool {
    let word = text[marker.span].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::section::only;
    use crate::syntax::{Content, Script};

    /// The statements of the down section of `text`, and what stands after its marker and runs with up.
    fn down(text: &str) -> (Option<Vec<String>>, Option<&str>) {
        let split = House.split(text);
        let statements = split.down.map(|(spans, origin)| {
            assert_eq!(origin, Origin::Comments);
            let copy = only(text, &spans);
            let script = Script::parse(&copy, all(&copy));
            assert!(script.statements.iter().all(|statement| matches!(statement.content, Content::Parsed(_))), "{copy}");
            let said =
                script.statements.iter().map(|statement| copy[statement.span.range()].split_whitespace().collect::<Vec<_>>().join(" "));
            said.collect()
        });
        (statements, split.after_marker.map(|after| text[after].trim()))
    }

    fn statements(expected: &[&str]) -> Option<Vec<String>> {
        Some(expected.iter().map(|&statement| statement.to_owned()).collect())
    }

    #[test]
    fn the_template_goes_down_in_comments() {
        let text = "-- Purpose: a\n\n-- UP MIGRATION\nBEGIN;\nCREATE TABLE t (a int);\nCOMMIT;\n\n-- DOWN MIGRATION (for rollback reference)\n-- DROP INDEX i;\n-- DROP TABLE IF EXISTS t;\n";
        assert_eq!(down(text), (statements(&["DROP INDEX i", "DROP TABLE IF EXISTS t"]), None));
    }

    #[test]
    fn a_down_marker_makes_a_section_even_if_it_is_empty() {
        assert_eq!(down("SELECT 1;\n-- DOWN MIGRATION: none\n"), (statements(&[]), None));
        assert_eq!(down("SELECT 1;\n"), (None, None));
    }

    #[test]
    fn what_is_not_commented_out_after_the_marker_runs_with_up() {
        let text = "CREATE TABLE t (a int);\n-- DOWN MIGRATION\n-- DROP INDEX i;\nDROP TABLE t;\n-- DROP TABLE u;\n";
        let (said, after) = down(text);
        assert_eq!(said, statements(&["DROP INDEX i", "DROP TABLE u"]));
        assert!(after.is_some_and(|after| after.contains("\nDROP TABLE t;")));
    }

    #[test]
    fn down_may_stand_before_up() {
        let text = "-- DOWN MIGRATION\n-- DROP TABLE t;\n-- UP MIGRATION\nCREATE TABLE t (a int);\n-- ALTER TABLE t ADD b int;\n";
        assert_eq!(down(text), (statements(&["DROP TABLE t"]), None));
    }

    #[test]
    fn a_rollback_heading_in_a_banner_opens_a_section() {
        let text = "CREATE TABLE t (a int);\n-- ════\n-- ROLLBACK (uncomment to reverse this migration)\n-- ════\n-- Roles are cluster-wide, drop them by hand:\n-- DROP TABLE t;\n-- ════\n";
        assert_eq!(down(text), (statements(&["DROP TABLE t"]), None));
    }

    #[test]
    fn a_block_comment_may_hold_the_section() {
        let text = "CREATE TABLE t (a int);\n-- ROLLBACK SCRIPT (DO NOT EXECUTE UNLESS REQUIRED)\n/*\n-- To rollback this migration, execute the following:\nBEGIN;\n-- 1. Drop columns\nALTER TABLE t\n    DROP COLUMN b,\n    DROP COLUMN c;\n-- DROP TYPE optional_one;\nCOMMIT;\n-- Note: the schema stays.\n*/\n-- END OF MIGRATION\n-- SELECT 1;\n";
        assert_eq!(down(text), (statements(&["BEGIN", "ALTER TABLE t DROP COLUMN b, DROP COLUMN c", "COMMIT"]), None));
    }

    #[test]
    fn the_statement_may_stand_on_the_markers_line() {
        assert_eq!(down("-- Rollback: DROP TABLE t;\nCREATE TABLE t (a int);\n"), (statements(&["DROP TABLE t"]), None));
    }

    #[test]
    fn a_heading_over_prose_is_no_section() {
        let text = "-- Rollback:\n--   See bottom of file.\nBEGIN;\n-- Rollback plan: restore the backup\nCOMMIT;\n";
        assert_eq!(down(text), (None, None));
    }

    #[test]
    fn of_several_sections_only_one_after_all_statements_counts() {
        let steps = "ALTER TABLE t ADD a int;\n-- Rollback: ALTER TABLE t DROP a;\nALTER TABLE t ADD b int;\n-- Rollback: ALTER TABLE t DROP b;\nSELECT 1;\n";
        assert_eq!(down(steps), (None, None));
        let last = format!("{steps}-- ROLLBACK\n-- ALTER TABLE t DROP b, DROP a;\n");
        assert_eq!(down(&last), (statements(&["ALTER TABLE t DROP b, DROP a"]), None));
    }

    #[test]
    fn a_rollback_that_somebody_uncommented_is_told() {
        let text = "CREATE TABLE t (a int);\n-- ROLLBACK\nDROP TABLE t;\n";
        assert_eq!(down(text), (None, Some("DROP TABLE t;")));
    }

    #[test]
    fn a_marker_in_a_string_or_a_function_is_none() {
        assert_eq!(down("SELECT '\n-- DOWN MIGRATION\n-- DROP TABLE t;\n';\nDO $$\n-- ROLLBACK\n-- DROP TABLE t;\n$$;\n"), (None, None));
    }
}
