//! What a migration does to what was there before it: the statements that lock a table of an earlier migration, or one that no file makes,
//! those that drop, rename or move anything else, those that grant rights, and what a rule asks about them.
//!
//! A table of the migration itself is empty and unseen, so that no lock on it keeps anybody waiting: of such statements nothing is said here.
//! A table that was there before may hold rows, whatever the history shows: its migrations are deployed, and people use it. It holds none once
//! the transaction itself has emptied it, though its lock stays.

use crate::catalog::model::{Column, Persistence, Relation, RelationKind, Routine, RoutineKind, TypeId, TypeUse};
use crate::catalog::replay::{Course, Deed, Emptied, is_used_by_name};
use crate::catalog::{Address, Body, Catalog, Class, Object, Oid, Standing, describe};
use crate::diagnostic::Diagnostic;
use crate::postgres::facts::{self, CastContext};
use crate::postgres::{LockMode, LockTarget};
use crate::syntax::Version;
use crate::syntax::lexer::{Mode, TokenKind, lex};
use crate::syntax::tree::{AlterAction, AlterActionKind, ArgumentMode, Ident, Node, ObjectKind, RenamedPart};
use crate::text::Span;

use super::MigrationContext;

/// A statement that locks what was there before the migration, or that is noted whatever it locks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change<'a> {
    cx: &'a MigrationContext<'a>,
    deed: &'a Deed,
}

/// A relation that was there before the migration.
#[derive(Debug, Clone)]
pub(super) struct Existing<'a> {
    pub(super) oid: Oid,
    pub(super) object: &'a Object,
    pub(super) relation: &'a Relation,
    /// What it is called, with its schema unless that is `public`.
    pub(super) shown: String,
    /// How the statement locks it.
    pub(super) mode: LockMode,
    /// The name by which the statement locks it.
    pub(super) named: Span,
    /// Whether the transaction itself has emptied it before.
    pub(super) emptied: Option<Emptied>,
    /// Of what no file makes, what its children show.
    children: Option<Children>,
}

/// The tables that were made of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Children {
    /// Its partitions: it is partitioned.
    Partitions,
    /// Those that inherit from it: it is not.
    Heirs,
}

/// Something of any kind that was there before the migration, as a statement names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) oid: Oid,
    pub(super) object: &'a Object,
    /// Where it is named.
    pub(super) span: Span,
    /// As what it is named.
    pub(super) kind: ObjectKind,
}

/// The statements of the migration that lock what was there before it, in the order in which they run.
pub(super) fn changes<'a>(cx: &'a MigrationContext<'a>) -> impl Iterator<Item = Change<'a>> {
    cx.replayed.deeds().iter().map(|deed| Change { cx, deed })
}

/// Shows `see` each action of each ALTER TABLE on a table that was there before.
pub(super) fn each_action<'a>(cx: &'a MigrationContext<'a>, mut see: impl FnMut(Change<'a>, &Existing<'a>, &'a AlterAction)) {
    for change in changes(cx) {
        let Node::AlterTable(alter) = change.node() else { continue };
        let Some(table) = change.table() else { continue };
        alter.actions.iter().for_each(|action| see(change, &table, action));
    }
}

