//! Blocks: their declarations, statements and handlers.

use std::collections::BTreeSet;

use crate::syntax::grammar;
use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::{Ident, Name};
use crate::text::Span;

use super::reader::{Read, Reader, SEMICOLON, Scope, ScopeKind};
use super::tree::{Block, BoundCursor, Condition, Declaration, DeclarationKind, Handler, Scroll, Variable, VariableType};
use super::{sql, statement};

/// The whole body (pl_function).
pub(super) fn body(r: &mut Reader) -> Read<Block> {
    while r.at_operator("#") {
        compiler_option(r)?;
    }
    let label = label(r)?;
    let block = block(r, label)?;
    r.eat(TokenKind::Semicolon);
    match r.kind() {
        TokenKind::End => Ok(block),
        _ => Err(r.unexpected("the end of the body")),
    }
}

/// `#variable_conflict use_column` and its kin (comp_option).
fn compiler_option(r: &mut Reader) -> Read<()> {
    r.bump();
    let values: &[&str] = if r.eat_word("option").is_some() {
        &["dump"]
    } else if r.eat_word("print_strict_params").is_some() {
        &["on", "off"]
    } else if r.eat_word("variable_conflict").is_some() {
        &["error", "use_variable", "use_column"]
    } else {
        return Err(r.unexpected("`variable_conflict`, `print_strict_params` or `option`"));
    };
    match values.iter().find(|value| r.at_word(value)) {
        Some(_) => {
            r.bump();
            Ok(())
        }
        None => Err(r.unexpected(&values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or "))),
    }
}

/// `<<name>>`, if one is written (opt_block_label, opt_loop_label).
pub(super) fn label(r: &mut Reader) -> Read<Option<(Span, Ident)>> {
    if !r.at_operator("<<") {
        return Ok(None);
    }
    let start = r.start();
    r.bump();
    let name = r.name("the name of a label")?;
    if !r.at_operator(">>") {
        return Err(r.unexpected("`>>`"));
    }
    r.bump();
    Ok(Some((r.since(start), name)))
}

/// A block whose label was taken (pl_block).
pub(super) fn block(r: &mut Reader, label: Option<(Span, Ident)>) -> Read<Block> {
    let start = label.map_or(r.start(), |(span, _)| span.start);
    let label = label.map(|(_, name)| name);
    r.scopes.push(Scope { kind: ScopeKind::Block, label });
    let declarations = if r.at_word("declare") { declarations(r)? } else { Vec::new() };
    if r.eat_word("begin").is_none() {
        return Err(r.unexpected(if declarations.is_empty() { "`DECLARE` or `BEGIN`" } else { "a declaration or `BEGIN`" }));
    }
    let statements = statement::statements(r)?;
    let exception = r.eat_word("exception");
    let handlers = if exception.is_some() { handlers(r)? } else { Vec::new() };
    statement::expect_end(r, &["end"])?;
    end_label(r, label)?;
    r.scopes.pop();
    Ok(Block { span: r.since(start), label, declarations, statements, exception, handlers })
}

/// The label that may follow END, which must be the one at the beginning.
pub(super) fn end_label(r: &mut Reader, label: Option<Ident>) -> Read<()> {
    if !r.is_name(0) {
        return Ok(());
    }
    let written = &r.text[r.span()];
    match label {
        None => Err(r.error(format!("the end names a label `{written}`, but the beginning has none"))),
        Some(label) if label.value(r.text) != Ident { span: r.span() }.value(r.text) => {
            Err(r.error(format!("the end names a label `{written}`, but the beginning is labelled `{}`", label.text(r.text))))
        }
        Some(_) => {
            r.bump();
            Ok(())
        }
    }
}

/// From DECLARE to before BEGIN (decl_stmts).
fn declarations(r: &mut Reader) -> Read<Vec<Declaration>> {
    let mut declarations: Vec<Declaration> = Vec::new();
    let mut names = BTreeSet::new();
    loop {
        if r.eat_word("declare").is_some() {
            continue;
        }
        if r.at_word("begin") {
            return Ok(declarations);
        }
        if r.at_operator("<<") {
            return Err(r.error("the label of a block stands before `DECLARE`, not after it"));
        }
        let declaration = declaration(r)?;
        if !names.insert(declaration.name.value(r.text)) {
            let message = format!("`{}` is declared twice in this block", declaration.name.text(r.text));
            return Err(r.error_at(declaration.name.span, message));
        }
        declarations.push(declaration);
    }
}

/// One declaration with its semicolon (decl_statement).
fn declaration(r: &mut Reader) -> Read<Declaration> {
    let start = r.start();
    let name = r.name("the name of a variable")?;
    let kind = if r.eat_word("alias").is_some() {
        r.expect_word("for")?;
        DeclarationKind::Alias(r.variable("the name of a variable")?)
    } else if r.at_word("cursor") || r.at_word("scroll") || r.at_word("no") && r.is_word(1, "scroll") {
        DeclarationKind::Cursor(Box::new(bound_cursor(r)?))
    } else {
        DeclarationKind::Variable(Box::new(variable(r)?))
    };
    let span = r.since(start);
    r.semicolon()?;
    Ok(Declaration { span, name, kind })
}

/// `SCROLL` or `NO SCROLL`, if one is written.
pub(super) fn scroll(r: &mut Reader) -> Read<Option<Scroll>> {
    let start = r.start();
    if r.eat_word("no").is_some() {
        r.expect_word("scroll")?;
        return Ok(Some(Scroll::NoScroll(r.since(start))));
    }
    Ok(r.eat_word("scroll").map(Scroll::Scroll))
}

fn bound_cursor(r: &mut Reader) -> Read<BoundCursor> {
    let scroll = scroll(r)?;
    r.expect_word("cursor")?;
    let mut arguments = Vec::new();
    if r.eat(TokenKind::LeftParen).is_some() {
        loop {
            let name = r.name("the name of an argument")?;
            arguments.push((name, variable_type(r)?));
            if r.eat(TokenKind::Comma).is_none() {
                break;
            }
        }
        r.expect(TokenKind::RightParen, "`,` or `)`")?;
    }
    if r.eat_word("for").is_none() && r.eat_word("is").is_none() {
        return Err(r.unexpected("`FOR`"));
    }
    let query = sql::until(r, &[SEMICOLON])?;
    Ok(BoundCursor { scroll, arguments, query })
}

fn variable(r: &mut Reader) -> Read<Variable> {
    let constant = r.eat_word("constant");
    let ty = variable_type(r)?;
    let collation = match r.eat_word("collate") {
        Some(_) => Some(name(r, "the name of a collation")?),
        None => None,
    };
    let not_null = match r.eat_word("not") {
        Some(not) => Some(not.to(r.expect_word("null")?)),
        None => None,
    };
    let default = match r.kind() {
        TokenKind::Equals | TokenKind::ColonEquals => true,
        _ => r.at_word("default"),
    };
    if default {
        r.bump();
        return Ok(Variable { constant, ty, collation, not_null, default: Some(r.expression(&[SEMICOLON])?) });
    }
    match not_null {
        Some(span) if r.kind() == TokenKind::Semicolon => {
            Err(r.error_at(span, "a variable that is `NOT NULL` must have a default value").state("22004"))
        }
        _ => Ok(Variable { constant, ty, collation, not_null, default: None }),
    }
}

/// The type of a variable, up to what may follow one.
fn variable_type(r: &mut Reader) -> Read<VariableType> {
    if let Some(copied) = copied_type(r)? {
        return Ok(copied);
    }
    let first = r.mark();
    let mut depth = 0u32;
    loop {
        match r.kind() {
            TokenKind::Semicolon | TokenKind::End | TokenKind::Equals | TokenKind::ColonEquals => break,
            TokenKind::Comma | TokenKind::RightParen if depth == 0 => break,
            TokenKind::LeftParen => depth += 1,
            TokenKind::RightParen => depth -= 1,
            _ if ["collate", "not", "default"].iter().any(|word| r.at_word(word)) => break,
            _ => {}
        }
        r.bump();
    }
    if r.mark() == first {
        return Err(r.unexpected("a type"));
    }
    let (ty, needs) = grammar::parse_type(r.text, r.tokens(first..r.mark()))?;
    r.add_needs(needs);
    Ok(VariableType::Type(Box::new(ty)))
}

/// `name%TYPE` or `name%ROWTYPE`.
fn copied_type(r: &mut Reader) -> Read<Option<VariableType>> {
    let names = |r: &Reader, ahead| r.is_name(ahead) || r.nth(ahead) == TokenKind::Param;
    let mut parts = 0;
    while parts < 2 && names(r, 2 * parts) && r.nth(2 * parts + 1) == TokenKind::Dot {
        parts += 1;
    }
    let percent = 2 * parts + 1;
    if !names(r, 2 * parts) || r.nth(percent) != TokenKind::Percent || !["type", "rowtype"].iter().any(|word| r.is_word(percent + 1, word))
    {
        return Ok(None);
    }
    let name = name(r, "a name")?;
    r.bump();
    let row = r.at_word("rowtype");
    r.bump();
    let start = r.start();
    let mut dimensions = u8::from(r.eat_word("array").is_some());
    while r.eat(TokenKind::LeftBracket).is_some() {
        r.eat(TokenKind::Integer);
        r.expect(TokenKind::RightBracket, "`]`")?;
        dimensions = dimensions.saturating_add(1);
    }
    if dimensions > 0 {
        r.need(17, r.since(start), "an array of `%TYPE` or `%ROWTYPE`");
    }
    Ok(Some(if row { VariableType::RowOf(name, dimensions) } else { VariableType::TypeOf(name, dimensions) }))
}

/// A name of up to three parts; `$1` is one too.
fn name(r: &mut Reader, what: &str) -> Read<Name> {
    let first = match r.eat(TokenKind::Param) {
        Some(span) => Ident { span },
        None => r.name(what)?,
    };
    let mut name = Name::unqualified(first);
    while r.kind() == TokenKind::Dot && name.database.is_none() {
        r.bump();
        name = Name { database: name.schema, schema: Some(name.object), object: r.name("a name after the point")? };
    }
    Ok(name)
}

/// What follows EXCEPTION (proc_exceptions).
fn handlers(r: &mut Reader) -> Read<Vec<Handler>> {
    let mut handlers = Vec::new();
    while r.at_word("when") {
        let start = r.start();
        r.bump();
        let mut conditions = vec![condition(r)?];
        while r.eat_word("or").is_some() {
            conditions.push(condition(r)?);
        }
        r.expect_word("then")?;
        let statements = statement::statements(r)?;
        handlers.push(Handler { span: r.since(start), conditions, statements });
    }
    match handlers.is_empty() {
        true => Err(r.unexpected("`WHEN`")),
        false => Ok(handlers),
    }
}

/// `unique_violation`, `SQLSTATE '23505'` (proc_condition).
pub(super) fn condition(r: &mut Reader) -> Read<Condition> {
    if r.eat_word("sqlstate").is_none() {
        return r.name("the name of a condition").map(Condition::Name);
    }
    if !r.at_string() {
        return Err(r.unexpected("an SQLSTATE in quotes"));
    }
    let code = r.string_value(r.span());
    match code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
        true => Ok(Condition::SqlState(r.bump())),
        false => Err(r.error("an SQLSTATE is five digits or upper-case letters")),
    }
}
