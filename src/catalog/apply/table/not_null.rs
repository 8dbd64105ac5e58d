//! The NOT NULL constraints of a new table, since PostgreSQL 18: of columns, of the table, of keys, of LIKE and of parents; of a column one
//! (`AddRelationNotNullConstraints`).

use super::draft::Draft;
use crate::catalog::apply::Statement;
use crate::catalog::apply::constraint::{Demand, is_constraint, not_null_of, record_not_null, table_name};
use crate::catalog::apply::index::build::KeyKind;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Constraint, ConstraintKind};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{ColumnNumber, Oid};
use crate::syntax::tree::{self, AttributeKind, ColumnConstraintKind};
use crate::text::Span;

/// A constraint that something asks for.
struct Wanted {
    column: Name,
    name: Option<Name>,
    no_inherit: bool,
    span: Span,
}

/// What the definition of a column says of NOT NULL: a name, and NO INHERIT; none if nothing does.
///
/// # Errors
/// 42601 where it says two things, XX000 where it says two names.
pub(in crate::catalog::apply) fn said(text: &str, written: &tree::Column) -> Result<Option<(Option<Name>, bool)>> {
    let mut found: Option<(Option<Name>, bool)> = None;
    for constraint in written.constraints.iter().filter(|constraint| matches!(constraint.kind, ColumnConstraintKind::NotNull)) {
        let name = constraint.name.map(|clause| Name::from(&*clause.value.value(text)));
        let no_inherit = constraint.attributes.find(AttributeKind::NoInherit).is_some();
        if no_inherit && written.constraints.iter().any(|other| matches!(other.kind, ColumnConstraintKind::PrimaryKey(_))) {
            return Err(conflicting(&written.name.value(text), "declarations for not-null constraints", constraint.span));
        }
        found = match found.take() {
            None => Some((name, no_inherit)),
            Some((Some(a), _)) if name.as_ref().is_some_and(|b| *b != a) => {
                let message = format!("conflicting not-null constraint names \"{a}\" and \"{}\"", name.unwrap_or_default());
                return Err(Stop::fails("XX000", message, constraint.span));
            }
            Some((_, before)) if before != no_inherit => {
                return Err(conflicting(&written.name.value(text), "declarations for not-null constraints", constraint.span));
            }
            Some((before, _)) => Some((before.or(name), no_inherit)),
        };
    }
    Ok(found)
}

fn conflicting(column: &str, what: &str, span: Span) -> Stop {
    Stop::fails("42601", format!("conflicting NO INHERIT {what} on column \"{column}\""), span)
}

/// Adds the constraints to the table that a draft has become; `sources` are its parents.
pub(super) fn add(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, draft: &Draft<'_>, sources: &[(Oid, Span)]) -> Result {
    if !is_constraint(run.world.target) {
        return Ok(());
    }
    let mut inherited: Vec<(Name, Name)> = Vec::new();
    for (parent, _) in sources {
        for (name, constraint) in crate::catalog::apply::constraint::inheritable(run, *parent) {
            let relation = run.catalog.relation(*parent);
            let column = constraint.columns.first().and_then(|number| relation?.column_at(*number));
            inherited.extend(column.map(|column| (Name::clone(&column.name), name)));
        }
    }
    let mut taken: Vec<Name> = Vec::new();
    for wanted in merged(wanted(run, statement.text, draft)?)? {
        let Some(number) = number(run, table, &wanted.column) else {
            let message = format!("column \"{}\" of relation \"{}\" does not exist", wanted.column, table_name(run, table));
            return Err(Stop::fails("42703", message, wanted.span));
        };
        let parents = inherited.iter().filter(|(column, _)| *column == wanted.column).count();
        if wanted.no_inherit && parents > 0 {
            let message = format!("cannot define not-null constraint with NO INHERIT on column \"{}\"", wanted.column);
            return Err(Stop::fails("42804", message, wanted.span));
        }
        if let Some(name) = &wanted.name {
            if run.catalog.part(table, Class::Constraint, name).is_some() {
                let message = format!("constraint \"{name}\" for relation \"{}\" already exists", table_name(run, table));
                return Err(Stop::fails("42710", message, wanted.span));
            }
            taken.push(Name::clone(name));
        }
        record(run, table, number, wanted.name, (parents as u32, true, wanted.no_inherit));
    }
    let mut seen: Vec<Name> = Vec::new();
    for (column, name) in &inherited {
        let Some(number) = number(run, table, column).filter(|_| !seen.contains(column)) else { continue };
        seen.push(Name::clone(column));
        if not_null_of(run, table, number).is_some() {
            continue;
        }
        let parents = inherited.iter().filter(|(other, _)| other == column).count();
        let free = Some(name).filter(|name| run.catalog.part(table, Class::Constraint, name).is_none());
        record(run, table, number, free.cloned(), (parents as u32, false, false));
    }
    Ok(())
}

