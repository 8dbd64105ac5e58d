//! What can be found in a file by itself, before any migration has been replayed.

use crate::rules::{self, Rule};

use super::{Live, Settled};

/// Rules that look at nothing but the text of a migration, its name and the configuration.
const OF_TEXT: [&str; 11] = [
    "ban-commented-code",
    "ban-double-backslash-pattern",
    "ban-hyphenated-index-in-table",
    "ban-secrets",
    "ban-syntax-error",
    "prefer-uppercase-keywords",
    "require-header",
    "require-header-schemas",
    "require-managed-schema",
    "require-migration-directory",
    "require-template-order",
];

impl Live<'_> {
    /// The same, where nothing better is known.
    pub fn glance_unless_current(&self, path: &str) -> Option<Settled> {
        if self.is_current(path) { None } else { self.glance(path) }
    }

    /// What is found for certain in the migration of a file without the replay; none where it is no migration.
    pub fn glance(&self, path: &str) -> Option<Settled> {
        let (course, place) = self.place_of(path)?;
        let rules: Vec<&'static dyn Rule> = OF_TEXT.iter().filter_map(|id| rules::find(id)).collect();
        let checked = course.glance(&self.workspace, &self.selected, place, &rules)?;
        Some(self.certain(&course.history, place, checked.settle_for_now()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;
    use crate::config::Config;
    use crate::diagnostic::Diagnostic;
    use crate::engine::{Choice, FileText, Settings, Start, Workspace};
    use crate::rules::{Findings, RULES, known_names};
    use crate::text::SourceFile;

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

    /// What each rule finds in the last migration of a history, with the replay and without.
    fn found(config: &Config, choice: &Choice, texts: &[String]) -> [BTreeMap<&'static str, Findings>; 2] {
        let folder = Path::new("/project");
        let settings = Settings { directory: folder, root: folder, config, choice, start: &Start::default() };
        let mut live = Live::of(Workspace::new(settings));
        let path = |at: usize| format!("/project/ctb/data/migrations/{:03}_create_it.sql", at + 1);
        for (at, text) in texts.iter().enumerate() {
            live.set_text(&path(at), FileText { text: text.as_str().into(), damages: Vec::new() });
        }
        while !live.is_whole() {
            live.work(&|| true);
        }
        let (course, place) = live.place_of(&path(texts.len() - 1)).expect("is a migration");
        let with = course.checked(place).cloned();
        let without = course.glance(&live.workspace, &live.selected, place, RULES);
        [with, without].map(|checked| {
            let mut by_rule: BTreeMap<&'static str, Vec<Diagnostic>> = BTreeMap::new();
            for finding in checked.into_iter().flat_map(|checked| checked.settle_for_now()) {
                by_rule.entry(finding.rule).or_default().push(finding);
            }
            by_rule
        })
    }

    #[test]
    fn the_rules_about_texts_are_those_that_need_no_replay() {
        let (config, _) =
            Config::parse(&SourceFile::new("global-config.yaml", include_str!("../../../global-config.yaml")), &known_names());
        let choice = Choice { select: RULES.iter().map(|rule| rule.meta().id.to_owned()).collect(), ignore: Vec::new() };
        let (mut finding, mut needing) = (BTreeSet::new(), BTreeSet::new());
        for texts in histories().iter().filter(|texts| !texts.is_empty()) {
            let [with, without] = found(&config, &choice, texts);
            for rule in with.keys().chain(without.keys()) {
                finding.insert(*rule);
                if with.get(rule) != without.get(rule) {
                    assert!(
                        !OF_TEXT.contains(rule),
                        "{rule} needs the replay:\n{}\n{:#?}\n{:#?}",
                        texts.concat(),
                        with.get(rule),
                        without.get(rule)
                    );
                    needing.insert(*rule);
                }
            }
        }
        assert_eq!(OF_TEXT.into_iter().filter(|rule| !finding.contains(rule)).collect::<Vec<_>>(), [""; 0]);
        let listed: BTreeSet<&str> = OF_TEXT.into_iter().collect();
        assert_eq!(finding.difference(&needing).copied().collect::<BTreeSet<_>>(), listed);
    }
}
