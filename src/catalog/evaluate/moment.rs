//! Dates and times, and spans of time.
//!
//! On which day migrations run is not known. They run on a day that no file names ([`TODAY`]), so that what is named after it has a name;
//! days about it compare among themselves, and with those that files name it can't be told.

use std::cmp::Ordering;

/// The day on which migrations run.
pub(in crate::catalog) const TODAY: Moment = Moment { year: 7777, month: 7, day: 7, seconds: 0, micros: 0, offset: None, has_time: false };

/// Whether one of two dates is counted from the day on which migrations run and the other is not, so that they can't be compared.
pub(in crate::catalog) fn apart(a: &str, b: &str) -> bool {
    let counted = |text: &str| text.trim_matches('\'').starts_with("77") && Moment::read(text.trim_matches('\'')).is_some();
    counted(a) != counted(b)
}

/// Whether a text certainly says no date: there is neither a digit in it nor a word that says one, or it says how long something takes.
pub(in crate::catalog) fn says_none(text: &str) -> bool {
    const WORDS: [&str; 9] = ["now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity", "+infinity", "allballs"];
    const UNITS: [&str; 7] = ["day", "hour", "minute", "month", "second", "week", "year"];
    let word = text.trim().to_ascii_lowercase();
    let is_unit = |part: &str| UNITS.contains(&part.strip_suffix('s').unwrap_or(part));
    if word.split(|c: char| !c.is_ascii_alphabetic()).any(is_unit) {
        return true;
    }
    !word.bytes().any(|byte| byte.is_ascii_digit()) && !WORDS.contains(&&*word) || !word.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// A date with a time, in ISO 8601's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) struct Moment {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    /// Seconds of the day.
    pub(super) seconds: i64,
    pub(super) micros: i64,
    /// Seconds east of UTC.
    pub(in crate::catalog) offset: Option<i64>,
    pub(super) has_time: bool,
}

impl Moment {
    /// Reads `2024-01-31`, `20240131`, or `2024-01-31 12:30:00.5+02`.
    pub(in crate::catalog) fn read(text: &str) -> Option<Moment> {
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Moment::read(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
        }
        let (date, time) = match text.split_once([' ', 'T']) {
            Some((date, time)) => (date, Some(time.trim())),
            None => (text, None),
        };
        let mut parts =
            date.split('-').map(|part| if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse::<i64>().ok() } else { None });
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() || date.find('-') != Some(4) || !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
            return None;
        }
        let mut moment = Moment { year, month, day, seconds: 0, micros: 0, offset: None, has_time: time.is_some() };
        let Some(time) = time.filter(|time| !time.is_empty()) else { return Some(moment) };
        let at = time.find(['+', '-', 'Z', 'z']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(at);
        let (clock, fraction) = clock.trim().split_once('.').unwrap_or((clock.trim(), ""));
        let mut units = clock.split(':').map(|part| part.parse::<i64>().ok());
        let (hour, minute) = (units.next()??, units.next()??);
        let second = units.next().unwrap_or(Some(0))?;
        if units.next().is_some() || hour > 23 || minute > 59 || second > 59 || fraction.len() > 6 {
            return None;
        }
        moment.seconds = hour * 3600 + minute * 60 + second;
        moment.micros = if fraction.is_empty() { 0 } else { format!("{fraction:0<6}").parse().ok()? };
        moment.offset = match zone {
            "" => None,
            "Z" | "z" => Some(0),
            zone => {
                let (sign, digits) = zone.split_at(1);
                let (hours, minutes) = match digits.split_once(':') {
                    Some((hours, minutes)) => (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?),
                    None if digits.len() == 4 => (digits[..2].parse::<i64>().ok()?, digits[2..].parse::<i64>().ok()?),
                    None => (digits.parse::<i64>().ok()?, 0),
                };
                let seconds = hours * 3600 + minutes * 60;
                Some(if sign == "-" { -seconds } else { seconds })
            }
        };
        Some(moment)
    }

    /// Whether it is midnight in no particular zone, so that nothing is lost of it in a date.
    pub(in crate::catalog) const fn is_date(&self) -> bool {
        !self.has_time
    }

    /// `2024-01-31`
    pub(in crate::catalog) fn date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `2024-01-31 12:30:00.5`
    pub(in crate::catalog) fn shown(&self) -> String {
        let (hour, minute, second) = (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        let fraction = format!(".{:06}", self.micros);
        let fraction = if self.micros == 0 { "" } else { fraction.trim_end_matches('0') };
        format!("{} {hour:02}:{minute:02}:{second:02}{fraction}", self.date())
    }

    /// The same in UTC; what has no offset is taken as UTC.
    pub(in crate::catalog) fn in_utc(mut self) -> Moment {
        let mut seconds = self.seconds - self.offset.take().unwrap_or(0);
        while seconds < 0 {
            seconds += 86_400;
            self.day -= 1;
            if self.day < 1 {
                self.month -= 1;
                if self.month < 1 {
                    (self.month, self.year) = (12, self.year - 1);
                }
                self.day = days_in(self.year, self.month);
            }
        }
        while seconds >= 86_400 {
            seconds -= 86_400;
            self.day += 1;
            if self.day > days_in(self.year, self.month) {
                (self.day, self.month) = (1, self.month + 1);
                if self.month > 12 {
                    (self.month, self.year) = (1, self.year + 1);
                }
            }
        }
        Moment { seconds, ..self }
    }
}

