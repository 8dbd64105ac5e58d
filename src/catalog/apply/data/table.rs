//! The table that a change is about: its columns, its rows, what they are set to.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use imbl::Vector;

use super::super::known::shown_name;
use crate::catalog::Oid;
use crate::catalog::evaluate::check::{head_of, stored_value, values_of};
use crate::catalog::evaluate::{Cast, Evaluator, Head, Presence, Table, Variables, advance, cast};
use crate::catalog::expression::canonical::current_text;
use crate::catalog::expression::{Stored, Used};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, RelationKind};
use crate::catalog::object::{Body, Class, Name, Standing};
use crate::catalog::rows::{Contents, Row, Value};
use crate::catalog::run::Run;
use crate::syntax::expression::{ChangeTarget, ExpressionKind as Kind, Returning, read};
use crate::syntax::tree::Firing;
use crate::text::Span;

/// How many rows of a table are followed.
const MOST_ROWS: usize = 1_000;
/// How many rows of all tables are followed.
const MOST_ROWS_IN_ALL: usize = 10_000;

/// The table that a change is about.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) oid: Oid,
    pub(super) span: Span,
    /// What its rows are called.
    pub(super) name: Name,
    pub(super) head: Rc<Head>,
    pub(super) columns: Vec<Column>,
    pub(super) sort: Sort,
    /// The columns that an UPDATE sets.
    pub(super) set: Vec<i16>,
}

/// How far the rows of a target can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// An ordinary table.
    Table,
    /// A table whose rows are in its partitions.
    Partitioned,
    /// Something of which not all is known.
    Untold,
    /// A view.
    View,
}

/// The table that is written.
pub(super) fn target(run: &mut Run<'_>, written: &ChangeTarget) -> Result<Target> {
    let (schema, name) = match &written.name[..] {
        [name] => (None, name.as_str()),
        [.., schema, name] => (Some(schema.as_str()), name.as_str()),
        [] => return Err(Stop::unknown("a table without a name", written.span)),
    };
    let Some(oid) = run.find_named(Class::Relation, schema, name)? else {
        return Err(Stop::unknown("a change of PostgreSQL's own catalogs is not followed", written.span));
    };
    let called = Name::from(written.alias.as_deref().unwrap_or(name));
    of(run, oid, called, written.span)
}

/// A table as a target, under a name.
pub(super) fn of(run: &Run<'_>, oid: Oid, name: Name, span: Span) -> Result<Target> {
    let Some((object, relation)) = run.catalog.get(oid).and_then(|object| Some((object, object.relation()?))) else {
        return Err(Stop::unknown("what is changed can't be told", span));
    };
    let sort = match &relation.kind {
        RelationKind::Table if object.standing == Standing::Assumed || !relation.columns_known => Sort::Untold,
        RelationKind::Table if relation.partitioned.is_some() => Sort::Partitioned,
        RelationKind::Table => Sort::Table,
        RelationKind::View(_) => Sort::View,
        _ => Sort::Untold,
    };
    let (head, columns) = (head_of(&name, relation), relation.columns.clone());
    Ok(Target { oid, span, name, head, columns, sort, set: Vec::new() })
}

/// Refuses to say what a rule makes of a change.
pub(super) fn expect_no_rules(run: &Run<'_>, target: &Target, event: &str) -> Result {
    let has_rule = run.catalog.parts(target.oid, Class::Rule).any(|(_, object)| match &object.body {
        Body::Rule(rule) => rule.event.eq_ignore_ascii_case(event) && rule.firing != Firing::Disable,
        _ => true,
    });
    match has_rule {
        true => Err(Stop::unknown("what a rule makes of a statement is not followed", target.span)),
        false => Ok(()),
    }
}

/// The rows of a table; why they can't be told, if they can't.
pub(super) fn rows(run: &Run<'_>, table: Oid) -> std::result::Result<Vector<Row>, Arc<str>> {
    match run.catalog.rows.get(&table) {
        None => Ok(Vector::new()),
        Some(Contents::Rows(rows)) => Ok(rows.clone()),
        Some(Contents::Unknown(why)) => Err(Arc::clone(why)),
    }
}

/// Has a table hold these rows; more than are followed are unknown.
pub(super) fn keep(run: &mut Run<'_>, table: Oid, rows: Vector<Row>) {
    let in_all = || run.catalog.rows.values().map(|rows| if let Contents::Rows(rows) = rows { rows.len() } else { 0 }).sum::<usize>();
    if rows.len() > MOST_ROWS || (rows.len() > 200 && in_all() > MOST_ROWS_IN_ALL) {
        let why = format!("more rows were put into {} than are followed", shown_name(&run.catalog, table));
        return forget(run, table, why);
    }
    match rows.is_empty() {
        true => drop(run.catalog.rows.remove(&table)),
        false => drop(run.catalog.rows.insert(table, Contents::Rows(rows))),
    }
}

/// From now on it can't be told which rows a table has, also of one that was emptied.
pub(super) fn forget(run: &mut Run<'_>, table: Oid, why: impl Into<Arc<str>>) {
    run.session.truncated.retain(|emptied| *emptied != table);
    run.catalog.rows.insert(table, Contents::Unknown(why.into()));
}

/// A table and those that inherit from it.
pub(in crate::catalog) fn family(run: &Run<'_>, table: Oid) -> Vec<Oid> {
    let mut all = vec![table];
    let mut at = 0;
    while let Some(table) = all.get(at).copied() {
        let children = run.catalog.children(table);
        all.extend(children.into_iter().filter(|child| run.catalog.relation(*child).is_some_and(|relation| relation.is_table())));
        at += 1;
    }
    all
}

