//! Whether any id of a format passes a pattern of a CHECK constraint.
//!
//! The pattern becomes an automaton, and all ids of the format go through it at once: after each character there is a set of states that some
//! id can be in. There are few states and as many steps as an id has characters.

use std::collections::BTreeSet;

use regex_automata::dfa::Automaton;
use regex_automata::dfa::dense::{Config, DFA};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, Input, MatchKind};

use crate::catalog::reads_alike;
use crate::config::is_digit_place;

/// How large an automaton may become, in bytes; a pattern that needs more is passed over.
const LIMIT: usize = 1 << 20;

/// How many of the ids there are pass a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passing {
    All,
    Some,
    None,
}

/// How many ids of `format` match `pattern` by the operator `sign`: `~`, `~~` (LIKE), or the same with `*` behind it; nothing if that can't be told.
pub(super) fn passing(sign: &str, pattern: &str, format: &str) -> Option<Passing> {
    let pattern = match sign {
        "~" | "~*" => reads_alike(pattern).then(|| pattern.to_owned())?,
        "~~" | "~~*" => of_like(pattern)?,
        _ => return None,
    };
    // Which match is found does not matter, only whether there is one.
    let config = Config::new().match_kind(MatchKind::All).dfa_size_limit(Some(LIMIT)).determinize_size_limit(Some(LIMIT));
    let syntax = syntax::Config::new().case_insensitive(sign.ends_with('*'));
    let dfa = DFA::builder().configure(config).syntax(syntax).build(&pattern).ok()?;
    let start = dfa.start_state(&start::Config::from_input_forward(&Input::new("").anchored(Anchored::No))).ok()?;
    // The states that some id can be in which has not matched so far.
    let mut states = BTreeSet::from([start]);
    let mut passes = false;
    for place in format.chars() {
        let mut next: BTreeSet<StateID> = BTreeSet::new();
        for state in states {
            for c in characters(place) {
                next.insert(c.encode_utf8(&mut [0; 4]).bytes().fold(state, |state, byte| dfa.next_state(state, byte)));
            }
        }
        // A match is told one character late.
        let before = next.len();
        next.retain(|state| !dfa.is_match_state(*state));
        passes |= next.len() < before;
        states = next;
    }
    let (matched, others): (Vec<StateID>, Vec<StateID>) =
        states.into_iter().partition(|state| dfa.is_match_state(dfa.next_eoi_state(*state)));
    passes |= !matched.is_empty();
    Some(match (passes, others.is_empty()) {
        (true, true) => Passing::All,
        (true, false) => Passing::Some,
        (false, _) => Passing::None,
    })
}

/// A pattern of LIKE as a regular expression (PostgreSQL 15, 9.7.1); none for one that ends within an escape.
fn of_like(pattern: &str) -> Option<String> {
    let mut written = "(?s)^".to_owned();
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        match c {
            '%' => written.push_str(".*"),
            '_' => written.push('.'),
            '\\' => written.push_str(&regex::escape(characters.next()?.encode_utf8(&mut [0; 4]))),
            c => written.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    written.push('$');
    Some(written)
}

/// What may stand at a place of the format.
fn characters(place: char) -> impl Iterator<Item = char> {
    let (first, last) = if is_digit_place(place) { ('0', '9') } else { (place, place) };
    first..=last
}

#[cfg(test)]
mod tests {
    use super::{Passing, passing};

    const FORMAT: &str = "NN.NN.NN.NN.NNNNN.NNN";

    #[test]
    fn some_id_passes_or_none() {
        for pattern in [r"^04\.04\.02\.04\.30000\.\d{3}$", r"\.30000\.", "^0|^x", "3"] {
            assert_eq!(passing("~", pattern, FORMAT), Some(Passing::Some), "{pattern}");
        }
        for pattern in [r"^[0-9]{2}(\.[0-9]{2}){3}\.[0-9]{5}\.[0-9]{3}$", ".", "", r"\d{5}", "^[0-9]", r"\.\d{3}$"] {
            assert_eq!(passing("~", pattern, FORMAT), Some(Passing::All), "{pattern}");
        }
        for pattern in [r"^04\\.04\\.02", r"^04\.04\.02\.04\.3000\.\d{3}$", "^[a-z]", r"^\d{21}$", r"\d{6}", "^$"] {
            assert_eq!(passing("~", pattern, FORMAT), Some(Passing::None), "{pattern}");
        }
        assert_eq!(passing("~", r"(?=0)", FORMAT), None);
    }

    #[test]
    fn patterns_of_like_are_of_the_whole_id() {
        for pattern in ["%", "__.__.__.__._____.___", r"%\.%", "_%"] {
            assert_eq!(passing("~~", pattern, FORMAT), Some(Passing::All), "{pattern}");
        }
        for pattern in ["04.04.%", "04._4.02.04.30000.%", "%001"] {
            assert_eq!(passing("~~", pattern, FORMAT), Some(Passing::Some), "{pattern}");
        }
        for pattern in ["04.04.02.04.3000.___", "CMP%", "04.04", r"04\\.%", ""] {
            assert_eq!(passing("~~", pattern, FORMAT), Some(Passing::None), "{pattern}");
        }
        assert_eq!(passing("~~*", "cmp%", FORMAT), Some(Passing::None));
        assert_eq!(passing("~~", r"04\", FORMAT), None);
    }
}
