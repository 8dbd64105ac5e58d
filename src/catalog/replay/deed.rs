//! The statements of a migration that lock tables, change rows, grant rights, or drop, rename or move anything, one by one as they are run, also those in
//! code: which relations their names mean, what is there before and after each, in which transaction it stands, and what is there in the end where it is run.
//!
//! A statement is noted where it is applied, so that names mean what they mean there. What it locks is noted only if it was there before
//! the migration: what that makes itself nobody else can see. One that fails is no deed; of one that can't be followed it is not known what it
//! leaves.
//!
//! Rules of safety ask for deeds, and those assume the dangerous case. So code is followed further than verdicts need: what stands in a branch that
//! other rows than those of the history would take, in a loop over what nobody knows, and behind a statement that can't be followed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::catalog::apply::data::family;
use crate::catalog::apply::session::end_session;
use crate::catalog::apply::{Statement, moved, tables_of_domain};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{PartitionBound, Relation, Type};
use crate::catalog::object::{Class, Object, Standing};
use crate::catalog::reference::{self, Found};
use crate::catalog::rows::Value;
use crate::catalog::run::{Knowledge, Run, World};
use crate::catalog::script::{Ended, run_script_watched};
use crate::catalog::session::Settings;
use crate::catalog::store::Catalog;
use crate::catalog::{Address, Oid};
use crate::postgres::{LockTarget, TableLock, table_locks};
use crate::syntax::tree::{AlterActionKind, ColumnConstraintKind, DomainAction, Node, ObjectKind};
use crate::text::Span;

use super::statement::{ends_transaction, is_noted, may_have_deeds, references, runs_code};
use super::{Applied, Direction, Verdict, beginning};

/// A statement that locks relations, or that is noted whatever it locks.
#[derive(Debug, Clone)]
pub struct Deed {
    /// The statement of the script: this one, or the one that runs the code that it stands in.
    pub outer: Span,
    /// What it says.
    pub node: Node,
    /// The text that its spans index, if that is not the script's: code whose text is computed or stands elsewhere.
    pub text: Option<Arc<str>>,
    /// The locks, as far as it is known what their names mean.
    pub holds: Vec<Hold>,
    /// The domain that it changes.
    pub domain: Option<Oid>,
    /// What it drops, renames, moves, gives away or changes rights on, whatever its kind, as far as that was there before the migration.
    pub objects: Vec<NamedObject>,
    /// What is there before it, with what is only assumed because it names it.
    pub before: Catalog,
    /// What it leaves, if that can be told.
    pub after: Option<Catalog>,
    /// What CASCADE takes along, and would keep the statement from succeeding without it.
    pub taken: Vec<Address>,
    /// The transaction, counted from 1 in the order of the script; a statement outside of a block has one of its own.
    pub transaction: u32,
    /// The run-time variables.
    pub settings: Settings,
    /// Whether it is run.
    pub course: Course,
    /// What there is in the end where it is run, if that is not what the migration is known to leave: what the branch that it stands in leaves, or
    /// code of which a statement can't be followed, or the whole if other rows than those of the history have it run.
    pub end: Option<Catalog>,
}

/// Whether a statement is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It is.
    Sure,
    /// Code decides by something that the history does not show.
    Untold,
}

/// The deeds of a migration so far.
#[derive(Debug, Clone)]
pub(in crate::catalog) struct Deeds {
    /// Where the text of the script lies in memory: code in it has spans of the same text.
    script: usize,
    rows: Rows,
    /// Whether code is followed further than verdicts need.
    wary: bool,
    met: Arc<Met>,
    list: Vec<Deed>,
    /// The branches and loops that may be passed over around what is run.
    untold: Vec<Branch>,
    /// Whether the code that is run has passed over a statement that could not be followed.
    passed: bool,
    /// What code left that was followed to its end past such statements.
    reached: Option<Catalog>,
    /// Whether something before could not be followed: what fails after it may succeed all the same.
    pub(in crate::catalog) doubted: bool,
    /// The tables that the transaction has emptied and put nothing into since.
    emptied: BTreeMap<Oid, Emptied>,
    /// What CASCADE takes along in the statement that is being applied.
    taken: Vec<Address>,
}

/// What was known before a branch or loop that may be passed over.
#[derive(Debug, Clone)]
struct Branch {
    /// How many deeds there were.
    deeds: usize,
    /// The tables that were empty.
    emptied: BTreeMap<Oid, Emptied>,
}

