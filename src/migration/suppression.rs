//! What a file says to the linter: comments that allow findings.
//!
//! ```sql
//! -- migration-lint: allow(require-idempotency): runs once, by hand
//! -- migration-lint: allow-file(require-header): written before the doctrine
//! ```
//!
//! `allow` holds for the statement that the comment stands in, stands on the last line of, or stands directly above; where no statement is
//! near (in a header, say), for its own line and the next. `allow-file` holds for the whole file.

use crate::syntax::lexer::Comment;
use crate::text::{LineIndex, Span};

/// The words that open a suppression.
const MARK: &str = "migration-lint";

/// One comment that speaks to the linter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The comment.
    pub span: Span,
    /// What it holds for.
    pub scope: Scope,
    /// The rules that it names, as written.
    pub rules: Vec<Span>,
    /// Why; none where nothing is said.
    pub reason: Option<Span>,
}

/// What a suppression holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole file.
    File,
    /// Findings whose place begins in these bytes.
    Place(Span),
    /// Nothing: the comment is not written as a suppression is.
    Malformed,
}

impl Suppression {
    /// Whether it holds for a finding of the rule called `names` (its id and aliases) that begins at byte `at`.
    pub fn allows(&self, text: &str, mut is_called: impl FnMut(&str) -> bool, at: u32) -> Option<usize> {
        let in_scope = match self.scope {
            Scope::File => true,
            Scope::Place(span) => span.start <= at && at <= span.end,
            Scope::Malformed => false,
        };
        in_scope.then(|| self.rules.iter().position(|&rule| is_called(&text[rule]))).flatten()
    }
}

/// Whether a comment allows something in a statement, so that it has to stay with it.
pub fn is_allowance(comment: &str) -> bool {
    comment.contains(MARK) && comment.contains("allow(")
}

/// The suppressions among `comments`; `statements` are the spans of all statements of the file, in order.
pub fn suppressions(text: &str, lines: &LineIndex, comments: &[Comment], statements: &[Span]) -> Vec<Suppression> {
    comments.iter().filter_map(|comment| read(text, lines, comments, statements, comment)).collect()
}

fn read(text: &str, lines: &LineIndex, comments: &[Comment], statements: &[Span], comment: &Comment) -> Option<Suppression> {
    let inner = comment.inner();
    let body = text[inner].trim_start_matches(['-', ' ', '\t', '*', '\n', '\r']);
    let spoken = body.strip_prefix(MARK)?;
    let malformed = Suppression { span: comment.span, scope: Scope::Malformed, rules: Vec::new(), reason: None };
    let Some(directive) = spoken.trim_start().strip_prefix(':') else {
        // Without its colon it is a sentence about the linter, unless it says what only a suppression says.
        return spoken.trim_start().starts_with("allow").then_some(malformed);
    };
    let at = inner.end - directive.len() as u32;
    let Some((verb, rest)) = directive.split_once('(') else { return Some(malformed) };
    let Some((names, after)) = rest.split_once(')') else { return Some(malformed) };
    let scope = match verb.trim() {
        "allow-file" => Scope::File,
        "allow" => Scope::Place(place(text, lines, comments, statements, comment.span)),
        _ => return Some(malformed),
    };
    let names_at = at + verb.len() as u32 + 1;
    let reason_at = names_at + names.len() as u32 + 1;
    let rules = pieces(names, names_at);
    let reason = after.trim_start().strip_prefix(':').map(|reason| trimmed(reason, reason_at + (after.len() - reason.len()) as u32));
    Some(Suppression { span: comment.span, scope, rules, reason: reason.filter(|reason| !reason.is_empty()) })
}

/// The bytes that a suppression on `comment` holds for.
fn place(text: &str, lines: &LineIndex, comments: &[Comment], statements: &[Span], comment: Span) -> Span {
    let own_line = lines.line(text, lines.line_of(comment.start));
    let next_statement = statements.partition_point(|statement| statement.end < own_line.start);
    if let Some(statement) = statements.get(next_statement).filter(|statement| statement.start < own_line.end) {
        return statement.to(own_line);
    }
    // Above a statement: other comment lines may stand between, an empty line may not.
    let mut line = lines.line_of(comment.end) + 1;
    while line < lines.len() && is_comment_line(text, lines.line(text, line), comments) {
        line += 1;
    }
    let below = lines.line(text, line);
    match statements.get(next_statement).filter(|statement| below.contains(statement.start)) {
        Some(statement) => own_line.to(*statement),
        None => own_line.to(lines.line(text, lines.line_of(comment.end) + 1)),
    }
}

fn is_comment_line(text: &str, line: Span, comments: &[Comment]) -> bool {
    let indent = line.len() as usize - text[line].trim_start().len();
    let start = line.start + indent as u32;
    comments.binary_search_by_key(&start, |comment| comment.span.start).is_ok()
}

/// The pieces between commas, without white space.
fn pieces(names: &str, at: u32) -> Vec<Span> {
    let mut from = at;
    let mut spans = Vec::new();
    for name in names.split(',') {
        let span = trimmed(name, from);
        if !span.is_empty() {
            spans.push(span);
        }
        from += name.len() as u32 + 1;
    }
    spans
}

/// The bytes of `piece`, which begins at byte `at`, without white space around it.
fn trimmed(piece: &str, at: u32) -> Span {
    let start = at + (piece.len() - piece.trim_start().len()) as u32;
    Span::new(start, start + piece.trim().len() as u32)
}
