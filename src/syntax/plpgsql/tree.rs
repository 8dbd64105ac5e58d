//! The tree of PL/pgSQL: one node a statement, with spans in the file.
//!
//! Expressions keep their bytes only; SQL statements are read by the grammar of SQL, and stand here as in a script.

use crate::syntax::script::{Script, Statement as SqlStatement};
use crate::syntax::tree::{Chain, Expr, Ident, Name, TypeName};
use crate::text::Span;

/// `DECLARE … BEGIN … EXCEPTION … END`.
#[derive(Debug, Clone)]
pub struct Block {
    /// From its label or first word to END, or the label after that.
    pub span: Span,
    /// `<<label>>`
    pub label: Option<Ident>,
    /// In order.
    pub declarations: Vec<Declaration>,
    /// In order.
    pub statements: Vec<Statement>,
    /// `EXCEPTION`, if it is written.
    pub exception: Option<Span>,
    /// What follows it, in order.
    pub handlers: Vec<Handler>,
}

/// `WHEN condition OR … THEN statements`.
#[derive(Debug, Clone)]
pub struct Handler {
    /// From WHEN to its last statement.
    pub span: Span,
    /// Any of which it handles.
    pub conditions: Vec<Condition>,
    /// In order.
    pub statements: Vec<Statement>,
}

/// What a handler catches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// `duplicate_object`, `others`.
    Name(Ident),
    /// `SQLSTATE '42710'`: the string.
    SqlState(Span),
}

/// One item after DECLARE.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Without the semicolon.
    pub span: Span,
    /// What it declares.
    pub name: Ident,
    /// As what.
    pub kind: DeclarationKind,
}

/// What a name is declared as.
#[derive(Debug, Clone)]
pub enum DeclarationKind {
    /// A variable.
    Variable(Box<Variable>),
    /// `ALIAS FOR name`, `$1`: the other name.
    Alias(Span),
    /// `CURSOR FOR query`.
    Cursor(Box<BoundCursor>),
}

/// A variable.
#[derive(Debug, Clone)]
pub struct Variable {
    /// `CONSTANT`
    pub constant: Option<Span>,
    /// Its type.
    pub ty: VariableType,
    /// `COLLATE name`
    pub collation: Option<Name>,
    /// `NOT NULL`
    pub not_null: Option<Span>,
    /// After `:=`, `=` or `DEFAULT`.
    pub default: Option<Expr>,
}

/// The type of a variable.
#[derive(Debug, Clone)]
pub enum VariableType {
    /// A type's name.
    Type(Box<TypeName>),
    /// `table.column%TYPE`, `variable%TYPE`, and how many `[]` follow.
    TypeOf(Name, u8),
    /// `table%ROWTYPE`, and how many `[]` follow.
    RowOf(Name, u8),
}

/// A cursor with its query.
#[derive(Debug, Clone)]
pub struct BoundCursor {
    /// `SCROLL` or `NO SCROLL`.
    pub scroll: Option<Scroll>,
    /// Its arguments.
    pub arguments: Vec<(Ident, VariableType)>,
    /// Its query.
    pub query: Sql,
}

/// Whether a cursor can go backward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// `SCROLL`
    Scroll(Span),
    /// `NO SCROLL`
    NoScroll(Span),
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// From its label or first token to its last, without the semicolon.
    pub span: Span,
    /// What it does.
    pub kind: StatementKind,
}

/// What a statement does.
#[derive(Debug, Clone)]
pub enum StatementKind {
    /// A block in a block.
    Block(Box<Block>),
    /// `target := value`, `target = value`: the target's bytes.
    Assign(Span, Expr),
    /// `IF … THEN … ELSIF … ELSE … END IF`.
    If(Branches),
    /// `CASE operand WHEN … THEN … ELSE … END CASE`, and its operand if it has one.
    Case(Option<Expr>, Branches),
    /// `LOOP`, `WHILE`, `FOR`, `FOREACH`.
    Loop(Box<Loop>),
    /// `EXIT label WHEN condition`.
    Exit(Option<Ident>, Option<Expr>),
    /// `CONTINUE label WHEN condition`.
    Continue(Option<Ident>, Option<Expr>),
    /// `RETURN`, perhaps with a value.
    Return(Option<Expr>),
    /// `RETURN NEXT`, perhaps with a value.
    ReturnNext(Option<Expr>),
    /// `RETURN QUERY query`.
    ReturnQuery(Box<Sql>),
    /// `RETURN QUERY EXECUTE text`.
    ReturnExecute(Box<Dynamic>),
    /// `RAISE`.
    Raise(Box<Raise>),
    /// `ASSERT condition, message`.
    Assert(Expr, Option<Expr>),
    /// `PERFORM …`, which is read as a SELECT.
    Perform(Box<Sql>),
    /// `EXECUTE text`.
    Execute(Box<Dynamic>),
    /// `GET [CURRENT|STACKED] DIAGNOSTICS variable = item, …`.
    GetDiagnostics(Vec<Diagnostic>),
    /// `OPEN cursor`.
    Open(Box<Open>),
    /// `FETCH direction FROM cursor INTO targets`: the direction's bytes, the cursor, the targets.
    Fetch(Option<Span>, Span, Vec<Span>),
    /// `MOVE direction FROM cursor`.
    Move(Option<Span>, Span),
    /// `CLOSE cursor`.
    Close(Span),
    /// `NULL`: nothing.
    Null,
    /// `COMMIT`.
    Commit(Option<Chain>),
    /// `ROLLBACK`.
    Rollback(Option<Chain>),
    /// A statement of SQL, CALL and DO included.
    Sql(Box<Sql>),
}

