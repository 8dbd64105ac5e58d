//! A schema in outline, as people look at it: schemas, and in them tables, views and enums, each with its columns, keys and indexes as texts.
//!
//! Maps of a schema, diagrams and pages are all written from this. What is in it is what a migration made, or what was there before the first
//! one: objects of extensions, temporary ones and those that are only assumed are left out. Invariant: everything but columns is in the order
//! of its name, so that the same schema has the same outline however it came to be.

mod table;

use std::collections::BTreeMap;

use super::describe::{self, identity};
use super::model::{Relation, RelationKind, Type};
use super::object::{Body, Class, Name, Object, Origin, Standing};
use super::store::Catalog;
use super::{Oid, ddl};

/// A schema, by the names of its namespaces.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// What PostgreSQL calls schemas.
    pub schemas: BTreeMap<Name, Namespace>,
}

/// What is in one of the namespaces.
#[derive(Debug, Clone, Default)]
pub struct Namespace {
    /// What COMMENT ON says of it.
    pub comment: Option<String>,
    /// Its tables: plain, partitioned, foreign.
    pub tables: BTreeMap<Name, Table>,
    /// Its views, the materialised ones too.
    pub views: BTreeMap<Name, View>,
    /// Its enums.
    pub enums: BTreeMap<Name, Enum>,
    /// Its functions, procedures and aggregates: `f(integer, text)`.
    pub routines: Vec<String>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// What COMMENT ON says of it.
    pub comment: Option<String>,
    /// What made it.
    pub origin: Origin,
    /// The table that it is a partition of: `public.events`.
    pub partition_of: Option<String>,
    /// In their order.
    pub columns: Vec<Column>,
    /// Its indexes, also those of constraints.
    pub indexes: BTreeMap<Name, Index>,
    /// What it refers to.
    pub foreign_keys: BTreeMap<Name, ForeignKey>,
    /// The conditions of its CHECK and EXCLUDE constraints: `CHECK (a > 0)`.
    pub checks: BTreeMap<Name, String>,
    /// What its triggers are: `BEFORE UPDATE … EXECUTE FUNCTION f()`.
    pub triggers: BTreeMap<Name, String>,
    /// Whether all of it is known.
    pub certainty: Certainty,
}

/// Whether something is known in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It is.
    Certain,
    /// A statement that could not be followed may have made it otherwise.
    Doubtful,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// Its type: `character varying(50)`; none where it is not known.
    pub ty: Option<String>,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Its default, unless it is generated.
    pub default: Option<String>,
    /// The expression of a generated column.
    pub generated: Option<String>,
    /// `ALWAYS` or `BY DEFAULT`, for an identity column.
    pub identity: Option<&'static str>,
    /// What COMMENT ON says of it.
    pub comment: Option<String>,
}

/// An index.
#[derive(Debug, Clone)]
pub struct Index {
    /// Its keys: `a`, `lower(b) DESC`.
    pub keys: Vec<String>,
    /// `btree`, `gin`, …
    pub method: Name,
    /// Whether no two rows have the same keys.
    pub unique: bool,
    /// Whether it is the primary key's.
    pub primary: bool,
    /// The condition of a partial one.
    pub condition: Option<String>,
}

/// A foreign key.
#[derive(Debug, Clone)]
pub struct ForeignKey {
    /// The columns that refer.
    pub columns: Vec<Name>,
    /// The schema of the table that is referred to.
    pub schema: Name,
    /// The table that is referred to.
    pub table: Name,
    /// Its columns.
    pub referenced: Vec<Name>,
    /// `NO ACTION`, `CASCADE`, …
    pub on_delete: &'static str,
    /// Likewise.
    pub on_update: &'static str,
}

/// A view.
#[derive(Debug, Clone)]
pub struct View {
    /// What COMMENT ON says of it.
    pub comment: Option<String>,
    /// What made it.
    pub origin: Origin,
    /// Whether its rows are kept.
    pub materialized: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its query.
    pub query: String,
    /// Whether all of it is known.
    pub certainty: Certainty,
}

