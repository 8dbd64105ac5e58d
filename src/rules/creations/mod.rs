//! Which names a history creates, and where first.
//!
//! Whether an object was there before a migration decides what its down migration has to take back, where the migration says
//! `IF NOT EXISTS`. Only names are looked at, and any name behind CREATE counts, so that the answer errs on the side of “it was there”.
//! What is assumed to be there because no file creates it is asked the other way round: there only the name counts that a statement gives to a
//! new object of that class (a trigger is often called like its function), if nothing shows that it was there before: `CREATE OR REPLACE` does, and
//! what is dropped or renamed before it is made was there.
//!
//! [`Names`] are worked out once for a history, when somebody first asks, and renewed migration by migration. Who asks does so through
//! [`Creations`] or [`Asked`], which remember the names: what was found out depends on nothing else in the texts of other migrations.

mod deeds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use crate::catalog::Class;
use crate::migration::{History, Migration};

pub use deeds::deeds;
use deeds::{Deed, Deeds, KINDS};

/// The names that a history creates, as one migration asks for them.
#[derive(Debug, Clone, Copy)]
pub struct Creations<'h> {
    history: &'h History,
    names: &'h Names,
    asked: &'h Asked,
}

/// The names that were asked for.
#[derive(Debug, Default)]
pub struct Asked(Mutex<BTreeSet<String>>);

/// The names that a history creates or takes away, and where.
#[derive(Debug, Default)]
pub struct Names(OnceLock<Known>);

/// What names the first migrations of a history mention.
#[derive(Debug, Serialize, Deserialize)]
pub struct MentionsBefore(BTreeMap<String, Mentions>);

#[derive(Debug, Default)]
struct Known {
    /// The place in the history of each migration, by its up file.
    places: BTreeMap<String, u32>,
    mentions: BTreeMap<String, Mentions>,
}

/// Where a name is mentioned. A place is a migration and a count within it; all are in their order.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mentions {
    /// The migrations that may create something of this name.
    created: Vec<u32>,
    /// Where it becomes and ceases to be the name of something of a class.
    uses: BTreeMap<Class, Uses>,
}

#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Uses {
    /// Where a statement gives the name to something.
    made: Vec<(u32, u32)>,
    /// Where a statement takes it away.
    taken: Vec<(u32, u32)>,
}

impl Asked {
    /// Notes that `name` is asked for.
    pub fn note(&self, name: &str) {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !asked.contains(name) {
            asked.insert(name.to_owned());
        }
    }

    /// The names so far.
    pub fn names(&self) -> BTreeSet<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Names {
    /// Of a history that is read when somebody first asks.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Whether a statement of `history`, whose names these are, gives `name` to something of `class` that it creates or renames, and nothing had
    /// it before.
    pub fn are_new(&self, history: &History, class: Class, name: &str) -> bool {
        let uses = self.known(history).mentions.get(name).and_then(|mentions| mentions.uses.get(&space(class)));
        uses.is_some_and(|uses| !uses.made.is_empty() && !uses.was_there())
    }

    /// Of `history`, of whose first `places` migrations it is known already what names they mention.
    pub fn resumed(history: &History, places: u32, mentions: MentionsBefore) -> Self {
        Self(OnceLock::from(Known::resumed(history, places, mentions)))
    }

    /// What names the first `places` migrations mention; none if nobody has asked yet.
    pub fn before(&self, places: u32) -> Option<MentionsBefore> {
        let mentions = self.0.get()?.mentions.iter().map(|(name, mentions)| (name.clone(), mentions.before(places)));
        Some(MentionsBefore(mentions.filter(|(_, mentions)| *mentions != Mentions::default()).collect()))
    }

    /// Puts the migration `new` in the place of `old`, or in an empty one, or leaves that empty. Gives the names of which something else holds now;
    /// none if nobody has asked yet.
    pub fn renew(&mut self, place: u32, old: Option<&Migration>, new: Option<&Migration>) -> BTreeSet<String> {
        let Some(known) = self.0.get_mut() else { return BTreeSet::new() };
        // Where several migrations move up or down, another one may have the old one's path already.
        if let Some(path) = old.map(|old| old.up.path()).filter(|path| known.places.get(*path) == Some(&place)) {
            known.places.remove(path);
        }
        known.places.extend(new.map(|new| (new.up.path().to_owned(), place)));
        known.replace(place, old.map(deeds).unwrap_or_default(), new.map(deeds).unwrap_or_default())
    }

    /// Takes the [`deeds`] of all migrations of `history`, whose names these are, if nobody has asked yet: whoever asks first would read them alone.
    pub fn read_ahead(&self, history: &History, read_all: impl FnOnce(&[Migration]) -> Vec<Deeds>) {
        if self.0.get().is_none() {
            let all = read_all(&history.migrations);
            let _ = self.0.set(Known::of(history, 0, Known::default(), all.into_iter()));
        }
    }

    fn known(&self, history: &History) -> &Known {
        self.0.get_or_init(|| Known::read(history))
    }
}

impl<'h> Creations<'h> {
    /// Those of `history`, whose `names` these are.
    pub const fn new(history: &'h History, names: &'h Names, asked: &'h Asked) -> Self {
        Self { history, names, asked }
    }

