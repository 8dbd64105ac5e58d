//! Operators, operator classes and families, casts.

use serde::{Deserialize, Serialize};

use crate::catalog::Oid;
use crate::catalog::object::Name;

use super::{Definition, TypeUse};

/// An operator; its name is its sign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operator {
    /// The left operand's type; none of a prefix operator.
    pub left: Option<TypeUse>,
    /// The right operand's type.
    pub right: Option<TypeUse>,
    /// What it gives; none if that can't be told.
    pub result: Option<TypeUse>,
    /// The function behind it, if it is an object of the catalog.
    pub function: Option<Oid>,
    /// What its definition says.
    pub definition: Definition,
}

/// An operator class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OperatorClass {
    /// The access method.
    pub method: Name,
    /// The type that it is for.
    pub ty: Option<TypeUse>,
    /// DEFAULT
    pub default: bool,
    /// What its definition says.
    pub definition: Definition,
}

/// An operator family.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OperatorFamily {
    /// The access method.
    pub method: Name,
    /// What was added to it.
    pub definition: Definition,
}

/// A cast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cast {
    /// From this type.
    pub source: TypeUse,
    /// To this type.
    pub target: TypeUse,
    /// The function that does it, if it is an object of the catalog.
    pub function: Option<Oid>,
    /// `e` explicit, `a` assignment, `i` implicit.
    pub context: char,
    /// What its definition says.
    pub definition: Definition,
}
