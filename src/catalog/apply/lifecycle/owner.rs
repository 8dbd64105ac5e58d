//! OWNER TO and DEPENDS ON EXTENSION. Who owns an object is only noted: it decides nothing here.

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Sequence};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::catalog::{privileges, reference};
use crate::syntax::tree::{DependsOnExtension, RoleSpec, SetOwner};
use crate::text::Span;

/// Gives an object that is no relation another owner; the role is looked up first.
pub(super) fn apply(run: &mut Run<'_>, text: &str, set: &SetOwner) -> Result {
    let owner = reference::role(run, text, set.owner)?;
    if let Some(address) = reference::expect(run, text, &set.object)? {
        give(run, address.object, &owner);
    }
    Ok(())
}

/// What the new owner was granted becomes its own right.
fn give(run: &mut Run<'_>, oid: Oid, owner: &Name) {
    run.catalog.update(oid, |object| {
        privileges::change_owner(object, owner);
        object.owner = Some(Name::clone(owner));
    });
}

/// Gives a relation another owner, its indexes and the sequences that it owns with it.
///
/// # Errors
/// 42704 if there is no such role, 0A000 of a sequence that a table owns.
pub(in crate::catalog::apply) fn give_relation(run: &mut Run<'_>, text: &str, relation: Oid, owner: RoleSpec, span: Span) -> Result {
    let owner = reference::role(run, text, owner)?;
    match run.catalog.relation(relation).map(|relation| &relation.kind) {
        Some(RelationKind::Sequence(Sequence { owned_by: Some(_), .. })) => {
            let name = run.catalog.get(relation).map(|object| object.name.to_string()).unwrap_or_default();
            // A change that changes nothing is taken.
            let before = run.catalog.get(relation).and_then(|object| object.owner.clone()).unwrap_or_else(|| run.world.user.clone());
            if before == owner {
                return Ok(());
            }
            return Err(Stop::fails("0A000", format!("cannot change owner of sequence \"{name}\""), span));
        }
        // PostgreSQL warns and leaves it.
        Some(RelationKind::Index(_)) => return Ok(()),
        _ => {}
    }
    let indexes: Vec<Oid> = run.catalog.indexes(relation).map(|(index, _)| index).collect();
    let sequences = run.catalog.dependents_of_any(relation).map(|(dependent, ..)| dependent.object);
    let owned = sequences.filter(|oid| {
        let kind = run.catalog.relation(*oid).map(|relation| &relation.kind);
        matches!(kind, Some(RelationKind::Sequence(Sequence { owned_by: Some(column), .. })) if column.object == relation)
    });
    let all: Vec<Oid> = indexes.into_iter().chain(owned).chain([relation]).collect();
    for oid in all {
        give(run, oid, &owner);
    }
    Ok(())
}

/// `DEPENDS ON EXTENSION`
pub(super) fn depend(run: &mut Run<'_>, text: &str, depends: &DependsOnExtension) -> Result {
    let address = super::expect_object(run, text, &depends.object)?;
    let name = depends.extension.value(text);
    let span = depends.extension.span;
    let extension = match run.find_in(Class::Extension, Oid::NONE, &name).map_err(|stop| stop.or_at(span))? {
        Some(found) => found,
        None if run.may_assume_in(Class::Extension, Oid::NONE, &name) => {
            return Err(Stop::unknown(format!("no file creates the extension {name}"), span));
        }
        None => return Err(Stop::fails("42704", format!("extension \"{name}\" does not exist"), span)),
    };
    if depends.no.is_some() {
        run.catalog.unlink(address, Address::whole(extension), Dependency::AutoExtension);
    } else {
        run.catalog.link(address, extension, Dependency::AutoExtension);
    }
    Ok(())
}
