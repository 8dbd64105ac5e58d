//! `ban-set-schema`: nothing that clients name is moved to another schema.

use crate::catalog::{Body, Catalog, Object, describe};
use crate::diagnostic::Severity;
use crate::postgres::LockMode;
use crate::rules::change::{Change, Named, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::Node;

use super::{BanRenameObject, naming};

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
            for named in change.named() {
                if let Some(schema) = schema_left(&change, &named) {
                    let message = format!("whoever still looks for what {} brought in schema `{schema}` fails", change.called(&named));
                    let finding = change.told_of_named(&named, change.finding(set.object.span.to(set.schema.span), message));
                    out.push(finding.help(naming::stand_in(&named)));
                }
                let Some(object) = lost(cx, &change, &named) else { continue };
                let Some(schema) = object.schema.and_then(|schema| change.before().get(schema)) else { continue };
                let (name, schema) = (describe::name(&object.name), describe::name(&schema.name));
                let message = format!("whoever still looks for `{name}` in schema `{schema}` fails");
                let finding = change.told_of_named(&named, change.finding(set.object.span.to(set.schema.span), message));
                out.push(finding.help(naming::stand_in(&named)));
            }
        }
    }
}

/// What is called from now on by a name that it has no longer: what is moved, as it was before it was renamed too where no other rule tells of that.
fn lost<'a>(cx: &MigrationContext<'a>, change: &Change<'a>, named: &Named<'a>) -> Option<&'a Object> {
    if change.takes_name(named) {
        return Some(named.object);
    }
    let may_be_table = change.existing(named.oid, LockMode::AccessExclusive, named.span).is_some_and(|relation| relation.may_be_table());
    let is_told = may_be_table || cx.runs(&BanRenameObject) || change.is_moved(named.oid) || !change.is_renamed(named.oid);
    cx.replayed.before.get(named.oid).filter(|was| !is_told && change.loses_name(named.oid, was))
}

/// The schema that what an extension brought was in before a statement, and is not in the end.
fn schema_left(change: &Change<'_>, named: &Named<'_>) -> Option<String> {
    let schema_of = |catalog: &Catalog| match &catalog.get(named.oid)?.body {
        Body::Extension(extension) => extension.schema,
        _ => None,
    };
    let was = schema_of(change.before())?;
    let is_left = schema_of(change.end()).is_some_and(|is| is != was) && !change.is_moved(named.oid);
    change.before().get(was).filter(|_| is_left).map(|schema| describe::name(&schema.name).into_owned())
}
