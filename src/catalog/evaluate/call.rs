//! Calls: which function is meant, and what it gives.

use super::{Evaluator, Value, function, invented};
use crate::catalog::apply::code;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RoutineKind;
use crate::catalog::object::Class;
use crate::catalog::{Oid, run::Run};
use crate::postgres::facts::{self, FunctionFact};
use crate::syntax::expression::{ArgumentMode, Call};
use crate::syntax::tree::Volatility;
use crate::text::Span;

/// What a name before parentheses means.
pub(super) enum Callee {
    BuiltIn,
    User(Oid),
    Extension(&'static FunctionFact),
    /// It can't be told.
    Untold,
}

impl Evaluator<'_, '_> {
    /// What a call gives; what it does is done.
    pub(super) fn call(&mut self, call: &Call, span: Span) -> Result<Value> {
        let name = call.name.last().map_or("", String::as_str);
        if call.over.is_some() {
            return Ok(if matches!(name, "row_number" | "rank" | "dense_rank" | "count" | "ntile") {
                Value::NotNull
            } else {
                Value::Unknown
            });
        }
        if super::aggregate::is_aggregate(call) {
            return self.aggregate(call, span);
        }
        let mut arguments = self.arguments(call)?;
        if call.mode == ArgumentMode::Variadic {
            match arguments.pop() {
                Some((None, Value::Array(items))) => arguments.extend(items.into_iter().map(|item| (None, item))),
                Some(last) => arguments.push((last.0, Value::Unknown)),
                None => {}
            }
        }
        match callee(self.run, &call.name, arguments.len())? {
            Callee::BuiltIn => {
                if arguments.iter().any(|(name, _)| name.is_some()) {
                    return Ok(Value::Unknown);
                }
                let values: Vec<Value> = arguments.into_iter().map(|(_, value)| value).collect();
                function::call(self.run, name, &values).map_err(|stop| stop.or_at(span))
            }
            Callee::User(oid) => {
                let value = code::call_function(self.run, oid, arguments, span)?;
                Ok(invented::told(self.run, oid, value, span))
            }
            Callee::Extension(fact) => {
                let null = arguments.iter().any(|(_, value)| *value == Value::Null);
                if fact.strict && null {
                    return Ok(Value::Null);
                }
                match fact.volatility {
                    _ if function::is_unique(name) => Ok(function::made_up(self.run)),
                    Volatility::Volatile if !function::is_harmless(name) => {
                        Err(Stop::unknown(format!("what `{name}`, a function of an extension, changes is not followed"), span))
                    }
                    _ if fact.strict && !arguments.iter().any(|(_, value)| *value == Value::Unknown) => Ok(Value::NotNull),
                    _ => Ok(Value::Unknown),
                }
            }
            Callee::Untold => match function::is_harmless(name) {
                true if function::is_unique(name) => Ok(function::made_up(self.run)),
                true => Ok(Value::NotNull),
                false => Err(Stop::unknown(format!("what the function `{name}` does can't be told"), span)),
            },
        }
    }
}

impl Evaluator<'_, '_> {
    /// The arguments of a call. That of a strict function may be NULL before any of them is evaluated, and the query of one in SQL may be put in
    /// its place, so that an argument that it does not name is not evaluated.
    fn arguments(&mut self, call: &Call) -> Result<Vec<(Option<String>, Value)>> {
        let before = self.any_calls_code(call.arguments.iter().map(|argument| &argument.value)).then(|| self.run.clone());
        let arguments = call.arguments.iter().map(|argument| Ok((argument.name.clone(), self.expression(&argument.value)?)));
        let arguments = arguments.collect::<Result<Vec<_>>>()?;
        let Some(before) = before else { return Ok(arguments) };
        let name = call.name.last().map_or("", String::as_str);
        let (is_strict, in_sql) = match callee(self.run, &call.name, arguments.len())? {
            Callee::User(oid) => {
                let routine = self.run.catalog.get(oid).and_then(|object| object.routine());
                routine.map_or((true, true), |routine| (routine.strict, &*routine.language == "sql"))
            }
            _ => (facts::system().functions(name, self.run.world.target).any(|fact| fact.strict), false),
        };
        let has_null = arguments.iter().any(|(_, value)| *value == Value::Null);
        match (in_sql || (is_strict && has_null)) && !code::same_database(&before, self.run) {
            true => Err(Stop::unknown("whether the arguments of a function are evaluated can't be told, and they change something", None)),
            false => Ok(arguments),
        }
    }
}

/// What a function's name means in a call with so many arguments.
pub(super) fn callee(run: &mut Run<'_>, name: &[String], count: usize) -> Result<Callee> {
    let (schema, function) = match name {
        [function] => (None, function.as_str()),
        [.., schema, function] => (Some(schema.as_str()), function.as_str()),
        [] => return Ok(Callee::Untold),
    };
    let built_in = facts::system().functions(function, run.world.target).next().is_some();
    let is_cast = facts::system().type_named(function, run.world.target).is_some();
    if schema == Some("pg_catalog") || (schema.is_none() && (built_in || is_cast) && !run.catalog.schema_with(Class::Routine, function)) {
        return Ok(Callee::BuiltIn);
    }
    let path = match schema {
        Some(schema) => run.find_schema(schema)?.into_iter().collect(),
        None => run.path()?,
    };
    let mut found = Vec::new();
    for schema in &path {
        let here = run.catalog.named(Class::Routine, *schema, function).iter().copied();
        found.extend(here.filter(|oid| takes(run, *oid, count)));
    }
    let brought: Vec<&'static FunctionFact> = path
        .iter()
        .flat_map(|schema| run.catalog.extensions_in(*schema))
        .flat_map(|(_, facts)| facts.functions(function, run.world.target).collect::<Vec<_>>())
        .collect();
    Ok(match (&found[..], &brought[..]) {
        ([], []) if built_in || is_cast => Callee::BuiltIn,
        ([oid], []) if !built_in => Callee::User(*oid),
        ([], [fact, ..]) if !built_in => Callee::Extension(fact),
        _ => Callee::Untold,
    })
}

/// Whether a routine can be called with so many arguments.
fn takes(run: &Run<'_>, oid: Oid, count: usize) -> bool {
    let Some(routine) = run.catalog.get(oid).and_then(|object| object.routine()) else { return false };
    if routine.kind == RoutineKind::Unknown {
        return true;
    }
    let inputs: Vec<_> = routine.arguments.iter().filter(|argument| argument.mode.is_input()).collect();
    let required = inputs.iter().filter(|argument| argument.default.is_none()).count();
    let variadic = inputs.iter().any(|argument| argument.mode == crate::syntax::tree::ArgumentMode::Variadic);
    (required.saturating_sub(usize::from(variadic))..=inputs.len()).contains(&count) || (variadic && count >= inputs.len())
}
