//! Floor 6: `global-config.yaml` to settings.
//!
//! The file belongs to many tools: sections that are not ours are passed over, and each section is optional. The house's sections are read
//! as they stand in real files, leniently; in our own section (`migration_lint`) an unknown key, rule or value is an error. Every error has
//! the place that it speaks of. Invariant: reading never touches the disk, and gives settings even where it gives errors, so that the rest
//! of a run can still be told.

mod error;
mod header;
mod house;
mod lint;
mod naming;
mod reader;
mod settings;
mod yaml;

pub use error::{ConfigError, nearest};
pub use header::HeaderField;
pub use house::{House, IdFormat, id_matches, is_digit_place};
pub use lint::{HistoryKind, Lint, Override, RuleSetting};
pub use naming::NamingConvention;
pub use settings::{BARTON_ID, Config, KnownNames, OptionValue};

/// The file that is looked for, upward from the first path.
pub const FILE_NAMES: [&str; 2] = ["global-config.yaml", "migration-lint.yaml"];
