//! Expressions and queries that the catalog keeps: what they say, and what they use.
//!
//! PostgreSQL stores them as trees in which every name is resolved, so that they follow renames and keep what they use from being dropped.
//! Here the text is kept as it was written, with what each name in it means beside it; [`Use::span`] counts from the start of that text.

mod analyser;
pub mod analysis;
pub mod canonical;
pub(in crate::catalog) mod chain;
mod dependencies;
mod recursion;

pub(in crate::catalog) use analyser::{expect_safe_bodies, names};
pub use dependencies::link;
pub(in crate::catalog) use recursion::expect_no_recursion;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::model::{TypeId, TypeUse};
use super::object::Name;
use super::{Address, Oid};

/// An expression, query or statement that the catalog keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// As it was written, as it reads: without the quotes of a body around it.
    pub text: Arc<str>,
    /// What to read it as.
    pub form: Form,
    /// What the names in it mean, in the order of the text. What is built in is not told.
    pub uses: Arc<[Use]>,
    /// What PostgreSQL puts in by itself, in the order of the text.
    pub filled: Arc<[(Span, Filling)]>,
    /// Whether `uses` are all: not so where a part of the text could not be read.
    pub completeness: Completeness,
    /// Its type, of an expression, if it can be told.
    pub ty: Option<TypeUse>,
    /// Whether casts may have come into it that the text does not show, as a column in it had another type for a while.
    pub recast: bool,
}

/// What PostgreSQL puts into an expression or a query by itself, and writes where it writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filling {
    /// A type for these bytes: of a constant in quotes or a NULL, which have none of their own, or of an operand that is cast.
    Type(TypeUse),
    /// A cast to this type in place of these bytes, which write it like a call: `date(a)`.
    Cast(TypeUse),
    /// The label of an enum, by its number, that these bytes are.
    Label(Oid, u32),
    /// `ELSE NULL` of this type, at the end of CASE.
    Otherwise(TypeUse),
    /// These arguments become an array, behind VARIADIC.
    Variadic,
    /// The columns that INSERT names.
    Columns(Arc<[Name]>),
}

impl Filling {
    /// Of one kind one is noted for the same bytes; in this order they are told.
    const fn rank(&self) -> u8 {
        match self {
            Filling::Label(..) => 0,
            Filling::Cast(_) => 1,
            Filling::Type(_) => 2,
            Filling::Otherwise(_) | Filling::Variadic | Filling::Columns(_) => 3,
        }
    }
}

/// What a stored text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Form {
    Expression,
    Query,
    /// Any statement: a rule's action, a body.
    Statement,
}

/// Whether everything in a text was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Completeness {
    Whole,
    Part,
}

/// A name in a stored text, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The name's bytes in the stored text; of `*`, where the star stands.
    pub span: Span,
    /// What it means.
    pub what: Used,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Used {
    /// A column of a relation.
    Column(Address),
    /// A relation as a whole, its rows included.
    Relation(Oid),
    /// A routine.
    Routine(Oid),
    /// A type.
    Type(Oid),
    /// An operator.
    Operator(Oid),
    /// Whatever else, such as the extension that a function comes from.
    Object(Oid),
}

impl Used {
    /// What has to stay for this to mean anything.
    pub const fn address(self) -> Address {
        match self {
            Used::Column(address) => address,
            Used::Relation(oid) | Used::Routine(oid) | Used::Type(oid) | Used::Operator(oid) | Used::Object(oid) => Address::whole(oid),
        }
    }
}

impl Stored {
    /// A text in which nothing is used, or nothing could be read.
    pub fn opaque(text: impl Into<Arc<str>>, form: Form, completeness: Completeness) -> Stored {
        Stored { text: text.into(), form, uses: Arc::from([]), filled: Arc::from([]), completeness, ty: None, recast: false }
    }

    /// Whether a user's type is put in for these bytes: they don't name it as a cast does.
    pub(in crate::catalog) fn is_given_type(&self, span: Span) -> bool {
        let is_own = |filling: &Filling| {
            matches!(filling, Filling::Type(TypeUse { id: TypeId::User(_), .. }) | Filling::Cast(TypeUse { id: TypeId::User(_), .. }))
        };
        self.filled.iter().any(|(of, filling)| *of == span && is_own(filling))
    }

    /// The relations that are named in it, or columns of them; one may come more than once.
    pub fn relations(&self) -> impl Iterator<Item = Oid> {
        self.uses.iter().filter_map(|used| match used.what {
            Used::Column(Address { object, .. }) | Used::Relation(object) => Some(object),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
