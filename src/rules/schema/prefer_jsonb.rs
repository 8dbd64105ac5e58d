//! `prefer-jsonb`: JSON is kept read, not as text.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{told, typed};

/// The rule.
#[derive(Debug)]
pub struct PreferJsonb;

static META: Meta = Meta {
    id: "prefer-jsonb",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/prefer-jsonb.md"),
};

impl Rule for PreferJsonb {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let places = typed(cx).into_iter().filter(|place| place.is("json"));
        out.extend(told(cx, places, "a text that is read anew each time that somebody asks for a part of it", "make it `JSONB`"));
    }
}
