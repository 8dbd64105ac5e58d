//! The keys of an index as they are written: columns and expressions, collations, operator classes, order (`ComputeIndexAttrs`).

use super::method::{Abilities, operator_class};
use crate::catalog::apply::constraint::{column_number, table_name};
use crate::catalog::apply::{Statement, storage};
use crate::catalog::collation;
use crate::catalog::expression::analysis::{self, Place, Scope, expression};
use crate::catalog::expression::{Filling, Stored, Use, Used};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{IndexKey, KeySubject, Options, TypeUse};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Oid, types};
use crate::syntax::expression::{Constant, ExpressionKind as Kind, read};
use crate::syntax::tree::{self, Clause, Direction, Expr, NullsOrder};

/// What a key is on, and its type.
pub(in crate::catalog::apply) type Subject = (KeySubject, Option<TypeUse>);

/// Analyses the keys that are expressions: PostgreSQL does so before it looks at anything else, columns too (`transformIndexStmt`).
pub(in crate::catalog::apply) fn expressions<'k>(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    keys: impl Iterator<Item = &'k tree::IndexKey>,
) -> Result<Vec<Option<Subject>>> {
    let analysed = keys.map(|key| match key.subject {
        tree::KeySubject::Column(_) => Ok(None),
        written => subject(run, statement, table, written, Place::IndexExpression).map(Some),
    });
    analysed.collect()
}

/// A key of an index on `table`, which has been analysed if it is an expression.
pub(in crate::catalog::apply) fn key(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    (method, abilities): (&str, Abilities),
    written: &tree::IndexKey,
    analysed: Option<Subject>,
) -> Result<IndexKey> {
    let text = statement.text;
    let (subject, ty) = match analysed {
        Some(analysed) => analysed,
        None => subject(run, statement, table, written.subject, Place::IndexExpression)?,
    };
    let collation = match &written.collation {
        Some(clause) => key_collation(run, text, clause, ty.as_ref(), table, &subject)?,
        None => None,
    };
    let class = operator_class(run, text, method, ty.as_ref(), written.class.as_ref(), written.span)?;
    let class_options = match written.class.as_ref().and_then(|class| class.parameters.as_ref()) {
        Some(parameters) => storage::parameters(text, &parameters.value, storage::Holder::Any)?,
        None => Options::new(),
    };
    if !abilities.order
        && let Some(span) = written.direction.map(|clause| clause.span).or(written.nulls.map(|clause| clause.span))
    {
        let what = if written.direction.is_some() { "ASC/DESC" } else { "NULLS FIRST/LAST" };
        let message = format!("access method \"{method}\" does not support {what} options");
        return Err(Stop::fails("0A000", message, span));
    }
    let descending = written.direction.is_some_and(|clause| clause.value == Direction::Descending);
    let nulls_first = written.nulls.map_or(descending, |clause| clause.value == NullsOrder::First);
    Ok(IndexKey { subject, collation, class, class_options, descending, nulls_first, exclusion: None })
}

/// What a key of an index or a partitioned table is on, and its type. A column in parentheses is a column.
pub(in crate::catalog::apply) fn subject(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    written: tree::KeySubject,
    place: Place,
) -> Result<Subject> {
    let text = statement.text;
    let span = match written {
        tree::KeySubject::Column(column) => {
            let name = column.value(text);
            if let Some(refused) = system_column(&name) {
                return Err(Stop::fails(refused.0, refused.1, column.span));
            }
            let Some(number) = column_number(run, table, &name, column.span)? else {
                let message = match place {
                    Place::PartitionKey => format!("column \"{name}\" named in partition key does not exist"),
                    _ => format!("column \"{name}\" does not exist"),
                };
                return Err(Stop::fails("42703", message, column.span));
            };
            return Ok((KeySubject::Column(number), type_of(run, table, number)));
        }
        tree::KeySubject::Call(expression) | tree::KeySubject::Expression(expression) => expression.span,
    };
    let scope = Scope::of(table_name(run, table), table, place);
    let stored = expression(run, text, span, &scope)?;
    if let Some(number) = lone_column(run, table, &stored)? {
        return Ok((KeySubject::Column(number), type_of(run, table, number)));
    }
    let ty = stored.ty.clone();
    Ok((KeySubject::Expression(stored), ty))
}

