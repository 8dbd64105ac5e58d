//! The two lines that goose and sql-migrate want around a statement that holds semicolons.
//!
//! Both read a file line by line, and a line whose last word ends with a semicolon ends a statement for them, whatever it stands in; but not between
//! the two lines, where everything is one statement (goose `internal/sqlparser/parser.go`, sql-migrate `sqlparse/sqlparse.go`:
//! `endsWithSemicolon`). Both lines begin at their first column, and no pair may stand within another: goose refuses such a file. goose reads its
//! words in any case and spacing, and nothing behind them; sql-migrate as they are written, whatever stands behind them.

use crate::syntax::lexer::Comment;
use crate::syntax::{Script, Statement};
use crate::text::Span;

use super::comment::lines;
use super::layout::{LAYOUTS, Sign};
use super::reading::Reading;
use super::section::all;

/// The lines around a statement, as the tool's documentation writes them: marks, the tool's word, what the line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brackets {
    /// `-- +goose StatementBegin`
    pub begin: &'static str,
    /// `-- +goose StatementEnd`
    pub end: &'static str,
    /// How the tool reads them.
    pub spelling: Spelling,
}

/// How a tool reads the words of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// In any case, however far apart, and nothing behind them.
    Free,
    /// As they are written, whatever stands behind them.
    Exact,
}

impl Brackets {
    /// The pair of lines that byte `at` of a file's `text` stands between, from the beginning of the one to the end of the other.
    pub fn around(&self, text: &str, at: u32) -> Option<Span> {
        around(&self.pairs(text), at)
    }

    /// All pairs, in order.
    fn pairs(&self, text: &str) -> Vec<Span> {
        let (mut begin, mut pairs) = (None, Vec::new());
        for line in lines(text, all(text)) {
            if self.is(&text[line], self.begin) {
                begin.get_or_insert(line.start);
            } else if self.is(&text[line], self.end) {
                pairs.extend(begin.take().map(|begin| Span::new(begin, line.end)));
            }
        }
        pairs
    }

    /// Whether a line is the one that is written as `directive`.
    fn is(&self, line: &str, directive: &str) -> bool {
        match self.spelling {
            Spelling::Free => {
                let words = |line: &str| {
                    line.strip_prefix("--").map(|rest| rest.split_whitespace().map(str::to_ascii_lowercase).collect::<Vec<_>>())
                };
                line.starts_with("--") && words(line) == words(directive)
            }
            Spelling::Exact => line.strip_prefix(directive).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)),
        }
    }

    /// Whether a comment is a word to the tool, and none to people.
    pub fn is_directive(&self, comment: &str) -> bool {
        let word = self.begin.split_whitespace().nth(1).unwrap_or_default();
        comment.strip_prefix("--").is_some_and(|rest| rest.trim_start().starts_with(word))
    }

    /// What of `script` the tool ends too early, each with the line at which it does: statements, and comments between statements.
    pub fn torn<'s>(&self, text: &'s str, script: &'s Script, reading: &Reading) -> Vec<Torn<'s>> {
        let mut torn: Vec<Torn<'s>> = Vec::new();
        for end in reading.messages.iter().map(|message| message.end) {
            let next = script.statements.partition_point(|statement| statement.span.end <= end);
            let line = Span::new(text[..end as usize].rfind('\n').map_or(0, |end| end as u32 + 1), end);
            let what = match script.statements.get(next).filter(|statement| statement.span.start < end) {
                Some(statement) => Some(What::Statement(statement)),
                None => {
                    let next = script.comments.partition_point(|comment| comment.span.end <= end);
                    script.comments.get(next).filter(|comment| comment.span.start < end).map(What::Comment)
                }
            };
            if let Some(what) = what.filter(|what| torn.last().is_none_or(|last| last.what.span() != what.span())) {
                torn.push(Torn { what, before: next, line });
            }
        }
        torn
    }
}

/// What a tool ends too early.
#[derive(Debug, Clone, Copy)]
pub struct Torn<'s> {
    /// What it is.
    pub what: What<'s>,
    /// How many of the script's statements stand before it.
    pub before: usize,
    /// The line at which the tool ends it.
    pub line: Span,
}