/// Which rows queries find in tables that were there before the migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// Those that the history put there.
    OfHistory,
    /// Any: every server that the migration comes to holds others.
    Any,
}

/// What was met on the way, also where what it led to was taken back.
#[derive(Debug, Default)]
struct Met {
    /// Code that ended where whoever looks for all that it may do goes on.
    end: AtomicBool,
    /// Rows that somebody asked for who gets those of the history, of a table that was there before the migration.
    rows: AtomicBool,
}

/// How a table was emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emptied {
    /// By TRUNCATE: it has no pages left, and nobody else can use it before the transaction ends.
    Truncated,
    /// By DELETE of all rows: its pages are still there to be read.
    Deleted,
}

/// A lock on a relation that was there before the migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The relation; of an index its own.
    pub relation: Oid,
    /// By which name, on what, and how.
    pub lock: TableLock,
    /// Whether the transaction itself has emptied it.
    pub emptied: Option<Emptied>,
}

/// An object that a statement names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedObject {
    /// Where it is named.
    pub span: Span,
    /// As what.
    pub kind: ObjectKind,
    /// What is meant.
    pub address: Address,
}

impl Deed {
    /// A run-time variable that was set, by its name in lower case.
    pub fn setting(&self, name: &str) -> Option<&Value> {
        self.settings.others.get(name)
    }

    fn says_the_same_as(&self, other: &Deed) -> bool {
        (self.outer, &self.text) == (other.outer, &other.text) && self.node == other.node
    }
}

impl Deeds {
    fn of(text: &str, rows: Rows, wary: bool) -> Deeds {
        Deeds {
            script: text.as_ptr() as usize,
            rows,
            wary,
            met: Arc::default(),
            list: Vec::new(),
            untold: Vec::new(),
            passed: false,
            reached: None,
            doubted: false,
            emptied: BTreeMap::new(),
            taken: Vec::new(),
        }
    }

    /// Whether somebody asks for every statement of code that may be run, and not for what it comes to.
    pub(in crate::catalog) const fn are_wary(&self) -> bool {
        self.wary
    }

    /// Has what is run next count as what may be passed over.
    pub(in crate::catalog) fn begin_untold(&mut self) {
        self.untold.push(Branch { deeds: self.list.len(), emptied: self.emptied.clone() });
    }

    /// What code left that was followed to its end past statements that could not be.
    pub(in crate::catalog) const fn take_reached(&mut self) -> Option<Catalog> {
        self.reached.take()
    }

    /// Has deeds end with `catalog` that end with nothing else.
    fn end_with(&mut self, from: usize, catalog: &Catalog) {
        let open = self.list.iter_mut().skip(from).filter(|deed| deed.end.is_none());
        open.for_each(|deed| deed.end = Some(catalog.clone()));
    }
}

/// The statements of `up` that lock something or change rows, in the order in which they run.
pub fn deeds(world: &World<'_>, before: &Catalog, up: Direction<'_>, index: u32) -> Vec<Deed> {
    let runs_code = runs_code(before, up);
    if !runs_code && !may_have_deeds(world, up) {
        return Vec::new();
    }
    let noted = |rows: Rows| {
        let mut run = beginning(world, before, index);
        run.deeds = Some(Deeds::of(up.text, rows, true));
        let ended = run_noting(&mut run, up);
        end_session(&mut run);
        let Some(mut deeds) = run.deeds else { return (Vec::new(), false, ended) };
        deeds.end_with(0, &run.catalog);
        let asks_for_rows = deeds.met.rows.load(Relaxed);
        (deeds.list, asks_for_rows, ended)
    };
    let (mut deeds, asks_for_rows, ended) = noted(Rows::OfHistory);
    if runs_code && asks_for_rows {
        let (mut others, _, _) = noted(Rows::Any);
        // What fails on the rows of the history is meant for others.
        if matches!(ended.stop, Some(Stop::Fails(_))) {
            std::mem::swap(&mut deeds, &mut others);
        }
        let is_known = |deed: &Deed| deeds.iter().any(|known| known.says_the_same_as(deed));
        let more = others.into_iter().filter(|deed| !is_known(deed));
        let more: Vec<Deed> = more.map(|deed| Deed { course: Course::Untold, ..deed }).collect();
        deeds.extend(more);
        deeds.sort_by_key(|deed| deed.outer.start);
    }
    deeds
}

