//! Replaying histories: reading their migrations, folding them over catalogs, judging each.
//!
//! Only the fold is sequential; reading, and everything that needs only the catalogs around a migration, is done on all threads. So a history
//! goes through in batches: while one is folded, the next is read and the one before it is looked at, and its trees are dropped.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::catalog::replay::{
    Applied, Break, Direction, Drift, Repeat, Reruns, Undo, Verdict, Waste, apply, breaks, completion, drifts, repeats, reruns, reverted,
    reverts, undo, waste,
};
use crate::catalog::script::Around;
use crate::catalog::{Catalog, World, difference};
use crate::migration::{History, Kind, Migration, Section, Sections, Sql, Transaction};
use crate::postgres::{When, barred_in_transaction};
use crate::rules::{Creations, Trials};
use crate::syntax::Version;
use crate::text::SourceFile;
use crate::text::Span;

use super::start::Start;

/// How many migrations go through together.
const BATCH: usize = 64;

/// A migration with its trees, and the catalogs around it.
pub(super) struct Passed<'h> {
    /// Its place in the history.
    pub(super) index: u32,
    pub(super) migration: &'h Migration,
    pub(super) sections: Sections,
    pub(super) up: Sql,
    pub(super) down: Option<Sql>,
    /// What the migrations before it leave.
    pub(super) before: Catalog,
    /// What it leaves, and whether it applies.
    pub(super) applied: Applied,
    target: Version,
}

/// What is said of a migration.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its id.
    pub id: String,
    /// Its up file.
    pub up: SourceFile,
    /// The file that its down section stands in.
    pub down: Option<SourceFile>,
    /// Whether it applies.
    pub applies: Verdict,
    /// Whether it re-runs; none if it does not apply.
    pub reruns: Option<Reruns>,
    /// Whether it reverts; none without a down section, or if it does not apply.
    pub reverts: Option<Verdict>,
    /// What is different after down, if that was asked for.
    pub left: Vec<String>,
}

impl Judged {
    /// The same, with its files by other paths.
    pub(super) fn shown(self, path: impl Fn(&str) -> String) -> Judged {
        let renamed = |source: SourceFile| {
            let path = path(source.path());
            source.renamed(path)
        };
        Judged { up: renamed(self.up), down: self.down.map(renamed), ..self }
    }
}

/// Whether a replay shows what down leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Show {
    Verdicts,
    Differences,
}

/// Judges every migration of `history`, up to the one called `until`.
pub fn judge(history: &History, start: &Start, until: Option<&str>, show: Show) -> Vec<Judged> {
    fold(history, history.until(until), start, |_| false, |world, passed| passed.judge(world, show)).0
}

/// The schema that `history` leaves.
pub(super) fn end(history: &History, start: &Start) -> Catalog {
    fold(history, &history.migrations, start, |_| false, |_, _| ()).1
}

/// Folds `migrations`, the first ones of `history`, but for those of another database, and shows each with the catalogs around it to `see`, on whatever thread is free. Gives
/// what it says of each, in order, and the catalog at the end.
pub(super) fn fold<'h, R: Send>(
    history: &'h History,
    migrations: &'h [Migration],
    start: &Start,
    is_foreign: impl Fn(&Migration) -> bool + Sync,
    see: impl Fn(&World<'_>, &Passed<'h>) -> R + Sync,
) -> (Vec<R>, Catalog) {
    let names = Names { history, creations: OnceLock::new() };
    let creates = |name: &str| names.has(name);
    let world = World { target: start.target, knowledge: start.knowledge, creates: &creates, user: "postgres".into() };
    let first = start.catalog(history.layout.tracking_table());
    let fold = Fold { world: &world, is_foreign: &is_foreign, first: &first };
    let mut catalog = first.clone();
    let mut seen = Vec::with_capacity(migrations.len());
    let mut batches = migrations.chunks(BATCH);
    let mut ahead = batches.next().map(|batch| read_all(batch));
    let mut folded = Vec::new();
    while let Some(batch) = ahead {
        let next = batches.next();
        let looked_at = std::mem::take(&mut folded);
        let start = (seen.len() + looked_at.len()) as u32;
        let (passed, (read, more)) = rayon::join(
            || fold.batch(&mut catalog, batch, start),
            || rayon::join(|| next.map(|batch| read_all(batch)), || look(&world, looked_at, &see)),
        );
        (folded, ahead) = (passed, read);
        seen.extend(more);
    }
    seen.extend(look(&world, folded, &see));
    (seen, catalog)
}

/// A migration that is read: its sections, up and down.
type Read<'h> = (&'h Migration, Sections, Sql, Option<Sql>);

fn read_all(batch: &[Migration]) -> Vec<Read<'_>> {
    batch.par_iter().map(read).collect()
}

/// Shows each migration of a batch to `see`, and lets it go.
fn look<'h, R: Send>(world: &World<'_>, batch: Vec<Passed<'h>>, see: &(impl Fn(&World<'_>, &Passed<'h>) -> R + Sync)) -> Vec<R> {
    batch.into_par_iter().map(|passed| see(world, &passed)).collect()
}

/// What holds for every migration of a fold.
struct Fold<'f, F> {
    world: &'f World<'f>,
    is_foreign: &'f F,
    first: &'f Catalog,
}

