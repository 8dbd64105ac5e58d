//! Which function a call means (`func_get_detail`; manual, 10.3).

use super::ExprType;
use super::candidates::{Choice, choose};
use super::coerce::{Context, Fit, coercion};
use super::family::{fact_type, has_category, is_pseudo};
use super::polymorphic::result_of;
use crate::catalog::model::{RoutineKind, TypeId, TypeUse};
use crate::catalog::object::{Class, Standing};
use crate::catalog::run::Run;
use crate::catalog::{Oid, Result, Stop, types};
use crate::postgres::facts::{self, Facts, FunctionFact, FunctionKind};
use crate::text::Span;

/// A function as a call means it.
#[derive(Debug, Clone)]
pub struct RoutineUse {
    /// Which one.
    pub callee: Callee,
    /// What it takes, in the order of the call; none where that can't be told.
    pub types: Vec<Option<TypeUse>>,
    /// What it gives.
    pub result: ExprType,
    /// Whether it gives a set.
    pub returns_set: bool,
    /// Whether it is an aggregate.
    pub aggregate: bool,
    /// How many of the last arguments become one array, which is what it takes.
    pub gathered: usize,
}

/// A function.
#[derive(Debug, Clone, Copy)]
pub enum Callee {
    /// One of `pg_catalog`.
    BuiltIn(&'static FunctionFact),
    /// An object of the catalog.
    User(Oid),
    /// A member of this extension.
    Extension(Oid, &'static FunctionFact),
    /// No function but a cast that is written like one: `text(a)`.
    Cast,
    /// It can't be told which.
    Untold,
}

/// How a call hands its arguments over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One by one.
    Plain,
    /// The last one is an array of arguments: VARIADIC.
    Variadic,
}

/// A function that takes as many arguments as the call has.
#[derive(Debug, Clone)]
struct Candidate {
    callee: Callee,
    /// In the order of the call.
    types: Vec<Option<TypeUse>>,
    result: ExprType,
    returns_set: bool,
    aggregate: bool,
    /// Whether it is a procedure, which only CALL can call.
    procedure: bool,
    /// How many arguments were packed into a VARIADIC one, and how many have their default: fewer are better.
    packed: usize,
    defaulted: usize,
    /// How many become one array.
    gathered: usize,
}

/// How a call hands its arguments over to a candidate: what each must be, and the rest as [`Candidate`] has it.
struct Arrangement {
    types: Vec<Option<TypeUse>>,
    packed: usize,
    defaulted: usize,
    gathered: usize,
}

/// The function that a call of `name` with `arguments` means; the names of those that are handed over by name stand in `named`.
///
/// # Errors
/// 42883 if there is none, 42725 if several fit equally well, 42809 if it is a procedure, or if it can't be told whether there is one.
pub fn resolve_routine(
    run: &mut Run<'_>,
    name: &[String],
    arguments: &[ExprType],
    named: &[Option<String>],
    mode: Mode,
    span: Span,
) -> Result<RoutineUse> {
    let (schema, function) = match name {
        [function] => (None, function.as_str()),
        [.., schema, function] => (Some(schema.as_str()), function.as_str()),
        [] => return Err(Stop::unknown("a call without a name", span)),
    };
    let candidates = candidates(run, schema, function, arguments, named, mode).map_err(|stop| stop.or_at(span))?;
    let version = run.world.target;
    // One that takes exactly these types is taken, whatever the others take.
    if let Some(found) = exact(&candidates, arguments) {
        return called(run, found, name, arguments, span);
    }
    if let [argument] = arguments
        && named.iter().all(Option::is_none)
        && let Some(used) = cast(run, name, argument)?
    {
        return Ok(used);
    }
    match choose(&run.catalog, version, &candidates, arguments, |candidate: &Candidate| candidate.types.clone()) {
        Choice::One(found) => called(run, &found, name, arguments, span),
        Choice::Untold(possible) => {
            let mut results = possible.iter().map(|candidate| candidate.used(run, arguments));
            let first = results.next();
            match first {
                Some(first) if possible.len() == 1 => Ok(first),
                Some(first) if results.all(|other| other.result == first.result && other.aggregate == first.aggregate) => {
                    Ok(RoutineUse { callee: Callee::Untold, types: Vec::new(), ..first })
                }
                Some(first) => Ok(RoutineUse { callee: Callee::Untold, types: Vec::new(), result: ExprType::Untold, ..first }),
                None => Err(Stop::unknown(format!("which function `{function}` is"), span)),
            }
        }
        Choice::Ambiguous => {
            let message = format!("function {} is not unique", signature(run, name, arguments));
            Err(Stop::fails("42725", message, span))
        }
        Choice::None => missing(run, name, function, arguments, span),
    }
}

/// A function that was chosen; procedures are chosen from too, and are refused then.
fn called(run: &Run<'_>, found: &Candidate, name: &[String], arguments: &[ExprType], span: Span) -> Result<RoutineUse> {
    if found.procedure {
        return Err(Stop::fails("42809", format!("{} is a procedure", signature(run, name, arguments)), span));
    }
    Ok(found.used(run, arguments))
}

fn missing(run: &mut Run<'_>, name: &[String], function: &str, arguments: &[ExprType], span: Span) -> Result<RoutineUse> {
    if let Some(why) = run.catalog.doubted(Class::Routine, function) {
        return Err(Stop::unknown(&*why, span));
    }
    if run.catalog.has_unknown_extension() {
        return Err(Stop::unknown(format!("whether an extension brings a function `{function}`"), span));
    }
    let is_built_in = matches!(name, [_]) || name.first().is_some_and(|schema| schema == "pg_catalog");
    let known = is_built_in && facts::system().knows_function(function);
    if !known && run.may_assume(Class::Routine, function) {
        run.condition("42883", format!("unless function {}, which no file creates, is there", name.join(".")), span);
        return Ok(RoutineUse {
            callee: Callee::Untold,
            types: Vec::new(),
            result: ExprType::Untold,
            returns_set: false,
            aggregate: false,
            gathered: 0,
        });
    }
    let message = format!("function {} does not exist", signature(run, name, arguments));
    Err(Stop::fails("42883", message, span))
}

fn signature(run: &Run<'_>, name: &[String], arguments: &[ExprType]) -> String {
    let types: Vec<String> = arguments
        .iter()
        .map(|argument| match argument {
            ExprType::Known(ty) => crate::catalog::types::format_type(&run.catalog, &ty.bare()),
            ExprType::Literal | ExprType::Untold => "unknown".to_owned(),
        })
        .collect();
    format!("{}({})", name.join("."), types.join(", "))
}

impl Candidate {
    fn used(&self, run: &Run<'_>, arguments: &[ExprType]) -> RoutineUse {
        let result = match &self.result {
            ExprType::Known(ty) => result_of(&run.catalog, run.world.target, ty, &self.types, arguments),
            other => other.clone(),
        };
        RoutineUse {
            callee: self.callee,
            types: self.types.clone(),
            result,
            returns_set: self.returns_set,
            aggregate: self.aggregate,
            gathered: self.gathered,
        }
    }
}

fn exact<'c>(candidates: &'c [Candidate], arguments: &[ExprType]) -> Option<&'c Candidate> {
    candidates.iter().find(|candidate| {
        candidate.types.iter().zip(arguments).all(|(declared, argument)| match (declared, argument) {
            (Some(declared), ExprType::Known(ty)) => declared.is_same_type(ty),
            _ => false,
        })
    })
}

