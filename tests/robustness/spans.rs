//! What holds for the places in any text: the invariants of the lexer, the splitter, the tree and the findings.

use std::sync::LazyLock;

use migration_lint::syntax::lexer::TokenKind;
use migration_lint::syntax::{Content, Script};
use migration_lint::text::Span;
use regex::Regex;

/// Holds a script that was read from `text` against it.
pub fn hold(text: &str, script: &Script) {
    ends_are_between_characters(text, script);
    tokens_and_comments_cover(text, script);
    statements_tile(text, script);
    trees_lie_in_their_statements(text, script);
}

fn is_place(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} is no place of a text of {} bytes", text.len());
}

fn ends_are_between_characters(text: &str, script: &Script) {
    script.tokens.iter().for_each(|token| is_place(text, token.span));
    script.comments.iter().for_each(|comment| is_place(text, comment.span));
    for statement in &script.statements {
        is_place(text, statement.span);
        statement.terminator.into_iter().chain(statement.data).for_each(|span| is_place(text, span));
        statement.needs.iter().for_each(|need| is_place(text, need.span));
        if let Content::Rejected(error) = &statement.content {
            is_place(text, error.span);
            assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{}", error.message);
        }
    }
}

/// Tokens, comments and rows of COPY are in order, don't overlap, and leave out nothing but white space, a byte order mark at the start, and
/// what is said to psql.
fn tokens_and_comments_cover(text: &str, script: &Script) {
    let ordered = |spans: &[Span]| spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    let tokens: Vec<Span> = script.tokens.iter().map(|token| token.span).collect();
    let comments: Vec<Span> = script.comments.iter().map(|comment| comment.span).collect();
    assert!(ordered(&tokens) && ordered(&comments));
    let rows = script.statements.iter().filter_map(|statement| statement.data).collect();
    let mut all = [tokens, comments, rows].concat();
    all.sort_unstable();
    assert!(ordered(&all), "a token, a comment or a row overlaps another");
    for gap in gaps(text, all) {
        assert!(is_blank_or_said_to_psql(gap), "{gap:?} is no token");
    }
}

/// Whether `gap` holds nothing but white space, a byte order mark, and commands of psql inside a statement, of which they are no part; what
/// follows a `\copy` that reads from the script are its rows.
fn is_blank_or_said_to_psql(gap: &str) -> bool {
    for line in gap.trim_start_matches('\u{feff}').split('\n') {
        let text = line.trim_start_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
        if !text.is_empty() && !text.starts_with('\\') {
            return false;
        }
        if text.contains("\\copy") {
            return true;
        }
    }
    true
}

/// Statements are in order and don't overlap; each begins and ends with a token of its own; between them stand white space, comments,
/// semicolons, rows of COPY, and psql commands.
fn statements_tile(text: &str, script: &Script) {
    let mut covered: Vec<Span> = script.comments.iter().map(|comment| comment.span).collect();
    let mut before = 0;
    for statement in &script.statements {
        let tokens = script.tokens_of(statement);
        let (first, last) = (tokens.first().expect("a statement has a token"), tokens.last().expect("a statement has a token"));
        assert_eq!(statement.span, first.span.to(last.span));
        assert!(before <= statement.span.start, "statements overlap");
        before = statement.span.end;
        covered.push(statement.span);
        covered.extend(statement.terminator.into_iter().chain(statement.data));
    }
    let between = |kind| matches!(kind, TokenKind::Semicolon | TokenKind::MetaCommand);
    covered.extend(script.tokens.iter().filter(|token| between(token.kind)).map(|token| token.span));
    covered.sort_unstable();
    for gap in gaps(text, covered) {
        assert!(is_blank_or_said_to_psql(gap), "{gap:?} belongs to no statement");
    }
}

/// Every place that a tree names lies in its statement; a tree says its places where it is printed.
fn trees_lie_in_their_statements(text: &str, script: &Script) {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(\d+)\.\.(\d+)\b").expect("a constant pattern"));
    for statement in &script.statements {
        let Some(node) = statement.node() else { continue };
        for place in PLACE.captures_iter(&format!("{node:?}")) {
            let number = |at: usize| place[at].parse::<u32>().expect("digits");
            let span = Span::new(number(1), number(2));
            is_place(text, span);
            assert!(statement.span.encloses(span), "{span:?} is outside of {:?}: {node:?}", statement.span);
        }
    }
}

/// What `covered`, in order, leaves of `text`.
fn gaps(text: &str, covered: Vec<Span>) -> Vec<&str> {
    let mut at = 0;
    let mut gaps = Vec::new();
    for span in covered {
        if span.start > at {
            gaps.push(&text[at as usize..span.start as usize]);
        }
        at = at.max(span.end);
    }
    gaps.push(&text[at as usize..]);
    gaps
}
