//! Roles, and what they own.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{self, AlterRole, AlterRoleSet, DropOwned, DropRole, Ident, Node, ObjectKind, ReassignOwned};
use crate::syntax::tree::{RoleAttribute, RoleChange, RoleKind, RoleOption, RoleOptionKind, TextOrNull, VariableSetting};

use super::SyntaxError;
use super::create::{self, Head};
use super::parser::{Parse, Parser};
use super::{name, session};

/// `CREATE ROLE`, `CREATE USER`, `CREATE GROUP` (CreateRoleStmt and its siblings).
pub(super) fn create_role(p: &mut Parser, head: Head) -> Parse<Node> {
    let kind = kind(p)?;
    create::reject_guard(p, ObjectKind::Role, "ask pg_roles in a DO block, or catch duplicate_object there")?;
    let name = name::role_name(p)?;
    p.eat_kw(Keyword::With);
    let options = options(p, option_for_new)?;
    Ok(Node::CreateRole(Box::new(tree::CreateRole { span: p.since(head.start), kind, name, options })))
}

/// `ALTER ROLE`, `ALTER USER`, `ALTER GROUP` (AlterRoleStmt, AlterRoleSetStmt, AlterGroupStmt).
pub(super) fn alter_role(p: &mut Parser, start: u32) -> Parse<Node> {
    let kind = kind(p)?;
    if kind == RoleKind::Group {
        return alter_group(p, start);
    }
    let role = if p.eat_kw(Keyword::All).is_some() { None } else { Some(name::role(p)?) };
    match role {
        Some(role) if !matches!(p.kind(), TokenKind::Keyword(Keyword::In | Keyword::Set | Keyword::Reset)) => {
            p.eat_kw(Keyword::With);
            let change = RoleChange::Options(options(p, option)?);
            Ok(Node::AlterRole(Box::new(AlterRole { span: p.since(start), kind, role, change })))
        }
        role => {
            let database = p.clause(&[Keyword::In, Keyword::Database], |p| name::column_name(p, "the name of a database"))?;
            let setting = setting(p)?;
            Ok(Node::AlterRoleSet(Box::new(AlterRoleSet { span: p.since(start), role, database, setting })))
        }
    }
}

/// `DROP ROLE`, `DROP USER`, `DROP GROUP` (DropRoleStmt).
pub(super) fn drop_role(p: &mut Parser, start: u32) -> Parse<Node> {
    let kind = kind(p)?;
    let guard = name::if_exists(p);
    let roles = name::roles(p)?;
    if matches!(p.kind(), TokenKind::Keyword(Keyword::Cascade | Keyword::Restrict)) {
        let help = "what a role owns goes with `REASSIGN OWNED BY role TO other` and `DROP OWNED BY role`";
        return Err(p.unexpected("the end of the statement").help(help));
    }
    Ok(Node::DropRole(Box::new(DropRole { span: p.since(start), kind, guard, roles })))
}

/// `DROP OWNED BY` (DropOwnedStmt).
pub(super) fn drop_owned(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kws(&[Keyword::Owned, Keyword::By])?;
    let roles = name::roles(p)?;
    let behavior = name::behavior(p);
    Ok(Node::DropOwned(Box::new(DropOwned { span: p.since(start), roles, behavior })))
}

/// `REASSIGN OWNED BY` (ReassignOwnedStmt).
pub(super) fn reassign_owned(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.expect_kws(&[Keyword::Reassign, Keyword::Owned, Keyword::By])?;
    let roles = name::roles(p)?;
    p.expect_kw(Keyword::To)?;
    let to = name::role(p)?;
    Ok(Node::ReassignOwned(Box::new(ReassignOwned { span: p.since(start), roles, to })))
}

fn kind(p: &mut Parser) -> Parse<RoleKind> {
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::Role) => RoleKind::Role,
        TokenKind::Keyword(Keyword::User) => RoleKind::User,
        TokenKind::Keyword(Keyword::Group) => RoleKind::Group,
        _ => return Err(p.unexpected("`ROLE`")),
    };
    p.bump();
    Ok(kind)
}

/// `ADD USER`, `DROP USER` behind the name of a group.
fn alter_group(p: &mut Parser, start: u32) -> Parse<Node> {
    let role = name::role(p)?;
    let change: fn(_) -> _ = match p.kind() {
        TokenKind::Keyword(Keyword::Add) => RoleChange::AddMembers,
        TokenKind::Keyword(Keyword::Drop) => RoleChange::DropMembers,
        _ => return Err(p.unexpected("`ADD USER`, `DROP USER` or `RENAME TO`")),
    };
    p.bump();
    p.expect_kw(Keyword::User)?;
    let change = change(name::roles(p)?);
    Ok(Node::AlterRole(Box::new(AlterRole { span: p.since(start), kind: RoleKind::Group, role, change })))
}

/// `SET …`, `RESET …` (SetResetClause).
fn setting(p: &mut Parser) -> Parse<VariableSetting> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Set) => {
            p.bump();
            session::set_rest(p)
        }
        TokenKind::Keyword(Keyword::Reset) => {
            p.bump();
            session::reset_rest(p)
        }
        _ => Err(p.unexpected("`SET` or `RESET`")),
    }
}

fn options(p: &mut Parser, option: fn(&mut Parser) -> Parse<RoleOptionKind>) -> Parse<Vec<RoleOption>> {
    let mut options = Vec::new();
    while !p.at_statement_end() {
        let start = p.start();
        let kind = option(p)?;
        options.push(RoleOption { span: p.since(start), kind });
    }
    Ok(options)
}

