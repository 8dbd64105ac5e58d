//! Roles: by name, as CURRENT_USER, or PUBLIC for all of them (PostgreSQL's `get_rolespec_oid`).

use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{Knowledge, Oid};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::tree::RoleSpec;
use crate::text::Span;

/// What PUBLIC is called among grantees; no role can have this name.
pub const PUBLIC: &str = "public";

/// The role that a statement names; one that no file makes is assumed.
///
/// # Errors
/// 42704 if there is none, PUBLIC included; 42939 for `none`; or if it can't be told.
pub fn role(run: &mut Run<'_>, text: &str, spec: RoleSpec) -> Result<Name> {
    match spec {
        RoleSpec::Public(span) => Err(missing(PUBLIC, "42704", span)),
        RoleSpec::CurrentUser(_) | RoleSpec::CurrentRole(_) => Ok(run.current_user()),
        RoleSpec::SessionUser(_) => Ok(Name::clone(&run.world.user)),
        RoleSpec::Named(ident) => {
            let value = ident.value(text);
            if ident.is_template(text) {
                return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), ident.span));
            }
            if &*value == "none" && !ident.is_quoted(text) {
                return Err(Stop::fails("42939", "role name \"none\" is reserved", ident.span));
            }
            role_named(run, &value, ident.span)
        }
    }
}

/// The role called `name`; one that no file makes is assumed.
///
/// # Errors
/// 42704 if there is none, or if it can't be told.
pub fn role_named(run: &mut Run<'_>, name: &str, span: Span) -> Result<Name> {
    named(run, name, "42704", span)
}

/// The role that a session takes on.
///
/// # Errors
/// As those of [`role_named`], but for 22023 if there is none: it is the value of a variable.
pub fn role_taken(run: &mut Run<'_>, name: &str, span: Span) -> Result<Name> {
    named(run, name, "22023", span)
}

fn named(run: &mut Run<'_>, name: &str, sqlstate: &'static str, span: Span) -> Result<Name> {
    if exists(run, name) {
        return Ok(Name::from(name));
    }
    if let Some(why) = run.catalog.doubted(Class::Role, name) {
        return Err(Stop::unknown(&*why, span));
    }
    if name != PUBLIC && run.world.knowledge == Knowledge::Partial && run.may_assume_in(Class::Role, Oid::NONE, name) {
        run.assume(Class::Role, Oid::NONE, name, sqlstate, span);
        return Ok(Name::from(name));
    }
    Err(missing(name, sqlstate, span))
}

/// Whether there is a role called `name`: one of the catalog, one that every server has, or the one that runs the migrations.
fn exists(run: &Run<'_>, name: &str) -> bool {
    !run.catalog.named(Class::Role, Oid::NONE, name).is_empty()
        || name == &*run.world.user
        || facts::system().has(NameKind::Role, name, run.world.target)
}

/// The same where PUBLIC may be written, which is then [`PUBLIC`].
///
/// # Errors
/// As those of [`role`].
pub fn grantee(run: &mut Run<'_>, text: &str, spec: RoleSpec) -> Result<Name> {
    match spec {
        RoleSpec::Public(_) => Ok(Name::from(PUBLIC)),
        RoleSpec::Named(ident) if ident.is(text, PUBLIC) => Ok(Name::from(PUBLIC)),
        spec => role(run, text, spec),
    }
}

fn missing(name: &str, sqlstate: &'static str, span: Span) -> Stop {
    Stop::fails(sqlstate, format!("role \"{name}\" does not exist"), span)
}
