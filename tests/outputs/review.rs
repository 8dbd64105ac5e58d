//! The files of a review, from which the formats of CI services are made: a finding with a fix, behind a character of two UTF-16 units in a file
//! with a space and an umlaut in its name; one with a related place; one that a comment allows; one of the baseline; one over two lines; and a
//! file in which there is nothing to find. They lie in a folder of a repository, and the program is run in that folder.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::rig::{Project, Run};

/// The working directory, from the repository's root.
pub const FOLDER: &str = "services/api";

/// The file whose name must be escaped.
pub const ODD: &str = "db/001_größe und gewicht.sql";

const FILES: [(&str, &str); 9] = [
    (".git/HEAD", "ref: refs/heads/main\n"),
    ("services/api/migration-lint.yaml", "migration_lint:\n  rules: {schema: off, require-idempotency: error}\n"),
    ("services/api/db/001_größe und gewicht.sql", "/* 𝄞 */ CREATE TABLE größe (\"höhe 𝄞\" int);\n"),
    ("services/api/db/002_a.sql", "SELECT 1;\n"),
    ("services/api/db/002_b.sql", "SELECT 2;\n"),
    (
        "services/api/db/003_allowed.sql",
        "-- migration-lint: allow(require-idempotency): run <once>, \"by hand\" & never again\nCREATE TABLE allowed (a int);\n",
    ),
    ("services/api/db/004_known.sql", "CREATE TABLE known (a int);\n"),
    ("services/api/db/006_open.sql", "SELECT 'never closed;\nover two lines;\n"),
    ("services/api/db/007_clean.sql", "SELECT 1;\n"),
];

/// The project, with its baseline.
pub fn project() -> Project {
    let project = Project::with(FILES);
    let known = project.run_in(FOLDER, &["baseline", "db/004_known.sql"]);
    assert_eq!((known.status, known.stdout.contains("1 finding known")), (0, true), "{known:?}");
    project
}

/// Runs the program over the files.
pub fn run(format: &str) -> Run {
    project().run_in(FOLDER, &["db", "--format", format])
}

/// What the program writes of the files as JSON of some format.
pub fn document(format: &str) -> Value {
    serde_json::from_str(&run(format).found().stdout).expect("a document")
}

/// What the program writes where there is nothing to find.
pub fn of_nothing(format: &str) -> String {
    Project::with([("db/001_a.sql", "SELECT 1;\n")]).run(&["db", "--format", format]).clean().stdout
}

/// A program or a folder that `tests/run` names in the environment.
pub fn provided(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} names nothing: run this test with tests/run, which provides what it needs"))
}

/// What `command` says on standard output about `text`, if it is content with it.
#[track_caller]
pub fn told(command: &mut Command, text: &str) -> String {
    use std::io::Write;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    // A program that does not read its input has closed it.
    let _ = child.stdin.take().expect("is piped").write_all(text.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}: {}{}", said(&output.stdout), said(&output.stderr));
    said(&output.stdout)
}

/// What Python says, which runs `script` with `text` as its standard input.
#[track_caller]
pub fn python(script: &str, text: &str) -> String {
    told(Command::new(provided("MIGRATION_LINT_PYTHON")).env("PYTHONUTF8", "1").args(["-c", script]), text)
}

/// What Node says, which runs `script` with `text` as its standard input.
#[track_caller]
pub fn node(script: &str, text: &str) -> String {
    told(Command::new("node").current_dir(provided("MIGRATION_LINT_CONSUMERS")).args(["-e", script]), text)
}

/// Holds a document against a JSON Schema.
#[track_caller]
pub fn conforms(schema: &Path, document: &str) {
    let mut command = Command::new(provided("MIGRATION_LINT_PYTHON"));
    command.args(["-m", "check_jsonschema", "--schemafile"]).arg(schema).arg("-");
    told(&mut command, document);
}
