//! GRANT and REVOKE on objects (PostgreSQL's `ExecuteGrantStmt`): the objects are looked up first, then the grantees, then the privileges.

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{GrantOption, Privileges as List, RelationKind, RoutineKind};
use crate::catalog::object::{Class, Name};
use crate::catalog::privileges::{self, Grantable, OwnerRight};
use crate::catalog::reference::{self, Found, PUBLIC};
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::postgres::facts::{self, NameKind};
use crate::syntax::tree::{Clause, Grant, GrantTarget, GrantVerb, Ident, ObjectKind, ObjectRef, PrivilegeName, Privileges, RoleSpec};
use crate::text::Span;

/// What is granted or revoked.
struct Change {
    verb: GrantVerb,
    /// WITH GRANT OPTION, GRANT OPTION FOR.
    option: Option<Span>,
    grantees: Vec<Name>,
    /// Of the whole object; none for all that there are.
    whole: Option<Vec<&'static str>>,
    /// Of columns, each privilege with its columns; none for all that there are.
    columns: Vec<(Option<&'static str>, Vec<Ident>)>,
    span: Span,
}

pub(super) fn apply(run: &mut Run<'_>, text: &str, grant: &Grant) -> Result {
    granted_by(run, text, grant.granted_by)?;
    let (kind, objects) = match &grant.target {
        GrantTarget::Objects(kind, objects) => (*kind, named(run, text, *kind, objects)?),
        GrantTarget::AllInSchema(kind, schemas) => (*kind, all_in(run, text, *kind, schemas)?),
        GrantTarget::Future(kind) => (*kind, Vec::new()),
    };
    let mut grantees = Vec::new();
    for spec in &grant.grantees {
        grantees.push(reference::grantee(run, text, *spec)?);
    }
    let change = change(run, text, kind, grant, grantees)?;
    for (address, span) in objects {
        apply_to(run, text, kind, address, span, &change)?;
    }
    Ok(())
}

/// GRANTED BY names the current user, or nobody (PostgreSQL 14).
pub(super) fn granted_by(run: &mut Run<'_>, text: &str, clause: Option<Clause<RoleSpec>>) -> Result {
    let Some(clause) = clause else { return Ok(()) };
    if reference::role(run, text, clause.value)? != run.current_user() {
        return Err(Stop::fails("0A000", "grantor must be current user", clause.span));
    }
    Ok(())
}

/// The objects that are named; what PostgreSQL brings is left out.
fn named(run: &mut Run<'_>, text: &str, kind: ObjectKind, objects: &[ObjectRef]) -> Result<Vec<(Address, Span)>> {
    let mut addresses = Vec::new();
    for object in objects {
        if kind == ObjectKind::Parameter {
            parameter(run, text, object)?;
            continue;
        }
        let address = match (kind, reference::find(run, text, object)?) {
            // Whether it is a sequence is looked at later.
            (ObjectKind::Table | ObjectKind::Sequence, Found::WrongKind(address, _)) => Some(address),
            (_, Found::Object(address)) => Some(address),
            (ObjectKind::Language, Found::BuiltIn) => {
                trusted(run, text, object)?;
                None
            }
            _ => reference::expect(run, text, object)?,
        };
        addresses.extend(address.map(|address| (address, object.span)));
    }
    Ok(addresses)
}

/// A parameter has to be one that there is, or one with a point in its name.
fn parameter(run: &mut Run<'_>, text: &str, object: &ObjectRef) -> Result {
    let written = &text[object.span];
    if written.contains('.') {
        return Ok(());
    }
    let name = written.trim_matches('"').to_ascii_lowercase();
    crate::catalog::apply::session::setting::known(run, &name, object.span)
        .map_err(|_| Stop::fails("42602", format!("invalid parameter name \"{name}\""), object.span))
}

/// Only trusted languages have privileges.
fn trusted(run: &Run<'_>, text: &str, object: &ObjectRef) -> Result {
    let name = object.name().map(|name| name.object.value(text).into_owned()).unwrap_or_default();
    let brought = run.catalog.in_schema(Class::Extension, Oid::NONE).into_iter().filter_map(|oid| run.catalog.extension_facts(oid));
    let mut languages = brought.chain([facts::system()]).flat_map(|facts| facts.names(NameKind::Language, run.world.target));
    let is_trusted = languages.any(|fact| fact.name == name && fact.detail == "trusted");
    if is_trusted { Ok(()) } else { Err(Stop::fails("42809", format!("language \"{name}\" is not trusted"), object.span)) }
}

/// ALL TABLES IN SCHEMA: what is there now.
fn all_in(run: &mut Run<'_>, text: &str, kind: ObjectKind, schemas: &[Ident]) -> Result<Vec<(Address, Span)>> {
    let mut found = Vec::new();
    for ident in schemas {
        let schema = run.schema(&ident.value(text), ident.span)?;
        let class = if matches!(kind, ObjectKind::Table | ObjectKind::Sequence) { Class::Relation } else { Class::Routine };
        for oid in run.catalog.in_schema(class, schema) {
            if is_among(run, kind, oid) {
                found.push((oid.into(), ident.span));
            }
        }
    }
    Ok(found)
}

fn is_among(run: &Run<'_>, kind: ObjectKind, oid: Oid) -> bool {
    let Some(object) = run.catalog.get(oid) else { return false };
    match (kind, object.relation(), object.routine()) {
        (ObjectKind::Sequence, Some(relation), _) => matches!(relation.kind, RelationKind::Sequence(_)),
        (ObjectKind::Table, Some(relation), _) => {
            !matches!(relation.kind, RelationKind::Sequence(_) | RelationKind::Index(_) | RelationKind::Composite)
        }
        (ObjectKind::Function, _, Some(routine)) => routine.kind != RoutineKind::Procedure,
        (ObjectKind::Procedure, _, Some(routine)) => matches!(routine.kind, RoutineKind::Procedure | RoutineKind::Unknown),
        (ObjectKind::Routine, _, Some(_)) => true,
        _ => false,
    }
}

/// What privileges there are on what a statement names.
fn grantable(kind: ObjectKind) -> Grantable {
    match kind {
        ObjectKind::Sequence => Grantable::Sequence,
        ObjectKind::Database => Grantable::Database,
        ObjectKind::Domain | ObjectKind::Type => Grantable::Type,
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => Grantable::Routine,
        ObjectKind::Language => Grantable::Language,
        ObjectKind::LargeObject => Grantable::LargeObject,
        ObjectKind::Schema => Grantable::Schema,
        ObjectKind::Tablespace => Grantable::Tablespace,
        ObjectKind::ForeignDataWrapper => Grantable::ForeignDataWrapper,
        ObjectKind::Server => Grantable::Server,
        ObjectKind::Parameter => Grantable::Parameter,
        _ => Grantable::Table,
    }
}

fn change(run: &Run<'_>, text: &str, kind: ObjectKind, grant: &Grant, grantees: Vec<Name>) -> Result<Change> {
    let mut change =
        Change { verb: grant.verb, option: grant.grant_option, grantees, whole: Some(Vec::new()), columns: Vec::new(), span: grant.span };
    let for_columns = |span: Span| match kind {
        ObjectKind::Table => Ok(()),
        _ => Err(Stop::fails("0LP01", "column privileges are only valid for relations", span)),
    };
    match &grant.privileges {
        Privileges::All(span, columns) if !columns.is_empty() => {
            for_columns(*span)?;
            change.columns.push((None, columns.clone()));
        }
        Privileges::All(..) => change.whole = None,
        Privileges::Listed(listed) => {
            for privilege in listed {
                let (span, name) = word(text, privilege.name)?;
                if !privilege.columns.is_empty() {
                    for_columns(span)?;
                    change.columns.push((Some(name), privilege.columns.clone()));
                    continue;
                }
                let target = run.world.target;
                let allowed = grantable(kind).all(target).contains(&name)
                    || kind == ObjectKind::Table && Grantable::Sequence.all(target).contains(&name);
                if !allowed {
                    // MAINTAIN is no privilege at all before PostgreSQL 17.
                    if name == "MAINTAIN" && !Grantable::Table.all(target).contains(&name) {
                        return Err(Stop::fails("42601", "unrecognized privilege type \"maintain\"", span));
                    }
                    return Err(invalid(name, noun(kind), span));
                }
                change.whole.get_or_insert_default().push(name);
            }
        }
    }
    Ok(change)
}

/// What PostgreSQL calls a kind of object where a privilege does not fit it.
fn noun(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Domain => "domain",
        ObjectKind::Procedure => "procedure",
        ObjectKind::Routine => "routine",
        kind => grantable(kind).noun(),
    }
}

