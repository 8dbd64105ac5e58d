//! The baseline: findings that are known, so that only new ones are reported.
//!
//! A known finding is told by its fingerprint, whose lines may move. The file is JSON with one finding a line, in the order of path, rule and
//! fingerprint: the same findings give the same bytes, and two branches that each take one out are merged without a conflict. Invariant: a file
//! that can't be read whole is an error, and never a shorter baseline.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::config::Config;

use super::load::reason;
use super::outcome::{Finding, Outcome};
use super::tree::Tree;
use super::write;

/// The file, where the configuration names no other.
const BASELINE: &str = "migration-lint-baseline.json";

const VERSION: u64 = 1;

/// Findings that are known, by fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, Entry>);

/// One of them; in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// From the configuration's folder, with `/`.
    path: String,
    rule: String,
    fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: u64,
    findings: Vec<Entry>,
}

/// The version alone, whatever else the file holds.
#[derive(Deserialize)]
struct Versioned {
    version: serde_json::Value,
}

/// What is different between two baselines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Findings that were not known.
    pub new: usize,
    /// Findings that are not there any more.
    pub mended: usize,
}

/// What to do with a file that is damaged.
const RESTORE: &str = "; restore it, or remove it and write a new one with `migration-lint baseline`";

impl Baseline {
    /// Where it is kept, `root` being the folder that paths in `config` are relative to.
    pub fn place(config: &Config, root: &Path) -> PathBuf {
        root.join(config.lint.baseline.as_ref().map_or(BASELINE, |(path, _)| path))
    }

    /// Everything that `outcome` found.
    pub fn of(outcome: &Outcome) -> Baseline {
        let entry = |finding: &Finding| Entry {
            path: finding.path.clone(),
            rule: finding.rule.id.to_owned(),
            fingerprint: finding.fingerprint.clone(),
        };
        Baseline(outcome.findings.iter().map(|finding| (finding.fingerprint.clone(), entry(finding))).collect())
    }

    /// Reads the file at `path`, with its text; none if there is none.
    ///
    /// # Errors
    /// It can't be read, is of another version, or is no baseline.
    pub fn read(tree: Tree<'_>, path: &Path) -> Result<Option<(Baseline, String)>, String> {
        if !tree.is_there(path) {
            return Ok(None);
        }
        match tree.read(path).map(String::from_utf8) {
            Ok(Ok(text)) => Baseline::parse(&text).map(|baseline| Some((baseline, text))),
            Ok(Err(_)) => Err(format!("it is damaged: it is not UTF-8{RESTORE}")),
            Err(error) => Err(reason(&error)),
        }
    }

    fn parse(text: &str) -> Result<Baseline, String> {
        if text.lines().any(|line| line.starts_with("<<<<<<< ")) {
            return Err("two branches have changed it: of the lines between the markers those stay that both have".to_owned());
        }
        let damaged = |error: serde_json::Error| format!("it is damaged: {error}{RESTORE}");
        match serde_json::from_str::<Versioned>(text).map_err(damaged)?.version {
            version if version == VERSION => {}
            version => {
                return Err(format!(
                    "it is of version {version}, and this migration-lint reads version {VERSION}: use the one that wrote it, or delete the file \
                     and run `migration-lint baseline`"
                ));
            }
        }
        let document: Document = serde_json::from_str(text).map_err(damaged)?;
        Ok(Baseline(document.findings.into_iter().map(|entry| (entry.fingerprint.clone(), entry)).collect()))
    }

    /// Writes it to `path`, where `before` stood; nothing is written if the two say the same.
    ///
    /// # Errors
    /// What is in the way, for people.
    pub fn write(&self, path: &Path, before: Option<&(Baseline, String)>) -> Result<(), String> {
        match before {
            Some((baseline, _)) if baseline == self => Ok(()),
            before => write::replace(path, before.map(|(_, text)| text.as_str()), &self.text()),
        }
    }

