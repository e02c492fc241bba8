//! Masking: words of a text that others stand for.

/// A text with a mark in the place of words, wherever they stand as whole words, whatever their case and the space between
/// them; nothing where none of them stands in it.
pub fn masked(text: &str, words: &[&str], mark: &str) -> Option<String> {
    let mut wanted: Vec<Vec<char>> =
        words.iter().map(|words| plain(words)).filter(|w| !w.is_empty()).collect();
    // The longest first: a whole name before its first word.
    wanted.sort_by_key(|words| std::cmp::Reverse(words.len()));
    let said: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let (mut place, mut found) = (0, false);
    while place < said.len() {
        if let Some(length) = wanted.iter().find_map(|words| length(&said, place, words)) {
            masked.push_str(mark);
            place += length;
            found = true;
        } else {
            masked.push(said[place]);
            place += 1;
        }
    }
    found.then_some(masked)
}

/// Words with one space between them.
fn plain(words: &str) -> Vec<char> {
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
}

/// How long the words are that stand at a place of a text; nothing where they do not, or a longer word does.
fn length(said: &[char], place: usize, words: &[char]) -> Option<usize> {
    let mut at = place;
    for wanted in words {
        let length = match wanted {
            ' ' => said[at..].iter().take_while(|c| c.is_whitespace()).count(),
            wanted => usize::from(said.get(at).is_some_and(|c| c.to_lowercase().eq(wanted.to_lowercase()))),
        };
        at += Some(length).filter(|length| *length > 0)?;
    }
    let is_letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    let before = place.checked_sub(1).and_then(|place| said.get(place));
    let is_inside = (is_letter(before) && is_letter(words.first()))
        || (is_letter(said.get(at)) && is_letter(words.last()));
    (!is_inside).then_some(at - place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(text: &str, words: &[&str]) -> Option<String> {
        masked(text, words, "[masked]")
    }

    #[test]
    fn whole_words_are_masked_wherever_they_stand() {
        let text = "Mrs JONES fell. Ann\nJones, mrs jones\u{2019}s son: Jonesy.";
        let expected = "[masked] fell. [masked], [masked]\u{2019}s son: Jonesy.";
        assert_eq!(mask(text, &["Jones", "Mrs Jones", "Ann Jones"]).as_deref(), Some(expected));
    }

    #[test]
    fn letters_of_any_script_and_numbers_are_whole_words() {
        assert_eq!(
            mask("Si\u{f4}n rang 07700 900123.", &["SI\u{d4}N", "07700  900123"]).as_deref(),
            Some("[masked] rang [masked].")
        );
        assert_eq!(mask("Room 943, bed 9434", &["943"]).as_deref(), Some("Room [masked], bed 9434"));
        assert_eq!(mask("Call +44 1632 960000", &["+44 1632 960000"]).as_deref(), Some("Call [masked]"));
    }

    #[test]
    fn what_is_not_there_masks_nothing() {
        assert_eq!(mask("A drawer that closes", &["door", " ", ""]), None);
        assert_eq!(mask("", &["a"]), None);
        assert_eq!(mask("jon", &["jon es"]), None);
    }
}
