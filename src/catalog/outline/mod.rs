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
        for (_, object) in catalog.objects().filter(|(oid, object)| is_own_schema(*oid, object)) {
            outline.schemas.entry(object.name.clone()).or_default().comment = comment(object);
        }
        for (oid, object) in catalog.objects() {
            let Some(schema) = namespace_of(catalog, oid, object) else { continue };
            let space = outline.schemas.entry(schema.clone()).or_default();
            if let Some(part) = Part::of(catalog, oid, object) {
                space.add(object.name.clone(), part);
            }
            if !goes_on() {
                return None;
            }
        }
        Some(outline)
    }

    /// The tables, each with the name of its namespace and its own.
    pub fn tables(&self) -> impl Iterator<Item = (&Name, &Name, &Table)> {
        self.schemas.iter().flat_map(|(schema, space)| space.tables.iter().map(move |(name, table)| (schema, name, table)))
    }
}

/// Something in a namespace.
#[derive(Debug, Clone)]
pub enum Part {
    /// A table.
    Table(Table),
    /// A view.
    View(View),
    /// An enum.
    Enum(Enum),
    /// A routine, as it is written: `f(integer, text)`.
    Routine(String),
}

/// Whether an object is a schema that a migration made.
pub fn is_own_schema(oid: Oid, object: &Object) -> bool {
    matches!(object.body, Body::Schema) && object.standing == Standing::Made && oid >= Oid::FIRST && object.extension.is_none()
}

/// Whether an object is of a kind that namespaces have in outline.
pub fn may_be_shown(object: &Object) -> bool {
    matches!(object.body, Body::Relation(_) | Body::Type(_) | Body::Routine(_)) && object.standing == Standing::Made
}

/// The name of the namespace that has an object in outline; none for what outlines leave out.
pub fn namespace_of<'c>(catalog: &'c Catalog, oid: Oid, object: &Object) -> Option<&'c Name> {
    let schema = catalog.get(object.schema.filter(|_| may_be_shown(object))?)?;
    describe::is_described(catalog, oid, object).then_some(&schema.name)
}

impl Part {
    /// What an object that a namespace has is in outline; none for what has no name of its own there, such as an index.
    pub fn of(catalog: &Catalog, oid: Oid, object: &Object) -> Option<Part> {
        Some(match &object.body {
            Body::Relation(relation) => match &relation.kind {
                RelationKind::Table | RelationKind::ForeignTable(..) => Part::Table(table::table(catalog, oid, object, relation)),
                RelationKind::View(_) | RelationKind::MaterializedView(_) => Part::View(view(catalog, oid, object, relation)?),
                RelationKind::Sequence(_) | RelationKind::Index(_) | RelationKind::Composite | RelationKind::Unknown => return None,
            },
            Body::Type(ty) => match &**ty {
                Type::Enum(labels) => {
                    let labels = labels.iter().map(|label| label.text.to_string()).collect();
                    Part::Enum(Enum { comment: comment(object), labels })
                }
                _ => return None,
            },
            Body::Routine(_) => {
                let identity = identity(catalog, oid).map(|identity| identity.as_str().to_owned()).unwrap_or_default();
                Part::Routine(identity.split_once('.').map_or(identity.as_str(), |(_, own)| own).to_owned())
            }
            _ => return None,
        })
    }
}

impl Namespace {
    fn add(&mut self, name: Name, part: Part) {
        match part {
            Part::Table(table) => drop(self.tables.insert(name, table)),
            Part::View(view) => drop(self.views.insert(name, view)),
            Part::Enum(labels) => drop(self.enums.insert(name, labels)),
            Part::Routine(routine) => {
                let at = self.routines.partition_point(|other| *other <= routine);
                self.routines.insert(at, routine);
            }
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