/// `text(a)`: a cast that is written like a call, where that needs no function or goes through text (`FuncNameAsType`). Rows are not cast so.
fn cast(run: &mut Run<'_>, name: &[String], argument: &ExprType) -> Result<Option<RoutineUse>> {
    let Some(target) = types::find(run, name)? else { return Ok(None) };
    let catalog = &run.catalog;
    let is_row = |ty: &TypeUse| !ty.array && (ty.id == TypeId::BuiltIn("record") || has_category(catalog, ty, 'C'));
    let fits = match argument {
        _ if is_row(&target) || is_pseudo(&target) => false,
        ExprType::Literal => true,
        ExprType::Known(source) => match coercion(catalog, run.world.target, source, &target, Context::Explicit) {
            Fit::Same => source.is_same_type(&target) || !(source.array && target.array),
            Fit::Spelled => !is_row(source),
            Fit::Converted | Fit::None | Fit::Untold => false,
        },
        ExprType::Untold => false,
    };
    Ok(fits.then(|| RoutineUse {
        callee: Callee::Cast,
        types: Vec::new(),
        result: ExprType::Known(target),
        returns_set: false,
        aggregate: false,
        gathered: 0,
    }))
}

/// The functions of a name that can be called with that many arguments, those that an earlier schema of the path hides left out.
fn candidates(
    run: &mut Run<'_>,
    schema: Option<&str>,
    function: &str,
    arguments: &[ExprType],
    named: &[Option<String>],
    mode: Mode,
) -> Result<Vec<Candidate>> {
    let path = match schema {
        None => run.path()?.into_iter().filter(|schema| *schema != Oid::PG_TEMP).collect(),
        Some(schema) => match run.find_schema(schema)? {
            Some(schema) => vec![schema],
            None if run.may_assume_in(Class::Schema, Oid::NONE, schema) => return Ok(Vec::new()),
            None => return Err(Stop::fails("3F000", format!("schema \"{schema}\" does not exist"), None)),
        },
    };
    let mut found: Vec<Candidate> = Vec::new();
    for schema in path {
        let mut here = Vec::new();
        if schema == Oid::PG_CATALOG || schema == Oid::INFORMATION_SCHEMA {
            let wanted = if schema == Oid::PG_CATALOG { function.to_owned() } else { format!("information_schema.{function}") };
            for fact in facts::system().functions(&wanted, run.world.target) {
                here.extend(of_fact(fact, Callee::BuiltIn(fact), arguments.len(), named, mode, run, None));
            }
        }
        for oid in run.catalog.named(Class::Routine, schema, function).to_vec() {
            here.extend(of_object(run, oid, arguments.len(), named, mode));
        }
        for (extension, facts) in run.catalog.extensions_in(schema) {
            let members: Vec<&'static FunctionFact> = facts.functions(function, run.world.target).collect();
            for fact in members {
                let callee = Callee::Extension(extension, fact);
                here.extend(of_fact(fact, callee, arguments.len(), named, mode, run, Some((extension, facts))));
            }
        }
        // One of the same arguments in an earlier schema hides it.
        here.retain(|candidate| !found.iter().any(|earlier| earlier.types == candidate.types && earlier.types.iter().all(Option::is_some)));
        found.extend(here);
    }
    // What needs no packing and no defaults is preferred among those of equal types.
    let all = found.clone();
    found.retain(|candidate| {
        !all.iter().any(|other| other.types == candidate.types && (other.packed, other.defaulted) < (candidate.packed, candidate.defaulted))
    });
    Ok(found)
}