pub(super) const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Moment {
    /// The number of its day.
    pub(in crate::catalog) fn day_number(&self) -> i64 {
        // Years begin in March, so that the leap day is the last one.
        let (year, month) = if self.month > 2 { (self.year, self.month - 3) } else { (self.year - 1, self.month + 9) };
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + self.day - 1
    }

    /// The same time so many days later.
    pub(in crate::catalog) fn plus_days(self, days: i64) -> Moment {
        let number = self.day_number() + days;
        let mut year = (number * 400).div_euclid(146_097) + 1;
        let start = |year: i64| Moment { year, month: 1, day: 1, ..self }.day_number();
        while start(year) > number {
            year -= 1;
        }
        let (mut month, mut day) = (1, number - start(year) + 1);
        while day > days_in(year, month) {
            day -= days_in(year, month);
            month += 1;
        }
        Moment { year, month, day, ..self }
    }

    /// The moment so much later.
    pub(super) fn plus(self, interval: Interval) -> Moment {
        let months = self.year * 12 + self.month - 1 + interval.months;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let moved = Moment { year, month, day: self.day.min(days_in(year, month)), has_time: true, ..self };
        let micros = moved.seconds * 1_000_000 + moved.micros + interval.micros;
        let (days, micros) = (micros.div_euclid(86_400_000_000), micros.rem_euclid(86_400_000_000));
        Moment { seconds: micros / 1_000_000, micros: micros % 1_000_000, ..moved }.plus_days(interval.days + days)
    }

    /// How two compare; what has no offset is taken as UTC.
    pub(super) fn compare(self, other: Moment) -> Ordering {
        let key = |moment: Moment| {
            let moment = moment.in_utc();
            (moment.day_number(), moment.seconds, moment.micros)
        };
        key(self).cmp(&key(other))
    }
}

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Interval {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) micros: i64,
}

impl Interval {
    /// Reads `1 day`, `2 months -3 hours`, `01:30:00`.
    pub(super) fn read(text: &str) -> Option<Interval> {
        let mut interval = Interval::default();
        let mut words = text.split_whitespace().peekable();
        words.peek()?;
        while let Some(word) = words.next() {
            if let Some((hours, rest)) = word.split_once(':') {
                let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
                let whole = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= 0);
                interval.micros += (whole(hours)? * 3600 + whole(minutes)? * 60 + whole(seconds)?) * 1_000_000;
                continue;
            }
            let end = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
            let (number, unit) = word.split_at(end);
            let number: i64 = number.parse().ok()?;
            let unit = if unit.is_empty() { words.next()? } else { unit }.to_ascii_lowercase();
            match unit.strip_suffix('s').filter(|unit| unit.len() > 1).unwrap_or(&unit) {
                "year" | "yr" | "y" => interval.months += 12 * number,
                "month" | "mon" => interval.months += number,
                "week" | "w" => interval.days += 7 * number,
                "day" | "d" => interval.days += number,
                "hour" | "hr" | "h" => interval.micros += 3_600_000_000 * number,
                "minute" | "min" => interval.micros += 60_000_000 * number,
                "second" | "sec" => interval.micros += 1_000_000 * number,
                _ => return None,
            }
        }
        Some(interval)
    }

    /// So many times as long.
    pub(super) const fn times(self, factor: i64) -> Interval {
        Interval { months: self.months * factor, days: self.days * factor, micros: self.micros * factor }
    }

    /// As an interval that is read again.
    pub(super) fn written(self) -> String {
        format!("{} months {} days {} seconds", self.months, self.days, self.micros / 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_shown_as_postgresql_shows_them() {
        let shown = |text: &str| Moment::read(text).map(|moment| moment.in_utc().shown());
        assert_eq!(shown("2024-01-01").as_deref(), Some("2024-01-01 00:00:00"));
        assert_eq!(shown("2024-02-01 00:00+02").as_deref(), Some("2024-01-31 22:00:00"));
        assert_eq!(shown("2023-12-31T23:30:14.5-0130").as_deref(), Some("2024-01-01 01:00:14.5"));
        assert_eq!(shown("2023-02-29"), None);
        assert_eq!(shown("Feb 1 2024"), None);
    }

    #[test]
    fn days_are_counted_over_months_and_years() {
        let plus = |text: &str, interval: &str| {
            let (moment, interval) = (Moment::read(text).expect("a date"), Interval::read(interval).expect("an interval"));
            moment.plus(interval).shown()
        };
        assert_eq!(plus("2024-02-28", "1 day"), "2024-02-29 00:00:00");
        assert_eq!(plus("2023-12-31", "1 day 25 hours"), "2024-01-02 01:00:00");
        assert_eq!(plus("2024-01-31", "1 month"), "2024-02-29 00:00:00");
        assert_eq!(plus("2024-03-01", "-1 day"), "2024-02-29 00:00:00");
        assert_eq!(plus("2024-01-01", "-1 years"), "2023-01-01 00:00:00");
        assert_eq!(plus("1999-12-31 23:59:59", "00:00:01"), "2000-01-01 00:00:00");
    }
}
