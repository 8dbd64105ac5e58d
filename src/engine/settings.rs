//! What holds for every file of a workspace, and how paths are named in it: whole inside, from the working directory or from the
//! configuration's folder outside.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use crate::config::Config;
use crate::text::SourceFile;

use super::load;
use super::selection::Choice;
use super::start::Start;

/// What holds for every file of a workspace.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The working directory, absolute.
    pub directory: &'a Path,
    /// The folder that paths in the configuration are relative to, absolute.
    pub root: &'a Path,
    /// The configuration.
    pub config: &'a Config,
    /// What the command line chooses.
    pub choice: &'a Choice,
    /// What a history is replayed from, and on which PostgreSQL.
    pub start: &'a Start,
}

impl Settings<'_> {
    /// The whole path of a file that is shown as `path`.
    pub(super) fn whole(&self, path: &str) -> String {
        whole(self.directory, path)
    }

    /// A whole path as it is shown.
    pub(super) fn shown(&self, path: &str) -> String {
        load::shown(self.directory, Path::new(path))
    }

    /// A whole path, relative to the configuration's folder.
    pub(super) fn relative_to_root(&self, path: &str) -> PathBuf {
        PathBuf::from(load::shown(self.root, Path::new(path)))
    }

    /// A whole path, from the configuration's folder, with `/`.
    pub(super) fn path_in_root(&self, path: &str) -> String {
        load::shown(self.root, Path::new(path))
    }

    /// The whole path of a folder as the configuration writes it.
    pub(super) fn folder(&self, path: &str) -> String {
        whole(self.root, path)
    }

    /// The folder that paths in the configuration are relative to, with `/`.
    pub(super) fn root_name(&self) -> String {
        whole(self.root, ".")
    }

    /// The configuration's file, by its whole path.
    pub(super) fn config_file(&self) -> Option<SourceFile> {
        let source = self.config.source.as_ref()?;
        Some(source.renamed(self.whole(source.path())))
    }

    /// The whole path of `database.schema_map_path`.
    pub(super) fn schema_map(&self) -> Option<String> {
        self.config.house.schema_map_path.as_ref().map(|(path, _)| self.folder(path))
    }

    /// `database.migrations.directory`, relative to the configuration's folder.
    pub(super) fn migration_directory(&self) -> Option<String> {
        let (path, _) = self.config.house.migration_directory.as_ref()?;
        Some(load::shown(self.root, &load::absolute(self.root, Path::new(path))))
    }
}

/// `path` from `directory`, with `/` between folders.
fn whole(directory: &Path, path: &str) -> String {
    let path = load::absolute(directory, Path::new(path)).to_string_lossy().into_owned();
    if MAIN_SEPARATOR == '/' { path } else { path.replace(MAIN_SEPARATOR, "/") }
}
