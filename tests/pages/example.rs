//! Files with marks, and linting them: after each line with a finding stands `-- error: a part of the message` (or `warning`, `info`).
//!
//! The marks are taken off before the files are linted. What is checked is the rule, the line, the severity and the part of the message,
//! and that there is no finding without a mark and no mark without a finding. Everything goes through the engine that the command line has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use migration_lint::catalog::Knowledge;
use migration_lint::config::Config;
use migration_lint::diagnostic::Applicability;
use migration_lint::engine::{Choice, FileText, Finding, Mending, Note, Outcome, Settings, Start, Workspace};
use migration_lint::rules::{Document, Group, Meta, known_names};
use migration_lint::text::SourceFile;
use regex::Regex;

/// Where a file lies whose name has no folder.
const DIRECTORY: &str = "ctb/data/migrations";

/// What an example says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// The rule finds what is marked, and nothing else.
    Marked,
    /// No rule of the house finds anything.
    Nothing,
}

/// One file of an example.
#[derive(Debug)]
pub struct Example {
    /// From the working directory.
    pub path: String,
    /// Without the marks.
    pub text: String,
    pub marks: Vec<Mark>,
    pub expect: Expect,
    /// What the rule's fixes make of it, if the page says so.
    pub fixed: Option<String>,
    /// The line on which it begins in the file that holds it, from 1.
    begins: usize,
}

/// A finding that must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// From 1, in the example.
    line: usize,
    severity: String,
    message: String,
}

static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\s*(?:<!--|--|#) (error|warning|info): ").expect("the pattern is constant"));

impl Example {
    /// The file called `file` with the marks of `text`, which begins on line `begins` of the file that holds it.
    pub fn new(file: &str, text: &str, begins: usize, expect: Expect) -> Self {
        let path = if file.contains('/') { file.to_owned() } else { format!("{DIRECTORY}/{file}") };
        let mut example = Self { path, text: String::new(), marks: Vec::new(), expect, fixed: None, begins };
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let content = line.trim_end_matches(['\n', '\r']);
            let marks: Vec<_> = MARK.captures_iter(content).map(|found| found.get(0).expect("a match has a place").range()).collect();
            let ends = marks.iter().skip(1).map(|next| next.start).chain([content.len()]);
            for (mark, end) in marks.iter().zip(ends) {
                let severity = content[mark.clone()].trim().trim_start_matches(['<', '!', '-', '#', ' ']).trim_end_matches(':');
                let message = content[mark.end..end].trim().trim_end_matches("-->").trim_end();
                example.marks.push(Mark { line: number + 1, severity: severity.to_owned(), message: message.to_owned() });
            }
            example.text.push_str(&content[..marks.first().map_or(content.len(), |mark| mark.start)]);
            example.text.push_str(&line[content.len()..]);
        }
        example
    }
}

/// Files that are linted together.
pub struct Blocks {
    /// None for a team without a configuration.
    config: Option<String>,
    pub files: Vec<Example>,
}

impl Blocks {
    pub fn new(config: Option<String>) -> Self {
        Self { config, files: Vec::new() }
    }

    /// A configuration with marks, which begins on line `begins` of the file that holds it, and is looked at by itself.
    pub fn of_config(text: &str, begins: usize) -> Self {
        let mut example = Example::new("./global-config.yaml", text, begins, Expect::Marked);
        example.path = "global-config.yaml".to_owned();
        Self { config: Some(example.text.clone()), files: vec![example] }
    }

    /// Whether a file called `path` may stand beside those that are here.
    pub fn takes(&self, path: &str) -> bool {
        self.files.iter().all(|file| file.path != path)
    }

    pub fn push(&mut self, file: Example) {
        self.files.push(file);
    }

    /// The file that was pushed last.
    pub fn last_mut(&mut self) -> Option<&mut Example> {
        self.files.last_mut()
    }

    pub fn into_files(self) -> Vec<Example> {
        self.files
    }

    /// What the files say of `rule` and is not so, each with its line in the file that holds them.
    pub fn check(&self, rule: &'static Meta) -> Vec<String> {
        let mut problems = Vec::new();
        let own = self.lint(select(rule));
        for note in &own.notes {
            let (Note::Failure(text) | Note::Warning(text)) = note;
            problems.push(format!("{}: {text}", self.begins()));
        }
        let house = self.files.iter().any(|file| file.expect == Expect::Nothing).then(|| self.lint(Choice::default()));
        for file in &self.files {
            match (file.expect, &house) {
                (Expect::Nothing, Some(house)) => {
                    problems.extend(findings(house, &file.path).map(|found| format!("{} should not be there", file.tell(house, found))));
                }
                _ => problems.extend(file.compare(&own, rule)),
            }
        }
        problems.extend(self.mended(rule));
        problems
    }

    /// Where the fixes of `rule` give something else than the page says.
    fn mended(&self, rule: &'static Meta) -> Vec<String> {
        if self.files.iter().all(|file| file.fixed.is_none()) {
            return Vec::new();
        }
        let mending = Mending { least: Applicability::Unsafe, only: &[rule.id], within: None };
        let mended = self.with_workspace(select(rule), None, |workspace, selected| workspace.repair(selected, mending));
        let difference = |file: &Example| {
            let wanted = file.fixed.as_deref()?;
            let change = mended.changes.iter().find(|change| change.path == file.path);
            let given = change.map_or(file.text.as_str(), |change| &change.after);
            (given != wanted).then(|| format!("{}: the fix of {} gives\n{given}", file.begins, file.path))
        };
        self.files.iter().filter_map(difference).collect()
    }

