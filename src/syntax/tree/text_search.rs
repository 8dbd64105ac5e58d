//! Text search dictionaries and configurations; their creation is a `Define`.

use crate::text::Span;

/// `ALTER TEXT SEARCH DICTIONARY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTextSearchDictionary {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER TEXT SEARCH CONFIGURATION … MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTextSearchConfiguration {
    /// The whole statement.
    pub span: Span,
}
