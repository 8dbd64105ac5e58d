//! `ban-duplicate-index-column`: an index has each of its columns once.

use crate::catalog::model::KeySubject;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::indexes::{OwnIndex, indexes, is_same_subject};

/// The rule.
#[derive(Debug)]
pub struct BanDuplicateIndexColumn;

static META: Meta = Meta {
    id: "ban-duplicate-index-column",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-duplicate-index-column.md"),
};

impl Rule for BanDuplicateIndexColumn {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for index in indexes(cx).iter().flatten() {
            let Some((column, place)) = twice(cx, index) else { continue };
            let message = format!("{} of `{}` has `{column}` twice", index.described(cx.end), cx.shown(index.table.oid));
            let finding = cx.finding_at(index.object.origin, message);
            out.extend(finding.map(|finding| finding.help(format!("take `{column}` out {place}"))));
        }
    }
}

/// A column that is there twice, and where it is too many.
fn twice<'c>(cx: &HistoryContext<'_>, own: &OwnIndex<'c>) -> Option<(&'c str, &'static str)> {
    let index = own.index;
    let repeated = index.keys.iter().enumerate().find_map(|(at, key)| match key.subject {
        KeySubject::Column(column) if index.keys[..at].iter().any(|first| is_same_subject(cx.end, first, key)) => Some(column),
        _ => None,
    });
    if let Some(column) = repeated {
        return Some((own.column_name(column), "where it stands the second time"));
    }
    let is_there = |at: usize, column: i16| index.include[..at].contains(&column) || index.columns().any(|key| key == Some(column));
    let included = index.include.iter().enumerate().find(|(at, column)| is_there(*at, **column))?;
    Some((own.column_name(*included.1), "of INCLUDE"))
}
