//! The rows of what stands in FROM: tables and views of the history, system catalogs, common table expressions, queries.

use std::rc::Rc;

use super::expression::perhaps;
use super::system::{self, Hints};
use super::{Assumed, Evaluator, Head, Presence, Table, Value};
use crate::catalog::Oid;
use crate::catalog::expression::canonical::current_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Relation, RelationKind, Sequence};
use crate::catalog::object::{Class, Name, Standing};
use crate::catalog::replay::deed;
use crate::catalog::rows::Contents;
use crate::catalog::run::Run;
use crate::syntax::expression::{
    Body, CommonTableStatement, Expression, ExpressionKind as Kind, FromItem, FromItemKind, FunctionInFrom, Inheritance, Node, Ordinality,
    Query, RelationInFrom, read_query,
};

/// What a relation's name means.
enum Named {
    Common(Rc<Table>),
    System(&'static crate::postgres::facts::RelationFact),
    Own(Oid),
    /// It can't be told.
    Untold,
}

impl CommonTableStatement {
    /// Whether it reads a table called `name`, such as itself.
    pub(super) fn reads(&self, name: &str) -> bool {
        let CommonTableStatement::Query(query) = self else { return false };
        let mut reads = false;
        query.walk(&mut |node| {
            if let Node::From(item) = node
                && let FromItemKind::Relation(relation) = &item.kind
            {
                reads |= relation.name.len() == 1 && relation.name[0] == name;
            }
        });
        reads
    }
}

impl Evaluator<'_, '_> {
    /// The name and the columns of an item of FROM that is no join.
    pub(super) fn head(&mut self, item: &FromItem) -> Result<Head> {
        Ok(match &item.kind {
            FromItemKind::Relation(relation) => self.relation_head(relation)?,
            FromItemKind::Query { query, alias, .. } => {
                let (mut columns, complete) = self.query_columns(query)?;
                let names = alias.as_ref().map_or(&[][..], |alias| &alias.columns);
                rename(&mut columns, names);
                Head { name: alias.as_ref().map(|alias| Name::from(alias.name.as_str())), columns, complete }
            }
            FromItemKind::Function(function) => function_head(function),
            FromItemKind::Special { alias, .. } => {
                let name = alias.as_ref().map(|alias| Name::from(alias.name.as_str()));
                Head { name, columns: Vec::new(), complete: false }
            }
            FromItemKind::Join(_) | FromItemKind::Unread => Head { name: None, columns: Vec::new(), complete: false },
        })
    }

    fn relation_head(&mut self, relation: &RelationInFrom) -> Result<Head> {
        let own = relation.name.last().map_or("", String::as_str);
        let name = Name::from(relation.alias.as_ref().map_or(own, |alias| alias.name.as_str()));
        let (mut columns, complete) = match self.meaning(relation)? {
            Named::Common(table) => (table.columns.clone(), true),
            Named::System(fact) => (fact.columns(self.run.world.target).map(|column| Name::from(column.name)).collect(), true),
            Named::Own(oid) => match self.run.catalog.relation(oid) {
                Some(found) => (names_of(found), found.columns_known),
                None => (Vec::new(), false),
            },
            Named::Untold => (Vec::new(), false),
        };
        rename(&mut columns, relation.alias.as_ref().map_or(&[][..], |alias| &alias.columns));
        Ok(Head { name: Some(name), columns, complete })
    }

    fn meaning(&mut self, relation: &RelationInFrom) -> Result<Named> {
        let (schema, name) = match &relation.name[..] {
            [name] => (None, name.as_str()),
            [.., schema, name] => (Some(schema.as_str()), name.as_str()),
            [] => return Ok(Named::Untold),
        };
        if schema.is_none()
            && let Some((_, table)) = self.tables.iter().rev().find(|(known, _)| **known == *name)
        {
            return Ok(Named::Common(Rc::clone(table)));
        }
        if let Some(fact) = system::fact(self.run, schema, name) {
            return Ok(Named::System(fact));
        }
        Ok(self.run.find_named(Class::Relation, schema, name)?.map_or(Named::Untold, Named::Own))
    }

