//! Who may do what, and what new objects will have.
//!
//! A list holds an entry for each grantee, `reader: SELECT, UPDATE*`, where the star says that it may be granted on; what the owner gave up
//! of its own stands as `owner lacks: …`. An object that has what every object of its kind begins with has no such property.

use std::collections::BTreeMap;

use crate::catalog::model::{GrantOption, Privileges, RelationKind, RoutineKind};
use crate::catalog::object::{Body, Class, Object, Origin};
use crate::catalog::privileges::FutureKind;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};

use super::{Description, Fact, Identity, name};

/// What PUBLIC may do with a new object: call a routine, use a type, a language.
fn initial(object: &Object) -> Option<&'static str> {
    match &object.body {
        Body::Routine(routine) if routine.kind != RoutineKind::Unknown => Some("public: EXECUTE"),
        Body::Type(_) | Body::Other(Class::Language, _) => Some("public: USAGE"),
        Body::Relation(relation) if relation.kind == RelationKind::Composite => Some("public: USAGE"),
        _ => None,
    }
}

pub(super) fn of_object(description: &mut Description, object: &Object) {
    // The server gives everybody the use of `public`.
    let is_public = matches!(object.body, Body::Schema) && &*object.name == "public" && object.origin == Origin::START;
    let Some(privileges) = &object.privileges else {
        if is_public {
            description.list("privileges", ["public: USAGE"]);
        }
        return;
    };
    let list = entries(privileges);
    if list.iter().map(String::as_str).ne(initial(object)) {
        description.put("privileges", Fact::List(list));
    }
}

pub(super) fn of_column(description: &mut Description, privileges: Option<&Privileges>) {
    if let Some(privileges) = privileges {
        description.list("privileges", entries(privileges));
    }
}

/// `default privileges for TABLES of role r in schema s`
pub(super) fn defaults(catalog: &Catalog) -> Vec<(Identity, Description)> {
    let entry = |((role, schema, kind), privileges): (&(Option<crate::catalog::Name>, Oid, FutureKind), &Privileges)| {
        let mut text = format!("default privileges for {}", kind.sql());
        if let Some(role) = role {
            text += &format!(" of role {}", name(role));
        }
        if let Some(schema) = catalog.get(*schema).filter(|_| *schema != Oid::NONE) {
            text += &format!(" in schema {}", name(&schema.name));
        }
        let mut description = Description::new(Address::whole(*schema));
        description.put("privileges", Fact::List(entries(privileges)));
        (Identity::new(text), description)
    };
    catalog.default_privileges.iter().map(entry).collect()
}

fn entries(privileges: &Privileges) -> Vec<String> {
    let mut by_grantee: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((grantee, privilege), option) in &privileges.grants {
        let star = if *option == GrantOption::With { "*" } else { "" };
        by_grantee.entry(grantee).or_default().push(format!("{privilege}{star}"));
    }
    let mut list: Vec<String> = by_grantee
        .into_iter()
        .map(|(grantee, mut granted)| {
            granted.sort_unstable();
            format!("{}: {}", name(grantee), granted.join(", "))
        })
        .collect();
    if !privileges.owner_lacks.is_empty() {
        let mut lacks = privileges.owner_lacks.clone();
        lacks.sort_unstable();
        list.push(format!("owner lacks: {}", lacks.join(", ")));
    }
    list.sort_unstable();
    list
}
