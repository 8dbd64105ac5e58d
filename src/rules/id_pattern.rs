//! Whether any id of a format passes a pattern of a CHECK constraint.
//!
//! The pattern becomes an automaton, and all ids of the format go through it at once: after each character there is a set of states that some
//! id can be in. There are few states and as many steps as an id has characters.

use std::collections::BTreeSet;

use regex_automata::dfa::Automaton;
use regex_automata::dfa::dense::{Config, DFA};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, Input, MatchKind};

use crate::catalog::reads_alike;
use crate::config::is_digit_place;

/// How large an automaton may become, in bytes; a pattern that needs more is passed over.
const LIMIT: usize = 1 << 20;

/// Whether some id of `format` matches the regular expression `pattern` somewhere; nothing if that can't be told.
pub(super) fn lets_through(pattern: &str, format: &str) -> Option<bool> {
    if !reads_alike(pattern) {
        return None;
    }
    // Which match is found does not matter, only whether there is one.
    let config = Config::new().match_kind(MatchKind::All).dfa_size_limit(Some(LIMIT)).determinize_size_limit(Some(LIMIT));
    let dfa = DFA::builder().configure(config).build(pattern).ok()?;
    let start = dfa.start_state(&start::Config::from_input_forward(&Input::new("").anchored(Anchored::No))).ok()?;
    let mut states = BTreeSet::from([start]);
    for place in format.chars() {
        let mut next: BTreeSet<StateID> = BTreeSet::new();
        for state in states {
            for c in characters(place) {
                next.insert(c.encode_utf8(&mut [0; 4]).bytes().fold(state, |state, byte| dfa.next_state(state, byte)));
            }
        }
        // A match is told one character late.
        if next.iter().any(|state| dfa.is_match_state(*state)) {
            return Some(true);
        }
        states = next;
    }
    Some(states.into_iter().any(|state| dfa.is_match_state(dfa.next_eoi_state(state))))
}

/// What may stand at a place of the format.
fn characters(place: char) -> impl Iterator<Item = char> {
    let (first, last) = if is_digit_place(place) { ('0', '9') } else { (place, place) };
    first..=last
}

#[cfg(test)]
mod tests {
    use super::lets_through;

    const FORMAT: &str = "NN.NN.NN.NN.NNNNN.NNN";

    #[test]
    fn some_id_passes_or_none() {
        for pattern in
            [r"^04\.04\.02\.04\.30000\.\d{3}$", r"^[0-9]{2}(\.[0-9]{2}){3}\.[0-9]{5}\.[0-9]{3}$", ".", "", r"\.30000\.", "^0|^x", r"\d{5}"]
        {
            assert_eq!(lets_through(pattern, FORMAT), Some(true), "{pattern}");
        }
        for pattern in [r"^04\\.04\\.02", r"^04\.04\.02\.04\.3000\.\d{3}$", "^[a-z]", r"^\d{21}$", r"\d{6}", "^$"] {
            assert_eq!(lets_through(pattern, FORMAT), Some(false), "{pattern}");
        }
        assert_eq!(lets_through(r"(?=0)", FORMAT), None);
    }
}