impl<'a> Change<'a> {
    /// What it says.
    pub(super) fn node(&self) -> &'a Node {
        &self.deed.node
    }

    /// The text of `span`.
    pub(super) fn written(&self, span: Span) -> &'a str {
        &self.text()[span]
    }

    /// The text that its spans index.
    pub(super) fn text(&self) -> &'a str {
        self.deed.text.as_deref().unwrap_or(&self.cx.up.text)
    }

    /// What `name` is stored as.
    pub(super) fn name(&self, name: Ident) -> String {
        name.value(self.text()).into_owned()
    }

    /// Whether `name` is named in `span` of it.
    pub(super) fn names(&self, span: Span, name: &str) -> bool {
        lex(self.text(), span, Mode::Body).tokens.iter().any(|token| {
            let is_name = matches!(token.kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::Keyword(_));
            is_name && self.name(Ident { span: token.span }) == name
        })
    }

    /// Whether it stands in the file as it is run, so that a fix can change it.
    pub(super) fn is_in_file(&self) -> bool {
        self.deed.text.is_none()
    }

    /// Whether it is a statement of the script itself, and no part of code.
    pub(super) fn is_of_script(&self) -> bool {
        self.statement().is_some_and(|at| self.cx.up.script.statements[at].node() == Some(self.node()))
    }

    /// Whether it is the same as `other`, and not only alike.
    pub(super) fn is_same(&self, other: &Change<'_>) -> bool {
        std::ptr::eq(self.deed, other.deed)
    }

    /// Whether it stands in one transaction with `other`.
    pub(super) fn shares_transaction(&self, other: &Change<'_>) -> bool {
        self.deed.transaction == other.deed.transaction
    }

    /// The statement of the script, by its place, that it is or that runs it.
    pub(super) fn statement(&self) -> Option<usize> {
        self.cx.up.script.statements.binary_search_by_key(&self.deed.outer.start, |statement| statement.span.start).ok()
    }

    /// A finding at `span` of it; at the statement that runs it where that is not in the file.
    pub(super) fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        let place = if self.is_in_file() { span } else { self.deed.outer };
        self.taken_to_run(self.cx.finding(place, message))
    }

    /// `finding`, which says so where nobody knows whether the statement is run.
    pub(super) fn taken_to_run(&self, finding: Diagnostic) -> Diagnostic {
        match self.deed.course {
            Course::Sure => finding,
            Course::Untold => finding.labelled("whether this is run depends on what the database holds: it is taken to be run"),
        }
    }

    /// What is there before it.
    pub(super) fn before(&self) -> &'a Catalog {
        &self.deed.before
    }

    /// What it leaves, if that can be told.
    pub(super) fn after(&self) -> Option<&'a Catalog> {
        self.deed.after.as_ref()
    }

    /// What the migration leaves where it is run.
    pub(super) fn end(&self) -> &'a Catalog {
        self.deed.end.as_ref().unwrap_or(self.cx.replayed.after)
    }

    /// What CASCADE takes along in it that was there before the migration; what would go without that word is not meant.
    pub(super) fn taken_along(&self) -> impl Iterator<Item = Address> + use<'a> {
        let (before, index) = (&self.deed.before, self.cx.replayed.index);
        let is_older = move |address: &Address| {
            let origin = match before.column(*address) {
                Some(column) => Some(column.origin),
                None => before.get(address.object).map(|object| object.origin),
            };
            origin.is_some_and(|origin| origin.migration != Some(index))
        };
        self.deed.taken.iter().copied().filter(is_older)
    }

    /// What it drops, renames, moves, gives away or grants rights on, whatever its kind, as far as that was there before the migration and is seen
    /// by others.
    pub(super) fn named(&self) -> impl Iterator<Item = Named<'a>> + use<'a> {
        let deed = self.deed;
        let named = deed.objects.iter().filter_map(|named| {
            let object = deed.before.get(named.address.object)?;
            Some(Named { oid: named.address.object, object, span: named.span, kind: named.kind })
        });
        named.filter(|named| named.object.relation().is_none_or(|relation| relation.persistence != Persistence::Temporary))
    }

    /// What it is called before it, with the word for its kind, and its schema unless that is `public`: ``view `v` ``.
    pub(super) fn called(&self, named: &Named<'_>) -> String {
        let before = &self.deed.before;
        // Of what no file makes only the statement says what it is.
        let says_what_it_takes = matches!(named.object.body, Body::Routine(_)) && self.written(named.span).contains('(');
        if named.object.standing == Standing::Assumed && !says_what_it_takes {
            let of = named.object.of.map_or(String::new(), |of| format!(" on `{}`", describe::shown(before, of)));
            return format!("{} `{}`{of}", named.kind.sql().to_lowercase(), describe::shown(before, named.oid));
        }
        described(before, named.oid)
    }

    /// Whether it is what takes the name away by which the migration found something that clients name, and that there is at the end too, though nothing has
    /// the name then.
    pub(super) fn takes_name(&self, named: &Named<'_>) -> bool {
        self.has_old_name(named.oid) && self.loses_name(named.oid, named.object)
    }

    /// Whether something that clients name is there at the end, and nothing has the name that it has as `object`.
    pub(super) fn loses_name(&self, oid: Oid, object: &Object) -> bool {
        is_used_by_name(object) && is_still_there(self.end(), oid, object) && stand_in(self.end(), object).is_none()
    }

    /// Whether no statement before it has renamed or moved what this number is of.
    fn has_old_name(&self, oid: Oid) -> bool {
        !self.is_renamed(oid) && !self.is_moved(oid)
    }

    /// Whether a statement before it has renamed what this number is of.
    pub(super) fn is_renamed(&self, oid: Oid) -> bool {
        self.is_behind(oid, |node| matches!(node, Node::Rename(rename) if matches!(rename.part, RenamedPart::Whole)))
    }

    /// Whether a statement before it has moved what this number is of.
    pub(super) fn is_moved(&self, oid: Oid) -> bool {
        self.is_behind(oid, |node| matches!(node, Node::SetSchema(_)))
    }

    fn is_behind(&self, oid: Oid, is: fn(&Node) -> bool) -> bool {
        self.earlier().any(|earlier| is(earlier.node()) && earlier.named().any(|named| named.oid == oid))
    }

    /// A run-time variable that was set before it, by its name in lower case.
    pub(super) fn setting(&self, name: &str) -> Option<&'a crate::catalog::Value> {
        self.deed.setting(name)
    }

    /// The relations that were there before the migration, and that it locks by their own names.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Existing<'a>> {
        self.holds(LockTarget::Subject)
    }

    /// The first of them.
    pub(super) fn subject(&self) -> Option<Existing<'a>> {
        self.subjects().next()
    }

    /// The same, if it is a table, as far as anybody knows.
    pub(super) fn table(&self) -> Option<Existing<'a>> {
        self.subject().filter(Existing::may_be_table)
    }

    /// The indexes that were there before the migration, and that it locks, most of them together with their tables.
    pub(super) fn indexes(&self) -> impl Iterator<Item = Existing<'a>> {
        self.holds(LockTarget::Index)
    }

    /// The relations that were there before the migration, and that it locks beside what it is about.
    pub(super) fn others(&self) -> impl Iterator<Item = Existing<'a>> {
        self.holds(LockTarget::Other)
    }

    /// The tables that were there before the migration, and that have a column of the domain that it changes.
    pub(super) fn tables_of_domain(&self) -> impl Iterator<Item = Existing<'a>> {
        self.holds(LockTarget::OfDomain)
    }

    /// The relations that were there before the migration, and that it moves out of a tablespace together with all else there.
    pub(super) fn in_tablespace(&self) -> impl Iterator<Item = Existing<'a>> {
        self.holds(LockTarget::InTablespace)
    }

    /// The default partition, and what is below it, of the table that gets another partition, as far as they were there before the migration.
    pub(super) fn default_partition(&self) -> impl Iterator<Item = Existing<'a>> {
        self.holds(LockTarget::DefaultPartition)
    }

    /// The table whose rows it changes or takes away, if that was there before the migration.
    pub(super) fn written_table(&self) -> Option<Existing<'a>> {
        self.holds(LockTarget::Rows).next().filter(Existing::may_be_table)
    }

    /// The domain that it changes.
    pub(super) fn domain(&self) -> Option<Oid> {
        self.deed.domain
    }

    /// What it is about, table, index, domain or tablespace, and how it locks that; or what it locks more strongly beside that, so that nobody can
    /// use it: the parent of a new partition, what becomes a partition, the default partition.
    pub(super) fn strongest(&self) -> Option<Existing<'a>> {
        let beside = self.default_partition().chain(self.others()).filter(|other| other.mode.blocks_reads());
        // Of several that are locked alike, the last.
        beside
            .chain(self.subjects())
            .chain(self.indexes())
            .chain(self.tables_of_domain())
            .chain(self.in_tablespace())
            .max_by_key(|existing| existing.mode)
    }

    /// The relation with this number, if it was there before the migration.
    pub(super) fn existing(&self, oid: Oid, mode: LockMode, named: Span) -> Option<Existing<'a>> {
        let object = self.deed.before.get(oid)?;
        let relation = object.relation()?;
        let is_older = object.origin.migration != Some(self.cx.replayed.index) || object.standing == Standing::Assumed;
        let is_seen = relation.persistence != Persistence::Temporary;
        let shown = describe::shown(&self.deed.before, oid);
        let emptied = self.deed.holds.iter().find(|hold| hold.relation == oid).and_then(|hold| hold.emptied);
        let before = &self.deed.before;
        let children = match relation.kind == RelationKind::Unknown && !before.children(oid).is_empty() {
            true if before.has_partition(oid) => Some(Children::Partitions),
            true => Some(Children::Heirs),
            false => None,
        };
        (is_older && is_seen).then_some(Existing { oid, object, relation, shown, mode, named, emptied, children })
    }

    fn holds(&self, target: LockTarget) -> impl Iterator<Item = Existing<'a>> + use<'a> {
        let change = *self;
        let holds = self.deed.holds.iter().filter(move |hold| hold.lock.target == target);
        holds.filter_map(move |hold| change.existing(hold.relation, hold.lock.mode, hold.lock.name.span()))
    }

    /// The earlier statement in the same transaction that made `part`, if one did.
    pub(super) fn maker_in_transaction(&self, part: &Object) -> Option<Span> {
        if part.origin.migration != Some(self.cx.replayed.index) {
            return None;
        }
        let made = |other: &&Deed| other.transaction == self.deed.transaction && other.outer.encloses(part.origin.span);
        self.cx.replayed.deeds().iter().find(made).map(|_| part.origin.span)
    }

    /// Whether the migration found the column called `name` there: not so if it made it itself.
    pub(super) fn had_column(&self, table: &Existing<'_>, name: &str) -> bool {
        match table.relation.column(name) {
            Some(column) => column.origin.migration != Some(self.cx.replayed.index),
            None => !table.relation.columns_known && self.old_name_of_column(table, name).is_some(),
        }
    }

    /// What the column called `name` of `table` is at the end, whatever it is called there.
    pub(super) fn column_at_end(&self, table: &Existing<'_>, name: &str) -> Option<&'a Column> {
        let end = self.end().relation(table.oid)?;
        let known = table.relation.column(name).or_else(|| self.after()?.relation(table.oid)?.column(name));
        known.map_or_else(|| end.column(name), |column| end.column_at(column.number))
    }

    /// What the migration found a column of `table` called that is called `name` now; none for one that it adds itself.
    pub(super) fn old_name_of_column(&self, table: &Existing<'_>, name: &str) -> Option<String> {
        let mut name = name.to_owned();
        for earlier in self.earlier().filter(|earlier| earlier.subject().is_some_and(|other| other.oid == table.oid)) {
            match earlier.node() {
                Node::Rename(rename) => match rename.part {
                    RenamedPart::Column(old) if earlier.name(rename.new) == name => name = earlier.name(old),
                    _ => {}
                },
                Node::AlterTable(alter) if alter.actions.iter().any(|action| earlier.adds(action, &name)) => return None,
                _ => {}
            }
        }
        Some(name)
    }

    /// Whether the migration found `table` there by the name that it has now.
    pub(super) fn is_old_name(&self, table: &Existing<'_>) -> bool {
        self.has_old_name(table.oid)
    }

    /// The statements before it that lock what was there before the migration, the last first.
    fn earlier(&self) -> impl Iterator<Item = Change<'a>> {
        let (cx, deeds) = (self.cx, self.cx.replayed.deeds());
        let at = deeds.iter().position(|deed| std::ptr::eq(deed, self.deed)).unwrap_or_default();
        deeds[..at].iter().rev().map(move |deed| Change { cx, deed })
    }

    /// Whether an action adds a column called `name` that was not there for certain.
    fn adds(&self, action: &AlterAction, name: &str) -> bool {
        matches!(&action.kind, AlterActionKind::AddColumn(add) if !add.guard.is_written() && self.name(add.column.name) == name)
    }

    /// `finding`, which says of a table that no file makes why it is taken to be there.
    pub(super) fn told_of(&self, table: &Existing<'_>, finding: Diagnostic) -> Diagnostic {
        match table.object.standing {
            Standing::Assumed => assuming(finding, "no migration makes it: it is taken to be there, and to hold rows"),
            Standing::Made => self.cx.related_at(finding, table.object.origin, "it is made here, and may hold rows since"),
        }
    }

    /// The same of something of any kind.
    pub(super) fn told_of_named(&self, named: &Named<'_>, finding: Diagnostic) -> Diagnostic {
        match named.object.standing {
            Standing::Assumed => assuming(finding, "no migration makes it: it is taken to be there"),
            Standing::Made => self.cx.related_at(finding, named.object.origin, "it is made here"),
        }
    }
}

