//! Objects that are defined by a list of options, operators, casts and their kin.

use crate::text::Span;

/// `CREATE AGGREGATE, OPERATOR, COLLATION, base TYPE, TEXT SEARCH …: by kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE OPERATOR CLASS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOperatorClass {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE OPERATOR FAMILY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOperatorFamily {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER OPERATOR FAMILY … ADD, DROP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterOperatorFamily {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER OPERATOR … SET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterOperator {
    /// The whole statement.
    pub span: Span,
}

/// `ALTER COLLATION … REFRESH VERSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterCollation {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE CAST`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateCast {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE TRANSFORM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTransform {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE CONVERSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateConversion {
    /// The whole statement.
    pub span: Span,
}

/// `CREATE ACCESS METHOD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateAccessMethod {
    /// The whole statement.
    pub span: Span,
}
