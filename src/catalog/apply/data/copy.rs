//! COPY.

use std::sync::Arc;

use super::super::Statement;
use super::super::known::members;
use super::super::partition::takes_all;
use super::insert::Given;
use super::table::{self, Sort, Target, forget};
use super::write::{Clauses, write};
use crate::catalog::apply::session::expect_writable_relation;
use crate::catalog::evaluate::Evaluator;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::object::Class;
use crate::catalog::replay::deed;
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::syntax::literal;
use crate::syntax::tree::{Copy, CopyDirection, CopyEndpoint, CopySource, CopyValue};
use crate::text::Span;

/// COPY
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>, copy: &Copy) -> Result {
    let text = statement.text;
    let (name, listed) = match &copy.source {
        CopySource::Query(query) => {
            return super::apply(run, Statement { node: query, ..statement });
        }
        CopySource::Table(name, listed) => (*name, listed),
    };
    let Some(oid) = run.find_relation(text, name)? else {
        let system = crate::postgres::facts::system().relation(&name.object.value(text), run.world.target).is_some();
        if system && matches!(copy.direction, CopyDirection::To(_)) {
            return Ok(());
        }
        return Err(Stop::fails("42P01", format!("relation \"{}\" does not exist", name.display(text)), name.span()));
    };
    let mut numbers = Vec::new();
    for column in listed {
        let value = column.value(text);
        match run.find_column(oid, &value, column.span)? {
            Some(address) if numbers.contains(&address.column) => {
                return Err(Stop::fails("42701", format!("column \"{value}\" specified more than once"), column.span));
            }
            Some(address) => numbers.push(address.column),
            None => {
                let relation = run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
                return Err(Stop::fails("42703", format!("column \"{value}\" of relation \"{relation}\" does not exist"), column.span));
            }
        }
    }
    let called = run.catalog.get(oid).map(|object| object.name.clone()).unwrap_or_default();
    let kind = run.catalog.relation(oid).map(|relation| relation.kind.clone());
    if matches!(copy.direction, CopyDirection::To(_)) {
        return match kind {
            Some(RelationKind::View(_)) => Err(Stop::fails("42809", format!("cannot copy from view \"{called}\""), name.span())),
            Some(RelationKind::Sequence(_)) => Err(Stop::fails("42809", format!("cannot copy from sequence \"{called}\""), name.span())),
            _ => Ok(()),
        };
    }
    deed::fill(run, oid);
    if numbers.is_empty() {
        // Each of its rows has a value for every column.
        run.catalog.note_filled(oid, i16::MAX);
    }
    match kind {
        Some(RelationKind::Table | RelationKind::ForeignTable(..) | RelationKind::Unknown) => {}
        Some(RelationKind::View(_)) if run.catalog.parts(oid, Class::Trigger).next().is_some() => {
            return Err(Stop::unknown("what a trigger of a view does is not followed", copy.span));
        }
        Some(other) => {
            let noun = match other {
                RelationKind::View(_) => "view",
                RelationKind::MaterializedView(_) => "materialized view",
                RelationKind::Sequence(_) => "sequence",
                _ => "non-table relation",
            };
            return Err(Stop::fails("42809", format!("cannot copy to {noun} \"{called}\""), name.span()));
        }
        None => {}
    }
    expect_writable_relation(run, oid, "COPY FROM")?;
    let target = table::of(run, oid, called, copy.span)?;
    if let Some(column) = target.columns.iter().find(|column| numbers.contains(&column.number) && column.generated.is_some()) {
        let message = format!("column \"{}\" is a generated column", column.name);
        return Err(Stop::fails("42P10", message, copy.span));
    }
    if let CopyEndpoint::File(file) | CopyEndpoint::Program(file) = copy.endpoint {
        run.condition("58P01", format!("unless the server has what {} names", &text[file]), file);
    }
    let plain = copy
        .options
        .iter()
        .all(|option| option.name.value(text) == "format" && matches!(&option.value, CopyValue::Word(word) if word.is(text, "text")));
    let data = statement.data.filter(|_| matches!(copy.endpoint, CopyEndpoint::Client(_)));
    match data {
        Some(data) if plain && copy.condition.is_none() && matches!(target.sort, Sort::Table | Sort::Partitioned) => {
            put(run, &target, &numbers, &text[data])
        }
        _ if !takes_all(run, oid) => Err(Stop::unknown("which partitions the rows of COPY go to can't be told", copy.span)),
        _ => {
            for table in members(run, oid) {
                forget(run, table, "which rows COPY brings can't be told");
            }
            Ok(())
        }
    }
}

/// Puts the rows of a script into a table.
fn put(run: &mut Run<'_>, target: &Target, listed: &[i16], data: &str) -> Result {
    let columns: Vec<i16> = match listed {
        [] => target.columns.iter().filter(|column| column.generated.is_none()).map(|column| column.number).collect(),
        listed => listed.to_vec(),
    };
    let lines: Vec<&str> = data.lines().take_while(|line| *line != "\\.").collect();
    if lines.is_empty() {
        return Ok(());
    }
    if lines.len() > 1_000 {
        for table in members(run, target.oid) {
            forget(run, table, "more rows were put into it than are followed");
        }
        return Ok(());
    }
    let written = lines.into_iter().map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != columns.len() && !(columns.is_empty() && line.is_empty()) {
            let message = if fields.len() > columns.len() { "extra data after last expected column" } else { "missing data for column" };
            return Err(Stop::fails("22P04", message, target.span));
        }
        Ok(columns.iter().zip(fields).map(|(column, field)| (Some(*column), Given::Value(value(field)))).collect())
    });
    write(&mut Evaluator::new(run), target, written, Clauses::default()).map(drop)
}

/// A field of a line: `\N` is NULL, a backslash escapes.
fn value(field: &str) -> Value {
    if field == "\\N" {
        return Value::Null;
    }
    if !field.contains('\\') {
        return Value::Text(Arc::from(field));
    }
    // As in an E'' string, but for quotes.
    let quoted = format!("E'{}'", field.replace('\'', "''"));
    Value::Text(Arc::from(&*literal::value(&quoted, Span::new(0, quoted.len() as u32))))
}
