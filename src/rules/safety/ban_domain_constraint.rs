//! `ban-domain-constraint`: a domain that tables use gets no constraint that has to be checked in them.

use crate::catalog::model::{Type, TypeId, TypeUse};
use crate::catalog::{Body, Catalog, Class, Oid, describe};
use crate::diagnostic::Severity;
use crate::postgres::StepKind;
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AttributeKind, DomainAction, Name, Node};

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
        cx.walk(&mut |step| {
            let StepKind::Statement(Node::AlterDomain(alter)) = step.kind else { return };
            let (place, help) = match &alter.action {
                DomainAction::AddConstraint(constraint) if constraint.attributes.find(AttributeKind::NotValid).is_none() => (
                    constraint.span,
                    "add it `NOT VALID`, and validate it in a later migration: the lock is then held for no longer than that takes",
                ),
                DomainAction::SetNotNull(span) => {
                    (*span, "add `CHECK (VALUE IS NOT NULL) NOT VALID`, and validate it in a later migration")
                }
                _ => return,
            };
            let before = cx.replayed.before;
            let users = domains(cx, alter.name).into_iter().flat_map(|domain| users(before, domain)).collect::<Vec<_>>();
            if users.is_empty() {
                return;
            }
            let shown = users.iter().map(|user| describe::shown(before, *user));
            let message = format!("this reads all of {}, and keeps everybody from writing there meanwhile", listed(shown));
            out.push(cx.finding(place, message).help(help));
        });
    }
}

/// The domains that were there before and that `name` may mean.
fn domains(cx: &MigrationContext<'_>, name: Name) -> Vec<Oid> {
    let (text, before) = (cx.text(), cx.replayed.before);
    let (own, schema) = (name.object.value(text), name.schema.map(|schema| schema.value(text)));
    let is_meant = |schema_of: Option<Oid>| {
        let is_named = |schema: &str| schema_of.and_then(|oid| before.get(oid)).is_some_and(|object| *object.name == *schema);
        schema.as_ref().is_none_or(|schema| is_named(schema))
    };
    let types =
        before.objects().filter(|(_, object)| object.body.class() == Class::Type && *object.name == *own && is_meant(object.schema));
    types.map(|(oid, _)| oid).collect()
}

/// The tables with a column of the domain, or of a domain over it.
fn users(catalog: &Catalog, domain: Oid) -> Vec<Oid> {
    let uses = |ty: &Option<TypeUse>| ty.as_ref().is_some_and(|ty| is_over(catalog, ty, domain));
    let tables = catalog.objects().filter_map(|(oid, object)| Some((oid, object.relation()?)));
    let found = tables.filter(|(_, table)| table.is_table() && table.columns.iter().any(|column| uses(&column.ty)));
    found.map(|(oid, _)| oid).collect()
}

fn is_over(catalog: &Catalog, ty: &TypeUse, domain: Oid) -> bool {
    let TypeId::User(oid) = ty.id else { return false };
    let base = || match &catalog.get(oid)?.body {
        Body::Type(ty) => match &**ty {
            Type::Domain(domain) => domain.base.as_ref(),
            _ => None,
        },
        _ => None,
    };
    oid == domain || base().is_some_and(|base| is_over(catalog, base, domain))
}
