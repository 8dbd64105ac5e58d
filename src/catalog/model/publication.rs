//! Publications.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::expression::Stored;
use crate::catalog::{ColumnNumber, Oid};

use super::Options;

/// A publication.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Publication {
    /// FOR ALL TABLES
    pub all_tables: bool,
    /// FOR TABLE, with the columns and the filter of each.
    pub tables: BTreeMap<Oid, PublishedTable>,
    /// FOR TABLES IN SCHEMA
    pub schemas: Vec<Oid>,
    /// WITH (…)
    pub options: Options,
}

/// What of a table is published.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PublishedTable {
    /// These columns, if not all.
    pub columns: Option<Vec<ColumnNumber>>,
    /// WHERE
    pub filter: Option<Stored>,
}
