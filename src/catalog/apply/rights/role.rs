//! CREATE, ALTER and DROP ROLE.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::membership::{change, join};
use crate::catalog::apply::session::setting;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Options, Role};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::reference::{self, PUBLIC};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid, Standing, privileges};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::literal;
use crate::syntax::tree::{
    AlterRole, AlterRoleSet, CreateRole, DropRole, Ident, RoleAttribute, RoleChange, RoleKind, RoleOption, RoleOptionKind, RoleSpec,
    TextOrNull, VariableChange, VariableValue,
};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateRole) -> Result {
    let name = Name::from(&*free_name(run, text, create.name)?);
    let mut options = options(text, &create.options)?;
    if create.kind == RoleKind::User {
        options.entry("LOGIN".into()).or_insert_with(|| "true".into());
    }
    options.retain(|_, value| !value.is_empty());
    if is_there(run, &name) {
        return Err(Stop::fails("42710", format!("role \"{name}\" already exists"), create.name.span));
    }
    if let Some(why) = run.catalog.doubted(Class::Role, &name) {
        return Err(Stop::unknown(&*why, create.name.span));
    }
    let role = Role { options, ..Role::default() };
    run.catalog.settle(Class::Role, &name);
    run.catalog.add(Object::new(Name::clone(&name), Body::Role(Arc::new(role)), run.origin));
    for option in &create.options {
        let (specs, admin) = match &option.kind {
            RoleOptionKind::InRoles(specs) => {
                for spec in specs {
                    let role = reference::role(run, text, *spec)?;
                    join(run, &role, &name, &Options::new(), spec.span())?;
                }
                continue;
            }
            RoleOptionKind::Members(specs) => (specs, false),
            RoleOptionKind::Admins(specs) => (specs, true),
            _ => continue,
        };
        let membership: Options = if admin { [("ADMIN".into(), "true".into())].into() } else { Options::new() };
        for spec in specs {
            let member = reference::role(run, text, *spec)?;
            join(run, &name, &member, &membership, spec.span())?;
        }
    }
    Ok(())
}

/// A name for a new role.
///
/// # Errors
/// 42939 for the names that no role can have.
fn free_name<'t>(_run: &Run<'_>, text: &'t str, ident: Ident) -> Result<std::borrow::Cow<'t, str>> {
    let value = ident.value(text);
    if ident.is_template(text) {
        return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), ident.span));
    }
    let is_word = !ident.is_quoted(text);
    if value.starts_with("pg_") || value == PUBLIC || is_word && value == "none" {
        return Err(Stop::fails("42939", format!("role name \"{value}\" is reserved"), ident.span));
    }
    if is_word && matches!(&*value, "current_user" | "current_role" | "session_user") {
        let message = format!("{} cannot be used as a role name here", value.to_ascii_uppercase());
        return Err(Stop::fails("42939", message, ident.span));
    }
    Ok(value)
}

fn is_there(run: &Run<'_>, name: &str) -> bool {
    !run.catalog.named(Class::Role, Oid::NONE, name).is_empty() || *name == *run.world.user
}

/// What is said of a role, each thing once.
///
/// # Errors
/// 42601 for what is said twice.
fn options(text: &str, written: &[RoleOption]) -> Result<Options> {
    let mut options = Options::new();
    let mut seen = BTreeSet::new();
    for option in written {
        let (key, value): (&str, Option<String>) = match &option.kind {
            RoleOptionKind::With(attribute) => (attribute_name(*attribute), Some("true".into())),
            RoleOptionKind::Without(attribute) => (attribute_name(*attribute), None),
            RoleOptionKind::Password(TextOrNull::Null(_)) => ("PASSWORD", None),
            RoleOptionKind::Password(TextOrNull::Text(span)) => ("PASSWORD", Some(literal::value(text, *span).into_owned())),
            RoleOptionKind::ConnectionLimit(span) => {
                let number = text[*span].replace(' ', "");
                if number.parse::<i64>().is_ok_and(|number| number < -1) {
                    return Err(Stop::fails("22023", format!("invalid connection limit: {number}"), *span));
                }
                ("CONNECTION LIMIT", Some(number).filter(|number| number != "-1"))
            }
            RoleOptionKind::ValidUntil(span) => ("VALID UNTIL", Some(literal::value(text, *span).into_owned())),
            RoleOptionKind::SysId(_) => ("SYSID", None),
            RoleOptionKind::InRoles(_) => ("IN ROLE", None),
            RoleOptionKind::Members(_) => ("ROLE", None),
            RoleOptionKind::Admins(_) => ("ADMIN", None),
        };
        if !seen.insert(key) {
            return Err(Stop::fails("42601", "conflicting or redundant options", option.span));
        }
        match value {
            // A role inherits if nothing is said.
            _ if key == "INHERIT" => {
                if value.is_none() {
                    options.insert("NOINHERIT".into(), "true".into());
                }
            }
            Some(value) => {
                options.insert(key.into(), value.into());
            }
            None if matches!(key, "IN ROLE" | "ROLE" | "ADMIN" | "SYSID") => {}
            None => {
                options.insert(key.into(), "".into());
            }
        }
    }
    Ok(options)
}

