//! What a change breaks in migrations that have not changed, and beside them: an index that goes and leaves a foreign key without one, a table
//! that the schema map does not have.
//!
//! Rules about the schema point at the statement that made a thing, wherever that stands. Where only changed migrations are reported, such a
//! finding would be lost. So the rules look at the schema before the first changed migration too: what they find in an older file at the end of
//! the history, and did not find there, is the change's doing, and is reported. Objects that the change leaves alone are looked at neither here nor
//! there, but by rules that tell once what several objects share; and a rule that finds nothing at the end is not asked what it found before.
//! What is found of something that the change gives another name is the same as what was found of it under its old one.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::{Catalog, Oid, describe};
use crate::diagnostic::Diagnostic;
use crate::migration::{History, Migration};
use crate::rules::{Findings, Kept};

use super::changed::Changed;
use super::check::{Checked, Whole, rule_of};
use super::deployed::Deployed;
use super::objects::{affected, wholes};
use super::selection::Selection;
use super::workspace::Workspace;

/// A history before its first changed migration.
pub(super) struct Past<'h> {
    history: &'h History,
    first: u32,
    before: &'h Catalog,
    end: &'h Catalog,
    /// The wholes, of then or of now, in which the change may let something else be found.
    pub(super) affected: BTreeSet<Oid>,
    /// The history as it was.
    was: OnceCell<History>,
    /// What relations and columns were called then, by what they are called at the end where that is something else.
    old_names: OnceCell<BTreeMap<String, String>>,
    /// What a rule found then, by the file that it found it in.
    standing: RefCell<BTreeMap<&'static str, BTreeMap<Arc<str>, Findings>>>,
}

impl<'h> Past<'h> {
    /// That of `history`, whose first changed migration, at place `first`, finds the schema `before`, and which leaves `end`.
    pub(super) fn new(history: &'h History, first: u32, before: &'h Catalog, end: &'h Catalog) -> Self {
        // What names decide is how something is mended, and nobody reports that of what is left alone.
        let affected = affected(before, end, [], |_| None);
        let affected = affected.unwrap_or_else(|| wholes(before).chain(wholes(end)).collect());
        Self { history, first, before, end, affected, was: OnceCell::new(), old_names: OnceCell::new(), standing: RefCell::default() }
    }

    fn was(&self) -> &History {
        self.was.get_or_init(|| {
            let migrations = self.history.migrations[..self.first as usize].to_vec();
            History { migrations, ..self.history.clone() }
        })
    }

    /// A message with the names of then.
    fn in_old_names(&self, message: &str) -> String {
        let old_names = self.old_names.get_or_init(|| old_names(self.before, self.end));
        let named = |(at, part): (usize, &str)| match old_names.get(part) {
            Some(old) if at % 2 == 1 => old.clone(),
            _ => part.to_owned(),
        };
        message.split('`').enumerate().map(named).collect::<Vec<_>>().join("`")
    }

    /// Says since when.
    fn caused(&self, finding: Diagnostic) -> Diagnostic {
        let cause = &self.history.migrations[self.first as usize].up;
        finding.related(Arc::from(cause.path()), cause.first_line(), "not before this migration")
    }
}

impl<'a> Workspace<'a> {
    /// Whether the rule that found `finding` found the same in the history as it was.
    fn was_there(&self, past: &Past<'_>, finding: &Diagnostic, selection: &Selection<'_>) -> bool {
        let Some(rule) = rule_of(finding) else { return false };
        let mut standing = past.standing.borrow_mut();
        let by_file = standing.entry(finding.rule).or_insert_with(|| {
            let change = (0..past.first).collect();
            let (added, kept) = (BTreeSet::new(), Kept::default());
            let whole = Whole { history: past.was(), change: &change, end: past.before, added: &added, only_finds: true, kept: &kept };
            self.check_history(whole, &[rule], Some(&past.affected), selection)
        });
        let found = by_file.get(&finding.primary.path).into_iter().flatten();
        let in_place: Vec<&Diagnostic> = found.filter(|other| other.primary.span == finding.primary.span).collect();
        let is_there = |message: &str| in_place.iter().any(|other| other.message == message);
        is_there(&finding.message) || (!in_place.is_empty() && is_there(&past.in_old_names(&finding.message)))
    }

    /// Of what rules find in `history` as a whole, by file, what was not there in its past, in the files of the migrations of that, as far as these
    /// are linted at all.
    pub(super) fn aftermath(
        &self,
        past: &Past<'_>,
        of_history: &BTreeMap<Arc<str>, Findings>,
        is_linted: impl Fn(&Migration) -> bool,
        selection: Selection<'a>,
    ) -> Vec<Checked<'a>> {
        let older = &past.history.migrations[..past.first as usize];
        let deployed = Deployed::of(past.history, self.settings.config);
        let is_found = |migration: &Migration| migration.files().any(|file| of_history.contains_key(file.path()));
        let mut out = Vec::new();
        for (place, migration) in (0..).zip(older).filter(|(_, migration)| is_found(migration) && is_linted(migration)) {
            let files: BTreeSet<String> = migration.files().map(|file| file.path().to_owned()).collect();
            let now = files.iter().filter_map(|path| of_history.get(&**path)).flatten().cloned().collect();
            let new = self.new_since(past, now, &selection);
            if !new.is_empty() {
                let places = self.places(migration, deployed.standing(place), &files, selection);
                out.push(Checked::of(migration, places, new));
            }
        }
        out
    }

    /// Of `found` beside the migrations, what stands in a file that has changed, and what was not there in the past, if there is one; all of it where
    /// what it is held against `is_another`.
    pub(super) fn aftermath_beside(
        &self,
        past: Option<&Past<'_>>,
        (changed, is_another): (&Changed, bool),
        found: Findings,
        selection: &Selection<'_>,
    ) -> Findings {
        let is_changed = |finding: &Diagnostic| is_another || changed.has(&finding.primary.path);
        let (mut out, rest): (Findings, Findings) = found.into_iter().partition(is_changed);
        if let Some(past) = past {
            out.extend(self.new_since(past, rest, selection));
        }
        out
    }

    fn new_since(&self, past: &Past<'_>, found: Findings, selection: &Selection<'_>) -> Findings {
        found.into_iter().filter(|finding| !self.was_there(past, finding, selection)).map(|finding| past.caused(finding)).collect()
    }
}

/// What relations and columns are called in `before`, by what they are called in `end` where that is something else.
fn old_names(before: &Catalog, end: &Catalog) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut note = |new: String, old: String| {
        if new != old {
            names.insert(new, old);
        }
    };
    for (oid, was) in before.objects() {
        let (Some(own), Some(is)) = (was.relation(), end.get(oid)) else { continue };
        note(describe::shown(end, oid), describe::shown(before, oid));
        note(describe::qualified(end, oid), describe::qualified(before, oid));
        note(is.name.to_string(), was.name.to_string());
        for column in is.relation().into_iter().flat_map(|relation| &relation.columns) {
            if let Some(old) = own.column_at(column.number) {
                note(column.name.to_string(), old.name.to_string());
            }
        }
    }
    names
}
