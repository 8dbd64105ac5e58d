//! Objects that have a name in a schema or in the whole database: relations, types, roles, extensions, collations and so on.

use super::{Found, Missing, absent, home_of, scopes, wrong_kind};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{RelationKind, Type, TypeId};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid, types};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::tree::{Name, ObjectKind, TypeBase, TypeName};

/// The class of the names of a kind of object.
pub const fn class_of(kind: ObjectKind) -> Class {
    match kind {
        ObjectKind::AccessMethod => Class::AccessMethod,
        ObjectKind::Aggregate | ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => Class::Routine,
        ObjectKind::Cast => Class::Cast,
        ObjectKind::Collation => Class::Collation,
        ObjectKind::Conversion => Class::Conversion,
        ObjectKind::Database => Class::Database,
        ObjectKind::Domain | ObjectKind::Type => Class::Type,
        ObjectKind::DomainConstraint | ObjectKind::TableConstraint => Class::Constraint,
        ObjectKind::EventTrigger => Class::EventTrigger,
        ObjectKind::Extension => Class::Extension,
        ObjectKind::ForeignDataWrapper => Class::ForeignDataWrapper,
        ObjectKind::Language => Class::Language,
        ObjectKind::Operator => Class::Operator,
        ObjectKind::OperatorClass => Class::OperatorClass,
        ObjectKind::OperatorFamily => Class::OperatorFamily,
        ObjectKind::Policy => Class::Policy,
        ObjectKind::Publication => Class::Publication,
        ObjectKind::Role => Class::Role,
        ObjectKind::Rule => Class::Rule,
        ObjectKind::Schema => Class::Schema,
        ObjectKind::Server => Class::Server,
        ObjectKind::Statistics => Class::Statistics,
        ObjectKind::Subscription => Class::Subscription,
        ObjectKind::Tablespace => Class::Tablespace,
        ObjectKind::TextSearchConfiguration => Class::TextSearchConfiguration,
        ObjectKind::TextSearchDictionary => Class::TextSearchDictionary,
        ObjectKind::TextSearchParser => Class::TextSearchParser,
        ObjectKind::TextSearchTemplate => Class::TextSearchTemplate,
        ObjectKind::Transform => Class::Transform,
        ObjectKind::Trigger => Class::Trigger,
        ObjectKind::Column
        | ObjectKind::ForeignTable
        | ObjectKind::Index
        | ObjectKind::LargeObject
        | ObjectKind::MaterializedView
        | ObjectKind::Parameter
        | ObjectKind::Sequence
        | ObjectKind::Table
        | ObjectKind::View => Class::Relation,
    }
}

/// Whether objects of a class live in schemas.
pub(super) const fn has_schema(class: Class) -> bool {
    matches!(
        class,
        Class::Relation
            | Class::Type
            | Class::Routine
            | Class::Operator
            | Class::OperatorClass
            | Class::OperatorFamily
            | Class::Statistics
            | Class::Collation
            | Class::Conversion
            | Class::TextSearchParser
            | Class::TextSearchDictionary
            | Class::TextSearchTemplate
            | Class::TextSearchConfiguration
    )
}

pub(super) fn find(run: &mut Run<'_>, text: &str, kind: ObjectKind, name: Name) -> Result<Found> {
    match class_of(kind) {
        Class::Relation => find_relation(run, text, kind, name),
        Class::Type => find_type(run, text, kind, name),
        class => find_other(run, text, kind, class, name),
    }
}

fn find_relation(run: &mut Run<'_>, text: &str, kind: ObjectKind, name: Name) -> Result<Found> {
    let scopes = match scopes(run, text, name)? {
        Ok(scopes) => scopes,
        Err(found) => return Ok(found),
    };
    let value = name.object.value(text);
    for schema in &scopes {
        if let Some(oid) = run.catalog.named(Class::Relation, *schema, &value).first().copied() {
            let Some(object) = run.catalog.get(oid) else { continue };
            return Ok(match fits(object, kind) {
                true => Found::Object(oid.into()),
                false => wrong_kind(oid.into(), format!("\"{value}\" is not {}", with_article(kind)), name.span()),
            });
        }
        if is_system_relation(run, *schema, &value) {
            return Ok(Found::BuiltIn);
        }
    }
    doubted(run, Class::Relation, &value, name)?;
    let assumable = run.may_assume_in(Class::Relation, home_of(&scopes), &value);
    Ok(absent(Missing::Object, "42P01", format!("relation \"{}\" does not exist", name.display(text)), name.span(), assumable))
}

