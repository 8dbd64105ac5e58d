//! FROM: tables, functions, sub-queries, and joins of them.

use crate::syntax::grammar::name;
use crate::syntax::grammar::parser::Parse;
use crate::syntax::lexer::{Category, Keyword, TokenKind};

use super::super::tree::*;
use super::operator::{self, expression};
use super::{Reader, call, markup, query, special};

/// Items between commas (from_list).
pub(super) fn list(r: &mut Reader) -> Parse<Vec<FromItem>> {
    r.list_of(table)
}

/// A table, a function, a sub-query, or joins of them (table_ref).
pub(super) fn table(r: &mut Reader) -> Parse<FromItem> {
    let start = r.start();
    let outer = r.begin();
    let first = item(r)?;
    let table = joins(r, start, first)?;
    r.end(outer, 1)?;
    Ok(table)
}

/// A relation's name, perhaps with ONLY, with parentheses, or with `*` (relation_expr).
pub(super) fn relation(r: &mut Reader) -> Parse<(Vec<String>, Inheritance)> {
    let relation = name::relation(r)?;
    let inheritance = if relation.only.is_some() { Inheritance::Only } else { Inheritance::WithChildren };
    Ok((r.parts(relation.name)?, inheritance))
}

fn node(r: &Reader, start: u32, kind: FromItemKind) -> FromItem {
    FromItem { span: r.since(start), kind }
}

/// Whatever is joined to the item before.
fn joins(r: &mut Reader, start: u32, first: FromItem) -> Parse<FromItem> {
    let mut left = first;
    loop {
        let (kind, right, condition) = match r.kind() {
            TokenKind::Keyword(Keyword::Cross) => {
                r.bump();
                r.expect_kw(Keyword::Join)?;
                (JoinKind::Inner, item(r)?, JoinCondition::Cross)
            }
            TokenKind::Keyword(Keyword::Natural) => {
                r.bump();
                let kind = join_kind(r);
                r.expect_kw(Keyword::Join)?;
                (kind, item(r)?, JoinCondition::Natural)
            }
            TokenKind::Keyword(Keyword::Full | Keyword::Left | Keyword::Right | Keyword::Inner | Keyword::Join) => {
                let kind = join_kind(r);
                r.expect_kw(Keyword::Join)?;
                // Up to its own condition the right side may be joins itself: a JOIN b JOIN c ON … ON ….
                r.enter(2)?;
                let right = table(r)?;
                r.leave(2);
                (kind, right, condition(r)?)
            }
            _ => return Ok(left),
        };
        r.grow(1)?;
        left = node(r, start, FromItemKind::Join(Box::new(Join { kind, left, right, condition, alias: None })));
    }
}

/// `LEFT OUTER` and its kin, or nothing.
fn join_kind(r: &mut Reader) -> JoinKind {
    let kind = match r.kind() {
        TokenKind::Keyword(Keyword::Left) => JoinKind::Left,
        TokenKind::Keyword(Keyword::Right) => JoinKind::Right,
        TokenKind::Keyword(Keyword::Full) => JoinKind::Full,
        _ => {
            r.eat_kw(Keyword::Inner);
            return JoinKind::Inner;
        }
    };
    r.bump();
    r.eat_kw(Keyword::Outer);
    kind
}

/// `ON …`, `USING (a, b) AS x` (join_qual)
fn condition(r: &mut Reader) -> Parse<JoinCondition> {
    if r.took(Keyword::On) {
        return expression(r).map(JoinCondition::On);
    }
    r.expect_kw(Keyword::Using)?;
    let columns = r.column_list()?;
    let alias = if r.took(Keyword::As) { Some(r.column_name()?) } else { None };
    Ok(JoinCondition::Using(columns, alias))
}

