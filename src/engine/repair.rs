//! Mending: the fixes of findings, applied in rounds until none is left.
//!
//! A round lints, takes the fixes that don't touch each other, and sets the texts that they give; a fix that was left out of a round is found
//! again in the next one, on the text as it then is. Invariants: an edit is never applied to another text than the one that it was made for;
//! a file whose statements PostgreSQL would read no longer keeps the text that it had; no fix stays that lets a migration
//! fail which did not, up or on the way back; nothing here touches the disk.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Applicability, FileEdit, Fix, Stage};
use crate::migration::{Migration, torn};
use crate::rules::Document;
use crate::syntax::{Content, Script};
use crate::text::{self, Edit, SourceFile, Span};

use super::load::FileText;
use super::outcome::{Finding, Note, Outcome};
use super::trust::{FixId, Trust, identity};
use super::workspace::Workspace;

/// How many rounds there are at most; fixes that are still found then undo each other.
pub(super) const ROUNDS: usize = 10;

/// How often files are linted at most: a round is none of the ten where a fix waits for another's new migration to have its number, or where
/// those are looked for that let a migration fail.
pub(super) const ATTEMPTS: usize = 500;

/// Which fixes are applied.
#[derive(Debug, Clone, Copy)]
pub struct Mending<'a> {
    /// The least that a fix must be trusted.
    pub least: Applicability,
    /// Ids of rules: only their fixes; of all rules if there are none.
    pub only: &'a [&'static str],
    /// The file, as shown to people, that alone may become otherwise, if that is so.
    pub within: Option<&'a str>,
}

/// What mending came to.
#[derive(Debug, Default)]
pub struct Mended {
    /// What is left to say of the files as they are now.
    pub outcome: Outcome,
    /// The files that are otherwise now, by path.
    pub changes: Vec<Change>,
    /// How many findings were mended, by rule.
    pub fixes: BTreeMap<&'static str, usize>,
}

/// A file that is otherwise now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// As shown to people, relative to the working directory.
    pub path: String,
    /// What stood there; none if there was no such file.
    pub before: Option<Arc<str>>,
    /// What is to stand there.
    pub after: Arc<str>,
}

impl Change {
    /// Whether it is one of a migration, and not of a document beside them.
    pub fn is_migration(&self) -> bool {
        is_sql(&self.path)
    }
}

impl Workspace<'_> {
    /// Mends the files in `selected`, whose paths count from the working directory, and lints them as they are then.
    pub fn repair(&mut self, selected: &BTreeSet<String>, mending: Mending<'_>) -> Mended {
        let mut selected = selected.clone();
        let mut mended = Mended::default();
        let mut before: BTreeMap<String, Option<Arc<str>>> = BTreeMap::new();
        let mut spoilt: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut notes = Vec::new();
        let (mut last, mut trust): (Option<Round>, Trust) = (None, Trust::default());
        let mut round = 0;
        for attempt in 0.. {
            let outcome = self.lint(&selected);
            let mut failing = outcome.failing.clone();
            let has_gone_back = last.as_ref().is_some_and(|round| round.goes_back);
            if has_gone_back {
                failing.extend(self.failing_on_the_way_back(&selected));
            }
            match last.take() {
                Some(worse) if !failing.is_subset(&worse.failing) => {
                    trust.learns(&worse.fixes, &(&failing - &worse.failing));
                    self.put_back(worse, &mut mended);
                    continue;
                }
                Some(stood) => {
                    trust.learns(&stood.fixes, &BTreeSet::new());
                    round += usize::from(stood.is_whole);
                }
                None => {}
            }
            let is_closed = |path: &str| spoilt.contains(path) || self.is_damaged(path);
            let downs = OnceCell::new();
            let is_new = |path: &str| self.is_missing(path) && !downs.get_or_init(|| self.downs()).contains(&self.settings.whole(path));
            let chosen = choose(&outcome, mending, &mut trust, is_closed, is_new);
            if chosen.fixes.is_empty() || round == ROUNDS || attempt >= ATTEMPTS {
                let left: BTreeSet<&str> = chosen.fixes.iter().map(|(finding, _)| finding.rule.id).collect();
                mended.outcome = outcome;
                trust.withdraws(&mut mended.outcome);
                mended.outcome.notes.extend(endless(left, attempt).into_iter().chain(notes));
                break;
            }
            let (is_whole, fixes, goes_back) = (trust.is_settled() && !chosen.waits, chosen.ids(), chosen.go_back());
            if goes_back && !has_gone_back {
                failing.extend(self.failing_on_the_way_back(&selected));
            }
            let chosen = chosen.fixes;
            let rewritten = match rewrite(&chosen, |path| self.text_at(path)) {
                Ok(rewritten) => rewritten,
                // A fix changes all of its files or none: the round is begun anew without those.
                Err(paths) => {
                    let text = |path: &Arc<str>| {
                        format!("{path}: its fixes are left out, for PostgreSQL would not read what they give; please report this")
                    };
                    notes.extend(paths.iter().map(|path| Note::Failure(text(path))));
                    spoilt.extend(paths);
                    continue;
                }
            };
            let mended_rules = chosen.iter().map(|(finding, _)| finding.rule.id).collect();
            let made = last.insert(Round { failing, goes_back, is_whole, fixes, mended: mended_rules, texts: Vec::new() });
            for Rewritten { path, before: old, after } in rewritten {
                made.texts.push((path.to_string(), old.clone()));
                before.entry(path.to_string()).or_insert(old);
                self.set_text(&path, after);
                if is_sql(&path) {
                    selected.insert(path.to_string());
                }
            }
            for rule in &made.mended {
                *mended.fixes.entry(rule).or_default() += 1;
            }
        }
        for (path, before) in before {
            let Some(after) = self.text_at(&path).map(|source| Arc::from(source.text())) else { continue };
            if before.as_ref() != Some(&after) {
                mended.changes.push(Change { path, before, after });
            }
        }
        mended
    }
}

