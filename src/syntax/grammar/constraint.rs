//! constraint: being written.
