//! `ban-drop-schema`: no schema is dropped with all that is in it.

use crate::catalog::{Catalog, Class, Oid, Standing};
use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Behavior, Node, ObjectKind};

/// The rule.
#[derive(Debug)]
pub struct BanDropSchema;

static META: Meta = Meta {
    id: "ban-drop-schema",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-drop-schema.md"),
};

impl Rule for BanDropSchema {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::Drop(drop) = change.node() else { continue };
            if drop.kind != ObjectKind::Schema || !matches!(drop.behavior, Some(Behavior::Cascade(_))) {
                continue;
            }
            for object in &drop.objects {
                let Some(name) = object.name() else { continue };
                let shown = change.name(name.object);
                // What a later migration makes was not there.
                let is_to_come =
                    change.before().named(Class::Schema, Oid::NONE, &shown).is_empty() && cx.creations.first("schema", &shown).is_some();
                if !is_to_come && may_hold(change.before(), &shown, cx.replayed.index) {
                    let message = format!("whatever the schema `{shown}` holds is lost, and whoever still names any of it fails");
                    out.push(change.finding(object.span, message).help(HELP));
                }
            }
        }
    }
}

const HELP: &str = "drop what it holds by name, and the schema without CASCADE, which fails where something was forgotten";

/// Whether something is in a schema that was there before the migration; nothing is known of what is in one that no migration makes.
fn may_hold(catalog: &Catalog, name: &str, index: u32) -> bool {
    let Some(schema) = catalog.named(Class::Schema, Oid::NONE, name).first().copied() else { return !catalog.was_there(name) };
    let is_older = |oid: Oid| catalog.get(oid).is_some_and(|object| object.origin.migration != Some(index));
    let is_assumed = catalog.get(schema).is_some_and(|object| object.standing == Standing::Assumed || object.origin.migration.is_none());
    is_assumed || catalog.schema_contents(schema).into_iter().any(is_older)
}
