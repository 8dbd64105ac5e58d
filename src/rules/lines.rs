//! Where an edit goes that keeps a file's lines as people wrote them.
//!
//! What is added stands on lines of its own, indented as what it stands beside, and a comment stays with the statement below it. Invariant:
//! edits end their lines with `\n`; whoever applies them writes them as the file does.

use crate::migration::{Brackets, is_allowance};
use crate::syntax::lexer::{Comment, Mode, Tokens, lex};
use crate::syntax::{Script, Statement};
use crate::text::{Edit, Span};

/// The byte on which the line of byte `at` begins.
pub(super) fn line_start(text: &str, at: u32) -> u32 {
    let start = text[..at as usize].rfind('\n').map_or(0, |end| end + 1);
    let bom = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    (start + bom) as u32
}

/// The byte behind what the line of byte `at` says, before the line's end.
pub(super) fn line_end(text: &str, at: u32) -> u32 {
    let end = text[at as usize..].find('\n').map_or(text.len(), |end| at as usize + end);
    let line = &text[at as usize..end];
    (end - (line.len() - line.trim_end_matches('\r').len())) as u32
}

/// The white space that the line of byte `at` begins with, as far as it stands before that byte.
pub(super) fn indent(text: &str, at: u32) -> &str {
    let line = &text[Span::new(line_start(text, at), at)];
    &line[..line.len() - line.trim_start().len()]
}

/// Whether nothing but white space stands before byte `at` on its line.
pub(super) fn begins_line(text: &str, at: u32) -> bool {
    text[Span::new(line_start(text, at), at)].trim().is_empty()
}

/// Puts `lines`, which hold no last line end, between the line of byte `at` and the next.
pub(super) fn below(text: &str, at: u32, lines: &str) -> Edit {
    Edit::insertion(line_end(text, at), format!("\n{lines}"))
}

/// Where the comments begin that belong to what stands at byte `at`: those that end on the line above it, with no empty line between them, and
/// that `belongs` lets pass.
pub(super) fn with_comments(text: &str, script: &Script, at: u32, belongs: impl Fn(&Comment) -> bool) -> u32 {
    let mut top = at;
    let before = script.comments.partition_point(|comment| comment.span.end <= at);
    for comment in script.comments[..before].iter().rev() {
        let gap = &text[Span::new(comment.span.end, top)];
        let is_attached = gap.trim().is_empty() && gap.matches('\n').count() == 1 && begins_line(text, comment.span.start);
        if !is_attached || !belongs(comment) {
            break;
        }
        top = comment.span.start;
    }
    top
}

/// Where the first of those comments begins that allows something in what stands at byte `at`, or that byte: what is put between the two would have
/// the comment speak of something else.
pub(super) fn with_allowances(text: &str, script: &Script, at: u32) -> u32 {
    let top = with_comments(text, script, at, |_| true);
    let comments = &script.comments[script.comments.partition_point(|comment| comment.span.start < top)..];
    let mut own = comments.iter().take_while(|comment| comment.span.end <= at);
    own.find(|comment| is_allowance(&text[comment.span])).map_or(at, |comment| comment.span.start)
}

/// Where the two lines go that a tool wants around the statement at `span`, which ends with all that belongs to it at byte `end`: the first above its
/// comments. None where it shares a line with something else.
pub(super) fn around(text: &str, script: &Script, brackets: Brackets, span: Span, end: u32) -> Option<(u32, u32)> {
    let is_alone = begins_line(text, span.start) && text[Span::new(end, line_end(text, end))].trim().is_empty();
    let top = with_comments(text, script, span.start, |comment| !brackets.is_directive(&text[comment.span]));
    is_alone.then(|| (line_start(text, top), end))
}

