//! A column of a table: what its definition says, the column itself, and the sequence and the expression that it may need
//! (`transformColumnDefinition`, `ATExecAddColumn`).
//!
//! [`prepare`] reads a definition and raises what PostgreSQL raises before it looks at the table; [`place`] puts the column into the table;
//! [`finish`] makes what hangs on it. CREATE TABLE takes all columns through each step before the next; [`add_column`] takes one through all.

use std::sync::Arc;

use super::super::constraint::{check_column_attributes, schema_of, table_name};
use super::super::sequence::options::Purpose;
use super::super::{sequence, storage};
use crate::catalog::apply::{Statement, known};
use crate::catalog::collation;
use crate::catalog::expression::analysis::{Place, Scope, expression_as};
use crate::catalog::expression::{Completeness, Form, Stored, Use, Used, link};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{
    Column, ColumnDefault, Generated, Identity, Persistence, RelationKind, Sequence, SequenceOptions, Type, TypeId, TypeUse,
};
use crate::catalog::object::{Body, Name, Object};
use crate::catalog::run::Run;
use crate::catalog::types::{format_type, type_use};
use crate::catalog::typing::base_type;
use crate::catalog::{Address, ColumnNumber, Contents, Dependency, Oid, naming};
use crate::postgres::facts::{TypeKind, system};
use crate::postgres::{self, Serial};
use crate::syntax::Version;
use crate::syntax::expression::{Constant, read};
use crate::syntax::tree::{self, ColumnConstraintKind, Expr, GeneratedKind, Generation, Ident, SequenceOptionKind};
use crate::text::Span;

/// What a column's definition says.
#[derive(Debug, Clone)]
pub(in crate::catalog::apply) struct Prepared<'t> {
    /// The definition.
    pub written: &'t tree::Column,
    /// Its name and type, and what else of the column needs no table.
    pub column: Column,
    /// DEFAULT
    pub default: Option<Expr>,
    /// GENERATED … AS (…)
    pub generated: Option<Expr>,
    identity: Option<&'t tree::Identity>,
    serial: Option<SequenceOptions>,
}

impl Prepared<'_> {
    /// Whether it gives the column a value of its own: a sequence's.
    pub(in crate::catalog::apply) const fn sets_value(&self) -> bool {
        self.identity.is_some() || self.serial.is_some()
    }
}

/// What kind of table the column is for, as far as that decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog::apply) enum Host {
    Plain,
    Typed,
    Partition,
}

/// Adds a column to a table, with its default, its identity and its NOT NULL; its keys, checks and references are the caller's
/// business. The tables below are not touched.
///
/// # Errors
/// 42701 if it has one of that name, 42704 for its type, 23502 if it may not be null and there are rows, and what its expressions raise.
pub(in crate::catalog::apply) fn add_column(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    written: &tree::Column,
) -> Result<ColumnNumber> {
    let of = table_name(run, table);
    let prepared = prepare(run, statement, &of, Host::Plain, written)?;
    let name = &prepared.column.name;
    if run.catalog.relation(table).is_some_and(|relation| relation.column(name).is_some()) {
        let message = format!("column \"{name}\" of relation \"{of}\" already exists");
        return Err(Stop::fails("42701", message, written.name.span));
    }
    check_name_and_type(run, &prepared.column, written)?;
    let number = place(run, table, prepared.column.clone());
    finish(run, statement, table, number, &prepared)?;
    fill(run, statement, table, number, &prepared)?;
    Ok(number)
}

