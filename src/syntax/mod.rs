//! Floor 2: SQL text to tokens, statements and trees.
//!
//! ```text
//! bytes -> lexer -> tokens -> script (splitter) -> statements -> grammar -> tree
//!                                                       \-> plpgsql: bodies of DO and of functions
//!                                                       \-> expression: what expressions say, when somebody asks
//! ```
//!
//! Invariants: statements tile the text; a statement that does not parse is still a statement; every node has a span, and every span counts
//! from the start of the file, also inside function bodies and commented down migrations.

pub mod expression;
pub mod grammar;
pub mod lexer;
pub mod literal;
pub mod plpgsql;
mod script;
pub mod tree;
mod version;

pub use grammar::SyntaxError;
pub use script::{Content, Script, Statement};
pub use version::{Need, Version};
