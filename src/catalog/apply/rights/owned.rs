//! REASSIGN OWNED and DROP OWNED.

use std::sync::Arc;

use super::role::{owned, required};
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::failure::Result;
use crate::catalog::model::Privileges;
use crate::catalog::object::{Body, Name};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid, privileges, reference};
use crate::syntax::tree;

pub(super) fn reassign(run: &mut Run<'_>, text: &str, statement: &tree::ReassignOwned) -> Result {
    let mut roles = Vec::new();
    for spec in &statement.roles {
        roles.push((reference::role(run, text, *spec)?, spec.span()));
    }
    let to = reference::role(run, text, statement.to)?;
    let owner = Some(Name::clone(&to)).filter(|to| *to != run.world.user);
    for (role, span) in roles {
        if role == run.world.user {
            return Err(required(&role, "reassign ownership of", span));
        }
        for address in owned(run, &role) {
            run.catalog.update(address.object, |object| {
                privileges::change_owner(object, &to);
                object.owner.clone_from(&owner);
            });
        }
    }
    Ok(())
}

pub(super) fn drop(run: &mut Run<'_>, text: &str, statement: &tree::DropOwned) -> Result {
    let mut roles = Vec::new();
    for spec in &statement.roles {
        roles.push((reference::role(run, text, *spec)?, spec.span()));
    }
    let behavior = if matches!(statement.behavior, Some(tree::Behavior::Cascade(_))) { Behavior::Cascade } else { Behavior::Restrict };
    for (role, span) in roles {
        if role == run.world.user {
            return Err(required(&role, "drop", span));
        }
        for address in privileges::holders(&run.catalog, &role) {
            privileges::change(&mut run.catalog, address, |list| forget(list, &role));
        }
        forget_defaults(run, &role);
        let orphaned = leave_policies(run, &role);
        let mut gone = owned(run, &role);
        gone.extend(orphaned.into_iter().map(Address::whole));
        if !gone.is_empty() {
            deletion::delete(run, &gone, behavior, span)?;
        }
    }
    Ok(())
}

fn forget(list: &mut Privileges, role: &Name) {
    list.grants.retain(|(grantee, _), _| grantee != role);
}

fn forget_defaults(run: &mut Run<'_>, role: &Name) {
    let kept = run.catalog.default_privileges.iter().filter(|((owner, _, _), _)| owner.as_ref() != Some(role)).filter_map(|(key, list)| {
        let mut list = list.clone();
        forget(&mut list, role);
        let beginning = if key.1 == privileges::ANYWHERE { key.2.grantable().beginning() } else { Privileges::default() };
        (list != beginning).then(|| (key.clone(), list))
    });
    run.catalog.default_privileges = kept.collect();
}

/// Takes a role out of policies; those that were for no other go.
fn leave_policies(run: &mut Run<'_>, role: &Name) -> Vec<Oid> {
    let named = |body: &Body| matches!(body, Body::Policy(policy) if policy.roles.contains(role));
    let found: Vec<Oid> = run.catalog.objects().filter(|(_, object)| named(&object.body)).map(|(oid, _)| oid).collect();
    let mut orphaned = Vec::new();
    for oid in found {
        let left = run.catalog.update(oid, |object| match &mut object.body {
            Body::Policy(policy) => {
                let policy = Arc::make_mut(policy);
                policy.roles.retain(|other| other != role);
                policy.roles.len()
            }
            _ => 1,
        });
        if left == Some(0) {
            orphaned.push(oid);
        }
    }
    orphaned
}
