//! `require-managed-schema`: objects are created only in the schemas of `database.schemas`.

use crate::diagnostic::Severity;
use crate::postgres::{Action, Effect, Identity, Kind, Session, StepKind, Unnamed, effects};
use crate::rules::places::{listed, with_places};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, Section};
use crate::syntax::tree::{Ident, ObjectKind};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct RequireManagedSchema;

static META: Meta = Meta {
    id: "require-managed-schema",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Section(Section::Schemas),
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-managed-schema.md"),
};

/// A schema that is not managed, and what the migration makes of it.
struct Unmanaged {
    schema: String,
    /// Where it is created itself.
    created: Option<(Span, String)>,
    /// Where something is created in it, or moved to it, and what.
    objects: Vec<(Span, String)>,
}

impl Rule for RequireManagedSchema {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let Some(schemas) = &cx.config.house.schemas else { return };
        let managed: Vec<&str> = schemas.iter().map(|(schema, _)| schema.as_str()).collect();
        let mut found: Vec<Unmanaged> = Vec::new();
        cx.walk(&mut |step| {
            let StepKind::Statement(node) = step.kind else { return };
            for effect in effects(cx.text(), node) {
                let Some(Made { schema, span, what }) = made(cx.text(), step.session, &effect) else { continue };
                if managed.contains(&schema.as_str()) {
                    continue;
                }
                let at = found.iter().position(|one| one.schema == schema).unwrap_or_else(|| {
                    found.push(Unmanaged { schema, created: None, objects: Vec::new() });
                    found.len() - 1
                });
                match what {
                    What::Schema(how) => drop(found[at].created.get_or_insert((span, how))),
                    What::Object(how) => found[at].objects.push((span, how)),
                }
            }
        });
        for Unmanaged { schema, created, objects } in found {
            let places: Vec<Span> = objects.iter().map(|(span, _)| *span).collect();
            let (span, what) = match (created, objects.into_iter().next()) {
                (Some((span, what)), _) => (span, what),
                (None, Some((span, what))) => (span, what + &more(places.len() - 1)),
                (None, None) => continue,
            };
            let finding = cx.finding(span, format!("`{schema}` is not a managed schema, and {what}")).labelled("not in `database.schemas`");
            let finding = if places.first() == Some(&span) { with_places(cx, finding, &places, "in it as well") } else { finding };
            out.push(finding.help(format!("managed are {}: take one of them, or add `{schema}` to `database.schemas`", listed(&managed))));
        }
    }
}

fn more(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " (and 1 more object)".to_owned(),
        count => format!(" (and {count} more objects)"),
    }
}

/// Something that is made in a schema, or the schema itself.
struct Made {
    schema: String,
    span: Span,
    what: What,
}

/// What is made, as the end of a sentence about the schema.
enum What {
    Schema(String),
    Object(String),
}

/// What `effect` makes, if it makes something that a schema holds, or a schema.
fn made(text: &str, session: &Session, effect: &Effect<'_>) -> Option<Made> {
    let object = &effect.object;
    let described = || object.describe(text);
    let value = |ident: Ident| ident.value(text).into_owned();
    if object.kind == ObjectKind::Schema {
        let (name, how) = match effect.action {
            Action::Create if object.name.is_some_and(|name| name.object.is_template(text)) => return None,
            Action::Create => (object.name?.object, "it is created here"),
            Action::Rename(to) => (Ident { span: to }, "another schema gets its name here"),
            _ => return None,
        };
        return Some(Made { schema: value(name), span: name.span, what: What::Schema(how.to_owned()) });
    }
    match effect.action {
        Action::Move(schema) if object.kind.has_schema() && !schema.is_template(text) => {
            Some(Made { schema: value(schema), span: schema.span, what: What::Object(format!("{} is moved to it", described())) })
        }
        action if action.creates() && is_in_schema(object.kind, object.of.is_some()) => {
            let schema = session.home(text, object).schema()?.to_owned();
            let how = match object.identity {
                Identity::Unnamed(Unnamed::All) => "what is imported is put into it".to_owned(),
                _ => format!("{} is created in it", described()),
            };
            Some(Made { schema, span: object.span, what: What::Object(how) })
        }
        _ => None,
    }
}

/// Whether an object of a kind is in a schema for itself: an index is, a trigger belongs to its table.
fn is_in_schema(kind: Kind, is_part: bool) -> bool {
    kind.has_schema() && (kind.is_relation() || !is_part)
}
