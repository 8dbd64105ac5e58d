//! `ban-hidden-drift`: what `IF NOT EXISTS` passes over is what the statement says.

use crate::catalog::replay::Drift;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Drop, Node};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanHiddenDrift;

static META: Meta = Meta {
    id: "ban-hidden-drift",
    group: Group::Proof,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-hidden-drift.md"),
};

/// How many differences a finding names.
const NAMED: usize = 3;

impl Rule for BanHiddenDrift {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        out.extend(cx.replayed.trials().drifts().iter().map(|drift| told(cx, drift)));
    }
}

fn told(cx: &MigrationContext<'_>, drift: &Drift) -> Diagnostic {
    let shown: Vec<&str> = drift.differences.iter().take(NAMED).map(String::as_str).collect();
    let more = match drift.differences.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let object = drift.object.replace(" public.", " ");
    let message = format!("`IF NOT EXISTS` passes over {object}, which is not what this says: {}{more}", shown.join("; "));
    let finding = cx.finding(drift.span, message).labelled("nothing is done here");
    let finding = cx.related_at(finding, drift.origin, "what is there comes from here");
    let finding = match dropped_elsewhere(cx, drift) {
        Some(drop) => finding.related(cx.source().path().into(), drop, "this drops something of that name in another schema"),
        None => finding,
    };
    finding.help("change what is there with ALTER, or give the new one another name; where both mean the same, write the same")
}

/// The last DROP above that names something as what is there is called, and has not dropped that.
fn dropped_elsewhere(cx: &MigrationContext<'_>, drift: &Drift) -> Option<Span> {
    let name = drift.object.rsplit(['.', ' ']).next()?;
    let is_made_before = |drop: &Drop| drift.origin.migration != Some(cx.replayed.index) || drift.origin.span.end <= drop.span.start;
    let above = cx.up.script.statements.iter().rev().filter(|statement| statement.span.end <= drift.span.start);
    let drops = above.filter_map(|statement| match statement.node() {
        Some(Node::Drop(drop)) if is_made_before(drop) => Some(drop),
        _ => None,
    });
    let objects = drops.flat_map(|drop| &drop.objects);
    let named = objects.filter(|object| object.name().is_some_and(|written| written.object.is(cx.text(), name)));
    named.map(|object| object.span).next()
}
