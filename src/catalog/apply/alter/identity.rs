//! Identity columns: ADD GENERATED, SET, DROP IDENTITY (`ATExecAddIdentity` and its kin).

use super::{Context, find_column, name_of};
use crate::catalog::apply::constraint::Recursion;
use crate::catalog::apply::sequence;
use crate::catalog::apply::table::column as definition;
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Identity, TypeId, TypeUse};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency, Oid};
use crate::syntax::tree::{self, Generation, Guard, Ident, IdentityChange, SequenceOption};
use crate::text::Span;

/// Since version 17 partitions have the identity of their table, and none of their own.
const SHARED: u8 = 17;

/// Expects to change a partitioned table with its partitions; `what` is what is done to a column.
fn expect_whole(run: &Run<'_>, cx: Context<'_>, what: &str, span: Span) -> Result {
    let Some(relation) = run.catalog.relation(cx.table).filter(|_| run.world.target.major() >= SHARED) else { return Ok(()) };
    let of = match (relation.partitioned.is_some(), relation.partition_bound.is_some()) {
        (true, _) if cx.recursion == Recursion::Only => "only the partitioned table",
        (_, true) => "a partition",
        _ => return Ok(()),
    };
    let of = if what.ends_with("column") { format!("{what} of {of}") } else { format!("{what} a column of {of}") };
    Err(Stop::fails("42P16", format!("cannot {of}"), span))
}

/// Gives the partitions of a table the identity that its column has, or none.
fn share(run: &mut Run<'_>, column: Address) {
    let Some(above) = run.catalog.column(column).cloned() else { return };
    let is_partitioned = run.catalog.relation(column.object).is_some_and(|relation| relation.partitioned.is_some());
    if !is_partitioned || run.world.target.major() < SHARED {
        return;
    }
    for partition in run.catalog.children(column.object) {
        let below = run.catalog.relation(partition).and_then(|relation| relation.column(&above.name)).map(|column| column.number);
        if let Some(below) = below.map(|number| Address::column(partition, number)) {
            run.catalog.update_column(below, |column| column.identity = above.identity);
            share(run, below);
        }
    }
}

/// Gives a table that becomes a partition the identities of its table.
///
/// # Errors
/// 55000 if it has one of its own.
pub(super) fn attach(run: &mut Run<'_>, table: Oid, partition: Oid, span: Span) -> Result {
    if run.world.target.major() < SHARED {
        return Ok(());
    }
    let own = run.catalog.relation(partition).and_then(|relation| relation.columns.iter().find(|column| column.identity.is_some()));
    if let Some(column) = own {
        let shown = name_of(run, partition);
        let message = format!("table \"{shown}\" being attached contains an identity column \"{}\"", column.name);
        return Err(Stop::fails("55000", message, span));
    }
    let columns = run.catalog.relation(table).map(|relation| relation.columns.clone()).unwrap_or_default();
    columns.iter().filter(|column| column.identity.is_some()).for_each(|column| share(run, Address::column(table, column.number)));
    Ok(())
}

/// Takes the identities away from a table that is no partition any more.
pub(super) fn detach(run: &mut Run<'_>, partition: Oid) {
    let columns = run.catalog.relation(partition).map(|relation| relation.columns.clone()).unwrap_or_default();
    for column in columns.iter().filter(|column| column.identity.is_some() && run.world.target.major() >= SHARED) {
        let address = Address::column(partition, column.number);
        run.catalog.update_column(address, |column| column.identity = None);
        share(run, address);
    }
}

pub(super) fn add(run: &mut Run<'_>, cx: Context<'_>, name: Ident, identity: &tree::Identity, span: Span) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    expect_whole(run, cx, "add identity to", span)?;
    let Some(column) = run.catalog.column(address).cloned() else { return Ok(()) };
    // PostgreSQL makes the sequence first, and so looks at the type first.
    let counts = match &column.ty {
        Some(TypeUse { id: TypeId::BuiltIn("int2" | "int4" | "int8"), array: false, .. }) | None => true,
        Some(_) => false,
    };
    if !counts {
        return Err(Stop::fails("22023", "identity column type must be smallint, integer, or bigint", name.span));
    }
    let of = format!("column \"{}\" of relation \"{}\"", column.name, name_of(run, cx.table));
    let refuse = |message: String| Err(Stop::fails("55000", message, name.span));
    if !column.not_null && column.ty.is_some() {
        return refuse(format!("{of} must be declared NOT NULL before identity can be added"));
    }
    if column.identity.is_some() {
        return refuse(format!("{of} is already an identity column"));
    }
    if column.default.is_some() {
        return refuse(format!("{of} already has a default value"));
    }
    definition::make_identity(run, cx.statement, cx.table, address.column, identity, span)?;
    share(run, address);
    Ok(())
}

pub(super) fn set(run: &mut Run<'_>, cx: Context<'_>, name: Ident, changes: &[IdentityChange], span: Span) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    expect_whole(run, cx, "change identity column", span)?;
    let Some((mut kind, sequence)) = run.catalog.column(address).and_then(|column| column.identity) else {
        return not_identity(run, cx, address, name);
    };
    let mut options: Vec<SequenceOption> = Vec::new();
    let mut seen = false;
    for change in changes {
        match change {
            IdentityChange::Generation(clause) => {
                if std::mem::replace(&mut seen, true) {
                    return Err(Stop::fails("42601", "conflicting or redundant options", clause.span));
                }
                kind = match clause.value {
                    Generation::Always => Identity::Always,
                    Generation::ByDefault => Identity::ByDefault,
                };
            }
            IdentityChange::Option(option) => options.push(option.clone()),
        }
    }
    if !options.is_empty() {
        sequence::change(run, cx.text(), sequence, &options, span)?;
    }
    run.catalog.update_column(address, |column| column.identity = Some((kind, sequence)));
    share(run, address);
    Ok(())
}

fn not_identity(run: &Run<'_>, cx: Context<'_>, address: Address, name: Ident) -> Result {
    let column = run.catalog.column(address);
    if column.is_some_and(|column| column.ty.is_none()) {
        return Err(Stop::unknown("what this column is can't be told", name.span));
    }
    let shown = column.map(|column| column.name.to_string()).unwrap_or_default();
    let message = format!("column \"{shown}\" of relation \"{}\" is not an identity column", name_of(run, cx.table));
    Err(Stop::fails("55000", message, name.span))
}

pub(super) fn drop_identity(run: &mut Run<'_>, cx: Context<'_>, name: Ident, guard: Guard, span: Span) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    expect_whole(run, cx, "drop identity from", span)?;
    let Some((_, sequence)) = run.catalog.column(address).and_then(|column| column.identity) else {
        return if guard.is_written() { Ok(()) } else { not_identity(run, cx, address, name) };
    };
    run.catalog.update_column(address, |column| column.identity = None);
    share(run, address);
    run.catalog.unlink(Address::whole(sequence), address, Dependency::Internal);
    deletion::delete(run, &[sequence.into()], Behavior::Restrict, span)
}
