//! Foreign data wrappers, servers, user mappings, IMPORT FOREIGN SCHEMA.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    AlterForeignDataWrapper, AlterServer, AlterUserMapping, CreateForeignDataWrapper, CreateServer, CreateUserMapping, DropUserMapping,
    Ident, ImportForeignSchema, ImportedTables, Name, Node, RoleSpec, ServerVersion, Setting, WrapperFunction,
};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{name, settings};

/// `CREATE FOREIGN DATA WRAPPER`.
pub(super) fn create_wrapper(p: &mut Parser, head: Head) -> Parse<Node> {
    let name = wrapper(p)?;
    let functions = wrapper_functions(p)?;
    let options = settings::generic_options(p)?;
    Ok(Node::CreateForeignDataWrapper(Box::new(CreateForeignDataWrapper { span: p.since(head.start), name, functions, options })))
}

/// `ALTER FOREIGN DATA WRAPPER`, but for what all objects have in common.
pub(super) fn alter_wrapper(p: &mut Parser, start: u32) -> Parse<Node> {
    let name = wrapper(p)?;
    let functions = wrapper_functions(p)?;
    if functions.is_empty() && !p.at_kw(Keyword::Options) {
        return Err(p.unexpected("`HANDLER`, `VALIDATOR` or `OPTIONS`"));
    }
    let options = changed_options(p)?;
    Ok(Node::AlterForeignDataWrapper(Box::new(AlterForeignDataWrapper { span: p.since(start), name, functions, options })))
}

/// `CREATE SERVER`.
pub(super) fn create_server(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    let guard = name::if_not_exists(p);
    let name = name::column_name(p, "the name of a server")?;
    let kind = p.eat_kw(Keyword::Type).map(|_| name::string(p, "a type in quotes")).transpose()?;
    let version = server_version(p)?;
    let wrapper = wrapper(p)?;
    let options = settings::generic_options(p)?;
    Ok(Node::CreateServer(Box::new(CreateServer { span: p.since(head.start), guard, name, kind, version, wrapper, options })))
}

/// `ALTER SERVER`, but for what all objects have in common.
pub(super) fn alter_server(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    name::no_guard(p, "ALTER SERVER")?;
    let name = name::column_name(p, "the name of a server")?;
    let version = server_version(p)?;
    if version.is_none() && !p.at_kw(Keyword::Options) {
        return Err(p.unexpected("`VERSION` or `OPTIONS`"));
    }
    let options = changed_options(p)?;
    Ok(Node::AlterServer(Box::new(AlterServer { span: p.since(start), name, version, options })))
}

/// `CREATE USER MAPPING`.
pub(super) fn create_user_mapping(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kws(&[Keyword::User, Keyword::Mapping])?;
    let guard = name::if_not_exists(p);
    let (user, server) = mapping(p)?;
    let options = settings::generic_options(p)?;
    Ok(Node::CreateUserMapping(Box::new(CreateUserMapping { span: p.since(head.start), guard, user, server, options })))
}

/// `ALTER USER MAPPING`.
pub(super) fn alter_user_mapping(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kws(&[Keyword::User, Keyword::Mapping])?;
    let (user, server) = mapping(p)?;
    let options = settings::changed_generic_options(p)?;
    Ok(Node::AlterUserMapping(Box::new(AlterUserMapping { span: p.since(start), user, server, options })))
}

/// `DROP USER MAPPING`.
pub(super) fn drop_user_mapping(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kws(&[Keyword::User, Keyword::Mapping])?;
    let guard = name::if_exists(p);
    let (user, server) = mapping(p)?;
    Ok(Node::DropUserMapping(Box::new(DropUserMapping { span: p.since(start), guard, user, server })))
}

