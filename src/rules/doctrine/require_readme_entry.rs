//! `require-readme-entry`: the README of the migrations directory lists every migration, and nothing that is not there.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::describe;
use crate::diagnostic::{Applicability, Diagnostic, FileEdit, Fix, Severity};
use crate::migration::Migration;
use crate::rules::header::{ReadHeader, purpose};
use crate::rules::kept::HeaderWords;
use crate::rules::places::listed;
use crate::rules::readme::{Entry, EntryField, Readme};
use crate::rules::schema_list::SchemaList;
use crate::rules::{About, Document, Findings, Group, HistoryContext, Meta, On, Rule};
use crate::text::{Edit, SourceFile};

/// The rule.
#[derive(Debug)]
pub struct RequireReadmeEntry;

static META: Meta = Meta {
    id: "require-readme-entry",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::House,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-readme-entry.md"),
};

/// What an entry says, in order.
const FIELDS: [&str; 4] = ["Location", "Status", "Purpose", "Schema"];

/// What is said of a migration that nobody has run yet.
const STATUS: &str = "Draft";

const HEADING: &str = "## Existing Migrations";

impl Rule for RequireReadmeEntry {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn writes_documents(&self) -> bool {
        true
    }

    fn check_history(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let path = format!("{}/README.md", cx.history.folder);
        let check = Check { cx, path: path.trim_start_matches("./") };
        match cx.documents.get(check.path) {
            Some(Document::Text(source)) => check.readme(source, out),
            // A note has said so.
            Some(Document::Unreadable) => {}
            None => out.extend(check.no_readme()),
        }
    }
}

struct Check<'c> {
    cx: &'c HistoryContext<'c>,
    path: &'c str,
}

