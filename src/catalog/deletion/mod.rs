//! What DROP takes away: an object, what goes with it, and with CASCADE what depends on it (PostgreSQL's `dependency.c`).
//!
//! First everything that would go is collected (`search`), then it is decided whether it may (`report`), and only then something is
//! taken away (`removal`), so that several objects that depend on each other can go in one statement.

mod describe;
mod doubt;
mod removal;
mod search;

pub use describe::describe;
pub(in crate::catalog) use doubt::mentions;

use std::sync::Arc;

use super::Address;
use super::failure::{Result, Stop};
use super::replay::deed;
use super::run::Run;
use crate::text::Span;

use search::{Flags, Target};

/// Whether what depends on a dropped object goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Behavior {
    Restrict,
    Cascade,
}

impl From<Option<crate::syntax::tree::Behavior>> for Behavior {
    fn from(written: Option<crate::syntax::tree::Behavior>) -> Self {
        match written {
            Some(crate::syntax::tree::Behavior::Cascade(_)) => Behavior::Cascade,
            Some(crate::syntax::tree::Behavior::Restrict(_)) | None => Behavior::Restrict,
        }
    }
}

/// Drops objects and columns, all at once, as one DROP statement does.
///
/// # Errors
/// 2BP01 if something else depends on one of them and may not go along, or if one of them is a part of something else; unknown if what
/// depends on it can't be told.
pub fn delete(run: &mut Run<'_>, what: &[Address], behavior: Behavior, span: Span) -> Result {
    let found = search::targets(run, what, span)?;
    report(run, &found.targets, what, behavior, span)?;
    doubt::check(run, &found.targets, span)?;
    if behavior == Behavior::Cascade {
        deed::take_along(run, found.targets.iter().filter(|target| !goes(target)).map(|target| target.address));
    }
    removal::remove(run, &found, run.origin_of(span));
    Ok(())
}

/// Whether all of `targets` may go (`reportDependentObjects`).
fn report(run: &mut Run<'_>, targets: &[Target], what: &[Address], behavior: Behavior, span: Span) -> Result {
    for target in targets {
        if target.flags.has(Flags::IS_PART)
            && !target.flags.has(Flags::PARTITION)
            && let Some(owner) = target.dependee
        {
            return Err(required(run, target.address, owner, span));
        }
    }
    if behavior == Behavior::Cascade || targets.iter().all(goes) {
        return Ok(());
    }
    // Whether what stands in the way is still there must be known.
    for target in targets.iter().filter(|target| !goes(target)) {
        if let Some(why) = in_doubt(run, target.address) {
            return Err(Stop::unknown(&*why, span));
        }
    }
    let message = match what {
        [one] => format!("cannot drop {} because other objects depend on it", describe(run, *one)),
        _ => "cannot drop desired object(s) because other objects depend on them".to_owned(),
    };
    Err(Stop::fails("2BP01", message, span))
}

/// Whether something goes without CASCADE.
fn goes(target: &Target) -> bool {
    target.flags.has(Flags::ORIGINAL | Flags::SUBOBJECT | Flags::ALONG)
}

/// Why it can't be told whether an object, or what it is a part of, is still there as it was; nothing if it can.
fn in_doubt(run: &Run<'_>, address: Address) -> Option<Arc<str>> {
    let object = run.catalog.get(address.object)?;
    let of = object.of.and_then(|of| run.catalog.get(of));
    [Some(object), of].into_iter().flatten().find_map(|object| run.catalog.doubted(object.body.class(), &object.name))
}

/// That something can't be dropped by itself.
fn required(run: &mut Run<'_>, part: Address, owner: Address, span: Span) -> Stop {
    let message = format!("cannot drop {} because {} requires it", describe(run, part), describe(run, owner));
    Stop::fails("2BP01", message, span)
}

#[cfg(test)]
mod tests;