impl Target {
    /// The values of a row in the order of the columns.
    pub(super) fn values(&self, run: &Run<'_>, row: &Row) -> Rc<[Value]> {
        run.catalog.relation(self.oid).map_or_else(|| Rc::from([]), |relation| values_of(relation, row))
    }

    /// A row under the target's name.
    pub(super) fn bound(&self, run: &Run<'_>, row: &Row) -> (Rc<Head>, Rc<[Value]>) {
        (Rc::clone(&self.head), self.values(run, row))
    }

    /// The column with this number.
    pub(super) fn column(&self, number: i16) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }

    /// The value that a column gets if none is written.
    pub(super) fn default(&self, run: &mut Run<'_>, column: &Column) -> Result<Value> {
        if let Some((_, sequence)) = column.identity {
            return advance(run, sequence);
        }
        let Some(default) = column.default.filter(|_| column.generated.is_none()) else {
            return domain_default(run, column);
        };
        let stored = match run.catalog.get(default).map(|object| &object.body) {
            Some(Body::Default(default)) => default.expression.clone(),
            _ => return Ok(Value::Unknown),
        };
        let value = default_value(run, &stored)?;
        self.fitted(run, column, value)
    }

    /// A value as one of a column's type.
    pub(super) fn fitted(&self, run: &mut Run<'_>, column: &Column, value: Value) -> Result<Value> {
        match &column.ty {
            Some(ty) => cast(run, value, ty, Cast::Assignment).map_err(|stop| stop.or_at(self.span)),
            None => Ok(value),
        }
    }

    /// Computes the columns that are generated from the others.
    pub(super) fn generate(&self, run: &mut Run<'_>, row: &mut BTreeMap<i16, Value>) -> Result {
        for column in self.columns.iter().filter(|column| column.generated.is_some()) {
            let stored = match column.default.and_then(|default| run.catalog.get(default)).map(|object| &object.body) {
                Some(Body::Default(default)) => default.expression.clone(),
                _ => continue,
            };
            let value = stored_value(run, self.oid, &stored, &Arc::new(row.clone()))?;
            let value = self.fitted(run, column, value)?;
            row.insert(column.number, value);
        }
        Ok(())
    }

    /// What RETURNING gives for a row; `beside` are the other rows that may be named.
    pub(super) fn returned(
        &self,
        evaluator: &mut Evaluator<'_, '_>,
        returning: Option<&Returning>,
        row: &Row,
        beside: Option<&crate::catalog::evaluate::Line>,
    ) -> Result<Rc<[Value]>> {
        let Some(returning) = returning else { return Ok(Rc::from([])) };
        let bound = self.bound(evaluator.run, row);
        let all = bound.1.to_vec();
        let width = self.returned_columns(Some(returning)).len();
        let work = |evaluator: &mut Evaluator<'_, '_>| {
            let mut values = Vec::new();
            for target in &returning.targets {
                match &target.value.kind {
                    Kind::Star(parts) if parts.is_empty() && beside.is_some() => return Ok(vec![Value::Unknown; width]),
                    Kind::Star(_) => values.extend(all.iter().cloned()),
                    _ => values.push(evaluator.value(&target.value)?),
                }
            }
            Ok(values)
        };
        let values = evaluator.within(&[bound], |evaluator| match beside {
            Some(line) => evaluator.beside(line, work),
            None => work(evaluator),
        })?;
        Ok(values.into())
    }

    /// The names of what RETURNING gives.
    pub(super) fn returned_columns(&self, returning: Option<&Returning>) -> Vec<Name> {
        let mut names = Vec::new();
        for target in returning.iter().flat_map(|returning| &returning.targets) {
            match &target.value.kind {
                Kind::Star(_) => names.extend(self.columns.iter().map(|column| Name::clone(&column.name))),
                _ => names.push(Name::from(target.column_name().unwrap_or_default())),
            }
        }
        names
    }
}

/// What a change returned.
pub(super) fn given(columns: Vec<Name>, rows: Vec<Rc<[Value]>>) -> Table {
    Table { columns, rows: rows.into_iter().map(|row| (row, Presence::Certain)).collect() }
}

/// The default that a column's domain has.
fn domain_default(run: &mut Run<'_>, column: &Column) -> Result<Value> {
    use crate::catalog::model::{Type, TypeId};
    let Some(ty) = column.ty.as_ref().filter(|ty| !ty.array) else { return Ok(Value::Null) };
    let TypeId::User(oid) = ty.id else { return Ok(Value::Null) };
    match run.catalog.get(oid).and_then(|object| object.ty()) {
        Some(Type::Domain(domain)) => match domain.default.clone() {
            Some(stored) => {
                let value = default_value(run, &stored)?;
                cast(run, value, &ty.clone(), Cast::Assignment)
            }
            None => cast(run, Value::Null, &ty.clone(), Cast::Assignment),
        },
        _ => Ok(Value::Null),
    }
}

/// The value of a default. What it names is what it named when it was made.
fn default_value(run: &mut Run<'_>, stored: &Stored) -> Result<Value> {
    let tree = read(&current_text(&run.catalog, stored));
    let calls_next = matches!(&tree.kind, Kind::Call(call) if call.name.last().is_some_and(|name| name == "nextval"));
    if calls_next {
        let sequence = stored.uses.iter().find_map(|used| match used.what {
            Used::Relation(oid) => Some(oid),
            _ => None,
        });
        if let Some(sequence) = sequence {
            return advance(run, sequence);
        }
    }
    let variables = Variables::default();
    match Evaluator::with_variables(run, &variables).value(&tree) {
        Err(Stop::Unknown(_)) => Ok(Value::Unknown),
        other => other,
    }
}
