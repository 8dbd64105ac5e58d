//! The configuration of a project: from the editor if it is open there, or else from the disk.
//!
//! While somebody types in it, it is wrong more often than right. So as long as it has mistakes, the last one without holds, and the mistakes are
//! shown in the file. Where there was none without, what could be read of it holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::catalog::Knowledge;
use crate::config::{Config, ConfigError, FILE_NAMES};
use crate::engine::{Baseline, Note, Start, Tree, absolute, reason};
use crate::rules;
use crate::text::SourceFile;

use super::document::Document;

/// A configuration, and what is wrong with its file.
pub(super) struct Configuration {
    /// What holds.
    pub(super) config: Config,
    /// What a replay starts from.
    pub(super) start: Start,
    /// What is known, and not told.
    pub(super) baseline: Option<Baseline>,
    /// What is wrong, in the file as it is.
    pub(super) errors: Vec<ConfigError>,
    /// The file as it is, by its whole path; none where there is none.
    pub(super) source: Option<SourceFile>,
    /// What else there is to say.
    pub(super) notes: Vec<Note>,
    /// The files that were read beside it: the schema before the first migration, and the baseline.
    pub(super) beside: Vec<PathBuf>,
}

/// The file of the configuration in `folder`: one that is there, or open.
pub(super) fn file_in(folder: &Path, open: &BTreeMap<PathBuf, Document>) -> Option<PathBuf> {
    FILE_NAMES.map(|name| folder.join(name)).into_iter().find(|file| open.contains_key(file) || file.is_file())
}

/// Whether a file is called as configurations are.
pub(super) fn is_one(path: &Path) -> bool {
    path.file_name().is_some_and(|name| FILE_NAMES.iter().any(|own| name == *own))
}

impl Configuration {
    /// That of the project in `folder`; `good` is the last text without mistakes, and becomes this one's if it has none.
    pub(super) fn read(folder: &Path, open: &BTreeMap<PathBuf, Document>, good: &mut Option<SourceFile>) -> Self {
        let mut notes = Vec::new();
        let Some(file) = file_in(folder, open) else {
            *good = None;
            return Self::with(folder, Config::default(), Vec::new(), None, notes);
        };
        let name = file.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let text = match open.get(&file) {
            Some(document) => Ok(document.text().to_string()),
            None => std::fs::read(&file)
                .map_err(|error| reason(&error))
                .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())),
        };
        let source = match text {
            Ok(text) => SourceFile::new(name, text),
            Err(why) => {
                notes.push(Note::Failure(format!("{name}: the configuration: {why}")));
                let config = good.as_ref().map(|good| parse(good).0).unwrap_or_default();
                return Self::with(folder, config, Vec::new(), None, notes);
            }
        };
        let (config, errors) = parse(&source);
        let config = match (errors.is_empty(), &good) {
            (false, Some(good)) => parse(good).0,
            _ => config,
        };
        if errors.is_empty() {
            *good = Some(source.clone());
        }
        Self::with(folder, config, errors, Some(source), notes)
    }

    fn with(folder: &Path, config: Config, mut errors: Vec<ConfigError>, source: Option<SourceFile>, mut notes: Vec<Note>) -> Self {
        let start = match &config.lint.schema {
            None => Start::new(&config, None, None, None),
            Some((path, span)) => Start::from_file(Tree::Disk, &config, (&folder.join(path), path), None, None).unwrap_or_else(|why| {
                // Where an older configuration holds, its places are not those of the file as it is.
                match errors.is_empty() {
                    true => errors.push(ConfigError::new(*span, why).help("name a file of SQL, such as `pg_dump --schema-only` writes")),
                    false => notes.push(Note::Failure(why)),
                }
                Start::new(&config, None, None, Some(Knowledge::Partial))
            }),
        };
        notes.extend(start.notes.iter().cloned());
        let path = Baseline::place(&config, folder);
        let schema = config.lint.schema.as_ref().map(|(schema, _)| absolute(folder, Path::new(schema)));
        let beside = schema.into_iter().chain([absolute(folder, &path)]).collect();
        let baseline = Baseline::read(Tree::Disk, &path).unwrap_or_else(|why| {
            notes.push(Note::Failure(format!("{}: the baseline: {why}", path.display())));
            None
        });
        Self { config, start, baseline: baseline.map(|(baseline, _)| baseline), errors, source, notes, beside }
    }
}

fn parse(source: &SourceFile) -> (Config, Vec<ConfigError>) {
    Config::parse(source, &rules::known_names())
}
