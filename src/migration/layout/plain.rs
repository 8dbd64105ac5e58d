//! Plain files, run by hand or by a script of one's own: `001_create.sql`, `2025-11-06-add.sql`, `create.sql`.
//!
//! * A numbered file runs by its number (as `\i` in a sorted list would), a dated one by its date, in one order: a date is later than any
//!   small number. What has neither runs last, by name. Equal ones run by name.
//! * A down migration is a file of its own, called like the migration's with `_ROLLBACK`, `.down`, `_down` or the like at its end, or
//!   with the same name in a folder `rollback` beside it. Comments say nothing here: that is the house's layout.
//! * Hidden files, templates, seeds and dumps are no migrations, unless they are numbered.
//! * `psql` opens no transaction.

use super::name::{date, digits, stem};
use super::{Folder, Layout, Order, Part, Reach, Side};
use crate::migration::numbering::Moment;
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Plain;

impl Layout for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn reach(&self) -> Reach {
        Reach::Series
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.scripts().any(|script| part(script.path).is_some())
    }

    fn part(&self, path: &str) -> Option<Part> {
        part(path)
    }

    fn is_named_by_people(&self) -> bool {
        true
    }

    fn first_version(&self, _now: &Moment) -> String {
        "001".to_owned()
    }

    fn new_path(&self, version: &str, title: &str, before: Option<&str>) -> String {
        new_path(version, title, before)
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::File
    }
}

/// What a new file is called: with `-` between its words, if that is so in the one before.
pub(super) fn new_path(version: &str, title: &str, before: Option<&str>) -> String {
    let file = before.map_or("", |path| path.rsplit('/').next().unwrap_or(path));
    let rest = file.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    match file.len() > rest.len() && file[..file.len() - rest.len()].ends_with('-') {
        true => format!("{version}-{}.sql", title.replace('_', "-")),
        false => format!("{version}_{title}.sql"),
    }
}

/// What part a file of the plain layout, or of the house's, plays.
pub(super) fn part(path: &str) -> Option<Part> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = stem(name)?;
    let (id, side) = if goes_down(folder) { (stem, Side::Down) } else { directed(stem) };
    if id.is_empty() || id.starts_with('.') || lower_ends_with(id, ".template") {
        return None;
    }
    let part = match date(id) {
        Some((date, length)) => Part::new(id, Order::number(date * 1_000_000)).version(&id[..length]),
        None => match version(id).map(|digits| Part::numbered(id, digits)) {
            Some(Some(part)) => part,
            None if is_no_migration(id) => return None,
            // What has no number, or one that nobody can count to.
            _ => Part::new(id, Order::last(id)),
        },
    };
    Some(part.going(side))
}

/// The digits that `id` begins with, if they are a number of their own: not `3d_models`.
fn version(id: &str) -> Option<&str> {
    let digits = digits(id);
    let rest = &id[digits.len()..];
    (!digits.is_empty() && !rest.starts_with(char::is_alphanumeric)).then_some(digits)
}

/// A stem without what says which way it goes.
fn directed(stem: &str) -> (&str, Side) {
    const UP: [&str; 2] = [".up", "_up"];
    const DOWN: [&str; 10] = [".down", "_down", "-down", "_rollback", ".rollback", "-rollback", "_undo", ".undo", "_revert", ".revert"];
    let cut =
        |endings: &[&str]| endings.iter().find(|ending| lower_ends_with(stem, ending)).map(|ending| &stem[..stem.len() - ending.len()]);
    match (cut(&UP), cut(&DOWN)) {
        (Some(id), _) => (id, Side::Up),
        (_, Some(id)) => (id, Side::Down),
        _ => (stem, Side::Up),
    }
}

fn lower_ends_with(text: &str, ending: &str) -> bool {
    text.len().checked_sub(ending.len()).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// Whether a folder is called as one that holds the way back of the migrations beside it.
fn goes_down(folder: &str) -> bool {
    matches!(folder.rsplit('/').next(), Some("down" | "rollback" | "rollbacks" | "undo" | "revert"))
}

/// Whether a file without a number is something else by its name.
fn is_no_migration(id: &str) -> bool {
    const NAMES: [&str; 9] = ["seed", "seeds", "schema", "structure", "dump", "template", "fixture", "fixtures", "test_data"];
    NAMES.iter().any(|name| id.eq_ignore_ascii_case(name)) || lower_ends_with(id, "_template") || lower_ends_with(id, "-template")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(path: &str) -> (Order, String) {
        let part = part(path).expect("a migration");
        (part.order, part.id)
    }

    #[test]
    fn numbers_then_dates_then_the_rest() {
        let run = [
            "0001_a.sql",
            "001_a.sql",
            "002_a.sql",
            "002_b.sql",
            "010_a.sql",
            "2025-11-06-a.sql",
            "20251107_a.sql",
            "20251107120000_a.sql",
            "2025-11-10-a.sql",
            "CHECKS.sql",
            "create.sql",
        ];
        let mut sorted = run;
        sorted.reverse();
        sorted.sort_by_key(|path| order(path));
        assert_eq!(sorted, run);
    }

    #[test]
    fn a_date_is_no_number() {
        assert_eq!(part("2025-11-06-a.sql").map(|part| (part.number, part.version)), Some((None, Some("2025-11-06".to_owned()))));
        assert_eq!(part("007_a.sql").map(|part| (part.number, part.version)), Some((Some(7), Some("007".to_owned()))));
        assert_eq!(part("3d_models.sql").map(|part| part.number), Some(None));
    }

    #[test]
    fn a_sibling_goes_down() {
        for name in ["001_a_ROLLBACK.sql", "001_a.down.sql", "001_a_down.sql", "001_a-rollback.sql"] {
            assert_eq!(part(name).map(|part| (part.id, part.side)), Some(("001_a".to_owned(), Side::Down)), "{name}");
        }
        assert_eq!(part("001_a_up.sql").map(|part| (part.id, part.side)), Some(("001_a".to_owned(), Side::Up)));
    }

    #[test]
    fn templates_seeds_and_hidden_files_are_none() {
        for name in [".template.sql", "new.template.sql", "migration_template.sql", "seed.sql", "SCHEMA.sql", "notes.md"] {
            assert_eq!(part(name), None, "{name}");
        }
        assert!(part("005_seed.sql").is_some());
    }
}
