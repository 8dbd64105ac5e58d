//! Floor 5: what the database is, and what statements make of it.
//!
//! ```text
//! model       what is particular to each kind of object          oid, object   what all have in common
//! store       the catalog: objects, names, dependencies          expression    what expressions and queries use
//! evaluate    what expressions and queries give
//! session     settings, transactions, savepoints                 rows          what the history put into tables
//! run         a session on a catalog: looking up names           apply         a statement: a new catalog, an error, or unknown
//! describe    objects as facts, for comparing                   ddl            a catalog, or a difference, as statements
//! impact      what becomes of a table's rows
//! script      a script, statement by statement                   replay        a history, and what is said of each migration
//! ```
//!
//! Invariants: a catalog is a value, and a statement that fails leaves it as it was; what can't be told is [`Stop::Unknown`], never a guess;
//! the SQLSTATE of a failure is the one that PostgreSQL raises.

pub mod apply;
pub mod collation;
pub mod ddl;
pub mod deletion;
mod dependency;
pub mod describe;
pub mod difference;
mod doubt;
mod evaluate;
pub mod expression;
mod failure;
mod image;
pub mod impact;
pub mod model;
mod moved;
pub mod naming;
mod numbered;
mod object;
mod oid;
pub mod outline;
mod past;
pub mod plpgsql;
pub mod privileges;
pub mod reference;
pub mod replay;
mod rows;
mod run;
pub mod script;
mod session;
mod store;
mod stored;
pub mod types;
pub mod typing;
pub mod word;

pub use dependency::{Dependency, Edge};
pub use evaluate::{counted_by, first_repeated, reads_alike};
pub use failure::{Condition, Doubt, Failure, Result, Stop};
pub use moved::Moves;
pub use object::{Body, Class, Name, Object, Origin, Standing};
pub use oid::{Address, ColumnNumber, Oid};
pub use privileges::DefaultPrivileges;
pub use rows::{Contents, Elsewhere, Reference, Row, Value};
pub use run::{Knowledge, Run, World};
pub use session::{Block, Opener, Saved, Session, Settings};
pub use store::Catalog;
