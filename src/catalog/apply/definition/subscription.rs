//! CREATE, ALTER and DROP SUBSCRIPTION. Whether the other server answers is a condition.

use std::sync::Arc;

use super::{add_body, edit, is_there, options_of, value, whole};
use crate::catalog::Oid;
use crate::catalog::apply::storage::setting_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Definition, Options};
use crate::catalog::object::{Body, Class};
use crate::catalog::run::Run;
use crate::syntax::literal;
use crate::syntax::tree::{
    AlterSubscription, CreateSubscription, DropSubscription, Ident, PublicationsChange, Setting, SubscriptionAction,
};
use crate::text::Span;

/// What the options of a subscription may be called (manual, CREATE SUBSCRIPTION).
const PARAMETERS: [&str; 15] = [
    "binary",
    "connect",
    "copy_data",
    "create_slot",
    "disable_on_error",
    "enabled",
    "failover",
    "origin",
    "password_required",
    "run_as_owner",
    "slot_name",
    "streaming",
    "synchronous_commit",
    "two_phase",
    "refresh",
];

pub(super) fn create(run: &mut Run<'_>, text: &str, create: &CreateSubscription) -> Result {
    let mut options = Options::new();
    if let Some(clause) = &create.options {
        set(text, &mut options, &clause.value)?;
    }
    let name = value(text, create.name)?;
    if is_there(run, Class::Subscription, &name, create.name.span)? {
        return Err(Stop::fails("42710", format!("subscription \"{name}\" already exists"), create.name.span));
    }
    let publications = names(text, &create.publications)?;
    let connection = literal::value(text, create.connection);
    if !connection.trim().is_empty() && !connection.contains('=') && !connection.contains("://") {
        let message = format!("invalid connection string syntax: missing \"=\" after \"{connection}\" in connection info string");
        return Err(Stop::fails("42601", message, create.connection));
    }
    if options.remove("connect").is_none_or(|connect| &*connect == "true") {
        run.condition("08006", "unless the publisher answers", create.connection);
    }
    for transient in ["copy_data", "create_slot", "refresh"] {
        options.remove(transient);
    }
    options.insert("connection".into(), connection.into());
    options.insert("publications".into(), publications.join(", ").into());
    add_body(run, &name, None, Body::Subscription(Arc::new(Definition { options })));
    Ok(())
}

fn set(text: &str, options: &mut Options, written: &[Setting]) -> Result {
    for setting in written {
        let name = setting.name.value(text);
        if !PARAMETERS.contains(&&*name) {
            return Err(Stop::fails("42601", format!("unrecognized subscription parameter: \"{name}\""), setting.span));
        }
        let value = setting.value.as_ref().map(|value| setting_text(text, value)).unwrap_or_else(|| "true".into());
        options.insert(name.into(), value);
    }
    Ok(())
}

fn names(text: &str, written: &[Ident]) -> Result<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for ident in written {
        let name = ident.value(text).into_owned();
        if found.contains(&name) {
            return Err(Stop::fails("42710", format!("publication name \"{name}\" used more than once"), ident.span));
        }
        found.push(name);
    }
    Ok(found)
}

pub(super) fn alter(run: &mut Run<'_>, text: &str, alter: &AlterSubscription) -> Result {
    let oid = whole(run, text, Class::Subscription, "subscription", alter.name)?;
    let mut options = options_of(run, oid);
    match &alter.action {
        SubscriptionAction::SetOptions(written) => set(text, &mut options, written)?,
        SubscriptionAction::Connection(span) => drop_old(&mut options, "connection", literal::value(text, *span).into_owned()),
        SubscriptionAction::Enable(_) => drop_old(&mut options, "enabled", "true".to_owned()),
        SubscriptionAction::Disable(_) => drop_old(&mut options, "enabled", "false".to_owned()),
        SubscriptionAction::Refresh(_) | SubscriptionAction::Skip(_) => {
            return Err(Stop::unknown("whether the subscription is enabled and its publisher answers", alter.span));
        }
        SubscriptionAction::Publications { change, publications, options: written } => {
            if let Some(clause) = written {
                set(text, &mut Options::new(), &clause.value)?;
            }
            let mut current: Vec<String> =
                options.get("publications").map(|list| list.split(", ").map(str::to_owned).collect()).unwrap_or_default();
            let named = names(text, publications)?;
            match change {
                PublicationsChange::Set => current = named,
                PublicationsChange::Add => current.extend(named),
                PublicationsChange::Drop => current.retain(|name| !named.contains(name)),
            }
            drop_old(&mut options, "publications", current.join(", "));
        }
    }
    edit(run, oid, |own| *own = options);
    Ok(())
}

fn drop_old(options: &mut Options, key: &str, value: String) {
    options.insert(key.into(), value.into());
}

pub(super) fn drop(run: &mut Run<'_>, text: &str, statement: &DropSubscription) -> Result {
    let name = value(text, statement.name)?;
    let span: Span = statement.name.span;
    if !is_there(run, Class::Subscription, &name, span)? && statement.guard.is_written() {
        return Ok(());
    }
    let oid: Oid = whole(run, text, Class::Subscription, "subscription", statement.name)?;
    let has_slot = options_of(run, oid).get("slot_name").is_none_or(|slot| &**slot != "none");
    if has_slot {
        run.condition("08006", "unless the publisher answers", span);
    }
    run.catalog.remove(oid);
    Ok(())
}
