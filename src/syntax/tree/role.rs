//! Roles, and what they own.

use crate::text::Span;

use super::{Behavior, Clause, Guard, Ident, RoleSpec, TextOrNull, VariableSetting};

/// `CREATE ROLE`, `CREATE USER`, `CREATE GROUP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRole {
    /// The whole statement.
    pub span: Span,
    /// Which word; a user may log in, if nothing else is said.
    pub kind: RoleKind,
    /// Its name.
    pub name: Ident,
    /// What is said of it, in the order written.
    pub options: Vec<RoleOption>,
}

/// The word for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RoleKind {
    Role,
    User,
    Group,
}

/// `ALTER ROLE`, `ALTER USER`, `ALTER GROUP` with options or members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterRole {
    /// The whole statement.
    pub span: Span,
    /// Which word.
    pub kind: RoleKind,
    /// Which role.
    pub role: RoleSpec,
    /// What changes.
    pub change: RoleChange,
}

/// What ALTER ROLE changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleChange {
    /// Its options.
    Options(Vec<RoleOption>),
    /// `ADD USER`, of a group.
    AddMembers(Vec<RoleSpec>),
    /// `DROP USER`, of a group.
    DropMembers(Vec<RoleSpec>),
}

/// One option of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleOption {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub kind: RoleOptionKind,
}

/// What is said of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleOptionKind {
    /// `SUPERUSER`, `LOGIN`, …
    With(RoleAttribute),
    /// `NOSUPERUSER`, `NOLOGIN`, …
    Without(RoleAttribute),
    /// `[ENCRYPTED] PASSWORD`
    Password(TextOrNull),
    /// `CONNECTION LIMIT`: the number.
    ConnectionLimit(Span),
    /// `VALID UNTIL`: a string with its quotes.
    ValidUntil(Span),
    /// `SYSID`: the number.
    SysId(Span),
    /// `IN ROLE`, `IN GROUP`: the roles that it becomes a member of.
    InRoles(Vec<RoleSpec>),
    /// `ROLE`, `USER`: its members.
    Members(Vec<RoleSpec>),
    /// `ADMIN`: its members who may grant it to others.
    Admins(Vec<RoleSpec>),
}

/// What a role may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RoleAttribute {
    Superuser,
    CreateDb,
    CreateRole,
    Inherit,
    Login,
    Replication,
    BypassRls,
}

/// `ALTER ROLE … SET`, `RESET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterRoleSet {
    /// The whole statement.
    pub span: Span,
    /// Which role; none for `ALL`.
    pub role: Option<RoleSpec>,
    /// `IN DATABASE`
    pub database: Option<Clause<Ident>>,
    /// The variable and its new value.
    pub setting: VariableSetting,
}

/// `DROP ROLE`, `DROP USER`, `DROP GROUP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropRole {
    /// The whole statement.
    pub span: Span,
    /// Which word.
    pub kind: RoleKind,
    /// `IF EXISTS`
    pub guard: Guard,
    /// Which ones.
    pub roles: Vec<RoleSpec>,
}

/// `REASSIGN OWNED BY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReassignOwned {
    /// The whole statement.
    pub span: Span,
    /// Whose objects.
    pub roles: Vec<RoleSpec>,
    /// Their new owner.
    pub to: RoleSpec,
}

/// `DROP OWNED BY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropOwned {
    /// The whole statement.
    pub span: Span,
    /// Whose objects and rights.
    pub roles: Vec<RoleSpec>,
    /// `CASCADE`, `RESTRICT`
    pub behavior: Option<Behavior>,
}
