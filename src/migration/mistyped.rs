//! Words of SQL with a slip in them: `FUNCTON`, `DORP`.
//!
//! In a comment such a statement looks like prose, which nobody reads. What it should have been is guessed from how near its word is to one of
//! SQL; whether the guess is right, the grammar says of the statement with that word in its place.

/// What statements in down migrations begin with.
const VERBS: [&str; 14] = [
    "ALTER", "BEGIN", "COMMENT", "COMMIT", "CREATE", "DELETE", "DROP", "GRANT", "INSERT", "REFRESH", "REVOKE", "ROLLBACK", "TRUNCATE",
    "UPDATE",
];

/// What else stands in them, of three letters and more.
const WORDS: [&str; 44] = [
    "ADD",
    "AGGREGATE",
    "CASCADE",
    "COLUMN",
    "CONCURRENTLY",
    "CONSTRAINT",
    "DATA",
    "DEFAULT",
    "DOMAIN",
    "ENUM",
    "EVENT",
    "EXISTS",
    "EXTENSION",
    "FROM",
    "FUNCTION",
    "INDEX",
    "INTO",
    "LANGUAGE",
    "MATERIALIZED",
    "NOT",
    "NULL",
    "OWNER",
    "POLICY",
    "PROCEDURE",
    "PUBLICATION",
    "RENAME",
    "REPLACE",
    "RESTRICT",
    "RETURNS",
    "ROLE",
    "RULE",
    "SCHEMA",
    "SEQUENCE",
    "SERVER",
    "SET",
    "SUBSCRIPTION",
    "TABLE",
    "TRIGGER",
    "TYPE",
    "UNIQUE",
    "USING",
    "VALUES",
    "VIEW",
    "WHERE",
];

/// Whether `line` begins as a statement does, slips allowed, and with more than a sentence has: capitals, or a name that is no plain word.
/// `Drops a.b` is a sentence.
pub(super) fn begins_statement(line: &str) -> bool {
    let line = line.trim_start();
    let first: &str = line.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_verb = VERBS.iter().any(|verb| is_near(first, verb) && !is_inflected(first, verb));
    is_verb && (first.bytes().all(|byte| byte.is_ascii_uppercase()) || line.contains(['.', '(', '_', '"']))
}

/// The words of SQL that `word` may be meant for: near to it, and not the same.
pub(super) fn meant(word: &str) -> impl Iterator<Item = &'static str> {
    VERBS.into_iter().chain(WORDS).filter(move |meant| !word.eq_ignore_ascii_case(meant) && is_near(word, meant))
}

/// Whether one letter is wrong, missing, too many, or in its neighbour's place; in a long word two.
fn is_near(word: &str, meant: &str) -> bool {
    let slips = match meant.len() {
        0..=2 => return false,
        3..=5 => 1,
        _ => 2,
    };
    word.is_ascii() && word.len().abs_diff(meant.len()) <= slips && strsim::osa_distance(&word.to_ascii_uppercase(), meant) <= slips
}

/// Whether `word` is a form of `verb`: `Drops`, `Created`.
fn is_inflected(word: &str, verb: &str) -> bool {
    let (word, stem) = (word.to_ascii_uppercase(), verb.trim_end_matches('E'));
    let ending = word.strip_prefix(stem);
    ending.is_some_and(|ending| ["S", "ES", "D", "ED", "ING", "PED", "PING", "TED", "TING", "ION"].contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        for (word, expected) in
            [("FUNCTON", "FUNCTION"), ("tabel", "TABLE"), ("DORP", "DROP"), ("CONSTRAIT", "CONSTRAINT"), ("EXIST", "EXISTS")]
        {
            assert!(meant(word).any(|meant| meant == expected), "{word}");
        }
        for word in ["the", "old", "these", "company_master", "größe", "users", "first", "TABLE", "all"] {
            assert_eq!(meant(word).collect::<Vec<_>>(), [""; 0], "{word}");
        }
    }

    #[test]
    fn a_statement_begins_with_a_verb_and_more_than_words() {
        for line in ["DROP FUNCTON f();", "  DORP TABLE t;", "drop tabel a.b;", "CRAETE TABLE", "COMIT;"] {
            assert!(begins_statement(line), "{line}");
        }
        for line in ["drop the tabel;", "Drops a.b", "Dropped tabel_a", "DROPPING a.b", "Creates a_b", "Note: a.b", "Updated a.b"] {
            assert!(!begins_statement(line), "{line}");
        }
    }
}
