//! Operators, operator classes and families, casts and transforms: what is told by the types that it is for.

use super::routine::{expect_no_unknown_extension, extension_type, fact_name};
use super::{Found, Missing, absent, class_of, home_of, scopes};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{TypeId, TypeUse};
use crate::catalog::object::{Body, Class};
use crate::catalog::run::Run;
use crate::catalog::{Oid, types};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::tree::{Ident, Name, ObjectKind, OperatorRef, TypeName};
use crate::text::Span;

/// A written type, or what is to be said of one that is missing.
fn written_type(run: &mut Run<'_>, text: &str, ty: &TypeName) -> Result<std::result::Result<TypeUse, Found>> {
    match types::type_use(run, text, ty) {
        Ok(ty) => Ok(Ok(ty.bare())),
        Err(Stop::Fails(failure)) if matches!(failure.sqlstate, "42704" | "3F000") => {
            let missing = if failure.sqlstate == "3F000" { Missing::Schema } else { Missing::Type };
            Ok(Err(absent(missing, failure.sqlstate, failure.message, failure.span.unwrap_or(ty.span), false)))
        }
        Err(stop) => Err(stop),
    }
}

pub(super) fn find(run: &mut Run<'_>, text: &str, written: &OperatorRef, span: Span) -> Result<Found> {
    let mut operands = Vec::new();
    for ty in [&written.left, &written.right] {
        operands.push(match ty {
            Some(ty) => match written_type(run, text, ty)? {
                Ok(ty) => Some(ty),
                Err(found) => return Ok(found),
            },
            None => None,
        });
    }
    let (right, left) = (operands.pop().flatten(), operands.pop().flatten());
    if right.is_none() {
        return Err(Stop::fails("42601", "postfix operators are not supported", span));
    }
    let sign = &text[written.name.object.span];
    let scopes = match scopes(run, text, written.name)? {
        Ok(scopes) => scopes,
        // A schema that is missing has no operators.
        Err(Found::Absent(absence)) if !absence.assumable => Vec::new(),
        Err(found) => return Ok(found),
    };
    if let Some(found) = in_scopes(run, &scopes, sign, left.as_ref(), right.as_ref()) {
        return Ok(found.map_or(Found::BuiltIn, |oid| Found::Object(oid.into())));
    }
    super::named::doubted(run, Class::Operator, sign, written.name)?;
    expect_no_unknown_extension(run, span)?;
    let shown = |ty: &Option<TypeUse>| ty.as_ref().map(|ty| types::format_type(&run.catalog, ty));
    let name = match written.name.schema {
        Some(schema) => format!("{}.{sign}", schema.value(text)),
        None => sign.to_owned(),
    };
    let parts: Vec<String> = [shown(&left), Some(name), shown(&right)].into_iter().flatten().collect();
    let assumable = run.may_assume_in(Class::Operator, home_of(&scopes), sign);
    Ok(absent(Missing::Object, "42883", format!("operator does not exist: {}", parts.join(" ")), span, assumable))
}

/// The operator in the first of these schemas that has it; none within for one that PostgreSQL or an extension brings.
fn in_scopes(run: &Run<'_>, scopes: &[Oid], sign: &str, left: Option<&TypeUse>, right: Option<&TypeUse>) -> Option<Option<Oid>> {
    let same = |a: Option<&TypeUse>, b: Option<&TypeUse>| match (a, b) {
        (Some(a), Some(b)) => a.is_same_type(b),
        (None, None) => true,
        _ => false,
    };
    for schema in scopes {
        for oid in run.catalog.named(Class::Operator, *schema, sign) {
            if let Some(Body::Operator(operator)) = run.catalog.get(*oid).map(|object| &object.body)
                && same(operator.left.as_ref(), left)
                && same(operator.right.as_ref(), right)
            {
                return Some(Some(*oid));
            }
        }
        if *schema == Oid::PG_CATALOG && is_built_in(run, sign, left, right) || is_extensions(run, *schema, sign, left, right) {
            return Some(None);
        }
    }
    None
}