fn type_of(run: &Run<'_>, table: Oid, column: ColumnNumber) -> Option<TypeUse> {
    run.catalog.column(Address::column(table, column)).and_then(|column| column.ty.clone())
}

/// The column that an expression is, if it is nothing else: a cast to the type that it has says nothing, also one that is written like a call.
pub(in crate::catalog::apply) fn lone_column(run: &mut Run<'_>, table: Oid, stored: &Stored) -> Result<Option<ColumnNumber>> {
    let column = |used: &Use| match used.what {
        Used::Column(address) if address.object == table => Some((used.span, address.column)),
        _ => None,
    };
    let mut columns = stored.uses.iter().filter_map(column);
    let (Some((span, number)), None) = (columns.next(), columns.next()) else { return Ok(None) };
    let own = type_of(run, table, number);
    let tree = read(&stored.text);
    let mut inner = &tree;
    let called = |span| stored.filled.iter().find(|(place, filling)| *place == span && matches!(filling, Filling::Cast(_)));
    loop {
        let (value, to) = match &inner.kind {
            Kind::Cast(value, ty) => (&**value, types::resolve(run, ty, inner.span)?),
            Kind::Call(call) => match (called(inner.span), &*call.arguments) {
                (Some((_, Filling::Cast(ty))), [argument]) => (&argument.value, ty.clone()),
                _ => break,
            },
            _ => break,
        };
        let same = own.as_ref().is_some_and(|own| own.is_same_type(&to) && to.modifier == own.modifier);
        if !same {
            return Ok(None);
        }
        inner = value;
    }
    Ok((inner.span == span).then_some(number))
}

/// What PostgreSQL says of an index on a column that every table has.
fn system_column(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "ctid" | "tableoid" => Some(("0A000", "index creation on system columns is not supported")),
        "xmin" | "xmax" => Some(("42704", "data type xid has no default operator class for access method \"btree\"")),
        "cmin" | "cmax" => Some(("42704", "data type cid has no default operator class for access method \"btree\"")),
        _ => None,
    }
}

/// WHERE of an index; none where it is true of every row.
pub(in crate::catalog::apply) fn predicate(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    written: Expr,
) -> Result<Option<Stored>> {
    let scope = Scope::of(table_name(run, table), table, Place::IndexPredicate);
    let stored = expression(run, statement.text, written.span, &scope)?;
    let always = read(&stored.text).as_constant() == Some(&Constant::Boolean(true));
    Ok(Some(stored).filter(|_| !always))
}

/// What an index calls a key.
pub(in crate::catalog::apply) fn key_name(statement: Statement<'_>, written: &tree::IndexKey) -> Name {
    match written.subject {
        tree::KeySubject::Column(column) => Name::from(&*column.value(statement.text)),
        tree::KeySubject::Call(expression) | tree::KeySubject::Expression(expression) => {
            analysis::name_of(&statement.text[expression.span]).map_or_else(|| Name::from("expr"), Name::from)
        }
    }
}

/// COLLATE of a key; none if it is the column's own.
fn key_collation(
    run: &mut Run<'_>,
    text: &str,
    written: &Clause<tree::Name>,
    ty: Option<&TypeUse>,
    table: Oid,
    subject: &KeySubject,
) -> Result<Option<Name>> {
    let name = collation::collation(run, text, written.value, ty)?;
    let own = match subject {
        KeySubject::Column(number) => run.catalog.column(Address::column(table, *number)).and_then(|column| column.collation.clone()),
        KeySubject::Expression(_) => None,
    };
    Ok(match name {
        Some(name) => Some(name).filter(|name| Some(name) != own.as_ref()),
        None => own.map(|_| Name::from("pg_catalog.\"default\"")),
    })
}
