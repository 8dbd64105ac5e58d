//! Options: the items of `WITH (…)`, `OPTIONS (…)` and of the definitions of aggregates, operators, collations and their kin.
//!
//! What an option may be called and what it may be set to is not the grammar's business: PostgreSQL reads any word here and complains
//! later, and so does this tree.

use crate::text::Span;

use super::{Ident, TypeName};

/// One item of a list of options: `fillfactor = 70`, `LOCALE 'C'`, `security_barrier`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// All of it.
    pub span: Span,
    /// `ADD`, `SET` or `DROP` before it, where the statement allows that.
    pub verb: Option<SettingVerb>,
    /// `toast` in `toast.autovacuum_enabled`.
    pub namespace: Option<Ident>,
    /// Which option; `CONNECTION LIMIT` is one name.
    pub name: Ident,
    /// Its value, if one is written.
    pub value: Option<SettingValue>,
}

/// What happens to an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SettingVerb {
    Add,
    Set,
    Drop,
}

/// What an option is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// What reads as the name of a type, and often names something else: `off`, `marketing.add_up`, `double precision`, `SETOF text`.
    Type(Box<TypeName>),
    /// Another word: `true`, `on`, `none`, `default`.
    Word(Span),
    /// A number with its sign.
    Number(Span),
    /// A string constant, with its quotes.
    String(Span),
    /// An operator: `<=`, `OPERATOR(pg_catalog.+)`.
    Operator(Span),
}

impl SettingValue {
    /// Its bytes.
    pub fn span(&self) -> Span {
        match self {
            SettingValue::Type(ty) => ty.span,
            SettingValue::Word(span) | SettingValue::Number(span) | SettingValue::String(span) | SettingValue::Operator(span) => *span,
        }
    }
}
