//! Reading: which files a run is about, and their texts.
//!
//! The selected files are those that the paths name; beside them the whole history that they belong to is read, since a migration can only
//! be judged in its place. Invariant: whatever can't be read is said in a note, and nothing else is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::config::FILE_NAMES;
use crate::rules::Document;
use crate::text::{Damage, SourceFile};

use super::tree::{Kind, Tree};
use super::{Note, encoding};

/// The file that lists the migrations of its folder.
const README: &str = "README.md";

/// A file's text, and what of it is no text.
#[derive(Debug, Clone)]
pub struct FileText {
    /// UTF-8, of the same length in bytes as the file.
    pub text: Arc<str>,
    /// What in it PostgreSQL could not read: each kind once.
    pub damages: Vec<Damage>,
}

/// Where to look.
pub struct Request<'a> {
    /// Where files are read.
    pub tree: Tree<'a>,
    /// The working directory, absolute.
    pub directory: &'a Path,
    /// Files and folders as the user names them.
    pub paths: &'a [PathBuf],
    /// A file whose text comes from elsewhere, and whose history counts.
    pub beside: Option<&'a Path>,
    /// `database.migrations.directory`, absolute.
    pub migration_directory: Option<PathBuf>,
    /// Files beside the migrations that the configuration names, absolute; the READMEs of searched folders are read as well.
    pub documents: Vec<PathBuf>,
    /// Whether a file is left out, by its absolute path.
    pub excluded: &'a (dyn Fn(&Path) -> bool + Sync),
}

/// What was found.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Every file that was read, by the path shown; selected or not.
    pub files: BTreeMap<String, FileText>,
    /// Files beside the migrations, by the path shown.
    pub documents: BTreeMap<String, Document>,
    /// Whether the configured migration directory was looked for in vain.
    pub directory_missing: bool,
    /// Whether one of the files that the configuration names was looked for in vain.
    pub documents_missing: bool,
    /// Of the migration files, what the paths name.
    pub selected: Vec<String>,
    /// What went wrong.
    pub notes: Vec<Note>,
}

/// Reads the files that `request` names and the histories around them.
pub fn load(request: &Request) -> Loaded {
    let mut wanted = Wanted::default();
    for path in request.paths {
        let absolute = absolute(request.directory, path);
        match request.tree.kind(&absolute) {
            Ok(Kind::Folder) => add_folder(request, &absolute, path, &mut wanted),
            Ok(Kind::File) => add_file(request, &absolute, path, &mut wanted),
            Err(error) => wanted.notes.push(Note::Failure(format!("{}: {}", path.display(), reason(&error)))),
        }
    }
    if let Some(path) = request.beside {
        add_surroundings(request, &absolute(request.directory, path), &mut wanted);
    }
    let mut loaded = Loaded { notes: wanted.notes, ..Loaded::default() };
    loaded.directory_missing = request.migration_directory.as_ref().is_some_and(|directory| !request.tree.has_folder(directory));
    loaded.documents_missing = request.documents.iter().any(|path| !request.tree.is_there(path));
    wanted.documents.extend(request.documents.iter().filter(|path| request.tree.is_there(path)).cloned());
    for path in wanted.documents {
        let shown = shown(request.directory, &path);
        let document = match request.tree.read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => Document::Text(SourceFile::new(absolute_name(&path), text)),
            Ok(Err(_)) => {
                loaded.notes.push(Note::Failure(format!("{shown}: it is not UTF-8")));
                Document::Unreadable
            }
            Err(error) => {
                loaded.notes.push(Note::Failure(format!("{shown}: {}", reason(&error))));
                Document::Unreadable
            }
        };
        loaded.documents.insert(shown, document);
    }
    let (paths, selections): (Vec<PathBuf>, Vec<Selected>) = wanted.files.into_iter().unzip();
    for ((bytes, path), selected) in request.tree.read_all(&paths).into_iter().zip(paths).zip(selections) {
        let shown = shown(request.directory, &path);
        match bytes.and_then(decoded) {
            Ok(text) => {
                if selected == Selected::Yes && is_sql(&path) {
                    loaded.selected.push(shown.clone());
                }
                loaded.files.insert(shown, text);
            }
            Err(error) => loaded.notes.push(Note::Failure(format!("{shown}: {}", reason(&error)))),
        }
    }
    loaded
}

