//! `require-qualified-name`: DDL writes every object with its schema.

use std::collections::BTreeSet;

use crate::catalog::{Class, Oid, Standing, describe};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::postgres::{Kind, Named, SchemaUse, Step, StepKind, effects, may_be_built_in, named_objects};
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Node, ObjectKind};
use crate::text::{Edit, Span};

/// The rule.
#[derive(Debug)]
pub struct RequireQualifiedName;

static META: Meta = Meta {
    id: "require-qualified-name",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &["require-table-schema"],
    options: &[],
    page: include_str!("../../../rules/require-qualified-name.md"),
};

/// An object, and where it is named.
struct Object {
    kind: Kind,
    name: String,
    /// Where it is written without its schema.
    bare: Vec<Span>,
    /// What it means there.
    meant: BTreeSet<Meant>,
    /// The schemas that it is written with elsewhere in the migration.
    schemas: BTreeSet<String>,
}

impl Rule for RequireQualifiedName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let text = cx.text();
        let mut objects: Vec<Object> = Vec::new();
        cx.walk(&mut |step| {
            let StepKind::Statement(node) = step.kind else { return };
            for named in named_objects(text, node) {
                let fixed = matches!(named.schema, SchemaUse::Impossible | SchemaUse::Implied);
                if fixed
                    || named.name.object.is_template(text)
                    || may_be_built_in(text, &named)
                    || step.session.is_temporary(text, named.name)
                {
                    continue;
                }
                let object = entry(&mut objects, text, &named);
                match named.name.schema_value(text) {
                    Some(schema) => drop(object.schemas.insert(schema.into_owned())),
                    None => {
                        object.bare.push(named.name.span());
                        object.meant.insert(meant(cx, &step, node, &named));
                    }
                }
            }
        });
        for Object { name, bare, schemas, meant, .. } in objects {
            let Some(&first) = bare.first() else { continue };
            let count = match bare.len() {
                1 => String::new(),
                2 => ", here and in 1 more place".to_owned(),
                more => format!(", here and in {} more places", more - 1),
            };
            let finding = cx.finding(first, format!("`{name}` is written without its schema{count}")).labelled("in which schema?");
            let help = match Vec::from_iter(schemas).as_slice() {
                [schema] => format!("`search_path` decides which one is meant: write `{schema}.{name}`, as elsewhere in this migration"),
                _ => format!("`search_path` decides which one is meant: write the schema before it, as in `schema.{name}`"),
            };
            out.push(with_places(cx, finding, &bare, "here too").help(help).fix(fix(cx, &name, &bare, &meant)));
        }
    }
}

/// What is known of the object that `named` means.
fn entry<'o>(objects: &'o mut Vec<Object>, text: &str, named: &Named) -> &'o mut Object {
    let name = named.name.object.value(text);
    let same = |object: &Object| object.name == name && object.kind.shares_names_with(named.kind);
    let at = objects.iter().position(same).unwrap_or_else(|| {
        objects.push(Object {
            kind: named.kind,
            name: name.into_owned(),
            bare: Vec::new(),
            meant: BTreeSet::new(),
            schemas: BTreeSet::new(),
        });
        objects.len() - 1
    });
    &mut objects[at]
}

/// What a name without a schema means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    /// An object in this schema, which the history made.
    Known(String),
    /// An object that is assumed to be in this schema, since no file makes it.
    Assumed(String),
    /// Nothing that is there: an object of this schema, if any.
    Nothing(String),
    /// Nobody can tell.
    Unknown,
}

/// What `named`, which `step` names without a schema, means: by the path that the session has set, or else by PostgreSQL's own, on which
/// `public` is the only schema that every database has (PostgreSQL 15, 5.9.3).
fn meant(cx: &MigrationContext<'_>, step: &Step<'_>, node: &Node, named: &Named) -> Meant {
    let text = cx.text();
    let path: Vec<&str> = match step.session.schemas() {
        Some(schemas) => schemas.iter().map(String::as_str).filter(|schema| *schema != "$user").collect(),
        None => vec!["public"],
    };
    let Some(&first) = path.first().filter(|schema| !matches!(**schema, "pg_temp" | "pg_catalog")) else { return Meant::Unknown };
    let is_new = |effect: &crate::postgres::Effect<'_>| effect.action.creates() && effect.object.name == Some(named.name);
    if effects(text, node).iter().any(is_new) {
        return Meant::Known(first.to_owned());
    }
    let name = named.name.object.value(text);
    let mut found = BTreeSet::new();
    for catalog in [cx.replayed.before, cx.replayed.after] {
        for class in classes(named.kind) {
            if catalog.doubted(*class, &name).is_some() {
                return Meant::Unknown;
            }
            for schema in &path {
                let schemas = catalog.named(Class::Schema, Oid::NONE, schema);
                let objects = schemas.iter().flat_map(|oid| catalog.named(*class, *oid, &name)).filter_map(|oid| catalog.get(*oid));
                found.extend(objects.map(|object| match object.standing {
                    Standing::Made => Meant::Known((*schema).to_owned()),
                    Standing::Assumed => Meant::Assumed((*schema).to_owned()),
                }));
            }
        }
    }
    match (found.len(), found.pop_first()) {
        (0, _) if classes(named.kind).is_empty() => Meant::Unknown,
        (0, _) => Meant::Nothing(first.to_owned()),
        (1, Some(meant)) => meant,
        _ => Meant::Unknown,
    }
}

/// Where the names of a kind of object are looked up; nowhere for kinds that are often the system's.
fn classes(kind: Kind) -> &'static [Class] {
    use ObjectKind::*;
    match kind {
        kind if kind.is_relation() => &[Class::Relation],
        Kind::Object(Type | Domain) => &[Class::Type, Class::Relation],
        Kind::Object(Function | Procedure | Routine | Aggregate) => &[Class::Routine],
        Kind::Object(Statistics) => &[Class::Statistics],
        _ => &[],
    }
}

/// The schema before the name in every place, if all of them mean one object. What is only assumed may be somewhere else.
fn fix(cx: &MigrationContext<'_>, name: &str, bare: &[Span], meant: &BTreeSet<Meant>) -> Option<Fix> {
    let mut schemas = meant.iter().map(|meant| match meant {
        Meant::Known(schema) | Meant::Assumed(schema) | Meant::Nothing(schema) => Some(schema),
        Meant::Unknown => None,
    });
    let schema = schemas.next().flatten()?;
    if schemas.any(|other| other != Some(schema)) || schema.contains('\'') {
        return None;
    }
    let is_known = meant.iter().any(|meant| matches!(meant, Meant::Known(_))) && !meant.contains(&Meant::Assumed(schema.clone()));
    let end = bare.iter().map(|span| span.end).max()?;
    let is_safe = is_known && cx.replayed.succeeds_up_to(end);
    let applicability = if is_safe { Applicability::Safe } else { Applicability::Unsafe };
    let schema = describe::name(schema);
    let edits = bare.iter().map(|span| Edit::insertion(span.start, format!("{schema}.")));
    Some(cx.fix(applicability, format!("write `{schema}.{name}`"), edits.collect()))
}
