//! Barton ids: which columns hold them, and which texts are some.
//!
//! A column is known by its name, since the doctrine names it. A column that only a pattern such as `*_unique_id` matches and whose type is
//! `uuid` holds another kind of id; `barton_id uuid` is a Barton id of the wrong type. Of texts only whole ids count: a banner of three parts,
//! a process id of five, a mask with `X`, `N` or `#` in it is none.

use crate::catalog::model::{Column, TypeId};
use crate::catalog::typing::base_type;
use crate::config::BARTON_ID;

use super::{HistoryContext, OwnTable};

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

/// Whether `text` is meant to be a whole id, well formed or not: six parts of digits and perhaps a slip among them.
pub(super) fn is_meant_as_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_mask = |part: &str| part.contains(['X', 'x', 'N', 'n', '#', '_', '*', '%', '?']);
    let is_part = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()) && !is_mask(part);
    let of_digits = |part: &&&str| part.chars().all(|c| c.is_ascii_digit());
    parts.len() == PARTS && parts.iter().all(is_part) && parts.iter().filter(of_digits).count() >= PARTS - 1
}

#[cfg(test)]
mod tests {
    use super::is_meant_as_id;

    #[test]
    fn only_whole_ids_count() {
        let meant = ["04.04.02.04.30000.001", "4.4.2.4.3.1", "04.04.02.O4.30000.001", "04.04.02.04.300000.0001"];
        let others =
            ["05.01.02", "04.04.02.04.30000", "04.04.02.04.XXXXX.001", "NN.NN.NN.NN.NNNNN.NNN", "04.04.02.04.30000.###", "a.b.c.d.e.f"];
        assert!(meant.into_iter().all(is_meant_as_id));
        assert!(!others.into_iter().any(is_meant_as_id));
    }
}
