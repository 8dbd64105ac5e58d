//! How fast a history is replayed, and what it costs to keep the catalog after every migration.
//!
//! ```sh
//! cargo bench --bench replay
//! ```
//!
//! The histories are made here: tables with foreign keys and indexes, types and constraints behind guards, functions, triggers, views,
//! policies, rows, changes of columns, each with a down section, four kilobytes a migration. A group of ten builds on the group before it, so
//! the schema grows with the history, and the time a migration must not. `max alloc` of `snapshots` less that of `fold`, divided by the number
//! of migrations, is what a snapshot costs.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use migration_lint::catalog::replay::{Direction, apply};
use migration_lint::catalog::{Catalog, Knowledge, World};
use migration_lint::config::Config;
use migration_lint::engine::{Choice, FileText, Judged, Settings, Show, Start, Workspace};
use migration_lint::migration::{History, histories};
use migration_lint::syntax::Version;
use migration_lint::text::SourceFile;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const LENGTHS: [usize; 4] = [1_000, 2_500, 5_000, 10_000];
/// Migrations that make, and then change, the same tables.
const GROUP: usize = 10;
/// Tables of a group.
const TABLES: [&str; 4] = ["account", "invoice", "payment", "message"];

fn main() {
    divan::main();
}

/// All three verdicts, on all threads.
#[divan::bench(args = LENGTHS, sample_count = 5, sample_size = 1)]
fn verdicts(bencher: Bencher, length: usize) {
    let files = files(length);
    let (config, choice, start) = (Config::default(), Choice::default(), Start::default());
    let root = Path::new("/project");
    let mut workspace = Workspace::new(Settings { directory: root, root, config: &config, choice: &choice, start: &start });
    for (path, text) in &files {
        workspace.set_file(path, FileText { text: text.as_str().into(), damages: Vec::new() });
    }
    let first = BTreeSet::from([files[0].0.clone()]);
    let replay = || workspace.replay(&first, None, Show::Verdicts).0;
    let judged = replay();
    assert_eq!(judged.len(), length);
    if let Some(doubtful) = judged.iter().find(|judged| !is_proved(judged)) {
        panic!("the bench is about a history that is sound: {doubtful:?}");
    }
    bencher.counter(ItemsCount::new(length)).bench_local(replay);
}

fn is_proved(judged: &Judged) -> bool {
    let reruns = judged.reruns.as_ref().is_some_and(|reruns| reruns.verdict.word() == "proved");
    let reverts = judged.reverts.as_ref().is_some_and(|verdict| verdict.word() == "proved");
    judged.applies.word() == "proved" && reruns && reverts
}

/// Reading and applying, on one thread; the catalog at the end is all that is kept.
#[divan::bench(args = LENGTHS, sample_count = 3, sample_size = 1)]
fn fold(bencher: Bencher, length: usize) {
    let history = history(length);
    bencher.counter(ItemsCount::new(length)).bench_local(|| folded(&history, |_| {}));
}

/// The same, with the catalog after every migration kept.
#[divan::bench(args = LENGTHS, sample_count = 3, sample_size = 1)]
fn snapshots(bencher: Bencher, length: usize) {
    let history = history(length);
    bencher.counter(ItemsCount::new(length)).bench_local(|| {
        let mut kept = Vec::with_capacity(length);
        folded(&history, |catalog| kept.push(catalog.clone()));
        kept
    });
}

fn folded(history: &History, mut see: impl FnMut(&Catalog)) -> Catalog {
    let target = Version::DEFAULT_TARGET;
    let world = World { target, knowledge: Knowledge::Complete, creates: &|_, _| false, user: "postgres".into() };
    let mut catalog = Catalog::at_start(target);
    for (index, migration) in (0..).zip(&history.migrations) {
        let up = migration.sections().up.parse();
        catalog = apply(&world, &catalog, Direction::plain(&up.text, &up.script), index).after;
        see(&catalog);
    }
    catalog
}

