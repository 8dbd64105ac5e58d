//! What a role may do that statements run as, after SET ROLE.
//!
//! Whoever logged in is taken for a superuser: migrations run on a server of their own. Another role may do what it likes with what it owns,
//! and create in schemas that let it; whether it may do anything else is not followed, and said to be unknown. Of a role that no file creates
//! all of it is a condition.

use std::sync::Arc;

use crate::catalog::Oid;
use crate::catalog::apply::Statement;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Body, Class, Name, Object, Standing};
use crate::catalog::run::Run;
use crate::catalog::store::Catalog;
use crate::syntax::tree::{self, Node};

/// Expects that the role which a statement ran as may do what that did to `before`.
///
/// # Errors
/// If it can't be told.
pub(in crate::catalog::apply) fn expect_allowed(run: &mut Run<'_>, before: &Catalog, statement: Statement<'_>) -> Result {
    let Some(role) = run.session.settings.role.clone().filter(|role| *role != run.world.user) else { return Ok(()) };
    let Some(object) = run.catalog.named(Class::Role, Oid::NONE, &role).first().and_then(|oid| run.catalog.get(*oid)) else {
        return Ok(());
    };
    let is_superuser = matches!(&object.body, Body::Role(known) if known.options.contains_key("SUPERUSER"));
    if is_superuser || is_for_everyone(statement.node) {
        return Ok(());
    }
    if object.standing == Standing::Assumed {
        run.condition("42501", format!("unless the role {role}, which no file creates, may do this"), None);
        return Ok(());
    }
    let owns = |catalog: &Catalog, oid: Oid| is_owned(catalog, oid, &role);
    let allowed = match named(statement.node) {
        Some(relations) => relations.into_iter().all(|name| {
            let found = run.find(Class::Relation, statement.text, *name);
            matches!(found, Ok(Some(oid)) if owns(&run.catalog, oid))
        }),
        None => before.changed(&run.catalog).into_iter().all(|oid| match before.get(oid) {
            Some(_) => owns(before, oid),
            None => run.catalog.get(oid).is_none_or(|object| may_create(run, before, object, &role)),
        }),
    };
    if allowed { Ok(()) } else { Err(Stop::unknown(format!("what the role {role} may do is not followed"), None)) }
}

/// Whether everybody may do it, or what it does is asked for statement by statement.
const fn is_for_everyone(node: &Node) -> bool {
    matches!(
        node,
        Node::Transaction(_)
            | Node::SetVariable(_)
            | Node::SetConstraints(_)
            | Node::Discard(_)
            | Node::Notify(_)
            | Node::Prepare(_)
            | Node::Deallocate(_)
            | Node::Do(_)
    )
}

/// The relations that a statement on rows names; none of other statements.
fn named(node: &Node) -> Option<Vec<&tree::Name>> {
    match node {
        Node::Select(select) => Some(select.reads.iter().chain(&select.writes).collect()),
        Node::Insert(insert) => Some([&insert.target].into_iter().chain(&insert.reads).chain(&insert.writes).collect()),
        Node::Update(update) => Some([&update.target.name].into_iter().chain(&update.reads).chain(&update.writes).collect()),
        Node::Delete(delete) => Some([&delete.target.name].into_iter().chain(&delete.reads).chain(&delete.writes).collect()),
        _ => None,
    }
}

/// Whether a role owns an object, or what that is a part of.
fn is_owned(catalog: &Catalog, oid: Oid, role: &Name) -> bool {
    let Some(object) = catalog.get(oid) else { return false };
    object.owner.as_ref() == Some(role) || object.of.is_some_and(|of| is_owned(catalog, of, role))
}

/// Whether a role may create an object: its schema lets it, or it is a part of what the role owns or has just made.
fn may_create(run: &Run<'_>, before: &Catalog, object: &Object, role: &Name) -> bool {
    if let Some(of) = object.of {
        return before.get(of).is_none() || is_owned(before, of, role);
    }
    let Some(schema) = object.schema else { return false };
    let may =
        |grantee: &Name, privileges: &crate::catalog::model::Privileges| privileges.grants.contains_key(&(Arc::clone(grantee), "CREATE"));
    let public: Name = "public".into();
    is_owned(&run.catalog, schema, role)
        || run.catalog.get(schema).and_then(|schema| schema.privileges.as_deref()).is_some_and(|list| may(role, list) || may(&public, list))
}
