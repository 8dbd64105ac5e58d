//! UNIQUE, PRIMARY KEY and EXCLUDE: constraints that an index stands behind (`transformIndexConstraint`, `ATExecAddIndex`).

use super::super::index::build::{self, KeyConstraint, KeyKind, NewIndex, add_key_constraint};
use super::super::index::keys;
use super::super::storage;
use super::not_null::require;
use super::{Demand, Recursion, Request, column_number, expect_new, table_name};
use crate::catalog::apply::Statement;
use crate::catalog::apply::index::naming::distinct_names;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{ConstraintKind, Generated, Index, IndexKey, KeySubject, Options, RelationKind, Type, TypeId, TypeUse};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{Address, ColumnNumber, Dependency, Oid};
use crate::syntax::tree::{ConstraintIndex, Exclude, Ident, Nulls};
use crate::text::Span;

/// The index that a UNIQUE, PRIMARY KEY or EXCLUDE asks for. The table must be there.
///
/// # Errors
/// 42703 for columns that are not there, 42701 for one that appears twice, 42P16 for a second primary key, 42704 for an operator class.
pub(in crate::catalog::apply) fn prepare_key(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    request: &Request<'_>,
) -> Result<NewIndex> {
    let text = statement.text;
    let (kind, parts) = match &request.demand {
        Demand::Key { kind, index, .. } => (*kind, *index),
        Demand::Exclude(exclude) => (KeyKind::Exclude, &exclude.index),
        _ => return Err(Stop::unknown("it is no constraint with an index", request.span)),
    };
    if run.catalog.relation(table).is_some_and(|relation| matches!(relation.kind, RelationKind::ForeignTable(..))) {
        let word = match kind {
            KeyKind::Primary => "primary key",
            KeyKind::Unique => "unique",
            KeyKind::Exclude => "exclusion",
        };
        return Err(Stop::fails("0A000", format!("{word} constraints are not supported on foreign tables"), request.span));
    }
    let mut index = Index {
        table,
        method: Name::from("btree"),
        keys: Vec::new(),
        include: Vec::new(),
        unique: kind != KeyKind::Exclude,
        primary: kind == KeyKind::Primary,
        nulls_not_distinct: false,
        predicate: None,
        constraint: None,
        valid: true,
        parent: None,
        immediate: true,
        column_names: Vec::new(),
    };
    match &request.demand {
        Demand::Key { columns, nulls, without_overlaps, .. } => {
            index.nulls_not_distinct = *nulls == Some(Nulls::NotDistinct);
            let numbers = key_columns(run, statement, table, columns, kind)?;
            if kind == KeyKind::Primary && primary_key(run, table).is_some() {
                return Err(second_primary_key(run, table, request.span));
            }
            if without_overlaps.is_some() {
                index.method = Name::from("gist");
            }
            index.keys = plain_keys(run, (table, kind), &numbers, &index.method, without_overlaps.is_some(), request.span)?;
        }
        Demand::Exclude(exclude) => exclusion(run, statement, table, exclude, &mut index)?,
        _ => {}
    }
    index.include = include(run, text, table, parts)?;
    if !index.include.is_empty() && !matches!(&*index.method, "btree" | "gist" | "spgist") {
        let message = format!("access method \"{}\" does not support included columns", index.method);
        return Err(Stop::fails("0A000", message, request.span));
    }
    index.column_names = column_names(run, table, &index);
    Ok(NewIndex {
        name: request.name.map(|name| Name::from(&*name.value(text))),
        options: options(text, parts, &index.method)?,
        tablespace: storage::tablespace(run, text, parts.tablespace.as_ref())?,
        constraint: Some(KeyConstraint {
            kind,
            deferrable: request.attributes.is_deferrable(),
            deferred: request.attributes.is_initially_deferred(),
        }),
        index,
        span: request.span,
    })
}