/// Reads a definition.
pub(in crate::catalog::apply) fn prepare<'t>(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: &str,
    host: Host,
    written: &'t tree::Column,
) -> Result<Prepared<'t>> {
    let text = statement.text;
    let name = Name::from(&*written.name.value(text));
    if written.name.is_template(text) {
        return Err(Stop::unknown(format!("`{name}` is filled in by the tool"), written.name.span));
    }
    let serial = written.ty.as_ref().and_then(|ty| postgres::serial(text, ty)).map(sequence_of);
    let ty = match (&written.ty, serial) {
        (Some(ty), Some(_)) if ty.array_dimensions > 0 => return Err(Stop::fails("0A000", "array of serial is not implemented", ty.span)),
        (_, Some(options)) => Some(TypeUse::built_in(options.ty)),
        (Some(ty), None) => Some(type_use(run, text, ty)?),
        (None, None) => None,
    };
    let mut column = Column { origin: run.origin_of(written.span), ..Column::new(0, Name::clone(&name), ty) };
    if let Some(clause) = &written.collation {
        column.collation = collation::collation(run, text, clause.value, column.ty.as_ref())?;
    }
    if let Some(clause) = &written.storage {
        column.storage = storage_word(run, text, &column, clause.value)?;
    }
    if let Some(clause) = &written.compression {
        column.compression = compression_word(text, clause.value)?;
    }
    for option in &written.options {
        let value = option.value.as_ref().map_or_else(|| Arc::from(""), |value| storage::setting_text(text, value));
        column.options.insert(Arc::from(&*option.name.value(text)), value);
    }
    let mut prepared = Prepared { written, column, default: None, generated: None, identity: None, serial };
    read_constraints(&mut prepared, table, host, run.world.target)?;
    Ok(prepared)
}

/// What the sequence behind a column counts like.
const fn sequence_of(serial: Serial) -> SequenceOptions {
    match serial {
        Serial::Small => SequenceOptions::SMALLINT,
        Serial::Integer => SequenceOptions::INTEGER,
        Serial::Big => SequenceOptions::BIGINT,
    }
}

/// Reads what stands behind the type, and refuses what contradicts itself.
fn read_constraints(prepared: &mut Prepared<'_>, table: &str, host: Host, version: Version) -> Result {
    let name = Name::clone(&prepared.column.name);
    let of = format!("for column \"{name}\" of table \"{table}\"");
    let refuse = |message: String, span: Span| Err(Stop::fails("42601", message, span));
    let is_serial = prepared.serial.is_some();
    // What is said of null so far: a serial is not null from the start.
    let mut nullable = is_serial.then_some(false);
    let mut saw_default = is_serial;
    prepared.column.not_null = is_serial;
    for constraint in &prepared.written.constraints {
        check_column_attributes(constraint)?;
        let span = constraint.span;
        match &constraint.kind {
            ColumnConstraintKind::Null => {
                if nullable == Some(false) {
                    return refuse(format!("conflicting NULL/NOT NULL declarations {of}"), span);
                }
                nullable = Some(true);
            }
            ColumnConstraintKind::NotNull => {
                if nullable == Some(true) {
                    return refuse(format!("conflicting NULL/NOT NULL declarations {of}"), span);
                }
                nullable = Some(false);
                prepared.column.not_null = true;
            }
            ColumnConstraintKind::Default(expression) => {
                if std::mem::replace(&mut saw_default, true) {
                    return refuse(format!("multiple default values specified {of}"), span);
                }
                prepared.default = Some(*expression);
            }
            ColumnConstraintKind::Identity(identity) => {
                refuse_host(host, "identity columns", span)?;
                if prepared.identity.replace(identity).is_some() {
                    return refuse(format!("multiple identity specifications {of}"), span);
                }
                if nullable == Some(true) {
                    return refuse(format!("conflicting NULL/NOT NULL declarations {of}"), span);
                }
                nullable = Some(false);
                prepared.column.not_null = true;
            }
            ColumnConstraintKind::Generated(expression, kind) => {
                if host != Host::Partition || version.major() < 16 {
                    refuse_host(host, "generated columns", span)?;
                }
                if prepared.generated.replace(*expression).is_some() {
                    return refuse(format!("multiple generation clauses specified {of}"), span);
                }
                let is_stored = matches!(kind, GeneratedKind::Stored(_));
                prepared.column.generated = Some(if is_stored { Generated::Stored } else { Generated::Virtual });
            }
            ColumnConstraintKind::PrimaryKey(_) if nullable == Some(true) && version.major() >= 18 => {
                return refuse(format!("conflicting NULL/NOT NULL declarations {of}"), span);
            }
            _ => {}
        }
        let (identity, generated) = (prepared.identity.is_some(), prepared.generated.is_some());
        for (both, words) in [
            (saw_default && identity, "default and identity"),
            (saw_default && generated, "default and generation expression"),
            (identity && generated, "identity and generation expression"),
        ] {
            if both {
                return refuse(format!("both {words} specified {of}"), span);
            }
        }
    }
    Ok(())
}

