//! Columns and checks that come from parents, from the partitioned table, or from a type (`MergeAttributes`).

use super::draft::{Draft, DraftColumn};
use crate::catalog::apply::Statement;
use crate::catalog::apply::constraint::{not_null_of, table_name};
use crate::catalog::expression::Stored;
use crate::catalog::expression::canonical::{Sameness, compare};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, Constraint, ConstraintKind, Options, Persistence, Relation, RelationKind};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{Address, Catalog, ColumnNumber, Oid};
use crate::syntax::{Version, tree};
use crate::text::Span;

/// The tables that INHERITS names.
///
/// # Errors
/// 42P01 for one that is missing, 42809 for one that nothing can inherit from, 42P07 for one that is named twice.
pub(super) fn parents(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    names: &[tree::Name],
    persistence: Persistence,
) -> Result<Vec<(Oid, Span)>> {
    let mut parents: Vec<(Oid, Span)> = Vec::new();
    for written in names {
        if run.own_relation(statement.text, *written)?.is_some() {
            return Err(Stop::unknown("what a relation of PostgreSQL's own hands on is not followed", written.span()));
        }
        let oid = run.relation(statement.text, *written)?;
        let span = written.span();
        let name = table_name(run, oid);
        let refuse = |message: String| Err(Stop::fails("42809", message, span));
        let Some(relation) = run.catalog.relation(oid) else { continue };
        if !relation.is_table() && relation.kind != RelationKind::Unknown {
            return Err(no_table(run, oid, span));
        }
        if relation.partitioned.is_some() {
            return refuse(format!("cannot inherit from partitioned table \"{name}\""));
        }
        if relation.partition_bound.is_some() {
            return refuse(format!("cannot inherit from partition \"{name}\""));
        }
        if relation.persistence == Persistence::Temporary && persistence != Persistence::Temporary {
            return refuse(format!("cannot inherit from temporary relation \"{name}\""));
        }
        if parents.iter().any(|(other, _)| *other == oid) {
            let message = format!("relation \"{name}\" would be inherited from more than once");
            return Err(Stop::fails("42P07", message, span));
        }
        parents.push((oid, span));
    }
    Ok(parents)
}

fn no_table(run: &Run<'_>, parent: Oid, span: Span) -> Stop {
    Stop::fails("42809", format!("inherited relation \"{}\" is not a table or foreign table", table_name(run, parent)), span)
}

/// Whether a table's own columns are definitions, or only say something of columns that come from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// Of a table that inherits.
    Definitions,
    /// Of a partition, or of a typed table.
    Options,
}

/// Puts the columns and the checks of parents before a draft's own.
pub(super) fn merge(run: &mut Run<'_>, draft: &mut Draft<'_>, parents: &[(Oid, Span)], own: Own) -> Result {
    let mut merged: Vec<DraftColumn<'_>> = Vec::new();
    let mut conflicting: Vec<Name> = Vec::new();
    for (parent, span) in parents {
        let Some(relation) = run.catalog.relation(*parent).cloned() else { continue };
        if !relation.is_table() && !matches!(relation.kind, RelationKind::Composite | RelationKind::Unknown) {
            return Err(no_table(run, *parent, *span));
        }
        draft.columns_known &= relation.columns_known;
        for column in &relation.columns {
            let default = default_of(&run.catalog, column);
            match merged.iter_mut().find(|draft| draft.column.name == column.name) {
                Some(found) => merge_parents(run, found, column, (*parent, default), &mut conflicting, *span)?,
                None => merged.push(inherited_column(run, *parent, column, default, own, *span)),
            }
        }
        merge_checks(run, draft, *parent, *span)?;
    }
    let mut rest = Vec::new();
    for column in std::mem::take(&mut draft.columns) {
        match merged.iter_mut().find(|draft| draft.column.name == column.column.name) {
            Some(found) if own == Own::Options && found.prepared.is_some() => {
                let message = format!("column \"{}\" specified more than once", column.column.name);
                return Err(Stop::fails("42701", message, column.span));
            }
            Some(found) => {
                if merge_own(found, column, own, run.world.target)? {
                    conflicting.retain(|name| *name != found.column.name);
                }
            }
            None if own == Own::Options && draft.columns_known => {
                let message = format!("column \"{}\" does not exist", column.column.name);
                return Err(Stop::fails("42703", message, column.span));
            }
            None => rest.push(column),
        }
    }
    if let Some(name) = conflicting.first() {
        let span = parents.first().map(|(_, span)| *span);
        return Err(Stop::fails("42611", format!("column \"{name}\" inherits conflicting default values"), span));
    }
    draft.columns = merged.into_iter().chain(rest).collect();
    Ok(())
}

