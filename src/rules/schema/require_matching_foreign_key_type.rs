//! `require-matching-foreign-key-type`: a foreign key has the type of what it refers to.

use crate::catalog::Catalog;
use crate::catalog::model::{Column, ConstraintKind, TypeId};
use crate::catalog::types::format_type;
use crate::catalog::typing::base_type;
use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::indexes::own_constraints;
use super::tables;

/// The rule.
#[derive(Debug)]
pub struct RequireMatchingForeignKeyType;

static META: Meta = Meta {
    id: "require-matching-foreign-key-type",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/require-matching-foreign-key-type.md"),
};

impl Rule for RequireMatchingForeignKeyType {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        for table in tables(cx) {
            for (object, constraint) in own_constraints(cx, &table) {
                let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
                let Some(referenced) = cx.end.relation(key.table) else { continue };
                let pairs = constraint.columns.iter().zip(&key.columns);
                let mut columns = pairs.filter_map(|(own, other)| Some((table.relation.column_at(*own)?, referenced.column_at(*other)?)));
                let Some((own, other)) = columns.find(|(own, other)| is_other_type(cx.end, own, other)) else { continue };
                let (Some(ty), Some(other_ty)) = (&own.ty, &other.ty) else { continue };
                let (ty, other_ty) = (format_type(cx.end, ty), format_type(cx.end, other_ty));
                let (name, referenced) = (cx.shown(table.oid), cx.shown(key.table));
                let message = format!(
                    "`{}` of `{name}` is `{ty}`, and refers to `{}` of `{referenced}`, which is `{other_ty}`",
                    own.name, other.name
                );
                let Some(finding) = cx.finding_at(object.origin, message) else { continue };
                let finding = cx.related_at(finding, other.retyped.unwrap_or(other.origin), "what it refers to");
                out.push(finding.help(format!("make `{}` `{}`", own.name, other_ty.to_uppercase())));
            }
        }
    }
}

/// Whether both types are known, and not the same; what is text is one type, however long.
fn is_other_type(catalog: &Catalog, own: &Column, other: &Column) -> bool {
    let ty = |column: &Column| {
        let base = base_type(catalog, column.ty.as_ref()?)?;
        let id = match base.id {
            TypeId::BuiltIn("varchar" | "bpchar") => TypeId::BuiltIn("text"),
            id => id,
        };
        Some((id, base.array))
    };
    ty(own).zip(ty(other)).is_some_and(|(own, other)| own != other)
}
