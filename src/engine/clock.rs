//! The clock: new migrations are dated, and numbered by time where their layout does so.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::migration::numbering::Moment;

/// Now, or the beginning of a day that somebody names.
pub fn moment(day: Option<&str>) -> Moment {
    let now = Timestamp::now();
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let digits = match day {
        Some(day) => format!("{}000000", day.replace('-', "")),
        None => Offset::UTC.to_datetime(now).strftime("%Y%m%d%H%M%S").to_string(),
    };
    Moment { digits, seconds }
}
