//! Cursors: OPEN, FETCH, MOVE.

use crate::syntax::lexer::TokenKind;
use crate::text::Span;

use super::block;
use super::reader::{COMMA, Read, Reader, SEMICOLON, Stop};
use super::sql;
use super::tree::{Open, OpenSource, StatementKind};

/// The variable of a cursor.
pub(super) fn variable(r: &mut Reader) -> Read<Span> {
    r.variable("the variable of a cursor")
}

/// `OPEN …` (stmt_open).
pub(super) fn open(r: &mut Reader) -> Read<StatementKind> {
    r.bump();
    let cursor = variable(r)?;
    let source = match r.kind() {
        TokenKind::Semicolon => OpenSource::Bound(None),
        TokenKind::LeftParen => OpenSource::Bound(Some(arguments(r)?)),
        _ => unbound(r)?,
    };
    Ok(StatementKind::Open(Box::new(Open { cursor, source })))
}

fn unbound(r: &mut Reader) -> Read<OpenSource> {
    let scroll = block::scroll(r)?;
    r.expect_word("for")?;
    match r.eat_word("execute") {
        Some(_) => sql::dynamic(r, SEMICOLON).map(|dynamic| OpenSource::Execute(scroll, Box::new(dynamic))),
        None => sql::until(r, &[SEMICOLON]).map(|sql| OpenSource::Query(scroll, Box::new(sql))),
    }
}

/// `(value, name := value)` (read_cursor_args). `=>` for `:=` is new in PostgreSQL 18.
pub(super) fn arguments(r: &mut Reader) -> Read<Span> {
    let start = r.start();
    r.bump();
    loop {
        if r.is_name(0) && matches!(r.nth(1), TokenKind::ColonEquals | TokenKind::Arrow) {
            r.bump();
            if r.kind() == TokenKind::Arrow {
                r.need(18, r.span(), "`=>` before an argument of a cursor");
            }
            r.bump();
        }
        r.expression(&[COMMA, Stop::Token(TokenKind::RightParen)])?;
        if r.eat(TokenKind::Comma).is_none() {
            break;
        }
    }
    r.bump();
    Ok(r.since(start))
}

/// `FETCH … INTO …` (stmt_fetch).
pub(super) fn fetch(r: &mut Reader) -> Read<StatementKind> {
    r.bump();
    let (direction, rows) = direction(r)?;
    if let (Some(span), Rows::Many) = (direction, rows) {
        let message = "`FETCH` in PL/pgSQL returns one row";
        return Err(r.error_at(span, message).state("0A000").help("loop over the cursor: `FOR row IN cursor LOOP`"));
    }
    let cursor = variable(r)?;
    r.expect_word("into")?;
    let targets = r.variables("a variable")?;
    Ok(StatementKind::Fetch(direction, cursor, targets))
}

/// `MOVE …` (stmt_move).
pub(super) fn moves(r: &mut Reader) -> Read<StatementKind> {
    r.bump();
    let (direction, _) = direction(r)?;
    Ok(StatementKind::Move(direction, variable(r)?))
}

/// How many rows a direction covers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    One,
    Many,
}

/// A direction with the FROM or IN that must follow one (read_fetch_direction).
fn direction(r: &mut Reader) -> Read<(Option<Span>, Rows)> {
    if r.eat_word("from").is_some() || r.eat_word("in").is_some() {
        return Ok((None, Rows::One));
    }
    let ends = matches!(r.nth(1), TokenKind::Semicolon | TokenKind::Dot) || r.is_word(1, "into");
    if ends {
        return Ok((None, Rows::One));
    }
    let start = r.start();
    let rows = if ["next", "prior", "first", "last"].iter().any(|word| r.at_word(word)) {
        r.bump();
        Rows::One
    } else if r.eat_word("absolute").is_some() || r.eat_word("relative").is_some() {
        count(r)?;
        Rows::One
    } else if r.eat_word("all").is_some() {
        Rows::Many
    } else {
        let directed = r.eat_word("forward").is_some() || r.eat_word("backward").is_some();
        if directed && (r.at_word("from") || r.at_word("in")) {
            Rows::One
        } else if directed && r.eat_word("all").is_some() {
            Rows::Many
        } else {
            count(r)?;
            Rows::Many
        }
    };
    let span = r.since(start);
    if r.eat_word("from").is_none() && r.eat_word("in").is_none() {
        return Err(r.unexpected("`FROM` or `IN`"));
    }
    Ok((Some(span), rows))
}

fn count(r: &mut Reader) -> Read<()> {
    r.expression(&[Stop::Word("from"), Stop::Word("in")]).map(|_| ())
}
