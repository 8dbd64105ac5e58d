//! Constraints: of columns, of tables, of domains.
//!
//! What is left to a default (NO ACTION, MATCH SIMPLE, NOT DEFERRABLE) is told apart from what is written.
//!
//! PostgreSQL stores the expressions of DEFAULT, CHECK, GENERATED, of an exclusion's keys and of its WHERE as trees and deparses them: two
//! texts of one may differ. Everything else here (names, columns in their order, actions, parameters, attributes) it stores as it reads it.

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::{Clause, Expr, Ident, IndexKey, Name, SequenceOption, Setting};

/// A constraint that stands in a column's or a domain's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnConstraint {
    /// From its name to its last attribute.
    pub span: Span,
    /// `CONSTRAINT name`.
    pub name: Option<Clause<Ident>>,
    /// What it demands.
    pub kind: ColumnConstraintKind,
    /// What stands behind it.
    pub attributes: Attributes,
}

/// What a column's constraint demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnConstraintKind {
    /// `NOT NULL`
    NotNull,
    /// `NULL`, which is the default and says nothing.
    Null,
    /// `DEFAULT expression`
    Default(Expr),
    /// `CHECK (expression)`
    Check(Expr),
    /// `GENERATED ALWAYS AS (expression) STORED`
    Generated(Expr, GeneratedKind),
    /// `GENERATED ALWAYS AS IDENTITY (options)`
    Identity(Identity),
    /// `UNIQUE NULLS NOT DISTINCT`
    Unique(Option<Clause<Nulls>>, ConstraintIndex),
    /// `PRIMARY KEY`
    PrimaryKey(ConstraintIndex),
    /// `REFERENCES table (column)`
    References(Box<References>),
    /// No constraint: attributes with none in front of them, which PostgreSQL reads and then refuses ("misplaced DEFERRABLE clause").
    Misplaced,
}

/// Whether a generated column is computed when it is written or when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeneratedKind {
    /// `STORED`
    Stored(Span),
    /// `VIRTUAL`
    Virtual(Span),
    /// Neither, which is virtual (PostgreSQL 18).
    Unwritten,
}

/// What makes a column an identity column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `ALWAYS` or `BY DEFAULT`.
    pub generation: Clause<Generation>,
    /// What its sequence is told.
    pub options: Vec<SequenceOption>,
}

/// Whether an identity column takes a value from INSERT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Only with OVERRIDING SYSTEM VALUE.
    Always,
    /// Yes.
    ByDefault,
}

/// A constraint that stands by itself among a table's elements or after ADD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableConstraint {
    /// From its name to its last attribute.
    pub span: Span,
    /// `CONSTRAINT name`.
    pub name: Option<Clause<Ident>>,
    /// What it demands.
    pub kind: TableConstraintKind,
    /// What stands behind it.
    pub attributes: Attributes,
}

/// What a table's constraint demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableConstraintKind {
    /// `CHECK (expression)`
    Check(Expr),
    /// `NOT NULL column`
    NotNull(Ident),
    /// `UNIQUE NULLS NOT DISTINCT (columns)`
    Unique(Option<Clause<Nulls>>, Key),
    /// `PRIMARY KEY (columns)`
    PrimaryKey(Key),
    /// `UNIQUE USING INDEX name`: the index becomes the constraint's, and takes its name.
    UniqueUsing(Clause<Ident>),
    /// `PRIMARY KEY USING INDEX name`
    PrimaryKeyUsing(Clause<Ident>),
    /// `EXCLUDE USING gist (key WITH operator)`
    Exclude(Box<Exclude>),
    /// `FOREIGN KEY (columns) REFERENCES table (columns)`
    ForeignKey(Box<ForeignKey>),
}

/// What a unique or primary key constraint of a table is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// In the order of the index.
    pub columns: Vec<Ident>,
    /// `WITHOUT OVERLAPS` behind the last column.
    pub without_overlaps: Option<Span>,
    /// How the index is made.
    pub index: ConstraintIndex,
}

