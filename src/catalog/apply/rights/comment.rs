//! COMMENT ON and SECURITY LABEL.

use std::sync::Arc;

use crate::catalog::Address;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::RelationKind;
use crate::catalog::object::Class;
use crate::catalog::reference::{self, Found};
use crate::catalog::run::Run;
use crate::syntax::literal;
use crate::syntax::tree::{CommentOn, ObjectKind, SecurityLabel, TextOrNull, WordOrString};

pub(super) fn apply(run: &mut Run<'_>, text: &str, comment: &CommentOn) -> Result {
    let object = &comment.object;
    if object.kind == ObjectKind::Database && matches!(reference::find(run, text, object)?, Found::Absent(_)) {
        // That a database is missing is a warning only.
        return Ok(());
    }
    let Some(address) = reference::expect(run, text, object)? else { return Ok(()) };
    check(run, comment, address)?;
    let said: Option<Arc<str>> = match comment.comment {
        TextOrNull::Null(_) => None,
        // An empty one is none.
        TextOrNull::Text(span) => Some(literal::value(text, span)).filter(|said| !said.is_empty()).map(|said| Arc::from(&*said)),
    };
    if address.column == 0 {
        run.catalog.update(address.object, |object| object.comment = said);
    } else {
        run.catalog.update_column(address, |column| column.comment = said);
    }
    Ok(())
}

fn check(run: &Run<'_>, comment: &CommentOn, address: Address) -> Result {
    let object = &comment.object;
    let Some(found) = run.catalog.get(address.object) else { return Ok(()) };
    match (found.relation().map(|relation| &relation.kind), object.kind) {
        (Some(RelationKind::Index(_) | RelationKind::Sequence(_)), ObjectKind::Column) => {
            Err(Stop::fails("42809", format!("cannot set comment on relation \"{}\"", found.name), object.span))
        }
        (Some(RelationKind::Composite | RelationKind::Unknown), ObjectKind::Type) | (None, _) => Ok(()),
        (Some(_), ObjectKind::Type) => Err(Stop::unknown("comments on the row type of a table are not followed", object.span)),
        _ => Ok(()),
    }
}

/// SECURITY LABEL, which some module has to understand that the server loads.
pub(super) fn label(run: &mut Run<'_>, text: &str, label: &SecurityLabel) -> Result {
    let provider = label.provider.map(|provider| match provider {
        WordOrString::Word(ident) => ident.value(text).into_owned(),
        WordOrString::String(span) => literal::value(text, span).into_owned(),
    });
    if run.catalog.has_unknown_extension() || run.catalog.doubted(Class::Extension, "").is_some() {
        return Err(Stop::unknown("which label providers the server loads can't be told", label.span));
    }
    Err(match provider {
        Some(provider) => Stop::fails("22023", format!("security label provider \"{provider}\" is not loaded"), label.span),
        None => Stop::fails("22023", "no security label providers have been loaded", label.span),
    })
}
