//! The schemas in which a migration does something, as its statements show them.

use std::collections::BTreeSet;

use crate::catalog::{Object, Standing, describe};
use crate::postgres::{Action, Effect, Session, StepKind, effects, reaches_unnamed_schemas};
use crate::syntax::tree::{Ident, ObjectKind};
use crate::text::Span;

use super::MigrationContext;

/// A schema in which the migration does something, and the first thing that it does there.
pub(super) struct Change {
    pub(super) schema: String,
    pub(super) span: Span,
    pub(super) what: String,
}

/// What a migration touches.
pub(super) struct Touched {
    /// The schemas in which it surely does something, in the order of the text.
    pub(super) changed: Vec<Change>,
    /// Whether it shows the schemas of everything that it does, needs and reads.
    pub(super) all_known: bool,
}

impl Touched {
    /// By its up section.
    pub(super) fn by(cx: &MigrationContext<'_>) -> Self {
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

/// The names of the schemas in which the migration does something, sorted: by its statements, and where those don't show all of them, by what
/// the replay says of the schema before and after.
pub(super) fn touched_schemas(cx: &MigrationContext<'_>) -> BTreeSet<String> {
    let Touched { changed, all_known } = Touched::by(cx);
    let mut schemas: BTreeSet<String> = changed.into_iter().map(|change| change.schema).collect();
    if !all_known {
        let (before, after) = (cx.replayed.before, cx.replayed.after);
        for oid in after.changed(before) {
            let Some((catalog, object)) = [after, before].into_iter().find_map(|catalog| Some((catalog, catalog.get(oid)?))) else {
                continue;
            };
            let holder: &Object = object.of.and_then(|of| catalog.get(of)).unwrap_or(object);
            let schema = holder.schema.and_then(|schema| catalog.get(schema));
            if object.standing == Standing::Made && holder.standing == Standing::Made {
                schemas.extend(schema.map(|schema| schema.name.to_string()));
            }
        }
        schemas.retain(|schema| !schema.starts_with("pg_"));
    }
    schemas
}

/// `schemas` as a header lists them.
pub(super) fn list_of<S: AsRef<str>>(schemas: impl IntoIterator<Item = S>) -> String {
    let names: Vec<String> = schemas.into_iter().map(|schema| describe::name(schema.as_ref()).into_owned()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
