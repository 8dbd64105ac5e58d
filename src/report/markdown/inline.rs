//! Texts as Markdown has them: what a user wrote is shown as it is, and is no link, no mention and no HTML.
//!
//! Our messages put identifiers between backticks, and so they stand in code here, where nothing means anything; the rest is escaped.

/// A message on one line.
pub(super) fn message(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    let last = pieces.len() - 1;
    let mut out = String::with_capacity(text.len() + 16);
    for (at, piece) in pieces.iter().enumerate() {
        match at % 2 {
            1 if at == last => out += &format!("\\`{}", plain(piece)),
            1 if piece.is_empty() => out += "\\`\\`",
            1 => out += &code(piece),
            _ => out += &plain(piece),
        }
    }
    out
}

/// `text` as code, whatever backticks are in it.
pub(super) fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{}{gap}{fence}", text.replace(char::is_control, " "))
}

/// `lines` as a block of SQL, each behind `indent`.
pub(super) fn block(lines: &[String], indent: &str) -> String {
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let lines: String = lines.iter().map(|line| format!("{indent}{line}\n")).collect();
    format!("{indent}{fence}sql\n{lines}{indent}{fence}\n")
}

/// A cell of a table, in which a bar would end it, even in code.
pub(super) fn cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

/// `text` with nothing in it that Markdown, HTML or a forge would read; a word joiner keeps `@name` from calling somebody.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => out.extend(['\\', c]),
            '@' => out.extend([c, '\u{2060}']),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// How many backticks stand together at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_stay_code_and_the_rest_stays_text() {
        assert_eq!(message("foreign key `a_b` of <b> | @me"), "foreign key `a_b` of \\<b\\> \\| @\u{2060}me");
        assert_eq!(message("an unclosed ` one"), "an unclosed \\` one");
        assert_eq!(message("`` nothing"), "\\`\\` nothing");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(cell(&code("a|b")), "`a\\|b`");
        assert_eq!(block(&["```".to_owned()], "  "), "  ````sql\n  ```\n  ````\n");
    }
}
