//! Passwords: what is taken for one, and whether one is right.
//!
//! The rules are those of ASVS 5, section 6.2: length is what counts; nothing is asked of capital letters or signs; what
//! many people choose, and what everybody knows of a person, is refused.

use crate::env::Env;
use crate::error::{Error, Result};
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::{Match, Score, zxcvbn};

/// The fewest characters of a password.
pub const PASSWORD_CHARS_MIN: usize = 8;
/// The most characters of a password.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Parts of names shorter than this say nothing when they are found inside a password.
const PART_CHARS: usize = 4;

/// A password that may be used.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// Parses what was typed; `known` is what everybody knows of the person: name, mail address.
    ///
    /// # Errors
    /// The key of the translations that says what is wrong.
    pub fn parse(typed: &str, known: &[&str]) -> Result<Self, &'static str> {
        let chars = typed.chars().count();
        match () {
            () if typed.is_empty() => Err("sign-in-password-empty"),
            () if chars < PASSWORD_CHARS_MIN => Err("sign-in-password-short"),
            () if chars > PASSWORD_CHARS_MAX => Err("sign-in-password-long"),
            () if typed.contains('\0') => Err("problem-control-character"),
            () if is_common(typed) => Err("sign-in-password-common"),
            () if is_known(typed, known) => Err("sign-in-password-known"),
            () => Ok(Self(typed.to_owned())),
        }
    }
}

/// Hashes a password. It takes a good part of a second: never inside a transaction.
///
/// # Errors
/// [`Error::Invalid`] on `password` where it is on the list of breached ones, [`Error::Internal`].
pub async fn hash(env: &Env, password: Password) -> Result<String> {
    if let Some(breached) = &env.breached
        && breached.has(&password.0).await?
    {
        return Err(Error::field("password", "sign-in-password-breached"));
    }
    env.hashing.hash(password.0, env.bytes()).await
}

/// A hash that no password has, for accounts that are not there: checking takes as long as with one.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Is it the password of the hash? It takes as long where there is no hash. Never inside a transaction.
///
/// # Errors
/// [`Error::Internal`].
pub async fn is_right(env: &Env, typed: &str, hash: Option<String>) -> Result<bool> {
    let is_somebodys = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
    Ok(env.hashing.is_right(typed.to_owned(), hash).await? && is_somebodys)
}

/// Is it what many people choose: soon guessed, or a word of the lists with figures and signs around it? The lists are those
/// of zxcvbn (30,000 passwords from breaches by how often they were chosen, names, words of English), and [`CHOSEN`].
fn is_common(typed: &str) -> bool {
    let folded = typed.to_lowercase();
    zxcvbn(&folded, &CHOSEN).score() < Score::Two || is_dressed(&folded)
}

/// Is at least half of it a word of the lists, or one twice, and the rest no letters? Guessing what lies around a word is
/// what whoever guesses does next, though zxcvbn counts it as if it were chance.
fn is_dressed(folded: &str) -> bool {
    let core = folded.trim_matches(|c: char| !c.is_alphabetic());
    let is_most = 2 * core.chars().count() >= folded.chars().count();
    let guessed = zxcvbn(core, &CHOSEN);
    let is_word = |one: &Match| !matches!(one.pattern, MatchPattern::BruteForce);
    is_most
        && !core.is_empty()
        && matches!(guessed.sequence(), [one] if is_word(one))
        && guessed.score() < Score::Two
}

/// Is something in it that everybody knows of the person, or the name of the service?
fn is_known(typed: &str, known: &[&str]) -> bool {
    let folded = typed.to_lowercase();
    let words = known.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut parts = words.filter(|word| word.chars().count() >= PART_CHARS).map(str::to_lowercase);
    folded.contains("waymark") || parts.any(|part| folded.contains(&part))
}

/// What people choose here that the lists do not have: words of a public service, and of Welsh.
const CHOSEN: [&str; 56] = [
    "welcome1",
    "letmeinplease",
    "opensesame",
    "ilovemyjob",
    "correcthorsebatterystaple",
    "healthcare",
    "paramedic",
    "ambulance",
    "induction",
    "innovation",
    "suggestion",
    "suggestions",
    "iechyd",
    "ysbyty",
    "ysgol",
    "cyngor",
    "cyfrinair",
    "croeso",
    "cariad",
    "caerdydd",
    "abertawe",
    "casnewydd",
    "wrecsam",
    "gwasanaeth",
    "syniad",
    "syniadau",
    "athro",
    "athrawes",
    "nyrs",
    "meddyg",
    "haul",
    "eira",
    "draig",
    "ddraig",
    "nadolig",
    "pasg",
    "gwanwyn",
    "haf",
    "hydref",
    "gaeaf",
    "cymru",
    "megan",
    "rhys",
    "owain",
    "gwen",
    "sian",
    "huw",
    "dewi",
    "ward7",
    "nhs",
    "nhsnhs",
    "staff",
    "council",
    "hospital",
    "prison",
    "teacher",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(typed: &str, key: &str) {
        let found = Password::parse(typed, &["Ada Price", "ada.price@riverside.example"]);
        assert_eq!(found, Err(key), "{typed}");
    }

    #[test]
    fn length_counts_characters_at_the_limits_and_one_beyond() {
        assert!(Password::parse("ŵŷŵŷkmpd", &[]).is_ok());
        refused("ŵŷŵŷkmp", "sign-in-password-short");
        assert!(Password::parse(&"blue trucks ".repeat(11)[..128], &[]).is_ok());
        refused(&"blue trucks ".repeat(11)[..129], "sign-in-password-long");
        refused("", "sign-in-password-empty");
    }

    #[test]
    fn what_many_people_choose_is_refused() {
        for typed in [
            "password",
            "Password1!",
            "P@ssw0rd2026",
            "qwertyuiop",
            "12345678",
            "87654321",
            "aaaaaaaaaa",
            "Welcome123",
            "liverpool96",
            "1qaz2wsx",
            "Summer2026!",
            "dragondragon",
            "!!monkey!!",
            "Croeso2026",
            "Iechyd-2026",
            "Nottingham1!",
            "p@55w0rdp@55w0rd",
            "19841984",
            "zaq12wsx",
        ] {
            refused(typed, "sign-in-password-common");
        }
    }

    #[test]
    fn a_word_that_is_the_lesser_part_spoils_no_password() {
        for typed in ["7391-monkey-40-26-81", "8264!sun!9173"] {
            assert!(Password::parse(typed, &[]).is_ok(), "{typed}");
        }
    }

    #[test]
    fn what_everybody_knows_of_a_person_is_refused() {
        for typed in ["Price-of-tea-9", "river RIVERSIDE 22", "my waymark key"] {
            refused(typed, "sign-in-password-known");
        }
    }

    #[test]
    fn three_words_and_signs_of_any_kind_are_taken() {
        for typed in
            ["kettle marble thursday-ish", "correct horse lorry", "пароль-для-меня-9", "🦊🦉🐝🐞🦋🐌🐛🦗"]
        {
            assert!(Password::parse(typed, &["Ada Price"]).is_ok(), "{typed}");
        }
    }
}