/// What an object is called, with the word for its kind, and its schema unless that is `public`: ``trigger `g` on `t` ``.
pub(super) fn described(catalog: &Catalog, oid: Oid) -> String {
    describe::identity(catalog, oid).map(|identity| identity.quoted().replace("`public.", "`")).unwrap_or_default()
}

impl Existing<'_> {
    /// Whether no file makes it.
    pub(super) fn is_assumed(&self) -> bool {
        self.object.standing == Standing::Assumed
    }

    /// Whether it is a table, partitioned or not, or nobody knows what it is.
    pub(super) fn may_be_table(&self) -> bool {
        matches!(self.relation.kind, RelationKind::Table | RelationKind::Unknown)
    }

    /// Whether it may hold rows: a table, a materialized view, or what nobody knows.
    pub(super) fn has_rows(&self) -> bool {
        self.may_be_table() || matches!(self.relation.kind, RelationKind::MaterializedView(_))
    }

    /// Whether the transaction has emptied it, so that there is no row to write or to check.
    pub(super) fn is_emptied(&self) -> bool {
        self.emptied.is_some()
    }

    /// Whether the transaction has emptied it with TRUNCATE, so that there is nothing to read either.
    pub(super) fn is_truncated(&self) -> bool {
        self.emptied == Some(Emptied::Truncated)
    }

    /// Whether rows are in its partitions, and none in itself, as far as anybody knows.
    pub(super) fn is_partitioned(&self) -> bool {
        self.relation.partitioned.is_some() || self.children == Some(Children::Partitions)
    }

    /// Whether `ONLY` before its name says the same: of other tables no file would say it where an index is made.
    pub(super) fn is_partitioned_with(&self, only: Option<Span>) -> bool {
        let is_open = self.relation.kind == RelationKind::Unknown && self.children.is_none();
        self.is_partitioned() || (only.is_some() && is_open)
    }
}

