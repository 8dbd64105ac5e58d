//! The data of `src/postgres/facts`, held against a server: its catalogs, asked as the recorder asked, say line for line what the data say of
//! its version.

use std::collections::BTreeSet;

use postgres::{Client, GenericClient};

use super::cluster::Cluster;

/// Each kind of fact: its file, the query, whether its lines have an order.
macro_rules! kind {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../src/postgres/facts/data/", $name, ".txt")),
            include_str!(concat!("../oracle/catalogs/", $name, ".sql")),
        )
    };
}

const KINDS: [(&str, &str, &str); 9] = [
    kind!("types"),
    kind!("casts"),
    kind!("operators"),
    kind!("functions"),
    kind!("classes"),
    kind!("families"),
    kind!("relations"),
    kind!("names"),
    kind!("settings"),
];

const CONDITIONS: &str = include_str!("../../src/postgres/facts/data/conditions.txt");

/// Whether PostgreSQL comes with them, and the data.
const EXTENSIONS: [(bool, &str); 3] = [
    (true, include_str!("../../src/postgres/facts/data/extensions/contrib.txt")),
    (false, include_str!("../../src/postgres/facts/data/extensions/others.txt")),
    (false, include_str!("../../src/postgres/facts/data/extensions/postgis.txt")),
];

const CONTROL: &str = include_str!("../oracle/catalogs/control.sql");
const MEMBERS_OF_EXTENSION: &str = include_str!("../oracle/catalogs/members_of_extension.sql");
const PREPARE: &str = include_str!("../oracle/catalogs/prepare.sql");
const MEMBERS_OF_INITDB: &str = include_str!("../oracle/catalogs/members_of_initdb.sql");

#[test]
fn the_catalogs_of_a_new_server_are_what_the_data_say() {
    let database = Cluster::shared().database();
    let mut client = database.connect();
    let major = major(&mut client);
    client.batch_execute(PREPARE).unwrap();
    client.batch_execute(MEMBERS_OF_INITDB).unwrap();
    for (kind, data, query) in KINDS {
        let recorded = recorded(kind, data.lines(), major);
        let mut asked = asked(&mut client, kind, query);
        if kind == "settings" {
            // Packagers and minor releases add some.
            asked.retain(|line| recorded.iter().any(|recorded| name(recorded) == name(line)));
        }
        compare(kind, &recorded, &asked);
    }
}

/// Of those that PostgreSQL comes with, what Debian has packages of its own for.
const PACKED_APART: [&str; 2] = ["pltcl", "pltclu"];

/// Those that PostgreSQL comes with must be there and be told rightly; the others where the server has them, in the version that is told.
#[test]
fn extensions_bring_what_the_data_say() {
    let database = Cluster::shared().database();
    let mut client = database.connect();
    let major = major(&mut client);
    for (is_own, data) in EXTENSIONS {
        for section in data.split("-- extension ").skip(1) {
            let (heading, text) = section.split_once('\n').unwrap();
            let name = heading.split(' ').next().unwrap();
            if recorded("", [heading].into_iter(), major).is_empty() {
                continue;
            }
            let mut tables = text.split("-- ").map(|table| table.strip_suffix('\n').unwrap_or(table));
            let control = recorded("control", tables.next().unwrap().lines(), major);
            client.batch_execute(&format!("SET oracle.extension = '{name}'")).unwrap();
            if control != asked(&mut client, "control", CONTROL) {
                assert!(!is_own || PACKED_APART.contains(&name), "{name}");
                continue;
            }
            let mut transaction = client.transaction().unwrap();
            if let Err(error) = transaction.batch_execute(&create(&control, name)) {
                // Some must be loaded when the server starts.
                assert!(!is_own, "{name}: {error}");
                continue;
            }
            transaction.batch_execute(PREPARE).unwrap();
            transaction.batch_execute(MEMBERS_OF_EXTENSION).unwrap();
            let tables: Vec<(&str, &str)> = tables.map(|table| table.split_once('\n').unwrap()).collect();
            for (kind, _, query) in KINDS.into_iter().filter(|(kind, ..)| *kind != "settings") {
                let table = tables.iter().find(|(known, _)| *known == kind).map_or("", |(_, lines)| lines);
                compare(&format!("{kind} of {name}"), &recorded(kind, table.lines(), major), &asked(&mut transaction, kind, query));
            }
            transaction.rollback().unwrap();
        }
    }
}

