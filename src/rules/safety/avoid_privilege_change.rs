//! `avoid-privilege-change`: who may do what, and who owns what, is not changed in passing.

use crate::catalog::{Class, Oid, Standing};
use crate::diagnostic::Severity;
use crate::postgres::LockMode;
use crate::rules::change::{Change, changes};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, GrantTarget, GrantVerb, Ident, Node, PrivilegeName, Privileges, RoleSpec};
use crate::text::Span;

use super::BanGrantToPublic;

/// The rule.
#[derive(Debug)]
pub struct AvoidPrivilegeChange;

static META: Meta = Meta {
    id: "avoid-privilege-change",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &["ban-revoke"],
    options: &[],
    page: include_str!("../../../rules/avoid-privilege-change.md"),
};

impl Rule for AvoidPrivilegeChange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let told = cx.findings_of(&BanGrantToPublic);
        for change in changes(cx) {
            let Some((span, message)) = found(cx, &change) else { continue };
            let finding = change.finding(span, message);
            let encloses = |place: Span| finding.primary.span.encloses(place);
            if !is_to_all_alone(change.node()) || !told.iter().any(|other| encloses(other.primary.span)) {
                out.push(
                    finding.help(
                        "have whoever answers for rights look at it, and say so: `-- migration-lint: allow(avoid-privilege-change): …`",
                    ),
                );
            }
        }
    }
}

/// Whether a statement is about the rights of PUBLIC, and of nobody else.
fn is_to_all_alone(node: &Node) -> bool {
    let grant = match node {
        Node::Grant(grant) => grant,
        Node::AlterDefaultPrivileges(alter) => &alter.grant,
        _ => return false,
    };
    grant.grantees.iter().all(|grantee| matches!(grantee, RoleSpec::Public(_)))
}

/// What a statement changes of the rights on what was there before the migration.
fn found(cx: &MigrationContext<'_>, change: &Change<'_>) -> Option<(Span, String)> {
    let named = || {
        let all: Vec<String> = change.named().map(|named| change.called(&named)).collect();
        (!all.is_empty()).then(|| all.join(", "))
    };
    match change.node() {
        Node::Grant(grant) => {
            let (deed, on) = match &grant.target {
                GrantTarget::Objects(..) if is_on_own_columns(change, &grant.privileges) => return None,
                GrantTarget::Objects(..) => (grant.verb, named()?),
                GrantTarget::AllInSchema(_, schemas) => {
                    let schema = schemas.iter().find(|schema| !is_made(cx, change, Class::Schema, **schema))?;
                    (grant.verb, format!("all that is in schema `{}`", change.name(*schema)))
                }
                GrantTarget::Future(_) => return None,
            };
            let verb = if deed == GrantVerb::Grant { "gives rights on" } else { "takes rights on" };
            Some((grant.span, format!("this {verb} {on}")))
        }
        Node::GrantRole(grant) => {
            let is_known = grant.roles.iter().any(|role| match role.name {
                PrivilegeName::Word(role) => !is_made(cx, change, Class::Role, role),
                _ => true,
            });
            let verb = if grant.verb == GrantVerb::Grant { "gives" } else { "takes" };
            is_known.then(|| (grant.span, format!("this {verb} the rights of a role")))
        }
        Node::AlterDefaultPrivileges(alter) => {
            let is_own = !alter.schemas.is_empty() && alter.schemas.iter().all(|schema| is_made(cx, change, Class::Schema, *schema));
            (!is_own).then(|| (alter.span, "this changes the rights that everything to come begins with".to_owned()))
        }
        Node::SetOwner(set) => Some((set.span, format!("this gives {} to another role", named()?))),
        Node::AlterTable(alter) => {
            let owner = alter.actions.iter().find(|action| matches!(action.kind, AlterActionKind::Owner(_)))?;
            Some((owner.span, format!("this gives {} to another role", named()?)))
        }
        Node::ReassignOwned(reassign) => Some((reassign.span, "this gives all that a role owns to another one".to_owned())),
        Node::DropOwned(drop) => Some((drop.span, "this drops all that a role owns, and takes its rights".to_owned())),
        _ => None,
    }
}

/// Whether rights are about columns alone that the migration itself has added.
fn is_on_own_columns(change: &Change<'_>, privileges: &Privileges) -> bool {
    let Some(table) = change.named().next().and_then(|named| change.existing(named.oid, LockMode::AccessShare, named.span)) else {
        return false;
    };
    let are_own = |columns: &[Ident]| !columns.is_empty() && columns.iter().all(|column| !change.had_column(&table, &change.name(*column)));
    match privileges {
        Privileges::All(_, columns) => are_own(columns),
        Privileges::Listed(listed) => listed.iter().all(|privilege| are_own(&privilege.columns)),
    }
}

/// Whether the migration itself has made a schema or role before.
fn is_made(cx: &MigrationContext<'_>, change: &Change<'_>, class: Class, name: Ident) -> bool {
    let before = change.before();
    let found = before.named(class, Oid::NONE, &change.name(name)).first().and_then(|oid| before.get(*oid));
    found.is_some_and(|object| object.standing == Standing::Made && object.origin.migration == Some(cx.replayed.index))
}
