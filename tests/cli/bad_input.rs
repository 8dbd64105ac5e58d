//! Histories that are not as histories should be: each fault is told once, and everything else is judged as if it were not there.

use std::fmt::Write;

use super::rig::{Project, Run};

/// Of each migration that `replay` shows, the words of its line in the table.
fn verdicts(run: &Run) -> Vec<Vec<&str>> {
    let table = run.stdout.split("\n\n").next().unwrap_or_default();
    table.lines().skip(1).map(|line| line.split_whitespace().collect()).collect()
}

#[test]
fn two_migrations_of_one_number() {
    let project = Project::with([
        ("m/001_a.sql", "CREATE TABLE IF NOT EXISTS t (a int PRIMARY KEY);"),
        ("m/001_b.sql", "CREATE TABLE IF NOT EXISTS u (a int PRIMARY KEY);"),
        ("m/002_c.sql", "SET lock_timeout = '5s'; ALTER TABLE u ADD COLUMN IF NOT EXISTS b int;"),
    ]);
    let run = project.run(&["replay", "m"]).clean();
    assert_eq!(
        verdicts(&run).concat(),
        ["001_a", "proved", "proved", "–", "001_b", "proved", "proved", "–", "002_c", "proved", "proved", "–"]
    );
    let lines = project.run(&["m", "--format", "concise"]).found().stdout;
    assert_eq!(lines, "m/001_b.sql:1:1: error[ban-duplicate-number] `001_b` has the number 001, which `001_a` has too\n");
}

#[test]
fn a_down_without_an_up() {
    let project = Project::with([
        ("m/1_a.up.sql", "CREATE TABLE t (a int);"),
        ("m/1_a.down.sql", "DROP TABLE t;"),
        ("m/2_b.down.sql", "DROP TABLE u;"),
    ]);
    const SAID: &str = "migration-lint: warning: m/2_b.down.sql: not linted: it undoes a migration that is not there";
    let run = project.run(&["replay", "m"]).said(0, &[SAID]);
    assert_eq!(verdicts(&run), [["1_a", "proved", "refuted", "proved"]]);
    project.run(&["m"]).said(0, &[SAID]);
    project.run(&["m/2_b.down.sql"]).said(0, &[SAID]);
    project.run(&["replay", "m/2_b.down.sql"]).said(0, &[SAID]);
}

/// A statement that is not read may be about whatever it names, and what stands behind one that fails was never run.
#[test]
fn a_first_file_that_is_broken_is_one_finding() {
    const USES: &str = "ALTER TABLE app.t ADD COLUMN IF NOT EXISTS x int;\n\
                        CREATE INDEX IF NOT EXISTS t_x ON app.t (x);\n\
                        CREATE TABLE IF NOT EXISTS app.v (id int PRIMARY KEY REFERENCES app.u, k app.kind DEFAULT 'a');\n\
                        SELECT app.f();\n";
    for broken in [
        "CREATE SCHEMA app;\nCREATE TABLE app.t (a int PRIMARY KEY;\n",
        "CREATE SCHEMA app;\nCREATE TABL app.t (a int PRIMARY KEY);\n",
        "CREATE SCHEMA app;\nCREATE TABLE app.t (a int PRIMARY KEY, a text);\n",
    ] {
        let rest = "CREATE TABLE app.u (b int PRIMARY KEY);\nCREATE TYPE app.kind AS ENUM ('a');\n\
                    CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;\n";
        let project = Project::with([
            ("m/001_a.sql", format!("{broken}{rest}")),
            ("m/002_b.sql", USES.to_owned()),
            ("m/003_c.sql", USES.to_owned()),
            ("m/004_d.sql", "CREATE TABLE IF NOT EXISTS other (a int PRIMARY KEY);".to_owned()),
        ]);
        for history in ["partial", "complete"] {
            let run = project.run(&["replay", "m", "--history", history]).found();
            let words: Vec<_> = verdicts(&run).iter().map(|line| line[1]).collect();
            assert_eq!(words, ["refuted", "unknown", "unknown", "proved"], "{broken}: {run:?}");
            project.write("migration-lint.yaml", format!("migration_lint: {{history: {history}}}"));
            let lines = project.run(&["m", "--format", "concise"]).found().stdout;
            assert!(lines.lines().count() == 1 && lines.starts_with("m/001_a.sql:2:"), "{broken}: {lines}");
        }
    }
}

#[test]
fn a_cycle_of_views() {
    let project = Project::with([
        ("m/001_a.sql", "CREATE VIEW a AS SELECT 1 AS x; CREATE VIEW b AS SELECT x FROM a; CREATE OR REPLACE VIEW a AS SELECT x FROM b;"),
        ("m/002_b.sql", "SELECT x FROM a;"),
        ("m/003_c.sql", "DROP VIEW a CASCADE;"),
    ]);
    let run = project.run(&["replay", "m"]).found();
    assert_eq!(verdicts(&run).iter().map(|line| line[1]).collect::<Vec<_>>(), ["proved", "refuted", "proved"]);
    assert!(run.stdout.contains("42P17 infinite recursion detected in rules for relation \"a\""), "{run:?}");
}

