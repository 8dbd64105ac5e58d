//! Queries: SELECT, VALUES, TABLE, and what joins and orders them (SelectStmt).
//!
//! Of a query is kept which relations it reads and writes, and of the outermost one where its clauses stand. A `(` before a query is read
//! once: what follows its `)` tells whether the parentheses held the whole query or its first part.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Clause, Expr, Ident, IntoTable, Locking, Name, Node, Persistence, Query, Select};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::with_clause::{self, With};
use super::{data_change, expression, from_clause, limit, name, ordering, window};

/// A query as a statement.
pub(super) fn select_statement(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    let (body, reads, writes) = with_relations(p, any)?;
    Ok(body.node(p.since(start), reads, writes))
}

/// A query inside another statement.
pub(super) fn query(p: &mut Parser) -> Parse<Query> {
    let start = p.start();
    let (body, reads, writes) = with_relations(p, any)?;
    Ok(Query { span: p.since(start), reads, writes, into: body.into })
}

/// The query of a recursive view, where the view's own name means what the query has given so far.
pub(super) fn recursive(p: &mut Parser, view: Ident) -> Parse<Query> {
    let mut query = query(p)?;
    let own = view.value(p.text);
    query.reads.retain(|read| read.schema.is_some() || read.object.value(p.text) != own);
    Ok(query)
}

/// A statement that can be prepared: a query or a data change (PreparableStmt).
pub(super) fn preparable(p: &mut Parser) -> Parse<Node> {
    data_change::statement(p)
}

/// Runs `production`, and gives the relations that it reads and writes.
pub(super) fn with_relations<T>(p: &mut Parser, production: impl FnOnce(&mut Parser) -> Parse<T>) -> Parse<(T, Vec<Name>, Vec<Name>)> {
    let outer = (std::mem::take(&mut p.reads), std::mem::take(&mut p.writes));
    let result = production(p);
    let reads = std::mem::replace(&mut p.reads, outer.0);
    let writes = std::mem::replace(&mut p.writes, outer.1);
    result.map(|value| (value, reads, writes))
}

/// What was read of a query, and what clauses it has so that another of the kind would be one too many.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// `WITH …`
    pub(super) with: Option<Span>,
    /// The first set operation.
    pub(super) set_operation: Option<Span>,
    /// `INTO …`
    pub(super) into: Option<IntoTable>,
    /// `WHERE …`
    pub(super) where_clause: Option<Clause<Expr>>,
    /// `ORDER BY …`
    pub(super) order: Option<Span>,
    /// `LIMIT …` or `FETCH …`
    pub(super) limit: Option<Span>,
    /// `WITH TIES`
    pub(super) ties: Option<Span>,
    /// `OFFSET …`
    pub(super) offset: Option<Span>,
    /// `FOR UPDATE` and its kin.
    pub(super) locking: Vec<Locking>,
    /// How many rows, if the query is a VALUES.
    pub(super) rows: Option<usize>,
}

impl Body {
    /// The statement that the query is.
    pub(super) fn node(self, span: Span, reads: Vec<Name>, writes: Vec<Name>) -> Node {
        let Body { with, set_operation, into, where_clause, locking, .. } = self;
        Node::Select(Box::new(Select { span, reads, writes, with, set_operation, into, where_clause, locking }))
    }
}

/// Whether a query begins here that is not in parentheses.
pub(super) fn at_query(p: &Parser) -> bool {
    begins(p, 0)
}

/// Whether what stands in the parentheses that open here is a query and no list of names.
pub(super) fn at_parenthesised(p: &Parser) -> bool {
    p.at(TokenKind::LeftParen) && (p.nth(1) == TokenKind::LeftParen || begins(p, 1))
}

fn begins(p: &Parser, ahead: usize) -> bool {
    match p.nth(ahead) {
        TokenKind::Keyword(Keyword::Select | Keyword::With | Keyword::Table) => true,
        TokenKind::Keyword(Keyword::Values) => p.nth(ahead + 1) == TokenKind::LeftParen,
        _ => false,
    }
}

