//! Replaying histories: reading their migrations, folding them over catalogs, judging each.
//!
//! Only the fold is sequential; reading, and everything that needs only the catalogs around a migration, is done on all threads. So a history
//! goes through in batches: while one is folded, the next is read and the one before it is looked at, and its trees are dropped.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::catalog::replay::{
    Applied, Break, Deed, Direction, Done, Drift, Noted as Deeds, Repeat, Reruns, Undo, Verdict, Waste, apply, apply_noting, breaks,
    completion, deeds, drifts, repeats, reruns, reverted, reverts, undo, waste,
};
use crate::catalog::script::{Around, Refused};
use crate::catalog::{Catalog, Class, Knowledge, World, difference};
use crate::migration::{History, Kind, Migration, Refusal, Section, Sections, Sql, Transaction};
use crate::postgres::{When, barred_in_transaction};
use crate::rules::{Asked, Names, Trials, names_of};
use crate::syntax::Version;
use crate::text::SourceFile;
use crate::text::Span;

use super::cache::{Noted, Resumed};
use super::start::Start;

/// How many migrations go through together.
const BATCH: usize = 64;

/// A migration with its trees, and the catalogs around it.
pub(super) struct Passed<'h> {
    /// Its place in the history.
    pub(super) index: u32,
    pub(super) migration: &'h Migration,
    pub(super) up: Sql,
    up_section: Section,
    /// The messages that its statements share.
    shared: Vec<Option<u32>>,
    /// All its sections, and what goes back; nobody reads them of a migration that is only applied.
    whole: OnceLock<(Sections, Option<Sql>)>,
    /// What the migrations before it leave.
    pub(super) before: Catalog,
    /// What it leaves, and whether it applies.
    pub(super) applied: Applied,
    /// The deeds that were noted while it was applied.
    noted: Option<Deeds>,
    /// All its deeds, as soon as they are known.
    deeds: OnceLock<Vec<Deed>>,
    /// The names that were asked for.
    pub(super) asked: Asked,
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
    fold(history, history.until(until), start, |world, passed| passed.judge(world, show)).0
}

/// The schema that `history` leaves.
pub(super) fn end(history: &History, start: &Start) -> Catalog {
    fold(history, &history.migrations, start, |_, _| ()).1
}

/// Folds `migrations`, the first ones of `history`, and shows each with the catalogs around it to `see`, on whatever thread is free. Gives what
/// it says of each, in order, and the catalog at the end.
pub(super) fn fold<'h, R: Send>(
    history: &'h History,
    migrations: &'h [Migration],
    start: &Start,
    see: impl Fn(&World<'_>, &Passed<'h>) -> R + Sync,
) -> (Vec<R>, Catalog) {
    Ground::new(history, &Names::new(), start).fold(migrations, |_| false, see)
}

/// What a history is folded on.
pub(super) struct Ground<'g> {
    history: &'g History,
    names: &'g Names,
    start: &'g Start,
    first: Catalog,
    noted: Option<&'g Noted>,
    wants_deeds: Option<&'g (dyn Fn(&Migration) -> bool + Sync)>,
}

impl<'g> Ground<'g> {
    /// That of `history`, whose `names` these are.
    pub(super) fn new(history: &'g History, names: &'g Names, start: &'g Start) -> Self {
        Self { history, names, start, first: start.catalog(history.layout.tracking_table()), noted: None, wants_deeds: None }
    }

    /// That of `resumed`, with a note of what is asked of it as a whole.
    pub(super) fn resumed(resumed: &'g Resumed<'g>, start: &'g Start) -> Self {
        Self { noted: resumed.noted(), ..Self::new(resumed.history, &resumed.names, start) }
    }

    /// The same, where somebody is going to ask for the deeds of migrations that are `wanted`: they are noted as those are applied.
    pub(super) fn noting(self, wanted: &'g (dyn Fn(&Migration) -> bool + Sync)) -> Self {
        Self { wants_deeds: Some(wanted), ..self }
    }

    /// What is there before the first migration.
    pub(super) const fn first(&self) -> &Catalog {
        &self.first
    }

    /// Shows `see` the migration at a place of the history, of which it is known what it was applied to, and what came of that.
    pub(super) fn again<R>(&self, index: u32, before: Catalog, applied: Applied, see: impl FnOnce(&World<'_>, &Passed<'g>) -> R) -> R {
        let (migration, up_section, up) = read(&self.history.migrations[index as usize]);
        let (target, asked) = (self.start.target, Asked::default());
        let shared = up_section.shared_messages(&up);
        let (whole, deeds) = (OnceLock::new(), OnceLock::new());
        let passed = Passed { index, migration, up, up_section, shared, whole, before, applied, noted: None, deeds, asked, target };
        self.with_world(&passed.asked, None, |world| see(world, &passed))
    }

