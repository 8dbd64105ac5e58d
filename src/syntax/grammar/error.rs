//! What PostgreSQL would reject, and a better message than its own.

use crate::syntax::Version;
use crate::syntax::lexer::LexError;
use crate::text::Span;

/// Why a statement is no statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The offending token.
    pub span: Span,
    /// What is wrong: one clause, in lower case, no full stop.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
    /// The SQLSTATE that PostgreSQL raises: 42601, but for what its grammar takes only to refuse it.
    pub sqlstate: &'static str,
    /// The SQLSTATE from a version on that knows what this is, and refuses it all the same.
    pub newer: Option<(u8, &'static str)>,
}

impl SyntaxError {
    pub(in crate::syntax) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, sqlstate: "42601", newer: None }
    }

    pub(in crate::syntax) fn lexical(span: Span, error: LexError) -> Self {
        Self { sqlstate: error.sqlstate(), ..Self::new(span, error.explain()) }
    }

    pub(in crate::syntax) fn too_deep(span: Span, limit: u32) -> Self {
        Self::new(span, format!("nested more than {limit} levels deep, which is not read any further"))
    }

    /// The same with advice: a sentence without a full stop.
    pub(in crate::syntax) fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    /// The same with the SQLSTATE of something that is more than a wrong word.
    pub(in crate::syntax) fn state(mut self: Box<Self>, sqlstate: &'static str) -> Box<Self> {
        self.sqlstate = sqlstate;
        self
    }

    /// The same with another SQLSTATE from a version on.
    pub(in crate::syntax) fn state_since(mut self: Box<Self>, since: u8, sqlstate: &'static str) -> Box<Self> {
        self.newer = Some((since, sqlstate));
        self
    }

    /// The SQLSTATE that a version raises.
    pub fn sqlstate_in(&self, version: Version) -> &'static str {
        self.newer.filter(|(since, _)| *since <= version.major()).map_or(self.sqlstate, |(_, sqlstate)| sqlstate)
    }
}
