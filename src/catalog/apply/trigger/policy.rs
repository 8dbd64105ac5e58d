//! Row-level security policies (`CreatePolicy`, `AlterPolicy`).

use std::sync::Arc;

use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::expression::{Stored, link};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Policy, RelationKind};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::reference::{PUBLIC, grantee};
use crate::catalog::run::Run;
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{self, AlterPolicy, Clause, CreatePolicy, Expr, PolicyCombination, PolicyCommand, RoleSpec};

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreatePolicy) -> Result {
    let command = create.command.map_or(PolicyCommand::All, |clause| clause.value);
    if let Some(check) = &create.check
        && matches!(command, PolicyCommand::Select | PolicyCommand::Delete)
    {
        return Err(Stop::fails("42601", "WITH CHECK cannot be applied to SELECT or DELETE", check.span));
    }
    if let Some(using) = &create.using
        && command == PolicyCommand::Insert
    {
        return Err(Stop::fails("42601", "only WITH CHECK expression allowed for INSERT", using.span));
    }
    let roles = match &create.roles {
        Some(clause) => roles(run, text, &clause.value)?,
        None => vec![Name::from(PUBLIC)],
    };
    let table = table(run, text, create.table)?;
    let using = condition(run, text, table, create.using.as_ref())?;
    let check = condition(run, text, table, create.check.as_ref())?;
    let name = create.name.value(text);
    if run.catalog.part(table, Class::Policy, &name).is_some() {
        let shown = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
        return Err(Stop::fails("42710", format!("policy \"{name}\" for table \"{shown}\" already exists"), create.name.span));
    }
    if let Some(why) = run.catalog.doubted(Class::Policy, &name) {
        return Err(Stop::unknown(&*why, create.name.span));
    }
    let permissive = create.combination.is_none_or(|clause| clause.value == PolicyCombination::Permissive);
    let policy = Policy { permissive, command, roles, using, check };
    let oid = run.catalog.add(Object::new(name.as_ref(), Body::Policy(Arc::new(policy)), run.origin).part_of(table));
    depend(run, oid, table);
    Ok(())
}

/// The roles of TO, sorted; PUBLIC makes the others say nothing.
fn roles(run: &mut Run<'_>, text: &str, written: &[RoleSpec]) -> Result<Vec<Name>> {
    let mut found = Vec::new();
    for role in written {
        found.push(grantee(run, text, *role)?);
    }
    if found.iter().any(|role| &**role == PUBLIC) {
        return Ok(vec![Name::from(PUBLIC)]);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The table of a policy.
///
/// # Errors
/// 42809 if it is something else.
fn table(run: &mut Run<'_>, text: &str, name: tree::Name) -> Result<Oid> {
    let table = run.relation(text, name)?;
    match run.catalog.relation(table).map(|relation| &relation.kind) {
        Some(RelationKind::Table | RelationKind::Unknown) | None => Ok(table),
        Some(_) => Err(Stop::fails("42809", format!("\"{}\" is not a table", name.object.value(text)), name.span())),
    }
}

fn condition(run: &mut Run<'_>, text: &str, table: Oid, clause: Option<&Clause<Expr>>) -> Result<Option<Stored>> {
    let Some(clause) = clause else { return Ok(None) };
    let name = run.catalog.get(table).map(|object| Name::clone(&object.name)).unwrap_or_default();
    let scope = Scope::of(name, table, Place::Policy);
    analysis::expression(run, text, clause.value.span, &scope).map(Some)
}

/// Notes what a policy depends on: its table, its roles, and whatever its conditions use, its own table's columns too.
fn depend(run: &mut Run<'_>, oid: Oid, table: Oid) {
    let Some(Body::Policy(policy)) = run.catalog.get(oid).map(|object| object.body.clone()) else { return };
    run.catalog.link(oid, table, Dependency::Auto);
    for role in &policy.roles {
        if let Some(role) = run.catalog.named(Class::Role, Oid::NONE, role).first().copied() {
            run.catalog.link(oid, role, Dependency::Normal);
        }
    }
    for condition in policy.using.iter().chain(&policy.check) {
        link(&mut run.catalog, oid, condition, None);
    }
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterPolicy) -> Result {
    let roles = match &alter.roles {
        Some(clause) => Some(roles(run, text, &clause.value)?),
        None => None,
    };
    let table = table(run, text, alter.table)?;
    let using = condition(run, text, table, alter.using.as_ref())?;
    let check = condition(run, text, table, alter.check.as_ref())?;
    let name = alter.name.value(text);
    let Some(oid) = run.catalog.part(table, Class::Policy, &name) else {
        if let Some(why) = run.catalog.doubted(Class::Policy, &name) {
            return Err(Stop::unknown(&*why, alter.name.span));
        }
        if run.assume_part(Class::Policy, table, &name, "42704", alter.name.span).is_some() {
            return Ok(());
        }
        let shown = run.catalog.get(table).map(|object| object.name.to_string()).unwrap_or_default();
        return Err(Stop::fails("42704", format!("policy \"{name}\" for table \"{shown}\" does not exist"), alter.name.span));
    };
    let Some(Body::Policy(mut policy)) = run.catalog.get(oid).map(|object| object.body.clone()) else { return Ok(()) };
    if let Some(clause) = &alter.check
        && matches!(policy.command, PolicyCommand::Select | PolicyCommand::Delete)
    {
        return Err(Stop::fails("42601", "only USING expression allowed for SELECT, DELETE", clause.span));
    }
    if let Some(clause) = &alter.using
        && policy.command == PolicyCommand::Insert
    {
        return Err(Stop::fails("42601", "only WITH CHECK expression allowed for INSERT", clause.span));
    }
    let changed = Arc::make_mut(&mut policy);
    changed.roles = roles.unwrap_or_else(|| changed.roles.clone());
    changed.using = using.or_else(|| changed.using.take());
    changed.check = check.or_else(|| changed.check.take());
    run.catalog.update(oid, |object| object.body = Body::Policy(policy));
    run.catalog.unlink_all(oid.into(), Dependency::Normal);
    depend(run, oid, table);
    Ok(())
}
