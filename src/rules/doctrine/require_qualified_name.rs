//! `require-qualified-name`: DDL writes every object with its schema.

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::postgres::{Kind, Named, SchemaUse, StepKind, may_be_built_in, named_objects};
use crate::rules::places::with_places;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireQualifiedName;

static META: Meta = Meta {
    id: "require-qualified-name",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-qualified-name.md"),
};

/// An object, and where it is named.
struct Object {
    kind: Kind,
    name: String,
    /// Where it is written without its schema.
    bare: Vec<Span>,
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
                    None => object.bare.push(named.name.span()),
                }
            }
        });
        for Object { name, bare, schemas, .. } in objects {
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
            out.push(with_places(cx, finding, &bare, "here too").help(help));
        }
    }
}

/// What is known of the object that `named` means.
fn entry<'o>(objects: &'o mut Vec<Object>, text: &str, named: &Named) -> &'o mut Object {
    let name = named.name.object.value(text);
    let same = |object: &Object| object.name == name && object.kind.shares_names_with(named.kind);
    let at = objects.iter().position(same).unwrap_or_else(|| {
        objects.push(Object { kind: named.kind, name: name.into_owned(), bare: Vec::new(), schemas: BTreeSet::new() });
        objects.len() - 1
    });
    &mut objects[at]
}
