//! Finding and reading the configuration.

use std::fs;
use std::path::{Path, PathBuf};

use miette::{GraphicalReportHandler, LabeledSpan, MietteDiagnostic, NamedSource, Report};

use crate::config::{Config, ConfigError, FILE_NAMES};
use crate::engine::{Reading, reason, shown};
use crate::rules;
use crate::text::SourceFile;

use super::args::ConfigurationArgs;
use super::complain;

/// A configuration and the folder that its paths are relative to.
pub(super) struct Found {
    pub(super) config: Config,
    pub(super) root: PathBuf,
    /// How much of it was read.
    pub(super) reading: Reading,
}

/// The configuration that `args` name, or the one found upward from `first`.
pub(super) fn find(args: &ConfigurationArgs, directory: &Path, first: &Path) -> Found {
    let none = Found { config: Config::default(), root: directory.to_owned(), reading: Reading::Whole };
    if args.isolated {
        return none;
    }
    match &args.config {
        Some(file) => read(&directory.join(file), directory, directory.to_owned()),
        None => match search(first) {
            Some(file) => {
                let root = file.parent().unwrap_or(directory).to_owned();
                read(&file, directory, root)
            }
            None => none,
        },
    }
}

/// The text of the file that the command line or the configuration names as the schema before the first migration.
///
/// # Errors
/// What is wrong with the file.
pub(super) fn schema(directory: &Path, found: &Found, named: Option<&Path>) -> Result<Option<SourceFile>, String> {
    let named = named.map(|path| directory.join(path));
    let Some(path) = named.or_else(|| found.config.lint.schema.as_ref().map(|(path, _)| found.root.join(path))) else { return Ok(None) };
    let name = shown(directory, &path);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(SourceFile::new(name, String::from_utf8_lossy(&bytes)))),
        Err(error) => Err(format!("{name}: the schema before the first migration: {}", reason(&error))),
    }
}

/// The nearest configuration in `from` or a folder above it.
fn search(from: &Path) -> Option<PathBuf> {
    from.ancestors().flat_map(|folder| FILE_NAMES.map(|name| folder.join(name))).find(|file| file.is_file())
}

fn read(file: &Path, directory: &Path, root: PathBuf) -> Found {
    let name = shown(directory, file);
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(format_args!("{name}: the configuration: {}", reason(&error)));
            return Found { config: Config::default(), root, reading: Reading::Part };
        }
    };
    let Ok(text) = String::from_utf8(bytes) else {
        complain(format_args!("{name}: the configuration is not UTF-8"));
        return Found { config: Config::default(), root, reading: Reading::Part };
    };
    let source = SourceFile::new(name, text);
    let (config, errors) = Config::parse(&source, &rules::known_names());
    for error in &errors {
        complain(render(&source, error));
    }
    let reading = if errors.is_empty() { Reading::Whole } else { Reading::Part };
    Found { config, root, reading }
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