fn invalid(privilege: &str, noun: &str, span: Span) -> Stop {
    Stop::fails("0LP01", format!("invalid privilege type {privilege} for {noun}"), span)
}

/// The privilege that a word stands for (`string_to_privilege`).
pub(super) fn word(text: &str, name: PrivilegeName) -> Result<(Span, &'static str)> {
    const ALL: [&str; 15] = [
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "TRUNCATE",
        "REFERENCES",
        "TRIGGER",
        "MAINTAIN",
        "USAGE",
        "CREATE",
        "CONNECT",
        "TEMPORARY",
        "EXECUTE",
        "SET",
        "ALTER SYSTEM",
    ];
    let ident = match name {
        PrivilegeName::AlterSystem(span) => return Ok((span, "ALTER SYSTEM")),
        PrivilegeName::Word(ident) => ident,
    };
    let value = ident.value(text);
    let upper = value.to_ascii_uppercase();
    let upper = if upper == "TEMP" { "TEMPORARY" } else { &upper };
    let known = ALL.into_iter().find(|known| *known == upper && value.to_ascii_lowercase() == *value);
    let unknown = || Stop::fails("42601", format!("unrecognized privilege type \"{value}\""), ident.span);
    known.map(|known| (ident.span, known)).ok_or_else(unknown)
}

