//! Passwords: what is taken for one, and whether one is right.
//!
//! The rules are those of ASVS 5, section 6.2: length is what counts; nothing is asked of capital letters or signs; what
//! many people choose, and what everybody knows of a person, is refused.

use crate::env::Env;
use crate::error::Result;

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
/// [`Error::Internal`].
pub async fn hash(env: &Env, password: Password) -> Result<String> {
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

/// Is it what many people choose: a common word with figures and signs around it, one run of keys, one character?
fn is_common(typed: &str) -> bool {
    let folded = typed.to_lowercase();
    let plain: String = folded.chars().map(unleet).collect();
    let stem = plain.trim_matches(|c: char| !c.is_alphabetic());
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    // The figures at the end are a year, not letters.
    let unfigured: String = bare.chars().map(unleet).collect();
    let letters: String = plain.chars().filter(|c| c.is_alphabetic()).collect();
    let is_word = |word: &str| WORDS.split_whitespace().any(|common| common == word || twice(common) == word);
    let chars: Vec<char> = folded.chars().collect();
    let is_one = chars.windows(2).all(|pair| pair[0] == pair[1]);
    is_one || is_run(&folded) || [stem, bare, unfigured.as_str(), letters.as_str()].into_iter().any(is_word)
}

fn twice(word: &str) -> String {
    format!("{word}{word}")
}

/// What a figure or sign stands for where people write it instead of a letter.
const fn unleet(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Is the whole of it one run along the keyboard, the alphabet or the figures, there or back, maybe repeated?
fn is_run(folded: &str) -> bool {
    RUNS.iter().any(|run| {
        let back: String = run.chars().rev().collect();
        [*run, back.as_str()].into_iter().any(|run| run.repeat(PASSWORD_CHARS_MAX / 8).contains(folded))
    })
}

/// Is something in it that everybody knows of the person, or the name of the service?
fn is_known(typed: &str, known: &[&str]) -> bool {
    let folded = typed.to_lowercase();
    let words = known.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut parts = words.filter(|word| word.chars().count() >= PART_CHARS).map(str::to_lowercase);
    folded.contains("waymark") || parts.any(|part| folded.contains(&part))
}

const RUNS: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
    "q1w2e3r4t5y6u7i8o9p0",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Words that people choose: the words for passwords, months and days, places, teams, animals, names, and what is said
/// at work in a public service; in English and Welsh.
const WORDS: &str = "password passwort passphrase secret private login logon signin welcome hello letmein changeme \
    change default guest admin administrator root user username test testing temp temporary example demo qwerty qwertz \
    azerty asdf zxcv iloveyou loveyou lovely love lover trustno trustnoone master access open please thankyou \
    computer internet laptop windows office outlook google facebook twitter instagram youtube amazon netflix apple \
    samsung nintendo playstation xbox minecraft pokemon starwars superman batman spiderman ironman princess prince \
    queen king jesus heaven angel angels god devil magic wizard harrypotter hogwarts dumbledore gandalf matrix \
    monday tuesday wednesday thursday friday saturday sunday weekend holiday christmas easter halloween birthday \
    january february march april june july august september october november december spring summer autumn winter \
    sunshine rainbow flower flowers butterfly sunflower rose daisy lily snow snowball rain thunder lightning storm \
    monkey dragon tiger lion eagle falcon wolf horse pony dog cat kitten puppy bunny rabbit panda dolphin shark bear \
    football soccer rugby cricket tennis golf hockey baseball basketball hunter fishing runner running cycling \
    liverpool arsenal chelsea everton tottenham spurs manchester united city newcastle sunderland leeds villa westham \
    rangers celtic hearts hibs swansea cardiff wrexham england scotland ireland wales cymru britain london bristol \
    glasgow edinburgh belfast birmingham sheffield nottingham leicester southampton portsmouth plymouth norwich \
    michael michelle jessica jennifer charlie thomas george daniel matthew andrew joshua william oliver harry jack \
    jordan ashley robert richard david james john peter paul mark steven sophie chloe emily olivia amelia hannah \
    charlotte lauren rebecca rachel sarah samantha nicole natalie elizabeth victoria alexander benjamin samuel joseph \
    mother father mummy daddy family baby babygirl babyboy sister brother friend friends forever freedom peace happy \
    chocolate cookie cheese banana orange lemon cherry strawberry pepper ginger coffee biscuit sugar honey pizza \
    purple yellow orange silver golden diamond crystal black white blue green pink red \
    hospital ward nurse doctor medic patient health healthcare clinic surgery ambulance paramedic prison officer \
    police school teacher student pupil college university council service services public government department \
    manager management team staff meeting training induction innovation ideas suggestion suggestions waymark \
    cyfrinair croeso cariad ysgol ysbyty caerdydd abertawe gwasanaeth iechyd cyngor syniad syniadau athro nyrs meddyg \
    haul eira draig ddraig nadolig pasg gwanwyn haf hydref gaeaf dewi megan rhys owain gwen sian huw \
    qazwsx whatever nothing something everything anything blahblah foobar killer ninja pirate cowboy rockstar \
    metallica nirvana beatles elvis mustang ferrari porsche mercedes corvette harley yamaha honda toyota \
    blink lovehearts correcthorsebatterystaple letmeinplease opensesame ilovemyjob iloveyouso bigbrother abcabc abcd";

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
        ] {
            refused(typed, "sign-in-password-common");
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
