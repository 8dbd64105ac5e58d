//! `require-number-order`: the numbers of a history have no gaps, and new ones come last.

use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::migration::numbering::{FIRST_DATE, step};
use crate::migration::{Kind, Migration};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireNumberOrder;

static META: Meta = Meta {
    id: "require-number-order",
    group: Group::Doctrine,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-number-order.md"),
};

impl Rule for RequireNumberOrder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let migrations = cx.history.migrations.iter().map(|migration| (migration.number, Some(migration)));
        let programs = cx.history.programs.iter().map(|program| (program.number, None));
        let numbered = migrations.chain(programs);
        let mut numbered: Vec<(u64, Option<&Migration>)> =
            numbered.filter_map(|(number, migration)| Some((number.filter(|&number| number < FIRST_DATE)?, migration))).collect();
        out.extend(late(cx));
        // A tool that compares numbers as text has them in another order.
        numbered.sort_by_key(|(number, _)| *number);
        let numbers: Vec<u64> = numbered.iter().map(|(number, _)| *number).collect();
        let step = step(&numbers);
        let in_series = counts_in_series(&numbers);
        for pair in numbered.windows(2) {
            let ((before, _), (number, Some(migration))) = (pair[0], pair[1]) else { continue };
            let is_next_series = in_series && begins_a_series(before, number);
            if number - before > step && !is_next_series && !opens_a_series((number - before) / step, numbers.len()) {
                let finding = cx.finding_in_file(migration, format!("{} before `{}`", missing(before, number, step), migration.id));
                out.push(finding.help("a migration may have been lost; where it never was, number this one on from the one before"));
            }
        }
    }
}

/// What is new and runs before something that stood there already: databases have run that, and will run the new one after it or never.
fn late(cx: &HistoryContext<'_>) -> Findings {
    let is_new = |migration: &Migration| cx.added.contains(migration.up.path());
    let counts = |migration: &Migration| migration.kind == Kind::Versioned && migration.version.is_some();
    // That two have one number is a matter of its own.
    let is_taken = |migration: &Migration| {
        let of_turn = cx.history.migrations.iter().filter(|other| other.shares_turn_with(migration));
        of_turn.into_iter().any(|other| !is_new(other))
    };
    let mut last: Option<&Migration> = None;
    let mut late = Findings::new();
    for migration in cx.history.migrations.iter().rev().filter(|migration| counts(migration)) {
        match last {
            Some(last) if is_new(migration) && !is_taken(migration) => {
                let message = format!("`{}` is new, and runs before `{}`, which stood there already", migration.id, last.id);
                let finding = cx.finding_in_file(migration, message);
                let finding =
                    finding.related(Arc::from(last.up.path()), last.up.first_line(), "a database that has run this runs the new one late");
                late.push(finding.help(format!("give it a number above {}", last.version.as_deref().unwrap_or_default())));
            }
            None if !is_new(migration) => last = Some(migration),
            _ => {}
        }
    }
    late
}

/// Whether a leap over `missing` numbers is one on purpose, as to `900_`: nobody loses more migrations than there are.
fn opens_a_series(missing: u64, migrations: usize) -> bool {
    missing > 10 && missing > migrations as u64
}

/// Whether a history counts in series of ten, one a release, and goes on to the next before ten are full: `0030`, `0031`, `0040`, `0050`, `0051`.
fn counts_in_series(numbers: &[u64]) -> bool {
    /// Fewer may have lost something each.
    const HABIT: usize = 3;
    let leaps: Vec<&[u64]> = numbers.windows(2).filter(|pair| pair[1] - pair[0] > 1).collect();
    let on_purpose = leaps.iter().filter(|pair| begins_a_series(pair[0], pair[1])).count();
    let full = numbers.iter().filter(|number| *number % SERIES == SERIES - 1).count();
    let first = numbers.iter().filter(|number| *number % SERIES == 0).count();
    let is_habit = on_purpose >= HABIT && on_purpose * 2 > leaps.len() && full * 2 <= on_purpose;
    // Where there are more first ones than others, it counts by tens.
    is_habit && first * 2 <= numbers.len()
}

const SERIES: u64 = 10;

const fn begins_a_series(before: u64, number: u64) -> bool {
    number.is_multiple_of(SERIES) && before / SERIES + 1 == number / SERIES
}

/// What should stand between two numbers.
fn missing(before: u64, number: u64, step: u64) -> String {
    let (first, last) = (before + step, before + (number - before - 1) / step * step);
    match first == last {
        true => format!("number {first} is missing"),
        false => format!("numbers {first} to {last} are missing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_for_each_release() {
        assert!(counts_in_series(&[10, 11, 20, 21, 22, 30, 31, 40, 41, 50]));
        assert!(counts_in_series(&[1, 2, 3, 4, 5, 10, 11, 12, 15, 30, 31, 40, 50, 52, 60]));
        // One of ten is lost now and then; every tenth number but one; too few to be a habit.
        assert!(!counts_in_series(&(1..60).filter(|number| ![9, 29, 49].contains(number)).collect::<Vec<_>>()));
        assert!(!counts_in_series(&[10, 20, 25, 30, 50, 60, 70]));
        assert!(begins_a_series(31, 40) && !begins_a_series(31, 50) && !begins_a_series(31, 45));
        assert!(!counts_in_series(&[1, 2, 10, 11, 20]));
    }

    #[test]
    fn what_is_missing_is_counted_in_steps() {
        assert_eq!(missing(3, 5, 1), "number 4 is missing");
        assert_eq!(missing(3, 7, 1), "numbers 4 to 6 are missing");
        assert_eq!(missing(10, 30, 10), "number 20 is missing");
        assert_eq!(missing(10, 25, 10), "number 20 is missing");
        assert_eq!(missing(10, 41, 10), "numbers 20 to 40 are missing");
    }
}
