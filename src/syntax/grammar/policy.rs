//! Row-level security policies.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterPolicy, CreatePolicy, Ident, Name, Node, ObjectKind, PolicyCombination, PolicyCommand};

use super::create::{self, Head};
use super::parser::{Parse, Parser};
use super::{constraint, name, object};

/// `CREATE POLICY` (CreatePolicyStmt).
pub(super) fn create_policy(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kw(Keyword::Policy)?;
    create::reject_guard(p, ObjectKind::Policy, "drop it first with `DROP POLICY IF EXISTS`, or ask pg_policies in a DO block")?;
    let (name, table) = policy_of_table(p)?;
    let combination = p.clause(&[Keyword::As], combination)?;
    let command = p.clause(&[Keyword::For], command)?;
    let roles = p.clause(&[Keyword::To], name::roles)?;
    let using = p.clause(&[Keyword::Using], constraint::parenthesized)?;
    let check = p.clause(&[Keyword::With, Keyword::Check], constraint::parenthesized)?;
    reject_order(p, "`AS`, `FOR`, `TO`, `USING`, `WITH CHECK`")?;
    let span = p.since(head.start);
    Ok(Node::CreatePolicy(Box::new(CreatePolicy { span, name, table, combination, command, roles, using, check })))
}

/// `ALTER POLICY` (AlterPolicyStmt).
pub(super) fn alter_policy(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kw(Keyword::Policy)?;
    if p.at_kws(&[Keyword::If, Keyword::Exists]) {
        return Err(p.error("this form of `ALTER POLICY` has no `IF EXISTS`"));
    }
    let (name, table) = policy_of_table(p)?;
    let roles = p.clause(&[Keyword::To], name::roles)?;
    let using = p.clause(&[Keyword::Using], constraint::parenthesized)?;
    let check = p.clause(&[Keyword::With, Keyword::Check], constraint::parenthesized)?;
    if p.at_kw(Keyword::For) || p.at_kw(Keyword::As) {
        return Err(p.unexpected("`TO`, `USING` or `WITH CHECK`").help("drop the policy and create it anew to change what it is for"));
    }
    reject_order(p, "`TO`, `USING`, `WITH CHECK`")?;
    Ok(Node::AlterPolicy(Box::new(AlterPolicy { span: p.since(start), name, table, roles, using, check })))
}

/// `name ON table`.
fn policy_of_table(p: &mut Parser) -> Parse<(Ident, Name)> {
    let name = object::own_name(p, ObjectKind::Policy)?;
    p.expect_kw(Keyword::On)?;
    Ok((name, name::name(p, "a table name")?))
}

/// `PERMISSIVE`, `RESTRICTIVE`: names that are no keywords.
fn combination(p: &mut Parser) -> Parse<PolicyCombination> {
    let word = Ident { span: p.span() };
    let combination = match p.kind() {
        TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent if word.is(p.text, "permissive") => {
            PolicyCombination::Permissive
        }
        TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent if word.is(p.text, "restrictive") => {
            PolicyCombination::Restrictive
        }
        _ => return Err(p.unexpected("`PERMISSIVE` or `RESTRICTIVE`")),
    };
    p.bump();
    Ok(combination)
}

fn command(p: &mut Parser) -> Parse<PolicyCommand> {
    let command = match p.kind() {
        TokenKind::Keyword(Keyword::All) => PolicyCommand::All,
        TokenKind::Keyword(Keyword::Select) => PolicyCommand::Select,
        TokenKind::Keyword(Keyword::Insert) => PolicyCommand::Insert,
        TokenKind::Keyword(Keyword::Update) => PolicyCommand::Update,
        TokenKind::Keyword(Keyword::Delete) => PolicyCommand::Delete,
        _ => return Err(p.unexpected("`ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`")),
    };
    p.bump();
    match p.kind() {
        TokenKind::Comma => Err(p.unexpected("`TO`, `USING` or `WITH CHECK`").help("a policy is for one command, or for `ALL`")),
        _ => Ok(command),
    }
}

/// Clauses in another order than PostgreSQL's.
fn reject_order(p: &Parser, order: &str) -> Parse<()> {
    match p.kind() {
        TokenKind::Keyword(Keyword::As | Keyword::For | Keyword::To | Keyword::Using | Keyword::With) => {
            Err(p.unexpected("the end of the statement").help(format!("each clause stands once, in this order: {order}")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};

    #[test]
    fn a_policy_holds_its_clauses() {
        let text = "CREATE POLICY a ON s.t AS RESTRICTIVE FOR UPDATE TO PUBLIC, r USING (true) WITH CHECK (false)";
        let Node::CreatePolicy(policy) = node(text) else { panic!("{text}") };
        assert!(policy.combination.is_some_and(|clause| clause.value == PolicyCombination::Restrictive));
        assert!(policy.command.is_some_and(|clause| clause.value == PolicyCommand::Update));
        assert_eq!(policy.roles.map(|roles| roles.value.len()), Some(2));
        assert!(policy.using.is_some() && policy.check.is_some_and(|check| &text[check.span] == "WITH CHECK (false)"));
    }

    #[test]
    fn what_a_policy_does_not_have_gets_advice() {
        assert!(error("CREATE POLICY IF NOT EXISTS a ON t").help.is_some_and(|help| help.contains("DROP POLICY IF EXISTS")));
        assert!(error("CREATE POLICY a ON t TO r FOR SELECT").help.is_some_and(|help| help.contains("in this order")));
        assert!(error("CREATE POLICY a ON t FOR INSERT, UPDATE").help.is_some_and(|help| help.contains("`ALL`")));
    }
}