fn refuse_host(host: Host, what: &str, span: Span) -> Result {
    let of = match host {
        Host::Plain => return Ok(()),
        Host::Typed => "typed tables",
        Host::Partition => "partitions",
    };
    Err(Stop::fails("0A000", format!("{what} are not supported on {of}"), span))
}

/// `STORAGE word`; none for the type's default.
pub(in crate::catalog::apply) fn storage_word(run: &Run<'_>, text: &str, column: &Column, word: Ident) -> Result<Option<Name>> {
    let value = word.value(text).to_ascii_lowercase();
    let base = column.ty.as_ref().and_then(|ty| base_type(&run.catalog, ty)).filter(|base| !base.array);
    let fact = base.as_ref().and_then(|base| match base.id {
        TypeId::BuiltIn(name) => system().type_named(name, run.world.target),
        TypeId::User(_) => None,
    });
    // Values of a fixed length are stored plain, and so are labels.
    let is_enum = base.is_some_and(|base| match base.id {
        TypeId::User(oid) => matches!(run.catalog.get(oid).and_then(|object| object.ty()), Some(Type::Enum(_))),
        TypeId::BuiltIn(_) => false,
    });
    match value.as_str() {
        "plain" | "external" | "extended" | "main" => {}
        "default" => return Ok(None),
        _ => return Err(Stop::fails("22023", format!("invalid storage type \"{value}\""), word.span)),
    }
    if value != "plain" && (is_enum || fact.is_some_and(|fact| fact.length >= 0)) {
        let shown = column.ty.as_ref().map(|ty| format_type(&run.catalog, &ty.bare())).unwrap_or_default();
        let message = format!("column data type {shown} can only have storage PLAIN");
        return Err(Stop::fails("0A000", message, word.span));
    }
    let default = fact.map(|fact| format!("{:?}", fact.storage).to_ascii_lowercase());
    Ok(if default.as_deref() == Some(&value) { None } else { Some(Name::from(value)) })
}

/// `COMPRESSION word`; none for the default.
pub(in crate::catalog::apply) fn compression_word(text: &str, word: Ident) -> Result<Option<Name>> {
    let value = word.value(text);
    match &*value {
        "default" => Ok(None),
        "pglz" | "lz4" => Ok(Some(Name::from(&*value))),
        _ => Err(Stop::fails("22023", format!("invalid compression method \"{value}\""), word.span)),
    }
}

/// Expects a name that no table has of itself, and a type that a column may have (`CheckAttributeNamesTypes`).
pub(in crate::catalog::apply) fn check_name_and_type(run: &Run<'_>, column: &Column, written: &tree::Column) -> Result {
    let name = &column.name;
    if matches!(&**name, "tableoid" | "cmax" | "xmax" | "cmin" | "xmin" | "ctid") {
        let message = format!("column name \"{name}\" conflicts with a system column name");
        return Err(Stop::fails("42701", message, written.name.span));
    }
    let Some(ty) = &written.ty else { return Ok(()) };
    if ty.setof.is_some() {
        return Err(Stop::fails("42P16", format!("column \"{name}\" cannot be declared SETOF"), ty.span));
    }
    if let Some(TypeUse { id: TypeId::BuiltIn(of), array: false, .. }) = &column.ty
        && system().type_named(of, run.world.target).is_some_and(|fact| fact.kind == TypeKind::Pseudo)
    {
        return Err(Stop::fails("42P16", format!("column \"{name}\" has pseudo-type {of}"), ty.span));
    }
    Ok(())
}

/// Puts a column into a table; it depends on its type.
pub(in crate::catalog::apply) fn place(run: &mut Run<'_>, table: Oid, column: Column) -> ColumnNumber {
    let ty = column.ty.clone();
    let origin = if column.origin.migration.is_some() { column.origin } else { run.origin };
    let column = Column { origin, ..column };
    let number = run.catalog.update_relation(table, |relation| relation.add_column(column)).unwrap_or_default();
    if let Some(TypeUse { id: TypeId::User(ty), .. }) = ty {
        run.catalog.link(Address::column(table, number), ty, Dependency::Normal);
    }
    number
}

