//! What an object is otherwise than a statement defines it, where `IF NOT EXISTS` lets the statement pass.
//!
//! Only what the statement could have said is compared: comments, privileges, and what later statements hang on a table are no part of its
//! definition. Constraints are compared by what they demand, whatever they are called.

use crate::catalog::describe::{self, COLUMN_ORDER, Description, Fact, Property, name};
use crate::catalog::expression::canonical::{Sameness, compare};
use crate::catalog::model::Column;
use crate::catalog::object::{Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};

/// What other statements than the one that makes an object say of it.
const SAID_ELSEWHERE: [&str; 14] = [
    COLUMN_ORDER,
    "comment",
    "privileges",
    "storage",
    "compression",
    "statistics",
    "row security",
    "forced row security",
    "replica identity",
    "clustered on",
    "owned by",
    "inherited",
    "constraint",
    "part of",
];

/// How the relation `is` of one catalog differs from how a statement defines it, which is `wanted` in another.
pub fn of_relation(in_is: &Catalog, is: Oid, in_wanted: &Catalog, wanted: Oid) -> Vec<String> {
    let (Some(there), Some(defined)) = (in_is.get(is), in_wanted.get(wanted)) else { return Vec::new() };
    let (Some(relation), Some(definition)) = (there.relation(), defined.relation()) else { return Vec::new() };
    if relation.noun() != definition.noun() {
        let with_article = |noun: &str| format!("{} {noun}", if noun.starts_with('i') { "an" } else { "a" });
        return vec![format!("it is {}, not {}", with_article(relation.noun()), with_article(definition.noun()))];
    }
    let mut found = of_descriptions(in_is, describe::describe(in_is, is), in_wanted, describe::describe(in_wanted, wanted));
    if definition.is_table() {
        for column in &definition.columns {
            match relation.column(&column.name) {
                Some(other) => {
                    let differences = of_column(in_is, (is, other), in_wanted, (wanted, column));
                    found.extend(differences.into_iter().map(|text| format!("column {}: {text}", name(&column.name))));
                }
                None => found.push(format!("it has no column {}", name(&column.name))),
            }
        }
        let further = relation.columns.iter().filter(|column| definition.column(&column.name).is_none());
        found.extend(further.map(|column| format!("it has a column {} too", name(&column.name))));
    }
    found.extend(of_constraints(in_is, is, in_wanted, wanted, |_| true));
    found
}

/// How a column differs from how a statement defines it, with the constraints that stand in its definition.
pub fn of_added_column(in_is: &Catalog, is: Address, in_wanted: &Catalog, wanted: Address) -> Vec<String> {
    let (Some(there), Some(defined)) = (in_is.column(is), in_wanted.column(wanted)) else { return Vec::new() };
    let mut found = of_column(in_is, (is.object, there), in_wanted, (wanted.object, defined));
    let is_new = |object: &Object| object.constraint().is_some_and(|constraint| constraint.columns.contains(&wanted.column));
    found.extend(of_constraints(in_is, is.object, in_wanted, wanted.object, is_new));
    found
}

fn of_column(in_is: &Catalog, (table, is): (Oid, &Column), in_wanted: &Catalog, (other, wanted): (Oid, &Column)) -> Vec<String> {
    let there = describe::describe_column(in_is, Address::column(table, is.number));
    let defined = describe::describe_column(in_wanted, Address::column(other, wanted.number));
    of_descriptions(in_is, there, in_wanted, defined)
}

/// The constraints of the definition that nothing demands.
fn of_constraints(in_is: &Catalog, is: Oid, in_wanted: &Catalog, wanted: Oid, counts: impl Fn(&Object) -> bool) -> Vec<String> {
    let parts = in_wanted.parts(wanted, Class::Constraint).filter(|(_, object)| counts(object));
    let missing = parts.filter_map(|(oid, object)| {
        let defined = describe::describe(in_wanted, oid)?;
        let may_be = |there: Oid| {
            describe::describe(in_is, there)
                .is_none_or(|there| of_descriptions(in_is, Some(there), in_wanted, Some(defined.clone())).is_empty())
        };
        let is_there = in_is.parts(is, Class::Constraint).any(|(there, _)| may_be(there));
        (!is_there).then(|| format!("it has no constraint like {}", name(&object.name)))
    });
    missing.collect()
}

fn of_descriptions(in_is: &Catalog, is: Option<Description>, in_wanted: &Catalog, wanted: Option<Description>) -> Vec<String> {
    let (Some(is), Some(wanted)) = (is, wanted) else { return Vec::new() };
    let counts = |word: &str, defined: Option<&Fact>| {
        let elsewhere = SAID_ELSEWHERE.contains(&word) || word.starts_with("option ");
        word != COLUMN_ORDER && (defined.is_some() || !elsewhere)
    };
    let differs = |(property, there, defined): (&Property, Option<&Fact>, Option<&Fact>)| {
        if !counts(property, defined) {
            return None;
        }
        let is_other = match (there, defined) {
            (Some(Fact::Unknown), _) | (_, Some(Fact::Unknown)) => false,
            (Some(Fact::Expression(a)), Some(Fact::Expression(b))) | (Some(Fact::Query(a)), Some(Fact::Query(b))) => {
                compare(in_is, a, in_wanted, b) == Sameness::Different
            }
            (there, defined) => there != defined,
        };
        is_other.then(|| sentence(property, there, defined))
    };
    is.both(&wanted).into_iter().filter_map(differs).collect()
}

fn sentence(property: &Property, is: Option<&Fact>, wanted: Option<&Fact>) -> String {
    let flag = |fact: Option<&Fact>| matches!(fact, Some(Fact::Text(text)) if text == "yes");
    match (is, wanted) {
        (is, None) if flag(is) => format!("it is {property}"),
        (None, wanted) if flag(wanted) => format!("it is not {property}"),
        (None, Some(_)) => format!("it has no {property}"),
        (Some(_), None) => format!("it has a {property}"),
        (Some(is), Some(wanted)) => match (super::sentence::said(is), super::sentence::said(wanted)) {
            (Some(is), Some(wanted)) => format!("its {property} is {is}, not {wanted}"),
            _ => format!("its {property} is another"),
        },
        (None, None) => String::new(),
    }
}
