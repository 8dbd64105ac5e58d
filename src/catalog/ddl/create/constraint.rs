//! Constraints of tables and domains.

use super::index;
use crate::catalog::Oid;
use crate::catalog::ddl::{name, stored};
use crate::catalog::model::{Constraint, ConstraintKind, ForeignKey, RelationKind};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::syntax::expression::identifier;
use crate::syntax::tree::{Action, Match};

/// The constraints that stand in a table's own definition: CHECK and keys, unless rows are not yet held against them.
pub(in crate::catalog::ddl) fn inline(catalog: &Catalog, table: Oid) -> Vec<Oid> {
    let is_partition = catalog.relation(table).is_some_and(|relation| relation.partition_bound.is_some());
    // A child that is given an expression of its own loses the CHECK constraints that it has from its parent: those that it has are made later.
    let others = super::table::children(catalog, table).filter(|(_, child)| super::table::has_own_expression(catalog, child));
    let others: Vec<Oid> = others.map(|(oid, _)| oid).collect();
    let is_kept = |name: &str| others.iter().any(|child| catalog.part(*child, Class::Constraint, name).is_some());
    let stands_there = |object: &Object| {
        let Some(constraint) = object.constraint() else { return false };
        let own = constraint.local || is_partition;
        let kind = match constraint.kind {
            ConstraintKind::Check(_) => own && !is_kept(&object.name),
            ConstraintKind::NotNull => own,
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) => true,
            // One that a partition has already is not taken for its table's when it is attached (`CompareIndexInfo`).
            ConstraintKind::Exclude(_) => constraint.parent.is_none(),
            ConstraintKind::ForeignKey(_) | ConstraintKind::Trigger(_) => false,
        };
        kind && constraint.validated
    };
    // Of two keys that say the same CREATE TABLE makes one, the primary key if it is among them.
    let primary = |(oid, constraint): (Oid, &Constraint)| matches!(constraint.kind, ConstraintKind::PrimaryKey(_)).then_some(oid);
    let primary = catalog.constraints(table).find_map(primary).and_then(|oid| clause(catalog, oid));
    let mut seen: std::collections::BTreeSet<String> =
        primary.iter().filter_map(|text| text.split_once(" PRIMARY KEY")).map(|(_, said)| said.to_owned()).collect();
    let mut is_new = |oid: &Oid| {
        let text = clause(catalog, *oid).unwrap_or_default();
        let said = text.split_once(" UNIQUE").map(|(_, said)| said.to_owned());
        said.is_none_or(|said| seen.insert(said))
    };
    catalog
        .parts(table, Class::Constraint)
        .filter(|(_, object)| stands_there(object))
        .map(|(oid, _)| oid)
        .filter(|oid| is_new(oid))
        .collect()
}

/// `CONSTRAINT c CHECK (a > 0)`; none for what is no constraint that is written.
pub(in crate::catalog::ddl) fn clause(catalog: &Catalog, oid: Oid) -> Option<String> {
    let object = catalog.get(oid)?;
    let constraint = object.constraint()?;
    let of = object.of?;
    let columns = || name::columns(catalog, of, &constraint.columns);
    let mut text = format!("CONSTRAINT {} ", identifier(&object.name));
    text += &match &constraint.kind {
        ConstraintKind::Check(expression) => {
            let no_inherit = if constraint.no_inherit { " NO INHERIT" } else { "" };
            format!("CHECK {}{no_inherit}", stored::parenthesised(&stored::text(catalog, expression)))
        }
        // A partition's parent may have it too, so that it is written with the column.
        ConstraintKind::NotNull => {
            let no_inherit = if constraint.no_inherit { " NO INHERIT" } else { "" };
            format!("NOT NULL {}{no_inherit}", columns())
        }
        ConstraintKind::PrimaryKey(key) => {
            format!("PRIMARY KEY ({}{}){}", columns(), overlaps(catalog, *key), storage(catalog, *key))
        }
        ConstraintKind::Unique(key) => {
            format!("UNIQUE{} ({}{}){}", distinct(catalog, *key), columns(), overlaps(catalog, *key), storage(catalog, *key))
        }
        ConstraintKind::Exclude(key) => exclude(catalog, *key)?,
        ConstraintKind::ForeignKey(key) => foreign_key(catalog, of, constraint, key),
        ConstraintKind::Trigger(_) => return None,
    };
    if constraint.deferrable {
        text += " DEFERRABLE";
    }
    if constraint.deferred {
        text += " INITIALLY DEFERRED";
    }
    if !constraint.enforced {
        text += " NOT ENFORCED";
    } else if !constraint.validated {
        text += " NOT VALID";
    }
    Some(text)
}

