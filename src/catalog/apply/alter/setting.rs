//! How a relation is kept: storage parameters, tablespace, access method, persistence, CLUSTER ON, REPLICA IDENTITY.

use super::column::change_options;
use super::{Context, name_of};
use crate::catalog::apply::storage::{self, Holder};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{self, ConstraintKind, Persistence, RelationKind, Sequence};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid, reference};
use crate::postgres::facts::{NameKind, system};
use crate::syntax::tree::{Clause, Ident, MoveAll, MovedKind, ReplicaIdentity, Setting};
use crate::text::Span;
use std::sync::Arc;

fn holder(run: &Run<'_>, table: Oid) -> Holder {
    let Some(relation) = run.catalog.relation(table) else { return Holder::Any };
    match &relation.kind {
        RelationKind::Table if relation.partitioned.is_some() => Holder::Partitioned(run.world.target),
        RelationKind::Table | RelationKind::MaterializedView(_) => Holder::Table,
        RelationKind::View(_) => Holder::View,
        RelationKind::Index(index) => Holder::index(&index.method),
        _ => Holder::Any,
    }
}

pub(super) fn set_parameters(run: &mut Run<'_>, cx: Context<'_>, settings: &[Setting]) -> Result {
    let mut set = storage::parameters(cx.text(), settings, holder(run, cx.table))?;
    run.catalog.update_relation(cx.table, |relation| {
        if let RelationKind::View(view) = &mut relation.kind
            && let Some(check) = set.remove("check_option")
        {
            Arc::make_mut(view).check_option = Some(if check.eq_ignore_ascii_case("local") { "local" } else { "cascaded" });
        }
        relation.options.extend(set);
    });
    Ok(())
}

pub(super) fn reset_parameters(run: &mut Run<'_>, cx: Context<'_>, settings: &[Setting]) -> Result {
    let text = cx.text();
    if let Some(setting) = settings.iter().find(|setting| setting.value.is_some()) {
        return Err(Stop::fails("42601", "RESET must not include values for parameters", setting.span));
    }
    let names: Vec<String> = settings
        .iter()
        .map(|setting| match setting.namespace {
            Some(namespace) => format!("{}.{}", namespace.value(text), setting.name.value(text)),
            None => setting.name.value(text).into_owned(),
        })
        .collect();
    run.catalog.update_relation(cx.table, |relation| {
        relation.options.retain(|option, _| !names.iter().any(|name| **name == **option));
        if let RelationKind::View(view) = &mut relation.kind
            && names.iter().any(|name| name == "check_option")
        {
            Arc::make_mut(view).check_option = None;
        }
    });
    Ok(())
}

pub(super) fn foreign_options(run: &mut Run<'_>, cx: Context<'_>, settings: &[Setting]) -> Result {
    let Some(RelationKind::ForeignTable(_, options)) = run.catalog.relation(cx.table).map(|relation| &relation.kind) else {
        return Ok(());
    };
    let mut options = options.clone();
    change_options(cx.text(), &mut options, settings)?;
    run.catalog.update_relation(cx.table, |relation| {
        if let RelationKind::ForeignTable(_, own) = &mut relation.kind {
            *own = options;
        }
    });
    Ok(())
}

pub(super) fn tablespace(run: &mut Run<'_>, cx: Context<'_>, name: Ident, span: Span) -> Result {
    let tablespace = storage::tablespace(run, cx.text(), Some(&Clause { span, value: name }))?;
    run.catalog.update_relation(cx.table, |relation| relation.tablespace = tablespace);
    Ok(())
}

/// `ALL IN TABLESPACE` (`AlterTableMoveAll`).
pub(super) fn move_all(run: &mut Run<'_>, text: &str, all: &MoveAll) -> Result {
    let found = moved(run, text, all)?;
    let to = storage::tablespace(run, text, Some(&Clause { span: all.span, value: all.to }))?;
    for oid in found {
        run.catalog.update_relation(oid, |relation| relation.tablespace.clone_from(&to));
    }
    Ok(())
}

