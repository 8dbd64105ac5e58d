//! Functions, procedures and aggregates by their name and the types that they take (PostgreSQL's `LookupFuncWithArgs`).

use super::{Found, Missing, absent, home_of, scopes, wrong_kind};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Routine, RoutineKind, TypeId, TypeUse};
use crate::catalog::object::Class;
use crate::catalog::run::Run;
use crate::catalog::typing::fact_type;
use crate::catalog::{Oid, types};
use crate::postgres::facts::{self, Facts, FunctionKind};
use crate::syntax::tree::{Arguments, Name, ObjectKind, RoutineRef};
use crate::text::Span;

/// The types of what a call passes in, of a written list of arguments.
///
/// # Errors
/// As those of [`types::type_use`].
pub fn signature(run: &mut Run<'_>, text: &str, arguments: &Arguments) -> Result<Vec<TypeUse>> {
    arguments.inputs().map(|argument| types::type_use(run, text, &argument.ty).map(|ty| ty.bare())).collect()
}

/// The routines of a name, in the order of the path; of one signature the first only. None if a written schema is missing.
///
/// # Errors
/// If it can't be told.
pub fn candidates(run: &mut Run<'_>, text: &str, name: Name) -> Result<Vec<Oid>> {
    Ok(match scopes(run, text, name)? {
        Ok(scopes) => in_scopes(run, &scopes, &name.object.value(text)),
        Err(_) => Vec::new(),
    })
}

fn in_scopes(run: &Run<'_>, scopes: &[Oid], name: &str) -> Vec<Oid> {
    let mut found: Vec<Oid> = Vec::new();
    for schema in scopes {
        for oid in run.catalog.named(Class::Routine, *schema, name) {
            let hidden = found.iter().any(|earlier| same_inputs(run, *earlier, *oid));
            if !hidden {
                found.push(*oid);
            }
        }
    }
    found
}

fn same_inputs(run: &Run<'_>, a: Oid, b: Oid) -> bool {
    let (Some(a), Some(b)) = (routine(run, a), routine(run, b)) else { return false };
    let (a, b): (Vec<_>, Vec<_>) = (a.inputs().collect(), b.inputs().collect());
    a.len() == b.len() && a.iter().zip(&b).all(|pair| matches!(pair, (Some(a), Some(b)) if a.is_same_type(b)))
}

fn routine<'r>(run: &'r Run<'_>, oid: Oid) -> Option<&'r Routine> {
    run.catalog.get(oid)?.routine()
}

/// The routine among `candidates` that takes exactly these types.
///
/// # Errors
/// If it can't be told, because a type of one of them can't.
pub fn matching(run: &Run<'_>, candidates: &[Oid], inputs: &[TypeUse], span: Span) -> Result<Option<Oid>> {
    let mut doubtful = false;
    for oid in candidates {
        let Some(routine) = routine(run, *oid) else { continue };
        let own: Vec<Option<&TypeUse>> = routine.inputs().collect();
        if own.len() != inputs.len() {
            continue;
        }
        if own.iter().zip(inputs).all(|(own, input)| own.is_some_and(|own| own.is_same_type(input))) {
            return Ok(Some(*oid));
        }
        doubtful |= own.iter().zip(inputs).all(|(own, input)| own.is_none_or(|own| own.is_same_type(input)));
    }
    if doubtful { Err(Stop::unknown("the types that a routine of this name takes can't be told", span)) } else { Ok(None) }
}

/// The function that a definition names and that has to take exactly these types; none for one that PostgreSQL or an extension brings. One
/// that no file makes is assumed.
///
/// # Errors
/// 42883 if there is none, 3F000 if its schema is missing, or if it can't be told.
pub fn function_taking(run: &mut Run<'_>, text: &str, name: Name, inputs: &[TypeUse]) -> Result<Option<Oid>> {
    let span = name.span();
    let value = name.object.value(text);
    if let Some(schema) = name.schema {
        run.schema(&schema.value(text), schema.span)?;
    }
    let scopes = scopes(run, text, name)?.unwrap_or_default();
    if is_built_in(run, &scopes, &value, Some(inputs)) || is_extensions(run, &scopes, &value, Some(inputs)) {
        return Ok(None);
    }
    let found = in_scopes(run, &scopes, &value);
    if let Some(oid) = matching(run, &found, inputs, span)? {
        return Ok(Some(oid));
    }
    super::named::doubted(run, Class::Routine, &value, name)?;
    expect_no_unknown_extension(run, span)?;
    if found.is_empty() && run.may_assume_in(Class::Routine, home_of(&scopes), &value) {
        return super::assume_routine(run, text, name, Some(inputs.to_vec()), span).map(Some);
    }
    let list = inputs.iter().map(|ty| types::format_type(&run.catalog, ty)).collect::<Vec<_>>().join(", ");
    Err(Stop::fails("42883", format!("function {}({list}) does not exist", name.display(text)), span))
}