/// The operator of a name between exactly these types; none within for one that PostgreSQL or an extension brings, nothing where there is
/// none.
///
/// # Errors
/// If it can't be told.
pub fn operator_between(run: &mut Run<'_>, text: &str, name: Name, left: &TypeUse, right: &TypeUse) -> Result<Option<Option<Oid>>> {
    let sign = &text[name.object.span];
    let scopes = scopes(run, text, name)?.unwrap_or_default();
    let found = in_scopes(run, &scopes, sign, Some(left), Some(right));
    if found.is_none() {
        super::named::doubted(run, Class::Operator, sign, name)?;
        expect_no_unknown_extension(run, name.span())?;
    }
    Ok(found)
}

fn is_built_in(run: &Run<'_>, sign: &str, left: Option<&TypeUse>, right: Option<&TypeUse>) -> bool {
    let (left_name, right_name) = (left.and_then(fact_name), right.and_then(fact_name));
    if left.is_some() != left_name.is_some() || right_name.is_none() {
        return false;
    }
    facts::system()
        .operators(sign, run.world.target)
        .any(|operator| operator.left == left_name.as_deref() && operator.right == right_name.as_deref())
}

/// Whether an extension in a schema has an operator.
fn is_extensions(run: &Run<'_>, schema: Oid, sign: &str, left: Option<&TypeUse>, right: Option<&TypeUse>) -> bool {
    run.catalog.extensions_in(schema).into_iter().any(|(extension, facts)| {
        let same = |name: Option<&'static str>, ty: Option<&TypeUse>| match (name, ty) {
            (Some(name), Some(ty)) => extension_type(run, extension, facts, name).is_some_and(|own| own.is_same_type(ty)),
            (None, None) => true,
            _ => false,
        };
        facts.operators(sign, run.world.target).any(|operator| same(operator.left, left) && same(operator.right, right))
    })
}

/// Whether there is an access method: PostgreSQL's, or one that a statement made.
pub fn access_method(run: &Run<'_>, name: &str) -> bool {
    facts::system().has(NameKind::AccessMethod, name, run.world.target)
        || !run.catalog.named(Class::AccessMethod, Oid::NONE, name).is_empty()
        || brings(run, NameKind::AccessMethod, name)
}

/// Whether an extension that is there brings an object that lives in no schema.
pub(super) fn brings(run: &Run<'_>, kind: NameKind, name: &str) -> bool {
    let extensions = run.catalog.in_schema(Class::Extension, Oid::NONE);
    extensions.into_iter().filter_map(|oid| run.catalog.extension_facts(oid)).any(|facts| facts.has(kind, name, run.world.target))
}

pub(super) fn find_of_method(run: &mut Run<'_>, text: &str, kind: ObjectKind, name: Name, method: Ident) -> Result<Found> {
    let (value, method_name) = (name.object.value(text), method.value(text));
    if !access_method(run, &method_name) {
        super::named::doubted(run, Class::AccessMethod, &method_name, Name::unqualified(method))?;
        let message = format!("access method \"{method_name}\" does not exist");
        let assumable = run.may_assume_in(Class::AccessMethod, Oid::NONE, &method_name);
        return Ok(absent(Missing::Method, "42704", message, method.span, assumable));
    }
    let scopes = match scopes(run, text, name)? {
        Ok(scopes) => scopes,
        Err(found) => return Ok(found),
    };
    let class = class_of(kind);
    for schema in &scopes {
        for oid in run.catalog.named(class, *schema, &value) {
            let of_method = match run.catalog.get(*oid).map(|object| &object.body) {
                Some(Body::OperatorClass(found)) => *found.method == *method_name,
                Some(Body::OperatorFamily(found)) => *found.method == *method_name,
                _ => true,
            };
            if of_method {
                return Ok(Found::Object((*oid).into()));
            }
        }
        let built_in = *schema == Oid::PG_CATALOG && is_built_in_of_method(run, kind, &method_name, &value);
        if built_in || is_extensions_of_method(run, *schema, kind, &method_name, &value) {
            return Ok(Found::BuiltIn);
        }
    }
    super::named::doubted(run, class, &value, name)?;
    expect_no_unknown_extension(run, name.span())?;
    let message =
        format!("{} \"{}\" does not exist for access method \"{method_name}\"", kind.sql().to_ascii_lowercase(), name.display(text));
    let assumable = run.may_assume_in(class, home_of(&scopes), &value);
    Ok(absent(Missing::Object, "42704", message, name.span(), assumable))
}

