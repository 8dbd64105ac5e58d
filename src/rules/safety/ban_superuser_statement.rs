//! `ban-superuser-statement`: nothing needs a superuser.

use crate::catalog::model::ConstraintKind;
use crate::catalog::{Class, Object, Oid, Standing};
use crate::diagnostic::Severity;
use crate::postgres::{Privileged, superuser_only};
use crate::rules::change::{Change, assuming, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, Ident, Node, TriggerChoice};

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
            let found = superuser_only(change.text(), change.node(), cx.target).or_else(|| switches_foreign_keys(&change));
            let Some(found) = found else { continue };
            let Privileged { span, deed, also, extension, known } = found;
            // IF NOT EXISTS finds what is there before it asks for rights.
            let is_there = |name: &str| !change.before().named(Class::Extension, Oid::NONE, name).is_empty();
            let is_guarded = matches!(change.node(), Node::CreateExtension(create) if create.guard.is_written());
            if is_guarded && extension.as_deref().is_some_and(is_there) {
                continue;
            }
            let also = also.map_or(String::new(), |also| format!(", or {also},"));
            let finding = change.finding(span, format!("only a superuser{also} may {deed}"));
            let unknown = match extension {
                Some(_) => "nothing is known of this extension: it is taken not to be trusted",
                None => "no migration makes this table: it is taken to have a foreign key",
            };
            let finding = if known { finding } else { assuming(finding, unknown) };
            out.push(finding.help("let whoever runs the server do it once, and migrations do without"));
        }
    }
}

/// What switches all triggers of a table, and with them those of foreign keys, on it or to it.
fn switches_foreign_keys(change: &Change<'_>) -> Option<Privileged> {
    let Node::AlterTable(alter) = change.node() else { return None };
    let span = alter.actions.iter().find_map(|action| match action.kind {
        AlterActionKind::Trigger(_, TriggerChoice::All(_)) => Some(action.span),
        _ => None,
    })?;
    let catalog = change.before();
    // A table of the migration itself is none that the statement keeps anybody from.
    let of_schema = |schema: Oid, name: Ident| catalog.get(schema).is_some_and(|schema| *schema.name == *change.name(name));
    let is_meant =
        |object: &Object| alter.relation.name.schema.is_none_or(|name| object.schema.is_some_and(|schema| of_schema(schema, name)));
    let named = || catalog.anywhere(Class::Relation, &change.name(alter.relation.name.object)).find(|(_, object)| is_meant(object));
    let table = change.table().map(|table| table.oid).or_else(|| Some(named()?.0))?;
    let is_of_table = |object: &Object| match object.constraint().map(|constraint| &constraint.kind) {
        Some(ConstraintKind::ForeignKey(key)) => object.of == Some(table) || key.table == table,
        _ => false,
    };
    let deed = "switch the triggers of foreign keys".into();
    let known = catalog.objects().any(|(_, object)| is_of_table(object));
    let is_assumed = catalog.get(table).is_some_and(|object| object.standing == Standing::Assumed);
    (known || is_assumed).then_some(Privileged { span, deed, also: None, extension: None, known })
}
