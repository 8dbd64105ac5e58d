//! Any directory of SQL files: `MIGRATION_LINT_CORPUS=DIR cargo test --test oracle corpus`.
//!
//! PostgreSQL is asked there and then, and the figures of each folder of the directory are held against the floors.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::difference::{self, Difference, Ratio, Sort, Tally};
use super::{ours, recorder, theirs};

/// PostgreSQL's regression suite, which tries the grammar's every corner.
const SUITE: &str = "postgres_regress";

/// How many differences of a sort are shown for one folder.
const SHOWN: usize = 40;

#[test]
fn corpus() {
    let Some(directory) = env::var_os("MIGRATION_LINT_CORPUS").map(PathBuf::from) else {
        return;
    };
    let record = tempfile::NamedTempFile::new().expect("a temporary file");
    let python = env::var("MIGRATION_LINT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let status = recorder::command(&python).arg(&directory).arg("--output").arg(record.path()).status().expect("Python starts");
    assert!(status.success(), "record.py failed");

    let record = theirs::read(record.path());
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for path in sql_files(&directory) {
        let file = path.strip_prefix(&directory).expect("below the directory").to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&path).expect("a file that can be read");
        let theirs = record.get(&file).map_or(&[][..], Vec::as_slice);
        let (tally, differences) = difference::compare(&file, &bytes, &ours::statements(&bytes), theirs);
        let folder = folders.entry(first_part(&file).to_owned()).or_default();
        folder.files += 1;
        folder.tally += tally;
        folder.differences.extend(differences);
    }
    let mut out = io::stdout();
    folders.values().for_each(|folder| folder.show_differences(&mut out).expect("standard output"));
    show_table(&mut out, &folders).expect("standard output");
    let missed: Vec<String> = folders.iter().flat_map(|(name, folder)| missed_floors(name, &folder.tally)).collect();
    assert!(missed.is_empty(), "below the floor:\n{}", missed.join("\n"));
}

#[derive(Default)]
struct Folder {
    files: usize,
    tally: Tally,
    differences: Vec<Difference>,
}

impl Folder {
    fn show_differences(&self, out: &mut impl Write) -> io::Result<()> {
        for sort in [Sort::Split, Sort::Accepted, Sort::Rejected, Sort::Kind, Sort::Facts] {
            for difference in self.differences.iter().filter(|difference| difference.sort == sort).take(SHOWN) {
                writeln!(out, "{difference}")?;
            }
        }
        Ok(())
    }
}

/// Every `*.sql` file below a directory, in order; links are not followed.
fn sql_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let entry = entry.expect("an entry that can be read");
            let path = entry.path();
            if entry.file_type().expect("a file type").is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "sql") && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn first_part(file: &str) -> &str {
    file.split('/').next().unwrap_or(file)
}

fn show_table(out: &mut impl Write, folders: &BTreeMap<String, Folder>) -> io::Result<()> {
    writeln!(
        out,
        "| folder | files | statements | split the same | accepted by both | rejected by both | same facts (DDL) | same facts (rest) | left out |"
    )?;
    writeln!(out, "| --- | --: | --: | --: | --: | --: | --: | --: | --: |")?;
    let mut total = Folder::default();
    for (name, folder) in folders {
        show_row(out, name, folder)?;
        total.files += folder.files;
        total.tally += folder.tally;
    }
    show_row(out, "all", &total)
}

fn show_row(out: &mut impl Write, name: &str, folder: &Folder) -> io::Result<()> {
    let Tally { split, accepted, rejected, ddl, others, left_out } = folder.tally;
    let [split_share, accepted, rejected, ddl, others] = [split, accepted, rejected, ddl, others].map(share);
    writeln!(out, "| {name} | {} | {} | {split_share} | {accepted} | {rejected} | {ddl} | {others} | {left_out} |", folder.files, split.all)
}

/// `all 2000`, or `all but 1 of 2000 (99.9%)`, never rounded up.
fn share(ratio: Ratio) -> String {
    let Ratio { same, all } = ratio;
    match all {
        0 => "–".to_owned(),
        _ if same == all => format!("all {all}"),
        _ => format!("all but {} of {all} ({:.1}%)", all - same, (ratio.share() * 1000.0).floor() / 10.0),
    }
}

fn missed_floors(name: &str, tally: &Tally) -> Vec<String> {
    let accepted = if name == SUITE { 0.995 } else { 0.999 };
    let floors = [
        ("statements split the same", tally.split, 1.0),
        ("accepted by both", tally.accepted, accepted),
        ("rejected by both", tally.rejected, 0.95),
        ("the same facts for DDL", tally.ddl, 0.999),
    ];
    let missed = floors.into_iter().filter(|(_, ratio, floor)| ratio.share() < *floor);
    missed.map(|(what, ratio, floor)| format!("{name}: {what}: {}, but {:.1}% are the floor", share(ratio), floor * 100.0)).collect()
}
