//! `require-barton-id-format`: what is written as a Barton id is one, and what a column lets in can be one.
//!
//! What stands for an id in the up section, or looks like one, is held against the format; defaults and CHECK constraints of id columns are
//! looked at in the schema at the history's end. A pattern that PostgreSQL reads otherwise than we do is passed over.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Body;
use crate::catalog::model::{Column, ConstraintKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::barton_id::{constant, has_parts_of_id, id_columns, looks_like_id, tables_with_ids, written_ids};
use crate::rules::id_pattern::{Passing, passing};
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, MigrationContext, On, OwnTable, Rule, Section};
use crate::syntax::expression::{Expression, ExpressionKind, Negated, Operator, read};
use crate::syntax::lexer::Token;
use crate::syntax::literal;
use crate::syntax::tree::Ident;
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
        let written: BTreeSet<u32> = written_ids(cx).into_iter().map(|written| written.place.start).collect();
        let mut malformed: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        cx.walk(&mut |step| {
            let tokens = step.tokens;
            // Where the values begin that a string may be one of: strings and commas.
            let mut list = 0;
            for (at, token) in tokens.iter().enumerate() {
                if at > 0 && !is_listed(cx.text(), &tokens[at - 1]) {
                    list = at;
                }
                let is_joined = |other: Option<&Token>| other.is_some_and(|other| &cx.text()[other.span] == "||");
                if !token.kind.is_string() || is_joined(tokens[..at].last()) || is_joined(tokens.get(at + 1)) {
                    continue;
                }
                let text = literal::value(cx.text(), token.span);
                let is_in_place =
                    || written.contains(&token.span.start) || is_compared(cx, (&tokens[..list], &tokens[list..at]), &tokens[at + 1..]);
                if has_parts_of_id(&text) && !format.matches(&text) && (looks_like_id(&text, &format) || is_in_place()) {
                    malformed.entry(text.into_owned()).or_default().push(token.span);
                }
            }
        });
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

/// Whether it may stand in a list of values before a string.
fn is_listed(text: &str, token: &Token) -> bool {
    token.kind.is_string() || &text[token.span] == ","
}

/// Whether the string between two runs of tokens is compared with a column for ids, or assigned to it: `barton_id = '…'`, `barton_id IN ('…', '…')`,
/// `'…' = barton_id`; `left` stands before the strings and commas that `listed` are.
fn is_compared(cx: &MigrationContext<'_>, (left, listed): (&[Token], &[Token]), behind: &[Token]) -> bool {
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
    match left {
        [.., column, sign] if says(sign, &SIGNS) => listed.is_empty() && is_column(column),
        [.., column, not, word, open] if says(not, &["not"]) && says(word, &["in"]) && says(open, &["("]) => is_column(column),
        [.., column, word, open] if says(word, &["in"]) && says(open, &["("]) => is_column(column),
        _ => false,
    }
}

/// A default that is a text and no id. One that looks like an id is found where it is written.
fn default(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Diagnostic> {
    let object = cx.end.get(column.default?)?;
    let Body::Default(default) = &object.body else { return None };
    let expression = read(&default.expression.text);
    let (text, _) = constant(&expression)?;
    let format = cx.config.id_format();
    if looks_like_id(text, &format) || format.matches(text) {
        return None;
    }
    let message = format!("the default `'{text}'` of `{}` in `{}` is no Barton id", column.name, cx.shown(table.oid));
    // The statement that makes the column may make much else; one that gives it another default is the place by itself.
    let is_later = (column.origin.migration, column.origin.span.start) < (object.origin.migration, object.origin.span.start);
    let finding = if is_later { cx.finding_at(object.origin, message) } else { cx.finding_at_column(table, column, message) };
    Some(finding?.help("leave the default out, or call the function that makes ids"))
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
        let Some(barrier) = is_same_for_all(&expression, &format.pattern, false) else { continue };
        let why = match barrier {
            Barrier::Demanded(pattern) => format!("none matches `{pattern}`"),
            Barrier::Barred(pattern) => format!("all match `{pattern}`"),
            Barrier::Null => "none is null".to_owned(),
        };
        let message = format!("constraint `{}` of `{}` lets no Barton id through: {why}", object.name, cx.shown(table.oid));
        let help = match barrier {
            Barrier::Demanded(pattern) if pattern.contains(r"\\") => {
                r"in a string without E before it a backslash stands for itself: write '\.' for a dot, not '\\.'".to_owned()
            }
            _ => format!("ids have the form `{}`", format.pattern),
        };
        found.extend(cx.finding_at(object.origin, message).map(|finding| finding.help(help)));
    }
    found
}

/// What keeps every id out, or lets every one in.
#[derive(Clone, Copy)]
enum Barrier<'e> {
    /// A pattern that is asked for.
    Demanded(&'e str),
    /// A pattern that is refused.
    Barred(&'e str),
    /// Whether it is null.
    Null,
}

/// What gives a condition on a column of ids this value for every one of them; nothing if it does not have it, or if that can't be told.
fn is_same_for_all<'e>(condition: &'e Expression, format: &str, value: bool) -> Option<Barrier<'e>> {
    let of = |term: &'e Expression| is_same_for_all(term, format, value);
    match &condition.kind {
        ExpressionKind::And(terms) if !value => terms.iter().find_map(of),
        ExpressionKind::Or(terms) if value => terms.iter().find_map(of),
        ExpressionKind::And(terms) | ExpressionKind::Or(terms) => {
            let all = terms.iter().map(of).collect::<Option<Vec<Barrier<'e>>>>()?;
            all.iter().find(|barrier| !matches!(barrier, Barrier::Null)).or(all.first()).copied()
        }
        ExpressionKind::Not(inner) => is_same_for_all(inner, format, !value),
        ExpressionKind::IsNull(subject, negated) => {
            let is_column = matches!(subject.kind, ExpressionKind::Column(_));
            (is_column && value == (*negated == Negated::Yes)).then_some(Barrier::Null)
        }
        ExpressionKind::Operator(operator) => {
            let (sign, matches) = operator.sign().strip_prefix('!').map_or((operator.sign(), value), |sign| (sign, !value));
            let pattern = pattern(operator)?;
            match (passing(sign, pattern, format)?, matches) {
                (Passing::None, false) => Some(Barrier::Demanded(pattern)),
                (Passing::All, true) => Some(Barrier::Barred(pattern)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The pattern of `column ~ 'pattern'`.
fn pattern(operator: &Operator) -> Option<&str> {
    let mut left = operator.left.as_ref()?;
    while let ExpressionKind::Cast(inner, _) = &left.kind {
        left = inner;
    }
    matches!(left.kind, ExpressionKind::Column(_)).then(|| constant(&operator.right)).flatten().map(|(pattern, _)| pattern)
}
