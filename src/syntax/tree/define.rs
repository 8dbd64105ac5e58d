//! Objects that PostgreSQL's DefineStmt makes: aggregates, operators, collations and text search objects, each by a list of options.

use crate::text::Span;

use super::{Arguments, Guard, Name, Setting};

/// `CREATE AGGREGATE`, `OPERATOR`, `COLLATION`, `TEXT SEARCH …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// The whole statement.
    pub span: Span,
    /// What is defined.
    pub object: Defined,
    /// How. None for a collation that is a copy.
    pub options: Vec<Setting>,
}

/// What is defined, with what only its kind has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defined {
    /// `AGGREGATE`
    Aggregate {
        /// `OR REPLACE`
        replace: Option<Span>,
        /// The byte before which `OR REPLACE` would stand.
        replace_at: u32,
        /// Its name.
        name: Name,
        /// Its arguments; without them an option `basetype` says what it takes, as before PostgreSQL 8.2.
        arguments: Option<Arguments>,
    },
    /// `OPERATOR`
    Operator {
        /// Its name; the last part is the operator's sign.
        name: Name,
    },
    /// `COLLATION`
    Collation {
        /// `IF NOT EXISTS`
        guard: Guard,
        /// Its name.
        name: Name,
        /// `FROM collation`: it is a copy.
        from: Option<Name>,
    },
    /// `TEXT SEARCH …`
    TextSearch {
        /// Which of the four.
        kind: TextSearchKind,
        /// Its name.
        name: Name,
    },
}

/// Which kind of text search object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TextSearchKind {
    Parser,
    Dictionary,
    Template,
    Configuration,
}

/// `ALTER COLLATION … REFRESH VERSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterCollation {
    /// The whole statement.
    pub span: Span,
    /// The collation.
    pub name: Name,
}
