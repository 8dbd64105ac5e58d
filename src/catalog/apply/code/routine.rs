//! Functions and procedures that are called.

use std::collections::BTreeSet;

use super::super::data;
use super::interpreter::{Code, Interpreter};
use super::sql::{is_data, parsed, utility};
use crate::catalog::evaluate::{Cast, Evaluator, Presence, Variable, Variables, cast};
use crate::catalog::expression::analysis::Place;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Routine, RoutineBody, RoutineKind, TypeUse};
use crate::catalog::object::{Body, Class, Standing};
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::catalog::{Oid, session};
use crate::syntax::Script;
use crate::syntax::expression::{ExpressionKind as Kind, read};
use crate::syntax::plpgsql;
use crate::syntax::tree::{self, ArgumentMode, Volatility};
use crate::text::Span;

type Arguments = Vec<(Option<String>, Value)>;

/// What a function of the catalog gives; what it does is done.
///
/// # Errors
/// What it raises, or that it can't be told what it does.
pub(in crate::catalog) fn call_function(run: &mut Run<'_>, oid: Oid, arguments: Arguments, span: Span) -> Result<Value> {
    let Some(object) = run.catalog.get(oid) else { return Ok(Value::Unknown) };
    let (name, assumed) = (object.name.to_string(), object.standing == Standing::Assumed);
    let Some(routine) = object.routine().cloned() else { return Ok(Value::Unknown) };
    let unknown = || Stop::unknown(format!("what the function `{name}` does can't be told"), span);
    if assumed || routine.kind == RoutineKind::Unknown {
        return Err(unknown());
    }
    if routine.kind == RoutineKind::Aggregate || routine.window {
        return Ok(Value::Unknown);
    }
    if routine.strict && arguments.iter().any(|(_, value)| *value == Value::Null) {
        return Ok(Value::Null);
    }
    let before = run.clone();
    match super::atomically(run, |run| called(run, &routine, arguments, span)) {
        Ok(_) if routine.returns_set => Ok(Value::Unknown),
        Ok(value) => Ok(value),
        Err(Stop::Unknown(doubt)) => match is_passed_over(run, before, &routine) {
            true => Ok(Value::Unknown),
            false => Err(Stop::Unknown(doubt)),
        },
        Err(stop) => Err(stop.at(span)),
    }
}

/// Whether a function that could not be followed does no more than give a value, or refuse to; the session is then what it was `before`. What
/// would run for ever, or calls itself too deep, is never passed over.
fn is_passed_over<'w>(run: &mut Run<'w>, before: Run<'w>, routine: &Routine) -> bool {
    let is_spent = run.budget == 0;
    *run = before;
    if is_spent {
        run.budget = 0;
    }
    !is_spent && !may_change(run, routine)
}

/// Runs the function of a trigger: what it gave, nothing if that can't be told.
///
/// # Errors
/// What it raises, or that it can't be told what it does.
pub(in crate::catalog) fn call_trigger(run: &mut Run<'_>, function: Oid, variables: Variables, span: Span) -> Result<Option<Value>> {
    let Some(routine) = run.catalog.get(function).and_then(|object| object.routine()).cloned() else {
        return Err(Stop::unknown("what a trigger does can't be told", span));
    };
    let before = run.clone();
    let result = match (&*routine.language, &routine.body) {
        ("plpgsql", RoutineBody::Text(text)) => {
            super::atomically(run, |run| with_settings(run, &routine, |run| plpgsql_body(run, &routine, text, variables)))
        }
        (language, _) => Err(Stop::unknown(format!("what a trigger in {language} does is not followed"), span)),
    };
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Unknown(doubt)) => match is_passed_over(run, before, &routine) {
            true => Ok(None),
            false => Err(Stop::Unknown(doubt)),
        },
        Err(stop) => Err(stop.at(span)),
    }
}

/// Whether an operator of the history has such a function behind it as [`may_change`] tells.
pub(in crate::catalog) fn operator_may_change(run: &Run<'_>, sign: &str) -> bool {
    let functions = run.catalog.anywhere(Class::Operator, sign).filter_map(|(_, object)| match &object.body {
        Body::Operator(operator) => operator.function,
        _ => None,
    });
    functions.filter_map(|oid| run.catalog.get(oid)?.routine()).any(|routine| may_change(run, routine))
}

