//! PostgreSQL's own words in a catalog: the names of built-in types, of privileges, of events.
//!
//! In the program they are constants. A thread that reads them from a file keeps each word once, for as long as the program runs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use fnv::FnvHashSet;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::model::GrantOption;
use super::object::Name;

/// A word.
pub type Word = &'static str;

/// A word that is read: what the fields of types that are made of it are read as.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Read(Word);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words;
        impl Visitor<'_> for Words {
            type Value = Read;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("a word")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Read, E> {
                Ok(Read(kept(text)))
            }
        }
        from.deserialize_str(Words)
    }
}

/// The word that `text` is.
fn kept(text: &str) -> Word {
    thread_local!(static KEPT: RefCell<FnvHashSet<Word>> = RefCell::default());
    KEPT.with_borrow_mut(|words| match words.get(text) {
        Some(word) => word,
        None => {
            let word: Word = Box::leak(Box::from(text));
            words.insert(word);
            word
        }
    })
}

pub(super) fn one<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    Read::deserialize(from).map(|Read(word)| word)
}

pub(super) fn perhaps<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Word>, D::Error> {
    Ok(Option::<Read>::deserialize(from)?.map(|Read(word)| word))
}

pub(super) fn several<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Word>, D::Error> {
    Ok(Vec::<Read>::deserialize(from)?.into_iter().map(|Read(word)| word).collect())
}

pub(super) fn of_grants<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<(Name, Word), GrantOption>, D::Error> {
    let grants = BTreeMap::<(Name, Read), GrantOption>::deserialize(from)?;
    Ok(grants.into_iter().map(|((name, Read(word)), option)| ((name, word), option)).collect())
}
