//! The schema of a database as a set of facts, to compare two states of it.

use std::collections::BTreeSet;
use std::fmt;

use super::cluster::Database;

/// All that the catalogs say of a database's schema; `schema.sql` says what that is. The order of columns is no part of it.
#[derive(PartialEq, Eq)]
pub struct Schema(BTreeSet<String>);

impl Schema {
    /// Reads the schema in a session of its own.
    pub fn of(database: &Database) -> Schema {
        let mut client = database.connect();
        client.batch_execute("SET search_path = ''").expect("a setting");
        let rows = client.query(include_str!("schema.sql"), &[]).expect("the catalogs answer");
        Schema(rows.iter().map(|row| row.get(0)).collect())
    }

    /// What `after` has lost and gained, a fact a line.
    pub fn changes<'a>(&'a self, after: &'a Schema) -> Changes<'a> {
        Changes { lost: self.0.difference(&after.0).collect(), gained: after.0.difference(&self.0).collect() }
    }
}

/// The difference of two schemas: `- ` before a fact that is gone, `+ ` before one that is new.
pub struct Changes<'a> {
    lost: Vec<&'a String>,
    gained: Vec<&'a String>,
}

impl Changes<'_> {
    pub fn is_empty(&self) -> bool {
        self.lost.is_empty() && self.gained.is_empty()
    }
}

impl fmt::Display for Changes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lost.iter().try_for_each(|fact| writeln!(f, "- {fact}"))?;
        self.gained.iter().try_for_each(|fact| writeln!(f, "+ {fact}"))
    }
}
