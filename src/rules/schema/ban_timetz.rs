//! `ban-timetz`: no time of day has a time zone.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{told, typed};

/// The rule.
#[derive(Debug)]
pub struct BanTimetz;

static META: Meta = Meta {
    id: "ban-timetz",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/ban-timetz.md"),
};

impl Rule for BanTimetz {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let places = typed(cx).into_iter().filter(|place| place.is("timetz"));
        out.extend(told(
            cx,
            places,
            "and an offset alone does not say what time it is",
            "make it `TIME`, or `TIMESTAMPTZ` if a moment is meant",
        ));
    }
}
