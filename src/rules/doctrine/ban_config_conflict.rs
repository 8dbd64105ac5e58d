//! `ban-config-conflict`: the configuration contradicts neither itself nor the schema.
//!
//! Each finding stands in the configuration's file, at the value that can be mended.

use crate::catalog::model::ConstraintKind;
use crate::catalog::{Class, Oid};
use crate::config::is_digit_place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::places::listed;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::expression::{Constant, Expression, ExpressionKind, Node, Quantifier, read};
use crate::text::{SourceFile, Span};

/// The rule.
#[derive(Debug)]
pub struct BanConfigConflict;

static META: Meta = Meta {
    id: "ban-config-conflict",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-config-conflict.md"),
};

/// The parts of the doctrine that an id begins with, in order.
const PREFIX: [&str; 4] = ["subhive", "layer", "schema", "version"];

impl Rule for BanConfigConflict {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let Some(source) = cx.config_file else { return };
        let check = Check { cx, source };
        out.extend(check.ranges());
        out.extend(check.overlaps());
        out.extend(check.schemas());
        out.extend(check.severities());
        out.extend(check.directory());
    }
}

struct Check<'c> {
    cx: &'c HistoryContext<'c>,
    source: &'c SourceFile,
}

impl Check<'_> {
    fn finding(&self, span: Span, message: String) -> Diagnostic {
        self.cx.finding_in(self.source, span, message)
    }

    /// Ranges that no id of the format lies in, or whose first parts are not the doctrine's.
    fn ranges(&self) -> Vec<Diagnostic> {
        let (house, format) = (&self.cx.config.house, self.cx.config.id_format());
        let prefix: Vec<Option<&str>> = PREFIX.iter().map(|part| house.id_parts.get(part).map(|(value, _)| value.as_str())).collect();
        let mut found = Vec::new();
        for (entity, (range, span)) in &house.id_ranges {
            let key = format!("id_ranges.{entity}");
            if !is_part_of(range, &format.pattern) {
                let message = format!("`{key}` is `{range}`, which is no part of `id_format`, `{}`", format.pattern);
                found.push(self.finding(*span, message).help("write digits where the format has `N`, and `#` for each digit that is free"));
                continue;
            }
            let wrong = range
                .split('.')
                .zip(&prefix)
                .zip(PREFIX)
                .find(|((part, said), _)| said.is_some_and(|said| is_number(said) && said != *part));
            if let Some(((part, Some(said)), name)) = wrong {
                let message = format!("`{key}` has `{part}` where `barton_doctrine.{name}` is `{said}`");
                found.push(self.finding(*span, message).help(format!("an id begins with {}", listed(PREFIX))));
            }
        }
        found
    }

    /// Ranges that share an id.
    fn overlaps(&self) -> Vec<Diagnostic> {
        let ranges: Vec<_> = self.cx.config.house.id_ranges.iter().collect();
        let mut found = Vec::new();
        for (at, (entity, (range, span))) in ranges.iter().enumerate() {
            if let Some((other, (same, place))) = ranges[..at].iter().find(|(_, (other, _))| overlap(range, other)) {
                let message = format!("`id_ranges.{entity}` and `id_ranges.{other}` share ids: `{range}` and `{same}`");
                found.push(self.finding(*span, message).related(self.source.path().into(), *place, "the other one"));
            }
        }
        found
    }

    /// Schemas that are spoken of and not managed.
    fn schemas(&self) -> Vec<Diagnostic> {
        let house = &self.cx.config.house;
        let Some(schemas) = &house.schemas else { return Vec::new() };
        let is_managed = |name: &str| schemas.iter().any(|(schema, _)| schema == name);
        let tables = house.tables.iter().filter(|(schema, _)| !is_managed(schema)).filter_map(|(schema, names)| {
            let (_, span) = names.first()?;
            Some(self.finding(*span, format!("`database.tables` names tables of `{schema}`, which is not among `database.schemas`")))
        });
        let log = house.log_table.iter().filter_map(|(table, span)| {
            let (schema, _) = table.split_once('.')?;
            let message = || format!("`logging.database_logging.table` is `{table}`, and `{schema}` is not among `database.schemas`");
            (!is_managed(schema)).then(|| self.finding(*span, message()))
        });
        tables.chain(log).collect()
    }

    /// Severities that the table of the log refuses.
    fn severities(&self) -> Vec<Diagnostic> {
        let house = &self.cx.config.house;
        let (Some((table, _)), Some(levels)) = (&house.log_table, &house.severity_levels) else { return Vec::new() };
        let Some((constraint, allowed)) = self.allowed_severities(table) else { return Vec::new() };
        let refused = levels.iter().filter(|(level, _)| !allowed.contains(level));
        refused
            .map(|(level, span)| {
                let finding =
                    self.finding(*span, format!("`{level}` is a severity level, and constraint `{constraint}` of `{table}` refuses it"));
                finding.help(format!("it lets {} in", listed(&allowed)))
            })
            .collect()
    }

    /// The constraint on the severity of the log's rows, and what it lets in.
    fn allowed_severities(&self, table: &str) -> Option<(String, Vec<String>)> {
        let catalog = self.cx.end;
        let (schema, name) = table.split_once('.').unwrap_or(("public", table));
        let schema = *catalog.named(Class::Schema, Oid::NONE, schema).first()?;
        let table = *catalog.named(Class::Relation, schema, name).first()?;
        let relation = catalog.relation(table)?;
        catalog.constraints(table).find_map(|(oid, constraint)| {
            let ConstraintKind::Check(check) = &constraint.kind else { return None };
            let [column] = constraint.columns.as_slice() else { return None };
            let is_severity =
                relation.column_at(*column).is_some_and(|column| column.name.contains("severity") || &*column.name == "level");
            let allowed = listed_texts(&read(&check.text)).filter(|_| is_severity)?;
            Some((catalog.get(oid)?.name.to_string(), allowed))
        })
    }

    /// A migration directory that is not there.
    fn directory(&self) -> Option<Diagnostic> {
        let (directory, span) = self.cx.config.house.migration_directory.as_ref()?;
        let path = format!("{}/{directory}", self.cx.root.trim_end_matches('/'));
        let message = || format!("`database.migrations.directory` is `{directory}`, and there is no such folder");
        self.cx.documents.is_missing(&path).then(|| self.finding(*span, message()))
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether each character of a range is one that the format allows there.
fn is_part_of(range: &str, format: &str) -> bool {
    let fits = |(c, place): (char, char)| if is_digit_place(place) { c.is_ascii_digit() || is_digit_place(c) } else { c == place };
    range.chars().count() == format.chars().count() && range.chars().zip(format.chars()).all(fits)
}

/// Whether an id lies in both ranges.
fn overlap(a: &str, b: &str) -> bool {
    let meet = |(a, b): (char, char)| a == b || is_digit_place(a) || is_digit_place(b);
    a.len() == b.len() && a.chars().zip(b.chars()).all(meet)
}

/// The texts of `column IN ('a', 'b')` or `column = ANY (ARRAY['a', 'b'])`; nothing if it says anything else.
fn listed_texts(expression: &Expression) -> Option<Vec<String>> {
    let is_list = match &expression.kind {
        ExpressionKind::In(..) => true,
        ExpressionKind::Quantified(quantified) => {
            quantified.quantifier == Quantifier::Any && quantified.operator.last().is_some_and(|sign| sign == "=")
        }
        _ => false,
    };
    let mut texts = Vec::new();
    expression.walk(&mut |node| {
        if let Node::Expression(Expression { kind: ExpressionKind::Constant(Constant::String(text)), .. }) = node {
            texts.push(text.clone());
        }
    });
    (is_list && !texts.is_empty()).then_some(texts)
}

#[cfg(test)]
mod tests {
    use super::{is_part_of, overlap};

    #[test]
    fn ranges_are_parts_of_the_format_and_share_ids_where_digits_are_free() {
        let format = "NN.NN.NN.NN.NNNNN.NNN";
        assert!(is_part_of("04.04.02.04.30000.###", format) && is_part_of("04.04.02.04.3####.###", format));
        assert!(!is_part_of("04.04.02.04.3000.###", format) && !is_part_of("04-04-02-04-30000-###", format));
        assert!(overlap("04.04.02.04.30000.###", "04.04.02.04.3####.001") && !overlap("04.04.02.04.30000.###", "04.04.02.04.20000.###"));
    }
}
