//! The program's entry: everything is in the library. The two fronts know nothing of each other and meet here.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    migration_lint::cli::run(migration_lint::lsp::serve)
}
