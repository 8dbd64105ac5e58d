//! Maintenance: VACUUM, REINDEX, CLUSTER, TRUNCATE, LOCK.

use migration_lint::syntax::tree::{Cluster, Lock, LockMode, Reindex, ReindexTarget, Truncate, TruncateIdentity, Vacuum, VacuumKind};

use super::{Facts, Kind};

pub fn vacuum(f: &mut Facts, node: &Vacuum) -> Kind {
    let words = f.words;
    f.say(match node.kind {
        VacuumKind::Vacuum => "vacuum",
        VacuumKind::Analyze => "analyze",
    });
    for target in &node.relations {
        let columns = if target.columns.is_empty() { String::new() } else { format!(" {}", words.idents(&target.columns)) };
        f.say(format!("relation {}{columns}", words.relation(target.relation)));
    }
    f.utility_options(&node.options);
    "VacuumStmt"
}

pub fn reindex(f: &mut Facts, node: &Reindex) -> Kind {
    let words = f.words;
    let (kind, name) = match node.target {
        ReindexTarget::Index(name) => ("index", Some(words.name(name))),
        ReindexTarget::Table(name) => ("table", Some(words.name(name))),
        ReindexTarget::Schema(name) => ("schema", Some(words.ident(name))),
        ReindexTarget::System(name) => ("system", name.map(|name| words.ident(name))),
        ReindexTarget::Database(name) => ("database", name.map(|name| words.ident(name))),
    };
    f.say(format!("type {kind}"));
    f.maybe("name", name);
    f.utility_options(&node.options);
    f.written("option concurrently", &node.concurrently);
    "ReindexStmt"
}

pub fn cluster(f: &mut Facts, node: &Cluster) -> Kind {
    let words = f.words;
    f.maybe("name", node.table.map(|table| words.name(table)));
    f.maybe("index", node.index.map(|index| words.ident(index)));
    f.utility_options(&node.options);
    "ClusterStmt"
}

pub fn truncate(f: &mut Facts, node: &Truncate) -> Kind {
    let words = f.words;
    f.each("relation", node.relations.iter().map(|&relation| words.relation(relation)));
    if matches!(node.identity, Some(TruncateIdentity::Restart(_))) {
        f.say("restart-identity");
    }
    f.cascade(node.behavior);
    "TruncateStmt"
}

pub fn lock(f: &mut Facts, node: &Lock) -> Kind {
    let words = f.words;
    f.each("relation", node.relations.iter().map(|&relation| words.relation(relation)));
    f.say(match node.mode {
        Some(LockMode::AccessShare(_)) => "mode access-share",
        Some(LockMode::RowShare(_)) => "mode row-share",
        Some(LockMode::RowExclusive(_)) => "mode row-exclusive",
        Some(LockMode::ShareUpdateExclusive(_)) => "mode share-update-exclusive",
        Some(LockMode::Share(_)) => "mode share",
        Some(LockMode::ShareRowExclusive(_)) => "mode share-row-exclusive",
        Some(LockMode::Exclusive(_)) => "mode exclusive",
        Some(LockMode::AccessExclusive(_)) | None => "mode access-exclusive",
    });
    f.written("nowait", &node.nowait);
    "LockStmt"
}
