//! `avoid-enum-value-change`: values of an enum that is in use are neither renamed, nor added wherever they happen to come.

use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::literal;
use crate::syntax::tree::{EnumAction, Node};

use super::{BanRenameObject, naming};

/// The rule.
#[derive(Debug)]
pub struct AvoidEnumValueChange;

static META: Meta = Meta {
    id: "avoid-enum-value-change",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &["require-enum-value-ordering", "alter-enum-no-ordering"],
    options: &[],
    page: include_str!("../../../rules/avoid-enum-value-change.md"),
};

impl Rule for AvoidEnumValueChange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let renames_are_told = cx.runs(&BanRenameObject);
        for change in changes(cx) {
            let (Node::AlterEnum(alter), Some(named)) = (change.node(), change.named().next()) else { continue };
            let called = change.called(&named);
            let (span, message, help) = match alter.action {
                EnumAction::Add { guard, label, place: None } => {
                    let is_there = naming::has_part(change.before(), named.oid, &literal::value(change.text(), label)) == Some(true);
                    if guard.is_written() && is_there {
                        continue;
                    }
                    let message = format!("`{}` comes behind all other values of {called}", change.written(label));
                    (
                        label,
                        message,
                        "say where with `BEFORE '…'` or `AFTER '…'`: comparisons and ORDER BY go by it, and it can't be moved later",
                    )
                }
                EnumAction::Rename { label, to }
                    if !renames_are_told && naming::loses_part(cx, &change, &named, &literal::value(change.text(), label)) =>
                {
                    (label.to(to), naming::of_label(cx, &change, &named, label), naming::stand_in(&named))
                }
                _ => continue,
            };
            out.push(change.told_of_named(&named, change.finding(span, message)).help(help));
        }
    }
}
