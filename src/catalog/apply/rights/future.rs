//! ALTER DEFAULT PRIVILEGES (PostgreSQL's `ExecAlterDefaultPrivilegesStmt`).

use super::grant::{granted_by, word};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{GrantOption, Privileges as List};
use crate::catalog::object::Name;
use crate::catalog::privileges::{ANYWHERE, FutureKind, OwnerRight};
use crate::catalog::reference::{self, PUBLIC};
use crate::catalog::run::Run;
use crate::syntax::tree::{AlterDefaultPrivileges, GrantTarget, GrantVerb, ObjectKind, Privileges};

pub(super) fn apply(run: &mut Run<'_>, text: &str, alter: &AlterDefaultPrivileges) -> Result {
    let grant = &alter.grant;
    granted_by(run, text, grant.granted_by)?;
    let mut grantees = Vec::new();
    for spec in &grant.grantees {
        grantees.push(reference::grantee(run, text, *spec)?);
    }
    let kind = match grant.target {
        GrantTarget::Future(ObjectKind::Sequence) => FutureKind::Sequences,
        GrantTarget::Future(ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine) => FutureKind::Functions,
        GrantTarget::Future(ObjectKind::Type | ObjectKind::Domain) => FutureKind::Types,
        GrantTarget::Future(ObjectKind::Schema) => FutureKind::Schemas,
        GrantTarget::Future(ObjectKind::LargeObject) => FutureKind::LargeObjects,
        _ => FutureKind::Tables,
    };
    let privileges = privileges(run, text, kind, &grant.privileges)?;
    let mut roles = Vec::new();
    for spec in &alter.roles {
        roles.push(reference::role(run, text, *spec)?);
    }
    if roles.is_empty() {
        roles.push(run.current_user());
    }
    let mut schemas = Vec::new();
    for ident in &alter.schemas {
        schemas.push(run.schema(&ident.value(text), ident.span)?);
    }
    if kind == FutureKind::Schemas && !schemas.is_empty() {
        return Err(Stop::fails("0LP01", "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS", alter.span));
    }
    if schemas.is_empty() {
        schemas.push(ANYWHERE);
    }
    if grant.grant_option.is_some() && grant.verb == GrantVerb::Grant && grantees.iter().any(|grantee| &**grantee == PUBLIC) {
        return Err(Stop::fails("0LP01", "grant options can only be granted to roles", grant.grant_option));
    }
    for role in roles {
        let key_role = Some(Name::clone(&role)).filter(|role| *role != run.world.user);
        for schema in &schemas {
            let key = (key_role.clone(), *schema, kind);
            let beginning = if *schema == ANYWHERE { kind.grantable().beginning() } else { List::default() };
            let mut list = run.catalog.default_privileges.get(&key).cloned().unwrap_or_else(|| beginning.clone());
            let owner = Some(&role).filter(|_| *schema == ANYWHERE);
            for grantee in &grantees {
                for privilege in &privileges {
                    change(&mut list, grantee, privilege, grant.verb, grant.grant_option.is_some(), owner);
                }
            }
            if list == beginning {
                run.catalog.default_privileges.remove(&key);
            } else {
                run.catalog.default_privileges.insert(key, list);
            }
        }
    }
    Ok(())
}

fn change(list: &mut List, grantee: &Name, privilege: &'static str, verb: GrantVerb, option: bool, owner: Option<&Name>) {
    match verb {
        _ if owner == Some(grantee) => {
            if !option {
                list.set_owner(privilege, if verb == GrantVerb::Grant { OwnerRight::Held } else { OwnerRight::GivenUp });
            }
        }
        GrantVerb::Grant => list.give(grantee, privilege, if option { GrantOption::With } else { GrantOption::Without }),
        GrantVerb::Revoke if option => list.take_option(grantee, privilege),
        GrantVerb::Revoke => list.take(grantee, privilege),
    }
}

fn privileges(run: &Run<'_>, text: &str, kind: FutureKind, written: &Privileges) -> Result<Vec<&'static str>> {
    let all = kind.grantable().all(run.world.target);
    match written {
        Privileges::All(span, columns) if !columns.is_empty() => {
            Err(Stop::fails("0LP01", "default privileges cannot be set for columns", *span))
        }
        Privileges::All(..) => Ok(all.to_vec()),
        Privileges::Listed(listed) => {
            let mut found = Vec::new();
            for privilege in listed {
                let (span, name) = match word(text, privilege.name) {
                    _ if !privilege.columns.is_empty() => {
                        let span = privilege.columns[0].span;
                        return Err(Stop::fails("0LP01", "default privileges cannot be set for columns", span));
                    }
                    found => found?,
                };
                if !all.contains(&name) {
                    let noun = if kind == FutureKind::Tables { "relation" } else { kind.grantable().noun() };
                    return Err(Stop::fails("0LP01", format!("invalid privilege type {name} for {noun}"), span));
                }
                found.push(name);
            }
            Ok(found)
        }
    }
}
