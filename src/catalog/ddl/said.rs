//! What is said of objects apart from their definitions: owners, privileges, comments; and the privileges of objects to come.

use std::collections::BTreeMap;

use super::name;
use crate::catalog::model::{GrantOption, Privileges, Role};
use crate::catalog::object::{Body, Object};
use crate::catalog::privileges::{self, ANYWHERE, FutureKind, Grantable};
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};
use crate::syntax::expression::{identifier, string};

/// What is said of a new object and its columns, where default privileges are those of `now`.
pub(super) fn of_new(now: &Catalog, catalog: &Catalog, oid: Oid) -> Vec<String> {
    let Some(object) = catalog.get(oid) else { return Vec::new() };
    let mut said = Vec::new();
    said.extend(owner(catalog, oid, object));
    let schema = object.schema.and_then(|schema| schema_there(now, catalog, schema));
    let fresh = Object { privileges: None, schema, ..object.clone() };
    said.extend(of_object(catalog, oid, privileges::initial(now, &fresh).as_deref(), object.privileges.as_deref()));
    said.extend(object.comment.as_ref().and_then(|text| comment(catalog, oid, Some(text))));
    for column in object.relation().map(|relation| &relation.columns[..]).unwrap_or_default() {
        let address = Address::column(oid, column.number);
        said.extend(of_column(catalog, address, None, column.privileges.as_deref()));
        said.extend(column.comment.as_ref().and_then(|text| comment_on_column(catalog, address, Some(text))));
    }
    said
}

/// The statements that make a role.
pub(super) fn role(name: &str, role: &Role) -> Vec<String> {
    let option = |(key, value): (&std::sync::Arc<str>, &std::sync::Arc<str>)| match &**key {
        "PASSWORD" | "VALID UNTIL" => format!("{key} {}", string(value)),
        "CONNECTION LIMIT" => format!("{key} {value}"),
        key => key.to_owned(),
    };
    let options: Vec<String> = role.options.iter().filter(|(_, value)| !value.is_empty()).map(option).collect();
    let own = identifier(name);
    let with = if options.is_empty() { String::new() } else { format!(" {}", options.join(" ")) };
    let mut statements = vec![format!("CREATE ROLE {own}{with}")];
    statements.extend(role.member_of.keys().map(|group| format!("GRANT {} TO {own}", identifier(group))));
    statements
}

/// The schema of that name in another catalog.
fn schema_there(there: &Catalog, here: &Catalog, schema: Oid) -> Option<Oid> {
    let name = &here.get(schema)?.name;
    there.named(crate::catalog::Class::Schema, Oid::NONE, name).first().copied().or(Some(schema))
}

/// `ALTER TABLE t OWNER TO r`, where it is not whoever runs the migration.
pub(super) fn owner(catalog: &Catalog, oid: Oid, object: &Object) -> Option<String> {
    let owner = object.owner.as_ref()?;
    let has_owner = !matches!(
        object.body,
        Body::Constraint(_) | Body::Default(_) | Body::Trigger(_) | Body::Policy(_) | Body::Rule(_) | Body::Cast(_) | Body::Extension(_)
    );
    let is_own = has_owner && object.of.is_none() && object.relation().is_none_or(|relation| relation.index().is_none());
    is_own.then(|| name::reference(catalog, oid)).flatten().map(|reference| format!("ALTER {reference} OWNER TO {}", name::role(owner)))
}

/// `COMMENT ON … IS …`
pub(super) fn comment(catalog: &Catalog, oid: Oid, text: Option<&str>) -> Option<String> {
    let reference = name::reference(catalog, oid)?;
    Some(format!("COMMENT ON {reference} IS {}", text.map_or_else(|| "NULL".to_owned(), string)))
}

/// `COMMENT ON COLUMN … IS …`
pub(super) fn comment_on_column(catalog: &Catalog, address: Address, text: Option<&str>) -> Option<String> {
    let column = catalog.column(address)?;
    let (relation, column) = (name::qualified(catalog, address.object), identifier(&column.name));
    Some(format!("COMMENT ON COLUMN {relation}.{column} IS {}", text.map_or_else(|| "NULL".to_owned(), string)))
}

/// What makes `wanted` of the privileges `current` on an object; none are those that every object of its kind begins with.
pub(super) fn of_object(catalog: &Catalog, oid: Oid, current: Option<&Privileges>, wanted: Option<&Privileges>) -> Vec<String> {
    let Some(object) = catalog.get(oid) else { return Vec::new() };
    let (Some(kind), Some(on)) = (Grantable::of(object), target(catalog, oid, object)) else { return Vec::new() };
    let beginning = kind.beginning();
    let owner = object.owner.as_ref().map_or_else(|| "CURRENT_USER".to_owned(), |owner| name::role(owner));
    let change = Change { on: format!("ON {on}"), columns: String::new(), owner };
    change.statements(current.unwrap_or(&beginning), wanted.unwrap_or(&beginning))
}

