//! Names of files, taken apart.

use super::Side;

/// `name` without `.sql`.
pub(super) fn stem(name: &str) -> Option<&str> {
    let at = name.len().checked_sub(4)?;
    name.get(at..)?.eq_ignore_ascii_case(".sql").then(|| &name[..at])
}

/// The digits that `name` begins with.
pub(super) fn digits(name: &str) -> &str {
    &name[..name.bytes().take_while(u8::is_ascii_digit).count()]
}

/// `<digits>_<anything>`: the digits and the rest.
pub(super) fn number_and_title(name: &str) -> Option<(&str, &str)> {
    let (number, title) = name.split_once('_')?;
    (!number.is_empty() && digits(number).len() == number.len()).then_some((number, title))
}

/// A stem that ends in `.up` or `.down`: what stands before, and which way it goes.
pub(super) fn directed(stem: &str) -> Option<(&str, Side)> {
    let up = stem.strip_suffix(".up").map(|rest| (rest, Side::Up));
    up.or_else(|| stem.strip_suffix(".down").map(|rest| (rest, Side::Down)))
}

/// The date that `name` begins with, `2025-11-06` or `20251106`, as the number 20251106, and its length in bytes.
pub(super) fn date(name: &str) -> Option<(u64, usize)> {
    let bytes = name.as_bytes();
    let dashed = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let length = if dashed { 10 } else { 8 };
    let written: String = name.get(..length)?.chars().filter(|&c| c != '-').collect();
    let digits = written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = written.parse().ok().filter(|_| digits)?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let real = (1970..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (real && !bytes.get(length).is_some_and(u8::is_ascii_digit)).then_some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_is_read_in_any_case() {
        assert_eq!(stem("a.SQL"), Some("a"));
        assert_eq!(stem("é.sq"), None);
        assert_eq!(stem("sql"), None);
    }

    #[test]
    fn dates_are_real_dates() {
        assert_eq!(date("2025-11-06-bit"), Some((20_251_106, 10)));
        assert_eq!(date("20251107_create"), Some((20_251_107, 8)));
        assert_eq!(date("20251307_create"), None);
        assert_eq!(date("20251107192502_create"), None);
        assert_eq!(date("001_create"), None);
    }
}
