//! What a change of a column's type costs: rows that are written again, indexes that are built again, checks that are made again.
//!
//! Where the rows stay, PostgreSQL still makes the indexes and constraints on the column anew. It takes an index over as it is if the operator
//! class and the collation are the same and the index has neither expressions nor a predicate (`CheckIndexCompatible`), and foreign keys without
//! a look at the rows (`TryReuseForeignKey`); a CHECK is made on every row.

use crate::catalog::Catalog;
use crate::catalog::impact::{Rows, retyped};
use crate::catalog::model::{Column, ConstraintKind, Index, KeySubject, TypeId, TypeUse};
use crate::catalog::typing::base_type;
use crate::catalog::{ColumnNumber, Value};
use crate::rules::MigrationContext;
use crate::rules::change::{Change, Existing};
use crate::syntax::expression::{Expression, ExpressionKind, read};
use crate::syntax::tree::{Ident, SetType};

/// What it costs, the worst of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cost {
    /// An entry in the system catalogs.
    None,
    /// Every row is written again.
    Rewrite,
    /// The same, unless the time zone is UTC.
    UnlessUtc,
    /// The same, as far as anybody knows.
    Untold,
    /// This index is built again.
    Index(String),
    /// This constraint is checked again.
    Check(String),
}

/// What `set` on `column` costs.
pub(super) fn cost(cx: &MigrationContext<'_>, change: &Change<'_>, table: &Existing<'_>, column: Ident, set: &SetType) -> Cost {
    let name = change.name(column);
    let (Some(old), Some(after)) = (table.relation.column(&name), change.after()) else { return Cost::Untold };
    let Some(new) = after.relation(table.oid).and_then(|relation| relation.column(&name)) else { return Cost::Untold };
    let (Some(from), Some(to)) = (&old.ty, &new.ty) else { return Cost::Untold };
    if set.using.as_ref().is_some_and(|using| !says_nothing(&read(change.written(using.value.span)), &name)) {
        return Cost::Rewrite;
    }
    match retyped(change.before(), cx.target, from, to) {
        Rows::Rewritten => Cost::Rewrite,
        Rows::Untold => Cost::Untold,
        Rows::KeptInUtc if !is_utc(change.setting("timezone")) => Cost::UnlessUtc,
        Rows::Kept | Rows::KeptInUtc => made_anew(change.before(), table, old, new),
    }
}

/// Whether USING gives the column as it is, or only says that it is cast to the new type.
fn says_nothing(using: &Expression, column: &str) -> bool {
    let is_column = |parts: &[String]| parts.last().is_some_and(|name| name == column);
    match &using.kind {
        ExpressionKind::Column(parts) => is_column(parts),
        ExpressionKind::Cast(value, _) => value.as_column().is_some_and(is_column),
        _ => false,
    }
}

fn is_utc(setting: Option<&Value>) -> bool {
    match setting {
        Some(Value::Text(zone)) => ["utc", "gmt", "etc/utc"].contains(&zone.to_ascii_lowercase().as_str()),
        Some(Value::Number(offset)) => &**offset == "0",
        _ => false,
    }
}

/// What is made anew on a column whose rows stay.
fn made_anew(catalog: &Catalog, table: &Existing<'_>, old: &Column, new: &Column) -> Cost {
    let name = |oid| catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
    let is_check = |constraint: &crate::catalog::model::Constraint| {
        matches!(constraint.kind, ConstraintKind::Check(_)) && constraint.validated && constraint.columns.contains(&old.number)
    };
    if let Some((oid, _)) = catalog.constraints(table.oid).find(|(_, constraint)| is_check(constraint)) {
        return Cost::Check(name(oid));
    }
    let is_alike = old.collation == new.collation && are_indexed_alike(catalog, old.ty.as_ref(), new.ty.as_ref());
    let is_built = |index: &Index| {
        let is_plain = index.predicate.is_none() && index.keys.iter().all(|key| matches!(key.subject, KeySubject::Column(_)));
        uses(index, table, old.number) && !(is_alike && is_plain)
    };
    match catalog.indexes(table.oid).find(|(_, index)| is_built(index)) {
        Some((oid, _)) => Cost::Index(name(oid)),
        None => Cost::None,
    }
}

fn uses(index: &Index, table: &Existing<'_>, column: ColumnNumber) -> bool {
    let in_keys = index.keys.iter().any(|key| match &key.subject {
        KeySubject::Column(number) => *number == column,
        KeySubject::Expression(stored) => stored.columns_of(table.oid).contains(&column) || !stored.is_whole(),
    });
    let in_predicate = index.predicate.as_ref().is_some_and(|predicate| predicate.columns_of(table.oid).contains(&column));
    in_keys || in_predicate || index.include.contains(&column)
}

/// Whether both types have the same operator classes: a type and itself, `varchar`, which has those of `text`, and `cidr`, which has those of
/// `inet`.
fn are_indexed_alike(catalog: &Catalog, from: Option<&TypeUse>, to: Option<&TypeUse>) -> bool {
    let plain = |ty: &TypeUse| {
        let base = base_type(catalog, ty)?.bare();
        let id = match base.id {
            TypeId::BuiltIn("varchar") => TypeId::BuiltIn("text"),
            TypeId::BuiltIn("cidr") => TypeId::BuiltIn("inet"),
            other => other,
        };
        Some(TypeUse { id, ..base })
    };
    let (Some(from), Some(to)) = (from.and_then(plain), to.and_then(plain)) else { return false };
    from == to
}
