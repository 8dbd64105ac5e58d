//! The texts of open documents, as the editor has them.

use std::sync::Arc;

use lsp_types::TextDocumentContentChangeEvent;

use crate::text::{Edit, SourceFile, apply};

use super::position::Encoding;

/// An open document.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// What the editor calls this state of it.
    pub(super) version: i32,
    source: SourceFile,
}

impl Document {
    /// With a text.
    pub(super) fn new(version: i32, text: String) -> Self {
        Self { version, source: SourceFile::new("", text) }
    }

    /// The text.
    pub(super) fn text(&self) -> Arc<str> {
        self.source.shared_text()
    }

    /// Makes the changes, one after the other.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let edit = Edit::replacement(encoding.span_as_sent(&self.source, range), change.text);
                    apply(self.source.text(), &[edit]).expect("one edit overlaps no other")
                }
            };
            self.source = SourceFile::new("", text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};

    fn changed(text: &str, encoding: Encoding, range: Option<[u32; 4]>, new: &str) -> String {
        let mut document = Document::new(1, text.to_owned());
        let range = range.map(|[line, character, end_line, end]| Range::new(Position::new(line, character), Position::new(end_line, end)));
        document.change(2, vec![TextDocumentContentChangeEvent { range, range_length: None, text: new.to_owned() }], encoding);
        document.text().to_string()
    }

    #[test]
    fn a_change_is_made_where_it_says() {
        assert_eq!(changed("a𝄞b\nc", Encoding::Utf16, Some([0, 3, 1, 0]), "|"), "a𝄞|c");
        assert_eq!(changed("a𝄞b\nc", Encoding::Utf8, Some([0, 5, 1, 0]), "|"), "a𝄞|c");
        assert_eq!(changed("a𝄞b\nc", Encoding::Utf32, Some([0, 2, 1, 0]), "|"), "a𝄞|c");
        assert_eq!(changed("abc", Encoding::Utf8, None, "x"), "x");
        // The byte order mark is a character of what was sent.
        assert_eq!(changed("\u{feff}abc", Encoding::Utf16, Some([0, 0, 0, 1]), ""), "abc");
        assert_eq!(changed("\u{feff}abc", Encoding::Utf8, Some([0, 3, 0, 4]), ""), "\u{feff}bc");
    }

    #[test]
    fn a_change_outside_of_the_text_is_made_at_its_end() {
        assert_eq!(changed("abc", Encoding::Utf16, Some([7, 7, 9, 9]), "x"), "abcx");
        assert_eq!(changed("abc", Encoding::Utf16, Some([0, 3, 0, 1]), "x"), "ax");
    }
}
