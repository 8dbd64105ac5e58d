//! `ban-failing-statement`: each statement succeeds on the schema that the migrations before it leave.

use std::sync::Arc;

use super::BanUndefinedObject;
use super::failure::{Failing, Subject, is_about};
use crate::diagnostic::{Diagnostic, Severity};
use crate::postgres::facts::setting;
use crate::rules::doctrine::RequireTransaction;
use crate::rules::safety::BanConcurrentInTransaction;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, is_rejected};
use crate::syntax::Version;
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanFailingStatement;

static META: Meta = Meta {
    id: "ban-failing-statement",
    group: Group::Proof,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["require-partition-key-in-primary-key"],
    options: &[],
    page: include_str!("../../../rules/ban-failing-statement.md"),
};

impl Rule for BanFailingStatement {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some(failing) = Failing::of(cx.replayed.applies) else { return };
        let statement = failing.statement(cx.up);
        if is_told(cx, &failing, statement) {
            return;
        }
        let span = failing.span.or(statement).unwrap_or_else(|| cx.source().first_line());
        let mut finding = cx.finding(span, format!("this fails: {}", failing.said()));
        if let Some(condition) = failing.condition(cx) {
            finding = finding.labelled(condition);
        }
        out.push(explained(cx, &failing, finding));
    }
}

/// Whether another rule speaks of the same cause.
fn is_told(cx: &MigrationContext<'_>, failing: &Failing<'_>, statement: Option<Span>) -> bool {
    let Some(statement) = statement else { return false };
    let about = |findings: &[Diagnostic]| is_about(findings, cx.source().path(), statement);
    match failing.sqlstate {
        "25001" => about(&cx.findings_of(&RequireTransaction)) || about(&cx.findings_of(&BanConcurrentInTransaction)),
        // Whoever switches that rule off does not want to hear of it from another.
        _ => is_rejected(cx, cx.source(), cx.up, statement) || about(&cx.findings_of(&BanUndefinedObject)),
    }
}

/// With what helps to see why.
fn explained(cx: &MigrationContext<'_>, failing: &Failing<'_>, finding: Diagnostic) -> Diagnostic {
    if let Some(since) = is_newer(cx, failing) {
        return finding.help(format!("PostgreSQL has it since version {since}: see `target_postgres`"));
    }
    match failing.sqlstate {
        "42P07" | "42710" | "42723" | "42P06" | "42701" => is_there(cx, failing, finding),
        "42P01" | "42704" | "42883" | "3F000" => is_not_there(cx, failing, finding),
        "2BP01" => finding.help("drop what depends on it first, or write `CASCADE`, which drops that too"),
        "25001" => finding.help("let it run without a transaction around it, in a migration of its own"),
        _ => finding,
    }
}

/// For what exists already.
fn is_there(cx: &MigrationContext<'_>, failing: &Failing<'_>, finding: Diagnostic) -> Diagnostic {
    let Some(subject) = failing.subject() else { return finding };
    let before = cx.replayed.before;
    let origin = match (subject.kind, subject.of) {
        ("column", Some(of)) => {
            let table = Subject { kind: "relation", name: of, of: None }.find(before);
            table.and_then(|table| table.relation()?.column(subject.name)).map(|column| column.origin)
        }
        _ => subject.find(before).map(|object| object.origin),
    };
    match origin {
        Some(origin) => cx.related_at(finding, origin, "it is made here"),
        None => finding,
    }
}

/// For a run-time variable that newer servers have.
fn is_newer(cx: &MigrationContext<'_>, failing: &Failing<'_>) -> Option<u8> {
    let name = failing.message.strip_prefix("unrecognized configuration parameter \"")?.strip_suffix('"')?;
    let newer = (cx.target.major() + 1..).map_while(Version::new);
    newer.filter(|version| setting(name, *version).is_some()).map(|version| version.major()).next()
}

/// For what does not exist.
fn is_not_there(cx: &MigrationContext<'_>, failing: &Failing<'_>, finding: Diagnostic) -> Diagnostic {
    let Some(subject) = failing.subject() else { return finding };
    let own = cx.migration.up.path();
    let place = |path: &str| cx.history.migrations.iter().position(|migration| migration.up.path() == path);
    match cx.creations.first(subject.kind, subject.name) {
        Some(other) if place(other.up.path()) > place(own) => {
            let path = Arc::from(other.up.path());
            let finding = finding.related(path, other.up.first_line(), format!("`{}` is created only here", subject.name));
            finding.help(format!("let this migration run after `{}`", other.id))
        }
        _ if cx.replayed.before.was_there(subject.name) => {
            finding.help(format!("a migration before this one drops or renames `{}`", subject.name))
        }
        _ => finding,
    }
}