/// An enum.
#[derive(Debug, Clone)]
pub struct Enum {
    /// What COMMENT ON says of it.
    pub comment: Option<String>,
    /// In their order.
    pub labels: Vec<String>,
}

impl Outline {
    /// That of a catalog.
    pub fn of(catalog: &Catalog) -> Outline {
        Self::of_awaited(catalog, &|| true).expect("it goes on to its end")
    }

    /// The same, as long as `goes_on`; none if it did not at last.
    pub fn of_awaited(catalog: &Catalog, goes_on: &dyn Fn() -> bool) -> Option<Outline> {
        let mut outline = Outline::default();
        for (oid, object) in catalog.objects().filter(|(_, object)| object.standing == Standing::Made) {
            if matches!(object.body, Body::Schema) && oid >= Oid::FIRST && object.extension.is_none() {
                outline.schemas.entry(object.name.clone()).or_default().comment = comment(object);
            }
        }
        for (oid, object) in catalog.objects() {
            let Some(schema) = object.schema.and_then(|schema| catalog.get(schema)) else { continue };
            let is_shown = matches!(object.body, Body::Relation(_) | Body::Type(_) | Body::Routine(_));
            if is_shown && object.standing == Standing::Made && describe::is_described(catalog, oid, object) {
                outline.schemas.entry(schema.name.clone()).or_default().add(catalog, oid, object);
                if !goes_on() {
                    return None;
                }
            }
        }
        Some(outline)
    }

    /// The tables, each with the name of its namespace and its own.
    pub fn tables(&self) -> impl Iterator<Item = (&Name, &Name, &Table)> {
        self.schemas.iter().flat_map(|(schema, space)| space.tables.iter().map(move |(name, table)| (schema, name, table)))
    }
}

impl Namespace {
    fn add(&mut self, catalog: &Catalog, oid: Oid, object: &Object) {
        let name = object.name.clone();
        match &object.body {
            Body::Relation(relation) => match &relation.kind {
                RelationKind::Table | RelationKind::ForeignTable(..) => {
                    self.tables.insert(name, table::table(catalog, oid, object, relation));
                }
                RelationKind::View(_) | RelationKind::MaterializedView(_) => {
                    self.views.extend(view(catalog, oid, object, relation).map(|view| (name, view)));
                }
                RelationKind::Sequence(_) | RelationKind::Index(_) | RelationKind::Composite | RelationKind::Unknown => {}
            },
            Body::Type(ty) => {
                if let Type::Enum(labels) = &**ty {
                    let labels = labels.iter().map(|label| label.text.to_string()).collect();
                    self.enums.insert(name, Enum { comment: comment(object), labels });
                }
            }
            Body::Routine(_) => {
                let identity = identity(catalog, oid).map(|identity| identity.as_str().to_owned()).unwrap_or_default();
                let own = identity.split_once('.').map_or(identity.as_str(), |(_, own)| own);
                self.routines.push(own.to_owned());
                self.routines.sort();
            }
            _ => {}
        }
    }
}

fn view(catalog: &Catalog, oid: Oid, object: &Object, relation: &Relation) -> Option<View> {
    let view = relation.view()?;
    Some(View {
        comment: comment(object),
        origin: object.origin,
        materialized: matches!(relation.kind, RelationKind::MaterializedView(_)),
        columns: table::columns(catalog, relation),
        query: ddl::expression_text(catalog, &view.query),
        certainty: certainty(catalog, oid, object),
    })
}

/// Whether a relation is known in full.
fn certainty(catalog: &Catalog, oid: Oid, object: &Object) -> Certainty {
    let columns_known = catalog.relation(oid).is_some_and(|relation| relation.columns_known);
    match columns_known && catalog.doubted(Class::Relation, &object.name).is_none() {
        true => Certainty::Certain,
        false => Certainty::Doubtful,
    }
}

fn comment(object: &Object) -> Option<String> {
    object.comment.as_ref().map(|comment| comment.to_string())
}
