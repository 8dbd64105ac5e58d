//! CREATE and ALTER STATISTICS.

use std::sync::Arc;

use super::value;
use crate::catalog::apply::Statement;
use crate::catalog::apply::constraint::is_virtual;
use crate::catalog::apply::index::{keys, method, naming};
use crate::catalog::expression::analysis::Place;
use crate::catalog::expression::link;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{KeySubject, RelationKind, Statistics};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree::{self, CreateStatistics, StatisticsSource, StatisticsTarget};

pub(super) fn create(run: &mut Run<'_>, statement: Statement<'_>, create: &CreateStatistics) -> Result {
    let text = statement.text;
    let [StatisticsSource::Table(source)] = create.from[..] else {
        return Err(Stop::fails("0A000", "only a single relation is allowed in CREATE STATISTICS", create.span));
    };
    let table = run.relation(text, source.name)?;
    let is_table = run
        .catalog
        .relation(table)
        .is_some_and(|relation| relation.is_table() || matches!(relation.kind, RelationKind::MaterializedView(_) | RelationKind::Unknown));
    if !is_table {
        let message = format!("cannot define statistics for relation \"{}\"", source.name.object.value(text));
        return Err(Stop::fails("42809", message, source.name.span()));
    }
    let schema = match create.name {
        Some(name) => run.schema_for(text, name)?,
        None => run.catalog.get(table).and_then(|object| object.schema).unwrap_or(Oid::NONE),
    };
    let name = match create.name {
        Some(name) => value(text, name.object)?,
        None => chosen_name(run, statement, create, schema, table),
    };
    if let Some(written) = create.name
        && run.find_in(Class::Statistics, schema, &name).map_err(|stop| stop.or_at(written.span()))?.is_some()
    {
        return match create.guard.is_written() {
            true => Ok(()),
            false => Err(Stop::fails("42710", format!("statistics object \"{name}\" already exists"), written.span())),
        };
    }
    let keys = subjects(run, statement, create, table)?;
    let kinds = kinds(text, create, &keys)?;
    let statistics = Statistics { table, kinds, keys: keys.clone(), target: None };
    run.catalog.settle(Class::Statistics, &name);
    let owner = run.catalog.get(table).and_then(|object| object.owner.clone());
    let object = Object { owner, ..Object::new(name, Body::Statistics(Arc::new(statistics)), run.origin) }.in_schema(schema);
    let oid = run.catalog.add(object);
    run.catalog.link(oid, schema, Dependency::Normal);
    for key in &keys {
        match key {
            KeySubject::Column(column) => run.catalog.link(oid, Address::column(table, *column), Dependency::Auto),
            KeySubject::Expression(stored) => link(&mut run.catalog, oid, stored, Some(table)),
        }
    }
    if !keys.iter().any(|key| matches!(key, KeySubject::Column(_))) {
        run.catalog.link(oid, table, Dependency::Auto);
    }
    Ok(())
}

/// `table_columns_stat`, as those of indexes are found (`ChooseExtendedStatisticName`).
fn chosen_name(run: &Run<'_>, statement: Statement<'_>, create: &CreateStatistics, schema: Oid, table: Oid) -> Name {
    let wanted = create.keys.iter().map(|key| match key {
        tree::KeySubject::Column(column) => Name::from(&*column.value(statement.text)),
        // Expressions all count as one word here.
        tree::KeySubject::Call(_) | tree::KeySubject::Expression(_) => Name::from("expr"),
    });
    let names = naming::distinct_names(wanted);
    let joined = crate::catalog::naming::joined(names.iter().map(|name| &**name));
    let first = run.catalog.get(table).map(|object| Name::clone(&object.name)).unwrap_or_else(|| "".into());
    let mut pass = 0u32;
    loop {
        let label = if pass == 0 { "stat".to_owned() } else { format!("stat{pass}") };
        let name = crate::catalog::naming::object_name(&first, &joined, &label);
        if run.catalog.named(Class::Statistics, schema, &name).is_empty() {
            return name.into();
        }
        pass += 1;
    }
}

