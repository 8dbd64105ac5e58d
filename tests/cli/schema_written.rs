//! `migration-lint schema`: the schema that a history leaves, in every format.

use super::rig::Project;

const FIRST: &str = "CREATE SCHEMA shop;\nCREATE TABLE shop.people (id bigint PRIMARY KEY, name text NOT NULL);\n";
const SECOND: &str = "ALTER TABLE shop.people ADD born date;\n";

fn project() -> Project {
    Project::with([("m/001_people.sql", FIRST), ("m/002_born.sql", SECOND)])
}

#[test]
fn statements_make_the_schema_at_the_end_or_after_a_migration() {
    let project = project();
    let written = |arguments: &[&str]| project.run(&[&["schema", "m", "--format", "sql"], arguments].concat()).clean().stdout;
    let expected = "-- The schema of m, for PostgreSQL 15.\n\nCREATE SCHEMA shop;\n\nCREATE TABLE shop.people (\n    id bigint NOT NULL,\n    \
                    name text NOT NULL,\n    born date,\n    CONSTRAINT people_pkey PRIMARY KEY (id)\n);\n";
    assert_eq!(written(&[]), expected);
    let at_first = written(&["--at", "001_people"]);
    assert!(at_first.starts_with("-- The schema of m after 001_people, for PostgreSQL 15.\n") && !at_first.contains("born"), "{at_first}");
}

#[test]
fn a_migration_that_is_not_there_and_a_format_that_is_none_are_errors() {
    let project = project();
    project
        .run(&["schema", "m", "--at", "nowhere"])
        .said(2, &["migration-lint: there is no migration `nowhere`; the last one is `002_born`"]);
    let run = project.run(&["schema", "m", "--format", "yaml"]);
    assert!(run.status == 2 && run.stderr.contains("invalid value 'yaml' for '--format <FORMAT>'"), "{run:?}");
}

#[test]
fn what_no_migration_makes_and_what_is_not_told_is_said() {
    let project = Project::with([
        ("m/001_a.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, person bigint REFERENCES people (id));\n"),
        ("m/002_b.sql", "\\i other.sql\n"),
    ]);
    let run = project.run(&["schema", "m"]);
    let told =
        "migration-lint: warning: what `002_b` does is not all told, and the schema may be another: what psql's `\\i` does is not followed";
    let run = run.said(0, &[told]);
    assert!(run.stdout.contains("-- Not written, since no migration makes it: table public.people.\n"), "{run:?}");
    project.run(&["schema", "m", "--quiet"]).clean();
}

const HOUSE: &str = "database: {migrations: {directory: m}, schema_map_path: docs/map.json}\n";

/// A map that says what is so, in the house's own words, with what only people and servers know.
const MAP: &str = r#"{
  "generated_at": "2026-11-20T09:00:00Z",
  "database": "Shop DB",
  "schemas": {
    "shop": {
      "description": "Customers",
      "tables": {
        "people": {
          "row_count": 3,
          "columns": [
            { "name": "id", "type": "bigint", "nullable": false, "default": null, "description": "of the person" },
            { "name": "name", "type": "text", "nullable": false, "default": null },
            { "name": "born", "type": "date", "nullable": true, "default": null }
          ]
        }
      },
      "views": {}
    }
  }
}
"#;

fn house(map: &str) -> Project {
    let project = project();
    project.write("global-config.yaml", HOUSE);
    project.write("docs/map.json", map);
    project
}

#[test]
fn the_map_names_every_column_index_and_foreign_key() {
    let project = Project::with([(
        "m/001_a.sql",
        "CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(20) DEFAULT 'x', twice int GENERATED ALWAYS AS (id * 2) STORED);\n\
         CREATE TYPE mood AS ENUM ('good', 'bad');\n\
         CREATE TABLE b (a_id int NOT NULL REFERENCES a ON DELETE CASCADE, mood mood);\n\
         CREATE INDEX b_mood ON b USING hash (mood) WHERE mood <> 'bad';\n\
         CREATE VIEW v AS SELECT name FROM a;\n",
    )]);
    let run = project.run(&["schema", "m", "--format", "json"]).clean();
    let map: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(map["counts"], serde_json::json!({"schemas": 1, "tables": 2, "views": 1, "columns": 5, "indexes": 2, "foreign_keys": 1}));
    let public = &map["schemas"]["public"];
    let column = |table: &str, at: usize| public["tables"][table]["columns"][at].clone();
    let identity = serde_json::json!({"name": "id", "type": "integer", "nullable": false, "default": null, "identity": "ALWAYS"});
    assert_eq!(column("a", 0), identity);
    assert_eq!(column("a", 1), serde_json::json!({"name": "name", "type": "character varying(20)", "nullable": true, "default": "'x'"}));
    assert_eq!(column("a", 2)["generated"], "id * 2");
    let primary = serde_json::json!([{"name": "a_pkey", "columns": ["id"], "unique": true, "primary": true}]);
    assert_eq!(public["tables"]["a"]["indexes"], primary);
    let partial = serde_json::json!([{"name": "b_mood", "columns": ["mood"], "unique": false, "primary": false, "method": "hash", "where": "mood <> 'bad'"}]);
    assert_eq!(public["tables"]["b"]["indexes"], partial);
    let key = serde_json::json!([{
        "name": "b_a_id_fkey", "columns": ["a_id"], "references": {"schema": "public", "table": "a", "columns": ["id"]},
        "on_delete": "CASCADE", "on_update": "NO ACTION",
    }]);
    assert_eq!(public["tables"]["b"]["foreign_keys"], key);
    assert_eq!(public["views"]["v"], serde_json::json!({"columns": [{"name": "name", "type": "character varying(20)"}]}));
    assert_eq!(public["enums"]["mood"]["values"], serde_json::json!(["good", "bad"]));
}

