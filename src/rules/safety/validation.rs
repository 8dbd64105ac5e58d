//! NOT VALID: a constraint that is added without a look at the rows, and the migration that looks at them later.

use crate::catalog::{Class, describe};
use crate::diagnostic::{Applicability, Fix};
use crate::rules::change::{Change, Existing};
use crate::rules::{Draft, MigrationContext};
use crate::syntax::tree::{Node, TableConstraint};
use crate::text::Edit;

/// What to do instead.
pub(super) const ADVICE: &str = "add it `NOT VALID`, and validate it in a later migration, where others go on reading and writing";

/// Writes `NOT VALID` behind the constraint, and a new migration that validates it.
pub(super) fn fix(cx: &MigrationContext<'_>, change: &Change<'_>, table: &Existing<'_>, constraint: &TableConstraint) -> Option<Fix> {
    let Node::AlterTable(alter) = change.node() else { return None };
    if !change.is_of_script() {
        return None;
    }
    let after = change.after()?;
    let made = |origin: crate::catalog::Origin| origin.migration == Some(cx.replayed.index) && origin.span == constraint.span;
    let (_, object) = after.parts(table.oid, Class::Constraint).find(|(_, object)| made(object.origin))?;
    if is_changed_later(cx, &object.name, &table.object.name) {
        return None;
    }
    let (holder, name) = (change.written(alter.relation.name.span()), describe::name(&object.name));
    let schema = object.schema.and_then(|schema| after.get(schema)).map(|schema| schema.name.to_string());
    let written = change.written(constraint.span);
    let named = if constraint.name.is_some() { written.to_owned() } else { format!("CONSTRAINT {name} {written}") };
    let draft = Draft {
        description: &format!("validate {}", object.name),
        schema: schema.as_deref(),
        up: &[format!("ALTER TABLE {holder} VALIDATE CONSTRAINT {name};")],
        down: &[format!("ALTER TABLE {holder} DROP CONSTRAINT IF EXISTS {name};"), format!("ALTER TABLE {holder} ADD {named} NOT VALID;")],
    };
    let mut fix = cx.fix(
        Applicability::Unsafe,
        format!("write `NOT VALID`, and a migration that validates `{}`", object.name),
        vec![Edit::insertion(constraint.span.end, " NOT VALID")],
    );
    fix.edits.extend((cx.drafts.0)(&draft)?);
    Some(fix)
}

/// Whether a later migration may have something to do with the constraint or the whole table, so that there is nothing to validate at the end.
fn is_changed_later(cx: &MigrationContext<'_>, constraint: &str, table: &str) -> bool {
    let later = cx.history.migrations.iter().skip(cx.replayed.index as usize + 1);
    later.map(|migration| migration.up.text()).any(|text| {
        let names = |word: &str| text.contains(word);
        names(constraint) || names(table) && ["DROP TABLE", "RENAME", "drop table", "rename"].into_iter().any(names)
    })
}
