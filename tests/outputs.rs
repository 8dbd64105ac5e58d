//! Every format, from one fixed set of files.
//!
//! What people read is held against `tests/outputs/*.txt`, which `UPDATE_SNAPSHOTS=1 cargo test --test outputs` writes anew; read the
//! difference before you commit it. Facts are asserted in words: they can't be blessed by accepting a snapshot.

#[path = "outputs/document.rs"]
mod document;
#[path = "outputs/files.rs"]
mod files;
#[path = "outputs/lines.rs"]
mod lines;
#[path = "outputs/markdown.rs"]
mod markdown;
#[path = "outputs/review.rs"]
mod review;
#[path = "cli/rig.rs"]
#[allow(dead_code)]
mod rig;
#[path = "outputs/sarif.rs"]
mod sarif;
#[path = "outputs/services.rs"]
mod services;

use std::fs;
use std::path::Path;

use migration_lint::config::Config;
use migration_lint::engine::{self, Choice, Job, Limits, Start, Tree};
use migration_lint::report::{self, Destination, Format, Style};
use migration_lint::rules;
use migration_lint::text::SourceFile;

use rig::Project;

/// Runs the program over the files: standard output.
fn report(arguments: &[&str]) -> String {
    let arguments: Vec<&str> = ["db"].iter().chain(arguments).copied().collect();
    Project::with(files::ALL).run(&arguments).found().stdout
}

#[track_caller]
fn hold(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outputs").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&file, text).expect("a snapshot can be written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(text, expected, "tests/outputs/{name} says otherwise; UPDATE_SNAPSHOTS=1 writes it anew");
}

#[test]
fn for_people() {
    hold("human.txt", &report(&[]));
}

#[test]
fn for_people_with_a_narrow_terminal() {
    let narrow = report_of_width(50);
    hold("human_narrow.txt", &narrow);
    // Code is cut at the width, and words are wrapped at it. A path is as long as it is, and a terminal wraps the summary.
    let (findings, _) = narrow.split_once("8 migration files").expect("a summary");
    let has_path = |line: &str| line.contains("╭─[") || line.starts_with("  see ");
    let over: Vec<&str> = findings.lines().filter(|line| line.chars().count() > 50 && !has_path(line)).collect();
    assert_eq!(over, [""; 0]);
    assert_eq!(report_of_width(100), report(&[]), "the width changes nothing else");
}

/// The report for people, as a terminal of `width` columns gets it. No test has a terminal, so the program's floors are asked.
fn report_of_width(width: usize) -> String {
    let project = Project::with(files::ALL);
    let root = project.path("");
    let source = SourceFile::new("migration-lint.yaml", files::ALL[0].1);
    let (config, errors) = Config::parse(&source, &rules::known_names());
    assert_eq!((files::ALL[0].0, errors), ("migration-lint.yaml", Vec::new()));
    let (choice, paths) = (Choice::default(), ["db".into()]);
    let start = Start::default();
    let job = Job {
        tree: Tree::Disk,
        directory: &root,
        root: &root,
        config: &config,
        choice: &choice,
        paths: &paths,
        stdin: None,
        start: &start,
        limits: Limits::default(),
        now: None,
        cache: None,
    };
    let outcome = engine::run(job);
    let mut out = Vec::new();
    let style = Style { color: false, unicode: true, width, summary: true };
    let destination = Destination { style, directory: "", fails: None, files: None };
    report::write(&mut out, &outcome, Format::Human, &destination).expect("memory can be written");
    String::from_utf8(out).expect("a report is text")
}

#[test]
fn for_people_in_colour() {
    let colored = report(&["--color", "always"]);
    hold("human_in_colour.txt", &colored.replace('\x1b', "␛"));
    let mut plain = String::new();
    for (at, piece) in colored.split("\x1b[").enumerate() {
        plain.push_str(if at == 0 { piece } else { piece.split_once('m').expect("an escape for colours ends in m").1 });
    }
    assert_eq!(plain, report(&[]), "colours change nothing else");
}

#[test]
fn for_people_who_count() {
    hold("statistics.txt", &report(&["--statistics"]));
}
