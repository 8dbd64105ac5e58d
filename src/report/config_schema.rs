//! A JSON Schema of the configuration, with which editors complete and check it.
//!
//! Rules, groups and options come from the registry, their descriptions from the rules' pages, and those of the keys from the comments of the
//! repository's own configuration, which names every key. The house's sections are as lenient here as they are when they are read, and our own
//! as strict. What a schema can't say (whether a glob is one, what stands there twice) is left to whoever reads the file.

use serde_json::{Map, Value, json};

use crate::config::OptionValue;
use crate::diagnostic::Severity;
use crate::migration::layout::LAYOUTS;
use crate::rules::{Group, RULES, Rule};
use crate::syntax::Version;

/// The schema of a whole file.
pub fn config_schema() -> Value {
    let database = lenient(&[
        ("migrations", lenient(&[("directory", text()), ("naming_convention", text())])),
        ("schemas", texts()),
        ("tables", mapping_of(texts())),
        ("schema_validation", boolean()),
        ("schema_map_path", text()),
    ]);
    let doctrine = lenient(&[
        ("enabled", boolean()),
        ("validation_required", boolean()),
        ("id_format", text()),
        ("id_ranges", mapping_of(text())),
        ("subhive", text()),
        ("app", text()),
        ("layer", text()),
        ("schema", text()),
        ("version", text()),
    ]);
    let logging = lenient(&[("database_logging", lenient(&[("table", text()), ("severity_levels", texts())]))]);
    let mut schema = lenient(&[
        ("database", described(database, "Where the migrations are, and what they build.")),
        ("barton_doctrine", described(doctrine, "The form of the ids; the house's rules run where this section is.")),
        ("logging", described(logging, "The table of errors.")),
        ("migration_lint", described(ours(), "What migration-lint is told.")),
    ]);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("Configuration of migration-lint: global-config.yaml, migration-lint.yaml");
    schema["definitions"] = json!({ "severity": severity(), "rules": rules() });
    schema
}

fn ours() -> Value {
    let layouts = std::iter::once("auto").chain(LAYOUTS.iter().map(|layout| layout.name()));
    let versions = || Version::OLDEST.major()..=Version::NEWEST.major();
    let numbers = versions().map(|version| json!(version)).chain(versions().map(|version| json!(version.to_string())));
    let field = strict(&[("name", json!({ "type": TEXT })), ("aliases", texts()), ("value", text())], &["name"]);
    let header = json!({ "type": ["array", "null"], "items": { "anyOf": [{ "type": "string" }, field] } });
    let entry = strict(&[("paths", texts_but_null()), ("rules", rules_by_name_but_null())], &["paths", "rules"]);
    let overrides = json!({ "type": ["array", "null"], "items": { "anyOf": [{ "type": "null" }, entry] } });
    let keys = [
        ("doctrine", boolean()),
        ("rules", json!({ "anyOf": [{ "type": "null" }, rules_by_name_but_null()] })),
        ("overrides", overrides),
        ("exclude", texts()),
        ("layout", words(layouts)),
        ("history", words(["partial", "complete"].into_iter())),
        ("schema", text()),
        ("histories", texts()),
        ("target_postgres", json!({ "enum": numbers.chain([Value::Null]).collect::<Vec<_>>() })),
        ("header", strict(&[("fields", header)], &[])),
        ("baseline", text()),
        ("applied_until", text()),
        ("template", text()),
        ("barton_id_columns", texts()),
    ];
    let told = keys.map(|(key, schema)| (key, described(schema, &comment(key))));
    strict(&told, &[])
}

/// What may be said of rules and groups, by id or alias.
fn rules() -> Value {
    let mut names = Map::new();
    for group in Group::ALL {
        names.insert(group.id().to_owned(), setting(&[], &format!("Every rule of group {}.", group.id())));
    }
    for rule in RULES {
        let meta = rule.meta();
        names.insert(meta.id.to_owned(), of_rule(*rule));
        for alias in meta.aliases {
            let told = format!("The same as `{}`: {}", meta.id, one_line(meta.summary()));
            names.insert((*alias).to_owned(), setting(&options(*rule), &told));
        }
    }
    json!({ "type": "object", "properties": names, "additionalProperties": false })
}

