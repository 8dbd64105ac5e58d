//! `avoid-default-change`: what a column of a table that is in use gets by default stays what it is.

use std::collections::BTreeMap;

use crate::catalog::expression::Stored;
use crate::catalog::expression::canonical::{Sameness, compare};
use crate::catalog::model::Column;
use crate::catalog::{Body, Catalog, Oid, describe};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::change::{Change, Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterAction, AlterActionKind, ColumnChange, ColumnRef};

/// The rule.
#[derive(Debug)]
pub struct AvoidDefaultChange;

static META: Meta = Meta {
    id: "avoid-default-change",
    group: Group::Safety,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::Text,
    aliases: &["ban-drop-default", "ban-set-default"],
    options: &[],
    page: include_str!("../../../rules/avoid-default-change.md"),
};

impl Rule for AvoidDefaultChange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        // Of several changes of one column the last counts.
        let mut last: BTreeMap<(Oid, String), (Change<'_>, Existing<'_>, &AlterAction)> = BTreeMap::new();
        each_action(cx, |change, table, action| {
            if let AlterActionKind::AlterColumn(ColumnRef::Name(column), ColumnChange::SetDefault(_) | ColumnChange::DropDefault) =
                action.kind
                && let name = change.name(column)
                && let Some(old) = change.old_name_of_column(table, &name).filter(|_| change.had_column(table, &name))
            {
                last.insert((table.oid, old), (change, table.clone(), action));
            }
        });
        let mut found: Vec<_> = last.into_values().filter_map(|place| told(cx, place)).collect();
        found.sort_by_key(|finding| finding.primary.span);
        out.extend(found);
    }
}

fn told(cx: &MigrationContext<'_>, (change, table, action): (Change<'_>, Existing<'_>, &AlterAction)) -> Option<Diagnostic> {
    let AlterActionKind::AlterColumn(ColumnRef::Name(column), what) = &action.kind else { return None };
    let name = change.name(*column);
    let end = change.end();
    let is = change.column_at_end(&table, &name)?;
    let was = cx.replayed.before.relation(table.oid).and_then(|before| before.column_at(is.number));
    let is_set = matches!(what, ColumnChange::SetDefault(default) if !change.written(default.span).eq_ignore_ascii_case("null"));
    let whoever = format!("whoever adds a row without `{}` of `{}`", describe::name(&name), table.shown);
    let message = match was.filter(|_| table.relation.columns_known) {
        Some(was) => {
            let (old, new) = (default(cx.replayed.before, was), default(end, is));
            match (old, new) {
                (None, None) => return None,
                // Nobody could leave it out before.
                (None, Some(_)) if was.not_null => return None,
                (Some(old), Some(new)) if is_now(old) && is_now(new) => return None,
                (Some(old), Some(new)) if compare(cx.replayed.before, old, end, new) != Sameness::Different => return None,
                (_, Some(_)) => format!("{whoever} gets another value from now on"),
                (Some(_), None) if is.not_null && is.identity.is_none() => format!("{whoever} fails from now on"),
                (Some(_), None) if is.identity.is_some() => return None,
                (Some(_), None) => format!("{whoever} gets no value from now on"),
            }
        }
        None if is_set => format!("{whoever} gets another value from now on"),
        None => format!("{whoever} gets no value from now on, or fails"),
    };
    let finding = change.told_of(&table, change.finding(action.span, message));
    Some(finding.help("let what runs give the value itself first, or tell whoever relies on it"))
}

fn default<'c>(catalog: &'c Catalog, column: &Column) -> Option<&'c Stored> {
    match &catalog.get(column.default?)?.body {
        Body::Default(default) => Some(&default.expression),
        _ => None,
    }
}

/// Whether it is the time at which the transaction began, which has several names (PostgreSQL 15, 9.9.5).
fn is_now(default: &Stored) -> bool {
    let names = ["now()", "current_timestamp", "transaction_timestamp()"];
    names.iter().any(|name| default.text.trim().eq_ignore_ascii_case(name))
}
