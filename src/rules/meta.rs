//! What there is to know of a rule before it runs.

use crate::diagnostic::Severity;

/// A rule's identity, defaults and page.
#[derive(Debug)]
pub struct Meta {
    /// Kebab-case, a verb first: `require-header`.
    pub id: &'static str,
    /// Which questions it belongs to.
    pub group: Group,
    /// Where the configuration says nothing.
    pub severity: Severity,
    /// When it runs.
    pub on: On,
    /// What its findings are about.
    pub about: About,
    /// Names that well-known linters give the same check.
    pub aliases: &'static [&'static str],
    /// Options that it reads from `migration_lint.rules`, beside `severity`; each is a list of texts, if the rule does not say what it can be.
    pub options: &'static [&'static str],
    /// `rules/<id>.md`.
    pub page: &'static str,
}

impl Meta {
    /// Where the page stands for everyone: nowhere, as long as no version is published.
    pub const fn url(&self) -> Option<&'static str> {
        None
    }

    /// The page without its front matter.
    pub fn body(&self) -> &'static str {
        let page = self.page.trim_start_matches("---\n");
        page.split_once("\n---\n").map_or(self.page, |(_, body)| body.trim_start())
    }

    /// The first sentence of *What it checks*.
    pub fn summary(&self) -> &'static str {
        let body = self.body();
        let after = body.split_once("## What it checks").map_or(body, |(_, text)| text).trim_start();
        let paragraph = after.split("\n\n").next().unwrap_or(after);
        match paragraph.find(". ").or_else(|| paragraph.find(".\n")) {
            Some(end) => &paragraph[..=end],
            None => paragraph,
        }
    }

    /// The sentences of *Configuration* that name `option`, in one line.
    pub fn told_of(&self, option: &str) -> String {
        let name = format!("`{option}`");
        let section = self.body().split_once("## Configuration").map_or("", |(_, text)| text);
        let section = section.split("\n## ").next().unwrap_or(section).split_whitespace().collect::<Vec<_>>().join(" ");
        let sentences = section.split_inclusive(". ").filter(|sentence| sentence.contains(&name));
        sentences.collect::<String>().trim().to_owned()
    }

    /// Whether `name` is its id or an alias.
    pub fn is_called(&self, name: &str) -> bool {
        self.id == name || self.aliases.contains(&name)
    }
}

/// The groups of rules; each can be selected and configured by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The house rules of `global-config.yaml`.
    Doctrine,
    /// What PostgreSQL would say of the migration.
    Proof,
    /// What keeps running clients waiting, breaks them, or loses data.
    Safety,
    /// How tables, columns and what stands on them are made.
    Schema,
    /// How a migration is written.
    Style,
    /// Comments that allow findings.
    Suppression,
}

impl Group {
    /// All of them.
    pub const ALL: [Group; 6] = [Group::Doctrine, Group::Proof, Group::Safety, Group::Schema, Group::Style, Group::Suppression];

    /// As it is written in configuration and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Group::Doctrine => "doctrine",
            Group::Proof => "proof",
            Group::Safety => "safety",
            Group::Schema => "schema",
            Group::Style => "style",
            Group::Suppression => "suppression",
        }
    }
}

/// What the findings of a rule are about, and so whether they can still be mended where a migration is deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// How a migration is written, named or placed: once it is deployed, nobody can change that any more.
    Text,
    /// What there is in the end: the schema, which a later migration can change, the files beside the migrations, or who knows a secret.
    State,
    /// What it finds in a migration is about its text, and what it finds in a history about its state.
    Both,
}

/// When a rule runs, unless it is selected or configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// For everyone.
    Always,
    /// Where the house doctrine holds.
    House,
    /// Where the house doctrine holds, or the configuration has the section that the rule reads.
    Section(Section),
    /// Only when it is selected.
    Selected,
}

impl On {
    /// In words, for lists.
    pub const fn explain(self) -> &'static str {
        match self {
            On::Always => "always",
            On::House => "with the house doctrine",
            On::Section(_) => "with its config section",
            On::Selected => "when selected",
        }
    }
}

/// The sections of the configuration that switch rules on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// `database.migrations.directory`
    MigrationDirectory,
    /// `database.migrations.naming_convention`
    NamingConvention,
    /// `database.schemas`
    Schemas,
    /// `database.tables`
    Tables,
    /// `database.schema_map_path`
    SchemaMap,
    /// `barton_doctrine.id_format`
    IdFormat,
    /// `barton_doctrine.id_ranges`
    IdRanges,
    /// `migration_lint.history: complete`, or `migration_lint.schema`
    CompleteHistory,
}
