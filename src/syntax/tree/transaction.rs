//! Transaction control.

use crate::text::Span;

/// `BEGIN, COMMIT, ROLLBACK, SAVEPOINT, PREPARE TRANSACTION and their kin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The whole statement.
    pub span: Span,
}
