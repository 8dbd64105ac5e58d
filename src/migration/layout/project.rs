//! What the project that migrations are part of says of the tool that runs them: names alone often leave it open.
//!
//! Rust's manifest names sqlx among what the project depends on, Go's names golang-migrate. Invariant: a manifest that names none, or several tools
//! that run migrations, says nothing, and the next one above it is asked.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// The files that are asked.
pub const MANIFESTS: [&str; 2] = ["Cargo.toml", "go.mod"];

/// The tools that manifests name, by the whole paths of their folders.
#[derive(Debug, Clone, Default)]
pub struct Projects(BTreeMap<String, &'static str>);

impl Projects {
    /// Notes the manifest at `path`, a whole one with `/`.
    pub fn note(&mut self, path: &str, text: &str) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let tool = match name {
            "Cargo.toml" => of_rust(text),
            "go.mod" => of_go(text),
            _ => None,
        };
        self.0.extend(tool.map(|tool| (folder.to_owned(), tool)));
    }

    /// The layout of the tool that runs migrations in `folder`, by the nearest manifest that names one.
    pub fn tool_of(&self, folder: &str) -> Option<&'static str> {
        let mut above = Some(folder);
        std::iter::from_fn(|| {
            let folder = above?;
            above = folder.rsplit_once('/').map(|(parent, _)| parent);
            Some(folder)
        })
        .find_map(|folder| self.0.get(folder).copied())
    }
}

/// Crates that run migrations, beside sqlx.
const OTHERS_OF_RUST: [&str; 4] = ["diesel_migrations", "refinery", "sea-orm-migration", "tern"];

fn of_rust(text: &str) -> Option<&'static str> {
    let manifest: Table = text.parse().ok()?;
    let mut crates = Vec::new();
    dependencies(&manifest, &mut crates);
    let is_other = |name: &&str| OTHERS_OF_RUST.contains(name);
    (crates.contains(&"sqlx") && !crates.iter().any(is_other)).then_some("sqlx")
}

/// The crates that any `dependencies` of a manifest names, be they a target's, the workspace's or those of tests.
fn dependencies<'m>(table: &'m Table, crates: &mut Vec<&'m str>) {
    for (key, value) in table {
        match value {
            Value::Table(names) if key.ends_with("dependencies") => crates.extend(names.iter().map(|(name, value)| package(name, value))),
            Value::Table(inner) if matches!(key.as_str(), "workspace" | "target") || key.starts_with("cfg(") => dependencies(inner, crates),
            _ => {}
        }
    }
}

/// What a crate is called where it comes from.
fn package<'m>(name: &'m str, value: &'m Value) -> &'m str {
    value.get("package").and_then(Value::as_str).unwrap_or(name)
}

/// Modules that run migrations, beside golang-migrate.
const OTHERS_OF_GO: [&str; 4] =
    ["github.com/pressly/goose", "github.com/rubenv/sql-migrate", "github.com/amacneil/dbmate", "github.com/jackc/tern"];

fn of_go(text: &str) -> Option<&'static str> {
    let modules: Vec<&str> = text.lines().map(|line| line.trim().trim_start_matches("require ").trim_start()).collect();
    let is_required = |module: &&str| modules.iter().any(|line| line.starts_with(module));
    (is_required(&"github.com/golang-migrate/migrate") && !OTHERS_OF_GO.iter().any(is_required)).then_some("golang-migrate")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tool of `folder` under `manifests`.
    fn tool(folder: &str, manifests: &[(&str, &str)]) -> Option<&'static str> {
        let mut projects = Projects::default();
        manifests.iter().for_each(|(path, text)| projects.note(path, text));
        projects.tool_of(folder)
    }

    #[test]
    fn a_crate_is_named_wherever_a_manifest_names_what_it_depends_on() {
        for manifest in [
            "[dependencies]\nsqlx = \"0.8\"\n",
            "[dependencies]\nsqlx.workspace = true\n",
            "[dev-dependencies]\ndb = { package = \"sqlx\", version = \"0.8\" }\n",
            "[workspace.dependencies]\nsqlx = { version = \"0.8\" }\n",
            "[target.'cfg(unix)'.dependencies]\nsqlx = \"0.8\"\n",
        ] {
            assert_eq!(tool("/p/migrations", &[("/p/Cargo.toml", manifest)]), Some("sqlx"), "{manifest}");
        }
        for manifest in [
            "",
            "[package]\nname = \"sqlx\"\n",
            "[dependencies]\nsqlx-core = \"0.8\"\n",
            "[dependencies]\nsqlx = \"0.8\"\nrefinery = \"0.8\"\n",
            "[dependencies]\nsqlx = ",
        ] {
            assert_eq!(tool("/p/migrations", &[("/p/Cargo.toml", manifest)]), None, "{manifest}");
        }
    }

    #[test]
    fn a_module_is_named_where_it_is_required() {
        let block = "module a\n\nrequire (\n\tgithub.com/golang-migrate/migrate/v4 v4.17.0\n)\n";
        assert_eq!(tool("/p/m", &[("/p/go.mod", block)]), Some("golang-migrate"));
        assert_eq!(
            tool("/p/m", &[("/p/go.mod", "require github.com/golang-migrate/migrate v3.5.4 // indirect\n")]),
            Some("golang-migrate")
        );
        assert_eq!(tool("/p/m", &[("/p/go.mod", "// github.com/golang-migrate/migrate/v4 v4.17.0\n")]), None);
        let both = "require (\n\tgithub.com/golang-migrate/migrate/v4 v4.17.0\n\tgithub.com/pressly/goose/v3 v3.1.0\n)\n";
        assert_eq!(tool("/p/m", &[("/p/go.mod", both)]), None);
    }

    #[test]
    fn the_nearest_manifest_that_names_a_tool_counts() {
        let (rust, go) = ("[dependencies]\nsqlx = \"0.8\"\n", "require github.com/golang-migrate/migrate/v4 v4.17.0\n");
        let all = [("/p/Cargo.toml", rust), ("/p/a/Cargo.toml", "[dependencies]\n"), ("/p/b/go.mod", go)];
        assert_eq!(tool("/p/a/migrations", &all), Some("sqlx"));
        assert_eq!(tool("/p/b/migrations", &all), Some("golang-migrate"));
        assert_eq!(tool("/q/migrations", &all), None);
    }
}