fn default_of(catalog: &Catalog, column: &Column) -> Option<Stored> {
    match &catalog.get(column.default?)?.body {
        Body::Default(default) => Some(default.expression.clone()),
        _ => None,
    }
}

fn inherited_column<'t>(run: &Run<'_>, parent: Oid, column: &Column, default: Option<Stored>, own: Own, span: Span) -> DraftColumn<'t> {
    let is_partition = own == Own::Options && run.catalog.relation(parent).is_some_and(|relation| relation.partitioned.is_some());
    let of_type = own == Own::Options && !is_partition;
    let column = Column {
        default: None,
        // Since version 17 a partition has the identity of its table.
        identity: column.identity.filter(|_| is_partition && run.world.target.major() >= 17),
        statistics: None,
        options: Options::new(),
        not_null: column.not_null && hands_on_not_null(run, parent, column.number),
        inherited: u32::from(!of_type),
        local: of_type,
        privileges: None,
        comment: None,
        ..column.clone()
    };
    DraftColumn { column, prepared: None, copied: default.map(|default| (parent, default)), identity_of: None, like: None, span }
}

/// Whether children have NOT NULL of a column too: not so with NO INHERIT.
fn hands_on_not_null(run: &Run<'_>, parent: Oid, column: ColumnNumber) -> bool {
    not_null_of(run, parent, column).is_none_or(|(_, constraint)| !constraint.no_inherit)
}

/// Merges a column of a further parent.
fn merge_parents(
    run: &Run<'_>,
    found: &mut DraftColumn<'_>,
    column: &Column,
    (parent, default): (Oid, Option<Stored>),
    conflicting: &mut Vec<Name>,
    span: Span,
) -> Result {
    expect_same_type(&found.column, column, "inherited column", span)?;
    if found.column.generated != column.generated {
        let message = format!("inherited column \"{}\" has a generation conflict", column.name);
        return Err(Stop::fails("42611", message, span));
    }
    found.column.inherited += 1;
    found.column.not_null |= column.not_null && hands_on_not_null(run, parent, column.number);
    match (&found.copied, default) {
        (None, Some(default)) => found.copied = Some((parent, default)),
        (Some((_, before)), Some(default)) => match compare(&run.catalog, before, &run.catalog, &default) {
            Sameness::Same => {}
            Sameness::Different => conflicting.push(Name::clone(&column.name)),
            Sameness::Unknown => {
                return Err(Stop::unknown(format!("it can't be told whether both defaults of \"{}\" are the same", column.name), span));
            }
        },
        (_, None) => {}
    }
    Ok(())
}

fn expect_same_type(a: &Column, b: &Column, what: &str, span: Span) -> Result {
    if a.ty.is_some() && b.ty.is_some() && a.ty != b.ty {
        return Err(Stop::fails("42804", format!("{what} \"{}\" has a type conflict", a.name), span));
    }
    if a.collation != b.collation {
        return Err(Stop::fails("42P21", format!("{what} \"{}\" has a collation conflict", a.name), span));
    }
    Ok(())
}