fn is_system_relation(run: &Run<'_>, schema: Oid, name: &str) -> bool {
    let target = run.world.target;
    match schema {
        Oid::PG_CATALOG => facts::system().relation(name, target).is_some(),
        Oid::INFORMATION_SCHEMA => facts::system().relation(&format!("information_schema.{name}"), target).is_some(),
        _ => false,
    }
}

/// Whether a relation is what the word says: `TABLE` means neither a view nor a sequence.
fn fits(object: &Object, kind: ObjectKind) -> bool {
    let Some(relation) = object.relation() else { return true };
    match &relation.kind {
        RelationKind::Unknown => true,
        RelationKind::Table => kind == ObjectKind::Table,
        RelationKind::View(_) => kind == ObjectKind::View,
        RelationKind::MaterializedView(_) => kind == ObjectKind::MaterializedView,
        RelationKind::Sequence(_) => kind == ObjectKind::Sequence,
        RelationKind::Index(_) => kind == ObjectKind::Index,
        RelationKind::ForeignTable(..) => kind == ObjectKind::ForeignTable,
        RelationKind::Composite => false,
    }
}

pub(super) fn with_article(kind: ObjectKind) -> String {
    let noun = kind.sql().to_ascii_lowercase();
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The type or domain that a name means: a type of its own, or the rows of a relation.
///
/// # Errors
/// If it can't be told.
pub fn find_type(run: &mut Run<'_>, text: &str, kind: ObjectKind, name: Name) -> Result<Found> {
    let scopes = match scopes(run, text, name)? {
        Ok(scopes) => scopes,
        Err(found) => return Ok(found),
    };
    let value = name.object.value(text);
    for schema in &scopes {
        if let Some(oid) = type_in(run, *schema, &value) {
            let is_domain = match run.catalog.get(oid).map(|object| &object.body) {
                Some(Body::Type(ty)) => matches!(**ty, Type::Domain(_) | Type::Unknown(_)),
                _ => false,
            };
            return Ok(match kind == ObjectKind::Domain && !is_domain {
                true => wrong_kind(oid.into(), format!("\"{}\" is not a domain", name.display(text)), name.span()),
                false => Found::Object(oid.into()),
            });
        }
        if is_system_type(run, *schema, &value) {
            return Ok(Found::BuiltIn);
        }
    }
    doubted(run, Class::Type, &value, name)?;
    let assumable = run.may_assume_in(Class::Type, home_of(&scopes), &value);
    Ok(absent(Missing::Object, "42704", format!("type \"{}\" does not exist", name.display(text)), name.span(), assumable))
}

fn type_in(run: &Run<'_>, schema: Oid, name: &str) -> Option<Oid> {
    let types = run.catalog.named(Class::Type, schema, name).first().copied();
    types.or_else(|| {
        let relation = run.catalog.named(Class::Relation, schema, name).first().copied()?;
        let has_row_type = !matches!(run.catalog.relation(relation)?.kind, RelationKind::Index(_) | RelationKind::Sequence(_));
        has_row_type.then_some(relation)
    })
}

fn is_system_type(run: &Run<'_>, schema: Oid, name: &str) -> bool {
    let target = run.world.target;
    match schema {
        Oid::PG_CATALOG => facts::system().type_named(name, target).is_some(),
        Oid::INFORMATION_SCHEMA => facts::system().type_named(&format!("information_schema.{name}"), target).is_some(),
        _ => false,
    }
}

/// A type where any may be written: also an array's, or one with words of its own.
pub(super) fn find_written_type(run: &mut Run<'_>, text: &str, kind: ObjectKind, ty: &TypeName) -> Result<Found> {
    match ty.base {
        TypeBase::Named(name) if ty.array_dimensions == 0 && ty.percent_type.is_none() => find_type(run, text, kind, name),
        _ => match types::type_use(run, text, ty)?.id {
            TypeId::BuiltIn(_) => Ok(Found::BuiltIn),
            TypeId::User(oid) if ty.array_dimensions == 0 => Ok(Found::Object(oid.into())),
            TypeId::User(_) => Err(Stop::unknown("the array type of a type is no object of its own here", ty.span)),
        },
    }
}

fn find_other(run: &mut Run<'_>, text: &str, kind: ObjectKind, class: Class, name: Name) -> Result<Found> {
    let value = name.object.value(text);
    let scopes = if has_schema(class) {
        match scopes(run, text, name)? {
            Ok(scopes) => scopes,
            Err(found) => return Ok(found),
        }
    } else if name.object.is_template(text) {
        return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), name.span()));
    } else {
        vec![Oid::NONE]
    };
    for schema in &scopes {
        if let Some(oid) = run.catalog.named(class, *schema, &value).first().copied() {
            return Ok(Found::Object(Address::whole(oid)));
        }
        let is_system = matches!(*schema, Oid::PG_CATALOG | Oid::NONE);
        if is_system && is_system_name(run, class, &value) || is_extensions(run, *schema, class, &value) {
            return Ok(Found::BuiltIn);
        }
    }
    doubted(run, class, &value, name)?;
    if name_kind(class).is_some() {
        super::routine::expect_no_unknown_extension(run, name.span())?;
    }
    let sqlstate = match class {
        Class::Schema => "3F000",
        Class::Database => "3D000",
        _ => "42704",
    };
    let encoding = if class == Class::Collation { " for encoding \"UTF8\"" } else { "" };
    let message = format!("{} \"{}\"{encoding} does not exist", noun(kind), name.display(text));
    // No history creates the database that it runs in, and those beside it.
    let mut assumable = run.may_assume_in(class, home_of(&scopes), &value) || class == Class::Database;
    // Nor those of the operating system and of ICU, which are in `pg_catalog`.
    assumable |= class == Class::Collation && scopes.contains(&Oid::PG_CATALOG) && !(run.world.creates)(class, &value);
    Ok(absent(Missing::Object, sqlstate, message, name.span(), assumable))
}

