//! SQL that is commented out, told from the prose around it.
//!
//! A down section in comments is SQL, sentences, step headings and notes, line by line, and only the SQL is to be read. PostgreSQL's own
//! grammar decides, so that a remark never becomes a syntax error, and a statement never a remark:
//!
//! * SQL begins only at a line whose first word can begin a statement, and which the grammar does not refuse in the middle: `DROP TABLE t` and
//!   `ALTER TABLE t` (which goes on) begin one, `Drop the table by hand` and `Update: see above` don't.
//! * From there it goes to its semicolon, over as many lines as it takes, comments (`-- -- note`) and empty lines included. If the grammar
//!   takes it, it is SQL.
//! * If not, and a later line of it begins a statement that the grammar takes, what stands before that line was prose.
//! * If not, and it begins as only SQL does (`DROP TABLE …`), it is SQL with a mistake in it, for a rule to report.
//! * What is refused at a word that is nearly one of SQL (`DROP FUNCTON …;`), and taken with that one in its place, is SQL with a mistake too.
//!   Everything else is prose.
//! * Without a semicolon in sight, only what begins as only SQL does is a statement, and ends with its paragraph.
//!
//! Work is bounded by the comment's length: what has been tried too often is prose.

use std::rc::Rc;

use crate::syntax::lexer::{Keyword, LexError, Mode, Token, TokenKind, lex};
use crate::syntax::{Content, Script, Statement};
use crate::text::Span;

use super::comment::runs;
use super::mistyped::{begins_statement, meant};
use super::section::{all, only};

/// What is SQL in the comments between the statements of `script`, a script of `text`; in order.
pub fn commented_out(text: &str, script: &Script) -> Vec<Span> {
    runs(text, &script.tokens, &script.comments).iter().flat_map(|run| sql(text, &run.lines)).collect()
}

/// The parts of `lines`, consecutive comment lines of `text`, that are SQL; in order.
pub(super) fn sql(text: &str, lines: &[Span]) -> Vec<Span> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let span = first.to(*last);
    let text: Box<str> = only(text, lines).into();
    let mut reader = Reader {
        semicolons: text.match_indices(';').map(|(at, _)| at as u32).collect(),
        text,
        lines: lines.to_vec(),
        found: Vec::new(),
        budget: 16 * span.len() as usize + 65_536,
        spare: 4 * span.len() as usize + 16_384,
        last: None,
    };
    let mut at = 0;
    while at < reader.lines.len() {
        at = reader.read(at);
    }
    reader.found
}

struct Reader {
    /// The text with nothing in it but the lines.
    text: Box<str>,
    /// What has been read of a line is cut off its front.
    lines: Vec<Span>,
    found: Vec<Span>,
    /// Where semicolons stand: a statement is not looked for where none ends it, nor its end before the first one.
    semicolons: Vec<u32>,
    /// How many bytes may still be parsed.
    budget: usize,
    /// How many on top of that, in search of slips.
    spare: usize,
    /// What was parsed last: a line is looked at before it is known how far its statement goes.
    last: Option<(Span, Rc<Script>)>,
}

/// How a line begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// No statement begins here.
    Prose,
    /// A statement may begin here, or a sentence: `SELECT …`.
    Doubtful,
    /// As only a statement begins: `DROP TABLE …`.
    Certain,
}

/// A statement's last line, and the byte at which it ends.
#[derive(Clone, Copy)]
struct Extent {
    line: usize,
    end: u32,
    accepted: bool,
}

impl Reader {
    /// Reads what begins at line `at`; the line to go on with.
    fn read(&mut self, at: usize) -> usize {
        let opening = self.opening(at);
        if opening == Opening::Prose {
            return match self.mistyped(at) {
                Some(extent) => self.take(at, extent),
                None => at + 1,
            };
        }
        let Some(extent) = self.extent(at) else {
            return match opening {
                Opening::Certain => self.unterminated(at),
                _ => at + 1,
            };
        };
        if extent.accepted {
            return self.take(at, extent);
        }
        match self.later_start(at, extent) {
            Some((start, extent)) => self.take(start, extent),
            None if opening == Opening::Certain => self.take(at, extent),
            None => at + 1,
        }
    }

    /// How far the statement that begins at line `at` goes, if it is one but for a slip in a word of its first line.
    fn mistyped(&mut self, at: usize) -> Option<Extent> {
        if !begins_statement(&self.text[self.lines[at]]) {
            return None;
        }
        std::mem::swap(&mut self.budget, &mut self.spare);
        let extent = self.corrected(at);
        std::mem::swap(&mut self.budget, &mut self.spare);
        extent
    }

