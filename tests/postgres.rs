//! Tests against a real PostgreSQL server, which `tests/run` finds or installs.

#[path = "postgres/cluster.rs"]
mod cluster;
#[path = "postgres/house.rs"]
mod house;
#[path = "postgres/rig.rs"]
mod rig;
#[path = "postgres/schema.rs"]
mod schema;
