//! WITH: common table expressions, and which names mean one of them.
//!
//! Relations are noted as they are read, whatever they mean; when the statement with the WITH ends, those that mean one of its
//! expressions are taken out again. So no scopes are kept while reading, and names that come later in a WITH RECURSIVE are no problem.

use std::collections::HashSet;

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::Ident;
use crate::text::Span;

use super::data_change;
use super::name;
use super::operand;
use super::parser::{Parse, Parser};

/// A WITH clause, for [`With::resolve`].
pub(super) struct With {
    /// All of it.
    pub(super) span: Span,
    /// The names, each with how many relations had been noted when it became visible.
    names: Vec<(Ident, usize)>,
}

/// `WITH …`, if it stands here (opt_with_clause).
pub(super) fn with_clause(p: &mut Parser) -> Parse<Option<With>> {
    let start = p.start();
    if p.eat_kw(Keyword::With).is_none() {
        return Ok(None);
    }
    // No reserved word: what is called so needs no other name behind it.
    let recursive = p.is_column_name(p.nth(1)) && p.eat_kw(Keyword::Recursive).is_some();
    let noted = p.reads.len();
    let mut names = Vec::new();
    loop {
        let name = name::column_name(p, "a name for the common table expression")?;
        common_table(p)?;
        names.push((name, if recursive { noted } else { p.reads.len() }));
        if p.eat(TokenKind::Comma).is_none() {
            break;
        }
    }
    Ok(Some(With { span: p.since(start), names }))
}

impl With {
    /// Takes out of what was read since the clause the names that mean its common table expressions.
    pub(super) fn resolve(self, p: &mut Parser) {
        let text = p.text;
        let mut coming = self.names.into_iter().peekable();
        let mut visible = HashSet::new();
        let mut at = coming.peek().map_or(p.reads.len(), |first| first.1);
        let mut kept = at;
        while at < p.reads.len() {
            while let Some((name, _)) = coming.next_if(|next| next.1 <= at) {
                visible.insert(name.value(text));
            }
            let read = p.reads[at];
            if read.schema.is_some() || !visible.contains(&read.object.value(text)) {
                p.reads[kept] = read;
                kept += 1;
            }
            at += 1;
        }
        p.reads.truncate(kept);
    }
}

/// A common table expression behind its name (common_table_expr).
fn common_table(p: &mut Parser) -> Parse<()> {
    if p.at(TokenKind::LeftParen) {
        name::column_list(p)?;
    }
    p.expect_kw(Keyword::As)?;
    if p.eat_kw(Keyword::Materialized).is_none() {
        p.eat_kws(&[Keyword::Not, Keyword::Materialized]);
    }
    p.nested(|p| {
        p.left_paren()?;
        data_change::inner(p)?;
        p.right_paren()
    })?;
    search(p)?;
    cycle(p)
}

/// `SEARCH DEPTH FIRST BY a SET b`, if it stands here (opt_search_clause).
fn search(p: &mut Parser) -> Parse<()> {
    let Some(word) = p.eat_kw(Keyword::Search) else {
        return Ok(());
    };
    p.need(14, word, "`SEARCH`");
    if p.eat_kw(Keyword::Depth).is_none() && p.eat_kw(Keyword::Breadth).is_none() {
        return Err(p.unexpected("`DEPTH` or `BREADTH`"));
    }
    p.expect_kws(&[Keyword::First, Keyword::By])?;
    p.list(|p| name::column_name(p, "a column name"))?;
    p.expect_kw(Keyword::Set)?;
    name::column_name(p, "a column name").map(drop)
}

/// `CYCLE a SET b TO true DEFAULT false USING c`, if it stands here (opt_cycle_clause).
fn cycle(p: &mut Parser) -> Parse<()> {
    let Some(word) = p.eat_kw(Keyword::Cycle) else {
        return Ok(());
    };
    p.need(14, word, "`CYCLE`");
    p.list(|p| name::column_name(p, "a column name"))?;
    p.expect_kw(Keyword::Set)?;
    name::column_name(p, "a column name")?;
    if p.eat_kw(Keyword::To).is_some() {
        operand::constant(p)?;
        p.expect_kw(Keyword::Default)?;
        operand::constant(p)?;
    }
    p.expect_kw(Keyword::Using)?;
    name::column_name(p, "a column name").map(drop)
}

#[cfg(test)]
mod tests {
    use crate::syntax::grammar::testing;
    use crate::syntax::tree::Node;

    /// The relations that a statement reads, and those that it writes.
    fn relations(text: &str) -> (Vec<String>, Vec<String>) {
        let (reads, writes) = match testing::node(text) {
            Node::Select(node) => (node.reads, node.writes),
            Node::Insert(node) => (node.reads, node.writes),
            Node::Update(node) => (node.reads, node.writes),
            Node::CreateView(node) => (node.query.reads, node.query.writes),
            other => panic!("{text}: {other:?}"),
        };
        let names = |names: Vec<crate::syntax::tree::Name>| names.into_iter().map(|name| name.display(text)).collect();
        (names(reads), names(writes))
    }

    fn reads(text: &str) -> Vec<String> {
        relations(text).0
    }

    #[test]
    fn relations_are_found_at_every_depth() {
        let text = "SELECT f((SELECT 1 FROM a)), CASE WHEN EXISTS (TABLE b) THEN 1 END FROM c JOIN ONLY d.e ON x IN (SELECT y FROM g), \
                    LATERAL (SELECT * FROM h) AS i, f(1) j ORDER BY (SELECT 1 FROM k)";
        assert_eq!(reads(text), ["a", "b", "c", "d.e", "g", "h", "k"]);
    }

    #[test]
    fn an_expression_of_with_is_seen_by_those_behind_it_and_by_the_statement() {
        assert_eq!(reads("WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a, c) SELECT * FROM a, b, d"), ["b", "c", "d"]);
        assert_eq!(reads("WITH \"A\" AS (SELECT 1) SELECT * FROM a, \"A\", s.\"A\""), ["a", "s.A"]);
        assert_eq!(reads("WITH A AS (SELECT 1) SELECT (SELECT 1 FROM (SELECT * FROM a) x)"), [""; 0]);
    }

    #[test]
    fn recursive_ones_are_seen_by_all() {
        assert_eq!(reads("WITH RECURSIVE a AS (SELECT * FROM b, a), b AS (SELECT * FROM c) TABLE a"), ["c"]);
        assert_eq!(reads("CREATE RECURSIVE VIEW s.v (n) AS SELECT 1 UNION SELECT n FROM v, s.v, t"), ["s.v", "t"]);
    }

    #[test]
    fn names_mean_nothing_outside_their_statement() {
        assert_eq!(reads("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) x, a"), ["a"]);
        assert_eq!(reads("WITH x AS (WITH a AS (SELECT * FROM x) SELECT * FROM a) SELECT * FROM x, a"), ["x", "a"]);
    }

    #[test]
    fn a_target_is_never_an_expression_of_with() {
        let text = "WITH t AS (DELETE FROM u USING v RETURNING *) INSERT INTO t SELECT * FROM t, u";
        assert_eq!(relations(text), (vec!["v".to_owned(), "u".to_owned()], vec!["u".to_owned(), "t".to_owned()]));
        assert_eq!(relations("UPDATE t SET a = 1 FROM t AS x").0, ["t"]);
    }
}
