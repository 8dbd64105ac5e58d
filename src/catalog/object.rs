//! An object of a catalog: what all kinds have in common, and what is particular to each.
//!
//! What belongs to a relation and has a name there (constraints, triggers, policies, rules, the expressions of defaults) is an object of its
//! own, as in PostgreSQL, so that renaming, dropping, describing and depending work in one way for everything. A column is a part of its
//! relation, and goes by an [`Address`](super::Address).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Oid;
use super::model::*;

/// A name, as PostgreSQL stores it.
pub type Name = Arc<str>;

/// An object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// Its name; empty for what has none (a default, a cast).
    pub name: Name,
    /// The schema that it lives in; none for what lives in no schema, and for what belongs to another object and has no schema of its own
    /// there. A constraint has its relation's or domain's; an index its table's.
    pub schema: Option<Oid>,
    /// The relation, domain, type or server that it is a part of.
    pub of: Option<Oid>,
    /// The role that owns it; none where that is whoever ran the migration.
    pub owner: Option<Name>,
    /// Who may do what with it; none while it has only the privileges that every object of its kind begins with.
    pub privileges: Option<Arc<Privileges>>,
    /// What COMMENT ON says of it.
    pub comment: Option<Arc<str>>,
    /// The extension that it is a member of.
    pub extension: Option<Oid>,
    /// Whether it is real, or only assumed.
    pub standing: Standing,
    /// What made it.
    pub origin: Origin,
    /// What is particular to its kind.
    pub body: Body,
}

/// Whether an object is known to exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// A statement made it, or it is there from the start.
    Made,
    /// A statement needs it and no file of the history makes it, so that it is assumed to be there; what is in it is not known.
    Assumed,
}

/// Which statement made an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// The migration, by its place in the history; none for what is there from the start.
    pub migration: Option<u32>,
    /// The statement's bytes in the migration's up file; of a constraint, its own clause's, unless code runs the statement.
    pub span: crate::text::Span,
}

impl Origin {
    /// There from the start.
    pub const START: Origin = Origin { migration: None, span: crate::text::Span::empty(0) };
}

/// What is particular to a kind of object. The large ones are shared, so that a copy of an object is cheap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Body {
    Schema,
    /// Tables, views, sequences, indexes, composite types and their kin.
    Relation(Arc<Relation>),
    /// Enums, domains, ranges, base types; the row type of a relation is no object of its own.
    Type(Arc<Type>),
    Routine(Arc<Routine>),
    Constraint(Arc<Constraint>),
    /// The expression of a column's default, or of a generated column.
    Default(Arc<ColumnDefault>),
    Trigger(Arc<Trigger>),
    Policy(Arc<Policy>),
    Rule(Arc<Rule>),
    Extension(Arc<Extension>),
    Role(Arc<Role>),
    Operator(Arc<Operator>),
    OperatorClass(Arc<OperatorClass>),
    OperatorFamily(Arc<OperatorFamily>),
    Cast(Arc<Cast>),
    Statistics(Arc<Statistics>),
    Publication(Arc<Publication>),
    Subscription(Arc<Definition>),
    /// Collations, conversions, text search objects, languages, transforms, access methods, event triggers, tablespaces, foreign data
    /// wrappers, servers, user mappings: what matters of them is their name and what their definition says.
    Other(Class, Arc<Definition>),
}

/// Objects whose names are one set: no two of a class in one schema (or of one relation) have the same name, arguments of routines apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Class {
    Schema,
    Relation,
    Type,
    Routine,
    Constraint,
    Default,
    Trigger,
    Policy,
    Rule,
    Extension,
    Role,
    Operator,
    OperatorClass,
    OperatorFamily,
    Cast,
    Statistics,
    Publication,
    Subscription,
    Collation,
    Conversion,
    TextSearchParser,
    TextSearchDictionary,
    TextSearchTemplate,
    TextSearchConfiguration,
    Language,
    Transform,
    AccessMethod,
    EventTrigger,
    Tablespace,
    ForeignDataWrapper,
    Server,
    UserMapping,
    Database,
}

