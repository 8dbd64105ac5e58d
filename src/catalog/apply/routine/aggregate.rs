//! CREATE AGGREGATE (`DefineAggregate`, `AggregateCreate`).

use std::sync::Arc;

use super::create::{depend, store};
use super::replace::{self, Replace};
use crate::catalog::apply::creation::new_name;
use crate::catalog::apply::storage;
use crate::catalog::describe::qualified;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Definition, Options, Routine, RoutineArgument, RoutineBody, RoutineKind, TypeUse};
use crate::catalog::run::Run;
use crate::catalog::types::{format_type, type_use};
use crate::catalog::typing::{Callee, ExprType, Mode, resolve_routine};
use crate::catalog::{Dependency, Oid};
use crate::syntax::tree::{ArgumentMode, Arguments, Name, Setting, SettingValue, TypeBase, TypeName, Volatility};
use crate::text::Span;

/// What a function of an aggregate is handed over.
#[derive(Clone, Copy)]
enum Takes {
    /// The state and the arguments.
    StateAndArguments,
    /// The state; with `finalfunc_extra` the arguments too, as nulls.
    State,
    /// Two states.
    States,
}

const FUNCTIONS: [(&str, Takes); 6] = [
    ("sfunc", Takes::StateAndArguments),
    ("finalfunc", Takes::State),
    ("combinefunc", Takes::States),
    ("msfunc", Takes::StateAndArguments),
    ("minvfunc", Takes::StateAndArguments),
    ("mfinalfunc", Takes::State),
];

pub(super) fn create(
    run: &mut Run<'_>,
    text: &str,
    name: Name,
    arguments: Option<&Arguments>,
    options: &[Setting],
    replace: Replace,
) -> Result {
    let schema = run.schema_for(text, name)?;
    let own = new_name(text, name)?;
    let span = name.span();
    let fails = |message: &str| Err(Stop::fails("42P13", message, span));
    let Some(state) = option(text, options, &["stype", "stype1"]) else { return fails("aggregate stype must be specified") };
    if option(text, options, &["sfunc", "sfunc1"]).is_none() {
        return fails("aggregate sfunc must be specified");
    }
    let arguments = match arguments {
        Some(arguments) => declared(run, text, arguments)?,
        None => based(run, text, options, span)?,
    };
    let state = type_use(run, text, written_type(state)?)?;
    let functions = functions(run, text, options, &arguments, &state)?;
    let returns = functions.returns.or(Some(state));
    let routine = Routine {
        kind: RoutineKind::Aggregate,
        arguments,
        returns,
        returns_set: false,
        language: "internal".into(),
        body: RoutineBody::Aggregate(functions.definition),
        volatility: Volatility::Immutable,
        strict: false,
        security_definer: false,
        leakproof: false,
        parallel: parallel(text, options),
        window: false,
        cost: None,
        rows: None,
        support: None,
        transforms: Vec::new(),
        settings: Options::new(),
        secured: None,
    };
    let found = replace::replaced(run, schema, &own, &routine, replace, span)?;
    let oid = store(run, schema, &own, routine, found);
    depend(run, oid, schema, None, None);
    for function in functions.objects {
        run.catalog.link(oid, function, Dependency::Normal);
    }
    Ok(())
}

fn option<'s>(text: &str, options: &'s [Setting], names: &[&str]) -> Option<&'s Setting> {
    options.iter().find(|setting| names.contains(&setting.name.value(text).as_ref()))
}

fn written_type(setting: &Setting) -> Result<&TypeName> {
    match &setting.value {
        Some(SettingValue::Type(ty)) => Ok(ty),
        _ => Err(Stop::unknown("a type is written in another way than as a name", setting.span)),
    }
}

fn declared(run: &mut Run<'_>, text: &str, arguments: &Arguments) -> Result<Vec<RoutineArgument>> {
    let mut read = Vec::new();
    for argument in arguments.direct.iter().chain(&arguments.ordered) {
        let ty = type_use(run, text, &argument.ty)?;
        let name = argument.name.map(|name| name.value(text)).unwrap_or_default();
        read.push(RoutineArgument { name: name.as_ref().into(), mode: argument.mode, ty: Some(ty.bare()), default: None });
    }
    Ok(read)
}

