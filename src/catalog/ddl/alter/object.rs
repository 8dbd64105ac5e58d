//! Everything that is no relation.

use super::{Alteration, Pair};
use crate::catalog::ddl::create::{Repeat, fires};
use crate::catalog::ddl::{create, name, said, stored};
use crate::catalog::model::{Domain, Label, Routine, RoutineBody, Type};
use crate::catalog::object::{Body, Object};
use crate::syntax::expression::{identifier, string};
use crate::syntax::tree::ArgumentMode;

pub(super) fn alter(pair: &Pair<'_>, changed: &[&str]) -> Alteration {
    let (Some(was), Some(is)) = (pair.old.get(pair.was.address.object), pair.new.get(pair.is.address.object)) else {
        return Alteration::Anew;
    };
    let own: Vec<&str> = changed.iter().filter(|property| !matches!(**property, "comment" | "privileges")).copied().collect();
    let statements = match (&was.body, &is.body) {
        _ if own.is_empty() => Some(Vec::new()),
        (Body::Type(was), Body::Type(is)) => match (&**was, &**is) {
            (Type::Enum(was), Type::Enum(is)) => match labels(pair, was, is) {
                Some(statements) => Some(statements),
                None => return Alteration::Relabelled,
            },
            (Type::Domain(was), Type::Domain(is)) => domain(pair, was, is, &own),
            _ => None,
        },
        (Body::Routine(was), Body::Routine(is)) => {
            replaceable(was, is, &own).then(|| create::object(pair.new, pair.is.address.object, Repeat::Harmless))
        }
        (Body::Constraint(_), Body::Constraint(_)) => constraint(pair, is, &own),
        (Body::Trigger(_), Body::Trigger(trigger)) if own == ["firing"] => {
            is.of.map(|table| vec![fires("TABLE", &name::qualified(pair.new, table), "TRIGGER", &is.name, trigger.firing)])
        }
        (Body::Rule(_), Body::Rule(rule)) => match (own == ["firing"], is.of) {
            (true, Some(table)) => Some(vec![fires("TABLE", &name::qualified(pair.new, table), "RULE", &is.name, rule.firing)]),
            _ => Some(create::object(pair.new, pair.is.address.object, Repeat::Harmless)),
        },
        (Body::Extension(_), Body::Extension(extension)) => {
            let schema = extension.schema.and_then(|schema| pair.new.get(schema));
            schema.map(|schema| vec![format!("ALTER EXTENSION {} SET SCHEMA {}", identifier(&is.name), identifier(&schema.name))])
        }
        (Body::Statistics(_), Body::Statistics(statistics)) if own == ["target"] => {
            let own = name::qualified(pair.new, pair.is.address.object);
            Some(vec![format!("ALTER STATISTICS {own} SET STATISTICS {}", statistics.target.unwrap_or(-1))])
        }
        // `public` as the database began with it is not told from one that was made again.
        (Body::Schema, Body::Schema) => Some(Vec::new()),
        _ => None,
    };
    let Some(mut statements) = statements else { return Alteration::Anew };
    said(pair, changed, &mut statements);
    Alteration::Statements(statements)
}

/// What is said apart from the definition.
pub(super) fn said(pair: &Pair<'_>, changed: &[&str], statements: &mut Vec<String>) {
    let (Some(was), Some(is)) = (pair.old.get(pair.was.address.object), pair.new.get(pair.is.address.object)) else { return };
    let oid = pair.is.address.object;
    if changed.contains(&"privileges") {
        statements.extend(said::of_object(pair.new, oid, was.privileges.as_deref(), is.privileges.as_deref()));
    }
    if changed.contains(&"comment") {
        statements.extend(said::comment(pair.new, oid, is.comment.as_deref()));
    }
}

