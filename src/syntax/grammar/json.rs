//! SQL/JSON: constructors, query functions, aggregates, and JSON_TABLE.

use crate::syntax::lexer::{Keyword, TokenKind};

use super::expression::{self, Content};
use super::parser::{Parse, Parser};
use super::special_function::Production;
use super::{function_call, name, operand, ordering, type_name};

/// What reads a call of the function `keyword`, if it is one of these.
pub(super) fn function(keyword: Keyword) -> Option<Production> {
    Some(match keyword {
        Keyword::Json => parse,
        Keyword::JsonObject => object,
        Keyword::JsonArray => array,
        Keyword::JsonScalar => scalar,
        Keyword::JsonSerialize => serialize,
        Keyword::JsonQuery | Keyword::JsonValue | Keyword::JsonExists => query_function,
        Keyword::MergeAction => merge_action,
        _ => return None,
    })
}

/// What reads the aggregate call that stands here, if it is one of these (json_aggregate_func).
pub(super) fn aggregate(p: &Parser) -> Option<Production> {
    if p.nth(1) != TokenKind::LeftParen {
        return None;
    }
    match p.kind() {
        TokenKind::Keyword(Keyword::JsonObjectagg) => Some(object_aggregate),
        TokenKind::Keyword(Keyword::JsonArrayagg) => Some(array_aggregate),
        _ => None,
    }
}

/// An aggregate with FILTER and OVER.
pub(super) fn decorated_aggregate(p: &mut Parser) -> Parse<()> {
    if let Some(production) = aggregate(p) {
        production(p)?;
    }
    function_call::filter_and_over(p)
}

/// `WITH UNIQUE [KEYS]`, `WITHOUT UNIQUE [KEYS]`, if it stands here.
pub(super) fn key_uniqueness(p: &mut Parser) -> Parse<()> {
    let begins = matches!(p.kind(), TokenKind::Keyword(Keyword::With | Keyword::Without));
    if begins && !matches!(p.nth(1), TokenKind::Keyword(Keyword::Time | Keyword::Ordinality)) {
        p.bump();
        p.expect_kw(Keyword::Unique)?;
        p.eat_kw(Keyword::Keys);
    }
    Ok(())
}

/// `JSON_TABLE(x, '$' COLUMNS (…))` in FROM (json_table).
pub(super) fn table(p: &mut Parser) -> Parse<()> {
    let word = p.expect_kw(Keyword::JsonTable)?;
    p.need(17, word, "`JSON_TABLE`");
    p.left_paren()?;
    value(p, 17)?;
    p.expect(TokenKind::Comma, "`,`")?;
    let (first, constant) = (p.mark(), p.kind().is_string());
    let path = expression::expression(p)?;
    let tokens = p.mark() - first;
    if !constant || tokens > 1 && !p.text[path.span].starts_with(['u', 'U']) {
        return Err(p.error_at(path.span, "the path of `JSON_TABLE` must be a string constant"));
    }
    if p.eat_kw(Keyword::As).is_some() {
        name::column_name(p, "a name for the path")?;
    }
    passing(p)?;
    p.expect_kw(Keyword::Columns)?;
    columns(p)?;
    on_error(p)?;
    p.right_paren().map(drop)
}

/// `JSON(x WITH UNIQUE KEYS)`.
fn parse(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    value(p, 17)?;
    noted(p, 17, "`WITH UNIQUE KEYS` in `JSON`", key_uniqueness)?;
    p.right_paren().map(drop)
}

fn scalar(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    expression::expression(p)?;
    p.right_paren().map(drop)
}

fn serialize(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    value(p, 17)?;
    returning(p, 17)?;
    p.right_paren().map(drop)
}

fn merge_action(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    p.right_paren().map(drop)
}

/// `JSON_OBJECT('a': 1, 'b' VALUE 2 ABSENT ON NULL)`, or the plain arguments that the older function of that name takes.
fn object(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    let named = matches!(p.nth(1), TokenKind::Arrow | TokenKind::ColonEquals);
    if named || !matches!(p.kind(), TokenKind::RightParen | TokenKind::Keyword(Keyword::Returning)) {
        let plain = if named { function_call::argument(p).map(|_| true)? } else { !key(p)? };
        if plain {
            while p.eat(TokenKind::Comma).is_some() {
                function_call::argument(p)?;
            }
            return p.expect(TokenKind::RightParen, "`,` or `)`").map(drop);
        }
        value(p, 16)?;
        while p.eat(TokenKind::Comma).is_some() {
            key_and_value(p)?;
        }
        null_clause(p)?;
        key_uniqueness(p)?;
    }
    returning(p, 16)?;
    p.right_paren().map(drop)
}

