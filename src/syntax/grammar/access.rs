//! GRANT and REVOKE, on objects and of roles.
//!
//! Up to `ON` both look alike, since a privilege is any word.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Clause, Grant, GrantRole, GrantTarget, GrantVerb, Ident, MembershipOption, MembershipValue, Node};
use crate::syntax::tree::{ObjectKind, ObjectRef, Privilege, PrivilegeName, Privileges, RoleSpec};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{name, object};

/// `GRANT` (GrantStmt, GrantRoleStmt).
pub(super) fn grant(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let privileges = privileges(p)?;
    match privileges {
        Privileges::Listed(roles) if p.eat_kw(Keyword::To).is_some() => grant_role(p, start, roles),
        privileges => {
            let head = GrantHead { start, verb: GrantVerb::Grant, privileges, grant_option: None };
            grant_on(p, head, target).map(|grant| Node::Grant(Box::new(grant)))
        }
    }
}

/// `REVOKE` (RevokeStmt, RevokeRoleStmt).
pub(super) fn revoke(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let grant_option = p.eat_kws(&[Keyword::Grant, Keyword::Option, Keyword::For]);
    if grant_option.is_none() && p.nth(1) == TokenKind::Keyword(Keyword::Option) && p.nth(2) == TokenKind::Keyword(Keyword::For) {
        let option = option_for(p)?;
        let roles = p.list(privilege)?;
        p.expect_kw(Keyword::From)?;
        return revoke_role(p, start, vec![option], roles);
    }
    match privileges(p)? {
        Privileges::Listed(roles) if grant_option.is_none() && p.eat_kw(Keyword::From).is_some() => {
            revoke_role(p, start, Vec::new(), roles)
        }
        privileges => {
            let head = GrantHead { start, verb: GrantVerb::Revoke, privileges, grant_option };
            grant_on(p, head, target).map(|grant| Node::Grant(Box::new(grant)))
        }
    }
}

/// What stands before `ON`.
pub(super) struct GrantHead {
    /// First byte of the verb, or of the statement.
    pub(super) start: u32,
    /// Given or taken.
    pub(super) verb: GrantVerb,
    /// What may be done.
    pub(super) privileges: Privileges,
    /// `GRANT OPTION FOR`.
    pub(super) grant_option: Option<Span>,
}

/// Privileges on objects from `ON` on; `target` reads on which.
pub(super) fn grant_on(p: &mut Parser, head: GrantHead, target: fn(&mut Parser) -> Parse<GrantTarget>) -> Parse<Grant> {
    let GrantHead { start, verb, privileges, mut grant_option } = head;
    p.expect_kw(Keyword::On)?;
    let target = target(p)?;
    p.expect_kw(match verb {
        GrantVerb::Grant => Keyword::To,
        GrantVerb::Revoke => Keyword::From,
    })?;
    let grantees = p.list(|p| {
        p.eat_kw(Keyword::Group);
        name::role(p)
    })?;
    if verb == GrantVerb::Grant {
        grant_option = p.eat_kws(&[Keyword::With, Keyword::Grant, Keyword::Option]);
        if p.at_kws(&[Keyword::With, Keyword::Admin]) {
            return Err(p.unexpected("`WITH GRANT OPTION`").help("`WITH ADMIN OPTION` is for roles"));
        }
    }
    let granted_by = if matches!(target, GrantTarget::Future(_)) { None } else { granted_by(p)? };
    if let Some(clause) = &granted_by {
        p.need(14, clause.span, "`GRANTED BY` with privileges on objects");
    }
    let behavior = if verb == GrantVerb::Revoke { name::behavior(p) } else { None };
    Ok(Grant { span: p.since(start), verb, privileges, target, grantees, grant_option, granted_by, behavior })
}

/// `ALL`, `SELECT (a, b), INSERT` (privileges).
pub(super) fn privileges(p: &mut Parser) -> Parse<Privileges> {
    let Some(all) = p.eat_kw(Keyword::All) else {
        return p.list(privilege).map(Privileges::Listed);
    };
    let words = p.eat_kw(Keyword::Privileges).map_or(all, |privileges| all.to(privileges));
    Ok(Privileges::All(words, columns(p)?))
}

/// One privilege or role (privilege).
fn privilege(p: &mut Parser) -> Parse<Privilege> {
    let start = p.start();
    if p.eat_kws(&[Keyword::Alter, Keyword::System]).is_some() {
        let span = p.since(start);
        p.need(15, span, "the privilege `ALTER SYSTEM`");
        return Ok(Privilege { name: PrivilegeName::AlterSystem(span), columns: Vec::new() });
    }
    let name = match p.kind() {
        TokenKind::Keyword(Keyword::Select | Keyword::References | Keyword::Create) => Ident { span: p.bump() },
        _ => name::column_name(p, "a privilege or a role")?,
    };
    Ok(Privilege { name: PrivilegeName::Word(name), columns: columns(p)? })
}

/// `(a, b)`, or nothing (opt_column_list).
fn columns(p: &mut Parser) -> Parse<Vec<Ident>> {
    if p.at(TokenKind::LeftParen) { name::column_list(p) } else { Ok(Vec::new()) }
}

