//! Domains: types with constraints of their own.
//!
//! A domain depends on its base type and on what its default uses; its constraints depend on it.

use std::sync::Arc;

use super::domain_constraint;
use super::{existing, make, own, place};
use crate::catalog::collation;
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::expression::{Stored, link};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Domain, Type, TypeId, TypeUse};
use crate::catalog::object::{Body, Name, Object, Standing};
use crate::catalog::run::Run;
use crate::catalog::types::{format_type, type_use};
use crate::catalog::{Address, Dependency, Oid};
use crate::postgres::facts::{self, TypeKind};
use crate::syntax::tree::{AlterDomain, AttributeKind, ColumnConstraint, ColumnConstraintKind, CreateDomain, DomainAction, Expr, TypeName};

/// A domain that a statement names.
pub(super) struct DomainRef {
    pub(super) oid: Oid,
    pub(super) name: Name,
}

impl DomainRef {
    /// Whether nothing is known of what it says.
    pub(super) fn is_assumed(&self, run: &Run<'_>) -> bool {
        run.catalog.get(self.oid).is_none_or(|object| object.standing == Standing::Assumed)
    }
}

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateDomain) -> Result {
    let place = place(run, text, create.name)?;
    let base = type_use(run, text, &create.ty)?;
    refuse_pseudo(run, &base, &create.ty)?;
    let collation = match &create.collation {
        Some(clause) => collation::collation(run, text, clause.value, Some(&base))?,
        None => None,
    };
    let said = Said::read(run, text, &base, &create.constraints)?;
    let domain = Domain { base: Some(base), not_null: said.not_null == Some(true), default: said.default, collation };
    let oid = make(run, &place, Type::Domain(domain));
    relink(run, oid);
    if let Some(clause) = &create.collation {
        collation::link(run, Address::whole(oid), text, clause.value)?;
    }
    domain_constraint::add_all(run, text, oid, &create.constraints)
}

/// A domain restricts a type that can be stored.
fn refuse_pseudo(run: &Run<'_>, base: &TypeUse, written: &TypeName) -> Result {
    let TypeId::BuiltIn(name) = base.id else { return Ok(()) };
    let fact = facts::system().type_named(name, run.world.target);
    if !base.array && fact.is_some_and(|fact| fact.kind == TypeKind::Pseudo) {
        let message = format!("\"{}\" is not a valid base type for a domain", format_type(&run.catalog, base));
        return Err(Stop::fails("42804", message, written.span));
    }
    Ok(())
}

/// What the constraints of CREATE DOMAIN say of the domain itself.
#[derive(Default)]
struct Said {
    not_null: Option<bool>,
    default: Option<Stored>,
}

impl Said {
    fn read(run: &mut Run<'_>, text: &str, base: &TypeUse, constraints: &[ColumnConstraint]) -> Result<Said> {
        let mut said = Said::default();
        let mut has_default = false;
        for constraint in constraints {
            said.refuse(run, constraint)?;
            match constraint.kind {
                ColumnConstraintKind::Default(expression) => {
                    if has_default {
                        return Err(Stop::fails("42601", "multiple default expressions", constraint.span));
                    }
                    has_default = true;
                    said.default = default(run, text, base, expression)?;
                }
                ColumnConstraintKind::NotNull => said.not_null = Some(true),
                ColumnConstraintKind::Null => said.not_null = Some(false),
                _ => {}
            }
            refuse_attributes(run, constraint)?;
        }
        Ok(said)
    }

    /// What a domain can't have (`DefineDomain`).
    fn refuse(&self, run: &Run<'_>, constraint: &ColumnConstraint) -> Result {
        let version = run.world.target.major();
        let fails = |sqlstate, message: &str| Err(Stop::fails(sqlstate, message, constraint.span));
        match constraint.kind {
            ColumnConstraintKind::NotNull if self.not_null == Some(false) => fails("42601", "conflicting NULL/NOT NULL constraints"),
            ColumnConstraintKind::NotNull if self.not_null == Some(true) && version >= 18 => {
                fails("42P17", "redundant NOT NULL constraint definition")
            }
            ColumnConstraintKind::Null if self.not_null == Some(true) => fails("42601", "conflicting NULL/NOT NULL constraints"),
            ColumnConstraintKind::Unique(..) => fails("42601", "unique constraints not possible for domains"),
            ColumnConstraintKind::PrimaryKey(_) => fails("42601", "primary key constraints not possible for domains"),
            ColumnConstraintKind::References(_) => fails("42601", "foreign key constraints not possible for domains"),
            ColumnConstraintKind::Generated(..) | ColumnConstraintKind::Identity(_) if version >= 18 => {
                fails("0A000", "specifying GENERATED not supported for domains")
            }
            ColumnConstraintKind::Generated(..) => fails("XX000", "unrecognized constraint subtype: 4"),
            ColumnConstraintKind::Identity(_) => fails("XX000", "unrecognized constraint subtype: 3"),
            ColumnConstraintKind::Check(_) if constraint.attributes.find(AttributeKind::NoInherit).is_some() => {
                fails("42P17", "check constraints for domains cannot be marked NO INHERIT")
            }
            _ => Ok(()),
        }
    }
}

