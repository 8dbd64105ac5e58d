//! `require-file-name`: a migration's file is called as the naming convention says.

use crate::config::NamingConvention;
use crate::diagnostic::Severity;
use crate::migration::layout::Reach;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, Section};

/// The rule.
#[derive(Debug)]
pub struct RequireFileName;

static META: Meta = Meta {
    id: "require-file-name",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::NamingConvention),
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-file-name.md"),
};

impl Rule for RequireFileName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let layout = cx.history.layout;
        let configured = cx.config.house.naming_convention.clone();
        // A tool that names files its own way is not held to the house's default, and one that fixes their names to none at all.
        let named_by_tool = layout.reach() == Reach::Directories || (configured.is_none() && layout.tracking_table().is_some());
        let convention: NamingConvention = configured.unwrap_or_default();
        let name = cx.source().path().rsplit('/').next().unwrap_or_default();
        // `001_a.up.sql` is `001_a` with the ending that its tool asks for.
        let without_side = || name.ends_with(".sql") && convention.matches(&format!("{}.sql", cx.migration.id));
        if named_by_tool || convention.matches(name) || without_side() {
            return;
        }
        let finding = cx.finding_in_file(format!("`{name}` is not called as `{}` says", convention.pattern));
        out.push(finding.help(advice(cx, &convention)));
    }
}

/// What to call the file.
fn advice(cx: &MigrationContext<'_>, convention: &NamingConvention) -> String {
    let next_free = || cx.history.migrations.iter().filter_map(|migration| migration.number).max().unwrap_or(0) + 1;
    let number = cx.migration.number.unwrap_or_else(next_free);
    let date = cx.migration.version.as_ref().map(|version| version.replace('-', "")).filter(|digits| digits.len() >= 8);
    match convention.example(number, date.as_deref(), words_of(&cx.migration.id)) {
        Some(name) => format!("call it `{name}`, say"),
        None => "runs of `N` stand for digits, `YYYY-MM-DD` for a date, `description` for words in lower case".to_owned(),
    }
}

/// What a migration is called beside its number or date.
fn words_of(id: &str) -> &str {
    id.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'))
}
