//! Which events of a course are about the same thing.
//!
//! A course may hold as many events as a file has statements, all of them about one table. So events are found by what they are about, and
//! of those that touch a thing only the first and the last are asked for. Invariant: no question takes longer than the events of one name
//! and one owner are many, and nearly always the first of them answers it.

use std::collections::{BTreeMap, BTreeSet};

use crate::postgres::{Kind, Subject, Turn};
use crate::syntax::tree::ObjectKind;

use super::{Course, Event, Touch, words};

type Places<K> = BTreeMap<K, Vec<usize>>;

/// Where events stand, in order, by what they are about.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Objects by their name, and the name of what they are a part of.
    objects: Places<(String, String)>,
    /// Those that go, by their kind and the name of what they are a part of.
    going: Places<(Kind, String)>,
    /// Those without a name, the same.
    nameless: Places<(Kind, String)>,
    /// States by the name of what has them, and what they are.
    states: Places<(String, String)>,
    /// Tables by name, where rows are written.
    written: Places<String>,
    /// The same, where rows are taken away.
    emptied: Places<String>,
    /// What goes with what depends on it, by name.
    cascades: Places<String>,
    /// The columns that go, by table.
    columns: BTreeMap<String, BTreeSet<String>>,
}

impl Index {
    pub(super) fn new(events: &[Event]) -> Index {
        let mut index = Index::default();
        for (at, event) in events.iter().enumerate() {
            index.add(at, event);
        }
        index
    }

    fn add(&mut self, at: usize, event: &Event) {
        let goes = matches!(event.turn, Turn::Goes | Turn::Leaves);
        match &event.subject {
            Subject::Object(key) => {
                let of = key.of.clone().unwrap_or_default();
                if goes {
                    self.going.entry((event.kind, of.clone())).or_default().push(at);
                }
                if event.turn == Turn::Goes && event.kind == ObjectKind::Column {
                    self.columns.entry(of.clone()).or_default().insert(key.name.clone());
                }
                self.objects.entry((key.name.clone(), of)).or_default().push(at);
            }
            Subject::Nameless(kind, of) => self.nameless.entry((*kind, of.clone().unwrap_or_default())).or_default().push(at),
            Subject::State(key, what) => self.states.entry((key.name.clone(), what.clone())).or_default().push(at),
            Subject::Rows(key) => {
                let tables = if goes { &mut self.emptied } else { &mut self.written };
                tables.entry(key.name.clone()).or_default().push(at);
            }
        }
        if let (true, Turn::Goes, Some(name)) = (event.cascade, event.turn, event.name()) {
            self.cascades.entry(name.to_owned()).or_default().push(at);
        }
    }

    fn objects(&self, name: &str, of: &str) -> &[usize] {
        self.objects.get(&(name.to_owned(), of.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The places of events that may be about the same thing as `event`, or about what holds it.
    fn about(&self, event: &Event) -> Vec<&[usize]> {
        fn list<'i, K: Ord>(places: &'i Places<K>, key: &K) -> &'i [usize] {
            places.get(key).map_or(&[], Vec::as_slice)
        }
        let mut lists: Vec<&[usize]> = Vec::new();
        match &event.subject {
            Subject::Object(key) => {
                let of = key.of.clone().unwrap_or_default();
                lists.push(list(&self.nameless, &(event.kind, of.clone())));
                lists.push(list(&self.objects, &(key.name.clone(), of)));
            }
            Subject::Nameless(kind, of) => {
                lists.push(list(&self.going, &(*kind, of.clone().unwrap_or_default())));
                lists.push(list(&self.going, &(*kind, String::new())));
            }
            Subject::State(key, what) => {
                lists.push(list(&self.states, &(key.name.clone(), what.clone())));
                lists.push(list(&self.states, &(key.name.clone(), String::new())));
            }
            Subject::Rows(key) => lists.push(list(&self.emptied, &key.name)),
        }
        lists.extend([&event.of, &event.schema, &event.with].into_iter().flatten().map(|name| self.objects(name, "")));
        lists
    }

    /// The places of events that take along what the statement of `event` names.
    fn cascading(&self, text: &str, event: &Event) -> Vec<&[usize]> {
        if self.cascades.is_empty() {
            return Vec::new();
        }
        words(text, event.span).filter_map(|name| self.cascades.get(&*name)).map(Vec::as_slice).collect()
    }
}

impl Course {
    /// The first event beside the one at `at` that touches what that one is about.
    pub fn first_touching(&self, text: &str, at: usize) -> Option<(usize, Touch)> {
        let event = &self.events[at];
        let touch = |other: &usize| Some((*other, self.touch(*other, at)?));
        let own = self.index.about(event).into_iter().filter_map(|list| list.iter().find_map(touch));
        let taken = |other: &&usize| self.events[**other].statement != event.statement;
        let cascades = self.index.cascading(text, event).into_iter().filter_map(|list| list.iter().find(taken));
        own.chain(cascades.map(|other| (*other, Touch::Ends))).min_by_key(|(other, _)| *other)
    }

