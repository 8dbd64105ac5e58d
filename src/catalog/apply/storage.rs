//! `WITH (…)` and TABLESPACE: which parameters a relation takes, and what they may be set to (manual, CREATE TABLE and CREATE INDEX, storage
//! parameters; `reloptions.c`).

use std::sync::Arc;

use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Options;
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::postgres::facts::{NameKind, system};
use crate::syntax::Version;
use crate::syntax::literal;
use crate::syntax::tree::{Clause, Ident, Setting, SettingValue};
use crate::text::Span;

/// What has storage parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Table,
    /// A partitioned table, which has none.
    Partitioned(Version),
    View,
    Btree,
    Hash,
    Gist,
    Spgist,
    Gin,
    Brin,
    /// An index of a method that an extension brings, or anything else whose parameters are not known.
    Any,
}

impl Holder {
    /// An index of an access method.
    pub(super) fn index(method: &str) -> Holder {
        match method {
            "btree" => Holder::Btree,
            "hash" => Holder::Hash,
            "gist" => Holder::Gist,
            "spgist" => Holder::Spgist,
            "gin" => Holder::Gin,
            "brin" => Holder::Brin,
            _ => Holder::Any,
        }
    }
}

/// What a parameter may be set to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Boolean,
    Integer(i64, i64),
    Real(f64, f64),
    Words(&'static [&'static str]),
}

const INT_MAX: i64 = i32::MAX as i64;
const TOASTED: &str = "autovacuum_";

/// The parameters of tables; those that start with `autovacuum_` or are about vacuuming may be of its TOAST table too.
const TABLE: &[(&str, Kind)] = &[
    ("autovacuum_enabled", Kind::Boolean),
    ("autovacuum_vacuum_threshold", Kind::Integer(0, INT_MAX)),
    ("autovacuum_vacuum_max_threshold", Kind::Integer(-1, INT_MAX)),
    ("autovacuum_vacuum_insert_threshold", Kind::Integer(-1, INT_MAX)),
    ("autovacuum_analyze_threshold", Kind::Integer(0, INT_MAX)),
    ("autovacuum_vacuum_cost_delay", Kind::Real(0.0, 100.0)),
    ("autovacuum_vacuum_cost_limit", Kind::Integer(1, 10_000)),
    ("autovacuum_freeze_min_age", Kind::Integer(0, 1_000_000_000)),
    ("autovacuum_multixact_freeze_min_age", Kind::Integer(0, 1_000_000_000)),
    ("autovacuum_freeze_max_age", Kind::Integer(100_000, 2_000_000_000)),
    ("autovacuum_multixact_freeze_max_age", Kind::Integer(10_000, 2_000_000_000)),
    ("autovacuum_freeze_table_age", Kind::Integer(0, 2_000_000_000)),
    ("autovacuum_multixact_freeze_table_age", Kind::Integer(0, 2_000_000_000)),
    ("autovacuum_vacuum_scale_factor", Kind::Real(0.0, 100.0)),
    ("autovacuum_vacuum_insert_scale_factor", Kind::Real(0.0, 100.0)),
    ("autovacuum_analyze_scale_factor", Kind::Real(0.0, 100.0)),
    ("log_autovacuum_min_duration", Kind::Integer(-1, INT_MAX)),
    ("vacuum_index_cleanup", Kind::Words(&["auto", "on", "off", "true", "false", "yes", "no", "1", "0"])),
    ("vacuum_truncate", Kind::Boolean),
    ("vacuum_max_eager_freeze_failure_rate", Kind::Real(0.0, 1.0)),
    ("fillfactor", Kind::Integer(10, 100)),
    ("toast_tuple_target", Kind::Integer(128, 8160)),
    ("parallel_workers", Kind::Integer(0, 1024)),
    ("user_catalog_table", Kind::Boolean),
];

const VIEW: &[(&str, Kind)] =
    &[("security_barrier", Kind::Boolean), ("security_invoker", Kind::Boolean), ("check_option", Kind::Words(&["local", "cascaded"]))];

const FILL: (&str, Kind) = ("fillfactor", Kind::Integer(10, 100));

fn kind_of(holder: Holder, namespace: bool, name: &str) -> Option<Kind> {
    let find = |list: &[(&str, Kind)]| list.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    match holder {
        Holder::Table if namespace => {
            let of_toast = name.starts_with(TOASTED) && !name.contains("analyze")
                || name.starts_with("vacuum_")
                || name == "log_autovacuum_min_duration";
            if of_toast { find(TABLE) } else { None }
        }
        Holder::Table => find(TABLE),
        Holder::View => find(VIEW),
        Holder::Partitioned(_) | Holder::Any => None,
        Holder::Btree => find(&[FILL, ("deduplicate_items", Kind::Boolean)]),
        Holder::Hash | Holder::Spgist => find(&[FILL]),
        Holder::Gist => find(&[FILL, ("buffering", Kind::Words(&["on", "off", "auto"]))]),
        Holder::Gin => find(&[("fastupdate", Kind::Boolean), ("gin_pending_list_limit", Kind::Integer(64, INT_MAX))]),
        Holder::Brin => find(&[("pages_per_range", Kind::Integer(1, 131_072)), ("autosummarize", Kind::Boolean)]),
    }
}