/// `finding`, which says what it takes to be so although nobody knows.
pub(super) fn assuming(finding: Diagnostic, what: &str) -> Diagnostic {
    let label = if finding.primary.message.is_empty() { what.to_owned() } else { format!("{}; {what}", finding.primary.message) };
    finding.labelled(label)
}

/// Whether a schema has a relation called `name` in the schema of `existing`.
pub(super) fn is_there(catalog: &Catalog, existing: &Existing<'_>, name: &str) -> bool {
    let schema = existing.object.schema.unwrap_or(Oid::NONE);
    !catalog.named(Class::Relation, schema, name).is_empty()
}

/// Whether a later schema has an object still. A number that was only assumed may have gone to something else meanwhile.
fn is_still_there(after: &Catalog, oid: Oid, object: &Object) -> bool {
    after.get(oid).is_some_and(|is| is.standing == object.standing && is.body.class() == object.body.class())
}

/// What has the name of `object` in a later schema, and serves whoever calls it so: a routine that takes the same arguments, a schema with something in it.
fn stand_in(after: &Catalog, object: &Object) -> Option<Oid> {
    let named = after.named(object.body.class(), object.schema.unwrap_or(Oid::NONE), &object.name);
    let serves = |oid: &Oid| match (&object.body, after.get(*oid).map(|other| &other.body)) {
        (Body::Routine(old), Some(Body::Routine(new))) => takes_the_same(old, new),
        (Body::Schema, _) => after.objects().any(|(_, other)| other.schema == Some(*oid)),
        _ => true,
    };
    named.iter().copied().find(serves)
}