/// What one round did.
struct Round {
    /// The files with a migration that failed before it, and where it changed down sections, those that failed on the way back.
    failing: BTreeSet<String>,
    /// Whether it changed down sections.
    goes_back: bool,
    /// Whether all fixes were applied that can be applied together.
    is_whole: bool,
    /// What was applied.
    fixes: BTreeSet<FixId>,
    /// The rules of what was mended by that.
    mended: Vec<&'static str>,
    /// The files that it changed, and what stood there; none if there was no such file.
    texts: Vec<(String, Option<Arc<str>>)>,
}

/// Says that the fixes of `rules` come to no end, if there are any.
fn endless(rules: BTreeSet<&str>, rounds: usize) -> Option<Note> {
    let rules: Vec<&str> = rules.into_iter().collect();
    let text = || format!("fixes are still found after {rounds} rounds ({}); the rest is left as it is", rules.join(", "));
    (!rules.is_empty()).then(|| Note::Warning(text()))
}

/// Fixes that can be applied together.
pub(super) struct Chosen<'o> {
    /// In the order of their findings, each with its own.
    pub(super) fixes: Vec<(&'o Finding, &'o Fix)>,
    /// Whether one was left out because another makes a new migration: the next one has the next number.
    pub(super) waits: bool,
}

impl Chosen<'_> {
    pub(super) fn ids(&self) -> BTreeSet<FixId> {
        self.fixes.iter().map(|(finding, fix)| identity(finding, fix)).collect()
    }

    /// Whether they write down migrations.
    pub(super) fn go_back(&self) -> bool {
        self.fixes.iter().any(|(_, fix)| fix.stage == Stage::Migration)
    }
}

/// Chooses among the fixes that are trusted and change no file that `is_closed`; `is_new` says of a path whether it is that of a migration that is
/// not there yet.
pub(super) fn choose<'o>(
    outcome: &'o Outcome,
    mending: Mending<'_>,
    trust: &mut Trust,
    is_closed: impl Fn(&str) -> bool,
    is_new: impl Fn(&str) -> bool,
) -> Chosen<'o> {
    trust.sees(outcome);
    let choose = |trust: &Trust| {
        let is_out =
            |finding: &Finding, fix: &Fix| fix.edits.iter().any(|edit| is_closed(&edit.path)) || trust.holds_back(&identity(finding, fix));
        choose_among(outcome, mending, is_out, &is_new)
    };
    let mut chosen = choose(trust);
    while chosen.fixes.is_empty() && !trust.is_settled() {
        trust.breaks_tie();
        trust.sees(outcome);
        chosen = choose(trust);
    }
    chosen
}