/// On which objects (privilege_target).
fn target(p: &mut Parser) -> Parse<GrantTarget> {
    if p.eat_kw(Keyword::All).is_some() {
        return all_in_schema(p);
    }
    let (words, kind) = target_kind(p);
    p.eat_kws(words);
    let is_view = matches!(p.kind(), TokenKind::Keyword(Keyword::View | Keyword::Materialized));
    if words.is_empty() && is_view && p.is_name(p.nth(1), |category| category != Category::Reserved) {
        return Err(p.unexpected("a table name").help("views are named as tables are: leave the word out"));
    }
    let objects = p.list(|p| target_object(p, kind))?;
    Ok(GrantTarget::Objects(kind, objects))
}

/// `TABLES IN SCHEMA a, b` behind ALL.
fn all_in_schema(p: &mut Parser) -> Parse<GrantTarget> {
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::Tables) => ObjectKind::Table,
        TokenKind::Keyword(Keyword::Sequences) => ObjectKind::Sequence,
        TokenKind::Keyword(Keyword::Functions) => ObjectKind::Function,
        TokenKind::Keyword(Keyword::Procedures) => ObjectKind::Procedure,
        TokenKind::Keyword(Keyword::Routines) => ObjectKind::Routine,
        _ => return Err(p.unexpected("`TABLES`, `SEQUENCES`, `FUNCTIONS`, `PROCEDURES` or `ROUTINES`")),
    };
    p.bump();
    p.expect_kws(&[Keyword::In, Keyword::Schema])?;
    let schemas = p.list(|p| object::own_name(p, ObjectKind::Schema))?;
    Ok(GrantTarget::AllInSchema(kind, schemas))
}

/// The kind of the objects, and the words for it; none where a table's name follows at once.
fn target_kind(p: &Parser) -> (&'static [Keyword], ObjectKind) {
    // All but the first four words may themselves be names of tables.
    let is_name = matches!(p.nth(1), TokenKind::Dot | TokenKind::Comma | TokenKind::End | TokenKind::Keyword(Keyword::To | Keyword::From));
    match p.kind() {
        TokenKind::Keyword(Keyword::Foreign) if p.nth(1) == TokenKind::Keyword(Keyword::Server) => {
            (&[Keyword::Foreign, Keyword::Server], ObjectKind::Server)
        }
        TokenKind::Keyword(Keyword::Foreign) => (&[Keyword::Foreign, Keyword::Data, Keyword::Wrapper], ObjectKind::ForeignDataWrapper),
        TokenKind::Keyword(Keyword::Table) => (&[Keyword::Table], ObjectKind::Table),
        TokenKind::Keyword(keyword) if !is_name => match keyword {
            Keyword::Sequence => (&[Keyword::Sequence], ObjectKind::Sequence),
            Keyword::Function => (&[Keyword::Function], ObjectKind::Function),
            Keyword::Procedure => (&[Keyword::Procedure], ObjectKind::Procedure),
            Keyword::Routine => (&[Keyword::Routine], ObjectKind::Routine),
            Keyword::Database => (&[Keyword::Database], ObjectKind::Database),
            Keyword::Domain => (&[Keyword::Domain], ObjectKind::Domain),
            Keyword::Language => (&[Keyword::Language], ObjectKind::Language),
            Keyword::Large => (&[Keyword::Large, Keyword::Object], ObjectKind::LargeObject),
            Keyword::Parameter => (&[Keyword::Parameter], ObjectKind::Parameter),
            Keyword::Schema => (&[Keyword::Schema], ObjectKind::Schema),
            Keyword::Tablespace => (&[Keyword::Tablespace], ObjectKind::Tablespace),
            Keyword::Type => (&[Keyword::Type], ObjectKind::Type),
            _ => (&[], ObjectKind::Table),
        },
        _ => (&[], ObjectKind::Table),
    }
}

/// One object on which privileges are; types and domains are named as tables are.
fn target_object(p: &mut Parser, kind: ObjectKind) -> Parse<ObjectRef> {
    match kind {
        ObjectKind::Table | ObjectKind::Type | ObjectKind::Domain => {
            let star = p.at(TokenKind::Star) || p.nth(1) == TokenKind::Dot && p.nth(2) == TokenKind::Star;
            object::named(p, kind)
                .map_err(|error| if star { error.help("`ON ALL TABLES IN SCHEMA name` names all tables of a schema") } else { error })
        }
        ObjectKind::Parameter => {
            let object = object::object(p, kind)?;
            p.need(15, object.span, "a privilege on a `PARAMETER`");
            Ok(object)
        }
        _ => object::object(p, kind),
    }
}

/// Who becomes a member, behind `GRANT role TO`.
fn grant_role(p: &mut Parser, start: u32, roles: Vec<Privilege>) -> Parse<Node> {
    let grantees = name::roles(p)?;
    let options = if p.eat_kw(Keyword::With).is_some() { p.list(membership_option)? } else { Vec::new() };
    let granted_by = granted_by(p)?;
    let (span, verb) = (p.since(start), GrantVerb::Grant);
    Ok(Node::GrantRole(Box::new(GrantRole { span, verb, roles, grantees, options, granted_by, behavior: None })))
}

