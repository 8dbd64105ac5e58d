//! Names that clients use: whether something still has one, and what lets those go on who use an old one.

use crate::catalog::model::{RelationKind, RoutineKind, Type};
use crate::catalog::{Body, Catalog, Oid};
use crate::rules::MigrationContext;
use crate::rules::change::{Change, Named};

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

/// Whether a type that is there at the end loses a label or an attribute of this name that the migration found.
pub(super) fn loses_part(cx: &MigrationContext<'_>, change: &Change<'_>, named: &Named<'_>, name: &str) -> bool {
    let [was, is] = [cx.replayed.before, change.end()].map(|catalog| has_part(catalog, named.oid, name));
    was != Some(false) && is != Some(true) && change.end().get(named.oid).is_some()
}

/// What there is to say of a label, as it is written, that is renamed.
pub(super) fn of_label(written: &str, called: &str) -> String {
    format!("whoever still writes `{written}` as a value of {called} fails")
}
