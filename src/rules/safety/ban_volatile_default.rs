//! `ban-volatile-default`: a new column of a table that is in use has no value that differs from row to row.

use super::ban_required_column::is_required;
use crate::catalog::Body;
use crate::catalog::describe::shown;
use crate::catalog::impact::{Constancy, checking_domain, constancy, default_of_type};
use crate::catalog::model::Generated;
use crate::diagnostic::Severity;
use crate::postgres::serial;
use crate::rules::change::{Existing, each_action};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{AlterActionKind, ColumnConstraintKind};

/// The rule.
#[derive(Debug)]
pub struct BanVolatileDefault;

static META: Meta = Meta {
    id: "ban-volatile-default",
    group: Group::Safety,
    severity: Severity::Error,
    on: On::Always,
    about: About::Text,
    aliases: &["adding-field-with-default"],
    options: &[],
    page: include_str!("../../../rules/ban-volatile-default.md"),
};

impl Rule for BanVolatileDefault {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        each_action(cx, |change, table, action| {
            let AlterActionKind::AddColumn(add) = &action.kind else { return };
            let name = change.name(add.column.name);
            let is_there = add.guard.is_written() && table.relation.column(&name).is_some();
            if is_there || table.is_emptied() {
                return;
            }
            let is_serial = add.column.ty.as_ref().is_some_and(|ty| serial(change.text(), ty).is_some());
            let place = add.column.span;
            let Some(after) = change.after() else {
                // What becomes of the tables that inherit it is not followed, and their rows are numbered all the same.
                if is_serial {
                    out.push(change.told_of(table, change.finding(place, said(NUMBERED, &name, table))).help(OF_NUMBERS));
                }
                return;
            };
            let Some(column) = after.relation(table.oid).and_then(|relation| relation.column(&name)) else { return };
            let written = add.column.constraints.iter().find(|constraint| matches!(constraint.kind, ColumnConstraintKind::Default(_)));
            let default = column.default.filter(|_| written.is_some()).and_then(|oid| after.get(oid));
            let default = match default.map(|object| &object.body) {
                Some(Body::Default(default)) => Some(&default.expression),
                _ => column.ty.as_ref().and_then(|ty| default_of_type(after, ty)),
            };
            let (why, help) = match column.ty.as_ref().and_then(|ty| checking_domain(after, ty)) {
                _ if is_serial || column.identity.is_some() => (NUMBERED.to_owned(), OF_NUMBERS),
                _ if column.generated == Some(Generated::Stored) => ("each row gets what its expression gives".to_owned(), OF_STORED),
                // What fails where there are rows writes none.
                Some(_) if is_required(after, column) => return,
                Some(domain) => (format!("`{}` has constraints", shown(after, domain)), OF_DOMAIN),
                None => match default.map_or(Constancy::Stable, |default| constancy(after, cx.target, default)) {
                    Constancy::Stable => return,
                    Constancy::Volatile(function) => (format!("`{function}` is volatile"), OF_DEFAULT),
                    Constancy::Untold(what) => (format!("as far as anybody knows, `{what}` is volatile"), OF_DEFAULT),
                },
            };
            let place = written.map_or(place, |written| written.span);
            out.push(change.told_of(table, change.finding(place, said(&why, &name, table))).help(help));
        });
    }
}

fn said(why: &str, column: &str, table: &Existing<'_>) -> String {
    format!("{why}: adding `{column}` writes every row of `{}` again, and nobody can use the table meanwhile", table.shown)
}

const NUMBERED: &str = "each row gets a number of its own";

const OF_NUMBERS: &str =
    "add a plain column, number the old rows in batches, and when it is NOT NULL, `ALTER COLUMN … ADD GENERATED … AS IDENTITY`";

const OF_STORED: &str = "add a plain column, have a trigger fill it for new rows, and fill the old ones in batches";

const OF_DEFAULT: &str =
    "add the column without the default, then `ALTER COLUMN … SET DEFAULT …` for new rows, and fill the old ones in batches";

const OF_DOMAIN: &str = "give it the type that the domain is over, and what the domain asks for as a check of the table, `NOT VALID`";