/// The relations that `ALL IN TABLESPACE` moves: what is in the database's own tablespace goes by the name of `pg_default`.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told.
pub(in crate::catalog) fn moved(run: &mut Run<'_>, text: &str, all: &MoveAll) -> Result<Vec<Oid>> {
    let mut owners: Vec<Name> = Vec::with_capacity(all.owners.len());
    for role in &all.owners {
        owners.push(reference::role(run, text, *role)?);
    }
    let from = storage::tablespace(run, text, Some(&Clause { span: all.span, value: all.from }))?;
    let to = storage::tablespace(run, text, Some(&Clause { span: all.span, value: all.to }))?;
    if from == to {
        return Ok(Vec::new());
    }
    let user = Name::clone(&run.world.user);
    let moves = |object: &Object| {
        let Some(relation) = object.relation() else { return false };
        let is_kind = match all.kind {
            MovedKind::Tables => relation.kind == RelationKind::Table,
            MovedKind::Indexes => matches!(relation.kind, RelationKind::Index(_)),
            MovedKind::MaterializedViews => matches!(relation.kind, RelationKind::MaterializedView(_)),
        };
        let is_owned = owners.is_empty() || owners.contains(object.owner.as_ref().unwrap_or(&user));
        is_kind && is_owned && relation.persistence != Persistence::Temporary && relation.tablespace == from
    };
    Ok(run.catalog.objects().filter(|(_, object)| moves(object)).map(|(oid, _)| oid).collect())
}

pub(super) fn access_method(run: &mut Run<'_>, cx: Context<'_>, method: Option<Ident>) -> Result {
    let Some(method) = method else {
        run.catalog.update_relation(cx.table, |relation| relation.method = None);
        return Ok(());
    };
    let name = method.value(cx.text());
    let known = system().has(NameKind::AccessMethod, &name, run.world.target);
    if !known && run.find_in(Class::AccessMethod, Oid::NONE, &name)?.is_none() {
        if !run.may_assume_in(Class::AccessMethod, Oid::NONE, &name) {
            return Err(Stop::fails("42704", format!("access method \"{name}\" does not exist"), method.span));
        }
        return Err(Stop::unknown(format!("no file creates the access method {name}"), method.span));
    }
    run.catalog.update_relation(cx.table, |relation| relation.method = (name != "heap").then(|| Name::from(&*name)));
    Ok(())
}

/// What stands in the way of SET LOGGED and SET UNLOGGED, which is looked at before anything is done (`ATPrepChangePersistence`). Whether they
/// change anything.
pub(super) fn expect_persistence(run: &Run<'_>, table: Oid, to: Persistence, span: Span) -> Result<bool> {
    let Some(relation) = run.catalog.relation(table) else { return Ok(false) };
    let shown = name_of(run, table);
    if relation.persistence == Persistence::Temporary {
        let message = format!("cannot change logged status of table \"{shown}\" because it is temporary");
        return Err(Stop::fails("42P16", message, span));
    }
    if relation.persistence == to {
        return Ok(false);
    }
    let is_published = |(publication, _): (Address, Dependency)| matches!(run.catalog.get(publication.object).map(|object| &object.body), Some(Body::Publication(known)) if known.tables.contains_key(&table));
    if to == Persistence::Unlogged && run.catalog.dependents_of(Address::whole(table)).any(is_published) {
        let message = format!("cannot change table \"{shown}\" to unlogged because it is part of a publication");
        return Err(Stop::fails("55000", message, span));
    }
    // A logged table references no unlogged one.
    let others: Vec<Oid> = if to == Persistence::Permanent {
        run.catalog
            .constraints(table)
            .filter_map(|(_, constraint)| match &constraint.kind {
                ConstraintKind::ForeignKey(key) => Some(key.table),
                _ => None,
            })
            .collect()
    } else {
        let dependents: Vec<Oid> = run.catalog.dependents_of_any(table).map(|(dependent, ..)| dependent.object).collect();
        let referencing = dependents.into_iter().filter_map(|oid| {
            let object = run.catalog.get(oid)?;
            match &object.constraint()?.kind {
                ConstraintKind::ForeignKey(key) if key.table == table => object.of,
                _ => None,
            }
        });
        referencing.collect()
    };
    for other in others.into_iter().filter(|other| *other != table) {
        let is_logged = run.catalog.relation(other).map(|relation| relation.persistence) == Some(Persistence::Permanent);
        if is_logged != (to == Persistence::Permanent) {
            let (word, of) = if to == Persistence::Permanent { ("logged", "unlogged") } else { ("unlogged", "logged") };
            let message =
                format!("could not change table \"{shown}\" to {word} because it references {of} table \"{}\"", name_of(run, other));
            return Err(Stop::fails("42P16", message, span));
        }
    }
    Ok(true)
}