/// Deeds that were noted while a migration was applied.
#[derive(Debug)]
pub struct Noted {
    list: Vec<Deed>,
    asks_for_rows: bool,
}

impl Noted {
    /// The [`deeds`] of `up`; none if it runs code that may do more on other rows than was noted.
    pub fn all(self, before: &Catalog, up: Direction<'_>) -> Option<Vec<Deed>> {
        let is_all = !self.asks_for_rows || !runs_code(before, up);
        is_all.then_some(self.list)
    }
}

/// Applies a migration as [`apply`](super::apply) does, and notes its deeds on the way; none where code ends that might do more.
pub fn apply_noting(world: &World<'_>, before: &Catalog, up: Direction<'_>, index: u32) -> (Applied, Option<Noted>) {
    let mut run = beginning(world, before, index);
    let is_code = |node: &Node| matches!(node, Node::Do(_) | Node::Call(_));
    let has_code = up.script.statements.iter().filter_map(|statement| statement.node()).any(is_code);
    run.deeds = (has_code || may_have_deeds(world, up)).then(|| Deeds::of(up.text, Rows::OfHistory, false));
    let ended = run_noting(&mut run, up);
    end_session(&mut run);
    let noted = run.deeds.filter(|deeds| !deeds.met.end.load(Relaxed));
    let noted = noted.map(|deeds| Noted { list: deeds.list, asks_for_rows: deeds.met.rows.load(Relaxed) });
    (Applied { verdict: Verdict::of(ended.stop, run.conditions), after: run.catalog }, noted)
}

/// Runs a script, and numbers the transactions of the deeds that are noted.
fn run_noting(run: &mut Run<'_>, up: Direction<'_>) -> Ended {
    let mut transactions: Vec<(Span, u32)> = Vec::with_capacity(up.script.statements.len());
    let mut transaction = 0;
    let ended = run_script_watched(run, up, &mut |run, at| {
        let statement = &up.script.statements[at];
        // The first statement in a block that the tool opened begins its transaction as well.
        if !run.session.in_block() || transaction == 0 {
            transaction += 1;
        }
        transactions.push((statement.span, transaction));
        transaction += u32::from(ends_transaction(statement.node()));
    });
    for deed in run.deeds.iter_mut().flat_map(|deeds| &mut deeds.list) {
        let known = transactions.binary_search_by_key(&deed.outer.start, |(span, _)| span.start);
        deed.transaction = known.map_or(0, |at| transactions[at].1);
    }
    ended
}

/// The objects that a statement names so; what no file makes is assumed to be there, as a relation is.
fn named_objects(run: &mut Run<'_>, statement: Statement<'_>) -> Vec<NamedObject> {
    let text = statement.text;
    let mut named = Vec::new();
    for object in references(statement.node) {
        let address = match reference::find(run, text, &object) {
            Ok(Found::Object(address) | Found::WrongKind(address, _)) => Some(address),
            Ok(Found::Absent(_)) => reference::expect(run, text, &object).ok().flatten(),
            Ok(Found::BuiltIn) | Err(_) => None,
        };
        named.extend(address.map(|address| NamedObject { span: object.span, kind: object.kind, address }));
    }
    named
}

/// The domain that a statement changes.
fn domain(run: &mut Run<'_>, statement: Statement<'_>) -> Option<Oid> {
    let Node::AlterDomain(alter) = statement.node else { return None };
    match reference::find_type(run, statement.text, ObjectKind::Domain, alter.name) {
        Ok(Found::Object(domain)) => Some(domain.object),
        _ => None,
    }
}

/// Whether it locks what no file of the history makes, without a name: what is in a tablespace.
fn may_lock_what_is_assumed(run: &Run<'_>, statement: Statement<'_>) -> bool {
    let text = statement.text;
    let moves = matches!(statement.node, Node::MoveAll(all) if all.from.value(text) != all.to.value(text));
    moves && run.world.knowledge == Knowledge::Partial
}

/// Whether a table is there that `IF NOT EXISTS` then does not make: what it would have referred to is not even opened.
fn is_there_already(run: &mut Run<'_>, statement: Statement<'_>) -> bool {
    match statement.node {
        Node::CreateTable(create) if create.guard.is_written() => {
            run.find(Class::Relation, statement.text, create.name).is_ok_and(|found| found.is_some())
        }
        _ => false,
    }
}

