//! What became of objects that no file creates and that are only assumed: nothing is known of them but what statements did to them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::describe::{Description, Identity, name, qualified};
use crate::catalog::model::{Relation, RelationKind};
use crate::catalog::object::{Class, Name, Object, Origin, Standing};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};

use super::{Change, Difference};

/// Where something that is new in `after` was there before, only assumed, under that name: it can't be told whether it is the same.
pub(super) fn added(before: &Catalog, after: &Catalog, identity: &Identity, is: &Description) -> Option<Difference> {
    let Address { object: oid, column } = is.address;
    let object = after.get(oid)?;
    let was_there = match after.column(is.address) {
        Some(found) if column != 0 => after.lost_columns_since(before).any(|(relation, name)| *relation == oid && *name == found.name),
        _ => {
            let scope = object.of.filter(|_| object.body.class() == Class::Constraint).or(object.schema).or(object.of).unwrap_or(Oid::NONE);
            let key = (object.body.class(), scope, Name::clone(&object.name));
            after.lost_since(before).any(|entry| *entry == key)
        }
    };
    was_there.then(|| Difference::possible(format!("{identity} is what it was")))
}

pub(super) fn differences(found: &mut Vec<Difference>, before: &Catalog, after: &Catalog, touched: &BTreeSet<Oid>) {
    for (class, scope, lost) in after.lost_since(before) {
        let there = !after.named(*class, *scope, lost).is_empty() || after.part(*scope, *class, lost).is_some();
        if !there {
            let text = format!("{} {}, which no file creates, is not there again", word(*class), shown(after, *scope, lost));
            found.push(Difference::certain(Change::Lost, text));
        }
    }
    for (relation, lost) in after.lost_columns_since(before) {
        if after.relation(*relation).is_some_and(|relation| relation.column(lost).is_none()) {
            let column = format!("column {} of {}", name(lost), qualified(after, *relation));
            found.push(match after.get(*relation).is_some_and(Object::is_blurred) {
                true => Difference::possible(format!("{column} is what it was")),
                false => Difference::certain(Change::Lost, format!("{column} is not there again")),
            });
        }
    }
    for oid in touched {
        let Some(is) = after.get(*oid).filter(|object| object.standing == Standing::Assumed) else { continue };
        let was = before.get(*oid).cloned().unwrap_or_else(|| untouched(is));
        if what_statements_did(&was) != what_statements_did(is) {
            found.push(Difference::possible(format!("{} is what it was", qualified(after, *oid))));
        }
    }
}

/// An assumed object, as it was when it was first assumed.
fn untouched(object: &Object) -> Object {
    let body = match object.relation() {
        Some(_) => Object::assumed_relation("").body,
        None => object.body.clone(),
    };
    Object { schema: object.schema, of: object.of, ..Object::new(Name::clone(&object.name), body, Origin::START) }.assumed()
}

/// The object without the columns that are only assumed and those that statements made, which are told apart.
fn what_statements_did(object: &Object) -> Object {
    let mut object = object.clone();
    object.origin = Origin::START;
    if let Some(relation) = object.relation_mut() {
        relation.kind = RelationKind::Unknown;
        relation.next_column = 1;
        relation.columns.iter_mut().for_each(|column| column.origin = Origin::START);
        let blank = |number, name: &Name| crate::catalog::model::Column::new(number, Arc::clone(name), None);
        relation.columns.retain(|column| column.ty.is_none() && *column != blank(column.number, &column.name));
        *relation = Relation { columns_known: false, ..relation.clone() };
    }
    object
}

const fn word(class: Class) -> &'static str {
    match class {
        Class::Relation => "relation",
        Class::Type => "type",
        Class::Routine => "function",
        Class::Constraint => "constraint",
        Class::Schema => "schema",
        Class::Trigger => "trigger",
        Class::Policy => "policy",
        Class::Extension => "extension",
        _ => "object",
    }
}

fn shown(catalog: &Catalog, scope: Oid, lost: &str) -> String {
    if scope == Oid::NONE { name(lost).into_owned() } else { format!("{}.{}", qualified(catalog, scope), name(lost)) }
}
