//! The bodies of routines: what is kept of them, and what is checked when they are made.
//!
//! A body of SQL that is no string is analysed in any case, and kept as a tree. The others are text; unless `check_function_bodies` is off, one
//! in SQL is analysed statement by statement, and one in PL/pgSQL compiled (manual, CREATE FUNCTION and 20.11).

use std::borrow::Cow;
use std::sync::Arc;

use super::attributes::Attributes;
use super::{arguments, result};
use crate::catalog::expression::analysis::{self, AnalysedQuery, Output, Scope};
use crate::catalog::expression::{Completeness, Form, Stored, Use, expect_no_recursion};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Routine, RoutineBody, TypeId, TypeUse};
use crate::catalog::object::Name;
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::catalog::{Oid, plpgsql};
use crate::postgres::facts::{self, TypeKind};
use crate::syntax::tree::{BodyStatement, BodyStatementKind, FunctionBody, Node, TableSource};
use crate::syntax::{Content, Script, literal};
use crate::text::Span;

/// What is kept of a body.
///
/// # Errors
/// 42P13 if there is none or the language takes no such body, and whatever the analysis of a body of SQL raises.
pub(super) fn read(
    run: &mut Run<'_>,
    text: &str,
    name: &str,
    routine: &Routine,
    attributes: &Attributes<'_>,
    span: Span,
) -> Result<RoutineBody> {
    let Some((body, at)) = attributes.body else {
        return Err(Stop::fails("42P13", "no function body specified", span));
    };
    let is_sql = &*routine.language == "sql";
    match body {
        FunctionBody::Text(literal) if &*routine.language == "c" => {
            let file = literal::value(text, *literal);
            Ok(RoutineBody::Object(Arc::from(file), Arc::from(name)))
        }
        FunctionBody::Text(literal) => Ok(RoutineBody::Text(Arc::from(literal::value(text, *literal)))),
        FunctionBody::Object { file, symbol } if &*routine.language == "c" => {
            Ok(RoutineBody::Object(Arc::from(literal::value(text, *file)), Arc::from(literal::value(text, *symbol))))
        }
        FunctionBody::Object { .. } => {
            let message = format!("only one AS item needed for language \"{}\"", routine.language);
            Err(Stop::fails("42P13", message, at))
        }
        FunctionBody::Return(_) | FunctionBody::Atomic(_) if !is_sql => {
            Err(Stop::fails("42P13", "inline SQL function body only valid for language SQL", at))
        }
        FunctionBody::Return(expression) => {
            let stored = analysis::expression(run, text, expression.span, &Scope::of_routine(name, routine))?;
            Ok(RoutineBody::Sql(stored))
        }
        FunctionBody::Atomic(statements) => atomic(run, text, name, routine, statements).map(RoutineBody::Sql),
    }
}

/// `BEGIN ATOMIC … END`: one text, with what each statement in it uses.
fn atomic(run: &mut Run<'_>, text: &str, name: &str, routine: &Routine, statements: &[BodyStatement]) -> Result<Stored> {
    let whole = match statements {
        [first, .., last] => first.span.to(last.span),
        [only] => only.span,
        [] => return Ok(Stored::opaque("", Form::Statement, Completeness::Whole)),
    };
    let mut uses: Vec<Use> = Vec::new();
    let mut completeness = Completeness::Whole;
    for statement in statements {
        let stored = analysed(run, text, statement, &Scope::of_routine(name, routine))?.stored;
        let shift = statement.span.start - whole.start;
        uses.extend(stored.uses.iter().map(|used| Use { span: Span::new(used.span.start + shift, used.span.end + shift), ..used.clone() }));
        if stored.completeness == Completeness::Part {
            completeness = Completeness::Part;
        }
    }
    Ok(Stored { uses: uses.into(), completeness, ..Stored::opaque(&text[whole], Form::Statement, completeness) })
}

