//! Atlas: `<version>_<name>.sql` beside an `atlas.sum`.
//!
//! * Every SQL file of the folder itself is a migration; they run in the order of their names as text, and the version is the name before the
//!   first underscore (`sql/migrate/dir.go`, `LocalDir.Files`, `LocalFile.Version`). Folders that another tool lays out may hold an `atlas.sum`, too.
//! * Each file runs in a transaction, unless a directive above its first empty line says `-- atlas:txmode none`: then statement by statement
//!   (Atlas's page “Applying Schema Migrations”, “Transaction Configuration”).
//! * A file that begins with `-- atlas:txtar` holds several, each below a line with its name: `migration.sql` goes up, `down.sql` back, and
//!   `checks.sql` only asks (Atlas's page “Pre-Execution Checks”).
//! * A file called `<version>_checkpoint.sql` stands for those before it (Atlas's page “Migration Directory Checkpoints”).
//! * Applied migrations are noted in `atlas_schema_revisions.atlas_schema_revisions`.

use super::name::stem;
use super::{Folder, Layout, Part, Side, Split};
use crate::migration::comment::lines;
use crate::migration::history::Kind;
use crate::migration::section::{Origin, Transaction, all};
use crate::text::{Edit, Span};

#[derive(Debug)]
pub(super) struct Atlas;

impl Layout for Atlas {
    fn name(&self) -> &'static str {
        "atlas"
    }

    fn tracking_table(&self) -> Option<&'static str> {
        Some("atlas_schema_revisions.atlas_schema_revisions")
    }

    fn recognises(&self, folder: &Folder<'_>) -> bool {
        folder.has("atlas.sum") && folder.mostly(|script| self.part(script.path).is_some())
    }

    fn part(&self, path: &str) -> Option<Part> {
        let id = stem(path)?;
        if path.contains('/') || id.starts_with('.') {
            return None;
        }
        let (version, title) = id.split_once('_').unwrap_or((id, ""));
        let kind = if title == "checkpoint" { Kind::Baseline } else { Kind::Versioned };
        Some(Part { kind, ..Part::by_name(id, path, version) })
    }

    fn split(&self, text: &str) -> Split {
        if !directives(text).any(|line| line == "-- atlas:txtar") {
            return Split::whole(text);
        }
        let headings: Vec<Span> = lines(text, all(text)).filter(|&line| file_name(&text[line]).is_some()).collect();
        let ends = headings.iter().skip(1).map(|next| next.start).chain([text.len() as u32]);
        let of = |name: &str| -> Vec<Span> {
            let parts = headings.iter().zip(ends.clone()).filter(|(heading, _)| file_name(&text[**heading]) == Some(name));
            parts.map(|(heading, end)| Span::new(heading.end, end)).collect()
        };
        let marker = headings.iter().copied().find(|&heading| file_name(&text[heading]) == Some("down.sql"));
        Split { up: of("migration.sql"), down: marker.map(|_| (of("down.sql"), Origin::Statements)), marker, after_marker: None }
    }

    fn without_transaction(&self) -> Option<&'static str> {
        Some("let the file begin with `-- atlas:txmode none` and an empty line")
    }

    fn opt_out(&self, text: &str) -> Option<Edit> {
        let gap = if directives(text).next().is_some() { "" } else { "\n" };
        Some(Edit::insertion(0, format!("-- atlas:txmode none\n{gap}")))
    }

    fn transaction(&self, _side: Side, text: &str, _settings: Option<&str>) -> Transaction {
        let without = |line: &str| line.strip_prefix("-- atlas:txmode").is_some_and(|mode| mode.trim() == "none");
        match directives(text).any(without) {
            true => Transaction::File,
            false => Transaction::Tool,
        }
    }
}

/// The directives at the top of a file, without what surrounds their lines.
fn directives(text: &str) -> impl Iterator<Item = &str> {
    lines(text, all(text)).map(|line| text[line].trim()).take_while(|line| line.starts_with("-- atlas:"))
}

/// The name in a line that begins a file of an archive: `-- migration.sql --`.
fn file_name(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix("-- ")?.strip_suffix(" --").map(str::trim).filter(|name| name.ends_with(".sql"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_at_the_top_opts_out_of_the_transaction() {
        assert_eq!(Atlas.transaction(Side::Up, "-- atlas:txmode none\n\nSELECT 1;", None), Transaction::File);
        assert_eq!(Atlas.transaction(Side::Up, "SELECT 1;\n-- atlas:txmode none\n", None), Transaction::Tool);
        let edit = Atlas.opt_out("-- atlas:nolint\n\nSELECT 1;").expect("an edit");
        assert_eq!(edit, Edit::insertion(0, "-- atlas:txmode none\n"));
    }

    #[test]
    fn an_archive_holds_both_directions() {
        let text =
            "-- atlas:txtar\n\n-- checks.sql --\nSELECT true;\n\n-- migration.sql --\nDROP TABLE t;\n-- down.sql --\nCREATE TABLE t ();\n";
        let split = Atlas.split(text);
        assert_eq!(split.up.iter().map(|&span| text[span].trim()).collect::<Vec<_>>(), ["DROP TABLE t;"]);
        assert_eq!(text[split.down.expect("a down section").0[0]].trim(), "CREATE TABLE t ();");
        assert_eq!(Atlas.split("-- migration.sql --\nSELECT 1;").down, None);
    }

    #[test]
    fn names_order_and_a_checkpoint_stands_for_those_before_it() {
        let part = |path| Atlas.part(path).expect("a migration");
        assert!(part("20240101000000_a.sql").order < part("20240201000000.sql").order);
        assert_eq!(part("20240301000000_checkpoint.sql").kind, Kind::Baseline);
        assert_eq!(Atlas.part("sub/1_a.sql"), None);
    }
}
