//! Types, and how columns, arguments and expressions use them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::Oid;
use crate::catalog::expression::Stored;
use crate::catalog::object::Name;
use crate::catalog::word::{self, Word};

use super::Definition;

/// Which type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TypeId {
    /// One of pg_catalog, by its name there: `int4`, `varchar`, `record`. Arrays are told by [`TypeUse::array`].
    BuiltIn(#[serde(deserialize_with = "word::one")] Word),
    /// A type, or a relation whose rows it is.
    User(Oid),
}

/// A type as something uses it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TypeUse {
    /// The type, or that of an array's elements.
    pub id: TypeId,
    /// Whether it is an array; how many dimensions PostgreSQL does not keep.
    pub array: bool,
    /// The modifier, as `format_type` writes it between and around its parentheses: `10,2`, `3`, ` day to second`; none if there is none.
    pub modifier: Option<Arc<str>>,
}

impl TypeUse {
    /// A type of pg_catalog, without modifier.
    pub const fn built_in(name: &'static str) -> TypeUse {
        TypeUse { id: TypeId::BuiltIn(name), array: false, modifier: None }
    }

    /// A user's type, without modifier.
    pub const fn user(oid: Oid) -> TypeUse {
        TypeUse { id: TypeId::User(oid), array: false, modifier: None }
    }

    /// An array of it.
    pub fn array(self) -> TypeUse {
        TypeUse { array: true, ..self }
    }

    /// The same without its modifier: what functions and operators are chosen by.
    pub fn bare(&self) -> TypeUse {
        TypeUse { modifier: None, ..self.clone() }
    }

    /// The same type, whatever the modifiers.
    pub fn is_same_type(&self, other: &TypeUse) -> bool {
        self.id == other.id && self.array == other.array
    }
}

/// A type that is an object of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Type {
    /// Labels in their order.
    Enum(Vec<Label>),
    /// The type that it restricts; its constraints are objects that are parts of it.
    Domain(Domain),
    /// A range and its multirange.
    Range(Range),
    /// The multirange of this range type, which comes and goes with it.
    Multirange(Oid),
    /// A base type; what its definition says.
    Base(Definition),
    /// A name for a base type that is defined later.
    Shell,
    /// It is only assumed, or an extension's, and nothing of it is known but the labels that statements named, in that order.
    Unknown(Vec<NamedLabel>),
}

/// A label of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Its text.
    pub text: Arc<str>,
    /// What it was called before, in order.
    pub former: Vec<Arc<str>>,
    /// By which stored expressions hold it, whatever it is called: those of an enum count in the order in which they came.
    pub number: u32,
}

impl Label {
    /// A label that is new, behind so many others.
    pub const fn new(text: Arc<str>, others: usize) -> Label {
        Label { text, former: Vec::new(), number: others as u32 }
    }
}

/// A label of an enum that is only assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLabel {
    /// What it is called, and was.
    pub label: Label,
    /// Where it is from.
    pub source: LabelSource,
}

/// Where a label of an enum is from that is only assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelSource {
    /// A statement added it.
    Added,
    /// The enum had it before any statement named it.
    Assumed,
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Domain {
    /// The type that it restricts.
    pub base: Option<TypeUse>,
    /// NOT NULL
    pub not_null: bool,
    /// Its default, on which it depends itself.
    pub default: Option<Stored>,
    /// The collation, if not the type's.
    pub collation: Option<Name>,
}

/// A range type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// What it is a range of.
    pub subtype: Option<TypeUse>,
    /// The name of its multirange type, in the same schema.
    pub multirange: Name,
    /// What else its definition says.
    pub definition: Definition,
}