/// Makes what hangs on a column that is in its table: the sequence of a serial or an identity column, its default or its expression, and the
/// constraint that NOT NULL is.
pub(in crate::catalog::apply) fn finish(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    number: ColumnNumber,
    prepared: &Prepared<'_>,
) -> Result {
    let text = statement.text;
    if let Some(clause) = &prepared.written.collation {
        collation::link(run, Address::column(table, number), text, clause.value)?;
    }
    if let Some(options) = prepared.serial {
        let sequence = own_sequence(run, table, number, Sequence { options, ..Sequence::default() }, None, prepared.written.span)?;
        let stored = next_value(run, sequence);
        set_default(run, table, number, stored);
    }
    if let Some(identity) = prepared.identity {
        make_identity(run, statement, table, number, identity, prepared.written.span)?;
    }
    if let Some(expression) = prepared.default {
        let stored = default_expression(run, text, table, number, expression)?;
        if let Some(stored) = stored {
            set_default(run, table, number, stored);
        }
    }
    if let Some(expression) = prepared.generated {
        let scope = Scope::of(table_name(run, table), table, Place::Generated);
        let stored = match &prepared.column.ty {
            Some(ty) => expression_as(run, text, expression.span, &scope, ty)?,
            None => crate::catalog::expression::analysis::expression(run, text, expression.span, &scope)?,
        };
        if prepared.column.generated == Some(Generated::Virtual) {
            expect_built_in(run, &prepared.column, &stored, expression.span)?;
        }
        set_default(run, table, number, stored);
    }
    Ok(())
}

/// What a virtual column is made from runs whenever somebody reads it, so that nothing in it may be anybody's own.
fn expect_built_in(run: &Run<'_>, column: &Column, stored: &Stored, span: Span) -> Result {
    let name = &column.name;
    let refuse = |message: String| Err(Stop::fails("0A000", message, span));
    if let Some(TypeUse { id: TypeId::User(oid), .. }) = column.ty {
        return match run.catalog.get(oid).and_then(|object| object.ty()) {
            Some(Type::Domain(_)) => refuse(format!("virtual generated column \"{name}\" cannot have a domain type")),
            Some(Type::Unknown(_)) => Ok(()),
            _ => refuse(format!("virtual generated column \"{name}\" cannot have a user-defined type")),
        };
    }
    let uses_own = stored.uses.iter().any(|used| matches!(used.what, Used::Routine(_)));
    if uses_own { refuse("generation expression uses user-defined function".to_owned()) } else { Ok(()) }
}

/// DEFAULT of a column; none for NULL, which PostgreSQL does not keep.
pub(in crate::catalog::apply) fn default_expression(
    run: &mut Run<'_>,
    text: &str,
    table: Oid,
    number: ColumnNumber,
    expression: Expr,
) -> Result<Option<Stored>> {
    let ty = run.catalog.column(Address::column(table, number)).and_then(|column| column.ty.clone());
    let scope = Scope::none(Place::ColumnDefault);
    let stored = match &ty {
        Some(ty) => expression_as(run, text, expression.span, &scope, ty)?,
        None => crate::catalog::expression::analysis::expression(run, text, expression.span, &scope)?,
    };
    let is_domain = ty.as_ref().is_some_and(|ty| matches!(ty.id, TypeId::User(oid) if is_domain(run, oid)));
    let is_null = text[expression.span].trim().eq_ignore_ascii_case("null");
    Ok((!is_null || is_domain).then_some(stored))
}

fn is_domain(run: &Run<'_>, oid: Oid) -> bool {
    run.catalog.get(oid).and_then(|object| object.ty()).is_some_and(|ty| matches!(ty, Type::Domain(_) | Type::Unknown(_)))
}

