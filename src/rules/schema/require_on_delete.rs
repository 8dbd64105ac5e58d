//! `require-on-delete`: a foreign key says what becomes of its rows.

use crate::catalog::model::ConstraintKind;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::lexer::Keyword;
use crate::syntax::tree::Action;

use super::indexes::own_constraints;
use super::tables;
use super::written::{is, tokens};

/// The rule.
#[derive(Debug)]
pub struct RequireOnDelete;

static META: Meta = Meta {
    id: "require-on-delete",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-on-delete.md"),
};

impl Rule for RequireOnDelete {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            for (object, constraint) in own_constraints(cx, &table) {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
                let tokens = tokens(cx, object.origin);
                let says = tokens.windows(2).any(|pair| is(pair.first(), Keyword::On) && is(pair.last(), Keyword::Delete));
                if key.on_delete != Action::NoAction || says {
                    continue;
                }
                let (name, referenced) = (cx.shown(table.oid), cx.shown(key.table));
                let message =
                    format!("constraint `{}` of `{name}` does not say what happens when a row of `{referenced}` is deleted", object.name);
                let finding = cx.finding_at(object.origin, message);
                out.extend(finding.map(|finding| finding.help("add `ON DELETE` with CASCADE, SET NULL, RESTRICT or NO ACTION")));
            }
        }
    }
}
