//! Which fixes are trusted to make nothing worse.
//!
//! A fix may let a migration fail, its own or another, in ways that nobody foresaw. So the files are linted after each round; a round after which a
//! migration fails that did not before is taken back, and for each file that failed the one fix that does it is looked for: some of the suspects
//! are tried and the others held back, until one is left. All files are searched for at once. That one is then tried alone: invariant: a fix is
//! barred only if a migration failed when nothing else was done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Fix;

use super::outcome::{Finding, Outcome};

/// A fix from round to round, whatever else moves: its rule, what its finding says and what it does, and the first file that it changes.
pub(super) type FixId = (&'static str, String, Arc<str>);

pub(super) fn identity(finding: &Finding, fix: &Fix) -> FixId {
    let path = fix.edits.first().map_or_else(|| Arc::from(""), |edit| Arc::clone(&edit.path));
    (finding.rule.id, format!("{}: {}", finding.diagnostic.message, fix.title), path)
}

/// What rounds have shown of fixes.
#[derive(Debug, Default)]
pub(super) struct Trust {
    /// By the file that failed.
    searches: BTreeMap<String, Search>,
    /// The last suspects of searches.
    doubtful: BTreeSet<FixId>,
    /// One of them, which is tried alone.
    alone: Option<FixId>,
    barred: BTreeSet<FixId>,
}

/// The search for a fix that lets a file fail, step by step: whether it is one that is tried, or one that is held back.
#[derive(Debug)]
struct Search {
    tried: BTreeSet<FixId>,
    held_back: BTreeSet<FixId>,
    /// Those that may do it too, and are held back until the search is over.
    others: BTreeSet<FixId>,
}

impl Trust {
    /// What a round shows in which the fixes `applied` were, and after which the files `failing` fail that did not.
    pub(super) fn learns(&mut self, applied: &BTreeSet<FixId>, failing: &BTreeSet<String>) {
        if let Some(alone) = self.alone.take() {
            self.doubtful.remove(&alone);
            if !failing.is_empty() {
                self.barred.insert(alone);
            }
            return;
        }
        let searches = std::mem::take(&mut self.searches);
        for file in failing.iter().filter(|file| !searches.contains_key(*file)) {
            self.begins(file, applied);
        }
        for (file, search) in searches {
            let tried = &search.tried & applied;
            match (tried.is_empty(), failing.contains(&file)) {
                (false, true) => self.narrows(file, tried, &search.others | &search.held_back),
                (false, false) => self.narrows(file, search.held_back, search.others),
                (true, true) => self.begins(&file, applied),
                (true, false) => drop(self.searches.insert(file, search)),
            }
        }
    }

    /// The file's own fixes are held back first: it is mostly one of them.
    fn begins(&mut self, file: &str, suspects: &BTreeSet<FixId>) {
        let (held_back, tried): (BTreeSet<FixId>, BTreeSet<FixId>) = suspects.iter().cloned().partition(|(_, _, path)| **path == *file);
        match tried.is_empty() || held_back.is_empty() {
            true => self.narrows(file.to_owned(), suspects.clone(), BTreeSet::new()),
            false => drop(self.searches.insert(file.to_owned(), Search { tried, held_back, others: BTreeSet::new() })),
        }
    }

    /// Goes on with half of the suspects; the last one is tried alone when all searches have come so far.
    fn narrows(&mut self, file: String, suspects: BTreeSet<FixId>, others: BTreeSet<FixId>) {
        let half = suspects.len() / 2;
        if half == 0 {
            self.doubtful.extend(suspects);
            return;
        }
        let held_back = suspects.iter().skip(half).cloned().collect();
        self.searches.insert(file, Search { tried: suspects.into_iter().take(half).collect(), held_back, others });
    }

    /// Ends searches of whose fixes to try none is found any more, and says which fix is tried alone.
    pub(super) fn sees(&mut self, outcome: &Outcome) {
        if !self.is_settled() {
            let fixes = outcome.findings.iter().filter_map(|finding| Some(identity(finding, finding.diagnostic.fix.as_ref()?)));
            self.finds(&fixes.collect());
        }
    }

    fn finds(&mut self, fixes: &BTreeSet<FixId>) {
        self.searches.retain(|_, search| !search.tried.is_disjoint(fixes));
        self.doubtful.retain(|fix| fixes.contains(fix));
        self.alone = self.doubtful.first().filter(|_| self.searches.is_empty()).cloned();
    }

    /// Where nothing can be tried, for each search holds back what the others try: files whose own fixes are all held back are supposed to fail by one
    /// of those; where there is no such file, one search goes on alone. Each call leaves less to be looked for.
    pub(super) fn breaks_tie(&mut self) {
        // One that is to be tried alone, and can't be.
        if let Some(alone) = self.alone.take() {
            self.doubtful.remove(&alone);
            return;
        }
        let is_own = |file: &str, fixes: &BTreeSet<FixId>| fixes.iter().any(|(_, _, path)| **path == *file);
        let searches = std::mem::take(&mut self.searches);
        let (firsts, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            searches.into_iter().partition(|(file, search)| is_own(file, &search.held_back) && !is_own(file, &search.tried));
        if firsts.is_empty() {
            let left = usize::from(others.len() > 1);
            self.searches = others.into_iter().take(left).collect();
            return;
        }
        self.searches = others;
        for (file, search) in firsts {
            self.narrows(file, search.held_back, search.others);
        }
    }

    /// Whether a fix is not to be applied now.
    pub(super) fn holds_back(&self, fix: &FixId) -> bool {
        if let Some(alone) = &self.alone {
            return fix != alone;
        }
        self.barred.contains(fix)
            || self.doubtful.contains(fix)
            || self.searches.values().any(|search| search.held_back.contains(fix) || search.others.contains(fix))
    }

    /// What is barred is not offered.
    pub(super) fn withdraws(&self, outcome: &mut Outcome) {
        for finding in &mut outcome.findings {
            let id = finding.diagnostic.fix.as_ref().map(|fix| identity(finding, fix));
            if id.is_some_and(|id| self.barred.contains(&id)) {
                finding.diagnostic.fix = None;
            }
        }
    }

    /// Whether nothing is looked for.
    pub(super) fn is_settled(&self) -> bool {
        self.searches.is_empty() && self.doubtful.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounds of all `fixes` that may be applied, until no file fails; `fails` says which do of what was applied.
    fn settle(fixes: &[FixId], fails: impl Fn(&BTreeSet<FixId>) -> BTreeSet<String>) -> (Trust, usize) {
        let (mut trust, mut applied) = (Trust::default(), BTreeSet::new());
        for round in 0..500 {
            let found: BTreeSet<FixId> = fixes.iter().filter(|fix| !applied.contains(*fix)).cloned().collect();
            trust.finds(&found);
            let next = |trust: &Trust| -> BTreeSet<FixId> { found.iter().filter(|fix| !trust.holds_back(fix)).cloned().collect() };
            while next(&trust).is_empty() && !trust.is_settled() {
                trust.breaks_tie();
                trust.finds(&found);
            }
            let chosen = next(&trust);
            if chosen.is_empty() {
                return (trust, round);
            }
            let failing = fails(&(&applied | &chosen));
            trust.learns(&chosen, &failing);
            if failing.is_empty() {
                applied.extend(chosen);
            }
        }
        (trust, 500)
    }

    fn fixes() -> Vec<FixId> {
        let of = |file: usize| (0..10).map(move |fix| ("a-rule", format!("fix {fix}"), Arc::from(format!("{file:03}.sql"))));
        (0..100).flat_map(of).collect()
    }

    fn barred(trust: &Trust) -> Vec<String> {
        trust.barred.iter().map(|(_, title, path)| format!("{path} {title}")).collect()
    }

    #[test]
    fn the_culprits_of_many_files_are_found_side_by_side() {
        let culprits: BTreeSet<FixId> = fixes().into_iter().filter(|(_, title, _)| title == "fix 3" || title == "fix 8").collect();
        let fails = |applied: &BTreeSet<FixId>| (applied & &culprits).into_iter().map(|(_, _, path)| path.to_string()).collect();
        let (trust, rounds) = settle(&fixes(), fails);
        assert_eq!(trust.barred, culprits);
        assert!(rounds <= culprits.len() + 12, "{rounds}");
    }

    #[test]
    fn a_fix_that_lets_another_file_fail_is_found_too_and_no_other_barred() {
        let fails = |applied: &BTreeSet<FixId>| {
            let is_culprit = |(_, title, path): &FixId| title == "fix 4" && (**path == *"001.sql" || **path == *"003.sql");
            let failing =
                applied.iter().filter(|fix| is_culprit(fix)).map(|(_, _, path)| if **path == *"001.sql" { "050.sql" } else { "003.sql" });
            failing.map(str::to_owned).collect()
        };
        let (trust, rounds) = settle(&fixes(), fails);
        assert_eq!(barred(&trust), ["001.sql fix 4", "003.sql fix 4"]);
        assert!(rounds <= 30, "{rounds}");
    }

    #[test]
    fn what_can_not_be_tried_is_no_longer_looked_for() {
        let found: BTreeSet<FixId> = fixes().into_iter().take(1).collect();
        let mut trust = Trust { doubtful: found.clone(), ..Trust::default() };
        trust.finds(&found);
        assert!(!trust.holds_back(&fixes()[0]) && trust.holds_back(&fixes()[1]));
        trust.breaks_tie();
        trust.finds(&found);
        assert!(trust.is_settled() && !trust.holds_back(&fixes()[1]));
    }

    /// Whatever culprits there are, and whichever files they let fail.
    #[test]
    fn in_the_end_every_culprit_is_barred_and_nothing_else() {
        let fixes = fixes();
        let mut state = 1_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..40 {
            let culprits: BTreeMap<FixId, BTreeSet<String>> = (0..=random(5))
                .map(|_| {
                    let fix = fixes[random(fixes.len())].clone();
                    let failing = (0..=random(3)).map(|_| format!("{:03}.sql", random(100))).collect();
                    (fix, failing)
                })
                .collect();
            let fails = |applied: &BTreeSet<FixId>| {
                culprits.iter().filter(|(fix, _)| applied.contains(fix)).flat_map(|(_, files)| files.clone()).collect()
            };
            let (trust, rounds) = settle(&fixes, fails);
            assert_eq!(trust.barred, culprits.keys().cloned().collect());
            assert!(rounds < 200, "{rounds}");
        }
    }

    #[test]
    fn of_two_fixes_that_do_it_only_together_one_is_barred() {
        let fails = |applied: &BTreeSet<FixId>| {
            let both = applied.iter().filter(|(_, title, path)| title == "fix 4" && (**path == *"001.sql" || **path == *"003.sql"));
            if both.count() == 2 { BTreeSet::from(["003.sql".to_owned()]) } else { BTreeSet::new() }
        };
        let (trust, _) = settle(&fixes(), fails);
        assert_eq!(trust.barred.len(), 1);
    }
}
