//! Operator classes and families: what indexes know of types (manual, 38.16; 53.33 `pg_opclass`, 53.4 `pg_amop`).

use super::table::{Fields, Keyed, Row, lines};
use super::versions::Versions;

/// An operator class: what lets an access method index a type.
#[derive(Debug, Clone)]
pub struct OperatorClass {
    /// The access method.
    pub method: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The type that it indexes; also those that are binary coercible to it, and those that it stands for (`anyarray`, `anyenum`, …).
    pub input: &'static str,
    /// The family that it belongs to.
    pub family: &'static str,
    /// The type that the index holds, if that is another.
    pub key: Option<&'static str>,
    /// Whether an index takes it for its type unless told otherwise.
    pub is_default: bool,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

/// An operator of a family: one that an index of any of its classes serves.
#[derive(Debug, Clone)]
pub struct FamilyOperator {
    /// The access method.
    pub method: &'static str,
    /// The family.
    pub family: &'static str,
    /// What the operator is for: with btree 1 `<`, 2 `<=`, 3 `=`, 4 `>=`, 5 `>`; with hash 1 `=`.
    pub strategy: u8,
    /// The operator.
    pub operator: &'static str,
    /// The type on its left.
    pub left: &'static str,
    /// The type on its right.
    pub right: &'static str,
    /// Whether it orders what an index gives instead of choosing it.
    pub orders: bool,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

impl Row for OperatorClass {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, |mut fields: Fields, versions| OperatorClass {
            method: fields.word(),
            name: fields.word(),
            input: fields.word(),
            family: fields.word(),
            key: fields.value("key"),
            is_default: fields.is_next("default"),
            versions,
        })
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

impl Keyed for OperatorClass {
    fn key(&self) -> &'static str {
        self.method
    }
}

impl Row for FamilyOperator {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, |mut fields: Fields, versions| FamilyOperator {
            method: fields.word(),
            family: fields.word(),
            strategy: fields.word().parse().unwrap_or(0),
            operator: fields.word(),
            left: fields.word(),
            right: fields.word(),
            orders: fields.is_next("order"),
            versions,
        })
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

impl Keyed for FamilyOperator {
    fn key(&self) -> &'static str {
        self.method
    }
}
