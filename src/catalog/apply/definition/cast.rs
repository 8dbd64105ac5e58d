//! CREATE CAST and CREATE TRANSFORM.

use std::sync::Arc;

use super::{link_function, link_type, simple::shown};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Cast, Definition, Options, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::reference;
use crate::catalog::run::Run;
use crate::catalog::typing::fact_type;
use crate::catalog::{Dependency, Oid, types};
use crate::postgres::facts;
use crate::syntax::tree::{CastContext, CastMethod, CreateCast, CreateTransform, Name, ObjectKind, ObjectName, ObjectRef, RoutineRef};
use crate::text::Span;

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateCast) -> Result {
    let source = types::type_use(run, text, &create.source)?.bare();
    let target = types::type_use(run, text, &create.target)?.bare();
    let invalid = |message: &str| Stop::fails("42P17", message, create.span);
    let mut options = Options::new();
    let mut function = None;
    match &create.method {
        CastMethod::Function(written) => {
            function = routine(run, text, written, ObjectKind::Function)?;
            check_function(run, text, function, written, &source, &target, create.span)?;
            options.insert("method".into(), "function".into());
            if function.is_none() {
                options.insert("function".into(), written.name.object.value(text).into());
            }
        }
        CastMethod::Binary(_) => drop(options.insert("method".into(), "binary".into())),
        CastMethod::InOut(_) => drop(options.insert("method".into(), "inout".into())),
    }
    if source.is_same_type(&target) && function.is_none() {
        return Err(invalid("source data type and target data type are the same"));
    }
    if let CastMethod::Binary(_) = create.method {
        expect_compatible(run, &source, &target, create.span)?;
    }
    let built_in = |ty: &TypeUse| match ty.id {
        TypeId::BuiltIn(name) if ty.array => Some(format!("_{name}")),
        TypeId::BuiltIn(name) => Some(name.to_owned()),
        TypeId::User(_) => None,
    };
    let in_system = match (built_in(&source), built_in(&target)) {
        (Some(source), Some(target)) => facts::system().cast(&source, &target, run.world.target).is_some(),
        _ => false,
    };
    if in_system || reference::cast(run, &source, &target).is_some() {
        let (source, target) = (shown(run, &source), shown(run, &target));
        return Err(Stop::fails("42710", format!("cast from type {source} to type {target} already exists"), create.span));
    }
    let context = match create.context.map(|clause| clause.value) {
        Some(CastContext::Implicit) => 'i',
        Some(CastContext::Assignment) => 'a',
        None => 'e',
    };
    let cast = Cast { source: source.clone(), target: target.clone(), function, context, definition: Definition { options } };
    let oid = run.catalog.add(Object::new("", Body::Cast(Arc::new(cast)), run.origin));
    link_type(run, oid, &source);
    link_type(run, oid, &target);
    link_function(run, oid, function);
    Ok(())
}

/// The routine that is written; none for one that PostgreSQL or an extension brings.
fn routine(run: &mut Run<'_>, text: &str, written: &RoutineRef, kind: ObjectKind) -> Result<Option<Oid>> {
    let name = ObjectName::Routine(written.clone());
    let object = ObjectRef { span: written.name.span(), kind, name };
    Ok(reference::expect(run, text, &object)?.map(|address| address.object))
}

fn check_function(
    run: &mut Run<'_>,
    text: &str,
    function: Option<Oid>,
    written: &RoutineRef,
    source: &TypeUse,
    target: &TypeUse,
    span: Span,
) -> Result {
    let known = function.and_then(|oid| run.catalog.get(oid)).and_then(Object::routine);
    let (inputs, result) = match (function, known) {
        (Some(_), Some(routine)) => (routine.inputs().map(|ty| ty.cloned()).collect::<Vec<_>>(), routine.returns.clone()),
        (Some(_), None) => return Ok(()),
        (None, _) => {
            let Some(arguments) = &written.arguments else { return Ok(()) };
            let inputs = reference::signature(run, text, arguments)?;
            let name = written.name.object.value(text);
            let same = |fact: &&'static facts::FunctionFact| {
                fact.inputs().count() == inputs.len()
                    && fact.inputs().zip(&inputs).all(|(own, input)| fact_type(own.type_name).is_same_type(input))
            };
            let result = facts::system().functions(&name, run.world.target).find(same).and_then(|fact| fact.result).map(fact_type);
            (inputs.into_iter().map(Some).collect(), result)
        }
    };
    if inputs.is_empty() || inputs.len() > 3 {
        return Err(Stop::fails("42P17", "cast function must take one to three arguments", span));
    }
    if let Some(Some(first)) = inputs.first()
        && !is_coercible(run, source, first)
    {
        return Err(Stop::fails("42P17", "argument of cast function must match or be binary-coercible from source data type", span));
    }
    for (input, (wanted, place)) in inputs.iter().skip(1).zip([("int4", "second"), ("bool", "third")]) {
        if input.as_ref().is_some_and(|input| !input.is_same_type(&TypeUse::built_in(wanted))) {
            let wanted = if wanted == "int4" { "integer" } else { "boolean" };
            return Err(Stop::fails("42P17", format!("{place} argument of cast function must be type {wanted}"), span));
        }
    }
    if let Some(result) = &result
        && !is_coercible(run, result, target)
    {
        let message = "return data type of cast function must match or be binary-coercible to target data type";
        return Err(Stop::fails("42P17", message, span));
    }
    Ok(())
}

