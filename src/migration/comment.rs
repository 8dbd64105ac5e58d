//! Comments as people write them: line by line, without marks, margins and banners.
//!
//! The header, the markers of a down section and SQL that is commented out are all read from these lines, so that it makes no difference
//! whether a comment is written in `--` lines or in one `/* … */` with a margin of stars. Invariant: a line's span lies inside its comment,
//! and holds neither the comment's marks nor a line end.

use crate::syntax::lexer::{Comment, CommentKind, Token, TokenKind};
use crate::text::Span;

/// Comments that follow each other with no token between them, at a place where no statement is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// What the comments say, line by line.
    pub(super) lines: Vec<Span>,
    /// How many of the text's tokens stand before it.
    pub(super) tokens_before: usize,
}

/// The comments of `text` that stand between statements, in order.
pub(super) fn runs(text: &str, tokens: &[Token], comments: &[Comment]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut before = 0;
    for comment in comments {
        while tokens.get(before).is_some_and(|token| token.span.start < comment.span.start) {
            before += 1;
        }
        if !between_statements(tokens, before) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.tokens_before == before => run.lines.extend(lines_of(text, *comment)),
            _ => runs.push(Run { lines: lines_of(text, *comment), tokens_before: before }),
        }
    }
    runs
}

/// Whether no statement is open after the first `before` tokens.
fn between_statements(tokens: &[Token], before: usize) -> bool {
    let closed = |token: &Token| matches!(token.kind, TokenKind::Semicolon | TokenKind::MetaCommand);
    before == 0 || before == tokens.len() || closed(&tokens[before - 1])
}

/// What `comment` says, line by line.
fn lines_of(text: &str, comment: Comment) -> Vec<Span> {
    let inner = comment.inner();
    if comment.kind == CommentKind::Line {
        return vec![inner];
    }
    let lines: Vec<Span> = lines(text, inner).collect();
    let margin = lines.iter().skip(1).all(|&line| matches!(text[line].trim_start().bytes().next(), None | Some(b'*')));
    match margin {
        true => lines.into_iter().map(|line| without_margin(text, line)).collect(),
        false => lines,
    }
}

fn without_margin(text: &str, line: Span) -> Span {
    let content = &text[line];
    let kept = content.trim_start().trim_start_matches('*').len() as u32;
    Span::new(line.end - kept, line.end)
}

/// The lines of the bytes `span`, without their ends: `\n`, `\r\n` or a lone `\r`.
pub(super) fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let rest = &text[Span::new(at, span.end)];
        let line = match rest.find('\n') {
            Some(n) => &rest[..n],
            None => rest,
        };
        let (length, skip) = match line.find('\r') {
            Some(n) if n + 1 == line.len() && line.len() < rest.len() => (n, 2),
            Some(n) => (n, 1),
            None => (line.len(), 1),
        };
        let found = Span::new(at, at + length as u32);
        done = length == rest.len();
        at = (found.end + skip).min(span.end);
        Some(found)
    })
}

/// `line` without the white space and the banner characters at its ends: rules of `=` or `-`, box characters, stars, bullets, emoji.
pub(super) fn plain(text: &str, line: Span) -> Span {
    let content = &text[line];
    let from = content.find(is_content).unwrap_or(content.len());
    let to = content
        .rfind(|c: char| is_content(c) || is_closing(c))
        .map_or(from, |at| at + content[at..].chars().next().map_or(0, char::len_utf8));
    Span::new(line.start + from as u32, line.start + to.max(from) as u32)
}

fn is_content(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '"' | '\'' | '(' | '[' | '{' | '<' | '$' | '\\' | ':' | '@')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '>' | '.' | ';' | ',' | '!' | '?' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::lexer::{Mode, lex};

    fn said(text: &str) -> Vec<Vec<&str>> {
        let lexed = lex(text, Span::new(0, text.len() as u32), Mode::Script);
        let runs = runs(text, &lexed.tokens, &lexed.comments);
        runs.iter().map(|run| run.lines.iter().map(|&line| text[plain(text, line)].trim()).collect()).collect()
    }

    #[test]
    fn line_comments_and_a_block_with_a_margin_say_the_same() {
        assert_eq!(said("-- one\n-- two\n"), [["one", "two"]]);
        assert_eq!(said("/* one\n * two */"), [["one", "two"]]);
        assert_eq!(said("/**\n * one\n */"), [["", "one", ""]]);
    }

    #[test]
    fn a_star_that_is_no_margin_stays() {
        let text = "/* SELECT\n * FROM t\nWHERE a */";
        let lexed = lex(text, Span::new(0, text.len() as u32), Mode::Script);
        let runs = runs(text, &lexed.tokens, &lexed.comments);
        let lines: Vec<&str> = runs[0].lines.iter().map(|&line| &text[line]).collect();
        assert_eq!(lines, [" SELECT", " * FROM t", "WHERE a "]);
    }

    #[test]
    fn a_comment_inside_a_statement_is_not_between_statements() {
        assert_eq!(said("-- a\nSELECT 1 -- b\n, 2; -- c\n-- d\nSELECT 3 -- e\n"), [vec!["a"], vec!["c", "d"], vec!["e"]]);
    }

    #[test]
    fn banners_are_taken_off() {
        assert_eq!(said("-- ═══ ROLLBACK ═══\n-- ======\n-- │ 📁 Größe (cm) │"), [["ROLLBACK", "", "Größe (cm)"]]);
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let text = "a\nb\r\nc\rd\n";
        let lines: Vec<&str> = lines(text, Span::new(0, text.len() as u32)).map(|line| &text[line]).collect();
        assert_eq!(lines, ["a", "b", "c", "d", ""]);
    }
}
