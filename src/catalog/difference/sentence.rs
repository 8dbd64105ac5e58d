//! Differences in words, with the user's own identifiers.

use crate::catalog::describe::{Description, Fact, Identity, Property, name};
use crate::catalog::expression::canonical::tells_time;
use crate::catalog::store::Catalog;

/// The longest value that is shown, in characters.
const LONGEST: usize = 60;

/// ``index `public.i` is not there again``
pub(super) fn lost(before: &Catalog, identity: &Identity, was: &Description) -> String {
    format!("{} is not there again", subject(before, identity, was))
}

/// ``left behind: type `public.kind` ``
pub(super) fn added(after: &Catalog, identity: &Identity, is: &Description) -> String {
    format!("left behind: {}", subject(after, identity, is))
}

/// ``column `email` of table `public.users`: type text became character varying(255)``
pub(super) fn changed(
    after: &Catalog,
    identity: &Identity,
    is: &Description,
    property: &Property,
    old: Option<&Fact>,
    new: Option<&Fact>,
) -> String {
    let subject = subject(after, identity, is);
    let flag = |fact: &Fact| matches!(fact, Fact::Text(text) if text == "yes");
    match (old, new) {
        (Some(old), None) if flag(old) => format!("{subject} is no longer {property}"),
        (None, Some(new)) if flag(new) => format!("{subject} has become {property}"),
        (Some(Fact::List(old)), Some(Fact::List(new))) => format!("{subject}: {property} {}", of_lists(old, new)),
        (Some(Fact::Expression(old) | Fact::Query(old)), Some(Fact::Expression(new) | Fact::Query(new)))
            if tells_time(old) && tells_time(new) =>
        {
            format!("{subject}: 'now' in its {property} is the time at which that is stored")
        }
        (Some(old), Some(new)) => match (said(old), said(new)) {
            (Some(old), Some(new)) => format!("{subject}: {property} {old} became {new}"),
            _ => format!("{subject}: its {property} is another"),
        },
        (Some(old), None) => format!("{subject}: {property}{} is gone", after_space(said(old))),
        (None, Some(new)) => format!("{subject}: {property}{} is new", after_space(said(new))),
        (None, None) => subject,
    }
}

/// A clause after `whether`.
pub(super) fn possible(after: &Catalog, identity: &Identity, is: &Description, property: &Property) -> String {
    format!("the {property} of {} is what it was", subject(after, identity, is))
}

/// ``column `email` of table `public.users` ``, or the identity.
fn subject(catalog: &Catalog, identity: &Identity, description: &Description) -> String {
    match (catalog.column(description.address), &description.part_of) {
        (Some(column), Some(relation)) => format!("column `{}` of {}", name(&column.name), relation.quoted()),
        _ => identity.quoted(),
    }
}

/// What stands in one list and not in the other; that the order is another, if nothing else.
fn of_lists(old: &[String], new: &[String]) -> String {
    let (lost, won): (Vec<&String>, Vec<&String>) =
        (old.iter().filter(|item| !new.contains(item)).collect(), new.iter().filter(|item| !old.contains(item)).collect());
    let joined = |items: &[&String]| items.iter().map(|item| item.as_str()).collect::<Vec<_>>().join(", ");
    match (lost.is_empty(), won.is_empty()) {
        (true, true) => "are in another order".to_owned(),
        (false, true) => format!("without {}", joined(&lost)),
        (true, false) => format!("with {} too", joined(&won)),
        (false, false) => format!("with {} instead of {}", joined(&won), joined(&lost)),
    }
}

/// A value, if it is short enough to be shown.
pub(super) fn said(fact: &Fact) -> Option<String> {
    let text = match fact {
        Fact::Text(text) if text == "yes" => return None,
        Fact::Text(text) => text.clone(),
        Fact::List(items) => items.join(", "),
        Fact::Expression(stored) | Fact::Query(stored) => stored.text.to_string(),
        Fact::Unknown => return None,
    };
    (!text.is_empty() && !text.contains('\n') && text.chars().count() <= LONGEST).then_some(text)
}

fn after_space(value: Option<String>) -> String {
    value.map(|value| format!(" {value}")).unwrap_or_default()
}
