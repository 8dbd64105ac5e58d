//! Our catalog and the server's, fact by fact.

use std::collections::{BTreeMap, BTreeSet};

use migration_lint::catalog::Run;
use migration_lint::catalog::describe::{Description, Fact, describe_all};
use migration_lint::catalog::expression::Stored;
use migration_lint::catalog::expression::analysis::{self, Place, Scope, ScopeRelation, Visibility};
use migration_lint::catalog::expression::canonical::{Sameness, compare as same, shown};
use migration_lint::text::Span;

use super::server::{Facts, Value};

/// What is not the same, or can't be told to be.
#[derive(Debug, Default)]
pub struct Compared {
    /// Sentences, by what they are about: identity and property.
    pub different: BTreeMap<(String, String), String>,
    /// Identity and property.
    pub unknown: BTreeSet<(String, String)>,
}

/// Properties that the server's facts don't tell yet, of kinds of objects that are told by their definition.
fn is_left_out(identity: &str, property: &str) -> bool {
    let told = identity.starts_with("aggregate ") || identity.starts_with("type ");
    property.starts_with("definition ") && !told || identity.starts_with("extension ") && property == "comment"
}

/// Holds what `run` knows against `facts`.
pub fn compare(run: &Run<'_>, facts: &Facts) -> Compared {
    let mut compared = Compared::default();
    let ours: BTreeMap<String, Description> = describe_all(&run.catalog)
        .into_iter()
        .map(|(identity, description)| (identity.to_string(), description))
        .filter(|(identity, _)| !identity.starts_with("role "))
        .collect();
    for identity in ours.keys().chain(facts.keys()).collect::<BTreeSet<_>>() {
        let mut differ = |property: &str, sentence: String| {
            compared.different.insert((identity.clone(), property.to_owned()), sentence);
        };
        match (ours.get(identity), facts.get(identity)) {
            (Some(_), None) => differ("", "we have it, the server has not".to_owned()),
            (None, Some(_)) => differ("", "the server has it, we have not".to_owned()),
            (Some(description), Some(theirs)) => {
                let properties: BTreeSet<&str> =
                    description.properties().iter().map(|(name, _)| &**name).chain(theirs.keys().map(String::as_str)).collect();
                for property in properties {
                    if is_left_out(identity, property) {
                        continue;
                    }
                    let (ours, theirs) = (description.get(property), theirs.get(property));
                    match agree(run, description, identity, property, ours, theirs) {
                        Sameness::Same => {}
                        Sameness::Different => differ(property, format!("ours {}, theirs {}", ours_said(ours), theirs_said(theirs))),
                        Sameness::Unknown => {
                            compared.unknown.insert((identity.clone(), property.to_owned()));
                        }
                    }
                }
            }
            (None, None) => {}
        }
    }
    compared
}

fn agree(
    run: &Run<'_>,
    description: &Description,
    identity: &str,
    property: &str,
    ours: Option<&Fact>,
    theirs: Option<&Value>,
) -> Sameness {
    let is = |same: bool| if same { Sameness::Same } else { Sameness::Different };
    match (ours, theirs) {
        (Some(Fact::Unknown), Some(_)) => Sameness::Unknown,
        (Some(Fact::Text(ours)), Some(Value::Text(theirs))) => is(ours == theirs),
        (Some(Fact::List(ours)), Some(Value::List(theirs))) => is(ours == theirs),
        (Some(Fact::Expression(ours)), Some(Value::Expression(theirs))) => {
            if *theirs == *ours.text {
                return Sameness::Same;
            }
            let place = place(identity, property);
            let scope = scope(run, description, identity, property, place);
            analysed(run, ours, theirs, |run, text, span| analysis::expression(run, text, span, &scope))
        }
        (Some(Fact::Query(ours)), Some(Value::Query(theirs))) => {
            if *theirs == *ours.text {
                return Sameness::Same;
            }
            let scope = scope(run, description, identity, property, Place::Anywhere);
            analysed(run, ours, theirs, |run, text, span| match property {
                "query" => analysis::query(run, text, span, &scope).map(|query| query.stored),
                _ => analysis::statement(run, text, span, &scope),
            })
        }
        (None, None) => Sameness::Same,
        _ => Sameness::Different,
    }
}

