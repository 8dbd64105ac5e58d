//! `prefer-timestamptz`: a moment is kept with its time zone.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{told, typed};

/// The rule.
#[derive(Debug)]
pub struct PreferTimestamptz;

static META: Meta = Meta {
    id: "prefer-timestamptz",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &["prefer-timestamp-tz"],
    options: &[],
    page: include_str!("../../../rules/prefer-timestamptz.md"),
};

impl Rule for PreferTimestamptz {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let places = typed(cx).into_iter().filter(|place| place.is("timestamp"));
        out.extend(told(cx, places, "and nobody knows in which time zone", "make it `TIMESTAMPTZ`"));
    }
}
