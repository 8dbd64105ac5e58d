//! INSERT, UPDATE, DELETE and MERGE.

use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Keyword, TokenKind};

use super::super::tree::*;
use super::operator::{self, expression};
use super::{QUERY_HEIGHT, Reader, call, from, operand, query, with};

/// An INSERT of more rows than this keeps the place of its rows, and not the rows.
pub(super) const MAX_ROWS: usize = 1000;

/// A data change, perhaps with WITH.
pub(super) fn statement(r: &mut Reader) -> Parse<DataChange> {
    let with = with::clause(r)?;
    after_with(r, with)
}

/// A data change behind its WITH.
pub(super) fn after_with(r: &mut Reader, with: Option<With>) -> Parse<DataChange> {
    r.enter(4)?;
    let outer = r.begin();
    let change = match r.kind() {
        TokenKind::Keyword(Keyword::Insert) => insert(r, with).map(|change| DataChange::Insert(Box::new(change))),
        TokenKind::Keyword(Keyword::Update) => update(r, with).map(|change| DataChange::Update(Box::new(change))),
        TokenKind::Keyword(Keyword::Delete) => delete(r, with).map(|change| DataChange::Delete(Box::new(change))),
        TokenKind::Keyword(Keyword::Merge) => merge(r, with).map(|change| DataChange::Merge(Box::new(change))),
        _ => Err(r.unexpected("a data change")),
    }?;
    r.end(outer, QUERY_HEIGHT)?;
    r.leave(4);
    Ok(change)
}

/// `INSERT INTO t (a, b) … ON CONFLICT … RETURNING …`
fn insert(r: &mut Reader, with: Option<With>) -> Parse<Insert> {
    r.bump();
    r.expect_kw(Keyword::Into)?;
    let start = r.start();
    let name = r.qualified_name()?;
    let alias = if r.took(Keyword::As) { Some(r.column_name()?) } else { None };
    let target = ChangeTarget { span: r.since(start), name, inheritance: Inheritance::WithChildren, alias };
    let columns = columns(r)?;
    let overriding = overriding(r)?;
    let source = if r.eat_kws(&[Keyword::Default, Keyword::Values]).is_some() { InsertSource::Default } else { source(r)? };
    let on_conflict = if r.took(Keyword::On) { Some(on_conflict(r)?) } else { None };
    Ok(Insert { with, target, columns, overriding, source, on_conflict, returning: returning(r)? })
}

/// `(a, b)`, if it stands here and is no query.
fn columns(r: &mut Reader) -> Parse<Vec<ColumnTarget>> {
    match r.at(TokenKind::LeftParen) && !query::at_parenthesised(r) {
        true => r.paren_list_of(column),
        false => Ok(Vec::new()),
    }
}

/// The query that gives the rows.
fn source(r: &mut Reader) -> Parse<InsertSource> {
    if r.at_kw(Keyword::Values) {
        let (start, mark) = (r.start(), r.mark());
        r.bump();
        if rows(r) > MAX_ROWS {
            return Ok(InsertSource::Rows(r.since(start)));
        }
        r.rewind(mark);
    }
    query::any(r).map(|query| InsertSource::Query(Box::new(query)))
}

/// Skips rows in parentheses between commas, as long as more of them than a tree should hold follow; how many were skipped.
fn rows(r: &mut Reader) -> usize {
    let mut count = 0;
    while r.at(TokenKind::LeftParen) {
        operand::skip_parentheses(r);
        count += 1;
        if r.eat(TokenKind::Comma).is_none() {
            break;
        }
    }
    count
}

/// `ON CONFLICT …`, behind ON.
fn on_conflict(r: &mut Reader) -> Parse<OnConflict> {
    r.expect_kw(Keyword::Conflict)?;
    let target = if r.took(Keyword::On) {
        r.expect_kw(Keyword::Constraint)?;
        Some(ConflictTarget::Constraint(r.column_name()?))
    } else if r.at(TokenKind::LeftParen) {
        let keys = r.paren_list_of(conflict_key)?;
        Some(ConflictTarget::Keys(keys, query::where_clause(r)?))
    } else {
        None
    };
    r.expect_kw(Keyword::Do)?;
    let action = if r.took(Keyword::Nothing) {
        ConflictAction::Nothing
    } else {
        r.expect_kws(&[Keyword::Update, Keyword::Set])?;
        ConflictAction::Update(assignments(r)?, query::where_clause(r)?)
    };
    Ok(OnConflict { target, action })
}