/// Whether `IF NOT EXISTS` passes over a column that is there, so that what it would refer to is not opened; or `IF EXISTS` over a trigger, policy or
/// rule that `relation` is known not to have: that takes no lock that anybody waits for (`get_object_address_relobject` opens the table with ACCESS SHARE).
fn passes_over(run: &mut Run<'_>, statement: Statement<'_>, hold: &Hold) -> bool {
    if let Node::AlterTable(alter) = statement.node {
        let mut added = alter.actions.iter().filter_map(|action| match &action.kind {
            AlterActionKind::AddColumn(add) if add.guard.is_written() && action.span.encloses(hold.lock.name.span()) => Some(add),
            _ => None,
        });
        let table = run.find_relation(statement.text, alter.relation.name).ok().flatten().and_then(|table| run.catalog.relation(table));
        return added.any(|add| table.is_some_and(|table| table.column(&add.column.name.value(statement.text)).is_some()));
    }
    let Node::Drop(drop) = statement.node else { return false };
    let class = match drop.kind {
        ObjectKind::Trigger => Class::Trigger,
        ObjectKind::Policy => Class::Policy,
        ObjectKind::Rule => Class::Rule,
        _ => return false,
    };
    let is_known = run.catalog.get(hold.relation).is_some_and(|object| object.standing == Standing::Made && !object.is_blurred());
    let mut parts = drop.objects.iter().filter_map(|object| object.member()).filter(|(of, _)| *of == Some(hold.lock.name));
    drop.guard.is_written()
        && is_known
        && parts.all(|(_, part)| run.catalog.part(hold.relation, class, &part.value(statement.text)).is_none())
}

/// The relations that `ALL IN TABLESPACE` moves.
fn moved_by(run: &mut Run<'_>, statement: Statement<'_>) -> BTreeSet<Oid> {
    let Node::MoveAll(all) = statement.node else { return BTreeSet::new() };
    moved(run, statement.text, all).map(|moved| moved.into_iter().collect()).unwrap_or_default()
}

fn default_partition(run: &Run<'_>, parent: Oid) -> Option<Oid> {
    let is_default =
        |oid: &Oid| run.catalog.relation(*oid).is_some_and(|relation| relation.partition_bound == Some(PartitionBound::Default));
    run.catalog.children(parent).into_iter().find(is_default)
}

/// The tables that a change of a domain has read: none where it is NOT NULL already and is made so once more.
fn read_for(run: &Run<'_>, domain: Oid, node: &Node) -> BTreeSet<Oid> {
    let is_not_null = matches!(run.catalog.get(domain).and_then(Object::ty), Some(Type::Domain(domain)) if domain.not_null);
    let demands_value = match node {
        Node::AlterDomain(alter) => match &alter.action {
            DomainAction::SetNotNull(_) => true,
            DomainAction::AddConstraint(constraint) => constraint.kind == ColumnConstraintKind::NotNull,
            _ => false,
        },
        _ => false,
    };
    if is_not_null && demands_value { BTreeSet::new() } else { tables_of_domain(run, domain) }
}

