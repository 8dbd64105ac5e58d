//! Objects that PostgreSQL brings: they are in `pg_catalog`, which every search path searches, so that nobody writes their schema.

use crate::syntax::Version;
use crate::syntax::tree::ObjectKind;

use super::facts;
use super::named::{Named, Role};

/// Whether `name`, written without a schema, is a function of PostgreSQL's, in whatever version.
pub fn is_built_in_function(name: &str) -> bool {
    facts::system().knows_function(name) || name.starts_with("pg_")
}

/// Whether what a statement names may be in `pg_catalog`: a system catalog or view, a trigger function that PostgreSQL brings, a function
/// that serves a language, a cast or a wrapper.
pub fn may_be_built_in(text: &str, named: &Named) -> bool {
    let name = named.name.object.value(text);
    let reserved = (named.kind.is_relation() || named.kind.is_routine()) && name.starts_with("pg_");
    let trigger = named.kind == ObjectKind::Function && is_trigger_function(&name);
    named.role == Role::Support || reserved || trigger
}

/// Whether PostgreSQL has a function of that name for triggers (PostgreSQL 15, 9.28 and 12.4.3).
fn is_trigger_function(name: &str) -> bool {
    facts::system().functions(name, Version::NEWEST).any(|function| function.result == Some("trigger"))
}
