//! The columns that a domain's new constraint must hold for.
//!
//! PostgreSQL looks into the tables that have a column of the domain, or of a domain over it; it refuses to where the domain is a part of
//! another type that a column has (`get_rels_with_domain`, `find_composite_type_dependencies`).

use std::collections::BTreeSet;

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Relation, RelationKind, Type, TypeId};
use crate::catalog::object::Object;
use crate::catalog::rows::{Contents, Value};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::text::Span;

/// Checks what is stored against a new CHECK of a domain.
///
/// # Errors
/// 0A000 where PostgreSQL does not look; unknown where rows are there.
pub(super) fn fulfil_check(run: &mut Run<'_>, domain: Oid, span: Span) -> Result {
    for column in columns(run, domain, span)? {
        let Some(shown) = table_name(run, column.object) else { continue };
        if run.catalog.rows.contains_key(&column.object) {
            return Err(Stop::unknown(format!("it can't be told whether the rows of {shown} fulfil the constraint"), span));
        }
        if is_older(run, column.object) {
            run.condition("23514", format!("if {shown} has rows"), span);
        }
    }
    Ok(())
}

/// Checks what is stored against a domain's new NOT NULL.
///
/// # Errors
/// 23502 if a row has a NULL there, 0A000 where PostgreSQL does not look; unknown where the rows are not known.
pub(super) fn fulfil_not_null(run: &mut Run<'_>, domain: Oid, span: Span) -> Result {
    for address in columns(run, domain, span)? {
        let Some(shown) = table_name(run, address.object) else { continue };
        let Some(column) = run.catalog.column(address).map(|column| column.name.clone()) else { continue };
        match run.catalog.rows.get(&address.object) {
            None => {}
            Some(Contents::Unknown(why)) => return Err(Stop::unknown(why.to_string(), span)),
            Some(Contents::Rows(rows)) => {
                let values: Vec<&Value> = rows.iter().map(|row| row.get(&address.column).unwrap_or(&Value::Null)).collect();
                if values.contains(&&Value::Null) {
                    let table = run.catalog.get(address.object).map(|object| object.name.clone()).unwrap_or_default();
                    let message = format!("column \"{column}\" of table \"{table}\" contains null values");
                    return Err(Stop::fails("23502", message, span));
                }
                if values.contains(&&Value::Unknown) {
                    return Err(Stop::unknown(format!("it can't be told whether {column} of {shown} is NULL in some row"), span));
                }
            }
        }
        if is_older(run, address.object) {
            run.condition("23502", format!("if {shown} has rows in which {column} is NULL"), span);
        }
    }
    Ok(())
}

/// The tables that a constraint of a domain has read; none where PostgreSQL refuses to look.
pub(in crate::catalog) fn tables(run: &Run<'_>, domain: Oid) -> BTreeSet<Oid> {
    let columns = columns(run, domain, Span::empty(0)).unwrap_or_default();
    columns.into_iter().map(|column| column.object).collect()
}

fn table_name(run: &Run<'_>, table: Oid) -> Option<String> {
    let object = run.catalog.get(table)?;
    let schema = object.schema.and_then(|schema| run.catalog.get(schema));
    Some(schema.map_or_else(|| object.name.to_string(), |schema| format!("{}.{}", schema.name, object.name)))
}

/// Whether an earlier migration made a table, so that elsewhere it may hold rows.
fn is_older(run: &Run<'_>, table: Oid) -> bool {
    run.catalog.get(table).is_none_or(|object| object.origin.migration != run.origin.migration)
}

/// The columns of tables that are of the domain, or of a domain over it.
fn columns(run: &Run<'_>, domain: Oid, span: Span) -> Result<BTreeSet<Address>> {
    let shown = run.catalog.get(domain).map(|object| object.name.to_string()).unwrap_or_default();
    let mut found = BTreeSet::new();
    collect(run, domain, &shown, span, &mut found)?;
    Ok(found)
}

fn collect(run: &Run<'_>, domain: Oid, shown: &str, span: Span, found: &mut BTreeSet<Address>) -> Result {
    let users: Vec<Address> = run.catalog.dependents_of(domain.into()).map(|(user, _)| user).collect();
    for user in users {
        let Some(object) = run.catalog.get(user.object) else { continue };
        if user.column == 0 {
            match object.ty() {
                Some(Type::Domain(over)) if over.base.as_ref().is_some_and(|base| base.id == TypeId::User(domain)) => {
                    collect(run, user.object, shown, span, found)?;
                }
                Some(Type::Range(_)) => refuse_users(run, user.object, shown, span)?,
                _ => {}
            }
            continue;
        }
        let Some(relation) = object.relation() else { continue };
        let Some(ty) = relation.column_at(user.column).and_then(|column| column.ty.as_ref()) else { continue };
        if ty.id != TypeId::User(domain) {
            continue;
        }
        if ty.array && is_stored(relation) {
            return Err(refused(run, shown, user, span));
        }
        refuse_users(run, user.object, shown, span)?;
        if !ty.array && is_stored(relation) && relation.partitioned.is_none() {
            found.insert(user);
        }
    }
    Ok(())
}

/// A table or materialized view: something that holds rows, or whose partitions do.
const fn is_stored(relation: &Relation) -> bool {
    matches!(relation.kind, RelationKind::Table | RelationKind::MaterializedView(_))
}

/// Refuses columns that are of a type which the domain is a part of.
fn refuse_users(run: &Run<'_>, container: Oid, shown: &str, span: Span) -> Result {
    for (user, _) in run.catalog.dependents_of(container.into()) {
        let Some(relation) = run.catalog.get(user.object).and_then(Object::relation) else { continue };
        let Some(ty) = relation.column_at(user.column).and_then(|column| column.ty.as_ref()) else { continue };
        if ty.id != TypeId::User(container) {
            continue;
        }
        if is_stored(relation) {
            return Err(refused(run, shown, user, span));
        }
        if relation.kind == RelationKind::Composite {
            refuse_users(run, user.object, shown, span)?;
        }
    }
    Ok(())
}

fn refused(run: &Run<'_>, shown: &str, user: Address, span: Span) -> Stop {
    let table = run.catalog.get(user.object).map(|object| object.name.to_string()).unwrap_or_default();
    let column = run.catalog.column(user).map(|column| column.name.to_string()).unwrap_or_default();
    Stop::fails("0A000", format!("cannot alter type \"{shown}\" because column \"{table}.{column}\" uses it"), span)
}
