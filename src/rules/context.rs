//! What a rule can ask.
//!
//! Three views of the same thing, each on top of the next: a history, one migration of it, one statement of its up section. Invariant:
//! nothing here is worked out before a rule asks for it, and nothing twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::catalog::describe::shown;
use crate::catalog::model::Column;
use crate::catalog::{Catalog, Object, Oid, Origin};
use crate::config::Config;
use crate::diagnostic::{Applicability, Diagnostic, FileEdit, Fix, Severity};
use crate::migration::dialect::{Dialect, Evidence, Sign};
use crate::migration::{History, Migration, Sections, Sql, Suppression, Transaction};
use crate::postgres::{Rejection, Session, Step, rejections, walk};
use crate::syntax::{Statement, Version};
use crate::text::{Damage, Edit, SourceFile, Span};

use super::{Asked, Creations, Documents, Findings, Kept, Meta, OwnTable, Replayed, Rule};

/// A whole history.
#[derive(Debug, Clone, Copy)]
pub struct HistoryContext<'a> {
    /// The rule that asks.
    pub rule: &'static Meta,
    /// Everything that is configured.
    pub config: &'a Config,
    /// The history; all of it, also what is not linted.
    pub history: &'a History,
    /// The migrations that are reported, by their places in the history.
    pub change: &'a BTreeSet<u32>,
    /// The schema that all of its migrations leave.
    pub end: &'a Catalog,
    /// The objects of that schema that are looked at: one with its parts; none for all.
    pub among: Option<&'a [Oid]>,
    /// The names that were asked for whether or not something is called so.
    pub asked: &'a Asked,
    /// Whether nobody asks how what is found is mended: [`Rule::writes_documents`] says which rules have no fixes then.
    pub only_finds: bool,
    /// The oldest PostgreSQL that the history must run on.
    pub target: Version,
    /// The up files of migrations that were not there at the revision that the history is compared with; empty where it is compared with none.
    pub added: &'a BTreeSet<&'a str>,
    /// The files beside the migrations.
    pub documents: &'a Documents,
    /// What was found out when the history was looked at before.
    pub kept: &'a Kept,
    /// The configuration's file, by its whole path.
    pub config_file: Option<&'a SourceFile>,
    /// The folder that paths in the configuration are relative to, whole, with `/`.
    pub root: &'a str,
    /// The whole path of the schema map, if the configuration names one and speaks of this history.
    pub schema_map: Option<&'a str>,
    /// The rule's own options, by the whole path of a file.
    pub options_at: OptionsAt<'a>,
    /// Whether somebody still waits for what is found.
    pub awaited: Awaited<'a>,
}

/// One migration.
#[derive(Debug, Clone, Copy)]
pub struct MigrationContext<'a> {
    /// The rule that asks.
    pub rule: &'static Meta,
    /// Everything that is configured.
    pub config: &'a Config,
    /// The rule's own options for this file.
    pub options: &'a Options,
    /// The history that it belongs to.
    pub history: &'a History,
    /// The names that it creates.
    pub creations: &'a Creations<'a>,
    /// The migrations that are reported, by their places in the history: the change that is looked at.
    pub change: &'a BTreeSet<u32>,
    /// The migration.
    pub migration: &'a Migration,
    /// Where its sections stand.
    pub sections: &'a Sections,
    /// Its up section, read.
    pub up: &'a Sql,
    /// Its down section, read, if it has one.
    pub down: Option<&'a Sql>,
    /// The up file's path, relative to the configuration's folder, with `/`.
    pub path_from_root: &'a str,
    /// `database.migrations.directory` likewise; `.` for the configuration's folder itself.
    pub migration_directory: Option<&'a str>,
    /// What in each of its files PostgreSQL could not read.
    pub damages: &'a [(&'a SourceFile, &'a Damage)],
    /// The oldest PostgreSQL that the migration must run on.
    pub target: Version,
    /// What the replay says of it.
    pub replayed: &'a Replayed<'a>,
    /// The rules that run on it.
    pub running: &'a [&'static dyn Rule],
    /// The files beside the migrations.
    pub documents: &'a Documents,
    /// The day on which it was written, if somebody knows.
    pub written_on: WrittenOn<'a>,
    /// Makes what a fix adds to the history as a new migration.
    pub drafts: Drafts<'a>,
}