    /// The READMEs of all folders: those that are here, and for the others one that lists every migration.
    fn readmes(&self) -> BTreeMap<String, String> {
        let mut readmes = BTreeMap::new();
        for file in self.files.iter().filter(|file| file.is_sql()) {
            for (at, _) in file.path.match_indices('/') {
                let (folder, name) = (&file.path[..at], &file.path[at + 1..]);
                let entry = format!("### {name}\n- Location: {}\n- Status: Draft\n- Purpose: x\n- Schema: x\n\n", file.path);
                readmes.entry(format!("{folder}/README.md")).or_insert_with(String::new).push_str(&entry);
            }
        }
        readmes.extend(self.files.iter().filter(|file| file.path.ends_with(".md")).map(|file| (file.path.clone(), file.text.clone())));
        readmes
    }

    fn begins(&self) -> usize {
        self.files.first().map_or(1, |file| file.begins)
    }

    fn lint(&self, choice: Choice) -> Outcome {
        self.with_workspace(choice, None, |workspace, selected| workspace.lint(selected))
    }

    /// Shows the files to `see`, all of them selected.
    pub fn with_workspace<R>(
        &self,
        choice: Choice,
        knowledge: Option<Knowledge>,
        see: impl FnOnce(&mut Workspace<'_>, &BTreeSet<String>) -> R,
    ) -> R {
        let directory = Path::new("/project");
        let (config, errors) = match &self.config {
            Some(text) => Config::parse(&SourceFile::new("global-config.yaml", text.as_str()), &known_names()),
            None => (Config::default(), Vec::new()),
        };
        assert_eq!(errors, [], "the configuration of {:?}", self.files);
        let start = Start::new(&config, None, None, knowledge);
        let settings = Settings { directory, root: directory, config: &config, choice: &choice, start: &start };
        let mut workspace = Workspace::new(settings);
        let mut selected = BTreeSet::new();
        for file in self.files.iter().filter(|file| file.is_sql()) {
            workspace.set_file(&file.path, FileText { text: file.text.as_str().into(), damages: Vec::new() });
            selected.insert(file.path.clone());
        }
        for file in self.files.iter().filter(|file| file.is_document()) {
            let source = SourceFile::new(directory.join(&file.path).to_string_lossy(), file.text.as_str());
            workspace.set_document(&file.path, Document::Text(source));
        }
        if selected.is_empty() {
            // A configuration is looked at with a history.
            let path = format!("{DIRECTORY}/001_nothing.sql");
            workspace.set_file(&path, FileText { text: "SELECT 1;\n".into(), damages: Vec::new() });
            selected.insert(path);
        }
        for (path, text) in self.readmes() {
            workspace.set_document(&path, Document::Text(SourceFile::new(format!("/project/{path}"), text)));
        }
        // The day that fixes write into headers.
        workspace.set_today(Some("2026-11-22".to_owned()));
        see(&mut workspace, &selected)
    }
}

/// `--select RULE`; beside a rule about suppressions all others run too, since it judges by what they find.
fn select(rule: &Meta) -> Choice {
    match rule.group {
        Group::Suppression => Choice::default(),
        _ => Choice { select: vec![rule.id.to_owned()], ignore: Vec::new() },
    }
}

fn findings<'o>(outcome: &'o Outcome, path: &'o str) -> impl Iterator<Item = &'o Finding> {
    outcome.findings.iter().filter(move |finding| *finding.diagnostic.primary.path == *path)
}

impl Example {
    /// Whether it is a migration, and not the configuration, a README or another file beside the migrations.
    fn is_sql(&self) -> bool {
        self.path != "global-config.yaml" && !self.is_document()
    }

    fn is_document(&self) -> bool {
        self.path.ends_with(".md") || self.path.ends_with(".json")
    }

    /// The differences between the marks and what `rule` finds.
    fn compare(&self, outcome: &Outcome, rule: &Meta) -> Vec<String> {
        let mut problems = Vec::new();
        let mut open: Vec<&Mark> = self.marks.iter().collect();
        for found in findings(outcome, &self.path).filter(|finding| finding.rule.id == rule.id) {
            let line = line_of(outcome, found);
            let meant = |mark: &&Mark| {
                mark.line == line
                    && mark.severity == found.diagnostic.severity.word()
                    && !mark.message.is_empty()
                    && found.diagnostic.message.contains(&mark.message)
            };
            match open.iter().position(meant) {
                Some(at) => drop(open.remove(at)),
                None => problems.push(format!("{} is not marked", self.tell(outcome, found))),
            }
        }
        problems.extend(open.into_iter().map(|mark| {
            format!("{}: {} {:?} in {} is marked, and not found", self.begins + mark.line - 1, mark.severity, mark.message, self.path)
        }));
        problems
    }

    fn tell(&self, outcome: &Outcome, found: &Finding) -> String {
        let diagnostic = &found.diagnostic;
        let line = self.begins + line_of(outcome, found) - 1;
        format!("{line}: {}[{}] {:?} in {}", diagnostic.severity, diagnostic.rule, diagnostic.message, self.path)
    }
}

/// From 1.
fn line_of(outcome: &Outcome, found: &Finding) -> usize {
    let label = &found.diagnostic.primary;
    outcome.sources.get(&label.path).map_or(1, |source| source.position(label.span.start).line as usize)
}

#[test]
fn marks_are_read_and_taken_off() {
    let example = Example::new("001_a.sql", "SELECT 1; -- error: one -- warning: two\n-- error is no mark\nSELECT 2;", 1, Expect::Marked);
    assert_eq!(example.text, "SELECT 1;\n-- error is no mark\nSELECT 2;");
    let marks: Vec<_> = example.marks.iter().map(|mark| (mark.line, mark.severity.as_str(), mark.message.as_str())).collect();
    assert_eq!(marks, [(1, "error", "one"), (1, "warning", "two")]);
    assert_eq!(example.path, "ctb/data/migrations/001_a.sql");
}
