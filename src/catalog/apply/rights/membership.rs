//! GRANT and REVOKE of roles (PostgreSQL's `GrantRole`).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::grant::granted_by;
use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Options, Role};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::reference;
use crate::catalog::run::Run;
use crate::syntax::tree::{GrantRole, GrantVerb, MembershipValue, PrivilegeName};
use crate::text::Span;

/// Since version 16 a membership has options, and anybody with ADMIN may have granted it.
const OPTIONS: u8 = 16;

pub(super) fn apply(run: &mut Run<'_>, text: &str, grant: &GrantRole) -> Result {
    let mut members = Vec::new();
    for spec in &grant.grantees {
        members.push((reference::role(run, text, *spec)?, spec.span()));
    }
    match grant.granted_by {
        Some(clause) if run.world.target.major() >= OPTIONS => {
            if reference::role(run, text, clause.value)? != run.current_user() {
                return Err(Stop::unknown("what another role grants is not followed", clause.span));
            }
        }
        clause => granted_by(run, text, clause)?,
    }
    let mut options = Options::new();
    for option in &grant.options {
        let value = if option.value == MembershipValue::True { "true" } else { "false" };
        if run.world.target.major() >= OPTIONS && !matches!(&*option.name.value(text), "admin" | "inherit" | "set") {
            let message = format!("unrecognized role option \"{}\"", option.name.value(text));
            return Err(Stop::fails("42601", message, option.name.span));
        }
        options.insert(Arc::from(option.name.value(text).to_ascii_uppercase()), value.into());
    }
    for granted in &grant.roles {
        let ident = match granted.name {
            PrivilegeName::Word(ident) if granted.columns.is_empty() => ident,
            _ => return Err(Stop::fails("0LP01", "column names cannot be included in GRANT/REVOKE ROLE", grant.span)),
        };
        let role = reference::role_named(run, &ident.value(text), ident.span)?;
        for (member, span) in &members {
            match grant.verb {
                GrantVerb::Grant => join(run, &role, member, &options, *span)?,
                GrantVerb::Revoke if options.is_empty() => {
                    change(run, member, |found| drop(found.member_of.remove(&role)));
                }
                GrantVerb::Revoke => change(run, member, |found| {
                    if let Some(held) = found.member_of.get_mut(&role) {
                        held.extend(options.clone());
                    }
                }),
            }
        }
    }
    Ok(())
}

/// Makes `member` one of `role`.
///
/// # Errors
/// 0LP01 if `role` is one of `member` already, by whatever way.
pub(super) fn join(run: &mut Run<'_>, role: &Name, member: &Name, options: &Options, span: Span) -> Result {
    if &**role == "pg_database_owner" {
        return Err(Stop::fails("0LP01", format!("role \"{role}\" cannot have explicit members"), span));
    }
    if role == member || is_member(run, role, member) {
        return Err(Stop::fails("0LP01", format!("role \"{role}\" is a member of role \"{member}\""), span));
    }
    change(run, member, |found| found.member_of.entry(Name::clone(role)).or_default().extend(options.clone()));
    Ok(())
}

/// Whether `role` is a member of `of`, by whatever way.
fn is_member(run: &Run<'_>, role: &Name, of: &Name) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![Name::clone(role)];
    while let Some(name) = next.pop() {
        if name == *of {
            return true;
        }
        if seen.insert(Name::clone(&name)) {
            next.extend(named(run, &name).map(|role| role.member_of.keys().cloned()).into_iter().flatten());
        }
    }
    false
}

fn named<'r>(run: &'r Run<'_>, name: &str) -> Option<&'r Role> {
    let oid = run.catalog.named(Class::Role, Oid::NONE, name).first()?;
    match &run.catalog.get(*oid)?.body {
        Body::Role(role) => Some(role),
        _ => None,
    }
}

/// Changes a role; nothing is kept of those that every server has.
pub(super) fn change(run: &mut Run<'_>, name: &str, change: impl FnOnce(&mut Role)) {
    let Some(oid) = run.catalog.named(Class::Role, Oid::NONE, name).first().copied() else { return };
    run.catalog.update(oid, |object| {
        if let Body::Role(role) = &mut object.body {
            change(Arc::make_mut(role));
        }
    });
}
