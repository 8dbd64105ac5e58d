//! PostgreSQL's keywords: each word, what it may still name, and whether it may be a column label without AS.
//!
//! The list and its classes are those of PostgreSQL 18, a superset of 12 to 17. Looking a word up costs one probe of a table that is laid
//! out at compile time.

use super::keyword_list::keyword_list;

/// Where a keyword may stand as a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Anywhere.
    Unreserved,
    /// As a column or table name, not as a function or type name.
    ColumnName,
    /// As a function or type name, not as a column or table name.
    TypeOrFunction,
    /// Only as a label after AS.
    Reserved,
}

/// Whether a keyword may be a column label without AS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BareLabel {
    Bare,
    As,
}

macro_rules! keywords {
    ($($variant:ident $word:literal $category:ident $label:ident,)*) => {
        /// One of PostgreSQL's keywords.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        #[allow(missing_docs)]
        pub enum Keyword { $($variant),* }

        const WORDS: &[&str] = &[$($word),*];
        const ALL: &[Keyword] = &[$(Keyword::$variant),*];
        const CATEGORIES: &[Category] = &[$(Category::$category),*];
        const LABELS: &[BareLabel] = &[$(BareLabel::$label),*];
    };
}

keyword_list!(keywords);

impl Keyword {
    /// Whether a table or a column called `name` must be written in quotes, though it is made of small letters.
    pub fn reserves(name: &str) -> bool {
        let keyword = Self::lookup(name.as_bytes()).filter(|keyword| keyword.word() == name);
        keyword.is_some_and(|keyword| matches!(keyword.category(), Category::Reserved | Category::TypeOrFunction))
    }

    /// The keyword that `word` spells, in any case.
    pub fn lookup(word: &[u8]) -> Option<Keyword> {
        if word.len() > LONGEST {
            return None;
        }
        let mut slot = hash(word);
        loop {
            let entry = TABLE[slot];
            if entry == EMPTY {
                return None;
            }
            if WORDS[entry as usize].as_bytes().eq_ignore_ascii_case(word) {
                return Some(ALL[entry as usize]);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// The keyword in lower case.
    pub const fn word(self) -> &'static str {
        WORDS[self as usize]
    }

    /// Where it may stand as a name.
    pub const fn category(self) -> Category {
        CATEGORIES[self as usize]
    }

    /// Whether it may be a column label without AS.
    pub const fn is_bare_label(self) -> bool {
        matches!(LABELS[self as usize], BareLabel::Bare)
    }

    /// Whether PostgreSQL 13 has it too; to older versions than its own a keyword is a word like any other.
    pub fn is_in_13(self) -> bool {
        YOUNGER_THAN_13.binary_search(&self).is_err()
    }

    /// All of them, in alphabetical order.
    pub const fn all() -> &'static [Keyword] {
        ALL
    }
}

/// What became a keyword after PostgreSQL 13, in alphabetical order.
const YOUNGER_THAN_13: &[Keyword] = &[
    Keyword::Absent,
    Keyword::Asensitive,
    Keyword::Atomic,
    Keyword::Breadth,
    Keyword::Compression,
    Keyword::Conditional,
    Keyword::Depth,
    Keyword::Empty,
    Keyword::Enforced,
    Keyword::Error,
    Keyword::Finalize,
    Keyword::Format,
    Keyword::Indent,
    Keyword::Json,
    Keyword::JsonArray,
    Keyword::JsonArrayagg,
    Keyword::JsonExists,
    Keyword::JsonObject,
    Keyword::JsonObjectagg,
    Keyword::JsonQuery,
    Keyword::JsonScalar,
    Keyword::JsonSerialize,
    Keyword::JsonTable,
    Keyword::JsonValue,
    Keyword::Keep,
    Keyword::Keys,
    Keyword::Matched,
    Keyword::Merge,
    Keyword::MergeAction,
    Keyword::Nested,
    Keyword::Objects,
    Keyword::Omit,
    Keyword::Parameter,
    Keyword::Path,
    Keyword::Period,
    Keyword::Plan,
    Keyword::Quotes,
    Keyword::Return,
    Keyword::Scalar,
    Keyword::Source,
    Keyword::String,
    Keyword::SystemUser,
    Keyword::Target,
    Keyword::Unconditional,
    Keyword::Virtual,
];

const LONGEST: usize = 17;
const SLOTS: usize = 4096;
const EMPTY: u16 = u16::MAX;
static TABLE: [u16; SLOTS] = lay_out();

/// Mixes the length with the first, middle and last letters; case falls away with bit 5.
const fn hash(word: &[u8]) -> usize {
    let n = word.len();
    if n == 0 {
        return 0;
    }
    let a = (word[0] | 0x20) as usize;
    let b = (word[n / 2] | 0x20) as usize;
    let c = (word[n - 1] | 0x20) as usize;
    let d = (word[if n > 2 { 2 } else { 0 }] | 0x20) as usize;
    (a.wrapping_mul(3449) ^ b.wrapping_mul(1117) ^ c.wrapping_mul(331) ^ d.wrapping_mul(7919) ^ n.wrapping_mul(53)) % SLOTS
}

const fn lay_out() -> [u16; SLOTS] {
    let mut table = [EMPTY; SLOTS];
    let mut i = 0;
    while i < WORDS.len() {
        let mut slot = hash(WORDS[i].as_bytes());
        while table[slot] != EMPTY {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = i as u16;
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_is_found_in_either_case() {
        for &keyword in Keyword::all() {
            assert_eq!(Keyword::lookup(keyword.word().as_bytes()), Some(keyword));
            assert_eq!(Keyword::lookup(keyword.word().to_uppercase().as_bytes()), Some(keyword));
            assert!(keyword.word().len() <= LONGEST);
        }
    }

    #[test]
    fn the_younger_keywords_are_in_order() {
        assert!(YOUNGER_THAN_13.is_sorted());
    }

    #[test]
    fn other_words_are_none() {
        for word in ["", "tables_", "company", "selec", "_select", "a_very_long_name_that_no_keyword_has"] {
            assert_eq!(Keyword::lookup(word.as_bytes()), None, "{word}");
        }
    }
}