/// A path as people and reports see it: relative to the working directory, with `/`.
pub fn shown(directory: &Path, path: &Path) -> String {
    let relative = pathdiff::diff_paths(path, directory).unwrap_or_else(|| path.to_owned());
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/").replacen("//", "/", 1) }
}

/// A whole path, with `/` between folders.
fn absolute_name(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// `path` from `directory`, with `.` and `..` resolved by their names alone.
pub fn absolute(directory: &Path, path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in directory.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Whether a file is one that the paths name, or one of its history only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Selected {
    No,
    Yes,
}

/// What is to be read.
#[derive(Debug, Default)]
struct Wanted {
    files: BTreeMap<PathBuf, Selected>,
    documents: BTreeSet<PathBuf>,
    /// The folders that were searched, and how: thousands of files that are named one by one lie in few folders.
    searched: BTreeSet<(PathBuf, Option<usize>, Selected)>,
    notes: Vec<Note>,
}

impl Wanted {
    fn add(&mut self, path: PathBuf, selected: Selected) {
        self.files.entry(path).and_modify(|old| *old = selected.max(*old)).or_insert(selected);
    }

    /// The files below `folder` that are wanted so far.
    fn below<'w>(&'w self, folder: &'w Path) -> impl Iterator<Item = (&'w Path, Selected)> {
        let from = self.files.range::<Path, _>((Bound::Included(folder), Bound::Unbounded));
        from.map(|(path, selected)| (path.as_path(), *selected)).take_while(move |(path, _)| path.starts_with(folder))
    }
}

fn add_folder(request: &Request, folder: &Path, named: &Path, wanted: &mut Wanted) {
    walk(request, folder, None, Selected::Yes, wanted);
    let is_direct_part = |(path, _): (&Path, Selected)| path.parent() == Some(folder) && is_part_of_a_directory(path);
    if !wanted.below(folder).any(|(path, selected)| selected == Selected::Yes && is_sql(path)) {
        wanted.notes.push(Note::Warning(format!("{}: no migration files (*.sql) in this folder", named.display())));
    } else if !add_history_of(request, folder, wanted)
        && wanted.below(folder).any(is_direct_part)
        && let Some(root) = folder.parent()
    {
        walk(request, root, Some(2), Selected::No, wanted);
    }
}

fn add_file(request: &Request, file: &Path, named: &Path, wanted: &mut Wanted) {
    if (request.excluded)(file) {
        wanted.notes.push(left_out(named));
        return;
    }
    if !is_sql(file) {
        wanted.notes.push(Note::Warning(format!("{}: not linted: migrations are *.sql files", named.display())));
        return;
    }
    wanted.add(file.to_owned(), Selected::Yes);
    add_surroundings(request, file, wanted);
}

/// Says that the configuration leaves out a file that the user named.
pub(super) fn left_out(named: &Path) -> Note {
    Note::Warning(format!("{}: not linted: `migration_lint.exclude` leaves it out", named.display()))
}

/// Adds the history of one file: the configured directory, or else the files beside it.
fn add_surroundings(request: &Request, file: &Path, wanted: &mut Wanted) {
    if add_history_of(request, file, wanted) {
        return;
    }
    let Some(parent) = file.parent() else { return };
    match parent.parent().filter(|_| is_part_of_a_directory(file)) {
        Some(root) => walk(request, root, Some(2), Selected::No, wanted),
        None => walk(request, parent, Some(1), Selected::No, wanted),
    }
}

/// Whether a file is called as those are whose directory is the migration.
fn is_part_of_a_directory(file: &Path) -> bool {
    file.file_name().is_some_and(|name| ["up.sql", "down.sql", "migration.sql"].iter().any(|part| name == *part))
}

/// Adds the configured migration directory if `path` lies in it; whether it does.
fn add_history_of(request: &Request, path: &Path, wanted: &mut Wanted) -> bool {
    match &request.migration_directory {
        Some(directory) if path.starts_with(directory) => {
            if path != directory {
                walk(request, directory, None, Selected::No, wanted);
            }
            true
        }
        _ => false,
    }
}

fn walk(request: &Request, folder: &Path, depth: Option<usize>, selected: Selected, wanted: &mut Wanted) {
    if !wanted.searched.insert((folder.to_owned(), depth, selected)) {
        return;
    }
    for file in request.tree.files(folder, depth) {
        match file {
            Ok(path) if belongs_to_a_layout(&path) && !(request.excluded)(&path) => wanted.add(path, selected),
            Ok(path) if path.ends_with(README) => drop(wanted.documents.insert(path)),
            Ok(_) => {}
            Err(error) if selected == Selected::Yes => wanted.notes.push(walk_problem(request.directory, folder, &error)),
            Err(_) => {}
        }
    }
}

/// What a search at or below `place` could not open. A loop of links hides nothing that is not read elsewhere; anything else does.
fn walk_problem(directory: &Path, place: &Path, error: &ignore::Error) -> Note {
    match error {
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => walk_problem(directory, place, err),
        ignore::Error::WithPath { path, err } => walk_problem(directory, path, err),
        ignore::Error::Loop { child, .. } => link_loop(directory, child),
        ignore::Error::Io(error) if is_loop(error) => link_loop(directory, place),
        ignore::Error::Io(error) => Note::Failure(format!("{}: {}", shown(directory, place), reason(error))),
        other => Note::Failure(format!("{}: {other}", shown(directory, place))),
    }
}

fn link_loop(directory: &Path, path: &Path) -> Note {
    Note::Warning(format!("{}: not searched: this link leads back to a folder that it is in", shown(directory, path)))
}

/// ELOOP, of Linux and of macOS and the BSDs; its kind has no stable name yet.
fn is_loop(error: &std::io::Error) -> bool {
    matches!(error.raw_os_error(), Some(40 | 62))
}

/// The nearest configuration in `from` or a folder above it.
pub fn configuration_above(tree: Tree<'_>, from: &Path) -> Option<PathBuf> {
    from.ancestors().flat_map(|folder| FILE_NAMES.map(|name| folder.join(name))).find(|file| tree.has_file(file))
}

/// The text of a file of SQL.
///
/// # Errors
/// What is wrong with it, for people.
pub(super) fn sql_of(tree: Tree<'_>, path: &Path) -> Result<Arc<str>, String> {
    let bytes = tree.read(path).map_err(|error| reason(&error))?;
    if bytes.starts_with(b"PGDMP") {
        return Err("it is a dump in pg_dump's custom format, and no SQL".to_owned());
    }
    let file = encoding::decode(bytes);
    match file.damages.first() {
        Some(damage) => Err(damage.explain()),
        None => Ok(file.text),
    }
}

/// The text of a file, as it is linted.
///
/// # Errors
/// It can't be read.
pub fn read(tree: Tree<'_>, path: &Path) -> std::io::Result<FileText> {
    decoded(tree.read(path)?)
}

fn decoded(bytes: Vec<u8>) -> std::io::Result<FileText> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "larger than 4 GiB, which is not read"));
    }
    Ok(encoding::decode(bytes))
}