/// Reads `WITH (…)`.
///
/// # Errors
/// 22023 for what the relation does not take, or not with that value; 0A000 for `oids`.
pub(super) fn parameters(text: &str, settings: &[Setting], holder: Holder) -> Result<Options> {
    if let (Holder::Partitioned(version), [first, ..]) = (holder, settings)
        && version.major() >= 16
    {
        return Err(Stop::fails("42809", "cannot specify storage parameters for a partitioned table", first.span));
    }
    let mut options = Options::new();
    for setting in settings {
        let name = setting.name.value(text);
        let value = match &setting.value {
            Some(value) => setting_text(text, value),
            None => Arc::from("true"),
        };
        if holder == Holder::Table && setting.namespace.is_none() && name == "oids" {
            if is_true(&value) == Some(false) {
                continue;
            }
            return Err(Stop::fails("0A000", "tables declared WITH OIDS are not supported", setting.span));
        }
        if let Some(namespace) = setting.namespace
            && !(holder == Holder::Table && namespace.is(text, "toast"))
            && holder != Holder::Any
        {
            let message = format!("unrecognized parameter namespace \"{}\"", namespace.value(text));
            return Err(Stop::fails("22023", message, setting.span));
        }
        if holder != Holder::Any {
            let Some(kind) = kind_of(holder, setting.namespace.is_some(), &name) else {
                return Err(Stop::fails("22023", format!("unrecognized parameter \"{name}\""), setting.span));
            };
            check(&name, kind, &value, setting.span)?;
        }
        let key = match setting.namespace {
            Some(namespace) => format!("{}.{name}", namespace.value(text)),
            None => name.to_string(),
        };
        if options.insert(Arc::from(&*key), value).is_some() {
            return Err(Stop::fails("22023", format!("parameter \"{name}\" specified more than once"), setting.span));
        }
    }
    Ok(options)
}

/// What a setting says, as PostgreSQL keeps it.
pub(super) fn setting_text(text: &str, value: &SettingValue) -> Arc<str> {
    match value {
        SettingValue::String(span) => Arc::from(&*literal::value(text, *span)),
        SettingValue::Number(span) => Arc::from(text[*span].replace(char::is_whitespace, "")),
        SettingValue::Type(ty) => Arc::from(text[ty.span].to_ascii_lowercase()),
        SettingValue::Word(span) | SettingValue::Operator(span) => Arc::from(text[*span].to_ascii_lowercase()),
    }
}

fn check(name: &str, kind: Kind, value: &str, span: Span) -> Result {
    let invalid = |word: &str| Err(Stop::fails("22023", format!("invalid value for {word} option \"{name}\": {value}"), span));
    let out_of_bounds = || Err(Stop::fails("22023", format!("value {value} out of bounds for option \"{name}\""), span));
    match kind {
        Kind::Boolean if is_true(value).is_none() => invalid("boolean"),
        Kind::Words(words) if !words.iter().any(|word| value.eq_ignore_ascii_case(word)) => invalid("enum"),
        Kind::Integer(min, max) => match value.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => Ok(()),
            Ok(_) => out_of_bounds(),
            Err(_) => invalid("integer"),
        },
        Kind::Real(min, max) => match value.parse::<f64>() {
            Ok(number) if (min..=max).contains(&number) => Ok(()),
            Ok(_) => out_of_bounds(),
            Err(_) => invalid("floating point"),
        },
        _ => Ok(()),
    }
}

/// A boolean as `parse_bool` reads it: any beginning of a word that can be no other.
fn is_true(value: &str) -> Option<bool> {
    let value = value.to_ascii_lowercase();
    let begins = |word: &str, least: usize| value.len() >= least && word.starts_with(&value);
    match () {
        () if begins("true", 1) || begins("yes", 1) || begins("on", 2) || value == "1" => Some(true),
        () if begins("false", 1) || begins("no", 1) || begins("off", 2) || value == "0" => Some(false),
        () => None,
    }
}

/// The tablespace that is written, if it is not the database's own.
///
/// # Errors
/// 42704 if there is none of that name.
pub(super) fn tablespace(run: &mut Run<'_>, text: &str, written: Option<&Clause<Ident>>) -> Result<Option<Name>> {
    let Some(clause) = written else { return Ok(None) };
    let name = clause.value.value(text);
    if name == "pg_default" {
        return Ok(None);
    }
    if name == "pg_global" {
        let message = "only shared relations can be placed in pg_global tablespace";
        return Err(Stop::fails("22023", message, clause.value.span));
    }
    let known = system().has(NameKind::Tablespace, &name, run.world.target);
    if !known && run.find_in(Class::Tablespace, Oid::NONE, &name)?.is_none() {
        if !run.may_assume(Class::Tablespace, &name) {
            return Err(Stop::fails("42704", format!("tablespace \"{name}\" does not exist"), clause.value.span));
        }
        run.assume(Class::Tablespace, Oid::NONE, &name, "42704", clause.value.span);
    }
    Ok(Some(Name::from(&*name)))
}

#[cfg(test)]
mod tests {
    use super::is_true;

    #[test]
    fn booleans_are_read_as_parse_bool_does() {
        for (text, is) in [("t", Some(true)), ("ON", Some(true)), ("of", Some(false)), ("o", None), ("0", Some(false)), ("maybe", None)] {
            assert_eq!(is_true(text), is, "{text}");
        }
    }
}
