//! What statements do not bring back: rows, the values of columns, and definitions that nobody knows.

use super::Loss;
use super::plan::Plan;
use crate::catalog::describe::{self, Identity};
use crate::catalog::model::{Column, RelationKind, Type, TypeId};
use crate::catalog::object::{Body, Class};
use crate::catalog::past::{Kind, Slot};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, ColumnNumber, Contents, Oid, Row, Value};
use crate::postgres::facts::{CastContext, system};
use crate::syntax::Version;

/// What is lost of an object that has to be made again.
pub(super) fn of_created(plan: &Plan<'_>, oid: Oid, is_written: bool) -> Option<Loss> {
    let object = plan.to.get(oid)?;
    let identity = describe::identity(plan.to, oid)?;
    if !is_written {
        return Some(Loss { object: identity, why: "how it was defined is not known".to_owned() });
    }
    let relation = object.relation()?;
    let why = match &relation.kind {
        RelationKind::Table if relation.partitioned.is_none() => "its rows are gone",
        RelationKind::Sequence(sequence) if sequence.owned_by.is_none() => "it starts anew",
        _ => return None,
    };
    Some(Loss { object: identity, why: why.to_owned() })
}

/// What is lost of a column that has to be made again.
pub(super) fn of_added(plan: &Plan<'_>, address: Address) -> Option<Loss> {
    let column = plan.to.column(address)?;
    let relation = plan.to.relation(address.object)?;
    let holds_values = column.generated.is_none() && matches!(relation.kind, RelationKind::Table);
    let object = describe::identity_of_column(plan.to, address)?;
    holds_values.then(|| Loss { object, why: "its values are gone".to_owned() })
}

/// What is lost of a column that a table has from its parent alone, where it was left to the table in between.
pub(super) fn of_heir(plan: &Plan<'_>, was: Address, is: Address) -> Option<Loss> {
    let (old, new) = (plan.from.column(was)?, plan.to.column(is)?);
    let parents = plan.to.relation(is.object).filter(|relation| relation.partition_bound.is_none())?;
    let becomes_own = old.local && !new.local && !parents.parents.is_empty();
    let why = "it stays the table's own, and is not dropped with its parent's".to_owned();
    becomes_own.then(|| describe::identity_of_column(plan.to, is)).flatten().map(|object| Loss { object, why })
}

/// What is lost where a column gets its old type back.
pub(super) fn of_converted(plan: &Plan<'_>, was: Address, is: Address) -> Option<Loss> {
    let (old, new) = (plan.from.column(was)?, plan.to.column(is)?);
    let ty = |catalog: &Catalog, column: &Column| super::name::ty(catalog, column.ty.as_ref());
    if is_widened(new, old) || ty(&plan.from, old) == ty(plan.to, new) {
        return None;
    }
    let why = format!("what its values were before they became {} is only told as far as they can be converted back", ty(&plan.from, old));
    Some(Loss { object: describe::identity_of_column(plan.to, is)?, why })
}

/// Whether every value of the old type is one of the new type too.
fn is_widened(old: &Column, new: &Column) -> bool {
    let (Some(old), Some(new)) = (&old.ty, &new.ty) else { return false };
    if old.is_same_type(new) {
        return true;
    }
    let (TypeId::BuiltIn(from), TypeId::BuiltIn(to)) = (old.id, new.id) else {
        return matches!((old.id, new.id), (TypeId::User(_), TypeId::BuiltIn("text" | "varchar")));
    };
    let cast = system().cast(from, to, Version::DEFAULT_TARGET);
    !old.array && !new.array && (cast.is_some_and(|cast| cast.context == CastContext::Implicit) || to == "text")
}

