//! Extensions.

use crate::text::Span;

use super::{Guard, Ident, ObjectRef, WordOrString};

/// `CREATE EXTENSION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateExtension {
    /// The whole statement.
    pub span: Span,
    /// `IF NOT EXISTS`
    pub guard: Guard,
    /// Its name.
    pub name: Ident,
    /// In the order written. The grammar allows repetition; PostgreSQL refuses it when it runs the statement.
    pub options: Vec<ExtensionOption>,
}

impl CreateExtension {
    /// The schema that it is put in, if one is written.
    pub fn schema(&self) -> Option<Ident> {
        self.options.iter().find_map(|option| match option {
            ExtensionOption::Schema(schema) => Some(*schema),
            _ => None,
        })
    }

    /// `CASCADE`: what it requires is created too.
    pub fn cascade(&self) -> Option<Span> {
        self.options.iter().find_map(|option| match option {
            ExtensionOption::Cascade(span) => Some(*span),
            _ => None,
        })
    }
}

/// How an extension is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionOption {
    /// `SCHEMA name`
    Schema(Ident),
    /// `VERSION '1.2'`
    Version(WordOrString),
    /// `CASCADE`
    Cascade(Span),
}

/// `ALTER EXTENSION … UPDATE, ADD, DROP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterExtension {
    /// The whole statement.
    pub span: Span,
    /// The extension.
    pub name: Ident,
    /// What happens to it.
    pub action: ExtensionAction,
}

/// What happens to an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtensionAction {
    /// `UPDATE TO '1.3'`. The grammar allows `TO` more than once; PostgreSQL refuses it when it runs the statement.
    Update(Vec<WordOrString>),
    /// `ADD member`
    Add(ObjectRef),
    /// `DROP member`
    Drop(ObjectRef),
}
