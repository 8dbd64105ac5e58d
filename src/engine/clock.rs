//! The clock: new migrations are dated, and numbered by time where their layout does so.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::migration::numbering::Moment;

/// Now, or the beginning of a day that somebody names.
pub fn moment(day: Option<&str>) -> Moment {
    let beginning = |day: &str| day.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok();
    let time: Zoned = day.and_then(beginning).unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC));
    let seconds = u64::try_from(time.timestamp().as_second()).unwrap_or_default();
    Moment { digits: time.strftime("%Y%m%d%H%M%S").to_string(), seconds }
}
