//! The picture of a terminal in the README: what the program writes there, drawn.

use std::fmt::Write;
use std::path::Path;

use super::rig::Project;

const COMMAND: &str = "migration-lint db/migrations --select ban-failing-statement,require-foreign-key-index";

/// A history with a key that lacks its index, and a column that is misspelt.
const FILES: [(&str, &str); 3] = [
    ("db/migrations/001_companies.sql", "CREATE TABLE companies (id bigint PRIMARY KEY, name text NOT NULL);\n"),
    (
        "db/migrations/002_people.sql",
        "CREATE TABLE people (\n  id bigint PRIMARY KEY,\n  company_id bigint NOT NULL REFERENCES companies (id)\n);\n",
    ),
    (
        "db/migrations/003_names.sql",
        "ALTER TABLE people ADD COLUMN name text NOT NULL DEFAULT '';\nUPDATE people SET nmae = 'unknown' WHERE id = 1;\n",
    ),
];

/// How text is shown: the attributes of a `tspan`, by the numbers of an ANSI escape.
fn style(numbers: &str) -> String {
    let attribute = |number: &str| match number {
        "1" => " font-weight=\"bold\"",
        "2" => " opacity=\"0.6\"",
        "4" => " text-decoration=\"underline\"",
        "31" => " fill=\"#f7768e\"",
        "32" => " fill=\"#9ece6a\"",
        "33" => " fill=\"#e0af68\"",
        "35" => " fill=\"#bb9af7\"",
        "36" => " fill=\"#7dcfff\"",
        other => panic!("no picture of the escape {other} has been made yet"),
    };
    numbers.split(';').filter(|number| *number != "0").map(attribute).collect()
}

/// What is seen of a piece between escapes; all but the first begin with the rest of one.
fn visible(at: usize, piece: &str) -> &str {
    if at == 0 { piece } else { piece.split_once('m').map_or(piece, |(_, text)| text) }
}

/// Text with ANSI escapes as a picture.
fn drawn(text: &str) -> String {
    const LINE: usize = 20;
    let lines: Vec<&str> = text.lines().collect();
    let shown = |line: &&str| line.split("\u{1b}[").enumerate().map(|(at, piece)| visible(at, piece).chars().count()).sum::<usize>();
    let width = lines.iter().map(shown).max().unwrap_or(0) * 9 + 40;
    let height = lines.len() * LINE + 40;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#1a1b26\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\" fill=\"#c0caf5\">\n"
    );
    for (number, line) in lines.iter().enumerate() {
        let mut pieces = line.split("\u{1b}[");
        let mut spans = vec![(String::new(), pieces.next().unwrap_or_default())];
        spans.extend(pieces.map(|piece| piece.split_once('m').map_or((String::new(), piece), |(numbers, text)| (style(numbers), text))));
        let _ = write!(out, "<text x=\"20\" y=\"{}\">", number * LINE + 34);
        for (attributes, text) in spans.iter().filter(|(_, text)| !text.is_empty()) {
            // Spaces that can't break are not drawn together, whoever draws.
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace(' ', "\u{a0}");
            let _ = write!(out, "<tspan{attributes}>{text}</tspan>");
        }
        out.push_str("</text>\n");
    }
    out + "</g>\n</svg>\n"
}

#[test]
fn the_picture_of_the_terminal_is_what_the_program_writes() {
    let arguments: Vec<&str> = COMMAND.split(' ').skip(1).chain(["--color", "always"]).collect();
    let run = Project::with(FILES).run(&arguments).found();
    let picture = drawn(&format!("$ {COMMAND}\n{}", run.stdout));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/terminal.svg");
    if std::env::var_os("MIGRATION_LINT_DRAW").is_some() {
        std::fs::write(&path, &picture).expect("a file can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("there is a picture");
    assert!(kept == picture, "draw it anew: MIGRATION_LINT_DRAW=1 cargo test --test cli picture");
}
