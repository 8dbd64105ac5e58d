//! The functions of PostgreSQL that migrations use in conditions and in the texts that they compute.

mod array;
mod object;
mod pattern;
mod sequence;
mod session;
mod string;
mod time;

use super::{Value, number};
use crate::catalog::failure::Result;
use crate::catalog::run::Run;

pub(super) use array::{elements, set};
pub(super) use pattern::matches;
pub use pattern::reads_alike;
pub(in crate::catalog) use sequence::{advance, count_from, counts, keep_given_out, state_of};
pub use sequence::{counted_by, first_repeated};
pub(super) use session::{current_schema, now};
pub(super) use time::calculate as calculate_time;

/// Functions that give no NULL for arguments none of which is NULL, whatever they give.
const NEVER_NULL: &[&str] = &[
    "abs",
    "age",
    "ceil",
    "ceiling",
    "date_part",
    "date_trunc",
    "decode",
    "encode",
    "exp",
    "extract",
    "floor",
    "get_byte",
    "hashtext",
    "json_agg",
    "json_build_array",
    "json_build_object",
    "json_object",
    "jsonb_agg",
    "jsonb_build_array",
    "jsonb_build_object",
    "jsonb_object",
    "jsonb_pretty",
    "jsonb_set",
    "ln",
    "log",
    "make_date",
    "make_interval",
    "make_timestamp",
    "make_timestamptz",
    "md5",
    "pg_backend_pid",
    "pg_get_constraintdef",
    "pg_get_functiondef",
    "pg_get_indexdef",
    "pg_get_triggerdef",
    "pg_get_viewdef",
    "pg_typeof",
    "point",
    "power",
    "round",
    "row_to_json",
    "set_bit",
    "set_byte",
    "setseed",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sqrt",
    "tstzrange",
    "tsrange",
    "daterange",
    "int4range",
    "int8range",
    "numrange",
    "to_char",
    "to_date",
    "to_json",
    "to_jsonb",
    "to_timestamp",
    "to_tsquery",
    "to_tsvector",
    "plainto_tsquery",
    "trunc",
    "timezone",
    "txid_current",
    "version",
    "initcap",
    "convert_to",
    "convert_from",
    "pg_current_xact_id",
];

/// Functions that change nothing that anybody here asks for, though they are volatile or not known: those that make up values.
const HARMLESS: &[&str] = &[
    "gen_random_uuid",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
    "gen_random_bytes",
    "gen_salt",
    "crypt",
    "random",
    "clock_timestamp",
    "timeofday",
    "pgp_sym_encrypt",
    "uuidv7",
    "uuidv4",
];

/// Whether a function only makes up a value.
pub(super) fn is_harmless(name: &str) -> bool {
    HARMLESS.contains(&name)
}

/// Whether a function makes up a value out of nothing.
pub(super) fn is_random(name: &str) -> bool {
    is_unique(name) || matches!(name, "random" | "gen_random_bytes")
}

/// Whether a function gives another value each time.
pub(super) fn is_unique(name: &str) -> bool {
    matches!(name, "gen_random_uuid" | "uuid_generate_v1" | "uuid_generate_v1mc" | "uuid_generate_v4" | "uuidv7" | "uuidv4")
}

/// A value that is like no other.
pub(super) fn made_up(run: &mut Run<'_>) -> Value {
    run.fresh += 1;
    // Those of other migrations are others.
    Value::Fresh(run.fresh + run.origin.migration.map_or(0, |migration| (migration + 1) << 16))
}

/// What a function of `pg_catalog` gives; what it does is done.
pub(super) fn call(run: &mut Run<'_>, name: &str, arguments: &[Value]) -> Result<Value> {
    if let Some(value) = lenient(run, name, arguments)? {
        return Ok(value);
    }
    if arguments.contains(&Value::Null) {
        return Ok(Value::Null);
    }
    if is_unique(name) {
        return Ok(made_up(run));
    }
    if let Some(value) = string::call(run, name, arguments)? {
        return Ok(value);
    }
    if let Some(value) = time::call(name, arguments)? {
        return Ok(value);
    }
    if let Some(value) = array::call(run, name, arguments)? {
        return Ok(value);
    }
    if let Some(value) = object::call(run, name, arguments)? {
        return Ok(value);
    }
    if let Some(value) = sequence::call(run, name, arguments)? {
        return Ok(value);
    }
    if let Some(value) = session::call(run, name, arguments)? {
        return Ok(value);
    }
    // A cast that is written like a call.
    if let ([argument], Some(fact)) = (arguments, crate::postgres::facts::system().type_named(name, run.world.target)) {
        return super::cast(run, argument.clone(), &crate::catalog::typing::fact_type(fact.name), super::cast::Cast::Explicit);
    }
    Ok(match (NEVER_NULL.contains(&name) || is_harmless(name)) && !arguments.contains(&Value::Unknown) {
        true => Value::NotNull,
        false => Value::Unknown,
    })
}

/// Functions for which NULL is a value like any other.
fn lenient(run: &mut Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    let nulls = || arguments.iter().filter(|argument| **argument == Value::Null).count();
    let unknown = arguments.contains(&Value::Unknown);
    Ok(Some(match name {
        "num_nulls" if !unknown => number(nulls() as i128),
        "num_nonnulls" if !unknown => number((arguments.len() - nulls()) as i128),
        "concat" | "concat_ws" | "format" | "quote_nullable" => return string::lenient(run, name, arguments),
        "array_append" | "array_prepend" | "array_cat" | "array_to_string" | "array_position" | "array_remove" | "array_fill" => {
            return array::lenient(run, name, arguments);
        }
        "set_config" | "obj_description" | "format_type" | "pg_notify" => return session::lenient(run, name, arguments),
        "json_build_object" | "jsonb_build_object" | "json_build_array" | "jsonb_build_array" | "row_to_json" => Value::NotNull,
        _ => return Ok(None),
    }))
}