fn analysed(run: &mut Run<'_>, text: &str, statement: &BodyStatement, scope: &Scope) -> Result<AnalysedQuery> {
    match &statement.kind {
        BodyStatementKind::Return(expression) => {
            let stored = analysis::expression(run, text, expression.span, scope)?;
            // The expression stands behind RETURN.
            let shift = expression.span.start - statement.span.start;
            let uses =
                stored.uses.iter().map(|used| Use { span: Span::new(used.span.start + shift, used.span.end + shift), ..used.clone() });
            let outputs = vec![Output { name: "?column?".into(), ty: stored.ty.clone(), source: None }];
            Ok(AnalysedQuery { stored: Stored { uses: uses.collect(), ..stored }, outputs: Some(outputs) })
        }
        BodyStatementKind::Statement(_) => analysis::giving(run, text, statement.span, scope),
    }
}

/// Checks the body of a routine that has just been put into the catalog, as its language does.
///
/// # Errors
/// What the language raises.
pub(super) fn validate(run: &mut Run<'_>, text: &str, oid: Oid, attributes: &Attributes<'_>, span: Span) -> Result {
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let name = Name::clone(&object.name);
    let Some(routine) = object.routine().cloned() else { return Ok(()) };
    let Some((body, at)) = attributes.body else { return Ok(()) };
    match (&*routine.language, body) {
        ("sql", _) => {
            refuse_pseudo(run, &routine, span)?;
            with_settings(run, text, attributes, |run| validate_sql(run, text, &name, &routine, body, at, span))
        }
        ("plpgsql", FunctionBody::Text(literal)) => {
            plpgsql::signature(run, &routine, span)?;
            match checks_bodies(run) {
                true => with_settings(run, text, attributes, |run| plpgsql::compile(run, text, *literal, &name, &routine)),
                false => Ok(()),
            }
        }
        ("internal", FunctionBody::Text(literal)) => {
            let symbol = literal::value(text, *literal);
            match facts::system().knows_function(&symbol) || !checks_bodies(run) {
                true => Ok(()),
                false => Err(Stop::unknown(format!("whether the server has a built-in function `{symbol}`"), *literal)),
            }
        }
        ("c", _) => {
            run.condition("58P01", "unless the server has the library of the function", at);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Does something under the `search_path` that the routine sets for itself.
fn with_settings(run: &mut Run<'_>, text: &str, attributes: &Attributes<'_>, work: impl FnOnce(&mut Run<'_>) -> Result) -> Result {
    let Some(path) = attributes.search_path(text) else { return work(run) };
    let before = std::mem::replace(&mut run.session.settings.search_path, path);
    let result = work(run);
    run.session.settings.search_path = before;
    result
}

/// `check_function_bodies`
fn checks_bodies(run: &Run<'_>) -> bool {
    match run.session.settings.others.get("check_function_bodies") {
        Some(Value::Boolean(on)) => *on,
        Some(Value::Text(word)) => !matches!(word.to_ascii_lowercase().as_str(), "off" | "false" | "no" | "0" | "f" | "n" | "of"),
        _ => true,
    }
}

/// Functions in SQL take and give values that can be stored, rows and records of them.
fn refuse_pseudo(run: &Run<'_>, routine: &Routine, span: Span) -> Result {
    let pseudo = |ty: &TypeUse| match ty.id {
        TypeId::BuiltIn(name) if !ty.array && !arguments::is_polymorphic(ty) => {
            facts::system().type_named(name, run.world.target).filter(|fact| fact.kind == TypeKind::Pseudo).map(|_| name)
        }
        _ => None,
    };
    if let Some(name) = routine.returns.as_ref().and_then(pseudo).filter(|name| !matches!(*name, "void" | "record")) {
        return Err(Stop::fails("42P13", format!("SQL functions cannot return type {name}"), span));
    }
    for ty in routine.inputs().flatten() {
        if let Some(name) = pseudo(ty) {
            return Err(Stop::fails("42P13", format!("SQL functions cannot have arguments of type {name}"), span));
        }
    }
    Ok(())
}

fn validate_sql(run: &mut Run<'_>, text: &str, name: &str, routine: &Routine, body: &FunctionBody, at: Span, span: Span) -> Result {
    let scope = Scope::of_routine(name, routine);
    let polymorphic = routine.inputs().flatten().any(arguments::is_polymorphic);
    match body {
        FunctionBody::Text(literal) if checks_bodies(run) => text_of_sql(run, text, *literal, routine, &scope, polymorphic),
        FunctionBody::Return(expression) if !polymorphic => {
            let RoutineBody::Sql(stored) = &routine.body else { return Ok(()) };
            let outputs = vec![Output { name: "?column?".into(), ty: stored.ty.clone(), source: None }];
            // A constant in quotes becomes whatever is wanted only where it is written as that.
            result::check(run, routine, Some(&outputs), expression.span)
        }
        FunctionBody::Atomic(statements) if !polymorphic => match statements.last() {
            Some(last) => {
                let outputs = analysed(run, text, last, &scope)?.outputs;
                let gives = matches!(last.kind, BodyStatementKind::Return(_)) || gives_rows(text, last);
                result::check_last(run, routine, gives, outputs.as_deref(), at)
            }
            None => result::check_last(run, routine, false, None, span),
        },
        _ => Ok(()),
    }
}

fn gives_rows(text: &str, statement: &BodyStatement) -> bool {
    match &statement.kind {
        BodyStatementKind::Return(_) => true,
        BodyStatementKind::Statement(node) => node_gives_rows(text, node),
    }
}

/// Whether a statement is a query, or has RETURNING.
fn node_gives_rows(text: &str, node: &Node) -> bool {
    match node {
        Node::Select(select) => select.into.is_none(),
        Node::Insert(insert) => insert.returning.is_some(),
        Node::Update(update) => update.returning.is_some(),
        Node::Delete(delete) => delete.returning.is_some(),
        Node::Merge(merge) => text[merge.span].to_ascii_lowercase().contains("returning"),
        _ => false,
    }
}

/// The text of a body, and where its bytes stand in the file if they stand there as they read.
fn text_of_sql(run: &mut Run<'_>, text: &str, literal: Span, routine: &Routine, scope: &Scope, polymorphic: bool) -> Result {
    match literal::value(text, literal) {
        Cow::Borrowed(_) => statements(run, text, literal, routine, scope, polymorphic),
        Cow::Owned(body) => {
            let quoted = quoted(&body);
            let whole = Span::new(0, quoted.len() as u32);
            statements(run, &quoted, whole, routine, scope, polymorphic).map_err(|stop| stop.at(literal))
        }
    }
}

/// A text between dollar quotes, in which it reads as it is.
fn quoted(body: &str) -> String {
    let mut tag = "$b$".to_owned();
    while body.contains(&tag) {
        tag.insert(1, 'b');
    }
    format!("{tag}{body}{tag}")
}

/// Reads all statements before it analyses the first, as PostgreSQL does.
fn statements(run: &mut Run<'_>, text: &str, literal: Span, routine: &Routine, scope: &Scope, polymorphic: bool) -> Result {
    let script = Script::parse_literal(text, literal);
    for statement in &script.statements {
        match &statement.content {
            Content::Rejected(error) => return Err(Stop::rejected(error, run.world.target)),
            Content::Template => return Err(Stop::unknown("the tool that runs it fills in a part of the body", statement.span)),
            Content::Opaque | Content::MetaCommand => return Err(Stop::unknown("the body can't be read", statement.span)),
            Content::Parsed(_) => {}
        }
        if let Some(need) = statement.needs.iter().find(|need| need.since > run.world.target) {
            return Err(Stop::fails("42601", format!("{} needs PostgreSQL {}", need.what, need.since), need.span));
        }
    }
    if polymorphic {
        return Ok(());
    }
    let mut last = (false, None);
    for statement in &script.statements {
        let Some(node) = statement.node() else { continue };
        last = (node_gives_rows(text, node), analyse_node(run, text, node, statement.span, scope)?);
    }
    result::check_last(run, routine, last.0, last.1.as_deref(), literal)
}

/// Analyses one statement; those that are no queries and hold none are only read.
fn analyse_node(run: &mut Run<'_>, text: &str, node: &Node, span: Span, scope: &Scope) -> Result<Option<Vec<Output>>> {
    let analysed = match node {
        Node::Select(select) if select.into.is_none() => analysis::query(run, text, span, scope)?,
        Node::Insert(_) | Node::Update(_) | Node::Delete(_) | Node::Merge(_) => analysis::giving(run, text, span, scope)?,
        Node::CreateTableAs(create) => {
            if let TableSource::Query(query) = &create.source {
                analysis::query(run, text, query.span, scope)?;
            }
            return Ok(None);
        }
        _ => return Ok(None),
    };
    expect_no_recursion(&run.catalog, &analysed.stored, span)?;
    Ok(analysed.outputs)
}
