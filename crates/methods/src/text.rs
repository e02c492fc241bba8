//! Texts as words, in English and Welsh, offline: folded (small letters without diacritics) and cut to a light stem. They
//! find texts in an index and are shown as the reason; [`alike`](crate::alike) ranks what they find.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The most letters of a word that are kept: no word that people share is longer, and an index has its limits.
const WORD_CHARS: usize = 40;
/// The shortest word that tells anything.
const SHORTEST: usize = 3;

/// Words that say nothing about what a text is about, folded, in both languages.
const STOP: &[&str] = &[
    // English
    "about after again all also always and any are because been before being but can could did does doing \
     done down each even every few for from get gets getting give goes going had has have having her here him \
     his how into its just know less like lot lots made make makes many may more most much must need needs \
     not now off often one only other our out over own people same she should since some still such take than \
     that the their them then there these they thing things this those through too under until use used using \
     very want was way were what when where which while who why will with without would you your",
    // Welsh
    "ac achos aeth allan allwn am ar arall at bod bob bydd byddai byddwn cael cafodd chi dan dim drwy dros \
     dydy dyma dyna ein eich eisiau ei er eraill eto eu fel felly fod fwy fydd fyddai gael gan gyda hefyd heb \
     hwn hon hyn hynny iawn llawer mae maen mewn mwy nad ni nid nhw oedd oes ohono ond pam pan pawb pob roedd \
     rydym rydyn sut sy sydd trwy tua wedi wneud yma yn yna yno yr",
];

/// Words that find others and are no reason by themselves: how many, and who or what in general, in both languages.
const VAGUE: &str = "two three four five six seven eight nine ten anybody anyone anything everybody everyone everything \
    nobody none nothing somebody someone something dau dwy tri tair pedwar pump neb rhywbeth rhywun";

/// The same by their first letter, to be looked up: every word of every candidate is.
static SILENT: LazyLock<[Vec<&str>; 256]> = LazyLock::new(|| {
    let mut by_letter = std::array::from_fn(|_| Vec::new());
    for word in STOP.iter().flat_map(|words| words.split(' ')) {
        by_letter[first_byte(word)].push(word);
    }
    by_letter
});

/// Where a word of [`SILENT`] stands.
fn first_byte(word: &str) -> usize {
    word.as_bytes().first().copied().unwrap_or_default().into()
}

/// Does a folded word say nothing about what a text is about?
fn is_silent(word: &str) -> bool {
    SILENT[first_byte(word)].contains(&word)
}

/// English endings, the longest first, with what they leave; a stem keeps at least four letters.
const ENDINGS: &[(&str, &str)] = &[
    ("ations", "at"),
    ("ation", "at"),
    ("ating", "at"),
    ("ated", "at"),
    ("ates", "at"),
    ("ate", "at"),
    ("ments", "ment"),
    ("ings", ""),
    ("ies", "y"),
    ("ing", ""),
    ("ers", "er"),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
    ("e", ""),
];
/// The shortest stem.
const STEM_CHARS: usize = 4;

/// Small letters without diacritics; everything that is no letter or digit becomes one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            // A straight or curly apostrophe joins: don't, i'r.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            c if c.is_alphanumeric() => push_plain(&mut folded, c),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A letter without its diacritic: those of Latin-1 and of Latin Extended-A, which has the circumflexes of Welsh.
fn push_plain(out: &mut String, c: char) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ð' | 'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẽ' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' => 's',
        'ţ' | 'ť' | 'ŧ' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'æ' => return out.push_str("ae"),
        'œ' => return out.push_str("oe"),
        'ß' => return out.push_str("ss"),
        other => other,
    };
    out.push(plain);
}

/// The stem of a folded word: endings of English cut, never below four letters. Welsh words have few of them and change
/// at the front instead, which the letter runs forgive.
pub fn stem(word: &str) -> Cow<'_, str> {
    // Most words end in no letter of these: asked first, since every word of every candidate is cut.
    let last = word.as_bytes().last();
    let mut endings = ENDINGS.iter().filter(|(ending, _)| ending.as_bytes().last() == last);
    let cut = endings.find_map(|(ending, left)| {
        let rest = word.strip_suffix(ending)?;
        let is_plural_of_s = *ending == "s" && rest.ends_with('s');
        let is_long_enough = rest.chars().count() + left.len() >= STEM_CHARS;
        (is_long_enough && !is_plural_of_s).then(|| joined(word, rest.len(), left))
    });
    cut.unwrap_or(Cow::Borrowed(word))
}

/// The first bytes of a word and what an ending leaves: mostly the word itself to a point.
fn joined<'w>(word: &'w str, rest: usize, left: &str) -> Cow<'w, str> {
    let (rest, ending) = word.split_at(rest);
    if ending.starts_with(left) {
        Cow::Borrowed(&word[..rest.len() + left.len()])
    } else {
        Cow::Owned(format!("{rest}{left}"))
    }
}

/// The stems of a folded text, in their order, without words that say nothing. Numbers stay.
pub fn stems(folded: &str) -> impl Iterator<Item = Cow<'_, str>> {
    telling(folded).map(|(_, stem)| stem)
}