/// Whether a query goes on behind the parentheses around its first part.
pub(super) fn goes_on(p: &Parser) -> bool {
    continues(p.kind())
}

const fn continues(kind: TokenKind) -> bool {
    use Keyword::{Except, Fetch, For, Intersect, Limit, Offset, Order, Union};
    matches!(kind, TokenKind::Keyword(Union | Intersect | Except | Order | Limit | Offset | Fetch | For))
}

/// Any query (SelectStmt).
pub(super) fn any(p: &mut Parser) -> Parse<Box<Body>> {
    let with = with_clause::with_clause(p)?;
    after_with(p, with)
}

/// A query behind its WITH.
pub(super) fn after_with(p: &mut Parser, with: Option<With>) -> Parse<Box<Body>> {
    let first = part(p)?;
    let mut body = after_first(p, first)?;
    if let Some(with) = with {
        if body.with.replace(with.span).is_some() {
            return Err(p.error_at(with.span, "a query has only one `WITH`"));
        }
        with.resolve(p);
    }
    Ok(body)
}

/// `(query)` (select_with_parens).
pub(super) fn parenthesised(p: &mut Parser) -> Parse<Box<Body>> {
    p.nested(|p| {
        p.left_paren()?;
        let body = any(p)?;
        p.right_paren()?;
        Ok(body)
    })
}

/// What is left of a query whose first part was read: set operations, ORDER BY, LIMIT, locking.
pub(super) fn after_first(p: &mut Parser, first: Box<Body>) -> Parse<Box<Body>> {
    let mut body = first;
    while matches!(p.kind(), TokenKind::Keyword(Keyword::Union | Keyword::Intersect | Keyword::Except)) {
        let word = p.bump();
        quantifier(p);
        part(p)?;
        // What the parts say is their own, but INTO, which belongs to the first of them.
        let set_operation = Some(body.set_operation.unwrap_or(word));
        *body = Body { set_operation, into: body.into, ..Body::default() };
    }
    if p.at_kw(Keyword::Order) {
        let order = ordering::order_by(p)?;
        if body.order.replace(order).is_some() {
            return Err(p.error_at(order, "a query has only one `ORDER BY`"));
        }
    }
    limit::limit_and_locking(p, &mut body)?;
    Ok(body)
}

/// One part of a set operation (select_clause).
fn part(p: &mut Parser) -> Parse<Box<Body>> {
    match p.kind() {
        TokenKind::LeftParen => parenthesised(p),
        TokenKind::Keyword(Keyword::Select) => p.nested(simple_select),
        TokenKind::Keyword(Keyword::Values) => values(p),
        TokenKind::Keyword(Keyword::Table) => {
            p.bump();
            let relation = name::relation(p)?;
            p.reads.push(relation.name);
            Ok(Box::default())
        }
        _ => Err(p.unexpected("`SELECT`, `VALUES` or a query in parentheses")),
    }
}

/// `ALL`, `DISTINCT` or nothing (set_quantifier).
fn quantifier(p: &mut Parser) {
    if p.eat_kw(Keyword::All).is_none() {
        p.eat_kw(Keyword::Distinct);
    }
}

/// `VALUES (…), (…)` (values_clause).
fn values(p: &mut Parser) -> Parse<Box<Body>> {
    p.expect_kw(Keyword::Values)?;
    let mut rows = 0;
    loop {
        expression::parenthesised_expressions(p)?;
        rows += 1;
        if p.eat(TokenKind::Comma).is_none() {
            return Ok(Box::new(Body { rows: Some(rows), ..Body::default() }));
        }
    }
}

/// `SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW …` (simple_select).
fn simple_select(p: &mut Parser) -> Parse<Box<Body>> {
    p.expect_kw(Keyword::Select)?;
    selection(p)
}

/// A query without its first word: what PL/pgSQL calls an expression (PLpgSQL_Expr).
pub(super) fn without_select(p: &mut Parser) -> Parse<Expr> {
    let start = p.start();
    let first = selection(p)?;
    after_first(p, first)?;
    Ok(Expr { span: p.since(start) })
}

