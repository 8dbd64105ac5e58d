//! The replay against a real server: histories are run on both, statement by statement.
//!
//! After each statement the outcomes are compared (accepted, or refused with which SQLSTATE), and our catalog with the server's. After each
//! migration its up section is run once more and its down section is run, both undone afterwards, and what we say of the schema then is
//! compared with what the server has. What we say we can't tell is no disagreement, but it is counted.
//!
//! The histories stand in `tests/postgres/histories`; nothing in them says what is to be expected, the server is the judge. To run one:
//!
//! ```sh
//! MIGRATION_LINT_HISTORY=tests/postgres/histories/index.sql tests/run --test postgres replay -- --nocapture
//! ```

mod comparison;
mod history;
mod rig;
mod server;

use std::fmt::Write;
use std::path::Path;

use history::History;
use rig::{Report, Rig};

#[test]
fn histories_are_what_the_server_makes_of_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres/histories");
    let rig = Rig::new();
    let mut report = Report::default();
    for history in History::all(&folder) {
        rig.run(&history, &mut report);
    }
    println!("{}", said(&report));
    let allowed = std::env::var("MIGRATION_LINT_DISAGREEMENTS").ok().and_then(|number| number.parse().ok()).unwrap_or(usize::MAX);
    assert!(report.disagreements.len() <= allowed, "{} disagreements", report.disagreements.len());
}

/// A report for people.
fn said(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |said: String| writeln!(text, "{said}").expect("a string takes it");
    for disagreement in &report.disagreements {
        let statement = disagreement.statement.split_whitespace().collect::<Vec<_>>().join(" ");
        let statement: String = statement.chars().take(300).collect();
        line(format!("[{}] {statement}\n    {}", disagreement.place, disagreement.sentence));
    }
    let mut unknown: Vec<_> = report.kinds.iter().filter(|(_, (_, unknown))| *unknown > 0).collect();
    unknown.sort_by_key(|(_, (_, unknown))| std::cmp::Reverse(*unknown));
    for (kind, (run, unknown)) in &unknown {
        line(format!("unknown {unknown:>4} of {run:>4}  {kind}"));
    }
    let mut reasons: Vec<_> = report.reasons.iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (reason, count) in reasons.iter().take(30) {
        line(format!("{count:>4} times  {reason}"));
    }
    for (property, count) in &report.unknown_properties {
        line(format!("not compared {count:>4}  {property}"));
    }
    let refused: usize = report.refused.values().sum();
    let states: Vec<String> = report.refused.iter().map(|(state, count)| format!("{state} {count}")).collect();
    line(format!("refused by both {refused}: {}", states.join(", ")));
    let unknown: usize = report.kinds.values().map(|(_, unknown)| unknown).sum();
    line(format!(
        "{} migrations, {} statements of {} kinds, {unknown} unknown; {} verdicts, {} unknown; {} disagreements; reading {:?}, ours {:?}",
        report.migrations,
        report.statements,
        report.kinds.len(),
        report.verdicts,
        report.unknown_verdicts,
        report.disagreements.len(),
        report.reading,
        report.ours
    ));
    text
}
