//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::config::nearest;
use crate::diagnostic::Severity;
use crate::migration::Layout;
use crate::migration::layout::{self, LAYOUTS};
use crate::report::{Format, SchemaFormat, VerdictFormat};
use crate::syntax::Version;

/// More threads than any machine has use for; tens of thousands would bring it down.
const MAX_JOBS: i64 = 512;

/// A static analyser for PostgreSQL migrations.
///
/// Reads migration files exactly as PostgreSQL does, without a database, and holds them against the house doctrine of global-config.yaml.
/// Exit status: 0 nothing found at or above --fail-on, 1 findings, 2 usage, configuration, I/O or internal error.
#[derive(Debug, Parser)]
#[command(name = "migration-lint", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) lint: LintArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the rules, with their groups, severities and when they run
    Rules,
    /// Print a rule's page: what it checks, why, examples, configuration
    Explain {
        /// The rule, by its id or an alias
        rule: String,
    },
    /// Replay whole histories in memory, and say of each migration whether it applies, re-runs and reverts
    Replay(ReplayArgs),
    /// Replay whole histories in memory, and write the schema that they leave
    Schema(SchemaArgs),
    /// Make a new migration: the next number, the template, filled
    New(NewArgs),
    /// Set a project up: a configuration, and on request a hook and a CI job; nothing that is there is written over
    Init(InitArgs),
    /// Speak to an editor: the language server protocol over standard input and output
    Server,
    /// Write down what is found now, so that from now on only new findings are reported
    Baseline(BaselineArgs),
    /// Print a JSON Schema of the configuration, for editors
    ConfigSchema,
    /// Print the script with which a shell completes the arguments
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of the program, or of one of its commands
    Man {
        /// The command; none: the program
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// What it does, in a few words: "create company scores"
    pub(super) description: String,
    /// The schema in which it works [default: the first of `database.schemas`]
    #[arg(long, value_name = "NAME")]
    pub(super) schema: Option<String>,
    /// The table that it creates [default: what the description says after "create"]
    #[arg(long, value_name = "NAME")]
    pub(super) table: Option<String>,
    /// The folder of the migrations [default: the configured migration directory]
    #[arg(long, value_name = "DIR")]
    pub(super) directory: Option<PathBuf>,
    /// How that folder is laid out, where neither its files nor the configuration say so
    #[arg(long, value_name = "LAYOUT", value_parser = layout)]
    pub(super) layout: Option<&'static dyn Layout>,
    /// The day on which it is written [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) date: Option<String>,
    #[command(flatten)]
    pub(super) configuration: ConfigurationArgs,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder of the migrations [default: the configured one, or the one with the most migrations below here]
    pub(super) directory: Option<PathBuf>,
    /// Carry the settings of another linter over: a `.squawk.toml`
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// Make a hook of git that lints what is staged before a commit is made
    #[arg(long)]
    pub(super) hook: bool,
    /// Make a job that lints what a change changes
    #[arg(long, value_enum)]
    pub(super) ci: Option<CiArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CiArg {
    /// .github/workflows/migration-lint.yml
    Github,
    /// .gitlab-ci.yml
    Gitlab,
}

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Files, folders and globs; none: the configured migration directory
    pub(super) paths: Vec<PathBuf>,
    /// Take in what is new, too; by itself a baseline that is there only loses what is mended
    #[arg(long)]
    pub(super) update: bool,
    #[command(flatten)]
    pub(super) configuration: ConfigurationArgs,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

/// Where the configuration is.
#[derive(Debug, Args)]
pub(super) struct ConfigurationArgs {
    /// Read this configuration instead of the one found upward from the first path
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long)]
    pub(super) isolated: bool,
}

/// How migrations are read, and what is said beside what was asked for.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// The oldest PostgreSQL that the migrations must run on [default: 15]
    #[arg(long, value_name = "VERSION", value_parser = version)]
    pub(super) target_postgres: Option<Version>,
    /// Write no summary and no warnings
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// How many threads to use [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MAX_JOBS))]
    pub(super) jobs: Option<u16>,
}

/// Which histories are replayed, from what, and how.
#[derive(Debug, Args)]
pub(super) struct HistoriesArgs {
    /// Files, folders and globs, whose whole histories are replayed; none: the configured migration directory
    pub(super) paths: Vec<PathBuf>,
    /// SQL that makes what is there before the first migration, such as a dump; everything else is then absent
    #[arg(long, value_name = "FILE")]
    pub(super) schema: Option<PathBuf>,
    /// Whether what no file creates is assumed to be there (partial), or is not there (complete) [default: partial]
    #[arg(long, value_enum)]
    pub(super) history: Option<HistoryArg>,
    #[command(flatten)]
    pub(super) configuration: ConfigurationArgs,
    #[command(flatten)]
    pub(super) run: RunArgs,
}

#[derive(Debug, Args)]
pub(super) struct ReplayArgs {
    #[command(flatten)]
    pub(super) histories: HistoriesArgs,
    /// How verdicts are written
    #[arg(long, value_enum, default_value_t = VerdictFormatArg::Human)]
    pub(super) format: VerdictFormatArg,
    /// Replay no further than this migration, by its id or number
    #[arg(long, value_name = "ID")]
    pub(super) until: Option<String>,
    /// Show what is different after each down migration
    #[arg(long)]
    pub(super) diff: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorArg::Auto)]
    pub(super) color: ColorArg,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    #[command(flatten)]
    pub(super) histories: HistoriesArgs,
    /// How the schema is written
    #[arg(long, value_enum, default_value_t = SchemaFormatArg::Sql)]
    pub(super) format: SchemaFormatArg,
    /// The schema after this migration, by its id or number, instead of that at the history's end
    #[arg(long, value_name = "ID")]
    pub(super) at: Option<String>,
    /// Write nothing, and say where the file that `database.schema_map_path` names is not the map of the schema
    #[arg(long, conflicts_with_all = ["format", "at"])]
    pub(super) check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaFormatArg {
    /// Statements that make it in an empty database
    Sql,
    /// The house's schema map: one JSON document
    Json,
    /// An entity-relationship diagram for Mermaid
    Mermaid,
    /// An entity-relationship diagram for Graphviz
    Dot,
    /// One page that needs no network: the diagram drawn, the tables, and what each migration did and the rules found
    Html,
}

