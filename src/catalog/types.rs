//! Written types to types: names through `search_path`, modifiers, arrays; and types as `format_type` writes them.

use std::sync::Arc;

use super::Oid;
use super::failure::{Result, Stop};
use super::model::{RelationKind, Type, TypeId, TypeUse};
use super::object::{Body, Class, Object};
use super::run::Run;
use super::store::Catalog;
use super::typing::fact_type;
use crate::postgres::facts;
use crate::syntax::expression::{Constant, Expression, ExpressionKind, TypeRef, TypeSubject};
use crate::syntax::tree::TypeName;
use crate::text::Span;

/// The type that is written, in a column, an argument.
///
/// # Errors
/// 42704 if there is none of that name or only a shell, 42601 or 22023 for modifiers that it does not take, or if it can't be told.
pub fn type_use(run: &mut Run<'_>, text: &str, ty: &TypeName) -> Result<TypeUse> {
    let found = type_or_shell(run, text, ty)?;
    if let TypeId::User(oid) = found.id
        && run.catalog.get(oid).and_then(Object::ty) == Some(&Type::Shell)
    {
        let shown = text[ty.span].to_owned();
        return Err(Stop::fails("42704", format!("type \"{shown}\" is only a shell"), ty.span));
    }
    Ok(found)
}

/// The type that is written, also one that is only a shell, as in an argument of a function.
///
/// # Errors
/// As those of [`type_use`].
pub fn type_or_shell(run: &mut Run<'_>, text: &str, ty: &TypeName) -> Result<TypeUse> {
    if text[ty.span].contains("${") || text[ty.span].contains("{{") {
        return Err(Stop::unknown("the tool fills in the type", ty.span));
    }
    resolve(run, &TypeRef::of(text, ty), ty.span)
}

/// The type that is written, in an expression.
///
/// # Errors
/// As those of [`type_use`].
pub fn resolve(run: &mut Run<'_>, ty: &TypeRef, span: Span) -> Result<TypeUse> {
    if ty.subject == TypeSubject::Column {
        return of_column(run, ty, span);
    }
    let found = named(run, ty, span)?;
    let modifier = modifier(run, &found, ty, span)?;
    Ok(TypeUse { modifier, array: found.array || ty.array_dimensions > 0, ..found })
}

/// The type of that name, without modifiers.
fn named(run: &mut Run<'_>, ty: &TypeRef, span: Span) -> Result<TypeUse> {
    let Some((schema, name)) = parts(&ty.name) else { return Err(Stop::unknown("a type without a name", span)) };
    let path = path(run, schema)?;
    if let Some(found) = path.iter().find_map(|schema| in_schema(run, *schema, name)) {
        return Ok(found);
    }
    let is_multirange = |schema: Oid| {
        run.catalog.in_schema(Class::Type, schema).into_iter().any(
            |oid| matches!(run.catalog.get(oid).and_then(|object| object.ty()), Some(Type::Range(range)) if *range.multirange == *name),
        )
    };
    if path.iter().copied().any(is_multirange) {
        return Err(Stop::unknown("multirange types of a range are not followed", span));
    }
    for class in [Class::Type, Class::Relation] {
        if let Some(why) = run.catalog.doubted(class, name) {
            return Err(Stop::unknown(&*why, span));
        }
    }
    let shown = ty.name.join(".");
    if run.may_assume(Class::Type, name) && facts::system().type_named(name, run.world.target).is_none() {
        let home = match schema {
            Some(schema) => run.find_schema(schema)?,
            None => Some(run.creation_schema(span)?),
        };
        if let Some(home) = home.filter(|home| *home >= Oid::FIRST) {
            return Ok(TypeUse::user(run.assume(Class::Type, home, name, "42704", span)));
        }
    }
    if let Some(schema) = schema
        && path.is_empty()
    {
        // Only a schema that is not there at all is spoken of by itself.
        return Err(Stop::fails("3F000", format!("schema \"{schema}\" does not exist"), span));
    }
    Err(Stop::fails("42704", format!("type \"{shown}\" does not exist"), span))
}

/// The type of that name, if it is there.
///
/// # Errors
/// If it can't be told.
pub fn find(run: &mut Run<'_>, name: &[String]) -> Result<Option<TypeUse>> {
    let Some((schema, name)) = parts(name) else { return Ok(None) };
    let path = path(run, schema)?;
    Ok(path.into_iter().find_map(|schema| in_schema(run, schema, name)))
}

