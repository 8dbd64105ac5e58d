//! `prefer-numeric`: money is counted, not measured.

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, HistoryContext, Meta, On, Rule};

use super::typed::{Typed, told, typed};

/// The rule.
#[derive(Debug)]
pub struct PreferNumeric;

static META: Meta = Meta {
    id: "prefer-numeric",
    group: Group::Schema,
    severity: Severity::Warning,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &[],
    page: include_str!("../../../rules/prefer-numeric.md"),
};

impl Rule for PreferNumeric {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn tells_once(&self) -> bool {
        true
    }

    fn check_object(&self, cx: &HistoryContext<'_>, out: &mut Findings) {
        let help = "make it `NUMERIC`, with as many digits as it needs, or count the smallest unit in a `BIGINT`";
        let is_of_cents = |place: &Typed<'_>| is_float(place) && place.column().is_some_and(|(_, column)| is_of_money(&column.name));
        let (money, others): (Vec<_>, Vec<_>) = typed(cx).into_iter().partition(|place| place.is("money"));
        out.extend(told(cx, money.into_iter(), "and the currency is that of whoever reads", help));
        out.extend(told(cx, others.into_iter().filter(is_of_cents), "which rounds what it can't hold exactly", help));
    }
}

/// Words in the names of columns that hold money.
const MONEY: [&str; 22] = [
    "price", "prices", "amount", "cost", "costs", "fee", "fees", "salary", "wage", "revenue", "revenues", "balance", "payment", "payout",
    "refund", "tax", "taxes", "income", "budget", "usd", "eur", "gbp",
];

/// Words that say that a number is no sum of money, whatever else stands in the name.
const MEASURES: [&str; 14] = [
    "rate",
    "ratio",
    "percent",
    "percentage",
    "pct",
    "factor",
    "weight",
    "score",
    "growth",
    "change",
    "multiplier",
    "share",
    "load",
    "index",
];

fn is_float(place: &Typed<'_>) -> bool {
    place.is("float4") || place.is("float8")
}

fn is_of_money(name: &str) -> bool {
    let has = |words: &[&str]| name.split('_').any(|word| words.contains(&word.to_lowercase().as_str()));
    has(&MONEY) && !has(&MEASURES)
}
