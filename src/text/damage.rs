//! What of a file is no text, once it has been made one: a byte that is not UTF-8 is a `?` there, and NUL a space.

use super::Span;

/// The bytes of one kind that PostgreSQL could not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Which kind.
    pub kind: DamageKind,
    /// Where they stand, in order, neighbours taken together. Of a file that is no text at all only the first places are told apart; the last
    /// one goes from there to the last such byte.
    pub places: Vec<Span>,
    /// How many there are.
    pub bytes: u32,
}

/// Why a byte is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DamageKind {
    /// Not part of any UTF-8 character.
    NotUtf8,
    /// NUL.
    Nul,
    /// The whole file is UTF-16, as its first bytes say.
    Utf16,
}

impl Damage {
    /// How many places are told apart: no statement is short enough to need more, and memory stays small for files that hold no text.
    const MAX_PLACES: usize = 1 << 16;

    /// None of `kind` yet.
    pub const fn new(kind: DamageKind) -> Self {
        Self { kind, places: Vec::new(), bytes: 0 }
    }

    /// Adds the bytes at `place`, which stand behind all others.
    pub fn add(&mut self, place: Span) {
        self.bytes += place.len();
        let is_full = self.places.len() == Self::MAX_PLACES;
        match self.places.last_mut() {
            Some(last) if last.end == place.start || is_full => last.end = place.end,
            _ => self.places.push(place),
        }
    }

    /// The offset of the first byte.
    pub fn first(&self) -> u32 {
        self.places.first().map_or(0, |place| place.start)
    }

    /// Whether any of the bytes stands in `span`.
    pub fn touches(&self, span: Span) -> bool {
        let next = self.places.partition_point(|place| place.end <= span.start);
        self.places.get(next).is_some_and(|place| place.start < span.end)
    }

    /// What is wrong, for a message.
    pub fn explain(&self) -> String {
        let first = self.first();
        let more = self.bytes.saturating_sub(1);
        match (self.kind, more) {
            (DamageKind::Utf16, _) => "the file is UTF-16, which PostgreSQL does not read".to_owned(),
            (DamageKind::NotUtf8, 0) => format!("byte {first} of the file is not UTF-8"),
            (DamageKind::NotUtf8, 1) => format!("byte {first} of the file is not UTF-8, and neither is one more"),
            (DamageKind::NotUtf8, _) => format!("byte {first} of the file is not UTF-8, and neither are {more} more"),
            (DamageKind::Nul, 0) => format!("byte {first} of the file is NUL, which PostgreSQL does not read"),
            (DamageKind::Nul, 1) => format!("byte {first} of the file is NUL, which PostgreSQL does not read, and so is one more"),
            (DamageKind::Nul, _) => format!("byte {first} of the file is NUL, which PostgreSQL does not read, and so are {more} more"),
        }
    }

    /// What to do about it.
    pub const fn help(&self) -> &'static str {
        match (self.kind, self.bytes) {
            (DamageKind::Nul, 1) => "take the byte out",
            (DamageKind::Nul, _) => "take the bytes out",
            (DamageKind::NotUtf8 | DamageKind::Utf16, _) => "save the file as UTF-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_place_and_places_are_not_endless() {
        let mut damage = Damage::new(DamageKind::Nul);
        for at in [3, 4, 9] {
            damage.add(Span::new(at, at + 1));
        }
        assert_eq!((damage.places.as_slice(), damage.bytes, damage.first()), ([Span::new(3, 5), Span::new(9, 10)].as_slice(), 3, 3));
        assert_eq!([0, 3, 4, 5, 9].map(|at| damage.touches(Span::new(at, at + 1))), [false, true, true, false, true]);
        for at in 10..200_000 {
            damage.add(Span::new(2 * at, 2 * at + 1));
        }
        assert_eq!(damage.places.len(), Damage::MAX_PLACES);
        assert!(damage.touches(Span::new(399_998, 399_999)) && !damage.touches(Span::new(399_999, 400_000)));
    }
}
