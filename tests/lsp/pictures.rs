//! The pictures of Neovim in the documentation: findings, a hover, and what a fix makes of the text, drawn from the cells of its screen.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::neovim::{neovim, settings};
use crate::project::Project;

/// What Neovim is told to do: it leaves the cells of each picture in a file.
const SCRIPT: &str = include_str!("pictures.lua");

/// A history with a key that lacks its index, and a column that is misspelt.
const FILES: [(&str, &str); 3] = [
    (
        "migration-lint.yaml",
        "database: {migrations: {directory: db/migrations}}\n\
         migration_lint: {rules: {doctrine: 'off', schema: 'off', safety: 'off', style: 'off', require-foreign-key-index: error}}\n",
    ),
    ("db/migrations/001_companies.sql", "CREATE TABLE companies (id bigint PRIMARY KEY, name text NOT NULL);\n"),
    (
        "db/migrations/002_people.sql",
        "CREATE TABLE people (\n  id bigint PRIMARY KEY,\n  company_id bigint NOT NULL REFERENCES companies (id)\n);\n\
         UPDATE people SET nmae = 'unknown' WHERE id = 1;\n",
    ),
];

const GROUND: u64 = 0x1a_1b_26;
const INK: u64 = 0xc0_ca_f5;
/// The width and height of a cell.
const CELL: (usize, usize) = (9, 20);

/// A picture of rows of cells, each a text and how it is shown; what is blank to the right and below is left out.
fn drawn(rows: &[Vec<Value>]) -> String {
    let is_blank = |cell: &Value| text(cell) == " " && color(cell, "background", GROUND) == GROUND;
    let length = |row: &Vec<Value>| row.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1);
    let height = rows.iter().rposition(|row| length(row) > 0).map_or(0, |last| last + 1);
    let width = rows.iter().map(length).max().unwrap_or(0);
    let (pixels, lines) = (width * CELL.0 + 40, height * CELL.1 + 40);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {pixels} {lines}\" width=\"{pixels}\" height=\"{lines}\">\n\
         <rect width=\"{pixels}\" height=\"{lines}\" rx=\"8\" fill=\"#{GROUND:06x}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\" fill=\"#{INK:06x}\" xml:space=\"preserve\">\n"
    );
    for (number, row) in rows[..height].iter().enumerate() {
        let mut at = 0;
        while at < length(row) {
            let run = row[at..length(row)].iter().take_while(|cell| cell[1] == row[at][1]).count();
            draw(&mut out, number, at, &row[at..at + run]);
            at += run;
        }
    }
    out + "</g>\n</svg>\n"
}

/// Cells that are shown alike.
fn draw(out: &mut String, row: usize, column: usize, cells: &[Value]) {
    let (x, y) = (20 + column * CELL.0, 20 + row * CELL.1);
    let (ink, ground) = (color(&cells[0], "foreground", INK), color(&cells[0], "background", GROUND));
    let width = cells.len() * CELL.0;
    if ground != GROUND {
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"#{ground:06x}\"/>", CELL.1);
    }
    let shown: String = cells.iter().map(text).collect();
    if shown.trim().is_empty() {
        return;
    }
    let is = |name: &str| cells[0][1][name] == true;
    let bold = if is("bold") { " font-weight=\"bold\"" } else { "" };
    let shown = shown.replace('&', "&amp;").replace('<', "&lt;").replace(' ', "\u{a0}");
    let _ = writeln!(out, "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" fill=\"#{ink:06x}\"{bold}>{shown}</text>", y + 14);
    if is("underline") {
        let line = color(&cells[0], "special", ink);
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"1\" fill=\"#{line:06x}\"/>", y + 17);
    }
}

fn text(cell: &Value) -> &str {
    cell[0].as_str().unwrap_or(" ")
}

fn color(cell: &Value, name: &str, other: u64) -> u64 {
    cell[1][name].as_u64().unwrap_or(other)
}

#[test]
fn the_pictures_of_neovim_are_what_it_shows() {
    let settings = settings();
    let project =
        Project::with(FILES.into_iter().chain([("init.lua", settings.as_str()), ("script.lua", SCRIPT)]).collect::<BTreeMap<_, _>>());
    let output = neovim(&project, "db/migrations/002_people.sql");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    for (name, shows) in [
        (
            "neovim-findings",
            ["■ foreign key `company_id` of `people` has no index", "■ this fails: column \"nmae\" of relation \"people\" does not exist"],
        ),
        ("neovim-hover", ["CREATE TABLE public.companies (", "made by `001_companies`, line 1"]),
        ("neovim-fixed", ["CREATE INDEX IF NOT EXISTS people_company_id_idx ON people (company_id);", "UPDATE people SET nmae"]),
    ] {
        let cells = fs::read_to_string(project.path(&format!("{name}.json"))).expect("Neovim has left its cells");
        let rows: Vec<Vec<Value>> = serde_json::from_str(&cells).expect("they are JSON");
        // Newer ones hide the marks of code.
        let lines: Vec<String> = rows.iter().map(|row| row.iter().map(text).collect::<String>().replace('`', "")).collect();
        for text in shows {
            assert!(lines.iter().any(|line| line.contains(&text.replace('`', ""))), "{name} shows `{text}`: {lines:#?}");
        }
        // Each Neovim has its own way of showing things: the pictures are of the one that Debian 12 has.
        if !crate::neovim::version().starts_with("NVIM v0.7.") {
            continue;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/src/{name}.svg"));
        let picture = drawn(&rows);
        if std::env::var_os("MIGRATION_LINT_DRAW").is_some() {
            fs::write(&path, &picture).expect("a file can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == picture, "draw it anew: MIGRATION_LINT_DRAW=1 tests/run --test lsp pictures");
    }
}
