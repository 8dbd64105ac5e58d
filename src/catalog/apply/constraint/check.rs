//! CHECK: adding one to a table, and to those below it (`ATAddCheckConstraint`, `AddRelationNewConstraints`, `MergeWithExistingConstraint`).

use super::{Recursion, Request, children, chosen_name, schema_of, store, table_name};
use crate::catalog::apply::index::build::same_column;
use crate::catalog::apply::{Statement, known};
use crate::catalog::evaluate::check::fulfils;
use crate::catalog::expression::analysis::{self, Place, Scope};
use crate::catalog::expression::canonical::{Sameness, compare};
use crate::catalog::expression::{Stored, link};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{Address, Row};
use crate::catalog::{ColumnNumber, Oid, naming};
use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::tree::{AttributeKind, Expr, Ident};
use crate::text::Span;

/// Adds a CHECK constraint.
pub(in crate::catalog::apply) fn add_check(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    request: &Request<'_>,
    expression: Expr,
    recursion: Recursion,
) -> Result {
    let text = statement.text;
    let scope = Scope::of(table_name(run, table), table, Place::Check);
    let stored = analysis::expression(run, text, expression.span, &scope)?;
    let columns = columns_of(run, statement, table, expression.span, &stored);
    let no_inherit = request.attributes.find(AttributeKind::NoInherit).is_some();
    if no_inherit && super::super::index::build::is_partitioned(run, table) {
        let message = format!("cannot add NO INHERIT constraint to partitioned table \"{}\"", table_name(run, table));
        return Err(Stop::fails("42P16", message, request.span));
    }
    let below = if no_inherit { Vec::new() } else { children(run, table) };
    if recursion == Recursion::Only && !below.is_empty() {
        return Err(Stop::fails("42P16", "constraint must be added to child tables too", request.span));
    }
    let enforced = request.attributes.find(AttributeKind::NotEnforced).is_none();
    let constraint = Constraint {
        validated: enforced && request.attributes.find(AttributeKind::NotValid).is_none(),
        enforced,
        no_inherit,
        ..Constraint::new(ConstraintKind::Check(stored), columns)
    };
    let name = match request.name {
        Some(name) => Name::from(&*name.value(text)),
        None => unnamed(run, table, &constraint.columns),
    };
    if request.name.is_some() && run.catalog.part(table, Class::Constraint, &name).is_some() {
        let merged = merge(run, table, &name, &constraint, Merge::Own, request.span)?;
        debug_assert!(merged, "a constraint of that name is there");
    } else {
        check_rows(run, table, &name, &constraint, request.span)?;
        put(run, table, Name::clone(&name), constraint.clone());
    }
    for child in below {
        inherit_check(run, table, child, &name, &constraint, Recursion::Whole, request.span)?;
    }
    Ok(())
}

/// Adds a check that PostgreSQL writes itself: the rows are known to fulfil it.
pub(in crate::catalog::apply) fn add_written_check(run: &mut Run<'_>, table: Oid, condition: &str) -> Result {
    let scope = Scope::of(table_name(run, table), table, Place::Check);
    let stored = analysis::expression(run, condition, Span::new(0, condition.len() as u32), &scope)?;
    let columns = stored.columns_of(table);
    let name = unnamed(run, table, &columns);
    put(run, table, name, Constraint { validated: true, ..Constraint::new(ConstraintKind::Check(stored), columns) });
    Ok(())
}

fn unnamed(run: &Run<'_>, table: Oid, columns: &[ColumnNumber]) -> Name {
    match columns {
        [_] => chosen_name(run, table, columns, "check"),
        _ => Name::from(naming::constraint_name(&run.catalog, schema_of(run, table), &table_name(run, table), "", "check", &[])),
    }
}

fn put(run: &mut Run<'_>, table: Oid, name: Name, constraint: Constraint) {
    let kind = constraint.kind.clone();
    let oid = store(run, table, name, constraint);
    if let ConstraintKind::Check(stored) = &kind {
        link(&mut run.catalog, oid, stored, Some(table));
    }
}

/// What a table's own rows say to a new constraint.
fn check_rows(run: &mut Run<'_>, table: Oid, name: &str, constraint: &Constraint, span: Span) -> Result {
    if !constraint.validated {
        return Ok(());
    }
    let is_null = constraint.columns.iter().all(|column| known::is_null(run, Address::column(table, *column)));
    let is_fulfilled = match &constraint.kind {
        ConstraintKind::Check(condition) if is_null => fulfils(run, table, condition, &Row::default()) == Ok(Some(true)),
        _ => false,
    };
    if !is_fulfilled {
        known::condition(run, table, "23514", "has rows that violate it", span);
    }
    match &constraint.kind {
        ConstraintKind::Check(condition) => known::expect_fulfilled(run, table, condition, name, span),
        _ => Ok(()),
    }
}