/// The same for a column.
pub(super) fn of_column(catalog: &Catalog, address: Address, current: Option<&Privileges>, wanted: Option<&Privileges>) -> Vec<String> {
    let (Some(object), Some(column)) = (catalog.get(address.object), catalog.column(address)) else { return Vec::new() };
    let nobody = Privileges::default();
    let owner = object.owner.as_ref().map_or_else(|| "CURRENT_USER".to_owned(), |owner| name::role(owner));
    let on = format!("ON TABLE {}", name::qualified(catalog, address.object));
    let change = Change { on, columns: format!(" ({})", identifier(&column.name)), owner };
    change.statements(current.unwrap_or(&nobody), wanted.unwrap_or(&nobody))
}

/// What GRANT calls an object.
fn target(catalog: &Catalog, oid: Oid, object: &Object) -> Option<String> {
    let own = || name::qualified(catalog, oid);
    Some(match Grantable::of(object)? {
        Grantable::Table => format!("TABLE {}", own()),
        Grantable::Sequence => format!("SEQUENCE {}", own()),
        Grantable::Type => format!("TYPE {}", own()),
        Grantable::Server => format!("FOREIGN SERVER {}", own()),
        Grantable::Routine => {
            let (noun, rest) = name::parts(catalog, oid)?;
            format!("{} {rest}", if noun == "PROCEDURE" { noun } else { "FUNCTION" })
        }
        Grantable::Database | Grantable::Tablespace => return None,
        _ => name::reference(catalog, oid)?,
    })
}

/// The privileges of objects to come, from those of `from` to those of `to`.
pub(super) fn defaults(from: &Catalog, to: &Catalog) -> Vec<String> {
    type Key = (Option<crate::catalog::Name>, Option<crate::catalog::Name>, FutureKind);
    let named = |catalog: &Catalog| -> BTreeMap<Key, Privileges> {
        let schema = |oid: Oid| catalog.get(oid).filter(|_| oid != ANYWHERE).map(|schema| schema.name.clone());
        catalog.default_privileges.iter().map(|((role, oid, kind), list)| ((role.clone(), schema(*oid), *kind), list.clone())).collect()
    };
    let (old, new) = (named(from), named(to));
    let mut keys: Vec<&Key> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    let mut statements = Vec::new();
    for key in keys {
        let (role, schema, kind) = key;
        let beginning = if schema.is_none() { kind.grantable().beginning() } else { Privileges::default() };
        let mut on = String::from("ALTER DEFAULT PRIVILEGES");
        if let Some(role) = role {
            on += &format!(" FOR ROLE {}", identifier(role));
        }
        if let Some(schema) = schema {
            on += &format!(" IN SCHEMA {}", identifier(schema));
        }
        let owner = role.as_ref().map_or_else(|| "CURRENT_USER".to_owned(), |role| identifier(role));
        let change = Change { on: format!("ON {}", kind.sql()), columns: String::new(), owner };
        let said = change.statements(old.get(key).unwrap_or(&beginning), new.get(key).unwrap_or(&beginning));
        statements.extend(said.into_iter().map(|statement| format!("{on} {statement}")));
    }
    statements
}

/// GRANT and REVOKE on something.
struct Change {
    /// `ON TABLE t`
    on: String,
    /// ` (a)` behind each privilege.
    columns: String,
    /// Who owns it.
    owner: String,
}

impl Change {
    fn statements(&self, current: &Privileges, wanted: &Privileges) -> Vec<String> {
        let mut revoked: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        let mut granted: BTreeMap<(&str, GrantOption), Vec<String>> = BTreeMap::new();
        for ((grantee, privilege), held) in &current.grants {
            match wanted.grants.get(&(grantee.clone(), *privilege)) {
                None => revoked.entry((grantee, "")).or_default().push(format!("{privilege}{}", self.columns)),
                Some(GrantOption::Without) if *held == GrantOption::With => {
                    revoked.entry((grantee, "GRANT OPTION FOR ")).or_default().push(format!("{privilege}{}", self.columns));
                }
                Some(_) => {}
            }
        }
        for ((grantee, privilege), option) in &wanted.grants {
            let held = current.grants.get(&(grantee.clone(), *privilege));
            if held.is_none_or(|held| held < option) {
                granted.entry((grantee, *option)).or_default().push(format!("{privilege}{}", self.columns));
            }
        }
        let mut statements = Vec::new();
        for ((grantee, option), privileges) in revoked {
            statements.push(format!("REVOKE {option}{} {} FROM {}", privileges.join(", "), self.on, name::grantee(grantee)));
        }
        let (had, has) = (&current.owner_lacks, &wanted.owner_lacks);
        let missing: Vec<&str> = has.iter().filter(|privilege| !had.contains(privilege)).copied().collect();
        if !missing.is_empty() {
            statements.push(format!("REVOKE {} {} FROM {}", missing.join(", "), self.on, self.owner));
        }
        let back: Vec<&str> = had.iter().filter(|privilege| !has.contains(privilege)).copied().collect();
        if !back.is_empty() {
            statements.push(format!("GRANT {} {} TO {}", back.join(", "), self.on, self.owner));
        }
        for ((grantee, option), privileges) in granted {
            let option = if option == GrantOption::With { " WITH GRANT OPTION" } else { "" };
            statements.push(format!("GRANT {} {} TO {}{option}", privileges.join(", "), self.on, name::grantee(grantee)));
        }
        statements
    }
}