/// A key (index_elem); an order or parameters of a class, which PostgreSQL accepts and then refuses here, are no key.
fn conflict_key(r: &mut Reader) -> Parse<ConflictKey> {
    let start = r.start();
    let value = if r.at(TokenKind::LeftParen) {
        r.left_paren()?;
        let value = expression(r)?;
        r.right_paren()?;
        value
    } else if r.at_column_name() && !matches!(r.nth(1), TokenKind::LeftParen | TokenKind::Dot) {
        let name = r.column_name()?;
        r.node(start, ExpressionKind::Column(vec![name]))
    } else {
        call::windowless(r)?
    };
    let collation = if r.took(Keyword::Collate) { r.qualified_name()? } else { Vec::new() };
    let class = if r.at_column_name() { r.qualified_name()? } else { Vec::new() };
    Ok(ConflictKey { value, collation, class })
}

/// `UPDATE t SET … FROM … WHERE … RETURNING …`
fn update(r: &mut Reader, with: Option<With>) -> Parse<Update> {
    r.bump();
    let target = target(r)?;
    r.expect_kw(Keyword::Set)?;
    let set = assignments(r)?;
    let from = if r.took(Keyword::From) { from::list(r)? } else { Vec::new() };
    let condition = condition(r)?;
    Ok(Update { with, target, set, from, condition, returning: returning(r)? })
}

/// `DELETE FROM t USING … WHERE … RETURNING …`
fn delete(r: &mut Reader, with: Option<With>) -> Parse<Delete> {
    r.bump();
    r.expect_kw(Keyword::From)?;
    let target = target(r)?;
    let using = if r.took(Keyword::Using) { from::list(r)? } else { Vec::new() };
    let condition = condition(r)?;
    Ok(Delete { with, target, using, condition, returning: returning(r)? })
}

/// `MERGE INTO t USING s ON … WHEN … THEN …`
fn merge(r: &mut Reader, with: Option<With>) -> Parse<Merge> {
    r.bump();
    r.expect_kw(Keyword::Into)?;
    let target = target(r)?;
    r.expect_kw(Keyword::Using)?;
    let source = from::table(r)?;
    r.expect_kw(Keyword::On)?;
    let condition = expression(r)?;
    let mut whens = Vec::new();
    while r.took(Keyword::When) {
        whens.push(when(r)?);
    }
    Ok(Merge { with, target, source, condition, whens, returning: returning(r)? })
}

/// `WHEN [NOT] MATCHED … AND … THEN …`, behind WHEN.
fn when(r: &mut Reader) -> Parse<MergeWhen> {
    let not = r.took(Keyword::Not);
    r.expect_kw(Keyword::Matched)?;
    let rows = match not {
        false => MergeRows::Matched,
        true if r.took(Keyword::By) => match r.took(Keyword::Source) {
            true => MergeRows::NotMatchedBySource,
            false => {
                r.expect_kw(Keyword::Target)?;
                MergeRows::NotMatchedByTarget
            }
        },
        true => MergeRows::NotMatchedByTarget,
    };
    let condition = if r.took(Keyword::And) { Some(expression(r)?) } else { None };
    r.expect_kw(Keyword::Then)?;
    Ok(MergeWhen { rows, condition, action: action(r)? })
}

