//! `require-header-schemas`: the header names the schemas that the migration touches, all of them and no others.

use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::postgres::{Action, Effect, Session, StepKind, effects, reaches_unnamed_schemas};
use crate::rules::header::ReadHeader;
use crate::rules::places::listed;
use crate::rules::schema_list::SchemaList;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule};
use crate::syntax::tree::{Ident, ObjectKind};
use crate::text::Span;

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
                return out.push(finding.help("write the names of the schemas, with commas between them: `marketing, public`"));
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
        let right: Vec<&str> = right.map(String::as_str).collect();
        let finding = cx.finding(field.value, format!("`{name}` {what}"));
        let path: Arc<str> = Arc::from(cx.source().path());
        let finding = missing.iter().fold(finding, |finding, change| finding.related(Arc::clone(&path), change.span, change.what.as_str()));
        out.push(match right.is_empty() {
            true => finding.help("the migration changes nothing in any schema: write `none`"),
            false => finding.help(format!("write `{name}: {}`", right.join(", "))),
        });
    }
}

/// A schema in which the migration does something, and the first thing that it does there.
struct Change {
    schema: String,
    span: Span,
    what: String,
}

/// What a migration touches.
struct Touched {
    /// The schemas in which it surely does something, in the order of the text.
    changed: Vec<Change>,
    /// Whether it shows the schemas of everything that it does, needs and reads.
    all_known: bool,
}

impl Touched {
    fn by(cx: &MigrationContext<'_>) -> Self {
        let text = cx.text();
        let mut touched = Self { changed: Vec::new(), all_known: true };
        cx.walk(&mut |step| {
            touched.all_known &= !reaches_unnamed_schemas(text, &step);
            let StepKind::Statement(node) = step.kind else { return };
            for effect in &effects(text, node) {
                for schema in schemas_of(text, step.session, effect) {
                    if !touched.changed.iter().any(|change| change.schema == schema) {
                        let what = format!("{} is {} here", effect.object.describe(text), done(effect.action));
                        touched.changed.push(Change { schema, span: effect.object.span, what });
                    }
                }
            }
        });
        touched
    }
}

/// The schemas that `effect` changes, as far as they can be told.
fn schemas_of(text: &str, session: &Session, effect: &Effect<'_>) -> Vec<String> {
    let value = |ident: Ident| ident.value(text).into_owned();
    let home = match effect.object.kind {
        kind if kind == ObjectKind::Schema => effect.object.name.map(|name| value(name.object)),
        _ => session.home(text, &effect.object).schema().map(str::to_owned),
    };
    let other = match effect.action {
        Action::Move(schema) => Some(value(schema)),
        Action::Rename(to) if effect.object.kind == ObjectKind::Schema => Some(value(Ident { span: to })),
        _ => None,
    };
    // What a tool fills in is no name of a schema.
    home.into_iter().chain(other).filter(|schema| !schema.contains(['{', ':'])).collect()
}

/// What is done, as the end of a passive sentence.
const fn done(action: Action) -> &'static str {
    match action {
        Action::Create | Action::Replace => "created",
        Action::Drop => "dropped",
        Action::Write => "written",
        Action::Rename(_) => "renamed",
        Action::Move(_) => "moved",
        Action::Attach(_) => "attached",
        Action::Detach(_) => "detached",
        Action::Own => "given to a role",
        Action::Comment => "commented on",
        Action::SecurityLabel => "labelled",
        Action::Grant => "granted on",
        Action::Revoke => "revoked on",
        Action::Alter | Action::DefaultPrivileges => "altered",
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