    /// The history.
    pub const fn history(&self) -> &'h History {
        self.history
    }

    /// The first migration that creates something that is called `name`, and is what PostgreSQL's messages call `kind`.
    pub fn first(&self, kind: &str, name: &str) -> Option<&'h Migration> {
        self.asked.note(name);
        let mentions = self.names.known(self.history).mentions.get(name)?;
        let place = match class_called(kind) {
            Some(class) => mentions.uses.get(&space(class))?.made.first().map(|(place, _)| *place),
            None => mentions.first_made(),
        };
        self.history.migrations.get(place? as usize)
    }

    /// Whether a migration before `migration` creates something that is called `name`.
    pub fn is_older(&self, migration: &Migration, name: &str) -> bool {
        self.asked.note(name);
        let known = self.names.known(self.history);
        let first = known.mentions.get(name).and_then(|mentions| mentions.created.first());
        known.places.get(migration.up.path()).zip(first).is_some_and(|(own, first)| first < own)
    }
}

impl Known {
    fn read(history: &History) -> Known {
        Known::resumed(history, 0, MentionsBefore(BTreeMap::new()))
    }

    fn resumed(history: &History, places: u32, MentionsBefore(mentions): MentionsBefore) -> Known {
        let known = Known { places: BTreeMap::new(), mentions };
        let rest = history.migrations.get(places as usize..).unwrap_or_default();
        Known::of(history, places, known, rest.iter().map(deeds))
    }

    /// `known`, with what the migrations from `start` on do.
    fn of(history: &History, start: u32, mut known: Known, deeds: impl Iterator<Item = Deeds>) -> Known {
        known.places = history.migrations.iter().map(|migration| migration.up.path().to_owned()).zip(0..).collect();
        for (place, deeds) in (start..).zip(deeds) {
            known.add(place, deeds);
        }
        known
    }

    fn add(&mut self, place: u32, deeds: Deeds) {
        for (at, (deed, name)) in (0..).zip(deeds) {
            let mentions = self.mentions.entry(name).or_default();
            match deed {
                Deed::MayCreate => insert(&mut mentions.created, place),
                Deed::Makes(class) => insert(&mut mentions.uses.entry(space(class)).or_default().made, (place, at)),
                Deed::Takes(class) => insert(&mut mentions.uses.entry(space(class)).or_default().taken, (place, at)),
            }
        }
    }

    /// Puts what a migration does now in the place of what it did; gives the names of which something else holds then.
    fn replace(&mut self, place: u32, old: Deeds, new: Deeds) -> BTreeSet<String> {
        let mut before: BTreeMap<String, Mentions> = BTreeMap::new();
        for (_, name) in old.iter().chain(&new) {
            before.entry(name.clone()).or_insert_with(|| self.mentions.get(name).cloned().unwrap_or_default());
        }
        for (_, name) in &old {
            let Some(mentions) = self.mentions.get_mut(name) else { continue };
            mentions.created.retain(|other| *other != place);
            mentions.uses.retain(|_, uses| {
                uses.made.retain(|(other, _)| *other != place);
                uses.taken.retain(|(other, _)| *other != place);
                *uses != Uses::default()
            });
        }
        self.add(place, new);
        for (_, name) in &old {
            if self.mentions.get(name).is_some_and(|mentions| *mentions == Mentions::default()) {
                self.mentions.remove(name);
            }
        }
        let changed = before.into_iter().filter(|(name, before)| {
            let now = self.mentions.get(name);
            now.map_or_else(|| Mentions::default().essence(), Mentions::essence) != before.essence()
        });
        changed.map(|(name, _)| name).collect()
    }
}

