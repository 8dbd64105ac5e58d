//! What is asked for, in whichever syntax.

use super::super::index::build::KeyKind;
use crate::catalog::failure::{Result, Stop};
use crate::syntax::tree::{
    AttributeKind, Attributes, ColumnConstraint, ColumnConstraintKind, ConstraintIndex, Exclude, Expr, Ident, Nulls, References,
    TableConstraint, TableConstraintKind,
};
use crate::text::Span;

/// A constraint to be added.
#[derive(Debug, Clone)]
pub(in crate::catalog::apply) struct Request<'t> {
    /// Its name, if it is written.
    pub name: Option<Ident>,
    /// From its name to its last attribute.
    pub span: Span,
    /// What it demands.
    pub demand: Demand<'t>,
    /// What stands behind it.
    pub attributes: &'t Attributes,
}

/// What a constraint demands.
#[derive(Debug, Clone)]
pub(in crate::catalog::apply) enum Demand<'t> {
    Check(Expr),
    NotNull(Ident),
    Key { kind: KeyKind, columns: Vec<Ident>, nulls: Option<Nulls>, without_overlaps: Option<Span>, index: &'t ConstraintIndex },
    UsingIndex(KeyKind, Ident),
    Exclude(&'t Exclude),
    ForeignKey { columns: Vec<Ident>, references: &'t References, period: Option<Span> },
}

impl<'t> Request<'t> {
    /// A constraint that stands by itself.
    pub(in crate::catalog::apply) fn of_table(constraint: &'t TableConstraint) -> Request<'t> {
        let demand = match &constraint.kind {
            TableConstraintKind::Check(expression) => Demand::Check(*expression),
            TableConstraintKind::NotNull(column) => Demand::NotNull(*column),
            TableConstraintKind::Unique(nulls, key) => Demand::Key {
                kind: KeyKind::Unique,
                columns: key.columns.clone(),
                nulls: nulls.map(|clause| clause.value),
                without_overlaps: key.without_overlaps,
                index: &key.index,
            },
            TableConstraintKind::PrimaryKey(key) => Demand::Key {
                kind: KeyKind::Primary,
                columns: key.columns.clone(),
                nulls: None,
                without_overlaps: key.without_overlaps,
                index: &key.index,
            },
            TableConstraintKind::UniqueUsing(index) => Demand::UsingIndex(KeyKind::Unique, index.value),
            TableConstraintKind::PrimaryKeyUsing(index) => Demand::UsingIndex(KeyKind::Primary, index.value),
            TableConstraintKind::Exclude(exclude) => Demand::Exclude(exclude),
            TableConstraintKind::ForeignKey(key) => {
                Demand::ForeignKey { columns: key.columns.clone(), references: &key.references, period: key.period }
            }
        };
        let name = constraint.name.map(|clause| clause.value);
        Request { name, span: constraint.span, demand, attributes: &constraint.attributes }
    }

    /// A constraint in the definition of `column`, if it is a key, a check or a reference.
    pub(in crate::catalog::apply) fn of_column(constraint: &'t ColumnConstraint, column: Ident) -> Option<Request<'t>> {
        let key = |kind, nulls, index| Demand::Key { kind, columns: vec![column], nulls, without_overlaps: None, index };
        let demand = match &constraint.kind {
            ColumnConstraintKind::Check(expression) => Demand::Check(*expression),
            ColumnConstraintKind::Unique(nulls, index) => key(KeyKind::Unique, nulls.map(|clause| clause.value), index),
            ColumnConstraintKind::PrimaryKey(index) => key(KeyKind::Primary, None, index),
            ColumnConstraintKind::References(references) => Demand::ForeignKey { columns: vec![column], references, period: None },
            ColumnConstraintKind::NotNull
            | ColumnConstraintKind::Null
            | ColumnConstraintKind::Default(_)
            | ColumnConstraintKind::Generated(..)
            | ColumnConstraintKind::Identity(_)
            | ColumnConstraintKind::Misplaced => return None,
        };
        let name = constraint.name.map(|clause| clause.value);
        Some(Request { name, span: constraint.span, demand, attributes: &constraint.attributes })
    }
}

/// Expects attributes that go together, and that a column's constraint may have (`transformConstraintAttrs`); of a table's constraints the
/// grammar sees to that.
pub(in crate::catalog::apply) fn check_column_attributes(constraint: &ColumnConstraint) -> Result {
    let may_defer = matches!(
        constraint.kind,
        ColumnConstraintKind::PrimaryKey(_) | ColumnConstraintKind::Unique(..) | ColumnConstraintKind::References(_)
    );
    let may_be_unenforced = matches!(constraint.kind, ColumnConstraintKind::Check(_) | ColumnConstraintKind::References(_));
    let (mut deferrability, mut initially, mut enforced) = (None, None, None);
    for attribute in &constraint.attributes.list {
        let word = match attribute.kind {
            AttributeKind::Deferrable => "DEFERRABLE",
            AttributeKind::NotDeferrable => "NOT DEFERRABLE",
            AttributeKind::InitiallyDeferred => "INITIALLY DEFERRED",
            AttributeKind::InitiallyImmediate => "INITIALLY IMMEDIATE",
            AttributeKind::Enforced => "ENFORCED",
            AttributeKind::NotEnforced => "NOT ENFORCED",
            AttributeKind::NotValid | AttributeKind::NoInherit => continue,
        };
        let (slot, allowed, clauses) = match attribute.kind {
            AttributeKind::Deferrable | AttributeKind::NotDeferrable => (&mut deferrability, may_defer, "DEFERRABLE/NOT DEFERRABLE"),
            AttributeKind::Enforced | AttributeKind::NotEnforced => (&mut enforced, may_be_unenforced, "ENFORCED/NOT ENFORCED"),
            _ => (&mut initially, may_defer, "INITIALLY IMMEDIATE/DEFERRED"),
        };
        if !allowed {
            return Err(Stop::fails("42601", format!("misplaced {word} clause"), attribute.span));
        }
        if slot.replace(attribute.kind).is_some() {
            return Err(Stop::fails("42601", format!("multiple {clauses} clauses not allowed"), attribute.span));
        }
    }
    if initially == Some(AttributeKind::InitiallyDeferred) && deferrability == Some(AttributeKind::NotDeferrable) {
        let message = "constraint declared INITIALLY DEFERRED must be DEFERRABLE";
        return Err(Stop::fails("42601", message, constraint.span));
    }
    Ok(())
}
