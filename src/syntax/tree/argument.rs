//! Arguments of routines: as they are declared, and as they tell one routine from another of the same name.

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::{Expr, Ident, Name, TypeName};

/// A function, procedure, routine or aggregate that exists: `f`, `s.f(integer, OUT text)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineRef {
    /// Its name.
    pub name: Name,
    /// Its arguments; without them the name must be the only one of its kind.
    pub arguments: Option<Arguments>,
}

/// An operator that exists: `s.+ (integer, NONE)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorRef {
    /// Its name; the last part is the operator's sign.
    pub name: Name,
    /// The type of the left operand, none for `NONE`.
    pub left: Option<TypeName>,
    /// The type of the right operand, none for `NONE`.
    pub right: Option<TypeName>,
}

/// A list of arguments in parentheses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// With the parentheses.
    pub span: Span,
    /// All of them; of an ordered-set aggregate the direct ones.
    pub direct: Vec<Argument>,
    /// `ORDER BY` of an ordered-set aggregate.
    pub order_by: Option<Span>,
    /// What follows `ORDER BY`. It is empty where that is the last of `direct` once more, a VARIADIC one, since PostgreSQL keeps one of both.
    pub ordered: Vec<Argument>,
}

impl Arguments {
    /// What a call passes in, in order; by its types PostgreSQL tells routines of one name apart.
    pub fn inputs(&self) -> impl Iterator<Item = &Argument> {
        self.direct.iter().chain(&self.ordered).filter(|argument| argument.mode.is_input())
    }
}

/// One argument of a routine, or one column of RETURNS TABLE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// All of it.
    pub span: Span,
    /// Which way it goes.
    pub mode: ArgumentMode,
    /// The words that say so.
    pub mode_span: Option<Span>,
    /// Its name.
    pub name: Option<Ident>,
    /// Its type.
    pub ty: TypeName,
    /// What follows `DEFAULT` or `=`.
    pub default: Option<Expr>,
}

/// Which way an argument goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArgumentMode {
    /// `IN`, or nothing.
    In,
    /// `OUT`
    Out,
    /// `INOUT`, `IN OUT`
    InOut,
    /// `VARIADIC`
    Variadic,
    /// A column of `RETURNS TABLE`.
    Table,
}

impl ArgumentMode {
    /// Whether a call passes it in.
    pub const fn is_input(self) -> bool {
        matches!(self, ArgumentMode::In | ArgumentMode::InOut | ArgumentMode::Variadic)
    }
}
