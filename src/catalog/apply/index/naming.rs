//! What PostgreSQL calls the columns of an index, from which it makes the names of indexes that have none (`ChooseIndexColumnNames`).

use crate::catalog::object::Name;

/// Names of an index's columns, each different from those before it: a number is appended where it is not.
pub(in crate::catalog::apply) fn distinct_names(wanted: impl IntoIterator<Item = Name>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for name in wanted {
        let mut candidate = Name::clone(&name);
        let mut number = 0u32;
        while names.contains(&candidate) {
            number += 1;
            let digits = number.to_string();
            let mut end = name.len().min(63 - digits.len());
            while !name.is_char_boundary(end) {
                end -= 1;
            }
            candidate = Name::from(format!("{}{digits}", &name[..end]));
        }
        names.push(candidate);
    }
    names
}
