//! `ban-wasted-change`: what a change builds is there at its end, as it was built.

use crate::catalog::replay::{Fate, Waste};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct BanWastedChange;

static META: Meta = Meta {
    id: "ban-wasted-change",
    group: Group::Proof,
    severity: Severity::Info,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-wasted-change.md"),
};

impl Rule for BanWastedChange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        // What a migration that fails, or can't be followed, would have dropped may still be there.
        if !cx.replayed.applies.is_proved() || cx.change.len() < 2 {
            return;
        }
        let waste = cx.replayed.trials().waste(&|migration| cx.change.contains(&migration));
        out.extend(waste.iter().filter_map(|waste| told(cx, waste)));
    }
}

fn told(cx: &MigrationContext<'_>, waste: &Waste) -> Option<Diagnostic> {
    let statement = cx.up.script.statements.get(waste.statement)?;
    let id = &cx.history.migrations.get(waste.origin.migration? as usize)?.id;
    let object = waste.object.replace(" public.", " ");
    let (message, help) = match waste.fate {
        Fate::Dropped => (
            format!("{object} is built by `{id}` and dropped here, in the same change"),
            format!("where `{id}` has not been run anywhere that counts, take it out of both"),
        ),
        Fate::Retyped => (
            format!("{object} is built by `{id}` and gets another type here, in the same change"),
            format!("where `{id}` has not been run anywhere that counts, build it with that type"),
        ),
    };
    Some(cx.related_at(cx.finding(statement.span, message), waste.origin, "it is built here").help(help))
}