/// What answers depend on: the first migration that may create something of the name, and for each class the first that makes it, and whether
/// it was there before that.
type Essence = (Option<u32>, Vec<(Class, Option<u32>, bool)>);

impl Mentions {
    /// Those in the first `places` migrations.
    fn before(&self, places: u32) -> Mentions {
        let among = |found: &[(u32, u32)]| found.iter().copied().filter(|(place, _)| *place < places).collect();
        let uses = self.uses.iter().map(|(class, uses)| (*class, Uses { made: among(&uses.made), taken: among(&uses.taken) }));
        Mentions {
            created: self.created.iter().copied().filter(|place| *place < places).collect(),
            uses: uses.filter(|(_, uses)| *uses != Uses::default()).collect(),
        }
    }

    fn essence(&self) -> Essence {
        let of = |(class, uses): (&Class, &Uses)| (*class, uses.made.first().map(|(place, _)| *place), uses.was_there());
        (self.created.first().copied(), self.uses.iter().map(of).collect())
    }

    /// The first migration that gives the name to something.
    fn first_made(&self) -> Option<u32> {
        self.uses.values().filter_map(|uses| uses.made.first()).min().map(|(place, _)| *place)
    }
}

impl Uses {
    /// Whether something is taken away before it is made.
    fn was_there(&self) -> bool {
        self.taken.first().is_some_and(|taken| self.made.first().is_none_or(|made| taken < made))
    }
}

/// The class of what PostgreSQL's messages call `kind`; none where that is no single word.
fn class_called(kind: &str) -> Option<Class> {
    match kind {
        "relation" | "materialized" => Some(Class::Relation),
        _ => KINDS.iter().find(|(word, _)| *word == kind).map(|(_, class)| *class),
    }
}

/// A class whose names are found where those of `class` are: a relation has a type of its own name.
const fn space(class: Class) -> Class {
    match class {
        Class::Type => Class::Relation,
        other => other,
    }
}

