//! `require-audit-columns`: a row says when it was made and when it was last changed.

use crate::catalog::Body;
use crate::catalog::model::{Column, TypeId};
use crate::catalog::types::format_type;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::rules::amendment::{Maker, addition, new_columns};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, OwnTable, Rule};
use crate::syntax::expression::{Expression, ExpressionKind, ValueFunction, read};
use crate::syntax::tree::ColumnConstraintKind;

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
    Some(finding.help(format!("add {}", listed(&definitions))).fix(new_columns(cx, table, &definitions)))
}

/// What is wrong with a column that is there.
fn wrong(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Diagnostic> {
    let ty = column.ty.as_ref()?;
    let name = format!("column `{}` of `{}`", column.name, cx.shown(table.oid));
    let (message, help, fix) = if ty.array || ty.id != TypeId::BuiltIn("timestamptz") {
        let fix = if ty.array { None } else { with_zone(cx, table, column) };
        (format!("{name} is `{}`, and keeps no moment", format_type(cx.end, ty)), "make it `TIMESTAMPTZ`", fix)
    } else if !has_now(cx, column) {
        let help = "add `DEFAULT NOW()`, so that a row has it whoever writes the row";
        (format!("{name} has no `DEFAULT NOW()`"), help, with_default(cx, table, column))
    } else {
        return None;
    };
    Some(cx.finding_at_column(table, column, message)?.help(help).fix(fix))
}

/// `TIMESTAMPTZ` in the place of `TIMESTAMP`, where the table is made.
fn with_zone(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Fix> {
    let is_timestamp = column.ty.as_ref().is_some_and(|ty| ty.id == TypeId::BuiltIn("timestamp") && ty.modifier.is_none());
    let maker = Maker::of(cx, table.object.origin).filter(|maker| is_timestamp && maker.makes(&table.object.name))?;
    let ty = maker.column(&column.name)?.ty.as_ref()?;
    addition(format!("make `{}` a `TIMESTAMPTZ`", column.name), vec![maker.instead(ty.span, "TIMESTAMPTZ")])
}

/// `DEFAULT NOW()` behind the column's type, where the table is made.
fn with_default(cx: &HistoryContext<'_>, table: &OwnTable<'_>, column: &Column) -> Option<Fix> {
    let maker = Maker::of(cx, table.object.origin).filter(|maker| maker.makes(&table.object.name))?;
    let written = maker.column(&column.name)?;
    let has_other = written.constraints.iter().any(|constraint| {
        matches!(
            constraint.kind,
            ColumnConstraintKind::Default(_) | ColumnConstraintKind::Generated(..) | ColumnConstraintKind::Identity(_)
        )
    });
    let at = written.ty.as_ref().filter(|_| !has_other)?.span.end;
    addition(format!("give `{}` its default", column.name), vec![maker.behind(at, "DEFAULT NOW()")])
}

/// Whether its default is the present moment, by whichever name.
fn has_now(cx: &HistoryContext<'_>, column: &Column) -> bool {
    let Some(Body::Default(default)) = column.default.and_then(|oid| cx.end.get(oid)).map(|object| &object.body) else { return false };
    is_now(&read(&default.expression.text))
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
