//! Which fixes are trusted to make nothing worse.
//!
//! A fix may let a migration fail, its own or another, in ways that nobody foresaw. So the files are linted after each round; a round after which a
//! migration fails that did not before is taken back, and the one fix that does it is looked for among those that were tried.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Fix;

use super::outcome::Outcome;

/// A fix from round to round, whatever else moves: its rule, its title, and the first file that it is about.
pub(super) type FixId = (&'static str, String, Arc<str>);

pub(super) fn identity(rule: &'static str, fix: &Fix) -> FixId {
    let path = fix.edits.first().map_or_else(|| Arc::from(""), |edit| Arc::clone(&edit.path));
    (rule, fix.title.clone(), path)
}

/// How many fixes are tried together. After a round that lets a migration fail which did not before, half of its fixes are tried, until
/// the one that does it stands alone: that one is barred.
#[derive(Debug, Default)]
pub(super) struct Trust {
    /// None: all of them.
    most: Option<usize>,
    barred: BTreeSet<FixId>,
}

impl Trust {
    pub(super) fn loses(&mut self, fixes: &[FixId]) {
        match fixes {
            [one] => {
                self.barred.insert(one.clone());
                self.most = None;
            }
            _ => self.most = Some(fixes.len().div_ceil(2)),
        }
    }

    /// The next time twice as many are tried, up to all that are `found`.
    pub(super) fn goes_on(&mut self, found: usize) {
        self.most = self.most.map(|most| most * 2).filter(|most| *most < found);
    }

    pub(super) fn is_barred(&self, rule: &'static str, fix: &Fix) -> bool {
        !self.barred.is_empty() && self.barred.contains(&identity(rule, fix))
    }

    /// What is barred is not offered.
    pub(super) fn withdraws(&self, outcome: &mut Outcome) {
        for finding in &mut outcome.findings {
            finding.diagnostic.fix.take_if(|fix| self.is_barred(finding.rule.id, fix));
        }
    }

    pub(super) const fn is_whole(&self) -> bool {
        self.most.is_none()
    }

    pub(super) fn most(&self) -> usize {
        self.most.unwrap_or(usize::MAX)
    }
}

/// The files with a migration that fails.
pub(super) fn failing(outcome: &Outcome) -> BTreeSet<String> {
    const FAILS: [&str; 2] = ["ban-failing-statement", "ban-undefined-object"];
    let findings = outcome.findings.iter().filter(|finding| FAILS.contains(&finding.rule.id));
    findings.map(|finding| finding.diagnostic.primary.path.to_string()).collect()
}