fn of_fact(
    fact: &'static FunctionFact,
    callee: Callee,
    count: usize,
    named: &[Option<String>],
    mode: Mode,
    run: &Run<'_>,
    extension: Option<(Oid, &'static Facts)>,
) -> Option<Candidate> {
    let ty = |name: &'static str| match extension {
        Some((extension, facts)) if facts.type_named(name.trim_start_matches('_'), run.world.target).is_some() => {
            let oid = run.catalog.extension_type(extension, name.trim_start_matches('_'))?;
            let user = TypeUse::user(oid);
            Some(if name.starts_with('_') { user.array() } else { user })
        }
        _ => Some(fact_type(name)),
    };
    let inputs: Vec<Input<'_>> = fact
        .inputs()
        .map(|argument| Input { name: argument.name, ty: ty(argument.type_name), has_default: argument.has_default })
        .collect();
    let variadic = fact.variadic().is_some();
    let Arrangement { types, packed, defaulted, gathered } = arrange(&inputs, variadic, count, named, mode)?;
    let result = fact.result.map_or(ExprType::built_in("void"), |name| ty(name).into());
    let aggregate = matches!(fact.kind, FunctionKind::Aggregate | FunctionKind::OrderedSet(_) | FunctionKind::Hypothetical(_));
    let procedure = fact.kind == FunctionKind::Procedure;
    Some(Candidate { callee, types, result, returns_set: fact.returns_set, aggregate, procedure, packed, defaulted, gathered })
}

