//! Views, materialized views, and tables that are made from a query.
//!
//! Their columns are what the query gives. A view depends on everything that its query uses; a table keeps no memory of it.

mod empty;
mod plain;
mod refresh;
mod table_as;
mod updatable;

use super::Statement;
use crate::catalog::expression::analysis::Output;
use crate::catalog::expression::{Stored, Used};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Persistence, TypeId};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::catalog::{Address, Oid};
use crate::syntax::tree::{Clause, Ident, Node};
use crate::text::Span;

/// Applies a statement of this family.
pub(super) fn apply(run: &mut Run<'_>, statement: Statement<'_>) -> Result {
    let text = statement.text;
    match statement.node {
        Node::CreateView(create) => plain::create(run, text, create),
        Node::CreateTableAs(create) => table_as::create(run, text, create),
        Node::Select(select) => table_as::select_into(run, text, select),
        Node::RefreshMaterializedView(refresh) => refresh::refresh(run, text, refresh),
        _ => Err(Stop::unknown("this kind of statement is not replayed", None)),
    }
}

/// The columns of a relation that is made from a query, and whether they are all of them.
struct Columns {
    list: Vec<Column>,
    known: bool,
}

/// The columns that a query gives, under the names that are written for the first of them.
///
/// # Errors
/// 42601 with `too_many` as message if more are written than there are.
fn columns(run: &Run<'_>, text: &str, outputs: Option<&[Output]>, written: Option<&Clause<Vec<Ident>>>, too_many: &str) -> Result<Columns> {
    let names = written.map_or(&[][..], |clause| &clause.value[..]);
    let Some(outputs) = outputs else {
        let list = names.iter().map(|name| Column::new(0, name.value(text).as_ref(), None)).collect();
        return Ok(Columns { list, known: false });
    };
    if names.len() > outputs.len() {
        return Err(Stop::fails("42601", too_many, written.map(|clause| clause.span)));
    }
    let list = outputs.iter().enumerate().map(|(at, output)| {
        let name = names.get(at).map_or_else(|| Name::clone(&output.name), |name| Name::from(name.value(text).as_ref()));
        let source = output.source.and_then(|source| run.catalog.column(source));
        Column { collation: source.and_then(|column| column.collation.clone()), ..Column::new(0, name, output.ty.clone()) }
    });
    Ok(Columns { list: list.collect(), known: true })
}

/// Expects that a relation can have these columns.
///
/// # Errors
/// 42701 for two of one name, 42P16 for one whose values can't be stored.
fn expect_proper(list: &[Column], span: Span) -> Result {
    for (at, column) in list.iter().enumerate() {
        if list[..at].iter().any(|other| other.name == column.name) {
            return Err(Stop::fails("42701", format!("column \"{}\" specified more than once", column.name), span));
        }
    }
    for column in list {
        if let Some(ty) = &column.ty
            && ty.id == TypeId::BuiltIn("record")
        {
            let shown = if ty.array { "record[]" } else { "record" };
            return Err(Stop::fails("42P16", format!("column \"{}\" has pseudo-type {shown}", column.name), span));
        }
    }
    Ok(())
}

/// Notes of which types the columns of a relation are.
fn link_types(run: &mut Run<'_>, relation: Oid) {
    let columns = run.catalog.relation(relation).map_or_else(Vec::new, |relation| relation.columns.clone());
    for column in columns {
        if let Some(ty) = &column.ty {
            run.catalog.link_type(Address::column(relation, column.number), ty);
        }
    }
}

/// Whether a query reads something temporary.
fn is_temporary(run: &Run<'_>, query: &Stored) -> bool {
    query.uses.iter().any(|used| match used.what {
        Used::Column(Address { object, .. }) | Used::Relation(object) => {
            run.catalog.relation(object).is_some_and(|relation| relation.persistence == Persistence::Temporary)
        }
        _ => false,
    })
}

/// A text in which the bytes `hidden` are blank: INTO, which is no part of the query around it.
fn without(text: &str, hidden: Span) -> String {
    let blank: String = text[hidden].bytes().map(|_| ' ').collect();
    format!("{}{blank}{}", &text[..hidden.start as usize], &text[hidden.end as usize..])
}
