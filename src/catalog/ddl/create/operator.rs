//! Operators, operator classes and families, casts.

use crate::catalog::Oid;
use crate::catalog::ddl::name;
use crate::catalog::model::{Cast, Operator, OperatorClass, OperatorFamily, Options};
use crate::catalog::object::{Class, Object};
use crate::catalog::store::Catalog;
use crate::catalog::types::format_type;

pub(super) fn operator(catalog: &Catalog, object: &Object, operator: &Operator) -> Vec<String> {
    let get = |key: &str| operator.definition.options.get(key).map(|value| &**value);
    let function = match operator.function {
        Some(function) => name::qualified(catalog, function),
        None => get("function").unwrap_or_default().to_owned(),
    };
    let mut said = vec![format!("FUNCTION = {function}")];
    for (word, operand) in [("LEFTARG", &operator.left), ("RIGHTARG", &operator.right)] {
        said.extend(operand.as_ref().map(|ty| format!("{word} = {}", format_type(catalog, ty))));
    }
    for key in ["commutator", "negator"] {
        said.extend(get(key).map(|sign| match sign.contains('.') {
            true => format!("{} = OPERATOR({sign})", key.to_uppercase()),
            false => format!("{} = {sign}", key.to_uppercase()),
        }));
    }
    for key in ["restrict", "join"] {
        said.extend(get(key).map(|function| format!("{} = {function}", key.to_uppercase())));
    }
    for key in ["hashes", "merges"] {
        said.extend(get(key).map(|_| key.to_uppercase()));
    }
    vec![format!("CREATE OPERATOR {} (\n    {}\n)", name::sign(catalog, object), said.join(",\n    "))]
}

/// What is in a class or a family: `OPERATOR 1 < (integer, integer)`, each without the types where they are the class's own.
fn items(options: &Options) -> Vec<String> {
    let item = |(key, value): (&std::sync::Arc<str>, &std::sync::Arc<str>)| {
        let (what, operands) = key.split_once(" (").map(|(what, operands)| (what, operands.trim_end_matches(')')))?;
        let operands = operands.replace(',', ", ");
        match what.split_once(' ')? {
            ("operator", number) => Some(format!("OPERATOR {number} {value} ({operands})")),
            ("function", number) => Some(format!("FUNCTION {number} ({operands}) {value}")),
            _ => None,
        }
    };
    let mut said: Vec<String> = options.iter().filter_map(item).collect();
    said.extend(options.get("storage").map(|ty| format!("STORAGE {ty}")));
    said
}

pub(super) fn class(catalog: &Catalog, oid: Oid, class: &OperatorClass) -> Vec<String> {
    let own = name::qualified(catalog, oid);
    let default = if class.default { " DEFAULT" } else { "" };
    let family = class.definition.options.get("family").map(|family| format!(" FAMILY {family}")).unwrap_or_default();
    let mut said = items(&class.definition.options);
    if said.is_empty() {
        said.push(format!("STORAGE {}", name::ty(catalog, class.ty.as_ref())));
    }
    let ty = name::ty(catalog, class.ty.as_ref());
    vec![format!("CREATE OPERATOR CLASS {own}{default} FOR TYPE {ty} USING {}{family} AS\n    {}", class.method, said.join(",\n    "))]
}

pub(super) fn family(catalog: &Catalog, oid: Oid, family: &OperatorFamily) -> Vec<String> {
    let own = name::qualified(catalog, oid);
    let mut statements = vec![format!("CREATE OPERATOR FAMILY {own} USING {}", family.method)];
    let said = items(&family.definition.options);
    if !said.is_empty() {
        statements.push(format!("ALTER OPERATOR FAMILY {own} USING {} ADD\n    {}", family.method, said.join(",\n    ")));
    }
    statements
}

pub(super) fn cast(catalog: &Catalog, cast: &Cast) -> Vec<String> {
    let (source, target) = (format_type(catalog, &cast.source), format_type(catalog, &cast.target));
    let get = |key: &str| cast.definition.options.get(key).map(|value| &**value);
    let how = match (cast.function, get("method")) {
        (Some(function), _) => match name::reference(catalog, function) {
            Some(reference) => format!("WITH {reference}"),
            None => return Vec::new(),
        },
        (None, Some("inout")) => "WITH INOUT".to_owned(),
        (None, Some("function")) => format!("WITH FUNCTION {}({source})", get("function").unwrap_or_default()),
        (None, _) => "WITHOUT FUNCTION".to_owned(),
    };
    let context = match cast.context {
        'a' => " AS ASSIGNMENT",
        'i' => " AS IMPLICIT",
        _ => "",
    };
    vec![format!("CREATE CAST ({source} AS {target}) {how}{context}")]
}

/// Whether a family comes with the class of its name.
pub(in crate::catalog::ddl) fn comes_with_class(catalog: &Catalog, object: &Object) -> bool {
    let Some(schema) = object.schema else { return false };
    let crate::catalog::object::Body::OperatorFamily(family) = &object.body else { return false };
    family.definition.options.is_empty()
        && catalog.named(Class::OperatorClass, schema, &object.name).iter().any(|class| {
            match catalog.get(*class).map(|class| &class.body) {
                Some(crate::catalog::object::Body::OperatorClass(class)) => class.method == family.method,
                _ => false,
            }
        })
}
