//! References such as `WM-2026-7K3Q-9FT`: the year, six random characters and a check character.
//!
//! Crockford's alphabet (no I, L, O, U) is read aloud without mistakes; random characters need no counter to lock
//! and tell nobody how many records there are. The check is a weighted sum modulo 31, a prime just under the
//! alphabet's 32, so that one wrong character and any two neighbours swapped are found.

use crate::spelt::{ALPHABET, fold};
use serde::{Deserialize, Serialize};

const PRIME: u32 = 31;

/// A record's reference, as people say it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

impl Reference {
    /// The reference of a year from random bits, of which the lowest 30 are used.
    pub fn new(year: i32, random: u32) -> Self {
        let body: Vec<u8> = (0..6).map(|place| ALPHABET[(random >> (5 * place)) as usize & 31]).collect();
        let check = check_character(year, &body);
        let text = String::from_utf8_lossy(&body).into_owned();
        Self(format!("WM-{year:04}-{}-{}{}", &text[..4], &text[4..], char::from(check)))
    }

    /// Reads a reference as typed: case, spaces and hyphens do not matter, O is 0 and I and L are 1.
    /// Nothing where it is of another form or the check character is wrong.
    pub fn parse(typed: &str) -> Option<Self> {
        let plain: Vec<u8> = typed.bytes().filter(|b| !matches!(b, b'-' | b' ')).map(fold).collect();
        let digits = plain.strip_prefix(b"WM").filter(|rest| rest.len() == 11)?;
        let year: i32 = std::str::from_utf8(&digits[..4]).ok()?.parse().ok()?;
        let known = digits[4..].iter().all(|c| ALPHABET.contains(c));
        if !known || check_character(year, &digits[4..10]) != digits[10] {
            return None;
        }
        let text = std::str::from_utf8(&digits[4..]).ok()?;
        Some(Self(format!("WM-{year:04}-{}-{}", &text[..4], &text[4..])))
    }

    /// The reference as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Weights 2, 3, … over the year's digits and the body; each weight is below the prime and no two are equal.
fn check_character(year: i32, body: &[u8]) -> u8 {
    let year = format!("{year:04}");
    let sum: u32 =
        year.bytes().chain(body.iter().copied()).zip(2..).map(|(c, weight)| value(c) * weight).sum();
    ALPHABET[(sum % PRIME) as usize]
}

fn value(character: u8) -> u32 {
    ALPHABET.iter().zip(0..).find_map(|(c, place)| (*c == character).then_some(place)).unwrap_or(0)
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reference {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text} is not a reference"))
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_however_it_is_typed() {
        let reference = Reference::new(2026, 0x2A5F_13C7);
        let typed = reference.as_str().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(Reference::parse(&typed), Some(reference));
    }

    #[test]
    fn one_wrong_character_is_nearly_always_found() {
        let reference = Reference::new(2026, 123_456_789);
        let printed = reference.as_str();
        let mut missed = 0;
        for place in [8, 9, 10, 11, 13, 14] {
            for other in ALPHABET {
                let mut typed = printed.as_bytes().to_vec();
                typed[place] = *other;
                let typed = String::from_utf8(typed).expect("ascii");
                missed += u32::from(typed != printed && Reference::parse(&typed).is_some());
            }
        }
        // 0 and Z differ by 31, so that one pair is not told apart.
        assert!(missed <= 6, "{missed} of 186 wrong characters were not found");
    }

    #[test]
    fn two_neighbours_swapped_are_found() {
        let reference = Reference::new(2026, 987_654_321);
        let mut typed = reference.as_str().as_bytes().to_vec();
        assert_ne!(typed[8], typed[9]);
        typed.swap(8, 9);
        assert_eq!(Reference::parse(std::str::from_utf8(&typed).expect("ascii")), None);
    }
}
