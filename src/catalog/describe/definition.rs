//! Schemas, extensions, roles, operators, casts, statistics.

use crate::catalog::model::{Cast, KeySubject, Operator, OperatorClass, Role, Statistics};
use crate::catalog::object::{Body, Object, Origin};
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;

use super::relation::key_subject;
use super::{Description, name, qualified};

/// `pg_dump` writes `public` only where it is not the one that the database began with.
pub(super) fn schema(description: &mut Description, object: &Object) {
    description.flag("made again", &*object.name == "public" && object.origin != Origin::START);
}

/// Whether the comment is the one that the server gives `public`.
pub(super) fn is_initial_comment(object: &Object, comment: &str) -> bool {
    matches!(object.body, Body::Schema) && &*object.name == "public" && comment == "standard public schema"
}

/// The version is no part of it: `pg_dump` leaves it to the server that restores the dump.
pub(super) fn extension(description: &mut Description, catalog: &Catalog, object: &Object) {
    let Body::Extension(extension) = &object.body else { return };
    description.optional("schema", extension.schema.and_then(|schema| catalog.get(schema)).map(|schema| name(&schema.name)));
}

pub(super) fn role(description: &mut Description, role: &Role) {
    description.options("option", &role.options);
    for (group, options) in &role.member_of {
        description.list(format!("member of {}", name(group)), options.iter().map(|(option, value)| format!("{option} {value}")));
    }
    description.options("setting", &role.settings);
}

pub(super) fn operator(description: &mut Description, catalog: &Catalog, operator: &Operator) {
    description.optional("function", operator.function.map(|function| qualified(catalog, function)));
    description.definition(&operator.definition);
}

pub(super) fn operator_class(description: &mut Description, catalog: &Catalog, class: &OperatorClass) {
    description.optional("type", class.ty.as_ref().map(|ty| format_type(catalog, ty)));
    description.flag("default", class.default);
    description.definition(&class.definition);
}

pub(super) fn cast(description: &mut Description, catalog: &Catalog, cast: &Cast) {
    description.optional("function", cast.function.map(|function| qualified(catalog, function)));
    let context = match cast.context {
        'a' => Some("assignment"),
        'i' => Some("implicit"),
        _ => None,
    };
    description.optional("context", context);
    description.definition(&cast.definition);
}

pub(super) fn statistics(description: &mut Description, catalog: &Catalog, statistics: &Statistics) {
    description.relation = Some(statistics.table);
    description.text("table", qualified(catalog, statistics.table));
    let mut kinds: Vec<&str> = statistics.kinds.iter().map(|kind| &**kind).collect();
    kinds.sort_unstable();
    description.list("kinds", kinds);
    if let Some(table) = catalog.relation(statistics.table) {
        // PostgreSQL keeps the columns apart from the expressions, and sorted.
        let mut columns: Vec<i16> = Vec::new();
        let mut number = 0;
        for key in &statistics.keys {
            match key {
                KeySubject::Column(column) => columns.push(*column),
                KeySubject::Expression(_) => {
                    number += 1;
                    key_subject(description, format!("expression {number}"), table, key);
                }
            }
        }
        columns.sort_unstable();
        let column = |number: &i16| table.column_at(*number).map(|column| name(&column.name));
        description.list("columns", columns.iter().filter_map(column));
    }
    description.optional("target", statistics.target.map(|target| target.to_string()));
}
