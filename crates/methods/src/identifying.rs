//! What in a text could tell who somebody is: numbers that look like those of health, police, prisons, schools, courts or
//! insurance, telephone numbers, addresses, and names of people. It points out, and takes nothing away.
//!
//! Sources of the shapes: NHS number and its check digit (NHS Data Dictionary, modulus 11); Community Health Index of
//! Scotland (ten digits that begin with a date); National Insurance number (HMRC, two letters, six digits, a letter);
//! PNC identifier (`2005/0123456X`) and CRO number (`123456/05X`); prison number (`A1234BC`); unique pupil number (a
//! letter, twelve digits); case numbers of the Crown Court and of civil courts (`T20217001`, `1AB23456`).

/// The most that is pointed out in one text.
const MOST: usize = 10;
/// The most words that one number is written in.
const PARTS: usize = 5;

/// What something looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Looks {
    /// The name of a person.
    Name,
    /// A health number.
    Health,
    /// A number of police or prisons.
    Police,
    /// A case number of a court.
    Case,
    /// A pupil's number.
    Pupil,
    /// A National Insurance number.
    Insurance,
    /// A telephone number.
    Telephone,
    /// A mail address.
    Mail,
    /// A postcode.
    Postcode,
}

impl Looks {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Health,
        Self::Police,
        Self::Case,
        Self::Pupil,
        Self::Insurance,
        Self::Telephone,
        Self::Mail,
        Self::Postcode,
    ];

    /// The name in keys of words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Health => "health",
            Self::Police => "police",
            Self::Case => "case",
            Self::Pupil => "pupil",
            Self::Insurance => "insurance",
            Self::Telephone => "telephone",
            Self::Mail => "mail",
            Self::Postcode => "postcode",
        }
    }
}

/// Words of a text that could tell who somebody is, as they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What they look like.
    pub looks: Looks,
    /// The words.
    pub words: String,
}

/// What in a text could tell who somebody is, each once, in its order, at most ten. `own` are names that may stand there:
/// of the place, the body.
pub fn identifying(text: &str, own: &[&str]) -> Vec<Found> {
    let words: Vec<Word<'_>> = words(text).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut place = 0;
    while place < words.len() && found.len() < MOST {
        let hit = number(&words[place..]).or_else(|| name(&words, place, own));
        let Some((looks, length)) = hit else {
            place += 1;
            continue;
        };
        let said = words[place..place + length].iter().map(|word| word.plain).collect::<Vec<_>>().join(" ");
        let new = Found { looks, words: said };
        if !found.contains(&new) {
            found.push(new);
        }
        place += length;
    }
    found
}

/// A word with what is around it.
#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    /// Without the marks around it.
    plain: &'t str,
    /// Does a sentence begin with it?
    begins: bool,
    /// Does a mark end it, so that the next word is of something else?
    ends: bool,
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut begins = true;
    text.lines().flat_map(|line| line.split_whitespace().enumerate()).filter_map(move |(place, typed)| {
        let plain = typed.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
        let begun = begins || place == 0;
        begins = typed.ends_with(['.', '!', '?', ':', '”', '"']);
        let ends = typed.ends_with(|c: char| !c.is_alphanumeric());
        (!plain.is_empty()).then_some(Word { plain, begins: begun, ends })
    })
}

/// The shape of letters and digits: `A` for a letter, `9` for a digit, anything else as it is.
fn shape(text: &str) -> String {
    let mask = |c: char| {
        if c.is_ascii_digit() {
            '9'
        } else if c.is_ascii_alphabetic() {
            'A'
        } else {
            c
        }
    };
    text.chars().map(mask).collect()
}

