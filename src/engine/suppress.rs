//! Taking out what comments in a file allow, and judging those comments.

use crate::diagnostic::Diagnostic;
use crate::migration::{Suppression, suppressions};
use crate::rules::{self, Findings, Meta, RULES, SuppressionContext};
use crate::syntax::Script;
use crate::text::{SourceFile, Span};

use super::outcome::Silencer;

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

    /// Takes the findings in this file that a suppression allows out of `findings`, each with the first that does.
    pub(super) fn take_out(&mut self, findings: &mut Findings) -> Vec<(Diagnostic, Silencer)> {
        let mut taken = Vec::new();
        if self.suppressions.is_empty() {
            return taken;
        }
        for finding in std::mem::take(findings) {
            match self.allow(&finding) {
                Some(silencer) => taken.push((finding, silencer)),
                None => findings.push(finding),
            }
        }
        taken
    }

    /// What allows `finding`; every suppression that does is noted as used.
    fn allow(&mut self, finding: &Diagnostic) -> Option<Silencer> {
        if *finding.primary.path != *self.source.path() {
            return None;
        }
        let (rule, text) = (rules::find(finding.rule)?, self.source.text());
        let mut first = None;
        for (suppression, used) in self.suppressions.iter().zip(&mut self.used) {
            if let Some(index) = suppression.allows(text, |name| rule.meta().is_called(name), finding.primary.span.start) {
                used[index] = true;
                first.get_or_insert_with(|| {
                    let reason = suppression.reason.map(|reason| text[reason].to_owned());
                    Silencer::Comment { span: suppression.span, reason }
                });
            }
        }
        first
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