/// A migration that a fix adds at the end of the history.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'d> {
    /// A few words: `validate orders_amount_positive`.
    pub description: &'d str,
    /// The schema in which it works; none for the first of the configured ones.
    pub schema: Option<&'d str>,
    /// The statements that go up, with their semicolons.
    pub up: &'d [String],
    /// The statements that take it back.
    pub down: &'d [String],
}

/// Makes a migration: the edits that write its files; none where nobody knows the day, or no file can be named so.
#[derive(Clone, Copy)]
pub struct Drafts<'a>(pub &'a (dyn Fn(&Draft<'_>) -> Option<Vec<FileEdit>> + Sync));

impl fmt::Debug for Drafts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Drafts")
    }
}

/// A rule's own options for the file at a whole path.
#[derive(Clone, Copy)]
pub struct OptionsAt<'a>(pub &'a (dyn Fn(&Meta, &str) -> Options + Sync));

impl fmt::Debug for OptionsAt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OptionsAt")
    }
}

/// Whether somebody still waits for what is found. A rule that takes long asks now and then, and ends if nobody does: what it found is not told.
#[derive(Clone, Copy)]
pub struct Awaited<'a>(pub &'a (dyn Fn() -> bool + Sync));

impl fmt::Debug for Awaited<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Awaited")
    }
}

/// The day on which a migration was written, as `2026-11-22`: asked for only where a rule needs it.
#[derive(Clone, Copy)]
pub struct WrittenOn<'a>(pub &'a (dyn Fn() -> Option<String> + Sync));

impl fmt::Debug for WrittenOn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WrittenOn")
    }
}

/// One statement of an up section.
#[derive(Debug, Clone, Copy)]
pub struct StatementContext<'a> {
    /// The migration around it.
    pub migration: &'a MigrationContext<'a>,
    /// Its index among the statements.
    pub index: usize,
    /// The statement.
    pub statement: &'a Statement,
}

/// A migration that is written for another database.
#[derive(Debug, Clone, Copy)]
pub struct ForeignContext<'a> {
    /// The rule that asks.
    pub rule: &'static Meta,
    /// The migration.
    pub migration: &'a Migration,
    /// Which database.
    pub dialect: Dialect,
    /// How surely.
    pub evidence: Evidence,
    /// The file and the place in it that give it away; none where the migration goes with the others of its folder.
    pub sign: Option<(&'a SourceFile, Sign)>,
}

/// One suppression, after everything else has run.
#[derive(Debug, Clone, Copy)]
pub struct SuppressionContext<'a> {
    /// The rule that asks.
    pub rule: &'static Meta,
    /// The file.
    pub source: &'a SourceFile,
    /// The suppression.
    pub suppression: &'a Suppression,
    /// For each rule that it names, whether it allowed a finding.
    pub used: &'a [bool],
    /// For each rule that it names, whether that rule ran on this file.
    pub ran: &'a [bool],
}

/// A rule's own options.
pub type Options = BTreeMap<String, Vec<String>>;

impl MigrationContext<'_> {
    /// The file of the up section.
    pub fn source(&self) -> &SourceFile {
        &self.migration.up
    }

    /// The text that spans of the up section index.
    pub fn text(&self) -> &str {
        &self.up.text
    }

    /// A finding in the up file.
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        finding(self.rule, self.source(), span, message)
    }

    /// A finding in the file of the down section, if there is one.
    pub fn finding_down(&self, span: Span, message: impl Into<String>) -> Option<Diagnostic> {
        let down = self.sections.down.as_ref()?;
        Some(finding(self.rule, &down.source, span, message))
    }

    /// A fix that edits the up file.
    pub fn fix(&self, applicability: Applicability, title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        let path: Arc<str> = Arc::from(self.source().path());
        let edits = edits.into_iter().map(|edit| FileEdit { path: Arc::clone(&path), edit }).collect();
        Fix::new(title, applicability, edits)
    }

    /// A finding about the up file as a whole.
    pub fn finding_in_file(&self, message: impl Into<String>) -> Diagnostic {
        self.finding(self.source().first_line(), message).about_file()
    }

    /// Shows `visit` every statement that the up section runs, those in DO blocks included.
    pub fn walk(&self, visit: &mut dyn FnMut(Step<'_>)) {
        let session = match self.sections.up.transaction {
            Transaction::File => Session::new(),
            Transaction::Tool | Transaction::ToolWherePossible | Transaction::Message => Session::in_transaction(),
        };
        walk(self.text(), &self.up.script, session, visit);
    }

    /// What `rule` finds, whether or not a comment allows that; nothing if it does not run here.
    ///
    /// A rule that is silent where another speaks asks for the other's findings, so that allowing the cause silences both.
    pub fn findings_of(&self, rule: &dyn Rule) -> Findings {
        if self.runs(rule) { self.would_find(rule) } else { Findings::new() }
    }

    /// What `rule` finds if it runs.
    pub fn would_find(&self, rule: &dyn Rule) -> Findings {
        let mut found = Findings::new();
        rule.check_migration(&MigrationContext { rule: rule.meta(), ..*self }, &mut found);
        found
    }

    /// Whether `rule` runs on it.
    pub fn runs(&self, rule: &dyn Rule) -> bool {
        self.running.iter().any(|other| other.meta().id == rule.meta().id)
    }

    /// `finding` with one more place, if a migration made what it is about.
    pub fn related_at(&self, finding: Diagnostic, origin: Origin, message: &str) -> Diagnostic {
        related_at(self.history, finding, origin, message)
    }

    /// The texts of the option `name`; none if it is not set.
    pub fn option(&self, name: &str) -> Vec<&str> {
        self.options.get(name).map(|texts| texts.iter().map(String::as_str).collect()).unwrap_or_default()
    }
}

