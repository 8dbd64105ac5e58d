//! The hash by which rows are spread over hash partitions: PostgreSQL's extended hash functions with the seed of partitions
//! (`hash_bytes_extended`, `hash_combine64`, `compute_partition_hash_value`), which give the same on every server.

use super::value::Datum;
use crate::catalog::model::{TypeId, TypeUse};

/// `HASH_PARTITION_SEED`
const SEED: u64 = 0x7A5B_2236_7996_DCFD;

/// The hash of a row's key; none if a part of it can't be told, or is of a type whose hash is not followed.
pub(super) fn of_row(key: &[(Datum, Option<TypeUse>)]) -> Option<u64> {
    let mut row: u64 = 0;
    for (datum, ty) in key {
        if *datum == Datum::Null {
            continue;
        }
        let hash = of_value(datum, ty.as_ref()?)?;
        let mixed = hash.wrapping_add(0x49a0_f4dd_15e5_a8e3).wrapping_add(row << 54).wrapping_add(row >> 7);
        row ^= mixed;
    }
    Some(row)
}

fn of_value(datum: &Datum, ty: &TypeUse) -> Option<u64> {
    if ty.array {
        return None;
    }
    let TypeId::BuiltIn(name) = ty.id else { return None };
    match (datum, name) {
        (Datum::Number(digits), "int2" | "int4") => Some(of_word(digits.parse::<i32>().ok()? as u32)),
        (Datum::Number(digits), "int8") => {
            let number = digits.parse::<i64>().ok()?;
            let (low, high) = (number as u32, (number >> 32) as u32);
            Some(of_word(low ^ if number >= 0 { high } else { !high }))
        }
        (Datum::Text(text), "text" | "varchar") => Some(of_bytes(text.as_bytes())),
        (Datum::Ordered(text), "uuid") => {
            let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
            let byte = |at: usize| digits.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
            Some(of_bytes(&(0..16).map(byte).collect::<Option<Vec<u8>>>()?))
        }
        (Datum::Ordered(is), "bool") => Some(of_word(u32::from(is == "true"))),
        _ => None,
    }
}

/// The three words that are mixed.
struct State {
    a: u32,
    b: u32,
    c: u32,
}

impl State {
    fn new(length: usize) -> State {
        let start = 0x9e37_79b9_u32.wrapping_add(length as u32).wrapping_add(3_923_095);
        let mut state = State { a: start.wrapping_add((SEED >> 32) as u32), b: start.wrapping_add(SEED as u32), c: start };
        state.mix();
        state
    }

    fn mix(&mut self) {
        let State { a, b, c } = self;
        for (by, step) in [4u32, 6, 8, 16, 19, 4].into_iter().zip(0u32..) {
            // The words take turns: each is lessened by the one before it, and that one grows by the next.
            let (x, y, z) = match step % 3 {
                0 => (&mut *a, &mut *b, &mut *c),
                1 => (&mut *b, &mut *c, &mut *a),
                _ => (&mut *c, &mut *a, &mut *b),
            };
            *x = x.wrapping_sub(*z) ^ z.rotate_left(by);
            *z = z.wrapping_add(*y);
        }
    }

    fn finish(self) -> u64 {
        let State { mut a, mut b, mut c } = self;
        c = (c ^ b).wrapping_sub(b.rotate_left(14));
        a = (a ^ c).wrapping_sub(c.rotate_left(11));
        b = (b ^ a).wrapping_sub(a.rotate_left(25));
        c = (c ^ b).wrapping_sub(b.rotate_left(16));
        a = (a ^ c).wrapping_sub(c.rotate_left(4));
        b = (b ^ a).wrapping_sub(a.rotate_left(14));
        c = (c ^ b).wrapping_sub(b.rotate_left(24));
        u64::from(b) << 32 | u64::from(c)
    }
}

/// `hash_bytes_uint32_extended`
fn of_word(word: u32) -> u64 {
    let mut state = State::new(4);
    state.a = state.a.wrapping_add(word);
    state.finish()
}

/// `hash_bytes_extended`
fn of_bytes(bytes: &[u8]) -> u64 {
    let mut state = State::new(bytes.len());
    let word = |part: &[u8]| part.iter().rev().fold(0u32, |word, byte| word << 8 | u32::from(*byte));
    let mut blocks = bytes.chunks_exact(12);
    for block in &mut blocks {
        state.a = state.a.wrapping_add(word(&block[..4]));
        state.b = state.b.wrapping_add(word(&block[4..8]));
        state.c = state.c.wrapping_add(word(&block[8..]));
        state.mix();
    }
    let rest = blocks.remainder();
    let part = |from: usize, to: usize| word(rest.get(from.min(rest.len())..to.min(rest.len())).unwrap_or_default());
    state.a = state.a.wrapping_add(part(0, 4));
    state.b = state.b.wrapping_add(part(4, 8));
    // The lowest byte of the third word is left to the length.
    state.c = state.c.wrapping_add(part(8, 11) << 8);
    state.finish()
}
