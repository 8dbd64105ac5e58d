//! Git's index: the files of the next commit, whatever stands in the working tree.
//!
//! Git is asked in the working directory and with the environment that it gives to its hooks, so that what is read is what is about to be
//! committed, also where `git commit -a` has made an index for the occasion. Invariants: nothing is written; a text is as git stores it, before
//! any filter; folders are told apart by where they really are, so that a link to one is that one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Stdio};
use std::thread;

use super::git::{self, real};

/// The files of the next commit.
#[derive(Debug)]
pub struct Index {
    /// Where git is asked.
    directory: PathBuf,
    /// The repository's folder, without links.
    root: PathBuf,
    /// By whole paths without links.
    entries: BTreeMap<PathBuf, Entry>,
}

/// What the index has at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// A file, by the name of its content.
    File(String),
    /// A link, by the name of where it leads to.
    Link(String),
    /// A commit of another repository.
    Submodule,
    /// Several versions, of which one must be chosen.
    Unmerged,
}

impl Index {
    /// That of the repository which `directory`, the working directory, is in.
    ///
    /// # Errors
    /// No git, or no repository.
    pub fn of(directory: &Path) -> Result<Index, String> {
        let root = git::top_level_in_hook(directory)?;
        let listed = git::words(git::in_hook(directory, &["ls-files", "--stage", "--debug", "--full-name", "-z", "--", ":/"]))?;
        let entries = entries(&listed).map(|(path, entry)| (root.join(path), entry)).collect();
        Ok(Index { directory: directory.to_owned(), root: real(&root), entries })
    }

    /// The repository's folder, without links.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where git is asked.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// # Errors
    /// Why there is nothing to be read at `path`, which has no links but perhaps its last part.
    pub(super) fn check(&self, path: &Path) -> io::Result<()> {
        self.place(path).map(drop)
    }

    /// Whether there is a file at `path`, which has no links but perhaps its last part.
    pub(super) fn has_file(&self, path: &Path) -> bool {
        self.entries.get(path).is_some_and(|entry| *entry != Entry::Submodule)
    }

    /// Whether nothing is at `path` or below it, which has no links, and nothing could be.
    pub(super) fn lacks(&self, path: &Path) -> bool {
        !self.has_file(path) && !self.has_folder(path) && !self.is_in_submodule(path)
    }

    /// Whether there is a file below `path`, which has no links.
    pub(super) fn has_folder(&self, path: &Path) -> bool {
        path == self.root || self.below(path).next().is_some()
    }

    /// The files below `folder`, which has no links, at most `depth` folders deep; what is hidden is left out, as it is in the working tree.
    pub(super) fn visible(&self, folder: &Path, depth: Option<usize>) -> Vec<PathBuf> {
        let is_near = |rest: &Path| depth.is_none_or(|depth| rest.iter().count() <= depth);
        let is_hidden = |rest: &Path| rest.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
        let files = self.below(folder).filter(|path| path.strip_prefix(folder).is_ok_and(|rest| is_near(rest) && !is_hidden(rest)));
        files.cloned().collect()
    }

    /// All files below `folder`, which has no links.
    pub(super) fn below<'i>(&'i self, folder: &'i Path) -> impl Iterator<Item = &'i PathBuf> {
        let from = self.entries.range::<Path, _>((Bound::Excluded(folder), Bound::Unbounded));
        from.take_while(move |(path, _)| path.starts_with(folder)).filter(|(_, entry)| **entry != Entry::Submodule).map(|(path, _)| path)
    }

    /// The contents of the files at `paths`, which have no links but perhaps their last part.
    pub(super) fn read(&self, paths: &[PathBuf]) -> Vec<io::Result<Vec<u8>>> {
        let places: Vec<io::Result<String>> = paths.iter().map(|path| self.place(path)).collect();
        let names: BTreeSet<&str> = places.iter().flatten().map(String::as_str).collect();
        match self.objects(&names) {
            Ok(mut objects) => {
                // Most contents are those of one file, and are handed over as they are.
                let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
                places.iter().flatten().for_each(|name| *wanted.entry(name.clone()).or_default() += 1);
                let mut content = |name: String| match wanted.get_mut(&name) {
                    Some(times) if *times > 1 => {
                        *times -= 1;
                        content(&objects, &name)
                    }
                    _ => objects.remove(&name).ok_or_else(unknown_content),
                };
                places.into_iter().map(|place| place.and_then(&mut content)).collect()
            }
            Err(why) => paths.iter().map(|_| Err(io::Error::other(why.clone()))).collect(),
        }
    }

    /// The name of the content of the file at `path`.
    fn place(&self, path: &Path) -> io::Result<String> {
        match self.entries.get(path) {
            Some(Entry::File(name)) => Ok(name.clone()),
            Some(Entry::Link(name)) => self.target(path, name),
            Some(Entry::Unmerged) => Err(io::Error::other("it is unmerged: choose what it is to be, and `git add` it")),
            Some(Entry::Submodule) => Err(io::Error::other(SUBMODULE)),
            None if self.is_in_submodule(path) => Err(io::Error::other(SUBMODULE)),
            None => Err(io::Error::other("git's index has no such file or folder: `git add` it first")),
        }
    }

