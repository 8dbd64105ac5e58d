//! `ban-drop-cascade`: what goes with something that is dropped is dropped by name.

use crate::catalog::{Address, Body, Catalog, describe};
use crate::diagnostic::Severity;
use crate::rules::change::{changes, is_left};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, Behavior, Node, ObjectKind};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanDropCascade;

static META: Meta = Meta {
    id: "ban-drop-cascade",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-drop-cascade.md"),
};

/// How many of the things that go a message names.
const NAMED: usize = 3;

impl Rule for BanDropCascade {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Some(place) = cascade(change.node()) else { continue };
            let before = change.before();
            let is_lost = |address: &Address| !is_left(before, change.end(), *address);
            let mut lost: Vec<String> = change.taken_along().filter(is_lost).filter_map(|address| called(before, address)).collect();
            if lost.is_empty() {
                continue;
            }
            lost.sort();
            let more = lost.len().saturating_sub(NAMED);
            lost.truncate(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("CASCADE takes along {}{more}", lost.join(", "));
            out.push(
                change
                    .finding(place, message)
                    .help("drop by name what is meant to go, and leave CASCADE out: it takes whatever is there on the day"),
            );
        }
    }
}

/// The word, in a statement that drops something; what goes with a schema is another rule's.
fn cascade(node: &Node) -> Option<Span> {
    let of = |behavior: Option<Behavior>| match behavior {
        Some(Behavior::Cascade(span)) => Some(span),
        _ => None,
    };
    match node {
        Node::Drop(drop) if drop.kind != ObjectKind::Schema => of(drop.behavior),
        Node::AlterTable(alter) => alter.actions.iter().find_map(|action| match &action.kind {
            AlterActionKind::DropColumn(drop) => of(drop.behavior),
            AlterActionKind::DropConstraint(drop) => of(drop.behavior),
            _ => None,
        }),
        _ => None,
    }
}

/// What it is called, with its schema unless that is `public`.
fn called(catalog: &Catalog, address: Address) -> Option<String> {
    let identity = match catalog.column(address) {
        Some(_) => describe::identity_of_column(catalog, address)?,
        None => describe::identity(catalog, address.object)?,
    };
    // A default is called like its column.
    let is_default = catalog.column(address).is_none() && matches!(catalog.get(address.object)?.body, Body::Default(_));
    Some(if is_default { format!("the default of {}", identity.shown()) } else { identity.shown() })
}
