//! The way back from a migration, written as statements, and whether it leads there.

use super::{Applied, Direction, Verdict, compared, run_on};
use crate::catalog::ddl::{self, Changes};
use crate::catalog::difference::left_by_undoing;
use crate::catalog::failure::Condition;
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
    /// What could go wrong in the down section that they follow, if they follow one.
    pub stands_on: Vec<Condition>,
}

/// A migration that has been applied.
#[derive(Debug, Clone, Copy)]
pub struct Done<'d> {
    /// What was there before it.
    pub before: &'d Catalog,
    /// What came of it.
    pub applied: &'d Applied,
    /// Its place in the history.
    pub index: u32,
}

/// What undoes a migration, with the statements `besides` at the end; none where it can't be told what the migration leaves.
pub fn undo(world: &World<'_>, done: Done<'_>, around: Around<'_>, besides: &[String]) -> Option<Undo> {
    known(done.applied).then(|| from(world, done, &done.applied.after, around, besides))
}

/// What has to follow a down section that lacks something, with the statements `besides` at the end; none where the section fails, or it can't be
/// told what it leaves.
pub fn completion(world: &World<'_>, done: Done<'_>, down: Direction<'_>, besides: &[String]) -> Option<Undo> {
    if !known(done.applied) {
        return None;
    }
    let (ended, run) = run_on(world, &done.applied.after, down, done.index);
    let rest = || Undo { stands_on: run.conditions.clone(), ..from(world, done, &run.catalog, down.around, besides) };
    ended.stop.is_none().then(rest)
}

/// Whether the migration applies for certain.
const fn known(applied: &Applied) -> bool {
    matches!(applied.verdict, Verdict::Proved { .. })
}

/// What leads from `now`, which the migration and perhaps a part of its undoing left, back to `before`.
fn from(world: &World<'_>, done: Done<'_>, now: &Catalog, around: Around<'_>, besides: &[String]) -> Undo {
    let Done { before, applied, index } = done;
    let changes = ddl::change(now, before);
    let text: String = changes.statements.iter().map(|step| &step.sql).chain(besides).map(|sql| format!("{sql};\n")).collect();
    let script = Script::parse(&text, Span::new(0, text.len() as u32));
    // Each of these statements is written so that it is sent alone.
    let around = if matches!(around, Around::Messages(_)) { Around::Nobody } else { around };
    let direction = Direction { around, ..Direction::plain(&text, &script) };
    let (ended, run) = run_on(world, now, direction, index);
    let verdict = compared(ended.stop, run, |left| left_by_undoing(before, &applied.after, left), "it does not restore the schema");
    Undo { changes, verdict, stands_on: Vec::new() }
}