/// Gives a column a default, or the expression that it is generated by, in place of what it had.
pub(in crate::catalog::apply) fn set_default(run: &mut Run<'_>, table: Oid, number: ColumnNumber, expression: Stored) -> Oid {
    let address = Address::column(table, number);
    let (before, generated) = match run.catalog.column(address) {
        Some(column) => (column.default, column.generated),
        None => (None, None),
    };
    if let Some(before) = before {
        run.catalog.remove(before);
    }
    let default = ColumnDefault { column: number, expression: expression.clone() };
    let object = Object::new("", Body::Default(Arc::new(default)), run.origin).part_of(table);
    let oid = run.catalog.add(object);
    run.catalog.update_column(address, |column| column.default = Some(oid));
    match generated {
        None => {
            run.catalog.link(oid, address, Dependency::Auto);
            link(&mut run.catalog, oid, &expression, None);
        }
        // Since PostgreSQL 15 what a generated column is computed from can't go without it; before, it went along silently.
        Some(_) if run.world.target.major() >= 15 => {
            run.catalog.link(oid, address, Dependency::Internal);
            link(&mut run.catalog, oid, &expression, None);
        }
        Some(_) => {
            run.catalog.link(oid, address, Dependency::Auto);
            link(&mut run.catalog, oid, &expression, Some(table));
            for column in expression.columns_of(table) {
                run.catalog.link(address, Address::column(table, column), Dependency::Auto);
            }
        }
    }
    oid
}

/// Makes the sequence of a column, which owns it.
fn own_sequence(
    run: &mut Run<'_>,
    table: Oid,
    number: ColumnNumber,
    sequence: Sequence,
    name: Option<(Oid, Name)>,
    span: Span,
) -> Result<Oid> {
    let column = run.catalog.column(Address::column(table, number)).map(|column| Name::clone(&column.name));
    let (schema, name) = name.unwrap_or_else(|| {
        let schema = schema_of(run, table);
        let column = column.as_deref().unwrap_or_default();
        (schema, Name::from(naming::relation_name(&run.catalog, schema, &table_name(run, table), column, "seq")))
    });
    super::super::creation::expect_free(run, schema, &name, span)?;
    let persistence = run.catalog.relation(table).map_or(Persistence::Permanent, |relation| relation.persistence);
    // Before version 15 no sequence is unlogged.
    let persistence =
        if persistence == Persistence::Unlogged && run.world.target.major() < 15 { Persistence::Permanent } else { persistence };
    let sequence = Sequence { owned_by: Some(Address::column(table, number)), ..sequence };
    Ok(sequence::create_owned(run, schema, &name, sequence, persistence))
}

/// `nextval` of a sequence, as a serial's default is.
fn next_value(run: &Run<'_>, sequence: Oid) -> Stored {
    let shown = known::shown_name(&run.catalog, sequence);
    let quoted: Vec<String> = match run.catalog.get(sequence) {
        Some(object) => {
            let schema = object.schema.and_then(|schema| run.catalog.get(schema)).map(|schema| quote(&schema.name));
            schema.into_iter().chain([quote(&object.name)]).collect()
        }
        None => vec![shown],
    };
    let literal = format!("'{}'", quoted.join(".").replace('\'', "''"));
    let text = format!("nextval({literal}::regclass)");
    let start = "nextval(".len() as u32;
    let span = Span::new(start, start + literal.len() as u32);
    Stored {
        text: Arc::from(text),
        form: Form::Expression,
        uses: Arc::from([Use { span, what: Used::Relation(sequence) }]),
        filled: Arc::from([]),
        completeness: Completeness::Whole,
        ty: Some(TypeUse::built_in("int8")),
        recast: false,
    }
}

