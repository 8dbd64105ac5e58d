//! `ban-undefined-object`: what a migration needs is created by some migration, where the history is all that there is.

use super::failure::{Failing, Subject};
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, Section};

/// The rule.
#[derive(Debug)]
pub struct BanUndefinedObject;

static META: Meta = Meta {
    id: "ban-undefined-object",
    group: Group::Proof,
    severity: Severity::Error,
    on: On::Section(Section::CompleteHistory),
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-undefined-object.md"),
};

/// What PostgreSQL raises where something is missing (manual, appendix A).
const UNDEFINED: [&str; 4] = ["42P01", "42704", "42883", "3F000"];

impl Rule for BanUndefinedObject {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let failing = Failing::of(cx.replayed.applies).filter(|failing| UNDEFINED.contains(&failing.sqlstate));
        let Some((failing, subject)) = failing.and_then(|failing| Some((failing, failing.subject()?))) else { return };
        if !is_an_object(&subject) || cx.creations.first(subject.kind, subject.name).is_some() || cx.replayed.before.was_there(subject.name)
        {
            return;
        }
        let span = failing.span.or_else(|| failing.statement(cx.up)).unwrap_or_else(|| cx.source().first_line());
        let finding = cx.finding(span, format!("no migration creates `{}`: {}", subject.name, failing.said()));
        out.push(finding.help(
            "create it in a migration before this one; what is there before the first migration stands in a file that `migration_lint.schema` names",
        ));
    }
}

/// Whether it is an object by itself, which migrations create by name: not a part of one.
fn is_an_object(subject: &Subject<'_>) -> bool {
    const KINDS: [&str; 16] = [
        "relation",
        "table",
        "view",
        "materialized",
        "sequence",
        "index",
        "type",
        "function",
        "procedure",
        "aggregate",
        "schema",
        "role",
        "extension",
        "collation",
        "language",
        "server",
    ];
    subject.of.is_none() && KINDS.contains(&subject.kind)
}
