//! What people write: values that cannot be wrong, and the digest by which an event vouches for them.
//!
//! The words themselves lie beside the journal, so that they can be erased while the chain stays whole: an event
//! carries [`WordsRef`], whose digest is salted, and the salt is erased with the text.

use crate::ids::PartyId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The language that a person wrote in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Welsh.
    Cy,
}

impl Language {
    /// Every language, in the order in which a choice of them is shown.
    pub const ALL: [Self; 2] = [Self::En, Self::Cy];

    /// The language's name in that language, since whoever looks for it may read no other.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Cy => "Cymraeg",
        }
    }

    /// The code of the HTML `lang` attribute.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
        }
    }

    /// The language of a code such as `cy` or `cy-GB`; nothing for a language that Waymark does not speak.
    pub fn parse(code: &str) -> Option<Self> {
        match code.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("en") => Some(Self::En),
            Some("cy") => Some(Self::Cy),
            _ => None,
        }
    }
}

/// What is wrong with something typed. The words for it come from the translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// Nothing was typed.
    Empty,
    /// More characters than the limit, which is carried.
    TooLong(usize),
    /// A control character (NUL and its kin) that no keyboard types.
    ControlCharacter,
    /// Not of the form that is asked for.
    Malformed,
}

/// Trims, folds line ends to `\n` and checks a text against a limit of characters.
///
/// # Errors
/// [`Problem`] where nothing is left, the limit (characters, not bytes) is passed or a control character is in it.
pub fn clean(typed: &str, limit_chars: usize) -> Result<String, Problem> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Problem::ControlCharacter);
    }
    if text.chars().count() > limit_chars {
        return Err(Problem::TooLong(limit_chars));
    }
    Ok(text.to_owned())
}

/// Declares a text of one kind with its limit in characters: `Title::parse(&str) -> Result<Title, Problem>`.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $limit:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const LIMIT_CHARS: usize = $limit;

            /// Parses what was typed.
            pub fn parse(typed: &str) -> Result<Self, Problem> {
                clean(typed, Self::LIMIT_CHARS).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

text!(
    /// What an idea or a problem is called; one line.
    Title,
    crate::limits::TITLE_CHARS
);
text!(
    /// A paragraph or a few that a person wrote: the problem, the solution, the words of an answer.
    Prose,
    crate::limits::PROSE_CHARS
);
text!(
    /// What somebody says about a record.
    Remark,
    crate::limits::COMMENT_CHARS
);
text!(
    /// One line: a name, an event to wait for, a meeting.
    Line,
    crate::limits::LINE_CHARS
);

/// Which text of a record it is. The name is written in the journal and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// What it is called.
    Title,
    /// What is the problem.
    Problem,
    /// What would you do.
    Solution,
    /// The decider's own words.
    Answer,
    /// What would change the answer.
    WouldChange,
    /// The event that *not now* waits for.
    Awaited,
    /// A question to the contributor, or *ask why*.
    Question,
    /// The reply to a question.
    Reply,
    /// Why something was moved, sent on, withdrawn, objected to or opened again.
    Why,
    /// What we did (three lines).
    Did,
    /// What changed (three lines).
    Changed,
    /// News from a person about the record.
    News,
    /// Where a decision was taken: meeting and minute reference.
    Meeting,
    /// An imported problem's further sections.
    Details,
    /// Whose budget hours come from.
    Budget,
    /// What somebody says about a record.
    Comment,
    /// The name that somebody without an account put on what they told.
    Credit,
}

impl Field {
    /// The name in the database and in digests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Problem => "problem",
            Self::Solution => "solution",
            Self::Answer => "answer",
            Self::WouldChange => "would-change",
            Self::Awaited => "awaited",
            Self::Question => "question",
            Self::Reply => "reply",
            Self::Why => "why",
            Self::Did => "did",
            Self::Changed => "changed",
            Self::News => "news",
            Self::Meeting => "meeting",
            Self::Details => "details",
            Self::Budget => "budget",
            Self::Comment => "comment",
            Self::Credit => "credit",
        }
    }
}

/// SHA-256, shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Reads 64 hexadecimal digits; nothing for any other text.
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The digest of fields, each with its length before it so that no two lists of fields look alike.
    pub fn of(fields: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        Self(hash.finalize().into())
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        Self::parse(&hex).ok_or_else(|| serde::de::Error::custom("not 64 hexadecimal digits"))
    }
}

/// How an event names a text: where it lies and what it must hash to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsRef {
    /// Which text.
    pub field: Field,
    /// The record's version at which it was written; with the field it is the text's key.
    pub version: u32,
    /// See [`Words::digest`].
    pub digest: Digest,
}

/// A text that was written anew in its own place: what vouched for it until then, and what does from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remade {
    /// The text, as the last event names it that vouched for it.
    pub was: WordsRef,
    /// See [`Words::digest`].
    pub digest: Digest,
}

impl WordsRef {
    /// Takes in what vouches for the text from now on, where it is among those that were written anew.
    pub fn renew(&mut self, texts: &[Remade]) {
        let own = texts.iter().find(|text| text.was == *self);
        self.digest = own.map_or(self.digest, |text| text.digest);
    }
}

/// A text of a record, as it lies beside the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The record it belongs to.
    pub record: Uuid,
    /// Which text.
    pub field: Field,
    /// The record's version at which it was written.
    pub version: u32,
    /// What language it is in.
    pub language: Language,
    /// Random; erased with the text, after which the digest tells nothing.
    pub salt: [u8; 16],
    /// Who wrote it, where that is not the actor of the event that carries it.
    pub author: Option<PartyId>,
    /// The text.
    pub body: String,
}

impl Words {
    /// The digest that the event carries: over every column of the text's row.
    pub fn digest(&self) -> Digest {
        let author = self.author.map(|party| party.0.into_bytes());
        Digest::of(&[
            self.record.as_bytes(),
            self.field.name().as_bytes(),
            &self.version.to_be_bytes(),
            self.language.code().as_bytes(),
            &self.salt,
            author.as_ref().map_or(&[], <[u8; 16]>::as_slice),
            self.body.as_bytes(),
        ])
    }

    /// What the event carries of it.
    pub fn reference(&self) -> WordsRef {
        WordsRef { field: self.field, version: self.version, digest: self.digest() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_and_its_limit_counts_characters() {
        assert_eq!(clean("  ŵyl\r\nfach ", 8), Ok("ŵyl\nfach".to_owned()));
        assert_eq!(clean("ŵŵŵŵ", 3), Err(Problem::TooLong(3)));
        assert_eq!(clean(" \n ", 3), Err(Problem::Empty));
        assert_eq!(clean("a\0b", 3), Err(Problem::ControlCharacter));
    }

    #[test]
    fn fields_cannot_slide_into_each_other() {
        assert_ne!(Digest::of(&[b"ab", b"c"]), Digest::of(&[b"a", b"bc"]));
        assert_ne!(Digest::of(&[b"ab"]), Digest::of(&[b"ab", b""]));
    }

    #[test]
    fn a_digest_is_read_as_it_is_written() {
        let digest = Digest::of(&[b"x"]);
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("é"), None);
    }
}