/// The schema that a name says, if it says one, and the type's own name.
fn parts(name: &[String]) -> Option<(Option<&str>, &str)> {
    match name {
        [name] => Some((None, name)),
        [.., schema, name] => Some((Some(schema), name)),
        [] => None,
    }
}

fn path(run: &mut Run<'_>, schema: Option<&str>) -> Result<Vec<Oid>> {
    match schema {
        None => run.path(),
        Some(schema) => Ok(run.find_schema(schema)?.into_iter().collect()),
    }
}

/// The type called `name` in exactly this schema: a type, the row type of a relation, an array of either.
fn in_schema(run: &Run<'_>, schema: Oid, name: &str) -> Option<TypeUse> {
    if schema == Oid::PG_CATALOG || schema == Oid::INFORMATION_SCHEMA {
        let qualified = if schema == Oid::PG_CATALOG { name.to_owned() } else { format!("information_schema.{name}") };
        return facts::system().type_named(&qualified, run.world.target).map(|fact| fact_type(fact.name));
    }
    let own = |name: &str| {
        if let [found, ..] = run.catalog.named(Class::Type, schema, name) {
            return Some(TypeUse::user(*found));
        }
        let [relation, ..] = run.catalog.named(Class::Relation, schema, name) else { return None };
        let has_rows = !matches!(run.catalog.relation(*relation)?.kind, RelationKind::Index(_) | RelationKind::Sequence(_));
        has_rows.then(|| TypeUse::user(*relation))
    };
    own(name).or_else(|| Some(own(name.strip_prefix('_')?)?.array()))
}

/// `t.a%TYPE`
fn of_column(run: &mut Run<'_>, ty: &TypeRef, span: Span) -> Result<TypeUse> {
    let (schema, table, column) = match &ty.name[..] {
        [table, column] => (None, table, column),
        [.., schema, table, column] => (Some(schema.as_str()), table, column),
        _ => return Err(Stop::fails("42601", format!("improper %TYPE reference (too few dotted names): {}", ty.name.join(".")), span)),
    };
    let missing = || Stop::fails("42P01", format!("relation \"{table}\" does not exist"), span);
    let relation = run.find_named(Class::Relation, schema, table)?.ok_or_else(missing)?;
    let found = run.catalog.relation(relation).map(|relation| (relation.column(column).cloned(), relation.columns_known));
    match found {
        Some((Some(column), _)) => column.ty.map(|ty| ty.bare()).ok_or_else(|| Stop::unknown("the type of the column", span)),
        Some((None, true)) => Err(Stop::fails("42703", format!("column \"{column}\" of relation \"{table}\" does not exist"), span)),
        _ => Err(Stop::unknown(format!("what columns `{table}` has"), span)),
    }
}

/// What stands between the parentheses, as `format_type` writes it, checked as the type's own function does.
fn modifier(run: &Run<'_>, found: &TypeUse, ty: &TypeRef, span: Span) -> Result<Option<Arc<str>>> {
    let shown = || ty.name.last().map_or("", String::as_str);
    let numbers: Option<Vec<i64>> = ty.modifiers.iter().map(number).collect();
    let TypeId::BuiltIn(name) = found.id else {
        return match ty.modifiers.is_empty() {
            true => Ok(None),
            false if takes_modifiers(&run.catalog, found) => {
                Ok(Some(ty.modifiers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",").into()))
            }
            false => Err(Stop::fails("42601", format!("type modifier is not allowed for type \"{}\"", shown()), span)),
        };
    };
    if ty.modifiers.is_empty() && ty.interval_fields.is_none() {
        return Ok(None);
    }
    let invalid = |sqlstate, message: String| Err(Stop::fails(sqlstate, message, span));
    let Some(numbers) = numbers else {
        return invalid("22P02", "type modifiers must be simple constants or identifiers".to_owned());
    };
    match (name, &numbers[..]) {
        ("varchar" | "bpchar" | "bit" | "varbit", [length]) => {
            let (most, word) = match name {
                "varchar" => (10_485_760, "varchar"),
                "bpchar" => (10_485_760, "char"),
                "bit" => (83_886_080, "bit"),
                _ => (83_886_080, "varbit"),
            };
            match *length {
                ..1 => invalid("22023", format!("length for type {word} must be at least 1")),
                length if length > most => invalid("22023", format!("length for type {word} cannot exceed {most}")),
                length => Ok(Some(length.to_string().into())),
            }
        }
        ("varchar" | "bpchar" | "bit" | "varbit", _) => invalid("22023", "invalid type modifier".to_owned()),
        ("numeric", [precision]) | ("numeric", [precision, _]) if !(1..=1000).contains(precision) => {
            invalid("22023", format!("NUMERIC precision {precision} must be between 1 and 1000"))
        }
        ("numeric", [precision]) => Ok(Some(format!("{precision},0").into())),
        ("numeric", [precision, scale]) => {
            let range = if run.world.target.major() >= 15 { -1000..=1000 } else { 0..=*precision };
            match range.contains(scale) {
                true => Ok(Some(format!("{precision},{scale}").into())),
                false => invalid("22023", format!("NUMERIC scale {scale} must be between {} and {}", range.start(), range.end())),
            }
        }
        ("numeric", _) => invalid("22023", "invalid NUMERIC type modifier".to_owned()),
        ("float4" | "float8", [_]) => Ok(None),
        ("time" | "timetz" | "timestamp" | "timestamptz", [precision]) if *precision >= 0 => {
            Ok(Some((*precision).min(6).to_string().into()))
        }
        ("interval", precision) => {
            let fields = ty.interval_fields.as_ref().map(|fields| format!(" {fields}")).unwrap_or_default();
            // The fields are written with their precision already.
            match precision {
                [precision] if !fields.contains('(') => Ok(Some(format!("{fields}({})", (*precision).min(6)).into())),
                _ => Ok((!fields.is_empty()).then(|| fields.into())),
            }
        }
        ("time" | "timetz" | "timestamp" | "timestamptz", _) => invalid("22023", "invalid type modifier".to_owned()),
        _ => invalid("42601", format!("type modifier is not allowed for type \"{}\"", shown())),
    }
}

