//! What PostgreSQL says, as `record.py` has written it down.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One line of a record; `FACTS.md` says what its fields mean.
#[derive(Debug, Deserialize)]
pub struct Theirs {
    file: String,
    pub start: u32,
    pub end: u32,
    pub accepted: bool,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub facts: Vec<String>,
    #[serde(default)]
    pub error: String,
    /// It is rejected, and holds what a tool would fill in first.
    #[serde(default)]
    pub placeholder: bool,
    /// The last version that accepts it, if the newest does not.
    pub until: Option<u8>,
}

impl Theirs {
    /// Whether its verdict says nothing of ours.
    pub fn is_left_out(&self) -> bool {
        self.placeholder || self.until.is_some()
    }

    /// Whether it makes, changes or removes objects.
    pub fn is_ddl(&self) -> bool {
        const OTHERS: &[&str] = &[
            "CallStmt",
            "CheckPointStmt",
            "ClosePortalStmt",
            "ClusterStmt",
            "ConstraintsSetStmt",
            "CopyStmt",
            "DeallocateStmt",
            "DeclareCursorStmt",
            "DeleteStmt",
            "DiscardStmt",
            "DoStmt",
            "ExecuteStmt",
            "ExplainStmt",
            "FetchStmt",
            "InsertStmt",
            "ListenStmt",
            "LoadStmt",
            "LockStmt",
            "MergeStmt",
            "NotifyStmt",
            "PrepareStmt",
            "ReindexStmt",
            "SelectStmt",
            "TransactionStmt",
            "TruncateStmt",
            "UnlistenStmt",
            "UpdateStmt",
            "VacuumStmt",
            "VariableSetStmt",
            "VariableShowStmt",
        ];
        !OTHERS.contains(&self.kind.as_str())
    }
}

/// A record by file, each file's statements in order.
pub fn read(record: &Path) -> BTreeMap<String, Vec<Theirs>> {
    let text = fs::read_to_string(record).unwrap_or_else(|error| panic!("{}: {error}", record.display()));
    let mut files: BTreeMap<String, Vec<Theirs>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let statement: Theirs = serde_json::from_str(line).unwrap_or_else(|error| panic!("{}:{}: {error}", record.display(), number + 1));
        files.entry(statement.file.clone()).or_default().push(statement);
    }
    files
}
