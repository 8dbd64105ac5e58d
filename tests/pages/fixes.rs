//! Fixes that can be trusted: over every example and every case they come to an end, the text still parses, and a safe fix leaves the schema
//! that the history made without it.

use migration_lint::catalog::Knowledge;
use migration_lint::catalog::difference::differences;
use migration_lint::diagnostic::Applicability;
use migration_lint::engine::{Choice, Mending, Note};

use super::cases::cases;
use super::example::Blocks;
use super::{fail_on, pages};

/// Every group, so that the fixes of rules that are off by default meet those of the others.
fn everything() -> Choice {
    Choice { select: migration_lint::rules::Group::ALL.iter().map(|group| group.id().to_owned()).collect(), ignore: Vec::new() }
}

/// What is wrong with mending `files`, with the name of what they are.
fn problems(name: &str, files: &Blocks, knowledge: Knowledge, least: Applicability) -> Vec<String> {
    files.with_workspace(everything(), Some(knowledge), |workspace, selected| {
        let before = workspace.ends(selected);
        // What a tool did not run, or the server could not read, does something only once it is mended.
        let mut found = workspace.lint(selected).findings.into_iter();
        let is_run = !found.any(|finding| finding.rule.id == "ban-syntax-error" && finding.diagnostic.fix.is_some());
        let mended = workspace.repair(selected, Mending { least, only: &[], within: None });
        let mut problems: Vec<String> = Vec::new();
        for note in &mended.outcome.notes {
            let (Note::Failure(text) | Note::Warning(text)) = note;
            if text.contains("fixes") {
                problems.push(format!("{name}: {text}"));
            }
        }
        if mended.outcome.mendable(least) > 0 {
            problems.push(format!("{name}: fixes are left"));
        }
        // Of objects that are only assumed it can't be told whether they are the same.
        if least == Applicability::Safe && knowledge == Knowledge::Complete && is_run {
            let after = workspace.ends(selected);
            let found = before.iter().zip(&after).flat_map(|(before, after)| differences(before, after));
            problems.extend(found.map(|difference| format!("{name}: a safe fix changes the schema: {difference}")));
        }
        problems
    })
}

fn all() -> Vec<(String, Blocks)> {
    let of_pages = pages().flat_map(|page| page.histories().into_iter().map(move |files| (format!("rules/{}.md", page.meta.id), files)));
    let of_cases = cases().into_iter().map(|case| (case.name, case.files));
    of_pages.chain(of_cases).collect()
}

/// What is wrong with mending every example and every case.
fn all_problems(least: Applicability) -> Vec<String> {
    let both = |(name, files): &(String, Blocks)| {
        [Knowledge::Complete, Knowledge::Partial]
            .into_iter()
            .flat_map(|knowledge| problems(name, files, knowledge, least))
            .collect::<Vec<_>>()
    };
    all().iter().flat_map(both).collect()
}

#[test]
fn safe_fixes_end_and_leave_the_schema_as_it_is() {
    fail_on(&all_problems(Applicability::Safe));
}

#[test]
fn all_fixes_together_end() {
    fail_on(&all_problems(Applicability::Unsafe));
}
