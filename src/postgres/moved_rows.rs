//! Rows that an INSERT takes out of other tables: `WITH moved AS (DELETE FROM a … RETURNING *) INSERT INTO b SELECT … FROM moved`.
//!
//! A second run finds none of them, so it inserts none (PostgreSQL 15, 7.8.4 “Data-Modifying Statements in WITH”: a main query sees what its
//! deletions return, and nothing else of what they do). That holds only if the query gives no row where nothing is deleted: an aggregate
//! without GROUP BY gives one all the same, and so does the other side of an outer join. Invariant: what the tokens leave open counts as
//! moved, so that nobody is told of rows that would not come.

use std::collections::BTreeSet;

use crate::syntax::lexer::{Keyword, Token, TokenKind};
use crate::syntax::tree::{Ident, Insert, InsertSource};
use crate::text::Span;

/// The tables from which `insert`, whose tokens are `tokens`, takes the rows that it inserts; none if rows may come from elsewhere.
pub fn moved_from(text: &str, insert: &Insert, tokens: &[Token]) -> BTreeSet<String> {
    let (Some(with), InsertSource::Query(query)) = (insert.with, insert.source) else { return BTreeSet::new() };
    let mut moved = Moved { text, names: BTreeSet::new(), tables: BTreeSet::new() };
    moved.with_clause(within(tokens, with));
    let query = within(tokens, query.span);
    if moved.gives_none(query) { moved.tables } else { BTreeSet::new() }
}

fn within(tokens: &[Token], span: Span) -> &[Token] {
    let from = tokens.partition_point(|token| token.span.start < span.start);
    let to = tokens.partition_point(|token| token.span.start < span.end);
    &tokens[from..to.max(from)]
}

struct Moved<'t> {
    text: &'t str,
    /// The common table expressions that are empty where nothing is deleted.
    names: BTreeSet<String>,
    /// The tables that lose rows.
    tables: BTreeSet<String>,
}

