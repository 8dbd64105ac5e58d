//! Privileges: which there are for each kind of object, which everybody has from the start, and those that new objects will have.
//!
//! An object's list is kept as `pg_dump` sees it: none where it is what every object of its kind begins with. Invariant: an object's
//! `privileges` are never some that equal that beginning (`settle`), `public` apart, whose beginning is written down.

mod future;

use std::sync::Arc;

use super::model::{GrantOption, Privileges, RelationKind};
use super::object::{Body, Class, Name, Object};
use super::reference::PUBLIC;
use super::store::Catalog;
use super::{Address, Oid};
use crate::syntax::Version;

pub use future::{DefaultPrivileges, FutureKind, initial};

/// What privileges are on (manual, 5.7, table 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Grantable {
    Table,
    Sequence,
    Column,
    Database,
    Routine,
    Language,
    LargeObject,
    Schema,
    Tablespace,
    ForeignDataWrapper,
    Server,
    Type,
    Parameter,
}

impl Grantable {
    /// All privileges that there are on it.
    pub fn all(self, target: Version) -> &'static [&'static str] {
        const TABLE: &[&str] = &["INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"];
        /// The first version with MAINTAIN.
        const MAINTAIN: u8 = 17;
        match self {
            Grantable::Table if target.major() >= MAINTAIN => TABLE,
            Grantable::Table => &TABLE[..TABLE.len() - 1],
            Grantable::Sequence => &["SELECT", "UPDATE", "USAGE"],
            Grantable::Column => &["INSERT", "SELECT", "UPDATE", "REFERENCES"],
            Grantable::Database => &["CREATE", "TEMPORARY", "CONNECT"],
            Grantable::Routine => &["EXECUTE"],
            Grantable::Language | Grantable::ForeignDataWrapper | Grantable::Server | Grantable::Type => &["USAGE"],
            Grantable::LargeObject => &["SELECT", "UPDATE"],
            Grantable::Schema => &["USAGE", "CREATE"],
            Grantable::Tablespace => &["CREATE"],
            Grantable::Parameter => &["SET", "ALTER SYSTEM"],
        }
    }

    /// What PUBLIC has from the start.
    const fn of_public(self) -> &'static [&'static str] {
        match self {
            Grantable::Routine => &["EXECUTE"],
            Grantable::Language | Grantable::Type => &["USAGE"],
            Grantable::Database => &["TEMPORARY", "CONNECT"],
            _ => &[],
        }
    }

    /// What PostgreSQL calls it in messages.
    pub const fn noun(self) -> &'static str {
        match self {
            Grantable::Table => "table",
            Grantable::Sequence => "sequence",
            Grantable::Column => "column",
            Grantable::Database => "database",
            Grantable::Routine => "function",
            Grantable::Language => "language",
            Grantable::LargeObject => "large object",
            Grantable::Schema => "schema",
            Grantable::Tablespace => "tablespace",
            Grantable::ForeignDataWrapper => "foreign-data wrapper",
            Grantable::Server => "foreign server",
            Grantable::Type => "type",
            Grantable::Parameter => "parameter",
        }
    }

    /// What an object is, if privileges can be on it.
    pub fn of(object: &Object) -> Option<Grantable> {
        Some(match &object.body {
            Body::Relation(relation) => match relation.kind {
                RelationKind::Sequence(_) => Grantable::Sequence,
                RelationKind::Composite => Grantable::Type,
                RelationKind::Index(_) => return None,
                _ => Grantable::Table,
            },
            body => match body.class() {
                Class::Schema => Grantable::Schema,
                Class::Type => Grantable::Type,
                Class::Routine => Grantable::Routine,
                Class::Language => Grantable::Language,
                Class::ForeignDataWrapper => Grantable::ForeignDataWrapper,
                Class::Server => Grantable::Server,
                Class::Database => Grantable::Database,
                Class::Tablespace => Grantable::Tablespace,
                _ => return None,
            },
        })
    }

    /// The privileges that an object of this kind begins with (`acldefault`), its owner's apart.
    pub fn beginning(self) -> Privileges {
        let grants = self.of_public().iter().map(|privilege| ((Name::from(PUBLIC), *privilege), GrantOption::Without));
        Privileges { grants: grants.collect(), owner_lacks: Vec::new() }
    }
}

impl Privileges {
    /// Gives `privilege` to `grantee`; what it may grant on already it still may.
    pub fn give(&mut self, grantee: &Name, privilege: &'static str, option: GrantOption) {
        let held = self.grants.entry((Name::clone(grantee), privilege)).or_insert(option);
        *held = (*held).max(option);
    }

    /// Takes `privilege` from `grantee`, who need not have it.
    pub fn take(&mut self, grantee: &Name, privilege: &'static str) {
        self.grants.remove(&(Name::clone(grantee), privilege));
    }

