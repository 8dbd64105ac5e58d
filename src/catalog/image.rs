//! A catalog as a file keeps it.
//!
//! Only what nothing else gives is written: objects, which of them depends on which, what is in doubt, what was there once, rows. Names, parts and
//! all else that a catalog finds them by are made anew when it is read. Invariant: what is read is the catalog that was written, to everybody who
//! asks it, if it [can be written](Catalog::can_be_written); only what shares memory is lost.

use std::collections::HashSet;
use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use serde::de::Deserializer;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::Oid;
use super::dependency::Edge;
use super::expression::canonical::tells_time;
use super::object::{Class, Name, Object};
use super::past::Past;
use super::privileges::DefaultPrivileges;
use super::rows::Contents;
use super::store::Catalog;

/// What is written. All of it is shared with the catalog.
#[derive(Serialize, Deserialize)]
struct Image {
    next: Oid,
    objects: Vec<(Oid, Arc<Object>)>,
    dependencies: OrdSet<Edge>,
    tracking: Option<Oid>,
    doubts: OrdMap<(Class, Name), Arc<str>>,
    computed: OrdMap<Name, Arc<str>>,
    past: Past,
    default_privileges: DefaultPrivileges,
    rows: OrdMap<Oid, Contents>,
}

impl Catalog {
    /// Whether what is read would be this catalog: not if two objects in it keep what was stored at one time (`timestamp 'now'`), since only the
    /// memory that they share tells so.
    pub fn can_be_written(&self) -> bool {
        let mut times = HashSet::new();
        let mut each_has_its_own = true;
        self.objects().for_each(|(_, object)| {
            object.each_stored(&mut |stored| each_has_its_own &= !tells_time(stored) || times.insert(stored.text.as_ptr()));
        });
        each_has_its_own
    }
}

impl Serialize for Catalog {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let image = Image {
            next: self.next,
            objects: self.objects.iter().map(|(oid, object)| (oid, Arc::clone(object))).collect(),
            dependencies: self.dependencies.clone(),
            tracking: self.tracking,
            doubts: self.doubts.clone(),
            computed: self.computed.clone(),
            past: self.past.clone(),
            default_privileges: self.default_privileges.clone(),
            rows: self.rows.clone(),
        };
        image.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Catalog {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let image = Image::deserialize(from)?;
        let mut catalog = Catalog::empty();
        for (oid, object) in image.objects {
            catalog.place(oid, object);
        }
        for edge in &image.dependencies {
            catalog.link(edge.from, edge.to, edge.kind);
        }
        // Placing what is only assumed takes its name out of the past, so that comes last.
        catalog.next = image.next;
        catalog.tracking = image.tracking;
        catalog.doubts = image.doubts;
        catalog.computed = image.computed;
        catalog.past = image.past;
        catalog.default_privileges = image.default_privileges;
        catalog.rows = image.rows;
        Ok(catalog)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::catalog::script::restore_script;
    use crate::catalog::{Knowledge, Run, World};
    use crate::syntax::{Script, Version};
    use crate::text::Span;

    /// Everything that a catalog holds.
    fn all(catalog: &Catalog) -> String {
        let found_by = |oid: Oid, object: &Object| {
            let scope = object.schema.unwrap_or(Oid::NONE);
            let class = object.body.class();
            let dependents: Vec<_> = catalog.dependents_of_any(oid).collect();
            let parts: Vec<Oid> = catalog.all_parts(oid).collect();
            let namesakes: Vec<Oid> = catalog.parts_named(class, &object.name).map(|(oid, _)| oid).collect();
            format!("{oid:?} {object:?} {:?} {namesakes:?} {parts:?} {dependents:?}", catalog.named(class, scope, &object.name))
        };
        let objects: Vec<String> = catalog.objects().map(|(oid, object)| found_by(oid, object)).collect();
        let untold: Vec<Oid> = catalog.untold().chain(catalog.partly_read()).map(|(oid, _)| oid).collect();
        let Catalog { next, tracking, dependencies, doubts, computed, past, default_privileges, rows, .. } = catalog;
        format!(
            "{objects:#?} {untold:?} {next:?} {tracking:?} {dependencies:?} {doubts:?} {computed:?} {past:?} {default_privileges:?} {rows:?}"
        )
    }

    #[test]
    fn what_two_objects_stored_at_one_time_is_not_written() {
        let of = |text: &str| {
            let world = World { target: Version::NEWEST, knowledge: Knowledge::Complete, creates: &|_, _| false, user: "a".into() };
            let mut run = Run::new(&world, Catalog::at_start(Version::NEWEST));
            let script = Script::parse(text, Span::new(0, text.len() as u32));
            assert_eq!(restore_script(&mut run, text, &script).len(), 0, "{text}");
            run.catalog.can_be_written()
        };
        let today = "CREATE TABLE t (a date DEFAULT 'today', b date DEFAULT 'today');";
        assert!(of("CREATE TABLE t (a timestamp CHECK (a > timestamp '2020-01-01') DEFAULT now());"));
        assert!(of("CREATE TABLE t (a timestamp CHECK (a > timestamp 'now'));"));
        assert!(of(today));
        assert!(!of(&format!("{today} CREATE TABLE u (LIKE t INCLUDING DEFAULTS);")));
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres/histories");
        let mut objects = 0;
        for entry in fs::read_dir(folder).expect("the histories are there") {
            let history = entry.expect("it can be read").path();
            let text = fs::read_to_string(&history).expect("it is text");
            let world = World { target: Version::NEWEST, knowledge: Knowledge::Partial, creates: &|_, _| false, user: "a".into() };
            let mut run = Run::new(&world, Catalog::at_start(Version::NEWEST));
            restore_script(&mut run, &text, &Script::parse(&text, Span::new(0, text.len() as u32)));
            let bytes = postcard::to_stdvec(&run.catalog).expect("a catalog can be written");
            let read: Catalog = postcard::from_bytes(&bytes).expect("and read");
            assert_eq!(all(&run.catalog), all(&read), "{}", history.display());
            objects += read.objects().count();
        }
        assert!(objects > 2_000, "{objects}");
    }
}
