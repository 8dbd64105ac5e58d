//! Where a new relation goes, and whether its name is free there (`RangeVarGetAndCheckCreationNamespace`, `heap_create_with_catalog`).

use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Persistence;
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::syntax::tree;
use crate::text::Span;

/// The schema of a new relation, and how long it lives: what goes into `pg_temp` is temporary, whether that is written or not.
///
/// # Errors
/// 3F000 if there is no such schema, 42P16 for a temporary relation in another one, 42501 in `pg_catalog`.
pub(super) fn home(run: &mut Run<'_>, text: &str, name: tree::Name, persistence: tree::Persistence) -> Result<(Oid, Persistence)> {
    if let (tree::Persistence::Temporary(_), None) = (persistence, name.schema) {
        return Ok((Oid::PG_TEMP, Persistence::Temporary));
    }
    let schema = run.schema_for(text, name)?;
    match persistence {
        tree::Persistence::Temporary(_) if schema != Oid::PG_TEMP => {
            Err(Stop::fails("42P16", "cannot create temporary relation in non-temporary schema", name.span()))
        }
        tree::Persistence::Unlogged(_) if schema == Oid::PG_TEMP => {
            Err(Stop::fails("42P16", "cannot create relations in temporary schemas of other sessions", name.span()))
        }
        _ if schema == Oid::PG_TEMP => Ok((schema, Persistence::Temporary)),
        _ if schema == Oid::PG_CATALOG => {
            let message = format!("permission denied to create \"pg_catalog.{}\"", name.object.value(text));
            Err(Stop::fails("42501", message, name.span()))
        }
        tree::Persistence::Unlogged(_) => Ok((schema, Persistence::Unlogged)),
        _ => Ok((schema, Persistence::Permanent)),
    }
}

/// The name of a new object.
///
/// # Errors
/// Unknown if a tool fills it in.
pub(super) fn new_name(text: &str, name: tree::Name) -> Result<Name> {
    let value = name.object.value(text);
    if name.object.is_template(text) {
        return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), name.span()));
    }
    Ok(Name::from(&*value))
}

/// Expects that no relation in `schema` is called `name`.
///
/// # Errors
/// 42P07 if one is.
pub(super) fn expect_free(run: &mut Run<'_>, schema: Oid, name: &str, span: Span) -> Result {
    match run.find_in(Class::Relation, schema, name)? {
        Some(_) => Err(Stop::fails("42P07", format!("relation \"{name}\" already exists"), span)),
        None => Ok(()),
    }
}

/// Expects that no type in `schema` is called `name`, which a relation with rows would make a type of.
///
/// # Errors
/// 42710 if one is.
pub(super) fn expect_no_type(run: &mut Run<'_>, schema: Oid, name: &str, span: Span) -> Result {
    match run.find_in(Class::Type, schema, name)? {
        Some(_) => Err(Stop::fails("42710", format!("type \"{name}\" already exists"), span)),
        None => Ok(()),
    }
}
