//! What expressions, queries and data changes say: the whole of PostgreSQL's language of them, as a tree, read when somebody asks.
//!
//! The grammar recognises every expression and keeps none. Whoever needs the inside of one asks here, with its text: [`read`],
//! [`read_query`], [`read_data_change`], [`read_targets`], [`read_from`], and [`read_values`] for rows one at a time. Spans count from the
//! start of the text handed in, which may be that of a quoted body. What PostgreSQL's grammar makes the same is the same here: `a != b` and
//! `a <> b`, `CAST(a AS int)` and `a::integer`, `position(a IN b)` and `pg_catalog.position(b, a)`.
//!
//! Nothing is ever read as something that it is not: what is too long or too deep, and what a tool fills in, is
//! [`Unread`](ExpressionKind::Unread), and of a query that can't be read there is no tree. [`Node`] walks a tree, and `Display` writes one
//! in a canonical spelling that reads as the same tree.

mod label;
mod read;
mod tree;
mod visit;
mod write;

pub use read::{Row, Rows, read, read_data_change, read_from, read_query, read_targets, read_values};
pub use tree::*;
pub use visit::Node;
pub use write::{Spelling, identifier, qualified, string};

#[cfg(test)]
mod tests;
