//! Group *proof*: what PostgreSQL would say of the migration.

mod ban_syntax_error;

pub use ban_syntax_error::BanSyntaxError;