/// The arguments of an aggregate in the style of before PostgreSQL 8.2: one, or none for `"ANY"`.
fn based(run: &mut Run<'_>, text: &str, options: &[Setting], span: Span) -> Result<Vec<RoutineArgument>> {
    let Some(base) = option(text, options, &["basetype"]) else {
        return Err(Stop::fails("42P13", "aggregate input type must be specified", span));
    };
    let is_any = base.value.as_ref().is_some_and(|value| text[value.span()].trim_matches(['"', '\'']).eq_ignore_ascii_case("any"));
    if is_any {
        return Ok(Vec::new());
    }
    let ty = type_use(run, text, written_type(base)?)?;
    Ok(vec![RoutineArgument { name: "".into(), mode: ArgumentMode::In, ty: Some(ty.bare()), default: None }])
}

/// The functions of an aggregate that are objects, what the last of them makes of its state, and what is said besides.
struct Functions {
    objects: Vec<Oid>,
    returns: Option<TypeUse>,
    definition: Definition,
}

fn functions(run: &mut Run<'_>, text: &str, options: &[Setting], arguments: &[RoutineArgument], state: &TypeUse) -> Result<Functions> {
    let mut found = Functions { objects: Vec::new(), returns: None, definition: written(run, text, options)? };
    let inputs: Vec<ExprType> = arguments.iter().map(|argument| argument.ty.clone().into()).collect();
    let state_type = ExprType::Known(state.bare());
    for (word, takes) in FUNCTIONS {
        let old = format!("{word}1");
        let Some(setting) = option(text, options, &[word, &old]) else { continue };
        let Some(SettingValue::Type(ty)) = &setting.value else { continue };
        let TypeBase::Named(name) = ty.base else { continue };
        let moving = word.starts_with('m');
        let own_state = match option(text, options, &["mstype"]) {
            Some(setting) if moving => ExprType::Known(type_use(run, text, written_type(setting)?)?.bare()),
            _ => state_type.clone(),
        };
        let extra = option(text, options, &[&format!("{word}_extra")]).is_some();
        let takes = match takes {
            Takes::StateAndArguments => [vec![own_state], inputs.clone()].concat(),
            Takes::State if extra => [vec![own_state], inputs.clone()].concat(),
            Takes::State => vec![own_state],
            Takes::States => vec![own_state.clone(), own_state],
        };
        let parts: Vec<String> = name.schema.into_iter().chain([name.object]).map(|part| part.value(text).into_owned()).collect();
        let named = vec![None; takes.len()];
        let used = resolve_routine(run, &parts, &takes, &named, Mode::Plain, name.span())?;
        let called = match used.callee {
            Callee::User(oid) => qualified(&run.catalog, oid),
            Callee::Cast => {
                let message = format!("function {}({}) does not exist", parts.join("."), format_type(&run.catalog, &state.bare()));
                return Err(Stop::fails("42883", message, name.span()));
            }
            _ => parts.last().cloned().unwrap_or_default(),
        };
        found.definition.options.insert(Arc::from(word), Arc::from(called));
        if let Callee::User(oid) | Callee::Extension(oid, _) = used.callee {
            found.objects.push(oid);
        }
        if word == "finalfunc" {
            found.returns = used.result.known().cloned();
        }
    }
    Ok(found)
}

/// What options say that name no function, under the names that they have now.
fn written(run: &mut Run<'_>, text: &str, options: &[Setting]) -> Result<Definition> {
    let mut definition = Definition::default();
    for setting in options {
        let name = setting.name.value(text);
        let name = name.strip_suffix('1').unwrap_or(&name).to_owned();
        if matches!(name.as_str(), "basetype" | "parallel") || FUNCTIONS.iter().any(|(function, _)| *function == name) {
            continue;
        }
        let value: Arc<str> = match &setting.value {
            Some(SettingValue::Type(ty)) if matches!(name.as_str(), "stype" | "mstype") => {
                let ty = type_use(run, text, ty)?;
                Arc::from(format_type(&run.catalog, &ty.bare()))
            }
            Some(value) => storage::setting_text(text, value),
            None => Arc::from("true"),
        };
        definition.options.insert(Arc::from(name), value);
    }
    Ok(definition)
}

fn parallel(text: &str, options: &[Setting]) -> char {
    let written = option(text, options, &["parallel"])
        .and_then(|setting| setting.value.as_ref())
        .map(|value| text[value.span()].to_ascii_lowercase());
    match written.as_deref() {
        Some("safe") => 's',
        Some("restricted") => 'r',
        _ => 'u',
    }
}
