//! `ban-rename-object`: nothing that clients name is renamed, be it no table.

use crate::catalog::model::RelationKind;
use crate::diagnostic::Severity;
use crate::rules::change::{Named, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::literal;
use crate::syntax::tree::{EnumAction, Node, ObjectKind, RenamedPart};

use super::naming;

/// The rule.
#[derive(Debug)]
pub struct BanRenameObject;

static META: Meta = Meta {
    id: "ban-rename-object",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &["renaming-object"],
    options: &[],
    page: include_str!("../../../rules/ban-rename-object.md"),
};

impl Rule for BanRenameObject {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let loses = |named: &Named<'_>, part: &str| naming::loses_part(cx, &change, named, part);
            let Some(named) = change.named().next() else { continue };
            let called = change.called(&named);
            let (span, message) = match change.node() {
                Node::Rename(rename) => match rename.part {
                    RenamedPart::Whole if !is_table(rename.object.kind, &named) && change.takes_name(&named) => {
                        let of = if rename.object.kind == ObjectKind::Schema { "what is in " } else { "" };
                        (rename.object.span.to(rename.new.span), format!("whoever still calls {of}{called} by that name fails"))
                    }
                    RenamedPart::Attribute(attribute) if loses(&named, &change.name(attribute)) => {
                        let name = change.name(attribute);
                        (attribute.span.to(rename.new.span), format!("whoever still calls `{name}` of {called} by that name fails"))
                    }
                    _ => continue,
                },
                Node::AlterEnum(alter) => match alter.action {
                    EnumAction::Rename { label, to } if loses(&named, &literal::value(change.text(), label)) => {
                        (label.to(to), naming::of_label(cx, &change, &named, label))
                    }
                    _ => continue,
                },
                _ => continue,
            };
            out.push(change.told_of_named(&named, change.finding(span, message)).help(naming::stand_in(&named)));
        }
    }
}

/// Whether it is what `ban-rename-table` speaks of.
fn is_table(written: ObjectKind, named: &Named<'_>) -> bool {
    let kind = named.object.relation().map(|relation| &relation.kind);
    matches!(written, ObjectKind::Table | ObjectKind::ForeignTable)
        && matches!(kind, Some(RelationKind::Table | RelationKind::ForeignTable(..) | RelationKind::Unknown))
}
