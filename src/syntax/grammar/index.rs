//! Indexes, and the keys that they share with exclusion constraints, conflict targets and partitioned tables.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Clause, CreateIndex, Direction, IndexKey, KeySubject, Node, NullsOrder, OperatorClassUse};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{column, constraint, expression, function_call, name, settings, storage};

/// `CREATE INDEX` (IndexStmt).
pub(super) fn create_index(p: &mut Parser, head: Head) -> Parse<Node> {
    let unique = p.eat_kw(Keyword::Unique);
    p.expect_kw(Keyword::Index)?;
    let concurrently_at = p.start();
    let concurrently = p.eat_kw(Keyword::Concurrently);
    let guard = name::if_not_exists(p);
    if guard.is_written() && p.at_kw(Keyword::Concurrently) {
        return Err(p.unexpected("an index name").help("`CONCURRENTLY` stands before `IF NOT EXISTS`"));
    }
    if guard.is_written() && p.at_kw(Keyword::On) {
        return Err(p.unexpected("an index name").help("`IF NOT EXISTS` needs the name of the index"));
    }
    let name = if p.at_kw(Keyword::On) { None } else { Some(name::column_name(p, "an index name or `ON`")?) };
    if p.at(TokenKind::Dot) {
        return Err(p.unexpected("`ON`").help("an index lives in the schema of its table, so that its name takes no schema"));
    }
    if p.at_kw(Keyword::Concurrently) {
        return Err(p.unexpected("`ON`").help("`CONCURRENTLY` stands before the name of the index"));
    }
    p.expect_kw(Keyword::On)?;
    let table = name::relation(p)?;
    let method = storage::method(p)?;
    let keys = p.paren_list(key)?;
    let include = p.clause(&[Keyword::Include], |p| p.paren_list(key))?;
    let nulls = constraint::nulls(p);
    let parameters = storage::parameters(p)?;
    let tablespace = storage::tablespace(p)?;
    let predicate = p.clause(&[Keyword::Where], expression::expression)?;
    let span = p.since(head.start);
    Ok(Node::CreateIndex(Box::new(CreateIndex {
        span,
        unique,
        concurrently,
        concurrently_at,
        guard,
        name,
        table,
        method,
        keys,
        include,
        nulls,
        parameters,
        tablespace,
        predicate,
    })))
}

/// One key (index_elem).
pub(super) fn key(p: &mut Parser) -> Parse<IndexKey> {
    let start = p.start();
    let subject = subject(p)?;
    let collation = column::collation(p)?;
    let class = operator_class(p)?;
    let direction = direction(p);
    let nulls = nulls_order(p);
    Ok(IndexKey { span: p.since(start), subject, collation, class, direction, nulls })
}

/// A column, a function call, or an expression in parentheses.
pub(super) fn subject(p: &mut Parser) -> Parse<KeySubject> {
    if p.at(TokenKind::LeftParen) {
        return constraint::parenthesized(p).map(KeySubject::Expression);
    }
    if p.at_column_name() && !matches!(p.nth(1), TokenKind::LeftParen | TokenKind::Dot) {
        return name::column_name(p, "a column name").map(KeySubject::Column);
    }
    function_call::windowless_call(p).map(KeySubject::Call)
}

/// `ASC`, `DESC` or nothing (opt_asc_desc).
fn direction(p: &mut Parser) -> Option<Clause<Direction>> {
    let value = match p.kind() {
        TokenKind::Keyword(Keyword::Asc) => Direction::Ascending,
        TokenKind::Keyword(Keyword::Desc) => Direction::Descending,
        _ => return None,
    };
    Some(Clause { span: p.bump(), value })
}

/// `NULLS FIRST`, `NULLS LAST` or nothing (opt_nulls_order).
fn nulls_order(p: &mut Parser) -> Option<Clause<NullsOrder>> {
    let (span, value) = match p.eat_kws(&[Keyword::Nulls, Keyword::First]) {
        Some(span) => (span, NullsOrder::First),
        None => (p.eat_kws(&[Keyword::Nulls, Keyword::Last])?, NullsOrder::Last),
    };
    Some(Clause { span, value })
}

/// `gist_trgm_ops (siglen = 32)`, or nothing.
fn operator_class(p: &mut Parser) -> Parse<Option<OperatorClassUse>> {
    if !p.at_column_name() {
        return Ok(None);
    }
    let name = name::name(p, "an operator class")?;
    let start = p.start();
    let parameters = if p.at(TokenKind::LeftParen) {
        let value = settings::storage_parameters(p)?;
        let span = p.since(start);
        p.need(13, span, "parameters of an operator class");
        Some(Clause { span, value })
    } else {
        None
    };
    Ok(Some(OperatorClassUse { name, parameters }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn a_key_is_a_column_only_without_parentheses() {
        let text = "CREATE INDEX ON t (a text_ops DESC NULLS LAST, lower(b), (c), d NULLS FIRST) INCLUDE (e) WHERE a > 0";
        let Node::CreateIndex(index) = node(text) else { panic!("no index") };
        let subjects: Vec<_> = index.keys.iter().map(|key| key.subject).collect();
        assert!(matches!(
            subjects.as_slice(),
            [KeySubject::Column(_), KeySubject::Call(_), KeySubject::Expression(_), KeySubject::Column(_)]
        ));
        assert!(index.keys[0].class.is_some());
        assert!(index.keys[3].class.is_none(), "NULLS is no operator class here");
        assert_eq!(index.keys[0].direction.map(|clause| clause.value), Some(Direction::Descending));
        assert_eq!(index.name, None);
        assert_eq!(index.predicate.map(|clause| &text[clause.span]), Some("WHERE a > 0"));
    }
}
