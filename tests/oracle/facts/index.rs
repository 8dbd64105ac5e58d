//! CREATE INDEX, and the keys that indexes, exclusion constraints and conflict targets have in common.

use migration_lint::syntax::tree::{CreateIndex, Direction, IndexKey, KeySubject, Nulls, NullsOrder};

use super::words::{Words, list};
use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateIndex) -> Kind {
    let words = f.words;
    f.maybe("name", node.name.map(|name| words.ident(name)));
    f.say(format!("table {}", words.name(node.table.name)));
    f.written("only", &node.table.only);
    f.say(format!("method {}", node.method.map_or("btree".to_owned(), |method| words.ident(method.value))));
    f.written("unique", &node.unique);
    f.written("concurrently", &node.concurrently);
    f.guard("if-not-exists", node.guard);
    for (number, key) in node.keys.iter().enumerate() {
        f.say(format!("key {} {}", number + 1, words.key_of(key)));
    }
    f.maybe("include", node.include.as_ref().map(|include| words.keys(&include.value)));
    f.written("where", &node.predicate);
    if node.nulls.is_some_and(|nulls| nulls.value == Nulls::NotDistinct) {
        f.say("nulls-not-distinct");
    }
    f.maybe("tablespace", node.tablespace.map(|tablespace| words.ident(tablespace.value)));
    f.optional_options(&node.parameters);
    "IndexStmt"
}

impl Words<'_> {
    /// A LIST of KEYs.
    pub fn keys(self, keys: &[IndexKey]) -> String {
        list(keys.iter().map(|key| self.key_of(key)))
    }

    /// A KEY.
    pub fn key_of(self, key: &IndexKey) -> String {
        let mut text = self.key_subject(key.subject);
        if let Some(collation) = key.collation {
            text += &format!(" collate {}", self.name(collation.value));
        }
        if let Some(class) = &key.class {
            text += &format!(" opclass {}", self.name(class.name));
            text += &class.parameters.as_ref().map_or(String::new(), |parameters| self.settings(&parameters.value));
        }
        text += key.direction.map_or("", |direction| match direction.value {
            Direction::Ascending => " asc",
            Direction::Descending => " desc",
        });
        text += key.nulls.map_or("", |nulls| match nulls.value {
            NullsOrder::First => " nulls-first",
            NullsOrder::Last => " nulls-last",
        });
        text
    }

    /// A column's name, or `(expr)`.
    pub fn key_subject(self, subject: KeySubject) -> String {
        match subject {
            KeySubject::Column(column) => self.ident(column),
            KeySubject::Call(_) | KeySubject::Expression(_) => "(expr)".to_owned(),
        }
    }
}
