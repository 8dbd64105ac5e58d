//! What a sequence counts like: its options, with the defaults that PostgreSQL fills in (`init_params` of its `sequence.c`).

use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{SequenceOptions, TypeId, TypeUse};
use crate::catalog::run::Run;
use crate::catalog::types::type_use;
use crate::syntax::tree::{SequenceOption, SequenceOptionKind};
use crate::text::Span;

/// Whose options they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog::apply) enum Purpose {
    /// A sequence's own.
    Sequence,
    /// An identity column's, of a type by its name in pg_catalog; `SEQUENCE NAME` may stand among them.
    Identity,
}

/// The options of a new sequence. `ty` is the type of the column that it stands behind, if it does.
pub(in crate::catalog::apply) fn initial(
    run: &mut Run<'_>,
    text: &str,
    options: &[SequenceOption],
    purpose: Purpose,
    ty: Option<(&'static str, Span)>,
) -> Result<SequenceOptions> {
    read(run, text, options, purpose, ty, None)
}

/// What a sequence counted last, and whether it gave that out.
pub(super) type Count = (i64, bool);

/// The options of a sequence that has some already, and has counted so far; what becomes of the count with them.
pub(super) fn changed(
    run: &mut Run<'_>,
    text: &str,
    options: &[SequenceOption],
    before: SequenceOptions,
    count: Option<Count>,
) -> Result<(SequenceOptions, Option<Count>)> {
    let after = read(run, text, options, Purpose::Sequence, None, Some(before))?;
    let restart = options.iter().find_map(|option| match option.kind {
        SequenceOptionKind::Restart(with) => Some((with, option.span)),
        _ => None,
    });
    let count = match restart {
        Some((with, _)) => Some((with.map_or(Ok(after.start), |span| number(text, span))?, false)),
        None => count,
    };
    if let Some((last, _)) = count {
        within(after, last, "RESTART", restart.map(|(_, span)| span))?;
    }
    Ok((after, count))
}

/// Two options of the same of these are one too many.
fn group(kind: &SequenceOptionKind) -> Option<u8> {
    Some(match kind {
        SequenceOptionKind::As(_) => 0,
        SequenceOptionKind::Cache(_) => 1,
        SequenceOptionKind::Cycle | SequenceOptionKind::NoCycle => 2,
        SequenceOptionKind::Increment(_) => 3,
        SequenceOptionKind::MinValue(_) | SequenceOptionKind::NoMinValue => 4,
        SequenceOptionKind::MaxValue(_) | SequenceOptionKind::NoMaxValue => 5,
        SequenceOptionKind::Start(_) => 6,
        SequenceOptionKind::Restart(_) => 7,
        SequenceOptionKind::OwnedBy(_) => 8,
        SequenceOptionKind::SequenceName(_) => 9,
        SequenceOptionKind::Logged | SequenceOptionKind::Unlogged => return None,
    })
}

fn read(
    run: &mut Run<'_>,
    text: &str,
    options: &[SequenceOption],
    purpose: Purpose,
    ty: Option<(&'static str, Span)>,
    before: Option<SequenceOptions>,
) -> Result<SequenceOptions> {
    check_list(options, purpose, ty.is_some())?;
    let find = |wanted: u8| options.iter().find(|option| group(&option.kind) == Some(wanted));
    let mut result = before.unwrap_or(SequenceOptions::BIGINT);
    // After AS the bounds of the type before are those of the type now; otherwise what is left out depends on the direction.
    let (mut reset_min, mut reset_max) = (false, false);
    let written = match find(0).map(|option| &option.kind) {
        Some(SequenceOptionKind::As(ty)) => Some((integer_type(type_use(run, text, ty)?), ty.span)),
        _ => ty.map(|(name, span)| (integer_type(TypeUse::built_in(name)), span)),
    };
    if let Some((name, span)) = written {
        let Some(name) = name else {
            let what = if ty.is_some() { "identity column" } else { "sequence" };
            return Err(Stop::fails("22023", format!("{what} type must be smallint, integer, or bigint"), span));
        };
        let (min, max) = bounds(result.ty);
        reset_max = before.is_some() && result.max == max;
        reset_min = before.is_some() && result.min == min;
        result.ty = name;
    }
    if let Some(SequenceOptionKind::Increment(span)) = find(3).map(|option| &option.kind) {
        result.increment = number(text, *span)?;
        if result.increment == 0 {
            return Err(Stop::fails("22023", "INCREMENT must not be zero", *span));
        }
    }
    if let Some(option) = find(2) {
        result.cycle = option.kind == SequenceOptionKind::Cycle;
    }
    let (type_min, type_max) = bounds(result.ty);
    let whole = options.first().map(|option| option.span);
    let at = |group: u8| find(group).map(|option| option.span).or(whole);
    match find(5).map(|option| &option.kind) {
        Some(SequenceOptionKind::MaxValue(span)) => result.max = number(text, *span)?,
        None if before.is_some() && !reset_max => {}
        _ => result.max = if result.increment > 0 || reset_max { type_max } else { -1 },
    }
    let refuse = |message: String, group: u8| Err(Stop::fails("22023", message, at(group)));
    let shown = display_name(result.ty);
    if result.max < type_min || result.max > type_max {
        return refuse(format!("MAXVALUE ({}) is out of range for sequence data type {shown}", result.max), 5);
    }
    match find(4).map(|option| &option.kind) {
        Some(SequenceOptionKind::MinValue(span)) => result.min = number(text, *span)?,
        None if before.is_some() && !reset_min => {}
        _ => result.min = if result.increment < 0 || reset_min { type_min } else { 1 },
    }
    if result.min < type_min || result.min > type_max {
        return refuse(format!("MINVALUE ({}) is out of range for sequence data type {shown}", result.min), 4);
    }
    if result.min >= result.max {
        return refuse(format!("MINVALUE ({}) must be less than MAXVALUE ({})", result.min, result.max), 4);
    }
    match find(6).map(|option| &option.kind) {
        Some(SequenceOptionKind::Start(span)) => result.start = number(text, *span)?,
        _ if before.is_none() => result.start = if result.increment > 0 { result.min } else { result.max },
        _ => {}
    }
    within(result, result.start, "START", at(6))?;
    if let (None, Some(SequenceOptionKind::Restart(with))) = (before, find(7).map(|option| &option.kind)) {
        let value = with.map_or(Ok(result.start), |span| number(text, span))?;
        within(result, value, "RESTART", at(7))?;
    }
    if let Some(SequenceOptionKind::Cache(span)) = find(1).map(|option| &option.kind) {
        result.cache = number(text, *span)?;
        if result.cache <= 0 {
            return refuse(format!("CACHE ({}) must be greater than zero", result.cache), 1);
        }
    }
    Ok(result)
}

fn check_list(options: &[SequenceOption], purpose: Purpose, typed: bool) -> Result {
    let mut seen = [false; 10];
    seen[0] = typed;
    for option in options {
        if purpose == Purpose::Sequence && matches!(option.kind, SequenceOptionKind::SequenceName(_)) {
            return Err(Stop::fails("42601", "invalid sequence option SEQUENCE NAME", option.span));
        }
        let Some(group) = group(&option.kind) else {
            return Err(Stop::fails("XX000", "option \"logged\" not recognized", option.span));
        };
        if std::mem::replace(&mut seen[usize::from(group)], true) {
            return Err(Stop::fails("42601", "conflicting or redundant options", option.span));
        }
    }
    Ok(())
}

fn within(options: SequenceOptions, value: i64, what: &str, span: Option<Span>) -> Result {
    if value < options.min {
        let message = format!("{what} value ({value}) cannot be less than MINVALUE ({})", options.min);
        return Err(Stop::fails("22023", message, span));
    }
    if value > options.max {
        let message = format!("{what} value ({value}) cannot be greater than MAXVALUE ({})", options.max);
        return Err(Stop::fails("22023", message, span));
    }
    Ok(())
}

/// A number of the grammar's NumericOnly, as `defGetInt64` reads it.
fn number(text: &str, span: Span) -> Result<i64> {
    let written: String = text[span].chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", written.trim_start_matches('+')),
    };
    let radix = match digits.get(..2) {
        Some("0x" | "0X") => 16,
        Some("0o" | "0O") => 8,
        Some("0b" | "0B") => 2,
        _ => 10,
    };
    let bare = if radix == 10 { digits } else { &digits[2..] };
    if !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) || (radix == 10 && !bare.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Stop::fails("22P02", format!("invalid input syntax for type bigint: \"{written}\""), span));
    }
    let overflow = || Stop::fails("22003", format!("value \"{written}\" is out of range for type bigint"), span);
    i64::from_str_radix(&format!("{sign}{bare}"), radix).map_err(|_| overflow())
}

fn integer_type(ty: TypeUse) -> Option<&'static str> {
    match ty {
        TypeUse { id: TypeId::BuiltIn(name @ ("int2" | "int4" | "int8")), array: false, .. } => Some(name),
        _ => None,
    }
}

fn bounds(ty: &str) -> (i64, i64) {
    match ty {
        "int2" => (i16::MIN.into(), i16::MAX.into()),
        "int4" => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN, i64::MAX),
    }
}

fn display_name(ty: &str) -> &'static str {
    match ty {
        "int2" => "smallint",
        "int4" => "integer",
        _ => "bigint",
    }
}
