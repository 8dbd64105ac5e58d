//! Replacing parts of a text.

use std::fmt;

use super::Span;

/// Replace the bytes of `span` by `text`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Puts `text` before byte `at`.
    pub fn insertion(at: u32, text: impl Into<String>) -> Self {
        Self { span: Span::empty(at), text: text.into() }
    }

    /// Puts `text` in the place of `span`.
    pub fn replacement(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Takes `span` out.
    pub fn deletion(span: Span) -> Self {
        Self { span, text: String::new() }
    }
}

/// Two edits that touch the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditConflict(pub Span, pub Span);

impl fmt::Display for EditConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "edits of bytes {:?} and {:?} overlap", self.0, self.1)
    }
}

impl std::error::Error for EditConflict {}

/// The text after all `edits`, in whatever order they are given; insertions at one place keep their order.
///
/// # Errors
/// Two edits that overlap.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditConflict> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut done = Span::empty(0);
    for edit in sorted {
        if edit.span.start < done.end {
            return Err(EditConflict(done, edit.span));
        }
        out.push_str(&text[done.end as usize..edit.span.start as usize]);
        out.push_str(&edit.text);
        done = edit.span;
    }
    out.push_str(&text[done.end as usize..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_from_front_to_back() {
        let edits = [Edit::replacement(Span::new(4, 7), "B"), Edit::insertion(0, ">"), Edit::deletion(Span::new(3, 4))];
        assert_eq!(apply("one two", &edits).expect("no overlap"), ">oneB");
    }

    #[test]
    fn overlapping_edits_are_refused() {
        let edits = [Edit::deletion(Span::new(0, 4)), Edit::deletion(Span::new(3, 5))];
        assert_eq!(apply("one two", &edits), Err(EditConflict(Span::new(0, 4), Span::new(3, 5))));
    }
}
