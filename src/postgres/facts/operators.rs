//! Operators (manual, 53.34 `pg_operator`).

use super::table::{Fields, Keyed, Row, lines};
use super::versions::Versions;

/// An operator with one pair of operands.
#[derive(Debug, Clone)]
pub struct OperatorFact {
    /// Its name.
    pub name: &'static str,
    /// The type on its left; `None` for a prefix operator.
    pub left: Option<&'static str>,
    /// The type on its right; `None` for a postfix operator, of which there are none any more from version 14 on.
    pub right: Option<&'static str>,
    /// The type of its value; `None` for a shell, that another operator only names.
    pub result: Option<&'static str>,
    /// The function that it calls.
    pub function: Option<&'static str>,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

impl Row for OperatorFact {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, read)
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

impl Keyed for OperatorFact {
    fn key(&self) -> &'static str {
        self.name
    }
}

fn read(mut fields: Fields, versions: Versions) -> OperatorFact {
    let name = fields.word();
    let mut word = || Some(fields.word()).filter(|word| *word != "-");
    OperatorFact { name, left: word(), right: word(), result: word(), function: word(), versions }
}