    /// Folds `migrations`, the first ones of the history, but for those of another database, and shows each to `see`.
    pub(super) fn fold<'h, R: Send>(
        &self,
        migrations: &'h [Migration],
        is_foreign: impl Fn(&Migration) -> bool + Sync,
        see: impl Fn(&World<'_>, &Passed<'h>) -> R + Sync,
    ) -> (Vec<R>, Catalog) {
        self.fold_on(0, self.first.clone(), migrations, is_foreign, see, &|| true)
    }

    /// Folds `migrations`, which follow the first `start` ones of the history, over `catalog`, as long as `goes_on` says so before a batch.
    pub(super) fn fold_on<'h, R: Send>(
        &self,
        start: u32,
        mut catalog: Catalog,
        migrations: &'h [Migration],
        is_foreign: impl Fn(&Migration) -> bool + Sync,
        see: impl Fn(&World<'_>, &Passed<'h>) -> R + Sync,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> (Vec<R>, Catalog) {
        if self.start.knowledge == Knowledge::Partial && migrations.len() > BATCH {
            self.names.read_ahead(self.history, |all| all.par_iter().map(names_of).collect());
        }
        let mut seen = Vec::with_capacity(migrations.len());
        let mut batches = migrations.chunks(BATCH);
        let mut ahead = batches.next().map(read_all);
        let mut folded = Vec::new();
        while let Some(batch) = ahead.take_if(|_| goes_on()) {
            let next = batches.next();
            let looked_at: Vec<Passed<'h>> = std::mem::take(&mut folded);
            let at = start + (seen.len() + looked_at.len()) as u32;
            let (passed, (read, more)) = rayon::join(
                || self.batch(&mut catalog, batch, at, &is_foreign),
                || rayon::join(|| next.map(read_all), || self.look(looked_at, &see)),
            );
            (folded, ahead) = (passed, read);
            seen.extend(more);
        }
        seen.extend(self.look(folded, &see));
        (seen, catalog)
    }

    /// Does `work` with what holds for a migration that asks for names; `applied` is its place if it is applied.
    fn with_world<R>(&self, asked: &Asked, applied: Option<u32>, work: impl FnOnce(&World<'_>) -> R) -> R {
        let creates = |class: Class, name: &str| {
            asked.note(name);
            let answer = self.names.are_new(self.history, class, name);
            if let Some((noted, place)) = self.noted.zip(applied) {
                noted.note(place, class, name, answer);
            }
            answer
        };
        let Start { target, knowledge, .. } = *self.start;
        work(&World { target, knowledge, creates: &creates, user: "postgres".into() })
    }

    /// Applies the migrations of a batch, the first of which is the `start`th of its history, one after the other to `catalog`.
    fn batch<'h>(
        &self,
        catalog: &mut Catalog,
        batch: Vec<Read<'h>>,
        start: u32,
        is_foreign: &impl Fn(&Migration) -> bool,
    ) -> Vec<Passed<'h>> {
        let mut passed = Vec::with_capacity(batch.len());
        for (index, read) in (start..).zip(batch) {
            let (before, is_foreign) = (self.before(read.0, catalog), is_foreign(read.0));
            let one = self.pass(index, read, before, is_foreign);
            if one.migration.kind != Kind::Baseline {
                *catalog = one.applied.after.clone();
            }
            passed.push(one);
        }
        passed
    }

    /// What is there before `migration`, which follows those that leave `catalog`.
    pub(super) fn before(&self, migration: &Migration, catalog: &Catalog) -> Catalog {
        // A baseline stands in the place of what came before it, on an empty database.
        if migration.kind == Kind::Baseline { self.first.clone() } else { catalog.clone() }
    }

    fn pass<'h>(&self, index: u32, (migration, up_section, up): Read<'h>, before: Catalog, is_foreign: bool) -> Passed<'h> {
        let (target, asked) = (self.start.target, Asked::default());
        let shared = up_section.shared_messages(&up);
        let wants_deeds = self.wants_deeds.is_some_and(|wanted| wanted(migration));
        let (applied, noted) = match is_foreign {
            true => (Applied { verdict: Verdict::foreign(), after: before.clone() }, None),
            false => self.with_world(&asked, Some(index), |world| {
                let up = direction(&up_section, &up, &shared, target);
                if wants_deeds { apply_noting(world, &before, up, index) } else { (apply(world, &before, up, index), None) }
            }),
        };
        let verdict = match self.history.program_before(migration) {
            Some(program) => applied.verdict.after_program(&program.name),
            None => applied.verdict,
        };
        let applied = Applied { verdict, ..applied };
        let (whole, deeds) = (OnceLock::new(), OnceLock::new());
        Passed { index, migration, up, up_section, shared, whole, before, applied, noted, deeds, asked, target }
    }

    /// Shows each migration of a batch to `see`, and lets it go.
    fn look<'h, R: Send>(&self, batch: Vec<Passed<'h>>, see: &(impl Fn(&World<'_>, &Passed<'h>) -> R + Sync)) -> Vec<R> {
        let look = |passed: Passed<'h>| {
            let passed = passed.with_noted();
            self.with_world(&passed.asked, None, |world| see(world, &passed))
        };
        batch.into_par_iter().map(look).collect()
    }
}

