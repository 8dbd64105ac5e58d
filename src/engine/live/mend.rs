//! Mending one file: what its text is after all fixes that may be applied together, and those that are found then.
//!
//! Round by round, as [`Workspace::repair`](crate::engine::Workspace) does it, and with the same trust: what lets any migration fail that did not
//! is taken back. Invariant: the file's own text is what it was in the end.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::FileText;
use crate::engine::repair::{ATTEMPTS, Mending, ROUNDS, by_file, choose, mend};
use crate::engine::trust::{FixId, Trust};

use super::Live;
use super::course::Course;

impl Live<'_> {
    /// The text of a file after the fixes of its own findings that change nothing but it; none where there is none. The file itself stays.
    pub fn mended(&mut self, path: &str, mending: Mending<'_>) -> Option<Arc<str>> {
        let before = self.source(path)?.shared_text();
        let (mut text, mut trust, mut round) = (Arc::clone(&before), Trust::default(), 0);
        let mut failing = self.failing_with(path, &text);
        for _ in 0..ATTEMPTS {
            let Some((after, fixes, goes_back)) = self.mended_once(path, mending, &mut trust).filter(|_| round < ROUNDS) else { break };
            let is_whole = trust.is_settled();
            let way_back = |live: &Self| match goes_back {
                true => live.workspace.failing_on_the_way_back(&BTreeSet::from([path.to_owned()])),
                false => BTreeSet::new(),
            };
            let failing_back = way_back(self);
            let fails = self.failing_with(path, &after);
            let worse = &(&fails - &failing) | &(&way_back(self) - &failing_back);
            trust.learns(&fixes, &worse);
            if worse.is_empty() {
                (text, failing) = (after, fails);
                round += usize::from(is_whole);
            } else {
                self.failing_with(path, &text);
            }
        }
        self.failing_with(path, &before);
        (text != before).then_some(text)
    }

    /// The files of all migrations that fail where this is the text of the file.
    fn failing_with(&mut self, path: &str, text: &Arc<str>) -> BTreeSet<String> {
        self.set_text(path, FileText { text: Arc::clone(text), damages: Vec::new() });
        self.reorder();
        while !self.is_whole() {
            self.work(&|| true);
        }
        self.courses.iter().flat_map(Course::failing).map(|path| self.workspace.settings.shown(path)).collect()
    }

    /// The text after the fixes of one round, which those are, and whether they write down migrations.
    fn mended_once(&self, path: &str, mending: Mending<'_>, trust: &mut Trust) -> Option<(Arc<str>, BTreeSet<FixId>, bool)> {
        let mut outcome = self.settle_for_now(path)?.outcome;
        let shown = self.shown(&self.workspace.settings.whole(path));
        outcome.findings.retain(|finding| *finding.diagnostic.primary.path == *shown);
        let own = Mending { within: Some(&shown), ..mending };
        let chosen = choose(&outcome, own, trust, |path| self.workspace.is_damaged(path), |_| false);
        let edits = by_file(&chosen.fixes);
        Some((mend(self.source(path), edits.values().next()?)?, chosen.ids(), chosen.go_back()))
    }
}