/// `IMPORT FOREIGN SCHEMA`.
pub(super) fn import_foreign_schema(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.expect_kws(&[Keyword::Import, Keyword::Foreign, Keyword::Schema])?;
    let remote = name::column_name(p, "a schema name")?;
    let tables = match p.clause(&[Keyword::Limit, Keyword::To], |p| p.paren_list(name::relation).map(ImportedTables::LimitTo))? {
        Some(limit) => Some(limit),
        None => p.clause(&[Keyword::Except], |p| p.paren_list(name::relation).map(ImportedTables::Except))?,
    };
    p.expect_kws(&[Keyword::From, Keyword::Server])?;
    let server = name::column_name(p, "the name of a server")?;
    p.expect_kw(Keyword::Into)?;
    let into = name::column_name(p, "a schema name")?;
    let options = settings::generic_options(p)?;
    Ok(Node::ImportForeignSchema(Box::new(ImportForeignSchema { span: p.since(start), remote, tables, server, into, options })))
}

/// `FOREIGN DATA WRAPPER name`.
fn wrapper(p: &mut Parser) -> Parse<Ident> {
    p.expect_kws(&[Keyword::Foreign, Keyword::Data, Keyword::Wrapper])?;
    name::column_name(p, "the name of a foreign data wrapper")
}

/// Any number of functions (opt_fdw_options).
fn wrapper_functions(p: &mut Parser) -> Parse<Vec<WrapperFunction>> {
    let mut functions = Vec::new();
    loop {
        functions.push(match p.kind() {
            TokenKind::Keyword(Keyword::Handler) => {
                p.bump();
                WrapperFunction::Handler(function_name(p)?)
            }
            TokenKind::Keyword(Keyword::Validator) => {
                p.bump();
                WrapperFunction::Validator(function_name(p)?)
            }
            TokenKind::Keyword(Keyword::No) if p.nth(1) == TokenKind::Keyword(Keyword::Handler) => {
                WrapperFunction::NoHandler(p.expect_kws(&[Keyword::No, Keyword::Handler])?)
            }
            TokenKind::Keyword(Keyword::No) => WrapperFunction::NoValidator(p.expect_kws(&[Keyword::No, Keyword::Validator])?),
            _ => return Ok(functions),
        });
    }
}

fn function_name(p: &mut Parser) -> Parse<Name> {
    name::name(p, "the name of a function")
}

/// `VERSION 'text'`, `VERSION NULL`, or nothing.
fn server_version(p: &mut Parser) -> Parse<Option<ServerVersion>> {
    if p.eat_kw(Keyword::Version).is_none() {
        return Ok(None);
    }
    let version = match p.eat_kw(Keyword::Null) {
        Some(null) => ServerVersion::Null(null),
        None => ServerVersion::Text(name::string(p, "a version in quotes or `NULL`")?),
    };
    Ok(Some(version))
}

/// `FOR user SERVER server`.
fn mapping(p: &mut Parser) -> Parse<(RoleSpec, Ident)> {
    p.expect_kw(Keyword::For)?;
    let user = match p.eat_kw(Keyword::User) {
        Some(span) => RoleSpec::CurrentUser(span),
        None => name::role(p)?,
    };
    p.expect_kw(Keyword::Server)?;
    Ok((user, name::column_name(p, "the name of a server")?))
}

/// `OPTIONS (ADD …)`, or nothing.
fn changed_options(p: &mut Parser) -> Parse<Vec<Setting>> {
    if p.at_kw(Keyword::Options) { settings::changed_generic_options(p) } else { Ok(Vec::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;
    use crate::syntax::tree::SettingVerb;

    #[test]
    fn an_option_may_be_called_as_a_verb() {
        let Node::AlterServer(alter) = node("ALTER SERVER s OPTIONS (ADD a 'b', set 'x', DROP drop)") else { panic!("no AlterServer") };
        let verbs: Vec<_> = alter.options.iter().map(|option| option.verb).collect();
        assert_eq!(verbs, [Some(SettingVerb::Add), None, Some(SettingVerb::Drop)]);
    }
}
