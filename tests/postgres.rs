//! Tests against a real PostgreSQL server, which `tests/run` finds or installs.

#[path = "postgres/claims.rs"]
mod claims;
#[path = "postgres/cluster.rs"]
mod cluster;
#[path = "postgres/facts.rs"]
mod facts;
#[path = "postgres/fixes.rs"]
mod fixes;
#[path = "postgres/house.rs"]
mod house;
#[path = "postgres/locks.rs"]
mod locks;
#[path = "postgres/moves.rs"]
mod moves;
#[path = "postgres/names.rs"]
mod names;
#[path = "postgres/rejected.rs"]
mod rejected;
#[path = "postgres/replay/mod.rs"]
mod replay;
#[path = "postgres/rerun.rs"]
mod rerun;
#[path = "postgres/rig.rs"]
mod rig;
#[path = "postgres/schema.rs"]
mod schema;
#[path = "postgres/transaction.rs"]
mod transaction;
