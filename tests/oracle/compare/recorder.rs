//! Runs `record.py`, and holds the record against what PostgreSQL says now.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the oracle.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle")
}

/// `record.py`, to be given arguments.
pub fn command(python: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(folder().join("record.py"));
    command
}

#[test]
fn the_record_is_what_postgresql_says() {
    let Ok(python) = env::var("MIGRATION_LINT_PYTHON") else {
        panic!(
            "MIGRATION_LINT_PYTHON names no Python to ask PostgreSQL's parser with: `tests/run` finds or installs one and runs every test"
        );
    };
    let output = command(&python).arg("--check").output().expect("Python starts");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "record.jsonl is not what PostgreSQL says; `tests/oracle/record.py` writes it anew:\n{said}");
}
