//! `ban-duplicate-number`: no two migrations of a history have one number.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::migration::layout::Reach;
use crate::migration::{Kind, Migration};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct BanDuplicateNumber;

static META: Meta = Meta {
    id: "ban-duplicate-number",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-duplicate-number.md"),
};

impl Rule for BanDuplicateNumber {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        if cx.history.layout.shares_numbers() {
            return;
        }
        let mut numbered: BTreeMap<u64, &Migration> = BTreeMap::new();
        let mut versioned: Option<&Migration> = None;
        // Migrations of one number stand by name, so that the finding is at the later file by name.
        for migration in &cx.history.migrations {
            let earlier = match migration.number {
                Some(number) => *numbered.entry(number).or_insert(migration),
                None => versioned.filter(|earlier| have_one_version(cx, earlier, migration)).unwrap_or(migration),
            };
            if !std::ptr::eq(earlier, migration) {
                // Whoever adds a migration has taken the number, whatever else it is called.
                let is_new = |migration: &Migration| cx.added.contains(migration.up.path());
                let (other, told) = if is_new(earlier) && !is_new(migration) { (migration, earlier) } else { (earlier, migration) };
                out.push(duplicate(cx, other, told));
            } else if migration.number.is_none() {
                versioned = Some(migration);
            }
        }
    }
}

/// Whether two migrations have one version, where versions are no plain numbers and a tool goes by them; two files of one date are not meant.
fn have_one_version(cx: &HistoryContext<'_>, one: &Migration, other: &Migration) -> bool {
    let layout = cx.history.layout;
    let versioned = |migration: &Migration| migration.kind == Kind::Versioned && migration.version.is_some();
    // A tool that searches a whole tree may be told to leave folders out, such as those for other databases.
    let together = layout.reach() != Reach::Tree || folder(one) == folder(other);
    layout.notes_versions() && together && versioned(one) && versioned(other) && one.shares_turn_with(other)
}

fn folder(migration: &Migration) -> &str {
    migration.up.path().rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn duplicate(cx: &HistoryContext<'_>, earlier: &Migration, migration: &Migration) -> Diagnostic {
    let version = migration.version.as_deref().unwrap_or_default();
    let message = format!("`{}` has the number {version}, which `{}` has too", migration.id, earlier.id);
    let layout = cx.history.layout;
    let help = match layout.tracking_table().filter(|_| layout.notes_versions()) {
        Some(table) => format!("`{table}` notes by their numbers what has run: give this one the next free number"),
        None => "nothing but their names says which of the two runs first: give this one the next free number".to_owned(),
    };
    let place = &earlier.up;
    cx.finding_in_file(migration, message)
        .related(Arc::from(place.path()), place.first_line(), "the other migration of this number")
        .help(help)
}
