//! Written types to types: names through `search_path`, modifiers, arrays; and types as `format_type` writes them.

use super::failure::{Result, Stop};
use super::model::{TypeId, TypeUse};
use super::run::Run;
use super::store::Catalog;
use crate::syntax::tree::{TypeBase, TypeName};

/// The type that is written, in a column, an argument, a cast.
///
/// # Errors
/// 42704 if there is none of that name, 42601 or 22023 for modifiers that it does not take, or if it can't be told.
pub fn type_use(_run: &mut Run<'_>, _text: &str, ty: &TypeName) -> Result<TypeUse> {
    match ty.base {
        TypeBase::BuiltIn(_, built_in) if ty.modifiers.is_empty() && ty.interval_fields.is_none() => {
            let base = TypeUse::built_in(built_in.catalog_name());
            Ok(if ty.array_dimensions > 0 { base.array() } else { base })
        }
        _ => Err(Stop::unknown("this type is not resolved", ty.span)),
    }
}

/// The type as `format_type` writes it when only `pg_catalog` is on the search path: `character varying(10)`, `marketing.kind[]`.
pub fn format_type(catalog: &Catalog, ty: &TypeUse) -> String {
    let base = match ty.id {
        TypeId::BuiltIn(name) => name.to_owned(),
        TypeId::User(oid) => catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default(),
    };
    let modifier = ty.modifier.as_ref().map(|modifier| format!("({modifier})")).unwrap_or_default();
    format!("{base}{modifier}{}", if ty.array { "[]" } else { "" })
}
