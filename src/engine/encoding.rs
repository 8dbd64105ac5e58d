//! Bytes to text.
//!
//! PostgreSQL reads UTF-8 without NUL bytes. Whatever else stands in a file is one finding a kind, and the rest of the file is linted all the
//! same: each byte that is no text becomes a `?`, and NUL a space, so that every offset stays true.

use crate::text::{Damage, DamageKind, Span};

use super::load::FileText;

/// The text of a file.
pub fn decode(mut bytes: Vec<u8>) -> FileText {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let mut damage = Damage::new(DamageKind::Utf16);
        damage.add(Span::empty(0));
        return FileText { text: "".into(), damages: vec![damage] };
    }
    let mut nul = Damage::new(DamageKind::Nul);
    let mut from = 0;
    while let Some(next) = memchr::memchr(0, &bytes[from..]) {
        let at = from + next;
        nul.add(Span::new(at as u32, at as u32 + 1));
        bytes[at] = b' ';
        from = at + 1;
    }
    let mut no_utf8 = Damage::new(DamageKind::NotUtf8);
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let from = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            mask(&mut bytes, from, &mut no_utf8);
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    let mut damages: Vec<Damage> = [no_utf8, nul].into_iter().filter(|damage| damage.bytes > 0).collect();
    damages.sort_by_key(Damage::first);
    FileText { text: text.into(), damages }
}

/// Replaces every byte from `from` on that belongs to no character, and notes it.
fn mask(bytes: &mut [u8], mut from: usize, damage: &mut Damage) {
    while let Err(error) = std::str::from_utf8(&bytes[from..]) {
        let start = from + error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |len| start + len);
        bytes[start..end].fill(b'?');
        damage.add(Span::new(start as u32, end as u32));
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each damage of a file as its kind, its places and the number of its bytes.
    fn damages(bytes: &[u8]) -> Vec<(DamageKind, Vec<Span>, u32)> {
        let told = |damage: Damage| (damage.kind, damage.places, damage.bytes);
        decode(bytes.to_vec()).damages.into_iter().map(told).collect()
    }

    #[test]
    fn a_byte_that_is_no_text_keeps_every_offset() {
        let bytes = b"SELECT 'caf\xe9';\nSELECT '\xff\xfe';";
        assert_eq!(&*decode(bytes.to_vec()).text, "SELECT 'caf?';\nSELECT '??';");
        assert_eq!(damages(bytes), [(DamageKind::NotUtf8, vec![Span::new(11, 12), Span::new(23, 25)], 3)]);
    }

    #[test]
    fn each_kind_is_told_in_the_order_of_the_file() {
        assert_eq!(&*decode(b"a\0b\0\xff".to_vec()).text, "a b ?");
        assert_eq!(
            damages(b"a\0b\0\xff"),
            [(DamageKind::Nul, vec![Span::new(1, 2), Span::new(3, 4)], 2), (DamageKind::NotUtf8, vec![Span::new(4, 5)], 1)]
        );
        assert_eq!(damages(b"\xff a\0"), [(DamageKind::NotUtf8, vec![Span::new(0, 1)], 1), (DamageKind::Nul, vec![Span::new(3, 4)], 1)]);
        assert_eq!(damages(b"\xff\xfea\0"), [(DamageKind::Utf16, vec![Span::new(0, 0)], 0)]);
        assert_eq!(damages("ünï".as_bytes()), []);
    }
}