/// Who is no member any more, behind `REVOKE role FROM`.
fn revoke_role(p: &mut Parser, start: u32, options: Vec<MembershipOption>, roles: Vec<Privilege>) -> Parse<Node> {
    let grantees = name::roles(p)?;
    let granted_by = granted_by(p)?;
    let behavior = name::behavior(p);
    let (span, verb) = (p.since(start), GrantVerb::Revoke);
    Ok(Node::GrantRole(Box::new(GrantRole { span, verb, roles, grantees, options, granted_by, behavior })))
}

/// `ADMIN OPTION`, `INHERIT FALSE` (grant_role_opt).
fn membership_option(p: &mut Parser) -> Parse<MembershipOption> {
    let start = p.start();
    let is_old = p.at_kws(&[Keyword::Admin, Keyword::Option]);
    let name = name::label(p, "`ADMIN`, `INHERIT` or `SET`")?;
    let value = match p.kind() {
        TokenKind::Keyword(Keyword::Option | Keyword::True) => MembershipValue::True,
        TokenKind::Keyword(Keyword::False) => MembershipValue::False,
        _ => return Err(p.unexpected("`OPTION`, `TRUE` or `FALSE`")),
    };
    p.bump();
    let span = p.since(start);
    if !is_old {
        p.need(16, span, "an option of membership other than `ADMIN OPTION`");
    }
    Ok(MembershipOption { span, name, value })
}

/// `ADMIN OPTION FOR` of REVOKE.
fn option_for(p: &mut Parser) -> Parse<MembershipOption> {
    let start = p.start();
    let is_old = p.at_kw(Keyword::Admin);
    let name = name::column_name(p, "`ADMIN`, `INHERIT` or `SET`")?;
    p.expect_kws(&[Keyword::Option, Keyword::For])?;
    let span = p.since(start);
    if !is_old {
        p.need(16, span, "an option of membership other than `ADMIN OPTION`");
    }
    Ok(MembershipOption { span, name, value: MembershipValue::False })
}

/// `GRANTED BY role`, or nothing (opt_granted_by).
fn granted_by(p: &mut Parser) -> Parse<Option<Clause<RoleSpec>>> {
    p.clause(&[Keyword::Granted, Keyword::By], name::role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};
    use crate::syntax::tree::ObjectName;

    fn grant_of(text: &str) -> Grant {
        match node(text) {
            Node::Grant(grant) => *grant,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_grant_holds_privileges_objects_and_grantees() {
        let grant = grant_of("GRANT SELECT, UPDATE (a, b) ON t, s.u TO PUBLIC, GROUP r WITH GRANT OPTION");
        let Privileges::Listed(privileges) = &grant.privileges else { panic!("{grant:?}") };
        assert_eq!(privileges.iter().map(|privilege| privilege.columns.len()).collect::<Vec<_>>(), [0, 2]);
        assert!(matches!(&grant.target, GrantTarget::Objects(ObjectKind::Table, objects) if objects.len() == 2));
        assert!(grant.grantees.len() == 2 && grant.grant_option.is_some());
    }

    #[test]
    fn the_word_for_a_kind_may_be_the_name_of_a_table() {
        assert!(matches!(grant_of("GRANT ALL ON schema TO r").target, GrantTarget::Objects(ObjectKind::Table, _)));
        assert!(matches!(grant_of("GRANT ALL ON SCHEMA s TO r").target, GrantTarget::Objects(ObjectKind::Schema, _)));
        let GrantTarget::Objects(_, types) = grant_of("GRANT USAGE ON TYPE s.t TO r").target else { panic!() };
        assert!(matches!(types[0].name, ObjectName::Named(_)));
        assert!(matches!(grant_of("REVOKE ALL ON ALL TABLES IN SCHEMA s FROM r").target, GrantTarget::AllInSchema(ObjectKind::Table, _)));
    }

    #[test]
    fn without_objects_roles_are_granted() {
        let Node::GrantRole(grant) = node("GRANT a, b TO c WITH ADMIN OPTION, INHERIT FALSE GRANTED BY d") else { panic!() };
        let values: Vec<_> = grant.options.iter().map(|option| option.value).collect();
        assert_eq!(values, [MembershipValue::True, MembershipValue::False]);
        let Node::GrantRole(revoke) = node("REVOKE ADMIN OPTION FOR a FROM c CASCADE") else { panic!() };
        assert!(revoke.verb == GrantVerb::Revoke && revoke.options.len() == 1 && revoke.behavior.is_some());
    }

    #[test]
    fn grants_of_other_databases_get_advice() {
        assert!(error("GRANT ALL ON s.* TO r").help.is_some_and(|help| help.contains("ALL TABLES IN SCHEMA")));
        assert!(error("GRANT SELECT ON VIEW v TO r").help.is_some_and(|help| help.contains("leave the word out")));
    }
}
