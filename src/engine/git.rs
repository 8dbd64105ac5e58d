//! Asking git, through the program that people have: when files came into a repository, and what has changed since a revision.
//!
//! Invariants: nothing is written, not even git's index; git is asked at most once for each question, only when somebody needs the answer, and where there is no git or no repository
//! the answer is that nothing is known, or an error that says so.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::config::nearest;

use super::changed::Change;
use super::index::Index;

/// When the files below a folder were first committed.
#[derive(Debug, Clone)]
pub struct FirstCommits {
    folder: PathBuf,
    days: OnceLock<BTreeMap<String, String>>,
}

impl FirstCommits {
    /// Of the files below `folder`, an absolute path.
    pub fn new(folder: &Path) -> FirstCommits {
        FirstCommits { folder: folder.to_owned(), days: OnceLock::new() }
    }

    /// The day, as `2026-11-22`, on which the file at the whole `path` was first committed; none if git does not know it.
    pub fn day(&self, path: &str) -> Option<&str> {
        self.days.get_or_init(|| first_commits(&self.folder).unwrap_or_default()).get(path).map(String::as_str)
    }
}

/// A repository, as far as it is set up.
#[derive(Debug)]
pub struct Repository {
    /// Its folder.
    pub root: PathBuf,
    /// The folder of its hooks.
    pub hooks: PathBuf,
}

impl Repository {
    /// The one that `folder` is in.
    ///
    /// # Errors
    /// No git, or no repository.
    pub fn of(folder: &Path) -> Result<Repository, String> {
        let root = PathBuf::from(top_level(folder)?);
        let hooks = git(&root, &["rev-parse", "--git-path", "hooks"])?;
        let hooks = root.join(String::from_utf8_lossy(&hooks).trim_end());
        Ok(Repository { root: as_named(&root, &real(folder), folder), hooks: as_named(&hooks, &real(folder), folder) })
    }
}

/// What has changed in a repository since a revision.
#[derive(Debug)]
pub struct Changes {
    /// The repository's folder, without links.
    root: PathBuf,
    /// By whole paths without links.
    files: BTreeMap<PathBuf, Change>,
    /// The files that are not there any more, by whole paths as the user names them.
    gone: Vec<String>,
    /// Since when.
    revision: String,
}

/// The files of a commit.
#[derive(Debug, Clone)]
pub(super) struct Commit {
    root: PathBuf,
    revision: String,
}

impl Commit {
    /// The content of the file at the whole `path`; none where git has none.
    pub(super) fn content(&self, path: &str) -> Option<Vec<u8>> {
        let path = real(Path::new(path));
        let name = path.strip_prefix(&self.root).ok()?.to_string_lossy().into_owned();
        git(&self.root, &["cat-file", "blob", &format!("{}:{name}", self.revision)]).ok()
    }
}

impl Changes {
    /// What has changed below the repository that `folder` is in since the commit at which `revision` and what is checked out part: committed
    /// or not, and files that git does not know yet.
    ///
    /// # Errors
    /// No git, no repository, no such revision, or no commit that the two share.
    pub fn since(folder: &Path, revision: &str) -> Result<Changes, String> {
        let root = PathBuf::from(top_level(folder)?);
        let base = base(&root, revision)?;
        let mut changes = Changes::read(root.clone(), folder, words(asking(&root, &[&DIFF[..], &[&base, "--"]].concat()))?.as_str(), &base);
        let unknown = git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
        for path in String::from_utf8_lossy(&unknown).split('\0').filter(|path| !path.is_empty()) {
            changes.files.entry(root.join(path)).or_insert(Change::Added);
        }
        Ok(changes)
    }

    /// What the next commit changes, as `index` has it; everything, where there is no commit yet.
    ///
    /// # Errors
    /// Git can't say.
    pub fn staged(index: &Index) -> Result<Changes, String> {
        let differences = words(in_hook(index.directory(), &[&DIFF[..], &["--cached", "--"]].concat()))?;
        Ok(Changes::read(index.root().to_owned(), index.directory(), &differences, "HEAD"))
    }

