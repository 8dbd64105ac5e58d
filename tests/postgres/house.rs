//! The house's own migrations, `ctb/data/migrations`, on a real server: each applies, runs again without a change, and its down migration
//! restores the schema; and the schema that they build is the one that `global-config.yaml` names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use postgres::error::DbError;
use serde::Deserialize;

use super::cluster::{Cluster, Database};
use super::schema::Schema;

#[test]
fn each_migration_applies_runs_again_and_reverts() {
    let database = empty_house();
    let start = Schema::of(&database);
    let migrations = migrations();
    for migration in &migrations {
        migration.check_on(&database);
    }
    for migration in migrations.iter().rev() {
        migration.revert(&database);
    }
    assert_same(&start, &Schema::of(&database), "all down migrations, the last first");
}

#[test]
fn the_template_of_the_readme_applies_runs_again_and_reverts() {
    let readme = fs::read_to_string(directory().join("README.md")).expect("the README of the migrations");
    let template = readme.split("```sql\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block of SQL");
    Migration { name: "the template".to_owned(), sql: template.to_owned() }.check_on(&full_house());
}

#[test]
fn the_tables_are_those_that_the_config_names() {
    let database = full_house();
    let config = Config::read().database;
    let named = config.tables.into_iter().flat_map(|(schema, tables)| tables.into_iter().map(move |table| format!("{schema}.{table}")));
    // The tracking table is the migrations' own.
    let named: BTreeSet<String> = named.chain(["public.migration_history".to_owned()]).collect();
    let rows =
        database.connect().query("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY ($1)", &[&config.schemas]);
    let built: BTreeSet<String> = rows.expect("a list of tables").iter().map(|row| row.get(0)).collect();
    assert_eq!(built, named);
}

#[test]
fn the_error_log_takes_the_severities_of_the_config_and_no_other() {
    let database = full_house();
    let log = |id: usize, severity: &str| {
        database.run(&format!(
            "INSERT INTO public.shq_error_log (barton_id, severity, source, message) VALUES ('04.04.02.04.40000.00{id}', '{severity}', 'test', 'm')"
        ))
    };
    let severities = Config::read().logging.database_logging.severity_levels;
    for (id, severity) in severities.iter().enumerate() {
        log(id, severity).unwrap_or_else(|error| panic!("{severity}: {error}"));
    }
    assert_eq!(violated(log(9, "fatal")), "shq_error_log_severity_known");
}

#[test]
fn every_barton_id_has_the_format_and_every_updated_at_its_trigger() {
    let database = full_house();
    let mut client = database.connect();
    // A constraint's expression, tried on text that is an id or nearly one.
    let checks = client
        .query(
            "SELECT conrelid::regclass::text, replace(pg_get_expr(conbin, conrelid), '(barton_id)::text', '$1::text')
             FROM pg_constraint WHERE conname LIKE '%\\_barton\\_id\\_format'",
            &[],
        )
        .expect("the catalog answers");
    assert_eq!(checks.len(), 10, "all tables but the tracking table have an id");
    let near = [
        "",
        "04.04.02.04.30000.1",
        "04.04.02.04.30000.0001",
        "04x04x02x04x30000x001",
        "4.04.02.04.30000.001",
        "04.04.02.04.30000.001\n",
        "AA.04.02.04.30000.001",
    ];
    for check in checks {
        let (table, expression): (String, String) = (check.get(0), check.get(1));
        let mut accepts = |id: &str| client.query_one(&format!("SELECT {expression}"), &[&id]).expect("an expression").get::<_, bool>(0);
        assert!(accepts("04.04.02.04.30000.001"), "{table}");
        near.iter().for_each(|id| assert!(!accepts(id), "{table} takes {id:?}"));
    }
    let untouched = client.query(
        "SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class c ON c.oid = attrelid AND relkind = 'r'
         WHERE attname = 'updated_at' AND relnamespace <> 'information_schema'::regnamespace AND NOT EXISTS (
           SELECT FROM pg_trigger WHERE tgrelid = attrelid AND tgfoid = 'public.update_updated_at_column()'::regprocedure AND tgtype = 19)",
        &[],
    );
    let untouched: Vec<String> = untouched.expect("the catalog answers").iter().map(|row| row.get(0)).collect();
    assert!(untouched.is_empty(), "no BEFORE UPDATE trigger for each row on {untouched:?}");
}

