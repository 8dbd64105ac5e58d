//! The tree that the grammar makes: one node a statement, with a span on every part.
//!
//! Nodes hold spans, no text: a name's text is cut from the script when somebody asks ([`Ident::text`], [`Ident::value`]). What a node
//! leaves out is the inside of expressions and queries ([`Expr`]), which `expression` reads on request.
//! Invariant: a clause that is written has a span; a clause that is not is `None` or empty.

mod access;
mod common;
mod foreign;
mod function;
mod index;
mod maintenance;
mod name;
mod node;
mod object;
mod operator;
mod policy;
mod query;
mod replication;
mod role;
mod schema;
mod sequence;
mod session;
mod storage;
mod table;
mod text_search;
mod transaction;
mod trigger;
mod types;
mod view;

pub use access::*;
pub use common::*;
pub use foreign::*;
pub use function::*;
pub use index::*;
pub use maintenance::*;
pub use name::*;
pub use node::*;
pub use object::*;
pub use operator::*;
pub use policy::*;
pub use query::*;
pub use replication::*;
pub use role::*;
pub use schema::*;
pub use sequence::*;
pub use session::*;
pub use storage::*;
pub use table::*;
pub use text_search::*;
pub use transaction::*;
pub use trigger::*;
pub use types::*;
pub use view::*;