/// An option of a role that is created (CreateOptRoleElem).
fn option_for_new(p: &mut Parser) -> Parse<RoleOptionKind> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Sysid) => {
            p.bump();
            name::integer(p, "a number").map(RoleOptionKind::SysId)
        }
        TokenKind::Keyword(Keyword::Admin) => {
            p.bump();
            name::roles(p).map(RoleOptionKind::Admins)
        }
        TokenKind::Keyword(Keyword::Role) => {
            p.bump();
            name::roles(p).map(RoleOptionKind::Members)
        }
        TokenKind::Keyword(Keyword::In) => {
            p.bump();
            if p.eat_kw(Keyword::Role).is_none() && p.eat_kw(Keyword::Group).is_none() {
                return Err(p.unexpected("`ROLE`"));
            }
            name::roles(p).map(RoleOptionKind::InRoles)
        }
        _ => option(p),
    }
}

/// An option of a role that is created or altered (AlterOptRoleElem).
fn option(p: &mut Parser) -> Parse<RoleOptionKind> {
    let TokenKind::Keyword(keyword) = p.kind() else { return attribute(p) };
    match keyword {
        Keyword::Password => {
            p.bump();
            match p.eat_kw(Keyword::Null) {
                Some(null) => Ok(RoleOptionKind::Password(TextOrNull::Null(null))),
                None => password(p),
            }
        }
        Keyword::Encrypted => {
            p.expect_kws(&[Keyword::Encrypted, Keyword::Password])?;
            password(p)
        }
        Keyword::Unencrypted => Err(p.error("passwords are always stored encrypted").state("0A000").help("leave `UNENCRYPTED` out")),
        Keyword::Inherit => {
            p.bump();
            Ok(RoleOptionKind::With(RoleAttribute::Inherit))
        }
        Keyword::Connection => {
            p.expect_kws(&[Keyword::Connection, Keyword::Limit])?;
            name::signed_integer(p, "a number").map(RoleOptionKind::ConnectionLimit)
        }
        Keyword::Valid => {
            p.expect_kws(&[Keyword::Valid, Keyword::Until])?;
            name::string(p, "a time in quotes").map(RoleOptionKind::ValidUntil)
        }
        Keyword::User => {
            p.bump();
            name::roles(p).map(RoleOptionKind::Members)
        }
        _ => Err(no_option(p)),
    }
}

fn password(p: &mut Parser) -> Parse<RoleOptionKind> {
    name::string(p, "a password in quotes").map(|text| RoleOptionKind::Password(TextOrNull::Text(text)))
}

/// What a role may do or not: names that are no keywords.
fn attribute(p: &mut Parser) -> Parse<RoleOptionKind> {
    use RoleAttribute::{BypassRls, CreateDb, CreateRole, Inherit, Login, Replication, Superuser};
    use RoleOptionKind::{With, Without};
    if !matches!(p.kind(), TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent) {
        return Err(no_option(p));
    }
    let option = match &*(Ident { span: p.span() }).value(p.text) {
        "superuser" => With(Superuser),
        "nosuperuser" => Without(Superuser),
        "createdb" => With(CreateDb),
        "nocreatedb" => Without(CreateDb),
        "createrole" => With(CreateRole),
        "nocreaterole" => Without(CreateRole),
        "noinherit" => Without(Inherit),
        "login" => With(Login),
        "nologin" => Without(Login),
        "replication" => With(Replication),
        "noreplication" => Without(Replication),
        "bypassrls" => With(BypassRls),
        "nobypassrls" => Without(BypassRls),
        _ => return Err(no_option(p)),
    };
    p.bump();
    Ok(option)
}

/// The error that something follows which is no option.
fn no_option(p: &Parser) -> Box<SyntaxError> {
    let error = p.unexpected("an option of the role, such as `LOGIN` or `PASSWORD`");
    match p.kind() {
        TokenKind::Ident if p.text[p.span()].eq_ignore_ascii_case("identified") => error.help("a password is set by `PASSWORD 'text'`"),
        TokenKind::Comma => error.help("options are written without commas"),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    #[test]
    fn a_role_holds_its_options() {
        let text = "CREATE USER a WITH NOSUPERUSER LOGIN PASSWORD NULL IN ROLE b, c";
        let Node::CreateRole(role) = node(text) else { panic!("{text}") };
        assert_eq!(role.kind, RoleKind::User);
        let kinds: Vec<_> = role.options.iter().map(|option| &option.kind).collect();
        assert!(matches!(
            kinds.as_slice(),
            [
                RoleOptionKind::Without(RoleAttribute::Superuser),
                RoleOptionKind::With(RoleAttribute::Login),
                RoleOptionKind::Password(TextOrNull::Null(_)),
                RoleOptionKind::InRoles(roles),
            ] if roles.len() == 2
        ));
    }

    #[test]
    fn a_setting_may_be_for_one_database_or_for_all_roles() {
        let Node::AlterRoleSet(set) = node("ALTER ROLE ALL IN DATABASE d SET search_path = a, b") else { panic!() };
        assert!(set.role.is_none() && set.database.is_some());
    }

    #[test]
    fn roles_of_other_databases_get_advice() {
        assert!(error("CREATE USER a IDENTIFIED BY 'x'").help.is_some_and(|help| help.contains("PASSWORD")));
        assert!(error("CREATE ROLE IF NOT EXISTS a").help.is_some_and(|help| help.contains("pg_roles")));
        assert!(error("DROP ROLE a CASCADE").help.is_some_and(|help| help.contains("DROP OWNED BY")));
    }
}
