//! The types and relations that an extension brings, as objects; and whether the names of all that it brings are free.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::expression::{Completeness, Form, Stored};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Definition, Domain, Label, Options, Range, Relation, RelationKind, Sequence, Type, TypeUse, View};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::reference;
use crate::catalog::run::Run;
use crate::catalog::typing::fact_type;
use crate::catalog::{Dependency, Oid};
use crate::postgres::facts::{self, Facts, TypeFact, TypeKind};
use crate::text::Span;

/// What is made so far.
struct Making {
    extension: Oid,
    schema: Oid,
    span: Span,
    types: BTreeMap<&'static str, Oid>,
}

/// Makes the types and relations of an extension in its schema.
///
/// # Errors
/// 42710, 42P07 and 42723 where a name is taken.
pub(super) fn add(run: &mut Run<'_>, extension: Oid, schema: Oid, facts: &'static Facts, span: Span) -> Result {
    let mut making = Making { extension, schema, span, types: BTreeMap::new() };
    let target = run.world.target;
    // Arrays come with their elements; multiranges with their ranges.
    let of_its_own = |fact: &&TypeFact| !matches!(fact.kind, TypeKind::Array | TypeKind::Multirange);
    for fact in facts.types(target).filter(of_its_own) {
        let body = match fact.kind {
            TypeKind::Composite => Body::Relation(Arc::new(Relation { columns_known: false, ..Relation::new(RelationKind::Composite) })),
            _ => Body::Type(Arc::new(Type::Unknown(Vec::new()))),
        };
        let oid = making.make(run, fact.name, body)?;
        making.types.insert(fact.name, oid);
    }
    for fact in facts.types(target).filter(of_its_own) {
        let ty = making.ty(fact);
        let Some(oid) = making.types.get(fact.name) else { continue };
        run.catalog.update(*oid, |object| {
            if let Body::Type(body) = &mut object.body {
                *body = Arc::new(ty);
            }
        });
    }
    for fact in facts.relations(target) {
        let columns: Vec<_> = fact.columns(target).collect();
        let mut relation = Relation::new(kind(fact.kind));
        for column in columns {
            relation.add_column(Column::new(0, column.name, Some(making.use_of(column.type_name))));
        }
        match making.types.get(fact.name) {
            Some(oid) => {
                run.catalog.update(*oid, |object| object.body = Body::Relation(Arc::new(relation)));
            }
            None => {
                making.make(run, fact.name, Body::Relation(Arc::new(relation)))?;
            }
        }
    }
    functions_are_free(run, &making, facts)
}

impl Making {
    /// Makes a member; what has a schema before its name goes there.
    fn make(&self, run: &mut Run<'_>, name: &'static str, body: Body) -> Result<Oid> {
        let (schema, name) = match name.split_once('.') {
            Some((schema, name)) => match run.find_schema(schema)? {
                Some(found) => (found, name),
                None => (self.make_schema(run, schema), name),
            },
            None => (self.schema, name),
        };
        let taken = run.find_in(Class::Type, schema, name)?.is_some() || run.find_in(Class::Relation, schema, name)?.is_some();
        if taken {
            return Err(match body.class() {
                Class::Relation => Stop::fails("42P07", format!("relation \"{name}\" already exists"), self.span),
                _ => Stop::fails("42710", format!("type \"{name}\" already exists"), self.span),
            });
        }
        let object = Object { extension: Some(self.extension), ..Object::new(name, body, run.origin) }.in_schema(schema);
        let oid = run.catalog.add(object);
        run.catalog.link(oid, self.extension, Dependency::Extension);
        run.catalog.link(oid, schema, Dependency::Normal);
        Ok(oid)
    }

    fn make_schema(&self, run: &mut Run<'_>, name: &str) -> Oid {
        let oid = run.catalog.add(Object { extension: Some(self.extension), ..Object::new(name, Body::Schema, run.origin) });
        run.catalog.link(oid, self.extension, Dependency::Extension);
        oid
    }

    /// A type that the extension or PostgreSQL brings, by the name that facts give it.
    fn use_of(&self, name: &'static str) -> TypeUse {
        if let Some(oid) = self.types.get(name) {
            return TypeUse::user(*oid);
        }
        match name.strip_prefix('_').and_then(|element| self.types.get(element)) {
            Some(oid) => TypeUse::user(*oid).array(),
            None => fact_type(name),
        }
    }

    fn ty(&self, fact: &'static TypeFact) -> Type {
        match fact.kind {
            TypeKind::Enum => {
                let labels = fact.labels.unwrap_or_default().split(',').filter(|label| !label.is_empty());
                Type::Enum(labels.enumerate().map(|(others, text)| Label::new(text.into(), others)).collect())
            }
            TypeKind::Domain => Type::Domain(Domain {
                base: fact.base.map(|base| self.use_of(base)),
                not_null: fact.not_null,
                default: None,
                collation: None,
            }),
            TypeKind::Range => Type::Range(Range {
                subtype: fact.subtype.map(|subtype| self.use_of(subtype)),
                multirange: fact.multirange.unwrap_or_default().into(),
                definition: Definition::default(),
            }),
            _ => Type::Base(Definition { options: base_options(fact) }),
        }
    }
}

/// What a base type is asked for, in the words of CREATE TYPE.
fn base_options(fact: &TypeFact) -> Options {
    let mut options = Options::new();
    options.insert("category".into(), fact.category.to_string().into());
    if fact.preferred {
        options.insert("preferred".into(), "true".into());
    }
    if fact.modifiers {
        options.insert("typmod_in".into(), "".into());
    }
    if fact.collation.is_some() {
        options.insert("collatable".into(), "true".into());
    }
    options
}

fn kind(kind: facts::RelationKind) -> RelationKind {
    let view = || {
        let query = Stored::opaque("", Form::Query, Completeness::Part);
        Arc::new(View { query, check_option: None, populated: true })
    };
    match kind {
        facts::RelationKind::Table | facts::RelationKind::Partitioned => RelationKind::Table,
        facts::RelationKind::View => RelationKind::View(view()),
        facts::RelationKind::MaterializedView => RelationKind::MaterializedView(view()),
        facts::RelationKind::Sequence => RelationKind::Sequence(Sequence::default()),
        facts::RelationKind::Composite => RelationKind::Composite,
        facts::RelationKind::Foreign => RelationKind::ForeignTable(Name::from(""), Options::new()),
    }
}

/// Expects that no routine of the schema has the name and the arguments of one of the extension's.
fn functions_are_free(run: &mut Run<'_>, making: &Making, facts: &'static Facts) -> Result {
    for function in facts.all_functions(run.world.target) {
        let candidates = run.catalog.named(Class::Routine, making.schema, function.name).to_vec();
        if candidates.is_empty() {
            continue;
        }
        let inputs: Vec<TypeUse> = function.inputs().map(|argument| making.use_of(argument.type_name)).collect();
        if reference::matching(run, &candidates, &inputs, making.span)?.is_some() {
            let message = format!("function \"{}\" already exists with same argument types", function.name);
            return Err(Stop::fails("42723", message, making.span));
        }
    }
    Ok(())
}
