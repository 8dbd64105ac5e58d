//! The names that errors have in PL/pgSQL (manual, appendix A).

use crate::syntax::Version;

use super::table::{Fields, Row, Table, lines};
use super::versions::Versions;

/// A condition.
#[derive(Debug, Clone)]
pub struct ConditionFact {
    /// Its name.
    pub name: &'static str,
    codes: &'static str,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

impl ConditionFact {
    /// Its SQLSTATEs. `EXCEPTION WHEN` catches all of them, and all of a class where one ends in `000`; `RAISE` takes the first.
    pub fn sqlstates(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.codes.split(',')
    }
}

/// The condition called `name`, in lower case. `others` is none: it catches every error but `query_canceled` and `assert_failure`.
pub fn condition(name: &str, version: Version) -> Option<&'static ConditionFact> {
    CONDITIONS.find(version, |condition| condition.name.cmp(name)).next()
}

/// Whether EXCEPTION WHEN SQLSTATE `code` catches errors of `sqlstate`: one that ends in `000` catches those of its class.
pub fn is_caught_by(code: &str, sqlstate: &str) -> bool {
    code == sqlstate || code.strip_suffix("000").is_some_and(|class| sqlstate.starts_with(class))
}

/// Whether EXCEPTION WHEN `name`, in lower case, catches errors of `sqlstate`.
pub fn is_caught_by_name(name: &str, sqlstate: &str) -> bool {
    match name {
        "others" => !matches!(sqlstate, "57014" | "P0004"),
        // A name says the same in every version that knows it.
        name => condition(name, Version::NEWEST).is_some_and(|fact| fact.sqlstates().any(|code| is_caught_by(code, sqlstate))),
    }
}

/// All conditions.
pub fn conditions(version: Version) -> impl Iterator<Item = &'static ConditionFact> + Clone {
    CONDITIONS.of(version)
}

pub(super) static CONDITIONS: Table<ConditionFact> = Table::new(include_str!("data/conditions.txt"));

impl Row for ConditionFact {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, |mut fields: Fields, versions| ConditionFact { name: fields.word(), codes: fields.word(), versions })
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_have_their_codes() {
        let codes = |name| condition(name, Version::NEWEST).map(|condition| condition.sqlstates().collect::<Vec<_>>());
        assert_eq!(codes("duplicate_object"), Some(vec!["42710"]));
        assert_eq!(codes("null_value_not_allowed"), Some(vec!["22004", "39004"]));
        assert_eq!(codes("others"), None);
    }

    #[test]
    fn a_condition_catches_its_code_and_a_class_all_of_its_own() {
        let caught = |name, sqlstate| is_caught_by_name(name, sqlstate);
        assert!(caught("duplicate_object", "42710") && caught("syntax_error_or_access_rule_violation", "42710"));
        assert!(!caught("duplicate_object", "42P07") && !caught("nothing", "42P07"));
        assert!(caught("others", "42P07") && !caught("others", "57014"));
    }
}