/// The branches of IF and CASE.
#[derive(Debug, Clone)]
pub struct Branches {
    /// In order, at least one.
    pub branches: Vec<Branch>,
    /// After ELSE, if it is written.
    pub otherwise: Option<Vec<Statement>>,
}

/// A branch.
#[derive(Debug, Clone)]
pub struct Branch {
    /// After IF, ELSIF or WHEN.
    pub condition: Expr,
    /// After THEN, in order.
    pub statements: Vec<Statement>,
}

/// A loop.
#[derive(Debug, Clone)]
pub struct Loop {
    /// `<<label>>`
    pub label: Option<Ident>,
    /// Over what.
    pub kind: LoopKind,
    /// In order.
    pub statements: Vec<Statement>,
}

/// What a loop runs over.
#[derive(Debug, Clone)]
pub enum LoopKind {
    /// `LOOP`: for ever.
    Forever,
    /// `WHILE condition`.
    While(Expr),
    /// `FOR variable IN [REVERSE] lower .. upper BY step`.
    Integers {
        /// The variable, which exists in the loop only.
        variable: Ident,
        /// `REVERSE`
        reverse: Option<Span>,
        /// The first number, or the last if REVERSE is written.
        lower: Expr,
        /// The other end.
        upper: Expr,
        /// After BY.
        step: Option<Expr>,
    },
    /// `FOR targets IN query`.
    Query(Vec<Span>, Box<Sql>),
    /// `FOR targets IN EXECUTE text USING values`.
    Execute(Vec<Span>, Box<Dynamic>),
    /// `FOR record IN cursor (arguments)`: the record, the cursor, the arguments' bytes with parentheses.
    Cursor(Span, Span, Option<Span>),
    /// `FOREACH targets SLICE n IN ARRAY array`.
    Array(Vec<Span>, Option<Span>, Expr),
}

/// A statement of SQL.
#[derive(Debug, Clone)]
pub struct Sql {
    /// As in a script, its tokens being those of the body; without the INTO that PL/pgSQL takes out.
    pub statement: SqlStatement,
    /// Where its first row goes.
    pub into: Option<Into>,
}

/// `INTO [STRICT] targets`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Into {
    /// All of it.
    pub span: Span,
    /// `STRICT`: one row exactly.
    pub strict: Option<Span>,
    /// Variables, or fields of records; at least one.
    pub targets: Vec<Span>,
}

/// A statement whose text is computed.
#[derive(Debug, Clone)]
pub struct Dynamic {
    /// The text.
    pub text: Expr,
    /// What the text says, if it is a string constant.
    pub script: Option<Script>,
    /// Where its first row goes.
    pub into: Option<Into>,
    /// After USING.
    pub parameters: Vec<Expr>,
}

/// `RAISE`; with neither message, condition nor options the current error again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// How severe.
    pub level: RaiseLevel,
    /// The format, a string.
    pub message: Option<Span>,
    /// What fills the format's `%`.
    pub arguments: Vec<Expr>,
    /// Instead of a format.
    pub condition: Option<Condition>,
    /// After USING: the option's name and its value.
    pub options: Vec<(Ident, Expr)>,
}

/// How severe what RAISE raises is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RaiseLevel {
    Debug,
    Log,
    Info,
    Notice,
    Warning,
    /// The default: the transaction fails unless a handler catches it.
    Exception,
}

/// `variable = item` in GET DIAGNOSTICS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is set.
    pub target: Span,
    /// `ROW_COUNT`, `MESSAGE_TEXT` …
    pub item: Ident,
}

/// `OPEN`.
#[derive(Debug, Clone)]
pub struct Open {
    /// The cursor's variable.
    pub cursor: Span,
    /// What it goes over.
    pub source: OpenSource,
}

/// What an opened cursor goes over.
#[derive(Debug, Clone)]
pub enum OpenSource {
    /// The query that it was declared with, and the arguments' bytes with parentheses.
    Bound(Option<Span>),
    /// `FOR query`.
    Query(Option<Scroll>, Box<Sql>),
    /// `FOR EXECUTE text`.
    Execute(Option<Scroll>, Box<Dynamic>),
}