/// A key and what ends it, `:` or VALUE; false if it is an expression that neither follows.
fn key(p: &mut Parser) -> Parse<bool> {
    if expression::at_prefix(p) {
        expression::expression(p)?;
    } else {
        let first = operand::operand(p)?;
        if let Some(word) = p.eat_kw(Keyword::Value) {
            p.need(16, word, KEYS);
            return Ok(true);
        }
        expression::after_first_operand(p, first)?;
    }
    let colon = p.span();
    let found = operand::colon(p);
    if found {
        p.need(16, colon, KEYS);
    }
    Ok(found)
}

const KEYS: &str = "a JSON object of keys and values";

fn key_and_value(p: &mut Parser) -> Parse<()> {
    match key(p)? {
        true => value(p, 16),
        false => Err(p.unexpected("`:` or `VALUE`")),
    }
}

/// `JSON_ARRAY(a, b NULL ON NULL)`, `JSON_ARRAY(SELECT …)`.
fn array(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    if !matches!(p.kind(), TokenKind::RightParen | TokenKind::Keyword(Keyword::Returning)) {
        let start = p.start();
        let query = matches!(expression::expression_or_query(p)?, Content::Query(_));
        if query {
            let span = p.since(start);
            p.need(16, span, "a JSON array of a query's rows");
        }
        format(p, 16)?;
        if !query {
            while p.eat(TokenKind::Comma).is_some() {
                value(p, 16)?;
            }
            null_clause(p)?;
        }
    }
    returning(p, 16)?;
    p.right_paren().map(drop)
}

fn object_aggregate(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    key_and_value(p)?;
    null_clause(p)?;
    key_uniqueness(p)?;
    returning(p, 16)?;
    p.right_paren().map(drop)
}

fn array_aggregate(p: &mut Parser) -> Parse<()> {
    p.bump();
    p.left_paren()?;
    value(p, 16)?;
    if p.at_kw(Keyword::Order) {
        ordering::order_by(p)?;
    }
    null_clause(p)?;
    returning(p, 16)?;
    p.right_paren().map(drop)
}

/// `JSON_QUERY`, `JSON_VALUE` and `JSON_EXISTS`, which differ in the clauses that may follow the path.
fn query_function(p: &mut Parser) -> Parse<()> {
    let name = p.kind();
    p.bump();
    p.left_paren()?;
    value(p, 17)?;
    p.expect(TokenKind::Comma, "`,`")?;
    expression::expression(p)?;
    if p.eat(TokenKind::RightParen).is_some() {
        return Ok(());
    }
    noted(p, 17, "a clause of SQL/JSON query functions", |p| {
        passing(p)?;
        if name == TokenKind::Keyword(Keyword::JsonExists) {
            return on_error(p);
        }
        returning(p, 17)?;
        if name == TokenKind::Keyword(Keyword::JsonQuery) {
            wrapper(p)?;
            quotes(p)?;
        }
        on_empty_or_error(p)
    })?;
    p.right_paren().map(drop)
}

/// Runs `clause`, and notes that version `since` is the first to read what it takes, if it takes anything.
fn noted(p: &mut Parser, since: u8, what: &'static str, clause: impl FnOnce(&mut Parser) -> Parse<()>) -> Parse<()> {
    let (first, start) = (p.mark(), p.start());
    clause(p)?;
    if p.mark() > first {
        let span = p.since(start);
        p.need(since, span, what);
    }
    Ok(())
}

/// `x FORMAT JSON` (json_value_expr), as version `since` is the first to read it here.
fn value(p: &mut Parser, since: u8) -> Parse<()> {
    expression::expression(p)?;
    format(p, since).map(drop)
}

/// `FORMAT JSON [ENCODING UTF8]`, if it stands here; whether it does.
fn format(p: &mut Parser, since: u8) -> Parse<bool> {
    let Some(words) = p.eat_kws(&[Keyword::Format, Keyword::Json]) else {
        return Ok(false);
    };
    p.need(since, words, "`FORMAT JSON`");
    if p.eat_kw(Keyword::Encoding).is_some() {
        let encoding = name::column_name(p, "an encoding")?;
        let value = encoding.value(p.text);
        if !["utf8", "utf16", "utf32"].iter().any(|known| value.eq_ignore_ascii_case(known)) {
            return Err(p.error_at(encoding.span, "JSON is encoded as `UTF8`, `UTF16` or `UTF32`"));
        }
    }
    Ok(true)
}

/// `RETURNING type [FORMAT JSON]`, if it stands here.
fn returning(p: &mut Parser, since: u8) -> Parse<()> {
    if let Some(word) = p.eat_kw(Keyword::Returning) {
        p.need(since, word, "`RETURNING` in a function of SQL/JSON");
        type_name::type_name(p)?;
        format(p, since)?;
    }
    Ok(())
}