    /// What `git diff` says in the repository `root`, which `folder` is in.
    fn read(root: PathBuf, folder: &Path, differences: &str, revision: &str) -> Changes {
        let (mut files, mut gone) = (BTreeMap::new(), Vec::new());
        let mut words = differences.split('\0').filter(|word| !word.is_empty());
        while let Some((status, path)) = words.next().zip(words.next()) {
            match status.as_bytes().first() {
                Some(b'R') => {
                    gone.push(root.join(path));
                    files.extend(words.next().map(|to| (root.join(to), Change::Added)));
                }
                Some(b'A') => drop(files.insert(root.join(path), Change::Added)),
                Some(b'D') => gone.push(root.join(path)),
                _ => drop(files.insert(root.join(path), Change::Modified)),
            }
        }
        let gone = gone.iter().map(|path| as_named(path, &real(folder), folder).to_string_lossy().into_owned()).collect();
        Changes { root, files, gone, revision: revision.to_owned() }
    }

    /// What was there before.
    pub(super) fn before(&self) -> Commit {
        Commit { root: real(&self.root), revision: self.revision.clone() }
    }

    /// What became of each of the files at the whole `paths`, where they are not as they were.
    pub(super) fn among<'p>(&self, paths: impl Iterator<Item = &'p str>) -> impl Iterator<Item = (&'p str, Change)> {
        let mut folders = Folders::default();
        paths.filter_map(move |path| Some((path, *self.files.get(&folders.real(Path::new(path)))?)))
    }

    /// The whole paths of files that are not there any more, or have another name.
    pub fn gone(&self) -> &[String] {
        &self.gone
    }

    /// The repository's folder, without links.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the whole `path` lies in the repository.
    pub fn cover(&self, path: &Path) -> bool {
        real(path).starts_with(&self.root)
    }
}

/// Asks what is different, and what only has another name.
const DIFF: [&str; 6] = ["diff", "--no-ext-diff", IN_ANY_ORDER, "--name-status", "-z", "-M"];

/// The file that `diff.orderFile` names need not be there.
const IN_ANY_ORDER: &str = "-O/dev/null";

/// The root of the repository that `folder` lies in, told by what git keeps there; none where there is none. Git itself is not asked, so that it
/// need not be there.
pub fn root_above(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// The folder in which git keeps the repository whose folder is `root`, and which its worktrees share; none where git does not say.
pub(super) fn kept_in(root: &Path) -> Option<PathBuf> {
    common_folder(root, asking(root, &COMMON))
}

/// The same of the repository that a hook in `directory` is about.
pub(super) fn kept_in_hook(directory: &Path) -> Option<PathBuf> {
    common_folder(directory, in_hook(directory, &COMMON))
}

const COMMON: [&str; 2] = ["rev-parse", "--git-common-dir"];

fn common_folder(from: &Path, command: Command) -> Option<PathBuf> {
    words(command).ok().map(|folder| from.join(folder.trim_end()))
}

/// The commit at which `revision` and what is checked out part.
fn base(root: &Path, revision: &str) -> Result<String, String> {
    let is_word = !revision.is_empty() && !revision.starts_with('-');
    let commit = format!("{revision}^{{commit}}");
    let Some(commit) = is_word.then(|| git(root, &["rev-parse", "--verify", "--quiet", &commit]).ok()).flatten() else {
        return Err(unknown_revision(root, revision));
    };
    let commit = String::from_utf8_lossy(&commit).trim_end().to_owned();
    match git(root, &["merge-base", &commit, "HEAD"]) {
        Ok(base) => Ok(String::from_utf8_lossy(&base).trim_end().to_owned()),
        Err(why) if why.is_empty() => Err(format!(
            "`{revision}` and what is checked out share no commit; a shallow clone holds too little for that: fetch all of it \
             (`git fetch --unshallow`, `fetch-depth: 0`)"
        )),
        Err(why) => Err(why),
    }
}

fn unknown_revision(root: &Path, revision: &str) -> String {
    let names = git(root, &["for-each-ref", "--format=%(refname:short)"]).unwrap_or_default();
    let names = String::from_utf8_lossy(&names);
    let hint = match nearest(revision, names.lines()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "what only the server has must be fetched first".to_owned(),
    };
    format!("git knows no revision `{revision}`; {hint}")
}

/// `path` without links; of what is not there, as much of it as is.
pub(super) fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder).join(name),
        _ => path.to_owned(),
    })
}

/// Where folders really are, each looked for once.
#[derive(Debug, Default)]
pub(super) struct Folders {
    real: HashMap<PathBuf, PathBuf>,
}

impl Folders {
    /// As [`real`].
    pub(super) fn real(&mut self, path: &Path) -> PathBuf {
        if path.is_symlink() { real(path) } else { self.place(path) }
    }

    /// `path` with a folder without links; it may be a link itself.
    pub(super) fn place(&mut self, path: &Path) -> PathBuf {
        let Some((folder, name)) = path.parent().zip(path.file_name()) else { return real(path) };
        match self.real.get(folder) {
            Some(real) => real.join(name),
            None => self.real.entry(folder.to_owned()).or_insert_with(|| real(folder)).join(name),
        }
    }
}

