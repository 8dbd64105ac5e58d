//! Finding and reading the configuration.

use std::path::{Path, PathBuf};

use miette::{GraphicalReportHandler, LabeledSpan, MietteDiagnostic, NamedSource, Report};

use crate::catalog::Knowledge;
use crate::config::{Config, ConfigError};
use crate::engine::{Baseline, Choice, Job, Limits, Note, Reading, Start, Tree, absolute, configuration_above, reason, shown};
use crate::rules;
use crate::syntax::Version;
use crate::text::SourceFile;

use super::args::ConfigurationArgs;
use super::complain;
use super::lint::expand;

/// A configuration and the folder that its paths are relative to.
pub(super) struct Found<'t> {
    /// Where it was read.
    tree: Tree<'t>,
    pub(super) config: Config,
    pub(super) root: PathBuf,
    /// How much of it was read.
    pub(super) reading: Reading,
    /// Its file.
    source: Option<SourceFile>,
}

impl Found<'_> {
    /// A job over the files of the disk that `paths` name, with nothing kept out of its report, and nothing mended.
    pub(super) fn job<'a>(&'a self, directory: &'a Path, paths: &'a [PathBuf], choice: &'a Choice, start: &'a Start) -> Job<'a> {
        Job {
            tree: Tree::Disk,
            directory,
            root: &self.root,
            config: &self.config,
            choice,
            paths,
            stdin: None,
            start,
            limits: Limits::default(),
            now: None,
            cache: None,
        }
    }
}

/// The configuration that `args` name, or the one found upward from `first`.
pub(super) fn find<'t>(tree: Tree<'t>, args: &ConfigurationArgs, directory: &Path, first: &Path) -> Found<'t> {
    let none = Found { tree, config: Config::default(), root: directory.to_owned(), reading: Reading::Whole, source: None };
    if args.isolated {
        return none;
    }
    match &args.config {
        Some(file) => read(tree, &directory.join(file), directory, directory.to_owned()),
        None => match configuration_above(tree, first) {
            Some(file) => {
                let root = file.parent().unwrap_or(directory).to_owned();
                read(tree, &file, directory, root)
            }
            None => none,
        },
    }
}

/// Where a command works, and on what.
pub(super) struct Place<'t> {
    /// The working directory.
    pub(super) directory: PathBuf,
    /// Without globs; the configured directory where nothing is named.
    pub(super) paths: Vec<PathBuf>,
    pub(super) found: Found<'t>,
    pub(super) notes: Vec<Note>,
}

/// What `args` and the paths `named` come to; the configuration is the one above `stdin`, the path of standard input, or the first path.
///
/// # Errors
/// Nothing is named, and no configuration names anything.
pub(super) fn place<'t>(tree: Tree<'t>, args: &ConfigurationArgs, named: &[PathBuf], stdin: Option<&Path>) -> Result<Place<'t>, String> {
    let directory = working_directory()?;
    let mut notes = Vec::new();
    let mut paths = expand(tree, &directory, named, &mut notes);
    let first = stdin.or(paths.first().map(PathBuf::as_path)).map_or(directory.clone(), |path| absolute(&directory, path));
    let found = find(tree, args, &directory, &first);
    if named.is_empty() {
        paths.push(found.migrations().ok_or(UNTOLD)?);
    }
    Ok(Place { directory, paths, found, notes })
}

/// The same for what is staged, where nothing is named: a commit may well stand before the first migration, or behind the last. So it is no
/// mistake that git's index lacks a configuration or the folder that it names: then there is nothing to lint, which is noted.
///
/// # Errors
/// A configuration that is named, can't be read whole or is to be left alone says nothing of a folder.
pub(super) fn staged_place<'t>(tree: Tree<'t>, args: &ConfigurationArgs) -> Result<Place<'t>, String> {
    let directory = working_directory()?;
    let found = find(tree, args, &directory, &directory);
    let is_asked = args.config.is_some() || args.isolated || found.reading == Reading::Part;
    let (mut paths, mut notes) = (Vec::new(), Vec::new());
    let lacks = match found.migrations() {
        Some(folder) if tree.lacks(&folder) => {
            format!("no `{}`, where the configuration says that the migrations are", shown(&directory, &folder))
        }
        Some(folder) => {
            paths.push(folder);
            return Ok(Place { directory, paths, found, notes });
        }
        None if is_asked => return Err(UNTOLD.to_owned()),
        None => "no configuration that says where the migrations are".to_owned(),
    };
    notes.push(Note::Warning(format!("nothing is linted: git's index has {lacks}")));
    Ok(Place { directory, paths, found, notes })
}

