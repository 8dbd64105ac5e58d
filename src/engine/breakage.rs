//! What a change breaks in files that have not changed, by what it takes away or changes before them: a migration that fails from now on, since the one
//! that made its table is gone; migrations that no README lists any more.
//!
//! Everything is linted as it is and as it was before the change, and what is found only now is the change's doing. That takes time, and is done
//! only where a file is gone, or a migration fails that stands behind a changed one.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::rules::Document;
use crate::text::SourceFile;

use super::changed::Change;
use super::encoding::decode;
use super::outcome::{Finding, Outcome};
use super::workspace::{Workspace, in_order};

/// The ending of migrations.
const SQL: &str = ".sql";

impl<'a> Workspace<'a> {
    /// Lints the files in `selected`, whose paths count from the working directory; all others count only as their history.
    pub fn lint(&self, selected: &BTreeSet<String>) -> Outcome {
        let (mut outcome, may_break) = self.lint_changed(selected);
        let Some(before) = may_break.then(|| self.before_change()).flatten() else { return outcome };
        let all = before.files.keys().map(|path| before.settings.shown(path)).collect();
        let then = before.lint_changed(&all).0;
        let known: BTreeSet<_> = then.findings.iter().chain(then.silenced.iter().map(|silenced| &silenced.finding)).map(key).collect();
        let mut whole = self.clone();
        whole.changed = None;
        let now = whole.lint_changed(selected).0;
        let told: BTreeSet<_> = outcome.findings.iter().map(|finding| (finding.rule.id, finding.diagnostic.message.clone())).collect();
        let is_new = |finding: &Finding| {
            let is_told = outcome.linted.contains(&finding.path) || told.contains(&(finding.rule.id, finding.diagnostic.message.clone()));
            !is_told && !known.contains(&key(finding))
        };
        let broken: Vec<Finding> = now.findings.into_iter().filter(is_new).map(caused).collect();
        for finding in &broken {
            let path = &finding.diagnostic.primary.path;
            if let Some(source) = now.sources.get(path) {
                outcome.sources.insert(Arc::clone(path), source.clone());
            }
        }
        outcome.findings.extend(broken);
        outcome.findings.sort_by(|a, b| in_order(&a.diagnostic, &b.diagnostic));
        outcome
    }

    /// All files as they were before the change; none where nobody knows.
    fn before_change(&self) -> Option<Workspace<'a>> {
        let changed = self.changed.as_ref().filter(|changed| changed.knows_before())?;
        let mut before = self.clone();
        (before.changed, before.baseline) = (None, None);
        let old = |path: &str| match changed.of(path) {
            Some(Change::Modified) => changed.content_before(path),
            Some(Change::Added) | None => None,
        };
        for path in self.files.keys().filter(|path| changed.has(path)) {
            before.files.remove(path);
            if let Some(content) = old(path) {
                before.restore(path, content);
            }
        }
        let documents: Vec<&str> = self.documents.paths().collect();
        for path in documents {
            if let Some(content) = old(path) {
                before.restore(path, content);
            }
        }
        changed.gone().for_each(|(path, content)| before.restore(path, content));
        Some(before)
    }

    /// Sets the file at the whole `path` to what it said.
    fn restore(&mut self, path: &str, content: Vec<u8>) {
        let file = decode(content);
        let source = SourceFile::new(path, file.text);
        match path.ends_with(SQL) {
            true => drop(self.files.insert(path.to_owned(), (source, file.damages))),
            false => self.documents.set(path, Document::Text(source)),
        }
    }
}

fn key(finding: &Finding) -> (&'static str, String, String) {
    (finding.rule.id, finding.path.clone(), finding.diagnostic.message.clone())
}

/// Says since when.
fn caused(mut finding: Finding) -> Finding {
    const SINCE: &str = "it was not so before the change";
    let help = finding.diagnostic.help.take();
    finding.diagnostic.help = Some(help.map_or_else(|| SINCE.to_owned(), |help| format!("{help}; {SINCE}")));
    finding
}
