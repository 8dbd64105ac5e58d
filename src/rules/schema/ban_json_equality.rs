//! `ban-json-equality`: rows with JSON in them are not compared.

use std::collections::BTreeSet;

use crate::catalog::model::{Column, RoutineBody, TypeId};
use crate::catalog::{Body, Class, Oid, Origin};
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::text::Span;

use super::tables;

/// The rule.
#[derive(Debug)]
pub struct BanJsonEquality;

static META: Meta = Meta {
    id: "ban-json-equality",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-json-equality.md"),
};

impl Rule for BanJsonEquality {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let mut told = BTreeSet::new();
        for table in tables(cx) {
            let is_json = |column: &&Column| column.ty.as_ref().is_some_and(|ty| ty.id == TypeId::BuiltIn("json"));
            let json: Vec<&Column> = table.relation.columns.iter().filter(is_json).collect();
            let Some(first) = json.first() else { continue };
            for (_, object) in cx.end.parts(table.oid, Class::Trigger) {
                let Body::Trigger(trigger) = &object.body else { continue };
                let condition = trigger.when.as_ref().map(|when| (object.origin, &*when.text));
                let body = trigger.function.and_then(|oid| body(cx, oid));
                for (origin, code) in condition.into_iter().chain(body) {
                    if !told.insert(origin) || !compares(code, &json) {
                        continue;
                    }
                    let (name, of) = (&object.name, cx.shown(table.oid));
                    let message = format!("this compares JSON: trigger `{name}` of `{of}` fails, since `{}` is `json`", first.name);
                    let Some(finding) = cx.finding_at(origin, message) else { continue };
                    let finding = cx.related_at(finding, table.place_of(first), "there is no equality for `json`");
                    out.push(finding.help(format!("make `{}` `JSONB`, or compare `{}::text`", first.name, first.name)));
                }
            }
        }
    }
}

/// The body of a function in PL/pgSQL that a migration made, and what made it.
fn body<'c>(cx: &HistoryContext<'c>, function: Oid) -> Option<(Origin, &'c str)> {
    let object = cx.end.get(function)?;
    let routine = object.routine().filter(|routine| &*routine.language == "plpgsql")?;
    match &routine.body {
        RoutineBody::Text(text) => Some((object.origin, text)),
        _ => None,
    }
}

/// Whether code compares OLD with NEW, whole or in one of these columns.
fn compares(code: &str, json: &[&Column]) -> bool {
    let tokens = lex(code, Span::new(0, code.len() as u32), Mode::Body).tokens;
    (0..tokens.len()).any(|at| compares_at(code, &tokens, at, json).unwrap_or(false))
}

fn compares_at(code: &str, tokens: &[Token], at: usize, json: &[&Column]) -> Option<bool> {
    let (left, behind) = row(code, tokens, at)?;
    let is = |at: usize, keyword: Keyword| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Keyword(keyword));
    let right = match tokens.get(behind)?.kind {
        TokenKind::NotEquals => behind + 1,
        // Elsewhere `=` assigns.
        TokenKind::Equals if at > 0 && is_condition(code, &tokens[at - 1]) => behind + 1,
        TokenKind::Keyword(Keyword::Is) if is(behind + 1, Keyword::Distinct) && is(behind + 2, Keyword::From) => behind + 3,
        TokenKind::Keyword(Keyword::Is)
            if is(behind + 1, Keyword::Not) && is(behind + 2, Keyword::Distinct) && is(behind + 3, Keyword::From) =>
        {
            behind + 4
        }
        _ => return None,
    };
    let (right, end) = row(code, tokens, right)?;
    let is_cast = tokens.get(end).is_some_and(|token| token.kind == TokenKind::DoubleColon);
    let is_json = |column: Option<&str>| column.is_none_or(|name| json.iter().any(|column| *column.name == *name));
    Some(!is_cast && is_json(left.as_deref()) && is_json(right.as_deref()))
}

fn is_condition(code: &str, token: &Token) -> bool {
    const WORDS: [&str; 4] = ["elsif", "elseif", "while", "return"];
    matches!(token.kind, TokenKind::LeftParen | TokenKind::Keyword(Keyword::And | Keyword::Or | Keyword::Not | Keyword::When | Keyword::If))
        || WORDS.iter().any(|word| code[token.span].eq_ignore_ascii_case(word))
}

/// `OLD`, `NEW.*` or `NEW.column`: the column, if it is one, and the place of the token behind it.
fn row(code: &str, tokens: &[Token], at: usize) -> Option<(Option<String>, usize)> {
    let word = tokens.get(at)?;
    let name = &code[word.span];
    if !["old", "new"].iter().any(|row| name.eq_ignore_ascii_case(row)) {
        return None;
    }
    if tokens.get(at + 1).is_none_or(|dot| dot.kind != TokenKind::Dot) {
        return Some((None, at + 1));
    }
    let part = tokens.get(at + 2)?;
    let column = (part.kind != TokenKind::Star).then(|| code[part.span].trim_matches('"').to_lowercase());
    Some((column, at + 3))
}
