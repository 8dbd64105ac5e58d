//! Functions, procedures, DO blocks and calls.

use serde::{Deserialize, Serialize};

use crate::text::Span;

use super::{Argument, Arguments, Expr, Ident, Name, Node, ObjectKind, ObjectRef, TypeName, VariableSetting, WordOrString};

/// `CREATE FUNCTION`, `CREATE PROCEDURE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateFunction {
    /// The whole statement.
    pub span: Span,
    /// `OR REPLACE`
    pub replace: Option<Span>,
    /// The byte before which `OR REPLACE` would stand.
    pub replace_at: u32,
    /// A function or a procedure.
    pub kind: ObjectKind,
    /// Its name.
    pub name: Name,
    /// What it takes.
    pub arguments: Arguments,
    /// `RETURNS`; none where OUT arguments say it all, and in a procedure.
    pub returns: Option<Returns>,
    /// What else is said of it, its body included, in the order written. PostgreSQL refuses what is said twice when it runs the statement.
    pub options: Vec<FunctionOption>,
}

impl CreateFunction {
    /// What it does: the first body that is written.
    pub fn body(&self) -> Option<&FunctionBody> {
        self.options.iter().find_map(|option| match &option.kind {
            FunctionOptionKind::Body(body) => Some(body),
            _ => None,
        })
    }

    /// `LANGUAGE`; without one, a body of SQL is SQL, and any other an error.
    pub fn language(&self) -> Option<WordOrString> {
        self.options.iter().find_map(|option| match option.kind {
            FunctionOptionKind::Language(language) => Some(language),
            _ => None,
        })
    }
}

/// What a function gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returns {
    /// `RETURNS integer`, `RETURNS SETOF t`.
    Type(TypeName),
    /// `RETURNS TABLE (…)`: rows of these columns.
    Table(Span, Vec<Argument>),
}

/// `ALTER FUNCTION`, `ALTER PROCEDURE`, `ALTER ROUTINE` with options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterFunction {
    /// The whole statement.
    pub span: Span,
    /// Which one.
    pub object: ObjectRef,
    /// What is said of it from now on; at least one.
    pub options: Vec<FunctionOption>,
    /// `RESTRICT`, which says nothing.
    pub restrict: Option<Span>,
}

/// One option of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionOption {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub kind: FunctionOptionKind,
}

/// What is said of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FunctionOptionKind {
    /// What it does.
    Body(FunctionBody),
    /// `LANGUAGE`
    Language(WordOrString),
    /// `TRANSFORM FOR TYPE …`
    Transform(Vec<TypeName>),
    /// `WINDOW`
    Window,
    /// `IMMUTABLE`, `STABLE`, `VOLATILE`
    Volatility(Volatility),
    /// What it does with NULL arguments.
    OnNull(OnNull),
    /// `[EXTERNAL] SECURITY`
    Security(Security),
    /// `LEAKPROOF`
    Leakproof,
    /// `NOT LEAKPROOF`
    NotLeakproof,
    /// `PARALLEL`: `SAFE`, `UNSAFE`, `RESTRICTED`, or another word, which PostgreSQL refuses when it runs the statement.
    Parallel(Ident),
    /// `COST`: the number.
    Cost(Span),
    /// `ROWS`: the number.
    Rows(Span),
    /// `SUPPORT`: the planner's support function.
    Support(Name),
    /// `SET` or `RESET` of a variable while it runs.
    Variable(VariableSetting),
}

/// Whether a function always gives the same for the same arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Volatility {
    Immutable,
    Stable,
    Volatile,
}

/// What a function does with NULL arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnNull {
    /// `CALLED ON NULL INPUT`
    Called,
    /// `RETURNS NULL ON NULL INPUT`, `STRICT`
    ReturnsNull,
}

/// Whose rights a function has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Those of the role that owns it.
    Definer,
    /// Those of the role that calls it.
    Invoker,
}

/// What a function does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FunctionBody {
    /// `AS 'text'`: the string with its quotes.
    Text(Span),
    /// `AS 'file', 'symbol'`: both with their quotes.
    Object {
        /// The file with the compiled code.
        file: Span,
        /// The function's name in it.
        symbol: Span,
    },
    /// `RETURN expression`
    Return(Expr),
    /// `BEGIN ATOMIC … END`, without empty statements.
    Atomic(Vec<BodyStatement>),
}

/// One statement of a `BEGIN ATOMIC` body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyStatement {
    /// Without its semicolon.
    pub span: Span,
    /// What it says.
    pub kind: BodyStatementKind,
}

/// What a statement of a `BEGIN ATOMIC` body says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyStatementKind {
    /// `RETURN expression`
    Return(Expr),
    /// Any other.
    Statement(Node),
}

/// `DO`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Do {
    /// The whole statement.
    pub span: Span,
    /// The code: a string with its quotes; more than one is refused when PostgreSQL runs the statement, and so is none.
    pub bodies: Vec<Span>,
    /// `LANGUAGE`, each that is written; without it plpgsql.
    pub languages: Vec<WordOrString>,
}

/// `CALL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The whole statement.
    pub span: Span,
    /// The procedure.
    pub name: Name,
    /// The call from the procedure's name to the closing parenthesis.
    pub call: Expr,
}
