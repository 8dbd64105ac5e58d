//! `ban-superuser-statement`: nothing needs a superuser.

use crate::catalog::{Class, Oid};
use crate::diagnostic::Severity;
use crate::postgres::{Privileged, superuser_only};
use crate::rules::change::{assuming, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

/// The rule.
#[derive(Debug)]
pub struct BanSuperuserStatement;

static META: Meta = Meta {
    id: "ban-superuser-statement",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-superuser-statement.md"),
};

impl Rule for BanSuperuserStatement {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        for change in changes(cx) {
            let Some(found) = superuser_only(change.text(), change.node(), cx.target) else { continue };
            let Privileged { span, deed, also, extension, known } = found;
            // IF NOT EXISTS finds what is there before it asks for rights.
            let is_there = |name: &str| !change.before().named(Class::Extension, Oid::NONE, name).is_empty();
            let is_guarded = matches!(change.node(), Node::CreateExtension(create) if create.guard.is_written());
            if is_guarded && extension.as_deref().is_some_and(is_there) {
                continue;
            }
            let also = also.map_or(String::new(), |also| format!(", or {also},"));
            let finding = change.finding(span, format!("only a superuser{also} may {deed}"));
            let finding =
                if known { finding } else { assuming(finding, "nothing is known of this extension: it is taken not to be trusted") };
            out.push(finding.help("let whoever runs the server do it once, and migrations do without"));
        }
    }
}
