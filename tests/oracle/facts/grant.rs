//! Privileges, memberships, default privileges, policies.

use migration_lint::syntax::tree::{
    AlterDefaultPrivileges, AlterPolicy, Clause, CreatePolicy, Grant, GrantRole, GrantTarget, GrantVerb, MembershipValue, ObjectKind,
    PolicyCombination, PolicyCommand, Privilege, PrivilegeName, Privileges, RoleSpec,
};

use super::words::Words;
use super::{Facts, Kind};

pub fn grant(f: &mut Facts, node: &Grant) -> Kind {
    let words = f.words;
    f.verb(node.verb);
    match &node.target {
        GrantTarget::Objects(kind, objects) => {
            f.object_kind(*kind);
            f.each("on", objects.iter().map(|object| words.object(object)));
        }
        GrantTarget::AllInSchema(kind, schemas) => {
            f.object_kind(*kind);
            f.say("all-in-schema");
            f.each("on", schemas.iter().map(|&schema| words.ident(schema)));
        }
        // ROUTINES are FUNCTIONS here.
        GrantTarget::Future(ObjectKind::Routine) => f.object_kind(ObjectKind::Function),
        GrantTarget::Future(kind) => f.object_kind(*kind),
    }
    match &node.privileges {
        Privileges::All(_, columns) if columns.is_empty() => f.say("privilege all"),
        Privileges::All(_, columns) => f.say(format!("privilege all {}", words.idents(columns))),
        Privileges::Listed(privileges) => f.each("privilege", privileges.iter().map(|privilege| words.privilege(privilege))),
    }
    f.each("grantee", node.grantees.iter().map(|&role| words.role(role)));
    f.written("grant-option", &node.grant_option);
    f.maybe("granted-by", node.granted_by.map(|role| words.role(role.value)));
    f.cascade(node.behavior);
    "GrantStmt"
}

pub fn grant_role(f: &mut Facts, node: &GrantRole) -> Kind {
    let words = f.words;
    f.verb(node.verb);
    f.each("role", node.roles.iter().map(|role| words.privilege(role)));
    f.each("grantee", node.grantees.iter().map(|&role| words.role(role)));
    for option in &node.options {
        let value = match option.value {
            MembershipValue::True => "true",
            MembershipValue::False => "false",
        };
        f.say(format!("option {}={value}", words.ident(option.name)));
    }
    f.maybe("granted-by", node.granted_by.map(|role| words.role(role.value)));
    f.cascade(node.behavior);
    "GrantRoleStmt"
}

pub fn default_privileges(f: &mut Facts, node: &AlterDefaultPrivileges) -> Kind {
    let words = f.words;
    f.each("for", node.roles.iter().map(|&role| words.role(role)));
    f.each("schema", node.schemas.iter().map(|&schema| words.ident(schema)));
    grant(f, &node.grant);
    "AlterDefaultPrivilegesStmt"
}

pub fn create_policy(f: &mut Facts, node: &CreatePolicy) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    f.say(format!("table {}", words.name(node.table)));
    f.say(match node.command.map_or(PolicyCommand::All, |command| command.value) {
        PolicyCommand::All => "command all",
        PolicyCommand::Select => "command select",
        PolicyCommand::Insert => "command insert",
        PolicyCommand::Update => "command update",
        PolicyCommand::Delete => "command delete",
    });
    if node.combination.is_some_and(|combination| combination.value == PolicyCombination::Restrictive) {
        f.say("restrictive");
    }
    match &node.roles {
        Some(roles) => f.policy_roles(roles),
        None => f.say("to public"),
    }
    f.written("using", &node.using);
    f.written("with-check", &node.check);
    "CreatePolicyStmt"
}

pub fn alter_policy(f: &mut Facts, node: &AlterPolicy) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.say(format!("table {}", f.words.name(node.table)));
    if let Some(roles) = &node.roles {
        f.policy_roles(roles);
    }
    f.written("using", &node.using);
    f.written("with-check", &node.check);
    "AlterPolicyStmt"
}

impl Facts<'_> {
    fn verb(&mut self, verb: GrantVerb) {
        self.say(match verb {
            GrantVerb::Grant => "grant",
            GrantVerb::Revoke => "revoke",
        });
    }

    fn policy_roles(&mut self, roles: &Clause<Vec<RoleSpec>>) {
        let words = self.words;
        self.each("to", roles.value.iter().map(|&role| words.role(role)));
    }
}

impl Words<'_> {
    fn privilege(self, privilege: &Privilege) -> String {
        let name = match privilege.name {
            PrivilegeName::Word(word) => self.ident(word),
            PrivilegeName::AlterSystem(_) => "alter system".to_owned(),
        };
        if privilege.columns.is_empty() { name } else { format!("{name} {}", self.idents(&privilege.columns)) }
    }
}
