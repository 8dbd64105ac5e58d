//! `migration-lint`: a static analyser for PostgreSQL migrations.
//!
//! The folders are floors: each imports only those below it. ARCHITECTURE.md draws them; `tests/architecture.rs` holds them.

pub mod catalog;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod engine;
pub mod lsp;
pub mod migration;
pub mod postgres;
pub mod report;
pub mod rules;
pub mod syntax;
pub mod text;
