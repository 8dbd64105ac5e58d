//! Group *safety*: what a migration does to those who use the database meanwhile.
//!
//! Every rule speaks of what was there before the migration, and of nothing else: a table that it makes itself nobody waits for. What locks a
//! statement takes and what it rewrites are facts of `postgres` and `catalog`; which table is meant, the replay knows.

mod ban_column_type_change;
mod ban_concurrent_in_transaction;
mod ban_drop_column;
mod ban_drop_table;
mod ban_rename_column;
mod ban_rename_table;
mod ban_required_column;
mod ban_set_not_null;
mod ban_truncate;
mod ban_validate_in_same_transaction;
mod ban_volatile_default;
mod concurrency;
mod require_concurrent_index;
mod require_concurrent_index_drop;
mod require_lock_timeout;
mod require_not_valid_check;
mod require_not_valid_foreign_key;
mod require_unique_using_index;
mod retyping;
mod validation;

pub use ban_column_type_change::BanColumnTypeChange;
pub use ban_concurrent_in_transaction::BanConcurrentInTransaction;
pub use ban_drop_column::BanDropColumn;
pub use ban_drop_table::BanDropTable;
pub use ban_rename_column::BanRenameColumn;
pub use ban_rename_table::BanRenameTable;
pub use ban_required_column::BanRequiredColumn;
pub use ban_set_not_null::BanSetNotNull;
pub use ban_truncate::BanTruncate;
pub use ban_validate_in_same_transaction::BanValidateInSameTransaction;
pub use ban_volatile_default::BanVolatileDefault;
pub use require_concurrent_index::RequireConcurrentIndex;
pub use require_concurrent_index_drop::RequireConcurrentIndexDrop;
pub use require_lock_timeout::RequireLockTimeout;
pub use require_not_valid_check::RequireNotValidCheck;
pub use require_not_valid_foreign_key::RequireNotValidForeignKey;
pub use require_unique_using_index::RequireUniqueUsingIndex;
