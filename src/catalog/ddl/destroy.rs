//! Taking objects away, never with CASCADE: what stands in the way is taken away before.

use super::name;
use crate::catalog::model::{ConstraintKind, RelationKind};
use crate::catalog::object::Body;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};
use crate::syntax::expression::identifier;

/// The statement that takes away an object or a column; none for what only goes with another.
pub(super) fn statement(catalog: &Catalog, address: Address) -> Option<String> {
    if address.column != 0 {
        return column(catalog, address);
    }
    let oid = address.object;
    let object = catalog.get(oid)?;
    match &object.body {
        Body::Constraint(constraint) => {
            let of = object.of?;
            let (whole, name) = (name::qualified(catalog, of), identifier(&object.name));
            if matches!(constraint.kind, ConstraintKind::Trigger(_)) {
                return None;
            }
            Some(match catalog.get(of)?.body {
                Body::Type(_) => format!("ALTER DOMAIN {whole} DROP CONSTRAINT IF EXISTS {name}"),
                _ => format!("ALTER TABLE IF EXISTS {whole} DROP CONSTRAINT IF EXISTS {name}"),
            })
        }
        Body::Default(default) => {
            let table = object.of?;
            let (whole, column) = (name::qualified(catalog, table), catalog.column(Address::column(table, default.column))?);
            let noun = if catalog.relation(table)?.view().is_some() { "VIEW" } else { "TABLE" };
            // A generated column is taken away as a whole.
            column
                .generated
                .is_none()
                .then(|| format!("ALTER {noun} IF EXISTS {whole} ALTER COLUMN {} DROP DEFAULT", identifier(&column.name)))
        }
        Body::Relation(relation) => match &relation.kind {
            RelationKind::Index(index) if index.constraint.is_some() => None,
            RelationKind::Sequence(sequence) if sequence.identity => None,
            _ => dropped(catalog, oid),
        },
        _ => dropped(catalog, oid),
    }
}

fn dropped(catalog: &Catalog, oid: Oid) -> Option<String> {
    let (noun, rest) = name::parts(catalog, oid)?;
    Some(format!("DROP {noun} IF EXISTS {rest}"))
}

fn column(catalog: &Catalog, address: Address) -> Option<String> {
    let column = identifier(&catalog.column(address)?.name);
    let whole = name::qualified(catalog, address.object);
    Some(match catalog.relation(address.object)?.kind {
        RelationKind::Composite => format!("ALTER TYPE {whole} DROP ATTRIBUTE IF EXISTS {column}"),
        RelationKind::ForeignTable(..) => format!("ALTER FOREIGN TABLE IF EXISTS {whole} DROP COLUMN IF EXISTS {column}"),
        RelationKind::Table | RelationKind::Unknown => format!("ALTER TABLE IF EXISTS {whole} DROP COLUMN IF EXISTS {column}"),
        _ => return None,
    })
}
