//! A new migration: what it is called, and what it says before anybody has written it.
//!
//! The name follows the history that it joins, and the house's own text comes from a template. What linting finds in it then is what
//! is left to its author. Nothing is written here.

mod template;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::catalog::{Catalog, Class, Oid};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::migration::layout::named;
use crate::migration::numbering::{Moment, next_number, next_version};
use crate::migration::{History, Kind, Layout, Migration};
use crate::rules::Draft;
use crate::syntax::lexer::Keyword;
use crate::text::SourceFile;

use self::template::{Filling, Subject};
use super::load::FileText;
use super::replay;
use super::workspace::Workspace;

/// What a new migration is to be about.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// A few words: `create company scores`.
    pub description: &'a str,
    /// The schema in which it works; none for the first of the configured ones.
    pub schema: Option<&'a str>,
    /// The table that it creates; none for the one that the description speaks of.
    pub table: Option<&'a str>,
    /// When it is written.
    pub now: &'a Moment,
    /// The configured template, by the name that people know it by.
    pub template: Option<&'a SourceFile>,
    /// How the folder is laid out; none where its files and the configuration say so.
    pub layout: Option<&'static dyn Layout>,
}

/// A file that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// In the migrations' folder.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// Words behind `create` after which no table's name follows.
const NO_TABLES: &str = "a an the domain enum extension extensions foreign function functions index indexes indices materialized policies policy \
                         procedure schema schemas sequence trigger triggers type unique view views";

