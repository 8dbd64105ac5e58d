//! `ban-char`: no text is padded with blanks.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{told, typed};

/// The rule.
#[derive(Debug)]
pub struct BanChar;

static META: Meta = Meta {
    id: "ban-char",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &["ban-char-field"],
    options: &[],
    page: include_str!("../../../rules/ban-char.md"),
};

impl Rule for BanChar {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let places = typed(cx).into_iter().filter(|place| place.is("bpchar"));
        out.extend(told(cx, places, "and a shorter text is filled up with blanks", "make it `TEXT`, with a CHECK if its length matters"));
    }
}
