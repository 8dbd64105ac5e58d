//! User mappings: a role and a foreign server.

use std::sync::Arc;

use super::{edit, is_there, options, options_of, whole};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Definition, Options};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid, Standing, reference};
use crate::syntax::tree::{AlterUserMapping, CreateUserMapping, DropUserMapping, Ident, RoleSpec};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateUserMapping) -> Result {
    let user = reference::grantee(run, text, create.user)?;
    let server = whole(run, text, Class::Server, "server", create.server)?;
    if run.catalog.part(server, Class::UserMapping, &user).is_some() {
        return match create.guard.is_written() {
            true => Ok(()),
            false => {
                let name = create.server.value(text);
                Err(Stop::fails("42710", format!("user mapping for \"{user}\" already exists for server \"{name}\""), create.span))
            }
        };
    }
    let mut said = Options::new();
    options::change(text, &mut said, &create.options)?;
    let body = Body::Other(Class::UserMapping, Arc::new(Definition { options: said }));
    let oid = run.catalog.add(Object::new(user, body, run.origin).part_of(server));
    run.catalog.link(oid, server, Dependency::Normal);
    Ok(())
}

/// The mapping of a role on a server; one of a server that is only assumed is assumed too.
fn existing(run: &mut Run<'_>, text: &str, user: RoleSpec, server: Ident, span: Span) -> Result<Oid> {
    let user = reference::grantee(run, text, user)?;
    let oid = whole(run, text, Class::Server, "server", server)?;
    find(run, oid, &user, span)?.ok_or_else(|| {
        let message = format!("user mapping for \"{user}\" does not exist for server \"{}\"", server.value(text));
        Stop::fails("42704", message, span)
    })
}

fn find(run: &mut Run<'_>, server: Oid, user: &Name, span: Span) -> Result<Option<Oid>> {
    if let Some(found) = run.catalog.part(server, Class::UserMapping, user) {
        return Ok(Some(found));
    }
    let is_assumed = run.catalog.get(server).is_some_and(|object| object.standing == Standing::Assumed);
    Ok(if is_assumed { run.assume_part(Class::UserMapping, server, user, "42704", span) } else { None })
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterUserMapping) -> Result {
    let oid = existing(run, text, alter.user, alter.server, alter.span)?;
    let mut said = options_of(run, oid);
    options::change(text, &mut said, &alter.options)?;
    edit(run, oid, |own| *own = said);
    Ok(())
}

pub(super) fn drop(run: &mut Run<'_>, text: &str, statement: &DropUserMapping) -> Result {
    if statement.guard.is_written() {
        let user = match reference::grantee(run, text, statement.user) {
            Ok(user) => user,
            Err(Stop::Fails(_)) => return Ok(()),
            Err(stop) => return Err(stop),
        };
        let name = statement.server.value(text);
        if !is_there(run, Class::Server, &name, statement.server.span)? {
            return Ok(());
        }
        let server = whole(run, text, Class::Server, "server", statement.server)?;
        if let Some(oid) = run.catalog.part(server, Class::UserMapping, &user) {
            run.catalog.remove(oid);
        }
        return Ok(());
    }
    let oid = existing(run, text, statement.user, statement.server, statement.span)?;
    run.catalog.remove(oid);
    Ok(())
}