    /// Takes only the right to grant `privilege` on.
    pub fn take_option(&mut self, grantee: &Name, privilege: &'static str) {
        if let Some(option) = self.grants.get_mut(&(Name::clone(grantee), privilege)) {
            *option = GrantOption::Without;
        }
    }

    /// Gives the owner back, or takes from it, a right of its own.
    pub fn set_owner(&mut self, privilege: &'static str, held: OwnerRight) {
        self.owner_lacks.retain(|lacking| *lacking != privilege);
        if held == OwnerRight::GivenUp {
            self.owner_lacks.push(privilege);
            self.owner_lacks.sort_unstable();
        }
    }

    /// Whether nobody has anything, and the owner everything.
    pub fn is_empty(&self) -> bool {
        self.grants.is_empty() && self.owner_lacks.is_empty()
    }

    /// Whether a role has anything.
    pub fn mentions(&self, role: &str) -> bool {
        self.grants.keys().any(|(grantee, _)| &**grantee == role)
    }

    /// The same with another name for a role.
    fn renamed(&self, old: &str, new: &Name) -> Privileges {
        let rename = |grantee: &Name| if **grantee == *old { Name::clone(new) } else { Name::clone(grantee) };
        let grants = self.grants.iter().map(|((grantee, privilege), option)| ((rename(grantee), *privilege), *option));
        Privileges { grants: grants.collect(), owner_lacks: self.owner_lacks.clone() }
    }
}

/// Whether an owner has one of the rights that it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum OwnerRight {
    Held,
    GivenUp,
}

/// Changes the list of an object or of a column.
pub fn change(catalog: &mut Catalog, address: Address, change: impl FnOnce(&mut Privileges)) {
    if address.column != 0 {
        catalog.update_column(address, |column| {
            let mut list = column.privileges.take().map(Arc::unwrap_or_clone).unwrap_or_default();
            change(&mut list);
            column.privileges = Some(list).filter(|list| !list.is_empty()).map(Arc::new);
        });
        return;
    }
    catalog.update(address.object, |object| {
        let Some(kind) = Grantable::of(object) else { return };
        let mut list = object.privileges.take().map_or_else(|| kind.beginning(), Arc::unwrap_or_clone);
        change(&mut list);
        object.privileges = settle(object, list);
    });
}

/// A list as it is kept: none where it is what an object of its kind begins with.
fn settle(object: &Object, list: Privileges) -> Option<Arc<Privileges>> {
    let is_beginning = Grantable::of(object).is_some_and(|kind| kind.beginning() == list);
    let is_public = object.body.class() == Class::Schema && object.origin == super::object::Origin::START;
    if is_beginning && !is_public { None } else { Some(Arc::new(list)) }
}

/// What becomes of an object's list with a new owner: what that role was granted are now rights of its own.
pub fn change_owner(object: &mut Object, new: &str) {
    let Some(list) = object.privileges.take() else { return };
    let mut list = Arc::unwrap_or_clone(list);
    list.grants.retain(|(grantee, _), _| **grantee != *new);
    object.privileges = settle(object, list);
}

/// Gives a role another name wherever privileges are kept.
pub fn rename_role(catalog: &mut Catalog, old: &str, new: &Name) {
    for address in holders(catalog, old) {
        let rename = |list: &mut Privileges| *list = list.renamed(old, new);
        change(catalog, address, rename);
    }
    let renamed = catalog.default_privileges.iter().map(|((role, schema, kind), list)| {
        let role = role.as_ref().map(|role| if **role == *old { Name::clone(new) } else { Name::clone(role) });
        ((role, *schema, *kind), list.renamed(old, new))
    });
    catalog.default_privileges = renamed.collect();
}

/// The objects and columns on which a role has privileges.
pub fn holders(catalog: &Catalog, role: &str) -> Vec<Address> {
    let mut found = Vec::new();
    for (oid, object) in catalog.objects() {
        if object.privileges.as_ref().is_some_and(|list| list.mentions(role)) {
            found.push(Address::whole(oid));
        }
        let columns = object.relation().map(|relation| &relation.columns[..]).unwrap_or_default();
        let granted = columns.iter().filter(|column| column.privileges.as_ref().is_some_and(|list| list.mentions(role)));
        found.extend(granted.map(|column| Address::column(oid, column.number)));
    }
    found
}

/// What PUBLIC may do in `public` from the start (since PostgreSQL 15: no longer CREATE).
pub fn of_schema_public(target: Version) -> Privileges {
    /// The first version in which PUBLIC can't create objects in it.
    const CLOSED: u8 = 15;
    let privileges: &[&'static str] = if target.major() >= CLOSED { &["USAGE"] } else { &["CREATE", "USAGE"] };
    let grants = privileges.iter().map(|privilege| ((Name::from(PUBLIC), *privilege), GrantOption::Without));
    Privileges { grants: grants.collect(), owner_lacks: Vec::new() }
}

/// The schema that is no schema, for defaults that hold in all.
pub const ANYWHERE: Oid = Oid::NONE;