/// Whether an extension in a schema has an operator class or family of that name.
fn is_extensions_of_method(run: &Run<'_>, schema: Oid, kind: ObjectKind, method: &str, name: &str) -> bool {
    let target = run.world.target;
    run.catalog.extensions_in(schema).into_iter().any(|(_, facts)| match kind {
        ObjectKind::OperatorClass => facts.operator_class(method, name, target).is_some(),
        _ => facts.operator_classes(method, target).any(|class| class.family == name),
    })
}

fn is_built_in_of_method(run: &Run<'_>, kind: ObjectKind, method: &str, name: &str) -> bool {
    let target = run.world.target;
    match kind {
        ObjectKind::OperatorClass => facts::system().operator_class(method, name, target).is_some(),
        _ => facts::system().operator_classes(method, target).any(|class| class.family == name),
    }
}

pub(super) fn find_cast(run: &mut Run<'_>, text: &str, source: &TypeName, target: &TypeName, span: Span) -> Result<Found> {
    let source = match written_type(run, text, source)? {
        Ok(ty) => ty,
        Err(found) => return Ok(found),
    };
    let target = match written_type(run, text, target)? {
        Ok(ty) => ty,
        Err(found) => return Ok(found),
    };
    if let Some(oid) = cast(run, &source, &target) {
        return Ok(Found::Object(oid.into()));
    }
    if let (Some(source), Some(target)) = (fact_name(&source), fact_name(&target))
        && facts::system().cast(&source, &target, run.world.target).is_some()
    {
        return Ok(Found::BuiltIn);
    }
    let (source, target) = (types::format_type(&run.catalog, &source), types::format_type(&run.catalog, &target));
    let assumable = run.may_assume(Class::Cast, "");
    Ok(absent(Missing::Object, "42704", format!("cast from type {source} to type {target} does not exist"), span, assumable))
}

/// The cast between two types that a statement made.
pub fn cast(run: &Run<'_>, source: &TypeUse, target: &TypeUse) -> Option<Oid> {
    run.catalog.named(Class::Cast, Oid::NONE, "").iter().copied().find(|oid| match run.catalog.get(*oid).map(|object| &object.body) {
        Some(Body::Cast(cast)) => cast.source.is_same_type(source) && cast.target.is_same_type(target),
        _ => false,
    })
}

/// The name under which a transform is kept: its language, and before it its type where that is none of the catalog. The transform of a
/// user's type is a part of it.
pub fn transform_name(ty: &TypeUse, language: &str) -> (Option<Oid>, String) {
    match ty.id {
        TypeId::User(oid) => (Some(oid), language.to_owned()),
        TypeId::BuiltIn(name) => (None, format!("{name} {language}")),
    }
}

pub(super) fn find_transform(run: &mut Run<'_>, text: &str, ty: &TypeName, language: Ident, span: Span) -> Result<Found> {
    let ty = match written_type(run, text, ty)? {
        Ok(ty) => ty,
        Err(found) => return Ok(found),
    };
    let value = language.value(text);
    if let Found::Absent(absence) = super::named::find(run, text, ObjectKind::Language, Name::unqualified(language))? {
        return Ok(Found::Absent(Box::new(super::Absence { missing: Missing::Method, ..*absence })));
    }
    let (of, name) = transform_name(&ty, &value);
    let found = match of {
        Some(of) => run.catalog.part(of, Class::Transform, &name),
        None => run.catalog.named(Class::Transform, Oid::NONE, &name).first().copied(),
    };
    if let Some(oid) = found {
        return Ok(Found::Object(oid.into()));
    }
    let shown = types::format_type(&run.catalog, &ty);
    Ok(absent(Missing::Object, "42704", format!("transform for type {shown} language \"{value}\" does not exist"), span, false))
}
