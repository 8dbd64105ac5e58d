//! Making objects: one file a family. Each writes the statements that make an object as it is in a catalog.
//!
//! What can only be said once other objects are there (a sequence's owner, a partition's place, an index to cluster on) is a statement of its
//! own, which whoever orders them puts behind: see [`super::plan`].

mod code;
mod column;
mod constraint;
mod definition;
mod foreign;
mod index;
mod operator;
mod publication;
mod sequence;
mod table;
mod types;
mod view;

use super::name;
use crate::catalog::Oid;
use crate::catalog::model::{Index, IndexKey, Options, RelationKind, Trigger};
use crate::catalog::object::{Body, Class, Object};
use crate::catalog::store::Catalog;
use crate::syntax::expression::{identifier, string};

pub(super) use code::fires;
pub(super) use column::{definition as column_definition, serial};
pub(super) use constraint::inline as inline_constraints;
pub(super) use index::attach as attach_index;
pub(super) use operator::comes_with_class;
pub(super) use sequence::{differing as sequence_options, identity as identity_options, owned};
pub(super) use table::{attach, ties};
pub(super) use types::attribute;

/// Whether statements are written so that they can be run twice, where PostgreSQL has a clause for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// As `pg_dump` writes them.
    Once,
    /// `IF NOT EXISTS`, `OR REPLACE`
    Harmless,
}

impl Repeat {
    /// `IF NOT EXISTS `, where the statement may be run twice.
    pub(super) const fn if_not_exists(self) -> &'static str {
        match self {
            Repeat::Once => "",
            Repeat::Harmless => "IF NOT EXISTS ",
        }
    }

    /// `OR REPLACE `, likewise.
    pub(super) const fn or_replace(self) -> &'static str {
        match self {
            Repeat::Once => "",
            Repeat::Harmless => "OR REPLACE ",
        }
    }
}

/// The statements that make an object; none for what comes with another.
pub(super) fn object(catalog: &Catalog, oid: Oid, repeat: Repeat) -> Vec<String> {
    let Some(object) = catalog.get(oid) else { return Vec::new() };
    let own = || name::qualified(catalog, oid);
    match &object.body {
        Body::Schema => vec![format!("CREATE SCHEMA {}{}", repeat.if_not_exists(), identifier(&object.name))],
        Body::Relation(relation) => match &relation.kind {
            RelationKind::Table | RelationKind::ForeignTable(..) => table::create(catalog, oid, object, relation, repeat),
            RelationKind::View(view) => view::plain(catalog, oid, relation, view, repeat),
            RelationKind::MaterializedView(view) => view::materialized(catalog, oid, relation, view, repeat),
            RelationKind::Sequence(sequence) => sequence::create(catalog, oid, relation, sequence, repeat),
            RelationKind::Index(index) => index::create(catalog, oid, object, relation, index, repeat),
            RelationKind::Composite => types::composite(catalog, oid, relation),
            RelationKind::Unknown => Vec::new(),
        },
        Body::Type(ty) => types::create(catalog, oid, object, ty),
        Body::Routine(routine) => code::routine(catalog, &own(), routine, repeat),
        Body::Constraint(constraint) => constraint::add(catalog, object, constraint),
        Body::Trigger(trigger) => code::trigger(catalog, object, trigger),
        Body::Policy(policy) => code::policy(catalog, object, policy),
        Body::Rule(rule) => code::rule(catalog, object, rule, repeat),
        Body::Extension(extension) => {
            let schema = extension.schema.filter(|schema| *schema >= Oid::FIRST).and_then(|schema| catalog.get(schema));
            let schema = schema.map(|schema| format!(" WITH SCHEMA {}", identifier(&schema.name))).unwrap_or_default();
            vec![format!("CREATE EXTENSION {}{}{schema}", repeat.if_not_exists(), identifier(&object.name))]
        }
        Body::Operator(operator) => operator::operator(catalog, object, operator),
        Body::OperatorClass(class) => operator::class(catalog, oid, class),
        Body::OperatorFamily(family) => operator::family(catalog, oid, family),
        Body::Cast(cast) => operator::cast(catalog, cast),
        Body::Statistics(statistics) => definition::statistics(catalog, oid, statistics, repeat),
        Body::Publication(publication) => publication::create(catalog, object, publication),
        Body::Subscription(definition) => publication::subscription(object, &definition.options),
        Body::Other(class, definition) => match class {
            Class::ForeignDataWrapper | Class::Server | Class::UserMapping => {
                foreign::create(catalog, object, *class, &definition.options, repeat)
            }
            class => definition::create(catalog, oid, object, *class, &definition.options, repeat),
        },
        Body::Role(_) | Body::Default(_) => Vec::new(),
    }
}

/// What a constraint is, without its name: `CHECK (a > 0)`.
pub(in crate::catalog) fn constraint_text(catalog: &Catalog, oid: Oid) -> Option<String> {
    let head = format!("CONSTRAINT {} ", identifier(&catalog.get(oid)?.name));
    constraint::clause(catalog, oid)?.strip_prefix(&head).map(str::to_owned)
}

/// A key of an index: `a`, `lower(b) DESC`.
pub(in crate::catalog) fn key_text(catalog: &Catalog, index: Oid, body: &Index, key: &IndexKey) -> String {
    index::key(catalog, index, body, key)
}

/// What a trigger is, on one line and without its name: `BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()`.
pub(in crate::catalog) fn trigger_text(catalog: &Catalog, object: &Object, trigger: &Trigger) -> String {
    let text = code::trigger(catalog, object, trigger).into_iter().next().unwrap_or_default();
    let whole = text.split_once('\n').map_or(text.as_str(), |(_, rest)| rest);
    whole.split('\n').map(str::trim).collect::<Vec<_>>().join(" ")
}

/// `a = 'x', b = 1`, as in `WITH (…)`.
pub(super) fn settings(options: &Options) -> String {
    options.iter().map(|(key, value)| format!("{} = {}", parameter(key), setting(value))).collect::<Vec<_>>().join(", ")
}

/// A parameter's name, that of a TOAST table's with its point.
pub(super) fn parameter(key: &str) -> String {
    key.split('.').map(identifier).collect::<Vec<_>>().join(".")
}

/// A parameter's value: a number or a word as it is, anything else in quotes.
pub(super) fn setting(value: &str) -> String {
    let is_number = value.parse::<f64>().is_ok() && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let is_switch = matches!(value, "true" | "false" | "on" | "off");
    if is_number || is_switch { value.to_owned() } else { string(value) }
}

/// `WITH (…)` behind something, if there is anything to say.
fn with(options: &Options) -> String {
    if options.is_empty() { String::new() } else { format!(" WITH ({})", settings(options)) }
}

/// `OPTIONS (a 'x', b 'y')`, if there is anything to say.
fn foreign_options<'o>(options: impl IntoIterator<Item = (&'o str, &'o str)>) -> String {
    let options: Vec<String> = options.into_iter().map(|(key, value)| format!("{} {}", identifier(key), string(value))).collect();
    if options.is_empty() { String::new() } else { format!(" OPTIONS ({})", options.join(", ")) }
}
