//! Types. Domains are in `domain`, changes of a composite type's attributes in `table`.

use crate::text::Span;

use super::{Clause, Column, Guard, Name, Setting};

/// `CREATE TYPE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateType {
    /// The whole statement.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// What it is made of.
    pub definition: TypeDefinition,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeDefinition {
    /// `AS (a integer, b text)`: attributes have a name, a type and perhaps a collation.
    Composite(Vec<Column>),
    /// `AS ENUM ('a', 'b')`: the labels with their quotes, in order.
    Enum(Vec<Span>),
    /// `AS RANGE (subtype = integer)`
    Range(Vec<Setting>),
    /// `(input = …, output = …)`: a base type.
    Base(Vec<Setting>),
    /// Nothing: a name for a base type that is defined later.
    Shell,
}

/// `ALTER TYPE … ADD VALUE, RENAME VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterEnum {
    /// The whole statement.
    pub span: Span,
    /// The type.
    pub name: Name,
    /// What happens to its labels.
    pub action: EnumAction,
}

/// What happens to the labels of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumAction {
    /// `ADD VALUE 'new' BEFORE 'old'`
    Add {
        /// `IF NOT EXISTS`
        guard: Guard,
        /// The new label, with its quotes.
        label: Span,
        /// Where it goes; at the end if nothing is written.
        place: Option<Clause<EnumPlace>>,
    },
    /// `RENAME VALUE 'old' TO 'new'`
    Rename {
        /// The label, with its quotes.
        label: Span,
        /// What it becomes, with its quotes.
        to: Span,
    },
}

/// Where a new label goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumPlace {
    /// Before this label, with its quotes.
    Before(Span),
    /// After this label, with its quotes.
    After(Span),
}

/// `ALTER TYPE … SET (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterTypeOptions {
    /// The whole statement.
    pub span: Span,
    /// The base type.
    pub name: Name,
    /// What it is told.
    pub options: Vec<Setting>,
}
