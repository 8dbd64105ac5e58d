//! Collations: what COLLATE names, and whether a type takes one.

use super::failure::{Result, Stop};
use super::model::{Type, TypeId, TypeUse};
use super::object::{Body, Class, Name};
use super::run::Run;
use super::{Oid, types};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::tree;

/// The collation that COLLATE gives to something of a type, as `pg_dump` writes it; none if that is the type's own.
///
/// # Errors
/// 42704 if there is none of that name, 42804 if the type takes none, or if it can't be told.
pub fn collation(run: &mut Run<'_>, text: &str, name: tree::Name, ty: Option<&TypeUse>) -> Result<Option<Name>> {
    let found = find(run, text, name)?;
    if let Some(ty) = ty
        && is_collatable(run, ty) == Some(false)
    {
        let shown = types::format_type(&run.catalog, &ty.bare());
        return Err(Stop::fails("42804", format!("collations are not supported by type {shown}"), name.span()));
    }
    Ok(found)
}

/// The collation of that name; none for `default`.
fn find(run: &mut Run<'_>, text: &str, name: tree::Name) -> Result<Option<Name>> {
    let object = name.object.value(text);
    if let Some(oid) = run.find(Class::Collation, text, name)? {
        let schema = run.catalog.get(oid).and_then(|object| object.schema).and_then(|schema| run.catalog.get(schema));
        let schema = schema.map(|schema| Name::clone(&schema.name)).unwrap_or_default();
        return Ok(Some(format!("{}.{}", quote(&schema), quote(&object)).into()));
    }
    let built_in: Name = format!("pg_catalog.{}", quote(&object)).into();
    let in_pg_catalog = name.schema.is_none_or(|schema| schema.is(text, "pg_catalog"));
    if in_pg_catalog && facts::system().has(NameKind::Collation, &object, run.world.target) {
        return Ok((object != "default").then_some(built_in));
    }
    let missing = format!("collation \"{}\" for encoding \"UTF8\" does not exist", name.display(text));
    if in_pg_catalog && is_locale(&object) {
        run.condition("42704", format!("unless the server's system has the collation {object}"), name.span());
        return Ok(Some(built_in));
    }
    if run.may_assume(Class::Collation, &object) {
        let schema = match name.schema {
            Some(schema) => run.schema(&schema.value(text), schema.span)?,
            None => run.creation_schema(name.span())?,
        };
        run.assume(Class::Collation, schema, &object, "42704", name.span());
        return find(run, text, name);
    }
    Err(Stop::fails("42704", missing, name.span()))
}

/// Whether a collation, as a column has it, takes different texts for one.
pub(in crate::catalog) fn is_nondeterministic(run: &Run<'_>, written: &str) -> bool {
    let Some((schema, name)) = written.split_once('.') else { return false };
    let (schema, name) = (schema.trim_matches('"'), name.trim_matches('"'));
    run.catalog.named(Class::Schema, Oid::NONE, schema).iter().any(|schema| {
        run.catalog.named(Class::Collation, *schema, name).iter().any(|oid| match run.catalog.get(*oid).map(|object| &object.body) {
            Some(Body::Other(_, definition)) => definition.options.contains_key("deterministic"),
            _ => false,
        })
    })
}

/// Whether a name is one that PostgreSQL gives to the collations of the operating system and of ICU: `de_AT.utf8`, `en-US-x-icu`.
fn is_locale(name: &str) -> bool {
    let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
    language.len() < name.len()
        && (language == "C" || matches!(language.len(), 2 | 3))
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether values of a type have a collation; none if that can't be told.
pub(in crate::catalog) fn is_collatable(run: &Run<'_>, ty: &TypeUse) -> Option<bool> {
    match ty.id {
        TypeId::BuiltIn(name) => facts::system().type_named(name, run.world.target).map(|fact| fact.collation.is_some()),
        TypeId::User(oid) => match run.catalog.get(oid)?.ty() {
            Some(Type::Domain(domain)) => is_collatable(run, domain.base.as_ref()?),
            Some(Type::Base(_) | Type::Unknown(_)) => None,
            _ => Some(false),
        },
    }
}

/// A name as SQL needs it: in quotes unless it is a plain word.
fn quote(name: &str) -> String {
    let plain = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'_')
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// Makes `dependent` depend on a collation that is an object of the catalog.
pub fn link(run: &mut Run<'_>, dependent: super::Address, text: &str, name: tree::Name) -> Result {
    if let Some(oid) = run.find(Class::Collation, text, name)?
        && oid >= Oid::FIRST
    {
        run.catalog.link(dependent, oid, super::Dependency::Normal);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_are_told_from_words() {
        for name in ["en_US", "de_AT.utf8", "und-x-icu", "fr-CA-x-icu", "C.utf8"] {
            assert!(is_locale(name), "{name}");
        }
        assert!(!is_locale("german") && !is_locale("case_insensitive") && !is_locale("C"));
    }

    #[test]
    fn names_are_quoted_where_they_must_be() {
        assert_eq!((quote("C"), quote("en_us"), quote("a\"b")), ("\"C\"".into(), "en_us".into(), "\"a\"\"b\"".into()));
    }
}