fn is_sql(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}

/// SQL files, the files beside them that say which tool runs them, and how, and the programs that it runs between them.
fn belongs_to_a_layout(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let beside = ["metadata.toml", "migration_lock.toml", "diesel.toml", "atlas.sum", "_journal.json"];
    let is_program = name.starts_with(|c: char| c.is_ascii_digit()) && name.ends_with(".go");
    is_sql(path) || beside.contains(&&*name) || name.ends_with(".sql.conf") || is_program
}

/// Why a path could not be read, for people.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "can't be read: permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "can't be read: it is a folder".to_owned(),
        _ => format!("can't be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_vanishes_after_the_search_is_told_and_the_others_are_read() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for name in ["001_a.sql", "002_b.sql", "003_c.sql"] {
            fs::write(folder.path().join(name), "SELECT 1;").expect("a file can be written");
        }
        // Whether a file is left out is asked while the folder is searched, and before anything is read.
        let vanishes = |path: &Path| {
            if path.ends_with("002_b.sql") {
                fs::remove_file(path).expect("it is there to be found");
            }
            false
        };
        let paths = [PathBuf::from(".")];
        let request = Request {
            tree: Tree::Disk,
            directory: folder.path(),
            paths: &paths,
            beside: None,
            migration_directory: None,
            documents: Vec::new(),
            excluded: &vanishes,
        };
        let loaded = load(&request);
        assert_eq!(loaded.notes, [Note::Failure("002_b.sql: no such file or folder".to_owned())]);
        assert_eq!(loaded.selected, ["001_a.sql", "003_c.sql"]);
        assert_eq!(loaded.files.keys().collect::<Vec<_>>(), ["001_a.sql", "003_c.sql"]);
    }
}
