//! From bytes to text: which encoding a file is in, recognised and said.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// How the characters of a file were stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stored {
    /// UTF-8, with or without a byte order mark; also a workbook, which is always so inside.
    Utf8,
    /// UTF-16, told by its byte order mark.
    Utf16,
    /// Not valid UTF-8, so taken for what spreadsheets on Western Windows write.
    Windows1252,
}

impl Stored {
    /// What to tell the person, where there is anything to tell.
    pub fn remark(self) -> Option<&'static str> {
        (self == Self::Windows1252).then_some(
            "The file is not UTF-8; it was read as Windows-1252. Look at accented letters (ŵ, ŷ are not in it).",
        )
    }
}

/// The text of a file without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> (String, Stored) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8_or_windows(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return (wide(rest, UTF_16LE), Stored::Utf16);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return (wide(rest, UTF_16BE), Stored::Utf16);
    }
    utf8_or_windows(bytes)
}

fn wide(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn utf8_or_windows(bytes: &[u8]) -> (String, Stored) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Stored::Utf8),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), Stored::Windows1252),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_gives_the_same_words() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("£café".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let utf16_big: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain("£café".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let cases: [(&[u8], Stored); 5] = [
            ("£café".as_bytes(), Stored::Utf8),
            ("\u{FEFF}£café".as_bytes(), Stored::Utf8),
            (&utf16, Stored::Utf16),
            (&utf16_big, Stored::Utf16),
            (b"\xA3caf\xE9", Stored::Windows1252),
        ];
        for (bytes, stored) in cases {
            assert_eq!(decode(bytes), ("£café".to_owned(), stored), "{bytes:?}");
        }
    }

    #[test]
    fn only_a_guessed_encoding_is_remarked_on() {
        assert!(Stored::Windows1252.remark().is_some());
        assert!(Stored::Utf8.remark().is_none() && Stored::Utf16.remark().is_none());
    }
}
