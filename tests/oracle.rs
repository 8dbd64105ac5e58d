//! Holds our parser against PostgreSQL's own: where statements end, which of them it reads, and what they say. `oracle/README.md` tells how.

#[path = "oracle/compare/mod.rs"]
mod compare;
#[path = "oracle/facts/mod.rs"]
mod facts;
