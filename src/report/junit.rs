//! JUnit's XML, as Jenkins and GitLab read it: a suite for each folder, and in it a test for each migration file that was linted, so that what
//! passed is seen too.
//!
//! A file fails where one of its findings makes the run fail; its other findings are what the test says. What went wrong in the run itself is an
//! error of a test of its own: a report without it would be green.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::events::BytesText;

use crate::diagnostic::Severity;
use crate::engine::{Finding, Note, Outcome};

use super::xml::{self, Xml};
use super::{Destination, by_file, concise, count, one_line};

/// The test that stands for the run.
const RUN: &str = "migration-lint";

/// Files by folder, each with its findings.
type Folders<'o> = BTreeMap<&'o str, BTreeMap<&'o str, &'o [Finding]>>;

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome, destination: &Destination<'_>) -> io::Result<()> {
    let mut folders: Folders<'_> = BTreeMap::new();
    let clean = outcome.migrations.iter().map(|path| (path.as_str(), &[][..]));
    let others = by_file(&outcome.findings).map(|findings| (&*findings[0].diagnostic.primary.path, findings));
    for (path, findings) in clean.chain(others) {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        folders.entry(folder).or_default().insert(name, findings);
    }
    let failed = |findings: &[Finding]| findings.iter().any(|finding| destination.is_failure(finding.diagnostic.severity));
    let failures = |files: &BTreeMap<&str, &[Finding]>| files.values().filter(|findings| failed(findings)).count();
    let failure = of_run(outcome);
    let errors = usize::from(failure.is_some());
    let tests: usize = folders.values().map(BTreeMap::len).sum();
    xml::document(out, |xml| {
        let root = xml.create_element("testsuites").with_attributes([
            ("name", RUN),
            ("tests", &*(tests + errors).to_string()),
            ("failures", &*folders.values().map(failures).sum::<usize>().to_string()),
            ("errors", &*errors.to_string()),
        ]);
        if tests + errors == 0 {
            return root.write_empty().map(drop);
        }
        let suites = root.write_inner_content(|xml| {
            if let Some(why) = &failure {
                suite(xml, RUN, [1, 0, 1], |xml| test(xml, RUN, RUN, |xml| problem(xml, "error", RUN, "the run can't be trusted", why)))?;
            }
            folders.iter().try_for_each(|(folder, files)| {
                suite(xml, folder, [files.len(), failures(files), 0], |xml| {
                    files.iter().try_for_each(|(name, findings)| match findings.is_empty() {
                        true => testcase(xml, folder, name).write_empty().map(drop),
                        false => test(xml, folder, name, |xml| told(xml, outcome, destination, findings)),
                    })
                })
            })
        });
        suites.map(drop)
    })
}

/// A suite with its numbers of tests, failures and errors.
fn suite(xml: &mut Xml<'_>, name: &str, numbers: [usize; 3], tests: impl FnOnce(&mut Xml<'_>) -> io::Result<()>) -> io::Result<()> {
    let [all, failures, errors] = numbers.map(|number| number.to_string());
    let attributes = [("name", &*xml::sayable(name)), ("tests", &*all), ("failures", &*failures), ("errors", &*errors)];
    xml.create_element("testsuite").with_attributes(attributes).write_inner_content(tests).map(drop)
}

fn testcase<'x, 'o>(xml: &'x mut Xml<'o>, folder: &str, name: &str) -> quick_xml::writer::ElementWriter<'x, &'o mut dyn Write> {
    let attributes = [("classname", xml::sayable(folder)), ("name", xml::sayable(name))];
    xml.create_element("testcase").with_attributes(attributes)
}

fn test(xml: &mut Xml<'_>, folder: &str, name: &str, content: impl FnOnce(&mut Xml<'_>) -> io::Result<()>) -> io::Result<()> {
    testcase(xml, folder, name).write_inner_content(content).map(drop)
}

fn problem(xml: &mut Xml<'_>, kind: &str, rule: &str, message: &str, text: &str) -> io::Result<()> {
    let element = xml.create_element(kind.to_owned()).with_attributes([("type", rule), ("message", message)]);
    element.write_text_content(BytesText::new(&xml::sayable(text))).map(drop)
}

/// What a test says of its file: the findings that make it fail, and the others.
fn told(xml: &mut Xml<'_>, outcome: &Outcome, destination: &Destination<'_>, findings: &[Finding]) -> io::Result<()> {
    let (failures, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| destination.is_failure(finding.diagnostic.severity));
    if let Some(first) = failures.first() {
        problem(xml, "failure", first.diagnostic.rule, &numbers(&failures), &lines(outcome, &failures))?;
    }
    if !others.is_empty() {
        xml.create_element("system-out").write_text_content(BytesText::new(&xml::sayable(&lines(outcome, &others))))?;
    }
    Ok(())
}

/// `2 errors, 1 warning`.
fn numbers(findings: &[&Finding]) -> String {
    let of = |severity: Severity| findings.iter().filter(|finding| finding.diagnostic.severity == severity).count();
    super::severities(of).join(", ")
}

/// One line a finding, and one for what to do about it.
fn lines(outcome: &Outcome, findings: &[&Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        text += &concise::line(outcome, finding);
        text.push('\n');
        if let Some(help) = &finding.diagnostic.help {
            text += &format!("  help: {}\n", one_line(help));
        }
    }
    text
}

/// Why the run can't be trusted; none if it can.
fn of_run(outcome: &Outcome) -> Option<String> {
    if !outcome.failed() {
        return None;
    }
    let failures = outcome.notes.iter().filter_map(|note| match note {
        Note::Failure(text) => Some(text.as_str()),
        Note::Warning(_) => None,
    });
    let failures: Vec<&str> = failures.collect();
    let all = count(failures.len(), "thing");
    Some(match failures.is_empty() {
        true => "the configuration could not be read in full: rules that it switches on may not have run".to_owned(),
        false => format!("{all} went wrong:\n{}", failures.join("\n")),
    })
}