/// Notes a statement that is about to be applied, if it locks something or changes rows. Gives its place among the deeds.
pub(in crate::catalog) fn begin(run: &mut Run<'_>, statement: Statement<'_>) -> Option<usize> {
    let deeds = run.deeds.as_mut()?;
    deeds.taken.clear();
    deeds.reached = None;
    let script = deeds.script;
    let locks = table_locks(statement.text, statement.node);
    let is_noted = is_noted(statement.text, statement.node, run.world.target);
    if locks.is_empty() && !is_noted && references(statement.node).is_empty() {
        return None;
    }
    // What it names is looked up beside the run, where what is only assumed may be assumed already.
    let deeds = run.deeds.take();
    let mut beside = run.clone();
    run.deeds = deeds;
    if is_there_already(&mut beside, statement) {
        return None;
    }
    let domain = domain(&mut beside, statement);
    let mut holds = Vec::with_capacity(locks.len());
    for lock in locks {
        let found = match (lock.target, domain) {
            (LockTarget::OfDomain, Some(domain)) => read_for(&beside, domain, statement.node),
            (LockTarget::OfDomain, None) => BTreeSet::new(),
            (LockTarget::InTablespace, _) => moved_by(&mut beside, statement),
            (LockTarget::DefaultPartition, _) => {
                let parent = beside.find_relation(statement.text, lock.name).ok().flatten();
                let default = parent.and_then(|parent| default_partition(&beside, parent));
                default.into_iter().flat_map(|default| family(&beside, default)).collect()
            }
            _ => beside.find_relation(statement.text, lock.name).ok().flatten().into_iter().collect(),
        };
        holds.extend(found.into_iter().map(|relation| Hold { relation, lock, emptied: emptied(run, relation) }));
    }
    holds.retain(|hold| !passes_over(&mut beside, statement, hold));
    let mut objects = named_objects(&mut beside, statement);
    let is_older = |oid: Oid| {
        let object = beside.catalog.get(oid);
        object.is_some_and(|object| object.origin.migration != run.origin.migration || object.standing == Standing::Assumed)
    };
    holds.retain(|hold| is_older(hold.relation));
    objects.retain(|named| is_older(named.address.object));
    if holds.is_empty() && objects.is_empty() && !is_noted && !may_lock_what_is_assumed(run, statement) {
        return None;
    }
    let untold = run.deeds.as_ref().is_some_and(|deeds| deeds.passed || !deeds.untold.is_empty());
    let deed = Deed {
        outer: run.origin.span,
        node: statement.node.clone(),
        text: (statement.text.as_ptr() as usize != script).then(|| Arc::from(statement.text)),
        holds,
        domain,
        objects,
        before: beside.catalog,
        after: None,
        taken: Vec::new(),
        transaction: 0,
        settings: run.session.settings.clone(),
        course: if untold { Course::Untold } else { Course::Sure },
        end: None,
    };
    let list = &mut run.deeds.as_mut()?.list;
    // A loop of which nobody knows how often it is run is looked into more than once.
    if untold && list.iter().any(|known| known.says_the_same_as(&deed)) {
        return None;
    }
    list.push(deed);
    Some(list.len() - 1)
}

/// A run in which the tables that the statement at `place` among the deeds locks have the columns that are known of them, and no others.
pub(in crate::catalog) fn beside<'w>(run: &Run<'w>, place: usize) -> Option<Run<'w>> {
    let deed = run.deeds.as_ref().filter(|deeds| deeds.doubted)?.list.get(place)?;
    let mut beside = Run { deeds: None, catalog: deed.before.clone(), ..run.clone() };
    for hold in &deed.holds {
        beside.catalog.update_relation(hold.relation, |relation| relation.columns_known = true);
    }
    Some(beside)
}

/// Notes how the statement at `place` among the deeds ended, and what it leaves.
pub(in crate::catalog) fn end(run: &mut Run<'_>, place: usize, result: &Result, after: Option<Catalog>) {
    let in_block = run.session.subtransactions > 0;
    let Some(deeds) = &mut run.deeds else { return };
    // What could not be followed may have seen to it that it does not fail; where that is caught, it was written to fail.
    let is_none = matches!(result, Err(Stop::Fails(_))) && (!deeds.doubted || in_block);
    match deeds.list.get_mut(place) {
        Some(deed) if !is_none => (deed.after, deed.taken) = (after, std::mem::take(&mut deeds.taken)),
        _ => deeds.list.truncate(place),
    }
}