/// What follows SELECT.
fn selection(p: &mut Parser) -> Parse<Box<Body>> {
    if p.eat_kw(Keyword::Distinct).is_some() {
        if p.eat_kw(Keyword::On).is_some() {
            expression::parenthesised_expressions(p)?;
        }
        targets(p)?;
    } else {
        p.eat_kw(Keyword::All);
        // SELECT FROM t gives rows without columns.
        if p.at(TokenKind::Comma) || !ends_targets(p.kind()) {
            targets(p)?;
        }
    }
    let into = if p.at_kw(Keyword::Into) { Some(into(p)?) } else { None };
    if p.eat_kw(Keyword::From).is_some() {
        from_clause::from_list(p)?;
    }
    let where_clause = where_clause(p)?;
    group_by(p)?;
    if p.eat_kw(Keyword::Having).is_some() {
        expression::expression(p)?;
    }
    window::window_clause(p)?;
    Ok(Box::new(Body { into, where_clause, ..Body::default() }))
}

/// `a, b AS c, *` (target_list).
pub(super) fn targets(p: &mut Parser) -> Parse<()> {
    target(p)?;
    while p.eat(TokenKind::Comma).is_some() {
        if p.at_kw(Keyword::From) {
            return Err(p.unexpected("an expression").help("there is a comma too many before `FROM`"));
        }
        target(p)?;
    }
    Ok(())
}

fn target(p: &mut Parser) -> Parse<()> {
    if p.eat(TokenKind::Star).is_some() {
        return Ok(());
    }
    expression::before_label(p)?;
    if p.eat_kw(Keyword::As).is_some() {
        name::label(p, "a name for the column")?;
    } else if p.at_bare_label() {
        if matches!(p.kind(), TokenKind::Keyword(keyword) if keyword.is_in_13()) {
            p.need(14, p.span(), "a keyword as the name of a column without `AS`");
        }
        name::label(p, "a name for the column")?;
    }
    Ok(())
}

/// Whether `kind` stands behind what is selected, or behind one item of it.
pub(super) const fn ends_targets(kind: TokenKind) -> bool {
    use Keyword::{From, Group, Having, Into, On, Returning, Where, Window, With};
    match kind {
        TokenKind::End | TokenKind::Comma | TokenKind::RightParen | TokenKind::Semicolon => true,
        TokenKind::Keyword(From | Group | Having | Into | On | Returning | Where | Window | With) => true,
        _ => continues(kind),
    }
}

/// `INTO [TEMP] [TABLE] t` (into_clause).
fn into(p: &mut Parser) -> Parse<IntoTable> {
    let start = p.start();
    p.expect_kw(Keyword::Into)?;
    let persistence = persistence(p);
    p.eat_kw(Keyword::Table);
    let name = name::name(p, "the name of the new table")?;
    Ok(IntoTable { span: p.since(start), persistence, name })
}

/// The words before the name of the new table, unless such a word is the name itself.
fn persistence(p: &mut Parser) -> Persistence {
    let temporary = |kind| matches!(kind, TokenKind::Keyword(Keyword::Temporary | Keyword::Temp));
    let names = |ahead| p.nth(ahead) == TokenKind::Keyword(Keyword::Table) || p.is_column_name(p.nth(ahead));
    let words = match p.kind() {
        TokenKind::Keyword(Keyword::Local | Keyword::Global) if temporary(p.nth(1)) && names(2) => 2,
        TokenKind::Keyword(Keyword::Unlogged) if names(1) => return Persistence::Unlogged(p.bump()),
        kind if temporary(kind) && names(1) => 1,
        _ => return Persistence::Permanent,
    };
    let start = p.start();
    for _ in 0..words {
        p.bump();
    }
    Persistence::Temporary(p.since(start))
}

/// `WHERE …`, if it stands here.
pub(super) fn where_clause(p: &mut Parser) -> Parse<Option<Clause<Expr>>> {
    let start = p.start();
    if p.eat_kw(Keyword::Where).is_none() {
        return Ok(None);
    }
    let value = expression::expression(p)?;
    Ok(Some(Clause { span: p.since(start), value }))
}

