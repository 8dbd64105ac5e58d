//! The statement that removes an object, written out.

use std::borrow::Cow;

use crate::syntax::tree::{Arguments, ObjectKind, TypeName};

use super::object::{Identity, Kind, Object, Unnamed};

/// `DROP … IF EXISTS …` for `object` of `text`, without a semicolon; `None` where there is no such statement (a label of an enum, what has
/// no name that is known).
pub fn drop_sql(text: &str, object: &Object<'_>) -> Option<String> {
    let name = || object.name.map(|name| Cow::Borrowed(&text[name.span()]));
    let part = || name().or_else(|| object.key(text).map(|key| Cow::Owned(key.name)));
    let of = || object.of.map(|of| &text[of.span()]);
    let kind = match object.kind {
        Kind::Object(kind) => kind,
        Kind::UserMapping => {
            let Identity::UserMapping(user, server) = object.identity else { return None };
            return Some(format!("DROP USER MAPPING IF EXISTS FOR {} SERVER {}", &text[user.span()], server.text(text)));
        }
        Kind::EnumLabel => return None,
    };
    let sql = kind.sql();
    Some(match kind {
        ObjectKind::Column => format!("ALTER TABLE {} DROP COLUMN IF EXISTS {}", of()?, name()?),
        ObjectKind::TableConstraint => format!("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", of()?, part()?),
        ObjectKind::DomainConstraint => format!("ALTER DOMAIN {} DROP CONSTRAINT IF EXISTS {}", of()?, part()?),
        ObjectKind::Trigger | ObjectKind::Policy | ObjectKind::Rule => format!("DROP {sql} IF EXISTS {} ON {}", name()?, of()?),
        ObjectKind::Index => {
            let schema = object.placing_name().and_then(|name| name.schema).map(|schema| format!("{}.", schema.text(text)));
            format!("DROP INDEX IF EXISTS {}{}", schema.unwrap_or_default(), part()?)
        }
        ObjectKind::OperatorClass | ObjectKind::OperatorFamily => {
            let Identity::Method(method) = object.identity else { return None };
            format!("DROP {sql} IF EXISTS {} USING {}", name()?, method.text(text))
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            let Identity::Arguments(arguments) = object.identity else { return None };
            let arguments = arguments.map(|arguments| inputs(text, kind, arguments)).unwrap_or_default();
            format!("DROP {sql} IF EXISTS {}{arguments}", name()?)
        }
        ObjectKind::Operator => {
            let Identity::Operands(Some(operands)) = object.identity else { return None };
            let operand = |ty: Option<&TypeName>| ty.map_or("NONE", |ty| &text[ty.span]).to_owned();
            format!("DROP OPERATOR IF EXISTS {} ({}, {})", name()?, operand(operands.left), operand(operands.right))
        }
        ObjectKind::Cast => {
            let Identity::Cast(source, target) = object.identity else { return None };
            format!("DROP CAST IF EXISTS ({} AS {})", &text[source.span], &text[target.span])
        }
        ObjectKind::Transform => {
            let Identity::Transform(ty, language) = object.identity else { return None };
            format!("DROP TRANSFORM IF EXISTS FOR {} LANGUAGE {}", &text[ty.span], language.text(text))
        }
        _ if matches!(object.identity, Identity::Unnamed(Unnamed::All)) => return None,
        _ => format!("DROP {sql} IF EXISTS {}", name()?),
    })
}

/// The types that tell a routine from others of its name.
fn inputs(text: &str, kind: ObjectKind, arguments: &Arguments) -> String {
    let types: Vec<&str> = arguments.inputs().map(|argument| &text[argument.ty.span]).collect();
    match (kind, types.is_empty()) {
        (ObjectKind::Aggregate, true) => "(*)".to_owned(),
        _ => format!("({})", types.join(", ")),
    }
}
