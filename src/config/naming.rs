//! How migration files are named: `database.migrations.naming_convention`.
//!
//! In a pattern, runs of `N` stand for that many digits and `#` for one; `YYYY-MM-DD`, `YYYYMMDD` and `YYYYMMDDHHMMSS` stand for dates and
//! times; `description` stands for words in lower case, joined by `-` where the pattern puts a `-` before it and by `_` otherwise.

use regex::Regex;

use crate::text::Span;

/// A pattern for file names, compiled.
#[derive(Debug, Clone)]
pub struct NamingConvention {
    /// As written.
    pub pattern: String,
    /// Where; empty for the default.
    pub span: Span,
    regex: Option<Regex>,
}

impl PartialEq for NamingConvention {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern && self.span == other.span
    }
}

impl Default for NamingConvention {
    fn default() -> Self {
        Self::new("NNN_description.sql".to_owned(), Span::empty(0))
    }
}

/// Words of a pattern, the longest first, and what they match.
const WORDS: [(&str, &str); 5] = [
    ("YYYYMMDDHHMMSS", r"(?P<date>\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)"),
    ("YYYY-MM-DD", r"(?P<date>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"),
    ("YYYYMMDD", r"(?P<date>\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"),
    ("description", ""),
    ("#", r"\d"),
];

impl NamingConvention {
    /// The convention that `pattern` writes.
    pub fn new(pattern: String, span: Span) -> Self {
        let regex = Regex::new(&format!("^{}$", translate(&pattern))).ok();
        Self { pattern, span, regex }
    }

    /// Whether the pattern says where a number or a date stands.
    pub fn has_number(&self) -> bool {
        self.pattern.contains('N') || self.pattern.contains('#') || self.pattern.contains("YYYY")
    }

    /// Whether a file's name (without folders) follows it.
    pub fn matches(&self, name: &str) -> bool {
        self.regex.as_ref().is_none_or(|regex| regex.is_match(name))
    }

    /// A name that follows it, made from a number, a date (its digits, perhaps with a time's) and words; none where those can't make one.
    pub fn example(&self, number: u64, date: Option<&str>, words: &str) -> Option<String> {
        let separator = if self.pattern.contains("-description") { "-" } else { "_" };
        let words: Vec<String> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        let mut name = self.pattern.replace("description", &words.join(separator));
        if let Some((word, _)) = WORDS.iter().find(|(word, _)| word.starts_with("YYYY") && self.pattern.contains(word)) {
            let digits = format!("{:0<14}", date?);
            let written = match word.len() {
                10 => format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]),
                length => digits[..length].to_owned(),
            };
            name = name.replace(word, &written);
        }
        for place in ["N", "#"] {
            let digits = self.pattern.matches(place).count();
            if digits > 0 {
                name = name.replacen(&place.repeat(digits), &format!("{number:0digits$}"), 1);
            }
        }
        self.matches(&name).then_some(name)
    }
}

fn translate(pattern: &str) -> String {
    let mut regex = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if let Some((word, meaning)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            match *word {
                "description" if regex.ends_with('-') => regex.push_str("[a-z0-9]+(?:-[a-z0-9]+)*"),
                "description" => regex.push_str("[a-z0-9]+(?:_[a-z0-9]+)*"),
                _ => regex.push_str(meaning),
            }
            rest = &rest[word.len()..];
        } else if first == 'N' {
            let run = rest.len() - rest.trim_start_matches('N').len();
            regex.push_str(&format!(r"\d{{{run}}}"));
            rest = &rest[run..];
        } else {
            regex.push_str(&regex::escape(&rest[..first.len_utf8()]));
            rest = &rest[first.len_utf8()..];
        }
    }
    regex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convention(pattern: &str) -> NamingConvention {
        NamingConvention::new(pattern.to_owned(), Span::empty(0))
    }

    #[test]
    fn the_houses_pattern_wants_digits_and_snake_case() {
        let house = NamingConvention::default();
        assert!(house.matches("001_create_shq_error_log.sql"));
        for name in [
            "1_create.sql",
            "0001_create.sql",
            "001-create.sql",
            "001_Create.sql",
            "001_create-log.sql",
            "001_.sql",
            "create.sql",
            "001_create.SQL",
        ] {
            assert!(!house.matches(name), "{name}");
        }
    }

    #[test]
    fn dates_and_separators_follow_the_pattern() {
        let kebab = convention("YYYY-MM-DD-description.sql");
        assert!(kebab.matches("2025-10-20-create-log.sql"));
        assert!(!kebab.matches("2025-13-20-create-log.sql"));
        assert!(!kebab.matches("2025-10-20-create_log.sql"));
        assert!(convention("YYYYMMDDHHMMSS_description.sql").matches("20251020103000_create_log.sql"));
        assert!(convention("V#_description.sql").matches("V1_create_log.sql"));
    }

    #[test]
    fn an_example_follows_its_own_pattern() {
        let house = NamingConvention::default();
        assert_eq!(house.example(7, None, "Create Company-scores").as_deref(), Some("007_create_company_scores.sql"));
        assert_eq!(house.example(1000, None, "a"), None);
        assert_eq!(house.example(7, None, "größe"), None);
        let kebab = convention("YYYY-MM-DD-description.sql");
        assert_eq!(kebab.example(7, Some("20251020"), "add_it").as_deref(), Some("2025-10-20-add-it.sql"));
        assert_eq!(kebab.example(7, None, "add_it"), None);
        let stamped = convention("YYYYMMDDHHMMSS_description.sql");
        assert_eq!(stamped.example(7, Some("20251020"), "a").as_deref(), Some("20251020000000_a.sql"));
        assert_eq!(convention("V##__description.sql").example(7, None, "a").as_deref(), Some("V07__a.sql"));
    }
}
