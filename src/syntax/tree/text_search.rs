//! Text search dictionaries and configurations, as they change; their creation is a `Define`.

use crate::text::Span;

use super::{Guard, Ident, Name, Setting};

/// `ALTER TEXT SEARCH DICTIONARY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTextSearchDictionary {
    /// The whole statement.
    pub span: Span,
    /// The dictionary.
    pub name: Name,
    /// What it is told.
    pub options: Vec<Setting>,
}

/// `ALTER TEXT SEARCH CONFIGURATION … MAPPING`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTextSearchConfiguration {
    /// The whole statement.
    pub span: Span,
    /// The configuration.
    pub name: Name,
    /// What happens to its mappings.
    pub action: MappingAction,
}

/// What happens to the mappings from token types to dictionaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingAction {
    /// `ADD MAPPING FOR tokens WITH dictionaries`
    Add {
        /// The token types.
        tokens: Vec<Ident>,
        /// The dictionaries, in order.
        dictionaries: Vec<Name>,
    },
    /// `ALTER MAPPING FOR tokens WITH dictionaries`
    Alter {
        /// The token types.
        tokens: Vec<Ident>,
        /// The dictionaries, in order.
        dictionaries: Vec<Name>,
    },
    /// `ALTER MAPPING FOR tokens REPLACE dictionary WITH dictionary`
    Replace {
        /// The token types; all of them if none is written.
        tokens: Vec<Ident>,
        /// The dictionary that goes.
        old: Name,
        /// The dictionary that comes.
        new: Name,
    },
    /// `DROP MAPPING FOR tokens`
    Drop {
        /// `IF EXISTS`
        guard: Guard,
        /// The token types.
        tokens: Vec<Ident>,
    },
}
