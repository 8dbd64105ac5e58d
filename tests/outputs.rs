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
#[path = "cli/rig.rs"]
#[allow(dead_code)]
mod rig;

use std::fs;
use std::path::Path;

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
