//! Rewrite rules.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Clause, CreateRule, Node, ObjectKind, RuleAction, RuleEvent, RuleMode};

use super::create::{self, Head};
use super::parser::{Parse, Parser};
use super::{data_change, expression, name, notify, object, query};

/// `CREATE RULE` (RuleStmt).
pub(super) fn create_rule(p: &mut Parser, head: Head) -> Parse<Node> {
    let Head { start, replace, replace_at } = head;
    p.expect_kw(Keyword::Rule)?;
    create::reject_guard(p, ObjectKind::Rule, "write `CREATE OR REPLACE RULE`")?;
    let name = object::own_name(p, ObjectKind::Rule)?;
    p.expect_kw(Keyword::As)?;
    let event_start = p.expect_kw(Keyword::On)?.start;
    let value = event(p)?;
    let event = Clause { span: p.since(event_start), value };
    p.expect_kw(Keyword::To)?;
    let table = name::name(p, "a table name")?;
    let condition = p.clause(&[Keyword::Where], expression::expression)?;
    p.expect_kw(Keyword::Do)?;
    let mode = match p.kind() {
        TokenKind::Keyword(Keyword::Instead) => Some(Clause { span: p.bump(), value: RuleMode::Instead }),
        TokenKind::Keyword(Keyword::Also) => Some(Clause { span: p.bump(), value: RuleMode::Also }),
        _ => None,
    };
    let actions = actions(p)?;
    let span = p.since(start);
    Ok(Node::CreateRule(Box::new(CreateRule { span, replace, replace_at, name, event, table, condition, mode, actions })))
}

fn event(p: &mut Parser) -> Parse<RuleEvent> {
    let event = match p.kind() {
        TokenKind::Keyword(Keyword::Select) => RuleEvent::Select,
        TokenKind::Keyword(Keyword::Insert) => RuleEvent::Insert,
        TokenKind::Keyword(Keyword::Update) => RuleEvent::Update,
        TokenKind::Keyword(Keyword::Delete) => RuleEvent::Delete,
        _ => return Err(p.unexpected("`SELECT`, `INSERT`, `UPDATE` or `DELETE`")),
    };
    p.bump();
    Ok(event)
}

/// `NOTHING`, one statement, or some in parentheses (RuleActionList).
fn actions(p: &mut Parser) -> Parse<Vec<RuleAction>> {
    if p.eat_kw(Keyword::Nothing).is_some() {
        return Ok(Vec::new());
    }
    if !parentheses_hold_all(p) {
        return Ok(vec![action(p)?]);
    }
    p.left_paren()?;
    let mut actions = Vec::new();
    loop {
        if !matches!(p.kind(), TokenKind::Semicolon | TokenKind::RightParen) {
            actions.push(action(p)?);
        }
        if p.eat(TokenKind::Semicolon).is_none() {
            break;
        }
    }
    p.expect(TokenKind::RightParen, "`;` or `)`")?;
    Ok(actions)
}

/// Whether a parenthesis opens here that closes at the end of the statement; if it closes before, it belongs to a query.
fn parentheses_hold_all(p: &mut Parser) -> bool {
    if !p.at(TokenKind::LeftParen) {
        return false;
    }
    let before = p.mark();
    let mut open = 0u32;
    loop {
        match p.kind() {
            TokenKind::LeftParen => open += 1,
            TokenKind::RightParen => open -= 1,
            TokenKind::End => break,
            _ => {}
        }
        p.bump();
        if open == 0 {
            break;
        }
    }
    let ends = p.at_statement_end();
    p.rewind(before);
    ends
}

/// A query, INSERT, UPDATE, DELETE or NOTIFY (RuleActionStmt).
fn action(p: &mut Parser) -> Parse<RuleAction> {
    const EXPECTED: &str = "a query, `INSERT`, `UPDATE`, `DELETE`, `NOTIFY` or `NOTHING`";
    let (start, before) = (p.start(), p.mark());
    let node = match p.kind() {
        TokenKind::LeftParen | TokenKind::Keyword(Keyword::Select | Keyword::Values | Keyword::Table) => query::select_statement(p)?,
        TokenKind::Keyword(Keyword::With | Keyword::Insert | Keyword::Update | Keyword::Delete) => data_change::statement(p)?,
        TokenKind::Keyword(Keyword::Notify) => notify::notify(p)?,
        _ => return Err(p.unexpected(EXPECTED)),
    };
    if matches!(node, Node::Merge(_)) {
        p.rewind(before);
        return Err(p.error("a rule can't do a `MERGE`"));
    }
    Ok(RuleAction { span: p.since(start), node })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    fn actions_of(text: &str) -> Vec<&str> {
        match node(text) {
            Node::CreateRule(rule) => rule.actions.iter().map(|action| &text[action.span]).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn parentheses_hold_statements_or_begin_a_query() {
        assert_eq!(actions_of("CREATE RULE a AS ON DELETE TO t DO INSTEAD NOTHING"), Vec::<&str>::new());
        assert_eq!(actions_of("CREATE RULE a AS ON DELETE TO t DO (SELECT 1;; NOTIFY b)"), ["SELECT 1", "NOTIFY b"]);
        assert_eq!(actions_of("CREATE RULE a AS ON DELETE TO t DO (SELECT 1) UNION SELECT 2"), ["(SELECT 1) UNION SELECT 2"]);
    }
}