const fn attribute_name(attribute: RoleAttribute) -> &'static str {
    match attribute {
        RoleAttribute::Superuser => "SUPERUSER",
        RoleAttribute::CreateDb => "CREATEDB",
        RoleAttribute::CreateRole => "CREATEROLE",
        RoleAttribute::Inherit => "INHERIT",
        RoleAttribute::Login => "LOGIN",
        RoleAttribute::Replication => "REPLICATION",
        RoleAttribute::BypassRls => "BYPASSRLS",
    }
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterRole) -> Result {
    match &alter.change {
        RoleChange::Options(written) => {
            let options = options(text, written)?;
            let role = unreserved(run, text, alter.role)?;
            change(run, &role, |found| {
                let says = |key: &str| written.iter().any(|option| says(option, key));
                found.options.retain(|key, _| !(says(key) || says("INHERIT") && &**key == "NOINHERIT"));
                found.options.extend(options.into_iter().filter(|(_, value)| !value.is_empty()));
            });
        }
        RoleChange::AddMembers(members) => {
            let role = reference::role(run, text, alter.role)?;
            for spec in members {
                let member = reference::role(run, text, *spec)?;
                join(run, &role, &member, &Options::new(), spec.span())?;
            }
        }
        RoleChange::DropMembers(members) => {
            let role = reference::role(run, text, alter.role)?;
            for spec in members {
                let member = reference::role(run, text, *spec)?;
                change(run, &member, |found| drop_membership(found, &role));
            }
        }
    }
    Ok(())
}

/// Whether an option is about what `options` keeps under `key`.
fn says(option: &RoleOption, key: &str) -> bool {
    match &option.kind {
        RoleOptionKind::With(attribute) | RoleOptionKind::Without(attribute) => attribute_name(*attribute) == key,
        RoleOptionKind::Password(_) => key == "PASSWORD",
        RoleOptionKind::ConnectionLimit(_) => key == "CONNECTION LIMIT",
        RoleOptionKind::ValidUntil(_) => key == "VALID UNTIL",
        _ => false,
    }
}

/// A role that may be changed.
///
/// # Errors
/// 42704 if there is none, 42939 if its name is one of the server's.
fn unreserved(run: &mut Run<'_>, text: &str, spec: RoleSpec) -> Result<Name> {
    let role = reference::role(run, text, spec)?;
    if role.starts_with("pg_") {
        return Err(Stop::fails("42939", format!("role name \"{role}\" is reserved"), spec.span()));
    }
    Ok(role)
}

pub(super) fn set(run: &mut Run<'_>, text: &str, alter: &AlterRoleSet) -> Result {
    let role = match alter.role {
        Some(spec) => Some(unreserved(run, text, spec)?),
        None => None,
    };
    if let Some(database) = &alter.database {
        let value = database.value.value(text);
        // No history says what its database is called, and which there are beside it.
        run.condition("3D000", format!("unless there is a database {value}"), database.value.span);
    }
    let setting = &alter.setting;
    if let Some(variable) = setting.change.variable() {
        setting::known(run, &variable.value(text), variable.span())?;
    }
    let Some(role) = role.filter(|_| alter.database.is_none()) else { return Ok(()) };
    change(run, &role, |found| match &setting.change {
        VariableChange::Values(name, values) => {
            let shown: Vec<String> = values.iter().map(|value| shown(text, *value)).collect();
            found.settings.insert(Arc::from(name.value(text)), Arc::from(shown.join(", ")));
        }
        VariableChange::Default(name, _) | VariableChange::Reset(name) => {
            found.settings.remove(name.value(text).as_str());
        }
        VariableChange::ResetAll(_) => found.settings.clear(),
        _ => {}
    });
    Ok(())
}

