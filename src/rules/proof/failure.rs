//! What the rules of this group say of a statement that fails.

use crate::catalog::replay::Verdict;
use crate::catalog::{Body, Catalog, Class, Object, Standing};
use crate::diagnostic::Diagnostic;
use crate::migration::Sql;
use crate::postgres::facts::conditions;
use crate::rules::MigrationContext;
use crate::text::Span;

/// A verdict that something fails.
#[derive(Clone, Copy)]
pub(super) struct Failing<'a> {
    pub(super) sqlstate: &'static str,
    /// In PostgreSQL's words.
    pub(super) message: &'a str,
    /// In the section's file.
    pub(super) span: Option<Span>,
}

impl<'a> Failing<'a> {
    /// Of a verdict that refutes because something fails.
    pub(super) fn of(verdict: &'a Verdict) -> Option<Failing<'a>> {
        match verdict {
            Verdict::Refuted { sqlstate: Some(sqlstate), reason, span, .. } => Some(Failing { sqlstate, message: reason, span: *span }),
            _ => None,
        }
    }

    /// The statement of `sql` that fails.
    pub(super) fn statement(&self, sql: &Sql) -> Option<Span> {
        let at = self.span?;
        sql.script.statements.iter().map(|statement| statement.span).find(|span| span.encloses(at))
    }

    /// `relation "t" already exists (SQLSTATE 42P07)`
    pub(super) fn said(&self) -> String {
        format!("{} (SQLSTATE {})", self.message, self.sqlstate)
    }

    /// The error's name in PL/pgSQL: `duplicate_table`.
    pub(super) fn condition(&self, cx: &MigrationContext<'_>) -> Option<&'static str> {
        let named = conditions(cx.target).find(|condition| condition.sqlstates().any(|state| state == self.sqlstate));
        named.map(|condition| condition.name)
    }

    /// What the message names: of what kind it is, its name without a schema, and what it is a part of.
    pub(super) fn subject(&self) -> Option<Subject<'a>> {
        let message = self.message;
        let kind = message.split(' ').next()?;
        if let Some(rest) = ["function ", "procedure ", "aggregate "].iter().find_map(|noun| message.strip_prefix(noun))
            && let Some((name, _)) = rest.split_once('(')
            && !name.starts_with('"')
        {
            return Some(Subject { kind, name: last_part(name), of: None });
        }
        let mut quoted = message.split('"').skip(1).step_by(2);
        Some(Subject { kind, name: last_part(quoted.next()?), of: quoted.next().map(last_part) })
    }
}

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subject<'a> {
    /// The word that PostgreSQL has for it: `relation`, `type`.
    pub(super) kind: &'a str,
    pub(super) name: &'a str,
    pub(super) of: Option<&'a str>,
}

impl Subject<'_> {
    /// The one object of `catalog` that it can be and that a migration made.
    pub(super) fn find<'c>(&self, catalog: &'c Catalog) -> Option<&'c Object> {
        let is_of = |object: &Object| match self.of {
            None => true,
            Some(of) => object.of.and_then(|whole| catalog.get(whole)).is_some_and(|whole| &*whole.name == of),
        };
        let is_meant =
            |object: &Object| &*object.name == self.name && self.may_be(object) && is_of(object) && object.standing == Standing::Made;
        let mut found = catalog.objects().map(|(_, object)| object).filter(|object| is_meant(object));
        let first = found.next()?;
        (found.next().is_none() && first.origin.migration.is_some()).then_some(first)
    }

    fn may_be(&self, object: &Object) -> bool {
        let class = object.body.class();
        match self.kind {
            "relation" | "table" | "view" | "index" | "sequence" | "materialized" => class == Class::Relation,
            "type" => class == Class::Type || matches!(object.body, Body::Relation(_)),
            "schema" => class == Class::Schema,
            "function" | "procedure" | "aggregate" => class == Class::Routine,
            "constraint" => class == Class::Constraint,
            "trigger" => class == Class::Trigger,
            "policy" => class == Class::Policy,
            "rule" => class == Class::Rule,
            "role" => class == Class::Role,
            "extension" => class == Class::Extension,
            _ => false,
        }
    }
}

/// A name without what stands before its last dot.
fn last_part(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last).trim_matches('"')
}

/// Whether one of `findings` is about the statement at `statement` of the file at `path`.
pub(super) fn is_about(findings: &[Diagnostic], path: &str, statement: Span) -> bool {
    findings.iter().any(|finding| *finding.primary.path == *path && statement.encloses(finding.primary.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_its_subject() {
        let subject = |message| Failing { sqlstate: "42P01", message, span: None }.subject().map(|one| (one.kind, one.name, one.of));
        assert_eq!(subject("relation \"s.t\" does not exist"), Some(("relation", "t", None)));
        assert_eq!(subject("function s.f(integer) does not exist"), Some(("function", "f", None)));
        assert_eq!(subject("constraint \"c\" of relation \"t\" does not exist"), Some(("constraint", "c", Some("t"))));
        assert_eq!(subject("operator does not exist: integer = text"), None);
    }
}