/// Whether the bytes of one type are those of another: the same type, or a cast without a function between them.
fn is_coercible(run: &Run<'_>, source: &TypeUse, target: &TypeUse) -> bool {
    if source.is_same_type(target) {
        return true;
    }
    match (source.id, target.id) {
        (TypeId::BuiltIn(from), TypeId::BuiltIn(to)) if !source.array && !target.array => {
            let cast = facts::system().cast(from, to, run.world.target);
            cast.is_some_and(|cast| cast.method == facts::CastMethod::Binary)
        }
        // What a domain or an extension's type is coercible to is left to whoever wrote it.
        (TypeId::User(_), _) | (_, TypeId::User(_)) => {
            let is_enum = |ty: &TypeUse| match ty.id {
                TypeId::User(oid) => matches!(run.catalog.get(oid).and_then(Object::ty), Some(crate::catalog::model::Type::Enum(_))),
                TypeId::BuiltIn(_) => true,
            };
            !(is_enum(source) && is_enum(target))
        }
        _ => false,
    }
}

/// Expects that values of both types are laid out alike.
fn expect_compatible(run: &Run<'_>, source: &TypeUse, target: &TypeUse, span: Span) -> Result {
    use crate::catalog::model::Type;
    let user = |ty: &TypeUse| match ty.id {
        TypeId::User(oid) => run.catalog.get(oid),
        TypeId::BuiltIn(_) => None,
    };
    for ty in [source, target] {
        let Some(object) = user(ty) else { continue };
        let message = match (object.ty(), object.relation()) {
            (Some(Type::Enum(_)), _) => {
                // An enum takes four bytes, as integer does; nothing else does so by value and with that alignment.
                return Err(Stop::fails("42P17", "enum data types are not binary-compatible", span));
            }
            (Some(Type::Domain(_)), _) => "domain data types must not be marked binary-compatible",
            (_, Some(_)) => "composite data types are not binary-compatible",
            _ => return Ok(()),
        };
        return Err(Stop::fails("42P17", message, span));
    }
    match (source.id, target.id) {
        (TypeId::BuiltIn(from), TypeId::BuiltIn(to)) => {
            let fact = |name: &str| facts::system().type_named(name, run.world.target);
            let layout = |name: &str| fact(name).map(|fact| (fact.length, fact.by_value));
            match layout(from) == layout(to) {
                true => Ok(()),
                false => Err(Stop::fails("42P17", "source and target data types are not physically compatible", span)),
            }
        }
        _ => Ok(()),
    }
}

pub(super) fn create_transform(run: &mut Run<'_>, text: &str, create: &CreateTransform) -> Result {
    let ty = types::type_use(run, text, &create.ty)?.bare();
    let language = create.language.value(text);
    let object =
        ObjectRef { span: create.language.span, kind: ObjectKind::Language, name: ObjectName::Named(Name::unqualified(create.language)) };
    let on_language = reference::expect(run, text, &object)?;
    let mut options = Options::new();
    let mut functions = Vec::new();
    for (key, written) in [("from sql", &create.from_sql), ("to sql", &create.to_sql)] {
        let Some(written) = written else { continue };
        let oid = routine(run, text, written, ObjectKind::Function)?;
        options.insert(key.into(), super::function_text(run, text, written.name, oid));
        functions.extend(oid);
    }
    let (of, name) = reference::transform_name(&ty, &language);
    let existing = match of {
        Some(of) => run.catalog.part(of, Class::Transform, &name),
        None => run.catalog.named(Class::Transform, Oid::NONE, &name).first().copied(),
    };
    let body = Body::Other(Class::Transform, Arc::new(Definition { options }));
    let oid = match existing {
        Some(oid) if create.replace.is_some() => {
            run.catalog.update(oid, |object| object.body = body);
            oid
        }
        Some(_) => {
            let message = format!("transform for type {} language \"{language}\" already exists", shown(run, &ty));
            return Err(Stop::fails("42710", message, create.span));
        }
        None => {
            let object = Object::new(name.as_str(), body, run.origin);
            run.catalog.add(Object { of, ..object })
        }
    };
    link_type(run, oid, &ty);
    if let Some(language) = on_language {
        run.catalog.link(oid, language, Dependency::Normal);
    }
    functions.into_iter().for_each(|function| link_function(run, oid, Some(function)));
    Ok(())
}