impl Workspace<'_> {
    /// The files of a new migration in the history of `folder`, which counts from the working directory.
    ///
    /// # Errors
    /// Words that no file can be named by, a convention that has no room, a template that is none.
    pub fn compose(&self, folder: &str, wish: Wish<'_>) -> Result<Vec<NewFile>, String> {
        let folder = self.settings.whole(folder);
        let histories = self.histories();
        let history = histories.iter().find(|history| history.folder == folder);
        let known = history.map(|history| history.layout).or(self.settings.config.lint.layout);
        if let (Some(known), Some(wished)) = (known, wish.layout)
            && known.name() != wished.name()
        {
            return Err(format!(
                "the folder is laid out as {}: leave `--layout {}` out, or set `migration_lint.layout`",
                known.name(),
                wished.name()
            ));
        }
        let layout = known.or(wish.layout);
        let fallback = || named(if self.settings.config.doctrine() { "house" } else { "plain" });
        let layout = layout.or_else(fallback).ok_or("there is no such layout")?;
        let title = title(wish.description)?;
        let up = self.name(layout, history, &title, wish)?;
        let text = match wish.template.is_some() || self.follows_template(layout) {
            true => {
                let end = history.map(|history| replay::end(history, self.settings.start));
                self.filled(&up, &title, end.as_ref(), layout.is_named_by_people(), wish)?
            }
            false => match [("--table", wish.table), ("--schema", wish.schema)].into_iter().find(|(_, value)| value.is_some()) {
                Some((option, _)) => {
                    return Err(format!(
                        "`{option}` is for a template, and new migrations in the layout of {} have none: leave it out, or set `migration_lint.template`",
                        layout.name()
                    ));
                }
                None => format!("-- {}\n{}", template::sentence(wish.description), layout.new_text()),
            },
        };
        let down = layout.down_beside(&up);
        let down = down.map(|path| NewFile { path, text: format!("-- Undoes: {}\n", template::sentence(wish.description)) });
        Ok([NewFile { path: up, text }].into_iter().chain(down).collect())
    }

    /// What is found in new files of `folder`, once they are there: what is left to their author, a sentence each.
    pub fn left_to_do(&mut self, folder: &str, files: &[NewFile]) -> Vec<String> {
        let paths: BTreeSet<String> = files.iter().map(|file| format!("{folder}/{}", file.path)).collect();
        for (path, file) in paths.iter().zip(files) {
            self.set_file(path, FileText { text: Arc::from(file.text.as_str()), damages: Vec::new() });
        }
        let (added, all) = (paths.iter().map(|path| self.settings.whole(path)).collect::<Vec<_>>(), self.files.keys().cloned().collect());
        self.set_added(added.into_iter());
        let found = self.lint(&all).findings.into_iter().map(|finding| finding.diagnostic);
        let sentence = |found: Diagnostic| {
            let message = match paths.contains(&*found.primary.path) {
                true => found.message,
                false => format!("{}: {}", found.primary.path, found.message),
            };
            match (found.help, found.fix) {
                (_, Some(fix)) if fix.applicability == Applicability::Safe => format!("{message} (`--fix` does that)"),
                (Some(help), _) => format!("{message}: {help}"),
                (None, _) => message,
            }
        };
        let mut left: Vec<String> = found.map(sentence).collect();
        left.dedup();
        let up = self.settings.whole(paths.first().map_or("", String::as_str));
        let histories = self.histories();
        let later = histories.iter().find_map(|history| {
            let at = history.migrations.iter().position(|migration| migration.up.path() == up)?;
            let mut behind = history.migrations[at + 1..].iter();
            Some((&history.migrations[at].id, &behind.find(|other| other.kind == Kind::Versioned && other.version.is_some())?.id))
        });
        let runs_late = |(own, other): (&String, &String)| {
            format!("`{own}` runs before `{other}`, since dates come after numbers: give that one a number, or this one a date")
        };
        later.map(runs_late).into_iter().chain(left).collect()
    }

    /// The files of the migration that a fix adds to `history`, by their whole paths; none where nobody knows the day, or a name that runs last: what is
    /// to run behind something else must not run before it.
    pub(super) fn draft(&self, history: &History, draft: &Draft<'_>) -> Option<Vec<NewFile>> {
        let now = self.now()?;
        let layout = history.layout;
        let title = title(draft.description).ok()?;
        let wish = Wish { description: draft.description, schema: draft.schema, table: None, now: &now, template: None, layout: None };
        let up = self.name(layout, Some(history), &title, wish).ok().filter(|up| history.ends_with(up))?;
        let purpose = template::sentence(draft.description);
        let (text, beside) = match self.follows_template(layout) {
            true => {
                let id = stem(&up);
                let schema = draft.schema.unwrap_or("public");
                let subject = Subject::Statements(draft.up, draft.down);
                let filling = Filling { id: &id, day: &now.day(), schema, subject, purpose: &purpose };
                (template::of_house(&self.settings.config.header_fields(), &filling, None), None)
            }
            false => {
                let beside = layout.down_beside(&up);
                let text = format!("-- {purpose}\n{}", layout.new_text());
                (template::with_statements(layout, &text, draft.up, draft.down), beside)
            }
        };
        let place = |path: String| format!("{}/{path}", history.folder);
        let down = |path: String| NewFile { path: place(path), text: format!("-- Undoes: {purpose}\n{}\n", draft.down.join("\n")) };
        let up = NewFile { path: place(up), text };
        Some([up].into_iter().chain(beside.map(down)).collect())
    }

    /// Whether new files follow the house's template.
    fn follows_template(&self, layout: &dyn Layout) -> bool {
        layout.is_named_by_people() && self.settings.config.doctrine()
    }

    /// The path of the file that goes up, in the history's folder.
    fn name(&self, layout: &dyn Layout, history: Option<&History>, title: &str, wish: Wish<'_>) -> Result<String, String> {
        let migrations: &[Migration] = history.map_or(&[], |history| &history.migrations);
        let counted = || migrations.iter().filter(|migration| migration.kind == Kind::Versioned && migration.version.is_some());
        let convention = self.settings.config.house.naming_convention.as_ref();
        if let Some(convention) = convention.filter(|_| layout.is_named_by_people()) {
            let number = next_number(counted().filter_map(|migration| migration.number));
            let named = convention.example(number, Some(&wish.now.digits), wish.description);
            return named.ok_or_else(|| format!("`{}` has no room for the number {number} and `{title}`", convention.pattern));
        }
        let programs = history.iter().flat_map(|history| &history.programs).filter_map(|program| program.version.as_deref());
        let versions: Vec<&str> = programs.chain(counted().filter_map(|migration| migration.version.as_deref())).collect();
        let last = counted().next_back().map(|migration| migration.up.path());
        Ok(layout.new_path(&next_version(layout, &versions, wish.now), title, last))
    }

    /// The text of the file that goes up, made from the template.
    fn filled(&self, path: &str, title: &str, end: Option<&Catalog>, is_divided: bool, wish: Wish<'_>) -> Result<String, String> {
        let config = self.settings.config;
        let managed: Vec<&str> = config.house.schemas.iter().flatten().map(|(schema, _)| schema.as_str()).collect();
        let schema = wish.schema.or(managed.first().copied()).unwrap_or("public");
        if let Some(name) = [Some(schema), wish.table].into_iter().flatten().find(|name| !is_plain(name)) {
            return Err(format!(
                "`{name}` can't be put into a template as a name: use letters from a to z, digits and `_`, and no digit first"
            ));
        }
        if !managed.is_empty() && !managed.contains(&schema) {
            return Err(format!("`{schema}` is not in `database.schemas`: add it there, or name one of {}", managed.join(", ")));
        }
        let subject = match wish.table.or(created(title).filter(|name| is_plain(name))) {
            Some(table) if Keyword::reserves(table) => {
                return Err(format!(
                    "`{table}` is a reserved word, which must stand in quotes each time: call the table otherwise, with `--table`"
                ));
            }
            Some(table) if end.is_some_and(|end| has_relation(end, schema, table)) => {
                return Err(format!(
                    "`{schema}.{table}` is there already: name another table with `--table`, or say what becomes of this one"
                ));
            }
            Some(table) => Subject::Table(table),
            None => Subject::Unknown,
        };
        let id = stem(path);
        let filling = Filling { id: &id, day: &wish.now.day(), schema, subject, purpose: &template::sentence(wish.description) };
        match wish.template {
            Some(source) => template::configured(source, &filling, is_divided),
            None => Ok(template::of_house(&config.header_fields(), &filling, end.and_then(trigger_function).as_deref())),
        }
    }
}

