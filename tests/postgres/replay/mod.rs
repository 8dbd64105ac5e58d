//! The replay against a real server: histories are run on both, statement by statement.
//!
//! After each statement the outcomes are compared (accepted, or refused with which SQLSTATE), and our catalog with the server's. After each
//! migration its up section is run once more and its down section is run, both undone afterwards, and what we say of the schema then is
//! compared with what the server has. What we say we can't tell is no disagreement, but it is counted.
//!
//! The histories stand in `tests/postgres/histories`; nothing in them says what is to be expected, the server is the judge, and the replay targets
//! its version. To run one:
//!
//! ```sh
//! MIGRATION_LINT_HISTORY=tests/postgres/histories/index.sql tests/run --test postgres replay::histories -- --nocapture
//! ```
//!
//! Random histories come from `grammar.txt`. `MIGRATION_LINT_MIGRATIONS` says how many migrations (5,000 unless it does), and
//! `MIGRATION_LINT_SEED` the first seed:
//!
//! ```sh
//! MIGRATION_LINT_MIGRATIONS=20000 tests/run --test postgres replay::random -- --nocapture
//! ```

mod comparison;
mod ddl;
mod generator;
mod history;
mod rig;
mod server;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use generator::Grammar;
use history::History;
use rig::{Pace, Report, Rig};

/// How much may be wrong or open. Only ever lower these.
#[derive(Clone, Copy)]
struct Budget {
    disagreements: usize,
    /// Of statements, in a thousand.
    unknown: usize,
}

const HISTORIES: Budget = Budget { disagreements: 1, unknown: 6 };
/// Disagreements among 1,000 migrations.
const RANDOM: Budget = Budget { disagreements: 0, unknown: 3 };

fn assert_within(report: &Report, disagreements: usize, budget: Budget) {
    assert!(disagreements <= budget.disagreements, "{disagreements} disagreements, where at most {} are known", budget.disagreements);
    let unknown: usize = report.kinds.values().map(|(_, unknown)| unknown).sum();
    let share = unknown * 1_000 / report.statements.max(1);
    assert!(
        share <= budget.unknown,
        "of {share} in 1,000 statements it can't be told what they do, where at most {} are allowed",
        budget.unknown
    );
}

#[test]
fn histories_are_what_the_server_makes_of_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres/histories");
    let rig = Rig::new();
    let mut report = Report::default();
    for history in History::all(&folder) {
        rig.run(&history, Pace::Statement, &mut report);
    }
    println!("{}", said(&report));
    assert_within(&report, report.disagreements.len(), HISTORIES);
}

#[test]
fn random_histories_are_what_the_server_makes_of_them() {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<usize>().ok());
    let migrations = number("MIGRATION_LINT_MIGRATIONS").unwrap_or(5_000);
    let first = number("MIGRATION_LINT_SEED").unwrap_or(1);
    let (grammar, rig) = (Grammar::read(), Rig::new());
    let mut report = Report::default();
    let mut causes: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for seed in (first as u64..).take(migrations.div_ceil(generator::LENGTH)) {
        let told = report.disagreements.len();
        rig.run(&grammar.history(seed), Pace::Migration, &mut report);
        for disagreement in &report.disagreements[told..] {
            causes.entry(cause(&disagreement.sentence)).or_insert((0, seed)).0 += 1;
        }
    }
    let count = report.disagreements.len();
    report.disagreements.clear();
    let allowed = Budget { disagreements: RANDOM.disagreements * migrations / 1_000, ..RANDOM };
    // Each cause once, with the shortest history that shows it: where there are more than are known, or somebody asks.
    let most = match (number("MIGRATION_LINT_SHOW"), count > allowed.disagreements) {
        (Some(most), _) => most,
        (None, true) => 5,
        (None, false) => 0,
    };
    let mut shown: Vec<(&String, &(usize, u64))> = causes.iter().collect();
    shown.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (cause_said, (times, seed)) in shown.into_iter().take(most) {
        let found = |history: &History| {
            let mut report = Report::default();
            rig.run(history, Pace::Migration, &mut report);
            report.disagreements.into_iter().find(|disagreement| cause(&disagreement.sentence) == *cause_said)
        };
        let least = generator::minimised(&grammar.history(*seed), |history| found(history).is_some());
        let sentence = found(&least).map(|disagreement| disagreement.sentence).unwrap_or_default();
        println!("{times} times, seed {seed}: {sentence}");
        for migration in &least.migrations {
            println!("{}", migration.up.trim_end().lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"));
        }
    }
    println!("{}", said(&report));
    println!("{count} disagreements of {} causes", causes.len());
    assert_within(&report, count, allowed);
}

/// A disagreement without the names that are only this history's.
fn cause(sentence: &str) -> String {
    const NAMES: &[&str] = &[
        "s1.", "s2.", "public.", "nowhere.", "t1", "t2", "t3", "t4", "v1", "v2", "v3", "i1", "i2", "f1", "f2", "e1", "e2", "d1", "d2",
        "q1", "q2", "k1", "k2", "a", "b", "c", "d", "x", "y", "z",
    ];
    let mut cause = String::new();
    let mut word = String::new();
    for c in sentence.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' || c == '.' {
            word.push(c);
            continue;
        }
        let mut bare = word.as_str();
        for schema in ["s1.", "s2.", "public.", "nowhere."] {
            bare = bare.strip_prefix(schema).unwrap_or(bare);
        }
        let is_name = bare.split(['.', '_']).any(|part| NAMES.contains(&part));
        cause.push_str(if is_name { "N" } else { &word });
        cause.push(c);
        word.clear();
    }
    cause
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
    let unmet: Vec<String> = report.unmet.iter().map(|(state, count)| format!("{state} {count}")).collect();
    line(format!("taken on a condition that the server does not meet: {}", unmet.join(", ")));
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
