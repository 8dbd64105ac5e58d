//! ALTER DEFAULT PRIVILEGES.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterDefaultPrivileges, GrantTarget, GrantVerb, Node, ObjectKind};

use super::access::{self, GrantHead};
use super::parser::{Parse, Parser};
use super::{name, object};

/// `ALTER DEFAULT PRIVILEGES … GRANT`, `REVOKE` (AlterDefaultPrivilegesStmt).
pub(super) fn alter_default_privileges(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kws(&[Keyword::Default, Keyword::Privileges])?;
    let (mut roles, mut schemas) = (Vec::new(), Vec::new());
    loop {
        if p.eat_kws(&[Keyword::In, Keyword::Schema]).is_some() {
            schemas.extend(p.list(|p| object::own_name(p, ObjectKind::Schema))?);
        } else if p.eat_kw(Keyword::For).is_some() {
            if p.eat_kw(Keyword::Role).is_none() && p.eat_kw(Keyword::User).is_none() {
                return Err(p.unexpected("`ROLE`"));
            }
            roles.extend(name::roles(p)?);
        } else {
            break;
        }
    }
    let head = head(p)?;
    let grant = access::grant_on(p, head, target)?;
    Ok(Node::AlterDefaultPrivileges(Box::new(AlterDefaultPrivileges { span: p.since(start), roles, schemas, grant })))
}

/// `GRANT privileges`, `REVOKE [GRANT OPTION FOR] privileges`.
fn head(p: &mut Parser) -> Parse<GrantHead> {
    let start = p.start();
    let verb = match p.kind() {
        TokenKind::Keyword(Keyword::Grant) => GrantVerb::Grant,
        TokenKind::Keyword(Keyword::Revoke) => GrantVerb::Revoke,
        _ => return Err(p.unexpected("`GRANT`, `REVOKE`, `FOR ROLE` or `IN SCHEMA`")),
    };
    p.bump();
    let grant_option = match verb {
        GrantVerb::Revoke => p.eat_kws(&[Keyword::Grant, Keyword::Option, Keyword::For]),
        GrantVerb::Grant => None,
    };
    Ok(GrantHead { start, verb, privileges: access::privileges(p)?, grant_option })
}

/// The kind of the objects that will be created (defacl_privilege_target).
fn target(p: &mut Parser) -> Parse<GrantTarget> {
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::Tables) => ObjectKind::Table,
        TokenKind::Keyword(Keyword::Sequences) => ObjectKind::Sequence,
        TokenKind::Keyword(Keyword::Functions | Keyword::Routines) => ObjectKind::Function,
        TokenKind::Keyword(Keyword::Types) => ObjectKind::Type,
        TokenKind::Keyword(Keyword::Schemas) => ObjectKind::Schema,
        TokenKind::Keyword(Keyword::Large) => ObjectKind::LargeObject,
        _ => {
            let error = p.unexpected("`TABLES`, `SEQUENCES`, `FUNCTIONS`, `TYPES`, `SCHEMAS` or `LARGE OBJECTS`");
            return Err(error.help("default privileges are on all objects of a kind that are created later"));
        }
    };
    let span = p.bump();
    if kind == ObjectKind::LargeObject {
        let objects = p.expect_kw(Keyword::Objects)?;
        p.need(18, span.to(objects), "default privileges on `LARGE OBJECTS`");
    }
    Ok(GrantTarget::Future(kind))
}