    fn text(&self) -> String {
        let entries: BTreeSet<&Entry> = self.0.values().collect();
        let lines: Vec<String> =
            entries.into_iter().map(|entry| format!("    {}", serde_json::to_string(entry).expect("texts can be written"))).collect();
        match lines.is_empty() {
            true => format!("{{\n  \"version\": {VERSION},\n  \"findings\": []\n}}\n"),
            false => format!("{{\n  \"version\": {VERSION},\n  \"findings\": [\n{}\n  ]\n}}\n", lines.join(",\n")),
        }
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a finding is known.
    pub fn has(&self, finding: &Finding) -> bool {
        self.0.contains_key(&finding.fingerprint)
    }

    /// How many of its findings `outcome` does not have, though their files were linted.
    pub(super) fn mended(&self, outcome: &Outcome) -> usize {
        let found: BTreeSet<&str> = outcome.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        let is_mended =
            |(fingerprint, entry): &(&String, &Entry)| outcome.linted.contains(&entry.path) && !found.contains(fingerprint.as_str());
        self.0.iter().filter(is_mended).count()
    }

    /// This baseline after a run that found `found` in the files `linted`: what is mended is gone, and so is what was in files that are not there
    /// any more. What is new only `growth` lets in.
    pub fn moved(
        &self,
        found: &Baseline,
        linted: &BTreeSet<String>,
        is_there: impl Fn(&str) -> bool,
        growth: Growth,
    ) -> (Baseline, Movement) {
        let stays = |(fingerprint, entry): &(&String, &Entry)| match linted.contains(&entry.path) {
            true => found.0.contains_key(*fingerprint),
            false => is_there(&entry.path),
        };
        let mut after: BTreeMap<String, Entry> = self.0.iter().filter(stays).map(|(key, entry)| (key.clone(), entry.clone())).collect();
        let mended = self.0.len() - after.len();
        let new: Vec<_> = found.0.iter().filter(|(fingerprint, _)| !self.0.contains_key(*fingerprint)).collect();
        let movement = Movement { new: new.len(), mended };
        if growth == Growth::Allowed {
            after.extend(new.into_iter().map(|(key, entry)| (key.clone(), entry.clone())));
        }
        (Baseline(after), movement)
    }
}

/// Whether a baseline takes new findings in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Growth {
    Allowed,
    Refused,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, rule: &str, fingerprint: &str) -> (String, Entry) {
        (fingerprint.into(), Entry { path: path.into(), rule: rule.into(), fingerprint: fingerprint.into() })
    }

    #[test]
    fn a_file_has_one_finding_a_line_in_the_order_of_their_files() {
        let baseline = Baseline([entry("m/2.sql", "a", "1"), entry("m/1.sql", "b", "2"), entry("m/1.sql", "a", "3")].into());
        let text = baseline.text();
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "{",
                "  \"version\": 1,",
                "  \"findings\": [",
                r#"    {"path":"m/1.sql","rule":"a","fingerprint":"3"},"#,
                r#"    {"path":"m/1.sql","rule":"b","fingerprint":"2"},"#,
                r#"    {"path":"m/2.sql","rule":"a","fingerprint":"1"}"#,
                "  ]",
                "}"
            ]
        );
        assert_eq!(Baseline::parse(&text), Ok(baseline));
        assert_eq!(Baseline::parse(&Baseline::default().text()), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        for (text, told) in [
            ("", "it is damaged: EOF"),
            ("[]", "it is damaged: "),
            (r#"{"version": 2, "findings": {}}"#, "it is of version 2, and this migration-lint reads version 1"),
            (r#"{"version": "1", "findings": []}"#, "it is of version \"1\""),
            (r#"{"version": 1}"#, "it is damaged: missing field `findings`"),
            ("{\"version\": 1, \"findings\": [\n{\"path\": \"a\"}]}", "it is damaged: missing field `rule` at line 2"),
            ("{\n<<<<<<< HEAD\n}", "two branches have changed it"),
        ] {
            assert!(Baseline::parse(text).is_err_and(|error| error.starts_with(told)), "{text}: {:?}", Baseline::parse(text));
        }
    }

    #[test]
    fn a_baseline_shrinks_by_itself_and_grows_only_when_it_may() {
        let known = Baseline([entry("1", "a", "1"), entry("1", "a", "2"), entry("2", "a", "3"), entry("gone", "a", "4")].into());
        let found = Baseline([entry("1", "a", "2"), entry("1", "b", "5")].into());
        let linted = BTreeSet::from(["1".to_owned()]);
        let (after, movement) = known.moved(&found, &linted, |path| path != "gone", Growth::Refused);
        assert_eq!((after.0.keys().map(String::as_str).collect::<Vec<_>>(), movement), (vec!["2", "3"], Movement { new: 1, mended: 2 }));
        let (after, _) = known.moved(&found, &linted, |path| path != "gone", Growth::Allowed);
        assert_eq!(after.len(), 3);
    }
}
