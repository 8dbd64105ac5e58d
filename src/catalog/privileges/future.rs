//! ALTER DEFAULT PRIVILEGES: the privileges that new objects will have (`pg_default_acl`, `get_user_default_acl`).

use std::sync::Arc;

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use super::{ANYWHERE, Grantable, settle};
use crate::catalog::Oid;
use crate::catalog::model::{Privileges, RelationKind};
use crate::catalog::object::{Body, Class, Name, Object, Standing};
use crate::catalog::store::Catalog;

/// By the role that makes the objects (none: whoever runs the migration), their schema ([`ANYWHERE`]: any) and what they are. What holds
/// anywhere is the whole list of a new object; what holds in a schema comes on top of it.
pub type DefaultPrivileges = OrdMap<(Option<Name>, Oid, FutureKind), Privileges>;

/// What ALTER DEFAULT PRIVILEGES tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum FutureKind {
    Tables,
    Sequences,
    Functions,
    Types,
    Schemas,
    LargeObjects,
}

impl FutureKind {
    /// What privileges there are on it.
    pub const fn grantable(self) -> Grantable {
        match self {
            FutureKind::Tables => Grantable::Table,
            FutureKind::Sequences => Grantable::Sequence,
            FutureKind::Functions => Grantable::Routine,
            FutureKind::Types => Grantable::Type,
            FutureKind::Schemas => Grantable::Schema,
            FutureKind::LargeObjects => Grantable::LargeObject,
        }
    }

    /// The word of SQL for it.
    pub const fn sql(self) -> &'static str {
        match self {
            FutureKind::Tables => "TABLES",
            FutureKind::Sequences => "SEQUENCES",
            FutureKind::Functions => "FUNCTIONS",
            FutureKind::Types => "TYPES",
            FutureKind::Schemas => "SCHEMAS",
            FutureKind::LargeObjects => "LARGE OBJECTS",
        }
    }

    fn of(object: &Object) -> Option<FutureKind> {
        Some(match &object.body {
            Body::Relation(relation) => match relation.kind {
                RelationKind::Sequence(_) => FutureKind::Sequences,
                RelationKind::Index(_) => return None,
                RelationKind::Composite => FutureKind::Types,
                _ => FutureKind::Tables,
            },
            body => match body.class() {
                Class::Type => FutureKind::Types,
                Class::Routine => FutureKind::Functions,
                Class::Schema => FutureKind::Schemas,
                _ => return None,
            },
        })
    }
}

/// The list that a new object begins with; none for that of its kind.
pub fn initial(catalog: &Catalog, object: &Object) -> Option<Arc<Privileges>> {
    // What an extension makes is not dumped, and what is only assumed was not made now.
    if catalog.default_privileges.is_empty() || object.extension.is_some() || object.standing == Standing::Assumed {
        return None;
    }
    let kind = FutureKind::of(object)?;
    let told = |schema| catalog.default_privileges.get(&(object.owner.clone(), schema, kind));
    let anywhere = told(ANYWHERE);
    let here = object.schema.and_then(told);
    if anywhere.is_none() && here.is_none() {
        return None;
    }
    let mut list = anywhere.cloned().unwrap_or_else(|| kind.grantable().beginning());
    for ((grantee, privilege), option) in here.map(|list| &list.grants).into_iter().flatten() {
        list.give(grantee, privilege, *option);
    }
    // The owner's own rights are not told apart.
    if let Some(owner) = &object.owner {
        list.grants.retain(|(grantee, _), _| grantee != owner);
    }
    settle(object, list)
}