impl<'a> StatementContext<'a> {
    /// The text that the statement's spans index.
    pub fn text(&self) -> &'a str {
        &self.migration.up.text
    }

    /// A finding in the statement's file.
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.migration.finding(span, message)
    }
}

impl<'a> HistoryContext<'a> {
    /// Whether somebody still waits for what is found.
    pub fn is_awaited(&self) -> bool {
        (self.awaited.0)()
    }

    /// The objects that are looked at: one with its parts, or all.
    pub fn objects(&self) -> impl Iterator<Item = (Oid, &'a Object)> + use<'a> {
        let (end, among) = (self.end, self.among);
        let some = among.into_iter().flatten().filter_map(move |oid| Some((*oid, end.get(*oid)?)));
        let all = if among.is_none() { Some(end.objects()) } else { None };
        some.chain(all.into_iter().flatten())
    }

    /// A finding at the statement that made something; none for what no migration made.
    pub fn finding_at(&self, origin: Origin, message: impl Into<String>) -> Option<Diagnostic> {
        let (migration, span) = place_of(self.history, origin)?;
        Some(finding(self.rule, &migration.up, span, message))
    }

    /// `finding` with one more place, if a migration made what it is about.
    pub fn related_at(&self, finding: Diagnostic, origin: Origin, message: &str) -> Diagnostic {
        related_at(self.history, finding, origin, message)
    }

    /// A finding where a column was made, or else its table.
    pub fn finding_at_column(&self, table: &OwnTable<'_>, column: &Column, message: impl Into<String>) -> Option<Diagnostic> {
        self.finding_at(table.brought_by(column), message)
    }

    /// A finding where a column got the type that it has.
    pub fn finding_at_type(&self, table: &OwnTable<'_>, column: &Column, message: impl Into<String>) -> Option<Diagnostic> {
        self.finding_at(table.place_of(column), message)
    }

    /// The bytes that made something, as they are written; none for what no migration made.
    pub fn text_at(&self, origin: Origin) -> Option<&str> {
        let (migration, span) = place_of(self.history, origin)?;
        migration.up.text().get(span.start as usize..span.end as usize)
    }

    /// A finding in a file beside the migrations, or in the configuration's.
    pub fn finding_in(&self, source: &SourceFile, span: Span, message: impl Into<String>) -> Diagnostic {
        finding(self.rule, source, span, message)
    }

    /// The texts of the option `name` where something was made; none if it is not set.
    pub fn option_at(&self, origin: Origin, name: &str) -> Vec<String> {
        let path = place_of(self.history, origin).map_or("", |(migration, _)| migration.up.path());
        (self.options_at.0)(self.rule, path).remove(name).unwrap_or_default()
    }

    /// What an object is called, with its schema unless that is `public`.
    pub fn shown(&self, oid: Oid) -> String {
        shown(self.end, oid)
    }

    /// A finding about the up file of `migration` as a whole.
    pub fn finding_in_file(&self, migration: &Migration, message: impl Into<String>) -> Diagnostic {
        finding(self.rule, &migration.up, migration.up.first_line(), message).about_file()
    }
}

impl ForeignContext<'_> {
    /// A finding at what gives the migration away, or about its up file as a whole.
    pub fn finding(&self, message: impl Into<String>) -> Diagnostic {
        let up = &self.migration.up;
        match self.sign {
            Some((source, sign)) => finding(self.rule, source, sign.span, message),
            None => finding(self.rule, up, up.first_line(), message).about_file(),
        }
    }
}

