//! `serial` and its kin, which are no types: short for an integer that is NOT NULL and has a sequence (PostgreSQL 15, 8.1.4;
//! `transformColumnDefinition`).

use crate::syntax::tree::{TypeBase, TypeName};

/// The integer that one of them is short for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Serial {
    Small,
    Integer,
    Big,
}

/// Which of them the type of a column is, if it is one: `ty` has spans in `text`.
pub fn serial(text: &str, ty: &TypeName) -> Option<Serial> {
    let TypeBase::Named(name) = ty.base else { return None };
    if name.schema.is_some() || ty.percent_type.is_some() || ty.setof.is_some() {
        return None;
    }
    match &*name.object.value(text) {
        "serial" | "serial4" => Some(Serial::Integer),
        "bigserial" | "serial8" => Some(Serial::Big),
        "smallserial" | "serial2" => Some(Serial::Small),
        _ => None,
    }
}