fn record(run: &mut Run<'_>, table: Oid, number: ColumnNumber, name: Option<Name>, (inherited, local, no_inherit): (u32, bool, bool)) {
    let constraint = Constraint { inherited, local, no_inherit, ..Constraint::new(ConstraintKind::NotNull, vec![number]) };
    run.catalog.update_column(crate::catalog::Address::column(table, number), |column| column.not_null = true);
    record_not_null(run, table, name, constraint);
}

fn number(run: &Run<'_>, table: Oid, column: &str) -> Option<ColumnNumber> {
    run.catalog.relation(table)?.column(column).map(|column| column.number)
}

/// Everything that asks for a constraint, in order.
fn wanted(run: &Run<'_>, text: &str, draft: &Draft<'_>) -> Result<Vec<Wanted>> {
    let mut list = Vec::new();
    for draft in &draft.columns {
        let (column, span) = (Name::clone(&draft.column.name), draft.span);
        if let Some(prepared) = &draft.prepared {
            let said = said(text, prepared.written)?;
            if said.is_some() || prepared.sets_value() {
                let (name, no_inherit) = said.unwrap_or_default();
                list.push(Wanted { column, name, no_inherit, span });
            }
        } else if let Some((oid, constraint)) = draft.like.and_then(|like| not_null_of(run, like.object, like.column)) {
            let name = run.catalog.get(oid).map(|object| Name::clone(&object.name));
            list.push(Wanted { column, name, no_inherit: constraint.no_inherit, span });
        } else if draft.like.is_some() && draft.column.not_null {
            list.push(Wanted { column, name: None, no_inherit: false, span });
        }
    }
    for request in &draft.requests {
        if let Demand::NotNull(column) = &request.demand {
            let name = request.name.map(|name| Name::from(&*name.value(text)));
            let no_inherit = request.attributes.find(AttributeKind::NoInherit).is_some();
            list.push(Wanted { column: Name::from(&*column.value(text)), name, no_inherit, span: request.span });
        }
    }
    for request in &draft.requests {
        if let Demand::Key { kind: KeyKind::Primary, columns, .. } = &request.demand {
            for column in columns {
                let column = Name::from(&*column.value(text));
                match list.iter().find(|wanted| wanted.column == column) {
                    Some(wanted) if wanted.no_inherit => {
                        return Err(conflicting(&column, "declaration for not-null constraint", request.span));
                    }
                    Some(_) => {}
                    None => list.push(Wanted { column, name: None, no_inherit: false, span: request.span }),
                }
            }
        }
    }
    Ok(list)
}

/// One for each column.
fn merged(list: Vec<Wanted>) -> Result<Vec<Wanted>> {
    let mut merged: Vec<Wanted> = Vec::new();
    for wanted in list {
        let Some(before) = merged.iter_mut().find(|before| before.column == wanted.column) else {
            merged.push(wanted);
            continue;
        };
        if before.no_inherit != wanted.no_inherit {
            return Err(conflicting(&wanted.column, "declaration for not-null constraint", wanted.span));
        }
        match (&before.name, wanted.name) {
            (Some(a), Some(b)) if *a != b => {
                return Err(Stop::fails("42601", format!("conflicting not-null constraint names \"{a}\" and \"{b}\""), wanted.span));
            }
            (None, Some(name)) => before.name = Some(name),
            _ => {}
        }
    }
    Ok(merged)
}
