//! Options that are switches, as PostgreSQL reads them (`defGetBoolean` in its source).

use crate::syntax::literal;
use crate::syntax::tree::{Setting, SettingValue};

/// What the last of `options` called `name` says; `None` if there is none.
pub(super) fn switch(text: &str, options: &[Setting], name: &str) -> Option<bool> {
    let last = options.iter().rev().find(|option| option.name.is(text, name))?;
    let value = match &last.value {
        None => return Some(true),
        Some(SettingValue::String(string)) => literal::value(text, *string).to_lowercase(),
        Some(value) => text[value.span()].to_lowercase(),
    };
    Some(!matches!(value.as_str(), "false" | "off" | "0"))
}
