//! The arguments of a routine (`interpret_function_parameter_list`), and what it gives back because of them.

use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RoutineArgument, TypeId, TypeUse};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::types::{format_type, type_or_shell};
use crate::postgres::facts::{self, TypeKind};
use crate::syntax::tree::{Argument, ArgumentMode, CreateFunction, ObjectKind, Returns};

/// The arguments, those of RETURNS TABLE included.
///
/// # Errors
/// 42704 for a type that there is not, 42P13 for a list that makes no sense, and what the defaults raise.
pub(super) fn read(run: &mut Run<'_>, text: &str, create: &CreateFunction) -> Result<Vec<RoutineArgument>> {
    let columns = match &create.returns {
        Some(Returns::Table(_, columns)) => &columns[..],
        _ => &[],
    };
    let mut reader = Reader { kind: create.kind, read: Vec::new(), variadic: false, defaults: false };
    for argument in create.arguments.direct.iter().chain(columns) {
        reader.argument(run, text, argument)?;
    }
    Ok(reader.read)
}

struct Reader {
    kind: ObjectKind,
    read: Vec<RoutineArgument>,
    variadic: bool,
    defaults: bool,
}

impl Reader {
    fn argument(&mut self, run: &mut Run<'_>, text: &str, argument: &Argument) -> Result {
        let span = argument.span;
        let fails = |message: &str| Err(Stop::fails("42P13", message, span));
        let is_procedure = self.kind == ObjectKind::Procedure;
        let ty = type_or_shell(run, text, &argument.ty).map_err(unquoted)?;
        if argument.ty.setof.is_some() {
            return fails(if is_procedure { "procedures cannot accept set arguments" } else { "functions cannot accept set arguments" });
        }
        if is_procedure && argument.mode == ArgumentMode::Out {
            if run.world.target.major() < 14 {
                return Err(Stop::fails("0A000", "procedures cannot have OUT arguments", span));
            }
            if self.variadic {
                return fails("VARIADIC parameter must be the last parameter");
            }
            if self.defaults {
                return fails("procedure OUT parameters cannot appear after one with a default value");
            }
        }
        if argument.mode.is_input() {
            if self.variadic {
                return fails("VARIADIC parameter must be the last input parameter");
            }
            self.variadic = argument.mode == ArgumentMode::Variadic;
            if self.variadic && !is_array(run, &ty) {
                return fails("VARIADIC parameter must be an array");
            }
        }
        let name = argument.name.map(|name| name.value(text)).unwrap_or_default();
        if !name.is_empty() && self.read.iter().any(|other| *other.name == *name && clash(other.mode, argument.mode)) {
            return fails(&format!("parameter name \"{name}\" used more than once"));
        }
        let default = match argument.default {
            Some(_) if !argument.mode.is_input() => return fails("only input parameters can have default values"),
            Some(default) => {
                self.defaults = true;
                let scope = Scope::none(Place::FunctionDefault);
                Some(match is_polymorphic(&ty) {
                    true => analysis::expression(run, text, default.span, &scope)?,
                    false => analysis::expression_as(run, text, default.span, &scope, &ty)?,
                })
            }
            None if self.defaults && argument.mode.is_input() => {
                return fails("input parameters after one with a default value must also have defaults");
            }
            None => None,
        };
        self.read.push(RoutineArgument { name: name.as_ref().into(), mode: argument.mode, ty: Some(ty.bare()), default });
        Ok(())
    }
}

/// An argument's missing type is told without quotes.
fn unquoted(stop: Stop) -> Stop {
    match stop {
        Stop::Fails(mut failure) if failure.sqlstate == "42704" => {
            failure.message = failure.message.replace('"', "");
            Stop::Fails(failure)
        }
        other => other,
    }
}

/// Whether two arguments can't have the same name: what only goes in is told from what only comes out.
const fn clash(a: ArgumentMode, b: ArgumentMode) -> bool {
    use ArgumentMode::{In, Out, Table, Variadic};
    !matches!((a, b), (In | Variadic, Out | Table) | (Out | Table, In | Variadic))
}

/// Whether a VARIADIC argument may be of that type.
fn is_array(run: &Run<'_>, ty: &TypeUse) -> bool {
    match ty.id {
        _ if ty.array => true,
        TypeId::BuiltIn("any" | "anyarray" | "anycompatiblearray") => true,
        TypeId::BuiltIn(name) => facts::system().type_named(name, run.world.target).is_some_and(|fact| fact.kind == TypeKind::Array),
        TypeId::User(oid) => {
            run.catalog.get(oid).and_then(|object| object.ty()).is_some_and(|ty| matches!(ty, crate::catalog::model::Type::Unknown(_)))
        }
    }
}

/// The name of a polymorphic type.
pub(super) fn polymorphic(ty: &TypeUse) -> Option<&'static str> {
    match ty.id {
        TypeId::BuiltIn(name) if !ty.array && (POLYMORPHIC.contains(&name) || COMPATIBLE.contains(&name)) => Some(name),
        _ => None,
    }
}

