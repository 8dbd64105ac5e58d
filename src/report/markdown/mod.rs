//! A comment on a pull request, and the summary of a step of GitHub Actions: what was found, what is proved of the migrations, and each finding
//! with its lines, the gravest first.
//!
//! Its first line is a mark that nobody sees, by which a job finds the comment that it wrote before. Both places take only so much, and what
//! finds no room is counted.

mod inline;
mod page;

use std::io::{self, Write};

use percent_encoding::utf8_percent_encode;

use crate::diagnostic::{Applicability, Extent, Severity};
use crate::engine::{Finding, Judged, Note, Outcome, Silenced, Silencer};

use super::human::summary;
use super::place::{Unit, visible_range};
use super::replay::{told, words};
use super::sarif::PATH;
use super::{Destination, Style, count, one_line};
use page::{Page, Section};

/// What GitHub takes as a comment, in characters; so many bytes are never more.
const COMMENT: usize = 65_536;
/// The line by which a comment is found again.
const MARK: &str = "<!-- migration-lint -->\n";
/// How many migrations have a row each, however good they are.
const ROWS: usize = 30;
/// How much is shown of the code at a place.
const LINES: usize = 3;
const COLUMNS: usize = 160;

/// What stands around what is folded up.
const UNFOLD: &str = "\n</details>\n";

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, destination: &Destination<'_>) -> io::Result<()> {
    let where_else = "**This comment can't hold more**: `migration-lint` tells everything, by `--format concise` one line a finding.\n";
    out.write_all(page(outcome, destination, COMMENT, where_else).as_bytes())
}

/// The summary of a step, in `room` bytes; none if that is too little even for what must be there.
pub fn step_summary(outcome: &Outcome, destination: &Destination<'_>, room: usize) -> Option<String> {
    let text = page(outcome, destination, room, "**This summary can't hold more**: the log has every finding.\n");
    (text.len() <= room).then_some(text)
}

fn page(outcome: &Outcome, destination: &Destination<'_>, room: usize, where_else: &str) -> String {
    let (first, next) = told_summary(outcome);
    let mut page = Page::new(room);
    page.add(&format!("{MARK}### migration-lint\n\n**{first}**\n\n"));
    page.section(&failures(outcome));
    page.section(&verdicts(&outcome.verdicts));
    page.section(&reasons(&outcome.verdicts));
    for severity in Severity::ALL {
        page.section(&findings(outcome, destination, severity));
    }
    page.section(&allowed(outcome, destination));
    page.add(&next);
    page.finish(where_else)
}

/// The line that says what was found, and what a user does next.
fn told_summary(outcome: &Outcome) -> (String, String) {
    let mut text = Vec::new();
    let style = Style { color: false, unicode: true, width: usize::MAX, summary: true };
    summary(&mut text, outcome, style).expect("memory can be written");
    let text = String::from_utf8_lossy(&text).into_owned();
    let (first, next) = text.split_once('\n').unwrap_or((&text, ""));
    (first.to_owned(), next.lines().map(|line| format!("{line}  \n")).collect())
}

fn failures(outcome: &Outcome) -> Section {
    let told = outcome.notes.iter().filter_map(|note| match note {
        Note::Failure(text) => Some(format!("- {}\n", inline::message(&one_line(text)))),
        Note::Warning(_) => None,
    });
    let opening = "#### The run can't be trusted\n\n".to_owned();
    Section { opening, items: told.collect(), noun: "failure", closing: "", share: 4 }
}

/// The table of verdicts. Where there are many migrations, those that do all that is asked of them are only counted.
fn verdicts(judged: &[Judged]) -> Section {
    let is_quiet = |one: &&Judged| judged.len() > ROWS && words(one).iter().all(|word| matches!(*word, "proved" | "–"));
    let quiet = judged.iter().filter(is_quiet).count();
    let row = |one: &Judged| {
        let [applies, reruns, reverts] = words(one).map(|word| if word == "refuted" { "**refuted**" } else { word });
        format!("| {} | {applies} | {reruns} | {reverts} |\n", inline::cell(&inline::code(&one.id)))
    };
    let opening = "| migration | applies | re-runs | reverts |\n| --- | --- | --- | --- |\n".to_owned();
    let mut items: Vec<String> = judged.iter().filter(|one| !is_quiet(one)).map(row).collect();
    if quiet > 0 {
        items.push(format!("| {} | proved | proved | proved or – |\n", count(quiet, "other migration")));
    }
    Section { opening, items, noun: "migration", closing: "", share: 4 }
}

/// Why the verdicts are what they are.
fn reasons(judged: &[Judged]) -> Section {
    let item = |one: &Judged| {
        let lines = told(one);
        let said: String = lines.iter().map(|line| reason(line)).collect();
        (!lines.is_empty()).then(|| format!("- {}\n{said}", inline::code(&one.id)))
    };
    let opening = "<details><summary>Why</summary>\n\n".to_owned();
    Section { opening, items: judged.iter().filter_map(item).collect(), noun: "migration", closing: UNFOLD, share: 6 }
}

