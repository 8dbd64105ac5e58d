//! Barton ids: which columns hold them, and which texts are some.
//!
//! A column is known by its name, since the doctrine names it. A column that only a pattern such as `*_unique_id` matches and whose type is
//! `uuid` holds another kind of id; `barton_id uuid` is a Barton id of the wrong type. Of texts only whole ids count: a banner of three parts,
//! a process id of five, a mask with `X`, `N` or `#` in it is none. Of six parts is much else, so that a text counts where it stands in the place of
//! an id, or looks like nothing else.

mod written;

use crate::catalog::model::{Column, TypeId};
use crate::catalog::typing::base_type;
use crate::config::{BARTON_ID, IdFormat};
use crate::syntax::expression::{Constant, Expression, ExpressionKind};
use crate::text::Span;

use super::{HistoryContext, OwnTable};
pub(super) use written::written_ids;

/// How many parts an id has.
const PARTS: usize = 6;

/// The columns of `table` that hold Barton ids.
pub(super) fn id_columns<'c>(cx: &HistoryContext<'c>, table: &OwnTable<'c>) -> impl Iterator<Item = &'c Column> {
    let cx = *cx;
    table.relation.columns.iter().filter(move |column| {
        let is_uuid = || column.ty.as_ref().and_then(|ty| base_type(cx.end, ty)).is_some_and(|ty| ty.id == TypeId::BuiltIn("uuid"));
        cx.config.is_id_column(&column.name) && (&*column.name == BARTON_ID || !is_uuid())
    })
}

/// The tables that are to have an id: those of managed schemas, without the table that the house logs into.
pub(super) fn tables_with_ids<'c>(cx: &HistoryContext<'c>) -> impl Iterator<Item = OwnTable<'c>> + use<'c> {
    let cx = *cx;
    super::own_tables(&cx).filter(move |table| table.is_managed(&cx) && !table.is_log_table(&cx))
}

/// Whether `text` has the parts of a whole id, well formed or not: six of digits, and perhaps a slip among them.
pub(super) fn has_parts_of_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_mask = |part: &str| part.contains(['X', 'x', 'N', 'n', '#', '_', '*', '%', '?']);
    let is_part = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()) && !is_mask(part);
    parts.len() == PARTS
        && parts.iter().all(is_part)
        && parts.iter().filter(|part| part.chars().all(|c| c.is_ascii_digit())).count() >= PARTS - 1
}

/// Whether `text` is meant as an id of `format` wherever it stands. A version, an object identifier or a point in time may have six parts too: the
/// former two have no zero in front of a digit (semver 2.0.0, 2; ITU-T X.680, 32.3), and the latter has a year in it, or parts of two digits alone.
pub(super) fn looks_like_id(text: &str, format: &IdFormat) -> bool {
    if !has_parts_of_id(text) {
        return false;
    }
    let (parts, wanted): (Vec<&str>, Vec<&str>) = (text.split('.').collect(), format.pattern.split('.').collect());
    let is_as_wide = parts.iter().zip(&wanted).filter(|(part, wanted)| part.len() == wanted.len()).count() >= PARTS - 1;
    let is_year = |at: usize| parts[at].len() == 4 && (parts[at].starts_with("19") || parts[at].starts_with("20"));
    let is_time = is_year(0) || is_year(2) || parts.iter().all(|part| part.len() == 2);
    let has_zero = parts.iter().any(|part| part.len() > 1 && part.starts_with('0'));
    is_as_wide || (has_zero && !is_time)
}

/// The text of a string constant, whatever it is cast to, and where it stands.
pub(super) fn constant(value: &Expression) -> Option<(&str, Span)> {
    match &value.kind {
        ExpressionKind::Constant(Constant::String(text)) => Some((text, value.span)),
        ExpressionKind::Cast(inner, _) => constant(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{has_parts_of_id, looks_like_id};
    use crate::config::IdFormat;
    use crate::text::Span;

    #[test]
    fn only_whole_ids_count() {
        let meant = ["04.04.02.04.30000.001", "4.4.2.4.3.1", "04.04.02.O4.30000.001", "04.04.02.04.300000.0001"];
        let others =
            ["05.01.02", "04.04.02.04.30000", "04.04.02.04.XXXXX.001", "NN.NN.NN.NN.NNNNN.NNN", "04.04.02.04.30000.###", "a.b.c.d.e.f"];
        assert!(meant.into_iter().all(has_parts_of_id));
        assert!(!others.into_iter().any(has_parts_of_id));
    }

    #[test]
    fn versions_object_identifiers_and_times_are_no_ids() {
        let format = IdFormat { pattern: IdFormat::DEFAULT.to_owned(), span: Span::empty(0) };
        for text in ["1.5.3.30.7.01", "04.04.02.O4.30000.001", "04.04.02.04.3000.0001", "14.24.12.14.3000.123", "4.4.2.4.30000.001"] {
            assert!(looks_like_id(text, &format), "{text}");
        }
        for text in [
            "1.2.3.4.5.6",
            "1.3.6.1.4.1",
            "2.16.840.1.113883.3",
            "10.0.0.1.10.2",
            "2026.01.05.10.30.00",
            "05.01.2026.10.30.00",
            "26.01.05.10.30.00",
            "00.11.22.33.44.55",
        ] {
            assert!(!looks_like_id(text, &format), "{text}");
        }
    }
}
