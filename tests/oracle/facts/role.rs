//! Roles, and what they own.

use migration_lint::syntax::tree::{
    AlterRole, AlterRoleSet, CreateRole, DropOwned, DropRole, ReassignOwned, RoleAttribute, RoleChange, RoleKind, RoleOption,
    RoleOptionKind, TextOrNull,
};

use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateRole) -> Kind {
    f.say(match node.kind {
        RoleKind::Role => "type role",
        RoleKind::User => "type user",
        RoleKind::Group => "type group",
    });
    f.say(format!("name {}", f.words.ident(node.name)));
    f.role_options(&node.options);
    "CreateRoleStmt"
}

pub fn alter(f: &mut Facts, node: &AlterRole) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.role(node.role)));
    match &node.change {
        RoleChange::Options(options) => {
            f.role_options(options);
            if options.iter().any(|option| matches!(option.kind, RoleOptionKind::Members(_))) {
                f.say("action add");
            }
        }
        RoleChange::AddMembers(roles) => {
            f.say(format!("option rolemembers={}", words.roles(roles)));
            f.say("action add");
        }
        RoleChange::DropMembers(roles) => {
            f.say(format!("option rolemembers={}", words.roles(roles)));
            f.say("action drop");
        }
    }
    "AlterRoleStmt"
}

pub fn alter_set(f: &mut Facts, node: &AlterRoleSet) -> Kind {
    let words = f.words;
    f.maybe("name", node.role.map(|role| words.role(role)));
    f.maybe("database", node.database.map(|database| words.ident(database.value)));
    f.setting(&node.setting);
    "AlterRoleSetStmt"
}

pub fn drop(f: &mut Facts, node: &DropRole) -> Kind {
    let words = f.words;
    f.each("role", node.roles.iter().map(|&role| words.role(role)));
    f.guard("if-exists", node.guard);
    "DropRoleStmt"
}

pub fn reassign_owned(f: &mut Facts, node: &ReassignOwned) -> Kind {
    let words = f.words;
    f.each("role", node.roles.iter().map(|&role| words.role(role)));
    f.say(format!("to {}", words.role(node.to)));
    "ReassignOwnedStmt"
}

pub fn drop_owned(f: &mut Facts, node: &DropOwned) -> Kind {
    let words = f.words;
    f.each("role", node.roles.iter().map(|&role| words.role(role)));
    f.cascade(node.behavior);
    "DropOwnedStmt"
}

impl Facts<'_> {
    fn role_options(&mut self, options: &[RoleOption]) {
        let words = self.words;
        for option in options {
            let line = match &option.kind {
                RoleOptionKind::With(attribute) => format!("{}=true", attribute_key(*attribute)),
                RoleOptionKind::Without(attribute) => format!("{}=false", attribute_key(*attribute)),
                RoleOptionKind::Password(TextOrNull::Text(_)) => "password".to_owned(),
                RoleOptionKind::Password(TextOrNull::Null(_)) => "password=null".to_owned(),
                RoleOptionKind::ConnectionLimit(number) => format!("connectionlimit={}", words.number(*number)),
                RoleOptionKind::ValidUntil(literal) => format!("validUntil={}", words.string(*literal)),
                RoleOptionKind::SysId(number) => format!("sysid={}", words.number(*number)),
                RoleOptionKind::InRoles(roles) => format!("addroleto={}", words.roles(roles)),
                RoleOptionKind::Members(roles) => format!("rolemembers={}", words.roles(roles)),
                RoleOptionKind::Admins(roles) => format!("adminmembers={}", words.roles(roles)),
            };
            self.say(format!("option {line}"));
        }
    }
}

const fn attribute_key(attribute: RoleAttribute) -> &'static str {
    match attribute {
        RoleAttribute::Superuser => "superuser",
        RoleAttribute::CreateDb => "createdb",
        RoleAttribute::CreateRole => "createrole",
        RoleAttribute::Inherit => "inherit",
        RoleAttribute::Login => "canlogin",
        RoleAttribute::Replication => "isreplication",
        RoleAttribute::BypassRls => "bypassrls",
    }
}
