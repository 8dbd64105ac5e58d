//! Extensions: what their control files say, and what they bring (manual, 38.17 and appendix F).
//!
//! Those that PostgreSQL comes with are known of every version. The others were asked of one server each, so that their marks say nothing
//! of PostgreSQL's versions, and their own version is the one that the server had. Of some that are usual no more than the name is known.

use std::collections::HashMap;
use std::sync::OnceLock;

use fnv::FnvBuildHasher;

use crate::syntax::Version;

use super::Facts;
use super::versions::Versions;

const SOURCES: [&str; 4] = [
    include_str!("data/extensions/contrib.txt"),
    include_str!("data/extensions/others.txt"),
    include_str!("data/extensions/postgis.txt"),
    include_str!("data/extensions/unknown.txt"),
];

/// What stands at the start of a line in front of a kind of facts, and, with more behind it, of an extension's name. No operator holds `--`.
const HEADING: &str = "-- ";
const EXTENSION: &str = "extension ";

/// An extension that CREATE EXTENSION may name.
pub struct Extension {
    /// Its name.
    pub name: &'static str,
    /// The versions of PostgreSQL that have it.
    pub versions: Versions,
    control: &'static str,
    members: Option<Facts>,
}

/// The extension called `name`; `None` if nothing is known of one.
pub fn extension(name: &str) -> Option<&'static Extension> {
    static BY_NAME: OnceLock<HashMap<&str, &Extension, FnvBuildHasher>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| extensions().iter().map(|extension| (extension.name, extension)).collect());
    by_name.get(name).copied()
}

/// All that are known, by name.
pub fn extensions() -> &'static [Extension] {
    static EXTENSIONS: OnceLock<Vec<Extension>> = OnceLock::new();
    EXTENSIONS.get_or_init(|| {
        let mut all: Vec<Extension> = SOURCES.into_iter().flat_map(read).collect();
        all.sort_by_key(|extension| extension.name);
        all
    })
}

impl Extension {
    /// The version that CREATE EXTENSION installs. A server may have another.
    pub fn default_version(&self, version: Version) -> Option<&'static str> {
        self.said(version, "version").next()
    }

    /// The extensions that must be there before, or that CASCADE brings.
    pub fn requires(&self, version: Version) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.said(version, "requires").next().unwrap_or_default().split_ascii_whitespace()
    }

    /// The schema that it goes into, whatever CREATE EXTENSION says; it makes that schema if there is none.
    pub fn schema(&self, version: Version) -> Option<&'static str> {
        self.said(version, "schema").next()
    }

    /// Whether ALTER EXTENSION … SET SCHEMA moves it.
    pub fn is_relocatable(&self, version: Version) -> bool {
        self.said(version, "relocatable").next().is_some()
    }

    /// Whether only a superuser may create it, unless it is trusted.
    pub fn needs_superuser(&self, version: Version) -> bool {
        self.said(version, "superuser").next().is_some()
    }

    /// Whether whoever may create objects in the database may create it; from version 13 on.
    pub fn is_trusted(&self, version: Version) -> bool {
        self.said(version, "trusted").next().is_some()
    }

    /// What it brings; `None` if that is unknown.
    pub fn members(&'static self) -> Option<&'static Facts> {
        self.members.as_ref()
    }

    /// What follows a word in its control file.
    fn said(&self, version: Version, word: &str) -> impl Iterator<Item = &'static str> {
        self.control.lines().filter_map(move |line| {
            let (line, versions) = Versions::of_line(line);
            versions.contains(version).then(|| line.strip_prefix(word)).flatten().map(str::trim_start)
        })
    }
}

/// The extensions of a text.
fn read(source: &'static str) -> Vec<Extension> {
    let parts = parts(source);
    let is_extension = |(heading, _): &(&str, &str)| heading.starts_with(EXTENSION);
    let starts = parts.iter().enumerate().filter(|(_, part)| is_extension(part)).map(|(at, _)| at);
    starts
        .map(|start| {
            let (heading, control) = parts[start];
            let (name, versions) = Versions::of_line(&heading[EXTENSION.len()..]);
            let tables = &parts[start + 1..];
            let tables = &tables[..tables.iter().position(is_extension).unwrap_or(tables.len())];
            let table = |kind: &str| tables.iter().find(|(heading, _)| *heading == kind).map_or("", |(_, lines)| *lines);
            let is_unknown = control == "unknown\n";
            Extension { name, versions, control, members: (!is_unknown).then(|| Facts::of(table)) }
        })
        .collect()
}

/// The headings of a text, and the lines below each.
fn parts(source: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.starts_with(HEADING) {
            starts.push((at, at + line.len()));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([source.len()]);
    let part = |((start, below), end): (&(usize, usize), usize)| (source[start + HEADING.len()..*below].trim_end(), &source[*below..end]);
    starts.iter().zip(ends).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_extension_brings_is_found() {
        let version = |major| Version::new(major).unwrap();
        let citext = extension("citext").unwrap();
        assert_eq!(citext.default_version(version(15)), Some("1.6"));
        assert!(citext.is_trusted(version(15)) && !citext.is_trusted(version(12)));
        assert!(citext.is_relocatable(version(15)) && citext.schema(version(15)).is_none());
        let members = citext.members().unwrap();
        assert_eq!(members.type_named("citext", version(15)).unwrap().category, 'S');
        assert!(members.cast("citext", "text", version(15)).is_some());
        assert!(members.default_operator_class("btree", "citext", version(15)).is_some());
        assert_eq!(extension("earthdistance").unwrap().requires(version(15)).collect::<Vec<_>>(), ["cube"]);
        assert_eq!(extension("plpgsql").unwrap().schema(version(15)), Some("pg_catalog"));
        assert!(extension("timescaledb").unwrap().members().is_none());
        assert!(extension("no_such_extension").is_none());
        let postgis = extension("postgis").unwrap().members().unwrap();
        assert!(postgis.relation("spatial_ref_sys", version(15)).unwrap().columns(version(15)).any(|column| column.name == "srid"));
        assert!(postgis.type_named("geometry", version(15)).unwrap().modifiers);
    }

    #[test]
    fn no_extension_is_told_twice() {
        assert!(extensions().windows(2).all(|pair| pair[0].name < pair[1].name));
    }
}
