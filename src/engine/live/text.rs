//! What can be found in a file by itself, before any migration has been replayed.

use crate::rules::{self, Rule};

use super::{Live, Settled};

/// Rules that look at nothing but the text of a migration, its name and the configuration; what would mend it aside.
const OF_TEXT: [&str; 14] = [
    "ban-commented-code",
    "ban-concurrent-in-transaction",
    "ban-double-backslash-pattern",
    "ban-nested-transaction",
    "ban-secrets",
    "ban-syntax-error",
    "prefer-uppercase-keywords",
    "require-barton-id-format",
    "require-header",
    "require-header-schemas",
    "require-managed-schema",
    "require-migration-directory",
    "require-template-order",
    "require-transaction",
];

impl Live<'_> {
    /// The same, where nothing better is known.
    pub fn glance_unless_current(&self, path: &str) -> Option<Settled> {
        if self.is_current(path) { None } else { self.glance(path) }
    }

    /// What is found for certain in the migration of a file without the replay; none where it is no migration. What would mend it may say what only
    /// the replay knows, and comes later.
    pub fn glance(&self, path: &str) -> Option<Settled> {
        let (course, place) = self.place_of(path)?;
        let rules: Vec<&'static dyn Rule> = OF_TEXT.iter().filter_map(|id| rules::find(id)).collect();
        let checked = course.glance(&self.workspace, &self.selected, place, &rules)?;
        let mut findings = checked.settle_for_now();
        findings.iter_mut().for_each(|finding| finding.fix = None);
        Some(self.certain(&course.history, place, findings))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;
    use crate::config::Config;
    use crate::diagnostic::Diagnostic;
    use crate::engine::check::Checked;
    use crate::engine::{Choice, FileText, Settings, Start, Workspace};
    use crate::rules::{Findings, RULES, known_names};
    use crate::text::SourceFile;

    /// Rules that ask what other migrations do or leave, or whether a statement fails, which no example shows.
    const UNSHOWN: [&str; 35] = [
        "avoid-default-change",
        "avoid-drop-not-null",
        "avoid-enum-value-change",
        "avoid-identity-change",
        "avoid-many-foreign-keys",
        "avoid-privilege-change",
        "avoid-unlogged",
        "ban-cluster",
        "ban-concurrent-if-not-exists",
        "ban-drop-database",
        "ban-drop-schema",
        "ban-exclusion-constraint",
        "ban-grant-to-public",
        "ban-identifier-too-long",
        "ban-rename-object",
        "ban-rename-table",
        "ban-set-access-method",
        "ban-set-schema",
        "ban-set-tablespace",
        "ban-shadowed-trigger",
        "ban-superuser-statement",
        "ban-table-lock",
        "ban-truncate",
        "ban-unfiltered-delete",
        "ban-unfiltered-update",
        "ban-vacuum-full",
        "ban-validate-in-same-transaction",
        "ban-volatile-default",
        "require-barton-id-range",
        "require-concurrent-detach",
        "require-concurrent-reindex",
        "require-down-migration",
        "require-down-mirror",
        "require-not-valid-check",
        "require-qualified-name",
    ];

    /// The SQL on the pages of all rules: each example by itself, and those of a page as one history.
    fn histories() -> Vec<Vec<String>> {
        let mut histories = Vec::new();
        for rule in RULES {
            let blocks = rule.meta().page.split("\n```sql").skip(1).filter_map(|rest| rest.split_once('\n')?.1.split("\n```").next());
            let texts: Vec<String> = blocks.map(|text| format!("{text}\n")).collect();
            histories.extend(texts.iter().map(|text| vec![text.clone()]));
            histories.push(texts);
        }
        histories
    }

    /// What each rule finds in the migrations of a history, with the replay and without; whose fixes say what only the replay knows.
    fn found(config: &Config, choice: &Choice, folder: &str, texts: &[String]) -> Vec<[BTreeMap<&'static str, Findings>; 2]> {
        let root = Path::new("/project");
        let settings = Settings { directory: root, root, config, choice, start: &Start::default() };
        let mut live = Live::of(Workspace::new(settings));
        let path = |at: usize| format!("/project/{folder}/{:03}_create_it.sql", at + 1);
        for (at, text) in texts.iter().enumerate() {
            live.set_text(&path(at), FileText { text: text.as_str().into(), damages: Vec::new() });
        }
        while !live.is_whole() {
            live.work(&|| true);
        }
        let by_rule = |checked: Checked<'_>| {
            let mut by_rule: BTreeMap<&'static str, Vec<Diagnostic>> = BTreeMap::new();
            for finding in checked.settle_for_now() {
                by_rule.entry(finding.rule).or_default().push(Diagnostic { fix: None, ..finding });
            }
            by_rule
        };
        let both = |at: usize| {
            let (course, place) = live.place_of(&path(at))?;
            // Of a migration of another database nothing is said without the others.
            let without = course.glance(&live.workspace, &live.selected, place, RULES)?;
            Some([by_rule(course.checked(place)?.clone()), by_rule(without)])
        };
        (0..texts.len()).filter_map(both).collect()
    }

    #[test]
    fn the_rules_about_texts_are_those_that_need_no_replay() {
        let (config, _) =
            Config::parse(&SourceFile::new("global-config.yaml", include_str!("../../../global-config.yaml")), &known_names());
        let choice = Choice { select: RULES.iter().map(|rule| rule.meta().id.to_owned()).collect(), ignore: Vec::new() };
        let (mut finding, mut needing) = (BTreeSet::new(), BTreeSet::new());
        let elsewhere = ("db", vec!["SELECT 1;\n".to_owned()]);
        for (folder, texts) in histories().into_iter().map(|texts| ("ctb/data/migrations", texts)).chain([elsewhere]) {
            for [with, without] in found(&config, &choice, folder, &texts) {
                finding.extend(with.keys().chain(without.keys()).copied());
                needing.extend(with.keys().chain(without.keys()).copied().filter(|rule| with.get(rule) != without.get(rule)));
            }
        }
        // Whatever finds the same with the replay and without is either about the text, or is known not to be.
        let same: BTreeSet<&str> = finding.difference(&needing).copied().collect();
        assert_eq!(same, OF_TEXT.into_iter().chain(UNSHOWN).collect());
    }
}
