//! Functions, procedures and aggregates.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::expression::Stored;
use crate::catalog::object::{Name, Origin};
use crate::syntax::tree::{ArgumentMode, Volatility};

use super::{Definition, Options, TypeUse};

/// A routine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Routine {
    /// What it is.
    pub kind: RoutineKind,
    /// In order, with those that only come out.
    pub arguments: Vec<RoutineArgument>,
    /// What it gives back; none for a procedure without OUT arguments, or where that can't be told.
    pub returns: Option<TypeUse>,
    /// Whether it gives back a set.
    pub returns_set: bool,
    /// `plpgsql`, `sql` …
    pub language: Name,
    /// What it does.
    pub body: RoutineBody,
    /// IMMUTABLE, STABLE, VOLATILE
    pub volatility: Volatility,
    /// STRICT
    pub strict: bool,
    /// SECURITY DEFINER
    pub security_definer: bool,
    /// LEAKPROOF
    pub leakproof: bool,
    /// PARALLEL: `u`, `r`, `s`.
    pub parallel: char,
    /// WINDOW
    pub window: bool,
    /// COST, if not the language's default.
    pub cost: Option<Name>,
    /// ROWS, if not the default.
    pub rows: Option<Name>,
    /// SUPPORT
    pub support: Option<Name>,
    /// TRANSFORM FOR TYPE
    pub transforms: Vec<TypeUse>,
    /// SET variable while it runs.
    pub settings: Options,
    /// What said last with whose rights it runs, and with which settings; none for what no migration makes.
    pub secured: Option<Origin>,
}

/// What a routine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum RoutineKind {
    Function,
    Procedure,
    Aggregate,
    /// It is only assumed, and may be any of them.
    Unknown,
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoutineArgument {
    /// Its name; empty if it has none.
    pub name: Name,
    /// Which way it goes.
    pub mode: ArgumentMode,
    /// Its type; none if that can't be told.
    pub ty: Option<TypeUse>,
    /// DEFAULT
    pub default: Option<Stored>,
}

/// What a routine does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RoutineBody {
    /// The text between its quotes, as it reads.
    Text(Arc<str>),
    /// The file and the symbol of compiled code.
    Object(Arc<str>, Arc<str>),
    /// `RETURN expression`, `BEGIN ATOMIC … END`.
    Sql(Stored),
    /// An aggregate's: what its definition says.
    Aggregate(Definition),
    /// It can't be told.
    Unknown,
}

impl Routine {
    /// The types that a call passes in, by which routines of one name are told apart.
    pub fn inputs(&self) -> impl Iterator<Item = Option<&TypeUse>> {
        self.arguments.iter().filter(|argument| argument.mode.is_input()).map(|argument| argument.ty.as_ref())
    }
}
