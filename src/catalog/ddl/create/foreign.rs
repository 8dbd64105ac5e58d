//! Foreign data wrappers, servers and user mappings.

use super::{Repeat, foreign_options};
use crate::catalog::ddl::name;
use crate::catalog::model::Options;
use crate::catalog::object::{Class, Object};
use crate::catalog::store::Catalog;
use crate::syntax::expression::{identifier, string};

pub(super) fn create(catalog: &Catalog, object: &Object, class: Class, options: &Options, repeat: Repeat) -> Vec<String> {
    let own = identifier(&object.name);
    let get = |key: &str| options.get(key).map(|value| &**value);
    let said = foreign_options(options.iter().filter_map(|(key, value)| Some((key.strip_prefix("option ")?, &**value))));
    match class {
        Class::ForeignDataWrapper => {
            let mut text = format!("CREATE FOREIGN DATA WRAPPER {own}");
            for (key, word) in [("handler", "HANDLER"), ("validator", "VALIDATOR")] {
                text += &get(key).map(|function| format!(" {word} {function}")).unwrap_or_default();
            }
            vec![text + &said]
        }
        Class::Server => {
            let mut text = format!("CREATE SERVER {}{own}", repeat.if_not_exists());
            for (key, word) in [("type", "TYPE"), ("version", "VERSION")] {
                text += &get(key).map(|value| format!(" {word} {}", string(value))).unwrap_or_default();
            }
            text += &format!(" FOREIGN DATA WRAPPER {}", identifier(get("wrapper").unwrap_or_default()));
            vec![text + &said]
        }
        _ => {
            let Some(server) = object.of else { return Vec::new() };
            let (user, server) = (name::grantee(&object.name), name::qualified(catalog, server));
            vec![format!("CREATE USER MAPPING {}FOR {user} SERVER {server}{said}", repeat.if_not_exists())]
        }
    }
}
