//! type_name: being written.

use crate::syntax::tree::TypeName;

use super::parser::{Parse, Parser};

/// A type without SETOF (Typename without SETOF).
pub(super) fn type_name(p: &mut Parser) -> Parse<TypeName> {
    Err(p.error("not read yet"))
}

/// A type that may be SETOF or `column%TYPE` (func_type).
pub(super) fn type_or_set(p: &mut Parser) -> Parse<TypeName> {
    Err(p.error("not read yet"))
}