type Analysed = migration_lint::catalog::Result<Stored>;

/// Reads what the server says as our catalog would have read it, and compares that with ours; or else with ours when it is read once more as
/// well: `(a BETWEEN b AND c) AND d` is two chains of AND, and one when what the server says of it is read.
fn analysed(run: &Run<'_>, ours: &Stored, theirs: &str, analyse: impl Fn(&mut Run<'_>, &str, Span) -> Analysed) -> Sameness {
    let mut run = run.clone();
    run.session.settings.search_path = Some([].into());
    let read = |run: &mut Run<'_>, text: &str| analyse(run, text, Span::new(0, text.len() as u32));
    let Ok(theirs) = read(&mut run, theirs) else { return Sameness::Unknown };
    let again = shown(&run.catalog, ours).and_then(|text| read(&mut run, &text).ok());
    match same(&run.catalog, ours, &run.catalog, &theirs) {
        Sameness::Different if again.is_some_and(|ours| same(&run.catalog, &ours, &run.catalog, &theirs) == Sameness::Same) => {
            Sameness::Same
        }
        sameness => sameness,
    }
}

fn place(identity: &str, property: &str) -> Place {
    match property {
        "generated as" => Place::Generated,
        "expression" if identity.contains(" on domain ") => Place::DomainCheck,
        "expression" => Place::Check,
        "predicate" => Place::IndexPredicate,
        "when" => Place::TriggerWhen,
        "using" | "check" => Place::Policy,
        "condition" => Place::RuleWhere,
        "filter" => Place::PublicationFilter,
        "default" => Place::ColumnDefault,
        _ if property.starts_with("default of argument") => Place::FunctionDefault,
        _ if property.starts_with("partition key") => Place::PartitionKey,
        _ if identity.starts_with("statistics ") => Place::StatisticsExpression,
        _ => Place::IndexExpression,
    }
}

/// What the names in an expression of an object mean.
fn scope(run: &Run<'_>, description: &Description, identity: &str, property: &str, place: Place) -> Scope {
    let Some(relation) = description.relation else { return Scope::none(place) };
    if place == Place::DomainCheck {
        let base = run.catalog.get(relation).and_then(|object| object.ty()).and_then(|ty| match ty {
            migration_lint::catalog::model::Type::Domain(domain) => domain.base.clone(),
            _ => None,
        });
        return Scope { relations: Vec::new(), values: vec![("value".into(), base)], place };
    }
    let old_and_new = property == "when" || identity.starts_with("rule ");
    if old_and_new {
        let row = |name: &str| ScopeRelation { name: name.into(), relation, visibility: Visibility::QualifiedOnly };
        return Scope { relations: vec![row("old"), row("new")], values: Vec::new(), place };
    }
    if matches!(property, "default" | "query" | "sql body") || property.starts_with("default of") {
        return Scope::none(place);
    }
    let name = run.catalog.get(relation).map(|object| object.name.clone()).unwrap_or_default();
    Scope::of(name, relation, place)
}

fn ours_said(fact: Option<&Fact>) -> String {
    match fact {
        Some(Fact::Text(text)) => format!("`{text}`"),
        Some(Fact::List(list)) => format!("`{}`", list.join("`, `")),
        Some(Fact::Expression(stored) | Fact::Query(stored)) => format!("`{}`", stored.text),
        Some(Fact::Unknown) => "unknown".to_owned(),
        None => "nothing".to_owned(),
    }
}

fn theirs_said(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text) | Value::Expression(text) | Value::Query(text)) => format!("`{text}`"),
        Some(Value::List(list)) => format!("`{}`", list.join("`, `")),
        None => "nothing".to_owned(),
    }
}
