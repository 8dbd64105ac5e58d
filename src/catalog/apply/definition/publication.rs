//! CREATE and ALTER PUBLICATION.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{add_body, is_there, value, whole};
use crate::catalog::apply::constraint::is_virtual;
use crate::catalog::apply::storage::setting_text;
use crate::catalog::expression::analysis::{Place, Scope, expression_as};
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Options, Persistence, Publication, PublishedTable, RelationKind, TypeUse};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::reference::{self, Found};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree::{
    self, AlterPublication, CreatePublication, ObjectKind, ObjectName, ObjectRef, PublicationAction, PublicationObject, PublicationScope,
    Setting,
};
use crate::text::Span;

/// What a statement names, looked up.
#[derive(Default)]
struct Named {
    tables: BTreeMap<Oid, (PublishedTable, Span)>,
    schemas: Vec<(Oid, Span)>,
}

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreatePublication) -> Result {
    let name = value(text, create.name)?;
    if is_there(run, Class::Publication, &name, create.name.span)? {
        return Err(Stop::fails("42710", format!("publication \"{name}\" already exists"), create.name.span));
    }
    let mut publication = Publication::default();
    if let Some(options) = &create.options {
        set_options(text, &mut publication.options, &options.value)?;
    }
    let mut named = Named::default();
    match &create.scope {
        Some(PublicationScope::AllTables(_)) => publication.all_tables = true,
        Some(PublicationScope::Objects(objects)) => named = self::named(run, text, objects)?,
        None => {}
    }
    let oid = add_body(run, &name, None, Body::Publication(Arc::new(publication)));
    publish(run, oid, named);
    Ok(())
}

/// What is published, by the names of the operations, in the order of `pg_publication`.
fn set_options(text: &str, options: &mut Options, written: &[Setting]) -> Result {
    const OPERATIONS: [&str; 4] = ["insert", "update", "delete", "truncate"];
    let mut seen: Vec<String> = Vec::new();
    for setting in written {
        let name = setting.name.value(text).into_owned();
        if seen.contains(&name) {
            return Err(Stop::fails("42601", "conflicting or redundant options", setting.span));
        }
        let value = setting.value.as_ref().map(|value| setting_text(text, value)).unwrap_or_else(|| "true".into());
        match name.as_str() {
            "publish" => {
                let written: Vec<&str> = value.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
                if let Some(unknown) = written.iter().find(|word| !OPERATIONS.contains(word)) {
                    let message = format!("unrecognized value for publication option \"publish\": \"{unknown}\"");
                    return Err(Stop::fails("42601", message, setting.span));
                }
                let operations: Vec<&str> = OPERATIONS.into_iter().filter(|operation| written.contains(operation)).collect();
                match operations == OPERATIONS {
                    true => drop(options.remove("publish")),
                    false => drop(options.insert("publish".into(), operations.join(", ").into())),
                }
            }
            "publish_via_partition_root" => match &*value {
                "true" | "on" | "yes" | "1" => drop(options.insert("publish_via_partition_root".into(), "true".into())),
                "false" | "off" | "no" | "0" => drop(options.remove("publish_via_partition_root")),
                _ => {
                    return Err(Stop::fails("42601", format!("{name} requires a Boolean value"), setting.span));
                }
            },
            "publish_generated_columns" => drop(options.insert("publish_generated_columns".into(), value)),
            _ => return Err(Stop::fails("42601", format!("unrecognized publication parameter: \"{name}\""), setting.span)),
        }
        seen.push(name);
    }
    Ok(())
}

fn named(run: &mut Run<'_>, text: &str, objects: &[PublicationObject]) -> Result<Named> {
    let mut named = Named::default();
    for object in objects {
        match object {
            PublicationObject::Schema(ident) => {
                let schema = run.schema(&ident.value(text), ident.span)?;
                expect_publishable_schema(run, schema, ident.span)?;
                named.schemas.push((schema, ident.span));
            }
            PublicationObject::CurrentSchema(span) => {
                let schema = run.creation_schema(*span)?;
                named.schemas.push((schema, *span));
            }
            PublicationObject::Table(table) => {
                for oid in published_tables(run, text, table)? {
                    let published = published(run, text, oid, table)?;
                    // Named twice, it counts once; two lists of columns or two filters contradict each other.
                    if let Some((earlier, _)) = named.tables.get(&oid) {
                        let what = match () {
                            () if earlier.filter.is_some() || published.filter.is_some() => "WHERE clauses",
                            () if earlier.columns.is_some() || published.columns.is_some() => "column lists",
                            () => continue,
                        };
                        let message = format!("conflicting or redundant {what} for table \"{}\"", name_of(run, oid));
                        return Err(Stop::fails("42710", message, table.span));
                    }
                    named.tables.insert(oid, (published, table.span));
                }
            }
        }
    }
    Ok(named)
}

