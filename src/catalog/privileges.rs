//! ALTER DEFAULT PRIVILEGES: the privileges that new objects will have.

use imbl::OrdMap;

use super::Oid;
use super::model::Privileges;
use super::object::Name;

/// By the role that makes the objects (none: whoever runs the migration), their schema ([`Oid::NONE`]: any) and the word for their kind
/// (`TABLES`).
pub type DefaultPrivileges = OrdMap<(Option<Name>, Oid, &'static str), Privileges>;
