//! `ban-set-schema`: nothing that clients name is moved to another schema.

use crate::catalog::describe;
use crate::diagnostic::Severity;
use crate::rules::change::changes;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

use super::naming;

/// The rule.
#[derive(Debug)]
pub struct BanSetSchema;

static META: Meta = Meta {
    id: "ban-set-schema",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Always,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-set-schema.md"),
};

impl Rule for BanSetSchema {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Node::SetSchema(set) = change.node() else { continue };
            for named in change.named().filter(|named| change.takes_name(named)) {
                let Some(schema) = named.object.schema.and_then(|schema| change.before().get(schema)) else { continue };
                let (name, schema) = (describe::name(&named.object.name), describe::name(&schema.name));
                let message = format!("whoever still looks for `{name}` in schema `{schema}` fails");
                let finding = change.told_of_named(&named, change.finding(set.object.span.to(set.schema.span), message));
                out.push(finding.help(naming::stand_in(&named)));
            }
        }
    }
}
