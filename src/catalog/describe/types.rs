//! Types and domains.

use crate::catalog::model::{Type, TypeUse};
use crate::catalog::object::Object;
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;

use super::name::written;
use super::{Description, Fact, name};

pub(super) fn describe(description: &mut Description, catalog: &Catalog, object: &Object, ty: &Type) {
    match ty {
        Type::Enum(labels) => description.put("labels", Fact::List(labels.iter().map(|label| label.text.to_string()).collect())),
        Type::Domain(domain) => {
            type_fact(description, "type", catalog, domain.base.as_ref());
            description.flag("not null", domain.not_null);
            if let Some(default) = &domain.default {
                description.expression("default", default);
            }
            description.optional("collation", domain.collation.as_deref().map(written));
        }
        Type::Range(range) => {
            type_fact(description, "subtype", catalog, range.subtype.as_ref());
            let schema = object.schema.and_then(|schema| catalog.get(schema)).map(|schema| format!("{}.", name(&schema.name)));
            description.text("multirange", format!("{}{}", schema.unwrap_or_default(), name(&range.multirange)));
            description.definition(&range.definition);
        }
        Type::Base(definition) => {
            description.text("kind", "base");
            description.definition(definition);
        }
        Type::Multirange(_) => {}
        Type::Shell => description.text("kind", "shell"),
        Type::Unknown(_) => description.put("kind", Fact::Unknown),
    }
}

fn type_fact(description: &mut Description, property: &'static str, catalog: &Catalog, ty: Option<&TypeUse>) {
    match ty {
        Some(ty) => description.text(property, format_type(catalog, ty)),
        None => description.put(property, Fact::Unknown),
    }
}
