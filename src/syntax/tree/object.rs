//! References to objects of whatever kind, as DROP, COMMENT ON, ALTER, GRANT and their kin make them.

use crate::text::Span;

use super::{Ident, Name, OperatorRef, RoutineRef, TypeBase, TypeName};

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ObjectKind {
    AccessMethod,
    Aggregate,
    Cast,
    Collation,
    Column,
    Conversion,
    Database,
    Domain,
    DomainConstraint,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignTable,
    Function,
    Index,
    Language,
    LargeObject,
    MaterializedView,
    Operator,
    OperatorClass,
    OperatorFamily,
    /// A run-time variable, on which rights are granted.
    Parameter,
    Policy,
    Procedure,
    Publication,
    Role,
    /// A function or a procedure.
    Routine,
    Rule,
    Schema,
    Sequence,
    Server,
    Statistics,
    Subscription,
    Table,
    TableConstraint,
    Tablespace,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Transform,
    Trigger,
    Type,
    View,
}

impl ObjectKind {
    /// The words of SQL for it: `MATERIALIZED VIEW`.
    pub const fn sql(self) -> &'static str {
        match self {
            ObjectKind::AccessMethod => "ACCESS METHOD",
            ObjectKind::Aggregate => "AGGREGATE",
            ObjectKind::Cast => "CAST",
            ObjectKind::Collation => "COLLATION",
            ObjectKind::Column => "COLUMN",
            ObjectKind::Conversion => "CONVERSION",
            ObjectKind::Database => "DATABASE",
            ObjectKind::Domain => "DOMAIN",
            ObjectKind::DomainConstraint | ObjectKind::TableConstraint => "CONSTRAINT",
            ObjectKind::EventTrigger => "EVENT TRIGGER",
            ObjectKind::Extension => "EXTENSION",
            ObjectKind::ForeignDataWrapper => "FOREIGN DATA WRAPPER",
            ObjectKind::ForeignTable => "FOREIGN TABLE",
            ObjectKind::Function => "FUNCTION",
            ObjectKind::Index => "INDEX",
            ObjectKind::Language => "LANGUAGE",
            ObjectKind::LargeObject => "LARGE OBJECT",
            ObjectKind::MaterializedView => "MATERIALIZED VIEW",
            ObjectKind::Operator => "OPERATOR",
            ObjectKind::OperatorClass => "OPERATOR CLASS",
            ObjectKind::OperatorFamily => "OPERATOR FAMILY",
            ObjectKind::Parameter => "PARAMETER",
            ObjectKind::Policy => "POLICY",
            ObjectKind::Procedure => "PROCEDURE",
            ObjectKind::Publication => "PUBLICATION",
            ObjectKind::Role => "ROLE",
            ObjectKind::Routine => "ROUTINE",
            ObjectKind::Rule => "RULE",
            ObjectKind::Schema => "SCHEMA",
            ObjectKind::Sequence => "SEQUENCE",
            ObjectKind::Server => "SERVER",
            ObjectKind::Statistics => "STATISTICS",
            ObjectKind::Subscription => "SUBSCRIPTION",
            ObjectKind::Table => "TABLE",
            ObjectKind::Tablespace => "TABLESPACE",
            ObjectKind::TextSearchConfiguration => "TEXT SEARCH CONFIGURATION",
            ObjectKind::TextSearchDictionary => "TEXT SEARCH DICTIONARY",
            ObjectKind::TextSearchParser => "TEXT SEARCH PARSER",
            ObjectKind::TextSearchTemplate => "TEXT SEARCH TEMPLATE",
            ObjectKind::Transform => "TRANSFORM",
            ObjectKind::Trigger => "TRIGGER",
            ObjectKind::Type => "TYPE",
            ObjectKind::View => "VIEW",
        }
    }
}

/// An object that a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectRef {
    /// From the name's first byte to its last; the words for the kind stand before it.
    pub span: Span,
    /// What it is.
    pub kind: ObjectKind,
    /// Which one.
    pub name: ObjectName,
}

/// What tells an object from the others of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectName {
    /// A name: `s.t`.
    Named(Name),
    /// A type where any type may be written: `integer[]`.
    Type(Box<TypeName>),
    /// What belongs to a relation or, as a constraint, to a domain: `s.t.column`, `trigger ON s.t`.
    Member {
        /// Its name.
        name: Ident,
        /// Whose it is; only a column can be written without, which PostgreSQL refuses when it runs the statement.
        of: Option<Name>,
    },
    /// A function, procedure, routine or aggregate.
    Routine(RoutineRef),
    /// An operator.
    Operator(Box<OperatorRef>),
    /// An operator class or family and the access method that it is for: `s.c USING btree`.
    OfMethod {
        /// Its name.
        name: Name,
        /// The access method.
        method: Ident,
    },
    /// A cast: `(a AS b)`.
    Cast {
        /// From this type.
        source: Box<TypeName>,
        /// To this type.
        target: Box<TypeName>,
    },
    /// A transform: `FOR type LANGUAGE language`.
    Transform {
        /// The type.
        ty: Box<TypeName>,
        /// The language.
        language: Ident,
    },
    /// A large object's number.
    LargeObject(Span),
}

impl ObjectRef {
    /// Its own name, where it has one that may be qualified with a schema or stands alone.
    pub fn name(&self) -> Option<Name> {
        match &self.name {
            ObjectName::Named(name) | ObjectName::OfMethod { name, .. } => Some(*name),
            ObjectName::Routine(routine) => Some(routine.name),
            ObjectName::Operator(operator) => Some(operator.name),
            ObjectName::Type(ty) => match ty.base {
                TypeBase::Named(name) => Some(name),
                TypeBase::BuiltIn(..) => None,
            },
            ObjectName::Member { .. } | ObjectName::Cast { .. } | ObjectName::Transform { .. } | ObjectName::LargeObject(_) => None,
        }
    }

    /// The relation or domain that it belongs to and its name there, for columns, constraints, triggers, policies and rules.
    pub const fn member(&self) -> Option<(Option<Name>, Ident)> {
        match self.name {
            ObjectName::Member { name, of } => Some((of, name)),
            _ => None,
        }
    }
}