/// What is said where nothing is named, and nothing says what is meant.
const UNTOLD: &str = "name a folder or files: no configuration says where the migrations are (`database.migrations.directory`)";

fn working_directory() -> Result<PathBuf, String> {
    std::env::current_dir().map_err(|error| format!("the working directory: {error}"))
}

impl Found<'_> {
    /// Where the configuration says that the migrations are.
    fn migrations(&self) -> Option<PathBuf> {
        self.config.house.migration_directory.as_ref().map(|(folder, _)| self.root.join(folder))
    }
}

impl Place<'_> {
    /// The file of findings that are known, and what it is called.
    pub(super) fn baseline(&self) -> (PathBuf, String) {
        let path = Baseline::place(&self.found.config, &self.found.root);
        let name = shown(&self.directory, &path);
        (path, name)
    }

    /// The findings that are known; a file that can't be read is noted.
    pub(super) fn read_baseline(&mut self) -> Option<Baseline> {
        let (path, name) = self.baseline();
        match Baseline::read(self.found.tree, &path) {
            Ok(Some((baseline, _))) => return Some(baseline),
            Ok(None) if self.found.config.lint.baseline.is_none() => {}
            Ok(None) => self.notes.push(Note::Warning(format!("{name}: there is no baseline yet: `migration-lint baseline` writes it"))),
            Err(why) => self.notes.push(Note::Failure(format!("{name}: the baseline: {why}"))),
        }
        None
    }
}

/// What a replay starts from: the file that the command line or the configuration names as the schema before the first migration, and what they
/// say of the rest. Where that file can't be read, nothing is known of what is there.
pub(super) fn start(
    found: &Found<'_>,
    directory: &Path,
    named: Option<&Path>,
    target: Option<Version>,
    knowledge: Option<Knowledge>,
) -> Start {
    let configured = found.config.lint.schema.as_ref().filter(|_| named.is_none());
    let path = named.map(|path| directory.join(path)).or_else(|| configured.map(|(path, _)| found.root.join(path)));
    let Some(path) = path else { return Start::new(&found.config, None, target, knowledge) };
    let name = shown(directory, &path);
    match Start::from_file(found.tree, &found.config, (&path, &name), target, knowledge) {
        Ok(start) => start,
        Err(message) => {
            let told = match configured.zip(found.source.as_ref()) {
                Some(((_, span), source)) => render(source, &ConfigError::new(*span, message).help(SCHEMA_HELP)),
                None => format!("{message}: {SCHEMA_HELP}"),
            };
            let mut start = Start::new(&found.config, None, target, Some(Knowledge::Partial));
            start.notes.push(Note::Failure(told));
            start
        }
    }
}

/// How the file is made.
const SCHEMA_HELP: &str = "name a file of SQL, such as `pg_dump --schema-only` writes";

fn read<'t>(tree: Tree<'t>, file: &Path, directory: &Path, root: PathBuf) -> Found<'t> {
    let nothing = |root| Found { tree, config: Config::default(), root, reading: Reading::Part, source: None };
    let name = shown(directory, file);
    let bytes = match tree.read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(format_args!("{name}: the configuration: {}", reason(&error)));
            return nothing(root);
        }
    };
    let Ok(text) = String::from_utf8(bytes) else {
        complain(format_args!("{name}: the configuration is not UTF-8"));
        return nothing(root);
    };
    let source = SourceFile::new(name, text);
    let (config, errors) = Config::parse(&source, &rules::known_names());
    for error in &errors {
        complain(render(&source, error));
    }
    let reading = if errors.is_empty() { Reading::Whole } else { Reading::Part };
    Found { tree, config, root, reading, source: Some(source) }
}

/// A mistake with the lines of the file.
fn render(source: &SourceFile, error: &ConfigError) -> String {
    let label = LabeledSpan::new_primary_with_span(None, (error.span.start as usize, error.span.len() as usize));
    let mut diagnostic = MietteDiagnostic::new(error.message.clone()).with_label(label);
    diagnostic.help = error.help.clone();
    let report = Report::new(diagnostic).with_source_code(NamedSource::new(source.path(), source.text().to_owned()));
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor()).with_links(false);
    match handler.render_report(&mut text, report.as_ref()) {
        Ok(()) => format!("the configuration has a mistake\n{}", text.trim_end()),
        Err(_) => format!("{}: {}", source.path(), error.message),
    }
}
