//! Files that are not as files should be: each is told, and the rest of it is linted.

use super::rig::{Project, RIGHT, WRONG};

/// The findings in one file, in format `concise`, without its path.
#[track_caller]
fn findings(content: impl AsRef<[u8]>) -> Vec<String> {
    let project = Project::with([("001_a.sql", content.as_ref()), ("002_b.sql", WRONG.as_bytes())]);
    let run = project.run(&[".", "--format", "concise"]).found();
    let (here, other): (Vec<&str>, Vec<&str>) = run.stdout.lines().partition(|line| line.starts_with("001_a.sql:"));
    assert_eq!(other.len(), 1, "the other file is linted: {run:?}");
    here.into_iter().map(|line| line["001_a.sql:".len()..].to_owned()).collect()
}

#[test]
fn bytes_that_are_no_utf_8() {
    assert_eq!(
        findings(b"SELECT 'caf\xe9';\nSELECT FROM WHERE;\nSELECT '\xff';\n"),
        [
            "1:12: error[ban-syntax-error] byte 11 of the file is not UTF-8, and neither is one more",
            "2:13: error[ban-syntax-error] expected a table name, found `WHERE`"
        ]
    );
    // One cause, one finding, also where the byte stands outside of a string.
    assert_eq!(findings(b"SELECT 1;\nSELECT caf\xe9;\n").len(), 1);
    assert_eq!(findings(b"\x80"), ["1:1: error[ban-syntax-error] byte 0 of the file is not UTF-8"]);
    assert_eq!(findings(b"SELECT caf\xe9;\nSELECT 1;\nSELECT \xff\xff \xff;\nSELECT '\xe2\x82';").len(), 1);
    // A character that is cut off by the end of the file.
    assert_eq!(findings(b"SELECT 'a\xe2\x82"), findings(b"SELECT 'a\xe2\x82"));
}

#[test]
fn utf_16_and_nul() {
    let utf_16: Vec<u8> = "\u{feff}SELECT 1;".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(findings(&utf_16), ["1:1: error[ban-syntax-error] the file is UTF-16, which PostgreSQL does not read"]);
    // What the house misses in it is not told, since nobody has read it.
    let rules = "migration_lint: {rules: {require-readme-entry: off}}";
    let house = format!("barton_doctrine: {{enabled: true}}\ndatabase: {{migrations: {{directory: .}}}}\n{rules}\n");
    let project = Project::with([("global-config.yaml", house.as_bytes()), ("001_a.sql", utf_16.as_slice())]);
    let run = project.run(&[".", "--format", "concise"]).found();
    assert_eq!(run.stdout, "001_a.sql:1:1: error[ban-syntax-error] the file is UTF-16, which PostgreSQL does not read\n");
    assert_eq!(
        findings("SELECT 1;\nSELECT \0 2;\nSELECT FROM WHERE;"),
        [
            "2:8: error[ban-syntax-error] byte 17 of the file is NUL, which PostgreSQL does not read",
            "3:13: error[ban-syntax-error] expected a table name, found `WHERE`"
        ]
    );
}

#[test]
fn one_kind_of_damage_does_not_hide_another() {
    assert_eq!(
        findings(b"SELECT '\xff';\nSELECT \0 2;\nSELECT '\xe9\xe9', \0 3;\nSELECT FROM WHERE;"),
        [
            "1:9: error[ban-syntax-error] byte 8 of the file is not UTF-8, and neither are 2 more",
            "2:8: error[ban-syntax-error] byte 19 of the file is NUL, which PostgreSQL does not read, and so is one more",
            "4:13: error[ban-syntax-error] expected a table name, found `WHERE`"
        ]
    );
}

#[test]
fn a_byte_order_mark_has_no_column() {
    assert_eq!(findings(format!("\u{feff}{RIGHT}")), [""; 0]);
    assert_eq!(findings(format!("\u{feff}{WRONG}")), ["1:13: error[ban-syntax-error] expected a table name, found `WHERE`"]);
}

#[test]
fn every_kind_of_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["-- a", "SELECT 1;", "SELECT FROM WHERE;", "SELECT '", "';"].join(end);
        assert_eq!(findings(text), ["3:13: error[ban-syntax-error] expected a table name, found `WHERE`"], "{end:?}");
    }
}

#[test]
fn files_without_statements() {
    for text in ["", "\n", " \t\r\n", "-- only a comment", "/* only\n/* nested */ */", ";;;", "\u{feff}"] {
        assert_eq!(findings(text), [""; 0], "{text:?}");
    }
}

#[test]
fn what_is_never_closed() {
    for (text, place, message) in [
        ("SELECT 1;\nSELECT 'abc;\nSELECT FROM WHERE;\n", "2:8", "this quoted string is never closed"),
        ("SELECT 1;\n/* abc /* */\nSELECT FROM WHERE;\n", "2:1", "this comment is never closed"),
        ("SELECT 1;\nDO $a$ abc $b$;\nSELECT 2;\n", "2:4", "this dollar-quoted string is never closed"),
        ("SELECT 1;\nCREATE TABLE \"abc (\n a int);\n", "2:14", "this quoted identifier is never closed"),
    ] {
        let found = findings(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("{place}: error[ban-syntax-error] {message}")), "{found:?}");
    }
    let open = findings("SELECT 1;\nSELECT (1, (2);\nSELECT 3;\n");
    assert_eq!(open.len(), 1, "{open:?}");
}

#[test]
fn a_terminal_is_safe_from_what_stands_in_a_file() {
    let project = Project::with([("001_a.sql", "SELECT 1 FROM \"\x1b]0;x\x07\u{9b}2J\" y z;\n")]);
    for format in ["human", "concise", "json", "github"] {
        let run = project.run(&["001_a.sql", "--format", format]).found();
        assert!(run.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{format}: {:?}", run.stdout);
    }
}
