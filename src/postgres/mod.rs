//! Floor 3: facts about PostgreSQL: what statements do to which objects, which names they write, what can't run in a transaction.
//!
//! A fact depends on a statement's tree, on the statements before it in its session, and on the version; never on a file, a history or a
//! schema: whoever knows those weighs it. Each fact cites the manual's section, or the server's source where the manual is silent, and a
//! test on a real server shows it.

mod block;
mod built_in;
mod code;
mod default_name;
mod drop_sql;
mod effect;
mod existence;
pub mod facts;
mod lock;
mod moved_rows;
mod named;
mod object;
mod reach;
mod rejection;
mod serial;
mod session;
mod setting;
mod settled;
mod signature;
mod state;
mod superuser;
mod transaction;
mod transaction_block;
mod walk;

pub use block::{Around, Run, catches, runs, runs_of};
pub use built_in::{is_built_in_function, may_be_built_in};
pub use code::{Code, Moment, code};
pub use drop_sql::drop_sql;
pub use effect::{Action, Effect, Safeguard, effects};
pub use existence::{Error, Existence, Fault, Safety, Subject, Turn, existences};
pub use lock::{
    LockMode, LockTarget, TableLock, action_lock, detaches_concurrently, is_reindexed_concurrently, is_vacuum_full,
    reindexes_into_tablespace, table_locks,
};
pub use moved_rows::moved_from;
pub use named::{Named, Role, SchemaUse, named_objects, relations};
pub use object::{Identity, Key, Kind, Object, Operands, Place, Unnamed};
pub use reach::reaches_unnamed_schemas;
pub use rejection::{Rejection, rejections};
pub use serial::{Serial, serial};
pub use session::{Home, Session};
pub use settled::{is_never_taken, is_settled};
pub use signature::Signature;
pub use superuser::{Privileged, superuser_only, views_have_invokers};
pub use transaction::{Barred, When, barred_in_transaction};
pub use transaction_block::{Ending, TransactionBlock, TransactionBlocks};
pub use walk::{Step, StepKind, walk};