/// Whether whoever calls `old` with all of its arguments could as well call `new`, as far as that can be told.
fn takes_the_same(old: &Routine, new: &Routine) -> bool {
    if old.kind == RoutineKind::Unknown || new.kind == RoutineKind::Unknown {
        return true;
    }
    let (given, taken): (Vec<_>, Vec<_>) = (old.inputs().collect(), new.inputs().collect());
    let defaults = new.arguments.iter().filter(|argument| argument.mode.is_input() && argument.default.is_some()).count();
    let is_taken = |(given, taken): (&Option<&TypeUse>, &Option<&TypeUse>)| match (given, taken) {
        (Some(given), Some(taken)) => is_taken_for(given, taken),
        _ => true,
    };
    let is_variadic = new.arguments.iter().any(|argument| argument.mode == ArgumentMode::Variadic);
    let fits = (taken.len() - defaults.min(taken.len())..=taken.len()).contains(&given.len());
    is_variadic || fits && given.iter().zip(&taken).all(is_taken)
}

/// Whether a value of a type is taken where one of another is asked for, or nobody can tell.
fn is_taken_for(given: &TypeUse, taken: &TypeUse) -> bool {
    match (given.id, taken.id) {
        (TypeId::BuiltIn(from), TypeId::BuiltIn(to)) => {
            let is_cast =
                || facts::system().casts_from(from, Version::OLDEST).any(|cast| cast.target == to && cast.context == CastContext::Implicit);
            to.starts_with("any") || from == to && given.array == taken.array || !given.array && !taken.array && is_cast()
        }
        (from, to) => from == to || matches!((from, to), (TypeId::User(_), TypeId::User(_)) | (_, TypeId::BuiltIn("any" | "anyelement"))),
    }
}