fn of_rule(rule: &dyn Rule) -> Value {
    let meta = rule.meta();
    let (group, severity, on) = (meta.group.id(), meta.severity.word(), meta.on.explain());
    setting(&options(rule), &format!("{} Group {group}; {severity}; runs {on}.", one_line(meta.summary())))
}

fn options(rule: &dyn Rule) -> Vec<(&'static str, Value)> {
    let value = |option: &str| match rule.option_values().iter().find(|(name, _)| *name == option) {
        Some((_, OptionValue::Words(words))) => json!({ "anyOf": [{ "enum": words }, { "type": "array", "items": { "enum": words } }] }),
        Some((_, OptionValue::Count)) => {
            let number = json!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$" });
            json!({ "anyOf": [number, { "type": "array", "items": number, "minItems": 1, "maxItems": 1 }] })
        }
        None => texts_but_null(),
    };
    let meta = rule.meta();
    meta.options.iter().map(|option| (*option, described(value(option), &meta.told_of(option)))).collect()
}

/// A severity, or a mapping with it and `options`.
fn setting(options: &[(&str, Value)], description: &str) -> Value {
    let severity = [("severity", json!({ "$ref": "#/definitions/severity" }))];
    let mapping = strict(&[&severity[..], options].concat(), &[]);
    json!({ "description": description, "anyOf": [{ "$ref": "#/definitions/severity" }, not_null(mapping)] })
}

/// A severity. Readers of YAML 1.1 take a bare `off` for false.
fn severity() -> Value {
    let words = Severity::ALL.into_iter().rev().map(|severity| json!(severity.word()));
    let words: Vec<Value> = [json!("off")].into_iter().chain(words).chain([json!(false)]).collect();
    json!({ "enum": words })
}

const TEXT: [&str; 2] = ["string", "number"];

fn text() -> Value {
    json!({ "type": ["string", "number", "null"] })
}

fn boolean() -> Value {
    json!({ "type": ["boolean", "null"] })
}

/// A list of texts, or one text.
fn texts() -> Value {
    json!({ "type": ["string", "array", "null"], "items": { "type": TEXT } })
}

fn texts_but_null() -> Value {
    not_null(texts())
}

fn rules_by_name_but_null() -> Value {
    json!({ "$ref": "#/definitions/rules" })
}

fn words<'w>(words: impl Iterator<Item = &'w str>) -> Value {
    json!({ "enum": words.map(Value::from).chain([Value::Null]).collect::<Vec<_>>() })
}

fn mapping_of(values: Value) -> Value {
    json!({ "type": ["object", "null"], "additionalProperties": values })
}

/// A mapping that may say more than `keys`.
fn lenient(keys: &[(&str, Value)]) -> Value {
    json!({ "type": ["object", "null"], "properties": properties(keys) })
}

/// A mapping that says nothing but `keys`.
fn strict(keys: &[(&str, Value)], required: &[&str]) -> Value {
    json!({ "type": ["object", "null"], "properties": properties(keys), "additionalProperties": false, "required": required })
}

fn properties(keys: &[(&str, Value)]) -> Map<String, Value> {
    keys.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone())).collect()
}

fn not_null(mut schema: Value) -> Value {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
    }
    schema
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = json!(description);
    schema
}

/// The repository's own configuration, which names every key with a comment.
const REFERENCE: &str = include_str!("../../global-config.yaml");

/// The comment above a key of our section.
fn comment(key: &str) -> String {
    let (_, section) = REFERENCE.split_once("\nmigration_lint:\n").expect("the repository's configuration has our section");
    let start = format!("  {key}:");
    let mut comment: Vec<&str> = Vec::new();
    for line in section.lines() {
        match line.strip_prefix("  # ") {
            Some(text) => comment.push(text),
            None if line.starts_with(&start) => break,
            None => comment.clear(),
        }
    }
    comment.join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_every_option_is_told_of() {
        let schema = config_schema();
        let keys = schema["properties"]["migration_lint"]["properties"].as_object().expect("a mapping");
        for (key, schema) in keys {
            assert!(schema["description"].as_str().is_some_and(|text| text.len() > 10), "{key}: {schema}");
        }
        for rule in RULES {
            let meta = rule.meta();
            for option in meta.options {
                let told = meta.told_of(option);
                assert!(told.contains(&format!("`{option}`")), "{}.{option}: {told}", meta.id);
            }
        }
        assert!(comment("target_postgres").starts_with("The major version of PostgreSQL"), "{}", comment("target_postgres"));
    }
}
