//! `require-index-name`: an index has a name that somebody chose.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::syntax::lexer::Keyword;

use super::indexes::indexes;
use super::written::{is, tokens};

/// The rule.
#[derive(Debug)]
pub struct RequireIndexName;

static META: Meta = Meta {
    id: "require-index-name",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-index-name.md"),
};

impl Rule for RequireIndexName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for index in indexes(cx).iter().flatten().filter(|index| index.index.constraint.is_none()) {
            let tokens = tokens(cx, index.object.origin);
            let behind = tokens.iter().skip_while(|token| !is(Some(token), Keyword::Index)).skip(1);
            let mut behind = behind.skip_while(|token| is(Some(token), Keyword::Concurrently));
            if !is(tokens.first(), Keyword::Create) || !is(behind.next(), Keyword::On) {
                continue;
            }
            let message =
                format!("an index of `{}` has no name, and PostgreSQL calls it `{}`", cx.shown(index.table.oid), index.object.name);
            let finding = cx.finding_at(index.object.origin, message);
            out.extend(finding.map(|finding| finding.help("write a name before ON")));
        }
    }
}
