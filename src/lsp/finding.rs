//! Findings as editors show them.

use std::path::Path;

use lsp_types::{Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range};

use crate::config::ConfigError;
use crate::diagnostic::{Label, Severity};
use crate::engine::{Finding, Outcome, absolute};
use crate::text::SourceFile;

use super::position::Encoding;
use super::uri::uri_of;

/// What findings say that they come from.
pub(super) const SOURCE: &str = "migration-lint";

/// A finding of `outcome`, whose paths count from `directory`.
pub(super) fn diagnostic(finding: &Finding, outcome: &Outcome, directory: &Path, encoding: Encoding) -> Diagnostic {
    let own = &finding.diagnostic;
    let range = |label: &Label| outcome.sources.get(&label.path).map_or_else(Range::default, |source| encoding.range(source, label.span));
    let related = own.related.iter().filter_map(|label| {
        let uri = uri_of(&absolute(directory, Path::new(&*label.path)))?;
        Some(DiagnosticRelatedInformation { location: Location { uri, range: range(label) }, message: label.message.clone() })
    });
    let related: Vec<_> = related.collect();
    Diagnostic {
        range: range(&own.primary),
        severity: Some(severity(own.severity)),
        code: Some(NumberOrString::String(finding.rule.id.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: with_help(&own.message, own.help.as_deref()),
        related_information: (!related.is_empty()).then_some(related),
        data: Some(finding.fingerprint.clone().into()),
        ..Diagnostic::default()
    }
}

/// A mistake in the configuration.
pub(super) fn mistake(error: &ConfigError, source: &SourceFile, encoding: Encoding) -> Diagnostic {
    Diagnostic {
        range: encoding.range(source, error.span),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: with_help(&error.message, error.help.as_deref()),
        ..Diagnostic::default()
    }
}

fn with_help(message: &str, help: Option<&str>) -> String {
    help.map_or_else(|| message.to_owned(), |help| format!("{message}\nhelp: {help}"))
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}