    fn is_in_submodule(&self, path: &Path) -> bool {
        path.ancestors().any(|folder| self.entries.get(folder) == Some(&Entry::Submodule))
    }

    /// The name of the content of the file that the link at `path` leads to.
    fn target(&self, path: &Path, name: &str) -> io::Result<String> {
        let objects = self.objects(&[name].into()).map_err(io::Error::other)?;
        let written = content(&objects, name)?;
        let target = path.parent().unwrap_or(&self.root).join(&*String::from_utf8_lossy(&written));
        match self.entries.get(&super::load::absolute(&self.root, &target)) {
            Some(Entry::File(name)) => Ok(name.clone()),
            _ => Err(io::Error::other("it is a link to what is no file of git's index")),
        }
    }

    /// Contents by their names.
    fn objects(&self, names: &BTreeSet<&str>) -> Result<BTreeMap<String, Vec<u8>>, String> {
        if names.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut command = git::in_hook(&self.directory, &["cat-file", "--batch", "--buffer"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|why| git::unable(&why))?;
        let (stdin, stdout) = child.stdin.take().zip(child.stdout.take()).expect("both are piped");
        // Git begins to answer before it has heard everything.
        let answers = thread::scope(|scope| {
            scope.spawn(move || ask(stdin, names));
            answers(BufReader::new(stdout), names.len())
        });
        let ended = child.wait();
        answers.and_then(|answers| ended.map(|_| answers)).map_err(|why| format!("git can't be read: {why}"))
    }
}

const SUBMODULE: &str = "it belongs to a submodule, which has an index of its own: run within it";

fn ask(mut stdin: ChildStdin, names: &BTreeSet<&str>) {
    // Where git ends early its answers say so.
    let _ = names.iter().try_for_each(|name| writeln!(stdin, "{name}"));
}

/// So many bytes are made room for before they are there.
const MOST_AT_ONCE: u64 = 1 << 24;

/// What git says of each of `number` names: `NAME blob SIZE`, and the content on lines of its own.
fn answers(mut from: impl BufRead, number: usize) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut objects = BTreeMap::new();
    for _ in 0..number {
        let mut line = String::new();
        from.read_line(&mut line)?;
        let mut words = line.split_ascii_whitespace();
        let (Some(name), Some("blob"), Some(Ok(size))) = (words.next(), words.next(), words.next().map(str::parse::<u64>)) else {
            continue;
        };
        let mut bytes = Vec::with_capacity(size.min(MOST_AT_ONCE) as usize);
        from.by_ref().take(size).read_to_end(&mut bytes)?;
        from.read_exact(&mut [0])?;
        objects.insert(name.to_owned(), bytes);
    }
    Ok(objects)
}

fn content(objects: &BTreeMap<String, Vec<u8>>, name: &str) -> io::Result<Vec<u8>> {
    objects.get(name).cloned().ok_or_else(unknown_content)
}

fn unknown_content() -> io::Error {
    io::Error::other("git's index names a content that git does not have")
}

/// What `git ls-files --stage --debug -z` lists and the next commit has. Behind the end of each entry stand lines about it, which end with its flags;
/// a git that said nothing there would only not tell what is not staged yet.
fn entries(listed: &str) -> impl Iterator<Item = (&str, Entry)> {
    let pieces = listed.split('\0').map(about_the_last);
    let next = pieces.clone().skip(1).map(|(facts, _)| facts);
    pieces.zip(next).filter(|(_, facts)| !is_only_intended(facts)).filter_map(|((_, listed), _)| entry(listed))
}

/// What stands in `piece` about the entry before it, and the entry itself.
fn about_the_last(piece: &str) -> (&str, &str) {
    let flags = piece.find("flags: ").filter(|_| piece.starts_with("  ctime: "));
    piece.split_at(flags.and_then(|at| Some(at + piece[at..].find('\n')? + 1)).unwrap_or(0))
}

/// Whether the flags of an entry say that `git add --intent-to-add` made it: its content is to come, and no commit has it.
fn is_only_intended(facts: &str) -> bool {
    const INTENT_TO_ADD: u32 = 1 << 29;
    let flags = facts.rsplit_once("flags: ").and_then(|(_, flags)| u32::from_str_radix(flags.trim_end(), 16).ok());
    flags.is_some_and(|flags| flags & INTENT_TO_ADD != 0)
}

/// `MODE NAME STAGE<tab>PATH`.
fn entry(line: &str) -> Option<(&str, Entry)> {
    let (facts, path) = line.split_once('\t')?;
    let mut words = facts.split(' ');
    let (mode, name, stage) = (words.next()?, words.next()?.to_owned(), words.next()?);
    let entry = match (mode, stage) {
        (_, "1" | "2" | "3") => Entry::Unmerged,
        ("120000", _) => Entry::Link(name),
        ("160000", _) => Entry::Submodule,
        _ => Entry::File(name),
    };
    Some((path, entry))
}