/// What rows lose that hold a label which their enum no longer has.
pub(super) fn of_labels(plan: &Plan<'_>, was: Oid, is: Oid) -> Option<Loss> {
    let labels = |catalog: &Catalog, oid: Oid| match catalog.get(oid)?.ty()? {
        Type::Enum(labels) => Some(labels.iter().map(|label| label.text.to_string()).collect::<Vec<String>>()),
        _ => None,
    };
    let (old, new) = (labels(&plan.from, was)?, labels(plan.to, is)?);
    let gone: Vec<String> = old.iter().filter(|label| !new.contains(label)).map(|label| format!("'{label}'")).collect();
    let why = format!("rows that hold {} have to be changed first", gone.join(", "));
    (!gone.is_empty()).then(|| describe::identity(plan.to, is).map(|object| Loss { object, why })).flatten()
}

/// Rows of tables that stay, which the way from `to` to `from` changed.
pub(super) fn of_rows(plan: &Plan<'_>) -> Vec<Loss> {
    let written = |oid: &Oid| {
        let is_table = |catalog: &Catalog| catalog.relation(*oid).is_some_and(|relation| matches!(relation.kind, RelationKind::Table));
        is_table(&plan.from) && is_table(plan.to) && !have_same_rows(plan, *oid)
    };
    let mut oids: Vec<Oid> = plan.from.with_other_rows(plan.to).collect();
    oids.sort_unstable();
    let loss = |oid: Oid| {
        let object = describe::identity(plan.to, oid)?;
        Some(Loss { object, why: "the rows that were written, changed or deleted in it stay so".to_owned() })
    };
    oids.into_iter().filter(written).filter_map(loss).collect()
}

/// Whether a table holds the same rows in both, as far as both have its columns; what else there is goes and comes with the columns.
fn have_same_rows(plan: &Plan<'_>, table: Oid) -> bool {
    let (from, to) = (plan.from.rows.get(&table), plan.to.rows.get(&table));
    let (Some(Contents::Rows(left)), Some(Contents::Rows(right))) = (from, to) else { return from == to };
    let columns = |catalog: &Catalog| -> Vec<ColumnNumber> {
        let relation = catalog.relation(table);
        relation.into_iter().flat_map(|relation| &relation.columns).map(|column| column.number).collect()
    };
    let (old, new) = (columns(&plan.from), columns(plan.to));
    let common: Vec<ColumnNumber> = old.into_iter().filter(|number| new.contains(number)).collect();
    let value = |row: &Row, number: &ColumnNumber| row.get(number).cloned().unwrap_or(Value::Null);
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| common.iter().all(|number| value(a, number) == value(b, number)))
}

/// Objects that were only assumed, and are no more.
pub(super) fn of_assumed(plan: &Plan<'_>) -> Vec<Loss> {
    let unknown = |text: String| Loss { object: Identity::new(text), why: "how it was defined is not known".to_owned() };
    let told = |(kind, scope, name): &Slot| {
        let noun = match kind {
            Kind::Column => return Some(unknown(format!("column {}.{}", describe::qualified(plan.to, *scope), describe::name(name)))),
            Kind::Object(Class::Role | Class::Default) => return None,
            Kind::Object(Class::Relation) => "relation",
            Kind::Object(Class::Type) => "type",
            Kind::Object(Class::Routine) => "routine",
            Kind::Object(Class::Constraint) => "constraint",
            Kind::Object(Class::Trigger) => "trigger",
            Kind::Object(Class::Policy) => "policy",
            Kind::Object(Class::Schema) => "schema",
            Kind::Object(_) => "object",
        };
        let within = plan.to.get(*scope).map(|scope| format!("{}.", describe::name(&scope.name))).unwrap_or_default();
        Some(unknown(format!("{noun} {within}{}", describe::name(name))))
    };
    plan.from.lost_since(plan.to).filter_map(told).collect()
}

/// Whether an object is one whose statement may well be missing: its body is not known.
pub(super) fn is_unknown(body: &Body) -> bool {
    match body {
        Body::Routine(routine) => matches!(routine.body, crate::catalog::model::RoutineBody::Unknown),
        Body::Type(ty) => matches!(**ty, Type::Unknown(_)),
        Body::Relation(relation) => relation.kind == RelationKind::Unknown,
        _ => false,
    }
}
