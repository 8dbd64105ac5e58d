//! Regular expressions, as far as PostgreSQL's and ours are the same.

use std::cell::RefCell;
use std::rc::Rc;

use fnv::FnvHashMap;
use regex::{Regex, RegexBuilder};

/// Whether a text matches an advanced regular expression; nothing if that can't be told.
pub(in crate::catalog::evaluate) fn matches(text: &str, pattern: &str, ignore_case: bool) -> Option<bool> {
    Some(compile(pattern, ignore_case)?.is_match(text))
}

/// A text in which matches are replaced, the first or all of them.
pub(super) fn replace(text: &str, pattern: &str, with: &str, flags: &str) -> Option<String> {
    // Which of several matches is taken differs: the longest there, the first here.
    if pattern.contains('|') || pattern.contains("?") || flags.chars().any(|flag| !matches!(flag, 'g' | 'i')) {
        return None;
    }
    let regex = compile(pattern, flags.contains('i'))?;
    let mut replacement = String::new();
    let mut chars = with.chars();
    while let Some(c) = chars.next() {
        match c {
            '$' => replacement.push_str("$$"),
            '\\' => match chars.next()? {
                '&' => replacement.push_str("${0}"),
                digit if digit.is_ascii_digit() => replacement.push_str(&format!("${{{digit}}}")),
                other => replacement.push(other),
            },
            other => replacement.push(other),
        }
    }
    Some(match flags.contains('g') {
        true => regex.replace_all(text, replacement.as_str()).into_owned(),
        false => regex.replace(text, replacement.as_str()).into_owned(),
    })
}

/// Whether a regular expression means the same to PostgreSQL and to the crates that read such here.
pub fn reads_alike(pattern: &str) -> bool {
    !pattern.starts_with("***") && !pattern.contains("(?") && !has_other_meaning(pattern)
}

/// A pattern, compiled. A query asks for one and the same for each of its rows.
fn compile(pattern: &str, ignore_case: bool) -> Option<Rc<Regex>> {
    /// As many are kept before all are forgotten.
    const MOST: usize = 256;
    type Compiled = FnvHashMap<(String, bool), Option<Rc<Regex>>>;
    thread_local!(static KEPT: RefCell<Compiled> = RefCell::default());
    if !reads_alike(pattern) {
        return None;
    }
    let build = || {
        let mut regex = RegexBuilder::new(pattern);
        regex.case_insensitive(ignore_case).dot_matches_new_line(true).size_limit(1 << 18).build().ok().map(Rc::new)
    };
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.entry((pattern.to_owned(), ignore_case)).or_insert_with(build).clone()
    })
}

/// Whether a pattern holds what both read, and read differently: sets of sets, escapes of words.
fn has_other_meaning(pattern: &str) -> bool {
    let mut in_set = false;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'n' | 't' | 'r' | 'A') => {}
                Some(escaped) if !escaped.is_ascii_alphanumeric() => {}
                _ => return true,
            },
            '[' if !in_set => {
                in_set = true;
                chars.next_if_eq(&'^');
                if chars.peek() == Some(&']') {
                    return true;
                }
            }
            '[' => match chars.peek() {
                Some(':') => while chars.next().is_some_and(|c| c != ']') {},
                _ => return true,
            },
            ']' => in_set = false,
            '&' | '~' | '-' if in_set && chars.peek() == Some(&c) => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{matches, replace};

    #[test]
    fn patterns_that_both_read_alike() {
        assert_eq!(matches("a@b.de", "^[^@]+@[^@]+\\.[a-z]+$", false), Some(true));
        assert_eq!(matches("abc", "^[[:alpha:]]+$", false), Some(true));
        assert_eq!(matches("abc", "\\mabc", false), None);
        assert_eq!(matches("abc", "(?=a)", false), None);
        assert_eq!(replace("a_b_c", "_", "-", "g").as_deref(), Some("a-b-c"));
        assert_eq!(replace("nextval('x')", "'(.*)'", "\\1", "").as_deref(), Some("nextval(x)"));
    }
}
