//! How a statement ends that does not simply succeed: PostgreSQL refuses it, or nobody can tell.
//!
//! A failure carries the SQLSTATE that PostgreSQL raises and its message (manual, appendix A); what can't be told carries the reason. What
//! may go wrong on another database than the one that the history builds is a [`Condition`], and no failure.

use crate::syntax::{SyntaxError, Version};
use crate::text::Span;

/// Why a statement does not simply succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// PostgreSQL refuses it.
    Fails(Box<Failure>),
    /// It can't be told whether it succeeds, or what it does.
    Unknown(Box<Doubt>),
}

/// How PostgreSQL refuses a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Five characters; none where it is not the server that refuses it, but the migration's tool.
    pub sqlstate: &'static str,
    /// What PostgreSQL says: `relation "t" already exists`.
    pub message: String,
    /// The part of the statement that is at fault, in the text that was run; none for the statement as a whole.
    pub span: Option<Span>,
}

/// What can't be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Why, as a clause: `the text that EXECUTE runs is computed from rows`.
    pub reason: String,
    /// What it is about, in the text that was run; none for the statement as a whole.
    pub span: Option<Span>,
}

/// What could go wrong on a database that holds more than the history put there, or that has been offered less.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// The SQLSTATE that PostgreSQL would raise.
    pub sqlstate: &'static str,
    /// When, as a clause: `if marketing.company has rows`.
    pub reason: String,
    /// What it is about, in the text that was run.
    pub span: Option<Span>,
}

/// What running something gives.
pub type Result<T = ()> = std::result::Result<T, Stop>;

impl Stop {
    /// PostgreSQL refuses the statement at `span`.
    pub fn fails(sqlstate: &'static str, message: impl Into<String>, span: impl Into<Option<Span>>) -> Stop {
        Stop::Fails(Box::new(Failure { sqlstate, message: message.into(), span: span.into() }))
    }

    /// Nobody can tell, because of `reason`.
    pub fn unknown(reason: impl Into<String>, span: impl Into<Option<Span>>) -> Stop {
        Stop::Unknown(Box::new(Doubt { reason: reason.into(), span: span.into() }))
    }

    /// PostgreSQL rejects the text itself.
    pub fn rejected(error: &SyntaxError, version: Version) -> Stop {
        Stop::fails(error.sqlstate_in(version), error.message.clone(), error.span)
    }

    /// The SQLSTATE, if PostgreSQL refuses the statement.
    pub fn sqlstate(&self) -> Option<&'static str> {
        match self {
            Stop::Fails(failure) => Some(failure.sqlstate),
            Stop::Unknown(_) => None,
        }
    }

    /// The same at `span`, whatever place it had: for what was run out of a computed text.
    pub fn at(mut self, span: Span) -> Stop {
        match &mut self {
            Stop::Fails(failure) => failure.span = Some(span),
            Stop::Unknown(doubt) => doubt.span = Some(span),
        }
        self
    }

    /// The same, `by` bytes further on.
    pub fn shifted(mut self, by: u32) -> Stop {
        let span = match &mut self {
            Stop::Fails(failure) => &mut failure.span,
            Stop::Unknown(doubt) => &mut doubt.span,
        };
        *span = span.map(|span| Span::new(span.start + by, span.end + by));
        self
    }

    /// The same at `span`, if it has no place yet.
    pub fn or_at(mut self, span: Span) -> Stop {
        match &mut self {
            Stop::Fails(failure) => failure.span = failure.span.or(Some(span)),
            Stop::Unknown(doubt) => doubt.span = doubt.span.or(Some(span)),
        }
        self
    }
}
