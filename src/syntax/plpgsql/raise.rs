//! RAISE and GET DIAGNOSTICS.

use crate::syntax::lexer::TokenKind;
use crate::syntax::tree::{Expr, Ident};
use crate::text::Span;

use super::block;
use super::reader::{Read, Reader, SEMICOLON, Stop};
use super::tree::{Condition, Diagnostic, Raise, RaiseLevel, StatementKind};

/// `RAISE …` (stmt_raise).
pub(super) fn raise(r: &mut Reader) -> Read<StatementKind> {
    let start = r.start();
    r.bump();
    let mut raise = Raise { level: level(r), message: None, arguments: Vec::new(), condition: None, options: Vec::new() };
    if r.at_string() {
        raise.message = Some(r.bump());
        if r.eat(TokenKind::Comma).is_some() {
            raise.arguments = r.expressions(&[SEMICOLON, Stop::Word("using")])?;
        }
        check_arguments(r, &raise)?;
    } else if !r.at_word("using") && (r.kind() != TokenKind::Semicolon || r.since(start).len() as usize > "raise".len()) {
        raise.condition = Some(named_condition(r)?);
    }
    if r.eat_word("using").is_some() {
        raise.options = options(r)?;
    }
    match r.kind() {
        TokenKind::Semicolon => Ok(StatementKind::Raise(Box::new(raise))),
        _ => Err(r.unexpected("`,`, `USING` or `;`")),
    }
}

fn level(r: &mut Reader) -> RaiseLevel {
    const LEVELS: [(&str, RaiseLevel); 6] = [
        ("exception", RaiseLevel::Exception),
        ("warning", RaiseLevel::Warning),
        ("notice", RaiseLevel::Notice),
        ("info", RaiseLevel::Info),
        ("log", RaiseLevel::Log),
        ("debug", RaiseLevel::Debug),
    ];
    let written = LEVELS.iter().find(|(word, _)| r.at_word(word));
    if written.is_some() {
        r.bump();
    }
    written.map_or(RaiseLevel::Exception, |(_, level)| *level)
}

fn named_condition(r: &mut Reader) -> Read<Condition> {
    match r.is_name(0) {
        true => block::condition(r),
        false => Err(r.unexpected("a message in single quotes, the name of a condition or `USING`")),
    }
}

/// Each `%` of a format takes one argument; `%%` is a percent sign.
fn check_arguments(r: &Reader, raise: &Raise) -> Read<()> {
    let Some(message) = raise.message else { return Ok(()) };
    let format = r.string_value(message).replace("%%", "");
    let expected = format.matches('%').count();
    let given = raise.arguments.len();
    if expected == given {
        return Ok(());
    }
    let placeholders = if expected == 1 { "1 placeholder" } else { &format!("{expected} placeholders") };
    let values = if given == 1 { "1 value follows" } else { &format!("{given} values follow") };
    let text = format!("the message holds {placeholders} `%`, and {values} it");
    Err(r.error_at(message, text))
}

/// What follows USING (read_raise_options).
fn options(r: &mut Reader) -> Read<Vec<(Ident, Expr)>> {
    const NAMES: [&str; 9] = ["errcode", "message", "detail", "hint", "column", "constraint", "datatype", "table", "schema"];
    let mut options = Vec::new();
    loop {
        if !NAMES.iter().any(|name| r.at_word(name)) {
            return Err(r.unexpected("an option of `RAISE`, such as `ERRCODE`, `DETAIL` or `HINT`"));
        }
        let name = Ident { span: r.bump() };
        assignment(r)?;
        options.push((name, r.expression(&[SEMICOLON, Stop::Token(TokenKind::Comma)])?));
        if r.eat(TokenKind::Comma).is_none() {
            return Ok(options);
        }
    }
}

/// `=` or `:=`.
fn assignment(r: &mut Reader) -> Read<Span> {
    r.eat(TokenKind::Equals).or_else(|| r.eat(TokenKind::ColonEquals)).ok_or_else(|| r.unexpected("`=`"))
}

/// Which GET DIAGNOSTICS an item belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    Current,
    Stacked,
    Both,
}

const ITEMS: [(&str, Area); 13] = [
    ("row_count", Area::Current),
    ("pg_routine_oid", Area::Current),
    ("pg_context", Area::Both),
    ("pg_exception_detail", Area::Stacked),
    ("pg_exception_hint", Area::Stacked),
    ("pg_exception_context", Area::Stacked),
    ("column_name", Area::Stacked),
    ("constraint_name", Area::Stacked),
    ("pg_datatype_name", Area::Stacked),
    ("message_text", Area::Stacked),
    ("table_name", Area::Stacked),
    ("schema_name", Area::Stacked),
    ("returned_sqlstate", Area::Stacked),
];

/// `GET [CURRENT|STACKED] DIAGNOSTICS …` (stmt_getdiag).
pub(super) fn get_diagnostics(r: &mut Reader) -> Read<StatementKind> {
    r.bump();
    let area = match r.eat_word("stacked") {
        Some(_) => Area::Stacked,
        None => {
            r.eat_word("current");
            Area::Current
        }
    };
    r.expect_word("diagnostics")?;
    let mut items = Vec::new();
    loop {
        let target = r.variable("a variable")?;
        assignment(r)?;
        let Some((_, belongs)) = ITEMS.iter().find(|(name, _)| r.at_word(name)) else {
            return Err(r.unexpected("an item of `GET DIAGNOSTICS`, such as `ROW_COUNT`"));
        };
        if *belongs != Area::Both && *belongs != area {
            let item = &r.text[r.span()];
            return Err(r.error(match area {
                Area::Stacked => format!("`{item}` is no item of `GET STACKED DIAGNOSTICS`"),
                _ => format!("`{item}` is an item of `GET STACKED DIAGNOSTICS` only"),
            }));
        }
        items.push(Diagnostic { target, item: Ident { span: r.bump() } });
        if r.eat(TokenKind::Comma).is_none() {
            return Ok(StatementKind::GetDiagnostics(items));
        }
    }
}
