//! `require-barton-id-format`: what is written as a Barton id is one, and what a column lets in can be one.
//!
//! What stands for an id in the up section, or looks like one, is held against the format; defaults and CHECK constraints of id columns are
//! looked at in the schema at the history's end. A pattern that PostgreSQL reads otherwise than we do is passed over.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Body;
use crate::catalog::model::{Column, ConstraintKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::barton_id::{has_parts_of_id, id_columns, inserted, looks_like_id, tables_with_ids};
use crate::rules::id_pattern::lets_through;
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, MigrationContext, On, OwnTable, Rule, Section};
use crate::syntax::expression::{Constant, Expression, ExpressionKind, Operator, read};
use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::literal;
use crate::syntax::tree::{Ident, Node};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireBartonIdFormat;

static META: Meta = Meta {
    id: "require-barton-id-format",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::IdFormat),
    about: About::Both,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-barton-id-format.md"),
};

impl Rule for RequireBartonIdFormat {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let format = cx.config.id_format();
        let tokens = &cx.up.script.tokens;
        let inserts = cx.up.script.statements.iter().filter_map(|statement| match statement.node()? {
            Node::Insert(insert) => Some(insert),
            _ => None,
        });
        let inserted: BTreeSet<u32> = inserts.flat_map(|insert| inserted(cx, insert)).map(|(_, place)| place.start).collect();
        let mut malformed: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for (at, token) in tokens.iter().enumerate() {
            let is_joined = |other: Option<&Token>| other.is_some_and(|other| &cx.text()[other.span] == "||");
            if !is_string(token) || is_joined(tokens[..at].last()) || is_joined(tokens.get(at + 1)) {
                continue;
            }
            let text = literal::value(cx.text(), token.span);
            let is_in_place = || inserted.contains(&token.span.start) || is_compared(cx, &tokens[..at], &tokens[at + 1..]);
            if has_parts_of_id(&text) && !format.matches(&text) && (looks_like_id(&text, &format) || is_in_place()) {
                malformed.entry(text.into_owned()).or_default().push(token.span);
            }
        }
        for (id, places) in malformed {
            let finding = cx.finding(places[0], format!("`{id}` is no Barton id: ids have the form `{}`", format.pattern));
            out.push(with_places(cx, finding, &places, "here too"));
        }
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables_with_ids(cx) {
            for column in id_columns(cx, &table) {
                out.extend(default(cx, &table, column));
                out.extend(checks(cx, &table, column));
            }
        }
    }
}

const fn is_string(token: &Token) -> bool {
    matches!(token.kind, TokenKind::String | TokenKind::EscapeString)
}

/// Whether the string between two runs of tokens is compared with a column for ids, or assigned to it: `barton_id = '…'`, `barton_id IN ('…', '…')`,
/// `'…' = barton_id`.
fn is_compared(cx: &MigrationContext<'_>, before: &[Token], behind: &[Token]) -> bool {
    let says = |token: &Token, words: &[&str]| words.iter().any(|word| cx.text()[token.span].eq_ignore_ascii_case(word));
    let is_column = |token: &Token| cx.config.is_id_column(&Ident { span: token.span }.value(cx.text()));
    const SIGNS: [&str; 7] = ["=", "<>", "!=", "<", ">", "<=", ">="];
    if let [sign, rest @ ..] = behind
        && says(sign, &SIGNS)
    {
        // The last part of a name with dots in it.
        let ends = rest.iter().step_by(2).zip(rest.iter().skip(1).step_by(2)).take_while(|(_, dot)| says(dot, &["."])).count() * 2;
        return rest.get(ends).is_some_and(is_column);
    }
    let mut left = before;
    // Out of a list of values.
    while let [rest @ .., last] = left
        && (is_string(last) || says(last, &[","]))
    {
        left = rest;
    }
    match left {
        [.., column, sign] if says(sign, &SIGNS) => left.len() == before.len() && is_column(column),
        [.., column, not, word, open] if says(not, &["not"]) && says(word, &["in"]) && says(open, &["("]) => is_column(column),
        [.., column, word, open] if says(word, &["in"]) && says(open, &["("]) => is_column(column),
        _ => false,
    }
}

/// A default that is a text and no id. One that looks like an id is found where it is written.
fn default(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Diagnostic> {
    let Body::Default(default) = &cx.end.get(column.default?)?.body else { return None };
    let expression = read(&default.expression.text);
    let text = constant(&expression)?;
    let format = cx.config.id_format();
    if looks_like_id(text, &format) || format.matches(text) {
        return None;
    }
    let message = format!("the default `'{text}'` of `{}` in `{}` is no Barton id", column.name, cx.shown(table.oid));
    Some(cx.finding_at_column(table, column, message)?.help("leave the default out, or call the function that makes ids"))
}

/// CHECK constraints on the column that no id passes.
fn checks(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Vec<Diagnostic> {
    let format = cx.config.id_format();
    let mut found = Vec::new();
    for (oid, constraint) in cx.end.constraints(table.oid) {
        let (ConstraintKind::Check(check), Some(object)) = (&constraint.kind, cx.end.get(oid)) else { continue };
        // A condition on several columns may ask for the pattern only of some rows.
        if constraint.columns != [column.number] {
            continue;
        }
        let expression = read(&check.text);
        let Some(pattern) = demanded(&expression).into_iter().find(|pattern| lets_through(pattern, &format.pattern) == Some(false)) else {
            continue;
        };
        let message =
            format!("constraint `{}` of `{}` lets no Barton id through: none matches `{pattern}`", object.name, cx.shown(table.oid));
        let help = match pattern.contains(r"\\") {
            true => r"in a string without E before it a backslash stands for itself: write '\.' for a dot, not '\\.'".to_owned(),
            false => format!("ids have the form `{}`", format.pattern),
        };
        found.extend(cx.finding_at(object.origin, message).map(|finding| finding.help(help)));
    }
    found
}

/// The patterns that every value must match: of a disjunction none is.
fn demanded(expression: &Expression) -> Vec<&str> {
    match &expression.kind {
        ExpressionKind::And(terms) => terms.iter().flat_map(demanded).collect(),
        ExpressionKind::Operator(operator) if operator.sign() == "~" => pattern(operator).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The pattern of `column ~ 'pattern'`.
fn pattern(operator: &Operator) -> Option<&str> {
    let mut left = operator.left.as_ref()?;
    while let ExpressionKind::Cast(inner, _) = &left.kind {
        left = inner;
    }
    matches!(left.kind, ExpressionKind::Column(_)).then(|| constant(&operator.right)).flatten()
}

/// The text of a string constant, whatever it is cast to.
fn constant(expression: &Expression) -> Option<&str> {
    match &expression.kind {
        ExpressionKind::Constant(Constant::String(text)) => Some(text),
        ExpressionKind::Cast(inner, _) => constant(inner),
        _ => None,
    }
}
