//! The parts of a name as it is written: `a.b`, `"A".b[1]`.

/// The parts of the name at the start of `text`, as PostgreSQL stores them; none if it starts with no name.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while let Some((part, after)) = part(rest) {
        parts.push(part);
        let after = after.trim_start();
        match after.strip_prefix('.') {
            Some(next) => rest = next.trim_start(),
            None => break,
        }
    }
    parts
}

fn part(text: &str) -> Option<(String, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let mut name = String::new();
        let mut chars = quoted.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                    name.push('"');
                    chars.next();
                }
                '"' => return Some((name, &quoted[at + 1..])),
                c => name.push(c),
            }
        }
        return None;
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii();
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_ascii_lowercase(), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn names_end_where_subscripts_begin() {
        assert_eq!(parts("a.B[1].c"), ["a", "b"]);
        assert_eq!(parts("\"A\"\"x\" . b"), ["A\"x", "b"]);
        assert_eq!(parts("$1"), ["$1"]);
        assert!(parts("(a)").is_empty());
    }
}
