//! What became of objects that no file creates and that are only assumed: nothing is known of them but what statements did to them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::describe::{Description, Identity, name, qualified};
use crate::catalog::model::{LabelSource, NamedLabel, Relation, RelationKind, Type};
use crate::catalog::object::{Body, Class, Name, Object, Origin, Standing};
use crate::catalog::past::Kind;
use crate::catalog::store::{Catalog, slot};
use crate::catalog::{Address, Oid};

use super::{Change, Difference};

/// Where something that is new in `after` was there before, only assumed, under that name: it can't be told whether it is the same.
pub(super) fn added(
    before: &Catalog,
    between: Option<&Catalog>,
    after: &Catalog,
    identity: &Identity,
    is: &Description,
) -> Option<Difference> {
    let Address { object: oid, column } = is.address;
    let object = after.get(oid)?;
    let is_undone = |up: &Catalog| match column {
        0 => up.get(oid).is_none_or(|was| was.body != object.body),
        _ => up.column(is.address).is_none(),
    };
    if !between.is_some_and(is_undone) {
        return None;
    }
    let (slot, shown) = match after.column(is.address).filter(|_| column != 0) {
        Some(found) => {
            ((Kind::Column, oid, Name::clone(&found.name)), format!("column `{}` of `{}`", name(&found.name), qualified(after, oid)))
        }
        None => (slot(object), identity.quoted()),
    };
    let may_be_as_before = after.may_have_lost(before, &slot) || (column == 0 && goes_with_lost_column(before, after, oid));
    may_be_as_before.then(|| Difference::possible(format!("{shown} is what it was")))
}

/// Whether an object is about a column that was there before, only assumed: one like it may have gone with that.
fn goes_with_lost_column(before: &Catalog, after: &Catalog, oid: Oid) -> bool {
    let columns = after.dependencies_of_any(oid).filter_map(|(_, on, _)| Some((on.object, after.column(on)?)));
    columns.into_iter().any(|(relation, column)| after.may_have_lost(before, &(Kind::Column, relation, Name::clone(&column.name))))
}

pub(super) fn differences(found: &mut Vec<Difference>, before: &Catalog, after: &Catalog, touched: &BTreeSet<Oid>) {
    for (kind, scope, lost) in after.lost_since(before) {
        match kind {
            Kind::Object(class) => {
                if after.named(*class, *scope, lost).is_empty() && after.part(*scope, *class, lost).is_none() {
                    let text = format!("{} `{}`, which no file creates, is not there again", word(*class), shown(after, *scope, lost));
                    found.push(Difference::certain(Change::Lost, text));
                }
            }
            Kind::Column => {
                if after.relation(*scope).is_some_and(|relation| relation.column(lost).is_none()) {
                    let column = format!("column `{}` of `{}`", name(lost), qualified(after, *scope));
                    found.push(match after.get(*scope).is_some_and(Object::is_blurred) {
                        true => Difference::possible(format!("{column} is what it was")),
                        false => Difference::certain(Change::Lost, format!("{column} is not there again")),
                    });
                }
            }
        }
    }
    for oid in touched {
        let Some(is) = after.get(*oid).filter(|object| object.standing == Standing::Assumed) else { continue };
        let was = before.get(*oid).cloned().unwrap_or_else(|| untouched(is));
        if let (Some(Type::Unknown(old)), Some(Type::Unknown(new))) = (was.ty(), is.ty()) {
            labels(found, &qualified(after, *oid), old, new);
        } else if what_statements_did(&was) != what_statements_did(is) {
            found.push(Difference::possible(format!("`{}` is what it was", qualified(after, *oid))));
        }
    }
}

/// The labels that statements added to an assumed enum, or gave another name.
fn labels(found: &mut Vec<Difference>, ty: &str, old: &[NamedLabel], new: &[NamedLabel]) {
    for (at, NamedLabel { label, source }) in new.iter().enumerate() {
        let first = label.former.first().unwrap_or(&label.text);
        match (old.get(at), source) {
            (None, LabelSource::Added) => {
                found.push(Difference::certain(Change::Added, format!("left behind: label `{}` of type `{ty}`", label.text)))
            }
            (None, LabelSource::Assumed) if *first == label.text => {}
            (Some(was), _) if was.label.text == label.text => {}
            (was, _) => {
                let first = was.map_or(first, |was| &was.label.text);
                found.push(Difference::certain(Change::Changed, format!("type `{ty}`: label `{first}` became `{}`", label.text)));
            }
        }
    }
}

/// An assumed object, as it was when it was first assumed.
fn untouched(object: &Object) -> Object {
    let body = match &object.body {
        Body::Relation(_) => Object::assumed_relation("").body,
        Body::Type(_) => Body::Type(Arc::new(Type::Unknown(Vec::new()))),
        body => body.clone(),
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