fn action(r: &mut Reader) -> Parse<MergeAction> {
    if r.took(Keyword::Delete) {
        return Ok(MergeAction::Delete);
    }
    if r.took(Keyword::Do) {
        r.expect_kw(Keyword::Nothing)?;
        return Ok(MergeAction::Nothing);
    }
    if r.took(Keyword::Update) {
        r.expect_kw(Keyword::Set)?;
        return assignments(r).map(MergeAction::Update);
    }
    r.expect_kw(Keyword::Insert)?;
    if r.eat_kws(&[Keyword::Default, Keyword::Values]).is_some() {
        return Ok(MergeAction::Insert { columns: Vec::new(), overriding: None, values: None });
    }
    let columns = if r.at(TokenKind::LeftParen) { r.paren_list_of(column)? } else { Vec::new() };
    let overriding = overriding(r)?;
    r.expect_kw(Keyword::Values)?;
    let values = Some(operator::parenthesised_expressions(r)?);
    Ok(MergeAction::Insert { columns, overriding, values })
}

/// The table that changes, with its alias (relation_expr_opt_alias).
fn target(r: &mut Reader) -> Parse<ChangeTarget> {
    let start = r.start();
    let (name, inheritance) = from::relation(r)?;
    let written = r.took(Keyword::As) || r.at_column_name() && !r.at_kw(Keyword::Set);
    let alias = if written { Some(r.column_name()?) } else { None };
    Ok(ChangeTarget { span: r.since(start), name, inheritance, alias })
}

/// `a`, `a.field`, `a[1]` (set_target, insert_column_item)
fn column(r: &mut Reader) -> Parse<ColumnTarget> {
    let start = r.start();
    let column = r.column_name()?;
    let mut parts = Vec::new();
    loop {
        match r.kind() {
            TokenKind::Dot => {
                r.bump();
                parts.push(PartOfColumn::Field(r.label()?));
            }
            TokenKind::LeftBracket => parts.push(PartOfColumn::Subscript(operand::subscript(r)?)),
            _ => return Ok(ColumnTarget { span: r.since(start), column, parts }),
        }
    }
}

/// `a = 1, (b, c) = (2, 3)` behind SET (set_clause_list)
fn assignments(r: &mut Reader) -> Parse<Vec<Assignment>> {
    r.list_of(|r| {
        let start = r.start();
        let target = match r.at(TokenKind::LeftParen) {
            true => AssignmentTarget::Many(r.paren_list_of(column)?),
            false => AssignmentTarget::One(column(r)?),
        };
        r.expect(TokenKind::Equals, "`=`")?;
        let value = expression(r)?;
        Ok(Assignment { span: r.since(start), target, value })
    })
}

/// `WHERE …`, `WHERE CURRENT OF cursor`, if it stands here.
fn condition(r: &mut Reader) -> Parse<Option<Condition>> {
    if !r.took(Keyword::Where) {
        return Ok(None);
    }
    if r.eat_kws(&[Keyword::Current, Keyword::Of]).is_some() {
        return r.column_name().map(|cursor| Some(Condition::CurrentOf(cursor)));
    }
    expression(r).map(|condition| Some(Condition::Expression(condition)))
}

/// `OVERRIDING SYSTEM VALUE`, if it stands here.
fn overriding(r: &mut Reader) -> Parse<Option<Overriding>> {
    if !r.took(Keyword::Overriding) {
        return Ok(None);
    }
    let overriding = if r.took(Keyword::System) {
        Overriding::System
    } else {
        r.expect_kw(Keyword::User)?;
        Overriding::User
    };
    r.expect_kw(Keyword::Value)?;
    Ok(Some(overriding))
}

/// `RETURNING a, b`, if it stands here (returning_clause).
fn returning(r: &mut Reader) -> Parse<Option<Returning>> {
    if !r.took(Keyword::Returning) {
        return Ok(None);
    }
    let mut returning = Returning { old: None, new: None, targets: Vec::new() };
    if r.took(Keyword::With) {
        r.paren_list_of(|r| {
            let old = r.took(Keyword::Old);
            if !old {
                r.expect_kw(Keyword::New)?;
            }
            r.expect_kw(Keyword::As)?;
            let name = Some(r.column_name()?);
            *if old { &mut returning.old } else { &mut returning.new } = name;
            Ok(())
        })?;
    }
    returning.targets = query::targets(r)?;
    Ok(Some(returning))
}