fn history(length: usize) -> History {
    let sources: Vec<SourceFile> = files(length).into_iter().map(|(path, text)| SourceFile::new(path, text)).collect();
    histories(&sources).into_iter().next().expect("files of one layout")
}

/// The paths and texts of a history's files.
fn files(length: usize) -> Vec<(String, String)> {
    (0..length).map(|number| file(number / GROUP, number % GROUP, number)).collect()
}

fn file(group: usize, step: usize, number: usize) -> (String, String) {
    let (purpose, of_table) = STEPS[step];
    let (mut up, mut down) = (String::new(), Vec::new());
    for table in TABLES {
        let (forth, back) = of_table(&Names { table: &format!("app.{table}_{group}"), group, own: &format!("{table}_{group}") });
        up.push_str(&forth);
        down.push(back);
    }
    down.reverse();
    let mut commented = String::new();
    for line in down.concat().lines().filter(|line| !line.is_empty()) {
        writeln!(commented, "-- {line}").expect("a string takes everything");
    }
    let id = format!("{:05}_{purpose}_{group}", number + 1);
    // What everything lies in, and the trigger function that all tables share.
    let first = if number == 0 { START } else { "" };
    let text = format!(
        "-- Migration: {id}\n-- Created: 2026-11-22\n-- Barton Doctrine: Compliant\n-- Schemas: app\n-- Purpose: {purpose} of group {group}\n\n\
         -- UP MIGRATION\nBEGIN;\n{first}{up}\nCOMMIT;\n\n-- DOWN MIGRATION (for rollback reference)\n{commented}{}",
        if number == 0 { "-- DROP FUNCTION IF EXISTS app.touch();\n-- DROP SCHEMA IF EXISTS app;\n" } else { "" }
    );
    (format!("/project/migrations/{id}.sql"), text)
}

const START: &str = "CREATE SCHEMA IF NOT EXISTS app;\nCREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  \
                     NEW.updated_at = now();\n  RETURN NEW;\nEND;\n$$;\n";

/// What a step of a group calls things.
struct Names<'n> {
    /// The table, with its schema.
    table: &'n str,
    /// The table's own name.
    own: &'n str,
    group: usize,
}

/// What a step does to a table, and how it is undone.
type Step = fn(&Names<'_>) -> (String, String);

const STEPS: [(&str, Step); GROUP] = [
    ("create_tables", create_table),
    ("create_types", create_type),
    ("add_references", add_reference),
    ("create_functions", create_function),
    ("insert_rows", insert_rows),
    ("add_constraints", add_constraint),
    ("create_views", create_view),
    ("create_policies", create_policy),
    ("change_columns", change_columns),
    ("change_indexes", change_indexes),
];

fn create_table(Names { table, own, .. }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
-- One row for each {own}.
CREATE TABLE IF NOT EXISTS {table} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  barton_id varchar(50) UNIQUE NOT NULL
    CONSTRAINT {own}_barton_id_format CHECK (barton_id ~ '^[0-9]{{2}}\\.[0-9]{{2}}\\.[0-9]{{5}}\\.[0-9]{{3}}$'),
  name text NOT NULL,
  state text NOT NULL DEFAULT 'new' CONSTRAINT {own}_state_known CHECK (state IN ('new', 'open', 'closed')),
  amount numeric(12, 2) NOT NULL DEFAULT 0,
  note text,
  context jsonb NOT NULL DEFAULT '{{}}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT {own}_updated_later CHECK (updated_at >= created_at)
);
COMMENT ON TABLE {table} IS 'The {own} of this house, one row each';
CREATE INDEX IF NOT EXISTS idx_{own}_created_at ON {table} (created_at);
CREATE INDEX IF NOT EXISTS idx_{own}_open ON {table} (state, created_at) WHERE state <> 'closed';
DROP TRIGGER IF EXISTS touch_{own} ON {table};
CREATE TRIGGER touch_{own} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION app.touch();
"
    );
    (up, format!("DROP TABLE IF EXISTS {table};\n"))
}

