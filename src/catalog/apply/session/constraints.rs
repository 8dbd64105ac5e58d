//! SET CONSTRAINTS: when deferrable constraints are checked in this transaction.

use crate::catalog::Oid;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::Class;
use crate::catalog::run::Run;
use crate::syntax::tree::{CheckTime, Name, SetConstraints};

pub(super) fn set(run: &mut Run<'_>, text: &str, set: &SetConstraints) -> Result {
    let deferred = matches!(set.time, CheckTime::Deferred(_));
    let mut found: Vec<Option<Oid>> = Vec::new();
    for name in &set.constraints {
        found.extend(named(run, text, *name)?.into_iter().map(Some));
    }
    if set.constraints.is_empty() {
        found.push(None);
    }
    // Outside a block it only warns.
    if !run.session.in_block() {
        return Ok(());
    }
    run.session.deferral.extend(found.into_iter().map(|constraint| (constraint, deferred)));
    if !deferred && !run.session.pending_events.is_empty() {
        super::super::data::check_deferred(run)?;
    }
    Ok(())
}

/// The constraints that a name means: all of that name in the first schema of the path that has one.
fn named(run: &mut Run<'_>, text: &str, name: Name) -> Result<Vec<Oid>> {
    let value = name.object.value(text);
    let schemas = match name.schema {
        Some(schema) => vec![run.schema(&schema.value(text), schema.span)?],
        None => run.path()?,
    };
    for schema in schemas {
        if !run.catalog.constraint_named(schema, &value) {
            continue;
        }
        let all = run.catalog.objects().filter(|(_, object)| object.schema == Some(schema) && *object.name == *value);
        let all: Vec<(Oid, bool)> = all.filter_map(|(oid, object)| Some((oid, object.constraint()?.deferrable))).collect();
        if all.iter().any(|(_, deferrable)| !deferrable) {
            return Err(Stop::fails("42809", format!("constraint \"{value}\" is not deferrable"), name.span()));
        }
        if !all.is_empty() {
            return Ok(all.into_iter().map(|(oid, _)| oid).collect());
        }
    }
    if run.catalog.doubted(Class::Constraint, &value).is_some() || run.may_assume(Class::Constraint, &value) {
        return Err(Stop::unknown(format!("whether there is a constraint {value} can't be told"), name.span()));
    }
    Err(Stop::fails("42704", format!("constraint \"{value}\" does not exist"), name.span()))
}
