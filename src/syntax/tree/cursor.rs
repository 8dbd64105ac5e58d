//! Cursors.

use crate::text::Span;

use super::{Ident, Node};

/// `DECLARE`, `FETCH`, `MOVE`, `CLOSE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The whole statement.
    pub span: Span,
    /// Which of the four.
    pub action: CursorAction,
}

/// What a statement does with a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorAction {
    /// `DECLARE name … CURSOR … FOR query`.
    Declare(Box<DeclareCursor>),
    /// `FETCH direction FROM name`.
    Fetch(FetchDirection, Ident),
    /// `MOVE direction FROM name`.
    Move(FetchDirection, Ident),
    /// `CLOSE name`.
    Close(Ident),
    /// `CLOSE ALL`: the word.
    CloseAll(Span),
}

/// `DECLARE name … CURSOR … FOR query`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclareCursor {
    /// Its name.
    pub name: Ident,
    /// In the order written; PostgreSQL's grammar takes any of them any number of times.
    pub options: Vec<CursorOption>,
    /// `WITH HOLD` or `WITHOUT HOLD`.
    pub hold: Option<Hold>,
    /// The query.
    pub query: Node,
}

/// A property of a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorOption {
    /// `SCROLL`
    Scroll(Span),
    /// `NO SCROLL`
    NoScroll(Span),
    /// `BINARY`
    Binary(Span),
    /// `ASENSITIVE`
    Asensitive(Span),
    /// `INSENSITIVE`
    Insensitive(Span),
}

/// Whether a cursor outlives its transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// `WITH HOLD`
    With(Span),
    /// `WITHOUT HOLD`
    Without(Span),
}

/// Which rows FETCH returns, or how far MOVE goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchDirection {
    /// Not written, `NEXT`, or `FORWARD` without a count.
    Next,
    /// `PRIOR`, or `BACKWARD` without a count.
    Prior,
    /// `FIRST`
    First,
    /// `LAST`
    Last,
    /// `ABSOLUTE n`: the number.
    Absolute(Span),
    /// `RELATIVE n`: the number.
    Relative(Span),
    /// `n` or `FORWARD n`: the number.
    Forward(Span),
    /// `ALL` or `FORWARD ALL`.
    ForwardAll,
    /// `BACKWARD n`: the number.
    Backward(Span),
    /// `BACKWARD ALL`
    BackwardAll,
}