impl Moved<'_> {
    fn with_clause(&mut self, tokens: &[Token]) {
        let expressions = split(tokens, |token| token.kind == TokenKind::Comma);
        for expression in expressions {
            let start = expression.iter().position(|token| !is(token, &[Keyword::With, Keyword::Recursive])).unwrap_or(0);
            let expression = &expression[start..];
            let Some(behind) = depths(expression).position(|(token, depth)| depth == 0 && is(token, &[Keyword::As])) else { continue };
            let Some(open) = expression[behind..].iter().position(|token| token.kind == TokenKind::LeftParen) else { continue };
            let body = parenthesised(&expression[behind + open..]);
            if self.is_moved(body) {
                self.names.insert(self.word(&expression[0]));
            }
        }
    }

    /// Whether a common table expression is empty where nothing is deleted.
    fn is_moved(&mut self, body: &[Token]) -> bool {
        match body.first().map(|token| token.kind) {
            Some(TokenKind::Keyword(Keyword::Delete)) => {
                let name = body.iter().skip(2).skip_while(|token| is(token, &[Keyword::Only]));
                let parts: Vec<&Token> = name.take_while(|token| is_word(token) || token.kind == TokenKind::Dot).collect();
                let end = parts.windows(2).position(|pair| is_word(pair[0]) && is_word(pair[1])).unwrap_or(parts.len().saturating_sub(1));
                self.tables.extend(parts.get(end).map(|token| self.word(token)));
                true
            }
            Some(TokenKind::Keyword(Keyword::Insert)) => {
                let query = depths(body).position(|(token, depth)| depth == 0 && is(token, &[Keyword::Select]));
                query.is_some_and(|at| self.gives_none(&body[at..]))
            }
            Some(TokenKind::Keyword(Keyword::Update)) => false,
            _ => self.gives_none(body),
        }
    }

    /// Whether a query gives no row where nothing is deleted.
    fn gives_none(&self, query: &[Token]) -> bool {
        split(query, |token| is(token, &[Keyword::Union])).into_iter().all(|arm| self.arm_gives_none(arm))
    }

    fn arm_gives_none(&self, arm: &[Token]) -> bool {
        let start = arm.iter().position(|token| !is(token, &[Keyword::All, Keyword::Distinct])).unwrap_or(0);
        let arm = &arm[start..];
        let at = |words: &[Keyword]| depths(arm).position(|(token, depth)| depth == 0 && is(token, words));
        if !self.mentions(arm) {
            return false;
        }
        let is_plain =
            arm.first().is_some_and(|first| is(first, &[Keyword::Select])) && at(&[Keyword::Except, Keyword::Intersect]).is_none();
        if !is_plain {
            return true;
        }
        let is_from = |(at, (token, depth)): (usize, (&Token, usize))| {
            depth == 0 && is(token, &[Keyword::From]) && !is(&arm[at.saturating_sub(1)], &[Keyword::Distinct])
        };
        let Some(from) = depths(arm).enumerate().position(is_from) else { return false };
        let (list, rest) = (&arm[1..from], &arm[from + 1..]);
        if at(&[Keyword::Group]).is_none() && self.has_aggregate(list) {
            return false;
        }
        let end = depths(rest).position(|(token, depth)| depth == 0 && is(token, &CLAUSES)).unwrap_or(rest.len());
        let (items, clauses) = rest.split_at(end);
        let is_asked = depths(clauses).any(|(token, depth)| depth > 0 && self.is_moved_name(token));
        is_asked || split(items, |token| token.kind == TokenKind::Comma).into_iter().any(|item| self.item_gives_none(item))
    }

    /// Whether a relation in FROM, with its joins from left to right, gives no row where nothing is deleted.
    fn item_gives_none(&self, item: &[Token]) -> bool {
        let mut none = None;
        let mut kind = Keyword::Inner;
        for part in split(item, |token| is(token, &[Keyword::Join])) {
            let own = self.mentions(part);
            none = Some(match (none, kind) {
                (None, _) | (_, Keyword::Right) => own,
                (Some(before), Keyword::Left) => before,
                (Some(before), Keyword::Full) => before && own,
                (Some(before), _) => before || own,
            });
            let words = part.iter().rev().filter(|token| !is(token, &[Keyword::Outer]));
            kind = match words.map(|token| token.kind).next() {
                Some(TokenKind::Keyword(word @ (Keyword::Left | Keyword::Right | Keyword::Full))) => word,
                _ => Keyword::Inner,
            };
        }
        none.unwrap_or(false)
    }

    /// Whether a list of columns calls a known aggregate, which gives a row where there is none, outside of queries of its own.
    fn has_aggregate(&self, list: &[Token]) -> bool {
        let mut at = 0;
        while at < list.len() {
            let is_call = list.get(at + 1).is_some_and(|next| next.kind == TokenKind::LeftParen);
            if list[at].kind == TokenKind::LeftParen && list.get(at + 1).is_some_and(|next| is(next, &[Keyword::Select, Keyword::With])) {
                at += parenthesised(&list[at..]).len() + 2;
                continue;
            }
            if is_call && is_word(&list[at]) && AGGREGATES.contains(&self.word(&list[at]).as_str()) {
                let behind = at + parenthesised(&list[at + 1..]).len() + 3;
                if !list.get(behind).is_some_and(|next| is(next, &[Keyword::Over, Keyword::Filter])) {
                    return true;
                }
            }
            at += 1;
        }
        false
    }

    fn mentions(&self, tokens: &[Token]) -> bool {
        tokens.iter().any(|token| self.is_moved_name(token))
    }

    fn is_moved_name(&self, token: &Token) -> bool {
        is_word(token) && self.names.contains(&self.word(token))
    }

    fn word(&self, token: &Token) -> String {
        Ident { span: token.span }.value(self.text).into_owned()
    }
}

/// What may follow FROM in a SELECT.
const CLAUSES: [Keyword; 9] = [
    Keyword::Where,
    Keyword::Group,
    Keyword::Having,
    Keyword::Window,
    Keyword::Order,
    Keyword::Limit,
    Keyword::Offset,
    Keyword::Fetch,
    Keyword::For,
];

/// PostgreSQL 15, 9.21 “Aggregate Functions”.
const AGGREGATES: [&str; 16] = [
    "array_agg",
    "avg",
    "bit_and",
    "bit_or",
    "bool_and",
    "bool_or",
    "count",
    "every",
    "json_agg",
    "json_object_agg",
    "jsonb_agg",
    "jsonb_object_agg",
    "max",
    "min",
    "string_agg",
    "sum",
];

fn is(token: &Token, words: &[Keyword]) -> bool {
    matches!(token.kind, TokenKind::Keyword(keyword) if words.contains(&keyword))
}

fn is_word(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Keyword(_))
}

