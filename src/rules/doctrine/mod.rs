//! Group *doctrine*: the house rules of `global-config.yaml`.

mod ban_duplicate_number;
mod ban_secrets;
mod require_down_migration;
mod require_file_name;
mod require_foreign_key_index;
mod require_header;
mod require_header_schemas;
mod require_idempotency;
mod require_managed_schema;
mod require_migration_directory;
mod require_number_order;
mod require_qualified_name;
mod require_transaction;

pub use ban_duplicate_number::BanDuplicateNumber;
pub use ban_secrets::BanSecrets;
pub use require_down_migration::RequireDownMigration;
pub(super) use require_down_migration::{is_irreversible, misses_statements};
pub use require_file_name::RequireFileName;
pub use require_foreign_key_index::RequireForeignKeyIndex;
pub use require_header::RequireHeader;
pub use require_header_schemas::RequireHeaderSchemas;
pub use require_idempotency::RequireIdempotency;
pub use require_managed_schema::RequireManagedSchema;
pub use require_migration_directory::RequireMigrationDirectory;
pub use require_number_order::RequireNumberOrder;
pub use require_qualified_name::RequireQualifiedName;
pub use require_transaction::RequireTransaction;
