//! Mending one file: what its text is after all fixes that may be applied together, and those that are found then.

use std::sync::Arc;

use crate::diagnostic::Fix;
use crate::engine::FileText;
use crate::engine::repair::{Mending, ROUNDS, by_file, choose, mend};

use super::Live;

impl Live<'_> {
    /// The text of a file after the fixes of its own findings that change nothing but it; none where there is none. The file itself stays.
    pub fn mended(&mut self, path: &str, mending: Mending<'_>) -> Option<Arc<str>> {
        let before = self.source(path)?.shared_text();
        let mut text = Arc::clone(&before);
        for _ in 0..ROUNDS {
            let Some(after) = self.mended_once(path, mending) else { break };
            text = after;
            self.set_text(path, FileText { text: Arc::clone(&text), damages: Vec::new() });
            while !self.is_current(path) && !self.is_whole() {
                self.work(&|| true);
            }
        }
        self.set_text(path, FileText { text: Arc::clone(&before), damages: Vec::new() });
        (text != before).then_some(text)
    }

    fn mended_once(&self, path: &str, mending: Mending<'_>) -> Option<Arc<str>> {
        let mut outcome = self.settle_for_now(path)?.outcome;
        let shown = self.shown(&self.workspace.settings.whole(path));
        outcome.findings.retain(|finding| *finding.diagnostic.primary.path == *shown);
        let own = Mending { within: Some(&shown), ..mending };
        let is_damaged = |_, fix: &Fix| fix.edits.iter().any(|edit| self.workspace.is_damaged(&edit.path));
        let chosen = choose(&outcome, own, is_damaged, |path| self.workspace.is_new(path));
        let edits = by_file(&chosen.fixes);
        mend(self.source(path), edits.values().next()?)
    }
}