    /// Whether an item of FROM is a table of which a server has no other way to read rows than to go through all of them.
    pub(super) fn is_read_whole(&mut self, item: &FromItem) -> Result<bool> {
        let FromItemKind::Relation(relation) = &item.kind else { return Ok(false) };
        let Named::Own(oid) = self.meaning(relation)? else { return Ok(false) };
        let catalog = &self.run.catalog;
        let is_table = catalog.get(oid).is_some_and(|object| object.standing == Standing::Made)
            && catalog.relation(oid).is_some_and(|found| found.kind == RelationKind::Table && found.partitioned.is_none());
        Ok(is_table && catalog.indexes(oid).next().is_none() && catalog.children(oid).is_empty())
    }

    /// The view that a name means.
    pub(super) fn view_of(&mut self, relation: &RelationInFrom) -> Option<Oid> {
        match self.meaning(relation) {
            Ok(Named::Own(oid)) => Some(oid).filter(|oid| self.run.catalog.relation(*oid).is_some_and(|found| found.view().is_some())),
            _ => None,
        }
    }

    /// The names of what a query gives, and whether these are all.
    pub(super) fn query_columns(&mut self, query: &Query) -> Result<(Vec<Name>, bool)> {
        match &query.body {
            Body::Values(rows) => Ok(((1..=rows.first().map_or(0, Vec::len)).map(|at| Name::from(format!("column{at}"))).collect(), true)),
            Body::SetOperation(operation) => match operation.parts.first() {
                Some(first) => self.query_columns(first),
                None => Ok((Vec::new(), true)),
            },
            Body::Select(select) => {
                let stars = select.targets.iter().any(|target| matches!(target.value.kind, Kind::Star(_) | Kind::AllFields(_)));
                if stars && query.with.is_some() {
                    return Ok((Vec::new(), false));
                }
                let mut columns = Vec::new();
                for target in &select.targets {
                    match &target.value.kind {
                        Kind::Star(parts) => columns.extend(self.heads(&select.from, parts)),
                        Kind::AllFields(_) => return Ok((Vec::new(), false)),
                        _ => columns.push(Name::from(target.column_name().unwrap_or_default())),
                    }
                }
                Ok((columns, true))
            }
        }
    }

    /// The rows of an item of FROM, with those left out that `conditions` rule out anyway.
    pub(super) fn rows_of(&mut self, item: &FromItem, head: &Rc<Head>, conditions: &[&Expression]) -> Result<Table> {
        let columns = head.columns.clone();
        match &item.kind {
            FromItemKind::Relation(relation) => {
                let rows = match self.meaning(relation)? {
                    Named::Common(table) => table.rows.clone(),
                    Named::System(fact) => {
                        let names: Vec<Name> = fact.columns(self.run.world.target).map(|column| Name::from(column.name)).collect();
                        let hints = self.hints(head, &names, conditions);
                        system::rows(self.run, fact, &hints)?
                    }
                    Named::Own(oid) => self.own_rows(oid, relation.inheritance)?,
                    Named::Untold => Table::untold(columns.clone()).rows,
                };
                let mut table = Table { columns, rows };
                if relation.sample.is_some() {
                    table.rows.iter_mut().for_each(|(_, presence)| *presence = Presence::Maybe);
                }
                Ok(table)
            }
            FromItemKind::Query { query, .. } => {
                let table = self.query(query)?;
                match table.rows.iter().all(|(row, _)| row.len() == columns.len()) {
                    true => Ok(Table { columns, rows: table.rows }),
                    false => Ok(Table::untold(columns)),
                }
            }
            FromItemKind::Function(function) => self.function_rows(function, head),
            FromItemKind::Special { .. } | FromItemKind::Join(_) | FromItemKind::Unread => Ok(Table::untold(columns)),
        }
    }