/// Whether a function may do more than give a value, or refuse to: it, or one that it seems to call.
pub(in crate::catalog) fn may_change(run: &Run<'_>, routine: &Routine) -> bool {
    may_change_within(run, routine, &mut BTreeSet::new())
}

fn may_change_within<'r>(run: &'r Run<'_>, routine: &'r Routine, seen: &mut BTreeSet<&'r str>) -> bool {
    const WORDS: &[&str] = &[
        "insert",
        "update",
        "delete",
        "merge",
        "truncate",
        "create",
        "alter",
        "drop",
        "execute",
        "grant",
        "revoke",
        "perform",
        "call",
        "copy",
        "nextval",
        "setval",
        "set_config",
        "comment",
        "refresh",
        "raise",
        "assert",
        "reset",
    ];
    let text = match &routine.body {
        RoutineBody::Text(text) => text,
        RoutineBody::Sql(stored) => &stored.text,
        _ => return routine.volatility == Volatility::Volatile,
    };
    let written = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words: BTreeSet<String> = written.clone().map(str::to_ascii_lowercase).collect();
    if WORDS.iter().any(|word| words.contains(*word)) {
        return true;
    }
    // Names in quotes are as they are written.
    let quoted = written.chain(text.split('"')).map(str::to_owned).filter(|name| !words.contains(name));
    let quoted: BTreeSet<String> = quoted.collect();
    let called = words.iter().chain(&quoted).flat_map(|word| run.catalog.anywhere(Class::Routine, word));
    let called: Vec<_> = called.filter_map(|(_, object)| Some((&*object.name, object.routine()?))).collect();
    called.into_iter().any(|(name, routine)| seen.insert(name) && may_change_within(run, routine, seen))
}

fn called(run: &mut Run<'_>, routine: &Routine, arguments: Arguments, span: Span) -> Result<Value> {
    if run.depth >= super::DEEPEST {
        run.budget = 0;
        return Err(Stop::unknown("functions call each other too deep", span));
    }
    let variables = bound(run, routine, arguments)?;
    let value = with_settings(run, routine, |run| body(run, routine, variables, span))?;
    match &routine.returns {
        Some(TypeUse { id: crate::catalog::model::TypeId::BuiltIn("void" | "trigger" | "event_trigger" | "record"), .. }) | None => {
            Ok(value)
        }
        Some(ty) => cast(run, value, &ty.clone(), Cast::Assignment),
    }
}

/// Does something with the variables that a routine sets while it runs.
fn with_settings<T>(run: &mut Run<'_>, routine: &Routine, work: impl FnOnce(&mut Run<'_>) -> Result<T>) -> Result<T> {
    let settings = run.session.settings.clone();
    if run.session.is_safe {
        run.session.settings.search_path = Some(session::safe_path());
    }
    for (name, value) in &routine.settings {
        let lifetime = super::super::session::setting::Lifetime::Transaction;
        super::super::session::setting::set_config(run, name, &Value::Text(value.clone()), lifetime)?;
    }
    let result = work(run);
    if run.session.is_safe {
        run.session.settings.search_path.clone_from(&settings.search_path);
    }
    if !routine.settings.is_empty() {
        for name in routine.settings.keys() {
            let own = &mut run.session.settings;
            match &**name {
                "search_path" => own.search_path.clone_from(&settings.search_path),
                "role" => own.role.clone_from(&settings.role),
                name => match settings.others.get(name) {
                    Some(value) => drop(own.others.insert(name.into(), value.clone())),
                    None => drop(own.others.remove(name)),
                },
            }
        }
    }
    result
}