/// Labels can be added and renamed; none if one would have to be taken away, or put elsewhere.
fn labels(pair: &Pair<'_>, was: &[Label], is: &[Label]) -> Option<Vec<String>> {
    let own = name::qualified(pair.new, pair.is.address.object);
    if was.len() == is.len() {
        let different: Vec<(&Label, &Label)> = was.iter().zip(is).filter(|(was, is)| was != is).collect();
        let is_new = |label: &Label| !was.contains(label);
        if different.iter().all(|(_, is)| is_new(is)) {
            let rename =
                |(was, is): (&Label, &Label)| format!("ALTER TYPE {own} RENAME VALUE {} TO {}", string(&was.text), string(&is.text));
            return Some(different.into_iter().map(rename).collect());
        }
        return None;
    }
    let kept: Vec<&Label> = is.iter().filter(|label| was.contains(label)).collect();
    if kept.len() != was.len() || !kept.iter().copied().eq(was) {
        return None;
    }
    let mut statements = Vec::new();
    for (at, label) in is.iter().enumerate().filter(|(_, label)| !was.contains(label)) {
        let place = match at.checked_sub(1).map(|before| &is[before]) {
            Some(before) => format!("AFTER {}", string(&before.text)),
            None => match is.iter().find(|label| was.contains(label)) {
                Some(first) => format!("BEFORE {}", string(&first.text)),
                None => String::new(),
            },
        };
        let statement = format!("ALTER TYPE {own} ADD VALUE IF NOT EXISTS {} {place}", string(&label.text));
        statements.push(statement.trim_end().to_owned());
    }
    Some(statements)
}

fn domain(pair: &Pair<'_>, was: &Domain, is: &Domain, own: &[&str]) -> Option<Vec<String>> {
    if own.contains(&"type") || own.contains(&"collation") {
        return None;
    }
    let alter = format!("ALTER DOMAIN {}", name::qualified(pair.new, pair.is.address.object));
    let mut statements = Vec::new();
    if own.contains(&"default") {
        statements.push(match &is.default {
            Some(default) => format!("{alter} SET DEFAULT {}", stored::operand(pair.new, default)),
            None => format!("{alter} DROP DEFAULT"),
        });
    }
    if was.not_null != is.not_null {
        statements.push(format!("{alter} {} NOT NULL", if is.not_null { "SET" } else { "DROP" }));
    }
    Some(statements)
}

/// Whether OR REPLACE takes the new definition: with the same kind, result and names, and no default less.
fn replaceable(was: &Routine, is: &Routine, own: &[&str]) -> bool {
    let fixed = ["returns", "arguments", "window"];
    if was.kind != is.kind || own.iter().any(|property| fixed.contains(property) || property.starts_with("definition")) {
        return false;
    }
    let has_default = |routine: &Routine| -> Vec<bool> {
        routine
            .arguments
            .iter()
            .filter(|argument| argument.mode != ArgumentMode::Table)
            .map(|argument| argument.default.is_some())
            .collect()
    };
    let keeps = has_default(was).iter().zip(has_default(is)).all(|(was, is)| !was || is);
    keeps && !matches!(is.body, RoutineBody::Unknown)
}

fn constraint(pair: &Pair<'_>, is: &Object, own: &[&str]) -> Option<Vec<String>> {
    let (Some(found), Some(of)) = (is.constraint(), is.of) else { return None };
    let noun = if matches!(pair.new.get(of)?.body, Body::Type(_)) { "DOMAIN" } else { "TABLE" };
    let (whole, name) = (name::qualified(pair.new, of), identifier(&is.name));
    if own == ["not valid"] && found.validated {
        return Some(vec![format!("ALTER {noun} {whole} VALIDATE CONSTRAINT {name}")]);
    }
    let timing = own.iter().all(|property| matches!(*property, "deferrable" | "initially deferred"));
    if timing && matches!(found.kind, crate::catalog::model::ConstraintKind::ForeignKey(_)) {
        let when = match (found.deferrable, found.deferred) {
            (false, _) => "NOT DEFERRABLE",
            (true, false) => "DEFERRABLE INITIALLY IMMEDIATE",
            (true, true) => "DEFERRABLE INITIALLY DEFERRED",
        };
        return Some(vec![format!("ALTER TABLE {whole} ALTER CONSTRAINT {name} {when}")]);
    }
    // That it is a part of another, or comes from a parent, is not told by itself.
    own.iter().all(|property| matches!(*property, "part of" | "inherited")).then(Vec::new)
}
