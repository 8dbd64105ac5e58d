//! CREATE STATISTICS and ALTER STATISTICS.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    AlterStatistics, Clause, CreateStatistics, Guard, KeySubject, Node, Relation, StatisticsSource, StatisticsTarget,
};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{from_clause, index, name};

/// `CREATE STATISTICS`.
pub(super) fn create_statistics(p: &mut Parser, head: Head) -> Parse<Node> {
    let statistics = p.bump();
    let guard = name::if_not_exists(p);
    let unnamed = p.at_kw(Keyword::On) || p.at(TokenKind::LeftParen);
    let name = match guard {
        Guard::Absent(_) if unnamed => {
            p.need(16, statistics, "`CREATE STATISTICS` without a name");
            None
        }
        _ => Some(name::name(p, "the name of the statistics")?),
    };
    let kinds = if p.at(TokenKind::LeftParen) { p.paren_list(|p| name::column_name(p, "a kind of statistics"))? } else { Vec::new() };
    p.expect_kw(Keyword::On)?;
    let keys = p.list(key)?;
    p.expect_kw(Keyword::From)?;
    let from = p.list(source)?;
    Ok(Node::CreateStatistics(Box::new(CreateStatistics { span: p.since(head.start), guard, name, kinds, keys, from })))
}

/// `ALTER STATISTICS … SET STATISTICS`.
pub(super) fn alter_statistics(p: &mut Parser, start: u32) -> Parse<Node> {
    p.bump();
    let guard = name::if_exists(p);
    let name = name::name(p, "the name of the statistics")?;
    let set = p.expect_kws(&[Keyword::Set, Keyword::Statistics])?;
    p.need(13, set, "`ALTER STATISTICS … SET STATISTICS`");
    let value = target(p)?;
    let target = Clause { span: p.since(set.start), value };
    Ok(Node::AlterStatistics(Box::new(AlterStatistics { span: p.since(start), guard, name, target })))
}

/// What follows SET STATISTICS (set_statistics_value).
fn target(p: &mut Parser) -> Parse<StatisticsTarget> {
    if let Some(span) = p.eat_kw(Keyword::Default) {
        p.need(17, span, "`SET STATISTICS DEFAULT`");
        return Ok(StatisticsTarget::Default(span));
    }
    name::signed_integer(p, "a number or `DEFAULT`").map(StatisticsTarget::Value)
}

/// What statistics are about (stats_param).
fn key(p: &mut Parser) -> Parse<KeySubject> {
    let start = p.start();
    let subject = index::subject(p)?;
    // Versions 12 and 13 read it, and refuse it when they run the statement.
    if !matches!(subject, KeySubject::Column(_)) {
        p.need(14, p.since(start), "an expression in `CREATE STATISTICS`");
    }
    Ok(subject)
}

/// An item of the FROM clause (table_ref).
fn source(p: &mut Parser) -> Parse<StatisticsSource> {
    let (before, start) = (p.mark(), p.start());
    if let Some(table) = table(p) {
        return Ok(StatisticsSource::Table(table));
    }
    p.rewind(before);
    from_clause::table(p)?;
    Ok(StatisticsSource::Other(p.since(start)))
}

/// A table with an alias perhaps, if that is the whole item.
fn table(p: &mut Parser) -> Option<Relation> {
    let table = name::relation(p).ok()?;
    p.eat_kw(Keyword::As);
    if p.at_column_name() {
        p.bump();
    }
    (p.at_statement_end() || p.at(TokenKind::Comma)).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn statistics_are_about_columns_and_expressions_of_a_table() {
        let text = "CREATE STATISTICS s (ndistinct) ON a, lower(b), (c + 1) FROM marketing.t";
        let Node::CreateStatistics(create) = node(text) else { panic!("no CreateStatistics") };
        assert!(matches!(create.keys.as_slice(), [KeySubject::Column(_), KeySubject::Call(_), KeySubject::Expression(_)]));
        let [StatisticsSource::Table(table)] = create.from.as_slice() else { panic!("{:?}", create.from) };
        assert_eq!(table.name.display(text), "marketing.t");
    }

    #[test]
    fn statistics_need_no_name() {
        let Node::CreateStatistics(create) = node("CREATE STATISTICS ON a, b FROM t") else { panic!("no CreateStatistics") };
        assert_eq!(create.name, None);
    }
}
