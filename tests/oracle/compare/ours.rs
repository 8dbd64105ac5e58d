//! What we say of the statements of a file.

use migration_lint::syntax::{Content, Script, Statement};
use migration_lint::text::Span;

use crate::facts;

/// One statement.
pub struct Ours {
    pub span: Span,
    pub verdict: Verdict,
}

/// What we say of it.
pub enum Verdict {
    /// Its kind, its facts, and the oldest version that reads it.
    Accepted { kind: facts::Kind, facts: Vec<String>, since: u8 },
    /// Why.
    Rejected(String),
    /// Only the tool that fills in its placeholders knows.
    Template,
}

/// The statements of a file; psql's commands are none.
pub fn statements(bytes: &[u8]) -> Vec<Ours> {
    let (text, damaged) = decode(bytes);
    let script = Script::parse(&text, Span::new(0, text.len() as u32));
    let statements = script.statements.iter().filter(|statement| !matches!(statement.content, Content::MetaCommand));
    statements.map(|statement| Ours { span: statement.span, verdict: verdict(&text, &damaged, statement) }).collect()
}

fn verdict(text: &str, damaged: &[u32], statement: &Statement) -> Verdict {
    let next = damaged.partition_point(|&at| at < statement.span.start);
    if damaged.get(next).is_some_and(|&at| statement.span.contains(at)) {
        return Verdict::Rejected("a byte that is no text".to_owned());
    }
    match &statement.content {
        Content::Parsed(node) => {
            let (kind, facts) = facts::of(text, node);
            let since = statement.needs.iter().map(|need| need.since.major()).max().unwrap_or(0);
            Verdict::Accepted { kind, facts, since }
        }
        Content::Rejected(error) => Verdict::Rejected(format!("{} at `{}`", error.message, &text[error.span])),
        Content::Template => Verdict::Template,
        Content::MetaCommand | Content::Opaque => unreachable!("no psql command and no code within a string is compared"),
    }
}

/// The text of a file with every byte in its place, as the engine reads it, and which bytes are no text: a finding of its own there.
fn decode(bytes: &[u8]) -> (String, Vec<u32>) {
    let mut text = String::with_capacity(bytes.len());
    let mut damaged = Vec::new();
    for chunk in bytes.utf8_chunks() {
        damaged.extend(chunk.valid().match_indices('\0').map(|(at, _)| (text.len() + at) as u32));
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            damaged.push(text.len() as u32);
            text.push('?');
        }
    }
    (text, damaged)
}
