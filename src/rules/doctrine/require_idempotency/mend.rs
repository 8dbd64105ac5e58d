//! How a statement is written so that it can be run twice: the fixes.
//!
//! Where PostgreSQL has a clause, it is added; a trigger is dropped before it is made; what has no name gets the one that PostgreSQL gives it;
//! and everything else goes into a DO block that catches the error. Invariant: where the first run succeeds it does what it did.

use crate::catalog::{Catalog, Class, Oid, describe};
use crate::diagnostic::{Applicability, Fix, Stage};
use crate::postgres::{Fault, Safeguard, Safety, Subject, Turn, barred_in_transaction};
use crate::rules::lines::{around, indent, indented, statement_end, with_allowances};
use crate::rules::{Certainty, Event, MigrationContext};
use crate::syntax::Statement;
use crate::syntax::tree::{Insert, InsertSource, Node, ObjectKind, Persistence};
use crate::text::{Edit, Span};

/// What mends `event`, whose statement PostgreSQL refuses with `conditions` the second time; none if that takes a person.
pub(super) fn fix(cx: &MigrationContext<'_>, event: &Event, conditions: &[&str]) -> Option<Fix> {
    if event.certainty == Certainty::Settled {
        return None;
    }
    let is_new_trigger = event.kind == ObjectKind::Trigger && event.turn == Turn::Comes;
    let mut stage = Stage::Text;
    let (title, edits) = match (event.safety, event.fault) {
        _ if matches!(event.subject, Subject::Rows(_)) => return on_conflict(cx, event),
        _ if is_new_trigger => drop_before(cx, event)?,
        (safety, Fault::Repeated(_)) => named(cx, event, safety)?,
        (Safety::Clause(safeguard), _) => clause(cx, event, safeguard),
        _ if has_prefix(&cx.text()[event.statement], "select") => table_as(cx, event)?,
        _ => {
            stage = Stage::Statement;
            guard(cx, event, conditions)?
        }
    };
    let is_safe = cx.replayed.succeeds_up_to(event.statement.end);
    Some(cx.fix(if is_safe { Applicability::Safe } else { Applicability::Unsafe }, title, edits).at(stage))
}

type Mended = (String, Vec<Edit>);

fn clause(cx: &MigrationContext<'_>, event: &Event, safeguard: Safeguard) -> Mended {
    let at = match safeguard {
        Safeguard::OrReplace(_) => match cx.text()[event.head].find(char::is_whitespace) {
            Some(end) => event.head.start + end as u32,
            None => event.head.end,
        },
        _ => event.head.end,
    };
    let words = safeguard.sql();
    (format!("add `{words}`"), vec![Edit::insertion(at, format!(" {words}"))])
}

/// `DROP TRIGGER IF EXISTS`, as the house writes it above a trigger. Nothing depends on one, and in its transaction it is never seen to be gone.
fn drop_before(cx: &MigrationContext<'_>, event: &Event) -> Option<Mended> {
    let drop = event.drop_sql.as_ref().filter(|_| stands_as_it_reads(cx, event.statement))?;
    let top = with_allowances(cx.text(), &cx.up.script, event.statement.start);
    let indent = indent(cx.text(), top);
    Some((format!("put `{drop};` before it"), vec![Edit::insertion(top, format!("{drop};\n{indent}"))]))
}

/// `CREATE TABLE IF NOT EXISTS … AS SELECT …` in the place of `SELECT … INTO …`, which has no such clause.
fn table_as(cx: &MigrationContext<'_>, event: &Event) -> Option<Mended> {
    let Node::Select(select) = own_statement(cx, event.statement)?.node()? else { return None };
    let into = select.into.as_ref()?;
    let text = cx.text();
    let persistence = match into.persistence {
        Persistence::Permanent => "",
        Persistence::Unlogged(_) => "UNLOGGED ",
        Persistence::Temporary(_) => return None,
    };
    let head = format!("CREATE {persistence}TABLE IF NOT EXISTS {} AS ", &text[into.name.span()]);
    let behind = text[into.span.end as usize..].find(|c: char| !c.is_whitespace()).map_or(0, |blanks| blanks as u32);
    let edits = vec![Edit::insertion(select.span.start, head), Edit::deletion(Span::new(into.span.start, into.span.end + behind))];
    Some(("make it `CREATE TABLE IF NOT EXISTS … AS`".to_owned(), edits))
}

/// The name that PostgreSQL gives to what has none, so that it can be asked for.
fn named(cx: &MigrationContext<'_>, event: &Event, safety: Safety) -> Option<Mended> {
    let class = match event.kind {
        kind if kind == ObjectKind::Index => Class::Relation,
        kind if kind == ObjectKind::TableConstraint => Class::Constraint,
        _ => return None,
    };
    let after = cx.replayed.after;
    let own = after.objects().filter(|(_, object)| {
        let origin = object.origin;
        object.body.class() == class && origin.migration == Some(cx.replayed.index) && event.statement.encloses(origin.span)
    });
    let own: Vec<_> = own.filter(|(_, object)| class != Class::Constraint || event.span.encloses(object.origin.span)).collect();
    let [(_, object)] = own.as_slice() else { return None };
    let name = describe::name(&object.name);
    let words = match safety {
        Safety::Clause(safeguard) => format!("{} {name}", safeguard.sql()),
        _ if class == Class::Constraint => format!("CONSTRAINT {name}"),
        _ => return None,
    };
    let title = format!("give it the name that PostgreSQL gives it: `{words}`");
    Some((title, vec![Edit::insertion(event.head.end, format!(" {words}"))]))
}

