//! Identity columns: ADD GENERATED, SET, DROP IDENTITY (`ATExecAddIdentity` and its kin).

use super::{Context, find_column, name_of};
use crate::catalog::apply::sequence;
use crate::catalog::apply::table::column as definition;
use crate::catalog::deletion::{self, Behavior};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Identity, TypeId, TypeUse};
use crate::catalog::run::Run;
use crate::catalog::{Address, Dependency};
use crate::syntax::tree::{self, Generation, Guard, Ident, IdentityChange, SequenceOption};
use crate::text::Span;

fn expect_alone(run: &Run<'_>, cx: Context<'_>, span: Span) -> Result {
    if run.catalog.children(cx.table).is_empty() || run.world.target.major() < 17 {
        return Ok(());
    }
    Err(Stop::unknown("identity columns of tables with children are not followed", span))
}

pub(super) fn add(run: &mut Run<'_>, cx: Context<'_>, name: Ident, identity: &tree::Identity, span: Span) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    expect_alone(run, cx, span)?;
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
    definition::make_identity(run, cx.statement, cx.table, address.column, identity, span)
}

pub(super) fn set(run: &mut Run<'_>, cx: Context<'_>, name: Ident, changes: &[IdentityChange], span: Span) -> Result {
    let address = find_column(run, cx.table, cx.text(), name)?;
    expect_alone(run, cx, span)?;
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
    expect_alone(run, cx, span)?;
    let Some((_, sequence)) = run.catalog.column(address).and_then(|column| column.identity) else {
        return if guard.is_written() { Ok(()) } else { not_identity(run, cx, address, name) };
    };
    run.catalog.update_column(address, |column| column.identity = None);
    run.catalog.unlink(Address::whole(sequence), address, Dependency::Internal);
    deletion::delete(run, &[sequence.into()], Behavior::Restrict, span)
}