/// One item, with its alias.
fn item(r: &mut Reader) -> Parse<FromItem> {
    r.count()?;
    let start = r.start();
    if r.at(TokenKind::LeftParen) {
        let inner = parenthesised(r)?;
        return finish_parenthesised(r, start, inner);
    }
    let lateral = if r.took(Keyword::Lateral) { Lateral::Yes } else { Lateral::No };
    if lateral == Lateral::Yes && r.at(TokenKind::LeftParen) {
        let query = Box::new(query::parenthesised(r)?);
        let alias = alias(r)?;
        return Ok(node(r, start, FromItemKind::Query { lateral, query, alias }));
    }
    let called = r.nth(1) == TokenKind::LeftParen;
    match r.kind() {
        TokenKind::Keyword(word @ (Keyword::Xmltable | Keyword::JsonTable)) if called => {
            let special = if word == Keyword::Xmltable { markup::xml_table(r)? } else { markup::json_table(r)? };
            let special = Box::new(special);
            let alias = alias(r)?;
            Ok(node(r, start, FromItemKind::Special { lateral, special, alias }))
        }
        TokenKind::Keyword(Keyword::Rows) if r.nth(1) == TokenKind::Keyword(Keyword::From) && r.nth(2) == TokenKind::LeftParen => {
            rows_from(r, start, lateral)
        }
        _ if lateral == Lateral::Yes || at_function(r) => {
            let calls = vec![(call::windowless(r)?, Vec::new())];
            after_function(r, start, lateral, FunctionForm::Single, calls)
        }
        _ => table_name(r, start),
    }
}

/// A relation by name; one whose name a tool fills in is unread.
fn table_name(r: &mut Reader, start: u32) -> Parse<FromItem> {
    let relation = name::relation(r)?;
    let inheritance = if relation.only.is_some() { Inheritance::Only } else { Inheritance::WithChildren };
    let name = r.parts(relation.name);
    let alias = alias(r)?;
    let sample = sample(r)?;
    let kind = match name {
        Ok(name) => FromItemKind::Relation(Box::new(RelationInFrom { name, inheritance, alias, sample })),
        Err(_) => FromItemKind::Unread,
    };
    Ok(node(r, start, kind))
}

/// What stood in parentheses.
enum Parenthesised {
    Query(Query),
    /// A join, without its alias.
    Join(FromItem),
}

/// `(query)`, `(a JOIN b ON …)`
fn parenthesised(r: &mut Reader) -> Parse<Parenthesised> {
    r.enter(2)?;
    r.left_paren()?;
    let start = r.start();
    let inner = if query::at_query(r) {
        query::any(r).map(Parenthesised::Query)?
    } else if r.at(TokenKind::LeftParen) {
        match parenthesised(r)? {
            Parenthesised::Query(first) if r.at(TokenKind::RightParen) || query::goes_on(r) => {
                query::after_first(r, start, first).map(Parenthesised::Query)?
            }
            inner => {
                let first = finish_parenthesised(r, start, inner)?;
                joins(r, start, first).map(Parenthesised::Join)?
            }
        }
    } else {
        table(r).map(Parenthesised::Join)?
    };
    r.right_paren()?;
    r.leave(2);
    Ok(inner)
}

/// What parentheses hold, with the alias behind them.
fn finish_parenthesised(r: &mut Reader, start: u32, inner: Parenthesised) -> Parse<FromItem> {
    let alias = alias(r)?;
    match inner {
        Parenthesised::Query(query) => Ok(node(r, start, FromItemKind::Query { lateral: Lateral::No, query: Box::new(query), alias })),
        Parenthesised::Join(join) => match join.kind {
            _ if alias.is_none() => Ok(join),
            FromItemKind::Join(mut join) if join.alias.is_none() => {
                join.alias = alias;
                Ok(node(r, start, FromItemKind::Join(join)))
            }
            _ => Err(r.unexpected("no alias")),
        },
    }
}

/// Whether a function's name, and not a table's, stands here.
fn at_function(r: &Reader) -> bool {
    if markup::aggregate(r).is_some() || special::without_decoration(r).is_some() {
        return true;
    }
    let mut ahead = 1;
    while r.nth(ahead) == TokenKind::Dot {
        ahead += 2;
    }
    r.nth(ahead) == TokenKind::LeftParen && r.is_name(r.kind(), |category| category != Category::Reserved)
}

