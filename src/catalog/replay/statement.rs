//! What is noted of a statement by its text alone: whether it may be a deed, what it names, and whether it runs code or ends a transaction.

use std::borrow::Cow;

use crate::catalog::Oid;
use crate::catalog::object::{Class, Object};
use crate::catalog::run::World;
use crate::catalog::store::Catalog;
use crate::postgres::{superuser_only, table_locks};
use crate::syntax::Version;
use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::{
    AlterAction, AlterActionKind, AlteredKind, Behavior, GrantTarget, Ident, Node, ObjectKind, ObjectName, ObjectRef, TransactionAction,
    TriggerChoice,
};

use super::Direction;

/// Whether a script says anything that is noted where it stands.
pub(super) fn may_have_deeds(world: &World<'_>, up: Direction<'_>) -> bool {
    let may_be =
        |node: &Node| is_noted(up.text, node, world.target) || !references(node).is_empty() || !table_locks(up.text, node).is_empty();
    let mut nodes = up.script.statements.iter().filter_map(|statement| statement.node());
    nodes.any(|node| match node {
        Node::CreateSchema(create) => create.elements.iter().any(may_be),
        _ => may_be(node),
    })
}

/// Whether a script runs code that may lock something: DO, CALL, or a query with a routine of the history or of its own.
pub(super) fn runs_code(before: &Catalog, up: Direction<'_>) -> bool {
    let makes = |node: &Node, name: &str| matches!(node, Node::CreateFunction(create) if create.name.object.value(up.text) == name);
    let nodes = || up.script.statements.iter().filter_map(|statement| statement.node());
    let is_known = |name: &str| before.schema_with(Class::Routine, name) || nodes().any(|node| makes(node, name));
    up.script.statements.iter().any(|statement| match statement.node() {
        Some(Node::Do(_) | Node::Call(_)) => true,
        Some(
            Node::Select(_)
            | Node::Insert(_)
            | Node::Update(_)
            | Node::Delete(_)
            | Node::Merge(_)
            | Node::Copy(_)
            | Node::CreateTableAs(_)
            | Node::Explain(_),
        ) => {
            let calls = up.script.tokens_of(statement).windows(2).filter(|pair| pair[1].kind == TokenKind::LeftParen);
            let mut names = calls.filter(|pair| matches!(pair[0].kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_)));
            let mut named =
                up.script.tokens_of(statement).iter().filter(|token| matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent));
            names.any(|pair| is_known(&Ident { span: pair[0].span }.value(up.text)))
                || named.any(|token| is_calling_view(before, &Ident { span: token.span }.value(up.text)))
        }
        _ => false,
    })
}

/// Whether a view called `name` calls a routine of the history, by itself or by another view.
fn is_calling_view(catalog: &Catalog, name: &str) -> bool {
    let is_view = |object: &Object| object.relation().is_some_and(|relation| relation.view().is_some());
    let mut views: Vec<Oid> = catalog.anywhere(Class::Relation, name).filter(|(_, object)| is_view(object)).map(|(oid, _)| oid).collect();
    let mut at = 0;
    while let Some(view) = views.get(at).copied() {
        at += 1;
        for (_, on, _) in catalog.dependencies_of_any(view) {
            match catalog.get(on.object) {
                Some(object) if object.body.class() == Class::Routine => return true,
                Some(object) if is_view(object) && !views.contains(&on.object) => views.push(on.object),
                _ => {}
            }
        }
    }
    false
}

pub(super) fn ends_transaction(node: Option<&Node>) -> bool {
    use TransactionAction::{Commit, Prepare, Rollback};
    matches!(node, Some(Node::Transaction(transaction)) if matches!(transaction.action, Commit(_) | Rollback(_) | Prepare(_)))
}

/// Whether a statement is noted whatever it locks: it changes rights, or needs a superuser.
pub(super) fn is_noted(text: &str, node: &Node, target: Version) -> bool {
    match node {
        Node::AlterDomain(_) | Node::AlterDefaultPrivileges(_) | Node::Grant(_) | Node::GrantRole(_) => true,
        Node::ReassignOwned(_) | Node::DropOwned(_) => true,
        Node::Drop(drop) if drop.kind == ObjectKind::Schema || matches!(drop.behavior, Some(Behavior::Cascade(_))) => true,
        Node::AlterTable(alter) if alter.actions.iter().any(switches_all_triggers) => true,
        _ => superuser_only(text, node, target).is_some(),
    }
}

/// Whether an action switches all triggers of a table, with those of its foreign keys, which its owner may not.
fn switches_all_triggers(action: &AlterAction) -> bool {
    matches!(action.kind, AlterActionKind::Trigger(_, TriggerChoice::All(_)))
}

/// What a statement drops, renames, moves, gives away, or changes rights or labels of.
pub(super) fn references(node: &Node) -> Vec<Cow<'_, ObjectRef>> {
    match node {
        Node::Drop(drop) => drop.objects.iter().map(Cow::Borrowed).collect(),
        Node::Rename(rename) => vec![Cow::Borrowed(&rename.object)],
        Node::SetSchema(set) => vec![Cow::Borrowed(&set.object)],
        Node::SetOwner(set) => vec![Cow::Borrowed(&set.object)],
        Node::AlterEnum(alter) => {
            let object = ObjectRef { span: alter.name.span(), kind: ObjectKind::Type, name: ObjectName::Named(alter.name) };
            vec![Cow::Owned(object)]
        }
        Node::AlterTable(alter) if alter.actions.iter().any(|action| matches!(action.kind, AlterActionKind::Owner(_))) => {
            let kind = if alter.kind == AlteredKind::Sequence { ObjectKind::Sequence } else { ObjectKind::Table };
            let name = alter.relation.name;
            vec![Cow::Owned(ObjectRef { span: name.span(), kind, name: ObjectName::Named(name) })]
        }
        Node::Grant(grant) => match &grant.target {
            GrantTarget::Objects(_, objects) => objects.iter().map(Cow::Borrowed).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
