//! What people copy by hand: Crockford's digits and letters (no I, L, O, U), read aloud and written down without mistakes.

/// The thirty-two characters, five bits each.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters in a group, where nothing else is said.
const GROUP: usize = 5;

/// Crockford's reading of one character: case does not matter, O is 0, I and L are 1.
pub(crate) const fn fold(byte: u8) -> u8 {
    match byte.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    }
}

/// What was typed, as it would have been written: gaps, hyphens and case do not matter.
pub fn read(typed: &str) -> String {
    let known = typed.bytes().filter(u8::is_ascii_alphanumeric);
    known.map(|byte| char::from(fold(byte))).collect()
}

/// A secret to be copied by hand.
#[derive(Clone, PartialEq, Eq)]
pub struct Spelt(String);

impl Spelt {
    /// Spells random bytes: one character for each, of which the lowest five bits are used.
    pub fn of(random: &[u8]) -> Self {
        Self(random.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect())
    }

    /// Reads what was copied. Nothing where it is not `length` characters of the alphabet.
    pub fn parse(typed: &str, length: usize) -> Option<Self> {
        let spelt = read(typed);
        let is_known = spelt.bytes().all(|byte| ALPHABET.contains(&byte));
        (spelt.len() == length && is_known).then_some(Self(spelt))
    }

    /// The characters without hyphens.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The characters in groups of so many, with hyphens between.
    pub fn in_groups(&self, size: usize) -> String {
        let all: Vec<char> = self.0.chars().collect();
        let groups = all.chunks(size.max(1)).map(|group| group.iter().collect::<String>());
        groups.collect::<Vec<_>>().join("-")
    }
}

impl std::fmt::Display for Spelt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_groups(GROUP))
    }
}

/// Kept out of logs.
impl std::fmt::Debug for Spelt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Spelt(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_by_hand_is_read_kindly() {
        let spelt = Spelt::of(&[1, 0, 31, 16, 9, 10, 11, 12, 13, 14]);
        assert_eq!(spelt.to_string(), "10ZG9-ABCDE");
        assert_eq!(spelt.in_groups(4), "10ZG-9ABC-DE");
        assert_eq!(Spelt::parse(" io zg9abc-de", 10), Some(spelt));
        for wrong in ["", "10ZG9-ABCD", "10ZG9-ABCDEF", "10ZG9-ABCDU", "10ZG9-ABCDÉ"] {
            assert_eq!(Spelt::parse(wrong, 10), None, "{wrong}");
        }
    }

    #[test]
    fn a_log_does_not_have_it() {
        assert!(!format!("{:?}", Spelt::of(&[7; 25])).contains('7'));
    }
}
