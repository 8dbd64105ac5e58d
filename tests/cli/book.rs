//! The documentation in `docs/`: it is built by mdBook, its links lead somewhere, and everything that it shows is tried.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use migration_lint::migration::layout::LAYOUTS;
use migration_lint::rules::RULES;
use regex::Regex;

use super::rig::{Project, path_with_program};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// The pages: what they are called, and their texts.
fn pages() -> Vec<(String, String)> {
    let entries = fs::read_dir(docs().join("src")).expect("there is a book").map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    pages.sort();
    let named = |path: &PathBuf| path.file_name().expect("a file").to_string_lossy().into_owned();
    pages.iter().map(|path| (named(path), fs::read_to_string(path).expect("text"))).collect()
}

/// The blocks of a page in `language`.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let open = format!("\n```{language}\n");
    page.split(open.as_str()).skip(1).map(|rest| rest.split("\n```").next().unwrap_or(rest)).collect()
}

/// A house with a past.
fn house() -> Project {
    let project = Project::with([
        (
            "global-config.yaml",
            "barton_doctrine: {enabled: true}\ndatabase: {migrations: {directory: db/migrations, naming_convention: NNN_description.sql}}\n",
        ),
        ("db/migrations/001_a.sql", "CREATE TABLE a (id int);\n"),
        ("db/migrations/2025-11-06-b.sql", "CREATE TABLE b (a_id int REFERENCES a);\n"),
        (".squawk.toml", blocks(include_str!("../../docs/src/moving.md"), "toml")[0]),
    ]);
    project.commit();
    project
}

#[test]
#[cfg(unix)]
fn every_command_that_it_shows_works() {
    let mut tried = 0;
    for (name, text) in pages() {
        let project = house();
        for line in blocks(&text, "sh")
            .into_iter()
            .flat_map(str::lines)
            .filter(|line| line.starts_with("migration-lint") || line.starts_with("git "))
        {
            let output = Command::new("sh").args(["-c", line]).current_dir(project.path("")).env("PATH", path_with_program()).output();
            let output = output.expect("there is a shell");
            // What is found is no mistake of the command.
            assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {line}: {output:?}");
            tried += 1;
        }
    }
    assert!(tried >= 30, "{tried}");
}

#[test]
fn every_configuration_that_it_shows_is_sound() {
    let mut tried = 0;
    for (name, text) in pages() {
        for yaml in blocks(&text, "yaml").into_iter().filter(|yaml| yaml.contains("migration_lint:")) {
            let project = house();
            project.write("shown.yaml", yaml);
            let run = project.run(&["db/migrations", "--config", "shown.yaml", "--fail-on", "never", "--quiet"]);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}: {run:?}");
            tried += 1;
        }
    }
    assert!(tried >= 2, "{tried}");
}

#[test]
fn the_suppression_that_it_shows_is_well_written() {
    let sql = blocks(include_str!("../../docs/src/configuration.md"), "sql")[0];
    let project = Project::with([("db/001_a.sql", sql)]);
    project.run(&["db", "--select", "suppression,require-idempotency", "--fail-on", "info"]).clean();
}

#[test]
fn the_settings_of_squawk_that_it_shows_are_carried_over() {
    let project = house();
    let run = project.run(&["init", "--from", ".squawk.toml"]).clean();
    assert!(!run.stdout.contains("not carried over"), "{run:?}");
    let text = fs::read_to_string(project.path("global-config.yaml")).expect("it is there");
    assert!(text.contains("target_postgres: 16\n") && text.contains("- \"db/seeds/**/*\"\n"), "{text}");
}

#[test]
fn of_the_example_beside_others_it_says_what_is_told() {
    let page = include_str!("../../docs/src/comparison.md");
    let project = Project::with([("migration-lint.yaml", "")]);
    for file in blocks(page, "sql")[0].split("-- 0").skip(1) {
        let (name, text) = file.split_once('\n').expect("a name, and what is in it");
        project.write(&format!("migrations/0{name}"), text);
    }
    let run = project.run(&["migrations", "--format", "concise"]);
    assert_eq!((run.status, run.stdout.trim_end()), (1, blocks(page, "text")[0]), "{run:?}");
}

#[test]
fn every_layout_is_told_of() {
    let page = include_str!("../../docs/src/layouts.md");
    let told: BTreeSet<&str> = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()).collect();
    for layout in LAYOUTS {
        assert!(told.contains(layout.name()), "{}", layout.name());
    }
}

/// The book as a browser gets it.
fn built() -> tempfile::TempDir {
    let python = std::env::var("MIGRATION_LINT_PYTHON").unwrap_or_else(|_| {
        panic!("MIGRATION_LINT_PYTHON names no Python with mdBook beside it: `tests/run` finds or installs one and runs every test")
    });
    let programs = Path::new(&python).parent().expect("a program lies in a folder");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = format!("{}:{}", programs.display(), path_with_program());
    let mut mdbook = Command::new(programs.join("mdbook"));
    let output = mdbook.arg("build").arg(docs()).arg("-d").arg(folder.path()).env("PATH", path).output().expect("mdBook runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("WARN") && !said.contains("ERROR"), "{said}");
    folder
}

fn html(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            html(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            found.push(path);
        }
    }
}

#[test]
fn it_is_a_book_whose_links_lead_somewhere() {
    let book = built();
    for rule in RULES {
        let id = rule.meta().id;
        let page = fs::read_to_string(book.path().join(format!("rules/{id}.html"))).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert!(page.contains("What it checks"), "{id}");
    }
    let links = Regex::new(r##"(?:href|src)="([^"#:]+)(?:#[^"]*)?""##).expect("a constant pattern");
    let (mut pages, mut broken) = (Vec::new(), Vec::new());
    html(book.path(), &mut pages);
    for page in pages.iter().filter(|page| !page.ends_with("404.html") && !page.ends_with("print.html")) {
        let text = fs::read_to_string(page).expect("text");
        assert!(!text.contains("{{#"), "{}: a mark is not filled in", page.display());
        let folder = page.parent().expect("it lies in a folder");
        let leads_nowhere = |link: &&str| !folder.join(link).exists();
        broken.extend(
            links
                .captures_iter(&text)
                .filter_map(|link| link.get(1))
                .map(|link| link.as_str())
                .filter(leads_nowhere)
                .map(|link| format!("{}: {link}", page.strip_prefix(book.path()).expect("it is below").display())),
        );
    }
    assert!(pages.len() > RULES.len() && broken.is_empty(), "{}", broken.join("\n"));
    // What has a counterpart is found by its alias, and what has none says so.
    let moving = fs::read_to_string(book.path().join("moving.html")).expect("text");
    for rule in ["ban-char", "prefer-text", "prefer-timestamptz", "require-qualified-name"] {
        assert!(moving.contains(&format!("rules/{rule}.html")), "{rule}");
    }
}
