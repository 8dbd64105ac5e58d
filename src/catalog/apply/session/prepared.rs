//! PREPARE, EXECUTE, DEALLOCATE: a prepared statement is kept as its text, and read anew with what its parameters become.

use super::super::data;
use crate::catalog::evaluate::{Cast, Evaluator, Variables, cast};
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::types;
use crate::syntax::Script;
use crate::syntax::expression::read;
use crate::syntax::lexer::{Mode, TokenKind, lex};
use crate::syntax::tree::{Deallocate, Execute, Ident, Node, Prepare};
use crate::text::Span;

pub(super) fn prepare(run: &mut Run<'_>, text: &str, prepare: &Prepare) -> Result {
    let name = prepare.name.value(text);
    if run.session.prepared.contains_key(&*name) {
        return Err(Stop::fails("42P05", format!("prepared statement \"{name}\" already exists"), prepare.name.span));
    }
    if let Some(span) = statement(prepare) {
        let mut values = Vec::new();
        for at in 0..parameters(text, prepare, span) {
            let written = prepare.arguments.get(at);
            // What the others are comes from what is around them.
            let ty = written.map(|written| types::type_use(run, text, written)).transpose()?;
            values.push((Name::from(""), ty));
        }
        analysis::statement(run, text, span, &Scope { values, ..Scope::default() })?;
    }
    run.session.prepared.insert(name.as_ref().into(), text[prepare.span].into());
    Ok(())
}

pub(super) fn execute(run: &mut Run<'_>, text: &str, execute: &Execute) -> Result {
    let name = execute.name.value(text);
    let Some(source) = run.session.prepared.get(&*name).cloned() else { return Err(missing(execute.name, text)) };
    let whole = Span::new(0, source.len() as u32);
    let script = Script::parse(&source, whole);
    let unknown = || Stop::unknown("what a prepared statement does is not followed", execute.span);
    let Some(Node::Prepare(prepare)) = script.statements.first().and_then(|statement| statement.node()) else { return Err(unknown()) };
    let span = statement(prepare).ok_or_else(unknown)?;
    if parameters(&source, prepare, span) != execute.arguments.len() {
        let message = format!("wrong number of parameters for prepared statement \"{name}\"");
        return Err(Stop::fails("42601", message, execute.span));
    }
    let mut variables = Variables::default();
    for (at, argument) in execute.arguments.iter().enumerate() {
        analysis::expression(run, text, argument.span, &Scope::default())?;
        let value = Evaluator::new(run).value(&read(&text[argument.span])).map_err(|stop| stop.shifted(argument.span.start))?;
        let value = match prepare.arguments.get(at) {
            Some(written) => {
                let ty = types::type_use(run, &source, written).map_err(|stop| stop.at(argument.span))?;
                cast(run, value, &ty, Cast::Assignment).map_err(|stop| stop.at(argument.span))?
            }
            None => value,
        };
        variables.parameters.push(value);
    }
    data::execute(run, &source[span], &variables, Place::Anywhere).map(drop).map_err(|stop| stop.at(execute.span))
}

pub(super) fn deallocate(run: &mut Run<'_>, text: &str, deallocate: &Deallocate) -> Result {
    let Some(ident) = deallocate.name else {
        run.session.prepared.clear();
        return Ok(());
    };
    match run.session.prepared.remove(&*ident.value(text)) {
        Some(_) => Ok(()),
        None => Err(missing(ident, text)),
    }
}

fn missing(name: Ident, text: &str) -> Stop {
    Stop::fails("26000", format!("prepared statement \"{}\" does not exist", name.value(text)), name.span)
}

/// How many parameters what is prepared has: those whose types are written, and those that it uses.
fn parameters(text: &str, prepare: &Prepare, span: Span) -> usize {
    let used = lex(text, span, Mode::Body).tokens.into_iter().filter(|token| token.kind == TokenKind::Param);
    let used = used.filter_map(|token| text[token.span].trim_start_matches('$').parse::<usize>().ok());
    used.max().unwrap_or_default().max(prepare.arguments.len())
}

/// What is prepared.
fn statement(prepare: &Prepare) -> Option<Span> {
    match &*prepare.statement {
        Node::Select(select) => Some(select.span),
        Node::Insert(insert) => Some(insert.span),
        Node::Update(update) => Some(update.span),
        Node::Delete(delete) => Some(delete.span),
        Node::Merge(merge) => Some(merge.span),
        _ => None,
    }
}
