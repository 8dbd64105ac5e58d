//! Publications and subscriptions.

use crate::catalog::ddl::{name, stored};
use crate::catalog::model::{Options, Publication};
use crate::catalog::object::Object;
use crate::catalog::store::Catalog;
use crate::syntax::expression::{identifier, string};

pub(super) fn create(catalog: &Catalog, object: &Object, publication: &Publication) -> Vec<String> {
    let mut members = Vec::new();
    for (table, published) in &publication.tables {
        // Those below it are published too, where nothing is said, and stand here themselves.
        let only = if catalog.children(*table).is_empty() { "" } else { "ONLY " };
        let mut text = format!("TABLE {only}{}", name::qualified(catalog, *table));
        if let Some(columns) = &published.columns {
            text += &format!(" ({})", name::columns(catalog, *table, columns));
        }
        if let Some(filter) = &published.filter {
            text += &format!(" WHERE {}", stored::parenthesised(&stored::text(catalog, filter)));
        }
        members.push(text);
    }
    members.extend(publication.schemas.iter().map(|schema| format!("TABLES IN SCHEMA {}", name::qualified(catalog, *schema))));
    let scope = match (publication.all_tables, members.is_empty()) {
        (true, _) => " FOR ALL TABLES".to_owned(),
        (false, true) => String::new(),
        (false, false) => format!(" FOR {}", members.join(", ")),
    };
    let options: Vec<String> = publication.options.iter().map(|(key, value)| format!("{key} = {}", string(value))).collect();
    let options = if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) };
    vec![format!("CREATE PUBLICATION {}{scope}{options}", identifier(&object.name))]
}

/// A subscription that is not connected, as `pg_dump` writes it: whoever restores it connects it.
pub(super) fn subscription(object: &Object, options: &Options) -> Vec<String> {
    let get = |key: &str| options.get(key).map(|value| &**value).unwrap_or_default();
    let publications: Vec<String> = get("publications").split(", ").map(identifier).collect();
    let slot = options.get("slot_name").map_or_else(|| object.name.to_string(), |slot| slot.to_string());
    let mut said = vec!["connect = false".to_owned()];
    said.push(if slot == "none" { "slot_name = NONE".to_owned() } else { format!("slot_name = {}", string(&slot)) });
    let others = options.iter().filter(|(key, _)| !matches!(&***key, "connection" | "publications" | "slot_name" | "enabled"));
    said.extend(others.map(|(key, value)| format!("{key} = {}", super::setting(value))));
    vec![format!(
        "CREATE SUBSCRIPTION {} CONNECTION {} PUBLICATION {} WITH ({})",
        identifier(&object.name),
        string(get("connection")),
        publications.join(", "),
        said.join(", ")
    )]
}
