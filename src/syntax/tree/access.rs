//! Privileges on objects, memberships of roles, and the privileges that new objects will have.

use crate::text::Span;

use super::{Behavior, Clause, Ident, ObjectKind, ObjectRef, RoleSpec};

/// GRANT and REVOKE on objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The whole statement; in ALTER DEFAULT PRIVILEGES, from `GRANT` on.
    pub span: Span,
    /// Given or taken.
    pub verb: GrantVerb,
    /// What may be done.
    pub privileges: Privileges,
    /// On what.
    pub target: GrantTarget,
    /// By whom.
    pub grantees: Vec<RoleSpec>,
    /// `WITH GRANT OPTION` of GRANT, `GRANT OPTION FOR` of REVOKE.
    pub grant_option: Option<Span>,
    /// `GRANTED BY`
    pub granted_by: Option<Clause<RoleSpec>>,
    /// `CASCADE`, `RESTRICT` of REVOKE.
    pub behavior: Option<Behavior>,
}

/// Given or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum GrantVerb {
    Grant,
    Revoke,
}

/// What may be done with an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Privileges {
    /// `ALL [PRIVILEGES]`, perhaps on some columns.
    All(Span, Vec<Ident>),
    /// Each of these.
    Listed(Vec<Privilege>),
}

/// One privilege, perhaps on some columns; where roles are granted, one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privilege {
    /// Which one.
    pub name: PrivilegeName,
    /// On these columns; none are written for the whole object.
    pub columns: Vec<Ident>,
}

/// The name of a privilege or a role; PostgreSQL checks when it runs the statement whether there is such a privilege.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivilegeName {
    /// `SELECT`, `USAGE`, a role's name.
    Word(Ident),
    /// `ALTER SYSTEM`
    AlterSystem(Span),
}

/// What privileges are on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantTarget {
    /// These objects. A table without a word for its kind may also be a view, a sequence or another relation.
    Objects(ObjectKind, Vec<ObjectRef>),
    /// `ALL TABLES IN SCHEMA`: every object of a kind that is now in these schemas.
    AllInSchema(ObjectKind, Vec<Ident>),
    /// Every object of a kind that is created from now on (ALTER DEFAULT PRIVILEGES).
    Future(ObjectKind),
}

/// GRANT and REVOKE of roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRole {
    /// The whole statement.
    pub span: Span,
    /// Given or taken.
    pub verb: GrantVerb,
    /// The roles that others become members of; columns behind one are refused when PostgreSQL runs the statement.
    pub roles: Vec<Privilege>,
    /// Who becomes or ceases to be a member.
    pub grantees: Vec<RoleSpec>,
    /// `WITH …` of GRANT; `… OPTION FOR` of REVOKE, which takes only the option.
    pub options: Vec<MembershipOption>,
    /// `GRANTED BY`
    pub granted_by: Option<Clause<RoleSpec>>,
    /// `CASCADE`, `RESTRICT` of REVOKE.
    pub behavior: Option<Behavior>,
}

/// `ADMIN OPTION`, `INHERIT FALSE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MembershipOption {
    /// All of it.
    pub span: Span,
    /// `ADMIN`, `INHERIT`, `SET`.
    pub name: Ident,
    /// Whether the member has it.
    pub value: MembershipValue,
}

/// Whether a member has an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipValue {
    /// `OPTION`, `TRUE`
    True,
    /// `FALSE`, and REVOKE … OPTION FOR.
    False,
}

/// `ALTER DEFAULT PRIVILEGES`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterDefaultPrivileges {
    /// The whole statement.
    pub span: Span,
    /// `FOR ROLE`: of objects that these create; without it the current role.
    pub roles: Vec<RoleSpec>,
    /// `IN SCHEMA`: of objects in these; without it in all.
    pub schemas: Vec<Ident>,
    /// What changes.
    pub grant: Grant,
}
