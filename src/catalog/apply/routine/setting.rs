//! SET of variables while a routine runs, as PostgreSQL keeps it (`flatten_set_variable_args`).

use std::sync::Arc;

use crate::catalog::apply::session::LISTS;
use crate::catalog::model::Options;
use crate::catalog::run::Run;
use crate::syntax::literal;
use crate::syntax::tree::{VariableChange, VariableSetting, VariableValue};

/// Writes what a variable is set to among the others.
pub(super) fn write(run: &Run<'_>, text: &str, variable: &VariableSetting, settings: &mut Options) {
    match &variable.change {
        VariableChange::Values(name, values) => {
            let name = name.value(text);
            let quote = LISTS.contains(&name.as_str());
            let parts: Vec<String> = values.iter().map(|value| shown(text, *value, quote)).collect();
            settings.insert(Arc::from(name), Arc::from(parts.join(", ")));
        }
        VariableChange::Default(name, _) | VariableChange::Reset(name) => drop(settings.remove(name.value(text).as_str())),
        VariableChange::FromCurrent(name, _) => {
            let name = name.value(text);
            let current = match name.as_str() {
                "search_path" => run.session.settings.search_path.as_ref().map(|path| {
                    let parts: Vec<String> = path.iter().map(|schema| quoted(schema)).collect();
                    parts.join(", ")
                }),
                _ => None,
            };
            settings.insert(Arc::from(name), Arc::from(current.unwrap_or_else(|| "from current".to_owned())));
        }
        VariableChange::ResetAll(_) => settings.clear(),
        VariableChange::Transaction(_) | VariableChange::SessionCharacteristics(_) | VariableChange::Snapshot(_) => {}
    }
}

fn shown(text: &str, value: VariableValue, quote: bool) -> String {
    let value = match value {
        VariableValue::Word(word) => word.value(text).into_owned(),
        VariableValue::String(string) => literal::value(text, string).into_owned(),
        VariableValue::Number(span) | VariableValue::Interval(span) => return text[span].to_owned(),
    };
    if quote { quoted(&value) } else { value }
}

/// In quotes, unless it is a plain word.
fn quoted(name: &str) -> String {
    let first = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    let plain = name.bytes().next().is_some_and(first) && name.bytes().all(|byte| first(byte) || byte.is_ascii_digit());
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}
