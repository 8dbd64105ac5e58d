//! `require-schema-map`: the map that the configuration names is that of the schema which the migrations leave.

use std::sync::Arc;

use crate::catalog::outline::Outline;
use crate::diagnostic::{Applicability, Diagnostic, FileEdit, Fix, Severity};
use crate::rules::schema_map;
use crate::rules::{About, Document, Findings, Group, HistoryContext, Meta, On, Rule, Section};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct RequireSchemaMap;

static META: Meta = Meta {
    id: "require-schema-map",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::SchemaMap),
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-schema-map.md"),
};

/// How many departures a finding names.
const NAMED: usize = 3;

impl Rule for RequireSchemaMap {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn writes_documents(&self) -> bool {
        true
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let Some(((path, span), whole)) = cx.config.house.schema_map_path.as_ref().zip(cx.schema_map) else { return };
        match cx.documents.get(whole) {
            Some(Document::Text(_)) => out.extend(departing(cx, path, whole)),
            Some(Document::Unreadable) => {}
            None if cx.documents.is_missing(whole) => out.extend(missing(cx, path, whole, *span)),
            None => {}
        }
    }
}

/// For a map that is not there.
fn missing(cx: &HistoryContext<'_>, path: &str, whole: &str, span: Span) -> Option<Diagnostic> {
    let finding = cx.finding_in(cx.config_file?, span, format!("`database.schema_map_path` names `{path}`, which is not there"));
    let finding = finding.help(format!("`--fix` writes it, as does `migration-lint schema --format json > {path}`"));
    if cx.only_finds {
        return Some(finding);
    }
    let outline = Outline::of_awaited(cx.end, &|| cx.is_awaited())?;
    let text = schema_map::written(&schema_map::map(&outline));
    let fix = fix(whole, &outline, "write the schema map", Edit::insertion(0, text));
    Some(finding.fix(fix))
}

/// For a map that is no JSON, or not that of the schema.
fn departing(cx: &HistoryContext<'_>, path: &str, whole: &str) -> Option<Diagnostic> {
    let source = cx.documents.text(whole)?;
    let all = Span::new(0, source.text().len() as u32);
    let outline = || Outline::of_awaited(cx.end, &|| cx.is_awaited());
    let old = match cx.documents.schema_map(whole)? {
        Ok(old) => old,
        Err(unreadable) => {
            let finding = cx.finding_in(source, Span::empty(unreadable.at), format!("`{path}` is no JSON: {}", unreadable.why));
            let finding = finding.help("mend it, or let `--fix --unsafe-fixes` write it anew");
            if cx.only_finds {
                return Some(finding);
            }
            let outline = outline()?;
            let text = schema_map::written(&schema_map::map(&outline));
            let fix = Fix {
                applicability: Applicability::Unsafe,
                ..fix(whole, &outline, "write the schema map in its place", Edit::replacement(all, text))
            };
            return Some(finding.fix(fix));
        }
    };
    let found = cx.kept.with_comparison(|comparison| comparison.departures(old, cx.end, &|| cx.is_awaited()))?;
    if found.is_empty() {
        return None;
    }
    let more = match found.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let named = found[..found.len().min(NAMED)].join("; ");
    let message = format!("this is not the map of the schema that the migrations leave: {named}{more}");
    let help = "let `--fix` write it; `migration-lint schema --check` shows all that differs";
    let finding = cx.finding_in(source, source.first_line(), message).help(help);
    if cx.only_finds {
        return Some(finding);
    }
    let outline = outline()?;
    let text = schema_map::written(&schema_map::keeping(schema_map::map(&outline), old));
    let fix = fix(whole, &outline, "write the schema map anew", Edit::replacement(all, text));
    Some(finding.fix(fix))
}

/// Safe where all of the schema is known.
fn fix(whole: &str, outline: &Outline, title: &str, edit: Edit) -> Fix {
    let applicability = if schema_map::is_certain(outline) { Applicability::Safe } else { Applicability::Unsafe };
    Fix::new(title, applicability, vec![FileEdit { path: Arc::from(whole), edit }])
}