impl Check<'_> {
    /// The file's name as an entry has it: from the history's folder.
    fn name<'m>(&self, migration: &'m Migration) -> &'m str {
        self.below_folder(migration.up.path())
    }

    fn below_folder<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.cx.history.folder.as_str()).map_or(path, |rest| rest.trim_start_matches('/'))
    }

    /// Where the file lies, from the configuration's folder.
    fn location<'m>(&self, migration: &'m Migration) -> &'m str {
        let path = migration.up.path();
        path.strip_prefix(self.cx.root).map_or(path, |rest| rest.trim_start_matches('/'))
    }

    fn fix(&self, title: String, edits: Vec<Edit>) -> Fix {
        let path: Arc<str> = Arc::from(self.path);
        let edits = edits.into_iter().map(|edit| FileEdit { path: Arc::clone(&path), edit }).collect();
        Fix::new(title, Applicability::Safe, edits)
    }

    /// One finding for all migrations, at the first that is looked at.
    fn no_readme(&self) -> Option<Diagnostic> {
        let first = *self.cx.change.first()?;
        let migration = self.cx.history.migrations.get(first as usize)?;
        let finding = self.cx.finding_in_file(migration, "the directory has no `README.md` that lists its migrations");
        let finding = finding.help(format!("write one with an entry for each: `### {}`, and {}", self.name(migration), listed(FIELDS)));
        if self.cx.only_finds {
            return Some(finding);
        }
        let migrations = self.cx.history.migrations.iter().take_while(|_| self.cx.is_awaited());
        let entries: Vec<String> = migrations.filter_map(|migration| self.entry(migration)).collect();
        let text = format!("# Migrations\n\n{HEADING}\n\n{}\n", entries.join("\n\n"));
        let fix = (!entries.is_empty()).then(|| self.fix("write `README.md`".to_owned(), vec![Edit::insertion(0, text)]));
        Some(finding.fix(fix))
    }

    fn readme(&self, source: &SourceFile, out: &mut Findings) {
        let Some(readme) = self.cx.documents.readme(self.path) else { return };
        let places: BTreeMap<&str, usize> =
            self.cx.history.migrations.iter().enumerate().map(|(place, migration)| (self.name(migration), place)).collect();
        let mut listed_at: BTreeMap<usize, &Entry> = BTreeMap::new();
        for entry in &readme.entries {
            match places.get(entry.file.as_str()) {
                Some(&place) => match listed_at.get(&place) {
                    Some(first) => {
                        let message = format!("`{}` has an entry already", entry.file);
                        let finding = self.cx.finding_in(source, entry.name, message).related(Arc::from(source.path()), first.name, "here");
                        out.push(finding.help("leave the one that is right"));
                    }
                    None => drop(listed_at.insert(place, entry)),
                },
                None if self.is_file(&entry.file) => {}
                None => {
                    let message = format!("`{}` is listed here, and there is no such migration", entry.file);
                    out.push(self.cx.finding_in(source, entry.name, message).help("take the entry out, or correct the name"));
                }
            }
        }
        for (place, entry) in listed_at.iter().take_while(|_| self.cx.is_awaited()) {
            out.extend(self.wrong(source, &self.cx.history.migrations[*place], entry));
        }
        let missing = self.cx.history.migrations.iter().enumerate().filter(|(place, _)| !listed_at.contains_key(place));
        for (at, (place, migration)) in missing.enumerate().take_while(|_| self.cx.is_awaited()) {
            let name = self.name(migration);
            let finding = self.cx.finding_in_file(migration, format!("`README.md` has no entry for `{name}`"));
            let finding = finding.help(format!("add `### {name}` with {}", listed(FIELDS)));
            if self.cx.only_finds {
                out.push(finding);
                continue;
            }
            let fix = self.entry(migration).map(|entry| {
                let edit = self.placed(source.text(), readme, &listed_at, place, at, &entry);
                self.fix(format!("add an entry for `{name}` to `README.md`"), vec![edit])
            });
            out.push(finding.fix(fix));
        }
    }

    /// Whether there is such a file beside the migrations: one that goes down, or that no tool runs.
    fn is_file(&self, name: &str) -> bool {
        let downs = self.cx.history.migrations.iter().filter_map(|migration| migration.down.as_ref());
        let others = self.cx.history.others.iter().map(|other| &other.source);
        downs.chain(others).any(|source| self.below_folder(source.path()) == name)
    }

    /// What an entry lacks, or says of another place.
    fn wrong(&self, source: &SourceFile, migration: &Migration, entry: &Entry) -> Option<Diagnostic> {
        let missing: Vec<&str> =
            FIELDS.iter().copied().filter(|name| entry.field(name).is_none_or(|field| field.text.is_empty())).collect();
        if !missing.is_empty() {
            let finding = self.cx.finding_in(source, entry.name, format!("the entry for `{}` lacks {}", entry.file, listed(&missing)));
            return Some(finding.help("say it, one line a field: `- **Status**: Draft`"));
        }
        let (field, location) = (entry.field("Location")?, self.location(migration));
        if field.text.trim_matches('`') != location {
            let finding = self.cx.finding_in(source, field.span, format!("`{}` lies at `{location}`", entry.file));
            return Some(finding.labelled("and not here").fix(self.line(field, "Location", &format!("`{location}`"))));
        }
        let (field, listed, header) = (entry.field("Schema")?, entry.schemas.as_ref()?, self.header(migration));
        let schemas = header.schemas.as_ref()?;
        // Both name each once.
        if listed.len() == schemas.len() && listed.iter().all(|schema| schemas.contains(schema)) {
            return None;
        }
        let list = written(schemas);
        let finding =
            self.cx.finding_in(source, field.span, format!("the header of `{}` says `Schemas: {}`", entry.file, list.replace('`', "")));
        Some(finding.labelled("and not these").fix(self.line(field, "Schema", &list)))
    }

    /// Another line for a field of an entry; a note in parentheses would be lost.
    fn line(&self, field: &EntryField, name: &str, value: &str) -> Fix {
        let line = format!("- **{name}**: {value}");
        let fix = self.fix(format!("write `{line}`"), vec![Edit::replacement(field.span, line)]);
        if field.text.contains('(') { Fix { applicability: Applicability::Unsafe, ..fix } } else { fix }
    }

    fn header(&self, migration: &Migration) -> Arc<HeaderWords> {
        self.cx.kept.header(&migration.up, || {
            let header = ReadHeader::before_statements(self.cx.config, migration.up.text());
            HeaderWords { purpose: said(&header, "Purpose"), schemas: header_schemas(&header) }
        })
    }

    /// What the migration's header says of it, as an entry; none while the header does not say enough.
    fn entry(&self, migration: &Migration) -> Option<String> {
        let header = self.header(migration);
        let purpose = header.purpose.clone().or_else(|| purpose(&migration.id, migration.version.as_deref()))?;
        let schemas = written(header.schemas.as_ref()?);
        let (name, location) = (self.name(migration), self.location(migration));
        Some(format!("### {name}\n- **Location**: `{location}`\n- **Status**: {STATUS}\n- **Purpose**: {purpose}\n- **Schema**: {schemas}"))
    }

    /// Where the entry of the migration at `place` goes: below that of the one before it, or else above that of the one after it; where there
    /// is none, below the heading, which the first of them brings if there is none.
    fn placed(&self, text: &str, readme: &Readme, listed: &BTreeMap<usize, &Entry>, place: usize, at: usize, entry: &str) -> Edit {
        if let Some((_, before)) = listed.range(..place).next_back() {
            return Edit::insertion(before.span.end, format!("\n\n{entry}"));
        }
        if let Some((_, after)) = listed.range(place..).next() {
            return Edit::insertion(after.span.start, format!("{entry}\n\n"));
        }
        if let Some(heading) = readme.heading {
            return Edit::insertion(heading.end, format!("\n\n{entry}"));
        }
        let end = text.trim_end().len() as u32;
        let heading = if at == 0 { format!("\n\n{HEADING}") } else { String::new() };
        Edit::insertion(end, format!("{heading}\n\n{entry}"))
    }
}

/// What a header says under `name`, if it says anything.
fn said(header: &ReadHeader, name: &str) -> Option<String> {
    header.called(name).next().map(|field| field.text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The schemas that a header names.
fn header_schemas(header: &ReadHeader) -> Option<Vec<String>> {
    match SchemaList::read(&said(header, "Schemas")?) {
        SchemaList::Schemas(schemas) => Some(schemas),
        _ => None,
    }
}

/// Schemas as an entry names them.
fn written(schemas: &[String]) -> String {
    let schemas: Vec<String> = schemas.iter().map(|schema| format!("`{}`", describe::name(schema))).collect();
    if schemas.is_empty() { "none".to_owned() } else { schemas.join(", ") }
}
