//! Taking out what comments in a file allow, and judging those comments.

use crate::migration::{Suppression, suppressions};
use crate::rules::{self, Findings, Meta, RULES, SuppressionContext};
use crate::syntax::Script;
use crate::text::{SourceFile, Span};

/// The suppressions of one file, and which of them were needed.
#[derive(Debug, Clone)]
pub(super) struct FileSuppressions {
    source: SourceFile,
    suppressions: Vec<Suppression>,
    /// By suppression, then by the rule that it names.
    used: Vec<Vec<bool>>,
}

impl FileSuppressions {
    /// Those that `source` holds; `scripts` are the file's statements, up and down.
    pub(super) fn read(source: &SourceFile, scripts: &[&Script]) -> Self {
        let text = source.text();
        // Almost no file has any: the whole file is lexed again only where one is in sight.
        let suppressions = if memchr::memmem::find(text.as_bytes(), b"migration-lint").is_none() {
            Vec::new()
        } else {
            let whole = Script::parse(text, Span::new(0, text.len() as u32));
            let mut statements: Vec<Span> = scripts
                .iter()
                .flat_map(|script| &script.statements)
                .map(|statement| statement.terminator.map_or(statement.span, |end| statement.span.to(end)))
                .collect();
            statements.sort();
            suppressions(text, source.lines(), &whole.comments, &statements)
        };
        let used = suppressions.iter().map(|suppression| vec![false; suppression.rules.len()]).collect();
        Self { source: source.clone(), suppressions, used }
    }

    /// Takes the findings in this file that a suppression allows out of `findings`; how many.
    pub(super) fn take_out(&mut self, findings: &mut Findings) -> usize {
        if self.suppressions.is_empty() {
            return 0;
        }
        let before = findings.len();
        findings.retain(|finding| {
            if *finding.primary.path != *self.source.path() {
                return true;
            }
            let Some(rule) = rules::find(finding.rule) else { return true };
            let mut allowed = false;
            for (suppression, used) in self.suppressions.iter().zip(&mut self.used) {
                if let Some(index) = suppression.allows(self.source.text(), |name| rule.meta().is_called(name), finding.primary.span.start)
                {
                    used[index] = true;
                    allowed = true;
                }
            }
            !allowed
        });
        before - findings.len()
    }

    /// What the rules about suppressions say of them; `runs` tells which rules run on the file.
    pub(super) fn judge(&self, runs: impl Fn(&Meta) -> bool, out: &mut Findings) {
        for (suppression, used) in self.suppressions.iter().zip(&self.used) {
            let ran: Vec<bool> = suppression
                .rules
                .iter()
                .map(|&name| rules::find(&self.source.text()[name]).is_some_and(|rule| runs(rule.meta())))
                .collect();
            for rule in RULES {
                if runs(rule.meta()) {
                    let cx = SuppressionContext { rule: rule.meta(), source: &self.source, suppression, used, ran: &ran };
                    rule.check_suppression(&cx, out);
                }
            }
        }
    }
}
