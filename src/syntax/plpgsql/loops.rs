//! Loops, and what leaves them.

use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::{Expr, Ident};
use crate::text::Span;

use super::reader::{Read, Reader, SEMICOLON, Scope, ScopeKind, Stop};
use super::tree::{Loop, LoopKind, StatementKind};
use super::{block, sql, statement};

const LOOP: Stop = Stop::Word("loop");

/// A loop whose label was taken.
pub(super) fn statement(r: &mut Reader, label: Option<Ident>) -> Read<StatementKind> {
    r.scopes.push(Scope { kind: ScopeKind::Loop, label });
    let kind = if r.at_word("loop") {
        LoopKind::Forever
    } else if r.eat_word("while").is_some() {
        LoopKind::While(r.expression(&[LOOP])?)
    } else if r.eat_word("for").is_some() {
        control(r)?
    } else if r.eat_word("foreach").is_some() {
        array(r)?
    } else {
        return Err(r.unexpected("a block or a loop"));
    };
    r.expect_word("loop")?;
    let statements = statement::statements(r)?;
    statement::expect_end(r, &["end", "loop"])?;
    block::end_label(r, label)?;
    r.scopes.pop();
    Ok(StatementKind::Loop(Box::new(Loop { label, kind, statements })))
}

/// What stands between FOR and LOOP (for_control).
fn control(r: &mut Reader) -> Read<LoopKind> {
    let targets = r.variables("a variable")?;
    r.expect_word("in")?;
    if r.eat_word("execute").is_some() {
        return sql::dynamic(r, LOOP).map(|dynamic| LoopKind::Execute(targets, Box::new(dynamic)));
    }
    if let Some(cursor) = cursor(r)? {
        let (cursor, arguments) = cursor;
        return match targets[..] {
            [record] => Ok(LoopKind::Cursor(record, cursor, arguments)),
            _ => Err(r.error("a loop over a cursor has one variable, a record")),
        };
    }
    let reverse = r.eat_word("reverse");
    let first = r.until(&[Stop::Token(TokenKind::DotDot), LOOP], "a query or a number")?;
    if r.at_word("loop") {
        return match reverse {
            None => Ok(LoopKind::Query(targets, Box::new(sql::of_range(r, first)))),
            Some(_) => Err(r.unexpected("`..`").help("only a loop over integers can go in `REVERSE`")),
        };
    }
    let [variable] = targets[..] else {
        return Err(r.error("a loop over integers has one variable"));
    };
    let lower = r.expression_of(first)?;
    r.bump();
    let upper = r.expression(&[LOOP, Stop::Word("by")])?;
    let step = match r.eat_word("by") {
        Some(_) => Some(r.expression(&[LOOP])?),
        None => None,
    };
    Ok(LoopKind::Integers { variable: Ident { span: variable }, reverse, lower, upper, step })
}

/// A cursor and its arguments: a word, perhaps with parentheses, and nothing else. No query looks like that but `VALUES (…)` and
/// `SELECT (…)`.
fn cursor(r: &mut Reader) -> Read<Option<(Span, Option<Span>)>> {
    if !r.is_name(0) || ["values", "select"].iter().any(|word| r.at_word(word)) {
        return Ok(None);
    }
    if r.is_word(1, "loop") {
        return Ok(Some((r.bump(), None)));
    }
    let behind = (1..).scan(0i32, |depth, ahead| {
        *depth += match r.nth(ahead) {
            TokenKind::LeftParen => 1,
            TokenKind::RightParen => -1,
            _ => 0,
        };
        (*depth > 0 && r.nth(ahead) != TokenKind::End).then_some(ahead)
    });
    let Some(last) = behind.last() else { return Ok(None) };
    if !r.is_word(last + 2, "loop") {
        return Ok(None);
    }
    let cursor = r.bump();
    super::cursor::arguments(r).map(|arguments| Some((cursor, Some(arguments))))
}

/// What stands between FOREACH and LOOP (stmt_foreach_a).
fn array(r: &mut Reader) -> Read<LoopKind> {
    let targets = r.variables("a variable")?;
    let slice = match r.eat_word("slice") {
        Some(_) => Some(r.expect(TokenKind::Integer, "a number of dimensions")?),
        None => None,
    };
    r.expect_word("in")?;
    r.expect_word("array")?;
    Ok(LoopKind::Array(targets, slice, r.expression(&[LOOP])?))
}

/// The two ways to leave a round of a loop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    Exit,
    Continue,
}

/// What follows EXIT or CONTINUE (stmt_exit).
pub(super) fn exit(r: &mut Reader, leave: Leave) -> Read<(Option<Ident>, Option<Expr>)> {
    let label = match r.is_name(0) {
        true => Some(known_label(r, leave)?),
        false if r.scopes.iter().any(|scope| scope.kind == ScopeKind::Loop) => None,
        false => {
            return Err(r.error(match leave {
                Leave::Exit => "`EXIT` outside a loop must name the label of a block",
                Leave::Continue => "`CONTINUE` stands outside a loop",
            }));
        }
    };
    let condition = match r.eat_word("when") {
        Some(_) => Some(r.expression(&[SEMICOLON])?),
        None => None,
    };
    Ok((label, condition))
}

fn known_label(r: &mut Reader, leave: Leave) -> Read<Ident> {
    let label = Ident { span: r.span() };
    let value = label.value(r.text);
    let scope = r.scopes.iter().rev().find(|scope| scope.label.is_some_and(|known| known.value(r.text) == value));
    match scope.map(|scope| scope.kind) {
        None => Err(r.error(format!("no block or loop around this statement is labelled `{}`", label.text(r.text)))),
        Some(ScopeKind::Block) if leave == Leave::Continue => {
            Err(r.error(format!("`{}` labels a block, and only a loop can continue", label.text(r.text))))
        }
        Some(_) => {
            r.bump();
            Ok(label)
        }
    }
}
