//! `init --from .squawk.toml`: what squawk is told is carried over, and what can't be is said.

use std::fs;

use super::rig::{Project, RIGHT};

const SQUAWK: &str = "excluded_rules = [\"prefer-timestamp-tz\", \"require-table-schema\", \"no-such-rule\"]
included_rules = [\"prefer-text-field\", \"identifier-too-long\"]
excluded_paths = [\"*.gen.sql\", \"db/old/*\", \"db/**/seed.sql\"]
pg_version = \"16.2\"
assume_in_transaction = true
pg_versoin = \"17\"

[upload_to_github]
fail_on_violations = true
";

#[test]
fn what_it_is_told_is_carried_over() {
    let project = Project::with([(".squawk.toml", SQUAWK), ("db/001_a.sql", RIGHT)]);
    let run = project.run(&["init", "db", "--from", ".squawk.toml"]).clean();
    let said = [
        "not carried over: `assume_in_transaction`: who opens the transaction follows from the layout, which `layout` sets",
        "not carried over: `no-such-rule`: no rule here does the same",
        "not carried over: `identifier-too-long`: `ban-identifier-too-long` runs anyway",
        "not carried over: `pg_versoin`: squawk has no such key",
        "not carried over: `upload_to_github`: a report for a pull request is a format: `--format github`",
        "migration-lint.yaml: the configuration is made",
    ];
    for line in said {
        assert!(run.lines().contains(&line), "{line}: {run:?}");
    }
    let text = fs::read_to_string(project.path("migration-lint.yaml")).expect("it was made");
    for line in [
        "  target_postgres: 16\n",
        "  exclude:\n    - \"**/*.gen.sql\"\n    - \"db/old/**/*\"\n    - \"db/**/seed.sql\"\n",
        "    prefer-text: warning # prefer-text-field\n",
        "    prefer-timestamptz: \"off\" # prefer-timestamp-tz\n",
        "    require-qualified-name: \"off\" # require-table-schema\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // What it left out is left out.
    project.write("db/002_b.sql", "CREATE TABLE t (id bigint PRIMARY KEY, at timestamp, name varchar(9));\n");
    for path in ["db/old/deep/003_c.sql", "db/004_d.gen.sql", "db/deep/er/seed.sql"] {
        project.write(path, "SELECT FROM WHERE;\n");
    }
    let run = project.run(&["--format", "concise", "--ignore", "require-number-order,require-revert"]).clean();
    assert!(run.stdout.contains("[prefer-text]") && !run.stdout.contains("[prefer-timestamptz]"), "{run:?}");
}

#[test]
fn what_can_not_be_carried_over_leaves_everything_as_it_is() {
    let project = Project::with([(".squawk.toml", "excluded_rules = [\n"), ("db/001_a.sql", RIGHT)]);
    let run = project.run(&["init", "db", "--from", ".squawk.toml"]);
    assert!(run.status == 2 && run.stderr.starts_with("migration-lint: .squawk.toml: it is no TOML: "), "{run:?}");
    project.run(&["init", "db", "--from", "gone.toml"]).said(2, &["migration-lint: gone.toml: no such file or folder"]);
    assert!(!project.path("migration-lint.yaml").exists());
    project.write(".squawk.toml", "excluded_rules = \"a\"\npg_version = \"9.6\"\n");
    let run = project.run(&["init", "db", "--from", ".squawk.toml"]).clean();
    assert!(run.stdout.contains("not carried over: `excluded_rules`: it is no list\n"), "{run:?}");
    assert!(
        run.stdout.contains("not carried over: `pg_version`: the versions that can be checked are 12 to 18, and this is `9.6`\n"),
        "{run:?}"
    );
    let run = project.run(&["init", "db", "--from", ".squawk.toml"]);
    assert!(run.status == 2 && run.stderr.contains("there is one: carry over by hand"), "{run:?}");
}