/// Does what a change of rows in code does, and notes it.
///
/// # Errors
/// Those of `work`.
pub(in crate::catalog) fn noted<T>(run: &mut Run<'_>, statement: Statement<'_>, work: impl FnOnce(&mut Run<'_>) -> Result<T>) -> Result<T> {
    let place = begin(run, statement);
    let outcome = work(run);
    if let Some(place) = place {
        end(run, place, &outcome.as_ref().map(drop).map_err(Stop::clone), None);
    }
    outcome
}

/// Whether nothing is left of what a table, or that of an index, and those that inherit from it held: how they were emptied, if so.
fn emptied(run: &Run<'_>, relation: Oid) -> Option<Emptied> {
    let deeds = run.deeds.as_ref().filter(|deeds| !deeds.emptied.is_empty())?;
    let table = run.catalog.relation(relation).and_then(Relation::index).map_or(relation, |index| index.table);
    let found = family(run, table).into_iter().map(|table| deeds.emptied.get(&table).copied()).collect::<Option<Vec<Emptied>>>()?;
    Some(if found.contains(&Emptied::Deleted) { Emptied::Deleted } else { Emptied::Truncated })
}

/// Whether queries find in a table what nobody knows.
pub(in crate::catalog) fn holds_any_rows(run: &Run<'_>, table: Oid) -> bool {
    let is_older = || run.catalog.get(table).is_some_and(|object| object.origin.migration != run.origin.migration);
    let Some(deeds) = run.deeds.as_ref().filter(|_| is_older() && emptied(run, table).is_none()) else { return false };
    if deeds.rows == Rows::OfHistory {
        deeds.met.rows.store(true, Relaxed);
    }
    deeds.rows == Rows::Any
}

/// Notes that code ends at a statement that can't be followed.
pub(in crate::catalog) fn stop(run: &Run<'_>) {
    if let Some(deeds) = &run.deeds {
        deeds.met.end.store(true, Relaxed);
    }
}

/// Ends what counts as what may be passed over: what it emptied may not have been, and what it leaves nothing else takes up.
pub(in crate::catalog) fn end_untold(run: &mut Run<'_>) {
    let Some(deeds) = &mut run.deeds else { return };
    if let Some(before) = deeds.untold.pop() {
        deeds.end_with(before.deeds, &run.catalog);
        deeds.emptied.retain(|table, _| before.emptied.contains_key(table));
    }
}

/// Begins a statement of code: gives what is there before it.
pub(in crate::catalog) fn begin_step(run: &mut Run<'_>) -> Catalog {
    run.deeds.iter_mut().for_each(|deeds| deeds.reached = None);
    run.catalog.clone()
}

/// Begins code of its own: gives what [`leave`] puts back.
pub(in crate::catalog) fn enter(run: &mut Run<'_>) -> bool {
    run.deeds.as_mut().is_some_and(|deeds| std::mem::take(&mut deeds.passed))
}

/// Ends code, and keeps what it left if that was found past statements that could not be followed.
pub(in crate::catalog) fn leave(run: &mut Run<'_>, around: bool) {
    let Some(deeds) = &mut run.deeds else { return };
    if std::mem::replace(&mut deeds.passed, around) {
        deeds.reached = Some(run.catalog.clone());
    }
}

/// Notes that code goes on behind a statement that could not be followed.
pub(in crate::catalog) fn pass(run: &mut Run<'_>) {
    doubt(run);
    run.deeds.iter_mut().for_each(|deeds| deeds.passed = true);
}

/// Notes what CASCADE takes along.
pub(in crate::catalog) fn take_along(run: &mut Run<'_>, taken: impl IntoIterator<Item = Address>) {
    if let Some(deeds) = &mut run.deeds {
        deeds.taken.extend(taken);
    }
}

/// Notes that tables were emptied.
pub(in crate::catalog) fn empty(run: &mut Run<'_>, tables: &[Oid], how: Emptied) {
    let Some(deeds) = &mut run.deeds else { return };
    for table in tables {
        deeds.emptied.entry(*table).or_insert(how);
    }
}

/// Notes that something may have been put into a table, or those that inherit from it.
pub(in crate::catalog) fn fill(run: &mut Run<'_>, table: Oid) {
    if run.deeds.as_ref().is_none_or(|deeds| deeds.emptied.is_empty()) {
        return;
    }
    let tables = family(run, table);
    if let Some(deeds) = &mut run.deeds {
        deeds.emptied.retain(|emptied, _| !tables.contains(emptied));
    }
}

/// Notes that rows of a table may have moved from one of its partitions to another.
pub(in crate::catalog) fn redistribute(run: &mut Run<'_>, table: Oid) {
    if emptied(run, table).is_none() {
        fill(run, table);
    }
}

/// Notes that a transaction ended, or something in it was taken back: what is in the tables is anybody's business again.
pub(in crate::catalog) fn fill_all(run: &mut Run<'_>) {
    if let Some(deeds) = &mut run.deeds {
        deeds.emptied.clear();
    }
}

/// Notes that something could not be followed.
pub(in crate::catalog) fn doubt(run: &mut Run<'_>) {
    if let Some(deeds) = &mut run.deeds {
        deeds.doubted = true;
        deeds.emptied.clear();
    }
}
