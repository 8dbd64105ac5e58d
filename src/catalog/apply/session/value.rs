//! What run-time variables take: how PostgreSQL reads a value, and the bounds of the variable (manual, 20.1.1; `parse_and_validate_value`).
//!
//! Texts are checked by the variable that they are for, and taken for good here.

use crate::catalog::evaluate::boolean;
use crate::catalog::failure::{Result, Stop};
use crate::postgres::facts::{SettingFact, SettingKind};
use crate::text::Span;

/// Variables whose value is a list of names that PostgreSQL keeps in quotes.
pub(in crate::catalog::apply) const LISTS: [&str; 7] = [
    "search_path",
    "temp_tablespaces",
    "session_preload_libraries",
    "local_preload_libraries",
    "shared_preload_libraries",
    "createrole_self_grant",
    "restrict_nonsystem_relation_kind",
];

/// Units of memory, in bytes, and of time, in microseconds.
const MEMORY: [(&str, f64); 6] =
    [("B", 1.0), ("kB", 1024.0), ("8kB", 8192.0), ("MB", 1_048_576.0), ("GB", 1_073_741_824.0), ("TB", 1_099_511_627_776.0)];
const TIME: [(&str, f64); 6] = [("us", 1.0), ("ms", 1e3), ("s", 1e6), ("min", 60e6), ("h", 3_600e6), ("d", 86_400e6)];

/// Expects the variable called `name` to take several values, if there are.
pub(super) fn expect_number(name: &str, count: usize, span: Span) -> Result {
    if count > 1 && name != "datestyle" && !LISTS.contains(&name) {
        return Err(Stop::fails("22023", format!("SET {name} takes only one argument"), span));
    }
    Ok(())
}

/// Expects a variable to take `value`.
///
/// # Errors
/// 22023 if it is no such value, or out of the variable's bounds.
pub(super) fn expect(fact: &SettingFact, value: &str, span: Span) -> Result {
    let name = fact.name;
    let refused = || Err(Stop::fails("22023", format!("invalid value for parameter \"{name}\": \"{value}\""), span));
    match fact.kind {
        SettingKind::String => Ok(()),
        SettingKind::Bool if boolean(value).is_some() => Ok(()),
        SettingKind::Bool => Err(Stop::fails("22023", format!("parameter \"{name}\" requires a Boolean value"), span)),
        SettingKind::Enum => match fact.values().any(|known| known.eq_ignore_ascii_case(value)) {
            true => Ok(()),
            false => refused(),
        },
        SettingKind::Integer | SettingKind::Real => {
            let Some(number) = amount(fact, value) else { return refused() };
            let whole = fact.kind == SettingKind::Integer;
            if whole && !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number) {
                return refused();
            }
            let bound = |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok());
            let (least, greatest) = (bound(fact.least), bound(fact.greatest));
            if least.is_some_and(|least| number < least) || greatest.is_some_and(|greatest| number > greatest) {
                let unit = fact.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
                let (least, greatest) = (fact.least.unwrap_or_default(), fact.greatest.unwrap_or_default());
                let message = format!("{number}{unit} is outside the valid range for parameter \"{name}\" ({least} .. {greatest})");
                return Err(Stop::fails("22023", message, span));
            }
            Ok(())
        }
    }
}

/// The number that a value stands for, in the unit of its variable; none if it is no number, or in another unit.
fn amount(fact: &SettingFact, value: &str) -> Option<f64> {
    let value = value.trim();
    let (number, rest) = match fact.kind {
        SettingKind::Integer => integer(value).or_else(|| decimal(value))?,
        _ => decimal(value)?,
    };
    let written = rest.trim_start();
    let number = if written.is_empty() {
        number
    } else {
        let unit = fact.unit?;
        let units = if MEMORY.iter().any(|(name, _)| *name == unit) { MEMORY } else { TIME };
        let size = |wanted: &str| units.iter().find(|(name, _)| *name == wanted).map(|(_, size)| *size);
        // Blocks are counted, and never written.
        number * size(written).filter(|_| written != "8kB")? / size(unit)?
    };
    Some(if fact.kind == SettingKind::Integer { number.round_ties_even() } else { number })
}

/// A whole number as C writes it, and what follows; none if what follows makes it a decimal.
fn integer(value: &str) -> Option<(f64, &str)> {
    let (sign, digits) = signed(value);
    let (radix, digits) = match digits.strip_prefix(['0']) {
        Some(rest) if rest.starts_with(['x', 'X']) => (16, &rest[1..]),
        Some(_) => (8, digits),
        None => (10, digits),
    };
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    if digits.is_empty() || rest.starts_with(['.', 'e', 'E']) {
        return None;
    }
    let number = digits.chars().filter_map(|c| c.to_digit(radix)).fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit));
    Some((sign * number, rest))
}

/// A decimal number, and what follows.
fn decimal(value: &str) -> Option<(f64, &str)> {
    let (sign, digits) = signed(value);
    let ends = (1..=digits.len()).rev().filter(|end| digits.is_char_boundary(*end));
    let end = ends.into_iter().find(|end| {
        let number = &digits[..*end];
        number.starts_with(|c: char| c.is_ascii_digit() || c == '.') && number.parse::<f64>().is_ok()
    })?;
    Some((sign * digits[..end].parse::<f64>().ok()?, &digits[end..]))
}

fn signed(value: &str) -> (f64, &str) {
    match value.strip_prefix('-') {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, value.strip_prefix('+').unwrap_or(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::facts::setting;
    use crate::syntax::Version;

    fn said(name: &str, value: &str) -> Option<String> {
        let fact = setting(name, Version::DEFAULT_TARGET).expect("is known");
        match expect(fact, value, Span::empty(0)) {
            Err(Stop::Fails(failure)) => Some(failure.message),
            _ => None,
        }
    }

    #[test]
    fn values_are_read_as_postgresql_reads_them() {
        let taken = [
            ("work_mem", "5 GB "),
            ("work_mem", "0x100"),
            ("work_mem", "1.5MB"),
            ("work_mem", "010000"),
            ("statement_timeout", "1min"),
            ("statement_timeout", "1e3"),
            ("seq_page_cost", "1.1"),
            ("enable_seqscan", "T"),
            ("enable_seqscan", "of"),
            ("client_min_messages", "ERROR"),
            ("application_name", "anything"),
        ];
        for (name, value) in taken {
            assert_eq!(said(name, value), None, "{name} {value}");
        }
    }

    #[test]
    fn what_a_variable_does_not_take_is_refused() {
        let refused = |name, value| said(name, value).unwrap_or_default();
        for (name, value) in [
            ("work_mem", "lots"),
            ("work_mem", "08"),
            ("work_mem", "1GBx"),
            ("work_mem", ""),
            ("statement_timeout", "1 parsec"),
            ("statement_timeout", "99999999999999"),
            ("seq_page_cost", "nan"),
            ("random_page_cost", "1.1ms"),
            ("client_min_messages", "loud"),
        ] {
            assert_eq!(refused(name, value), format!("invalid value for parameter \"{name}\": \"{value}\""));
        }
        assert_eq!(refused("enable_seqscan", "o"), "parameter \"enable_seqscan\" requires a Boolean value");
        let low = "5 kB is outside the valid range for parameter \"work_mem\" (64 .. 2147483647)";
        assert_eq!(refused("work_mem", "5"), low);
        let high = "1000 ms is outside the valid range for parameter \"vacuum_cost_delay\" (0 .. 100)";
        assert_eq!(refused("vacuum_cost_delay", "1s"), high);
    }
}
