//! `ban-domain-constraint`: a domain that tables use gets no constraint that has to be checked in them.

use crate::catalog::Class;
use crate::diagnostic::Severity;
use crate::rules::change::{Change, changes};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{DomainAction, Ident, Node};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanDomainConstraint;

static META: Meta = Meta {
    id: "ban-domain-constraint",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &["ban-alter-domain-with-add-constraint"],
    options: &[],
    page: include_str!("../../../rules/ban-domain-constraint.md"),
};

impl Rule for BanDomainConstraint {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::AlterDomain(alter) = change.node() else { continue };
            let mut added = None;
            let (place, help) = match &alter.action {
                DomainAction::AddConstraint(constraint) => (constraint.span, ADVICE),
                DomainAction::SetNotNull(span) => {
                    (*span, "add `CHECK (VALUE IS NOT NULL) NOT VALID`, and validate it in a later migration")
                }
                DomainAction::ValidateConstraint(constraint) => {
                    added = maker(&change, *constraint);
                    match added {
                        Some(_) => (alter.span, ADVICE),
                        None => continue,
                    }
                }
                _ => continue,
            };
            let read: Vec<String> = change.tables_of_domain().filter(|table| !table.is_truncated()).map(|table| table.shown).collect();
            if read.is_empty() {
                continue;
            }
            let message = format!("this reads all of {}, and keeps everybody from writing there meanwhile", listed(read));
            let finding = change.finding(place, message).help(help);
            out.push(match added {
                Some(added) => finding.related(cx.source().path().into(), added, "it is added here, in the same transaction"),
                None => finding,
            });
        }
    }
}

const ADVICE: &str = "add it `NOT VALID`, and validate it in a later migration: the lock is then held for no longer than that takes";

/// What in the same transaction adds the constraint that is validated.
fn maker(change: &Change<'_>, constraint: Ident) -> Option<Span> {
    let part = change.before().part(change.domain()?, Class::Constraint, &change.name(constraint))?;
    change.maker_in_transaction(change.before().get(part)?)
}
