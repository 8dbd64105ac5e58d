//! JSON: whether a text is, as PostgreSQL's parser reads it (RFC 8259), and what stands in it.

use std::sync::Arc;

use super::Value;

/// Whether a text is one JSON value.
pub(super) fn is_valid(text: &str) -> bool {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    reader.value(0) && reader.at_end()
}

/// What `->` gives of a JSON value, and `->>` as a text: NULL where it has no such part (manual, PostgreSQL 15, 9.16.1).
pub(super) fn part(json: &Value, key: &Value, sign: &str) -> Value {
    let Value::Spelled(text) = json else { return Value::Unknown };
    let found = match key {
        Value::Text(key) => member(text, key),
        Value::Number(at) => element(text, at),
        _ => return Value::Unknown,
    };
    match found {
        Part::Untold => Value::Unknown,
        Part::None => Value::Null,
        Part::Is(part) if sign == "->" => Value::Spelled(Arc::from(part)),
        Part::Is("null") => Value::Null,
        Part::Is(part) => {
            let inside = part.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let is_plain = |number: &str| number == "0" || (!number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit()));
            match inside {
                Some(inside) if !inside.contains('\\') => super::text(inside),
                None if matches!(part, "true" | "false") || is_plain(part) => super::text(part),
                _ => Value::NotNull,
            }
        }
    }
}

/// A part of a JSON value, as it is written.
enum Part<'t> {
    Is(&'t str),
    None,
    Untold,
}

/// The member of an object; the last of several that are called so.
fn member<'t>(text: &'t str, key: &str) -> Part<'t> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    reader.blank();
    if reader.bytes.get(reader.at) != Some(&b'{') {
        return if is_valid(text) { Part::None } else { Part::Untold };
    }
    let (mut found, mut escaped) = (Part::None, false);
    let read = reader.list(b'}', |reader| {
        reader.blank();
        let start = reader.at;
        if !reader.string() {
            return false;
        }
        let name = &text[start + 1..reader.at - 1];
        escaped |= name.contains('\\');
        if !reader.take(b':') {
            return false;
        }
        reader.blank();
        let start = reader.at;
        let read = reader.value(1);
        if name == key {
            found = Part::Is(&text[start..reader.at]);
        }
        read
    });
    if read && !escaped && reader.at_end() { found } else { Part::Untold }
}

/// The element of an array, from its end if the position is negative.
fn element<'t>(text: &'t str, at: &str) -> Part<'t> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    reader.blank();
    match reader.bytes.get(reader.at) {
        Some(b'[') => {}
        Some(b'{') if is_valid(text) => return Part::None,
        // A scalar is an array of itself to some functions.
        _ => return Part::Untold,
    }
    let mut elements = Vec::new();
    let read = reader.list(b']', |reader| {
        reader.blank();
        let start = reader.at;
        let read = reader.value(1);
        elements.push(&text[start..reader.at]);
        read
    });
    let Some(at) = at.parse::<i64>().ok().filter(|_| read && reader.at_end()) else { return Part::Untold };
    let at = if at < 0 { at + elements.len() as i64 } else { at };
    usize::try_from(at).ok().and_then(|at| elements.get(at).copied()).map_or(Part::None, Part::Is)
}

/// How deep arrays and objects may nest; PostgreSQL's limit is that of its stack.
const DEEPEST: u32 = 1_000;

struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn blank(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn at_end(&mut self) -> bool {
        self.blank();
        self.at == self.bytes.len()
    }

    fn take(&mut self, byte: u8) -> bool {
        self.blank();
        let is = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(is);
        is
    }

    fn value(&mut self, depth: u32) -> bool {
        self.blank();
        match self.bytes.get(self.at) {
            Some(b'{' | b'[') if depth > DEEPEST => false,
            Some(b'{') => self.list(b'}', |reader| reader.string() && reader.take(b':') && reader.value(depth + 1)),
            Some(b'[') => self.list(b']', |reader| reader.value(depth + 1)),
            Some(b'"') => self.string(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => false,
        }
    }

    fn list(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> bool) -> bool {
        self.at += 1;
        if self.take(end) {
            return true;
        }
        loop {
            if !item(self) {
                return false;
            }
            if !self.take(b',') {
                return self.take(end);
            }
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let is = self.bytes[self.at..].starts_with(word.as_bytes());
        self.at += if is { word.len() } else { 0 };
        is && !self.bytes.get(self.at).is_some_and(u8::is_ascii_alphanumeric)
    }

    fn digits(&mut self) -> usize {
        let count = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn number(&mut self) -> bool {
        self.at += usize::from(self.bytes[self.at] == b'-');
        let zero = self.bytes.get(self.at) == Some(&b'0');
        let whole = self.digits();
        if whole == 0 || (zero && whole > 1) {
            return false;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return false;
            }
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return false;
            }
        }
        !self.bytes.get(self.at).is_some_and(u8::is_ascii_alphanumeric)
    }

    fn string(&mut self) -> bool {
        if !self.take(b'"') {
            return false;
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'"' => return true,
                b'\\' => {
                    let escape = self.bytes.get(self.at).copied();
                    self.at += 1;
                    match escape {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
                        Some(b'u') => {
                            let hex = self.bytes.get(self.at..self.at + 4);
                            if !hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) {
                                return false;
                            }
                            self.at += 4;
                        }
                        _ => return false,
                    }
                }
                0..=0x1f => return false,
                _ => {}
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, is_valid, part};
    use crate::catalog::evaluate::text;

    #[test]
    fn what_is_json_and_what_is_not() {
        for text in ["{}", " [1, -2.5e+3, \"a\\u00e9\\n\", null, true] ", "\"x\"", "0", "{\"a\": {\"b\": []}}"] {
            assert!(is_valid(text), "{text}");
        }
        for text in ["", "{bad", "{'a': 1}", "[1,]", "01", "1.", "nul", "\"a", "{\"a\" 1}", "[1] 2", "\"\\x\""] {
            assert!(!is_valid(text), "{text}");
        }
    }

    #[test]
    fn parts_of_json() {
        let json = Value::Spelled("{\"a\": 1, \"b\" : [\"x\", null, 2.50], \"a\":\"y\"}".into());
        assert_eq!(part(&json, &text("a"), "->>"), text("y"));
        assert_eq!(part(&json, &text("c"), "->>"), Value::Null);
        assert_eq!(part(&json, &Value::Number("0".into()), "->"), Value::Null);
        let list = part(&json, &text("b"), "->");
        assert_eq!(list, Value::Spelled("[\"x\", null, 2.50]".into()));
        let at = |at: &str, sign| part(&list, &Value::Number(at.into()), sign);
        assert_eq!((at("0", "->>"), at("-1", "->>"), at("3", "->")), (text("x"), Value::NotNull, Value::Null));
        assert_eq!((at("1", "->>"), at("1", "->")), (Value::Null, Value::Spelled("null".into())));
        assert_eq!(part(&list, &text("a"), "->"), Value::Null);
        assert_eq!(part(&Value::Spelled("a=>1".into()), &text("a"), "->"), Value::Unknown);
    }
}