impl SuppressionContext<'_> {
    /// A finding in the file.
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        finding(self.rule, self.source, span, message)
    }
}

/// The migration that made something, and where in its up file.
fn place_of(history: &History, origin: Origin) -> Option<(&Migration, Span)> {
    let migration = history.migrations.get(origin.migration? as usize)?;
    Some((migration, migration.place(origin.span)))
}

fn related_at(history: &History, finding: Diagnostic, origin: Origin, message: &str) -> Diagnostic {
    match place_of(history, origin) {
        Some((migration, span)) => finding.related(Arc::from(migration.up.path()), span, message),
        None => finding,
    }
}

/// A finding of `rule` with its default severity.
pub fn finding(rule: &'static Meta, source: &SourceFile, span: Span, message: impl Into<String>) -> Diagnostic {
    let severity: Severity = rule.severity;
    Diagnostic::new(rule.id, severity, Arc::from(source.path()), span, message)
}

/// What PostgreSQL would reject of `sql`, a section of `source`; without what comes of bytes that are no text, which are told on their own. What is
/// younger than the target and stands there again and again is told once; not so where comments allow something, since each place is then allowed by
/// itself or not at all.
pub fn rejected(cx: &MigrationContext<'_>, source: &SourceFile, sql: &Sql) -> Vec<Diagnostic> {
    let often = if source.text().contains("migration-lint: allow(") { usize::MAX } else { 4 };
    let mut found = rejections(&sql.text, &sql.script, cx.target);
    found.retain(|one| !is_of_damage(cx, source, sql, one));
    let need = |one: &Rejection| if let Rejection::Version(need) = one { Some((need.what, need.since)) } else { None };
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    found.iter().filter_map(need).for_each(|need| *places.entry(need).or_default() += 1);
    let mut out = Vec::new();
    for one in found {
        let count = need(&one).and_then(|need| places.get_mut(&need));
        let more = count.filter(|count| **count == 0 || **count >= often).map(std::mem::take);
        match more {
            None => out.push(told(cx, source, one)),
            Some(0) => {}
            Some(count) => out.push(told(cx, source, one).labelled(format!("and in {} more places of this file", count - 1))),
        }
    }
    out
}

/// Whether PostgreSQL would reject something in the statement at `span` of `sql`, a section of `source`.
pub fn is_rejected(cx: &MigrationContext<'_>, source: &SourceFile, sql: &Sql, span: Span) -> bool {
    let is_there = |one: &Rejection| {
        let place = match one {
            Rejection::Syntax(error) => error.span,
            Rejection::Version(need) => need.span,
        };
        span.encloses(place)
    };
    let damages = cx.damages.iter().filter(|(file, _)| file.path() == source.path());
    damages.into_iter().any(|(_, damage)| damage.touches(span)) || rejections(&sql.text, &sql.script, cx.target).iter().any(is_there)
}

fn is_of_damage(cx: &MigrationContext<'_>, source: &SourceFile, sql: &Sql, rejection: &Rejection) -> bool {
    let Rejection::Syntax(error) = rejection else { return false };
    let statements = &sql.script.statements;
    let next = statements.partition_point(|statement| statement.span.start <= error.span.start);
    let statement = next.checked_sub(1).map_or(error.span, |at| statements[at].span);
    cx.damages.iter().any(|(file, damage)| file.path() == source.path() && damage.touches(statement))
}

fn told(cx: &MigrationContext<'_>, source: &SourceFile, rejection: Rejection) -> Diagnostic {
    match rejection {
        Rejection::Syntax(error) => {
            let mut finding = finding(cx.rule, source, error.span, error.message);
            finding.help = error.help;
            finding
        }
        Rejection::Version(need) => {
            let message = format!("{} needs PostgreSQL {}, and the target is {}", need.what, need.since, cx.target);
            finding(cx.rule, source, need.span, message).help("write it otherwise, or raise `migration_lint.target_postgres`")
        }
    }
}
