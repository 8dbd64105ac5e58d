//! `require-valid-constraint`: what is added without a look at the rows is validated by some migration.

use crate::catalog::model::Constraint;
use crate::catalog::{Catalog, Object};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

/// The rule.
#[derive(Debug)]
pub struct RequireValidConstraint;

static META: Meta = Meta {
    id: "require-valid-constraint",
    group: Group::Proof,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-valid-constraint.md"),
};

impl Rule for RequireValidConstraint {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let constraints = cx.objects().filter_map(|(_, object)| Some((object, object.constraint()?)));
        out.extend(constraints.filter_map(|(object, constraint)| found(cx, object, constraint)));
    }
}

fn found(cx: &HistoryContext<'_>, object: &Object, constraint: &Constraint) -> Option<Diagnostic> {
    // A partition's part is validated with the whole; what is not enforced can't be valid (PostgreSQL 18, CREATE TABLE).
    let is_own = constraint.parent.is_none() && constraint.local;
    if constraint.validated || !constraint.enforced || !is_own || !is_known(cx.end, object) {
        return None;
    }
    let of = object.of?;
    let (holder, name) = (cx.shown(of), crate::catalog::describe::name(&object.name));
    let kind = if cx.end.relation(of).is_some() { "TABLE" } else { "DOMAIN" };
    let finding = cx.finding_at(object.origin, format!("constraint `{name}` of `{holder}` is NOT VALID, and no migration validates it"))?;
    let finding = finding.labelled("the rows that were there before are not checked");
    Some(finding.help(format!("in a later migration write `ALTER {kind} {holder} VALIDATE CONSTRAINT {name};`")))
}

/// Whether no statement that could not be followed may have validated it: such a one blurs what is known of a table.
fn is_known(catalog: &Catalog, object: &Object) -> bool {
    object.of.and_then(|of| catalog.get(of)).is_some_and(|holder| !holder.is_blurred())
}
