//! A finding's fingerprint: the same as long as the finding is, wherever its lines move.
//!
//! It is made of the rule, the path from the configuration's folder, the text of the line at the finding's place with white space folded (none
//! if it is about the file as a whole), and a count among findings that agree in all of these. Line numbers, messages and the working directory are no part of it.

use std::collections::HashMap;
use std::hash::Hasher;

use fnv::FnvHasher;

use crate::diagnostic::{Diagnostic, Extent};
use crate::text::SourceFile;

/// Counts findings that would have the same fingerprint.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: HashMap<u64, u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding, in the order of the report; `path` is that of its file.
    pub(super) fn next(&mut self, finding: &Diagnostic, path: &str, source: Option<&SourceFile>) -> String {
        let mut hasher = FnvHasher::default();
        hasher.write(finding.rule.as_bytes());
        hasher.write_u8(0);
        hasher.write(path.as_bytes());
        hasher.write_u8(0);
        if let (Extent::Place, Some(source)) = (finding.extent, source) {
            for word in text_at(source, finding.primary.span.start).split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
                hasher.write(word);
                hasher.write_u8(b' ');
            }
        }
        let common = hasher.finish();
        let count = self.seen.entry(common).or_default();
        hasher.write_u32(*count);
        *count += 1;
        format!("{:016x}", hasher.finish())
    }
}

/// The line around byte `at`; of a very long one, the part after it.
fn text_at(source: &SourceFile, at: u32) -> &[u8] {
    const LONG: u32 = 1 << 10;
    let line = source.lines().line(source.text(), source.lines().line_of(at));
    let start = if line.len() <= LONG { line.start } else { at.clamp(line.start, line.end) };
    &source.text().as_bytes()[start as usize..line.end.min(start.saturating_add(LONG)) as usize]
}