/// The stems of a text as it was typed.
pub fn words(text: &str) -> Vec<String> {
    stems(&fold(text)).map(Cow::into_owned).collect()
}

/// Each telling word of a folded text with its stem.
fn telling(folded: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    telling_words(folded).map(|word| (word, stem_of(word)))
}

/// The words of a folded text that say what it is about.
pub(crate) fn telling_words(folded: &str) -> impl Iterator<Item = &str> {
    let is_long = |word: &&str| word.chars().nth(SHORTEST - 1).is_some();
    folded.split(' ').filter(move |word| is_long(word) && !is_silent(word))
}

/// The stem of a telling word as it is kept. It begins with the first three letters of the word.
pub(crate) fn stem_of(word: &str) -> Cow<'_, str> {
    kept(stem(word))
}

/// The term under which an index has a folded word: its stem; where it says nothing about what a text is about, the word
/// itself behind a mark that no stem has, so that those who compare texts never meet it.
pub fn term(word: &str) -> Cow<'_, str> {
    if telling_words(word).next().is_some() {
        stem_of(word)
    } else {
        Cow::Owned(format!("{SILENT_MARK}{}", kept(Cow::Borrowed(word))))
    }
}

/// Before words that say nothing: folded words are letters and digits alone.
pub(crate) const SILENT_MARK: char = '_';

/// The terms of a folded text, each once, in order.
pub fn terms(folded: &str) -> BTreeSet<Cow<'_, str>> {
    folded.split(' ').filter(|word| !word.is_empty()).map(term).collect()
}

/// As much of a stem as is kept.
fn kept(stem: Cow<'_, str>) -> Cow<'_, str> {
    match (stem.char_indices().nth(WORD_CHARS), &stem) {
        (None, _) => stem,
        (Some((end, _)), Cow::Borrowed(word)) => Cow::Borrowed(&word[..end]),
        (Some((end, _)), Cow::Owned(word)) => Cow::Owned(word[..end].to_owned()),
    }
}

/// The words of `text`, as they are written there, whose stems are also among `other`: at most `limit`, the longest
/// first, since long words tell more.
pub fn shared(text: &str, other: &[String], limit: usize) -> Vec<String> {
    let other: BTreeSet<&str> = other.iter().map(String::as_str).collect();
    let mut seen = BTreeSet::new();
    let mut found: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .filter(|word| {
            let is_shared = |(word, stem): (&str, Cow<'_, str>)| {
                let is_vague = VAGUE.split(' ').any(|vague| vague == word);
                !is_vague && other.contains(&*stem) && seen.insert(stem.into_owned())
            };
            telling(&fold(word)).any(is_shared)
        })
        .map(str::to_lowercase)
        .collect();
    found.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), word.clone()));
    found.truncate(limit);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_takes_case_and_diacritics_away_in_both_languages() {
        assert_eq!(fold("  Tŷ’r Cyngor – ŴYN, £5!"), "tyr cyngor wyn 5");
        assert_eq!(fold("Café  CRÈME e\u{301}"), "cafe creme e");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn words_lose_endings_and_what_says_nothing() {
        assert_eq!(words("We are ordering the bottles on Thursdays"), ["order", "bottl", "thursday"]);
        assert_eq!(words("Mae’r poteli gwaed yn rhedeg allan"), ["maer", "poteli", "gwaed", "rhedeg"]);
        assert_eq!(words("orders ordered order"), ["order", "order", "order"]);
        assert_eq!(words("a an it 1 22 333"), ["333"]);
    }

    #[test]
    fn every_word_has_a_term_and_those_that_say_nothing_have_a_mark() {
        let folded = fold("The wards need no ward, a £5 bed; we NEEDED it");
        let all: Vec<_> = terms(&folded).into_iter().collect();
        assert_eq!(all, ["_5", "_a", "_it", "_need", "_no", "_the", "_we", "bed", "need", "ward"]);
        assert!(terms("").is_empty());
        assert_eq!(term(&"x".repeat(50)).chars().count(), 40);
    }

    #[test]
    fn a_stem_keeps_four_letters() {
        for (word, expected) in [("bus", "bus"), ("less", "less"), ("glass", "glass"), ("beds", "beds")] {
            assert_eq!(stem(word), expected, "{word}");
        }
        assert_eq!((&*stem("nurses"), &*stem("nurse"), &*stem("stations")), ("nurs", "nurs", "stat"));
        assert_eq!((&*stem("injuries"), &*stem("orderings")), ("injury", "order"));
    }

    #[test]
    fn the_reason_is_words_as_they_were_written() {
        let other = words("Blood bottle orders come late");
        assert_eq!(shared("The Bottles: ordering BLOOD bottles", &other, 2), ["ordering", "bottles"]);
        let vague = words("Nobody has two bottles for somebody");
        assert_eq!(shared("Two of us, and nobody brings bottles", &vague, 4), ["bottles"]);
        assert!(shared("Nothing alike", &other, 5).is_empty());
    }
}