/// `path` as the user would name it, who calls the folder `real` by the name `named`.
fn as_named(path: &Path, real: &Path, named: &Path) -> PathBuf {
    let same = real.iter().rev().zip(named.iter().rev()).take_while(|(a, b)| a == b).count();
    let without = |folder: &Path| folder.iter().take(folder.iter().count() - same).collect::<PathBuf>();
    path.strip_prefix(without(real)).map_or_else(|_| path.to_owned(), |rest| without(named).join(rest))
}

/// What the program says in `folder`; none if it is not there or fails.
fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    output(asking(folder, arguments))
}

/// The program, to be run in `folder`, and about the repository that this lies in.
fn asking(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = in_hook(folder, arguments);
    // A hook is run with these set, and they count from its working directory.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    command
}

/// The program, to be run in `directory`, the working directory, and about what the environment says, as in a hook.
pub(super) fn in_hook(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(directory).args(["-c", "core.quotePath=false", "-c", "diff.relative=false"]).args(arguments);
    command.env("GIT_OPTIONAL_LOCKS", "0");
    command
}

/// What a run of the program says, as text.
pub(super) fn words(command: Command) -> Result<String, String> {
    output(command).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Why the program can't be run.
pub(super) fn unable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no program `git`".to_owned(),
        _ => format!("git can't be run: {error}"),
    }
}

fn output(mut command: Command) -> Result<Vec<u8>, String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(output.stdout),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("fatal: ").to_owned()),
        Err(error) => Err(unable(&error)),
    }
}

fn first_commits(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let root = top_level(folder)?;
    // Commits come newest first, so that the last day read is the one on which a path first came in.
    let log =
        git(folder, &["log", IN_ANY_ORDER, "--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%x00%x00%as", "--", "."])?;
    let log = String::from_utf8_lossy(&log);
    let mut days = BTreeMap::new();
    for commit in log.split("\0\0").filter(|commit| !commit.is_empty()) {
        let mut parts = commit.split(['\0', '\n']).filter(|part| !part.is_empty());
        let Some(day) = parts.next() else { continue };
        for path in parts {
            days.insert(format!("{root}/{path}"), day.to_owned());
        }
    }
    Ok(days)
}

/// The repository's folder, with `/`.
fn top_level(folder: &Path) -> Result<String, String> {
    let root = git(folder, &["rev-parse", "--show-toplevel"])?;
    Ok(String::from_utf8_lossy(&root).trim_end().to_owned())
}

/// The folder of the repository that a hook in `directory` is about.
pub(super) fn top_level_in_hook(directory: &Path) -> Result<PathBuf, String> {
    // In a worktree beside the first git names the repository to its hooks, and then takes any folder they go to for its top.
    let found = match std::env::var_os("GIT_WORK_TREE") {
        None => top_level(directory).ok(),
        Some(_) => None,
    };
    let named = || words(in_hook(directory, &["rev-parse", "--show-toplevel"])).map(|root| root.trim_end().to_owned());
    found.map_or_else(named, Ok).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(folder: &Path, arguments: &[&str]) {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        git(folder, &[&identity[..], arguments].concat()).expect("git can be run in a folder of the test's own");
    }

    #[test]
    fn a_file_is_as_old_as_the_commit_that_it_came_with() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().canonicalize().expect("it is there");
        run(&root, &["init", "-q"]);
        for (name, day) in [("001_ä.sql", "2025-01-02"), ("002_b.sql", "2025-03-04")] {
            std::fs::write(root.join(name), day).expect("a file can be written");
            run(&root, &["add", "."]);
            run(&root, &["commit", "-q", "-m", name, "--date", &format!("{day}T12:00:00")]);
        }
        std::fs::write(root.join("001_ä.sql"), "changed").expect("a file can be written");
        run(&root, &["commit", "-q", "-a", "-m", "change", "--date", "2025-05-06T12:00:00"]);
        let commits = FirstCommits::new(&root);
        let day = |name: &str| commits.day(&root.join(name).to_string_lossy());
        assert_eq!((day("001_ä.sql"), day("002_b.sql"), day("003_c.sql")), (Some("2025-01-02"), Some("2025-03-04"), None));
        let nowhere = tempfile::tempdir().expect("a folder can be made");
        assert_eq!(FirstCommits::new(nowhere.path()).day("/x"), None);
    }
}
