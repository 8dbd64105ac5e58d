//! graphile-migrate: `committed/<number>[-<name>].sql`, below a header of `--! ` lines.
//!
//! * Committed migrations are numbered, and run by number (`src/migrationFilename.ts`, `src/migration.ts`). The header names the migration before:
//!   `--! Previous: sha1:…`, with `-` for none, and below it `--! Hash:`; it is what tells this layout.
//! * Each runs in a transaction, unless the first line below the header is `--! no-transaction` (`isNoTransactionDefined`): then it is sent as
//!   one message.
//! * There are no down migrations; a migration is written to run again and again until it is committed. Committed ones are noted by
//!   their hashes in `graphile_migrate.migrations`.

use super::name::{digits, stem};
use super::{Layout, Part, Side, Sign};
use crate::migration::comment::lines;
use crate::migration::numbering::Moment;
use crate::migration::section::{Transaction, all};

#[derive(Debug)]
pub(super) struct GraphileMigrate;

impl Layout for GraphileMigrate {
    fn name(&self) -> &'static str {
        "graphile-migrate"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("graphile_migrate.migrations")
    }

    fn sign(&self, text: &str) -> Sign {
        if text.starts_with("--! Previous:") { Sign::Own } else { Sign::Nothing }
    }

    fn notes_versions(&self) -> bool {
        false
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        let number = digits(id);
        let title = &id[number.len()..];
        let is_title = title.is_empty() || title.starts_with('-');
        Part::numbered(id, number).filter(|part| part.number > Some(0) && is_title && !path.contains('/'))
    }

    fn first_version(&self, _now: &Moment) -> String {
        "000001".to_owned()
    }

    fn new_path(&self, version: &str, title: &str, _before: Option<&str>) -> String {
        format!("{version}-{}.sql", title.replace('_', "-"))
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("let the first line below the header be `--! no-transaction`")
    }

    fn transaction(&self, _side: Side, text: &str, _settings: Option<&str>) -> Transaction {
        let mut body = lines(text, all(text)).map(|line| text[line].trim_end()).skip_while(|line| is_header(line) || line.is_empty());
        match body.next().and_then(|line| line.strip_prefix("--!")).is_some_and(|rest| rest.trim_start().starts_with("no-transaction")) {
            true => Transaction::Message,
            false => Transaction::Tool,
        }
    }
}

/// Whether `line` is one of the header: its name begins with a capital letter.
fn is_header(line: &str) -> bool {
    line.strip_prefix("--! ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_below_the_header_opts_out_of_the_transaction() {
        let header = "--! Previous: -\n--! Hash: sha1:00\n\n";
        let of = |body: &str| GraphileMigrate.transaction(Side::Up, &format!("{header}{body}"), None);
        assert_eq!(of("--! no-transaction\nCREATE INDEX CONCURRENTLY ON t (a);"), Transaction::Message);
        assert_eq!(of("SELECT 1;\n--! no-transaction\n"), Transaction::Tool);
    }

    #[test]
    fn numbers_order() {
        assert_eq!(GraphileMigrate.part("000010-users.sql").and_then(|part| part.number), Some(10));
        for name in ["current.sql", "000000.sql", "000001_a.sql", "fixtures/1.sql"] {
            assert_eq!(GraphileMigrate.part(name), None, "{name}");
        }
    }
}