fn create_type(Names { table, own, .. }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'kind_of_{own}' AND n.nspname = 'app') THEN
    CREATE TYPE app.kind_of_{own} AS ENUM ('first', 'second', 'third');
  END IF;
END $$;
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS kind app.kind_of_{own};
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS closed_at timestamptz;
COMMENT ON COLUMN {table}.kind IS 'Of which kind it is; not every one is of a kind';
COMMENT ON COLUMN {table}.closed_at IS 'When it was closed, if it is';
CREATE INDEX IF NOT EXISTS idx_{own}_kind ON {table} (kind);
"
    );
    let down = format!(
        "DROP INDEX IF EXISTS app.idx_{own}_kind;\nALTER TABLE {table} DROP COLUMN IF EXISTS closed_at;\n\
         ALTER TABLE {table} DROP COLUMN IF EXISTS kind;\nDROP TYPE IF EXISTS app.kind_of_{own};\n"
    );
    (up, down)
}

fn add_reference(Names { table, own, group }: &Names<'_>) -> (String, String) {
    let earlier = format!("app.account_{}", group.saturating_sub(1));
    let up = format!(
        "
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS account_id bigint;
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS parent_id bigint REFERENCES {table} (id) ON DELETE SET NULL;
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'fk_{own}_account' AND conrelid = '{table}'::regclass) THEN
    ALTER TABLE {table} ADD CONSTRAINT fk_{own}_account FOREIGN KEY (account_id) REFERENCES {earlier} (id) ON DELETE CASCADE;
  END IF;
END $$;
CREATE INDEX IF NOT EXISTS idx_{own}_account_id ON {table} (account_id);
CREATE INDEX IF NOT EXISTS idx_{own}_parent_id ON {table} (parent_id);
"
    );
    let down = format!(
        "DROP INDEX IF EXISTS app.idx_{own}_parent_id;\nDROP INDEX IF EXISTS app.idx_{own}_account_id;\n\
         ALTER TABLE {table} DROP COLUMN IF EXISTS parent_id;\nALTER TABLE {table} DROP COLUMN IF EXISTS account_id;\n"
    );
    (up, down)
}

fn create_function(Names { table, own, .. }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
CREATE OR REPLACE FUNCTION app.close_{own}(which bigint, why text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  found_state text;
BEGIN
  SELECT state INTO found_state FROM {table} WHERE id = which FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no {own} %', which;
  ELSIF found_state = 'closed' THEN
    RETURN false;
  END IF;
  UPDATE {table} SET state = 'closed', closed_at = now(), note = coalesce(why, note) WHERE id = which;
  RETURN true;
END;
$$;
CREATE OR REPLACE FUNCTION app.open_{own}() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM {table} WHERE state <> 'closed';
$$;
COMMENT ON FUNCTION app.close_{own}(bigint, text) IS 'Closes it, and says why';
"
    );
    (up, format!("DROP FUNCTION IF EXISTS app.open_{own}();\nDROP FUNCTION IF EXISTS app.close_{own}(bigint, text);\n"))
}

fn insert_rows(Names { table, group, .. }: &Names<'_>) -> (String, String) {
    let mut rows = String::new();
    for row in 1..=6 {
        let end = if row == 6 { "" } else { ",\n" };
        write!(rows, "  ('04.04.{:05}.{row:03}', 'row {row} of this table', 'open', {row}.50, '{{\"at\": {row}}}'){end}", group % 100_000)
            .expect("a string takes everything");
    }
    let up = format!(
        "\nINSERT INTO {table} (barton_id, name, state, amount, context) VALUES\n{rows}\nON CONFLICT (barton_id) DO NOTHING;\n\
         UPDATE {table} SET note = 'seed' WHERE barton_id = '04.04.{:05}.001';\n",
        group % 100_000
    );
    (up, format!("DELETE FROM {table} WHERE barton_id LIKE '04.04.{:05}.%';\n", group % 100_000))
}

