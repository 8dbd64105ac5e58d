//! RENAME of a role. Who may do what is told by names in the catalog, so that all of them follow.

use std::sync::Arc;

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Privileges;
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Catalog, Oid, reference};
use crate::syntax::tree::Ident;
use crate::text::Span;

pub(super) fn apply(run: &mut Run<'_>, text: &str, old: Ident, new: &str, span: Span) -> Result {
    let value = old.value(text);
    reference::role_named(run, &value, old.span)?;
    if value == *run.world.user || run.session.settings.role.as_deref() == Some(&*value) {
        return Err(Stop::fails("0A000", "session user cannot be renamed", old.span));
    }
    if new.starts_with("pg_") {
        return Err(Stop::fails("42939", format!("role name \"{new}\" is reserved"), span));
    }
    let is_taken = run.find_in(Class::Role, Oid::NONE, new).map_err(|stop| stop.or_at(span))?.is_some() || *new == *run.world.user;
    if is_taken {
        return Err(Stop::fails("42710", format!("role \"{new}\" already exists"), span));
    }
    let Some(oid) = run.find_in(Class::Role, Oid::NONE, &value)? else {
        return Err(Stop::unknown("what becomes of a role that PostgreSQL brings is not followed", old.span));
    };
    run.catalog.update(oid, |object| object.name = new.into());
    run.catalog.settle(Class::Role, new);
    follow(&mut run.catalog, &value, new);
    Ok(())
}

fn follow(catalog: &mut Catalog, old: &str, new: &str) {
    let all: Vec<Oid> = catalog.objects().filter(|(_, object)| mentions(object, old)).map(|(oid, _)| oid).collect();
    for oid in all {
        catalog.update(oid, |object| rename_in(object, old, new));
    }
    let defaults = std::mem::take(&mut catalog.default_privileges);
    let renamed = defaults.into_iter().map(|((role, schema, kind), mut privileges)| {
        rename_grants(&mut privileges, old, new);
        ((role.map(|role| if *role == *old { Name::from(new) } else { role }), schema, kind), privileges)
    });
    catalog.default_privileges = renamed.collect();
}

fn grants(privileges: Option<&Arc<Privileges>>, role: &str) -> bool {
    privileges.is_some_and(|privileges| privileges.grants.keys().any(|(grantee, _)| **grantee == *role))
}

fn mentions(object: &Object, role: &str) -> bool {
    object.owner.as_deref() == Some(role)
        || grants(object.privileges.as_ref(), role)
        || match &object.body {
            Body::Relation(relation) => relation.columns.iter().any(|column| grants(column.privileges.as_ref(), role)),
            Body::Policy(policy) => policy.roles.iter().any(|other| **other == *role),
            Body::Role(other) => other.member_of.contains_key(role),
            _ => false,
        }
}

fn rename_in(object: &mut Object, old: &str, new: &str) {
    if object.owner.as_deref() == Some(old) {
        object.owner = Some(new.into());
    }
    if let Some(privileges) = &mut object.privileges {
        rename_grants(Arc::make_mut(privileges), old, new);
    }
    match &mut object.body {
        Body::Relation(relation) => {
            for privileges in Arc::make_mut(relation).columns.iter_mut().filter_map(|column| column.privileges.as_mut()) {
                rename_grants(Arc::make_mut(privileges), old, new);
            }
        }
        Body::Policy(policy) => {
            let policy = Arc::make_mut(policy);
            policy.roles.iter_mut().filter(|role| ***role == *old).for_each(|role| *role = new.into());
            policy.roles.sort();
        }
        Body::Role(role) => {
            let role = Arc::make_mut(role);
            if let Some(options) = role.member_of.remove(old) {
                role.member_of.insert(new.into(), options);
            }
        }
        _ => {}
    }
}

fn rename_grants(privileges: &mut Privileges, old: &str, new: &str) {
    let grants = std::mem::take(&mut privileges.grants);
    privileges.grants = grants
        .into_iter()
        .map(|((grantee, privilege), option)| ((if *grantee == *old { Name::from(new) } else { grantee }, privilege), option))
        .collect();
}
