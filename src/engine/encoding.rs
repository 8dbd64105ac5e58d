//! Bytes to text.
//!
//! PostgreSQL reads UTF-8 without NUL bytes. Whatever else stands in a file is one finding, and the rest of the file is linted all the same:
//! each byte that is no text becomes a `?`, and NUL a space, so that every offset stays true.

use super::load::FileText;

/// The first byte of a file that PostgreSQL could not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// Its offset in bytes.
    pub offset: u32,
    /// Which.
    pub kind: DamageKind,
}

/// Why a byte is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DamageKind {
    /// Not part of any UTF-8 character.
    NotUtf8(u8),
    /// NUL.
    Nul,
    /// The whole file is UTF-16, as its first bytes say.
    Utf16,
}

impl DamageKind {
    /// What is wrong, for a message.
    pub const fn explain(self) -> &'static str {
        match self {
            DamageKind::NotUtf8(_) => "is not UTF-8",
            DamageKind::Nul => "is NUL, which PostgreSQL does not read",
            DamageKind::Utf16 => "the file is UTF-16, which PostgreSQL does not read",
        }
    }
}

/// The text of a file.
pub(super) fn decode(mut bytes: Vec<u8>) -> FileText {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return FileText { text: "".into(), damage: Some(Damage { offset: 0, kind: DamageKind::Utf16 }) };
    }
    let nul = memchr::memchr(0, &bytes).map(|offset| Damage { offset: offset as u32, kind: DamageKind::Nul });
    if let Some(nul) = nul {
        bytes[nul.offset as usize..].iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = b' ');
    }
    match String::from_utf8(bytes) {
        Ok(text) => FileText { text: text.into(), damage: nul },
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            let damage = Damage { offset: offset as u32, kind: DamageKind::NotUtf8(bytes[offset]) };
            mask(&mut bytes, offset);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            FileText { text: text.into(), damage: Some(nul.filter(|nul| nul.offset < damage.offset).unwrap_or(damage)) }
        }
    }
}

/// Replaces every byte from `from` on that belongs to no character.
fn mask(bytes: &mut [u8], mut from: usize) {
    while let Err(error) = std::str::from_utf8(&bytes[from..]) {
        let start = from + error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |len| start + len);
        bytes[start..end].fill(b'?');
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_no_text_keeps_every_offset() {
        let file = decode(b"SELECT 'caf\xe9';\nSELECT '\xff\xfe';".to_vec());
        assert_eq!(&*file.text, "SELECT 'caf?';\nSELECT '??';");
        assert_eq!(file.damage, Some(Damage { offset: 11, kind: DamageKind::NotUtf8(0xe9) }));
    }

    #[test]
    fn nul_and_utf16_are_told_apart() {
        let nul = decode(b"a\0b\0".to_vec());
        assert_eq!((&*nul.text, nul.damage), ("a b ", Some(Damage { offset: 1, kind: DamageKind::Nul })));
        assert_eq!(decode(b"\xff\xfea\0".to_vec()).damage.map(|d| d.kind), Some(DamageKind::Utf16));
        assert_eq!(decode("ünï".as_bytes().to_vec()).damage, None);
    }
}
