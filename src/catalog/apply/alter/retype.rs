//! ALTER COLUMN TYPE (`ATPrepAlterColumnType`, `ATExecAlterColumnType`, `ATPostAlterTypeCleanup`).
//!
//! Before anything is done, the new type and the cast to it are looked at; when it is done, what uses the column and can't follow refuses it,
//! and its default becomes one of the new type; in the end the indexes and constraints on the column are made anew.

use super::add::expect_no_partition_key;
use super::respell::is_recast;
use super::{Context, family, find_column, name_of, named};
use crate::catalog::apply::constraint::Recursion;
use crate::catalog::apply::index::keys::lone_column;
use crate::catalog::apply::index::method;
use crate::catalog::apply::known;
use crate::catalog::collation;
use crate::catalog::expression::analysis::{Place, Scope, expression, expression_as};
use crate::catalog::expression::{Stored, canonical, link};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, ConstraintKind, KeySubject, RelationKind, TypeId, TypeUse};
use crate::catalog::object::{Body, Class, Name};
use crate::catalog::run::Run;
use crate::catalog::types::{format_type, type_use};
use crate::catalog::typing::{Context as Casting, ExprType, can_coerce};
use crate::catalog::{Address, Contents, Dependency, Oid, Row, Value};
use crate::syntax::tree::{ColumnRef, SetType};
use crate::text::Span;

/// A column that got another type.
#[derive(Debug, Clone)]
pub(super) struct Retyped {
    column: Address,
    before: Option<TypeUse>,
}

/// Looks at the new type, and at the cast to it.
pub(super) fn prepare(run: &mut Run<'_>, cx: Context<'_>, column: ColumnRef, change: &SetType, span: Span) -> Result {
    let (text, name) = (cx.text(), named(column)?);
    let relation = run.catalog.relation(cx.table);
    if relation.is_some_and(|relation| relation.of_type.is_some()) {
        return Err(Stop::fails("42809", "cannot alter column type of typed table", name.span));
    }
    let is_composite = relation.is_some_and(|relation| relation.kind == RelationKind::Composite);
    // What USING says is understood before anything is asked of the column.
    if let Some(using) = &change.using {
        let scope = Scope::of(name_of(run, cx.table), cx.table, Place::AlterUsing);
        expression(run, text, using.value.span, &scope)?;
    }
    let address = find_column(run, cx.table, text, name)?;
    let Some(found) = run.catalog.column(address).cloned() else { return Ok(()) };
    if found.inherited > 0 {
        return Err(Stop::fails("42P16", format!("cannot alter inherited column \"{}\"", found.name), name.span));
    }
    expect_no_partition_key(run, address, "alter", &found.name, name.span)?;
    let ty = type_use(run, text, &change.ty)?;
    if found.identity.is_some() && !matches!(ty, TypeUse { id: TypeId::BuiltIn("int2" | "int4" | "int8"), array: false, .. }) {
        return Err(Stop::fails("22023", "identity column type must be smallint, integer, or bigint", change.ty.span));
    }
    if let Some(clause) = &change.collation {
        collation::collation(run, text, clause.value, Some(&ty))?;
    }
    if is_composite {
        return expect_unused(run, cx.table, "type", span);
    }
    if found.generated.is_some() && change.using.is_some() {
        return Err(Stop::fails("42611", "cannot specify USING when altering type of generated column", span));
    }
    expect_cast(run, cx, change, &found, &ty, span)?;
    if cx.recursion == Recursion::Only && !run.catalog.children(cx.table).is_empty() {
        let message = format!("type of inherited column \"{}\" must be changed in child tables too", found.name);
        return Err(Stop::fails("42P16", message, span));
    }
    expect_unused(run, cx.table, "table", span)
}