/// A number that begins with the first of the words, with how many it takes: the longest.
fn number(words: &[Word<'_>]) -> Option<(Looks, usize)> {
    (1..=PARTS.min(words.len())).rev().find_map(|length| {
        let parts = &words[..length];
        let is_one = parts[..length - 1].iter().all(|part| !part.ends && part.plain.len() <= 5);
        let joined: String = parts.iter().map(|part| part.plain.replace('-', "")).collect();
        let looks = is_one.then(|| looks(&joined, length)).flatten()?;
        Some((looks, length))
    })
}

fn looks(joined: &str, length: usize) -> Option<Looks> {
    let digits = joined.trim_start_matches('+');
    match shape(digits).as_str() {
        "9999999999" if is_nhs(digits) || is_chi(digits) => Some(Looks::Health),
        "AA999999A" => Some(Looks::Insurance),
        "A9999AA" | "9999/9999999A" | "99/9999999A" | "999999/99A" | "99999/99A" if length == 1 => {
            Some(Looks::Police)
        }
        "A999999999999" => Some(Looks::Pupil),
        "A99999999" | "9AA99999" if length == 1 => Some(Looks::Case),
        "99999999999" | "999999999999" if is_telephone(digits) => Some(Looks::Telephone),
        "A99AA" | "A999AA" | "AA99AA" | "AA999AA" | "A9A9AA" | "AA9A9AA" if length <= 2 => {
            is_postcode(joined).then_some(Looks::Postcode)
        }
        _ if length == 1 && is_mail(joined) => Some(Looks::Mail),
        _ => None,
    }
}

/// Eleven digits from a nought, or twelve from the code of the country.
fn is_telephone(digits: &str) -> bool {
    let from = if digits.len() == 11 { "0" } else { "44" };
    digits.starts_with(from)
}

/// Ten digits of which the last checks the nine before: 11 less their sum, weighed 10 to 2, modulo 11.
fn is_nhs(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = values.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && values.get(9) == Some(&check)
}

/// Ten digits that begin with a day and a month.
fn is_chi(digits: &str) -> bool {
    let two = |from: usize| digits.get(from..from + 2).and_then(|two| two.parse::<u32>().ok());
    matches!((two(0), two(2)), (Some(1..=31), Some(1..=12)))
}

/// The inward part of a postcode is a digit and two letters that are none of C, I, K, M, O and V.
fn is_postcode(joined: &str) -> bool {
    let inward: Vec<char> = joined.chars().rev().take(2).collect();
    joined.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && inward.iter().all(|letter| !"CIKMOV".contains(*letter))
}

fn is_mail(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && host.contains('.') && !host.starts_with('.'))
}

/// Titles before a name, in English and Welsh.
const TITLES: &str =
    "Mr Mrs Ms Miss Mx Dr Prof Professor Sgt Sergeant PC DC Judge Sir Dame Nurse Sister Matron";

/// Words with a capital that are no part of a person's name.
const NO_NAMES: &str = "I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June \
    July August September October November December Christmas Easter NHS GP GPs HR IT English Welsh \
    Wales England Scotland Ireland Britain British London Cardiff Ward Wing Unit Room Year Street Road \
    National Insurance Lane Avenue Close House Hall Court Crown County Council Trust Hospital School \
    College University Board Union Act Speak Shared World";

