//! Databases, tablespaces, and the server's own settings.

use migration_lint::syntax::tree::{
    AlterDatabase, AlterSystem, AlterTablespace, CreateDatabase, CreateTablespace, DatabaseAction, DropDatabase, DropTablespace, Setting,
    SettingValue, TablespaceAction,
};

use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateDatabase) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    database_options(f, &node.options);
    "CreatedbStmt"
}

pub fn alter(f: &mut Facts, node: &AlterDatabase) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    match &node.action {
        DatabaseAction::Options(options) => {
            database_options(f, options);
            "AlterDatabaseStmt"
        }
        DatabaseAction::SetTablespace(tablespace) => {
            f.say(format!("option tablespace={}", f.words.ident(*tablespace)));
            "AlterDatabaseStmt"
        }
        DatabaseAction::RefreshCollationVersion(_) => "AlterDatabaseRefreshCollStmt",
        DatabaseAction::Variable(setting) => {
            f.setting(setting);
            "AlterDatabaseSetStmt"
        }
    }
}

pub fn drop(f: &mut Facts, node: &DropDatabase) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.guard("if-exists", node.guard);
    f.each("option", node.force.iter().map(|_| "force"));
    "DropdbStmt"
}

/// Options, of which `DEFAULT` is no value.
fn database_options(f: &mut Facts, options: &[Setting]) {
    for option in options {
        let default = matches!(&option.value, Some(SettingValue::Word(word)) if f.words.text[*word].eq_ignore_ascii_case("default"));
        f.say(format!("option {}", if default { f.words.key(option) } else { f.words.setting(option) }));
    }
}

pub fn create_tablespace(f: &mut Facts, node: &CreateTablespace) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    f.say(format!("location {}", words.string(node.location)));
    f.maybe("owner", node.owner.map(|owner| words.role(owner.value)));
    f.optional_options(&node.options);
    "CreateTableSpaceStmt"
}

pub fn alter_tablespace(f: &mut Facts, node: &AlterTablespace) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    match &node.action {
        TablespaceAction::Set(options) => f.options(options),
        TablespaceAction::Reset(options) => {
            f.say("reset");
            f.options(options);
        }
    }
    "AlterTableSpaceOptionsStmt"
}

pub fn drop_tablespace(f: &mut Facts, node: &DropTablespace) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.guard("if-exists", node.guard);
    "DropTableSpaceStmt"
}

pub fn alter_system(f: &mut Facts, node: &AlterSystem) -> Kind {
    f.setting(&node.setting);
    "AlterSystemStmt"
}