/// What PostgreSQL calls a kind of object in messages.
fn noun(kind: ObjectKind) -> String {
    match kind {
        ObjectKind::ForeignDataWrapper => "foreign-data wrapper".to_owned(),
        ObjectKind::Statistics => "statistics object".to_owned(),
        kind => kind.sql().to_ascii_lowercase(),
    }
}

/// What facts call the objects of a class.
const fn name_kind(class: Class) -> Option<NameKind> {
    Some(match class {
        Class::Collation => NameKind::Collation,
        Class::TextSearchConfiguration => NameKind::TextSearchConfiguration,
        Class::TextSearchDictionary => NameKind::TextSearchDictionary,
        Class::TextSearchParser => NameKind::TextSearchParser,
        Class::TextSearchTemplate => NameKind::TextSearchTemplate,
        Class::EventTrigger => NameKind::EventTrigger,
        Class::Language => NameKind::Language,
        Class::AccessMethod => NameKind::AccessMethod,
        Class::ForeignDataWrapper => NameKind::ForeignDataWrapper,
        Class::Server => NameKind::ForeignServer,
        _ => return None,
    })
}

/// Whether PostgreSQL brings an object of a class without being told.
fn is_system_name(run: &Run<'_>, class: Class, name: &str) -> bool {
    let kind = match class {
        Class::Role if name == &*run.world.user => return true,
        Class::Role => NameKind::Role,
        Class::Schema => NameKind::Schema,
        Class::Tablespace => NameKind::Tablespace,
        class => match name_kind(class) {
            Some(kind) => kind,
            None => return false,
        },
    };
    facts::system().has(kind, name, run.world.target)
}

/// Whether an extension brings an object of a class: one in this schema, or any of what lives in none.
fn is_extensions(run: &Run<'_>, schema: Oid, class: Class, name: &str) -> bool {
    let Some(kind) = name_kind(class) else { return false };
    if schema == Oid::NONE {
        return super::operator::brings(run, kind, name);
    }
    run.catalog.extensions_in(schema).into_iter().any(|(_, facts)| facts.has(kind, name, run.world.target))
}

/// Stops where it can't be told whether there is an object of that name.
pub(super) fn doubted(run: &Run<'_>, class: Class, value: &str, name: Name) -> Result {
    match run.catalog.doubted(class, value) {
        Some(why) => Err(Stop::unknown(&*why, name.span())),
        None => Ok(()),
    }
}
