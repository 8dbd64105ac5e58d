//! INSERT, UPDATE, DELETE and MERGE, each in a file of its own, and what they have in common.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Assignment, Clause, ColumnTarget, Condition, Ident, Node, Overriding, Relation};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{delete, expression, insert, merge, name, operand, query, update, with_clause};

/// A query or a data change, perhaps with WITH (PreparableStmt).
pub(super) fn statement(p: &mut Parser) -> Parse<Node> {
    let (mut node, reads, writes) = query::with_relations(p, inner)?;
    match &mut node {
        Node::Select(node) => (node.reads, node.writes) = (reads, writes),
        Node::Insert(node) => (node.reads, node.writes) = (reads, writes),
        Node::Update(node) => (node.reads, node.writes) = (reads, writes),
        Node::Delete(node) => (node.reads, node.writes) = (reads, writes),
        Node::Merge(node) => (node.reads, node.writes) = (reads, writes),
        _ => {}
    }
    Ok(node)
}

/// The same as a part of a statement, to which the relations inside are left.
pub(super) fn inner(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    let with = with_clause::with_clause(p)?;
    let head = Head { start, with: with.as_ref().map(|with| with.span) };
    let change = match p.kind() {
        TokenKind::Keyword(Keyword::Insert) => insert::insert,
        TokenKind::Keyword(Keyword::Update) => update::update,
        TokenKind::Keyword(Keyword::Delete) => delete::delete,
        TokenKind::Keyword(Keyword::Merge) => merge::merge,
        TokenKind::LeftParen | TokenKind::Keyword(Keyword::Select | Keyword::Values | Keyword::Table) => {
            let body = query::after_with(p, with)?;
            return Ok(body.node(p.since(start), Vec::new(), Vec::new()));
        }
        _ => return Err(p.unexpected("`SELECT`, `INSERT`, `UPDATE`, `DELETE` or `MERGE`")),
    };
    let node = p.nested(|p| change(p, head))?;
    if let Some(with) = with {
        with.resolve(p);
    }
    Ok(node)
}

/// What stands before the verb of a data change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// First byte of the statement.
    pub(super) start: u32,
    /// `WITH …`
    pub(super) with: Option<Span>,
}

/// The table that changes, with its alias (relation_expr_opt_alias).
pub(super) fn target(p: &mut Parser) -> Parse<(Relation, Option<Ident>)> {
    let relation = name::relation(p)?;
    p.writes.push(relation.name);
    // SET without AS is the clause, never an alias.
    let alias = p.eat_kw(Keyword::As).is_some() || p.at_column_name() && !p.at_kw(Keyword::Set);
    let alias = if alias { Some(name::column_name(p, "an alias")?) } else { None };
    Ok((relation, alias))
}

/// `a`, `a.field`, `a[1]` (set_target, insert_column_item).
pub(super) fn column(p: &mut Parser) -> Parse<ColumnTarget> {
    let column = name::column_name(p, "a column name")?;
    operand::indirection(p)?;
    Ok(ColumnTarget { span: p.since(column.span.start), column })
}

/// `a = 1, (b, c) = (2, 3)` behind SET (set_clause_list).
pub(super) fn assignments(p: &mut Parser) -> Parse<Vec<Assignment>> {
    let mut all = Vec::new();
    loop {
        let targets = if p.at(TokenKind::LeftParen) { p.paren_list(column)? } else { vec![column(p)?] };
        p.expect(TokenKind::Equals, "`=`")?;
        let value = expression::expression(p)?;
        all.extend(targets.into_iter().map(|target| Assignment { target, value }));
        if p.eat(TokenKind::Comma).is_none() {
            return Ok(all);
        }
    }
}

/// `WHERE …`, `WHERE CURRENT OF cursor`, if it stands here (where_or_current_clause).
pub(super) fn where_or_current(p: &mut Parser) -> Parse<Option<Clause<Condition>>> {
    let start = p.start();
    if p.eat_kw(Keyword::Where).is_none() {
        return Ok(None);
    }
    let value = match p.eat_kws(&[Keyword::Current, Keyword::Of]) {
        Some(_) => Condition::CurrentOf(name::column_name(p, "the name of a cursor")?),
        None => Condition::Expression(expression::expression(p)?),
    };
    Ok(Some(Clause { span: p.since(start), value }))
}

