//! Holds every rule to its page (`rules/<rule>.md`) and to its cases (`tests/cases/<rule>`): each example is linted and gives exactly what
//! stands on its lines.

#[path = "pages/cases.rs"]
mod cases;
#[path = "pages/example.rs"]
mod example;
#[path = "pages/fixes.rs"]
mod fixes;
#[path = "pages/page.rs"]
mod page;
#[path = "pages/registry.rs"]
mod registry;

use std::fs;
use std::path::{Path, PathBuf};

use migration_lint::rules::RULES;

use example::{Blocks, Expect};
use page::Page;

/// The folder of this repository.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The configuration of this repository, which examples are linted with.
fn house() -> String {
    fs::read_to_string(repository().join("global-config.yaml")).expect("the repository has a configuration")
}

/// Every page, in the order of the registry.
fn pages() -> impl Iterator<Item = Page> {
    RULES.iter().map(|rule| Page::read(rule.meta()))
}

/// What is in a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry that can be read").path()).collect();
    paths.sort();
    paths
}

fn fail_on(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_example_gives_what_its_page_says() {
    let mut problems = Vec::new();
    for page in pages() {
        for history in page.histories() {
            problems.extend(history.check(page.meta).into_iter().map(|problem| format!("rules/{}.md:{problem}", page.meta.id)));
        }
    }
    fail_on(&problems);
}

#[test]
fn every_page_shows_what_is_bad_and_what_is_good() {
    let mut problems = Vec::new();
    for page in pages() {
        let blocks: Vec<_> = page.histories().into_iter().flat_map(Blocks::into_files).collect();
        if !blocks.iter().any(|block| block.expect == Expect::Marked && !block.marks.is_empty()) {
            problems.push(format!("rules/{}.md has no bad example with a mark", page.meta.id));
        }
        if !blocks.iter().any(|block| block.expect == Expect::Nothing) {
            problems.push(format!("rules/{}.md has no good example", page.meta.id));
        }
    }
    fail_on(&problems);
}
