//! `require-name-pattern`: names follow the patterns of the configuration.

use std::collections::BTreeMap;

use regex::Regex;

use crate::catalog::model::{ConstraintKind, Persistence, RelationKind, RoutineKind, Type};
use crate::catalog::{Body, Object, Origin, Standing};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::tables;

/// The rule.
#[derive(Debug)]
pub struct RequireNamePattern;

static META: Meta = Meta {
    id: "require-name-pattern",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[
        "check",
        "column",
        "domain",
        "foreign_key",
        "function",
        "index",
        "materialized_view",
        "policy",
        "primary_key",
        "procedure",
        "schema",
        "sequence",
        "table",
        "trigger",
        "type",
        "unique",
        "view",
    ],
    page: include_str!("../../../rules/require-name-pattern.md"),
};

impl Rule for RequireNamePattern {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let mut patterns = Patterns::default();
        for table in tables(cx) {
            for column in table.relation.columns.iter().filter(|column| column.local) {
                let origin = if column.origin.migration.is_some() { column.origin } else { table.object.origin };
                if let Some(pattern) = patterns.broken(cx, "column", origin, &column.name) {
                    let message = format!("column `{}` of `{}` is not called as `{pattern}` demands", column.name, cx.shown(table.oid));
                    out.extend(cx.finding_at(origin, message));
                }
            }
        }
        for (oid, object) in cx.end.objects().filter(|(_, object)| is_own(cx, object)) {
            let Some(kind) = kind(object) else { continue };
            if let Some(pattern) = patterns.broken(cx, kind, object.origin, &object.name) {
                let of = object.of.filter(|_| !matches!(kind, "table" | "index")).map(|of| format!(" of `{}`", cx.shown(of)));
                let name = if of.is_some() { object.name.to_string() } else { cx.shown(oid) };
                let message = format!("{} `{name}`{} is not called as `{pattern}` demands", kind.replace('_', " "), of.unwrap_or_default());
                out.extend(cx.finding_at(object.origin, message));
            }
        }
        out.extend(patterns.mistakes(cx));
    }
}

/// The patterns that were asked for, compiled; none for one that is no regular expression.
#[derive(Default)]
struct Patterns {
    compiled: BTreeMap<String, Option<Regex>>,
}

impl Patterns {
    /// The patterns that a name follows none of.
    fn broken(&mut self, cx: &HistoryContext<'_>, kind: &str, origin: Origin, name: &str) -> Option<String> {
        let patterns = cx.option_at(origin, kind);
        let mut follows = |pattern: &String| {
            let regex = self.compiled.entry(pattern.clone()).or_insert_with(|| Regex::new(&format!("^(?:{pattern})$")).ok());
            regex.as_ref().is_none_or(|regex| regex.is_match(name))
        };
        (!patterns.is_empty() && !patterns.iter().any(&mut follows)).then(|| patterns.join("` or `"))
    }

    /// A finding for each pattern that can't be read.
    fn mistakes(&self, cx: &HistoryContext<'_>) -> Vec<Diagnostic> {
        let Some(config) = cx.config_file else { return Vec::new() };
        let wrong = self.compiled.iter().filter(|(_, regex)| regex.is_none());
        let told = |pattern: &String| {
            let message = format!("`{pattern}` is no regular expression, and `require-name-pattern` passes over it");
            cx.finding_in(config, config.first_line(), message)
        };
        wrong.map(|(pattern, _)| told(pattern)).collect()
    }
}

/// Whether a migration made it, for itself: no part of a partition, nothing temporary, nothing that comes with an extension.
fn is_own(cx: &HistoryContext<'_>, object: &Object) -> bool {
    let is_kept = |object: &Object| object.relation().is_none_or(|relation| relation.persistence != Persistence::Temporary);
    let is_whole = match &object.body {
        Body::Relation(relation) => relation.partition_bound.is_none() && relation.index().is_none_or(|index| index.parent.is_none()),
        Body::Constraint(constraint) => constraint.parent.is_none() && constraint.local,
        Body::Trigger(trigger) => trigger.parent.is_none() && trigger.constraint.is_none(),
        _ => true,
    };
    let holder = object.of.and_then(|of| cx.end.get(of));
    let is_made = object.standing == Standing::Made && object.origin.migration.is_some() && object.extension.is_none();
    is_made && is_whole && is_kept(object) && holder.is_none_or(|holder| is_kept(holder) && holder.extension.is_none())
}

/// The option that its name is held to.
fn kind(object: &Object) -> Option<&'static str> {
    Some(match &object.body {
        Body::Schema => "schema",
        Body::Relation(relation) => match &relation.kind {
            RelationKind::Table => "table",
            RelationKind::View(_) => "view",
            RelationKind::MaterializedView(_) => "materialized_view",
            RelationKind::Sequence(sequence) if sequence.owned_by.is_none() => "sequence",
            RelationKind::Index(index) if index.constraint.is_none() => "index",
            _ => return None,
        },
        Body::Constraint(constraint) => match constraint.kind {
            ConstraintKind::PrimaryKey(_) => "primary_key",
            ConstraintKind::Unique(_) => "unique",
            ConstraintKind::ForeignKey(_) => "foreign_key",
            ConstraintKind::Check(_) => "check",
            _ => return None,
        },
        Body::Routine(routine) => match routine.kind {
            RoutineKind::Function => "function",
            RoutineKind::Procedure => "procedure",
            _ => return None,
        },
        Body::Type(ty) => match **ty {
            Type::Domain(_) => "domain",
            Type::Enum(_) | Type::Range(_) => "type",
            _ => return None,
        },
        Body::Trigger(_) => "trigger",
        Body::Policy(_) => "policy",
        _ => return None,
    })
}
