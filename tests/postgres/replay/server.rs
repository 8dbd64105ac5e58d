//! The server's catalogs, read as facts in the product's own words.

use std::collections::BTreeMap;

use migration_lint::syntax::tree::{KeySubject, Node};
use migration_lint::syntax::{Content, Script};
use migration_lint::text::Span;
use postgres::Client;

/// By identity, then by property.
pub type Facts = BTreeMap<String, BTreeMap<String, Value>>;

/// A property's value, as the server says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    List(Vec<String>),
    Expression(String),
    Query(String),
}

/// Lists that are said even where they are empty.
const MAY_BE_EMPTY: &[&str] = &["labels", "privileges"];

/// Adds to a database what [`read`] needs: one function that says all facts, with a plan that the session keeps.
pub fn prepare(client: &mut Client) {
    client.batch_execute(include_str!("prepare.sql")).expect("functions for the facts");
    let facts = include_str!("facts.sql");
    let function = format!(
        "CREATE FUNCTION pg_catalog.rig_facts() RETURNS TABLE (identity text, property text, sort text, value text)
         LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $rig$
         #variable_conflict use_column
         BEGIN RETURN QUERY {facts}; END $rig$"
    );
    client.batch_execute(&function).expect("the function of the facts");
}

/// Everything that the server's catalogs say of the schema.
pub fn read(client: &mut Client) -> Facts {
    let rows = client.simple_query("SELECT * FROM pg_catalog.rig_facts()").unwrap_or_else(|error| {
        panic!("the catalogs don't answer: {}", error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned()))
    });
    let mut facts = Facts::new();
    for row in rows {
        let postgres::SimpleQueryMessage::Row(row) = row else { continue };
        let [identity, property, sort] = [0, 1, 2].map(|column| row.get(column).expect("a value"));
        let value = row.get(3);
        let properties = facts.entry(identity.to_owned()).or_default();
        match (sort, value) {
            ("l", item) => {
                let list = properties.entry(property.to_owned()).or_insert_with(|| Value::List(Vec::new()));
                if let (Value::List(list), Some(item)) = (list, item) {
                    list.push(item.to_owned());
                }
            }
            ("k", Some(keys)) => partition_keys(properties, keys),
            ("i", Some(definition)) => collations(properties, definition),
            ("r", Some(definition)) => rule(properties, definition),
            ("e", Some(text)) => drop(properties.insert(property.to_owned(), Value::Expression(text.to_owned()))),
            ("q", Some(text)) => drop(properties.insert(property.to_owned(), Value::Query(text.trim_end_matches(';').to_owned()))),
            (_, Some(text)) => drop(properties.insert(property.to_owned(), Value::Text(text.to_owned()))),
            (_, None) => {}
        }
    }
    for properties in facts.values_mut() {
        properties.remove("exists");
        properties.retain(|property, value| *value != Value::List(Vec::new()) || MAY_BE_EMPTY.contains(&property.as_str()));
    }
    facts
}

/// `RANGE (a, lower(b))`: the expressions among the keys.
fn partition_keys(properties: &mut BTreeMap<String, Value>, keys: &str) {
    let text = format!("CREATE TABLE t (a integer) PARTITION BY {keys}");
    parsed(&text, |node| {
        let Node::CreateTable(table) = node else { return };
        let Some(partition) = &table.partition_by else { return };
        for (number, key) in (1..).zip(&partition.keys) {
            if let KeySubject::Expression(expression) | KeySubject::Call(expression) = &key.subject {
                properties.insert(format!("partition key {number}"), Value::Expression(text.as_str()[expression.span].to_owned()));
                if let Some(collation) = &key.collation {
                    let name = text.as_str()[collation.value.span()].to_owned();
                    properties.insert(format!("partition key {number} collation"), Value::Text(name));
                }
            }
        }
    });
}

/// `CREATE INDEX …`: the collations of expressions among the keys.
fn collations(properties: &mut BTreeMap<String, Value>, definition: &str) {
    parsed(definition, |node| {
        let Node::CreateIndex(index) = node else { return };
        for (number, key) in (1..).zip(&index.keys) {
            if let (KeySubject::Expression(_) | KeySubject::Call(_), Some(collation)) = (key.subject, &key.collation) {
                let name = definition[collation.value.span()].to_owned();
                properties.insert(format!("key {number} collation"), Value::Text(name));
            }
        }
    });
}

/// `CREATE RULE … DO …`: its condition and its actions.
fn rule(properties: &mut BTreeMap<String, Value>, definition: &str) {
    parsed(definition, |node| {
        let Node::CreateRule(rule) = node else { return };
        if let Some(condition) = &rule.condition {
            properties.insert("condition".to_owned(), Value::Expression(definition[condition.value.span].to_owned()));
        }
        for (number, action) in (1..).zip(&rule.actions) {
            properties.insert(format!("action {number}"), Value::Query(definition[action.span].to_owned()));
        }
    });
}

fn parsed(text: &str, mut read: impl FnMut(&Node)) {
    let script = Script::parse(text, Span::new(0, text.len() as u32));
    match script.statements.first().map(|statement| &statement.content) {
        Some(Content::Parsed(node)) => read(node),
        _ => panic!("what the server wrote is not read: {text}"),
    }
}