    /// The last one.
    pub fn last_touching(&self, text: &str, at: usize) -> Option<(usize, Touch)> {
        let event = &self.events[at];
        let touch = |other: &usize| Some((*other, self.touch(*other, at)?));
        let own = self.index.about(event).into_iter().filter_map(|list| list.iter().rev().find_map(touch));
        let taken = |other: &&usize| self.events[**other].statement != event.statement;
        let cascades = self.index.cascading(text, event).into_iter().filter_map(|list| list.iter().rev().find(taken));
        own.chain(cascades.map(|other| (*other, Touch::Ends))).max_by_key(|(other, _)| *other)
    }

    /// Whether something before the event at `at` does `touch` to what that one is about.
    pub fn is_touched_before(&self, at: usize, touch: Touch) -> bool {
        let lists = self.index.about(&self.events[at]);
        lists.into_iter().any(|list| list.iter().take_while(|other| **other < at).any(|other| self.touch(*other, at) == Some(touch)))
    }

    /// The events before the one at `at` that take away what that one makes: itself, and not what it is a part of.
    pub fn ended_before(&self, at: usize) -> impl Iterator<Item = &Event> {
        let event = &self.events[at];
        let is_same = move |other: &&Event| other.subject.may_be(&event.subject) && matches!(other.turn, Turn::Goes | Turn::Leaves);
        let before = move |list: &'_ [usize]| list.iter().copied().take_while(|&other| other < at).collect::<Vec<_>>();
        self.index.about(event).into_iter().flat_map(before).map(|other| &self.events[other]).filter(is_same)
    }

    /// Whether an event of this course ends what `event`, which is one of another course of `text`, is about.
    pub fn ends(&self, text: &str, event: &Event) -> bool {
        let ends = |other: &usize| {
            let other = &self.events[*other];
            other.touches(event) == Some(Touch::Ends) || other.takes_along(event)
        };
        self.index.about(event).into_iter().any(|list| list.iter().any(ends)) || !self.index.cascading(text, event).is_empty()
    }

    /// Whether an event of this course makes what `event`, which is one of another course, is about.
    pub fn makes(&self, event: &Event) -> bool {
        let makes = |other: &usize| self.events[*other].touches(event) == Some(Touch::Begins);
        self.index.about(event).into_iter().any(|list| list.iter().any(makes))
    }

    /// The columns that go of the table that `event` is about a part of.
    pub fn dropped_columns(&self, event: &Event) -> Option<&BTreeSet<String>> {
        self.index.columns.get(event.of()?)
    }

    /// The events that make a relation, type or domain of which `event` makes a part.
    pub fn containers<'c>(&'c self, event: &'c Event) -> impl Iterator<Item = (usize, &'c Event)> {
        let names = [event.of.as_deref(), event.with.as_deref()];
        let found = names.into_iter().flatten().flat_map(|name| self.index.objects(name, ""));
        found.map(|&at| (at, &self.events[at])).filter(|(_, other)| other.turn != Turn::Goes && (other.holds(event) || other.leads(event)))
    }

    /// Whether the rows that `event` writes, or those that it writes them from, are taken away in the same course; or the latter change, so
    /// that a condition may not find them again.
    pub fn is_emptied(&self, event: &Event) -> bool {
        let emptied = |name: &String| self.index.emptied.contains_key(name);
        let dropped = |name: &String| self.index.objects(name, "").iter().any(|other| self.events[*other].turn == Turn::Goes);
        let is_taken = |table: &String| self.updated.contains(table) || emptied(table) || dropped(table);
        let ends = |other: &usize| self.events[*other].touches(event) == Some(Touch::Ends);
        self.index.about(event).into_iter().any(|list| list.iter().any(ends)) || event.reads.iter().any(is_taken)
    }

    /// Whether `event` writes no rows but those that it takes out of other tables, so that a second run finds none; unless something else
    /// in the course fills those tables again.
    pub fn is_move(&self, event: &Event) -> bool {
        let fills = |other: &usize| self.events[*other].moved_from.is_empty();
        let filled = |table: &String| self.index.written.get(table).is_some_and(|list| list.iter().any(fills));
        !event.moved_from.is_empty() && !event.moved_from.iter().any(filled)
    }

    /// The first event that writes rows of the same table in the same way as the one at `at`.
    pub fn first_writing(&self, at: usize) -> Option<usize> {
        let event = &self.events[at];
        let alike = |other: &&usize| self.events[**other].deed == event.deed && self.events[**other].subject.may_be(&event.subject);
        self.index.written.get(event.name()?)?.iter().find(alike).copied()
    }

    /// What the event at `other` does to what the one at `at` is about.
    fn touch(&self, other: usize, at: usize) -> Option<Touch> {
        (other != at).then(|| self.events[other].touches(&self.events[at])).flatten()
    }
}
