//! Types in expressions: which casts PostgreSQL makes unasked, and which function or operator it means (manual, 10).
//!
//! What an expression's type is may be known, may be that of a constant in quotes, which becomes whatever is wanted, or can't be told. Where
//! a type can't be told, nothing is refused because of it. Invariant: [`Stop::Fails`](crate::catalog::Stop) only where PostgreSQL raises it.

mod candidates;
mod coerce;
mod family;
mod operator;
mod polymorphic;
mod routine;

pub use coerce::{Context, Fit, can_coerce, coercion, common_type};
pub use family::{array_of, base_type, category, element_of, fact_type, has_category};
pub use operator::{OperatorUse, comparable, operator, resolve_operator};
pub use polymorphic::{is_polymorphic, result_of};
pub use routine::{Callee, Mode, RoutineUse, resolve_routine};

use super::model::TypeUse;

/// The type of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprType {
    /// This one.
    Known(TypeUse),
    /// That of a constant in quotes or of NULL: `unknown`, which becomes whatever is wanted.
    Literal,
    /// It can't be told.
    Untold,
}

impl ExprType {
    /// A type of `pg_catalog`.
    pub const fn built_in(name: &'static str) -> ExprType {
        ExprType::Known(TypeUse::built_in(name))
    }

    /// The type, if it is known.
    pub const fn known(&self) -> Option<&TypeUse> {
        match self {
            ExprType::Known(ty) => Some(ty),
            ExprType::Literal | ExprType::Untold => None,
        }
    }

    /// The type that a column gets that is made from it: a constant in quotes becomes text.
    pub fn settled(self) -> Option<TypeUse> {
        match self {
            ExprType::Known(ty) => Some(ty),
            ExprType::Literal => Some(TypeUse::built_in("text")),
            ExprType::Untold => None,
        }
    }
}

impl From<Option<TypeUse>> for ExprType {
    fn from(ty: Option<TypeUse>) -> Self {
        ty.map_or(ExprType::Untold, ExprType::Known)
    }
}
