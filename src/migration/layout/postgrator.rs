//! Postgrator: `<number>.do[.<description>].sql`, and `<number>.undo[.<description>].sql` to undo it.
//!
//! * What stands before the first dot is a number and orders the migrations; those above the version that was reached run, so that 0 never does. A name's
//!   second part is exactly `do` or `undo`, its third a description, and further ones are not read (`postgrator.js`, `getMigrations`,
//!   `getRunnableMigrations`).
//! * The files of one number belong together, whatever they are described as; two that go the same way are refused (`getMigrations`).
//! * Nobody opens a transaction, and there is no marker for it: a file is sent as one message (`lib/Client.js`, `runSqlScript`; README, “Preventing
//!   partial migrations”).
//! * Which files it looks at is said by a glob, in the program that calls it: here, those of one folder. Migrations in JavaScript are not read.
//! * The versions that were run are noted in `schemaversion`.

use super::name::digits;
use super::{Folder, Layout, Part, Side};
use crate::migration::numbering::Moment;
use crate::migration::section::Transaction;

#[derive(Debug)]
pub(super) struct Postgrator;

impl Layout for Postgrator {
    fn name(&self) -> &'static str {
        "postgrator"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("schemaversion")
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.mostly(|script| self.part(script.path).is_some())
    }

    fn part(&self, path: &str) -> Option<Part> {
        let (version, side, _) = parts(path)?;
        Part::numbered(path.strip_suffix(".sql")?, version).filter(|part| part.number > Some(0)).map(|part| part.going(side))
    }

    fn down_beside(&self, path: &str) -> Option<String> {
        let name = path.rsplit('/').next()?;
        let (version, Side::Up, rest) = parts(name)? else { return None };
        Some(format!("{}{version}.undo{rest}", &path[..path.len() - name.len()]))
    }

    fn first_version(&self, _now: &Moment) -> String {
        "001".to_owned()
    }

    fn new_path(&self, version: &str, title: &str, before: Option<&str>) -> String {
        let description = match before.and_then(|path| parts(path.rsplit('/').next()?)) {
            Some((_, _, rest)) if rest.contains('_') => title.to_owned(),
            _ => title.replace('_', "-"),
        };
        format!("{version}.do.{description}.sql")
    }

    fn transaction(&self, _side: Side, _text: &str, _settings: Option<&str>) -> Transaction {
        Transaction::Message
    }
}

/// The version, the direction, and what stands behind it from the dot on.
fn parts(name: &str) -> Option<(&str, Side, &str)> {
    let (version, rest) = name.split_once('.')?;
    let (side, rest) = match rest.strip_prefix("do.") {
        Some(_) => (Side::Up, &rest[2..]),
        None => (Side::Down, rest.strip_prefix("undo").filter(|rest| rest.starts_with('.'))?),
    };
    let is_name = !version.is_empty() && digits(version) == version && rest.ends_with(".sql") && !rest.contains('/');
    is_name.then_some((version, side, rest))
}

#[cfg(test)]
mod tests {
    use super::super::tests::detected;
    use super::*;

    #[test]
    fn numbers_order_and_files_of_one_number_belong_together() {
        let part = |path| Postgrator.part(path).expect("a migration");
        let (up, down) = (part("0010.do.a.sql"), part("10.undo.whatever.sql"));
        assert_eq!((up.id.as_str(), up.number, up.side), ("0010.do.a", Some(10), Side::Up));
        assert_eq!((down.side, down.order), (Side::Down, up.order.clone()));
        assert!(part("9.do.sql").order < up.order && up.order < part("20240101120000.do.a.b.sql").order);
    }

    #[test]
    fn other_names_are_none() {
        let names = [
            "0.do.a.sql",
            "1_a.do.sql",
            "1.DO.a.sql",
            "1.dont.a.sql",
            "1.do.js",
            "1.do",
            "do.a.sql",
            "1.2.do.sql",
            "1.up.sql",
            "x/1.do.sql",
        ];
        for name in names {
            assert_eq!(Postgrator.part(name), None, "{name}");
        }
    }

    #[test]
    fn a_migration_is_undone_by_a_file_of_its_own() {
        assert_eq!(Postgrator.down_beside("m/001.do.a.sql").as_deref(), Some("m/001.undo.a.sql"));
        assert_eq!(Postgrator.down_beside("001.do.sql").as_deref(), Some("001.undo.sql"));
        assert_eq!(Postgrator.down_beside("001.undo.sql"), None);
    }

    #[test]
    fn it_takes_no_folder_of_anybody_else() {
        assert_eq!(detected("m", &[("001.do.sql", ""), ("001.undo.sql", "")]), Some("postgrator"));
        assert_eq!(detected("m", &[("001.do.a.sql", ""), ("README.md", "")]), Some("postgrator"));
        assert_eq!(detected("m", &[("001_a.sql", ""), ("002_b.sql", ""), ("003.do.c.sql", "")]), Some("plain"));
        assert_eq!(detected("m", &[("001.dont.sql", ""), ("002_do.sql", "")]), Some("plain"));
    }
}
