//! `prefer-text`: the length of a text is no part of its type.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{told, typed};

/// The rule.
#[derive(Debug)]
pub struct PreferText;

static META: Meta = Meta {
    id: "prefer-text",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Selected,
    about: About::State,
    aliases: &["prefer-text-field"],
    options: &[],
    page: include_str!("../../../rules/prefer-text.md"),
};

impl Rule for PreferText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let places = typed(cx).into_iter().filter(|place| place.is("varchar") && place.ty.modifier.is_some());
        out.extend(told(
            cx,
            places,
            "and to allow longer texts means changing its type",
            "make it `TEXT`, with a CHECK if its length matters",
        ));
    }
}
