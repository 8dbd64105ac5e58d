//! A table as its definition says it, before it is there: columns and constraints in the order of the text, with those of parents, of a type
//! and of LIKE among them.

use super::column::{Host, Prepared, check_name_and_type, expect_identity, prepare};
use super::like;
use crate::catalog::Oid;
use crate::catalog::apply::Statement;
use crate::catalog::apply::constraint::{Demand, Request};
use crate::catalog::apply::index::build::KeyKind;
use crate::catalog::expression::Stored;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Constraint};
use crate::catalog::object::Name;
use crate::catalog::run::Run;
use crate::syntax::tree::{CreateTable, Like, TableElement};
use crate::text::Span;

/// A table that is to be made.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    /// In order.
    pub columns: Vec<DraftColumn<'t>>,
    /// Whether `columns` are all.
    pub columns_known: bool,
    /// Keys, checks and references, in the order in which PostgreSQL reads them.
    pub requests: Vec<Request<'t>>,
    /// What LIKE copies beside columns.
    pub likes: Vec<(Oid, &'t Like)>,
    /// The checks of parents, in order; the second number is of how many parents.
    pub inherited: Vec<(Oid, Name, Constraint)>,
}

/// A column that is to be made.
#[derive(Debug)]
pub(super) struct DraftColumn<'t> {
    /// What it is, but for what needs the table.
    pub column: Column,
    /// What its definition says, if it has one here.
    pub prepared: Option<Prepared<'t>>,
    /// The default or the expression of the column that it comes from, and the table of that.
    pub copied: Option<(Oid, Stored)>,
    /// The identity column that it copies.
    pub identity_of: Option<crate::catalog::Address>,
    /// The column that LIKE copies.
    pub like: Option<crate::catalog::Address>,
    /// Where in the statement it comes from.
    pub span: Span,
}

/// Reads the elements of a table called `name`.
pub(super) fn read<'t>(run: &mut Run<'_>, statement: Statement<'_>, create: &'t CreateTable, name: &str, host: Host) -> Result<Draft<'t>> {
    let mut draft = Draft { columns: Vec::new(), columns_known: true, requests: Vec::new(), likes: Vec::new(), inherited: Vec::new() };
    for element in create.elements() {
        match element {
            TableElement::Column(written) => {
                let prepared = prepare(run, statement, name, host, written)?;
                let column = prepared.column.clone();
                draft.columns.push(DraftColumn {
                    column,
                    prepared: Some(prepared),
                    copied: None,
                    identity_of: None,
                    like: None,
                    span: written.name.span,
                });
                let own = written.constraints.iter().filter_map(|constraint| Request::of_column(constraint, written.name));
                draft.requests.extend(own);
            }
            TableElement::Constraint(constraint) => draft.requests.push(Request::of_table(constraint)),
            TableElement::Like(like) => like::read(run, statement, like, &mut draft)?,
        }
    }
    Ok(draft)
}

impl Draft<'_> {
    /// Expects that the columns of keys are there, and each once (42703, 42701), and that there is one primary key (42P16): PostgreSQL looks
    /// before it makes the table. `inherited` are the names of the columns that come from elsewhere.
    pub(super) fn expect_columns_of_keys(&self, text: &str, table: &str, inherited: &[Name]) -> Result {
        let mut primary = false;
        for request in &self.requests {
            let Demand::Key { kind, columns, index, .. } = &request.demand else { continue };
            if *kind == KeyKind::Primary && std::mem::replace(&mut primary, true) {
                let message = format!("multiple primary keys for table \"{table}\" are not allowed");
                return Err(Stop::fails("42P16", message, request.span));
            }
            let mut seen = Vec::new();
            let included = index.include.iter().flat_map(|clause| &clause.value);
            for (column, is_key) in columns.iter().map(|column| (column, true)).chain(included.map(|column| (column, false))) {
                let name = column.value(text);
                let known = self.columns.iter().map(|draft| &draft.column.name).chain(inherited).any(|candidate| **candidate == *name);
                if !known && self.columns_known {
                    return Err(Stop::fails("42703", format!("column \"{name}\" named in key does not exist"), column.span));
                }
                if is_key && seen.contains(&name) {
                    let word = if *kind == KeyKind::Primary { "primary key" } else { "unique" };
                    let message = format!("column \"{name}\" appears twice in {word} constraint");
                    return Err(Stop::fails("42701", message, column.span));
                }
                seen.push(name);
            }
        }
        Ok(())
    }

    /// Expects what the sequences of identity columns count to be numbers, and their options to be right: PostgreSQL makes them before it makes
    /// the table.
    pub(super) fn expect_identities(&self, run: &mut Run<'_>, statement: Statement<'_>) -> Result {
        self.columns.iter().filter_map(|draft| draft.prepared.as_ref()).try_for_each(|prepared| expect_identity(run, statement, prepared))
    }

    /// Expects names that differ (42701) and no more than 1,600 columns (54011).
    pub(super) fn expect_distinct_columns(&self) -> Result {
        const MAX: usize = 1600;
        if self.columns.len() > MAX {
            return Err(Stop::fails("54011", format!("tables can have at most {MAX} columns"), self.columns[MAX].span));
        }
        let mut seen = std::collections::HashSet::with_capacity(self.columns.len());
        for draft in &self.columns {
            if !seen.insert(&*draft.column.name) {
                let message = format!("column \"{}\" specified more than once", draft.column.name);
                return Err(Stop::fails("42701", message, draft.span));
            }
        }
        Ok(())
    }

    /// Expects names that are no system column's, and types that a column may have.
    pub(super) fn expect_names_and_types(&self, run: &Run<'_>) -> Result {
        for draft in &self.columns {
            if let Some(prepared) = &draft.prepared {
                check_name_and_type(run, &draft.column, prepared.written)?;
            }
        }
        Ok(())
    }
}