fn insert<T: Ord>(sorted: &mut Vec<T>, value: T) {
    let at = sorted.partition_point(|other| *other < value);
    if sorted.get(at) != Some(&value) {
        sorted.insert(at, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// What a history of these migrations, one text each, does with names.
    fn known(texts: &[&str]) -> Known {
        let mut known = Known::default();
        for (place, text) in (0..).zip(texts) {
            known.add(place, of(text));
        }
        known
    }

    fn of(text: &str) -> Deeds {
        deeds::deeds_in(text, Span::new(0, text.len() as u32))
    }

    fn those(known: &Known, is_meant: impl Fn(&Mentions) -> bool) -> Vec<&str> {
        known.mentions.iter().filter(|(_, mentions)| is_meant(mentions)).map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn a_name_is_new_where_a_statement_gives_it() {
        let known = known(&["CREATE TABLE IF NOT EXISTS s.t (a int REFERENCES u);
            CREATE UNIQUE INDEX CONCURRENTLY i ON s.t (a); CREATE INDEX ON w (a);
            CREATE OR REPLACE VIEW v AS SELECT * FROM x; CREATE USER r; CREATE FOREIGN DATA WRAPPER f; GRANT CREATE ON SCHEMA g TO r;
            CREATE FUNCTION c() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE later (); END $$;
            DO $$ BEGIN CREATE TYPE e AS ENUM (); END $$; ALTER TABLE o RENAME TO n; ALTER TABLE o RENAME b TO d;"]);
        assert_eq!(those(&known, |mentions| mentions.first_made().is_some()), ["c", "e", "f", "i", "n", "r", "t"]);
    }

    #[test]
    fn constraints_are_new_where_they_are_added() {
        let known = known(&["CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0), CONSTRAINT d UNIQUE (a)); ALTER TABLE t ADD CONSTRAINT e CHECK (true);
            ALTER TABLE t DROP CONSTRAINT f, VALIDATE CONSTRAINT g, ALTER CONSTRAINT h DEFERRABLE; COMMENT ON CONSTRAINT i ON t IS '';
            CREATE CONSTRAINT TRIGGER j AFTER INSERT ON t EXECUTE FUNCTION k(); DO $$ BEGIN ALTER TABLE t ADD CONSTRAINT l UNIQUE (a); END $$;
            INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT m DO NOTHING; ALTER TABLE t RENAME CONSTRAINT n TO o;"]);
        let is_constraint = |mentions: &Mentions| mentions.uses.get(&Class::Constraint).is_some_and(|uses| !uses.made.is_empty());
        assert_eq!(those(&known, is_constraint), ["c", "d", "e", "l", "o"]);
    }

    #[test]
    fn what_is_taken_away_before_it_is_made_was_there() {
        let known = known(&[
            "DROP INDEX CONCURRENTLY s.a, b; CREATE INDEX a ON t (x); ALTER TABLE c RENAME TO d; ALTER TABLE ONLY e RENAME f TO g;
            DROP TABLE IF EXISTS h; CREATE TABLE h (); CREATE TABLE i (); DROP TABLE i; ALTER TABLE t DROP CONSTRAINT j, DROP COLUMN k;
            DROP FUNCTION l(int); ALTER INDEX IF EXISTS m RENAME TO n;",
        ]);
        assert_eq!(those(&known, |mentions| mentions.uses.values().any(Uses::was_there)), ["a", "b", "c", "j", "l"]);
    }

    #[test]
    fn a_name_is_that_of_a_class() {
        let known = known(&[
            "CREATE TRIGGER f BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t;
            CREATE TABLE h (); ALTER VIEW v RENAME TO w; ALTER FUNCTION x() RENAME TO y; ALTER TYPE z RENAME TO a; CREATE EVENT TRIGGER e;
            CREATE USER u; ALTER TABLE t DROP CONSTRAINT c, ADD COLUMN d int; CREATE OPERATOR CLASS s.o DEFAULT FOR TYPE t;",
        ]);
        let found: Vec<(&str, Class)> =
            known.mentions.iter().flat_map(|(name, mentions)| mentions.uses.keys().map(|class| (name.as_str(), *class))).collect();
        let expected = [
            ("a", Class::Relation),
            ("c", Class::Constraint),
            ("e", Class::EventTrigger),
            ("f", Class::Trigger),
            ("g", Class::Trigger),
            ("h", Class::Relation),
            ("o", Class::OperatorClass),
            ("u", Class::Role),
            ("v", Class::Relation),
            ("w", Class::Relation),
            ("y", Class::Routine),
            ("z", Class::Relation),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_migration_that_is_read_anew_leaves_what_all_of_them_say_and_tells_what_changed() {
        let texts = ["CREATE TABLE a (); CREATE TABLE b ();", "DROP TABLE c; CREATE TABLE b ();", "CREATE TABLE c ();"];
        let mut renewed = known(&texts);
        let changed = renewed.replace(0, of(texts[0]), of("CREATE TABLE d (); CREATE TABLE a ();"));
        assert_eq!(changed.iter().collect::<Vec<_>>(), ["b", "d"]);
        let afresh = known(&["CREATE TABLE d (); CREATE TABLE a ();", texts[1], texts[2]]);
        let essences = |known: &Known| known.mentions.iter().map(|(name, one)| (name.clone(), one.essence())).collect::<Vec<_>>();
        assert_eq!(essences(&renewed), essences(&afresh));
        assert_eq!(renewed.replace(1, of(texts[1]), of(texts[1])), BTreeSet::new());
        assert_eq!(renewed.replace(1, of(texts[1]), of("")).into_iter().collect::<Vec<_>>(), ["b", "c"]);
    }
}