fn expect_publishable_schema(run: &Run<'_>, schema: Oid, span: Span) -> Result {
    if schema == Oid::PG_CATALOG || schema == Oid::PG_TEMP {
        let name = run.catalog.get(schema).map(|object| object.name.to_string()).unwrap_or_default();
        return Err(Stop::fails("22023", format!("cannot add schema \"{name}\" to publication"), span));
    }
    Ok(())
}

/// The table that is named and, unless ONLY is written, those that inherit from it; partitions go with their table.
fn published_tables(run: &mut Run<'_>, text: &str, written: &tree::PublishedTable) -> Result<Vec<Oid>> {
    let name = written.table.name;
    let reference = ObjectRef { span: name.span(), kind: ObjectKind::Table, name: ObjectName::Named(name) };
    let mut tables = match reference::find(run, text, &reference)? {
        Found::BuiltIn | Found::WrongKind(..) => return Err(unpublishable(&name.object.value(text), name.span())),
        _ => vec![run.relation(text, name)?],
    };
    let is_partitioned = run.catalog.relation(tables[0]).is_some_and(|relation| relation.partitioned.is_some());
    let mut at = if written.table.only.is_some() || is_partitioned { tables.len() } else { 0 };
    while let Some(table) = tables.get(at) {
        let children = run.catalog.children(*table);
        tables.extend(children.into_iter().filter(|child| !tables.contains(child)).collect::<Vec<_>>());
        at += 1;
    }
    Ok(tables)
}

fn unpublishable(name: &str, span: Span) -> Stop {
    Stop::fails("22023", format!("cannot add relation \"{name}\" to publication"), span)
}

fn name_of(run: &Run<'_>, oid: Oid) -> Name {
    run.catalog.get(oid).map(|object| Name::clone(&object.name)).unwrap_or_default()
}

fn published(run: &mut Run<'_>, text: &str, oid: Oid, written: &tree::PublishedTable) -> Result<PublishedTable> {
    if let Some(relation) = run.catalog.relation(oid)
        && (relation.persistence != Persistence::Permanent || !matches!(relation.kind, RelationKind::Table | RelationKind::Unknown))
    {
        return Err(unpublishable(&name_of(run, oid), written.table.name.span()));
    }
    let filter = match &written.filter {
        Some(clause) => {
            let scope = Scope::of(name_of(run, oid), oid, Place::PublicationFilter);
            Some(expression_as(run, text, clause.value.span, &scope, &TypeUse::built_in("bool"))?)
        }
        None => None,
    };
    let mut columns = None;
    if let Some(clause) = &written.columns {
        let mut numbers = Vec::new();
        for ident in &clause.value {
            let column = ident.value(text);
            let Some(address) = run.find_column(oid, &column, ident.span)? else {
                let message = format!("column \"{column}\" of relation \"{}\" does not exist", name_of(run, oid));
                return Err(Stop::fails("42703", message, ident.span));
            };
            if is_virtual(run, oid, address.column) {
                let message = format!("cannot use virtual generated column \"{column}\" in publication column list");
                return Err(Stop::fails("42P10", message, ident.span));
            }
            if numbers.contains(&address.column) {
                return Err(Stop::fails("42710", format!("duplicate column \"{column}\" in publication column list"), ident.span));
            }
            numbers.push(address.column);
        }
        numbers.sort_unstable();
        columns = Some(numbers);
    }
    Ok(PublishedTable { columns, filter })
}

/// Adds what is named to a publication.
fn publish(run: &mut Run<'_>, oid: Oid, named: Named) {
    for (table, (published, _)) in &named.tables {
        run.catalog.link(oid, *table, Dependency::Auto);
        for column in published.columns.iter().flatten() {
            run.catalog.link(oid, Address::column(*table, *column), Dependency::Normal);
        }
        if let Some(filter) = &published.filter {
            link(&mut run.catalog, oid, filter, None);
        }
    }
    for (schema, _) in &named.schemas {
        run.catalog.link(oid, *schema, Dependency::Auto);
    }
    change(run, oid, |publication| {
        publication.tables.extend(named.tables.into_iter().map(|(table, (published, _))| (table, published)));
        for (schema, _) in named.schemas {
            if !publication.schemas.contains(&schema) {
                publication.schemas.push(schema);
            }
        }
        publication.schemas.sort_unstable();
    });
}

