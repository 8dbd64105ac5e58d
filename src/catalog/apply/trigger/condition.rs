//! WHEN: a condition on the old row, the new one, or both.

use crate::catalog::Oid;
use crate::catalog::expression::Stored;
use crate::catalog::expression::analysis::{self, Place, Scope, ScopeRelation, Visibility};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::run::Run;
use crate::syntax::expression::{ExpressionKind, Node, read};
use crate::syntax::tree::{CreateTrigger, TriggerEventKind, TriggerLevel, TriggerTiming};
use crate::text::Span;

/// Columns that every table has (manual, 5.5).
const SYSTEM: [&str; 6] = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// Analyses the condition of a trigger.
///
/// # Errors
/// What the analysis raises; 42P17 and 0A000 for rows that the trigger does not have.
pub(super) fn read_when(run: &mut Run<'_>, text: &str, create: &CreateTrigger, level: TriggerLevel, table: Oid) -> Result<Option<Stored>> {
    let Some(clause) = &create.when else { return Ok(None) };
    let span = clause.value.span;
    let row = |name: &str| ScopeRelation { name: name.into(), relation: table, visibility: Visibility::Unqualified };
    let scope = Scope { relations: vec![row("old"), row("new")], values: Vec::new(), place: Place::TriggerWhen };
    let stored = analysis::expression(run, text, span, &scope)?;
    for (is_new, column) in rows(&stored.text) {
        refuse(run, create, level, table, is_new, &column, span)?;
    }
    Ok(Some(stored))
}

/// The columns of OLD and NEW in a condition: whether of NEW, and the name, empty for the whole row.
fn rows(text: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    read(text).walk(&mut |node| {
        if let Node::Expression(expression) = node
            && let ExpressionKind::Column(parts) | ExpressionKind::Star(parts) = &expression.kind
            && let Some(row @ ("old" | "new")) = parts.first().map(String::as_str)
        {
            found.push((row == "new", parts.get(1).cloned().unwrap_or_default()));
        }
    });
    found
}

fn refuse(run: &Run<'_>, create: &CreateTrigger, level: TriggerLevel, table: Oid, is_new: bool, column: &str, span: Span) -> Result {
    let fails = |sqlstate, message: &str| Err(Stop::fails(sqlstate, message, span));
    let has = |kind: TriggerEventKind| create.events.iter().any(|event| event.kind == kind);
    if level == TriggerLevel::Statement {
        return fails("42P17", "statement trigger's WHEN condition cannot reference column values");
    }
    if !is_new {
        return match has(TriggerEventKind::Insert) {
            true => fails("42P17", "INSERT trigger's WHEN condition cannot reference OLD values"),
            false => Ok(()),
        };
    }
    if has(TriggerEventKind::Delete) {
        return fails("42P17", "DELETE trigger's WHEN condition cannot reference NEW values");
    }
    if create.timing.value != TriggerTiming::Before {
        return Ok(());
    }
    let Some(relation) = run.catalog.relation(table) else { return Ok(()) };
    if SYSTEM.contains(&column) && relation.column(column).is_none() {
        return fails("0A000", "BEFORE trigger's WHEN condition cannot reference NEW system columns");
    }
    let generated = relation.columns.iter().any(|own| own.generated.is_some() && (column.is_empty() || *own.name == *column));
    match generated {
        true => fails("42P17", "BEFORE trigger's WHEN condition cannot reference NEW generated columns"),
        false => Ok(()),
    }
}