/// The arguments of a routine as variables.
fn bound(run: &mut Run<'_>, routine: &Routine, arguments: Arguments) -> Result<Variables> {
    let inputs: Vec<_> = routine.arguments.iter().filter(|argument| argument.mode.is_input()).collect();
    let mut given: Vec<Option<Value>> = vec![None; inputs.len()];
    let variadic = inputs.last().is_some_and(|argument| argument.mode == ArgumentMode::Variadic);
    let mut rest = Vec::new();
    for (at, (name, value)) in arguments.into_iter().enumerate() {
        match name {
            Some(name) => {
                if let Some(at) = inputs.iter().position(|input| *input.name == *name) {
                    given[at] = Some(value);
                }
            }
            None if variadic && at + 1 >= inputs.len() => rest.push(value),
            None => {
                if let Some(slot) = given.get_mut(at) {
                    *slot = Some(value);
                }
            }
        }
    }
    if variadic && let Some(last) = given.last_mut() {
        *last = Some(Value::Array(rest));
    }
    let mut variables = Variables::default();
    variables.open(None);
    let mut given = given.into_iter();
    for argument in &routine.arguments {
        let value = match (argument.mode.is_input(), argument.default.as_ref()) {
            (false, _) => Value::Null,
            (true, default) => match (given.next().flatten(), default) {
                (Some(value), _) => value,
                (None, Some(default)) => Evaluator::new(run).value(&read(&default.text))?,
                (None, None) => Value::Unknown,
            },
        };
        let value = match argument.ty.as_ref().filter(|_| argument.mode != ArgumentMode::Variadic) {
            Some(ty) => cast(run, value, &ty.clone(), Cast::Assignment)?,
            None => value,
        };
        if argument.mode.is_input() {
            variables.parameters.push(value.clone());
        }
        if !argument.name.is_empty() {
            variables.declare(Variable::new(argument.name.clone(), argument.ty.clone(), value));
        }
    }
    Ok(variables)
}

fn body(run: &mut Run<'_>, routine: &Routine, variables: Variables, span: Span) -> Result<Value> {
    match (&*routine.language, &routine.body) {
        ("plpgsql", RoutineBody::Text(text)) => plpgsql_body(run, routine, text, variables),
        ("sql", RoutineBody::Text(text)) => sql_body(run, routine, text, &variables, span),
        ("sql", RoutineBody::Sql(stored)) if stored.form == crate::catalog::expression::Form::Expression => {
            run.depth += 1;
            let result = Evaluator::with_variables(run, &variables).value(&read(&stored.text));
            run.depth -= 1;
            result
        }
        (language, _) => Err(Stop::unknown(format!("what a function in {language} does is not followed"), span)),
    }
}

fn plpgsql_body(run: &mut Run<'_>, routine: &Routine, text: &str, variables: Variables) -> Result<Value> {
    let whole = Span::new(0, text.len() as u32);
    let parsed = plpgsql::parse(text, whole).map_err(|error| Stop::fails(error.sqlstate, error.message.clone(), None))?;
    let block = super::readable(&parsed)?;
    let mut interpreter = Interpreter::new(run, Code { text, body: &parsed }, variables);
    interpreter.run_body(block)?;
    if let Some(value) = interpreter.returned.take() {
        return Ok(value);
    }
    // What OUT arguments hold is what it gives.
    let out: Vec<_> =
        routine.arguments.iter().filter(|argument| matches!(argument.mode, ArgumentMode::Out | ArgumentMode::InOut)).collect();
    Ok(match &out[..] {
        [argument] => interpreter.variables.find(&[argument.name.to_string()]).map_or(Value::Unknown, |variable| variable.value.clone()),
        [] if matches!(&routine.returns, Some(TypeUse { id: crate::catalog::model::TypeId::BuiltIn("void"), .. }) | None) => Value::NotNull,
        [] if routine.returns_set => Value::Unknown,
        [] => return Err(Stop::fails("2F005", "control reached end of function without RETURN", None)),
        _ => Value::Unknown,
    })
}