/// The byte behind a statement, its semicolon, and a comment on its last line.
pub(super) fn statement_end(text: &str, script: &Script, end: u32) -> u32 {
    let next = script.comments.partition_point(|comment| comment.span.start < end);
    let beside = script.comments.get(next).filter(|comment| {
        let gap = &text[Span::new(end, comment.span.start)];
        gap.trim().is_empty() && !gap.contains('\n') && line_end(text, comment.span.end) == comment.span.end
    });
    beside.map_or(end, |comment| comment.span.end)
}

/// The edits that end a statement with a semicolon, if it has none, and the byte behind it and a comment on its last line; none where something else
/// ends it.
pub(super) fn ended(text: &str, script: &Script, statement: &Statement) -> Option<(Vec<Edit>, u32)> {
    let end = statement.span.end;
    match (statement.data, statement.terminator) {
        (Some(data), _) => Some((Vec::new(), data.end)),
        (None, Some(terminator)) if &text[terminator] == ";" => Some((Vec::new(), statement_end(text, script, terminator.end))),
        (None, Some(_)) => None,
        (None, None) => Some((vec![Edit::insertion(end, ";")], statement_end(text, script, end))),
    }
}

/// Edits that indent every line of `span`, a statement, after its first by two blanks more, except where a line begins inside a string or a
/// comment.
pub(super) fn indented(text: &str, span: Span) -> Vec<Edit> {
    let Tokens { tokens, comments, .. } = lex(text, span, Mode::Body);
    let ends = text[span].match_indices('\n').map(|(at, _)| span.start + at as u32 + 1);
    let inside = |at: u32| {
        let mut spans = tokens.iter().map(|token| token.span).chain(comments.iter().map(|comment| comment.span));
        spans.any(|span| span.start < at && at < span.end)
    };
    let says_something = |at: u32| !text[Span::new(at, line_end(text, at).min(span.end).max(at))].trim().is_empty();
    ends.filter(|at| says_something(*at) && !inside(*at)).map(|at| Edit::insertion(at, "  ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn script(text: &str) -> Script {
        Script::parse(text, Span::new(0, text.len() as u32))
    }

    #[test]
    fn lines_end_before_their_end_and_begin_behind_a_byte_order_mark() {
        let text = "\u{feff}a\r\n  b";
        assert_eq!((line_start(text, 3), line_end(text, 3), line_end(text, 8)), (3, 4, 9));
        assert_eq!((indent(text, 8), begins_line(text, 8), begins_line(text, 9)), ("  ", true, false));
    }

    #[test]
    fn comments_right_above_belong_to_a_statement() {
        let text = "-- a\n\n-- b\n-- c\nSELECT 1; -- d\nSELECT 2;";
        let (script, at) = (script(text), |word: &str| text.find(word).expect("it is there") as u32);
        assert_eq!(with_comments(text, &script, at("SELECT 1"), |_| true), at("-- b"));
        assert_eq!(with_comments(text, &script, at("SELECT 2"), |_| true), at("SELECT 2"));
        assert_eq!(statement_end(text, &script, at(" -- d")), at("\nSELECT 2"));
    }

    #[test]
    fn a_comment_that_allows_something_stays_with_its_statement() {
        let text = "-- a\n-- migration-lint: allow(x): y\n-- b\nSELECT 1;\n-- c\nSELECT 2;";
        let (script, at) = (script(text), |word: &str| text.find(word).expect("it is there") as u32);
        assert_eq!(with_allowances(text, &script, at("SELECT 1")), at("-- migration"));
        assert_eq!(with_allowances(text, &script, at("SELECT 2")), at("SELECT 2"));
    }

    #[test]
    fn strings_keep_their_lines_where_others_are_indented() {
        let text = "SELECT 'a\nb',\n\n  1 /* c\nd */\n, 2";
        let mended = text::apply(text, &indented(text, Span::new(0, text.len() as u32)));
        assert_eq!(mended.as_deref(), Ok("SELECT 'a\nb',\n\n    1 /* c\nd */\n  , 2"));
    }
}