    fn corrected(&mut self, at: usize) -> Option<Extent> {
        let line = self.lines[at];
        let script = self.parse(line)?;
        let Content::Rejected(error) = &script.statements.first()?.content else { return None };
        // `CREATE OR REPALCE` is refused at OR.
        let words = script.tokens.iter().map(|token| token.span).filter(|span| span.start >= error.span.start).take(2);
        let slips: Vec<(Span, &str)> = words.flat_map(|word| meant(&self.text[word]).map(move |meant| (word, meant))).collect();
        if slips.is_empty() {
            return None;
        }
        let extent = self.extent(at)?;
        slips.into_iter().find_map(|(slip, meant)| {
            self.budget = self.budget.checked_sub((extent.end - line.start) as usize)?;
            let (before, after) = (Span::new(line.start, slip.start), Span::new(slip.end, extent.end.max(slip.end)));
            let corrected = format!("{}{meant}{}", &self.text[before], &self.text[after]);
            let script = Script::parse(&corrected, all(&corrected));
            matches!(script.statements.as_slice(), [one] if accepted(one)).then_some(extent)
        })
    }

    /// Notes lines `from` to the extent's end as SQL; the line to go on with, which may be the rest of the extent's last.
    fn take(&mut self, from: usize, extent: Extent) -> usize {
        for line in from..extent.line {
            self.found.push(self.lines[line]);
        }
        let last = &mut self.lines[extent.line];
        self.found.push(Span::new(last.start, extent.end));
        *last = Span::new(extent.end, last.end);
        extent.line
    }

    /// How far the statement that begins at line `from` goes: up to and with its semicolon.
    fn extent(&mut self, from: usize) -> Option<Extent> {
        let next = self.semicolons.partition_point(|at| *at < self.lines[from].start);
        let next = *self.semicolons.get(next)?;
        let mut count = 1 + self.lines[from..].partition_point(|line| line.end <= next);
        loop {
            let until = (from + count).min(self.lines.len());
            let script = self.parse(self.lines[from].to(self.lines[until - 1]))?;
            if let Some((statement, Some(end))) = script.statements.first().map(|first| (first, first.terminator)) {
                let end = end.end;
                let line = from + self.lines[from..until].partition_point(|line| line.end < end);
                return Some(Extent { line, end, accepted: accepted(statement) });
            }
            if until == self.lines.len() {
                return None;
            }
            count *= 2;
        }
    }

    /// A statement that begins after line `from`, ends with `extent`, and is right.
    fn later_start(&mut self, from: usize, extent: Extent) -> Option<(usize, Extent)> {
        const TRIES: usize = 8;
        let starts: Vec<usize> = (from + 1..=extent.line).filter(|&line| self.words(line) != Opening::Prose).take(TRIES).collect();
        starts.into_iter().find_map(|start| {
            let extent = self.extent(start)?;
            extent.accepted.then_some((start, extent))
        })
    }

    /// Reads a statement that no semicolon ends: its paragraph if that is right, else its first line; the line to go on with.
    fn unterminated(&mut self, from: usize) -> usize {
        let blank = |line: &Span| self.text[*line].trim().is_empty();
        let paragraph = self.lines[from..].iter().position(blank).unwrap_or(self.lines.len() - from);
        for count in [paragraph, 1] {
            let last = from + count.max(1) - 1;
            let span = self.lines[from].to(self.lines[last]);
            let right = self.parse(span).is_some_and(|script| matches!(script.statements.as_slice(), [one] if accepted(one)));
            if right {
                return self.take(from, Extent { line: last, end: self.lines[last].end, accepted: true }) + 1;
            }
        }
        from + 1
    }

    /// How line `at` begins, its first words and the grammar's opinion of it taken together.
    fn opening(&mut self, at: usize) -> Opening {
        let opening = self.words(at);
        if opening == Opening::Prose {
            return opening;
        }
        let Some(script) = self.parse(self.lines[at]) else { return Opening::Prose };
        match script.statements.first() {
            Some(first) if may_go_on(&script, first) => opening,
            // Refused in the middle, but closed by a semicolon: nobody ends a sentence with one.
            Some(first) if first.terminator.is_some() && opening == Opening::Certain => opening,
            _ => Opening::Prose,
        }
    }