fn of_object(run: &Run<'_>, oid: Oid, count: usize, named: &[Option<String>], mode: Mode) -> Option<Candidate> {
    let object = run.catalog.get(oid)?;
    let routine = object.routine()?;
    if object.standing == Standing::Assumed || routine.kind == RoutineKind::Unknown {
        let types = vec![None; count];
        let (result, returns_set, aggregate) = (ExprType::Untold, false, false);
        return Some(Candidate {
            callee: Callee::User(oid),
            types,
            result,
            returns_set,
            aggregate,
            procedure: false,
            packed: 0,
            defaulted: 0,
            gathered: 0,
        });
    }
    let inputs: Vec<Input<'_>> = routine
        .arguments
        .iter()
        .filter(|argument| argument.mode.is_input())
        .map(|argument| Input {
            name: (!argument.name.is_empty()).then_some(&*argument.name),
            ty: argument.ty.as_ref().map(TypeUse::bare),
            has_default: argument.default.is_some(),
        })
        .collect();
    let variadic = routine.arguments.iter().any(|argument| argument.mode == crate::syntax::tree::ArgumentMode::Variadic);
    let Arrangement { types, packed, defaulted, gathered } = arrange(&inputs, variadic, count, named, mode)?;
    Some(Candidate {
        callee: Callee::User(oid),
        types,
        result: routine.returns.clone().into(),
        returns_set: routine.returns_set,
        aggregate: routine.kind == RoutineKind::Aggregate,
        procedure: routine.kind == RoutineKind::Procedure,
        packed,
        defaulted,
        gathered,
    })
}

/// An argument as it is declared.
struct Input<'n> {
    name: Option<&'n str>,
    ty: Option<TypeUse>,
    has_default: bool,
}

/// How a call hands `count` arguments over; nothing if it can't be called so.
fn arrange(inputs: &[Input<'_>], variadic: bool, count: usize, named: &[Option<String>], mode: Mode) -> Option<Arrangement> {
    let whole = |types, packed, defaulted| Arrangement { types, packed, defaulted, gathered: 0 };
    let positional = named.iter().take_while(|name| name.is_none()).count().min(count);
    let any = |ty: &Option<TypeUse>| matches!(ty, Some(TypeUse { id: TypeId::BuiltIn("any"), .. }));
    if named.iter().any(Option::is_some) {
        if count > inputs.len() {
            return None;
        }
        let mut types: Vec<Option<TypeUse>> = inputs[..positional].iter().map(|input| input.ty.clone()).collect();
        let mut given: Vec<usize> = (0..positional).collect();
        for name in named[positional..].iter().flatten() {
            let at = inputs.iter().position(|input| input.name == Some(name.as_str())).filter(|at| !given.contains(at))?;
            types.push(inputs[at].ty.clone());
            given.push(at);
        }
        let left = inputs.iter().enumerate().filter(|(at, _)| !given.contains(at));
        let defaulted = left.clone().count();
        return left.into_iter().all(|(_, input)| input.has_default).then(|| whole(types, 0, defaulted));
    }
    if inputs.len() == count && (!variadic || mode == Mode::Variadic || inputs.last().is_some_and(|last| any(&last.ty))) {
        let types = inputs.iter().map(|input| input.ty.clone()).collect();
        return Some(whole(types, usize::from(variadic && mode == Mode::Plain), 0));
    }
    if mode == Mode::Variadic {
        return None;
    }
    if variadic && count + 1 > inputs.len() {
        let (last, fixed) = inputs.split_last()?;
        let element = match &last.ty {
            Some(ty) if ty.array => Some(TypeUse { array: false, ..ty.clone() }),
            Some(TypeUse { id: TypeId::BuiltIn("anyarray"), .. }) => Some(TypeUse::built_in("anyelement")),
            Some(TypeUse { id: TypeId::BuiltIn("anycompatiblearray"), .. }) => Some(TypeUse::built_in("anycompatible")),
            other => other.clone(),
        };
        let mut types: Vec<Option<TypeUse>> = fixed.iter().map(|input| input.ty.clone()).collect();
        let packed = count.checked_sub(fixed.len()).filter(|packed| *packed > 0)?;
        types.extend(std::iter::repeat_n(element, packed));
        return Some(Arrangement { types, packed, defaulted: 0, gathered: if any(&last.ty) { 0 } else { packed } });
    }
    if count < inputs.len() && inputs[count..].iter().all(|input| input.has_default) {
        let types = inputs[..count].iter().map(|input| input.ty.clone()).collect();
        return Some(whole(types, usize::from(variadic), inputs.len() - count));
    }
    None
}
