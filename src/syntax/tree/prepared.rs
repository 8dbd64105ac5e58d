//! Prepared statements.

use crate::text::Span;

use super::{Expr, Ident, Node, TypeName};

/// `PREPARE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepare {
    /// The whole statement.
    pub span: Span,
    /// The prepared statement's name.
    pub name: Ident,
    /// The types of its parameters, as far as they are written.
    pub arguments: Vec<TypeName>,
    /// What it prepares: SELECT, INSERT, UPDATE, DELETE or MERGE.
    pub statement: Box<Node>,
}

/// `EXECUTE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execute {
    /// The whole statement; in CREATE TABLE AS, from EXECUTE on.
    pub span: Span,
    /// The prepared statement's name.
    pub name: Ident,
    /// What its parameters become.
    pub arguments: Vec<Expr>,
}

/// `DEALLOCATE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deallocate {
    /// The whole statement.
    pub span: Span,
    /// Which one; none for `ALL`.
    pub name: Option<Ident>,
}