    /// How line `at` begins, by its first two words.
    fn words(&self, at: usize) -> Opening {
        let line = &self.text[self.lines[at]];
        if !line.trim_start().starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Opening::Prose;
        }
        let tokens = lex(&self.text, self.lines[at], Mode::Script).tokens;
        let keyword = |at: usize| match tokens.get(at).map(|token| token.kind) {
            Some(TokenKind::Keyword(keyword)) => Some(keyword),
            _ => None,
        };
        let Some(first) = keyword(0) else { return Opening::Prose };
        let kind = tokens.get(1).map_or(TokenKind::End, |token| token.kind);
        opening_of(first, keyword(1), kind)
    }

    /// Parses `span`, unless too much has been parsed already.
    fn parse(&mut self, span: Span) -> Option<Rc<Script>> {
        if let Some((_, script)) = self.last.as_ref().filter(|(last, _)| *last == span) {
            return Some(Rc::clone(script));
        }
        self.budget = self.budget.checked_sub(span.len() as usize)?;
        let script = Rc::new(Script::parse(&self.text, span));
        self.last = Some((span, Rc::clone(&script)));
        Some(script)
    }
}

fn accepted(statement: &Statement) -> bool {
    matches!(statement.content, Content::Parsed(_) | Content::Template)
}

/// Whether `statement`, of a script of one line, is right, or is refused only because the line ends.
fn may_go_on(script: &Script, statement: &Statement) -> bool {
    let Content::Rejected(error) = &statement.content else { return accepted(statement) };
    let open = |token: &Token| {
        matches!(
            token.kind,
            TokenKind::Error(LexError::UnterminatedString | LexError::UnterminatedDollarString | LexError::UnterminatedComment)
        )
    };
    statement.terminator.is_none()
        && (error.span.start >= statement.span.end
            || script.tokens_of(statement).last().is_some_and(|last| open(last) && error.span.start >= last.span.start))
}

/// How a line begins whose first word is `first`, and whose second is `second`, a token of kind `kind`.
fn opening_of(first: Keyword, second: Option<Keyword>, kind: TokenKind) -> Opening {
    use Keyword as K;
    let certain = match first {
        K::Create | K::Alter | K::Drop => second.is_some_and(names_object),
        K::Insert => second == Some(K::Into),
        K::Delete => second == Some(K::From),
        K::Comment => second == Some(K::On),
        K::Start => second == Some(K::Transaction),
        K::Refresh => second == Some(K::Materialized),
        K::Begin | K::Commit | K::Rollback | K::End => kind == TokenKind::Semicolon || second == Some(K::Transaction),
        K::Do => matches!(kind, TokenKind::DollarString | TokenKind::Error(LexError::UnterminatedDollarString)),
        K::Truncate | K::Grant | K::Revoke | K::Reindex => true,
        _ => false,
    };
    match first {
        _ if certain => Opening::Certain,
        K::Create
        | K::Alter
        | K::Drop
        | K::Insert
        | K::Delete
        | K::Comment
        | K::Start
        | K::Refresh
        | K::Begin
        | K::Commit
        | K::Rollback
        | K::End
        | K::Do => Opening::Prose,
        K::Select
        | K::Update
        | K::Set
        | K::Reset
        | K::With
        | K::Merge
        | K::Values
        | K::Call
        | K::Lock
        | K::Copy
        | K::Analyze
        | K::Vacuum
        | K::Cluster
        | K::Reassign
        | K::Security
        | K::Savepoint
        | K::Release
        | K::Notify
        | K::Listen
        | K::Execute
        | K::Prepare
        | K::Import
        | K::Explain => Opening::Doubtful,
        _ => Opening::Prose,
    }
}