/// SET LOGGED, SET UNLOGGED, with the table's indexes and, since version 15, its sequences; that of a new column is the column's only when
/// everything is done. A partitioned table holds nothing, and stays.
pub(super) fn persistence(run: &mut Run<'_>, cx: Context<'_>, to: Persistence) -> Result {
    let table = cx.table;
    if run.catalog.relation(table).is_none_or(|relation| relation.partitioned.is_some() || relation.persistence == to) {
        return Ok(());
    }
    let indexes: Vec<Oid> = run.catalog.indexes(table).map(|(oid, _)| oid).collect();
    let mut all = vec![table];
    all.extend(indexes);
    if run.world.target.major() >= 15 {
        let owned = run.catalog.dependents_of_any(table).map(|(dependent, ..)| dependent.object);
        all.extend(owned.filter(|oid| {
            let kind = run.catalog.relation(*oid).map(|relation| &relation.kind);
            matches!(kind, Some(RelationKind::Sequence(Sequence { owned_by: Some(column), .. })) if column.object == table && column.column < cx.first_new)
        }));
    }
    for oid in all {
        run.catalog.update_relation(oid, |relation| relation.persistence = to);
    }
    Ok(())
}

/// An index of the table by its name.
fn index(run: &mut Run<'_>, cx: Context<'_>, name: Ident) -> Result<Oid> {
    let value = name.value(cx.text());
    let schema = run.catalog.get(cx.table).and_then(|object| object.schema).unwrap_or(Oid::NONE);
    let shown = name_of(run, cx.table);
    let Some(oid) = run.find_in(Class::Relation, schema, &value).map_err(|stop| stop.or_at(name.span))? else {
        if run.may_assume_in(Class::Relation, schema, &value) {
            return Err(Stop::unknown(format!("no file creates the index {value}"), name.span));
        }
        return Err(Stop::fails("42704", format!("index \"{value}\" for table \"{shown}\" does not exist"), name.span));
    };
    match run.catalog.relation(oid).and_then(|relation| relation.index()) {
        Some(index) if index.table == cx.table => Ok(oid),
        _ => Err(Stop::fails("42809", format!("\"{value}\" is not an index for table \"{shown}\""), name.span)),
    }
}

pub(super) fn cluster_on(run: &mut Run<'_>, cx: Context<'_>, name: Ident) -> Result {
    let oid = index(run, cx, name)?;
    if run.catalog.relation(cx.table).is_some_and(|relation| relation.partitioned.is_some()) {
        return Err(Stop::fails("0A000", "cannot mark index clustered in partitioned table", name.span));
    }
    let shown = name_of(run, oid);
    if let Some(index) = run.catalog.relation(oid).and_then(|relation| relation.index()) {
        if !matches!(&*index.method, "btree" | "gist") {
            let message = format!("cannot cluster on index \"{shown}\" because access method does not support clustering");
            return Err(Stop::fails("0A000", message, name.span));
        }
        if index.predicate.is_some() {
            return Err(Stop::fails("0A000", format!("cannot cluster on partial index \"{shown}\""), name.span));
        }
        if !index.valid {
            return Err(Stop::fails("0A000", format!("cannot cluster on invalid index \"{shown}\""), name.span));
        }
    }
    run.catalog.update_relation(cx.table, |relation| relation.clustered_on = Some(oid));
    Ok(())
}

pub(super) fn replica_identity(run: &mut Run<'_>, cx: Context<'_>, identity: ReplicaIdentity) -> Result {
    let identity = match identity {
        ReplicaIdentity::Nothing => model::ReplicaIdentity::Nothing,
        ReplicaIdentity::Full => model::ReplicaIdentity::Full,
        ReplicaIdentity::Default => model::ReplicaIdentity::Default,
        ReplicaIdentity::Index(name) => model::ReplicaIdentity::Index(replica_index(run, cx, name)?),
    };
    run.catalog.update_relation(cx.table, |relation| relation.replica_identity = identity);
    Ok(())
}

fn replica_index(run: &mut Run<'_>, cx: Context<'_>, name: Ident) -> Result<Oid> {
    let oid = index(run, cx, name)?;
    let shown = name_of(run, oid);
    let Some(index) = run.catalog.relation(oid).and_then(|relation| relation.index()) else { return Ok(oid) };
    let refuse = |sqlstate, message: String| Err(Stop::fails(sqlstate, message, name.span));
    if !index.unique {
        return refuse("42809", format!("cannot use non-unique index \"{shown}\" as replica identity"));
    }
    if !index.immediate {
        return refuse("0A000", format!("cannot use non-immediate index \"{shown}\" as replica identity"));
    }
    if index.columns().any(|column| column.is_none()) {
        return refuse("0A000", format!("cannot use expression index \"{shown}\" as replica identity"));
    }
    if index.predicate.is_some() {
        return refuse("0A000", format!("cannot use partial index \"{shown}\" as replica identity"));
    }
    for number in index.columns().flatten() {
        let column = run.catalog.column(Address::column(cx.table, number));
        if let Some(column) = column.filter(|column| !column.not_null && column.ty.is_some()) {
            let message = format!("index \"{shown}\" cannot be used as replica identity because column \"{}\" is nullable", column.name);
            return refuse("42809", message);
        }
    }
    Ok(oid)
}