/// Expects a cast to the new type that assignment makes: of the column, or of what USING says (42804).
fn expect_cast(run: &mut Run<'_>, cx: Context<'_>, change: &SetType, column: &Column, ty: &TypeUse, span: Span) -> Result {
    let shown = format_type(&run.catalog, &ty.bare());
    let refuse = |what: &str| {
        let message = format!("{what} \"{}\" cannot be cast automatically to type {shown}", column.name);
        Err(Stop::fails("42804", message, span))
    };
    if let Some(using) = &change.using {
        let scope = Scope::of(name_of(run, cx.table), cx.table, Place::AlterUsing);
        return match expression_as(run, cx.text(), using.value.span, &scope, ty) {
            Ok(_) => Ok(()),
            Err(Stop::Fails(failure)) if failure.sqlstate == "42804" => refuse("result of USING clause for column"),
            Err(stop) => Err(stop),
        };
    }
    let source = ExprType::from(column.ty.clone());
    match can_coerce(&run.catalog, run.world.target, &source, ty, Casting::Assignment) {
        Some(true) => Ok(()),
        Some(false) => refuse("column"),
        None => Err(Stop::unknown(format!("it can't be told whether \"{}\" is cast to its new type automatically", column.name), span)),
    }
}

/// Expects that no column is of a relation's row type (`find_composite_type_dependencies`).
fn expect_unused(run: &Run<'_>, relation: Oid, noun: &str, span: Span) -> Result {
    for (dependent, _) in run.catalog.dependents_of(Address::whole(relation)) {
        let Some(column) = run.catalog.column(dependent) else { continue };
        let is_of_it = column.ty.as_ref().is_some_and(|ty| ty.id == TypeId::User(relation));
        let Some(holder) = run.catalog.relation(dependent.object) else { continue };
        if !is_of_it {
            continue;
        }
        match holder.kind {
            RelationKind::Table | RelationKind::MaterializedView(_) if holder.partitioned.is_none() => {
                let ending = if noun == "type" { "uses it" } else { "uses its row type" };
                let shown = format!("{}.{}", name_of(run, dependent.object), column.name);
                let message = format!("cannot alter {noun} \"{}\" because column \"{shown}\" {ending}", name_of(run, relation));
                return Err(Stop::fails("0A000", message, span));
            }
            RelationKind::Composite => expect_unused(run, dependent.object, "type", span)?,
            _ => {}
        }
    }
    Ok(())
}

/// Gives the column its new type, here and below.
pub(super) fn apply(
    run: &mut Run<'_>,
    cx: Context<'_>,
    column: ColumnRef,
    change: &SetType,
    done: &[Retyped],
    span: Span,
) -> Result<Vec<Retyped>> {
    let (text, name) = (cx.text(), named(column)?);
    let ty = type_use(run, text, &change.ty)?;
    let collation = match &change.collation {
        Some(clause) => collation::collation(run, text, clause.value, Some(&ty))?,
        None => None,
    };
    let mut retyped = Vec::new();
    for table in family(run, cx) {
        let address = find_column(run, table, text, name)?;
        let Some(before) = run.catalog.column(address).cloned() else { continue };
        if done.iter().any(|other| other.column == address) {
            return Err(Stop::fails("0A000", format!("cannot alter type of column \"{}\" twice", before.name), span));
        }
        let default = recast_default(run, address, &ty, span)?;
        expect_free(run, address, span)?;
        convert_rows(run, text, address, before.ty.as_ref(), &ty, change, span)?;
        if let Some(TypeId::User(old)) = before.ty.as_ref().map(|ty| ty.id) {
            run.catalog.unlink(address, Address::whole(old), Dependency::Normal);
        }
        if let TypeId::User(new) = ty.id {
            run.catalog.link(address, new, Dependency::Normal);
        }
        if let Some(clause) = &change.collation {
            collation::link(run, address, text, clause.value)?;
        }
        let same = before.ty.as_ref().is_some_and(|before| before.is_same_type(&ty));
        let origin = run.origin_of(change.ty.span);
        run.catalog.update_column(address, |column| {
            column.ty = Some(ty.clone());
            column.retyped = Some(origin);
            column.collation = collation.clone();
            if !same {
                column.storage = None;
            }
        });
        if let (Some(oid), Some(stored)) = (before.default, default) {
            run.catalog.update(oid, |object| {
                if let Body::Default(default) = &mut object.body {
                    std::sync::Arc::make_mut(default).expression.ty = stored.ty;
                }
            });
        }
        if let (Some((_, sequence)), TypeId::BuiltIn(counts)) = (before.identity, ty.id) {
            retype_sequence(run, sequence, counts);
        }
        retyped.push(Retyped { column: address, before: before.ty });
    }
    Ok(retyped)
}