#[test]
fn ten_thousand_migrations() {
    let project = Project::new();
    for number in 1..=10_000 {
        let before = if number > 1 { format!(" REFERENCES t{}", number - 1) } else { String::new() };
        let text = format!("CREATE TABLE IF NOT EXISTS t{number} (id bigint PRIMARY KEY{before});\n");
        project.write(&format!("m/{number:05}_m.sql"), text);
    }
    let run = project.run(&["replay", "m"]).clean();
    assert!(run.stdout.ends_with("10000 migrations\n  applies: 10000 proved\n  re-runs: 10000 proved\n"), "{run:?}");
}

#[test]
fn names_that_are_too_long_are_cut_and_collide() {
    let (long, cut) = ("n".repeat(70), "n".repeat(63));
    let project = Project::with([
        ("m/001_a.sql", format!("CREATE TABLE {long} (a{long} int);\nALTER TABLE {cut} RENAME a{long}other TO b;\n")),
        ("m/002_b.sql", format!("CREATE TABLE {long}_and_more (a int);\n")),
        ("m/003_c.sql", format!("CREATE TABLE t (a{long}1 int, a{long}2 int);\n")),
        // A character is not cut in two: 31 of two bytes are 62, and the 32nd would end at byte 64.
        ("m/004_d.sql", format!("CREATE TABLE {} (a int);\nSELECT a FROM {};\n", "ä".repeat(40), "ä".repeat(31))),
    ]);
    let run = project.run(&["replay", "m"]).found();
    assert_eq!(verdicts(&run).iter().map(|line| line[1]).collect::<Vec<_>>(), ["proved", "refuted", "refuted", "proved"], "{run:?}");
    assert!(run.stdout.contains(&format!("\"{cut}\" already exists")), "{run:?}");
    assert!(run.stdout.contains("42701"), "{run:?}");
}

#[test]
fn what_would_run_for_ever_is_unknown() {
    let project = Project::with([
        ("m/001_a.sql", "DO $$ BEGIN LOOP NULL; END LOOP; END $$;"),
        (
            "m/002_b.sql",
            "CREATE OR REPLACE FUNCTION down(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN down(n + 1); END $$;
             CREATE OR REPLACE FUNCTION factorial_of(n int) RETURNS int LANGUAGE plpgsql AS
             $$ BEGIN IF n < 1 THEN RETURN 1; END IF; RETURN n * factorial_of(n - 1); END $$;
             CREATE OR REPLACE FUNCTION forever() RETURNS int LANGUAGE plpgsql AS $$ BEGIN LOOP NULL; END LOOP; END $$;",
        ),
        ("m/003_c.sql", "SELECT down(1);"),
        ("m/004_d.sql", "SELECT 1 + forever();"),
        ("m/005_e.sql", "DO $$ BEGIN IF factorial_of(4) <> 24 THEN RAISE 'never'; END IF; END $$;"),
    ]);
    let run = project.run(&["replay", "m"]).clean();
    assert_eq!(verdicts(&run).iter().map(|line| line[1]).collect::<Vec<_>>(), ["unknown", "proved", "unknown", "unknown", "proved"]);
}