impl Body {
    /// The class of its names.
    pub const fn class(&self) -> Class {
        match self {
            Body::Schema => Class::Schema,
            Body::Relation(_) => Class::Relation,
            Body::Type(_) => Class::Type,
            Body::Routine(_) => Class::Routine,
            Body::Constraint(_) => Class::Constraint,
            Body::Default(_) => Class::Default,
            Body::Trigger(_) => Class::Trigger,
            Body::Policy(_) => Class::Policy,
            Body::Rule(_) => Class::Rule,
            Body::Extension(_) => Class::Extension,
            Body::Role(_) => Class::Role,
            Body::Operator(_) => Class::Operator,
            Body::OperatorClass(_) => Class::OperatorClass,
            Body::OperatorFamily(_) => Class::OperatorFamily,
            Body::Cast(_) => Class::Cast,
            Body::Statistics(_) => Class::Statistics,
            Body::Publication(_) => Class::Publication,
            Body::Subscription(_) => Class::Subscription,
            Body::Other(class, _) => *class,
        }
    }
}

impl Object {
    /// A new object without a schema, owned by whoever runs the migration.
    pub fn new(name: impl Into<Name>, body: Body, origin: Origin) -> Object {
        Object {
            name: name.into(),
            schema: None,
            of: None,
            owner: None,
            privileges: None,
            comment: None,
            extension: None,
            standing: Standing::Made,
            origin,
            body,
        }
    }

    /// A relation of which nothing but its name is known.
    pub fn assumed_relation(name: impl Into<Name>) -> Object {
        let relation = Relation { columns_known: false, ..Relation::new(RelationKind::Unknown) };
        Object::new(name, Body::Relation(Arc::new(relation)), Origin::START).assumed()
    }

    /// The same, in a schema.
    pub fn in_schema(self, schema: Oid) -> Object {
        Object { schema: Some(schema), ..self }
    }

    /// The same, as a part of another object.
    pub fn part_of(self, of: Oid) -> Object {
        Object { of: Some(of), ..self }
    }

    /// The same, only assumed.
    pub fn assumed(self) -> Object {
        Object { standing: Standing::Assumed, ..self }
    }

    /// Whether it is a relation that a migration made, and that a statement may have changed which could not be followed.
    pub fn is_blurred(&self) -> bool {
        self.standing == Standing::Made && self.relation().is_some_and(|relation| !relation.columns_known || !relation.settled)
    }

    /// Its relation, if it is one.
    pub fn relation(&self) -> Option<&Relation> {
        match &self.body {
            Body::Relation(relation) => Some(relation),
            _ => None,
        }
    }

    /// Its relation, to be changed, if it is one.
    pub fn relation_mut(&mut self) -> Option<&mut Relation> {
        match &mut self.body {
            Body::Relation(relation) => Some(Arc::make_mut(relation)),
            _ => None,
        }
    }

    /// Its constraint, if it is one.
    pub fn constraint(&self) -> Option<&Constraint> {
        match &self.body {
            Body::Constraint(constraint) => Some(constraint),
            _ => None,
        }
    }

    /// Its constraint, to be changed, if it is one.
    pub fn constraint_mut(&mut self) -> Option<&mut Constraint> {
        match &mut self.body {
            Body::Constraint(constraint) => Some(Arc::make_mut(constraint)),
            _ => None,
        }
    }

    /// Its type, if it is one.
    pub fn ty(&self) -> Option<&Type> {
        match &self.body {
            Body::Type(ty) => Some(ty),
            _ => None,
        }
    }

    /// Its routine, if it is one.
    pub fn routine(&self) -> Option<&Routine> {
        match &self.body {
            Body::Routine(routine) => Some(routine),
            _ => None,
        }
    }
}
