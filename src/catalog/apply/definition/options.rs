//! OPTIONS of foreign objects: `ADD`, `SET` and `DROP` (PostgreSQL's `transformGenericOptions`).

use std::sync::Arc;

use crate::catalog::apply::storage::setting_text;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::Options;
use crate::syntax::tree::{Setting, SettingVerb};

/// What stands before an option of a foreign object in its definition, so that it is told from what else is said of it.
const PREFIX: &str = "option ";

/// Changes the options among what is said of a foreign object.
///
/// # Errors
/// 42710 for one that is there already, 42704 for one that is not.
pub(super) fn change(text: &str, options: &mut Options, written: &[Setting]) -> Result {
    for setting in written {
        let name = setting.name.value(text);
        let key: Arc<str> = format!("{PREFIX}{name}").into();
        let value = setting.value.as_ref().map(|value| setting_text(text, value)).unwrap_or_else(|| "".into());
        let is_there = options.contains_key(&key);
        match setting.verb {
            None | Some(SettingVerb::Add) if is_there => {
                return Err(Stop::fails("42710", format!("option \"{name}\" provided more than once"), setting.span));
            }
            Some(SettingVerb::Set | SettingVerb::Drop) if !is_there => {
                return Err(Stop::fails("42704", format!("option \"{name}\" not found"), setting.span));
            }
            Some(SettingVerb::Drop) => drop(options.remove(&key)),
            _ => drop(options.insert(key, value)),
        }
    }
    Ok(())
}
