//! Names that clients use: whether something still has one, and what lets those go on who use an old one.

use crate::catalog::model::{RelationKind, RoutineKind, Type};
use crate::catalog::{Body, Catalog, Oid};
use crate::rules::MigrationContext;
use crate::rules::change::{Change, Named};
use crate::syntax::literal;
use crate::text::Span;

/// What to do where something loses its name.
pub(super) fn stand_in(named: &Named<'_>) -> &'static str {
    match &named.object.body {
        Body::Relation(relation) if !matches!(relation.kind, RelationKind::Sequence(_) | RelationKind::Composite) => {
            "leave a view of the old name in its place, in the same transaction, until nothing that runs names it"
        }
        Body::Routine(routine) if routine.kind == RoutineKind::Procedure => {
            "leave a procedure of the old name in its place that calls it, until nothing that runs names it"
        }
        Body::Routine(_) => "leave a function of the old name in its place that calls it, until nothing that runs names it",
        _ => "have what runs go on with either name first, and do it once nothing asks for the old one alone",
    }
}

/// Whether a type has a label or an attribute of this name; none where nobody knows.
pub(super) fn has_part(catalog: &Catalog, oid: Oid, name: &str) -> Option<bool> {
    match &catalog.get(oid)?.body {
        Body::Relation(relation) if relation.columns_known => Some(relation.column(name).is_some()),
        Body::Type(ty) => match &**ty {
            Type::Enum(labels) => Some(labels.iter().any(|label| *label.text == *name)),
            _ => None,
        },
        _ => None,
    }
}

/// The number of the label or attribute of a type that has this name, by which it goes whatever it is called; none where there is none or nobody knows.
fn part_called(catalog: &Catalog, oid: Oid, name: &str) -> Option<i64> {
    match &catalog.get(oid)?.body {
        Body::Relation(relation) => relation.column(name).map(|column| column.number.into()),
        Body::Type(ty) => match &**ty {
            Type::Enum(labels) => labels.iter().find(|label| *label.text == *name).map(|label| label.number.into()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a type that is there at the end has nothing of this name any more that the migration found, or something else by it.
pub(super) fn loses_part(cx: &MigrationContext<'_>, change: &Change<'_>, named: &Named<'_>, name: &str) -> bool {
    let [was, is] = [cx.replayed.before, change.end()].map(|catalog| has_part(catalog, named.oid, name));
    let is_lost = is != Some(true) || is_another(cx, change, named, name);
    was != Some(false) && is_lost && change.end().get(named.oid).is_some()
}

/// Whether something else of a type has a name at the end that the migration found.
fn is_another(cx: &MigrationContext<'_>, change: &Change<'_>, named: &Named<'_>, name: &str) -> bool {
    let [was, is] = [cx.replayed.before, change.end()].map(|catalog| part_called(catalog, named.oid, name));
    was.zip(is).is_some_and(|(was, is)| was != is)
}

/// What there is to say of a label, at its place, that is renamed.
pub(super) fn of_label(cx: &MigrationContext<'_>, change: &Change<'_>, named: &Named<'_>, label: Span) -> String {
    let what = match is_another(cx, change, named, &literal::value(change.text(), label)) {
        true => "means another one",
        false => "fails",
    };
    format!("whoever still writes `{}` as a value of {} {what}", change.written(label), change.called(named))
}
