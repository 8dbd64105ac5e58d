//! CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW (`ExecCreateTableAs`).

use std::sync::Arc;

use super::{columns, empty, expect_proper, is_temporary, link_types, without};
use crate::catalog::apply::session::expect_writable;
use crate::catalog::apply::{creation, storage};
use crate::catalog::evaluate::{Evaluator, expect_populated};
use crate::catalog::expression::analysis::{self, AnalysedQuery, Scope};
use crate::catalog::expression::{Stored, expect_no_recursion, expect_safe_bodies, link};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{OnCommit, Options, Persistence, Relation, RelationKind, View};
use crate::catalog::object::{Body, Class, Name, Object};
use crate::catalog::rows::{Contents, Row, Value};
use crate::catalog::run::Run;
use crate::catalog::{ColumnNumber, Dependency, Oid};
use crate::syntax::expression::{Node, read_query};
use crate::syntax::tree::{self, Clause, CreateTableAs, Guard, Ident, Select, Storage, TableAsKind, TableSource, WithData};
use crate::text::Span;

/// Columns that every table has, and no other column is called (manual, 5.5).
const SYSTEM: [&str; 6] = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// How many rows are kept of what a query gives.
const MOST_ROWS: usize = 1_000;

/// What is made from a query.
struct Made<'s> {
    kind: TableAsKind,
    name: tree::Name,
    persistence: tree::Persistence,
    guard: Guard,
    columns: Option<&'s Clause<Vec<Ident>>>,
    storage: &'s Storage,
    filled: bool,
}

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateTableAs) -> Result {
    let query = match &create.source {
        TableSource::Query(query) => query,
        TableSource::Execute(execute) => {
            let name = execute.name.value(text);
            return match run.session.prepared.contains_key(&*name) {
                true => Err(Stop::unknown("what a prepared statement gives is not followed", execute.span)),
                false => Err(Stop::fails("26000", format!("prepared statement \"{name}\" does not exist"), execute.name.span)),
            };
        }
    };
    let analysed = analysis::query(run, text, query.span, &Scope::default())?;
    if create.kind == TableAsKind::MaterializedView {
        refuse_for_view(run, create, &analysed, query)?;
    }
    let made = Made {
        kind: create.kind,
        name: create.name,
        persistence: create.persistence,
        guard: create.guard,
        columns: create.columns.as_ref(),
        storage: &create.storage,
        filled: create.data.is_none_or(|clause| clause.value == WithData::Data),
    };
    make(run, text, &made, analysed)
}

/// What a materialized view can't be made of (`transformCreateTableAsStmt`).
fn refuse_for_view(run: &Run<'_>, create: &CreateTableAs, analysed: &AnalysedQuery, query: &tree::Query) -> Result {
    if !query.writes.is_empty() {
        let message = "materialized views must not use data-modifying statements in WITH";
        return Err(Stop::fails("0A000", message, query.span));
    }
    if is_temporary(run, &analysed.stored) {
        return Err(Stop::fails("0A000", "materialized views must not use temporary tables or views", query.span));
    }
    if let tree::Persistence::Unlogged(span) = create.persistence {
        return Err(Stop::fails("0A000", "materialized views cannot be unlogged", span));
    }
    Ok(())
}

/// `SELECT … INTO t`: the same as CREATE TABLE AS.
pub(super) fn select_into(run: &mut Run<'_>, text: &str, select: &Select) -> Result {
    let Some(into) = &select.into else { return Ok(()) };
    let analysed = analysis::query(run, &without(text, into.span), select.span, &Scope::default())?;
    let made = Made {
        kind: TableAsKind::Table,
        name: into.name,
        persistence: into.persistence,
        guard: Guard::Absent(into.span.start),
        columns: None,
        storage: &Storage::default(),
        filled: true,
    };
    make(run, text, &made, analysed)
}

fn make(run: &mut Run<'_>, text: &str, made: &Made<'_>, analysed: AnalysedQuery) -> Result {
    let what = if made.kind == TableAsKind::MaterializedView { "CREATE MATERIALIZED VIEW" } else { "CREATE TABLE AS" };
    expect_writable(run, what, None)?;
    let span = made.name.span();
    let (schema, persistence) = creation::home(run, text, made.name, made.persistence)?;
    let name = creation::new_name(text, made.name)?;
    if made.guard.is_written() && run.find_in(Class::Relation, schema, &name)?.is_some() {
        return Ok(());
    }
    creation::expect_free(run, schema, &name, span)?;
    let columns = columns(run, text, analysed.outputs.as_deref(), made.columns, "too many column names were specified")?;
    let mut relation = relation(run, text, made, persistence)?;
    for column in &columns.list {
        if SYSTEM.contains(&&*column.name) {
            let message = format!("column name \"{}\" conflicts with a system column name", column.name);
            return Err(Stop::fails("42701", message, span));
        }
    }
    expect_proper(&columns.list, span)?;
    creation::expect_no_type(run, schema, &name, span)?;
    relation.columns_known = columns.known;
    for column in columns.list {
        relation.add_column(column);
    }
    if made.filled {
        expect_no_recursion(&run.catalog, &analysed.stored, span)?;
        expect_readable(run, &analysed.stored)?;
    }
    let empty = !made.filled || empty::gives_nothing(run, &analysed.stored);
    let query = analysed.stored;
    if made.kind == TableAsKind::MaterializedView {
        relation.kind = RelationKind::MaterializedView(Arc::new(View { query: query.clone(), check_option: None, populated: made.filled }));
    }
    let oid = store(run, schema, name, relation);
    if made.kind == TableAsKind::MaterializedView {
        link(&mut run.catalog, oid, &query, None);
    }
    match made.kind {
        TableAsKind::MaterializedView if made.filled => run.safely(|run| {
            expect_safe_bodies(run, &query, span)?;
            if empty { Ok(()) } else { fill(run, oid, &query) }
        }),
        _ if empty => Ok(()),
        _ => fill(run, oid, &query),
    }
}

