//! Holds the shape of `src/`: floors import downwards only, third-party crates stay on their floors, files are small and say what they are.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. Those on one line are neighbours that don't know each other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["diagnostic"],
    &["syntax"],
    &["postgres"],
    &["migration"],
    &["catalog"],
    &["config"],
    &["rules"],
    &["engine"],
    &["report"],
    &["cli", "lsp"],
];

/// Third-party crates and the only folders that may name them.
const CRATES: &[(&str, &[&str])] = &[
    ("imbl", &["catalog"]),
    ("memchr", &["syntax", "engine"]),
    ("mimalloc", &["main.rs"]),
    ("regex", &["catalog/evaluate/function/pattern.rs", "config", "engine", "rules"]),
    ("regex_automata", &["rules/id_pattern.rs"]),
    ("strsim", &["config", "migration/mistyped.rs"]),
    ("serde_saphyr", &["config"]),
    ("globset", &["config", "rules/tables.rs", "engine", "cli"]),
    ("ignore", &["engine"]),
    ("jiff", &["migration/numbering.rs", "rules/doctrine/require_header/mod.rs", "cli/args.rs", "engine/clock.rs"]),
    ("rayon", &["engine", "cli"]),
    ("fnv", &["catalog", "engine", "postgres"]),
    ("pathdiff", &["engine"]),
    ("percent_encoding", &["lsp", "report"]),
    ("pulldown_cmark", &["rules/readme.rs"]),
    ("quick_xml", &["report"]),
    ("tempfile", &["engine"]),
    ("similar", &["report"]),
    ("miette", &["report", "cli"]),
    ("comfy_table", &["report", "cli"]),
    ("serde_json", &["rules/schema_map", "engine/baseline.rs", "report", "lsp"]),
    ("postcard", &["catalog/image.rs", "engine/cache.rs"]),
    (
        "serde",
        &[
            "text/span.rs",
            "syntax/tree",
            "catalog",
            "rules/creations/mod.rs",
            "rules/schema_map",
            "report",
            "config",
            "engine/baseline.rs",
            "engine/cache.rs",
            "lsp",
        ],
    ),
    ("lsp_server", &["lsp"]),
    ("lsp_types", &["lsp"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("toml", &["cli/squawk.rs"]),
    ("supports_color", &["cli"]),
    ("supports_unicode", &["cli"]),
    ("terminal_size", &["cli"]),
    ("textwrap", &["report"]),
];

const MAX_LINES: usize = 600;
const BANNED_NAMES: &[&str] = &["utils", "helpers", "common", "shared", "misc", "lib"];

struct Source {
    /// Relative to `src`, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The folder or file right below `src`.
    fn floor(&self) -> &str {
        let top = self.path.split('/').next().unwrap_or(&self.path);
        top.trim_end_matches(".rs")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
            Source { path, text: fs::read_to_string(&file).expect("a source file is text") }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry that can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|names| names.contains(&floor))
}

/// The floors that a file names after `crate::`, with the line; also inside `use crate::{…}`.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let names = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or(group).split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            found.extend(names.into_iter().map(|name| {
                let floor: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                (number + 1, floor)
            }));
        }
    }
    found
}

#[test]
fn a_floor_imports_only_floors_below_it() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.path.as_str(), "lib.rs" | "main.rs")) {
        let own = height(source.floor()).unwrap_or_else(|| panic!("src/{} is on no floor", source.path));
        for (line, floor) in imports(source) {
            let other = height(&floor).unwrap_or_else(|| panic!("src/{}:{line} imports `{floor}`, which is no floor", source.path));
            if other > own || (other == own && floor != source.floor()) {
                wrong.push(format!("src/{}:{line} imports `{floor}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "imports upward:\n{}", wrong.join("\n"));
}

#[test]
fn third_party_crates_stay_on_their_floors() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, places) in CRATES {
            let named = source.text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("{name}::")) && !line.contains(&format!("_{name}::"))
                        || line.starts_with(&format!("use {name}")))
            });
            if named && !places.iter().any(|place| source.path.starts_with(place)) {
                wrong.push(format!("src/{} names the crate `{name}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_a_floor() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).expect("a dependencies section");
    let names = section
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.replace('-', "_"));
    let missing: Vec<String> = names.filter(|name| !CRATES.iter().any(|(known, _)| known == name)).collect();
    assert!(missing.is_empty(), "no floor is given for {missing:?}");
}

#[test]
fn every_file_says_what_it_is_and_is_small() {
    let mut wrong = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            wrong.push(format!("src/{} has no module doc", source.path));
        }
        let lines = source.text.lines().count();
        if lines > MAX_LINES {
            wrong.push(format!("src/{} has {lines} lines", source.path));
        }
        let banned = source.path.split('/').any(|part| part.ends_with(".rs").then_some(()).is_none() && BANNED_NAMES.contains(&part));
        if banned {
            wrong.push(format!("src/{} lies in a folder whose name says nothing", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