/// The indexes that the keys of a new table ask for: the primary key first, and of those that are the same only one (`transformIndexConstraints`).
pub(in crate::catalog::apply) fn prepare_keys(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    requests: &[Request<'_>],
) -> Result<Vec<NewIndex>> {
    let mut wanted: Vec<NewIndex> = Vec::new();
    let mut primary = None;
    for request in requests {
        let new = prepare_key(run, statement, table, request)?;
        if new.index.primary {
            if primary.replace(request.span).is_some() {
                return Err(second_primary_key(run, table, request.span));
            }
            wanted.insert(0, new);
        } else {
            wanted.push(new);
        }
    }
    let mut kept: Vec<NewIndex> = Vec::new();
    for new in wanted {
        let like = |prior: &&mut NewIndex| {
            let (a, b) = (&prior.index, &new.index);
            let exclusion = |new: &NewIndex| new.constraint.is_some_and(|constraint| constraint.kind == KeyKind::Exclude);
            let deferred = |new: &NewIndex| new.constraint.map(|constraint| (constraint.deferrable, constraint.deferred));
            a.keys == b.keys
                && a.include == b.include
                && a.method == b.method
                && a.nulls_not_distinct == b.nulls_not_distinct
                && a.predicate.is_none()
                && b.predicate.is_none()
                && exclusion(prior) == exclusion(&new)
                && deferred(prior) == deferred(&new)
        };
        match kept.iter_mut().find(like) {
            Some(prior) => prior.name = prior.name.take().or(new.name),
            None => kept.push(new),
        }
    }
    Ok(kept)
}

/// Adds the constraint with its index; the columns of a primary key become NOT NULL.
///
/// # Errors
/// As those of [`build::create`] and [`require`].
pub(in crate::catalog::apply) fn add_key(run: &mut Run<'_>, table: Oid, new: NewIndex, recursion: Recursion) -> Result {
    let origin = run.origin;
    run.origin = run.origin_of(new.span);
    let result = add_at_origin(run, table, new, recursion);
    run.origin = origin;
    result
}

fn add_at_origin(run: &mut Run<'_>, table: Oid, new: NewIndex, recursion: Recursion) -> Result {
    let (primary, span) = (new.index.primary, new.span);
    if !primary {
        return build::create(run, table, new, recursion).map(drop);
    }
    let columns: Vec<ColumnNumber> = new.index.columns().flatten().collect();
    // PostgreSQL builds the index before it looks for nulls in the rows, but for those two errors the rows decide and not the order.
    let made = build::create(run, table, new, recursion);
    require(run, table, &columns, recursion, span)?;
    made.map(drop)
}

fn second_primary_key(run: &Run<'_>, table: Oid, span: Span) -> Stop {
    let message = format!("multiple primary keys for table \"{}\" are not allowed", table_name(run, table));
    Stop::fails("42P16", message, span)
}

/// The primary key of a table.
pub(super) fn primary_key(run: &Run<'_>, table: Oid) -> Option<Oid> {
    run.catalog.constraints(table).find(|(_, constraint)| matches!(constraint.kind, ConstraintKind::PrimaryKey(_))).map(|(oid, _)| oid)
}

fn key_columns(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, columns: &[Ident], kind: KeyKind) -> Result<Vec<ColumnNumber>> {
    // A column that is not there is missed when the index is made, and one that is named twice before that.
    for (at, column) in columns.iter().enumerate() {
        let name = column.value(statement.text);
        if columns[..at].iter().any(|earlier| earlier.value(statement.text) == name) {
            let word = if kind == KeyKind::Primary { "primary key" } else { "unique" };
            let message = format!("column \"{name}\" appears twice in {word} constraint");
            return Err(Stop::fails("42701", message, column.span));
        }
    }
    let mut numbers = Vec::with_capacity(columns.len());
    for column in columns {
        let name = column.value(statement.text);
        let Some(number) = column_number(run, table, &name, column.span)? else {
            let of_new = matches!(statement.node, crate::syntax::tree::Node::CreateTable(_)) || kind != KeyKind::Primary;
            let message = if of_new {
                format!("column \"{name}\" named in key does not exist")
            } else {
                format!("column \"{name}\" of relation \"{}\" does not exist", table_name(run, table))
            };
            return Err(Stop::fails("42703", message, column.span));
        };
        numbers.push(number);
    }
    if numbers.len() > 32 {
        return Err(Stop::fails("54011", "cannot use more than 32 columns in an index", columns[32].span));
    }
    Ok(numbers)
}

fn plain_keys(
    run: &mut Run<'_>,
    (table, kind): (Oid, KeyKind),
    columns: &[ColumnNumber],
    method: &str,
    without_overlaps: bool,
    span: Span,
) -> Result<Vec<IndexKey>> {
    if without_overlaps && columns.len() < 2 {
        return Err(Stop::fails("42601", "constraint using WITHOUT OVERLAPS needs at least two columns", span));
    }
    let mut found = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let ty = run.catalog.column(Address::column(table, *column)).and_then(|column| column.ty.clone());
        if is_virtual(run, table, *column) {
            let word = if kind == KeyKind::Primary { "primary keys" } else { "unique constraints" };
            return Err(Stop::fails("0A000", format!("{word} on virtual generated columns are not supported"), span));
        }
        if without_overlaps && at + 1 == columns.len() {
            expect_range(run, table, *column, ty.as_ref(), span)?;
        }
        let class = super::super::index::method::operator_class(run, "", method, ty.as_ref(), None, span)?;
        let exclusion = without_overlaps.then(|| Name::from(if at + 1 == columns.len() { "&&" } else { "=" }));
        found.push(IndexKey {
            subject: KeySubject::Column(*column),
            collation: None,
            class,
            class_options: Options::new(),
            descending: false,
            nulls_first: false,
            exclusion,
        });
    }
    Ok(found)
}

