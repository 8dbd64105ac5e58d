//! What PostgreSQL says of statements, beside what we say of them.

mod canonical;
mod corpus;
mod difference;
mod ours;
mod own;
mod recorder;
mod theirs;
mod versions;