fn subjects(run: &mut Run<'_>, statement: Statement<'_>, create: &CreateStatistics, table: Oid) -> Result<Vec<KeySubject>> {
    let mut found: Vec<KeySubject> = Vec::new();
    for written in &create.keys {
        if let tree::KeySubject::Column(column) = written
            && crate::catalog::reference::SYSTEM_COLUMNS.contains(&&*column.value(statement.text))
        {
            return Err(Stop::fails("0A000", "statistics creation on system columns is not supported", column.span));
        }
        let (subject, ty) = keys::subject(run, statement, table, *written, Place::StatisticsExpression)?;
        let columns = match &subject {
            KeySubject::Column(column) => vec![*column],
            KeySubject::Expression(stored) => stored.columns_of(table),
        };
        if columns.into_iter().any(|column| is_virtual(run, table, column)) {
            return Err(Stop::fails("0A000", "statistics creation on virtual generated columns is not supported", create.span));
        }
        if let (KeySubject::Column(number), Some(ty)) = (&subject, &ty)
            && !method::fact_names(&run.catalog, ty).is_empty()
            && method::default_class(run, "btree", ty).is_none()
            && !run.catalog.has_unknown_extension()
        {
            let shown = run.catalog.column(Address::column(table, *number)).map(|column| column.name.to_string()).unwrap_or_default();
            let ty = crate::catalog::types::format_type(&run.catalog, ty);
            let message =
                format!("column \"{shown}\" cannot be used in statistics because its type {ty} has no default btree operator class");
            return Err(Stop::fails("0A000", message, create.span));
        }
        found.push(subject);
    }
    let is_repeated = |at: usize| matches!(&found[at], KeySubject::Column(_)) && found[..at].contains(&found[at]);
    if found.len() < 2 && found.iter().any(|key| matches!(key, KeySubject::Column(_))) {
        return Err(Stop::fails("42P17", "extended statistics require at least 2 columns", create.span));
    }
    if (0..found.len()).any(is_repeated) {
        return Err(Stop::fails("42701", "duplicate column name in statistics definition", create.span));
    }
    Ok(found)
}

fn kinds(text: &str, create: &CreateStatistics, keys: &[KeySubject]) -> Result<Vec<Name>> {
    const ALL: [&str; 3] = ["dependencies", "mcv", "ndistinct"];
    if keys.len() == 1 {
        return match create.kinds.is_empty() {
            true => Ok(Vec::new()),
            false => {
                let message = "when building statistics on a single expression, statistics kinds may not be specified";
                Err(Stop::fails("0A000", message, create.span))
            }
        };
    }
    let mut kinds = Vec::new();
    for ident in &create.kinds {
        let value = ident.value(text);
        let Some(known) = ALL.iter().find(|known| **known == value) else {
            return Err(Stop::fails("42601", format!("unrecognized statistics kind \"{value}\""), ident.span));
        };
        kinds.push(Name::from(*known));
    }
    if kinds.is_empty() {
        kinds = ALL.iter().map(|kind| Name::from(*kind)).collect();
    }
    kinds.sort_unstable();
    kinds.dedup();
    Ok(kinds)
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &tree::AlterStatistics) -> Result {
    let target = match alter.target.value {
        StatisticsTarget::Default(_) => None,
        StatisticsTarget::Value(span) => text[span].replace(' ', "").parse::<i32>().ok().filter(|target| *target != -1),
    };
    if let Some(target) = target.filter(|target| *target < 0) {
        return Err(Stop::fails("22023", format!("statistics target {target} is too low"), alter.target.span));
    }
    let Some(oid) = run.find(Class::Statistics, text, alter.name)? else {
        let name = alter.name.display(text);
        if alter.guard.is_written() {
            return Ok(());
        }
        if run.may_assume(Class::Statistics, &alter.name.object.value(text)) {
            return Err(Stop::unknown(format!("no file creates the statistics {name}"), alter.name.span()));
        }
        if let Some(schema) = alter.name.schema {
            run.schema(&schema.value(text), schema.span)?;
        }
        return Err(Stop::fails("42704", format!("statistics object \"{name}\" does not exist"), alter.name.span()));
    };
    run.catalog.update(oid, |object| {
        if let Body::Statistics(statistics) = &mut object.body {
            Arc::make_mut(statistics).target = target;
        }
    });
    Ok(())
}
