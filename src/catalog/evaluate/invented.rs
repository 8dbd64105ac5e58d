//! Functions of the history that make up a text which is to be like no other: `nanoid()`, and what calls it.
//!
//! What such a function gives can't be worked out, but what its author means is plain: its code asks for random bytes or a random number. Its value is
//! taken to be like no other, on the condition that it is.

use std::collections::BTreeSet;

use super::{Value, function};
use crate::catalog::Oid;
use crate::catalog::model::{RoutineBody, TypeId};
use crate::catalog::object::Class;
use crate::catalog::run::Run;
use crate::catalog::store::Catalog;
use crate::syntax::lexer::{Mode, TokenKind, lex};
use crate::text::Span;

/// What stands for `value`, which the function `oid` gave: one that is like no other, with a condition that says so, where that is what it is for.
pub(super) fn told(run: &mut Run<'_>, oid: Oid, value: Value, span: Span) -> Value {
    let is_vague = matches!(value, Value::Unknown | Value::NotNull);
    if !is_vague || !is_text(&run.catalog, oid) || !invents(&run.catalog, oid) {
        return value;
    }
    let name = run.catalog.get(oid).map(|object| object.name.to_string()).unwrap_or_default();
    run.condition("23505", format!("unless what {name}() makes up is another text each time"), span);
    function::made_up(run)
}

/// Whether it gives back one text.
fn is_text(catalog: &Catalog, oid: Oid) -> bool {
    let routine = catalog.get(oid).and_then(|object| object.routine());
    routine
        .filter(|routine| !routine.returns_set)
        .and_then(|routine| routine.returns.as_ref())
        .is_some_and(|ty| !ty.array && matches!(ty.id, TypeId::BuiltIn("text" | "varchar" | "bpchar" | "uuid")))
}

/// Whether the code of a function, or of one that it calls, asks for something random.
fn invents(catalog: &Catalog, oid: Oid) -> bool {
    let (mut open, mut seen) = (vec![oid], BTreeSet::from([oid]));
    while let Some(routine) = open.pop().and_then(|oid| catalog.get(oid)).and_then(|object| object.routine()) {
        let RoutineBody::Text(text) = &routine.body else { continue };
        let tokens = lex(text, Span::new(0, text.len() as u32), Mode::Body).tokens;
        for pair in tokens.windows(2).filter(|pair| pair[0].kind == TokenKind::Ident && pair[1].kind == TokenKind::LeftParen) {
            let name = text[pair[0].span].to_ascii_lowercase();
            if function::is_random(&name) {
                return true;
            }
            open.extend(catalog.anywhere(Class::Routine, &name).map(|(called, _)| called).filter(|called| seen.insert(*called)));
        }
    }
    false
}
