//! Functions that tell of the session, or change it.

use super::super::moment::TODAY;
use super::super::{Value, arithmetic, objects, text};
use crate::catalog::Oid;
use crate::catalog::apply::session::setting::{self, Lifetime};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{TypeId, TypeUse};
use crate::catalog::rows::Reference;
use crate::catalog::run::{Knowledge, Run};
use crate::postgres::facts;

/// `current_schema`
pub(in crate::catalog::evaluate) fn current_schema(run: &Run<'_>) -> Value {
    let Ok(path) = run.path() else { return Value::Unknown };
    let Some(names) = &run.session.settings.search_path else { return Value::Unknown };
    let explicit = path.iter().filter(|schema| **schema != Oid::PG_TEMP);
    let explicit = explicit.filter(|schema| **schema != Oid::PG_CATALOG || names.iter().any(|name| &**name == "pg_catalog"));
    let first = explicit.filter_map(|schema| run.catalog.get(*schema)).next();
    first.map_or(Value::Null, |schema| text(std::sync::Arc::clone(&schema.name)))
}

/// The time at which a statement runs: the same throughout it, and known only by its day.
pub(in crate::catalog::evaluate) fn now(run: &Run<'_>, what: &str) -> Value {
    let migration = run.origin.migration.map_or(-1, i64::from);
    match what {
        "current_date" => Value::Spelled(TODAY.date().into()),
        "current_time" | "localtime" => Value::Spelled(format!("{what} of {migration}.{}", run.budget).into()),
        _ => Value::Sometime(format!("{what} of {migration}.{}", run.budget).into(), 0),
    }
}

/// What a function gives whose arguments are not NULL; nothing if it is none of these.
pub(super) fn call(run: &mut Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    Ok(Some(match (name, arguments) {
        ("current_schema", []) => current_schema(run),
        ("current_user" | "user", []) => text(run.current_user()),
        ("session_user", []) => text(std::sync::Arc::clone(&run.world.user)),
        ("current_database" | "current_catalog", []) => Value::NotNull,
        ("now" | "transaction_timestamp" | "statement_timestamp", []) => now(run, "now"),
        ("clock_timestamp", []) => {
            run.fresh += 1;
            let what = format!("{name} {}", run.fresh);
            now(run, &what)
        }
        ("current_schemas", [implicit]) => {
            let Ok(path) = run.path() else { return Ok(Some(Value::NotNull)) };
            let all = *implicit == Value::Boolean(true);
            let names = run.session.settings.search_path.clone().unwrap_or_else(|| [].into());
            let shown = path.iter().filter(|schema| **schema != Oid::PG_TEMP);
            let shown = shown.filter(|schema| all || **schema != Oid::PG_CATALOG || names.iter().any(|name| &**name == "pg_catalog"));
            let names = shown.filter_map(|schema| run.catalog.get(*schema)).map(|schema| text(std::sync::Arc::clone(&schema.name)));
            Value::Array(names.collect())
        }
        ("current_setting", [Value::Text(name), rest @ ..]) => current_setting(run, name, rest.first() == Some(&Value::Boolean(true)))?,
        ("current_setting", _) => Value::Unknown,
        ("pg_sleep" | "pg_advisory_lock" | "pg_advisory_xact_lock" | "pg_advisory_unlock" | "pg_try_advisory_lock", _) => Value::NotNull,
        ("col_description", _) => Value::Unknown,
        _ => return Ok(None),
    }))
}

fn current_setting(run: &Run<'_>, name: &str, missing: bool) -> Result<Value> {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "search_path" => {
            let Some(names) = &run.session.settings.search_path else { return Ok(Value::NotNull) };
            let quoted: Vec<String> = names.iter().map(|name| super::super::text::identifier(name)).collect();
            return Ok(text(quoted.join(", ")));
        }
        // The newest minor release of the target.
        "server_version_num" => return Ok(text(format!("{}0099", run.world.target.major()))),
        "role" => return Ok(run.session.settings.role.clone().map_or_else(|| text("none"), text)),
        _ => {}
    }
    if let Some(value) = run.session.settings.others.get(lower.as_str()) {
        return Ok(value.clone());
    }
    if facts::setting(&lower, run.world.target).is_some() {
        return Ok(Value::NotNull);
    }
    match (run.world.knowledge, missing) {
        // A database or a role may set it.
        (Knowledge::Partial, _) => Ok(Value::Unknown),
        (Knowledge::Complete, true) => Ok(Value::Null),
        (Knowledge::Complete, false) => Err(Stop::fails("42704", format!("unrecognized configuration parameter \"{name}\""), None)),
    }
}

/// Functions that take NULL.
pub(super) fn lenient(run: &mut Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    Ok(Some(match (name, arguments) {
        ("set_config", [Value::Null, ..]) => return Err(Stop::fails("22004", "SET requires parameter name", None)),
        ("set_config", [Value::Text(name), value, local]) => {
            let lifetime = match local {
                Value::Boolean(true) => Lifetime::Transaction,
                Value::Boolean(false) => Lifetime::Session,
                _ => return Err(Stop::unknown("for how long a variable is set can't be told", None)),
            };
            setting::set_config(run, name, value, lifetime)?;
            match value {
                Value::Null => text(""),
                value => value.clone(),
            }
        }
        ("set_config", _) => return Err(Stop::unknown("which variable is set can't be told", None)),
        ("pg_notify", _) => Value::NotNull,
        ("obj_description", [Value::Null, ..]) => Value::Null,
        ("obj_description", [Value::Object(_, number), ..]) => match run.catalog.get(Oid(*number)) {
            Some(object) => object.comment.as_ref().map_or(Value::Null, |comment| Value::Text(comment.clone())),
            None => Value::Unknown,
        },
        ("obj_description", [Value::Text(name), ..]) => match objects::find(run, Reference::Class, name)? {
            Some(Some(number)) => return lenient(run, "obj_description", &[Value::Object(Reference::Class, number)]),
            _ => Value::Unknown,
        },
        ("format_type", [Value::Null, _]) => Value::Null,
        ("format_type", [Value::Object(_, number), modifier]) => match objects::type_of(run, *number) {
            Some(ty) => match with_modifier(&ty, modifier) {
                Some(ty) => text(objects::visible_type(run, &ty)),
                None => Value::NotNull,
            },
            None => Value::NotNull,
        },
        _ => Value::Unknown,
    }))
}

/// A type with the modifier that `atttypmod` holds as a number.
fn with_modifier(ty: &TypeUse, modifier: &Value) -> Option<TypeUse> {
    let number = match modifier {
        Value::Null => return Some(ty.clone()),
        modifier => arithmetic::integer(modifier)?,
    };
    if number < 0 {
        return Some(ty.clone());
    }
    let modifier = match ty.id {
        TypeId::BuiltIn("varchar" | "bpchar") => (number - 4).to_string(),
        TypeId::BuiltIn("numeric") => format!("{},{}", (number - 4) >> 16, (number - 4) & 0xffff),
        TypeId::BuiltIn("timestamp" | "timestamptz" | "time" | "timetz" | "bit" | "varbit") => number.to_string(),
        _ => return None,
    };
    Some(TypeUse { modifier: Some(modifier.into()), ..ty.clone() })
}