pub(super) fn find(run: &mut Run<'_>, text: &str, kind: ObjectKind, written: &RoutineRef, span: Span) -> Result<Found> {
    let name = written.name;
    let value = name.object.value(text);
    // PostgreSQL looks at the types first.
    let inputs = match &written.arguments {
        Some(arguments) => match signature(run, text, arguments) {
            Ok(inputs) => Some(inputs),
            Err(Stop::Fails(failure)) if matches!(failure.sqlstate, "42704" | "3F000") => {
                let missing = if failure.sqlstate == "3F000" { Missing::Schema } else { Missing::Type };
                return Ok(absent(missing, failure.sqlstate, failure.message, failure.span.unwrap_or(span), false));
            }
            Err(stop) => return Err(stop),
        },
        None => None,
    };
    let scopes = match scopes(run, text, name)? {
        Ok(scopes) => scopes,
        Err(found) => return Ok(found),
    };
    let found = in_scopes(run, &scopes, &value);
    let shown = name.display(text);
    match inputs {
        Some(inputs) => {
            let list = inputs.iter().map(|ty| types::format_type(&run.catalog, ty)).collect::<Vec<_>>().join(",");
            if is_built_in(run, &scopes, &value, Some(&inputs)) || is_extensions(run, &scopes, &value, Some(&inputs)) {
                return Ok(Found::BuiltIn);
            }
            let mut matched = matching(run, &found, &inputs, span)?;
            if matched.is_none() && matches!(kind, ObjectKind::Procedure | ObjectKind::Routine) {
                matched = matching_with_outputs(run, text, &found, written)?;
            }
            if let Some(oid) = matched {
                return Ok(checked(run, kind, oid, &format!("{shown}({list})"), span));
            }
            super::named::doubted(run, Class::Routine, &value, name)?;
            expect_no_unknown_extension(run, span)?;
            let list = if inputs.is_empty() && kind == ObjectKind::Aggregate { "*".to_owned() } else { list };
            let message = format!("{} {shown}({list}) does not exist", sort(kind));
            let assumable = found.is_empty() && run.may_assume_in(Class::Routine, home_of(&scopes), &value);
            Ok(absent(Missing::Object, "42883", message, span, assumable))
        }
        None => {
            let fitting: Vec<Oid> = found.iter().copied().filter(|oid| may_be(run, *oid, kind)).collect();
            let built_in = is_built_in(run, &scopes, &value, None) || is_extensions(run, &scopes, &value, None);
            match (&fitting[..], built_in) {
                ([], true) => Ok(Found::BuiltIn),
                ([one], false) => Ok(Found::Object((*one).into())),
                ([], false) => {
                    super::named::doubted(run, Class::Routine, &value, name)?;
                    expect_no_unknown_extension(run, span)?;
                    let message = format!("could not find a {} named \"{shown}\"", sort(kind));
                    let assumable = found.is_empty() && run.may_assume_in(Class::Routine, home_of(&scopes), &value);
                    Ok(absent(Missing::Object, "42883", message, span, assumable))
                }
                _ => {
                    let word = if kind == ObjectKind::Routine { "routine" } else { sort(kind) };
                    Err(Stop::fails("42725", format!("{word} name \"{shown}\" is not unique"), span))
                }
            }
        }
    }
}

/// What PostgreSQL says for a routine that is missing.
const fn sort(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Procedure => "procedure",
        ObjectKind::Aggregate => "aggregate",
        _ => "function",
    }
}

/// Whether a routine is looked at where only its name is written.
fn may_be(run: &Run<'_>, oid: Oid, kind: ObjectKind) -> bool {
    match routine(run, oid).map(|routine| routine.kind) {
        Some(RoutineKind::Procedure) => !matches!(kind, ObjectKind::Function | ObjectKind::Aggregate),
        Some(RoutineKind::Function | RoutineKind::Aggregate) => kind != ObjectKind::Procedure,
        _ => true,
    }
}

