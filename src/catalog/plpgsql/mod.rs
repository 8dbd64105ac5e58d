//! Compiling bodies in PL/pgSQL: what PostgreSQL refuses when it makes a function, or before it runs a block (`pl_comp.c`, `pl_gram.y`).
//!
//! The grammar has read the body already. Here its variables are resolved: those that are assigned to must be there, types must exist, RETURN
//! must fit what the function gives back. Expressions and queries in it are not looked into: PL/pgSQL
//! itself analyses them when they are run.

mod names;
mod statement;
mod target;

use crate::postgres::facts::{self, TypeKind};
use crate::syntax::plpgsql::{self, BodyContent};
use crate::syntax::tree::ArgumentMode;
use crate::text::Span;

use super::failure::{Result, Stop};
use super::model::{Routine, RoutineKind, TypeId, TypeUse};
use super::run::Run;
use names::{Kind, Names};
use statement::Compiler;

/// What RETURN may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// One value.
    Value,
    /// Rows, one by one or by queries.
    Set,
    /// Nothing.
    Nothing,
    /// Nothing: it is a procedure.
    Procedure,
}

/// Checks the types that a function in PL/pgSQL takes and gives back.
///
/// # Errors
/// 0A000 for a type that it can't handle, 42P13 for arguments of a trigger function.
pub fn signature(run: &Run<'_>, routine: &Routine, span: Span) -> Result {
    let is_pseudo = |name: &str| facts::system().type_named(name, run.world.target).is_some_and(|fact| fact.kind == TypeKind::Pseudo);
    let pseudo = |ty: &TypeUse| match ty.id {
        TypeId::BuiltIn(name) if !ty.array && !name.starts_with("any") && is_pseudo(name) => Some(name),
        _ => None,
    };
    let result = routine.returns.as_ref().and_then(pseudo);
    if let Some(name) = result.filter(|name| !matches!(*name, "void" | "record" | "trigger" | "event_trigger")) {
        return Err(Stop::fails("0A000", format!("PL/pgSQL functions cannot return type {name}"), span));
    }
    let refused = routine.inputs().flatten().find_map(|ty| pseudo(ty).filter(|name| *name != "record"));
    if let Some(name) = refused {
        return Err(Stop::fails("0A000", format!("PL/pgSQL functions cannot accept type {name}"), span));
    }
    match result {
        Some("trigger") if routine.inputs().next().is_some() => {
            Err(Stop::fails("42P13", "trigger functions cannot have declared arguments", span))
        }
        Some("event_trigger") if routine.inputs().next().is_some() => {
            Err(Stop::fails("42P13", "event trigger functions cannot have declared arguments", span))
        }
        _ => Ok(()),
    }
}

/// Compiles the body of a function, which is the string constant `literal`.
///
/// # Errors
/// 42601, 42704 and so on for what PL/pgSQL refuses; unknown where the body can't be read.
pub fn compile(run: &mut Run<'_>, text: &str, literal: Span, name: &str, routine: &Routine) -> Result {
    let is = |name: &str| routine.returns.as_ref().is_some_and(|ty| !ty.array && ty.id == TypeId::BuiltIn(name_of(name)));
    let (trigger, event_trigger) = (is("trigger"), is("event_trigger"));
    let gives = match routine.kind {
        RoutineKind::Procedure if routine.returns.is_none() => Gives::Procedure,
        _ if routine.returns_set => Gives::Set,
        _ if event_trigger || is("void") => Gives::Nothing,
        _ => Gives::Value,
    };
    let mut names = Names::new(name);
    let mut number = 0;
    for argument in &routine.arguments {
        let kind = argument.ty.as_ref().map_or(Kind::Untold, |ty| names::kind_of(run, ty));
        if argument.mode != ArgumentMode::Table {
            number += 1;
            names.declare(&format!("${number}"), kind);
        }
        names.declare(&argument.name, kind);
    }
    if trigger {
        names.declare_all(&["new", "old"], Kind::Record);
        names.declare_all(
            &[
                "tg_name",
                "tg_when",
                "tg_level",
                "tg_op",
                "tg_relid",
                "tg_relname",
                "tg_table_name",
                "tg_table_schema",
                "tg_nargs",
                "tg_argv",
            ],
            Kind::Scalar,
        );
    }
    if event_trigger {
        names.declare_all(&["tg_event", "tg_tag"], Kind::Scalar);
    }
    let outputs =
        routine.arguments.iter().any(|argument| matches!(argument.mode, ArgumentMode::Out | ArgumentMode::InOut | ArgumentMode::Table));
    body(run, text, literal, names, Frame { gives, outputs })
}

/// Compiles the body of a DO block, which is the string constant `literal`.
///
/// # Errors
/// As those of [`compile`].
pub fn compile_block(run: &mut Run<'_>, text: &str, literal: Span) -> Result {
    body(run, text, literal, Names::new("inline_code_block"), Frame { gives: Gives::Nothing, outputs: false })
}

/// The same name, for as long as the program runs.
const fn name_of(name: &str) -> &'static str {
    match name.as_bytes() {
        b"trigger" => "trigger",
        b"event_trigger" => "event_trigger",
        _ => "void",
    }
}

/// What the function around a body is like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    gives: Gives,
    /// Whether arguments are its result.
    outputs: bool,
}

fn body(run: &mut Run<'_>, text: &str, literal: Span, names: Names, frame: Frame) -> Result {
    let body = plpgsql::parse(text, literal).map_err(|error| Stop::rejected(&error, run.world.target))?;
    let block = match &body.content {
        BodyContent::Block(block) => block,
        BodyContent::Opaque(_) => return Err(Stop::unknown("the body can't be read where it stands", body.span)),
    };
    if let Some(need) = body.needs.iter().find(|need| need.since > run.world.target) {
        return Err(Stop::fails("42601", format!("{} needs PostgreSQL {}", need.what, need.since), need.span));
    }
    Compiler { run, text, body: &body, names, frame }.block(block)
}

#[cfg(test)]
mod tests;
