//! Safe fixes on a real server: what a page calls bad and what the fixes make of it give the same schema; and what is mended against a second
//! run can be run a second time.
//!
//! Not every example can be tried: what a page shows is also what PostgreSQL refuses, or stands on things that no server here has. Those that
//! the server takes as they stand are counted, so that they do not become fewer in silence.

#[allow(dead_code)]
#[path = "../pages/example.rs"]
mod example;
#[allow(dead_code)]
#[path = "../pages/page.rs"]
mod page;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use migration_lint::catalog::Knowledge;
use migration_lint::diagnostic::Applicability;
use migration_lint::engine::{Choice, Mending};
use migration_lint::migration;
use migration_lint::rules::{Group, RULES};
use migration_lint::text::SourceFile;

use super::cluster::{Cluster, Database};
use super::schema::Schema;
use example::Blocks;
use page::Page;

/// What the examples take to be there.
const SETUP: &str = "
    CREATE SCHEMA marketing; CREATE SCHEMA intake; CREATE SCHEMA bit;
    CREATE TABLE marketing.company_master (id BIGINT PRIMARY KEY, company_unique_id TEXT UNIQUE, company_name TEXT, active BOOLEAN);
    CREATE TABLE marketing.people_master (id BIGINT PRIMARY KEY, company_id BIGINT, name TEXT);
    CREATE TABLE marketing.kinds (name TEXT PRIMARY KEY);
    CREATE TABLE marketing.old (id INTEGER, a INTEGER);
    CREATE VIEW marketing.old_tags AS SELECT 1 AS one;
    CREATE FUNCTION public.update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at = now(); RETURN NEW; END';
    CREATE FUNCTION marketing.set_updated_at() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at = now(); RETURN NEW; END';";

/// How many histories are compared; only ever raise it.
const COMPARED: usize = 37;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn house() -> String {
    fs::read_to_string(repository().join("global-config.yaml")).expect("the repository has a configuration")
}

/// Texts by path, in the order in which they run.
type Files = BTreeMap<String, String>;

fn texts(files: &Blocks) -> Files {
    files.files.iter().filter(|file| file.path.ends_with(".sql")).map(|file| (file.path.clone(), file.text.clone())).collect()
}

/// What safe fixes of every rule make of `files`, and of which rules there are findings then; nothing if there is nothing to fix.
fn mended(files: &Blocks, before: &Files) -> Option<(Files, Vec<&'static str>)> {
    let choice = Choice { select: Group::ALL.iter().map(|group| group.id().to_owned()).collect(), ignore: Vec::new() };
    let mending = Mending { least: Applicability::Safe, only: &[], within: None };
    let mended = files.with_workspace(choice, Some(Knowledge::Partial), |workspace, selected| workspace.repair(selected, mending));
    let mut after = before.clone();
    after.extend(mended.changes.iter().map(|change| (change.path.clone(), change.after.to_string())));
    let left = mended.outcome.findings.iter().map(|finding| finding.rule.id).collect();
    (after != *before).then_some((after, left))
}

/// A server on which examples can be tried.
struct Trial {
    cluster: Arc<Cluster>,
    template: Database,
}

impl Trial {
    fn new() -> Trial {
        let cluster = Arc::new(Cluster::start());
        let template = cluster.database();
        template.run(SETUP).unwrap_or_else(|error| panic!("the setup: {error}"));
        Trial { cluster, template }
    }

    /// A database on which `files` have run; what PostgreSQL says, if it refuses one.
    fn with(&self, files: &Files) -> Result<Database, String> {
        self.cluster.forget_roles();
        let database = self.cluster.copy(&self.template);
        run(&database, files).map(|()| database)
    }
}

/// Runs the up sections, one after the other.
fn run(database: &Database, files: &Files) -> Result<(), String> {
    let sources: Vec<SourceFile> = files.iter().map(|(path, text)| SourceFile::new(path.as_str(), text.as_str())).collect();
    let histories = migration::histories(&sources);
    histories.iter().flat_map(|history| &history.migrations).try_for_each(|migration| {
        let up = migration.sections().up;
        database
            .run(&up.text()[up.span()])
            .map_err(|error| format!("{}: {}: {}", migration.up.path(), error.code().code(), error.message()))
    })
}

#[test]
fn a_safe_fix_leaves_the_schema_of_a_server_as_it_is() {
    let trial = Trial::new();
    let mut problems = Vec::new();
    let mut compared = 0;
    let is_safe = |page: &Page| page.front_matter.iter().any(|(key, value)| key == "fix" && value == "safe");
    for page in RULES.iter().map(|rule| Page::read(rule.meta())).filter(is_safe) {
        for files in page.histories() {
            let before = texts(&files);
            let (Some((after, _)), Ok(plain)) = (mended(&files, &before), trial.with(&before)) else { continue };
            compared += 1;
            let name = format!("rules/{}.md", page.meta.id);
            match trial.with(&after) {
                Ok(fixed) => {
                    let (plain, fixed) = (Schema::of(&plain), Schema::of(&fixed));
                    let changes = plain.changes(&fixed);
                    if !changes.is_empty() {
                        problems.push(format!("{name}: the fixes change the schema:\n{changes}{after:#?}"));
                    }
                }
                Err(error) => problems.push(format!("{name}: after the fixes: {error}\n{after:#?}")),
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    println!("{compared} histories compared");
    assert!(compared >= COMPARED, "only {compared} histories can be compared, where {COMPARED} could be");
}

#[test]
fn what_is_mended_against_a_second_run_can_be_run_again() {
    let page = RULES.iter().find(|rule| rule.meta().id == "require-idempotency").map(|rule| Page::read(rule.meta()));
    let trial = Trial::new();
    let mut tried = 0;
    for files in page.expect("the rule is there").histories() {
        let before = texts(&files);
        let (Some((after, left)), Ok(_)) = (mended(&files, &before), trial.with(&before)) else { continue };
        if left.contains(&"require-idempotency") {
            continue;
        }
        let database = trial.with(&after).expect("it runs once");
        let schema = Schema::of(&database);
        run(&database, &after).unwrap_or_else(|error| panic!("in a second run: {error}\n{after:#?}"));
        let again = Schema::of(&database);
        assert!(schema.changes(&again).is_empty(), "a second run changes the schema:\n{}", schema.changes(&again));
        tried += 1;
    }
    assert!(tried > 0, "no example can be tried");
}
