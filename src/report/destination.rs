//! Where a report goes, and under which names files are known there.
//!
//! People call a file by its path from the working directory; a forge (GitHub, GitLab) knows it by its path from the repository's root, wherever
//! in it the program was run.

use crate::diagnostic::Severity;

use super::Style;

/// Where a report goes.
#[derive(Debug, Clone, Copy)]
pub struct Destination<'a> {
    /// What it can show.
    pub style: Style,
    /// The working directory from the repository's root, with `/`; empty at the root, and where there is no repository.
    pub directory: &'a str,
    /// The least severity that makes the run fail; none if nothing does.
    pub fails: Option<Severity>,
    /// The address under which people read the repository's files, up to a file's path and with a `/` at its end; none if nobody knows it.
    pub files: Option<&'a str>,
}

impl Destination<'_> {
    /// The path from the repository's root of a file that is shown as `path`; none if it lies elsewhere.
    pub(super) fn in_repository(&self, path: &str) -> Option<String> {
        let is_whole = path.starts_with('/') || path.split('/').next().is_some_and(|first| first.ends_with(':'));
        if is_whole {
            return None;
        }
        let mut parts: Vec<&str> = self.directory.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "." | "" => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    /// The name under which a forge knows a file that is shown as `path`: that itself where the file lies outside of the repository.
    pub(super) fn name(&self, path: &str) -> String {
        self.in_repository(path).unwrap_or_else(|| path.to_owned())
    }

    /// Whether a finding of `severity` makes the run fail.
    pub(super) fn is_failure(&self, severity: Severity) -> bool {
        self.fails.is_some_and(|least| severity >= least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_counts_from_the_root_of_the_repository() {
        let style = Style { color: false, unicode: true, width: 80, summary: true };
        let from = |directory, path: &str| Destination { style, directory, fails: None, files: None }.in_repository(path);
        assert_eq!(from("", "db/001_a.sql").as_deref(), Some("db/001_a.sql"));
        assert_eq!(from("services/api", "db/001_a.sql").as_deref(), Some("services/api/db/001_a.sql"));
        assert_eq!(from("services/api", "../web/./001_a.sql").as_deref(), Some("services/web/001_a.sql"));
        assert_eq!(from("services", "../../001_a.sql"), None);
        assert_eq!(from("services", "/tmp/001_a.sql"), None);
        assert_eq!(from("services", "C:/001_a.sql"), None);
    }
}