fn refuse_attributes(run: &Run<'_>, constraint: &ColumnConstraint) -> Result {
    for attribute in &constraint.attributes.list {
        use AttributeKind::{Deferrable, Enforced, InitiallyDeferred, InitiallyImmediate, NotDeferrable, NotEnforced};
        match attribute.kind {
            Deferrable | NotDeferrable | InitiallyDeferred | InitiallyImmediate => {
                let message = "specifying constraint deferrability not supported for domains";
                return Err(Stop::fails("0A000", message, attribute.span));
            }
            Enforced | NotEnforced if run.world.target.major() >= 18 => {
                let message = "specifying constraint enforceability not supported for domains";
                return Err(Stop::fails("42P17", message, attribute.span));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A domain's default; none for NULL, which PostgreSQL does not keep.
fn default(run: &mut Run<'_>, text: &str, base: &TypeUse, expression: Expr) -> Result<Option<Stored>> {
    let scope = Scope::none(Place::ColumnDefault);
    let stored = analysis::expression_as(run, text, expression.span, &scope, base)?;
    Ok((!stored.text.eq_ignore_ascii_case("null")).then_some(stored))
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterDomain) -> Result {
    let ty = existing(run, text, alter.name)?;
    let oid = match own(run, &ty) {
        Some((oid, Type::Domain(_))) => oid,
        Some((oid, Type::Unknown(_))) if names_constraint(&alter.action) => oid,
        Some((_, Type::Unknown(_))) => return Ok(()),
        _ => {
            let shown = format_type(&run.catalog, &ty);
            return Err(Stop::fails("42809", format!("{shown} is not a domain"), alter.name.span()));
        }
    };
    let name = run.catalog.get(oid).map(|object| Name::clone(&object.name)).unwrap_or_default();
    let domain = DomainRef { oid, name };
    match &alter.action {
        DomainAction::SetDefault(expression) => {
            let stored = match base(run, oid) {
                Some(base) => default(run, text, &base, *expression)?,
                None => Some(analysis::expression(run, text, expression.span, &Scope::none(Place::ColumnDefault))?),
            };
            change(run, oid, |domain| domain.default = stored);
            relink(run, oid);
        }
        DomainAction::DropDefault(_) => {
            change(run, oid, |domain| domain.default = None);
            relink(run, oid);
        }
        DomainAction::SetNotNull(span) => domain_constraint::set_not_null(run, &domain, *span)?,
        DomainAction::DropNotNull(_) => domain_constraint::drop_not_null(run, &domain),
        DomainAction::AddConstraint(constraint) => domain_constraint::add(run, text, &domain, constraint)?,
        DomainAction::DropConstraint { guard, name, behavior } => {
            domain_constraint::remove(run, text, &domain, *guard, *name, *behavior)?;
        }
        DomainAction::ValidateConstraint(name) => domain_constraint::validate(run, text, &domain, *name)?,
    }
    Ok(())
}

/// Whether a change of a domain of which nothing is known can be followed by a constraint's name.
fn names_constraint(action: &DomainAction) -> bool {
    match action {
        DomainAction::AddConstraint(constraint) => constraint.name.is_some() && matches!(constraint.kind, ColumnConstraintKind::Check(_)),
        DomainAction::DropConstraint { .. } | DomainAction::ValidateConstraint(_) => true,
        _ => false,
    }
}

pub(super) fn change(run: &mut Run<'_>, oid: Oid, change: impl FnOnce(&mut Domain)) {
    run.catalog.update(oid, |object| {
        if let Body::Type(ty) = &mut object.body
            && let Type::Domain(domain) = Arc::make_mut(ty)
        {
            change(domain);
        }
    });
}

/// What a domain depends on, anew (`GenerateTypeDependencies`).
fn relink(run: &mut Run<'_>, oid: Oid) {
    let Some(object) = run.catalog.get(oid) else { return };
    let Some(Type::Domain(domain)) = object.ty() else { return };
    let (schema, base, default) = (object.schema, domain.base.clone(), domain.default.clone());
    let collations: Vec<Address> =
        run.catalog.dependencies_of(oid.into()).map(|(on, _)| on).filter(|on| is_collation(run, on.object)).collect();
    run.catalog.unlink_all(oid.into(), Dependency::Normal);
    let kept = schema.map(Address::whole).into_iter().chain(collations);
    for on in kept {
        run.catalog.link(oid, on, Dependency::Normal);
    }
    if let Some(base) = base {
        run.catalog.link_type(oid, &base);
    }
    if let Some(default) = default {
        link(&mut run.catalog, oid, &default, None);
    }
}

fn is_collation(run: &Run<'_>, oid: Oid) -> bool {
    run.catalog.get(oid).is_some_and(|object| object.body.class() == crate::catalog::object::Class::Collation)
}

/// The type that a domain restricts, if it is known.
pub(super) fn base(run: &Run<'_>, domain: Oid) -> Option<TypeUse> {
    match run.catalog.get(domain).and_then(Object::ty)? {
        Type::Domain(domain) => domain.base.clone(),
        _ => None,
    }
}

pub(super) const fn is_not_null(ty: &Type) -> bool {
    matches!(ty, Type::Domain(domain) if domain.not_null)
}