impl SchemaFormatArg {
    /// How schemas are written; none where it is a page of the whole history.
    pub(super) const fn of_schemas(self) -> Option<SchemaFormat> {
        match self {
            SchemaFormatArg::Sql => Some(SchemaFormat::Sql),
            SchemaFormatArg::Json => Some(SchemaFormat::Json),
            SchemaFormatArg::Mermaid => Some(SchemaFormat::Mermaid),
            SchemaFormatArg::Dot => Some(SchemaFormat::Dot),
            SchemaFormatArg::Html => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum VerdictFormatArg {
    /// A table, and what is to be said of each migration
    Human,
    /// One JSON document
    Json,
}

impl From<VerdictFormatArg> for VerdictFormat {
    fn from(format: VerdictFormatArg) -> VerdictFormat {
        match format {
            VerdictFormatArg::Human => VerdictFormat::Human,
            VerdictFormatArg::Json => VerdictFormat::Json,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum HistoryArg {
    /// What no file creates is assumed to be there
    Partial,
    /// What no file creates is not there
    Complete,
}

#[derive(Debug, Args)]
pub(super) struct LintArgs {
    /// Files, folders and globs; `-` reads standard input; none: the configured migration directory
    pub(super) paths: Vec<PathBuf>,
    /// Report only migrations that git says were added, changed or renamed since this revision, committed or not
    #[arg(long, value_name = "REF")]
    pub(super) since: Option<String>,
    /// Report only migrations that the next commit adds, changes or renames, and read them and all else from git's index, not from the working
    /// tree: for hooks; with --fix, files of which nothing else is changed are repaired in the working tree, and the exit status is 1
    #[arg(long, conflicts_with_all = ["since", "git_index"])]
    pub(super) staged: bool,
    /// Read everything from git's index, and report what is named, staged or not
    #[arg(long, conflicts_with = "since")]
    pub(super) git_index: bool,
    /// Replay all migrations: with `--staged`, `--git-index` and `--since`, those before the first that is reported are otherwise replayed once, and
    /// the schema that they leave is kept in git's own folder
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Report also what the baseline holds
    #[arg(long)]
    pub(super) no_baseline: bool,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = FormatArg::Human)]
    pub(super) format: FormatArg,
    /// Run only these rules or groups, also those that are off by default
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leave out these rules or groups
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) configuration: ConfigurationArgs,
    /// The name under which standard input is linted
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    pub(super) fixing: FixArgs,
    /// Count findings by rule instead of writing them (formats human and concise)
    #[arg(long)]
    pub(super) statistics: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorArg::Auto)]
    pub(super) color: ColorArg,
    #[command(flatten)]
    pub(super) run: RunArgs,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// What is done about findings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Repairs")]
pub(super) struct FixArgs {
    /// Repair what is mechanical, and report what is left; of standard input the repaired text goes to standard output
    #[arg(long)]
    pub(super) fix: bool,
    /// Apply also repairs that may change what a migration does
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// Show what would be repaired as a patch, and write nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// Repair only what these rules find
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) fix_only: Vec<String>,
    /// The day that new headers name where git does not know a file
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) date: Option<String>,
}

impl FixArgs {
    /// Whether anything is to be repaired or shown repaired.
    pub(super) fn any(&self) -> bool {
        self.fix || self.diff || self.unsafe_fixes || !self.fix_only.is_empty()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    /// For people: the marked lines of the file
    Human,
    /// One line a finding
    Concise,
    /// One JSON document
    Json,
    /// Annotations for GitHub Actions, and the summary of the step
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitLab's Code Quality report
    Gitlab,
    /// JUnit's XML: a test for each migration file
    Junit,
    /// Checkstyle's XML
    Checkstyle,
    /// The Reviewdog Diagnostic Format
    Rdjson,
    /// A comment on a pull request: findings, and the verdicts of the migrations
    Markdown,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Format {
        match format {
            FormatArg::Human => Format::Human,
            FormatArg::Concise => Format::Concise,
            FormatArg::Json => Format::Json,
            FormatArg::Github => Format::Github,
            FormatArg::Sarif => Format::Sarif,
            FormatArg::Gitlab => Format::Gitlab,
            FormatArg::Junit => Format::Junit,
            FormatArg::Checkstyle => Format::Checkstyle,
            FormatArg::Rdjson => Format::Rdjson,
            FormatArg::Markdown => Format::Markdown,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The least severity that makes the run fail; none if nothing does.
    pub(super) fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}

fn layout(text: &str) -> Result<&'static dyn Layout, String> {
    let names = || LAYOUTS.iter().map(|layout| layout.name());
    layout::named(text).ok_or_else(|| match nearest(text, names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
    })
}

fn day(text: &str) -> Result<String, String> {
    match text.parse::<Date>() {
        Ok(day) if day.to_string() == text => Ok(day.to_string()),
        Ok(_) | Err(_) => Err("there is no such day; write it as in 2026-11-22".to_owned()),
    }
}

fn version(text: &str) -> Result<Version, String> {
    text.parse::<u8>()
        .ok()
        .and_then(Version::new)
        .ok_or_else(|| format!("the versions that can be checked are {} to {}", Version::OLDEST, Version::NEWEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
