//! A page that has only so much room: sections of items, and a word about those that found none.
//!
//! Invariant: what is left out is counted where it would stand, and a page whose room is larger than what must be there is never longer than it.

use crate::report::count;

/// What is kept free for the words about what is left out, and for what stands after everything else.
const RESERVE: usize = 4096;

/// Markdown that grows as long as there is room.
pub(super) struct Page {
    text: String,
    /// In bytes.
    room: usize,
    is_whole: bool,
}

/// A part of a page: all of its items are of one kind.
pub(super) struct Section {
    /// What stands before the items, ended by an empty line where Markdown needs one.
    pub(super) opening: String,
    /// One or more lines each, with their ends.
    pub(super) items: Vec<String>,
    /// What an item is called: `error`.
    pub(super) noun: &'static str,
    /// What stands after the items.
    pub(super) closing: &'static str,
    /// How much of the page's room it may take at most: one part in so many.
    pub(super) share: usize,
}

impl Page {
    /// An empty page of `room` bytes.
    pub(super) fn new(room: usize) -> Self {
        Self { text: String::new(), room, is_whole: true }
    }

    /// Adds what must be there; it is short.
    pub(super) fn add(&mut self, text: &str) {
        self.text += text;
    }

    /// Adds as much of `section` as there is room for; nothing of it if it has no items.
    pub(super) fn section(&mut self, section: &Section) {
        if section.items.is_empty() {
            return;
        }
        self.text += &section.opening;
        let end = (self.text.len() + self.room / section.share).min(self.room.saturating_sub(RESERVE));
        let fits = section.items.iter().take_while(|item| {
            let fits = self.text.len() + item.len() <= end;
            if fits {
                self.text += item;
            }
            fits
        });
        let left = section.items.len() - fits.count();
        self.text += section.closing;
        if left > 0 {
            self.is_whole = false;
            self.text += &format!("\n… and {} more, for which there is no room here\n", count(left, section.noun));
        }
        self.text.push('\n');
    }

    /// The page, which says at its end, by `where_else`, where to look for what is left out.
    pub(super) fn finish(mut self, where_else: &str) -> String {
        if !self.is_whole {
            self.text += where_else;
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_counted() {
        let items: Vec<String> = (0..1000).map(|number| format!("- item {number:04} {}\n", "x".repeat(40))).collect();
        let section = Section { opening: "#### errors\n\n".to_owned(), items, noun: "error", closing: "", share: 1 };
        let mut page = Page::new(20_000);
        page.section(&section);
        page.section(&section);
        let text = page.finish("the rest is elsewhere\n");
        assert!(text.len() <= 20_000, "{}", text.len());
        let shown = text.matches("- item").count();
        assert!(shown > 200, "{shown}");
        assert!(text.contains(&format!("… and {} errors more", 1000 - shown)), "{text}");
        assert!(text.contains("… and 1000 errors more") && text.ends_with("the rest is elsewhere\n"), "{text}");
    }

    #[test]
    fn a_section_takes_no_more_than_its_share() {
        let items = vec!["x".repeat(100); 1000];
        let mut page = Page::new(40_000);
        page.section(&Section { opening: String::new(), items, noun: "migration", closing: "", share: 4 });
        assert!(page.text.len() < 10_200, "{}", page.text.len());
    }
}
