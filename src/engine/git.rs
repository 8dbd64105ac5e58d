//! Asking git, through the program that people have: when files came into a repository, and what changed since a revision.
//!
//! Invariant: git is asked at most once for each question, only when somebody needs the answer, and where there is no git or no repository
//! the answer is that nothing is known, or an error that says so.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// When the files below a folder were first committed.
#[derive(Debug)]
pub struct FirstCommits {
    folder: std::path::PathBuf,
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

/// What the program says in `folder`; none if it is not there or fails.
fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let run = Command::new("git").arg("-C").arg(folder).args(["-c", "core.quotePath=false"]).args(arguments).output();
    match run {
        Ok(output) if output.status.success() => Ok(output.stdout),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("fatal: ").to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err("there is no program `git`".to_owned()),
        Err(error) => Err(format!("git can't be run: {error}")),
    }
}

fn first_commits(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let root = top_level(folder)?;
    // Commits come newest first, so that the last day read is the one on which a path first came in.
    let log = git(folder, &["log", "--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%x00%x00%as", "--", "."])?;
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
