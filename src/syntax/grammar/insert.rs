//! INSERT.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{ConflictAction, ConflictTarget, Expr, Insert, InsertSource, Node, OnConflict};

use super::data_change::{self, Head};
use super::parser::{Parse, Parser};
use super::{index, name, query};

/// `INSERT INTO t (a, b) VALUES (…) ON CONFLICT … RETURNING …` (InsertStmt).
pub(super) fn insert(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kw(Keyword::Insert)?;
    if !p.at_kw(Keyword::Into) {
        let error = p.unexpected("`INTO`");
        let ignores = p.at_kw(Keyword::Or) || p.text[p.span()].eq_ignore_ascii_case("ignore");
        return Err(if ignores { error.help("PostgreSQL says `ON CONFLICT DO NOTHING` behind the rows") } else { error });
    }
    p.bump();
    let target = name::name(p, "a table name")?;
    p.writes.push(target);
    let alias = match p.eat_kw(Keyword::As) {
        Some(_) => Some(name::column_name(p, "an alias")?),
        None => None,
    };
    let columns_at = p.since(head.start).end;
    let columns = match p.at(TokenKind::LeftParen) && !query::at_parenthesised(p) {
        true => Some(p.paren_list(data_change::column)?),
        false => None,
    };
    let overriding = data_change::overriding(p)?;
    let source = match columns.is_none() && overriding.is_none() && p.at_kw(Keyword::Default) {
        true => InsertSource::Default(p.expect_kws(&[Keyword::Default, Keyword::Values])?),
        false => source(p)?,
    };
    let on_conflict_at = p.since(head.start).end;
    let on_conflict = on_conflict(p)?;
    let returning = data_change::returning(p)?;
    Ok(Node::Insert(Box::new(Insert {
        span: p.since(head.start),
        reads: Vec::new(),
        writes: Vec::new(),
        with: head.with,
        target,
        alias,
        columns,
        columns_at,
        overriding,
        source,
        on_conflict,
        on_conflict_at,
        returning,
    })))
}

/// The query that gives the rows.
fn source(p: &mut Parser) -> Parse<InsertSource> {
    if !query::at_query(p) && !matches!(p.kind(), TokenKind::LeftParen | TokenKind::Keyword(Keyword::Values)) {
        let error = p.unexpected("`VALUES`, `SELECT` or a list of columns");
        return Err(match p.kind() {
            TokenKind::Keyword(Keyword::Set) => error.help("PostgreSQL writes `(a, b) VALUES (1, 2)`"),
            _ => error,
        });
    }
    let start = p.start();
    let body = query::any(p)?;
    let span = p.since(start);
    Ok(match body.rows {
        Some(rows) => InsertSource::Values { span, rows },
        None => InsertSource::Query(Expr { span }),
    })
}

/// `ON CONFLICT …`, if it stands here (opt_on_conflict).
fn on_conflict(p: &mut Parser) -> Parse<Option<OnConflict>> {
    let start = p.start();
    if p.eat_kw(Keyword::On).is_none() {
        return Ok(None);
    }
    if !p.at_kw(Keyword::Conflict) {
        let error = p.unexpected("`CONFLICT`");
        let duplicate = p.text[p.span()].eq_ignore_ascii_case("duplicate");
        return Err(if duplicate { error.help("PostgreSQL says `ON CONFLICT (columns) DO UPDATE SET …`") } else { error });
    }
    p.bump();
    let target = conflict_target(p)?;
    let action_start = p.start();
    p.expect_kw(Keyword::Do)?;
    let action = if p.eat_kw(Keyword::Nothing).is_some() {
        ConflictAction::Nothing(p.since(action_start))
    } else if p.eat_kw(Keyword::Update).is_some() {
        p.expect_kw(Keyword::Set)?;
        let set = data_change::assignments(p)?;
        let where_clause = query::where_clause(p)?;
        ConflictAction::Update { span: p.since(action_start), set, where_clause }
    } else {
        return Err(p.unexpected("`NOTHING` or `UPDATE`"));
    };
    Ok(Some(OnConflict { span: p.since(start), target, action }))
}

