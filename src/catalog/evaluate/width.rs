//! How wide a whole number is that an operator gives, where constants and casts tell: what does not fit fails (22003).

use super::{Value, arithmetic};
use crate::catalog::failure::{Result, Stop};
use crate::syntax::expression::{Constant, Expression, ExpressionKind as Kind};

/// The types of whole numbers, from narrow to wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    Smallint,
    Integer,
    Bigint,
}

impl Width {
    const fn name(self) -> &'static str {
        match self {
            Width::Smallint => "smallint",
            Width::Integer => "integer",
            Width::Bigint => "bigint",
        }
    }

    fn holds(self, number: i128) -> bool {
        match self {
            Width::Smallint => i16::try_from(number).is_ok(),
            Width::Integer => i32::try_from(number).is_ok(),
            Width::Bigint => i64::try_from(number).is_ok(),
        }
    }
}

/// Expects what an operator gave, `value` of `expression`, to fit into its type.
///
/// # Errors
/// 22003.
pub(super) fn expect_fit(expression: &Expression, value: &Value) -> Result {
    let Some(number) = arithmetic::integer(value) else { return Ok(()) };
    match of(expression).filter(|width| !width.holds(number)) {
        Some(width) => Err(Stop::fails("22003", format!("{} out of range", width.name()), expression.span)),
        None => Ok(()),
    }
}

/// The width of an expression, if it is a whole number for certain.
fn of(expression: &Expression) -> Option<Width> {
    match &expression.kind {
        Kind::Constant(Constant::Number(digits)) => {
            let number = digits.parse::<i128>().ok()?;
            [Width::Integer, Width::Bigint].into_iter().find(|width| width.holds(number))
        }
        Kind::Cast(_, ty) if ty.array_dimensions == 0 => match ty.catalog_name()? {
            "int2" => Some(Width::Smallint),
            "int4" => Some(Width::Integer),
            "int8" => Some(Width::Bigint),
            _ => None,
        },
        Kind::Operator(operator) if matches!(operator.sign(), "+" | "-" | "*" | "/" | "%") => match &operator.left {
            Some(left) => Some(of(left)?.max(of(&operator.right)?)),
            None => of(&operator.right),
        },
        _ => None,
    }
}
