//! What fixes change, as a patch that `git apply` and `patch -p1` take.

use std::io::{self, Write};

use similar::TextDiff;

use crate::engine::Change;

/// Writes `changes` one after the other.
///
/// # Errors
/// What `out` gives.
pub fn patch(out: &mut dyn Write, changes: &[Change]) -> io::Result<()> {
    for change in changes {
        let before = change.before.as_deref().unwrap_or_default();
        let old = if change.before.is_some() { format!("a/{}", change.path) } else { "/dev/null".to_owned() };
        let diff = TextDiff::from_lines(before, &change.after);
        diff.unified_diff().header(&old, &format!("b/{}", change.path)).to_writer(&mut *out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_hunk_and_a_new_file_comes_from_nowhere() {
        let changed = Change { path: "m/001_a.sql".to_owned(), before: Some("a\nb\n".into()), after: "a\nc\n".into() };
        let new = Change { path: "m/002_b.sql".to_owned(), before: None, after: "d\n".into() };
        let mut out = Vec::new();
        patch(&mut out, &[changed, new]).expect("a vector takes everything");
        let expected =
            "--- a/m/001_a.sql\n+++ b/m/001_a.sql\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n--- /dev/null\n+++ b/m/002_b.sql\n@@ -0,0 +1 @@\n+d\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
