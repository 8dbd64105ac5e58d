//! RENAME of types, domains and the constraints of domains.

use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::object::Class;
use crate::catalog::run::Run;
use crate::syntax::tree::{Ident, ObjectRef};
use crate::text::Span;

use super::expect_type;
use super::rename::{has_row_type, name_of, set_name};

/// Gives a type another name.
pub(super) fn whole(run: &mut Run<'_>, text: &str, object: &ObjectRef, new: &str, span: Span) -> Result {
    let oid = expect_type(run, text, object)?;
    if run.catalog.relation(oid).is_some_and(|relation| relation.kind == RelationKind::Composite) {
        return super::rename::relation(run, oid, new, span);
    }
    let schema = run.catalog.get(oid).and_then(|object| object.schema).unwrap_or(Oid::NONE);
    let is_type = run.find_in(Class::Type, schema, new).map_err(|stop| stop.or_at(span))?.is_some();
    let relation = run.find_in(Class::Relation, schema, new).map_err(|stop| stop.or_at(span))?;
    if is_type || relation.is_some_and(|relation| has_row_type(run, relation)) {
        return Err(Stop::fails("42710", format!("type \"{new}\" already exists"), span));
    }
    set_name(&mut run.catalog, oid, new);
    run.catalog.settle(Class::Type, new);
    Ok(())
}

/// Gives a domain's constraint another name.
pub(super) fn constraint(run: &mut Run<'_>, text: &str, domain: &ObjectRef, old: Ident, new: &str, span: Span) -> Result {
    let oid = expect_type(run, text, domain)?;
    let (value, shown) = (old.value(text), name_of(&run.catalog, oid));
    let Some(constraint) = super::rename::find_constraint(run, oid, &value, old.span)? else {
        let message = format!("constraint \"{value}\" for domain {shown} does not exist");
        return Err(Stop::fails("42704", message, old.span));
    };
    if run.catalog.part(oid, Class::Constraint, new).is_some() {
        return Err(Stop::fails("42710", format!("constraint \"{new}\" for domain {shown} already exists"), span));
    }
    set_name(&mut run.catalog, constraint, new);
    Ok(())
}