pub(super) fn is_polymorphic(ty: &TypeUse) -> bool {
    polymorphic(ty).is_some()
}

const POLYMORPHIC: [&str; 6] = ["anyelement", "anyarray", "anynonarray", "anyenum", "anyrange", "anymultirange"];
const COMPATIBLE: [&str; 5] =
    ["anycompatible", "anycompatiblearray", "anycompatiblenonarray", "anycompatiblerange", "anycompatiblemultirange"];

/// What a routine gives back.
pub(super) struct Returned {
    /// None of a procedure that gives nothing out.
    pub(super) ty: Option<TypeUse>,
    pub(super) set: bool,
}

/// What a routine gives back, of what RETURNS says and what its arguments demand.
///
/// # Errors
/// 42P13 where the two differ or neither says anything, 42704 for a type that there is not.
pub(super) fn returned(run: &mut Run<'_>, text: &str, create: &CreateFunction, arguments: &[RoutineArgument]) -> Result<Returned> {
    let demanded = demanded(create.kind, arguments);
    match &create.returns {
        Some(Returns::Table(..)) => Ok(Returned { ty: demanded, set: true }),
        Some(Returns::Type(written)) => {
            let ty = if create.language().is_some_and(|language| is_compiled(text, language)) {
                type_or_shell(run, text, written).map_err(|stop| {
                    if stop.sqlstate() == Some("42704") {
                        Stop::unknown("a function makes the type that it gives back", written.span)
                    } else {
                        stop
                    }
                })?
            } else {
                type_or_shell(run, text, written)?
            };
            if let Some(demanded) = demanded
                && !demanded.is_same_type(&ty)
            {
                let shown = format_type(&run.catalog, &demanded.bare());
                let message = format!("function result type must be {shown} because of OUT parameters");
                return Err(Stop::fails("42P13", message, written.span));
            }
            Ok(Returned { ty: Some(ty.bare()), set: written.setof.is_some() })
        }
        None if demanded.is_none() && create.kind != ObjectKind::Procedure => {
            Err(Stop::fails("42P13", "function result type must be specified", create.name.span()))
        }
        None => Ok(Returned { ty: demanded, set: false }),
    }
}

fn is_compiled(text: &str, language: crate::syntax::tree::WordOrString) -> bool {
    let word = match language {
        crate::syntax::tree::WordOrString::Word(word) => word.value(text).into_owned(),
        crate::syntax::tree::WordOrString::String(string) => crate::syntax::literal::value(text, string).into_owned(),
    };
    word == "c" || word == "internal"
}

/// What the arguments that come out make of the result.
fn demanded(kind: ObjectKind, arguments: &[RoutineArgument]) -> Option<TypeUse> {
    let mut out = arguments.iter().filter(|argument| comes_out(argument.mode));
    let first = out.next()?;
    match out.next() {
        None if kind != ObjectKind::Procedure => first.ty.clone(),
        _ => Some(TypeUse::built_in("record")),
    }
}

/// Whether an argument is a part of the result.
pub(super) const fn comes_out(mode: ArgumentMode) -> bool {
    matches!(mode, ArgumentMode::Out | ArgumentMode::InOut | ArgumentMode::Table)
}

/// Expects that what comes out can be told from what goes in, where its type depends on the call.
///
/// # Errors
/// 42P13 if it can't.
pub(super) fn refuse_undetermined(arguments: &[RoutineArgument], returned: &Returned, span: crate::text::Span) -> Result {
    let inputs: Vec<&TypeUse> =
        arguments.iter().filter(|argument| argument.mode.is_input()).filter_map(|argument| argument.ty.as_ref()).collect();
    let outputs = arguments.iter().filter(|argument| comes_out(argument.mode)).filter_map(|argument| argument.ty.as_ref());
    for ty in returned.ty.iter().chain(outputs) {
        if let Some(name) = polymorphic(ty) {
            let family: &[&str] = if COMPATIBLE.contains(&name) { &COMPATIBLE } else { &POLYMORPHIC };
            let of_range = |name: &str| name.ends_with("range");
            let fits =
                |input: &&&TypeUse| polymorphic(input).is_some_and(|own| family.contains(&own) && (!of_range(name) || of_range(own)));
            if !inputs.iter().any(|input| fits(&input)) {
                return Err(Stop::fails("42P13", "cannot determine result data type", span));
            }
        }
        let is_internal = |ty: &TypeUse| ty.id == TypeId::BuiltIn("internal");
        if is_internal(ty) && !inputs.iter().any(|ty| is_internal(ty)) {
            return Err(Stop::fails("42P13", "unsafe use of pseudo-type \"internal\"", span));
        }
    }
    Ok(())
}

/// The names of what goes in.
pub(super) fn input_names(arguments: &[RoutineArgument]) -> impl Iterator<Item = &Name> {
    arguments.iter().filter(|argument| argument.mode.is_input()).map(|argument| &argument.name)
}