fn change(run: &mut Run<'_>, oid: Oid, change: impl FnOnce(&mut Publication)) {
    run.catalog.update(oid, |object| {
        if let Body::Publication(publication) = &mut object.body {
            change(Arc::make_mut(publication));
        }
    });
}

fn of(run: &Run<'_>, oid: Oid) -> Option<Publication> {
    match &run.catalog.get(oid)?.body {
        Body::Publication(publication) => Some((**publication).clone()),
        _ => None,
    }
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterPublication) -> Result {
    let oid = whole(run, text, Class::Publication, "publication", alter.name)?;
    let Some(before) = of(run, oid) else {
        return Err(Stop::unknown("what a publication that no file creates publishes", alter.name.span));
    };
    let name = value(text, alter.name)?;
    let objects = match &alter.action {
        PublicationAction::SetOptions(options) => {
            let mut changed = before.options;
            set_options(text, &mut changed, options)?;
            change(run, oid, |publication| publication.options = changed);
            return Ok(());
        }
        PublicationAction::Add(objects) | PublicationAction::Set(objects) | PublicationAction::Drop(objects) => objects,
    };
    if before.all_tables {
        return Err(Stop::fails("55000", format!("publication \"{name}\" is defined as FOR ALL TABLES"), alter.name.span));
    }
    if let PublicationAction::Drop(_) = &alter.action {
        return leave(run, text, oid, &before, objects);
    }
    let named = named(run, text, objects)?;
    if let PublicationAction::Set(_) = &alter.action {
        forget(run, oid, before.tables.keys().copied().collect(), before.schemas);
        publish(run, oid, named);
        return Ok(());
    }
    for (table, (_, span)) in &named.tables {
        if before.tables.contains_key(table) {
            let message = format!("relation \"{}\" is already member of publication \"{name}\"", name_of(run, *table));
            return Err(Stop::fails("42710", message, *span));
        }
    }
    for (schema, span) in &named.schemas {
        if before.schemas.contains(schema) {
            let shown = run.catalog.get(*schema).map(|object| object.name.to_string()).unwrap_or_default();
            let message = format!("schema \"{shown}\" is already member of publication \"{name}\"");
            return Err(Stop::fails("42710", message, *span));
        }
    }
    publish(run, oid, named);
    Ok(())
}

fn leave(run: &mut Run<'_>, text: &str, oid: Oid, before: &Publication, objects: &[PublicationObject]) -> Result {
    let (mut tables, mut schemas) = (Vec::new(), Vec::new());
    for object in objects {
        match object {
            PublicationObject::Table(table) => {
                if let Some(columns) = &table.columns {
                    let message = "column list must not be specified in ALTER PUBLICATION ... DROP";
                    return Err(Stop::fails("42601", message, columns.span));
                }
                if let Some(filter) = &table.filter {
                    let message = "cannot use a WHERE clause when removing a table from a publication";
                    return Err(Stop::fails("42601", message, filter.span));
                }
                for found in published_tables(run, text, table)? {
                    if !before.tables.contains_key(&found) {
                        let message = format!("relation \"{}\" is not part of the publication", name_of(run, found));
                        return Err(Stop::fails("42704", message, table.span));
                    }
                    tables.push(found);
                }
            }
            PublicationObject::Schema(_) | PublicationObject::CurrentSchema(_) => {
                let (schema, span) = match object {
                    PublicationObject::Schema(ident) => (run.schema(&ident.value(text), ident.span)?, ident.span),
                    PublicationObject::CurrentSchema(span) => (run.creation_schema(*span)?, *span),
                    PublicationObject::Table(_) => continue,
                };
                if !before.schemas.contains(&schema) {
                    let shown = run.catalog.get(schema).map(|object| object.name.to_string()).unwrap_or_default();
                    let message = format!("tables from schema \"{shown}\" are not part of the publication");
                    return Err(Stop::fails("42704", message, span));
                }
                schemas.push(schema);
            }
        }
    }
    forget(run, oid, tables, schemas);
    Ok(())
}

/// Takes tables and schemas out of a publication.
fn forget(run: &mut Run<'_>, oid: Oid, tables: Vec<Oid>, schemas: Vec<Oid>) {
    let gone = |other: Oid| tables.contains(&other) || schemas.contains(&other);
    let edges: Vec<(Address, Dependency)> = run.catalog.dependencies_of(Address::whole(oid)).filter(|(on, _)| gone(on.object)).collect();
    for (on, kind) in edges {
        run.catalog.unlink(Address::whole(oid), on, kind);
    }
    change(run, oid, |publication| {
        publication.tables.retain(|table, _| !tables.contains(table));
        publication.schemas.retain(|schema| !schemas.contains(schema));
    });
}