/// Whether a column is computed when it is read.
pub(in crate::catalog::apply) fn is_virtual(run: &Run<'_>, table: Oid, column: ColumnNumber) -> bool {
    run.catalog.column(Address::column(table, column)).is_some_and(|column| column.generated == Some(Generated::Virtual))
}

/// What WITHOUT OVERLAPS is about is a range or a multirange.
fn expect_range(run: &Run<'_>, table: Oid, column: ColumnNumber, ty: Option<&TypeUse>, span: Span) -> Result {
    let is_range = match ty {
        Some(TypeUse { id: TypeId::BuiltIn(name), array: false, .. }) => name.ends_with("range"),
        Some(TypeUse { array: true, .. }) => false,
        Some(TypeUse { id: TypeId::User(oid), .. }) => match run.catalog.get(*oid).and_then(|object| object.ty()) {
            Some(Type::Enum(_) | Type::Base(_) | Type::Shell) => false,
            Some(_) => true,
            None => run.catalog.relation(*oid).is_none_or(|relation| relation.kind == RelationKind::Unknown),
        },
        None => true,
    };
    if is_range {
        return Ok(());
    }
    let name = run.catalog.column(Address::column(table, column)).map(|column| column.name.to_string()).unwrap_or_default();
    Err(Stop::fails("42804", format!("column \"{name}\" in WITHOUT OVERLAPS is not a range or multirange type"), span))
}

fn exclusion(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, exclude: &Exclude, index: &mut Index) -> Result {
    let text = statement.text;
    if build::is_partitioned(run, table) && run.world.target.major() < 17 {
        let message = "exclusion constraints are not supported on partitioned tables";
        let span = exclude.elements.first().map(|element| element.key.span);
        return Err(Stop::fails("0A000", message, span));
    }
    if let Some(predicate) = &exclude.predicate {
        index.predicate = keys::predicate(run, statement, table, predicate.value)?;
    }
    let expressions = keys::expressions(run, statement, table, exclude.elements.iter().map(|element| &element.key))?;
    index.method = super::super::index::method::method_name(text, exclude.method.as_ref());
    let first = exclude.elements.first().map(|element| element.key.span).unwrap_or(Span::empty(0));
    let span = exclude.method.as_ref().map_or(first, |clause| clause.span);
    let abilities = super::super::index::method::abilities(run, &index.method, span)?;
    if !abilities.exclusion {
        let message = format!("access method \"{}\" does not support exclusion constraints", index.method);
        return Err(Stop::fails("0A000", message, span));
    }
    for (element, analysed) in exclude.elements.iter().zip(expressions) {
        let mut key = keys::key(run, statement, table, (&index.method, abilities), &element.key, analysed)?;
        key.exclusion = Some(super::super::index::exclusion::operator(run, text, table, &index.method, &key, element.operator)?);
        index.keys.push(key);
    }
    index.column_names = exclude.elements.iter().map(|element| keys::key_name(statement, &element.key)).collect();
    Ok(())
}

fn include(run: &mut Run<'_>, text: &str, table: Oid, parts: &ConstraintIndex) -> Result<Vec<ColumnNumber>> {
    let Some(include) = &parts.include else { return Ok(Vec::new()) };
    let mut numbers = Vec::with_capacity(include.value.len());
    for column in &include.value {
        let name = column.value(text);
        let missing = || Stop::fails("42703", format!("column \"{name}\" named in key does not exist"), column.span);
        numbers.push(column_number(run, table, &name, column.span)?.ok_or_else(missing)?);
    }
    Ok(numbers)
}

