//! Maintenance: VACUUM, ANALYZE, REINDEX, CLUSTER, TRUNCATE, LOCK, CHECKPOINT.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    Checkpoint, Cluster, Ident, Lock, LockMode, Node, Reindex, ReindexTarget, Setting, Truncate, TruncateIdentity, Vacuum, VacuumKind,
    VacuumRelation,
};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{name, utility_options};

/// `VACUUM …` (VacuumStmt).
pub(super) fn vacuum(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let options = match p.at(TokenKind::LeftParen) {
        true => utility_options::listed(p)?,
        false => {
            let mut options = Vec::new();
            for keyword in [Keyword::Full, Keyword::Freeze, Keyword::Verbose] {
                options.extend(p.eat_kw(keyword).map(utility_options::bare));
            }
            options.extend(utility_options::analyze(p).map(utility_options::bare));
            options
        }
    };
    vacuum_node(p, start, VacuumKind::Vacuum, options)
}

/// `ANALYZE …` (AnalyzeStmt).
pub(super) fn analyze(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let options = match p.at(TokenKind::LeftParen) {
        true => utility_options::listed(p)?,
        false => p.eat_kw(Keyword::Verbose).map(utility_options::bare).into_iter().collect(),
    };
    if p.at_kw(Keyword::Table) {
        return Err(p.unexpected("a table name").help("`ANALYZE` takes the table's name without `TABLE`"));
    }
    vacuum_node(p, start, VacuumKind::Analyze, options)
}

fn vacuum_node(p: &mut Parser, start: u32, kind: VacuumKind, options: Vec<Setting>) -> Parse<Node> {
    let relations = match p.at_statement_end() {
        true => Vec::new(),
        false => p.list(vacuum_relation)?,
    };
    Ok(Node::Vacuum(Box::new(Vacuum { span: p.since(start), kind, options, relations })))
}

/// A table and perhaps its columns (vacuum_relation); `ONLY` and `*` are new in PostgreSQL 18.
fn vacuum_relation(p: &mut Parser) -> Parse<VacuumRelation> {
    let relation = name::relation(p)?;
    let name_end = relation.name.span().end;
    let star = Span::new(name_end, p.since(name_end).end);
    if let Some(only) = relation.only {
        p.need(18, only, "`ONLY` in `VACUUM` and `ANALYZE`");
    } else if !star.is_empty() {
        p.need(18, star, "`*` in `VACUUM` and `ANALYZE`");
    }
    let columns = if p.at(TokenKind::LeftParen) { name::column_list(p)? } else { Vec::new() };
    Ok(VacuumRelation { relation, columns })
}

/// `REINDEX …` (ReindexStmt).
pub(super) fn reindex(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    let options = if p.at(TokenKind::LeftParen) { utility_options::listed(p)? } else { Vec::new() };
    if let Some(option) = options.iter().find(|option| option.value.is_some() || !p.text[option.span].eq_ignore_ascii_case("verbose")) {
        p.need(14, option.span, "an option of `REINDEX` other than `VERBOSE` alone");
    }
    let TokenKind::Keyword(kind @ (Keyword::Index | Keyword::Table | Keyword::Schema | Keyword::System | Keyword::Database)) = p.kind()
    else {
        return Err(p.unexpected("`INDEX`, `TABLE`, `SCHEMA`, `DATABASE` or `SYSTEM`"));
    };
    p.bump();
    let concurrently = p.eat_kw(Keyword::Concurrently);
    let target = match kind {
        Keyword::Index => ReindexTarget::Index(name::name(p, "the name of an index")?),
        Keyword::Table => ReindexTarget::Table(name::name(p, "a table name")?),
        Keyword::Schema => ReindexTarget::Schema(name::column_name(p, "the name of a schema")?),
        Keyword::System => ReindexTarget::System(database_name(p)?),
        _ => ReindexTarget::Database(database_name(p)?),
    };
    Ok(Node::Reindex(Box::new(Reindex { span: p.since(start), options, target, concurrently })))
}

fn database_name(p: &mut Parser) -> Parse<Option<Ident>> {
    if p.at_statement_end() {
        let place = p.span();
        p.need(16, place, "`REINDEX DATABASE` or `SYSTEM` without a name");
        return Ok(None);
    }
    name::column_name(p, "the name of a database").map(Some)
}

/// `CLUSTER …` (ClusterStmt).
pub(super) fn cluster(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    if p.at(TokenKind::LeftParen) {
        let options = utility_options::listed(p)?;
        let span = p.since(start);
        if p.at_statement_end() {
            p.need(17, span, "`CLUSTER` with options and without a table");
            return Ok(Node::Cluster(Box::new(Cluster { span, options, table: None, index: None })));
        }
        p.need(14, span, "`CLUSTER` with options in parentheses");
        let table = name::name(p, "a table name")?;
        let index = cluster_index(p)?;
        return Ok(Node::Cluster(Box::new(Cluster { span: p.since(start), options, table: Some(table), index })));
    }
    let options = p.eat_kw(Keyword::Verbose).map(utility_options::bare).into_iter().collect();
    let (table, index) = if p.at_statement_end() {
        (None, None)
    } else if p.nth(1) == TokenKind::Keyword(Keyword::On) {
        let index = name::column_name(p, "the name of an index")?;
        p.bump();
        (Some(name::name(p, "a table name")?), Some(index))
    } else {
        (Some(name::name(p, "a table name")?), cluster_index(p)?)
    };
    Ok(Node::Cluster(Box::new(Cluster { span: p.since(start), options, table, index })))
}

