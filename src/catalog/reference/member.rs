//! What belongs to a relation or a domain: columns, constraints, triggers, policies, rules.

use super::{Found, Missing, absent, class_of, written_schema};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::run::Run;
use crate::catalog::{Address, Class, Oid, Standing};
use crate::syntax::tree::{Ident, Name, ObjectKind, ObjectRef};

pub(super) fn find(run: &mut Run<'_>, text: &str, object: &ObjectRef, name: Ident, of: Option<Name>) -> Result<Found> {
    let Some(of) = of else {
        return Err(Stop::fails("42601", "column name must be qualified", object.span));
    };
    let value = name.value(text);
    if name.is_template(text) {
        return Err(Stop::unknown(format!("`{value}` is filled in by the tool"), name.span));
    }
    let whole = match whole(run, text, object.kind, of)? {
        Ok(whole) => whole,
        Err(found) => return Ok(found),
    };
    if object.kind == ObjectKind::Column {
        return column(run, whole, of, text, name);
    }
    let class = class_of(object.kind);
    if let Some(part) = run.catalog.part(whole, class, &value) {
        return Ok(Found::Object(part.into()));
    }
    super::named::doubted(run, class, &value, Name::unqualified(name))?;
    let shown = run.catalog.get(whole).map(|object| object.name.to_string()).unwrap_or_default();
    let message = match object.kind {
        ObjectKind::DomainConstraint => format!("constraint \"{value}\" for domain {shown} does not exist"),
        ObjectKind::Rule => format!("rule \"{value}\" for relation \"{shown}\" does not exist"),
        kind => format!("{} \"{value}\" for table \"{shown}\" does not exist", kind.sql().to_ascii_lowercase()),
    };
    let is_assumed = run.catalog.get(whole).is_some_and(|object| object.standing == Standing::Assumed);
    let assumable = is_assumed && run.may_assume_in(class, whole, &value);
    Ok(absent(Missing::Object, "42704", message, object.span, assumable))
}

/// The relation or domain that something belongs to.
fn whole(run: &mut Run<'_>, text: &str, kind: ObjectKind, of: Name) -> Result<std::result::Result<Oid, Found>> {
    if kind == ObjectKind::DomainConstraint {
        return Ok(match super::find_type(run, text, ObjectKind::Domain, of)? {
            Found::Object(address) => Ok(address.object),
            Found::BuiltIn => Err(Found::BuiltIn),
            Found::WrongKind(address, failure) => Err(Found::WrongKind(address, failure)),
            Found::Absent(mut absence) => {
                absence.missing = if absence.missing == Missing::Object { Missing::Whole } else { absence.missing };
                Err(Found::Absent(absence))
            }
        });
    }
    if let Some(schema) = of.schema
        && let Err(found) = written_schema(run, text, schema)?
    {
        return Ok(Err(found));
    }
    if let Some(found) = run.find(Class::Relation, text, of)? {
        return Ok(Ok(found));
    }
    if run.own_relation(text, of)?.is_some() {
        return Ok(Err(Found::BuiltIn));
    }
    let value = of.object.value(text);
    let home = match of.schema {
        Some(schema) => run.find_schema(&schema.value(text))?.unwrap_or(Oid::NONE),
        None => run.creation_schema(of.span()).unwrap_or(Oid::NONE),
    };
    let assumable = run.may_assume_in(Class::Relation, home, &value);
    Ok(Err(absent(Missing::Whole, "42P01", format!("relation \"{}\" does not exist", of.display(text)), of.span(), assumable)))
}

/// Columns that every table has (`ctid` and its kin).
pub const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"];

fn column(run: &mut Run<'_>, relation: Oid, of: Name, text: &str, name: Ident) -> Result<Found> {
    let value = name.value(text);
    let Some(found) = run.catalog.relation(relation) else { return Ok(Found::BuiltIn) };
    if let Some(column) = found.column(&value) {
        return Ok(Found::Object(Address::column(relation, column.number)));
    }
    if SYSTEM_COLUMNS.contains(&&*value) && !matches!(found.kind, RelationKind::View(_)) {
        return Ok(Found::BuiltIn);
    }
    // Those of a sequence or an index are not told.
    if matches!(found.kind, RelationKind::Sequence(_) | RelationKind::Index(_)) {
        return Err(Stop::unknown("columns of sequences and indexes are not followed", name.span));
    }
    let assumable = !found.columns_known && !run.catalog.is_column_gone(relation, &value);
    if assumable && run.catalog.get(relation).is_some_and(|object| object.standing == Standing::Made) {
        return Err(Stop::unknown("which columns this relation has can't be told", of.span()));
    }
    let message = format!("column \"{value}\" of relation \"{}\" does not exist", of.object.value(text));
    Ok(absent(Missing::Object, "42703", message, name.span, assumable))
}

/// Assumes a part of a relation or domain, and that too where no file makes it.
pub(super) fn assume(
    run: &mut Run<'_>,
    text: &str,
    object: &ObjectRef,
    name: Ident,
    of: Name,
    sqlstate: &'static str,
) -> Result<Option<Address>> {
    let value = name.value(text);
    let whole = if object.kind == ObjectKind::DomainConstraint {
        match super::find_type(run, text, ObjectKind::Domain, of)? {
            Found::Object(address) => address.object,
            _ => match super::assume_named(run, text, Class::Type, of, "42704")? {
                Some(address) => address.object,
                None => return Ok(None),
            },
        }
    } else {
        run.relation(text, of)?
    };
    if object.kind == ObjectKind::Column {
        return run.find_column(whole, &value, name.span);
    }
    let sqlstate = if sqlstate == "42P01" || sqlstate == "3F000" { "42704" } else { sqlstate };
    Ok(run.assume_part(class_of(object.kind), whole, &value, sqlstate, name.span).map(Address::whole))
}