fn number(expression: &Expression) -> Option<i64> {
    match &expression.kind {
        ExpressionKind::Constant(Constant::Number(number) | Constant::String(number)) => number.parse().ok(),
        _ => None,
    }
}

fn takes_modifiers(catalog: &Catalog, ty: &TypeUse) -> bool {
    let TypeId::User(oid) = ty.id else { return false };
    match catalog.get(oid).map(|object| &object.body) {
        Some(Body::Type(ty)) => match &**ty {
            Type::Base(definition) => definition.options.contains_key("typmod_in"),
            Type::Unknown(_) | Type::Shell => true,
            Type::Enum(_) | Type::Domain(_) | Type::Range(_) | Type::Multirange(_) => false,
        },
        Some(Body::Relation(relation)) => matches!(relation.kind, RelationKind::Unknown),
        _ => true,
    }
}

/// The type as `format_type` writes it when only `pg_catalog` is on the search path: `character varying(10)`, `marketing.kind[]`.
pub fn format_type(catalog: &Catalog, ty: &TypeUse) -> String {
    use crate::syntax::expression::identifier;
    let modifier = ty.modifier.as_deref();
    let parenthesised = |word: &str| modifier.map_or_else(|| word.to_owned(), |modifier| format!("{word}({modifier})"));
    let timed = |word: &str, zone: &str| match modifier {
        Some(modifier) => format!("{word}({modifier}) {zone} time zone"),
        None => format!("{word} {zone} time zone"),
    };
    let base = match ty.id {
        TypeId::BuiltIn(name) => match name {
            "bool" => "boolean".to_owned(),
            "int2" => "smallint".to_owned(),
            "int4" => "integer".to_owned(),
            "int8" => "bigint".to_owned(),
            "float4" => "real".to_owned(),
            "float8" => "double precision".to_owned(),
            "varchar" => parenthesised("character varying"),
            "bpchar" if modifier.is_some() => parenthesised("character"),
            "varbit" => parenthesised("bit varying"),
            "bit" if modifier.is_none() => "\"bit\"".to_owned(),
            "bit" => parenthesised("bit"),
            "numeric" => parenthesised("numeric"),
            "time" => timed("time", "without"),
            "timetz" => timed("time", "with"),
            "timestamp" => timed("timestamp", "without"),
            "timestamptz" => timed("timestamp", "with"),
            "interval" => format!("interval{}", modifier.unwrap_or_default()),
            "char" => "\"char\"".to_owned(),
            other => other.to_owned(),
        },
        TypeId::User(oid) => match catalog.get(oid) {
            Some(object) => {
                let schema = object.schema.and_then(|schema| catalog.get(schema)).map(|schema| identifier(&schema.name));
                let name = identifier(&object.name);
                parenthesised(&schema.map_or(name.clone(), |schema| format!("{schema}.{name}")))
            }
            None => "???".to_owned(),
        },
    };
    if ty.array { format!("{base}[]") } else { base }
}
