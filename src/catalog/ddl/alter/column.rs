//! Columns of tables, and attributes of composite types.

use super::{Alteration, Pair};
use crate::catalog::ddl::create::{identity_options, setting};
use crate::catalog::ddl::{name, said, stored};
use crate::catalog::describe::{is_plain_not_null, not_null_of, written};
use crate::catalog::model::{Column, Identity, RelationKind};
use crate::catalog::object::Body;
use crate::catalog::store::Catalog;
use crate::syntax::expression::identifier;

/// Whether a column gets another type, to which what it holds is converted.
pub(in crate::catalog::ddl) fn converts(changed: &[&str]) -> bool {
    changed.contains(&"type") || changed.contains(&"collation")
}

pub(super) fn alter(pair: &Pair<'_>, changed: &[&str]) -> Alteration {
    let (Some(was), Some(is)) = (pair.old.column(pair.was.address), pair.new.column(pair.is.address)) else { return Alteration::Anew };
    let Some(relation) = pair.new.relation(pair.is.address.object) else { return Alteration::Anew };
    let table = name::qualified(pair.new, pair.is.address.object);
    let noun = match relation.kind {
        RelationKind::View(_) => "VIEW",
        RelationKind::MaterializedView(_) => "MATERIALIZED VIEW",
        RelationKind::ForeignTable(..) => "FOREIGN TABLE",
        RelationKind::Composite => "TYPE",
        _ => "TABLE",
    };
    let statements = match noun {
        "TYPE" => attribute(pair, &table, is, changed),
        _ => match actions(pair, was, is, changed, noun) {
            Some(actions) => actions.into_iter().map(|action| format!("ALTER {noun} {table} {action}")).collect(),
            None => return Alteration::Anew,
        },
    };
    let mut statements: Vec<String> = statements;
    if Pair::has(changed, "privileges") {
        statements.extend(said::of_column(pair.new, pair.is.address, was.privileges.as_deref(), is.privileges.as_deref()));
    }
    if Pair::has(changed, "comment") {
        statements.extend(said::comment_on_column(pair.new, pair.is.address, is.comment.as_deref()));
    }
    Alteration::Statements(statements)
}

fn attribute(pair: &Pair<'_>, ty: &str, is: &Column, changed: &[&str]) -> Vec<String> {
    if !converts(changed) {
        return Vec::new();
    }
    let (attribute, own) = (identifier(&is.name), name::ty(pair.new, is.ty.as_ref()));
    vec![format!("ALTER TYPE {ty} ALTER ATTRIBUTE {attribute} TYPE {own}")]
}

/// The actions of ALTER TABLE; none if the column has to be made anew.
fn actions(pair: &Pair<'_>, was: &Column, is: &Column, changed: &[&str], noun: &str) -> Option<Vec<String>> {
    let name = identifier(&is.name);
    let is_table = noun.ends_with("TABLE");
    let mut actions = Vec::new();
    let mut say = |text: String| actions.push(format!("ALTER COLUMN {name} {text}"));
    let has = |property: &str| changed.contains(&property);
    let (default_was, default_is) = (default(pair.old, was), default(pair.new, is));
    let retyped = converts(changed) && is_table && is.inherited == 0;
    match (was.generated, is.generated) {
        (Some(_), None) => say("DROP EXPRESSION IF EXISTS".to_owned()),
        (None, Some(_)) => return None,
        (Some(_), Some(_)) if has("generated as") || has("generated") || retyped => return None,
        _ => {}
    }
    let dropped = default_was.is_some() && was.generated.is_none() && is.identity.is_none() && (retyped || default_is.is_none());
    if dropped {
        say("DROP DEFAULT".to_owned());
    }
    if was.identity.is_some() && (is.identity.is_none() || retyped) {
        say("DROP IDENTITY IF EXISTS".to_owned());
    }
    if retyped {
        let ty = name::ty(pair.new, is.ty.as_ref());
        let collation = is.collation.as_ref().map(|collation| format!(" COLLATE {}", written(collation))).unwrap_or_default();
        let using = match (&was.ty, &is.ty) {
            (Some(was), Some(is)) if was.is_same_type(is) => String::new(),
            _ => format!(" USING {}", conversion(pair, was, is, &name, &ty)),
        };
        say(format!("TYPE {ty}{collation}{using}"));
    }
    let (in_catalog, column) = if is.not_null { (pair.new, pair.is.address) } else { (pair.old, pair.was.address) };
    let is_named = not_null_of(in_catalog, column)
        .is_some_and(|(object, constraint)| constraint.local && !is_plain_not_null(in_catalog, object, constraint));
    if has("not null") && is_table && !is_named {
        // A constraint with a name of its own comes and goes by that. What is a key's is NOT NULL by that, and an identity needs it before.
        say(if is.not_null { "SET NOT NULL".to_owned() } else { "DROP NOT NULL".to_owned() });
    }
    if let Some(default) = default_is.filter(|_| is.generated.is_none())
        && (has("default") || dropped || was.generated.is_some())
    {
        say(format!("SET DEFAULT {default}"));
    }
    match (was.identity, is.identity) {
        (Some((_, _)), Some((kind, _))) if has("identity") && !retyped => {
            say(format!("SET GENERATED {}", if kind == Identity::Always { "ALWAYS" } else { "BY DEFAULT" }));
        }
        (other, Some((kind, sequence))) if other.is_none() || retyped => {
            if default_was.is_some() && was.generated.is_none() {
                say("DROP DEFAULT".to_owned());
            }
            let kind = if kind == Identity::Always { "ALWAYS" } else { "BY DEFAULT" };
            let options = identity_options(pair.new, pair.is.address.object, is, sequence);
            say(format!("ADD GENERATED {kind} AS IDENTITY{options}"));
        }
        _ => {}
    }
    if has("storage") && (is_table || noun == "MATERIALIZED VIEW") {
        say(format!("SET STORAGE {}", is.storage.as_ref().map_or_else(|| own_storage(pair.new, is), |storage| storage.to_uppercase())));
    }
    if has("compression") && (is_table || noun == "MATERIALIZED VIEW") {
        say(format!("SET COMPRESSION {}", is.compression.as_ref().map_or("default".to_owned(), |word| word.to_lowercase())));
    }
    if has("statistics") && noun != "VIEW" {
        say(format!("SET STATISTICS {}", is.statistics.unwrap_or(-1)));
    }
    options(was, is, noun, &mut say);
    Some(actions)
}

