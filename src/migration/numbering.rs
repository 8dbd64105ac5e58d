//! How a history numbers its migrations, and which version comes next.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::layout::Layout;

/// Numbers from here on are dates and times, which nobody counts up.
pub const FIRST_DATE: u64 = 100_000;

/// A point in time, as versions are made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// `20261122143000`.
    pub digits: String,
    /// Seconds since 1970.
    pub seconds: u64,
}

impl Moment {
    /// The day, as `2026-11-22`.
    pub fn day(&self) -> String {
        format!("{}-{}-{}", &self.digits[..4], &self.digits[4..6], &self.digits[6..8])
    }
}

/// The distance at which a history counts, whose numbers are given in order: 1, or a round number that most of its numbers are multiples
/// of (so that there is room for later ones between), or the distance that most of them have.
pub fn step(numbers: &[u64]) -> u64 {
    const ROUND: [u64; 6] = [1000, 500, 100, 50, 10, 5];
    let most = |part: usize, whole: usize| part * 2 > whole;
    let multiples = |step: u64| numbers.iter().filter(|&number| number % step == 0).count();
    let round = ROUND.into_iter().find(|&step| most(multiples(step), numbers.len())).unwrap_or(1);
    let distances: Vec<u64> = numbers.windows(2).map(|pair| pair[1] - pair[0]).filter(|&distance| distance > 0).collect();
    let usual = |distance: u64| most(distances.iter().filter(|&&other| other == distance).count(), distances.len());
    // Two numbers show no habit.
    let habit = distances.iter().copied().find(|&distance| distances.len() > 1 && usual(distance)).unwrap_or(1);
    round.max(habit)
}

/// The number after `numbers`, as far as somebody counts them up.
pub fn next_number(numbers: impl Iterator<Item = u64>) -> u64 {
    let mut counted: Vec<u64> = numbers.filter(|&number| number < FIRST_DATE).collect();
    counted.sort_unstable();
    let step = step(&counted);
    counted.last().map_or(1, |last| (last / step + 1) * step)
}

/// The version after `versions`, the versions of a history of `layout` in its order, written as its last one is.
pub fn next_version(layout: &dyn Layout, versions: &[&str], now: &Moment) -> String {
    let Some(last) = versions.last() else { return layout.first_version(now) };
    let digits: String = last.chars().filter(char::is_ascii_digit).collect();
    let is_plain = digits.len() == last.len();
    let stamp = |length: usize| later(&digits, &now.digits[..length]);
    match (digits.len(), is_plain) {
        (14 | 12, true) => stamp(digits.len()),
        (8, true) if digits.as_str() > "19700101" && digits.as_str() < "22000101" => now.digits[..8].to_owned(),
        (17, true) if milliseconds(&digits).is_some() => later(&digits, &format!("{}000", now.digits)),
        (13, true) if digits.as_str() > "1000000000000" => later(&digits, &format!("{}000", now.seconds)),
        (10, true) if digits.as_str() > "1000000000" => later(&digits, &now.seconds.to_string()),
        (_, true) => {
            let next = next_number(versions.iter().filter_map(|version| version.parse().ok()));
            format!("{next:0width$}", width = digits.len())
        }
        (8, false) if last.matches('-').count() == 2 => now.day(),
        (14, false) if last.matches('-').count() == 3 => {
            let stamp = stamp(14);
            format!("{}-{}-{}-{}", &stamp[..4], &stamp[4..6], &stamp[6..8], &stamp[8..])
        }
        _ => raised(last),
    }
}

/// The milliseconds since 1970 of a UTC time that is written in 17 digits, `20261122143000000`; none of what is no such time.
pub fn milliseconds(digits: &str) -> Option<u64> {
    let (time, thousandths) = digits.split_at_checked(14).filter(|_| digits.len() == 17)?;
    let time = strtime::parse("%Y%m%d%H%M%S", time).ok()?.to_datetime().ok()?.to_zoned(TimeZone::UTC).ok()?;
    u64::try_from(time.timestamp().as_millisecond()).ok()?.checked_add(thousandths.parse().ok()?)
}

/// `now`, or what comes after `last` where a clock went wrong or that is of the same second.
fn later(last: &str, now: &str) -> String {
    let raised = || Some((last.parse::<u64>().ok()? + 1).to_string());
    let after = || next_second(last).or_else(raised).unwrap_or_else(|| now.to_owned());
    if now > last { now.to_owned() } else { after() }
}

/// The second after one that is written in 14 digits.
fn next_second(digits: &str) -> Option<String> {
    const FORM: &str = "%Y%m%d%H%M%S";
    let time = strtime::parse(FORM, digits).ok().filter(|_| digits.len() == 14)?.to_datetime().ok()?;
    Some(time.checked_add(jiff::Span::new().seconds(1)).ok()?.strftime(FORM).to_string())
}

/// A version such as `1.2` or `1_2`, with its last number raised by one.
fn raised(version: &str) -> String {
    let start = version.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let number = version[start..].parse::<u64>().map_or(1, |number| number + 1);
    format!("{}{number:0width$}", &version[..start], width = version.len() - start)
}

#[cfg(test)]
mod tests {
    use super::super::layout::named;
    use super::*;

    #[test]
    fn a_history_counts_by_ones_or_has_a_habit() {
        for (numbers, expected) in [
            (&[][..], 1),
            (&[7], 1),
            (&[1, 2, 3, 5, 6], 1),
            (&[2, 3, 4], 1),
            (&[1, 5], 1),
            (&[1, 3, 5, 7], 2),
            (&[10, 20, 25, 30], 10),
            (&[10, 30], 10),
            (&[100, 200, 300, 301], 100),
            (&[1, 1, 2, 2, 3], 1),
            (&[5, 6, 7, 8, 9, 10], 1),
        ] {
            assert_eq!(step(numbers), expected, "{numbers:?}");
        }
    }

    #[test]
    fn the_next_version_is_written_as_the_last_one() {
        let now = Moment { digits: "20261122143000".to_owned(), seconds: 1_795_357_800 };
        for (layout, versions, expected) in [
            ("house", &[][..], "001"),
            ("sqlx", &[], "20261122143000"),
            ("diesel", &[], "2026-11-22-143000"),
            ("flyway", &[], "1"),
            ("plain", &["001", "002", "009"], "010"),
            ("plain", &["0001", "0010"], "0011"),
            ("plain", &["010", "020", "025", "030"], "040"),
            ("plain", &["2025-11-06"], "2026-11-22"),
            ("plain", &["20251106"], "20261122"),
            ("golang-migrate", &["1500000000"], "1795357800"),
            ("golang-migrate", &["000007"], "000008"),
            ("node-pg-migrate", &[], "1795357800000"),
            ("node-pg-migrate", &["1589353624505"], "1795357800000"),
            ("node-pg-migrate", &["20200513070704505"], "20261122143000000"),
            ("drizzle", &["0000", "0001"], "0002"),
            ("tern", &[], "001"),
            ("sqlx", &["20240101000000"], "20261122143000"),
            ("sqlx", &["20300101000000"], "20300101000001"),
            ("sqlx", &["20301231235959"], "20310101000000"),
            ("diesel", &["2024-01-01-000000"], "2026-11-22-143000"),
            ("diesel", &["00000000000000"], "20261122143000"),
            ("flyway", &["1", "2"], "3"),
            ("flyway", &["1.9"], "1.10"),
            ("flyway", &["2_3"], "2_4"),
        ] {
            let layout = named(layout).expect("it is registered");
            assert_eq!(next_version(layout, versions, &now), expected, "{versions:?}");
        }
    }
}
