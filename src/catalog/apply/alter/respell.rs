//! What PostgreSQL makes of a stored expression when a column in it gets another type: it deparses the expression, with the casts that it put
//! in itself, and reads it again. A cast that the new type asks for stays when the old type is back (`f(name)` is `f((name)::varchar)` then).
//!
//! Where no cast can have stayed, the expression is what it was. Elsewhere it is [`Stored::recast`], and nobody knows how it compares.

use crate::catalog::Address;
use crate::catalog::expression::{Stored, Used};
use crate::catalog::model::{TypeId, TypeUse};
use crate::syntax::expression::{Expression, ExpressionKind as Kind, Node, read};

/// Types among which a comparison asks for no cast that stays.
const FAMILIES: [&[&str]; 3] = [&["text", "varchar"], &["int2", "int4", "int8"], &["date", "timestamp", "timestamptz"]];

/// Whether casts may have come into an expression when `column` changed its type.
pub(super) fn is_recast(stored: &Stored, column: Address, before: Option<&TypeUse>, after: Option<&TypeUse>) -> bool {
    let name = |ty: Option<&TypeUse>| match ty {
        Some(TypeUse { id: TypeId::BuiltIn(name), array: false, .. }) => Some(*name),
        _ => None,
    };
    let (Some(before), Some(after)) = (name(before), name(after)) else { return true };
    let family = FAMILIES.iter().find(|family| family.contains(&before) && family.contains(&after));
    let Some(family) = family else { return before != after };
    let tree = read(&stored.text);
    let is_text = family.contains(&"text");
    !(stored.is_whole()
        && keeps(Node::Expression(&tree), &|parent, child| !is_column(stored, column, child) || is_at_ease(stored, parent, is_text)))
}

/// Whether something holds of each expression and what it stands in, in all of a tree.
fn keeps(node: Node<'_>, holds: &dyn Fn(Node<'_>, &Expression) -> bool) -> bool {
    let mut all = true;
    node.each_part(&mut |part| {
        if let Node::Expression(expression) = part {
            all &= holds(node, expression);
        }
        all = all && keeps(part, holds);
    });
    all
}

fn is_column(stored: &Stored, column: Address, expression: &Expression) -> bool {
    let means = |what: Used| matches!(what, Used::Column(address) if address == column);
    matches!(&expression.kind, Kind::Column(_)) && stored.uses.iter().any(|used| used.span == expression.span && means(used.what))
}

/// Whether a column may stand in `parent` and be read again without a cast that stays.
fn is_at_ease(stored: &Stored, parent: Node<'_>, is_text: bool) -> bool {
    let Node::Expression(parent) = parent else { return false };
    match &parent.kind {
        Kind::IsNull(..) | Kind::In(..) | Kind::Between(_) | Kind::IsDistinctFrom(..) | Kind::Quantified(_) => true,
        Kind::Operator(operator) => is_text || matches!(operator.sign(), "=" | "<>" | "<" | ">" | "<=" | ">="),
        // What is built in takes text, and gives the same for all that becomes text.
        Kind::Call(_) => {
            is_text && !stored.uses.iter().any(|used| used.span == parent.span && matches!(used.what, Used::Routine(_) | Used::Object(_)))
        }
        Kind::Cast(_, ty) => is_text && ty.name == ["text"],
        _ => false,
    }
}
