//! Objects of which nothing but what their definition says is kept: collations, conversions, text search, languages, event triggers …; and
//! statistics.

use super::Repeat;
use crate::catalog::Oid;
use crate::catalog::ddl::{name, stored};
use crate::catalog::model::{KeySubject, Options, Statistics};
use crate::catalog::object::{Class, Object};
use crate::catalog::store::Catalog;
use crate::syntax::expression::{identifier, string};

pub(super) fn create(catalog: &Catalog, oid: Oid, object: &Object, class: Class, options: &Options, repeat: Repeat) -> Vec<String> {
    let own = name::qualified(catalog, oid);
    let get = |key: &str| options.get(key).map(|value| &**value);
    match class {
        Class::Collation => vec![collation(&own, options, repeat)],
        Class::Conversion => {
            let default = if get("default").is_some() { "DEFAULT " } else { "" };
            let (source, target) = (string(get("source").unwrap_or_default()), string(get("target").unwrap_or_default()));
            let function = get("function").unwrap_or_default();
            vec![format!("CREATE {default}CONVERSION {own} FOR {source} TO {target} FROM {function}")]
        }
        Class::TextSearchParser | Class::TextSearchTemplate => {
            let said: Vec<String> = options.iter().map(|(key, value)| format!("{} = {value}", key.to_uppercase())).collect();
            let noun = name::noun(object).unwrap_or_default();
            vec![format!("CREATE {noun} {own} ({})", said.join(", "))]
        }
        Class::TextSearchDictionary => {
            let mut said = vec![format!("TEMPLATE = {}", get("template").unwrap_or("simple"))];
            let others = options.iter().filter(|(key, _)| &***key != "template");
            said.extend(others.map(|(key, value)| format!("{} = {}", identifier(key), super::setting(value))));
            vec![format!("CREATE TEXT SEARCH DICTIONARY {own} ({})", said.join(", "))]
        }
        Class::TextSearchConfiguration => {
            let parser = get("parser").map_or("pg_catalog.\"default\"".to_owned(), quoted);
            let mut statements = vec![format!("CREATE TEXT SEARCH CONFIGURATION {own} (PARSER = {parser})")];
            for (key, dictionaries) in options {
                if let Some(token) = key.strip_prefix("mapping ") {
                    statements.push(format!("ALTER TEXT SEARCH CONFIGURATION {own} ADD MAPPING FOR {token} WITH {dictionaries}"));
                }
            }
            statements
        }
        Class::Language => {
            let trusted = if get("trusted").is_some() { "TRUSTED " } else { "" };
            let mut text = format!("CREATE {}{trusted}LANGUAGE {own} HANDLER {}", repeat.or_replace(), get("handler").unwrap_or_default());
            for (key, word) in [("inline", "INLINE"), ("validator", "VALIDATOR")] {
                text += &get(key).map(|function| format!(" {word} {function}")).unwrap_or_default();
            }
            vec![text]
        }
        Class::AccessMethod => {
            let kind = get("type").unwrap_or("index").to_uppercase();
            vec![format!("CREATE ACCESS METHOD {own} TYPE {kind} HANDLER {}", get("handler").unwrap_or_default())]
        }
        Class::Transform => {
            let (ty, language) = name::transform(catalog, object);
            let said = [("from sql", "FROM SQL"), ("to sql", "TO SQL")]
                .into_iter()
                .filter_map(|(key, word)| get(key).map(|function| format!("{word} WITH FUNCTION {function}(internal)")));
            let said: Vec<String> = said.collect();
            vec![format!("CREATE {}TRANSFORM FOR {ty} LANGUAGE {language} ({})", repeat.or_replace(), said.join(", "))]
        }
        Class::EventTrigger => event_trigger(&own, options),
        _ => Vec::new(),
    }
}

/// A word that is also reserved, as a parser's name.
fn quoted(name: &str) -> String {
    if name.contains('.') { name.to_owned() } else { identifier(name) }
}

fn collation(own: &str, options: &Options, repeat: Repeat) -> String {
    let guard = repeat.if_not_exists();
    if let Some(from) = options.get("from") {
        return format!("CREATE COLLATION {guard}{own} FROM {}", identifier(from));
    }
    let said: Vec<String> = options
        .iter()
        .map(|(key, value)| match &**key {
            "provider" | "deterministic" => format!("{key} = {value}"),
            key => format!("{key} = {}", string(value)),
        })
        .collect();
    format!("CREATE COLLATION {guard}{own} ({})", said.join(", "))
}

fn event_trigger(own: &str, options: &Options) -> Vec<String> {
    let get = |key: &str| options.get(key).map(|value| &**value);
    let mut text = format!("CREATE EVENT TRIGGER {own} ON {}", get("event").unwrap_or_default());
    if let Some(tags) = get("tag") {
        let tags: Vec<String> = tags.split(", ").map(string).collect();
        text += &format!("\n    WHEN TAG IN ({})", tags.join(", "));
    }
    text += &format!("\n    EXECUTE FUNCTION {}()", get("function").unwrap_or_default());
    let mut statements = vec![text];
    match get("firing") {
        Some("always") => statements.push(format!("ALTER EVENT TRIGGER {own} ENABLE ALWAYS")),
        Some("replica") => statements.push(format!("ALTER EVENT TRIGGER {own} ENABLE REPLICA")),
        Some("disabled") => statements.push(format!("ALTER EVENT TRIGGER {own} DISABLE")),
        _ => {}
    }
    statements
}

pub(super) fn statistics(catalog: &Catalog, oid: Oid, statistics: &Statistics, repeat: Repeat) -> Vec<String> {
    let own = name::qualified(catalog, oid);
    let key = |key: &KeySubject| match key {
        KeySubject::Column(number) => name::columns(catalog, statistics.table, &[*number]),
        KeySubject::Expression(expression) => stored::parenthesised(&stored::text(catalog, expression)),
    };
    let keys: Vec<String> = statistics.keys.iter().map(key).collect();
    // Of a single expression there is only one kind, which is not told.
    let kinds = if statistics.kinds.is_empty() || statistics.keys.len() < 2 || statistics.kinds.len() == 3 {
        String::new()
    } else {
        format!(" ({})", statistics.kinds.join(", "))
    };
    let table = name::qualified(catalog, statistics.table);
    let mut statements = vec![format!("CREATE STATISTICS {}{own}{kinds} ON {} FROM {table}", repeat.if_not_exists(), keys.join(", "))];
    if let Some(target) = statistics.target {
        statements.push(format!("ALTER STATISTICS {own} SET STATISTICS {target}"));
    }
    statements
}