/// `GROUP BY …`, if it stands here (group_clause).
fn group_by(p: &mut Parser) -> Parse<()> {
    let start = p.start();
    if p.eat_kw(Keyword::Group).is_none() {
        return Ok(());
    }
    p.expect_kw(Keyword::By)?;
    if matches!(p.kind(), TokenKind::Keyword(Keyword::All | Keyword::Distinct)) {
        p.bump();
        let span = p.since(start);
        p.need(14, span, "`GROUP BY DISTINCT`");
    }
    grouping_items(p)
}

fn grouping_items(p: &mut Parser) -> Parse<()> {
    grouping_item(p)?;
    while p.eat(TokenKind::Comma).is_some() {
        grouping_item(p)?;
    }
    Ok(())
}

/// An expression, `()`, `ROLLUP (…)`, `CUBE (…)` or `GROUPING SETS (…)` (group_by_item).
fn grouping_item(p: &mut Parser) -> Parse<()> {
    match (p.kind(), p.nth(1)) {
        (TokenKind::LeftParen, TokenKind::RightParen) => {
            p.bump();
            p.bump();
            Ok(())
        }
        (TokenKind::Keyword(Keyword::Rollup | Keyword::Cube), TokenKind::LeftParen) => {
            p.bump();
            expression::parenthesised_expressions(p).map(drop)
        }
        (TokenKind::Keyword(Keyword::Grouping), TokenKind::Keyword(Keyword::Sets)) => p.nested(|p| {
            p.expect_kws(&[Keyword::Grouping, Keyword::Sets])?;
            p.left_paren()?;
            grouping_items(p)?;
            p.expect(TokenKind::RightParen, "`,` or `)`").map(drop)
        }),
        _ => expression::expression(p).map(drop),
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::grammar::testing;
    use crate::syntax::tree::{LockStrength, LockWait, Node, Persistence, Select};

    fn select(text: &str) -> Select {
        match testing::node(text) {
            Node::Select(select) => *select,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn clauses_are_those_of_the_outermost_select() {
        let text = "SELECT (SELECT a FROM t WHERE b) FROM u WHERE c > 1 FOR NO KEY UPDATE OF u SKIP LOCKED";
        let found = select(text);
        assert_eq!(found.where_clause.map(|clause| &text[clause.span]), Some("WHERE c > 1"));
        assert_eq!(found.locking.len(), 1);
        assert_eq!(found.locking[0].strength, LockStrength::NoKeyUpdate);
        assert!(matches!(found.locking[0].wait, LockWait::SkipLocked(span) if &text[span] == "SKIP LOCKED"));
        assert_eq!(select("SELECT 1 FROM t WHERE a UNION SELECT 2 FROM u WHERE b").where_clause, None);
        assert_eq!(select("((SELECT 1 FROM t WHERE a))").where_clause.map(|clause| clause.span.start), Some(18));
    }

    #[test]
    fn a_table_that_is_made_is_no_relation_that_is_read() {
        let text = "SELECT a INTO TEMP TABLE t FROM u";
        let found = select(text);
        let into = found.into.expect("INTO is written");
        assert_eq!(into.name.display(text), "t");
        assert!(matches!(into.persistence, Persistence::Temporary(_)));
        assert_eq!(found.reads.iter().map(|name| name.display(text)).collect::<Vec<_>>(), ["u"]);
        let text = "SELECT a INTO temp FROM u UNION SELECT 1";
        assert_eq!(select(text).into.expect("INTO is written").name.display(text), "temp");
    }

    #[test]
    fn a_clause_that_parentheses_hold_already_is_not_written_again() {
        for text in
            ["(SELECT 1 ORDER BY 1) ORDER BY 1", "(SELECT 1 LIMIT 1) LIMIT 2", "WITH a AS (SELECT 1) (WITH b AS (SELECT 2) SELECT 3)"]
        {
            assert!(testing::error(text).message.contains("only one"), "{text}");
        }
        select("(SELECT 1 ORDER BY 1) UNION (SELECT 2 LIMIT 1) ORDER BY 1 LIMIT 1");
    }
}
