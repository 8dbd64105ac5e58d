//! Where files are read: the working tree, or git's index.
//!
//! Whoever reads asks a [`Tree`], and does not know which it is. What lies outside of the index's repository is read from the disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use globset::GlobMatcher;
use ignore::WalkBuilder;
use rayon::prelude::*;

use super::git::Folders;
use super::index::Index;
use super::load::shown;

/// Files, by their whole paths as the user names them.
#[derive(Debug, Clone, Copy)]
pub enum Tree<'i> {
    /// As they stand on the disk.
    Disk,
    /// As they are to be committed.
    Index(&'i Index),
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

impl<'i> Tree<'i> {
    /// What stands at `path`.
    ///
    /// # Errors
    /// Nothing does, or nobody may know.
    pub fn kind(self, path: &Path) -> io::Result<Kind> {
        let Some((index, place)) = self.indexed(path) else {
            return fs::metadata(path).map(|meta| if meta.is_dir() { Kind::Folder } else { Kind::File });
        };
        if index.has_folder(&place) { Ok(Kind::Folder) } else { index.check(&place).map(|()| Kind::File) }
    }

    /// Whether there is something at `path`, whether it can be read or not.
    pub fn is_there(self, path: &Path) -> bool {
        self.has_file(path) || self.has_folder(path)
    }

    /// Whether it is for want of a file or folder that nothing can be read at `path`.
    pub fn lacks(self, path: &Path) -> bool {
        match self.indexed(path) {
            Some((index, place)) => index.lacks(&place),
            None => !path.exists(),
        }
    }

    /// Whether there is a file at `path`.
    pub fn has_file(self, path: &Path) -> bool {
        match self.indexed(path) {
            Some((index, place)) => index.has_file(&place),
            None => path.is_file(),
        }
    }

    /// Whether there is a folder at `path`.
    pub fn has_folder(self, path: &Path) -> bool {
        matches!(self.kind(path), Ok(Kind::Folder))
    }

    /// The content of the file at `path`.
    ///
    /// # Errors
    /// It can't be read.
    pub fn read(self, path: &Path) -> io::Result<Vec<u8>> {
        match self.indexed(path) {
            Some((index, place)) => index.read(&[place]).pop().expect("there are as many contents as paths"),
            None => fs::read(path),
        }
    }

    /// The contents of the files at `paths`, in their order.
    pub fn read_all(self, paths: &[PathBuf]) -> Vec<io::Result<Vec<u8>>> {
        let mut folders = Folders::default();
        let places: Vec<Option<PathBuf>> = paths.iter().map(|path| Some(self.indexed_among(&mut folders, path)?.1)).collect();
        let indexed: Vec<PathBuf> = places.iter().flatten().cloned().collect();
        let mut contents = match self {
            Tree::Disk => Vec::new(),
            Tree::Index(index) => index.read(&indexed),
        }
        .into_iter();
        let from_disk: Vec<Option<io::Result<Vec<u8>>>> =
            paths.par_iter().zip(&places).map(|(path, place)| place.is_none().then(|| fs::read(path))).collect();
        from_disk.into_iter().map(|read| read.unwrap_or_else(|| contents.next().expect("there are as many contents as paths"))).collect()
    }

    /// The files below `folder`, at most `depth` folders deep; what is hidden or what git ignores is left out.
    pub fn files(self, folder: &Path, depth: Option<usize>) -> Vec<Result<PathBuf, ignore::Error>> {
        if let Some((index, place)) = self.indexed(folder) {
            return index.visible(&place, depth).iter().map(|path| Ok(moved(path, &place, folder))).collect();
        }
        let walker = WalkBuilder::new(folder).require_git(false).follow_links(true).max_depth(depth).build();
        walker.filter_map(file).collect()
    }

    /// The files below `directory` that `glob`, written as `pattern`, matches; searched from the pattern's first wild card on.
    pub fn matching(self, directory: &Path, pattern: &str, glob: &GlobMatcher) -> Vec<PathBuf> {
        let literal: PathBuf =
            Path::new(pattern).iter().take_while(|part| !part.to_string_lossy().contains(['*', '?', '[', '{'])).collect();
        let folder = directory.join(&literal);
        let files: Vec<PathBuf> = match self.indexed(&folder) {
            Some((index, place)) => index.below(&place).map(|path| moved(path, &place, &folder)).collect(),
            None => {
                let walker = WalkBuilder::new(&folder).standard_filters(false).follow_links(true).build();
                walker.filter_map(file).filter_map(Result::ok).collect()
            }
        };
        let named = |path: PathBuf| if literal.is_absolute() { path } else { PathBuf::from(shown(directory, &path)) };
        let mut found: Vec<PathBuf> = files.into_iter().map(named).filter(|path| glob.is_match(path)).collect();
        found.sort();
        found
    }

    /// The index, and the place in it that `path` names; none if it is read from the disk.
    fn indexed(self, path: &Path) -> Option<(&'i Index, PathBuf)> {
        self.indexed_among(&mut Folders::default(), path)
    }

    /// The same, of one of many paths.
    fn indexed_among(self, folders: &mut Folders, path: &Path) -> Option<(&'i Index, PathBuf)> {
        let Tree::Index(index) = self else { return None };
        // A file that is itself a link is a link in the index, too.
        let place = if path.is_dir() { folders.real(path) } else { folders.place(path) };
        place.starts_with(index.root()).then_some((index, place))
    }
}

/// An entry that is a file, or what is in the way of a search.
fn file(entry: Result<ignore::DirEntry, ignore::Error>) -> Option<Result<PathBuf, ignore::Error>> {
    match entry {
        Ok(entry) => entry.file_type().is_some_and(|kind| kind.is_file()).then(|| Ok(entry.into_path())),
        Err(error) => Some(Err(error)),
    }
}

/// `path` from `folder` instead of from `place`.
fn moved(path: &Path, place: &Path, folder: &Path) -> PathBuf {
    path.strip_prefix(place).map_or_else(|_| path.to_owned(), |rest| folder.join(rest))
}
