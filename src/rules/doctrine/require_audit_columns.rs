//! `require-audit-columns`: a row says when it was made and when it was last changed.

use crate::catalog::Body;
use crate::catalog::model::{Column, ColumnDefault, TypeId};
use crate::catalog::types::format_type;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::rules::amendment::{Filled, Maker, addition, new_columns};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule};
use crate::syntax::expression::{Expression, ExpressionKind, ValueFunction, read};

/// The rule.
#[derive(Debug)]
pub struct RequireAuditColumns;

static META: Meta = Meta {
    id: "require-audit-columns",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::State,
    aliases: &[],
    options: &["append_only", "exempt"],
    page: include_str!("../../../rules/require-audit-columns.md"),
};

/// The columns, in the order of the template; rows that are never changed need only the first.
const COLUMNS: [&str; 2] = ["created_at", "updated_at"];

impl Rule for RequireAuditColumns {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let tables = crate::rules::own_tables(cx)
            .filter(|table| table.is_managed(cx) && !table.is_log_table(cx) && !table.is_named_in(cx, "exempt"));
        for table in tables {
            let wanted = if table.is_named_in(cx, "append_only") { &COLUMNS[..1] } else { &COLUMNS[..] };
            out.extend(missing(cx, &table, wanted));
            let columns = wanted.iter().filter_map(|name| table.relation.column(name));
            out.extend(columns.filter_map(|column| wrong(cx, &table, column)));
        }
    }
}

fn missing(cx: &HistoryContext<'_>, table: &OwnTable<'_>, wanted: &[&str]) -> Option<Diagnostic> {
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| table.relation.column(name).is_none()).collect();
    if missing.is_empty() {
        return None;
    }
    let finding = cx.finding_at(table.object.origin, format!("table `{}` has no {}", cx.shown(table.oid), listed(&missing)))?;
    let definitions: Vec<String> = missing.iter().map(|name| format!("{name} TIMESTAMPTZ NOT NULL DEFAULT NOW()")).collect();
    let fix = new_columns(cx, table, &definitions, Filled::ByDefault);
    let help = match (table.relation.of_type, &fix) {
        // Its columns are those of the type (42809; PostgreSQL 15, CREATE TABLE, `OF`).
        (Some(ty), _) => {
            format!("a typed table has the columns of its type alone: write the table's own out, or add these to `{}`", cx.shown(ty))
        }
        (None, Some(_)) => format!("add {}", listed(&definitions)),
        (None, None) => format!("add {}, by hand: no fix knows the place", listed(&definitions)),
    };
    Some(finding.help(help).fix(fix))
}

/// What is wrong with a column that is there.
fn wrong(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Diagnostic> {
    let ty = column.ty.as_ref()?;
    let name = format!("column `{}` of `{}`", column.name, cx.shown(table.oid));
    let (message, help, fix) = if ty.array || ty.id != TypeId::BuiltIn("timestamptz") {
        let fix = if ty.array { None } else { with_zone(cx, table, column) };
        (format!("{name} is `{}`, and keeps no moment", format_type(cx.end, ty)), "make it `TIMESTAMPTZ`", fix)
    } else if has_now(cx, column) {
        return None;
    } else if column.generated.is_some() {
        return Some(
            cx.finding_at_column(table, column, format!("{name} is generated from other columns"))?
                .help("make it a column with `DEFAULT NOW()`"),
        );
    } else if let Some(default) = default_of(cx, column) {
        let message = format!("{name} has the default `{}`, and not `NOW()`", default.expression.text);
        (message, "make the default `NOW()`, so that a row says when it came", with_other_default(cx, table, column))
    } else {
        let help = "add `DEFAULT NOW()`, so that a row has it whoever writes the row";
        (format!("{name} has no `DEFAULT NOW()`"), help, with_default(cx, table, column))
    };
    Some(cx.finding_at_column(table, column, message)?.help(help).fix(fix))
}

/// `TIMESTAMPTZ` in the place of `TIMESTAMP`, where the column is made.
fn with_zone(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Fix> {
    let is_timestamp =
        column.ty.as_ref().is_some_and(|ty| ty.id == TypeId::BuiltIn("timestamp") && ty.modifier.is_none()) && column.retyped.is_none();
    let maker = Maker::of(cx, table.brought_by(column)).filter(|_| is_timestamp)?;
    let ty = maker.column(&table.object.name, &column.name)?.ty.as_ref()?;
    addition(format!("make `{}` a `TIMESTAMPTZ`", column.name), vec![maker.instead(ty.span, "TIMESTAMPTZ")])
}

/// `DEFAULT NOW()` behind the column's type, where it is made.
fn with_default(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Fix> {
    let maker = Maker::of(cx, table.brought_by(column))?;
    let written = maker.column(&table.object.name, &column.name)?;
    // A default that is there and goes again later is no help.
    let has_default = maker.default(&table.object.name, &column.name).is_some();
    let at = written.ty.as_ref().filter(|_| !has_default)?.span.end;
    addition(format!("give `{}` its default", column.name), vec![maker.behind(at, "DEFAULT NOW()")])
}

/// `NOW()` in the place of another default, in the statement that sets it.
fn with_other_default(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Fix> {
    let maker = Maker::of(cx, cx.end.get(column.default?)?.origin)?;
    let default = maker.default(&table.object.name, &column.name)?;
    addition(format!("make `NOW()` the default of `{}`", column.name), vec![maker.instead(default, "NOW()")])
}

fn default_of<'c>(cx: &HistoryContext<'c>, column: &Column) -> Option<&'c ColumnDefault> {
    match &cx.end.get(column.default?)?.body {
        Body::Default(default) => Some(default),
        _ => None,
    }
}

/// Whether its default is the present moment, by whichever name.
fn has_now(cx: &HistoryContext<'_>, column: &Column) -> bool {
    default_of(cx, column).is_some_and(|default| is_now(&read(&default.expression.text)))
}

fn is_now(expression: &Expression) -> bool {
    const NAMES: [&str; 4] = ["now", "transaction_timestamp", "statement_timestamp", "clock_timestamp"];
    match &expression.kind {
        ExpressionKind::Value(ValueFunction::CurrentTimestamp, _) => true,
        ExpressionKind::Call(call) => call.arguments.is_empty() && call.name.last().is_some_and(|name| NAMES.contains(&name.as_str())),
        ExpressionKind::Cast(inner, _) => is_now(inner),
        _ => false,
    }
}