fn column_names(run: &Run<'_>, table: Oid, index: &Index) -> Vec<Name> {
    let name_of = |number: ColumnNumber| {
        let column = run.catalog.column(Address::column(table, number));
        column.map_or_else(|| Name::from(""), |column| Name::clone(&column.name))
    };
    let keys = index.keys.iter().enumerate().map(|(at, key)| match key.subject {
        KeySubject::Column(number) => name_of(number),
        KeySubject::Expression(_) => index.column_names.get(at).cloned().unwrap_or_else(|| Name::from("expr")),
    });
    distinct_names(keys.chain(index.include.iter().map(|number| name_of(*number))).collect::<Vec<_>>())
}

fn options(text: &str, parts: &ConstraintIndex, method: &str) -> Result<Options> {
    match &parts.parameters {
        Some(parameters) => storage::parameters(text, &parameters.value, storage::Holder::index(method)),
        None => Ok(Options::new()),
    }
}

/// `USING INDEX`: an index that is there becomes the constraint's, and takes its name.
pub(super) fn use_index(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    request: &Request<'_>,
    kind: KeyKind,
    index: Ident,
) -> Result {
    let text = statement.text;
    let name = index.value(text);
    let found = run.find_in(Class::Relation, super::schema_of(run, table), &name)?;
    let Some((oid, object)) = found.and_then(|oid| Some((oid, run.catalog.get(oid)?))) else {
        if run.catalog.relation(table).is_none_or(|relation| !relation.columns_known) {
            return Err(Stop::unknown(format!("nothing is known of index \"{name}\""), index.span));
        }
        return Err(Stop::fails("42704", format!("index \"{name}\" does not exist"), index.span));
    };
    let Some(model) = object.relation().and_then(|relation| relation.index()) else {
        return Err(Stop::fails("42809", format!("\"{name}\" is not an index"), index.span));
    };
    let model = model.clone();
    let refuse = |sqlstate, message: String| Err(Stop::fails(sqlstate, message, index.span));
    if model.constraint.is_some() {
        return refuse("55000", format!("index \"{name}\" is already associated with a constraint"));
    }
    if model.table != table {
        return refuse("55000", format!("index \"{name}\" does not belong to table \"{}\"", table_name(run, table)));
    }
    if !model.valid {
        return refuse("55000", format!("index \"{name}\" is not valid"));
    }
    if !model.unique {
        return refuse("42809", format!("\"{name}\" is not a unique index"));
    }
    if model.columns().any(|column| column.is_none()) {
        return refuse("42809", format!("index \"{name}\" contains expressions"));
    }
    if model.predicate.is_some() {
        return refuse("42809", format!("\"{name}\" is a partial index"));
    }
    if &*model.method != "btree" {
        return refuse("42809", format!("index \"{name}\" is not a btree"));
    }
    if let Some(at) = model.keys.iter().position(|key| key.descending || key.nulls_first || key.class.is_some() || key.collation.is_some())
    {
        return refuse("42809", format!("index \"{name}\" column number {} does not have default sorting behavior", at + 1));
    }
    let constraint = request.name.map_or_else(|| Name::from(&*name), |written| Name::from(&*written.value(text)));
    if *constraint != *name {
        if run.find_in(Class::Relation, super::schema_of(run, table), &constraint)?.is_some() {
            return Err(Stop::fails("42P07", format!("relation \"{constraint}\" already exists"), request.span));
        }
        run.catalog.update(oid, |object| object.name = Name::clone(&constraint));
    }
    // Only now: what is wrong with the index is said first.
    if kind == KeyKind::Primary && primary_key(run, table).is_some() {
        return Err(second_primary_key(run, table, request.span));
    }
    if expect_new(run, table, &constraint, request.span).is_err() {
        // PostgreSQL does not look, but its own catalog refuses the second one.
        let message = "duplicate key value violates unique constraint \"pg_constraint_conrelid_contypid_conname_index\"";
        return Err(Stop::fails("23505", message, request.span));
    }
    let columns: Vec<ColumnNumber> = model.columns().flatten().collect();
    if kind == KeyKind::Primary {
        require(run, table, &columns, Recursion::Whole, request.span)?;
        run.catalog.update_relation(oid, |relation| build::edit(relation, |index| index.primary = true));
    }
    run.catalog.unlink_all(Address::whole(oid), Dependency::Auto);
    let key = KeyConstraint { kind, deferrable: request.attributes.is_deferrable(), deferred: request.attributes.is_initially_deferred() };
    run.catalog.update_relation(oid, |relation| build::edit(relation, |index| index.immediate = !key.deferrable));
    add_key_constraint(run, table, oid, constraint, key, &columns, &model.include);
    Ok(())
}
