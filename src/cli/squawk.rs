//! `init --from .squawk.toml`: what squawk is told, in our words.
//!
//! Rules are found by their aliases. Whatever has no counterpart is said, and nothing is passed over in silence.

use std::fs;
use std::path::Path;

use toml::{Table, Value};

use crate::engine;
use crate::rules::{self, On};
use crate::syntax::Version;

/// What is carried over.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// Lines of `exclude`.
    pub(super) exclude: Vec<String>,
    /// Lines of `rules`.
    pub(super) rules: Vec<String>,
    /// `target_postgres`.
    pub(super) target: Option<Version>,
    /// What there is to say of the rest.
    pub(super) said: Vec<String>,
}

impl Carried {
    /// Reads `file`.
    ///
    /// # Errors
    /// It can't be read, or is no TOML.
    pub(super) fn read(directory: &Path, file: &Path) -> Result<Carried, String> {
        let name = file.display();
        let text = fs::read_to_string(engine::absolute(directory, file)).map_err(|error| format!("{name}: {}", engine::reason(&error)))?;
        let table: Table = text.parse().map_err(|error| format!("{name}: it is no TOML: {error}"))?;
        let mut carried = Carried::default();
        for (key, value) in &table {
            match key.as_str() {
                "excluded_rules" => carried.each(key, value, Carried::leave_out),
                "included_rules" => carried.each(key, value, Carried::take_in),
                "excluded_paths" => carried.each(key, value, Carried::exclude),
                "pg_version" => carried.version(value),
                "assume_in_transaction" => carried.tell(key, "who opens the transaction follows from the layout, which `layout` sets"),
                "upload_to_github" => carried.tell(key, "a report for a pull request is a format: `--format github`"),
                _ => carried.tell(key, "squawk has no such key"),
            }
        }
        carried.rules.sort();
        carried.rules.dedup();
        Ok(carried)
    }

    fn tell(&mut self, key: &str, why: &str) {
        self.said.push(format!("not carried over: `{key}`: {why}"));
    }

    /// Does `carry` with each text of a list.
    fn each(&mut self, key: &str, value: &Value, carry: fn(&mut Carried, &str)) {
        let Some(items) = value.as_array() else {
            self.tell(key, "it is no list");
            return;
        };
        for item in items {
            match item.as_str() {
                Some(text) => carry(self, text),
                None => self.tell(key, "it lists what is no text"),
            }
        }
    }

    fn leave_out(&mut self, name: &str) {
        if let Some(rule) = self.counterpart(name) {
            self.rules.push(format!("{}: \"off\" # {name}", rule.meta().id));
        }
    }

    fn take_in(&mut self, name: &str) {
        let Some(rule) = self.counterpart(name) else { return };
        let meta = rule.meta();
        match meta.on {
            On::Always => self.tell(name, &format!("`{}` runs anyway", meta.id)),
            _ => self.rules.push(format!("{}: {} # {name}", meta.id, meta.severity.word())),
        }
    }

    fn counterpart(&mut self, name: &str) -> Option<&'static dyn rules::Rule> {
        let found = rules::find(name);
        if found.is_none() {
            self.tell(name, "no rule here does the same");
        }
        found
    }

    /// A star of squawk's passes over folders, and ours does not.
    fn exclude(&mut self, pattern: &str) {
        let mut ours: Vec<&str> = Vec::new();
        for part in pattern.split('/') {
            if part.starts_with('*') && part != "**" && ours.last() != Some(&"**") {
                ours.push("**");
            }
            ours.push(part);
        }
        self.exclude.push(format!("- {:?}", ours.join("/")));
    }

    fn version(&mut self, value: &Value) {
        let number = value.as_integer().map(|number| number.to_string()).or_else(|| value.as_float().map(|number| number.to_string()));
        let written = value.as_str().map(str::to_owned).or(number).unwrap_or_default();
        self.target = written.split('.').next().and_then(|major| major.parse().ok()).and_then(Version::new);
        if self.target.is_none() {
            let why = format!("the versions that can be checked are {} to {}, and this is `{written}`", Version::OLDEST, Version::NEWEST);
            self.tell("pg_version", &why);
        }
    }
}
