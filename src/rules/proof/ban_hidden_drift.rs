//! `ban-hidden-drift`: what `IF NOT EXISTS` passes over is what the statement says.

use crate::catalog::replay::Drift;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};

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
    finding.help("change what is there with ALTER, or give the new one another name; where both mean the same, write the same")
}
