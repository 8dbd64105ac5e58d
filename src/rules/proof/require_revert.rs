//! `require-revert`: a down migration takes the schema back to what it was.

use std::collections::BTreeMap;

use super::failure::Failing;
use super::first_line_of;
use crate::catalog::Origin;
use crate::catalog::difference::{Change, Difference};
use crate::catalog::replay::Verdict;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::doctrine::{self, RequireDownMigration};
use crate::rules::places::listed;
use crate::rules::undo;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, is_rejected};

/// The rule.
#[derive(Debug)]
pub struct RequireRevert;

static META: Meta = Meta {
    id: "require-revert",
    group: Group::Proof,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-revert.md"),
};

/// How many differences a finding names.
const NAMED: usize = 3;

impl Rule for RequireRevert {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some(verdict) = cx.replayed.reverts().filter(|verdict| verdict.is_refuted()) else { return };
        if cx.runs(&RequireDownMigration) && doctrine::misses_statements(cx) {
            return;
        }
        let found = match Failing::of(verdict) {
            Some(failing) => fails(cx, &failing),
            None => restores_too_little(cx, verdict),
        };
        out.extend(found.map(|finding| match undo::repair(cx) {
            Some(fix) => finding.fix(fix),
            None => finding,
        }));
    }
}

fn fails(cx: &MigrationContext<'_>, failing: &Failing<'_>) -> Option<Diagnostic> {
    let (sql, section) = cx.down.zip(cx.sections.down.as_ref())?;
    let statement = failing.statement(sql);
    let is_told = statement.is_some_and(|statement| is_rejected(cx, &section.source, sql, statement));
    // A down migration that only raises an error says that there is no way back.
    if is_told || failing.sqlstate == "P0001" {
        return None;
    }
    let span = failing.span.or(statement).unwrap_or_else(|| first_line_of(section));
    let finding = cx.finding_down(span, format!("the down migration fails: {}", failing.said()))?;
    let finding = match failing.condition(cx) {
        Some(condition) => finding.labelled(condition),
        None => finding,
    };
    Some(match failing.sqlstate {
        "2BP01" => finding.help("drop what depends on it first: take things back in the reverse order of up"),
        "42P01" | "42704" | "42883" | "42703" | "3F000" => {
            finding.help("up leaves nothing of that name, or an earlier statement of the down migration drops it: write `IF EXISTS`, or take the statement out")
        }
        _ => finding,
    })
}

fn restores_too_little(cx: &MigrationContext<'_>, verdict: &Verdict) -> Option<Diagnostic> {
    let Verdict::Refuted { differences, .. } = verdict else { return None };
    // Where the tool does not run it, `ban-syntax-error` says so.
    if differences.is_empty() || doctrine::is_irreversible(cx) {
        return None;
    }
    let shown: Vec<&str> = differences.iter().take(NAMED).map(|difference| difference.text.as_str()).collect();
    let more = match differences.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let section = cx.sections.down.as_ref()?;
    let message = format!("the down migration does not restore the schema: {}{more}", shown.join("; "));
    let span = match (cx.sections.marker, &cx.migration.down) {
        (Some(marker), None) => marker,
        _ => first_line_of(section),
    };
    let finding = cx.finding_down(span, message)?.help(help(cx, differences));
    let mut made: BTreeMap<Origin, Vec<(&Difference, Origin)>> = BTreeMap::new();
    for difference in differences.iter().take(NAMED) {
        if let Some(origin) = difference.made_at {
            made.entry(statement_of(cx, origin)).or_default().push((difference, origin));
        }
    }
    Some(made.into_iter().fold(finding, |finding, (statement, left)| match &left[..] {
        [(_, origin)] => cx.related_at(finding, *origin, MADE_HERE),
        several => cx.related_at(finding, statement, &format!("{MADE_HERE}: {}", names(several))),
    }))
}

const MADE_HERE: &str = "what is left behind is made here";

/// The statement of up in which something was made by a clause of its own.
fn statement_of(cx: &MigrationContext<'_>, origin: Origin) -> Origin {
    let is_own = origin.migration == Some(cx.replayed.index);
    let statement = cx.up.script.statements.iter().find(|statement| is_own && statement.span.encloses(origin.span));
    statement.map_or(origin, |statement| Origin { span: statement.span, ..origin })
}

/// What is left behind, without saying that it is.
fn names(left: &[(&Difference, Origin)]) -> String {
    let name = |(difference, _): &(&Difference, Origin)| {
        let text = &difference.text;
        text.strip_prefix("left behind: ").unwrap_or(text).to_owned()
    };
    left.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn help(cx: &MigrationContext<'_>, differences: &[Difference]) -> String {
    let all = |change| differences.iter().all(|difference| difference.change == change);
    let advice = match () {
        () if all(Change::Added) => match lacking(cx) {
            Some(statements) => format!("add {statements}"),
            None => "drop what up makes".to_owned(),
        },
        () if all(Change::Lost) => "make again what up drops, and drop only what up makes".to_owned(),
        () => "take back each change of up".to_owned(),
    };
    format!("{advice}; where it can't be taken back, say so: `-- IRREVERSIBLE: ` and the reason")
}

/// The statements that the down section lacks, if they are few and nothing else is wrong.
fn lacking(cx: &MigrationContext<'_>) -> Option<String> {
    let lacking = cx.replayed.completion(&[])?;
    let statements = &lacking.changes.statements;
    let is_short = (1..=NAMED).contains(&statements.len()) && statements.iter().all(|step| !step.sql.contains('\n'));
    is_short.then(|| listed(statements.iter().map(|step| format!("{};", step.sql))))
}