/// Chooses among the fixes that are not `is_out`, all of one stage.
fn choose_among<'o>(
    outcome: &'o Outcome,
    mending: Mending<'_>,
    is_out: impl Fn(&Finding, &Fix) -> bool,
    is_new: impl Fn(&str) -> bool,
) -> Chosen<'o> {
    let is_wanted = |finding: &Finding, fix: &Fix| {
        let is_within = mending.within.is_none_or(|path| fix.edits.iter().all(|edit| *edit.path == *path));
        let is_of_rule = mending.only.is_empty() || mending.only.contains(&finding.rule.id);
        fix.applicability >= mending.least && is_of_rule && is_within && !fix.edits.is_empty() && !is_out(finding, fix)
    };
    let found = outcome.findings.iter().filter_map(|finding| Some((finding, finding.diagnostic.fix.as_ref()?)));
    let wanted: Vec<(&Finding, &Fix)> = found.filter(|(finding, fix)| is_wanted(finding, fix)).collect();
    let stage = wanted.iter().map(|(_, fix)| fix.stage).min();
    let mut taken: BTreeMap<&str, Vec<(&Edit, &str)>> = BTreeMap::new();
    let mut chosen = Chosen { fixes: Vec::new(), waits: false };
    let mut has_new = false;
    for (finding, fix) in wanted.into_iter().filter(|(_, fix)| Some(fix.stage) == stage) {
        let rule = finding.rule.id;
        // What one fix mends of two findings is done once.
        if chosen.fixes.iter().any(|(other, done)| other.rule.id == rule && done.edits == fix.edits) {
            continue;
        }
        let makes_migration = fix.edits.iter().any(|edit| is_new(&edit.path));
        if makes_migration && has_new {
            chosen.waits = true;
            continue;
        }
        let is_free = |edit: &FileEdit| {
            let others = taken.get(&*edit.path).map_or(&[][..], Vec::as_slice);
            let is_apart = |(other, of): &(&Edit, &str)| !touch(other.span, edit.edit.span) || follow(other, &edit.edit, *of == rule);
            others.iter().all(is_apart)
        };
        if fix.edits.iter().all(is_free) {
            for edit in &fix.edits {
                taken.entry(&edit.path).or_default().push((&edit.edit, rule));
            }
            has_new |= makes_migration;
            chosen.fixes.push((finding, fix));
        }
    }
    chosen
}

/// Whether two edits change the same bytes, or say what stands at the same place.
fn touch(a: Span, b: Span) -> bool {
    a.start == b.start || (a.start < b.end && b.start < a.end)
}

/// Whether what stands at one place can stand there one after the other: whole lines that the same rule adds for several findings.
fn follow(a: &Edit, b: &Edit, is_of_one_rule: bool) -> bool {
    let are_lines = |edit: &Edit| edit.text.starts_with(['\r', '\n']) || edit.text.ends_with('\n');
    is_of_one_rule && a.span == b.span && a.span.is_empty() && are_lines(a) && are_lines(b)
}

pub(super) fn by_file<'o>(chosen: &[(&'o Finding, &'o Fix)]) -> BTreeMap<&'o Arc<str>, Vec<&'o Edit>> {
    let mut edits: BTreeMap<&Arc<str>, Vec<&Edit>> = BTreeMap::new();
    for edit in chosen.iter().flat_map(|(_, fix)| &fix.edits) {
        edits.entry(&edit.path).or_default().push(&edit.edit);
    }
    edits
}

/// A file that is otherwise after a round.
#[derive(Debug, PartialEq, Eq)]
struct Rewritten {
    path: Arc<str>,
    /// None if there was no such file.
    before: Option<Arc<str>>,
    after: Arc<str>,
}

