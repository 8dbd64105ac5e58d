//! `ban-type`: types that the configuration names are not used.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{Typed, is_called, told, typed};

/// The rule.
#[derive(Debug)]
pub struct BanType;

static META: Meta = Meta {
    id: "ban-type",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &[],
    options: &["types"],
    page: include_str!("../../../rules/ban-type.md"),
};

impl Rule for BanType {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let is_banned = |place: &Typed<'_>| {
            let ty = place.shown(cx);
            cx.option_at(place.origin(), "types").iter().any(|name| is_called(&ty, name))
        };
        let places = typed(cx).into_iter().filter(is_banned);
        out.extend(told(cx, places, "which `ban-type` bans", "take another type"));
    }
}
