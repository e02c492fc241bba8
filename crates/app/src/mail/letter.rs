//! One mail: an address, a line and a text. What is put into its head cannot begin a line of its own.

use crate::people::account::Mail as Address;
use chrono::{DateTime, Utc};
use waymark_domain::text::Digest;

/// The most characters of a subject; what is longer is cut.
const SUBJECT_CHARS: usize = 200;

/// What a letter is made of.
#[derive(Debug, Clone, Copy)]
pub struct NewLetter<'a> {
    /// To whom.
    pub to: &'a Address,
    /// What it is about, in a line.
    pub subject: &'a str,
    /// What it says.
    pub text: &'a str,
    /// What makes it this letter and no other: a repeat after a crash has the same, so that it can be recognised.
    pub identity: &'a [&'a [u8]],
}

/// A mail that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// What it is about: one line, without control characters.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The part of its Message-ID before the `@`: it tells nothing to who does not know what it was made from.
    pub id: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

impl Letter {
    /// Writes a letter.
    pub fn new(new: NewLetter<'_>, at: DateTime<Utc>) -> Self {
        let line = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
        let subject: String = new.subject.chars().map(line).take(SUBJECT_CHARS).collect();
        Self {
            to: new.to.as_str().to_owned(),
            subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
            text: new.text.to_owned(),
            id: Digest::of(new.identity).to_string(),
            at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_cannot_begin_a_line_of_the_head() {
        let to = Address::parse("ada@riverside.example").unwrap();
        let subject = "Ideas\r\nBcc: all@riverside.example\u{2028}X";
        let new = NewLetter { to: &to, subject, text: "", identity: &[b"1"] };
        let letter = Letter::new(new, DateTime::UNIX_EPOCH);
        assert_eq!(letter.subject, "Ideas Bcc: all@riverside.example X");
    }

    #[test]
    fn the_same_letter_has_the_same_id() {
        let to = Address::parse("ada@riverside.example").unwrap();
        let id = |identity: &[&[u8]]| {
            Letter::new(NewLetter { to: &to, subject: "", text: "", identity }, DateTime::UNIX_EPOCH).id
        };
        assert_eq!(id(&[b"digest", b"1"]), id(&[b"digest", b"1"]));
        assert_ne!(id(&[b"digest", b"1"]), id(&[b"digest", b"2"]));
    }
}