/// The default as one of the new type (42804 if there is no such cast).
fn recast_default(run: &mut Run<'_>, address: Address, ty: &TypeUse, span: Span) -> Result<Option<Stored>> {
    let Some(column) = run.catalog.column(address) else { return Ok(None) };
    let (name, generated, own) = (Name::clone(&column.name), column.generated.is_some(), column.ty.clone());
    let Some(Body::Default(default)) = column.default.and_then(|oid| run.catalog.get(oid)).map(|object| &object.body) else {
        return Ok(None);
    };
    let stored = default.expression.clone();
    // A default is kept as a value of the column's type, whatever it was written as.
    let source = if generated { ExprType::from(stored.ty.clone().or(own)) } else { ExprType::from(own) };
    let fits = can_coerce(&run.catalog, run.world.target, &source, ty, Casting::Assignment);
    if fits == Some(false) {
        let what = if generated { "generation expression" } else { "default" };
        let shown = format_type(&run.catalog, &ty.bare());
        let message = format!("{what} for column \"{name}\" cannot be cast automatically to type {shown}");
        return Err(Stop::fails("42804", message, span));
    }
    Ok(Some(Stored { ty: Some(ty.clone()), ..stored }))
}

/// Expects that nothing uses the column that can't follow: views, rules, triggers, policies, generated columns, bodies of functions.
fn expect_free(run: &Run<'_>, address: Address, span: Span) -> Result {
    let refuse = |what: &str| Err(Stop::fails("0A000", format!("cannot alter type of a column used by {what}"), span));
    for (dependent, _) in run.catalog.dependents_of(address) {
        if dependent.column != 0 {
            if dependent.object == address.object {
                return refuse("a generated column");
            }
            continue;
        }
        let Some(object) = run.catalog.get(dependent.object) else { continue };
        match &object.body {
            Body::Relation(relation) if relation.view().is_some() => return refuse("a view or rule"),
            Body::Rule(_) => return refuse("a view or rule"),
            Body::Trigger(_) => {
                return Err(Stop::fails("0A000", "cannot alter type of a column used in a trigger definition", span));
            }
            Body::Policy(_) => {
                return Err(Stop::fails("0A000", "cannot alter type of a column used in a policy definition", span));
            }
            Body::Default(default) if default.column != address.column => return refuse("a generated column"),
            Body::Routine(_) => return refuse("a function or procedure"),
            _ => {}
        }
    }
    expect_nothing_unread(run, address, span)
}

/// What could not be read wholly may use the column too.
fn expect_nothing_unread(run: &Run<'_>, address: Address, span: Span) -> Result {
    let Some(column) = run.catalog.column(address) else { return Ok(()) };
    let table = name_of(run, address.object);
    for (oid, object) in run.catalog.partly_read() {
        let can_refuse = match &object.body {
            Body::Relation(relation) => relation.view().is_some(),
            Body::Rule(_) | Body::Trigger(_) | Body::Policy(_) | Body::Routine(_) => true,
            Body::Default(default) => {
                let generated = object.of.and_then(|of| run.catalog.column(Address::column(of, default.column)));
                generated.is_some_and(|column| column.generated.is_some()) && default.column != address.column
            }
            _ => false,
        };
        let mut named = false;
        object.each_stored(&mut |stored| {
            let about = object.of == Some(address.object) || crate::catalog::deletion::mentions(&stored.text, &table);
            named |= about && (crate::catalog::deletion::mentions(&stored.text, &column.name) || stored.text.contains('*'));
        });
        if can_refuse && named && oid != address.object {
            return Err(Stop::unknown(format!("it can't be told whether `{}` uses `{}`", object.name, column.name), span));
        }
    }
    Ok(())
}

