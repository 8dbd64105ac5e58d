//! Sequences; a sequence is a relation.

use serde::{Deserialize, Serialize};

use crate::catalog::Address;
use crate::catalog::word::{self, Word};

/// A sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// What it counts like.
    pub options: SequenceOptions,
    /// The column that it falls with: OWNED BY.
    pub owned_by: Option<Address>,
    /// Whether it stands behind an identity column, so that nothing but that column can drop it.
    pub identity: bool,
}

impl Sequence {
    /// What can be read of a sequence as of a table with one row: columns, and their types in pg_catalog (manual, CREATE SEQUENCE).
    pub const COLUMNS: [(&'static str, &'static str); 3] = [("last_value", "int8"), ("log_cnt", "int8"), ("is_called", "bool")];
}

/// How a sequence counts: what results, whatever was left to a default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceOptions {
    /// `smallint`, `integer` or `bigint`, by its name in pg_catalog.
    #[serde(deserialize_with = "word::one")]
    pub ty: Word,
    /// START
    pub start: i64,
    /// INCREMENT
    pub increment: i64,
    /// MINVALUE
    pub min: i64,
    /// MAXVALUE
    pub max: i64,
    /// CACHE
    pub cache: i64,
    /// CYCLE
    pub cycle: bool,
}

impl SequenceOptions {
    /// An ascending sequence of a type, with the defaults of CREATE SEQUENCE.
    pub const fn of(ty: Word, max: i64) -> Self {
        Self { ty, start: 1, increment: 1, min: 1, max, cache: 1, cycle: false }
    }

    /// The defaults of CREATE SEQUENCE and of a bigserial.
    pub const BIGINT: Self = Self::of("int8", i64::MAX);
    /// Those of a serial.
    pub const INTEGER: Self = Self::of("int4", i32::MAX as i64);
    /// Those of a smallserial.
    pub const SMALLINT: Self = Self::of("int2", i16::MAX as i64);
}

impl Default for Sequence {
    fn default() -> Self {
        Self { options: SequenceOptions::BIGINT, owned_by: None, identity: false }
    }
}