    /// What conditions demand of single columns: that they equal a value.
    fn hints(&mut self, head: &Head, names: &[Name], conditions: &[&Expression]) -> Hints {
        let mut hints = Hints::default();
        for condition in conditions {
            let Kind::Operator(operator) = &condition.kind else { continue };
            let (Some(left), "=") = (&operator.left, operator.sign()) else { continue };
            for (column, other) in [(left, &operator.right), (&operator.right, left)] {
                let column = match &column.kind {
                    Kind::Cast(inner, _) => inner,
                    _ => column,
                };
                let Some(name) = column.as_column().and_then(<[String]>::last) else { continue };
                let Some(at) = head.columns.iter().position(|own| **own == **name) else { continue };
                if is_simple(other, head)
                    && let Ok(value) = self.expression(other)
                {
                    hints.insert(&names[at.min(names.len() - 1)], value);
                }
            }
        }
        hints
    }

    /// The rows of a relation of the catalog.
    fn own_rows(&mut self, oid: Oid, inheritance: Inheritance) -> Result<Vec<(Rc<[Value]>, Presence)>> {
        expect_populated(self.run, oid)?;
        let Some(object) = self.run.catalog.get(oid) else { return Ok(Vec::new()) };
        let Some(relation) = object.relation() else { return Ok(Vec::new()) };
        let columns = names_of(relation);
        let untold = || Table::untold(columns.clone()).rows;
        match &relation.kind {
            RelationKind::Table | RelationKind::MaterializedView(_) if object.standing == Standing::Made => {}
            // What the history did not put there is not there; that there may be such rows is a condition.
            _ if object.standing == Standing::Assumed && self.assumed == Assumed::Empty && !self.run.catalog.rows.contains_key(&oid) => {
                return Ok(Vec::new());
            }
            RelationKind::View(view) if object.standing == Standing::Made => {
                let text = current_text(&self.run.catalog, &view.query);
                let Some(query) = read_query(&text) else { return Ok(untold()) };
                let width = columns.len();
                // It sees nothing of what stands around it.
                let result = Evaluator { tables: Vec::new(), ..Evaluator::new(self.run) }.query(&query);
                return match result {
                    Ok(table) if table.rows.iter().all(|(row, _)| row.len() == width) => Ok(table.rows),
                    // Of its columns only those are computed that are read.
                    Err(stop @ Stop::Fails(_)) => Err(perhaps(stop, "what of a view is computed")),
                    _ => Ok(untold()),
                };
            }
            // Whoever writes to a table counts on.
            RelationKind::Sequence(_) => return Ok(vec![(columns.iter().map(|_| Value::NotNull).collect(), Presence::Certain)]),
            _ => return Ok(untold()),
        }
        let mut tables = vec![oid];
        if inheritance == Inheritance::WithChildren {
            let mut at = 0;
            while let Some(table) = tables.get(at).copied() {
                tables.extend(self.run.catalog.children(table).into_iter().filter(|child| !tables.contains(child)).collect::<Vec<_>>());
                at += 1;
            }
        }
        let mut rows = Vec::new();
        for table in tables {
            rows.extend(table_rows(self.run, table, &columns));
        }
        Ok(rows)
    }
}

/// The names of what can be read of a relation.
fn names_of(relation: &Relation) -> Vec<Name> {
    match relation.kind {
        RelationKind::Sequence(_) => Sequence::COLUMNS.iter().map(|(name, _)| Name::from(*name)).collect(),
        _ => relation.columns.iter().map(|column| Name::clone(&column.name)).collect(),
    }
}

/// Refuses to read a materialized view WITH NO DATA, be it behind views, whatever is asked of it.
///
/// # Errors
/// 55000.
pub(in crate::catalog) fn expect_populated(run: &Run<'_>, relation: Oid) -> Result {
    let mut relations = vec![relation];
    let mut at = 0;
    while let Some(relation) = relations.get(at).copied() {
        at += 1;
        let Some(object) = run.catalog.get(relation).filter(|object| object.standing == Standing::Made) else { continue };
        match object.relation().map(|relation| &relation.kind) {
            Some(RelationKind::MaterializedView(view)) if !view.populated => {
                return Err(Stop::fails("55000", format!("materialized view \"{}\" has not been populated", object.name), None));
            }
            Some(RelationKind::View(view)) => {
                let read = view.query.relations().filter(|relation| !relations.contains(relation)).collect::<Vec<_>>();
                relations.extend(read);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The rows of a table, as rows of these columns.
pub(super) fn table_rows(run: &Run<'_>, table: Oid, columns: &[Name]) -> Vec<(Rc<[Value]>, Presence)> {
    let Some(relation) = run.catalog.relation(table) else { return Vec::new() };
    match run.catalog.rows.get(&table) {
        _ if deed::holds_any_rows(run, table) => Table::untold(columns.to_vec()).rows,
        None => Vec::new(),
        Some(Contents::Unknown(_)) => Table::untold(columns.to_vec()).rows,
        Some(Contents::Rows(rows)) => {
            let numbers: Vec<_> = columns.iter().map(|name| relation.column(name).map(|column| column.number)).collect();
            let values = |row: &crate::catalog::Row| -> Rc<[Value]> {
                numbers.iter().map(|number| number.and_then(|number| row.get(&number)).cloned().unwrap_or(Value::Null)).collect()
            };
            rows.iter().map(|row| (values(row), Presence::Certain)).collect()
        }
    }
}

fn rename(columns: &mut [Name], names: &[String]) {
    for (column, name) in columns.iter_mut().zip(names) {
        *column = Name::from(name.as_str());
    }
}

/// Whether an expression has a value without any row of FROM, and nothing is done for it.
fn is_simple(expression: &Expression, head: &Head) -> bool {
    match &expression.kind {
        Kind::Constant(_) => true,
        Kind::Cast(value, _) => is_simple(value, head),
        Kind::Value(..) => true,
        Kind::Column(parts) => {
            let own = |name: &String| head.columns.iter().any(|column| **column == **name);
            match &parts[..] {
                [name] => !own(name) && head.name.as_deref() != Some(name.as_str()),
                [.., table, _] => head.name.as_deref() != Some(table.as_str()),
                [] => false,
            }
        }
        Kind::Call(call) => call.arguments.is_empty() && matches!(call.name.last().map(String::as_str), Some("current_schema")),
        _ => false,
    }
}

fn function_head(function: &FunctionInFrom) -> Head {
    let own = function.calls.first().and_then(|(call, _)| match &call.kind {
        Kind::Call(call) => call.name.last().cloned(),
        Kind::Value(value, _) => Some(value.word().to_owned()),
        _ => None,
    });
    let name = function.alias.as_ref().map(|alias| alias.name.clone()).or(own.clone()).map(Name::from);
    let defined: Vec<Name> = function
        .calls
        .iter()
        .flat_map(|(_, columns)| columns)
        .chain(&function.columns)
        .map(|column| Name::from(column.name.as_str()))
        .collect();
    let single = super::function::set(own.as_deref().unwrap_or_default(), &[]).is_some() || own.as_deref().is_some_and(is_scalar);
    let mut columns = match (defined.is_empty(), single && function.calls.len() == 1) {
        (false, _) => defined,
        (true, true) => vec![name.clone().unwrap_or_default()],
        (true, false) => Vec::new(),
    };
    let mut complete = !columns.is_empty();
    if function.ordinality == Ordinality::Yes {
        columns.push(Name::from("ordinality"));
    }
    let names = function.alias.as_ref().map_or(&[][..], |alias| &alias.columns);
    if !complete && !names.is_empty() {
        columns = names.iter().map(|name| Name::from(name.as_str())).collect();
        complete = false;
    }
    rename(&mut columns, names);
    Head { name, columns, complete }
}

/// Whether a function of PostgreSQL's gives one value.
fn is_scalar(name: &str) -> bool {
    let mut facts = crate::postgres::facts::system().functions(name, crate::syntax::Version::NEWEST).peekable();
    facts.peek().is_some() && facts.all(|fact| !fact.returns_set && fact.outputs().next().is_none())
}
