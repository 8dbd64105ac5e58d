//! How fast a file is read, stage by stage, in bytes a second on one core.
//!
//! ```sh
//! MIGRATION_LINT_CORPUS=path/to/migrations cargo bench --bench parse
//! ```
//!
//! Without a corpus the statements of the parser's oracle are read. The same text is also read four and sixteen times over: each stage must
//! take time in proportion.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use migration_lint::syntax::Script;
use migration_lint::syntax::lexer::{Mode, lex};
use migration_lint::text::{LineIndex, Span};

/// About as much text as one run of a bench reads.
const MEGABYTES: usize = 4;

static CORPUS: LazyLock<String> = LazyLock::new(|| {
    let root = std::env::var_os("MIGRATION_LINT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/statements"), PathBuf::from);
    let mut text = String::new();
    collect(&root, &mut text);
    assert!(!text.is_empty(), "no .sql files in {}", root.display());
    text.repeat((MEGABYTES << 20).div_ceil(text.len()).max(1))
});

/// The texts of all SQL files below `folder`, each ended by a semicolon so that no file runs into the next.
fn collect(folder: &Path, text: &mut String) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "sql")
            && let Ok(sql) = fs::read_to_string(&path)
        {
            text.push_str(&sql);
            text.push_str("\n;\n");
        }
    }
}

fn all(text: &str) -> Span {
    Span::new(0, u32::try_from(text.len()).expect("less than 4 GiB"))
}

fn main() {
    divan::main();
}

#[divan::bench]
fn lines(bencher: Bencher) {
    let text = CORPUS.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| LineIndex::new(text));
}

#[divan::bench]
fn lexing(bencher: Bencher) {
    let text = CORPUS.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| lex(text, all(text), Mode::Script));
}

#[divan::bench]
fn lexing_splitting_parsing(bencher: Bencher) {
    let text = CORPUS.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| Script::parse(text, all(text)));
}

#[divan::bench(args = [1, 4, 16])]
fn linear(bencher: Bencher, times: usize) {
    let text = CORPUS.repeat(times);
    bencher.counter(BytesCount::of_str(&text)).bench(|| Script::parse(&text, all(&text)));
}
