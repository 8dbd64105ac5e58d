//! The constraints of domains: each is an object that goes with its domain.
//!
//! NOT NULL of a domain is a constraint of its own from version 17 on.

use std::sync::Arc;

use super::domain::{self, DomainRef};
use super::domain_use;
use crate::catalog::apply::lifecycle;
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::expression::{Stored, link};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid, naming};
use crate::syntax::tree::{self, AttributeKind, ColumnConstraint, ColumnConstraintKind, Expr, Guard, Ident};
use crate::text::Span;

/// A constraint without its name is called after its domain and this.
const CHECK: &str = "check";
const NOT_NULL: &str = "not_null";

/// Adds the constraints of CREATE DOMAIN to the domain that it has made.
pub(super) fn add_all(run: &mut Run<'_>, text: &str, domain: Oid, constraints: &[ColumnConstraint]) -> Result {
    for constraint in constraints {
        match constraint.kind {
            ColumnConstraintKind::Check(expression) => add_check(run, text, domain, constraint, expression, Validated::Yes)?,
            ColumnConstraintKind::NotNull if run.world.target.major() >= 17 => {
                let name = name(run, text, domain, constraint.name.map(|clause| clause.value), NOT_NULL)?;
                add_object(run, domain, &name, Constraint::new(ConstraintKind::NotNull, Vec::new()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether what is stored already is known to fulfil a constraint.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Validated {
    Yes,
    No,
}

fn add_check(run: &mut Run<'_>, text: &str, domain: Oid, written: &ColumnConstraint, expression: Expr, validated: Validated) -> Result {
    let name = name(run, text, domain, written.name.map(|clause| clause.value), CHECK)?;
    let stored = analyse(run, text, domain, expression)?;
    let no_inherit = written.attributes.find(AttributeKind::NoInherit).is_some();
    let constraint = Constraint {
        validated: validated == Validated::Yes,
        no_inherit,
        ..Constraint::new(ConstraintKind::Check(stored.clone()), Vec::new())
    };
    let oid = add_object(run, domain, &name, constraint);
    link(&mut run.catalog, oid, &stored, None);
    Ok(())
}

fn analyse(run: &mut Run<'_>, text: &str, domain: Oid, expression: Expr) -> Result<Stored> {
    let base = domain::base(run, domain);
    let scope = Scope { values: vec![("value".into(), base)], place: Place::DomainCheck, ..Scope::default() };
    analysis::expression(run, text, expression.span, &scope)
}

/// The name of a new constraint.
///
/// # Errors
/// 42710 if the domain has one of that name.
fn name(run: &Run<'_>, text: &str, domain: Oid, written: Option<Ident>, label: &str) -> Result<String> {
    let Some(object) = run.catalog.get(domain) else { return Ok(String::new()) };
    let Some(written) = written else {
        let schema = object.schema.unwrap_or(Oid::NONE);
        return Ok(naming::constraint_name(&run.catalog, schema, &object.name, "", label, &[]));
    };
    let name = written.value(text);
    if run.catalog.part(domain, Class::Constraint, &name).is_some() {
        let message = format!("constraint \"{name}\" for domain \"{}\" already exists", object.name);
        return Err(Stop::fails("42710", message, written.span));
    }
    Ok(name.into_owned())
}

fn add_object(run: &mut Run<'_>, domain: Oid, name: &str, constraint: Constraint) -> Oid {
    let schema = run.catalog.get(domain).and_then(|object| object.schema);
    let object = Object::new(name, Body::Constraint(Arc::new(constraint)), run.origin).part_of(domain);
    let oid = run.catalog.add(Object { schema, ..object });
    run.catalog.link(oid, domain, Dependency::Auto);
    oid
}

/// `ALTER DOMAIN … ADD CONSTRAINT`.
pub(super) fn add(run: &mut Run<'_>, text: &str, domain: &DomainRef, written: &ColumnConstraint) -> Result {
    let at = domain.oid;
    match written.kind {
        ColumnConstraintKind::Check(expression) => {
            refuse_deferrable(written)?;
            let unchecked = written.attributes.find(AttributeKind::NotValid).is_some();
            let validated = if unchecked { Validated::No } else { Validated::Yes };
            add_check(run, text, at, written, expression, validated)?;
            if unchecked { Ok(()) } else { domain_use::fulfil_check(run, at, written.span) }
        }
        ColumnConstraintKind::NotNull => {
            if run.catalog.get(at).and_then(Object::ty).is_some_and(domain::is_not_null) {
                return Ok(());
            }
            let name = name(run, text, at, written.name.map(|clause| clause.value), NOT_NULL)?;
            add_object(run, at, &name, Constraint::new(ConstraintKind::NotNull, Vec::new()));
            domain::change(run, at, |domain| domain.not_null = true);
            domain_use::fulfil_not_null(run, at, written.span)
        }
        _ => Err(Stop::unknown("this constraint of a domain is not replayed", written.span)),
    }
}

fn refuse_deferrable(written: &ColumnConstraint) -> Result {
    match written.attributes.is_deferrable() {
        true => Err(Stop::fails("0A000", "CHECK constraints cannot be marked DEFERRABLE", written.span)),
        false => Ok(()),
    }
}

/// `ALTER DOMAIN … SET NOT NULL`.
pub(super) fn set_not_null(run: &mut Run<'_>, domain: &DomainRef, span: Span) -> Result {
    if run.catalog.get(domain.oid).and_then(Object::ty).is_some_and(domain::is_not_null) {
        return Ok(());
    }
    domain::change(run, domain.oid, |domain| domain.not_null = true);
    if run.world.target.major() >= 17 {
        let name = name(run, "", domain.oid, None, NOT_NULL)?;
        add_object(run, domain.oid, &name, Constraint::new(ConstraintKind::NotNull, Vec::new()));
    }
    domain_use::fulfil_not_null(run, domain.oid, span)
}

/// `ALTER DOMAIN … DROP NOT NULL`.
pub(super) fn drop_not_null(run: &mut Run<'_>, domain: &DomainRef) {
    domain::change(run, domain.oid, |domain| domain.not_null = false);
    let found = run.catalog.constraints(domain.oid).find(|(_, constraint)| constraint.kind == ConstraintKind::NotNull);
    if let Some(oid) = found.map(|(oid, _)| oid) {
        run.catalog.remove(oid);
    }
}

/// `ALTER DOMAIN … DROP CONSTRAINT`.
pub(super) fn remove(
    run: &mut Run<'_>,
    text: &str,
    domain: &DomainRef,
    guard: Guard,
    ident: Ident,
    behavior: Option<tree::Behavior>,
) -> Result {
    let name = ident.value(text);
    let found = match guard.is_written() {
        true => run.catalog.part(domain.oid, Class::Constraint, &name),
        false => lifecycle::find_constraint(run, domain.oid, &name, ident.span)?,
    };
    let Some(oid) = found else {
        if !guard.is_written() {
            return Err(missing(domain, &name, ident));
        }
        if domain.is_assumed(run) {
            run.note_absent(Class::Constraint, domain.oid, &name);
            run.catalog.note_gone(Class::Constraint, domain.oid, &*name);
        }
        return Ok(());
    };
    if run.catalog.get(oid).and_then(Object::constraint).is_some_and(|constraint| constraint.kind == ConstraintKind::NotNull) {
        domain::change(run, domain.oid, |domain| domain.not_null = false);
    }
    let behavior = match behavior {
        Some(tree::Behavior::Cascade(_)) => Behavior::Cascade,
        _ => Behavior::Restrict,
    };
    deletion::delete(run, &[Address::whole(oid)], behavior, ident.span)
}

/// `ALTER DOMAIN … VALIDATE CONSTRAINT`.
pub(super) fn validate(run: &mut Run<'_>, text: &str, domain: &DomainRef, ident: Ident) -> Result {
    let name = ident.value(text);
    let Some(oid) = lifecycle::find_constraint(run, domain.oid, &name, ident.span)? else {
        return Err(missing(domain, &name, ident));
    };
    let is_other = |constraint: &Constraint| !matches!(constraint.kind, ConstraintKind::Check(_));
    if run.catalog.get(oid).and_then(Object::constraint).is_some_and(is_other) {
        let message = format!("constraint \"{name}\" of domain \"{}\" is not a check constraint", domain.name);
        return Err(Stop::fails("42809", message, ident.span));
    }
    domain_use::fulfil_check(run, domain.oid, ident.span)?;
    run.catalog.update(oid, |object| {
        if let Some(constraint) = object.constraint_mut() {
            constraint.validated = true;
        }
    });
    Ok(())
}

fn missing(domain: &DomainRef, name: &str, ident: Ident) -> Stop {
    Stop::fails("42704", format!("constraint \"{name}\" of domain \"{}\" does not exist", domain.name), ident.span)
}
