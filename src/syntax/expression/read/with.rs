//! WITH: common table expressions.

use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Keyword, TokenKind};

use super::super::tree::*;
use super::{Reader, change, operand, query};

/// `WITH …`, if it stands here (opt_with_clause).
pub(super) fn clause(r: &mut Reader) -> Parse<Option<With>> {
    if !r.took(Keyword::With) {
        return Ok(None);
    }
    let recursive = r.at_kw(Keyword::Recursive) && r.is_column_name(r.nth(1)) && r.took(Keyword::Recursive);
    let recursion = if recursive { Recursion::Recursive } else { Recursion::No };
    Ok(Some(With { recursion, tables: r.list_of(common_table)? }))
}

/// A common table expression (common_table_expr).
fn common_table(r: &mut Reader) -> Parse<CommonTable> {
    let start = r.start();
    let name = r.column_name()?;
    let columns = if r.at(TokenKind::LeftParen) { r.column_list()? } else { Vec::new() };
    r.expect_kw(Keyword::As)?;
    let materialization = if r.took(Keyword::Materialized) {
        Materialization::Always
    } else if r.eat_kws(&[Keyword::Not, Keyword::Materialized]).is_some() {
        Materialization::Never
    } else {
        Materialization::Default
    };
    r.enter(3)?;
    r.left_paren()?;
    let statement = statement(r)?;
    r.right_paren()?;
    r.leave(3);
    let search = search(r)?;
    let cycle = cycle(r)?;
    Ok(CommonTable { span: r.since(start), name, columns, materialization, statement, search, cycle })
}

/// A query or a data change, each perhaps with a WITH of its own.
fn statement(r: &mut Reader) -> Parse<CommonTableStatement> {
    let start = r.start();
    let with = clause(r)?;
    match r.kind() {
        TokenKind::Keyword(Keyword::Insert | Keyword::Update | Keyword::Delete | Keyword::Merge) => {
            let change = change::after_with(r, with)?;
            Ok(CommonTableStatement::Change(Box::new(change)))
        }
        _ => {
            let query = query::after_with(r, start, with)?;
            Ok(CommonTableStatement::Query(Box::new(query)))
        }
    }
}

/// `SEARCH DEPTH FIRST BY a SET b`, if it stands here.
fn search(r: &mut Reader) -> Parse<Option<Search>> {
    if !r.took(Keyword::Search) {
        return Ok(None);
    }
    let order = if r.took(Keyword::Depth) {
        SearchOrder::Depth
    } else {
        r.expect_kw(Keyword::Breadth)?;
        SearchOrder::Breadth
    };
    r.expect_kws(&[Keyword::First, Keyword::By])?;
    let columns = r.list_of(Reader::column_name)?;
    r.expect_kw(Keyword::Set)?;
    Ok(Some(Search { order, columns, sequence: r.column_name()? }))
}

/// `CYCLE a SET b TO true DEFAULT false USING c`, if it stands here.
fn cycle(r: &mut Reader) -> Parse<Option<Box<Cycle>>> {
    if !r.took(Keyword::Cycle) {
        return Ok(None);
    }
    let columns = r.list_of(Reader::column_name)?;
    r.expect_kw(Keyword::Set)?;
    let mark = r.column_name()?;
    let (value, default) = if r.took(Keyword::To) {
        let value = operand::operand(r)?;
        r.expect_kw(Keyword::Default)?;
        (value, operand::operand(r)?)
    } else {
        let boolean = |value| r.node(r.start(), ExpressionKind::Constant(Constant::Boolean(value)));
        (boolean(true), boolean(false))
    };
    r.expect_kw(Keyword::Using)?;
    Ok(Some(Box::new(Cycle { columns, mark, value, default, path: r.column_name()? })))
}
