//! Cursors: DECLARE, FETCH, MOVE, CLOSE.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{Cursor, CursorAction, CursorOption, DeclareCursor, FetchDirection, Hold, Ident, Node};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{name, query};

/// Any of the four.
pub(super) fn cursor(p: &mut Parser) -> Parse<Node> {
    let start = p.start();
    let verb = p.kind();
    p.bump();
    let action = match verb {
        TokenKind::Keyword(Keyword::Declare) => CursorAction::Declare(Box::new(declare(p)?)),
        TokenKind::Keyword(Keyword::Close) => match p.eat_kw(Keyword::All) {
            Some(all) => CursorAction::CloseAll(all),
            None => CursorAction::Close(cursor_name(p)?),
        },
        TokenKind::Keyword(Keyword::Fetch) => {
            let (direction, name) = fetch(p)?;
            CursorAction::Fetch(direction, name)
        }
        _ => {
            let (direction, name) = fetch(p)?;
            CursorAction::Move(direction, name)
        }
    };
    Ok(Node::Cursor(Box::new(Cursor { span: p.since(start), action })))
}

fn cursor_name(p: &mut Parser) -> Parse<Ident> {
    name::column_name(p, "the name of a cursor")
}

fn declare(p: &mut Parser) -> Parse<DeclareCursor> {
    let name = cursor_name(p)?;
    let options = options(p)?;
    if p.eat_kw(Keyword::Cursor).is_none() {
        return Err(p.unexpected("`CURSOR`").help("variables exist in PL/pgSQL only: inside `DO $$ DECLARE … BEGIN … END $$`"));
    }
    let hold = hold(p)?;
    p.expect_kw(Keyword::For)?;
    let query = query::select_statement(p)?;
    Ok(DeclareCursor { name, options, hold, query })
}

fn options(p: &mut Parser) -> Parse<Vec<CursorOption>> {
    let mut options = Vec::new();
    loop {
        options.push(match p.kind() {
            TokenKind::Keyword(Keyword::Scroll) => CursorOption::Scroll(p.bump()),
            TokenKind::Keyword(Keyword::No) => CursorOption::NoScroll(p.expect_kws(&[Keyword::No, Keyword::Scroll])?),
            TokenKind::Keyword(Keyword::Binary) => CursorOption::Binary(p.bump()),
            TokenKind::Keyword(Keyword::Insensitive) => CursorOption::Insensitive(p.bump()),
            TokenKind::Keyword(Keyword::Asensitive) => {
                let span = p.bump();
                p.need(14, span, "`ASENSITIVE`");
                CursorOption::Asensitive(span)
            }
            _ => return Ok(options),
        });
    }
}

fn hold(p: &mut Parser) -> Parse<Option<Hold>> {
    Ok(match p.kind() {
        TokenKind::Keyword(Keyword::With) => Some(Hold::With(p.expect_kws(&[Keyword::With, Keyword::Hold])?)),
        TokenKind::Keyword(Keyword::Without) => Some(Hold::Without(p.expect_kws(&[Keyword::Without, Keyword::Hold])?)),
        _ => None,
    })
}

/// What follows FETCH or MOVE (fetch_args). The words of a direction are names too: one that ends the statement is the cursor's.
fn fetch(p: &mut Parser) -> Parse<(FetchDirection, Ident)> {
    let direction = match p.nth(1) {
        TokenKind::End | TokenKind::Semicolon => FetchDirection::Next,
        _ => direction(p)?,
    };
    if p.eat_kw(Keyword::From).is_none() {
        p.eat_kw(Keyword::In);
    }
    Ok((direction, cursor_name(p)?))
}

fn direction(p: &mut Parser) -> Parse<FetchDirection> {
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Ok(count(p)?.map_or(FetchDirection::Next, FetchDirection::Forward));
    };
    Ok(match keyword {
        Keyword::Next | Keyword::Prior | Keyword::First | Keyword::Last | Keyword::All => {
            p.bump();
            match keyword {
                Keyword::Prior => FetchDirection::Prior,
                Keyword::First => FetchDirection::First,
                Keyword::Last => FetchDirection::Last,
                Keyword::All => FetchDirection::ForwardAll,
                _ => FetchDirection::Next,
            }
        }
        Keyword::Absolute => {
            p.bump();
            FetchDirection::Absolute(name::signed_integer(p, "the number of a row")?)
        }
        Keyword::Relative => {
            p.bump();
            FetchDirection::Relative(name::signed_integer(p, "a number of rows")?)
        }
        Keyword::Forward => {
            p.bump();
            match p.eat_kw(Keyword::All) {
                Some(_) => FetchDirection::ForwardAll,
                None => count(p)?.map_or(FetchDirection::Next, FetchDirection::Forward),
            }
        }
        Keyword::Backward => {
            p.bump();
            match p.eat_kw(Keyword::All) {
                Some(_) => FetchDirection::BackwardAll,
                None => count(p)?.map_or(FetchDirection::Prior, FetchDirection::Backward),
            }
        }
        _ => FetchDirection::Next,
    })
}

/// A number of rows, if one is written.
fn count(p: &mut Parser) -> Parse<Option<Span>> {
    match p.kind() {
        TokenKind::Plus | TokenKind::Minus | TokenKind::Integer => name::signed_integer(p, "a number of rows").map(Some),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::node;
    use super::*;

    fn action(text: &str) -> CursorAction {
        match node(text) {
            Node::Cursor(cursor) => cursor.action,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_of_directions_can_be_cursors() {
        for (text, cursor) in
            [("FETCH next", "next"), ("FETCH NEXT FROM c", "c"), ("FETCH forward ALL IN c", "c"), ("FETCH -1 absolute", "absolute")]
        {
            assert!(matches!(action(text), CursorAction::Fetch(_, name) if name.text(text) == cursor), "{text}");
        }
        assert!(matches!(action("MOVE BACKWARD 2 IN c"), CursorAction::Move(FetchDirection::Backward(_), _)));
        assert!(matches!(action("CLOSE ALL"), CursorAction::CloseAll(_)));
    }

    #[test]
    fn a_declaration_has_options_and_a_query() {
        let CursorAction::Declare(declare) = action("DECLARE c NO SCROLL INSENSITIVE CURSOR WITH HOLD FOR SELECT 1") else {
            panic!("no DECLARE")
        };
        assert!(matches!(declare.options[..], [CursorOption::NoScroll(_), CursorOption::Insensitive(_)]));
        assert!(matches!(declare.hold, Some(Hold::With(_))));
        assert!(matches!(declare.query, Node::Select(_)));
    }
}
