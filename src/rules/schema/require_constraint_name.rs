//! `require-constraint-name`: a constraint has a name that somebody chose.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::lexer::Keyword;

use super::indexes::own_constraints;
use super::tables;
use super::written::{is, tokens};

/// The rule.
#[derive(Debug)]
pub struct RequireConstraintName;

static META: Meta = Meta {
    id: "require-constraint-name",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-constraint-name.md"),
};

impl Rule for RequireConstraintName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            for (object, _) in own_constraints(cx, &table) {
                if !UNNAMED.iter().any(|keyword| is(tokens(cx, object.origin).first(), *keyword)) || is_renamed(&object.name) {
                    continue;
                }
                let (name, of) = (&object.name, cx.shown(table.oid));
                let message = format!("a constraint of `{of}` has no name, and PostgreSQL calls it `{name}`");
                let finding = cx.finding_at(object.origin, message);
                out.extend(finding.map(|finding| finding.help(format!("write `CONSTRAINT {name}` before it, or a better name"))));
            }
        }
    }
}

/// What a constraint begins with that has no name.
const UNNAMED: [Keyword; 6] = [Keyword::Check, Keyword::Unique, Keyword::Primary, Keyword::Foreign, Keyword::References, Keyword::Exclude];

/// Whether it has another name than one that PostgreSQL finds by itself.
fn is_renamed(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    !["_check", "_key", "_pkey", "_fkey", "_excl"].iter().any(|suffix| name.ends_with(suffix))
}
