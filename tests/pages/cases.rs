//! Cases: `tests/cases/<rule>/NAME.sql`, one migration with its marks; the rule finds what is marked and nothing else.
//!
//! * A first line `-- case: FILE` says where the file lies (a name in `ctb/data/migrations`, or a path where it holds a `/`); without it the
//!   case's name is the file's. `-- case: FILE, isolated` lints it without a configuration. A later line `-- case: FILE` begins one more file,
//!   and all of them are linted together.
//! * `NAME.yaml` beside it is its configuration, in the place of the repository's.
//! * A folder `tests/cases/<rule>/NAME` is a whole project: every `.sql` file in it lies at its path, its `global-config.yaml` is the
//!   configuration (an empty one for a team without), and the files are linted together.

use std::fs;
use std::path::{Path, PathBuf};

use migration_lint::rules::{self, Meta};

use super::example::{Blocks, Example, Expect};
use super::{entries, fail_on, house, repository};

#[test]
fn every_case_gives_what_it_says() {
    let mut problems = Vec::new();
    for case in cases() {
        match case.rule {
            Some(rule) => problems.extend(case.files.check(rule).into_iter().map(|problem| format!("{}:{problem}", case.name))),
            None => problems.push(format!("{} is named after no rule", case.name)),
        }
    }
    fail_on(&problems);
}

/// The files of a case.
pub struct Case {
    /// The rule whose folder it lies in.
    pub rule: Option<&'static Meta>,
    /// From the repository's folder.
    pub name: String,
    pub files: Blocks,
}

/// Every case there is.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for folder in entries(&repository().join("tests/cases")) {
        let group = name_of(&folder);
        let rule = rules::find(&group).map(|rule| rule.meta()).filter(|rule| rule.id == group);
        for path in entries(&folder) {
            let files = match path.extension() {
                _ if path.is_dir() => project(&path),
                Some(extension) if extension == "sql" => single(&path),
                _ => continue,
            };
            cases.push(Case { rule, name: format!("tests/cases/{group}/{}", name_of(&path)), files });
        }
    }
    cases
}

fn single(path: &Path) -> Blocks {
    let text = read(path);
    let config = path.with_extension("yaml");
    let mut config = Some(if config.exists() { read(&config) } else { house() });
    let mut files = vec![(name_of(path), 1, String::new())];
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let Some(first) = line.strip_prefix("-- case: ") else {
            files.last_mut().expect("there is one from the start").2.push_str(line);
            continue;
        };
        let (name, isolated) = match first.split_once(',') {
            Some((name, word)) => (name, word.trim() == "isolated"),
            None => (first, false),
        };
        config = config.filter(|_| !isolated);
        if number == 0 {
            files.clear();
        }
        files.push((name.trim().to_owned(), number + 2, String::new()));
    }
    let mut case = Blocks::new(config);
    for (file, begins, body) in files {
        case.push(Example::new(&file, &body, begins, Expect::Marked));
    }
    case
}

fn project(folder: &Path) -> Blocks {
    let config = folder.join("global-config.yaml");
    let mut case = Blocks::new(Some(if config.exists() { read(&config) } else { house() }));
    let mut files = Vec::new();
    collect(folder, &mut files);
    for file in files {
        let path = file.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
        case.push(Example::new(&path, &read(&file), 1, Expect::Marked));
    }
    case
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            files.push(path);
        }
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
