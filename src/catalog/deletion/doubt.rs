//! What may depend on something that goes, though nobody has been able to read all of it.

use super::search::Target;
use crate::catalog::expression::{Completeness, Stored};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::object::{Class, Object};
use crate::catalog::run::Run;
use crate::catalog::{Catalog, Oid};
use crate::text::Span;

/// Expects that nothing which is not wholly read names something that goes.
///
/// # Errors
/// Unknown if something does.
pub(super) fn check(run: &Run<'_>, targets: &[Target], span: Span) -> Result {
    for (oid, object) in run.catalog.partly_read() {
        if targets.iter().any(|target| target.address.object == oid && target.address.column == 0) {
            continue;
        }
        let mut named = None;
        object.each_stored(&mut |stored| {
            if stored.completeness == Completeness::Part && named.is_none() {
                named = targets.iter().find_map(|target| named_in(&run.catalog, stored, object, target));
            }
        });
        if let Some(name) = named {
            let what = if object.name.is_empty() { "an expression".to_owned() } else { format!("`{}`", object.name) };
            return Err(Stop::unknown(format!("it can't be told whether {what} uses `{name}`"), span));
        }
    }
    Ok(())
}

/// The name of what goes, if a text names it; of a column only a text that may be about its relation.
fn named_in(catalog: &Catalog, stored: &Stored, holder: &Object, target: &Target) -> Option<String> {
    let object = catalog.get(target.address.object)?;
    let class = object.body.class();
    if target.address.column != 0 {
        let column = catalog.column(target.address)?;
        let about = is_about(holder, target.address.object) || mentions(&stored.text, &object.name);
        let is_named = mentions(&stored.text, &column.name) || (stored.text.contains('*') && !is_about(holder, target.address.object));
        return (about && is_named).then(|| column.name.to_string());
    }
    let can_be_used = matches!(class, Class::Relation | Class::Type | Class::Routine | Class::Operator | Class::Collation);
    let is_index = object.relation().is_some_and(|relation| relation.index().is_some());
    (can_be_used && !is_index && mentions(&stored.text, &object.name)).then(|| object.name.to_string())
}

/// Whether an expression's holder belongs to a relation, so that columns stand in it without the relation's name.
fn is_about(holder: &Object, relation: Oid) -> bool {
    holder.of == Some(relation)
}

/// Whether a name stands in a text as a word, in whatever case.
pub(in crate::catalog) fn mentions(text: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    if text.is_ascii() && name.is_ascii() {
        let (bytes, is_part) = (text.as_bytes(), |byte: Option<&u8>| byte.is_some_and(|byte| is_part(char::from(*byte))));
        return bytes.windows(name.len()).enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            word.eq_ignore_ascii_case(name.as_bytes()) && !is_part(before) && !is_part(bytes.get(at + name.len()))
        });
    }
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    text.match_indices(&name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}
