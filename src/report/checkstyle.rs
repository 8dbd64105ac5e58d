//! Checkstyle's XML, which Jenkins and many reviewing tools read: one element a file, one a finding. Columns are characters.

use std::io::{self, Write};

use crate::engine::{Finding, Outcome};

use super::place::{Unit, range};
use super::xml::{self, Xml};
use super::{by_file, one_line};

/// The version of Checkstyle whose format this is; readers that ask look for nothing older.
const VERSION: &str = "4.3";

pub(super) fn write(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    xml::document(out, |xml| {
        let root = xml.create_element("checkstyle").with_attribute(("version", VERSION));
        if outcome.findings.is_empty() {
            return root.write_empty().map(drop);
        }
        root.write_inner_content(|xml| by_file(&outcome.findings).try_for_each(|findings| file(xml, outcome, findings))).map(drop)
    })
}

/// The findings of one file; there is at least one.
fn file(xml: &mut Xml<'_>, outcome: &Outcome, findings: &[Finding]) -> io::Result<()> {
    let path = &findings[0].diagnostic.primary.path;
    let element = xml.create_element("file").with_attribute(("name", &*xml::sayable(path)));
    element.write_inner_content(|xml| findings.iter().try_for_each(|finding| error(xml, outcome, finding))).map(drop)
}

fn error(xml: &mut Xml<'_>, outcome: &Outcome, finding: &Finding) -> io::Result<()> {
    let found = &finding.diagnostic;
    let start = range(outcome, &found.primary, Unit::Characters).start;
    let help = found.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
    let message = format!("{}{help}", found.message);
    let element = xml.create_element("error").with_attributes([
        ("line", &*start.line.to_string()),
        ("column", &*start.column.to_string()),
        ("severity", found.severity.word()),
        ("message", &*xml::sayable(&one_line(&message))),
        ("source", &*format!("migration-lint.{}", found.rule)),
    ]);
    element.write_empty().map(drop)
}