impl<F: Fn(&Migration) -> bool> Fold<'_, F> {
    /// Applies the migrations of a batch, the first of which is the `start`th of its history, one after the other to `catalog`.
    fn batch<'h>(&self, catalog: &mut Catalog, batch: Vec<Read<'h>>, start: u32) -> Vec<Passed<'h>> {
        let mut passed = Vec::with_capacity(batch.len());
        for (index, (migration, sections, up, down)) in (start..).zip(batch) {
            let target = self.world.target;
            // A baseline stands in the place of what came before it, on an empty database.
            let before = if migration.kind == Kind::Baseline { self.first.clone() } else { catalog.clone() };
            let applied = match (self.is_foreign)(migration) {
                true => Applied { verdict: Verdict::foreign(), after: before.clone() },
                false => apply(self.world, &before, direction(&sections.up, &up, target), index),
            };
            if migration.kind != Kind::Baseline {
                *catalog = applied.after.clone();
            }
            passed.push(Passed { index, migration, sections, up, down, before, applied, target });
        }
        passed
    }
}

fn read(migration: &Migration) -> Read<'_> {
    let sections = migration.sections();
    let up = sections.up.parse();
    let down = sections.down.as_ref().map(Section::parse);
    (migration, sections, up, down)
}

/// The names that a history creates, found out when somebody first asks.
struct Names<'h> {
    history: &'h History,
    creations: OnceLock<BTreeSet<String>>,
}

impl Names<'_> {
    fn has(&self, name: &str) -> bool {
        self.creations.get_or_init(|| Creations::new(self.history).names()).contains(name)
    }
}

fn direction<'s>(section: &Section, sql: &'s Sql, target: Version) -> Direction<'s> {
    Direction { text: &sql.text, script: &sql.script, around: around(section.transaction, sql, target) }
}

fn around(transaction: Transaction, sql: &Sql, target: Version) -> Around {
    let is_barred = |sql: &Sql| {
        let nodes = sql.script.statements.iter().filter_map(|statement| statement.node());
        nodes.filter_map(|node| barred_in_transaction(&sql.text, node, target)).any(|barred| barred.when == When::Always)
    };
    match transaction {
        Transaction::Tool => Around::Tool,
        Transaction::ToolWherePossible if is_barred(sql) => Around::Nobody,
        Transaction::ToolWherePossible => Around::Tool,
        Transaction::Message => Around::Message,
        Transaction::File => Around::Nobody,
    }
}

impl Passed<'_> {
    fn up(&self) -> Direction<'_> {
        direction(&self.sections.up, &self.up, self.target)
    }

    /// Does `work` with the down section as it is run; `work` is also told where a place in it stands in the file.
    fn with_down<R>(&self, work: impl FnOnce(Direction<'_>, &dyn Fn(Span) -> Span) -> R) -> Option<R> {
        let (section, sql) = self.sections.down.as_ref().zip(self.down.as_ref())?;
        Some(match section.uncommented(sql) {
            Some(uncommented) => work(direction(section, &uncommented.sql, self.target), &|span| uncommented.in_file(span)),
            None => work(direction(section, sql, self.target), &|span| span),
        })
    }

    pub(super) fn judge(&self, world: &World<'_>, show: Show) -> Judged {
        let differences = |down: Direction<'_>, _: &dyn Fn(Span) -> Span| {
            let left = reverted(world, &self.applied, down, self.index);
            difference::left_by_undoing(&self.before, &self.applied.after, &left).iter().map(difference::Difference::sentence).collect()
        };
        let left = match show == Show::Differences && !self.applied.verdict.is_refuted() {
            true => self.with_down(differences).unwrap_or_default(),
            false => Vec::new(),
        };
        let trial = Trial { world, passed: self };
        Judged {
            id: self.migration.id.clone(),
            up: self.migration.up.clone(),
            down: self.sections.down.as_ref().map(|section| section.source.clone()),
            applies: self.applied.verdict.clone(),
            reruns: trial.reruns(),
            reverts: trial.reverts(),
            left,
        }
    }
}

/// A migration, and what it takes to run it once more.
pub(super) struct Trial<'p, 'h> {
    pub(super) world: &'p World<'p>,
    pub(super) passed: &'p Passed<'h>,
}

impl Trials for Trial<'_, '_> {
    fn reruns(&self) -> Option<Reruns> {
        let Passed { applied, index, .. } = self.passed;
        (!applied.verdict.is_refuted()).then(|| reruns(self.world, applied, self.passed.up(), *index))
    }

    fn reverts(&self) -> Option<Verdict> {
        let Passed { before, applied, index, .. } = self.passed;
        if applied.verdict.is_refuted() {
            return None;
        }
        self.passed.with_down(|down, place| reverts(self.world, before, applied, down, *index).placed(place))
    }

    fn undo(&self) -> Option<Undo> {
        let Passed { before, applied, index, .. } = self.passed;
        undo(self.world, before, applied, self.passed.up().around, *index)
    }

    fn completion(&self) -> Option<Undo> {
        let Passed { before, applied, index, .. } = self.passed;
        self.passed.with_down(|down, _| completion(self.world, before, applied, down, *index)).flatten()
    }

    fn drifts(&self) -> Vec<Drift> {
        drifts(self.world, &self.passed.before, self.passed.up(), self.passed.index)
    }

    fn repeats(&self) -> Vec<Repeat> {
        repeats(self.world, &self.passed.applied, self.passed.up(), self.passed.index)
    }

    fn breaks(&self) -> Vec<Break> {
        breaks(self.world, &self.passed.before, self.passed.up(), self.passed.index)
    }

    fn waste(&self, is_of_change: &dyn Fn(u32) -> bool) -> Vec<Waste> {
        waste(self.world, &self.passed.before, self.passed.up(), self.passed.index, is_of_change)
    }
}