fn quote(name: &str) -> String {
    let plain = name.bytes().enumerate().all(|(at, byte)| byte.is_ascii_lowercase() || byte == b'_' || (at > 0 && byte.is_ascii_digit()));
    if plain && !name.is_empty() { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// How the sequence of an identity column counts.
///
/// # Errors
/// 22023 if the column's type counts nothing, and what the options raise.
fn identity_options(run: &mut Run<'_>, text: &str, ty: Option<&TypeUse>, identity: &tree::Identity, span: Span) -> Result<SequenceOptions> {
    let ty = ty.map(|ty| match ty {
        TypeUse { id: TypeId::BuiltIn(name), array: false, .. } => (*name, span),
        _ => ("text", span),
    });
    sequence::options::initial(run, text, &identity.options, Purpose::Identity, ty)
}

/// Expects an identity column to be able to count.
///
/// # Errors
/// As those of [`make_identity`].
pub(super) fn expect_identity(run: &mut Run<'_>, statement: Statement<'_>, prepared: &Prepared<'_>) -> Result {
    let Some(identity) = prepared.identity else { return Ok(()) };
    identity_options(run, statement.text, prepared.column.ty.as_ref(), identity, prepared.written.span).map(drop)
}

/// Makes a column an identity column: its sequence, and what it does with values from INSERT.
///
/// # Errors
/// 22023 if its type counts nothing, and what the options raise.
pub(in crate::catalog::apply) fn make_identity(
    run: &mut Run<'_>,
    statement: Statement<'_>,
    table: Oid,
    number: ColumnNumber,
    identity: &tree::Identity,
    span: Span,
) -> Result {
    let text = statement.text;
    let ty = run.catalog.column(Address::column(table, number)).and_then(|column| column.ty.clone());
    let options = identity_options(run, text, ty.as_ref(), identity, span)?;
    let mut name = None;
    for option in &identity.options {
        if let SequenceOptionKind::SequenceName(written) = &option.kind {
            let schema = match written.schema {
                Some(_) => run.schema_for(text, *written)?,
                None => schema_of(run, table),
            };
            name = Some((schema, Name::from(&*written.object.value(text))));
        }
    }
    let sequence = own_sequence(run, table, number, Sequence { options, identity: true, owned_by: None }, name, span)?;
    let kind = match identity.generation.value {
        Generation::Always => Identity::Always,
        Generation::ByDefault => Identity::ByDefault,
    };
    run.catalog.update_column(Address::column(table, number), |column| column.identity = Some((kind, sequence)));
    Ok(())
}

/// Gives a column the identity of another one, with a sequence of its own that counts alike.
pub(in crate::catalog::apply) fn copy_identity(run: &mut Run<'_>, table: Oid, number: ColumnNumber, source: Address, span: Span) -> Result {
    let Some((kind, sequence)) = run.catalog.column(source).and_then(|column| column.identity) else { return Ok(()) };
    let Some(RelationKind::Sequence(like)) = run.catalog.relation(sequence).map(|relation| relation.kind.clone()) else { return Ok(()) };
    // It counts in the type that a sequence has by itself, between the bounds of the other.
    let options = SequenceOptions { ty: "int8", ..like.options };
    let copy = Sequence { owned_by: None, options, ..like };
    let sequence = own_sequence(run, table, number, copy, None, span)?;
    run.catalog.update_column(Address::column(table, number), |column| column.identity = Some((kind, sequence)));
    Ok(())
}

/// Gives the rows that are there the value of a new column: its default, or null.
fn fill(run: &mut Run<'_>, statement: Statement<'_>, table: Oid, number: ColumnNumber, prepared: &Prepared<'_>) -> Result {
    let is_domain = matches!(&prepared.column.ty, Some(TypeUse { id: TypeId::User(oid), array: false, .. }) if is_domain(run, *oid));
    let counted = prepared.serial.is_some() || prepared.identity.is_some();
    let is_null = match prepared.default {
        Some(expression) => read(&statement.text[expression.span]).as_constant() == Some(&Constant::Null),
        None => !counted && prepared.generated.is_none() && !is_domain,
    };
    let is_foreign = run.catalog.relation(table).is_some_and(|relation| matches!(relation.kind, RelationKind::ForeignTable(..)));
    if is_foreign {
        return Ok(());
    }
    let span = prepared.written.span;
    if prepared.column.not_null && is_null {
        known::condition(run, table, "23502", "has rows", span);
    }
    match run.catalog.rows.get(&table) {
        None => Ok(()),
        Some(Contents::Unknown(why)) if prepared.column.not_null && is_null => Err(Stop::unknown(&**why, span)),
        Some(Contents::Unknown(_)) => Ok(()),
        Some(Contents::Rows(_)) => super::super::data::fill_column(run, Address::column(table, number), span),
    }
}