/// Whether the migration leaves something by the name of what `address` was before, or nothing of what that was a part of: what a whole takes along
/// is told there, or dropped by name.
pub(super) fn is_left(before: &Catalog, after: &Catalog, address: Address) -> bool {
    let Some(object) = before.get(address.object) else { return false };
    let again = |of: Oid| -> Option<Oid> {
        let whole = before.get(of)?;
        if is_still_there(after, of, whole) { Some(of) } else { stand_in(after, whole) }
    };
    // The column of the whole that a column of the same name was.
    let column_again = |of: Oid, column: &Column| after.relation(of)?.column(&column.name);
    if let Some(column) = before.column(address) {
        // A column that is made again holds nothing of what it held.
        let is_same = |of: Oid| after.relation(of).is_some_and(|relation| relation.column_at(column.number).is_some());
        return again(address.object).is_some_and(|of| if of == address.object { is_same(of) } else { column_again(of, column).is_some() });
    }
    let Some(of) = object.of else { return again(address.object).is_some() };
    let Some(whole) = again(of) else { return true };
    match &object.body {
        Body::Default(default) => {
            let column = before.column(Address::column(of, default.column)).and_then(|column| column_again(whole, column));
            column.is_none_or(|column| column.default.is_some())
        }
        body => after.part(whole, body.class(), &object.name).is_some(),
    }
}