fn options(was: &Column, is: &Column, noun: &str, say: &mut dyn FnMut(String)) {
    if was.options == is.options {
        return;
    }
    if noun == "FOREIGN TABLE" {
        say(format!("OPTIONS ({})", super::relation::foreign_changes(&was.options, &is.options).join(", ")));
        return;
    }
    let gone: Vec<String> = was.options.keys().filter(|key| !is.options.contains_key(*key)).map(|key| identifier(key)).collect();
    if !gone.is_empty() {
        say(format!("RESET ({})", gone.join(", ")));
    }
    let set = is.options.iter().filter(|(key, value)| was.options.get(*key) != Some(*value));
    let set: Vec<String> = set.map(|(key, value)| format!("{} = {}", identifier(key), setting(value))).collect();
    if !set.is_empty() {
        say(format!("SET ({})", set.join(", ")));
    }
}

/// How a value becomes one of another type: by way of text where there may be no cast.
fn conversion(pair: &Pair<'_>, was: &Column, is: &Column, name: &str, ty: &str) -> String {
    let is_made = |catalog: &Catalog, column: &Column| {
        column.ty.as_ref().is_some_and(|ty| match ty.id {
            crate::catalog::model::TypeId::User(oid) => catalog.get(oid).and_then(|object| object.ty()).is_some(),
            crate::catalog::model::TypeId::BuiltIn(_) => false,
        })
    };
    let array = |column: &Column| column.ty.as_ref().is_some_and(|ty| ty.array);
    let bare = name::ty(pair.new, is.ty.as_ref().map(crate::catalog::model::TypeUse::bare).as_ref());
    let by_text = is_made(pair.old, was) || is_made(pair.new, is) || was.ty.is_none() || needs_text(was, is);
    match by_text {
        true if array(was) && array(is) => format!("{name}::text[]::{bare}"),
        true => format!("{name}::text::{bare}"),
        false => format!("{name}::{ty}"),
    }
}

/// Whether PostgreSQL has no cast between two of its own types, so that only their texts can be converted.
fn needs_text(was: &Column, is: &Column) -> bool {
    use crate::catalog::model::TypeId::BuiltIn;
    use crate::postgres::facts::{TypeKind, system};
    use crate::syntax::Version;
    let (Some(from), Some(to)) = (&was.ty, &is.ty) else { return true };
    if from.array || to.array {
        return from.array != to.array;
    }
    let (BuiltIn(from), BuiltIn(to)) = (from.id, to.id) else { return true };
    let facts = system();
    let is_text = |name: &str| matches!(name, "text" | "varchar" | "bpchar" | "name" | "unknown");
    // To and from text there is always a way.
    let has_kind = |name: &str| facts.type_named(name, Version::DEFAULT_TARGET).is_some_and(|fact| fact.kind == TypeKind::Base);
    !is_text(from) && !is_text(to) && has_kind(from) && facts.cast(from, to, Version::DEFAULT_TARGET).is_none()
}

fn default(catalog: &Catalog, column: &Column) -> Option<String> {
    match &catalog.get(column.default?)?.body {
        Body::Default(default) => Some(stored::operand(catalog, &default.expression)),
        _ => None,
    }
}

/// How values of a type are stored unless something else is said.
fn own_storage(catalog: &Catalog, column: &Column) -> String {
    use crate::catalog::model::TypeId;
    let plain = column.ty.as_ref().is_some_and(|ty| match ty.id {
        _ if ty.array => false,
        TypeId::BuiltIn(name) => {
            crate::postgres::facts::system().type_named(name, crate::syntax::Version::DEFAULT_TARGET).is_some_and(|fact| fact.length > 0)
        }
        TypeId::User(oid) => {
            matches!(catalog.get(oid).and_then(|object| object.ty()), Some(crate::catalog::model::Type::Enum(_)))
        }
    });
    let is_numeric = column.ty.as_ref().is_some_and(|ty| ty.id == TypeId::BuiltIn("numeric") && !ty.array);
    match (plain, is_numeric) {
        (true, _) => "PLAIN".to_owned(),
        (_, true) => "MAIN".to_owned(),
        _ => "EXTENDED".to_owned(),
    }
}
