//! Sequences: what `nextval` gives next.
//!
//! The state of a sequence is a row of [`Catalog::rows`](crate::catalog::Catalog): its last number, and whether that was given out.

use std::sync::Arc;

use super::super::{Value, arithmetic, number, objects};
use crate::catalog::apply::session::expect_writable_relation;
use crate::catalog::expression::{Use, Used};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Column, SequenceOptions};
use crate::catalog::rows::{Contents, Reference};
use crate::catalog::run::Run;
use crate::catalog::{Body, Catalog, Oid};
use crate::syntax::expression::{ExpressionKind, read};

const LAST: i16 = 1;
const CALLED: i16 = 2;

/// What a function gives whose arguments are not NULL; nothing if it is none of these.
pub(super) fn call(run: &mut Run<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>> {
    if !counts(name) {
        return Ok(None);
    }
    let sequence = match arguments.first() {
        Some(Value::Object(_, number)) => Some(Oid(*number)),
        Some(Value::Text(name)) => match objects::find(run, Reference::Class, name)? {
            Some(Some(number)) => Some(Oid(number)),
            Some(None) => return Err(Stop::fails("42P01", format!("relation \"{name}\" does not exist"), None)),
            None => None,
        },
        None => run.session.last_counted,
        _ => None,
    };
    let Some(sequence) = sequence else {
        if matches!(name, "nextval" | "setval") && arguments.first().is_some_and(|value| !matches!(value, Value::Text(_))) {
            return Err(Stop::unknown("which sequence is counted can't be told", None));
        }
        return Ok(Some(Value::NotNull));
    };
    Ok(Some(match (name, arguments) {
        ("nextval", _) => {
            expect_writable_relation(run, sequence, "nextval()")?;
            advance(run, sequence)?
        }
        ("setval", [_, last, rest @ ..]) => {
            expect_writable_relation(run, sequence, "setval()")?;
            let called = rest.first().cloned().unwrap_or(Value::Boolean(true));
            store(run, sequence, last.clone(), called);
            last.clone()
        }
        ("currval" | "lastval", _) => match state_of(&run.catalog, sequence) {
            Some((last, true)) => number(last),
            _ => Value::NotNull,
        },
        _ => Value::NotNull,
    }))
}

/// Whether a function moves a sequence, or reads where it stands.
pub(in crate::catalog) fn counts(name: &str) -> bool {
    matches!(name, "nextval" | "setval" | "currval" | "lastval")
}

fn options(catalog: &Catalog, sequence: Oid) -> Option<SequenceOptions> {
    catalog.relation(sequence)?.sequence().copied()
}

/// The last number of a sequence, and whether it was given out; nothing if that can't be told.
pub(in crate::catalog) fn state_of(catalog: &Catalog, sequence: Oid) -> Option<(i64, bool)> {
    let options = options(catalog, sequence)?;
    match catalog.rows.get(&sequence) {
        None => Some((options.start, false)),
        Some(Contents::Rows(rows)) => {
            let row = rows.front()?;
            let last = arithmetic::integer(row.get(&LAST)?)?;
            match row.get(&CALLED)? {
                Value::Boolean(called) => Some((last.try_into().ok()?, *called)),
                _ => None,
            }
        }
        Some(Contents::Unknown(_)) => None,
    }
}

/// The sequence that gives a column its values where none are written; of a default, if that is a call of `nextval` and nothing else.
pub fn counted_by(catalog: &Catalog, column: &Column) -> Option<Oid> {
    if let Some((_, sequence)) = column.identity {
        return Some(sequence);
    }
    let Body::Default(default) = &catalog.get(column.default?)?.body else { return None };
    let stored = &default.expression;
    stored.text.to_ascii_lowercase().contains("nextval").then_some(())?;
    let calls_next =
        matches!(read(&stored.text).kind, ExpressionKind::Call(call) if call.name.last().is_some_and(|name| name == "nextval"));
    let sequence = |used: &Use| match used.what {
        Used::Relation(oid) => Some(oid),
        _ => None,
    };
    stored.uses.iter().find_map(sequence).filter(|_| calls_next)
}

/// The first of `numbers` that an ascending sequence is going to give, and others behind it; nothing where there is none, or that can't be told.
pub fn first_repeated(catalog: &Catalog, sequence: Oid, numbers: impl Iterator<Item = i64>) -> Option<i64> {
    let options = options(catalog, sequence).filter(|options| options.increment > 0)?;
    let (last, called) = state_of(catalog, sequence)?;
    let (step, max) = (i128::from(options.increment), i128::from(options.max));
    let next = i128::from(last) + if called { step } else { 0 };
    // One that leaves no room behind it is no number that was meant to be counted.
    let is_to_come = |number: &i64| (next..=max - step).contains(&i128::from(*number)) && (i128::from(*number) - next) % step == 0;
    numbers.filter(is_to_come).min()
}

/// Leaves to sequences what they gave out in `undone`, of which everything else is taken back: nobody gets a number twice (manual, sequence functions).
pub(in crate::catalog) fn keep_given_out(run: &mut Run<'_>, undone: &Catalog) {
    let counted: Vec<Oid> = run.catalog.with_other_rows(undone).filter(|sequence| options(&run.catalog, *sequence).is_some()).collect();
    for sequence in counted.into_iter().filter(|sequence| !run.session.restarted.contains(sequence)) {
        if let Some(state) = undone.rows.get(&sequence) {
            run.catalog.rows.insert(sequence, state.clone());
        }
    }
}

/// Sets a sequence to what it counted last, and whether that was given out.
pub(in crate::catalog) fn count_from(run: &mut Run<'_>, sequence: Oid, last: i64, called: bool) {
    if state_of(&run.catalog, sequence) != Some((last, called)) {
        run.session.restarted.push(sequence);
    }
    match options(&run.catalog, sequence).is_some_and(|options| (options.start, false) == (last, called)) {
        true => drop(run.catalog.rows.remove(&sequence)),
        false => store(run, sequence, number(last), Value::Boolean(called)),
    }
}

fn store(run: &mut Run<'_>, sequence: Oid, last: Value, called: Value) {
    let row = Arc::new([(LAST, last), (CALLED, called)].into_iter().collect());
    run.catalog.rows.insert(sequence, Contents::Rows([row].into_iter().collect()));
}

/// The next number of a sequence.
///
/// # Errors
/// 2200H if it is used up; 42809 if it is no sequence.
pub(in crate::catalog) fn advance(run: &mut Run<'_>, sequence: Oid) -> Result<Value> {
    run.session.last_counted = Some(sequence);
    let Some(options) = options(&run.catalog, sequence) else { return Ok(Value::NotNull) };
    let Some((last, called)) = state_of(&run.catalog, sequence) else { return Ok(Value::NotNull) };
    let next = if called { last.checked_add(options.increment) } else { Some(last) };
    let next = match next.filter(|next| (options.min..=options.max).contains(next)) {
        Some(next) => next,
        None if options.cycle => {
            if options.increment > 0 {
                options.min
            } else {
                options.max
            }
        }
        None => {
            let name = run.catalog.get(sequence).map(|object| object.name.to_string()).unwrap_or_default();
            let (end, value) = if options.increment > 0 { ("maximum", options.max) } else { ("minimum", options.min) };
            return Err(Stop::fails("2200H", format!("nextval: reached {end} value of sequence \"{name}\" ({value})"), None));
        }
    };
    store(run, sequence, number(next), Value::Boolean(true));
    Ok(number(next))
}
