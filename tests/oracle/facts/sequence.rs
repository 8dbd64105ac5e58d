//! Sequences.

use migration_lint::syntax::tree::{AlterSequence, CreateSequence};

use super::{Facts, Kind};

pub fn create(f: &mut Facts, node: &CreateSequence) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    f.persistence(node.persistence);
    f.guard("if-not-exists", node.guard);
    f.sequence_options(&node.options);
    "CreateSeqStmt"
}

pub fn alter(f: &mut Facts, node: &AlterSequence) -> Kind {
    f.say(format!("name {}", f.words.name(node.name)));
    f.guard("if-exists", node.guard);
    f.sequence_options(&node.options);
    "AlterSeqStmt"
}
