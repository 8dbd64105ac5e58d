//! Random histories over a small world of names, from the grammar in `grammar.txt`; a seed gives the same history always.

use std::collections::HashMap;

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::history::{History, Migration};

/// Migrations of one history.
pub const LENGTH: usize = 25;

/// What random statements are made of.
pub struct Grammar(HashMap<&'static str, Vec<&'static str>>);

impl Grammar {
    pub fn read() -> Grammar {
        let lines = include_str!("grammar.txt").lines().filter(|line| !line.starts_with('#'));
        let rule = |line: &'static str| {
            let (word, alternatives) = line.split_once(" =").unwrap_or_else(|| panic!("no rule: {line}"));
            // An empty alternative leaves two bars with spaces around them; an operator `||` has none between.
            (word, alternatives.split(" |").map(str::trim).collect())
        };
        Grammar(lines.map(rule).collect())
    }

    /// The history of a seed: what it begins with is there in every one, so that there is something to refer to.
    pub fn history(&self, seed: u64) -> History {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let start = "CREATE SCHEMA s1;\nCREATE TYPE e1 AS ENUM ('x', 'y');\nCREATE DOMAIN d1 AS integer CHECK (VALUE > 0);\n\
            CREATE TABLE t1 (a integer PRIMARY KEY, b text, c integer);\n\
            CREATE TABLE t2 (a integer REFERENCES t1, b text NOT NULL, d serial);\n\
            CREATE TABLE s1.t1 (a serial PRIMARY KEY, b varchar(10) UNIQUE, c e1 DEFAULT 'x', d d1);\n\
            CREATE TABLE s1.t2 (a integer, b text DEFAULT 'q', c date, CHECK (a > 0));\n\
            CREATE VIEW v1 AS SELECT a, b FROM t1;\nCREATE INDEX i1 ON t1 (b);\nCREATE ROLE r1;\n\
            CREATE FUNCTION f1() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n\
            CREATE FUNCTION f2(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';\n";
        let first = Migration { name: "0".to_owned(), up: start.to_owned(), down: None, undone: false };
        let migration = |number: usize| {
            let count = 1 + rng.next_u32() as usize % 4;
            let statements: Vec<String> = (0..count).map(|_| self.expand("statement", &mut rng) + ";\n").collect();
            let wrapped = rng.next_u32().is_multiple_of(6);
            let up = statements.concat();
            let up = if wrapped { format!("BEGIN;\n{up}COMMIT;\n") } else { up };
            Migration { name: number.to_string(), up, down: None, undone: false }
        };
        let rest: Vec<Migration> = (1..LENGTH).map(migration).collect();
        History { name: format!("seed {seed}"), since: 0, migrations: [first].into_iter().chain(rest).collect() }
    }

    fn expand(&self, word: &str, rng: &mut TestRng) -> String {
        let alternatives = self.0.get(word).unwrap_or_else(|| panic!("no rule for {word}"));
        let mut rest = alternatives[rng.next_u32() as usize % alternatives.len()];
        let mut text = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (word, after) = after.split_once('}').expect("a closing brace");
            match self.0.contains_key(word) {
                true => text.push_str(&self.expand(word, rng)),
                // An array's text.
                false => text.push_str("{}"),
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

/// The history without any statement that a disagreement does not need: `fails` says whether a history still has it.
pub fn minimised(history: &History, mut fails: impl FnMut(&History) -> bool) -> History {
    let mut statements: Vec<(String, Vec<String>)> = history
        .migrations
        .iter()
        .map(|migration| (migration.name.clone(), migration.up.split_inclusive(";\n").map(str::to_owned).collect()))
        .collect();
    let build = |statements: &[(String, Vec<String>)]| History {
        name: history.name.clone(),
        since: history.since,
        migrations: statements
            .iter()
            .filter(|(_, up)| !up.is_empty())
            .map(|(name, up)| Migration { name: name.clone(), up: up.concat(), down: None, undone: false })
            .collect(),
    };
    // Whole migrations first, the last ones first: what comes after the disagreement goes at once.
    for index in (0..statements.len()).rev() {
        let kept = std::mem::take(&mut statements[index].1);
        if !fails(&build(&statements)) {
            statements[index].1 = kept;
        }
    }
    for index in (0..statements.len()).rev() {
        for place in (0..statements[index].1.len()).rev() {
            let kept = statements[index].1.remove(place);
            if !fails(&build(&statements)) {
                statements[index].1.insert(place, kept);
            }
        }
    }
    build(&statements)
}