fn distinct(catalog: &Catalog, index: Oid) -> &'static str {
    let is_so = catalog.relation(index).and_then(|relation| relation.index()).is_some_and(|index| index.nulls_not_distinct);
    if is_so { " NULLS NOT DISTINCT" } else { "" }
}

/// What a key says whose last column is a range of times.
fn overlaps(catalog: &Catalog, index: Oid) -> &'static str {
    let is_so = catalog.relation(index).and_then(|relation| relation.index()).is_some_and(|index| &*index.method == "gist");
    if is_so { " WITHOUT OVERLAPS" } else { "" }
}

/// What a constraint says of its index.
fn storage(catalog: &Catalog, oid: Oid) -> String {
    let Some(relation) = catalog.relation(oid) else { return String::new() };
    let RelationKind::Index(index) = &relation.kind else { return String::new() };
    let mut text = String::new();
    if !index.include.is_empty() {
        text += &format!(" INCLUDE ({})", name::columns(catalog, index.table, &index.include));
    }
    text += &super::with(&relation.options);
    if let Some(tablespace) = &relation.tablespace {
        text += &format!(" USING INDEX TABLESPACE {}", identifier(tablespace));
    }
    text
}

fn exclude(catalog: &Catalog, oid: Oid) -> Option<String> {
    let index = catalog.relation(oid)?.index()?;
    let key = |key: &crate::catalog::model::IndexKey| {
        let sign = key.exclusion.as_deref().unwrap_or("=");
        format!("{} WITH {sign}", index::key(catalog, oid, index, key))
    };
    let keys: Vec<String> = index.keys.iter().map(key).collect();
    let mut text = format!("EXCLUDE USING {} ({}){}", identifier(&index.method), keys.join(", "), storage(catalog, oid));
    if let Some(predicate) = &index.predicate {
        text += &format!(" WHERE {}", stored::parenthesised(&stored::text(catalog, predicate)));
    }
    Some(text)
}

fn foreign_key(catalog: &Catalog, table: Oid, constraint: &Constraint, key: &ForeignKey) -> String {
    let period = |columns: String| match (key.period, columns.rsplit_once(", ")) {
        (true, Some((before, last))) => format!("{before}, PERIOD {last}"),
        _ => columns,
    };
    let mut text = format!(
        "FOREIGN KEY ({}) REFERENCES {}",
        period(name::columns(catalog, table, &constraint.columns)),
        name::qualified(catalog, key.table)
    );
    let referenced = name::columns(catalog, key.table, &key.columns);
    if !referenced.is_empty() {
        text += &format!("({})", period(referenced));
    }
    if key.matching == Match::Full {
        text += " MATCH FULL";
    }
    if let Some(action) = action(key.on_update) {
        text += &format!(" ON UPDATE {action}");
    }
    if let Some(action) = action(key.on_delete) {
        text += &format!(" ON DELETE {action}");
        if !key.on_delete_columns.is_empty() {
            text += &format!(" ({})", name::columns(catalog, table, &key.on_delete_columns));
        }
    }
    text
}

const fn action(action: Action) -> Option<&'static str> {
    match action {
        Action::NoAction => None,
        Action::Restrict => Some("RESTRICT"),
        Action::Cascade => Some("CASCADE"),
        Action::SetNull => Some("SET NULL"),
        Action::SetDefault => Some("SET DEFAULT"),
    }
}

/// `ALTER TABLE t ADD CONSTRAINT …`
pub(super) fn add(catalog: &Catalog, object: &Object, constraint: &Constraint) -> Vec<String> {
    let Some(of) = object.of else { return Vec::new() };
    let own = catalog.constraints(of).find(|(_, other)| std::ptr::eq(*other, constraint)).map(|(oid, _)| oid);
    let Some(clause) = own.and_then(|oid| clause(catalog, oid)) else { return Vec::new() };
    let whole = name::qualified(catalog, of);
    let noun = match catalog.get(of).map(|object| &object.body) {
        Some(Body::Type(_)) => "DOMAIN",
        Some(Body::Relation(relation)) if matches!(relation.kind, RelationKind::ForeignTable(..)) => "FOREIGN TABLE",
        _ => "TABLE",
    };
    vec![format!("ALTER {noun} {whole} ADD {clause}")]
}