/// The sequence of an identity column counts in its type.
fn retype_sequence(run: &mut Run<'_>, sequence: Oid, counts: &'static str) {
    let limits = |ty: &str| match ty {
        "int2" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "int4" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    run.catalog.update_relation(sequence, |relation| {
        if let RelationKind::Sequence(sequence) = &mut relation.kind {
            let options = &mut sequence.options;
            let (before, after) = (limits(options.ty), limits(counts));
            if options.max == before.1 {
                options.max = after.1;
            }
            if options.min == before.0 {
                options.min = after.0;
            }
            options.ty = counts;
        }
    });
}

/// The rows that are there with values of the new type.
fn convert_rows(
    run: &mut Run<'_>,
    text: &str,
    address: Address,
    before: Option<&TypeUse>,
    after: &TypeUse,
    change: &SetType,
    span: Span,
) -> Result {
    let always = change.using.is_none() && before.is_some_and(|before| always_converts(before, after));
    if !always {
        known::condition(run, address.object, "22P02", "has rows whose values the new type does not take", span);
    }
    let rows = match run.catalog.rows.get(&address.object) {
        None => return Ok(()),
        Some(Contents::Unknown(_)) if always => return Ok(()),
        Some(Contents::Unknown(why)) => return Err(Stop::unknown(&**why, span)),
        Some(Contents::Rows(rows)) => rows.clone(),
    };
    let is_null = |row: &Row| matches!(row.get(&address.column), None | Some(Value::Null));
    if rows.iter().all(is_null) && (change.using.is_none() || rows.is_empty()) {
        return Ok(());
    }
    let using = change.using.as_ref().map(|using| crate::syntax::expression::read(&text[using.value.span]));
    super::super::data::convert_column(run, address, after, using.as_ref(), span)
}

/// Whether every value of one type becomes one of another.
fn always_converts(before: &TypeUse, after: &TypeUse) -> bool {
    if before == after || (before.is_same_type(after) && after.modifier.is_none()) {
        return true;
    }
    if before.is_same_type(after) {
        let length = |ty: &TypeUse| ty.modifier.as_ref().and_then(|modifier| modifier.parse::<u32>().ok());
        return matches!((length(before), length(after)), (Some(before), Some(after)) if before <= after)
            && matches!(after.id, TypeId::BuiltIn("varchar" | "varbit"));
    }
    if before.array || after.array || after.modifier.is_some() {
        return false;
    }
    let (TypeId::BuiltIn(before), TypeId::BuiltIn(after)) = (before.id, after.id) else {
        return matches!(after.id, TypeId::BuiltIn("text" | "varchar"));
    };
    match after {
        "text" | "varchar" => true,
        "int4" => before == "int2",
        "int8" => matches!(before, "int2" | "int4"),
        "numeric" | "float8" => matches!(before, "int2" | "int4" | "int8" | "float4"),
        "timestamptz" | "timestamp" => matches!(before, "timestamp" | "timestamptz" | "date"),
        "jsonb" => false,
        _ => false,
    }
}

/// Makes indexes and constraints on the columns anew.
pub(super) fn rebuild(run: &mut Run<'_>, retyped: &[Retyped], span: Span) -> Result {
    for Retyped { column, before } in retyped {
        let after = run.catalog.column(*column).and_then(|column| column.ty.clone());
        let bare = |ty: &Option<TypeUse>| ty.as_ref().map(TypeUse::bare);
        if bare(&after) == bare(before) {
            continue;
        }
        let constraints: Vec<Oid> = run
            .catalog
            .dependents_of(*column)
            .map(|(dependent, _)| dependent.object)
            .filter(|oid| run.catalog.get(*oid).is_some_and(|object| object.body.class() == Class::Constraint))
            .collect();
        for constraint in constraints {
            rebuild_constraint(run, *column, before.as_ref(), constraint, span)?;
        }
        let indexes: Vec<Oid> = run.catalog.indexes(column.object).map(|(oid, _)| oid).collect();
        for index in indexes {
            rebuild_index(run, *column, before.as_ref(), index, span)?;
        }
    }
    Ok(())
}

fn rebuild_constraint(run: &mut Run<'_>, column: Address, before: Option<&TypeUse>, oid: Oid, span: Span) -> Result {
    let after = run.catalog.column(column).and_then(|column| column.ty.clone());
    let Some(object) = run.catalog.get(oid) else { return Ok(()) };
    let (Some(of), name) = (object.of, Name::clone(&object.name)) else { return Ok(()) };
    let Some(constraint) = object.constraint().cloned() else { return Ok(()) };
    match constraint.kind {
        ConstraintKind::ForeignKey(key) => {
            for (from, to) in constraint.columns.iter().zip(&key.columns) {
                crate::catalog::apply::constraint::expect_comparable(run, (of, *from), (key.table, *to), &name, span)?;
            }
            Ok(())
        }
        ConstraintKind::Check(check) => {
            let scope = Scope::of(name_of(run, of), of, Place::Check);
            let stored = again(run, &check, &scope, Some(&TypeUse::built_in("bool")), span)?;
            let recast = check.recast || is_recast(&stored, column, before, after.as_ref());
            let stored = Stored { recast, ..stored };
            run.catalog.update(oid, |object| {
                if let Some(constraint) = object.constraint_mut() {
                    constraint.kind = ConstraintKind::Check(stored.clone());
                }
            });
            link(&mut run.catalog, oid, &stored, Some(of));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Analyses a stored expression again, now that a column in it has another type. PostgreSQL reads what it would show, where constants have
/// the types that they had; of its errors only those about types are sure to be its own.
fn again(run: &mut Run<'_>, stored: &Stored, scope: &Scope, ty: Option<&TypeUse>, span: Span) -> Result<Stored> {
    let (shown, text) = (canonical::filled_text(&run.catalog, stored), canonical::current_text(&run.catalog, stored));
    let mut analysed = |text: &str| {
        let whole = Span::new(0, text.len() as u32);
        match ty {
            Some(ty) => expression_as(run, text, whole, scope, ty),
            None => expression(run, text, whole, scope),
        }
    };
    match analysed(&shown).and_then(|_| analysed(&text)) {
        Ok(stored) => Ok(stored),
        Err(Stop::Fails(failure)) if matches!(failure.sqlstate, "42883" | "42804" | "42725" | "22P02") => {
            Err(Stop::fails(failure.sqlstate, failure.message, span))
        }
        Err(_) => Err(Stop::unknown(format!("it can't be told what `{text}` means with the new type"), span)),
    }
}

fn rebuild_index(run: &mut Run<'_>, column: Address, before: Option<&TypeUse>, oid: Oid, span: Span) -> Result {
    let Some(mut index) = run.catalog.relation(oid).and_then(|relation| relation.index()).cloned() else { return Ok(()) };
    let after = run.catalog.column(column).and_then(|column| column.ty.clone());
    for key in &mut index.keys {
        match &mut key.subject {
            KeySubject::Column(number) if *number == column.column => match &key.class {
                None => drop(method::operator_class(run, "", &index.method, after.as_ref(), None, span)?),
                Some(class) => {
                    let is_text =
                        |ty: Option<&TypeUse>| matches!(ty, Some(TypeUse { id: TypeId::BuiltIn("text" | "varchar"), array: false, .. }));
                    if !(is_text(before) && is_text(after.as_ref())) {
                        return Err(Stop::unknown(format!("it can't be told whether {class} takes the new type"), span));
                    }
                }
            },
            KeySubject::Expression(stored) if stored.columns_of(column.object).contains(&column.column) || !stored.is_whole() => {
                let scope = Scope::of(name_of(run, column.object), column.object, Place::IndexExpression);
                let now = again(run, stored, &scope, None, span)?;
                stored.recast |= is_recast(stored, column, before, after.as_ref());
                if let Some(number) = lone_column(run, column.object, &now)? {
                    key.subject = KeySubject::Column(number);
                }
            }
            _ => {}
        }
    }
    if let Some(predicate) = index.predicate.as_mut().filter(|predicate| predicate.columns_of(column.object).contains(&column.column)) {
        let scope = Scope::of(name_of(run, column.object), column.object, Place::IndexPredicate);
        again(run, predicate, &scope, Some(&TypeUse::built_in("bool")), span)?;
        predicate.recast |= is_recast(predicate, column, before, after.as_ref());
    }
    run.catalog.update(oid, |object| {
        if let Some(relation) = object.relation_mut() {
            relation.kind = RelationKind::Index(std::sync::Arc::new(index.clone()));
        }
    });
    Ok(())
}