fn cluster_index(p: &mut Parser) -> Parse<Option<Ident>> {
    p.eat_kw(Keyword::Using).map(|_| name::column_name(p, "the name of an index")).transpose()
}

/// `TRUNCATE …` (TruncateStmt).
pub(super) fn truncate(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    p.eat_kw(Keyword::Table);
    let relations = p.list(name::relation)?;
    let identity = if let Some(span) = p.eat_kws(&[Keyword::Restart, Keyword::Identity]) {
        Some(TruncateIdentity::Restart(span))
    } else {
        p.eat_kws(&[Keyword::Continue, Keyword::Identity]).map(TruncateIdentity::Continue)
    };
    let behavior = name::behavior(p);
    Ok(Node::Truncate(Box::new(Truncate { span: p.since(start), relations, identity, behavior })))
}

/// `LOCK …` (LockStmt).
pub(super) fn lock(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    p.bump();
    p.eat_kw(Keyword::Table);
    let relations = p.list(name::relation)?;
    let mode = match p.eat_kw(Keyword::In) {
        Some(_) => {
            let mode = lock_mode(p)?;
            p.expect_kw(Keyword::Mode)?;
            Some(mode)
        }
        None => None,
    };
    let nowait = p.eat_kw(Keyword::Nowait);
    Ok(Node::Lock(Box::new(Lock { span: p.since(start), relations, mode, nowait })))
}

/// The name of a lock (lock_type).
fn lock_mode(p: &mut Parser) -> Parse<LockMode> {
    type Named = (&'static [Keyword], fn(Span) -> LockMode);
    const MODES: [Named; 8] = [
        (&[Keyword::Access, Keyword::Share], LockMode::AccessShare),
        (&[Keyword::Access, Keyword::Exclusive], LockMode::AccessExclusive),
        (&[Keyword::Row, Keyword::Share], LockMode::RowShare),
        (&[Keyword::Row, Keyword::Exclusive], LockMode::RowExclusive),
        (&[Keyword::Share, Keyword::Update, Keyword::Exclusive], LockMode::ShareUpdateExclusive),
        (&[Keyword::Share, Keyword::Row, Keyword::Exclusive], LockMode::ShareRowExclusive),
        (&[Keyword::Share], LockMode::Share),
        (&[Keyword::Exclusive], LockMode::Exclusive),
    ];
    let found = MODES.iter().find_map(|(words, mode)| p.eat_kws(words).map(mode));
    found.ok_or_else(|| p.unexpected("a lock mode, such as `SHARE ROW EXCLUSIVE`"))
}

/// `CHECKPOINT`.
pub(super) fn checkpoint(p: &mut Parser) -> Parse<Node> {
    Ok(Node::Checkpoint(Box::new(Checkpoint { span: p.bump() })))
}

#[cfg(test)]
mod tests {
    use super::super::testing::node;
    use super::*;

    #[test]
    fn vacuum_has_options_of_both_styles_and_columns() {
        let text = "VACUUM FULL ANALYSE a (b, c), ONLY d";
        let Node::Vacuum(vacuum) = node(text) else { panic!("no VACUUM") };
        assert_eq!(vacuum.options.iter().map(|option| option.name.text(text)).collect::<Vec<_>>(), ["FULL", "ANALYSE"]);
        assert_eq!(vacuum.relations[0].columns.len(), 2);
        assert!(vacuum.relations[1].relation.only.is_some());
        let Node::Vacuum(vacuum) = node("ANALYZE (VERBOSE off)") else { panic!("no ANALYZE") };
        assert_eq!((vacuum.kind, vacuum.relations.len()), (VacuumKind::Analyze, 0));
        assert!(vacuum.options[0].value.is_some());
    }

    #[test]
    fn cluster_in_each_of_its_forms() {
        for (text, table, index) in [
            ("CLUSTER", None, None),
            ("CLUSTER VERBOSE a.b", Some("a.b"), None),
            ("CLUSTER (VERBOSE) a USING c", Some("a"), Some("c")),
            ("CLUSTER c ON a", Some("a"), Some("c")),
        ] {
            let Node::Cluster(cluster) = node(text) else { panic!("no CLUSTER") };
            assert_eq!(cluster.table.map(|name| name.display(text)).as_deref(), table, "{text}");
            assert_eq!(cluster.index.map(|name| name.text(text)), index, "{text}");
        }
    }

    #[test]
    fn locks_have_a_mode() {
        let mode = |text: &str| match node(text) {
            Node::Lock(lock) => (lock.mode, lock.nowait.is_some()),
            other => panic!("{other:?}"),
        };
        assert!(matches!(mode("LOCK TABLE a IN SHARE ROW EXCLUSIVE MODE NOWAIT"), (Some(LockMode::ShareRowExclusive(_)), true)));
        assert!(matches!(mode("LOCK a IN SHARE MODE"), (Some(LockMode::Share(_)), false)));
        assert_eq!(mode("LOCK a, ONLY b"), (None, false));
    }

    #[test]
    fn reindex_says_what_and_how() {
        let Node::Reindex(reindex) = node("REINDEX (VERBOSE) INDEX CONCURRENTLY a.b") else { panic!("no REINDEX") };
        assert!(matches!(reindex.target, ReindexTarget::Index(_)));
        assert!(reindex.concurrently.is_some());
    }
}
