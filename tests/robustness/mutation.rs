//! Texts to try: anything at all, words of SQL in any order, and statements of ours with something changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;

/// Pieces that mean something to the lexer, the splitter, the grammar or the layouts.
const PIECES: &[&str] = &[
    "SELECT",
    "FROM",
    "WHERE",
    "CREATE",
    "TABLE",
    "ALTER",
    "DROP",
    "INSERT INTO",
    "VALUES",
    "UPDATE",
    "SET",
    "DELETE",
    "IF NOT EXISTS",
    "FUNCTION",
    "RETURNS",
    "LANGUAGE plpgsql AS",
    "LANGUAGE sql",
    "BEGIN",
    "BEGIN ATOMIC",
    "END",
    "COMMIT",
    "DO",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "DECLARE",
    "EXCEPTION",
    "LOOP",
    "RETURN",
    "COPY t FROM stdin;\n",
    "\\.\n",
    "\\gexec\n",
    "\\i x\n",
    "t",
    "a",
    "\"q\"",
    "\"",
    "'s'",
    "'",
    "''",
    "E'\\'",
    "U&'\\0061'",
    "U&\"\\\"",
    "B'01'",
    "X'1F'",
    "$$",
    "$a$",
    "$1",
    "1",
    "1.5",
    "1e",
    "0x1F",
    "1_000",
    ".5",
    "..",
    ".",
    ",",
    ";",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "${a}",
    "${",
    ":a",
    ":'a'",
    "::",
    ":=",
    "=>",
    "=",
    "<>",
    "@-",
    "*/",
    "/*",
    "--",
    "-- x\n",
    "/* x */",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\u{feff}",
    "é",
    "漢",
    "𝄞",
    "\0",
    "\u{1b}[2J",
    "-- migration-lint: allow(ban-syntax-error): x\n",
    "-- migration-lint: allow(",
    "-- UP MIGRATION\n",
    "-- DOWN MIGRATION\n",
    "-- DROP TABLE t;\n",
    "-- ROLLBACK\n",
    "-- Migration: 001_a\n",
    "-- Created: 2026-11-22\n",
    "-- Schemas: a, b\n",
    "-- +goose Up\n",
    "-- +goose Down\n",
    "-- migrate:up\n",
    "-- migrate:down\n",
    "int",
    "text",
    "PRIMARY KEY",
    "REFERENCES",
    "CHECK",
    "DEFAULT",
    "NOT NULL",
    "CONSTRAINT",
    "INDEX",
    "ON",
    "USING",
];

/// Anything at all.
pub fn anything() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..200).prop_map(String::from_iter)
}

/// Words of SQL, and what stands between words, in any order.
pub fn soup() -> impl Strategy<Value = String> {
    let glue = select(&["", " ", " ", " ", "\n"][..]);
    prop::collection::vec((select(PIECES), glue), 0..80)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, glue)| [piece, glue]).collect())
}

/// A file of `files` with some changes.
pub fn mutated(files: &'static [String]) -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..7u8, select(PIECES));
    (select(files), prop::collection::vec(change, 1..4)).prop_map(|(text, changes)| {
        let mut text = text;
        for (from, to, what, piece) in changes {
            change_at(&mut text, &from, &to, what, piece);
        }
        text
    })
}

fn change_at(text: &mut String, from: &prop::sample::Index, to: &prop::sample::Index, what: u8, piece: &str) {
    let at = |index: &prop::sample::Index| {
        let mut at = index.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (one, other) = (at(from), at(to));
    let (start, end) = (one.min(other), one.max(other));
    // Mostly small pieces, so that most of the text stays what it was.
    let near = (start + (end - start).min(12)..=end).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
    match what {
        0 => text.replace_range(start..near, ""),
        1 => text.replace_range(start..near, piece),
        2 => text.insert_str(start, piece),
        3 => text.insert_str(start, &format!(" {piece} ")),
        4 => text.truncate(start),
        5 => text.insert_str(start, &text[start..near].repeat(3)),
        _ => {
            let moved = text[start..near].to_owned();
            text.push_str(&moved);
        }
    }
}

/// Statements of ours, one theme a file, cut into pieces of a few statements.
pub static STATEMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let texts = read("tests/oracle/statements");
    texts.iter().flat_map(|text| text.split("\n\n").filter(|piece| piece.len() < 4_000).map(str::to_owned).collect::<Vec<_>>()).collect()
});

/// The migrations of the house.
pub static MIGRATIONS: LazyLock<Vec<String>> = LazyLock::new(|| read("ctb/data/migrations"));

fn read(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("a folder of this repository");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    assert!(texts.len() > 5);
    texts
}
