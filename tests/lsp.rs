//! The language server from outside: a scripted client, and Neovim.

#[path = "lsp/bad_input.rs"]
mod bad_input;
#[path = "lsp/concerns.rs"]
mod concerns;
#[path = "lsp/features.rs"]
mod features;
#[path = "lsp/neovim.rs"]
mod neovim;
#[path = "lsp/parity.rs"]
mod parity;
#[path = "lsp/paths.rs"]
mod paths;
#[path = "lsp/pictures.rs"]
mod pictures;
// The projects of the command line's tests; not all of what they do is done here.
#[allow(dead_code)]
#[path = "cli/rig.rs"]
mod project;
#[path = "lsp/rig.rs"]
mod rig;
#[path = "lsp/vscode.rs"]
mod vscode;