/// `(a, b) WHERE …`, `ON CONSTRAINT x`, or nothing (opt_conf_expr).
fn conflict_target(p: &mut Parser) -> Parse<Option<ConflictTarget>> {
    if p.eat_kw(Keyword::On).is_some() {
        p.expect_kw(Keyword::Constraint)?;
        return name::column_name(p, "the name of a constraint").map(|name| Some(ConflictTarget::Constraint(name)));
    }
    if !p.at(TokenKind::LeftParen) {
        return Ok(None);
    }
    let start = p.start();
    let keys = p.paren_list(index::key)?;
    let span = p.since(start);
    let where_clause = query::where_clause(p)?;
    Ok(Some(ConflictTarget::Columns { span, keys, where_clause }))
}

#[cfg(test)]
mod tests {
    use crate::syntax::grammar::testing;
    use crate::syntax::tree::{ConflictAction, ConflictTarget, Insert, InsertSource, Node, Overriding};

    fn insert(text: &str) -> Insert {
        match testing::node(text) {
            Node::Insert(insert) => *insert,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn rows_are_counted() {
        let text = "INSERT INTO t (a, b.c, d[1]) OVERRIDING SYSTEM VALUE VALUES (1, 2, 3), (4, DEFAULT, 6) RETURNING a";
        let found = insert(text);
        let columns: Vec<_> = found.columns.iter().flatten().map(|column| column.column.value(text)).collect();
        assert_eq!(columns, ["a", "b", "d"]);
        assert!(matches!(found.source, InsertSource::Values { rows: 2, span } if text[span].starts_with("VALUES (1")));
        assert!(matches!(found.overriding, Some(Overriding::System(_))));
        assert_eq!(found.returning.map(|span| &text[span]), Some("RETURNING a"));
        assert_eq!(&text[..found.on_conflict_at as usize], text.trim_end_matches(" RETURNING a"));
    }

    #[test]
    fn rows_may_come_from_a_query_or_from_nowhere() {
        assert!(matches!(insert("INSERT INTO t (SELECT 1)").source, InsertSource::Query(_)));
        assert!(matches!(insert("INSERT INTO t (a) ((VALUES (1)) UNION SELECT 2)").source, InsertSource::Query(_)));
        assert!(matches!(insert("INSERT INTO t (VALUES (1))").source, InsertSource::Values { rows: 1, .. }));
        assert!(matches!(insert("INSERT INTO t DEFAULT VALUES").source, InsertSource::Default(_)));
    }

    #[test]
    fn a_conflict_clause_says_what_conflicts_and_what_happens() {
        let text = "INSERT INTO t VALUES (1) ON CONFLICT (lower(a), b COLLATE c) WHERE d DO UPDATE SET (b, e) = (1, 2), f = 3 WHERE g";
        let conflict = insert(text).on_conflict.expect("it is written");
        assert!(matches!(conflict.target, Some(ConflictTarget::Columns { keys, where_clause: Some(_), .. }) if keys.len() == 2));
        let ConflictAction::Update { set, where_clause, .. } = conflict.action else { panic!("{text}") };
        assert_eq!(set.iter().map(|set| set.target.column.value(text)).collect::<Vec<_>>(), ["b", "e", "f"]);
        assert_eq!(where_clause.map(|clause| &text[clause.span]), Some("WHERE g"));
        let text = "INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT k DO NOTHING";
        let conflict = insert(text).on_conflict.expect("it is written");
        assert!(matches!(conflict.target, Some(ConflictTarget::Constraint(name)) if name.is(text, "k")));
        assert!(matches!(conflict.action, ConflictAction::Nothing(_)));
    }

    #[test]
    fn habits_of_other_databases_get_advice() {
        for text in ["INSERT IGNORE INTO t VALUES (1)", "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1", "INSERT INTO t SET a = 1"]
        {
            assert!(testing::error(text).help.is_some(), "{text}");
        }
    }
}