/// One line of what is said of a migration; an item of a list stays one.
fn reason(line: &str) -> String {
    match line.strip_prefix("- ") {
        Some(item) => format!("    - {}\n", inline::message(item)),
        None => format!("  - {}\n", inline::message(line)),
    }
}

fn findings(outcome: &Outcome, destination: &Destination<'_>, severity: Severity) -> Section {
    let of_severity = outcome.findings.iter().filter(|finding| finding.diagnostic.severity == severity);
    let mut last = None;
    let items = of_severity.map(|finding| {
        let path = &finding.diagnostic.primary.path;
        let heading = match last.replace(path) {
            Some(last) if last == path => String::new(),
            last => format!("{}{}\n\n", if last.is_some() { "\n" } else { "" }, inline::code(path)),
        };
        heading + &item(outcome, destination, finding)
    });
    let items: Vec<String> = items.collect();
    let (title, noun) = match severity {
        Severity::Error => ("Errors", "error"),
        Severity::Warning => ("Warnings", "warning"),
        Severity::Info => ("Infos", "info"),
    };
    Section { opening: format!("#### {title}\n\n"), items, noun, closing: "", share: 1 }
}

/// One finding: where, which rule, what, how to mend it, and the lines.
fn item(outcome: &Outcome, destination: &Destination<'_>, finding: &Finding) -> String {
    let found = &finding.diagnostic;
    let line = visible_range(outcome, &found.primary, Unit::Characters).start.line;
    let place = linked(destination, &found.primary.path, line, &format!("line {line}"));
    let mut text = format!("- {place} **{}**: {}\n", found.rule, inline::message(&one_line(&found.message)));
    if let Some(help) = &found.help {
        text += &format!("  <br>{}\n", inline::message(&one_line(help)));
    }
    match found.fix.as_ref().map(|fix| (fix.applicability, inline::message(&one_line(&fix.title)))) {
        Some((Applicability::Safe, title)) => text += &format!("  <br>`--fix`: {title}\n"),
        Some((Applicability::Unsafe, title)) => text += &format!("  <br>`--fix --unsafe-fixes`: {title}\n"),
        Some((Applicability::Display, _)) | None => {}
    }
    let code = code(outcome, finding);
    if !code.is_empty() {
        text += &format!("\n{}\n", inline::block(&code, "  "));
    }
    text
}

/// `name` as a link to a line of the file at `path`, if there is an address for it.
fn linked(destination: &Destination<'_>, path: &str, line: u32, name: &str) -> String {
    match destination.files.zip(destination.in_repository(path)) {
        Some((files, path)) => format!("[{name}]({files}{}#L{line})", utf8_percent_encode(&path, PATH)),
        None => name.to_owned(),
    }
}

/// The lines of a finding's place, without what indents all of them; none where it is about its file as a whole.
fn code(outcome: &Outcome, finding: &Finding) -> Vec<String> {
    let label = &finding.diagnostic.primary;
    let Some(source) = outcome.sources.get(&label.path).filter(|_| finding.diagnostic.extent == Extent::Place) else { return Vec::new() };
    let place = visible_range(outcome, label, Unit::Characters);
    let numbers = (place.start.line as usize - 1..place.end.line as usize).take(LINES);
    let lines: Vec<&str> = numbers.map(|line| &source.text()[source.lines().line(source.text(), line)]).collect();
    let indent = |line: &&&str| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(&line)).min().unwrap_or_default();
    let shown = lines.iter().map(|line| cut(line.get(common..).unwrap_or_default()));
    let more = (place.end.line - place.start.line) as usize >= LINES;
    shown.chain(more.then(|| "…".to_owned())).collect()
}

/// A line as far as it is shown, in which nothing moves the cursor.
fn cut(line: &str) -> String {
    let line: String = line.chars().map(|c| if c.is_control() && c != '\t' { '?' } else { c }).collect();
    match line.char_indices().nth(COLUMNS) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// What comments allow, each with its reason.
fn allowed(outcome: &Outcome, destination: &Destination<'_>) -> Section {
    let item = |silenced: &Silenced| match &silenced.by {
        Silencer::Comment { reason, .. } => {
            let reason = reason.as_ref().map_or("no reason given".to_owned(), |reason| inline::message(&one_line(reason)));
            let label = &silenced.finding.diagnostic.primary;
            let line = visible_range(outcome, label, Unit::Characters).start.line;
            let place = linked(destination, &label.path, line, &inline::code(&format!("{}:{line}", label.path)));
            Some(format!("- {place} **{}**: {reason}\n", silenced.finding.rule.id))
        }
        Silencer::Baseline => None,
    };
    let opening = "<details><summary>Allowed by comments</summary>\n\n".to_owned();
    Section { opening, items: outcome.silenced.iter().filter_map(item).collect(), noun: "finding", closing: UNFOLD, share: 1 }
}