/// The routine, if it is of the kind that the word says.
fn checked(run: &Run<'_>, kind: ObjectKind, oid: Oid, shown: &str, span: Span) -> Found {
    let Some(routine) = routine(run, oid) else { return Found::Object(oid.into()) };
    match (kind, routine.kind) {
        (ObjectKind::Function, RoutineKind::Procedure) => wrong_kind(oid.into(), format!("{shown} is not a function"), span),
        (ObjectKind::Procedure, RoutineKind::Function | RoutineKind::Aggregate) => {
            wrong_kind(oid.into(), format!("{shown} is not a procedure"), span)
        }
        (ObjectKind::Aggregate, RoutineKind::Function | RoutineKind::Procedure) => {
            wrong_kind(oid.into(), format!("function {shown} is not an aggregate"), span)
        }
        _ => Found::Object(oid.into()),
    }
}

/// A procedure may also be told with the types of what it gives out (`FUNC_MATCH_OUTARGS`; PostgreSQL 14).
fn matching_with_outputs(run: &mut Run<'_>, text: &str, candidates: &[Oid], written: &RoutineRef) -> Result<Option<Oid>> {
    let Some(arguments) = &written.arguments else { return Ok(None) };
    let mut all = Vec::new();
    for argument in &arguments.direct {
        all.push(types::type_use(run, text, &argument.ty)?.bare());
    }
    let fits = |oid: &Oid| {
        routine(run, *oid).is_some_and(|routine| {
            let own = &routine.arguments;
            routine.kind == RoutineKind::Procedure
                && own.len() == all.len()
                && own.iter().zip(&all).all(|(own, ty)| own.ty.as_ref().is_some_and(|own| own.is_same_type(ty)))
        })
    };
    Ok(candidates.iter().copied().find(fits))
}

/// Whether PostgreSQL has a function of that name and these types, or of that name.
fn is_built_in(run: &Run<'_>, scopes: &[Oid], name: &str, inputs: Option<&[TypeUse]>) -> bool {
    if !scopes.contains(&Oid::PG_CATALOG) {
        return false;
    }
    let names: Option<Option<Vec<String>>> = inputs.map(|inputs| inputs.iter().map(fact_name).collect());
    facts::system().functions(name, run.world.target).any(|function| match &names {
        None => function.kind != FunctionKind::Procedure,
        Some(None) => false,
        Some(Some(names)) => {
            let own = function.inputs();
            own.clone().count() == names.len() && own.zip(names).all(|(own, name)| own.type_name == name)
        }
    })
}

/// Whether an extension in one of these schemas has a function of that name and these types, or of that name.
fn is_extensions(run: &Run<'_>, scopes: &[Oid], name: &str, inputs: Option<&[TypeUse]>) -> bool {
    let target = run.world.target;
    scopes.iter().flat_map(|schema| run.catalog.extensions_in(*schema)).any(|(extension, facts)| {
        facts.functions(name, target).any(|function| match inputs {
            None => function.kind != FunctionKind::Procedure,
            Some(inputs) => {
                let own = function.inputs();
                let same = |(own, input): (&'static facts::ArgumentFact, &TypeUse)| {
                    extension_type(run, extension, facts, own.type_name).is_some_and(|own| own.is_same_type(input))
                };
                own.clone().count() == inputs.len() && own.zip(inputs).all(same)
            }
        })
    })
}

/// A type as the facts of an extension name it: its own, or one of PostgreSQL's.
pub(super) fn extension_type(run: &Run<'_>, extension: Oid, facts: &'static Facts, name: &'static str) -> Option<TypeUse> {
    let bare = name.trim_start_matches('_');
    if facts.type_named(bare, run.world.target).is_none() {
        return Some(fact_type(name));
    }
    let own = TypeUse::user(run.catalog.extension_type(extension, bare)?);
    Some(if name.starts_with('_') { own.array() } else { own })
}

/// Stops where what is missing may be an extension's of which nobody knows what it brings.
pub(super) fn expect_no_unknown_extension(run: &Run<'_>, span: Span) -> Result {
    match run.catalog.has_unknown_extension() {
        true => Err(Stop::unknown("it can't be told what an extension brings", span)),
        false => Ok(()),
    }
}

/// What the facts of PostgreSQL call a type of its own: `_int4` for an array.
pub(super) fn fact_name(ty: &TypeUse) -> Option<String> {
    match ty.id {
        TypeId::BuiltIn(name) if ty.array => Some(format!("_{name}")),
        TypeId::BuiltIn(name) => Some(name.to_owned()),
        TypeId::User(_) => None,
    }
}
