//! The day of the week in a Welsh sentence: *dydd Mawrth* with a small letter, and softened to *ddydd Mawrth* after a
//! preposition that softens (Peter Wynn Thomas, *Gramadeg y Gymraeg*, 1996, on the soft mutation). A date is given whole,
//! *Dydd Mawrth 14 Gorffennaf 2026*, as it begins a sentence; where it stands is known only once the sentence is filled in.

use super::Value;

/// How a date begins by itself.
const DAY: &str = "Dydd ";
/// What stands for that in a sentence until its place is known: no keyboard has it.
const MARK: &str = "\u{e0dd}";
/// Prepositions after which it softens.
const SOFTENING: [&str; 13] =
    ["am", "ar", "at", "dan", "dros", "drwy", "gan", "heb", "hyd", "i", "o", "tan", "wrth"];

/// A value for a sentence: where it is a date, its beginning is left open.
pub(super) fn marked<'v>(value: &Value<'v>) -> Value<'v> {
    match value {
        Value::String(text) if is_date(text) => format!("{MARK}{}", &text[DAY.len()..]).into(),
        other => other.clone(),
    }
}

/// The weekday, the day and what follows.
fn is_date(text: &str) -> bool {
    let rest = text.strip_prefix(DAY).and_then(|rest| rest.split_once(' '));
    rest.is_some_and(|(weekday, day)| {
        weekday.chars().all(char::is_alphabetic) && day.starts_with(|first: char| first.is_ascii_digit())
    })
}

/// The sentence with the beginning of each date as its place wants it.
pub(super) fn filled(text: String) -> String {
    if !text.contains(MARK) {
        return text;
    }
    let mut filled = String::with_capacity(text.len() + DAY.len());
    for (place, part) in text.split(MARK).enumerate() {
        if place > 0 {
            let day = day_after(&filled);
            filled.push_str(day);
        }
        filled.push_str(part);
    }
    filled
}

fn day_after(before: &str) -> &'static str {
    let before = before.trim_end();
    if before.is_empty() || before.ends_with(['.', '!', '?', ':', '(', '“', '–', '-']) {
        return DAY;
    }
    let last = before.rsplit([' ', '\n', '(']).next().unwrap_or_default().to_lowercase();
    if SOFTENING.contains(&last.as_str()) { "ddydd " } else { "dydd " }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_softens_after_a_preposition_and_is_small_within_a_sentence() {
        let date = marked(&"Dydd Iau 6 Awst 2026".into());
        let Value::String(date) = date else { panic!("a text") };
        for (sentence, expected) in [
            ("Cafodd ei gadw ar {}.", "Cafodd ei gadw ar ddydd Iau 6 Awst 2026."),
            ("Cewch glywed erbyn {}", "Cewch glywed erbyn dydd Iau 6 Awst 2026"),
            ("{}: y cyfarfod", "Dydd Iau 6 Awst 2026: y cyfarfod"),
            ("Wedi’i anfon. {}", "Wedi’i anfon. Dydd Iau 6 Awst 2026"),
            ("O {} ymlaen, tan {}", "O ddydd Iau 6 Awst 2026 ymlaen, tan ddydd Iau 6 Awst 2026"),
        ] {
            assert_eq!(filled(sentence.replace("{}", &date)), expected);
        }
    }

    #[test]
    fn what_somebody_wrote_stays_as_it_is() {
        for words in ["Dydd Gŵyl Dewi", "Dydd", "Dydd Llun", "Ar Dydd Llun 3 Mai", "Diwrnod da"] {
            assert_eq!(marked(&words.into()), Value::from(words), "{words}");
        }
        assert_eq!(filled("Ar Dydd Llun 3 Mai".to_owned()), "Ar Dydd Llun 3 Mai");
    }
}