/// How the index behind a constraint is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConstraintIndex {
    /// `INCLUDE (columns)`; none in a column's constraint.
    pub include: Option<Clause<Vec<Ident>>>,
    /// `WITH (fillfactor = 70)`
    pub parameters: Option<Clause<Vec<Setting>>>,
    /// `USING INDEX TABLESPACE name`
    pub tablespace: Option<Clause<Ident>>,
}

/// `NULLS DISTINCT` or `NULLS NOT DISTINCT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Any number of nulls is unique, which is the default.
    Distinct,
    /// One null at most.
    NotDistinct,
}

/// `EXCLUDE …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclude {
    /// `USING gist`; btree if it is not written.
    pub method: Option<Clause<Ident>>,
    /// What no two rows may have in common.
    pub elements: Vec<ExcludeElement>,
    /// How the index is made.
    pub index: ConstraintIndex,
    /// `WHERE (predicate)`
    pub predicate: Option<Clause<Expr>>,
}

/// `key WITH operator`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludeElement {
    /// What is compared.
    pub key: IndexKey,
    /// By which operator, `=` or `pg_catalog.&&`; what stands inside `OPERATOR()`.
    pub operator: Span,
}

/// `FOREIGN KEY (columns) REFERENCES …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// `FOREIGN KEY (columns)`.
    pub head: Span,
    /// The referencing columns.
    pub columns: Vec<Ident>,
    /// `PERIOD` before the last of them.
    pub period: Option<Span>,
    /// What they reference.
    pub references: References,
}

/// `REFERENCES table (columns) …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct References {
    /// From REFERENCES to the last action.
    pub span: Span,
    /// The referenced table.
    pub table: Name,
    /// The referenced columns; if there are none, the primary key is.
    pub columns: Vec<Ident>,
    /// `PERIOD` before the last of them.
    pub period: Option<Span>,
    /// `MATCH FULL` or `MATCH SIMPLE`.
    pub matching: Option<Clause<Match>>,
    /// `ON DELETE …`
    pub on_delete: Option<ReferentialAction>,
    /// `ON UPDATE …`
    pub on_update: Option<ReferentialAction>,
}

/// What a foreign key of several columns does where some of them are null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Match {
    /// Any null satisfies it, which is the default.
    Simple,
    /// All of them are null, or none.
    Full,
}

/// `ON DELETE SET NULL (columns)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferentialAction {
    /// From ON on.
    pub span: Span,
    /// What happens to the referencing rows.
    pub action: Action,
    /// The columns that are set, if not all; only of ON DELETE.
    pub columns: Vec<Ident>,
}

/// What happens to referencing rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Action {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// What stands behind a constraint, in the order written.
///
/// PostgreSQL allows repetition, and in a column's definition, until it analyses it, contradiction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes {
    /// Each of them.
    pub list: Vec<Attribute>,
}

impl Attributes {
    /// Where `kind` is written.
    pub fn find(&self, kind: AttributeKind) -> Option<Span> {
        self.list.iter().find(|attribute| attribute.kind == kind).map(|attribute| attribute.span)
    }

    /// Whether the constraint is deferrable: INITIALLY DEFERRED says so too.
    pub fn is_deferrable(&self) -> bool {
        self.find(AttributeKind::Deferrable).is_some() || self.is_initially_deferred()
    }

    /// Whether it is checked at the end of the transaction, unless SET CONSTRAINTS says otherwise.
    pub fn is_initially_deferred(&self) -> bool {
        self.find(AttributeKind::InitiallyDeferred).is_some()
    }
}

/// One word or two behind a constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// Its words.
    pub span: Span,
    /// What they say.
    pub kind: AttributeKind,
}

/// What may stand behind a constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AttributeKind {
    Deferrable,
    NotDeferrable,
    InitiallyDeferred,
    InitiallyImmediate,
    Enforced,
    NotEnforced,
    NotValid,
    NoInherit,
}
