//! `require-migration-directory`: a migration lies in the configured directory.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, Section};

/// The rule.
#[derive(Debug)]
pub struct RequireMigrationDirectory;

static META: Meta = Meta {
    id: "require-migration-directory",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::MigrationDirectory),
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-migration-directory.md"),
};

impl Rule for RequireMigrationDirectory {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some(directory) = cx.migration_directory else { return };
        if !lies_in(cx.path_from_root, directory) {
            let finding = cx.finding_in_file(format!("this migration does not lie in `{directory}`"));
            out.push(finding.help(format!("move it to `{directory}`, which is `database.migrations.directory`")));
        }
    }
}

/// Whether the file at `path` stands in `folder` or below it, both relative to one folder.
fn lies_in(path: &str, folder: &str) -> bool {
    match folder {
        "." => !path.starts_with("../"),
        _ => path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
    }
}
