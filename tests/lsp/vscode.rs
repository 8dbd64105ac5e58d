//! The extension for Visual Studio Code, in an editor of which as much is there as it asks for.

use std::path::Path;
use std::process::Command;

#[test]
fn the_extension_starts_its_server_whenever_that_may_help() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = folder.join("tests/lsp/vscode.js");
    let output = Command::new("node").arg(script).arg(folder.join("editors/vscode/src/extension.js")).output().expect("node starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "all is as it should be\n");
}
