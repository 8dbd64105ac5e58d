//! What a replay starts from: a PostgreSQL, and what is there before the first migration.
//!
//! What a file says of that is restored as psql restores a dump. A dump of a part of a database names what lies outside of it, and none holds the
//! roles of the cluster: so what the file names and does not make is assumed to be there.

use std::path::Path;

use crate::catalog::script::restore_script;
use crate::catalog::{Body, Catalog, Class, Knowledge, Object, Oid, Origin, Run, Stop, World};
use crate::config::{Config, HistoryKind};
use crate::syntax::{Script, Version};
use crate::text::{SourceFile, Span};

use super::Note;
use super::load::sql_of;
use super::tree::Tree;

/// The PostgreSQL that migrations run on where nothing says which.
const DEFAULT_TARGET: u8 = 15;

/// What a replay starts from.
#[derive(Debug, Clone)]
pub struct Start {
    /// The PostgreSQL that the migrations run on.
    pub target: Version,
    /// Whether what no file creates is absent or assumed.
    pub knowledge: Knowledge,
    /// What is wrong with the file that makes what is there before the first migration.
    pub notes: Vec<Note>,
    /// What is there before the first migration, but for the tracking table.
    catalog: Catalog,
}

impl Start {
    /// What `config` says, `schema` being the file that it, or the command line, names. `target` and `knowledge` come before the configuration's.
    pub fn new(config: &Config, schema: Option<&SourceFile>, target: Option<Version>, knowledge: Option<Knowledge>) -> Start {
        let target = target.or(config.lint.target_postgres).or(Version::new(DEFAULT_TARGET)).unwrap_or(Version::OLDEST);
        let mut catalog = Catalog::at_start(target);
        let mut notes = Vec::new();
        if let Some(source) = schema {
            (catalog, notes) = restored(catalog, source, target);
        }
        let configured = match config.lint.history {
            // What could not be made may be there.
            _ if !notes.is_empty() => Knowledge::Partial,
            HistoryKind::Complete => Knowledge::Complete,
            HistoryKind::Partial if schema.is_some() => Knowledge::Complete,
            HistoryKind::Partial => Knowledge::Partial,
        };
        for (schema, _) in config.house.schemas.iter().flatten() {
            if catalog.named(Class::Schema, Oid::NONE, schema).is_empty() {
                catalog.add(Object::new(schema.as_str(), Body::Schema, Origin::START));
            }
        }
        Start { target, knowledge: knowledge.unwrap_or(configured), notes, catalog }
    }

    /// What `config` says, the file at a path of `tree`, which is shown under a name, being what makes what is there before the first migration.
    ///
    /// # Errors
    /// Why that file can't be read, for people.
    pub fn from_file(
        tree: Tree<'_>,
        config: &Config,
        (path, name): (&Path, &str),
        target: Option<Version>,
        knowledge: Option<Knowledge>,
    ) -> Result<Start, String> {
        let text = sql_of(tree, path).map_err(|why| format!("{name}: the schema before the first migration: {why}"))?;
        Ok(Start::new(config, Some(&SourceFile::new(name, text)), target, knowledge))
    }

    /// What is there before the first migration, with the table in which the tool keeps what it has run.
    pub(super) fn catalog(&self, tracking_table: Option<&str>) -> Catalog {
        let mut catalog = self.catalog.clone();
        if let Some(table) = tracking_table {
            let (schema, table) = table.split_once('.').unwrap_or(("public", table));
            let schema = match catalog.named(Class::Schema, Oid::NONE, schema) {
                [schema, ..] => *schema,
                [] => catalog.add(Object::new(schema, Body::Schema, Origin::START).assumed()),
            };
            if catalog.named(Class::Relation, schema, table).is_empty() {
                catalog.tracking = Some(catalog.add(Object::assumed_relation(table).in_schema(schema)));
            }
        }
        catalog
    }
}

impl Default for Start {
    fn default() -> Start {
        Start::new(&Config::default(), None, None, None)
    }
}

/// `catalog` with what `source` makes, and what of it fails.
fn restored(catalog: Catalog, source: &SourceFile, target: Version) -> (Catalog, Vec<Note>) {
    let world = World { target, knowledge: Knowledge::Partial, creates: &|_, _| false, user: "postgres".into() };
    let mut run = Run::new(&world, catalog);
    run.budget = u32::MAX;
    let text = source.text();
    let stops = restore_script(&mut run, text, &Script::parse(text, Span::new(0, text.len() as u32)));
    (run.catalog, notes(source, &stops))
}

/// The first statement that fails, and the first that can't be followed, with how many more there are.
fn notes(source: &SourceFile, stops: &[Stop]) -> Vec<Note> {
    let (failures, doubts): (Vec<&Stop>, Vec<&Stop>) = stops.iter().partition(|stop| matches!(stop, Stop::Fails(_)));
    let failed = failures.first().map(|first| Note::Failure(told(source, first, failures.len() - 1)));
    let doubted = doubts.first().map(|first| Note::Warning(told(source, first, doubts.len() - 1)));
    failed.into_iter().chain(doubted).collect()
}

fn told(source: &SourceFile, stop: &Stop, more: usize) -> String {
    let (what, span) = match stop {
        Stop::Fails(failure) => (format!("this fails: {} (SQLSTATE {})", failure.message, failure.sqlstate), failure.span),
        Stop::Unknown(doubt) => (format!("this can't be followed: {}", doubt.reason), doubt.span),
    };
    let position = source.position(span.map_or(0, |span| span.start));
    let more = match more {
        0 => String::new(),
        1 => ", and so it is with one more statement".to_owned(),
        _ => format!(", and so it is with {more} more statements"),
    };
    let (path, line, column) = (source.path(), position.line, position.column);
    format!("{path}:{line}:{column}: the schema before the first migration: {what}{more}; what it would have made is not known")
}