/// A migration of which is read what goes up.
type Read<'h> = (&'h Migration, Section, Sql);

fn read_all(batch: &[Migration]) -> Vec<Read<'_>> {
    batch.par_iter().map(read).collect()
}

fn read(migration: &Migration) -> Read<'_> {
    let section = migration.up_section();
    let up = section.parse();
    (migration, section, up)
}

fn direction<'s>(section: &Section, sql: &'s Sql, shared: &'s [Option<u32>], target: Version) -> Direction<'s> {
    let around = match around(section.transaction, sql, target) {
        Around::Nobody => Around::Messages(shared),
        other => other,
    };
    Direction { text: &sql.text, script: &sql.script, around, refused: refused(section, sql) }
}

/// Where a section's tool does not send what is written.
fn refused(section: &Section, sql: &Sql) -> Option<Refused> {
    let reading = section.reading.as_ref()?;
    match section.refusal() {
        Some(Refusal { span, fault }) => Some(Refused { after: 0, reason: fault.reason(), span }),
        None => {
            let torn = reading.brackets.torn(&sql.text, &sql.script, reading).into_iter().next()?;
            Some(Refused {
                after: torn.before,
                reason: "the tool sends a part of this alone, which the server can't read",
                span: torn.line,
            })
        }
    }
}

fn around(transaction: Transaction, sql: &Sql, target: Version) -> Around<'static> {
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
    /// The same with the deeds that were noted, if those are all.
    fn with_noted(mut self) -> Self {
        let noted = self.noted.take();
        if let Some(all) = noted.and_then(|noted| noted.all(&self.before, self.up())) {
            self.deeds = OnceLock::from(all);
        }
        self
    }

    fn up(&self) -> Direction<'_> {
        direction(&self.up_section, &self.up, &self.shared, self.target)
    }

    fn whole(&self) -> &(Sections, Option<Sql>) {
        self.whole.get_or_init(|| {
            let sections = self.migration.sections();
            let down = sections.down.as_ref().map(Section::parse);
            (sections, down)
        })
    }

    /// Where its sections are.
    pub(super) fn sections(&self) -> &Sections {
        &self.whole().0
    }

    /// What goes back.
    pub(super) fn down(&self) -> Option<&Sql> {
        self.whole().1.as_ref()
    }

    fn done(&self) -> Done<'_> {
        Done { before: &self.before, applied: &self.applied, index: self.index }
    }

    /// Does `work` with the down section as it is run; `work` is also told where a place in it stands in the file.
    pub(super) fn with_down<R>(&self, work: impl FnOnce(Direction<'_>, &dyn Fn(Span) -> Span) -> R) -> Option<R> {
        let (section, sql) = self.sections().down.as_ref().zip(self.down())?;
        Some(match section.uncommented(sql) {
            Some(uncommented) => work(direction(section, &uncommented.sql, &[], self.target), &|span| uncommented.in_file(span)),
            None => work(direction(section, sql, &section.shared_messages(sql), self.target), &|span| span),
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
            down: self.sections().down.as_ref().map(|section| section.source.clone()),
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

    fn undo(&self, besides: &[String]) -> Option<Undo> {
        undo(self.world, self.passed.done(), self.passed.up().around, besides)
    }

    fn completion(&self, besides: &[String]) -> Option<Undo> {
        self.passed.with_down(|down, _| completion(self.world, self.passed.done(), down, besides)).flatten()
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

    fn deeds(&self) -> &[Deed] {
        let Passed { before, index, .. } = self.passed;
        self.passed.deeds.get_or_init(|| deeds(self.world, before, self.passed.up(), *index))
    }

    fn waste(&self, is_of_change: &dyn Fn(u32) -> bool) -> Vec<Waste> {
        waste(self.world, &self.passed.before, self.passed.up(), self.passed.index, is_of_change)
    }
}
