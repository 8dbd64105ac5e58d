//! Whether a text is JSON, as PostgreSQL's parser reads it (RFC 8259).

/// Whether a text is one JSON value.
pub(super) fn is_valid(text: &str) -> bool {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    reader.value(0) && reader.at_end()
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
    use super::is_valid;

    #[test]
    fn what_is_json_and_what_is_not() {
        for text in ["{}", " [1, -2.5e+3, \"a\\u00e9\\n\", null, true] ", "\"x\"", "0", "{\"a\": {\"b\": []}}"] {
            assert!(is_valid(text), "{text}");
        }
        for text in ["", "{bad", "{'a': 1}", "[1,]", "01", "1.", "nul", "\"a", "{\"a\" 1}", "[1] 2", "\"\\x\""] {
            assert!(!is_valid(text), "{text}");
        }
    }
}
