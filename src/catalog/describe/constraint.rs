//! Constraints of tables and domains.

use crate::catalog::model::{Constraint, ConstraintKind, ForeignKey, Relation};
use crate::catalog::object::{Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, ColumnNumber};
use crate::syntax::tree::{Action, Match};

use super::{Description, Fact, name, qualified};

/// A partition's part of a foreign key follows from the partitioned table's; a constraint trigger is told as a trigger; that a column is not
/// null is told with the column, unless the constraint says more than that and is not only a parent's.
pub(super) fn is_described(catalog: &Catalog, object: &Object, constraint: &Constraint) -> bool {
    match constraint.kind {
        ConstraintKind::ForeignKey(_) => constraint.parent.is_none(),
        ConstraintKind::Trigger(_) => false,
        ConstraintKind::NotNull => constraint.local && !is_plain_not_null(catalog, object, constraint),
        _ => true,
    }
}

/// The constraint of a column that is NOT NULL.
pub(in crate::catalog) fn not_null_of(catalog: &Catalog, column: Address) -> Option<(&Object, &Constraint)> {
    catalog.parts(column.object, Class::Constraint).find_map(|(_, object)| {
        let constraint = object.constraint()?;
        (constraint.kind == ConstraintKind::NotNull && constraint.columns == [column.column]).then_some((object, constraint))
    })
}

/// Whether NOT NULL of a column says nothing more: it is called as one without a name is, and holds for children too.
pub(in crate::catalog) fn is_plain_not_null(catalog: &Catalog, object: &Object, constraint: &Constraint) -> bool {
    let table = object.of.and_then(|oid| catalog.get(oid));
    let column = constraint.columns.first().and_then(|number| table?.relation()?.column_at(*number));
    let implied = table.zip(column).map(|(table, column)| format!("{}_{}_not_null", table.name, column.name));
    !constraint.no_inherit && constraint.validated && implied.is_some_and(|implied| *object.name == implied)
}

pub(super) fn describe(description: &mut Description, catalog: &Catalog, constraint: &Constraint) {
    let table = description.relation.and_then(|oid| catalog.relation(oid));
    let kind = match &constraint.kind {
        ConstraintKind::Check(expression) => {
            description.expression("expression", expression);
            "check"
        }
        ConstraintKind::NotNull => "not null",
        ConstraintKind::PrimaryKey(_) => "primary key",
        ConstraintKind::Unique(_) => "unique",
        ConstraintKind::Exclude(_) => "exclude",
        ConstraintKind::ForeignKey(key) => {
            foreign_key(description, catalog, table, key);
            "foreign key"
        }
        ConstraintKind::Trigger(_) => "trigger",
    };
    description.text("kind", kind);
    if !matches!(constraint.kind, ConstraintKind::Check(_) | ConstraintKind::Exclude(_)) {
        columns(description, "columns", table, &constraint.columns);
    }
    description.flag("deferrable", constraint.deferrable);
    description.flag("initially deferred", constraint.deferred);
    description.flag("not valid", !constraint.validated);
    description.flag("not enforced", !constraint.enforced);
    if matches!(constraint.kind, ConstraintKind::Check(_) | ConstraintKind::NotNull) {
        description.flag("no inherit", constraint.no_inherit);
        description.flag("inherited", !constraint.local);
    }
    let parent = constraint.parent.and_then(|oid| catalog.get(oid));
    description.optional("part of", parent.map(|object| name(&object.name)));
}

fn columns(description: &mut Description, property: &'static str, relation: Option<&Relation>, columns: &[ColumnNumber]) {
    let column = |number: &ColumnNumber| relation?.column_at(*number).map(|column| name(&column.name));
    description.list(property, columns.iter().filter_map(column));
}

fn foreign_key(description: &mut Description, catalog: &Catalog, table: Option<&Relation>, key: &ForeignKey) {
    description.text("references", qualified(catalog, key.table));
    match catalog.relation(key.table) {
        Some(table) if key.columns.is_empty() && !table.columns_known => description.put("referenced columns", Fact::Unknown),
        table => columns(description, "referenced columns", table, &key.columns),
    }
    description.flag("match full", key.matching == Match::Full);
    description.optional("on delete", action(key.on_delete));
    columns(description, "on delete columns", table, &key.on_delete_columns);
    description.optional("on update", action(key.on_update));
    description.flag("period", key.period);
}

const fn action(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("restrict"),
        Action::Cascade => Some("cascade"),
        Action::SetNull => Some("set null"),
        Action::SetDefault => Some("set default"),
    }
}