#[test]
fn a_map_that_is_true_passes_whatever_else_it_says() {
    let project = house(MAP);
    let run = project.run(&["schema", "--check"]).clean();
    assert_eq!(run.stdout, "docs/map.json is the map of the schema that the migrations leave\n");
    assert_eq!(project.run(&["schema", "--check", "--quiet"]).clean().stdout, "");
    project.run(&["--select", "require-schema-map"]).clean();
}

#[test]
fn a_map_that_departs_is_told_in_full_and_written_by_a_safe_fix() {
    let departing =
        MAP.replace("\"text\"", "\"integer\"").replace("\"born\"", "\"age\"").replace("\"views\": {}", "\"views\": {\"v\": {}}");
    let project = house(&departing);
    let run = project.run(&["schema", "--check"]).found();
    let expected = [
        "docs/map.json: it has column `shop.people.age`, which is not there",
        "docs/map.json: column `shop.people.born` is not in it",
        "docs/map.json: it gives column `shop.people.name` type `integer`, and that is `text`",
        "docs/map.json: it has view `shop.v`, which is not there",
    ];
    assert_eq!(run.lines(), expected);
    let run = project.run(&["--select", "require-schema-map", "--fix"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, "migration-lint: mended 1 finding in 1 file: require-schema-map 1\n"), "{run:?}");
    let mended = std::fs::read_to_string(project.path("docs/map.json")).expect("the map");
    for kept in ["\"Shop DB\"", "\"generated_at\"", "\"Customers\"", "\"row_count\": 3", "\"of the person\""] {
        assert!(mended.contains(kept), "{kept} is gone from {mended}");
    }
    project.run(&["schema", "--check"]).clean();
}

#[test]
fn a_map_that_is_missing_is_written_and_one_that_is_no_json_is_told_with_its_place() {
    let project = project();
    project.write("global-config.yaml", HOUSE);
    let run = project.run(&["schema", "--check"]).found();
    assert_eq!(run.stdout, "docs/map.json: there is no such file: `--fix` writes it\n");
    let run = project.run(&["--select", "require-schema-map", "--format", "concise"]);
    assert!(run.stdout.starts_with("global-config.yaml:1:"), "{run:?}");
    assert!(run.stdout.contains("`database.schema_map_path` names `docs/map.json`, which is not there"), "{run:?}");
    project.run(&["--select", "require-schema-map", "--fix"]);
    project.run(&["schema", "--check"]).clean();
    let written = std::fs::read_to_string(project.path("docs/map.json")).expect("the map");
    assert_eq!(project.run(&["schema", "--format", "json"]).clean().stdout, written);

    project.write("docs/map.json", "{\n  \"schemas\": oops\n}\n");
    project.run(&["schema", "--check"]).said(2, &["migration-lint: docs/map.json:2:14: no JSON: expected value"]);
    let run = project.run(&["--select", "require-schema-map", "--format", "concise"]).found();
    assert!(run.stdout.contains("docs/map.json:2:14: error[require-schema-map] `docs/map.json` is no JSON: expected value"), "{run:?}");
}

#[test]
fn the_map_is_left_alone_where_the_house_says_so_or_names_none() {
    let project = house("{\"schemas\": {}}");
    project.write("global-config.yaml", HOUSE.replace("schema_map_path", "schema_validation: false, schema_map_path"));
    project.run(&["--select", "doctrine", "--ignore", "require-schema-map"]);
    let run = project.run(&["--format", "concise"]);
    assert!(!run.stdout.contains("require-schema-map"), "{run:?}");
    project.write("global-config.yaml", "database: {migrations: {directory: m}}\n");
    let told = "migration-lint: no configuration says where the schema map is (`database.schema_map_path`)";
    project.run(&["schema", "--check"]).said(2, &[told]);
}
