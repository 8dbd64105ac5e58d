//! Which major versions a fact holds for: a set, written at the end of a line of the data.

use crate::syntax::Version;

/// A set of the versions that are known here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Versions(u8);

impl Versions {
    /// All of them.
    pub const ALL: Versions = Versions(up_to(Version::NEWEST.major()));

    /// Whether it holds `version`.
    pub fn contains(self, version: Version) -> bool {
        self.0 & bit(version.major()) != 0
    }

    /// What of it is in `other` too.
    pub fn and(self, other: Versions) -> Versions {
        Versions(self.0 & other.0)
    }

    /// A line without its mark, and what that says: ` @14-`, ` @-13`, ` @13-15,17`; no mark is all.
    pub(super) fn of_line<'l>(line: &'l str) -> (&'l str, Versions) {
        let mark = |(line, word): (&'l str, &'l str)| Some((line, word.strip_prefix('@')?));
        match line.rsplit_once(' ').and_then(mark) {
            Some((line, mark)) => (line, Versions(mark.split(',').fold(0, |all, range| all | bits(range)))),
            None => (line, Versions::ALL),
        }
    }
}

impl std::fmt::Debug for Versions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = (Version::OLDEST.major()..=Version::NEWEST.major()).filter_map(Version::new);
        f.debug_set().entries(all.filter(|version| self.contains(*version)).map(Version::major)).finish()
    }
}

fn bits(range: &str) -> u8 {
    match range.split_once('-') {
        Some((first, last)) => {
            let first = first.parse().unwrap_or(Version::OLDEST.major());
            let last = last.parse().unwrap_or(Version::NEWEST.major());
            up_to(last) & !up_to(first - 1)
        }
        None => range.parse().map_or(0, bit),
    }
}

const fn bit(major: u8) -> u8 {
    1 << (major - Version::OLDEST.major())
}

/// Those not younger than `major`, which may be one before the oldest.
const fn up_to(major: u8) -> u8 {
    let count = major + 1 - Version::OLDEST.major();
    (u8::MAX as u16 >> (8 - count)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_sets_of_versions() {
        let majors = |line| {
            let (rest, versions) = Versions::of_line(line);
            assert_eq!(rest, "a");
            (12..=18).filter(|major| versions.contains(Version::new(*major).unwrap())).collect::<Vec<u8>>()
        };
        assert_eq!(majors("a"), [12, 13, 14, 15, 16, 17, 18]);
        assert_eq!(majors("a @14-"), [14, 15, 16, 17, 18]);
        assert_eq!(majors("a @-13"), [12, 13]);
        assert_eq!(majors("a @15"), [15]);
        assert_eq!(majors("a @-12,14-15,18"), [12, 14, 15, 18]);
    }
}
