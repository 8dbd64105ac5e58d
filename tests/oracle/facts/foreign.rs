//! Foreign data: wrappers, servers, user mappings, foreign schemas.

use migration_lint::syntax::tree::{
    AlterForeignDataWrapper, AlterServer, AlterUserMapping, CreateForeignDataWrapper, CreateServer, CreateUserMapping, DropUserMapping,
    ImportForeignSchema, ImportedTables, ServerVersion, WrapperFunction,
};

use super::{Facts, Kind};

pub fn create_wrapper(f: &mut Facts, node: &CreateForeignDataWrapper) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.wrapper_functions(&node.functions);
    f.fdw_options(&node.options);
    "CreateFdwStmt"
}

pub fn alter_wrapper(f: &mut Facts, node: &AlterForeignDataWrapper) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    f.wrapper_functions(&node.functions);
    f.fdw_options(&node.options);
    "AlterFdwStmt"
}

pub fn create_server(f: &mut Facts, node: &CreateServer) -> Kind {
    let words = f.words;
    f.say(format!("name {}", words.ident(node.name)));
    f.guard("if-not-exists", node.guard);
    f.maybe("type", node.kind.map(|kind| words.string(kind)));
    // Here VERSION NULL is no version.
    if let Some(ServerVersion::Text(version)) = node.version {
        f.say(format!("version {}", words.string(version)));
    }
    f.say(format!("fdw {}", words.ident(node.wrapper)));
    f.fdw_options(&node.options);
    "CreateForeignServerStmt"
}

pub fn alter_server(f: &mut Facts, node: &AlterServer) -> Kind {
    f.say(format!("name {}", f.words.ident(node.name)));
    match node.version {
        Some(ServerVersion::Text(version)) => f.say(format!("version {}", f.words.string(version))),
        Some(ServerVersion::Null(_)) => f.say("version"),
        None => {}
    }
    f.fdw_options(&node.options);
    "AlterForeignServerStmt"
}

pub fn create_user_mapping(f: &mut Facts, node: &CreateUserMapping) -> Kind {
    f.say(format!("user {}", f.words.role(node.user)));
    f.say(format!("server {}", f.words.ident(node.server)));
    f.guard("if-not-exists", node.guard);
    f.fdw_options(&node.options);
    "CreateUserMappingStmt"
}

pub fn alter_user_mapping(f: &mut Facts, node: &AlterUserMapping) -> Kind {
    f.say(format!("user {}", f.words.role(node.user)));
    f.say(format!("server {}", f.words.ident(node.server)));
    f.fdw_options(&node.options);
    "AlterUserMappingStmt"
}

pub fn drop_user_mapping(f: &mut Facts, node: &DropUserMapping) -> Kind {
    f.say(format!("user {}", f.words.role(node.user)));
    f.say(format!("server {}", f.words.ident(node.server)));
    f.guard("if-exists", node.guard);
    "DropUserMappingStmt"
}

pub fn import_schema(f: &mut Facts, node: &ImportForeignSchema) -> Kind {
    let words = f.words;
    f.say(format!("server {}", words.ident(node.server)));
    f.say(format!("remote {}", words.ident(node.remote)));
    f.say(format!("into {}", words.ident(node.into)));
    match node.tables.as_ref().map(|tables| &tables.value) {
        Some(ImportedTables::LimitTo(tables)) => f.each("limit-to", tables.iter().map(|table| words.name(table.name))),
        Some(ImportedTables::Except(tables)) => f.each("except", tables.iter().map(|table| words.name(table.name))),
        None => {}
    }
    f.fdw_options(&node.options);
    "ImportForeignSchemaStmt"
}

impl Facts<'_> {
    fn wrapper_functions(&mut self, functions: &[WrapperFunction]) {
        for function in functions {
            self.say(match *function {
                WrapperFunction::Handler(name) => format!("handler {}", self.words.name(name)),
                WrapperFunction::NoHandler(_) => "handler".to_owned(),
                WrapperFunction::Validator(name) => format!("validator {}", self.words.name(name)),
                WrapperFunction::NoValidator(_) => "validator".to_owned(),
            });
        }
    }
}