/// `ROWS FROM (f(x) AS (a int), g(y)) WITH ORDINALITY`
fn rows_from(r: &mut Reader, start: u32, lateral: Lateral) -> Parse<FromItem> {
    r.bump();
    r.bump();
    let calls = r.paren_list_of(|r| {
        let call = call::windowless(r)?;
        let columns = if r.took(Keyword::As) { r.paren_list_of(column_definition)? } else { Vec::new() };
        Ok((call, columns))
    })?;
    after_function(r, start, lateral, FunctionForm::RowsFrom, calls)
}

/// WITH ORDINALITY and the alias behind a function.
fn after_function(
    r: &mut Reader,
    start: u32,
    lateral: Lateral,
    form: FunctionForm,
    calls: Vec<(Expression, Vec<ColumnDefinition>)>,
) -> Parse<FromItem> {
    let numbered = r.eat_kws(&[Keyword::With, Keyword::Ordinality]).is_some();
    let ordinality = if numbered { Ordinality::Yes } else { Ordinality::No };
    let (alias, columns) = function_alias(r)?;
    let function = FunctionInFrom { lateral, calls, form, ordinality, alias, columns };
    Ok(node(r, start, FromItemKind::Function(Box::new(function))))
}

/// `[AS] x (a, b)`, if it stands here (opt_alias_clause).
fn alias(r: &mut Reader) -> Parse<Option<Alias>> {
    if !r.took(Keyword::As) && !r.at_column_name() {
        return Ok(None);
    }
    let name = r.column_name()?;
    let columns = if r.at(TokenKind::LeftParen) { r.column_list()? } else { Vec::new() };
    Ok(Some(Alias { name, columns }))
}

/// `[AS] x (a, b)`, `[AS] x (a int, b text)`, `AS (a int)`, if it stands here (func_alias_clause).
fn function_alias(r: &mut Reader) -> Parse<(Option<Alias>, Vec<ColumnDefinition>)> {
    let written = r.took(Keyword::As);
    if written && r.at(TokenKind::LeftParen) {
        return Ok((None, r.paren_list_of(column_definition)?));
    }
    if !written && !r.at_column_name() {
        return Ok((None, Vec::new()));
    }
    let mut alias = Alias { name: r.column_name()?, columns: Vec::new() };
    let mut definitions = Vec::new();
    if r.at(TokenKind::LeftParen) {
        // A name alone is followed by a comma or the end; one with U& may have UESCAPE behind it.
        let names = matches!(r.nth(2), TokenKind::Comma | TokenKind::RightParen | TokenKind::Keyword(Keyword::Uescape));
        if names {
            alias.columns = r.column_list()?;
        } else {
            definitions = r.paren_list_of(column_definition)?;
        }
    }
    Ok((Some(alias), definitions))
}

/// `a int`, `b text COLLATE "C"` (TableFuncElement)
fn column_definition(r: &mut Reader) -> Parse<ColumnDefinition> {
    let name = r.column_name()?;
    let ty = r.type_ref()?;
    let collation = if r.took(Keyword::Collate) { r.qualified_name()? } else { Vec::new() };
    Ok(ColumnDefinition { name, ty, collation })
}

/// `TABLESAMPLE bernoulli (10) REPEATABLE (1)`, if it stands here.
fn sample(r: &mut Reader) -> Parse<Option<Sample>> {
    if !r.took(Keyword::Tablesample) {
        return Ok(None);
    }
    let method = name::routine_name(r, "a sampling method")?;
    let method = r.parts(method)?;
    let arguments = operator::parenthesised_expressions(r)?;
    let repeatable = if r.took(Keyword::Repeatable) {
        r.left_paren()?;
        let seed = expression(r)?;
        r.right_paren()?;
        Some(seed)
    } else {
        None
    };
    Ok(Some(Sample { method, arguments, repeatable }))
}