/// The files that fixes change, whose texts `text_at` gives.
///
/// # Errors
/// The files that PostgreSQL or the files' tool would not read as well then; no file is to be changed.
fn rewrite(chosen: &[(&Finding, &Fix)], text_at: impl Fn(&str) -> Option<SourceFile>) -> Result<Vec<Rewritten>, Vec<Arc<str>>> {
    let (mut rewritten, mut spoilt) = (Vec::new(), Vec::new());
    for (path, edits) in by_file(chosen) {
        let old = text_at(path);
        match mend(old.as_ref(), &edits) {
            Some(after) => {
                rewritten.push(Rewritten { path: Arc::clone(path), before: old.map(|source| source.shared_text()), after });
            }
            None => spoilt.push(Arc::clone(path)),
        }
    }
    if spoilt.is_empty() { Ok(rewritten) } else { Err(spoilt) }
}

/// The text after `edits`, written as the rest of the file is; none if PostgreSQL would read fewer of its statements then, or the file's tool would
/// tear one.
pub(super) fn mend(old: Option<&SourceFile>, edits: &[&Edit]) -> Option<Arc<str>> {
    let text = old.map_or("", |source| source.text());
    let edits: Vec<Edit> = edits.iter().map(|edit| fitted(text, edit)).collect();
    let after = text::apply(text, &edits).ok()?;
    let is_read_as_well = |path: &str| !is_sql(path) || rejected(&after) <= rejected(text) && torn(&after) <= torn(text);
    old.is_none_or(|source| is_read_as_well(source.path())).then(|| after.into())
}

/// An edit of `text`, written as what it stands beside is: its lines end likewise, and what opens the text stands behind its byte order mark.
pub fn fitted(text: &str, edit: &Edit) -> Edit {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() as u32 } else { 0 };
    let has_crlf = has_crlf(text, edit.span.start as usize);
    Edit {
        span: if edit.span == Span::empty(0) { Span::empty(bom) } else { edit.span },
        text: if has_crlf { edit.text.replace("\r\n", "\n").replace('\n', "\r\n") } else { edit.text.clone() },
    }
}

/// Whether the line of byte `at` ends as on Windows; of a last line without an end, and where that byte begins a line, the one before it.
fn has_crlf(text: &str, at: usize) -> bool {
    let before = text[..at].rfind('\n');
    let begins_line = before.is_some_and(|end| end + 1 == at);
    let end = text[at..].find('\n').map(|end| at + end).filter(|_| !begins_line).or(before);
    end.is_some_and(|end| text[..end].ends_with('\r'))
}

fn rejected(text: &str) -> usize {
    let script = Script::parse(text, Span::new(0, text.len() as u32));
    script.statements.iter().filter(|statement| matches!(statement.content, Content::Rejected(_))).count()
}

fn is_sql(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("sql"))
}