/// A piece of a script.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub enum What<'s> {
    Statement(&'s Statement),
    Comment(&'s Comment),
}

impl What<'_> {
    const fn span(&self) -> Span {
        match self {
            What::Statement(statement) => statement.span,
            What::Comment(comment) => comment.span,
        }
    }
}

/// The one of `pairs` that byte `at` stands in.
fn around(pairs: &[Span], at: u32) -> Option<Span> {
    let pair = pairs.get(pairs.partition_point(|pair| pair.end <= at))?;
    (pair.start < at).then_some(*pair)
}

/// How much of a file its tool does not send as it is written, by what the file itself says of the tool: less is better.
pub fn torn(text: &str) -> usize {
    let layout = LAYOUTS.iter().find(|layout| layout.brackets().is_some() && layout.sign(text) == Sign::Own);
    let Some(brackets) = layout.and_then(|layout| layout.brackets()) else { return 0 };
    let reading = brackets.read(text);
    match reading.refusal {
        Some(_) => usize::MAX,
        None => brackets.torn(text, &Script::parse(text, all(text)), &reading).len(),
    }
}

/// As both tools ask it of a line: whether its last word does, before one that begins with the marks of a comment.
pub(super) fn ends_with_semicolon(line: &str) -> bool {
    line.split_whitespace().take_while(|word| !word.starts_with("--")).last().is_some_and(|word| word.ends_with(';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOSE: Brackets = Brackets { begin: "-- +goose StatementBegin", end: "-- +goose StatementEnd", spelling: Spelling::Free };
    const MIGRATE: Brackets = Brackets { begin: "-- +migrate StatementBegin", end: "-- +migrate StatementEnd", spelling: Spelling::Exact };
    const BODY: &str = "DO $$\nBEGIN\n  PERFORM 1;\nEND\n$$;\n";

    #[test]
    fn a_place_stands_between_two_lines_or_not() {
        let text = "-- +goose Up\nSELECT 1;\n-- +goose statementbegin\nSELECT 2;\n--  +goose  StatementEnd\nSELECT 3;\n";
        let at = |words: &str| text.find(words).expect("it is there") as u32;
        let pair = GOOSE.around(text, at("SELECT 2")).map(|pair| &text[pair]);
        assert_eq!(pair, Some("-- +goose statementbegin\nSELECT 2;\n--  +goose  StatementEnd"));
        assert_eq!((GOOSE.around(text, at("SELECT 1")), GOOSE.around(text, at("SELECT 3"))), (None, None));
        // What is put above the first line or below the last stands outside.
        assert_eq!((GOOSE.around(text, at("-- +goose statementbegin")), GOOSE.around(text, at("\nSELECT 3"))), (None, None));
    }

    #[test]
    fn each_tool_reads_its_lines_in_its_own_way() {
        assert!(GOOSE.is("--  +GOOSE statementbegin", GOOSE.begin) && !GOOSE.is("-- +goose StatementBegin now", GOOSE.begin));
        assert!(MIGRATE.is("-- +migrate StatementBegin now", MIGRATE.begin));
        for line in
            ["-- +migrate statementbegin", "--+migrate StatementBegin", "-- +migrate StatementBegins", " -- +migrate StatementBegin"]
        {
            assert!(!MIGRATE.is(line, MIGRATE.begin), "{line}");
        }
    }

    #[test]
    fn a_statement_is_torn_where_a_line_within_it_ends_with_a_semicolon() {
        assert_eq!(torn("-- +goose Up\n/* one;\ntwo */\nSELECT 1;\nSELECT 2 /* one;\ntwo; */ + 1;\n"), 2);
        assert_eq!(torn("-- +goose Up\nSELECT 1"), usize::MAX);
        assert_eq!((torn(&format!("-- +goose Up\n{BODY}{BODY}")), torn(&format!("-- +migrate Up\n{BODY}"))), (2, 1));
        for whole in [
            &format!("-- +goose Up\n-- +goose StatementBegin\n{BODY}-- +goose StatementEnd\n"),
            "-- +goose Up\nDO $$ BEGIN PERFORM 1; END $$;\nSELECT 1; -- one;\n",
            "-- +goose Up\nSELECT 1 -- one;\n, 2;\n",
            "-- +goose Up\nSELECT 1; SELECT 2;\n/* one; */\nSELECT 3;\n",
            BODY,
        ] {
            assert_eq!(torn(whole), 0, "{whole}");
        }
    }
}
