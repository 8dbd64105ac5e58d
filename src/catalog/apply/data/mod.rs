//! What reads and changes rows.
//!
//! A statement is analysed first, for what PostgreSQL refuses whatever the rows are, and then evaluated on the rows that the history put into
//! its tables. Where there are none, a query finds nothing, whatever it would compute. Rows are followed up to a bound; beyond it, and where it
//! can't be told which rows change, those of the table are unknown.

mod conflict;
mod copy;
mod delete;
mod demand;
mod fill;
mod insert;
mod merge;
mod published;
mod reference;
mod table;
mod trigger;
mod truncate;
mod update;
mod write;

use super::Statement;
use crate::catalog::evaluate::{Assumed, Evaluator, Table, Variables, system_fact};
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::expression::expect_no_recursion;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::syntax::expression::{self, DataChange, read_data_change, read_query};
use crate::syntax::tree::Node;
use crate::text::Span;

pub(super) use demand::{expect_index, expect_keys};
pub(super) use fill::{convert_column, fill_column};
pub(in crate::catalog) use reference::check_deferred;
pub(in crate::catalog) use table::family;

/// What a statement gave.
#[derive(Debug)]
pub(in crate::catalog) struct Outcome {
    /// Its rows.
    pub(in crate::catalog) table: Table,
    /// How many rows it changed, or gave; none if that can't be told.
    pub(in crate::catalog) count: Option<usize>,
    /// Whether it says that it changes rows.
    pub(in crate::catalog) changes: bool,
}

impl Outcome {
    /// That of a change of no rows, which returns these columns.
    fn nothing(columns: Vec<Name>) -> Outcome {
        Outcome { table: Table { columns, rows: Vec::new() }, count: Some(0), changes: true }
    }

    /// That of a change of which nobody knows which rows it meets.
    fn untold(columns: Vec<Name>) -> Outcome {
        Outcome { table: Table::untold(columns), count: None, changes: true }
    }
}

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let Statement { text, node, .. } = statement;
    let span = match node {
        Node::Truncate(truncate) => return truncate::apply(run, text, truncate),
        Node::Copy(copy) => return copy::apply(run, statement, copy),
        Node::Select(select) if select.into.is_some() => {
            return Err(Stop::unknown("a table that SELECT makes is not followed", select.span));
        }
        Node::Select(select) => select.span,
        Node::Insert(insert) => insert.span,
        Node::Update(update) => update.span,
        Node::Delete(delete) => delete.span,
        Node::Merge(merge) => merge.span,
        _ => return Err(Stop::unknown("this kind of statement is not replayed", None)),
    };
    let outcome = execute(run, &text[span], &Variables::default(), Place::Anywhere).map_err(|stop| stop.shifted(span.start))?;
    drop(outcome);
    Ok(())
}

/// The names that variables bring into scope.
pub(in crate::catalog) fn scope(variables: &Variables, place: Place) -> Scope {
    let values = variables.all().map(|variable| (Name::clone(&variable.name), variable.ty.clone()));
    let labels = variables.labels().map(|label| (Name::clone(label), None));
    // What EXECUTE hands over has no names.
    let unnamed = if variables.all().next().is_none() { variables.parameters.len() } else { 0 };
    let unnamed = (1..=unnamed).map(|number| (Name::from(format!("${number}")), None));
    Scope { relations: Vec::new(), values: unnamed.chain(values).chain(labels).collect(), place }
}

/// Runs a query or a data change.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told. Spans count from the start of `source`.
pub(in crate::catalog) fn execute(run: &mut Run<'_>, source: &str, variables: &Variables, place: Place) -> Result<Outcome> {
    execute_for(run, source, variables, place, None)
}

/// Runs a query of which no more than so many rows are asked for, or a data change.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told. Spans count from the start of `source`.
pub(in crate::catalog) fn execute_for(
    run: &mut Run<'_>,
    source: &str,
    variables: &Variables,
    place: Place,
    most: Option<usize>,
) -> Result<Outcome> {
    let whole = Span::new(0, source.len() as u32);
    let change = read_data_change(source);
    if let Some(change) = &change
        && is_system(run, change)?
    {
        return change_of_system(change, whole);
    }
    let analysed = analysis::statement(run, source, whole, &scope(variables, place))?;
    expect_no_recursion(&run.catalog, &analysed, whole)?;
    if let Some(change) = change {
        let mut evaluator = Evaluator::with_variables(run, variables);
        evaluator.take_assumed_as(Assumed::Empty);
        return change_of(&mut evaluator, &change);
    }
    let Some(query) = read_query(source) else {
        return Err(Stop::unknown("the query is too long, or not read", whole));
    };
    let table = Evaluator::with_variables(run, variables).query_for(&query, most)?;
    let count = table.is_certain().then_some(table.rows.len());
    let tables = query.with.iter().flat_map(|with| &with.tables);
    let changes = tables.into_iter().any(|table| matches!(table.statement, expression::CommonTableStatement::Change(_)));
    Ok(Outcome { table, count, changes })
}

/// Whether a change is one of PostgreSQL's own catalogs.
fn is_system(run: &mut Run<'_>, change: &DataChange) -> Result<bool> {
    let (schema, name) = match &change.target().name[..] {
        [name] => (None, name.as_str()),
        [.., schema, name] => (Some(schema.as_str()), name.as_str()),
        [] => return Ok(false),
    };
    Ok(system_fact(run, schema, name).is_some() && run.find_named(Class::Relation, schema, name)?.is_none())
}

/// A change of PostgreSQL's own catalogs: what is not modelled may change.
fn change_of_system(change: &DataChange, span: Span) -> Result<Outcome> {
    const FREE: &[(&str, &[&str])] = &[
        ("pg_index", &["indisready", "indislive", "indcheckxmin", "indisclustered"]),
        ("pg_class", &["reltuples", "relpages", "relallvisible", "relfrozenxid", "relminmxid"]),
        ("pg_database", &["datallowconn", "datconnlimit", "datistemplate"]),
    ];
    let table = change.target().name.last().map_or("", String::as_str);
    if let DataChange::Update(update) = change
        && let Some((_, free)) = FREE.iter().find(|(name, _)| *name == table)
        && update.set.iter().flat_map(|set| set.target.columns()).all(|column| free.contains(&column.column.as_str()))
    {
        return Ok(Outcome::untold(Vec::new()));
    }
    Err(Stop::unknown(format!("what a change of `{table}` does is not followed"), span))
}

/// Runs a data change in a WITH; gives what it returns.
///
/// # Errors
/// What PostgreSQL raises, or that it can't be told.
pub(in crate::catalog) fn change_in(evaluator: &mut Evaluator<'_, '_>, change: &DataChange) -> Result<Table> {
    Ok(change_of(evaluator, change)?.table)
}

fn change_of(evaluator: &mut Evaluator<'_, '_>, change: &DataChange) -> Result<Outcome> {
    let tables = evaluator.open_tables();
    let mut expressions = Vec::new();
    expression::Node::Change(change).each_part(&mut |part| {
        if let expression::Node::Expression(expression) = part {
            expressions.push(expression);
        }
    });
    expressions.into_iter().try_for_each(|expression| evaluator.expect_computed(expression))?;
    evaluator.with_of(change)?;
    let result = match change {
        DataChange::Insert(insert) => insert::insert(evaluator, insert),
        DataChange::Update(update) => update::update(evaluator, update),
        DataChange::Delete(delete) => delete::delete(evaluator, delete),
        DataChange::Merge(merge) => merge::merge(evaluator, merge),
    };
    evaluator.close_tables(tables);
    result
}
