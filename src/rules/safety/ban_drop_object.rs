//! `ban-drop-object`: nothing that clients name, or that works for them, is dropped for good.

use crate::catalog::model::{RelationKind, Routine, Type, TypeUse};
use crate::catalog::{Address, Body, Class};
use crate::config::OptionValue;
use crate::diagnostic::Severity;
use crate::rules::change::{Named, changes, described, is_left};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Node, ObjectKind};

/// The rule.
#[derive(Debug)]
pub struct BanDropObject;

static META: Meta = Meta {
    id: "ban-drop-object",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &[
        "ban-drop-domain",
        "ban-drop-extension",
        "ban-drop-function",
        "ban-drop-policy",
        "ban-drop-sequence",
        "ban-drop-trigger",
        "ban-drop-type",
        "ban-drop-view",
    ],
    options: &["kinds"],
    page: include_str!("../../../rules/ban-drop-object.md"),
};

impl Rule for BanDropObject {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn option_values(&self) -> &'static [(&'static str, OptionValue)] {
        &[("kinds", OptionValue::Words(&KINDS))]
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let kinds = cx.option("kinds");
        for change in changes(cx) {
            let Node::Drop(drop) = change.node() else { continue };
            for named in change.named() {
                let Some((kind, loss)) = loss(drop.kind, &named) else { continue };
                let is_meant = kinds.is_empty() || kinds.contains(&kind);
                // What was renamed before it is dropped has lost the name that it had.
                let was = if cx.replayed.before.get(named.oid).is_some() { cx.replayed.before } else { change.before() };
                if !is_meant || is_left(was, change.end(), Address::whole(named.oid)) {
                    continue;
                }
                // What was renamed before goes by the name that others know.
                let called = if change.is_renamed(named.oid) { described(was, named.oid) } else { change.called(&named) };
                let finding = change.finding(named.span, format!("{called} is dropped: {loss}"));
                out.push(change.told_of_named(&named, finding).help(HELP));
            }
        }
    }
}

/// What can be dropped.
const KINDS: [&str; 9] = ["domain", "extension", "function", "materialized_view", "policy", "sequence", "trigger", "type", "view"];

const HELP: &str = "drop it once nothing that runs needs it, and say so: `-- migration-lint: allow(ban-drop-object): …`";

/// What kind of thing is dropped, and what comes of it; none where other rules speak of it, or nobody notices.
fn loss(written: ObjectKind, named: &Named<'_>) -> Option<(&'static str, &'static str)> {
    const NAMED: &str = "whoever still names it fails";
    if named.object.extension.is_some() {
        return None;
    }
    let (object, class) = (named.object, named.object.body.class());
    Some(match (&object.body, class) {
        (Body::Relation(relation), _) => match (&relation.kind, written) {
            (RelationKind::View(_), _) | (RelationKind::Unknown, ObjectKind::View) => ("view", NAMED),
            (RelationKind::MaterializedView(_), _) | (RelationKind::Unknown, ObjectKind::MaterializedView) => ("materialized_view", NAMED),
            (RelationKind::Sequence(_), _) | (RelationKind::Unknown, ObjectKind::Sequence) => {
                ("sequence", "whoever still names it fails, and nobody knows which numbers it gave")
            }
            (RelationKind::Composite, _) => ("type", NAMED),
            _ => return None,
        },
        (Body::Type(ty), _) if matches!(**ty, Type::Domain(_)) || written == ObjectKind::Domain => ("domain", NAMED),
        (Body::Type(_), _) => ("type", NAMED),
        // Nobody calls what triggers call, and of those it is told.
        (Body::Routine(routine), _) if is_called_by_triggers(routine) => return None,
        (Body::Routine(_), _) => ("function", "whoever still calls it fails"),
        (_, Class::Extension) => ("extension", "whoever still names what it brought fails"),
        (_, Class::Trigger) => ("trigger", "what it did with each change is no longer done"),
        (_, Class::Policy) => ("policy", "others see and write other rows without it"),
        _ => return None,
    })
}

fn is_called_by_triggers(routine: &Routine) -> bool {
    ["trigger", "event_trigger"].iter().any(|ty| routine.returns == Some(TypeUse::built_in(ty)))
}