/// `OVERRIDING SYSTEM VALUE`, if it stands here.
pub(super) fn overriding(p: &mut Parser) -> Parse<Option<Overriding>> {
    let start = p.start();
    if p.eat_kw(Keyword::Overriding).is_none() {
        return Ok(None);
    }
    let kind = match p.kind() {
        TokenKind::Keyword(Keyword::System) => Overriding::System,
        TokenKind::Keyword(Keyword::User) => Overriding::User,
        _ => return Err(p.unexpected("`SYSTEM` or `USER`")),
    };
    p.bump();
    p.expect_kw(Keyword::Value)?;
    Ok(Some(kind(p.since(start))))
}

/// `RETURNING a, b`, if it stands here (returning_clause).
pub(super) fn returning(p: &mut Parser) -> Parse<Option<Span>> {
    let start = p.start();
    if p.eat_kw(Keyword::Returning).is_none() {
        return Ok(None);
    }
    if let Some(with) = p.eat_kw(Keyword::With) {
        p.left_paren()?;
        loop {
            match p.kind() {
                TokenKind::Keyword(Keyword::Old | Keyword::New) => p.bump(),
                _ => return Err(p.unexpected("`OLD` or `NEW`")),
            };
            p.expect_kw(Keyword::As)?;
            name::column_name(p, "an alias")?;
            if p.eat(TokenKind::Comma).is_none() {
                break;
            }
        }
        let end = p.expect(TokenKind::RightParen, "`,` or `)`")?;
        p.need(18, with.to(end), "`RETURNING WITH`");
    }
    query::targets(p)?;
    Ok(Some(p.since(start)))
}

#[cfg(test)]
mod tests {
    use crate::syntax::grammar::testing;
    use crate::syntax::tree::{Condition, MergeAction, MergeMatch, Node};

    #[test]
    fn an_update_says_what_it_sets_and_where() {
        let text = "UPDATE ONLY s.t AS x SET a = 1, (b, c[2]) = (SELECT 2, 3) FROM u WHERE x.id = u.id RETURNING *";
        let Node::Update(update) = testing::node(text) else { panic!("{text}") };
        assert!(update.target.only.is_some());
        assert_eq!(update.target.name.display(text), "s.t");
        let set: Vec<_> = update.set.iter().map(|set| (&text[set.target.span], &text[set.value.span])).collect();
        assert_eq!(set, [("a", "1"), ("b", "(SELECT 2, 3)"), ("c[2]", "(SELECT 2, 3)")]);
        assert_eq!(update.from.map(|span| &text[span]), Some("FROM u"));
        assert_eq!(update.where_clause.map(|clause| &text[clause.span]), Some("WHERE x.id = u.id"));
        assert!(text[update.where_at as usize..].starts_with(" WHERE"));
    }

    #[test]
    fn a_delete_may_follow_a_cursor() {
        let text = "DELETE FROM t USING u WHERE CURRENT OF c";
        let Node::Delete(delete) = testing::node(text) else { panic!("{text}") };
        assert!(matches!(delete.where_clause.map(|clause| clause.value), Some(Condition::CurrentOf(cursor)) if cursor.is(text, "c")));
        assert_eq!(delete.using.map(|span| &text[span]), Some("USING u"));
    }

    #[test]
    fn a_merge_has_an_action_for_each_case() {
        let text = "MERGE INTO t USING (SELECT 1) s ON true WHEN MATCHED AND a THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (b) \
                    VALUES (2) WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN MATCHED THEN DO NOTHING";
        let Node::Merge(merge) = testing::node(text) else { panic!("{text}") };
        let kinds: Vec<_> = merge.when.iter().map(|when| when.kind).collect();
        use MergeMatch::{Matched, NotMatchedBySource, NotMatchedByTarget};
        assert_eq!(kinds, [Matched, NotMatchedByTarget, NotMatchedBySource, Matched]);
        assert!(matches!(&merge.when[1].action, MergeAction::Insert { columns: Some(columns), .. } if columns.len() == 1));
        assert_eq!(merge.writes.iter().map(|name| name.display(text)).collect::<Vec<_>>(), ["t"]);
        assert_eq!(&text[merge.source.span], "(SELECT 1) s");
    }
}