/// Each token with how many parentheses are open around it; one of its own counts for neither.
fn depths(tokens: &[Token]) -> impl Iterator<Item = (&Token, usize)> {
    tokens.iter().scan(0_usize, |depth, token| {
        if token.kind == TokenKind::RightParen {
            *depth = depth.saturating_sub(1);
        }
        let here = *depth;
        if token.kind == TokenKind::LeftParen {
            *depth += 1;
        }
        Some((token, here))
    })
}

/// The tokens between the separators that stand outside parentheses.
fn split(tokens: &[Token], is_separator: impl Fn(&Token) -> bool) -> Vec<&[Token]> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, (token, depth)) in depths(tokens).enumerate() {
        if depth == 0 && is_separator(token) {
            parts.push(&tokens[start..at]);
            start = at + 1;
        }
    }
    parts.push(&tokens[start..]);
    parts
}

/// What stands between the parenthesis at the beginning of `tokens` and the one that closes it.
fn parenthesised(tokens: &[Token]) -> &[Token] {
    let close = depths(tokens).skip(1).position(|(token, depth)| depth == 0 && token.kind == TokenKind::RightParen);
    &tokens[1..close.map_or(tokens.len(), |close| close + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Script;
    use crate::syntax::tree::Node;

    fn moved(sql: &str) -> Vec<String> {
        let script = Script::parse(sql, Span::new(0, sql.len() as u32));
        let statement = &script.statements[0];
        let Some(Node::Insert(insert)) = statement.node() else { panic!("{sql}: {:?}", statement.content) };
        moved_from(sql, insert, script.tokens_of(statement)).into_iter().collect()
    }

    #[test]
    fn rows_that_come_only_from_deleted_ones_are_moved() {
        const DELETED: &str = "WITH m AS (DELETE FROM s.a WHERE old RETURNING *)";
        for query in [
            "SELECT * FROM m",
            "SELECT DISTINCT m.i IS DISTINCT FROM 1 FROM m ORDER BY 1 LIMIT 5",
            "SELECT m.i FROM t, m",
            "SELECT m.i FROM m LEFT JOIN t USING (i)",
            "SELECT m.i FROM t RIGHT OUTER JOIN m ON left(t.i, 1) = m.i",
            "SELECT m.i FROM t JOIN m ON true LEFT JOIN u ON u.i = m.i",
            "SELECT count(*) FROM m GROUP BY i",
            "SELECT (SELECT max(i) FROM t) FROM m",
            "SELECT sum(i) OVER () FROM m",
            "SELECT i FROM m UNION ALL SELECT j FROM m",
            "(SELECT i FROM m)",
            "TABLE m",
            "SELECT i FROM (SELECT * FROM m) x",
            "SELECT i FROM t WHERE i IN (SELECT i FROM m)",
        ] {
            assert_eq!(moved(&format!("{DELETED} INSERT INTO b {query}")), ["a"], "{query}");
        }
    }

    #[test]
    fn moved_rows_may_go_through_several_expressions() {
        let sql =
            "WITH m AS (DELETE FROM ONLY a x USING t WHERE t.i = x.i RETURNING x.*), n (i) AS MATERIALIZED (DELETE FROM c RETURNING i),
                   o AS (SELECT * FROM m), p AS (INSERT INTO d SELECT * FROM o RETURNING i) INSERT INTO b SELECT i FROM p";
        assert_eq!(moved(sql), ["a", "c"]);
    }

    #[test]
    fn rows_that_come_from_elsewhere_are_not() {
        const DELETED: &str = "WITH m AS (DELETE FROM a RETURNING *), u AS (UPDATE a SET i = 1 RETURNING *), s AS (SELECT count(*) FROM m)";
        for query in [
            "SELECT * FROM t",
            "SELECT * FROM u",
            "SELECT * FROM s",
            "SELECT 1",
            "SELECT count(*) FROM m",
            "SELECT coalesce(max(i), 0) + 1 FROM m",
            "SELECT t.i FROM t LEFT JOIN m USING (i)",
            "SELECT t.i FROM m RIGHT JOIN t USING (i)",
            "SELECT t.i FROM m FULL OUTER JOIN t USING (i)",
            "SELECT i FROM m UNION SELECT i FROM t",
            "SELECT (SELECT i FROM m LIMIT 1), i FROM t",
            "VALUES (1)",
        ] {
            assert!(moved(&format!("{DELETED} INSERT INTO b {query}")).is_empty(), "{query}");
        }
        assert!(moved("INSERT INTO b SELECT * FROM a").is_empty());
    }
}