/// Merges a column's own definition with what it inherits; whether it has a default of its own.
fn merge_own<'t>(found: &mut DraftColumn<'t>, own: DraftColumn<'t>, kind: Own, version: Version) -> Result<bool> {
    let name = &own.column.name;
    if kind == Own::Definitions {
        expect_same_type(&found.column, &own.column, "column", own.span)?;
        found.column.local = true;
    }
    let prepared = own.prepared;
    let sets_default = prepared.as_ref().is_some_and(|prepared| prepared.default.is_some() || prepared.sets_value());
    let specifies = prepared.as_ref().is_some_and(|prepared| prepared.generated.is_some());
    let of_generated = found.column.generated.is_some();
    let what = match &prepared {
        Some(prepared) if of_generated && prepared.default.is_some() => Some("inherits from generated column but specifies default"),
        Some(prepared) if of_generated && prepared.sets_value() => Some("inherits from generated column but specifies identity"),
        // Until version 15 a child of a generated column must not say the expression, since then only that of another may not.
        _ if specifies && of_generated == (version.major() < 16) => Some("specifies generation expression"),
        _ => None,
    };
    if let Some(what) = what {
        let child = if what.starts_with("specifies") { "child " } else { "" };
        return Err(Stop::fails("42611", format!("{child}column \"{name}\" {what}"), own.span));
    }
    if specifies {
        if of_generated && found.column.generated != own.column.generated {
            let message = format!("column \"{name}\" inherits from generated column of different kind");
            return Err(Stop::fails("42611", message, own.span));
        }
        found.column.generated = own.column.generated;
    }
    let replaces = sets_default || specifies;
    found.column.not_null |= own.column.not_null;
    if own.column.storage.is_some() {
        found.column.storage = own.column.storage;
    }
    if own.column.compression.is_some() {
        found.column.compression = own.column.compression;
    }
    found.column.options = own.column.options;
    found.span = own.span;
    found.like = own.like;
    if replaces {
        found.copied = None;
    } else if own.copied.is_some() {
        found.copied = own.copied;
    }
    found.prepared = prepared;
    Ok(replaces)
}

/// Takes over the checks of a parent that are to be inherited.
fn merge_checks(run: &Run<'_>, draft: &mut Draft<'_>, parent: Oid, span: Span) -> Result {
    for (oid, constraint) in run.catalog.constraints(parent) {
        let ConstraintKind::Check(stored) = &constraint.kind else { continue };
        if constraint.no_inherit {
            continue;
        }
        let Some(object) = run.catalog.get(oid) else { continue };
        let before = draft.inherited.iter_mut().find(|(_, name, _)| *name == object.name);
        match before {
            None => {
                let inherited =
                    Constraint { local: false, inherited: 1, validated: constraint.enforced, parent: None, ..constraint.clone() };
                draft.inherited.push((parent, Name::clone(&object.name), inherited));
            }
            Some((other, name, before)) => {
                let ConstraintKind::Check(old) = &before.kind else { continue };
                let same = compare_by_names(&run.catalog, (*other, old), (parent, stored));
                match same {
                    Sameness::Same => before.inherited += 1,
                    Sameness::Different => {
                        let message = format!("check constraint name \"{name}\" appears multiple times but with different expressions");
                        return Err(Stop::fails("42710", message, span));
                    }
                    Sameness::Unknown => {
                        return Err(Stop::unknown(format!("it can't be told whether both checks called \"{name}\" are the same"), span));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Compares expressions of two tables, whose columns are the same if they have the same names.
fn compare_by_names(catalog: &Catalog, (a, old): (Oid, &Stored), (b, new): (Oid, &Stored)) -> Sameness {
    let moved = new.moved(b, a, |number: ColumnNumber| {
        let name = &catalog.column(Address::column(b, number))?.name;
        catalog.relation(a)?.column(name).map(|column| column.number)
    });
    compare(catalog, old, catalog, &moved)
}

/// The composite type that OF names.
///
/// # Errors
/// 42704 if there is none, 42809 if it is of another kind.
pub(in crate::catalog::apply) fn composite(run: &mut Run<'_>, statement: Statement<'_>, name: tree::Name) -> Result<Oid> {
    let text = statement.text;
    let shown = name.display(text);
    let other = || Err(Stop::fails("42809", format!("type {shown} is not a composite type"), name.span()));
    if let Some(found) = run.find(Class::Relation, text, name)? {
        return match run.catalog.relation(found) {
            Some(Relation { kind: RelationKind::Composite, .. }) => Ok(found),
            Some(Relation { kind: RelationKind::Unknown, .. }) => {
                Err(Stop::unknown(format!("nothing is known of type {shown}"), name.span()))
            }
            _ => other(),
        };
    }
    if run.find(Class::Type, text, name)?.is_some() {
        return other();
    }
    if run.may_assume(Class::Type, &name.object.value(text)) {
        return Err(Stop::unknown(format!("nothing is known of type {shown}"), name.span()));
    }
    Err(Stop::fails("42704", format!("type \"{shown}\" does not exist"), name.span()))
}