fn is_listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// The name of a person that begins with a word, with how many words it takes: a title and a name, or two names within a
/// sentence. Without a title a name ends with its line: the next may be the answer to another question.
fn name(words: &[Word<'_>], place: usize, own: &[&str]) -> Option<(Looks, usize)> {
    let (first, next) = (words[place], words.get(place + 1)?);
    if first.ends && !is_listed(TITLES, first.plain) {
        return None;
    }
    let further = words.get(place + 2).filter(|third| !next.ends && !third.begins && is_name(third, own));
    let length = if further.is_some() { 3 } else { 2 };
    if is_listed(TITLES, first.plain) && is_name(next, own) {
        return Some((Looks::Name, length));
    }
    let is_within = !first.begins && !next.begins;
    (is_within && is_name(&first, own) && is_name(next, own)).then_some((Looks::Name, length))
}

/// A capital and then small letters, and no word that is known for something else.
fn is_name(word: &Word<'_>, own: &[&str]) -> bool {
    let mut letters = word.plain.trim_end_matches("'s").trim_end_matches("’s").chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase);
    let rest: Vec<char> = letters.collect();
    let is_small =
        rest.iter().any(|c| c.is_lowercase()) && rest.iter().all(|c| c.is_alphabetic() || "'’-".contains(*c));
    let is_own =
        own.iter().any(|name| name.split_whitespace().any(|part| part.trim_matches(',') == word.plain));
    is_capital && is_small && !is_own && !is_listed(NO_NAMES, word.plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Looks, String)> {
        let own = ["Ward 4", "Riverside Hospital"];
        identifying(text, &own).into_iter().map(|found| (found.looks, found.words)).collect()
    }

    #[test]
    fn numbers_are_found_in_each_way_of_writing_them() {
        let cases = [
            ("His NHS number is 943 476 5919.", Looks::Health, "943 476 5919"),
            ("no 9434765919, again", Looks::Health, "9434765919"),
            ("943-476-5919", Looks::Health, "943-476-5919"),
            ("CHI 0101336489 was wrong", Looks::Health, "0101336489"),
            ("her NI is QQ 12 34 56 C", Looks::Insurance, "QQ 12 34 56 C"),
            ("PNC 2005/0123456X", Looks::Police, "2005/0123456X"),
            ("moved A1234BC twice", Looks::Police, "A1234BC"),
            ("CRO 123456/05X", Looks::Police, "123456/05X"),
            ("pupil A123456789012", Looks::Pupil, "A123456789012"),
            ("case T20217001 fell", Looks::Case, "T20217001"),
            ("ring 01632 960 001 now", Looks::Telephone, "01632 960 001"),
            ("ring +44 1632 960001", Looks::Telephone, "+44 1632 960001"),
            ("write to dai@home.example.", Looks::Mail, "dai@home.example"),
            ("lives at CF10 1AA now", Looks::Postcode, "CF10 1AA"),
        ];
        for (text, looks, words) in cases {
            assert_eq!(found(text), [(looks, words.to_owned())], "{text}");
        }
    }

    #[test]
    fn numbers_of_the_work_itself_are_left_alone() {
        let plain = [
            "943 476 5918 fails its check digit",
            "It costs £12,500 for 30 beds since 2019, 24/7.",
            "Bay 3 bed 12, 0800 to 2000, form AB12.",
            "We wait 2.5 hours on 14/07/2026",
            "WM-2026-7K3Q-9FT says the same",
        ];
        for text in plain {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn names_of_people_are_found_and_names_of_places_of_work_are_not() {
        assert_eq!(found("Then Mrs Parri fell."), [(Looks::Name, "Mrs Parri".to_owned())]);
        assert_eq!(found("Dr. Hallam said so"), [(Looks::Name, "Dr Hallam".to_owned())]);
        assert_eq!(found("we told Bea Okafor and she left"), [(Looks::Name, "Bea Okafor".to_owned())]);
        assert_eq!(found("seen by Siân O’Neill-Jones"), [(Looks::Name, "Siân O’Neill-Jones".to_owned())]);
        for plain in [
            "The porters of Riverside Hospital wait. Nobody comes on Monday.",
            "Ward 4 has it. Order on Thursday.",
            "In March Wales played England.",
            "We have none on Saturdays\nBigger orders",
        ] {
            assert_eq!(found(plain), [], "{plain}");
        }
    }

    #[test]
    fn each_is_said_once_and_not_without_end() {
        let text = "Mrs Parri and Mrs Parri. ".repeat(3) + &"ring 01632 960 001 or ".repeat(3);
        assert_eq!(found(&text).len(), 2, "{:?}", found(&text));
        let many = (0..30).map(|n| format!("A1{n:03}BC and")).collect::<Vec<_>>().join(" ");
        assert_eq!(found(&many).len(), MOST);
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        assert!(is_nhs("9434765919") && is_nhs("4505577104") && !is_nhs("9434765910"));
    }
}
