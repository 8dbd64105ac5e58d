//! Floor 4: which files are migrations, in what order they run, and what each of them does up and down.
//!
//! ```text
//! files -> histories (a layout recognises a folder, names and orders its migrations) -> sections (up, down) -> scripts
//! ```
//!
//! The three steps are apart because they cost differently: [`histories`] looks at names and at a few words of the texts, once, over all
//! files; [`Migration::sections`] and [`Section::parse`] read one file each, when somebody asks, on whatever thread. Beside them stand what a
//! file says about itself ([`header`]) and whether it is PostgreSQL's at all ([`dialect`]).
//!
//! Invariants: nothing here reads a file or knows the machine; the same files give the same histories in whatever order they are handed in;
//! every span is right in the file that it was read from, also inside comments.

mod brackets;
mod comment;
mod commented;
pub mod dialect;
pub mod header;
mod history;
pub mod layout;
mod marker;
mod mistyped;
pub mod numbering;
mod reading;
mod section;
mod suppression;

pub use brackets::{Brackets, Torn, What, torn};
pub use commented::commented_out;
pub use history::{History, Kind, Migration, Other, Program, Sections, Why, histories, history};
pub use layout::Layout;
pub use marker::up_headings;
pub use reading::{Fault, Reading, Refusal};
pub use section::{Origin, Section, Sql, Transaction, Uncommented};
pub use suppression::{Scope, Suppression, is_allowance, suppressions};