fn add_constraint(Names { table, own, .. }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE constraint_schema = 'app' AND constraint_name = '{own}_amount_sane') THEN
    ALTER TABLE {table} ADD CONSTRAINT {own}_amount_sane CHECK (amount >= 0 AND amount < 1000000) NOT VALID;
  END IF;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
ALTER TABLE {table} VALIDATE CONSTRAINT {own}_amount_sane;
ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {own}_name_short;
ALTER TABLE {table} ADD CONSTRAINT {own}_name_short CHECK (length(name) <= 200);
"
    );
    let down = format!(
        "ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {own}_name_short;\nALTER TABLE {table} DROP CONSTRAINT IF EXISTS {own}_amount_sane;\n"
    );
    (up, down)
}

fn create_view(Names { table, own, group }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
CREATE OR REPLACE VIEW app.{own}_overview AS
SELECT t.id, t.barton_id, t.name, t.state, t.amount, t.created_at, a.name AS account_name,
  CASE WHEN t.state = 'closed' THEN t.updated_at ELSE NULL END AS ended_at,
  (SELECT count(*) FROM {table} c WHERE c.parent_id = t.id) AS children
FROM {table} t
LEFT JOIN app.account_{} a ON a.id = t.account_id
WHERE t.created_at > now() - interval '1 year';
COMMENT ON VIEW app.{own}_overview IS 'The {own} of the last year';
",
        group.saturating_sub(1)
    );
    (up, format!("DROP VIEW IF EXISTS app.{own}_overview;\n"))
}

fn create_policy(Names { table, own, .. }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS {own}_reads ON {table};
CREATE POLICY {own}_reads ON {table} FOR SELECT USING (state <> 'closed' OR updated_at > now() - interval '30 days');
DROP POLICY IF EXISTS {own}_writes ON {table};
CREATE POLICY {own}_writes ON {table} FOR INSERT WITH CHECK (amount >= 0);
GRANT SELECT ON {table} TO PUBLIC;
"
    );
    let down = format!(
        "REVOKE SELECT ON {table} FROM PUBLIC;\nDROP POLICY IF EXISTS {own}_writes ON {table};\nDROP POLICY IF EXISTS {own}_reads ON {table};\n\
         ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n"
    );
    (up, down)
}

fn change_columns(Names { table, own, .. }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
ALTER TABLE {table} ALTER COLUMN note SET DEFAULT '';
ALTER TABLE {table} ALTER COLUMN context DROP NOT NULL;
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'app' AND table_name = '{own}' AND column_name = 'closed_at') THEN
    ALTER TABLE {table} RENAME COLUMN closed_at TO finished_at;
  END IF;
END $$;
COMMENT ON COLUMN {table}.finished_at IS 'When it ended, if it did';
"
    );
    let down = format!(
        "COMMENT ON COLUMN {table}.finished_at IS 'When it was closed, if it is';\nALTER TABLE {table} RENAME COLUMN finished_at TO closed_at;\n\
         ALTER TABLE {table} ALTER COLUMN context SET NOT NULL;\nALTER TABLE {table} ALTER COLUMN note DROP DEFAULT;\n"
    );
    (up, down)
}

fn change_indexes(Names { table, own, .. }: &Names<'_>) -> (String, String) {
    let up = format!(
        "
DROP INDEX IF EXISTS app.idx_{own}_open;
CREATE INDEX IF NOT EXISTS idx_{own}_state ON {table} (state, created_at DESC) INCLUDE (name);
CREATE UNIQUE INDEX IF NOT EXISTS idx_{own}_name ON {table} (lower(name), id);
CREATE INDEX IF NOT EXISTS idx_{own}_context ON {table} USING gin (context);
"
    );
    let down = format!(
        "DROP INDEX IF EXISTS app.idx_{own}_context;\nDROP INDEX IF EXISTS app.idx_{own}_name;\nDROP INDEX IF EXISTS app.idx_{own}_state;\n\
         CREATE INDEX IF NOT EXISTS idx_{own}_open ON {table} (state, created_at) WHERE state <> 'closed';\n"
    );
    (up, down)
}