fn store(run: &mut Run<'_>, schema: Oid, name: Name, relation: Relation) -> Oid {
    run.catalog.settle(Class::Relation, &name);
    let oid = run.catalog.add(Object::new(name, Body::Relation(Arc::new(relation)), run.origin).in_schema(schema));
    run.catalog.link(oid, schema, Dependency::Normal);
    link_types(run, oid);
    oid
}

/// What the relation is, but for its columns.
fn relation(run: &mut Run<'_>, text: &str, made: &Made<'_>, persistence: Persistence) -> Result<Relation> {
    let storage = made.storage;
    let on_commit = match storage.on_commit {
        Some(clause) if persistence != Persistence::Temporary => {
            return Err(Stop::fails("42P16", "ON COMMIT can only be used on temporary tables", clause.span));
        }
        Some(clause) => match clause.value {
            tree::OnCommit::Drop => OnCommit::Drop,
            tree::OnCommit::DeleteRows => OnCommit::DeleteRows,
            tree::OnCommit::PreserveRows => OnCommit::PreserveRows,
        },
        None => OnCommit::PreserveRows,
    };
    let tablespace = storage::tablespace(run, text, storage.tablespace.as_ref())?;
    let options = match &storage.parameters {
        Some(parameters) => storage::parameters(text, &parameters.value, storage::Holder::Table)?,
        None => Options::new(),
    };
    let method = method(run, text, storage)?;
    Ok(Relation { persistence, options, tablespace, method, on_commit, ..Relation::new(RelationKind::Table) })
}

fn method(run: &mut Run<'_>, text: &str, storage: &Storage) -> Result<Option<Name>> {
    let Some(clause) = &storage.method else { return Ok(None) };
    let name = clause.value.value(text);
    if name == "heap" {
        return Ok(None);
    }
    if run.find_in(Class::AccessMethod, Oid::NONE, &name)?.is_none() && !run.may_assume(Class::AccessMethod, &name) {
        return Err(Stop::fails("42704", format!("access method \"{name}\" does not exist"), clause.value.span));
    }
    Ok(Some(Name::from(&*name)))
}

/// Gives a materialized view the rows of its query, for REFRESH.
///
/// # Errors
/// 42P17 if that reads a view which reads itself; what stands in the way of reading what it reads.
pub(super) fn refill(run: &mut Run<'_>, oid: Oid, filled: bool, span: Span) -> Result {
    let query = run.catalog.relation(oid).and_then(Relation::view).map(|view| view.query.clone());
    let Some(query) = query else { return Ok(()) };
    if filled {
        expect_no_recursion(&run.catalog, &query, span)?;
        expect_readable(run, &query)?;
    }
    run.catalog.update_relation(oid, |relation| {
        if let RelationKind::MaterializedView(view) = &mut relation.kind {
            Arc::make_mut(view).populated = filled;
        }
    });
    if filled {
        run.safely(|run| expect_safe_bodies(run, &query, span))?;
    }
    if !filled || empty::gives_nothing(run, &query) {
        run.catalog.rows.remove(&oid);
        return Ok(());
    }
    if run.catalog.indexes(oid).any(|(_, index)| index.unique) {
        run.condition("23505", "if what the query gives is not unique", span);
    }
    let filled = run.safely(|run| fill(run, oid, &query));
    if let Err(Stop::Fails(failure)) = &filled
        && run.world.target.major() >= 17
    {
        return Err(Stop::unknown(format!("whether its query can be run can't be told: {}", failure.message), span));
    }
    if filled.is_err() {
        run.catalog.rows.insert(oid, Contents::Unknown("what the query gave can't be told".into()));
    }
    Ok(())
}

fn expect_readable(run: &Run<'_>, query: &Stored) -> Result {
    query.relations().try_for_each(|relation| expect_populated(run, relation))
}

/// Keeps the rows that a query gives in a relation that is made from it.
///
/// # Errors
/// What running the query raises.
fn fill(run: &mut Run<'_>, oid: Oid, query: &Stored) -> Result {
    let numbers: Vec<ColumnNumber> =
        run.catalog.relation(oid).into_iter().flat_map(|relation| &relation.columns).map(|column| column.number).collect();
    let table = match read_query(&query.text) {
        Some(tree) => match Evaluator::new(run).query(&tree) {
            Ok(table) => Some(table),
            // What code does on the way is more than rows.
            Err(stop @ Stop::Unknown(_)) if Evaluator::new(run).calls_code(Node::Query(&tree)) => return Err(stop),
            Err(Stop::Unknown(_)) => None,
            Err(stop) => return Err(stop),
        },
        None => None,
    };
    let contents = match table.filter(|table| table.is_certain() && table.rows.len() <= MOST_ROWS && table.columns.len() == numbers.len()) {
        Some(table) => {
            let row = |values: &[Value]| -> Row { Arc::new(numbers.iter().copied().zip(values.iter().cloned()).collect()) };
            Contents::Rows(table.rows.iter().map(|(values, _)| row(values)).collect())
        }
        None => Contents::Unknown("what the query gave can't be told".into()),
    };
    match contents {
        Contents::Rows(rows) if rows.is_empty() => drop(run.catalog.rows.remove(&oid)),
        contents => drop(run.catalog.rows.insert(oid, contents)),
    }
    Ok(())
}