#[test]
fn rows_survive_a_second_run() {
    let database = full_house();
    database
        .run(
            "INSERT INTO intake.company_raw_intake (barton_id, source_system, source_record_id, payload) VALUES ('04.04.02.04.50000.001', 'crm', '1', '{}');
             INSERT INTO marketing.company_master (barton_id, raw_intake_id, company_name) VALUES ('04.04.02.04.30000.001', 1, 'A'), ('04.04.02.04.30000.002', NULL, 'B');
             INSERT INTO marketing.people_master (barton_id, company_id, first_name, last_name) VALUES ('04.04.02.04.20000.001', 1, 'F', 'L');
             INSERT INTO marketing.company_slot (barton_id, company_id, slot_type, person_id, filled_at) VALUES ('04.04.02.04.10000.001', 1, 'CEO', 1, now());
             INSERT INTO public.shq_error_log (barton_id, source, message) VALUES ('04.04.02.04.40000.001', 'test', 'm');
             INSERT INTO marketing.data_enrichment_log (barton_id, company_id, person_id, agent_name, error_log_id) VALUES ('04.04.02.04.60000.001', 1, 1, 'a', 1);
             INSERT INTO marketing.pipeline_errors (barton_id, raw_intake_id, company_id, stage, error_code, message) VALUES ('04.04.02.04.70000.001', 1, 1, 'intake', 'e', 'm');
             INSERT INTO marketing.duplicate_queue (barton_id, company_id, duplicate_company_id, similarity) VALUES ('04.04.02.04.80000.001', 1, 2, 0.9);
             INSERT INTO public.linkedin_refresh_jobs (barton_id, person_id, error_log_id) VALUES ('04.04.02.04.90000.001', 1, 1);
             INSERT INTO bit.events (barton_id, company_id, person_id, event_type, signal_strength) VALUES ('04.04.02.04.99000.001', 1, 1, 'visit', 50);
             INSERT INTO public.migration_history (migration_file) VALUES ('001_create_shq_error_log.sql')",
        )
        .expect("rows that the constraints allow");
    let rows = || {
        let mut client = database.connect();
        let tables = client
            .query("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'", &[]);
        let tables: Vec<String> = tables.expect("a list of tables").iter().map(|row| row.get(0)).collect();
        let content = |table: String| {
            let rows = client.query_one(&format!("SELECT string_agg(t::text, '; ' ORDER BY t::text) FROM {table} t"), &[]);
            let rows: Option<String> = rows.expect("the table's rows").get(0);
            (rows.unwrap_or_else(|| panic!("{table} has no rows")), table)
        };
        tables.into_iter().map(content).collect::<BTreeSet<_>>()
    };
    let before = rows();
    for migration in migrations() {
        database.run(&migration.sql).unwrap_or_else(|error| panic!("{}: {error}", migration.name));
    }
    assert_eq!(before, rows());

    database.run("UPDATE marketing.company_master SET industry = 'i' WHERE id = 1").expect("an update");
    let touched = database.connect().query("SELECT id FROM marketing.company_master WHERE updated_at > created_at", &[]);
    assert_eq!(touched.expect("the companies").iter().map(|row| row.get(0)).collect::<Vec<i64>>(), [1]);
}

/// A migration file of the house's layout.
struct Migration {
    name: String,
    sql: String,
}

impl Migration {
    /// Holds the migration to its three promises, and leaves it applied.
    fn check_on(&self, database: &Database) {
        let name = &self.name;
        let before = Schema::of(database);
        self.apply(database);
        let after = Schema::of(database);
        assert!(!before.changes(&after).is_empty(), "{name} changes nothing");
        self.apply(database);
        assert_same(&after, &Schema::of(database), &format!("{name}, run a second time"));
        self.revert(database);
        assert_same(&before, &Schema::of(database), &format!("{name}, reverted"));
        self.revert(database);
        assert_same(&before, &Schema::of(database), &format!("{name}, reverted a second time"));
        self.apply(database);
        assert_same(&after, &Schema::of(database), &format!("{name}, applied after its down migration"));
    }

    fn apply(&self, database: &Database) {
        database.run(&self.sql).unwrap_or_else(|error| panic!("{} does not apply: {error}", self.name));
    }

    fn revert(&self, database: &Database) {
        let (_, down) = self.sql.split_once("\n-- DOWN MIGRATION (for rollback reference)\n").expect("a down block");
        let down: Vec<&str> = down.lines().map(|line| line.strip_prefix("-- ").expect("a comment")).collect();
        database.run(&down.join("\n")).unwrap_or_else(|error| panic!("{} does not revert: {error}", self.name));
    }
}

/// What these tests read of `global-config.yaml`.
#[derive(Deserialize)]
struct Config {
    database: DatabaseSection,
    logging: LoggingSection,
}

#[derive(Deserialize)]
struct DatabaseSection {
    schemas: Vec<String>,
    tables: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct LoggingSection {
    database_logging: DatabaseLogging,
}

#[derive(Deserialize)]
struct DatabaseLogging {
    severity_levels: Vec<String>,
}

impl Config {
    fn read() -> Config {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("global-config.yaml");
        serde_saphyr::from_str(&fs::read_to_string(path).expect("the house's config")).expect("the sections that the house has")
    }
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("ctb/data/migrations")
}

/// The migrations, in order.
fn migrations() -> Vec<Migration> {
    let files = fs::read_dir(directory()).expect("the migrations").map(|entry| entry.expect("a file").path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|extension| extension == "sql")).collect();
    files.sort();
    assert!(files.len() >= 8, "only {} migrations", files.len());
    let read = |path: PathBuf| Migration {
        name: path.file_name().expect("a file").display().to_string(),
        sql: fs::read_to_string(path).expect("a migration"),
    };
    files.into_iter().map(read).collect()
}

/// A database with the managed schemas and nothing in them.
fn empty_house() -> Database {
    let database = Cluster::shared().database();
    for schema in Config::read().database.schemas {
        database.run(&format!("CREATE SCHEMA IF NOT EXISTS {schema}")).expect("a schema");
    }
    database
}

/// A database after all migrations.
fn full_house() -> Database {
    let database = empty_house();
    migrations().iter().for_each(|migration| migration.apply(&database));
    database
}

fn assert_same(expected: &Schema, actual: &Schema, what: &str) {
    let changes = expected.changes(actual);
    assert!(changes.is_empty(), "{what}, leaves another schema:\n{changes}");
}

/// The constraint that a refused statement violates.
fn violated(result: Result<(), Box<DbError>>) -> String {
    let error = result.expect_err("the constraint refuses the row");
    error.constraint().expect("a constraint's name").to_owned()
}
