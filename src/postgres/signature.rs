//! What tells routines, operators, casts and operator classes of one name apart: the types that they take.
//!
//! Only what PostgreSQL compares counts: modifiers (`varchar(50)`) and the number of dimensions of an array don't, and aliases of a type
//! (`int`, `integer`, `int4`) are one type (PostgreSQL 15, 8.1 and 38.6). A type of the user's may be written with or without its schema.

use crate::syntax::tree::{Arguments, Ident, TypeBase, TypeName};

/// Types in order, and words that stand for one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature {
    types: Vec<Type>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Type {
    /// No type: the missing operand of a prefix operator.
    None,
    /// A type that only a schema could tell: `company.name%TYPE`.
    Unknown,
    Named {
        schema: Option<String>,
        name: String,
        array: bool,
    },
}

impl Signature {
    /// What a call passes in.
    pub(super) fn of_arguments(text: &str, arguments: &Arguments) -> Self {
        Self { types: arguments.inputs().map(|argument| Type::of(text, &argument.ty)).collect() }
    }

    /// These types, as far as there are any.
    pub(super) fn of_types<'t>(text: &str, types: impl IntoIterator<Item = Option<&'t TypeName>>) -> Self {
        Self { types: types.into_iter().map(|ty| ty.map_or(Type::None, |ty| Type::of(text, ty))).collect() }
    }

    /// A word.
    pub(super) fn of_word(text: &str, word: Ident) -> Self {
        Self { types: vec![Type::Named { schema: None, name: word.value(text).into_owned(), array: false }] }
    }

    /// This, and then `other`.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.types.extend(other.types);
        self
    }

    /// Whether both can be the same.
    pub fn may_be(&self, other: &Self) -> bool {
        self.types.len() == other.types.len() && self.types.iter().zip(&other.types).all(|(a, b)| a.may_be(b))
    }
}

impl Type {
    fn of(text: &str, ty: &TypeName) -> Self {
        let array = ty.array_dimensions > 0;
        match ty.base {
            _ if ty.percent_type.is_some() => Type::Unknown,
            TypeBase::BuiltIn(_, built_in) => Type::Named { schema: None, name: built_in.catalog_name().to_owned(), array },
            TypeBase::Named(name) => {
                let schema = name.schema_value(text).filter(|schema| schema != "pg_catalog").map(|schema| schema.into_owned());
                Type::Named { schema, name: name.object.value(text).into_owned(), array }
            }
        }
    }

    fn may_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Type::Unknown, Type::Named { .. } | Type::Unknown) | (Type::Named { .. }, Type::Unknown) => true,
            (Type::Named { schema: a, name, array }, Type::Named { schema: b, name: other, array: other_array }) => {
                name == other && array == other_array && a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| a == b)
            }
            (Type::None, other) => *other == Type::None,
            (_, Type::None) => false,
        }
    }
}
