//! The JSON Schema of the configuration says what the reader says: of everything in `tests/config`, whole and taken apart key by key.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{files, folder, parse};

/// What no schema can say; a part in which nothing else is wrong is valid there.
const BEYOND: &[&str] = &["is no glob", "for the second time", "has no place for a number", "stands outside", "there is no section"];

fn python() -> String {
    std::env::var("MIGRATION_LINT_PYTHON").unwrap_or_else(|_| {
        panic!("MIGRATION_LINT_PYTHON names no Python with jsonschema: `tests/run` finds or installs one and runs every test")
    })
}

#[test]
fn schema_and_reader_agree() {
    let schema = tempfile::NamedTempFile::new().expect("a file can be made");
    std::fs::write(schema.path(), migration_lint::report::config_schema().to_string()).expect("a file can be written");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("global-config.yaml");
    let names = files("sound").into_iter().chain(files("mistakes")).map(|name| folder().join(name)).chain([own]);
    let output = Command::new(python()).arg(folder().join("judge.py")).arg(schema.path()).args(names).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let (mut valid, mut invalid, mut problems) = (0, 0, Vec::new());
    for line in said.lines() {
        let judged: Value = serde_json::from_str(line).expect("a line is JSON");
        let (file, text, is_valid) = (&judged["file"], judged["text"].as_str().expect("a text"), judged["valid"] == true);
        let (_, _, errors) = parse("c.yaml", text);
        let within = errors.iter().filter(|error| !BEYOND.iter().any(|words| error.message.contains(words)));
        let messages: Vec<&str> = within.map(|error| error.message.as_str()).collect();
        *(if is_valid { &mut valid } else { &mut invalid }) += 1;
        if is_valid != messages.is_empty() {
            problems.push(format!("{file}: {text}: the schema says {is_valid}, the reader {messages:?}"));
        }
    }
    assert!(valid > 60 && invalid > 60, "{valid} valid, {invalid} invalid");
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn the_copy_in_the_documentation_is_the_one_that_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/config.schema.json");
    let copy = std::fs::read_to_string(&path).expect("there is a copy");
    let current = format!("{:#}\n", migration_lint::report::config_schema());
    assert!(copy == current, "write it anew: cargo run -- config-schema > docs/src/config.schema.json");
}