fn apply_to(run: &mut Run<'_>, text: &str, kind: ObjectKind, address: Address, span: Span, change: &Change) -> Result {
    let Some(object) = run.catalog.get(address.object) else { return Ok(()) };
    let target = run.world.target;
    let name = Name::clone(&object.name);
    let mut own = Grantable::of(object).unwrap_or_else(|| grantable(kind));
    let mut is_unknown = false;
    if let Some(relation) = object.relation() {
        match &relation.kind {
            RelationKind::Index(_) => return Err(Stop::fails("42809", format!("\"{name}\" is an index"), span)),
            RelationKind::Composite if kind == ObjectKind::Table => {
                return Err(Stop::fails("42809", format!("\"{name}\" is a composite type"), span));
            }
            RelationKind::Composite | RelationKind::Sequence(_) => {}
            RelationKind::Unknown => is_unknown = true,
            _ if matches!(kind, ObjectKind::Type | ObjectKind::Domain) => {
                return Err(Stop::unknown("privileges on the row type of a table are not followed", span));
            }
            _ if kind == ObjectKind::Sequence => return Err(Stop::fails("42809", format!("\"{name}\" is not a sequence"), span)),
            _ => {}
        }
        if is_unknown && kind == ObjectKind::Sequence {
            own = Grantable::Sequence;
        }
    }
    let whole: Vec<&'static str> = match &change.whole {
        None => own.all(target).to_vec(),
        Some(listed) => {
            if let Some(wrong) = listed.iter().find(|privilege| !own.all(target).contains(privilege))
                && own == Grantable::Table
                && !is_unknown
            {
                return Err(invalid(wrong, "table", span));
            }
            // What a sequence has not is left out, with a warning.
            listed.iter().copied().filter(|privilege| is_unknown || own.all(target).contains(privilege)).collect()
        }
    };
    let owner = object.owner.clone().unwrap_or_else(|| Name::clone(&run.world.user));
    if change.option.is_some() && change.verb == GrantVerb::Grant && change.grantees.iter().any(|grantee| &**grantee == PUBLIC) {
        return Err(Stop::fails("0LP01", "grant options can only be granted to roles", change.option));
    }
    if !whole.is_empty() {
        privileges::change(&mut run.catalog, address, |list| {
            apply_change(list, change, &whole, Some(&owner));
        });
        if change.verb == GrantVerb::Revoke {
            revoke_from_columns(run, address.object, change, &whole);
        }
    }
    for (privilege, columns) in &change.columns {
        apply_to_columns(run, text, address.object, *privilege, columns, change)?;
    }
    Ok(())
}

fn apply_change(list: &mut List, change: &Change, privileges: &[&'static str], owner: Option<&Name>) {
    for grantee in &change.grantees {
        for privilege in privileges {
            match change.verb {
                _ if owner == Some(grantee) => {
                    if change.option.is_none() {
                        let held = if change.verb == GrantVerb::Grant { OwnerRight::Held } else { OwnerRight::GivenUp };
                        list.set_owner(privilege, held);
                    }
                }
                GrantVerb::Grant => {
                    let option = if change.option.is_some() { GrantOption::With } else { GrantOption::Without };
                    list.give(grantee, privilege, option);
                }
                GrantVerb::Revoke if change.option.is_some() => list.take_option(grantee, privilege),
                GrantVerb::Revoke => list.take(grantee, privilege),
            }
        }
    }
}

/// What is taken of a table is taken of its columns too.
fn revoke_from_columns(run: &mut Run<'_>, relation: Oid, change: &Change, privileges: &[&'static str]) {
    let Some(found) = run.catalog.relation(relation) else { return };
    let granted = found.columns.iter().filter(|column| column.privileges.is_some());
    let addresses: Vec<Address> = granted.map(|column| Address::column(relation, column.number)).collect();
    for address in addresses {
        privileges::change(&mut run.catalog, address, |list| apply_change(list, change, privileges, None));
    }
}

fn apply_to_columns(
    run: &mut Run<'_>,
    text: &str,
    relation: Oid,
    privilege: Option<&'static str>,
    columns: &[Ident],
    change: &Change,
) -> Result {
    let all = Grantable::Column.all(run.world.target);
    let privileges = match privilege {
        None => all.to_vec(),
        Some(privilege) if all.contains(&privilege) => vec![privilege],
        Some(privilege) => return Err(invalid(privilege, "column", change.span)),
    };
    for ident in columns {
        let value = ident.value(text);
        let Some(address) = run.find_column(relation, &value, ident.span)? else {
            if reference::SYSTEM_COLUMNS.contains(&&*value) {
                continue;
            }
            let name = run.catalog.get(relation).map(|object| object.name.to_string()).unwrap_or_default();
            return Err(Stop::fails("42703", format!("column \"{value}\" of relation \"{name}\" does not exist"), ident.span));
        };
        privileges::change(&mut run.catalog, address, |list| apply_change(list, change, &privileges, None));
    }
    Ok(())
}
