//! Taking away what a DROP takes (`doDeletion`), and every mention of it in what stays.

use std::sync::Arc;

use super::search::Targets;
use crate::catalog::model::{ConstraintKind, RelationKind, ReplicaIdentity};
use crate::catalog::object::Body;
use crate::catalog::run::Run;
use crate::catalog::{Address, Catalog, Contents, Oid, Origin, Row};

/// Takes everything away; `origin` is the statement that does so.
pub(super) fn remove(run: &mut Run<'_>, found: &Targets, origin: Origin) {
    let catalog = &mut run.catalog;
    for (publication, from) in &found.unpublished {
        unpublish(catalog, *publication, *from);
    }
    for target in &found.targets {
        let Address { object, column } = target.address;
        if found.takes(object) && column != 0 {
            continue;
        }
        if column == 0 {
            forget(catalog, object, found, origin);
            catalog.remove(object);
        } else {
            remove_column(catalog, target.address);
        }
    }
    for target in &found.targets {
        run.session.pending_events.retain(|table| *table != target.address.object || target.address.column != 0);
    }
}

/// Takes the mentions of an object away from what it is a part of, or serves.
fn forget(catalog: &mut Catalog, oid: Oid, found: &Targets, origin: Origin) {
    let Some(object) = catalog.get(oid) else { return };
    let of = object.of.filter(|of| !found.takes(*of));
    match &object.body {
        Body::Default(default) => {
            let column = default.column;
            let Some(of) = of else { return };
            catalog.update_column(Address::column(of, column), |column| {
                if column.default == Some(oid) {
                    column.default = None;
                }
            });
        }
        Body::Constraint(constraint) if constraint.kind == ConstraintKind::NotNull => {
            let columns = constraint.columns.clone();
            for column in columns {
                catalog.update_column(Address::column(of.unwrap_or(Oid::NONE), column), |column| column.not_null = false);
            }
        }
        Body::Constraint(constraint) if matches!(constraint.kind, ConstraintKind::PrimaryKey(_)) => {
            if let Some(of) = of {
                catalog.update_relation(of, |relation| relation.unkeyed = Some(origin));
            }
        }
        Body::Policy(_) => {
            if let Some(of) = of {
                catalog.update_relation(of, |relation| relation.row_security.unpoliced = Some(origin));
            }
        }
        Body::Relation(relation) if relation.index().is_some() => {
            let Some(of) = of else { return };
            catalog.update_relation(of, |relation| {
                if relation.clustered_on == Some(oid) {
                    relation.clustered_on = None;
                }
                if relation.replica_identity == ReplicaIdentity::Index(oid) {
                    relation.replica_identity = ReplicaIdentity::Default;
                }
            });
        }
        Body::Schema => {
            let keys: Vec<_> = catalog.default_privileges.keys().filter(|(_, schema, _)| *schema == oid).cloned().collect();
            for key in keys {
                catalog.default_privileges.remove(&key);
            }
        }
        _ => {}
    }
}

/// Takes a column away, its default, values, privileges and comment with it.
fn remove_column(catalog: &mut Catalog, column: Address) {
    catalog.update_relation(column.object, |relation| {
        relation.columns.retain(|other| other.number != column.column);
        if let RelationKind::Index(index) = &mut relation.kind {
            Arc::make_mut(index).include.retain(|number| *number != column.column);
        }
    });
    catalog.unlink_column(column);
    if let Some(Contents::Rows(rows)) = catalog.rows.get_mut(&column.object) {
        for row in rows.iter_mut() {
            if row.contains_key(&column.column) {
                let mut values = (**row).clone();
                values.remove(&column.column);
                *row = Row::new(values);
            }
        }
    }
}

/// Takes a table or a schema out of a publication.
fn unpublish(catalog: &mut Catalog, publication: Oid, from: Oid) {
    catalog.update(publication, |object| {
        if let Body::Publication(publication) = &mut object.body {
            let publication = Arc::make_mut(publication);
            publication.tables.remove(&from);
            publication.schemas.retain(|schema| *schema != from);
        }
    });
    catalog.unlink_between(publication, from);
}