fn create(control: &[String], name: &str) -> String {
    let has_schema = control.iter().any(|line| line.starts_with("schema "));
    let place = if has_schema { "" } else { "SCHEMA extension_home" };
    format!("CREATE SCHEMA extension_home; CREATE EXTENSION IF NOT EXISTS \"{name}\" {place} CASCADE")
}

#[test]
fn pl_pgsql_raises_conditions_with_their_codes() {
    let database = Cluster::shared().database();
    let mut client = database.connect();
    let major = major(&mut client);
    for line in recorded("conditions", CONDITIONS.lines(), major) {
        let (name, codes) = line.split_once(' ').unwrap();
        let first = codes.split(',').next().unwrap();
        // A session goes on whatever it catches.
        let raise = format!("DO $$ BEGIN BEGIN RAISE {name}; EXCEPTION WHEN {name} THEN RAISE USING ERRCODE = SQLSTATE; END; END $$");
        let error = client.batch_execute(&raise).expect_err(name);
        assert_eq!(error.code().map(|code| code.code()), Some(first), "{name}");
    }
    let error = client.batch_execute("DO $$ BEGIN RAISE no_such_condition; END $$").unwrap_err();
    assert_eq!(error.code().unwrap().code(), "42704");
}

fn major(client: &mut Client) -> u8 {
    let version = "SELECT (current_setting('server_version_num')::integer / 10000)::text";
    let major: String = client.query_one(version, &[]).expect("a server knows its version").get(0);
    major.parse().expect("a number")
}

/// The lines that a server gives.
fn asked(client: &mut impl GenericClient, kind: &str, query: &str) -> Vec<String> {
    let rows = client.query(query, &[]).unwrap_or_else(|error| panic!("{kind}: {error}"));
    in_order(kind, rows.iter().map(|row| row.get(0)).collect())
}

/// The lines that the data have for a version: what is indented belongs to the line above it.
fn recorded<'a>(kind: &str, data: impl Iterator<Item = &'a str>, major: u8) -> Vec<String> {
    let mut lines = Vec::new();
    let mut has_heading = true;
    for line in data {
        let (text, holds) = match line.rsplit_once(" @").filter(|(_, mark)| !mark.contains(|c: char| !matches!(c, '0'..='9' | '-' | ','))) {
            Some((text, mark)) => (text, mark.split(',').any(|range| holds(range, major))),
            None => (line, true),
        };
        if !line.starts_with(' ') {
            has_heading = holds;
        }
        if holds && has_heading {
            lines.push(text.to_owned());
        }
    }
    in_order(kind, lines)
}

fn holds(range: &str, major: u8) -> bool {
    match range.split_once('-') {
        Some((first, last)) => (first.parse().unwrap_or(0)..=last.parse().unwrap_or(u8::MAX)).contains(&major),
        None => range.parse() == Ok(major),
    }
}

fn in_order(kind: &str, mut lines: Vec<String>) -> Vec<String> {
    if kind != "relations" {
        lines.sort();
    }
    lines
}

fn name(line: &str) -> Option<&str> {
    line.split(' ').next()
}

fn compare(what: &str, recorded: &[String], asked: &[String]) {
    let sets: [BTreeSet<&String>; 2] = [recorded, asked].map(|lines| lines.iter().collect());
    let only = |here: usize, there: usize| sets[here].difference(&sets[there]).map(|line| line.as_str()).collect::<Vec<_>>().join("\n");
    assert!(recorded == asked, "{what}\nonly the data:\n{}\nonly the server:\n{}", only(0, 1), only(1, 0));
}
