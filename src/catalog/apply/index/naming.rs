//! What PostgreSQL calls the columns of an index, from which it makes the names of indexes that have none (`ChooseIndexColumnNames`,
//! `FigureIndexColname` in its source).

use std::borrow::Cow;

use crate::catalog::object::Name;
use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::tree::Ident;
use crate::text::Span;

/// Names of an index's columns, each different from those before it: a number is appended where it is not.
pub(in crate::catalog::apply) fn distinct_names(wanted: impl IntoIterator<Item = Name>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for name in wanted {
        let mut candidate = Name::clone(&name);
        let mut number = 0u32;
        while names.contains(&candidate) {
            number += 1;
            let digits = number.to_string();
            let mut end = name.len().min(63 - digits.len());
            while !name.is_char_boundary(end) {
                end -= 1;
            }
            candidate = Name::from(format!("{}{digits}", &name[..end]));
        }
        names.push(candidate);
    }
    names
}

/// The name of a key that is an expression: the function that it calls, the column that it is, the type that it casts to; `expr` for the rest.
pub(in crate::catalog::apply) fn expression_name(text: &str, tokens: &[Token], span: Span) -> Name {
    let start = tokens.partition_point(|token| token.span.start < span.start);
    let end = tokens.partition_point(|token| token.span.end <= span.end);
    let found = tokens.get(start..end.max(start)).and_then(|tokens| name_of(text, tokens));
    found.map_or_else(|| Name::from("expr"), |(name, _)| Name::from(&*name))
}

/// How well a name fits: a cast's type gives way to what is cast.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Type,
    Good,
}

fn name_of<'t>(text: &'t str, tokens: &[Token]) -> Option<(Cow<'t, str>, Fit)> {
    let tokens = unwrap(tokens);
    let word = |token: &Token| Ident { span: token.span }.value(text);
    if let Some(at) = last_at_level(tokens, |token| token.kind == TokenKind::DoubleColon) {
        let cast = &tokens[..at];
        let name = name_of(text, cast);
        if name.as_ref().is_some_and(|(_, fit)| *fit == Fit::Good) {
            return name;
        }
        // What is not one operand is an operator's, whose right side is cast.
        let is_operand = name.is_some() || cast.len() == 1 || closes_at_end(cast);
        return if is_operand { type_name(text, &tokens[at + 1..]) } else { None };
    }
    let mut at = 0;
    while is_word(tokens.get(at)?) && tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Dot) {
        at += 2;
    }
    let name = tokens.get(at).filter(|token| is_word(token))?;
    match tokens.get(at + 1) {
        None => Some((word(name), Fit::Good)),
        Some(open) if open.kind == TokenKind::LeftParen && closes_at_end(&tokens[at + 1..]) => {
            if at == 0 && name.span.len() == 4 && text[name.span].eq_ignore_ascii_case("cast") {
                return cast_name(text, &tokens[at + 2..tokens.len() - 1]);
            }
            Some((word(name), Fit::Good))
        }
        Some(_) if at == 0 && text[name.span].eq_ignore_ascii_case("case") => Some((Cow::Borrowed("case"), Fit::Type)),
        Some(next) if at == 0 && next.kind == TokenKind::LeftBracket && text[name.span].eq_ignore_ascii_case("array") => {
            Some((Cow::Borrowed("array"), Fit::Good))
        }
        Some(next) if text[next.span].eq_ignore_ascii_case("collate") => Some((word(name), Fit::Good)),
        Some(_) => None,
    }
}

/// `a AS type`, as it stands in CAST.
fn cast_name<'t>(text: &'t str, tokens: &[Token]) -> Option<(Cow<'t, str>, Fit)> {
    let at = last_at_level(tokens, |token| text[token.span].eq_ignore_ascii_case("as"))?;
    if let Some(name) = name_of(text, &tokens[..at]).filter(|(_, fit)| *fit == Fit::Good) {
        return Some(name);
    }
    type_name(text, &tokens[at + 1..])
}

fn type_name<'t>(text: &'t str, tokens: &[Token]) -> Option<(Cow<'t, str>, Fit)> {
    let ty: Vec<&Token> = tokens.iter().take_while(|token| is_word(token) || token.kind == TokenKind::Dot).collect();
    ty.last().map(|token| (type_word(text, &ty, token), Fit::Type))
}

/// A type with a syntax of its own goes by its name in pg_catalog.
fn type_word<'t>(text: &'t str, ty: &[&Token], last: &Token) -> Cow<'t, str> {
    let first = text[ty.first().unwrap_or(&last).span].to_ascii_lowercase();
    let name = match first.as_str() {
        "int" | "integer" => "int4",
        "bigint" => "int8",
        "smallint" => "int2",
        "boolean" => "bool",
        "decimal" | "dec" => "numeric",
        "real" => "float4",
        "double" => "float8",
        "character" | "char" | "nchar" if ty.len() == 1 => "bpchar",
        "character" | "char" | "nchar" => "varchar",
        "timestamp" => "timestamp",
        _ => return Ident { span: last.span }.value(text),
    };
    Cow::Borrowed(name)
}

fn unwrap(mut tokens: &[Token]) -> &[Token] {
    while tokens.first().is_some_and(|token| token.kind == TokenKind::LeftParen) && closes_at_end(tokens) {
        tokens = &tokens[1..tokens.len() - 1];
    }
    tokens
}

/// Whether the parenthesis that opens `tokens` is closed by the last of them.
fn closes_at_end(tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::LeftParen | TokenKind::LeftBracket => depth += 1,
            TokenKind::RightParen | TokenKind::RightBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == tokens.len() && at > 0;
        }
    }
    false
}

fn last_at_level(tokens: &[Token], is: impl Fn(&Token) -> bool) -> Option<usize> {
    let mut depth = 0usize;
    let mut found = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::LeftParen | TokenKind::LeftBracket => depth += 1,
            TokenKind::RightParen | TokenKind::RightBracket => depth = depth.saturating_sub(1),
            _ if depth == 0 && is(token) => found = Some(at),
            _ => {}
        }
    }
    found
}

fn is_word(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Keyword(_))
}