#[test]
fn files_that_hold_no_sql() {
    let project = Project::with([("m/002_b.sql", "CREATE TABLE IF NOT EXISTS t (a int);")]);
    project.write("m/001_a.sql", b"\x7fELF\x02\x01\x01\0\0\0\xff\xfe\x80 t");
    let lines = project.run(&["m", "--format", "concise"]).found().stdout;
    assert_eq!(lines.lines().map(|line| &line[..12]).collect::<Vec<_>>(), ["m/001_a.sql:"; 2], "{lines}");
    let run = project.run(&["replay", "m"]).found();
    assert_eq!(verdicts(&run)[0], ["001_a", "refuted", "–", "–"], "{run:?}");

    let empty = Project::new();
    std::fs::create_dir(empty.path("m")).expect("a folder can be made");
    const SAID: &str = "migration-lint: warning: m: no migration files (*.sql) in this folder";
    empty.run(&["m"]).said(0, &[SAID]);
    let run = empty.run(&["replay", "m"]).said(0, &[SAID]);
    assert_eq!(run.stdout, "0 migrations\n");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_move_nothing() {
    let project = Project::with([("m/001_a.sql", "\u{feff}CREATE TABLE t (\r\n  a int\r\n);\r\nCREATE TABLE t (a int);\r\n")]);
    let run = project.run(&["replay", "m"]).found();
    assert!(run.stdout.contains("applies: refuted: 42P07 relation \"t\" already exists (m/001_a.sql:4)"), "{run:?}");
}

#[test]
fn a_folder_that_is_named_twice_is_one() {
    let project = Project::with([("m/001_a.sql", "CREATE TABLE IF NOT EXISTS t (a int);")]);
    for paths in [&["m", "m"][..], &["m", "./m/../m"], &["m", "m/001_a.sql"]] {
        let run = project.run(&[&["replay"], paths].concat()).clean();
        assert!(run.stdout.contains("\n1 migration\n"), "{paths:?}: {run:?}");
    }
}

/// What goes wrong is told on standard error, and a program that reads the document still gets one.
#[test]
fn a_document_is_written_whatever_goes_wrong() {
    let project = Project::with([("m/001_a.sql", "CREATE TABLE IF NOT EXISTS t (a int);"), ("m/002_b.sql", "SELECT 1;")]);
    let migrations = |run: &Run| {
        let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
        document["migrations"].as_array().map_or(0, Vec::len)
    };
    let mut told = String::new();
    for (arguments, number) in [
        (&["gone"][..], 0),
        (&["m", "gone"], 2),
        (&["m", "--schema", "gone.sql"], 2),
        (&["m", "--config", "gone.yaml"], 2),
        (&["m", "--until", "002_"], 0),
        (&["m", "--until", "nothing"], 0),
        (&["m", "gone", "--until", "1"], 1),
        (&["m", "gone", "--until", "001"], 1),
    ] {
        let run = project.run(&[&["replay", "--format", "json"], arguments].concat());
        assert_eq!((run.status, migrations(&run)), (2, number), "{run:?}");
        writeln!(told, "{}", run.stderr.trim_end()).expect("a text takes what it is given");
    }
    for line in [
        "no such file or folder",
        "there is no migration `002_`; did you mean `002_b`?",
        "there is no migration `nothing`; the last one is `002_b`\n",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    for (arguments, word) in [
        (&["m", "--history", "complet"][..], "a similar value exists: 'complete'"),
        (&["m", "--format", "yaml"], "[possible values: human, json]"),
        (&["m", "--target-postgres", "9"], "the versions that can be checked are 12 to 18"),
    ] {
        let run = project.run(&[&["replay"], arguments].concat());
        assert!(run.status == 2 && run.stderr.contains(word), "{run:?}");
    }
}

/// The program where no file may grow beyond a few hundred bytes, as on a disk that is full.
#[cfg(unix)]
fn run_on_a_full_disk(project: &Project, arguments: &[&str]) -> (Option<i32>, String) {
    const SHELL: &str = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", SHELL, env!("CARGO_BIN_EXE_migration-lint")]).args(arguments).current_dir(project.path(""));
    let output = command.output().expect("there is a shell");
    (output.status.code(), String::from_utf8(output.stderr).expect("the program writes UTF-8"))
}

#[test]
#[cfg(unix)]
fn a_disk_that_fills_while_fixing_leaves_the_old_file() {
    let text = format!("CREATE TABLE a.t (id int);\n-- {}\n", "x".repeat(4096));
    let project = Project::with([("m/001_a.sql", text.as_str())]);
    let (status, said) = run_on_a_full_disk(&project, &["m", "--select=require-idempotency", "--fix"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.starts_with("migration-lint: m/001_a.sql: it can't be written: ") && said.contains("; it stays as it is\n"), "{said}");
    assert_eq!(std::fs::read_to_string(project.path("m/001_a.sql")).expect("it is there"), text);
    let left: Vec<_> = std::fs::read_dir(project.path("m")).expect("it is there").collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
    // A baseline or a new migration that finds no room is none.
    let many: String = (0..40).map(|at| format!("CREATE TABLE a.t{at} (id int);\n")).collect();
    project.write("m/001_a.sql", many);
    let config = "migration_lint: {rules: {require-idempotency: error}}\n";
    project.write("migration-lint.yaml", config);
    let (status, said) = run_on_a_full_disk(&project, &["baseline", "m"]);
    assert!(status == Some(2) && said.contains("migration-lint-baseline.json: the baseline: it can't be written: "), "{said}");
    assert!(!project.path("migration-lint-baseline.json").exists());
}

#[test]
#[cfg(unix)]
fn a_folder_that_nobody_may_write_to_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::with([("m/001_a.sql", "CREATE TABLE a.t (id int);\n")]);
    std::fs::set_permissions(project.path("m"), PermissionsExt::from_mode(0o555)).expect("its own folder");
    for (arguments, said) in [
        (&["m", "--select=require-idempotency", "--fix"][..], "m/001_a.sql: it can't be written: permission denied; it stays as it is"),
        (&["new", "b", "--directory", "m"], "m/002_b.sql: it can't be written: permission denied"),
    ] {
        let run = project.run_as_nobody(arguments);
        assert!(run.status == 2 && run.stderr.contains(said), "{run:?}");
    }
    std::fs::set_permissions(project.path("m"), PermissionsExt::from_mode(0o755)).expect("its own folder");
}
