//! The command line from outside: arguments and files to standard output, standard error and exit status.

#[path = "cli/adoption.rs"]
mod adoption;
#[path = "cli/advice.rs"]
mod advice;
#[path = "cli/arguments.rs"]
mod arguments;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/baseline.rs"]
mod baseline;
#[path = "cli/book.rs"]
mod book;
#[path = "cli/brackets.rs"]
mod brackets;
#[path = "cli/bytes.rs"]
mod bytes;
#[path = "cli/cache.rs"]
mod cache;
#[path = "cli/configuration.rs"]
mod configuration;
#[path = "cli/downs.rs"]
mod downs;
#[path = "cli/fixes.rs"]
mod fixes;
#[path = "cli/hooks.rs"]
mod hooks;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/manual.rs"]
mod manual;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/paths.rs"]
mod paths;
#[path = "cli/picture.rs"]
mod picture;
#[path = "cli/readme.rs"]
mod readme;
#[path = "cli/rig.rs"]
mod rig;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/schema_written.rs"]
mod schema_written;
#[path = "cli/services.rs"]
mod services;
#[path = "cli/since.rs"]
mod since;
#[path = "cli/squawk.rs"]
mod squawk;
#[path = "cli/staged.rs"]
mod staged;
#[path = "cli/suppressions.rs"]
mod suppressions;
#[path = "cli/trusted.rs"]
mod trusted;
#[path = "cli/verdicts.rs"]
mod verdicts;
