//! `require-header-schemas`: the header names the schemas that the migration touches, all of them and no others.

use std::sync::Arc;

use crate::diagnostic::{Applicability, Severity};
use crate::rules::header::ReadHeader;
use crate::rules::places::listed;
use crate::rules::schema_list::SchemaList;
use crate::rules::touched::{Change, Touched, list_of, touched_schemas};
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::Statement;
use crate::syntax::tree::Node;
use crate::text::Edit;

/// The rule.
#[derive(Debug)]
pub struct RequireHeaderSchemas;

static META: Meta = Meta {
    id: "require-header-schemas",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::Text,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-header-schemas.md"),
};

impl Rule for RequireHeaderSchemas {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        // Of a migration that is still to be written nobody knows what it will change.
        let is_written = |statement: &Statement| !matches!(statement.node(), Some(Node::Transaction(_)));
        if !cx.up.script.statements.iter().any(is_written) {
            return;
        }
        let header = ReadHeader::of(cx);
        let mut fields = header.called("Schemas");
        let Some(field) = fields.next() else { return };
        if fields.any(|again| header.are_together(field, again)) {
            return;
        }
        let name = &header.wanted[field.field].name;
        let schemas = match SchemaList::read(&field.text) {
            SchemaList::Schemas(schemas) => schemas,
            SchemaList::Placeholder => return,
            SchemaList::Unreadable(item) => {
                let finding = cx.finding(field.value, format!("`{name}` lists schemas, and `{item}` is no name of one"));
                // What stands there may say something that the names don't.
                let list = Some(touched_schemas(cx)).filter(|schemas| !schemas.is_empty()).map(list_of);
                let fix = list.map(|list| {
                    let edit = Edit::replacement(field.value, list.as_str());
                    cx.fix(Applicability::Unsafe, format!("write `{name}: {list}`"), vec![edit])
                });
                return out.push(finding.help("write the names of the schemas, with commas between them: `marketing, public`").fix(fix));
            }
        };
        let Touched { changed, all_known } = Touched::by(cx);
        let changes = |schema: &String| changed.iter().any(|change| change.schema == *schema);
        let missing: Vec<&Change> = changed.iter().filter(|change| !schemas.contains(&change.schema)).collect();
        let surplus: Vec<&String> = schemas.iter().filter(|schema| all_known && !changes(schema) && !is_mentioned(cx, schema)).collect();
        let omission = format!("leaves out {}, which the migration changes", listed(missing.iter().map(|change| &change.schema)));
        let excess = format!("lists {}, which nothing in the migration names", listed(&surplus));
        let what = match (missing.is_empty(), surplus.is_empty()) {
            (true, true) => return,
            (false, true) => omission,
            (true, false) => excess,
            (false, false) => format!("{omission}, and {excess}"),
        };
        let right = schemas.iter().filter(|schema| !surplus.contains(schema)).chain(missing.iter().map(|change| &change.schema));
        let mut right: Vec<&str> = right.map(String::as_str).collect();
        right.sort_unstable();
        let finding = cx.finding(field.value, format!("`{name}` {what}"));
        let path: Arc<str> = Arc::from(cx.source().path());
        let finding = missing.iter().fold(finding, |finding, change| finding.related(Arc::clone(&path), change.span, change.what.as_str()));
        let list = list_of(&right);
        // Notes in parentheses would be lost.
        let applicability = if field.text.contains('(') { Applicability::Unsafe } else { Applicability::Safe };
        let fix = cx.fix(applicability, format!("write `{name}: {list}`"), vec![Edit::replacement(field.value, list.as_str())]);
        let finding = finding.fix(fix);
        out.push(match right.is_empty() {
            true => finding.help("the migration changes nothing in any schema: write `none`"),
            false => finding.help(format!("write `{name}: {list}`")),
        });
    }
}

/// Whether a statement names `schema`, as an identifier or inside a string.
fn is_mentioned(cx: &MigrationContext<'_>, schema: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    cx.up.script.tokens.iter().any(|token| {
        let written = cx.text()[token.span].to_ascii_lowercase();
        let word = schema.to_ascii_lowercase();
        written.match_indices(&word).any(|(at, _)| {
            let (before, after) = (&written[..at], &written[at + word.len()..]);
            !is_part(before.chars().next_back()) && !is_part(after.chars().next())
        })
    })
}