/// Whether CREATE, ALTER or DROP may be followed by this word.
fn names_object(word: Keyword) -> bool {
    use Keyword::*;
    matches!(
        word,
        Access
            | Aggregate
            | Cast
            | Collation
            | Constraint
            | Conversion
            | Database
            | Default
            | Domain
            | Event
            | Extension
            | Foreign
            | Function
            | Global
            | Group
            | Index
            | Language
            | Large
            | Local
            | Materialized
            | Operator
            | Or
            | Owned
            | Policy
            | Procedural
            | Procedure
            | Publication
            | Recursive
            | Role
            | Routine
            | Rule
            | Schema
            | Sequence
            | Server
            | Statistics
            | Subscription
            | System
            | Table
            | Tablespace
            | Temp
            | Temporary
            | Text
            | Transform
            | Trigger
            | Trusted
            | Type
            | Unique
            | Unlogged
            | User
            | View
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::comment::runs;

    /// The SQL of `text`'s comments, line by line.
    fn found(text: &str) -> Vec<&str> {
        let lexed = lex(text, all(text), Mode::Script);
        let runs = runs(text, &lexed.tokens, &lexed.comments);
        runs.iter().flat_map(|run| sql(text, &run.lines)).map(|span| text[span].trim()).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn statements_are_found_between_prose() {
        let text = "-- To undo all of this, run:\n--\n-- 1. Drop the types\n-- DROP TYPE a.b;\n-- Drop the schema too, if it's empty\n--   DROP SCHEMA a;\n";
        assert_eq!(found(text), ["DROP TYPE a.b;", "DROP SCHEMA a;"]);
    }

    #[test]
    fn a_statement_goes_over_lines_with_its_comments_and_empty_lines() {
        let text = "-- DROP SCHEMA IF EXISTS\n--   a, -- the old one\n--\n-- -- and the new one\n--   b\n--   CASCADE;\n-- Done.\n";
        assert_eq!(found(text), ["DROP SCHEMA IF EXISTS", "a, -- the old one", "-- and the new one", "b", "CASCADE;"]);
    }

    #[test]
    fn transaction_control_is_sql_only_as_a_statement() {
        assert_eq!(
            found("-- BEGIN;\n-- Begin by dropping what depends on it\n-- DROP SCHEMA a;\n-- COMMIT;"),
            ["BEGIN;", "DROP SCHEMA a;", "COMMIT;"]
        );
    }

    #[test]
    fn prose_that_begins_like_a_statement_is_prose() {
        let text = "-- Drop the old columns first\n-- Delete backfilled signals (optional)\n-- Update the config by hand\n-- Select what you need\n-- Set it back\n-- Drop table users and recreate it\n-- Comment this out\n-- Grant yourself some time\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn a_mistake_in_a_statement_stays_to_be_reported() {
        assert_eq!(found("-- DROP SCHEMA a b;\n-- DROP SCHEMA c;"), ["DROP SCHEMA a b;", "DROP SCHEMA c;"]);
    }

    #[test]
    fn a_statement_with_a_slip_in_a_word_stays_to_be_reported() {
        let text = "-- DROP FUNCTON a.b();\n-- DORP TABLE a.b;\n-- create or repalce function a.f()\n--   returns int language sql as 'select 1';\n-- DELETE FORM a.b WHERE c;\n-- COMIT;\n";
        assert_eq!(
            found(text),
            [
                "DROP FUNCTON a.b();",
                "DORP TABLE a.b;",
                "create or repalce function a.f()",
                "returns int language sql as 'select 1';",
                "DELETE FORM a.b WHERE c;",
                "COMIT;"
            ]
        );
    }

    #[test]
    fn prose_with_semicolons_is_prose() {
        let text = "-- Drop tables first;\n-- Delete form submissions;\n-- Drops a.b;\n-- Drop the functons of a.b (see above);\n-- DROP IT ALL (a.b);\n-- Create roles by hand;\n-- Update a.b by hand;\n-- Deleted rows_of_t;\n-- COMMENTS: a.b;\n-- DROP FUNCTON a.b() by hand\n-- DROP TABEL a.b first;\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn prose_swallowed_by_a_statement_is_let_go() {
        assert_eq!(found("-- Drop schema a\n-- DROP SCHEMA a;"), ["DROP SCHEMA a;"]);
    }

    #[test]
    fn the_last_semicolon_may_be_missing() {
        assert_eq!(found("-- DROP SCHEMA a\n--   CASCADE\n--\n-- That is all."), ["DROP SCHEMA a", "CASCADE"]);
    }

    #[test]
    fn several_statements_may_share_a_line() {
        assert_eq!(found("-- DROP SCHEMA a; DROP SCHEMA b; -- both\n"), ["DROP SCHEMA a;", "DROP SCHEMA b;"]);
        assert_eq!(found("-- DROP SCHEMA a; (if it is there)\n"), ["DROP SCHEMA a;"]);
    }

    #[test]
    fn a_block_with_a_margin_is_read_like_lines() {
        assert_eq!(found("/*\n * First:\n * DROP SCHEMA a\n *   CASCADE;\n */"), ["DROP SCHEMA a", "CASCADE;"]);
    }

    #[test]
    fn a_function_is_read_to_its_end() {
        let text = "-- CREATE FUNCTION f() RETURNS void AS $$\n-- BEGIN\n--   DELETE FROM t; -- all of it\n--\n-- END\n-- $$ LANGUAGE plpgsql;\n-- Done;";
        assert_eq!(found(text).last(), Some(&"$$ LANGUAGE plpgsql;"));
        assert_eq!(found(text).len(), 5);
    }

    #[test]
    fn a_long_comment_without_an_end_costs_linear_time() {
        let text = "-- select one\n".repeat(50_000);
        assert_eq!(found(&text), [""; 0]);
        assert_eq!(found(&format!("{text}-- ;")), [""; 0]);
    }
}
