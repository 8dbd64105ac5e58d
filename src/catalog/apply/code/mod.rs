//! Code that is run: DO, CALL, and the functions that expressions call.
//!
//! PL/pgSQL is interpreted statement by statement on the catalog and the rows. A branch that nobody can tell whether it is taken is run on a
//! copy: where all branches come to the same it does not matter which, and else it is not known what the code does.

mod assign;
mod branch;
mod cursor;
mod dynamic;
mod handler;
mod interpreter;
mod loops;
mod raise;
mod routine;
mod sql;

use super::Statement;
use super::session::{open, save};
use crate::catalog::evaluate::Variables;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::catalog::session::Opener;
use crate::postgres::{Run as Ran, runs};
use crate::syntax::plpgsql::{self, Body, BodyContent, Opaque};
use crate::syntax::tree::{Do, Node, WordOrString};
use crate::syntax::{Content, literal};
use interpreter::{Code, Interpreter};

pub(in crate::catalog) use branch::same_database;
pub(in crate::catalog) use routine::{call_function, call_trigger, may_change, operator_may_change};

/// How deep blocks of code and functions may call each other.
const DEEPEST: u32 = 40;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    match statement.node {
        Node::Do(code) => in_transaction(run, |run| anonymous(run, statement.text, code)),
        Node::Call(call) => in_transaction(run, |run| routine::call_procedure(run, statement.text, call, &Variables::default())),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

/// Runs code in the transaction that is open, or in that of the statement: what is local to it ends with it.
fn in_transaction(run: &mut Run<'_>, work: impl FnOnce(&mut Run<'_>) -> Result) -> Result {
    if run.session.in_block() {
        return work(run);
    }
    let before = save(run);
    open(run, Opener::Code, before.clone());
    let result = work(run);
    if result.is_ok() {
        run.session.committed = None;
    }
    let last = run.session.block.take().map_or(before, |block| block.before);
    if result.is_err() {
        super::session::restore(run, last);
    }
    result
}

/// Runs something in which no transaction may be ended.
fn atomically<'w, T>(run: &mut Run<'w>, work: impl FnOnce(&mut Run<'w>) -> T) -> T {
    run.session.atomic += 1;
    let result = work(run);
    run.session.atomic -= 1;
    result
}

/// DO
fn anonymous(run: &mut Run<'_>, text: &str, code: &Do) -> Result {
    let languages: Vec<String> = code.languages.iter().map(|language| word(text, *language)).collect();
    let body = match (&code.bodies[..], &languages[..]) {
        ([body], [] | [_]) => *body,
        ([], _) => return Err(Stop::fails("42601", "no inline code specified", code.span)),
        _ => return Err(Stop::fails("42601", "conflicting or redundant options", code.span)),
    };
    match languages.first().map(String::as_str) {
        None | Some("plpgsql") => {}
        Some("sql") => return Err(Stop::fails("0A000", "language \"sql\" does not support inline code execution", code.span)),
        Some(other) => return Err(Stop::unknown(format!("code in the language {other} is not read"), code.span)),
    }
    let literal = &text[body];
    if literal.contains("${") && literal.starts_with("${") {
        return Err(Stop::unknown("the tool that runs it fills in the code", body));
    }
    let parsed = plpgsql::parse(text, body).map_err(|error| Stop::rejected(&error, run.world.target))?;
    let block = readable(&parsed)?;
    // The whole block is read before any of it is run.
    let (mut rejected, version) = (None, run.world.target);
    runs(block, &[], &mut |ran, _| {
        if let Ran::Sql(statement) = ran
            && let Content::Rejected(error) = &statement.content
        {
            rejected.get_or_insert_with(|| Stop::rejected(error, version));
        }
    });
    if let Some(stop) = rejected {
        return Err(stop);
    }
    let mut interpreter = Interpreter::new(run, Code { text, body: &parsed }, Variables::default());
    interpreter.run_body(block)
}

/// What a word or a string says.
fn word(text: &str, written: WordOrString) -> String {
    match written {
        WordOrString::Word(ident) => ident.value(text).into_owned(),
        WordOrString::String(span) => literal::value(text, span).into_owned(),
    }
}

/// The block of a body, if it can be read.
fn readable(body: &Body) -> Result<&plpgsql::Block> {
    match &body.content {
        BodyContent::Block(block) => Ok(block),
        BodyContent::Opaque(Opaque::Quoting(span)) => Err(Stop::unknown("its quoting spells it otherwise than it reads", *span)),
        BodyContent::Opaque(Opaque::Template(span)) => Err(Stop::unknown("the tool that runs it fills in a part of the code", *span)),
    }
}

/// The text of a string in a body.
fn string(code: Code<'_>, span: crate::text::Span) -> String {
    let written = code.body.slice(code.text, span);
    literal::value(written, crate::text::Span::new(0, written.len() as u32)).into_owned()
}