fn shown(text: &str, value: VariableValue) -> String {
    match value {
        VariableValue::Word(word) => word.value(text).into_owned(),
        VariableValue::String(span) => literal::value(text, span).into_owned(),
        value => text[value.span()].to_owned(),
    }
}

pub(super) fn drop(run: &mut Run<'_>, text: &str, statement: &DropRole) -> Result {
    for spec in &statement.roles {
        let special = || Stop::fails("22023", "cannot use special role specifier in DROP ROLE", spec.span());
        let RoleSpec::Named(ident) = *spec else { return Err(special()) };
        if ident.is(text, PUBLIC) {
            return Err(special());
        }
        drop_one(run, text, ident, statement)?;
    }
    Ok(())
}

fn drop_one(run: &mut Run<'_>, text: &str, ident: Ident, statement: &DropRole) -> Result {
    let name = ident.value(text);
    let span = ident.span;
    if ident.is_template(text) {
        return Err(Stop::unknown(format!("`{name}` is filled in by the tool"), span));
    }
    let found = run.catalog.named(Class::Role, Oid::NONE, &name).first().copied();
    let is_system = facts::system().has(NameKind::Role, &name, run.world.target);
    if *name == *run.current_user() || *name == *run.world.user {
        return Err(Stop::fails("55006", "current user cannot be dropped", span));
    }
    if is_system {
        let message = format!("cannot drop role {name} because it is required by the database system");
        return Err(Stop::fails("2BP01", message, span));
    }
    let oid = match found {
        Some(oid) => oid,
        None => {
            if let Some(why) = run.catalog.doubted(Class::Role, &name) {
                return Err(Stop::unknown(&*why, span));
            }
            if statement.guard.is_written() {
                return Ok(());
            }
            if !run.may_assume_in(Class::Role, Oid::NONE, &name) {
                return Err(Stop::fails("42704", format!("role \"{name}\" does not exist"), span));
            }
            run.assume(Class::Role, Oid::NONE, &name, "42704", span)
        }
    };
    if is_depended_on(run, &name) {
        let message = format!("role \"{name}\" cannot be dropped because some objects depend on it");
        return Err(Stop::fails("2BP01", message, span));
    }
    if run.catalog.get(oid).is_some_and(|object| object.standing == Standing::Assumed) {
        run.condition("2BP01", format!("if {name} owns something or has privileges"), span);
    }
    run.catalog.remove(oid);
    for member in run.catalog.in_schema(Class::Role, Oid::NONE) {
        if let Some(member) = run.catalog.get(member).map(|object| Name::clone(&object.name)) {
            change(run, &member, |role| drop_membership(role, &name));
        }
    }
    Ok(())
}

fn drop_membership(role: &mut Role, of: &str) {
    role.member_of.remove(of);
}

/// Whether a role owns something, has privileges, or is one that a policy is for.
fn is_depended_on(run: &Run<'_>, name: &str) -> bool {
    let catalog = &run.catalog;
    let in_defaults = catalog
        .default_privileges
        .iter()
        .any(|((role, _, _), list)| role.as_ref().is_some_and(|role| **role == *name) || list.mentions(name));
    in_defaults
        || !privileges::holders(catalog, name).is_empty()
        || catalog.objects().any(|(_, object)| match &object.body {
            _ if object.owner.as_ref().is_some_and(|owner| **owner == *name) => true,
            Body::Policy(policy) => policy.roles.iter().any(|role| **role == *name),
            body => body.class() == Class::UserMapping && *object.name == *name,
        })
}

/// The objects that a role owns.
pub(super) fn owned(run: &Run<'_>, role: &Name) -> Vec<Address> {
    let is_owned = |object: &Object| object.owner.as_ref() == Some(role);
    run.catalog.objects().filter(|(_, object)| is_owned(object)).map(|(oid, _)| Address::whole(oid)).collect()
}

/// What PostgreSQL says of the role that runs the migrations, which owns what the server begins with.
pub(super) fn required(role: &str, what: &str, span: Span) -> Stop {
    let message = format!("cannot {what} objects owned by role {role} because they are required by the database system");
    Stop::fails("2BP01", message, span)
}
