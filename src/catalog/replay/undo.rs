//! The way back from a migration, written as statements, and whether it leads there.

use super::{Applied, Direction, Verdict, compared, run_on};
use crate::catalog::ddl::{self, Changes};
use crate::catalog::difference::left_by_undoing;
use crate::catalog::run::World;
use crate::catalog::script::Around;
use crate::catalog::store::Catalog;
use crate::syntax::Script;
use crate::text::Span;

/// Statements that undo a migration.
#[derive(Debug, Clone)]
pub struct Undo {
    /// The statements, and what they don't bring back.
    pub changes: Changes,
    /// Whether they take the schema back to what it was.
    pub verdict: Verdict,
}

/// What undoes a migration; none where it can't be told what the migration leaves.
pub fn undo(world: &World<'_>, before: &Catalog, applied: &Applied, around: Around, index: u32) -> Option<Undo> {
    known(applied).then(|| from(world, before, applied, &applied.after, around, index))
}

/// What has to follow a down section that lacks something; none where the section fails, or it can't be told what it leaves.
pub fn completion(world: &World<'_>, before: &Catalog, applied: &Applied, down: Direction<'_>, index: u32) -> Option<Undo> {
    if !known(applied) {
        return None;
    }
    let (ended, run) = run_on(world, applied.after.clone(), down, index);
    ended.stop.is_none().then(|| from(world, before, applied, &run.catalog, down.around, index))
}

/// Whether the migration applies for certain.
const fn known(applied: &Applied) -> bool {
    matches!(applied.verdict, Verdict::Proved { .. })
}

/// What leads from `now`, which the migration and perhaps a part of its undoing left, back to `before`.
fn from(world: &World<'_>, before: &Catalog, applied: &Applied, now: &Catalog, around: Around, index: u32) -> Undo {
    let changes = ddl::change(now, before);
    let text: String = changes.statements.iter().map(|step| format!("{};\n", step.sql)).collect();
    let script = Script::parse(&text, Span::new(0, text.len() as u32));
    let (ended, run) = run_on(world, now.clone(), Direction { text: &text, script: &script, around }, index);
    Undo {
        changes,
        verdict: compared(ended.stop, run, |left| left_by_undoing(before, &applied.after, left), "it does not restore the schema"),
    }
}