/// Gives a child the constraint that its parent has: a new one, or one that it has already under that name.
///
/// # Errors
/// 42710 if it has another one of that name.
pub(in crate::catalog::apply) fn inherit_check(
    run: &mut Run<'_>,
    parent: Oid,
    child: Oid,
    name: &Name,
    constraint: &Constraint,
    recursion: Recursion,
    span: Span,
) -> Result {
    let number = |number| same_column(run, parent, child, number);
    let kind = match &constraint.kind {
        ConstraintKind::Check(stored) => ConstraintKind::Check(stored.moved(parent, child, number)),
        other => other.clone(),
    };
    let columns = constraint.columns.iter().map(|column| number(*column).unwrap_or(*column)).collect();
    let inherited = Constraint { kind, columns, local: false, inherited: 1, ..constraint.clone() };
    if !merge(run, child, name, &inherited, Merge::Inherited, span)? {
        check_rows(run, child, name, &inherited, span)?;
        put(run, child, Name::clone(name), inherited.clone());
    }
    if recursion == Recursion::Whole {
        for below in children(run, child) {
            inherit_check(run, child, below, name, &inherited, recursion, span)?;
        }
    }
    Ok(())
}

/// Where a constraint comes from that meets one of the same name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    /// A statement says it of the table itself.
    Own,
    /// From a parent.
    Inherited,
}

/// Merges a constraint with the one of the same name that the table has, if it has one.
fn merge(run: &mut Run<'_>, table: Oid, name: &Name, constraint: &Constraint, from: Merge, span: Span) -> Result<bool> {
    let Some(oid) = run.catalog.part(table, Class::Constraint, name) else { return Ok(false) };
    let taken = || {
        let message = format!("constraint \"{name}\" for relation \"{}\" already exists", table_name(run, table));
        Stop::fails("42710", message, span)
    };
    let Some(existing) = run.catalog.get(oid).and_then(|object| object.constraint()) else { return Err(taken()) };
    let (ConstraintKind::Check(old), ConstraintKind::Check(new)) = (&existing.kind, &constraint.kind) else { return Err(taken()) };
    // A table's own constraint merges with one that it only inherited, never with one that was its own already.
    if from == Merge::Own && existing.local {
        return Err(taken());
    }
    match compare(&run.catalog, old, &run.catalog, new) {
        Sameness::Same => {}
        Sameness::Different => return Err(taken()),
        Sameness::Unknown => {
            return Err(Stop::unknown(format!("it can't be told whether both constraints called \"{name}\" are the same"), span));
        }
    }
    if existing.no_inherit && from == Merge::Inherited {
        let message = format!("constraint \"{name}\" conflicts with non-inherited constraint on relation \"{}\"", table_name(run, table));
        return Err(Stop::fails("42P17", message, span));
    }
    run.catalog.update(oid, |object| {
        if let Some(constraint) = object.constraint_mut() {
            match from {
                Merge::Own => constraint.local = true,
                Merge::Inherited => constraint.inherited += 1,
            }
        }
    });
    Ok(true)
}

/// The columns that an expression names: as the analysis says, or where it could not read all of it, whatever word is a column's name.
fn columns_of(run: &Run<'_>, statement: Statement<'_>, table: Oid, span: Span, stored: &Stored) -> Vec<ColumnNumber> {
    if stored.is_whole() {
        return stored.columns_of(table);
    }
    let Some(relation) = run.catalog.relation(table) else { return Vec::new() };
    let start = statement.tokens.partition_point(|token| token.span.start < span.start);
    let tokens = statement.tokens[start..].iter().take_while(|token| token.span.end <= span.end);
    let tokens: Vec<&Token> = tokens.collect();
    let mut columns = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| tokens[at].kind);
        let after = tokens.get(at + 1).map(|token| token.kind);
        let is_name = matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent | TokenKind::Keyword(_));
        if !is_name || before == Some(TokenKind::DoubleColon) || after == Some(TokenKind::LeftParen) {
            continue;
        }
        let name = Ident { span: token.span }.value(statement.text);
        columns.extend(relation.column(&name).map(|column| column.number));
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}