/// `NULL ON NULL`, `ABSENT ON NULL`, if it stands here.
fn null_clause(p: &mut Parser) -> Parse<()> {
    if !matches!(p.kind(), TokenKind::Keyword(Keyword::Null | Keyword::Absent)) {
        return Ok(());
    }
    let first = p.bump();
    let last = p.expect_kws(&[Keyword::On, Keyword::Null])?;
    p.need(16, first.to(last), "`NULL ON NULL` and `ABSENT ON NULL`");
    Ok(())
}

/// `PASSING a AS x, b AS y`, if it stands here.
fn passing(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::Passing).is_none() {
        return Ok(());
    }
    loop {
        value(p, 17)?;
        p.expect_kw(Keyword::As)?;
        name::label(p, "a name for the value")?;
        if p.eat(TokenKind::Comma).is_none() {
            return Ok(());
        }
    }
}

/// `WITH [CONDITIONAL] [ARRAY] WRAPPER`, `WITHOUT [ARRAY] WRAPPER`, if it stands here.
fn wrapper(p: &mut Parser) -> Parse<()> {
    if p.eat_kw(Keyword::With).is_some() {
        if p.eat_kw(Keyword::Conditional).is_none() {
            p.eat_kw(Keyword::Unconditional);
        }
    } else if p.eat_kw(Keyword::Without).is_none() {
        return Ok(());
    }
    p.eat_kw(Keyword::Array);
    p.expect_kw(Keyword::Wrapper).map(drop)
}

/// `KEEP QUOTES [ON SCALAR STRING]`, `OMIT QUOTES …`, if it stands here.
fn quotes(p: &mut Parser) -> Parse<()> {
    if !matches!(p.kind(), TokenKind::Keyword(Keyword::Keep | Keyword::Omit)) {
        return Ok(());
    }
    p.bump();
    p.expect_kw(Keyword::Quotes)?;
    if p.eat_kw(Keyword::On).is_some() {
        p.expect_kws(&[Keyword::Scalar, Keyword::String])?;
    }
    Ok(())
}

/// What to give instead of a value: `ERROR`, `DEFAULT x`, `EMPTY ARRAY`; whether it stands here (json_behavior).
fn behavior(p: &mut Parser) -> Parse<bool> {
    match p.kind() {
        TokenKind::Keyword(Keyword::Default) => {
            p.bump();
            expression::expression(p)?;
        }
        TokenKind::Keyword(Keyword::Empty) => {
            p.bump();
            if p.eat_kw(Keyword::Array).is_none() {
                p.eat_kw(Keyword::Object);
            }
        }
        TokenKind::Keyword(Keyword::Error | Keyword::Null | Keyword::True | Keyword::False | Keyword::Unknown) => {
            p.bump();
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `… ON EMPTY … ON ERROR`, each if it stands here.
fn on_empty_or_error(p: &mut Parser) -> Parse<()> {
    if behavior(p)? {
        p.expect_kw(Keyword::On)?;
        if p.eat_kw(Keyword::Empty).is_some() {
            return on_error(p);
        }
        p.expect_kw(Keyword::Error)?;
    }
    Ok(())
}

/// `… ON ERROR`, if it stands here.
fn on_error(p: &mut Parser) -> Parse<()> {
    if behavior(p)? {
        p.expect_kws(&[Keyword::On, Keyword::Error])?;
    }
    Ok(())
}

/// `(a int PATH '$.a', NESTED '$.b' COLUMNS (…))`.
fn columns(p: &mut Parser) -> Parse<()> {
    p.nested(|p| {
        p.left_paren()?;
        column(p)?;
        while p.eat(TokenKind::Comma).is_some() {
            column(p)?;
        }
        p.expect(TokenKind::RightParen, "`,` or `)`").map(drop)
    })
}

/// One column of JSON_TABLE (json_table_column_definition).
fn column(p: &mut Parser) -> Parse<()> {
    let nested = p.at_kw(Keyword::Nested) && (p.nth(1) == TokenKind::Keyword(Keyword::Path) || p.nth(1).is_string());
    if nested {
        p.bump();
        p.eat_kw(Keyword::Path);
        name::string(p, "a path in quotes")?;
        if p.eat_kw(Keyword::As).is_some() {
            name::column_name(p, "a name for the path")?;
        }
        p.expect_kw(Keyword::Columns)?;
        return columns(p);
    }
    name::column_name(p, "a column name")?;
    if p.eat_kws(&[Keyword::For, Keyword::Ordinality]).is_some() {
        return Ok(());
    }
    type_name::type_name(p)?;
    let exists = !format(p, 17)? && p.eat_kw(Keyword::Exists).is_some();
    if p.eat_kw(Keyword::Path).is_some() {
        name::string(p, "a path in quotes")?;
    }
    if exists {
        return on_error(p);
    }
    wrapper(p)?;
    quotes(p)?;
    on_empty_or_error(p)
}