/// The file's name without its ending.
fn stem(path: &str) -> String {
    Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The schema of the function that keeps `updated_at`, if the history has made it.
fn trigger_function(end: &Catalog) -> Option<String> {
    let (_, found) = end.objects().find(|(_, object)| object.body.class() == Class::Routine && &*object.name == template::FUNCTION)?;
    end.get(found.schema?).map(|schema| schema.name.to_string())
}

/// Whether a name needs no quotes, unless it is a word of the language.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether the history leaves something that a table in its place would be in the way of.
fn has_relation(end: &Catalog, schema: &str, name: &str) -> bool {
    let schemas = end.named(Class::Schema, Oid::NONE, schema);
    schemas.first().is_some_and(|schema| !end.named(Class::Relation, *schema, name).is_empty())
}

/// The table that a title is about: `create_company_scores` and `add_table_company_scores` are about `company_scores`.
fn created(title: &str) -> Option<&str> {
    if let Some(table) = title.strip_prefix("create_table_").or_else(|| title.strip_prefix("add_table_")) {
        return Some(table);
    }
    let table = title.strip_prefix("create_")?;
    let first = table.split('_').next().unwrap_or(table);
    (!NO_TABLES.split(' ').any(|word| word == first)).then_some(table)
}

/// The words of a description, joined by `_`, as a file's name has them.
fn title(description: &str) -> Result<String, String> {
    let words: Vec<String> =
        description.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    match words.iter().flat_map(|word| word.chars()).find(|c| !c.is_ascii()) {
        Some(c) => Err(format!("`{c}` can't stand in a migration's name: describe it in letters from a to z and digits")),
        None if words.is_empty() => Err("describe the migration in a few words, as in `create company scores`".to_owned()),
        None => Ok(words.join("_")),
    }
}