impl Workspace<'_> {
    /// The text of the file that is shown as `path`.
    fn text_at(&self, path: &str) -> Option<SourceFile> {
        let whole = self.settings.whole(path);
        self.files.get(&whole).map(|(source, _)| source).or_else(|| self.documents.text(&whole)).cloned()
    }

    /// Whether bytes of the file are no text, so that it can't be written again.
    pub(super) fn is_damaged(&self, path: &str) -> bool {
        let whole = self.settings.whole(path);
        self.files.get(&whole).is_some_and(|(_, damages)| !damages.is_empty())
            || matches!(self.documents.get(&whole), Some(Document::Unreadable))
    }

    /// Whether a file of a migration would be a new one.
    fn is_missing(&self, path: &str) -> bool {
        is_sql(path) && !self.files.contains_key(&self.settings.whole(path))
    }

    /// The whole paths of the files that would take back migrations that have none.
    fn downs(&self) -> BTreeSet<String> {
        self.histories().iter().flat_map(|history| &history.migrations).filter_map(Migration::down_beside).collect()
    }

    /// Takes back what a round did.
    fn put_back(&mut self, round: Round, mended: &mut Mended) {
        for (path, text) in round.texts {
            match text {
                Some(text) => self.set_text(&path, text),
                None if is_sql(&path) => self.remove_file(&path),
                None => self.documents.set_missing(self.settings.whole(&path)),
            }
        }
        for rule in round.mended {
            if let Some(count) = mended.fixes.get_mut(rule) {
                *count -= 1;
            }
        }
        mended.fixes.retain(|_, count| *count > 0);
    }

    fn set_text(&mut self, path: &str, text: Arc<str>) {
        if is_sql(path) {
            self.set_file(path, FileText { text, damages: Vec::new() });
        } else {
            let whole = self.settings.whole(path);
            self.documents.set(whole.clone(), Document::Text(SourceFile::new(whole, text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edits: &[Edit]) -> Option<Arc<str>> {
        mend(Some(&SourceFile::new("001_a.sql", text)), &edits.iter().collect::<Vec<_>>())
    }

    #[test]
    fn what_is_inserted_ends_its_lines_as_the_file_does_and_stands_behind_its_byte_order_mark() {
        let edits = [Edit::insertion(0, "-- a\n-- b\n")];
        assert_eq!(edited("\u{feff}SELECT 1;\r\n", &edits).as_deref(), Some("\u{feff}-- a\r\n-- b\r\nSELECT 1;\r\n"));
        assert_eq!(edited("SELECT 1;\n", &edits).as_deref(), Some("-- a\n-- b\nSELECT 1;\n"));
    }

    #[test]
    fn of_a_text_whose_lines_end_in_both_ways_each_stands_as_those_beside_it() {
        let text = "SELECT 1;\r\nSELECT 2;\nSELECT 3;";
        for (at, after) in [
            (9, "SELECT 1;\r\n-- a\r\nSELECT 2;\nSELECT 3;"),
            (20, "SELECT 1;\r\nSELECT 2;\n-- a\nSELECT 3;"),
            (30, "SELECT 1;\r\nSELECT 2;\nSELECT 3;\n-- a"),
        ] {
            assert_eq!(edited(text, &[Edit::insertion(at, "\n-- a")]).as_deref(), Some(after));
        }
        assert_eq!(edited(text, &[Edit::insertion(11, "-- a\n")]).as_deref(), Some("SELECT 1;\r\n-- a\r\nSELECT 2;\nSELECT 3;"));
        assert_eq!(edited(text, &[Edit::insertion(21, "-- a\n")]).as_deref(), Some("SELECT 1;\r\nSELECT 2;\n-- a\nSELECT 3;"));
    }

    #[test]
    fn an_edit_after_which_postgresql_reads_less_is_none() {
        assert_eq!(edited("SELECT 1;\n", &[Edit::insertion(0, "SELEC ")]), None);
        assert_eq!(edited("SELEC 1;\n", &[Edit::insertion(0, "-- a\n")]).as_deref(), Some("-- a\nSELEC 1;\n"));
    }

    #[test]
    fn a_fix_changes_all_of_its_files_or_none() {
        let edit = |path: &str, text: &str| FileEdit { path: path.into(), edit: Edit::insertion(0, text) };
        let fix = |text: &str| Fix::new("a", Applicability::Safe, vec![edit("001_a.sql", "-- a\n"), edit("002_b.sql", text)]);
        let rule = crate::rules::find("ban-syntax-error").expect("there is one").meta();
        let source = SourceFile::new("001_a.sql", "SELECT 1;\n");
        let diagnostic = crate::rules::finding(rule, &source, Span::empty(0), "a");
        let finding = Finding { diagnostic, rule, path: String::new(), fingerprint: String::new() };
        let rewritten = |fix: &Fix| rewrite(&[(&finding, fix)], |path| Some(SourceFile::new(path, "SELECT 1;\n")));
        assert_eq!(rewritten(&fix("-- b\n")).map(|files| files.len()), Ok(2));
        assert_eq!(rewritten(&fix("SELEC ")), Err(vec![Arc::from("002_b.sql")]));
    }

    #[test]
    fn edits_touch_where_they_say_what_stands_at_one_place() {
        let span = |start, end| Span::new(start, end);
        assert!(
            touch(span(3, 3), span(3, 3))
                && touch(span(3, 3), span(3, 5))
                && touch(span(3, 5), span(4, 9))
                && touch(span(3, 9), span(5, 5))
        );
        assert!(!touch(span(3, 5), span(5, 7)) && !touch(span(5, 5), span(3, 5)));
    }
}
