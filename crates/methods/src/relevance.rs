//! The order *best match first* of texts that a search found. Every one has all that is sought, so how rare a word is
//! elsewhere does not part them: how often they say it for their length does, with more weight in the title, and words
//! that stand together as they were typed. Nothing but the texts themselves is read, so that no other text can change their order.

use crate::query::Query;
use crate::text::{SILENT_MARK, term};
use std::collections::BTreeMap;

/// How soon a word that comes again stops counting: `k1` of BM25 (Robertson and Zaragoza, *The Probabilistic Relevance
/// Framework: BM25 and Beyond*, 2009, section 3.5, which says 1.2 to 2).
const SATURATION: f64 = 1.2;
/// How far long texts are set back: `b` there (0.5 to 0.8).
const LENGTH: f64 = 0.75;
/// A word in the title counts like so many in the text (BM25F there, section 3.6, with the title's weight of ours).
const TITLE: f64 = 3.0;

/// A text that was found, both folded; its words have those of its title among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// Its title.
    pub title: &'a str,
    /// All its words.
    pub words: &'a str,
}

/// The places of `texts`, the best match first; texts that match as well stay in their order.
///
/// Linear in the number of words of all texts, but for sorting.
pub fn best_first(query: &Query, texts: &[Text<'_>]) -> Vec<usize> {
    let wanted = Wanted::new(query);
    let counted: Vec<Counted> = texts.iter().map(|text| wanted.count(*text)).collect();
    let words: f64 = counted.iter().map(|one| one.words).sum();
    let average = words / f64::from(u32::try_from(texts.len().max(1)).unwrap_or(u32::MAX));
    let scores: Vec<f64> = counted.iter().map(|one| one.score(average)).collect();
    let mut places: Vec<usize> = (0..texts.len()).collect();
    places.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    places
}

/// What counts: the telling words of a search, and which of them stand one after another there.
struct Wanted<'a> {
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Wanted<'a> {
    fn new(query: &'a Query) -> Self {
        let telling: Vec<&str> =
            query.terms.iter().map(String::as_str).filter(|term| !term.starts_with(SILENT_MARK)).collect();
        // Where all of them say nothing by themselves, they are what there is.
        let terms =
            if telling.is_empty() { query.terms.iter().map(String::as_str).collect() } else { telling };
        Self { places: terms.into_iter().enumerate().map(|(place, term)| (term, place)).collect() }
    }

    fn count(&self, text: Text<'_>) -> Counted {
        let mut counted = Counted { words: 0.0, times: vec![0.0; 2 * self.places.len()] };
        counted.words = self.note(text.words, (1.0, &mut counted.times));
        // Those of the title are counted among all words once already.
        self.note(text.title, (TITLE - 1.0, &mut counted.times));
        counted
    }

    /// Adds a weight for each word that is sought and for each that follows the one before it as in the search. Gives
    /// how many words the text has.
    fn note(&self, text: &str, (weight, times): (f64, &mut [f64])) -> f64 {
        let (mut words, mut last) = (0.0, None);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            words += 1.0;
            let place = self.place(word);
            if let Some(place) = place {
                times[place] += weight;
                if place > 0 && last == Some(place - 1) {
                    times[self.places.len() + place] += weight;
                }
            }
            last = place;
        }
        words
    }

    /// Which of the wanted words a word is. A stem begins as its word does, so that most words need not be cut.
    fn place(&self, word: &str) -> Option<usize> {
        let first = word.as_bytes().first();
        let begins = |term: &&str| term.trim_start_matches(SILENT_MARK).as_bytes().first() == first;
        self.places.keys().any(begins).then(|| self.places.get(term(word).as_ref()).copied())?
    }
}

/// How often a text has what is wanted, weighted, and how many words it has.
struct Counted {
    words: f64,
    times: Vec<f64>,
}

impl Counted {
    /// BM25 without the part that says how rare a word is.
    fn score(&self, average: f64) -> f64 {
        let length = 1.0 - LENGTH + LENGTH * self.words / average.max(1.0);
        self.times.iter().map(|times| times * (SATURATION + 1.0) / (times + SATURATION * length)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn order(typed: &str, texts: &[(&str, &str)]) -> Vec<usize> {
        let folded: Vec<(String, String)> =
            texts.iter().map(|(title, rest)| (fold(title), fold(&format!("{title}\n{rest}")))).collect();
        let texts: Vec<Text<'_>> = folded.iter().map(|(title, words)| Text { title, words }).collect();
        best_first(&Query::parse(typed), &texts)
    }

    #[test]
    fn what_is_about_it_comes_before_what_names_it() {
        let texts = [
            ("Trolleys", "The trolley has no room for forms, gloves, a clock, tea and blood bottles."),
            ("Blood bottles run out", "Nobody knows who orders them."),
            (
                "Stock",
                "Blood bottles run out. Who orders bottles? The ward does, when the blood bottles are gone.",
            ),
        ];
        assert_eq!(order("blood bottles", &texts), [1, 2, 0]);
        assert_eq!(order("the bottle of blood", &texts)[2], 0, "words that say nothing do not count");
    }

    #[test]
    fn words_that_stand_together_come_first() {
        let texts = [("A", "bed for a loan of one more pump"), ("B", "a loan bed for one more of a pump")];
        assert_eq!(order("loan bed", &texts), [1, 0]);
    }

    #[test]
    fn a_long_text_does_not_win_by_its_length() {
        let long = format!("{}pump", "tea ".repeat(60));
        let texts = [("Ward", long.as_str()), ("Ward", "the pump is late")];
        assert_eq!(order("pump", &texts), [1, 0]);
        // Nor does it lose where it says more.
        let often = "the pump is late ".repeat(3);
        assert_eq!(order("pump", &[("Ward", often.as_str()), texts[0]]), [0, 1]);
    }

    #[test]
    fn equals_stay_as_they_are_and_nothing_is_lost() {
        let same = [("Keys", "The keys are lost"); 5];
        assert_eq!(order("keys", &same), [0, 1, 2, 3, 4]);
        assert_eq!(order("the", &same), [0, 1, 2, 3, 4], "a search of silent words alone");
        assert_eq!(order("keys", &[]), Vec::<usize>::new());
        assert_eq!(order("keys", &[("", "")]), [0], "what was erased");
    }
}