fn sql_body(run: &mut Run<'_>, routine: &Routine, text: &str, variables: &Variables, span: Span) -> Result<Value> {
    // Of the last query, a function that gives one value takes the first row.
    let single = !routine.returns_set && routine.returns.as_ref().is_some_and(|ty| *ty != TypeUse::built_in("void"));
    let script = Script::parse(text, Span::new(0, text.len() as u32));
    let mut value = Value::NotNull;
    run.depth += 1;
    for (at, statement) in script.statements.iter().enumerate() {
        let node = parsed(run, statement)?;
        if is_data(node) {
            let most = (single && at + 1 == script.statements.len()).then_some(1);
            let table = data::execute_for(run, &text[statement.span], variables, Place::Anywhere, most)?.table;
            value = match &table.rows[..] {
                [] => Value::Null,
                [(row, Presence::Certain), ..] => row.first().cloned().unwrap_or(Value::Null),
                _ => Value::Unknown,
            };
        } else {
            // Neither may what it calls end a transaction.
            super::atomically(run, |run| utility(run, text, node, script.tokens_of(statement), span))?;
            value = Value::NotNull;
        }
    }
    run.depth -= 1;
    Ok(value)
}

/// CALL
pub(super) fn call_procedure(run: &mut Run<'_>, text: &str, call: &tree::Call, variables: &Variables) -> Result {
    let source = &text[call.call.span];
    let tree = read(source);
    let Kind::Call(written) = &tree.kind else {
        return Err(Stop::unknown("what is called is not read", call.span));
    };
    let mut arguments = Arguments::new();
    for argument in &written.arguments {
        let value = Evaluator::with_variables(run, variables).value(&argument.value).map_err(|stop| stop.shifted(call.call.span.start))?;
        arguments.push((argument.name.clone(), value));
    }
    let object = call.name.object.value(text);
    let schemas = match call.name.schema {
        Some(schema) => run.find_schema(&schema.value(text))?.into_iter().collect(),
        None => run.path()?,
    };
    let all: Vec<Oid> = schemas.iter().flat_map(|schema| run.catalog.named(Class::Routine, *schema, &object).to_vec()).collect();
    let takes = |oid: &Oid| {
        run.catalog.get(*oid).and_then(|object| object.routine()).is_some_and(|routine| {
            let count = routine.arguments.iter().filter(|argument| argument.mode != ArgumentMode::Table).count();
            let required =
                routine.arguments.iter().filter(|argument| argument.default.is_none() && argument.mode != ArgumentMode::Variadic);
            (required.count()..=count).contains(&arguments.len())
        })
    };
    let fitting: Vec<Oid> = all.iter().copied().filter(takes).collect();
    let oid = match fitting[..] {
        [oid] => oid,
        [] if all.is_empty() && !run.may_assume(Class::Routine, &object) && run.catalog.doubted(Class::Routine, &object).is_none() => {
            let brought = schemas.iter().any(|schema| {
                run.catalog.extensions_in(*schema).iter().any(|(_, facts)| facts.functions(&object, run.world.target).next().is_some())
            });
            if brought || run.catalog.has_unknown_extension() {
                return Err(Stop::unknown(format!("what the procedure `{object}` does can't be told"), call.span));
            }
            return Err(Stop::fails("42883", format!("procedure {object} does not exist"), call.name.span()));
        }
        _ => return Err(Stop::unknown(format!("which procedure `{object}` is can't be told"), call.span)),
    };
    let routine = run.catalog.get(oid).and_then(|object| object.routine()).cloned();
    let Some(routine) = routine.filter(|routine| routine.kind != RoutineKind::Unknown) else {
        return Err(Stop::unknown(format!("what the procedure `{object}` does can't be told"), call.span));
    };
    if routine.kind != RoutineKind::Procedure {
        return Err(Stop::fails("42809", format!("{object} is not a procedure"), call.name.span()));
    }
    // OUT arguments are written too.
    let inputs = routine.arguments.iter().filter(|argument| argument.mode != ArgumentMode::Table);
    let arguments = arguments.into_iter().zip(inputs).filter(|(_, input)| input.mode.is_input()).map(|(argument, _)| argument).collect();
    // What sets variables, or runs as its owner, may end no transaction.
    let result = match routine.settings.is_empty() && !routine.security_definer {
        true => called(run, &routine, arguments, call.span),
        false => super::atomically(run, |run| called(run, &routine, arguments, call.span)),
    };
    result.map(drop).map_err(|stop| stop.at(call.span))
}