/// A DO block around the statement; inside one, a block.
fn guard(cx: &MigrationContext<'_>, event: &Event, conditions: &[&str]) -> Option<Mended> {
    let text = cx.text();
    let can_move = |statement: &Statement| {
        let ends = statement.terminator.is_none_or(|end| &text[end] == ";") && statement.data.is_none();
        ends && statement.node().is_some_and(|node| barred_in_transaction(text, node, cx.target).is_none())
    };
    let span = event.statement;
    let is_ddl = ["create", "alter", "drop", "import"].iter().any(|verb| has_prefix(&text[span], verb));
    if event.certainty != Certainty::Sure || !is_ddl || conditions.is_empty() {
        return None;
    }
    let caught = conditions.join(" OR ");
    let (opening, closing, semicolon, end) = match own_statement(cx, span) {
        Some(statement) => {
            let tag = ["$$", "$guard$"].into_iter().find(|tag| !text[span].contains(tag)).filter(|_| can_move(statement))?;
            let semicolon = if statement.terminator.is_none() { ";" } else { "" };
            let end = statement_end(text, &cx.up.script, statement.terminator.unwrap_or(span).end);
            (format!("DO {tag}\nBEGIN\n"), format!("END\n{tag};"), semicolon, end)
        }
        None if stands_as_it_reads(cx, span) => {
            let end = text[span.end as usize..].find(';')? as u32 + span.end + 1;
            ("BEGIN\n".to_owned(), "END;".to_owned(), "", end)
        }
        None => return None,
    };
    let indent = indent(text, span.start);
    let deeper = |lines: &str| lines.replace('\n', &format!("\n{indent}"));
    let closing = deeper(&format!("\nEXCEPTION\n  WHEN {caught} THEN NULL;\n{closing}"));
    let mut opening = deeper(&opening) + "  ";
    let mut edits = Vec::new();
    let mut behind = String::new();
    if let Some(brackets) = cx.history.layout.brackets().filter(|brackets| brackets.around(text, span.start).is_none()) {
        let begin = format!("{}\n", brackets.begin);
        match around(text, &cx.up.script, brackets, span, end)? {
            (at, _) if at == span.start => opening.insert_str(0, &begin),
            (at, _) => edits.push(Edit::insertion(at, begin)),
        }
        behind = format!("\n{}", brackets.end);
    }
    edits.push(Edit::insertion(span.start, opening));
    edits.extend(indented(text, span));
    if !semicolon.is_empty() {
        edits.push(Edit::insertion(span.end, semicolon));
    }
    edits.push(Edit::insertion(end, closing + &behind));
    Some((format!("put it in a block that catches `{caught}`"), edits))
}

/// `ON CONFLICT DO NOTHING`, where a unique key of the table is among the columns that are filled. It passes over rows that PostgreSQL would
/// refuse, so somebody must want that.
fn on_conflict(cx: &MigrationContext<'_>, event: &Event) -> Option<Fix> {
    let text = cx.text();
    let Node::Insert(insert) = own_statement(cx, event.statement)?.node()? else { return None };
    let is_meant = insert.on_conflict.is_none() && !matches!(insert.source, InsertSource::Default(_));
    if !is_meant || event.deed != "is filled by INSERT" || !has_key(text, cx.replayed.after, insert) {
        return None;
    }
    let at = insert.on_conflict_at;
    let words = match text[..at as usize].ends_with(char::is_whitespace) {
        true => "ON CONFLICT DO NOTHING".to_owned(),
        false if text[event.statement].contains('\n') => format!("\n{}ON CONFLICT DO NOTHING", indent(text, event.statement.start)),
        false => " ON CONFLICT DO NOTHING".to_owned(),
    };
    Some(cx.fix(Applicability::Unsafe, "add `ON CONFLICT DO NOTHING`", vec![Edit::insertion(at, words)]))
}

/// Whether the rows that `insert` writes are told by a unique key of which it fills every column.
fn has_key(text: &str, catalog: &Catalog, insert: &Insert) -> bool {
    let schema = insert.target.schema_value(text);
    let schemas = catalog.named(Class::Schema, Oid::NONE, schema.as_deref().unwrap_or("public"));
    let table = schemas.first().and_then(|schema| catalog.named(Class::Relation, *schema, &insert.target.object.value(text)).first());
    let Some((table, relation)) = table.and_then(|table| Some((*table, catalog.relation(*table)?))) else { return false };
    let fills = |name: &str| match &insert.columns {
        Some(columns) => columns.iter().any(|column| column.column.value(text) == name),
        None => true,
    };
    catalog.indexes(table).any(|(_, index)| {
        let mut columns = index.columns();
        let is_filled = |column| relation.column_at(column).is_some_and(|column| fills(&column.name));
        index.unique && index.immediate && index.predicate.is_none() && columns.all(|column| column.is_some_and(is_filled))
    })
}

/// The statement of the script's own whose bytes are `span`.
fn own_statement<'c>(cx: &'c MigrationContext<'_>, span: Span) -> Option<&'c Statement> {
    let statements = &cx.up.script.statements;
    let at = statements.partition_point(|statement| statement.span.start < span.start);
    statements.get(at).filter(|statement| statement.span == span)
}

/// Whether the statement stands in the file itself, or in a block of it, and not in a string that EXECUTE runs.
fn stands_as_it_reads(cx: &MigrationContext<'_>, span: Span) -> bool {
    let text = cx.text();
    let before = text[..span.start as usize].trim_end();
    let words = ["begin", "then", "else", "loop"];
    let follows = before.ends_with(';') || words.iter().any(|word| has_suffix(before, word));
    own_statement(cx, span).is_some() || follows && text[span.end as usize..].trim_start().starts_with(';')
}

fn has_prefix(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn has_suffix(text: &str, word: &str) -> bool {
    let start = text.len().saturating_sub(word.len());
    text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word))
}
