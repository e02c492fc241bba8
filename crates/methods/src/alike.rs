//! Which of some texts are most like another: words find them, words and letter runs together rank them.
//!
//! Two measures are added. BM25 over stems (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section
//! 3.2) says how much of what a text is about is shared. The cosine of runs of three to five letters within words, TF-IDF
//! with `1 + ln(count)` and smoothed document frequencies (Manning, Raghavan and Schütze, Introduction to Information
//! Retrieval, 2008, sections 6.2 to 6.4), forgives endings, typing errors and the mutations of Welsh. Either alone finds
//! fewer of the labelled duplicates of `app/tests/it/similar.rs` than both.

use crate::text::{fold, stem_of, stems, telling_words};
use std::collections::HashMap;

/// How often texts have letter runs is counted in so many cells, 1 MB while it is asked: runs that share one are taken for
/// equally rare.
const CELL_BITS: u32 = 20;
/// Letter runs of these lengths.
const RUNS: std::ops::RangeInclusive<usize> = 3..=5;
/// How soon a word that comes again adds nothing more (BM25's k₁).
const SATURATION: f64 = 1.2;
/// How far a long text counts less for each word (BM25's b).
const LENGTH: f64 = 0.75;
/// A word that is asked for more often than this is not asked for more.
const ASKED_MOST: f64 = 3.0;
/// What the words count beside the letter runs, where the best of the words is 1.
const WORDS_SHARE: f64 = 0.3;
/// So many of the best by words are judged by letter runs too, which cost more.
const JUDGED: usize = 60;

/// How often texts have words: for each word that is sought, and how many texts there are. Both may be counted up to a
/// limit only: what is counted no further is common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Texts that have the word, in the order of [`Sought::words`].
    pub with_word: Vec<u32>,
    /// Texts in all.
    pub texts: u32,
}

/// A text that others are compared with.
#[derive(Debug, Clone)]
pub struct Sought {
    words: Vec<(String, f64)>,
    runs: Runs,
}

/// One of the others, ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Its place in the list that was given.
    pub place: usize,
    /// By which it is ranked: its share of words and its likeness together.
    pub score: f64,
    /// How alike the letter runs are, 0 to 1.
    pub alike: f64,
}

impl Sought {
    /// Reads a text. At most `limit` different stems are sought: those that it has most often, then those that come
    /// first.
    pub fn new(text: &str, limit: usize) -> Self {
        let folded = fold(text);
        let mut words: Vec<(String, f64)> = Vec::new();
        for stem in stems(&folded) {
            match words.iter_mut().find(|(known, _)| *known == stem) {
                Some((_, times)) => *times += 1.0,
                None => words.push((stem.into_owned(), 1.0)),
            }
        }
        // The sort is stable: among equals the first stays first.
        words.sort_by(|a, b| b.1.total_cmp(&a.1));
        words.truncate(limit);
        Self { words, runs: runs(&folded) }
    }

    /// The stems that are sought.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// The places of the words that tell most about the text and that some other text has: by how often they are in the
    /// text times how rare they are elsewhere, the most telling first.
    pub fn telling(&self, counts: &Counts) -> Vec<usize> {
        let weight = |place: usize| self.words[place].1 * rarity(counts.with_word[place], counts.texts);
        let mut places: Vec<usize> =
            (0..self.words.len()).filter(|place| counts.with_word[*place] > 0).collect();
        places
            .sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(self.words[*a].0.cmp(&self.words[*b].0)));
        places
    }

    /// Other texts, folded by [`fold`], the most alike first; where two are equal the one given first. Those that share
    /// no word are left out. Weights come from the counts and from these texts alone, so a text that is in neither
    /// changes nothing.
    ///
    /// Linear in the number of letters of all texts, but for sorting.
    pub fn rank(&self, others: &[&str], counts: &Counts) -> Vec<Ranked> {
        let mut shared = self.by_words(others, counts);
        shared.truncate(JUDGED);
        let Some(best) = shared.first().map(|(_, score)| *score) else { return Vec::new() };
        let judged: Vec<Runs> = shared.iter().map(|(place, _)| runs(others[*place])).collect();
        let alike = alikeness(&self.runs, &judged);
        let mut ranked: Vec<Ranked> = shared
            .into_iter()
            .zip(alike)
            .map(|((place, words), alike)| Ranked { place, score: alike + WORDS_SHARE * words / best, alike })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
        ranked
    }

    /// BM25 of each text that shares a word, the best first.
    fn by_words(&self, others: &[&str], counts: &Counts) -> Vec<(usize, f64)> {
        let places = Places::of(self.words());
        let texts: Vec<Had> = others.iter().map(|other| Had::of(other, &places)).collect();
        let mean = (texts.iter().map(|text| text.length).sum::<f64>() / float(texts.len())).max(1.0);
        let weight = |((_, asked), with_word): (&(String, f64), &u32)| {
            rarity(*with_word, counts.texts) * asked.min(ASKED_MOST)
        };
        let weights: Vec<f64> = self.words.iter().zip(&counts.with_word).map(weight).collect();
        let all = texts.iter().map(|text| text.score(&weights, mean)).enumerate();
        let mut scored: Vec<(usize, f64)> = all.filter(|(_, score)| *score > 0.0).collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scored
    }
}

/// The places of the stems that are sought.
struct Places<'s> {
    by_stem: HashMap<&'s str, usize>,
    /// Does one of them begin with some three letters? Most words of most texts are none of them, and are not cut.
    beginnings: [bool; BEGINNINGS],
}

/// Beginnings are told apart as far as that.
const BEGINNINGS: usize = 4_096;

impl<'s> Places<'s> {
    fn of(stems: impl Iterator<Item = &'s str>) -> Self {
        let by_stem: HashMap<&str, usize> = stems.zip(0..).collect();
        let mut beginnings = [false; BEGINNINGS];
        for stem in by_stem.keys() {
            beginnings[beginning(stem)] = true;
        }
        Self { by_stem, beginnings }
    }

    /// The place of a word's stem, which begins as the word does.
    fn of_word(&self, word: &str) -> Option<usize> {
        let may_be = self.beginnings[beginning(word)];
        may_be.then(|| self.by_stem.get(&*stem_of(word)).copied()).flatten()
    }
}

/// The first three bytes of a word as a number below [`BEGINNINGS`].
fn beginning(word: &str) -> usize {
    let bytes = word.bytes().take(3).fold(0_usize, |all, byte| all * 33 + usize::from(byte));
    bytes % BEGINNINGS
}

/// What a text has of the words that are sought.
struct Had {
    /// How often it has each, by their places.
    times: Vec<f64>,
    /// How many stems it has in all.
    length: f64,
}

impl Had {
    fn of(folded: &str, places: &Places<'_>) -> Self {
        let mut had = Self { times: vec![0.0; places.by_stem.len()], length: 0.0 };
        for word in telling_words(folded) {
            had.length += 1.0;
            if let Some(place) = places.of_word(word) {
                had.times[place] += 1.0;
            }
        }
        had
    }

    /// BM25 with the weight of each word, beside texts of a mean length.
    fn score(&self, weights: &[f64], mean: f64) -> f64 {
        let least = SATURATION * (1.0 - LENGTH + LENGTH * self.length / mean);
        let of_word = |(times, weight): (&f64, &f64)| weight * times * (SATURATION + 1.0) / (times + least);
        self.times.iter().zip(weights).filter(|(times, _)| **times > 0.0).map(of_word).sum()
    }
}

/// How little a word is in texts: the logarithm of all by those that have it, never below nought.
fn rarity(with_word: u32, texts: u32) -> f64 {
    let (with_word, texts) = (f64::from(with_word), f64::from(texts.max(with_word)));
    (1.0 + (texts - with_word + 0.5) / (with_word + 0.5)).ln()
}

/// Letter runs as numbers in order, each with how often it occurs.
type Runs = Vec<(u64, f64)>;

/// How alike runs are to each of some others, 0 to 1. Weights come from all of these together.
fn alikeness(own: &Runs, others: &[Runs]) -> Vec<f64> {
    // There are no more than [`JUDGED`] and one.
    let texts = u8::try_from(others.len() + 1).unwrap_or(u8::MAX);
    let mut texts_with = vec![0_u8; 1 << CELL_BITS];
    for (run, _) in others.iter().chain(std::iter::once(own)).flatten() {
        let with = &mut texts_with[cell(*run)];
        // Runs that share a cell may be in one text both; no more than all texts have one.
        *with = with.saturating_add(1).min(texts);
    }
    let rare = |with: u8| ((1.0 + f64::from(texts)) / (1.0 + f64::from(with))).ln() + 1.0;
    let weights: Vec<f64> = (0..=texts).map(rare).collect();
    let weight = |(run, times): &(u64, f64)| {
        // Most runs occur once, and the logarithm of that is nought.
        let often = if *times > 1.0 { 1.0 + times.ln() } else { 1.0 };
        often * weights[usize::from(texts_with[cell(*run)])]
    };
    let own: Runs = own.iter().map(|run| (run.0, weight(run))).collect();
    others.iter().map(|other| cosine(&own, other, weight)).collect()
}

/// The letter runs of a folded text; a space marks a word's edge.
fn runs(folded: &str) -> Runs {
    let mut all: Vec<u64> = Vec::with_capacity(folded.len() * RUNS.count());
    let mut letters: Vec<char> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        letters.clear();
        letters.extend(std::iter::once(' ').chain(word.chars()).chain([' ']));
        all.extend((0..letters.len()).flat_map(|from| numbers(&letters[from..])));
    }
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).map(|same| (same[0], float(same.len()))).collect()
}

/// The runs that begin with the first of some letters, each as a number: FNV-1a over its letters (Fowler, Noll and Vo,
/// 1991), the same on every machine, unlike the standard hasher.
fn numbers(letters: &[char]) -> impl Iterator<Item = u64> {
    let number = |hash: &mut u64, c: &char| {
        *hash = (*hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3);
        Some(*hash)
    };
    letters.iter().take(*RUNS.end()).scan(0xcbf2_9ce4_8422_2325, number).skip(RUNS.start() - 1)
}

/// The cell of a run: all its bits folded into the few, as the hash's authors advise. The first bits alone are mixed badly
/// in short runs and cost a hundredth of the recall.
fn cell(run: u64) -> usize {
    let folded = run ^ (run >> CELL_BITS) ^ (run >> (2 * CELL_BITS));
    usize::try_from(folded & ((1 << CELL_BITS) - 1)).unwrap_or_default()
}

/// The cosine of weights with those of the runs of another text; both are in order of their runs.
fn cosine(own: &Runs, other: &Runs, weight: impl Fn(&(u64, f64)) -> f64) -> f64 {
    let (mut dot, mut square) = (0.0, 0.0);
    let mut rest = own.iter().peekable();
    for run in other {
        let weight = weight(run);
        square += weight * weight;
        while rest.next_if(|(known, _)| *known < run.0).is_some() {}
        if let Some((_, own)) = rest.next_if(|(known, _)| *known == run.0) {
            dot += own * weight;
        }
    }
    let own = own.iter().map(|(_, weight)| weight * weight).sum::<f64>();
    let lengths = own.sqrt() * f64::sqrt(square);
    if lengths > 0.0 { dot / lengths } else { 0.0 }
}

/// A count of texts as a number to reckon with; exact below 2³².
fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(sought: &Sought, others: &[String]) -> Counts {
        let has = |word: &str| others.iter().filter(|other| stems(other).any(|stem| stem == word)).count();
        let with_word = sought.words().map(|word| u32::try_from(has(word)).unwrap()).collect();
        Counts { with_word, texts: u32::try_from(others.len()).unwrap() }
    }

    fn ranked(text: &str, others: &[&str]) -> Vec<Ranked> {
        let folded: Vec<String> = others.iter().map(|other| fold(other)).collect();
        let sought = Sought::new(text, 40);
        let counts = counted(&sought, &folded);
        sought.rank(&folded.iter().map(String::as_str).collect::<Vec<_>>(), &counts)
    }

    #[test]
    fn the_same_text_comes_first_and_nothing_in_common_does_not_come() {
        let text = "Blood bottles run out every weekend";
        let found = ranked(text, &["Parking permits", "Blood bottle stock at weekends", text]);
        assert_eq!(found.iter().map(|one| one.place).collect::<Vec<_>>(), [2, 1]);
        assert!((found[0].alike - 1.0).abs() < 1e-9 && found[1].alike > 0.3, "{found:?}");
        assert!(ranked("", &["Parking permits"]).is_empty() && ranked(text, &[]).is_empty());
    }

    #[test]
    fn a_misspelt_word_and_a_mutated_one_still_count() {
        let wrong =
            ranked("The anaesthetic trolley is lost", &["Trolley for anesthetics", "Trolley for laundry"]);
        assert_eq!(wrong[0].place, 0, "{wrong:?}");
        let welsh = ranked("Poteli gwaed y claf", &["Gwaed ym mhotel y ward", "Gwaed ar gadair y ward"]);
        assert_eq!(welsh[0].place, 0, "{welsh:?}");
    }

    #[test]
    fn the_words_that_tell_are_often_here_and_rarely_elsewhere() {
        let sought = Sought::new("bottle bottle bottle ward weekend", 3);
        assert_eq!(sought.words().collect::<Vec<_>>(), ["bottl", "ward", "weekend"]);
        let counts = Counts { with_word: vec![10, 90, 0], texts: 100 };
        assert_eq!(sought.telling(&counts), [0, 1]);
        let rare = Counts { with_word: vec![80, 90, 1], texts: 100 };
        assert_eq!(sought.telling(&rare), [2, 0, 1]);
    }

    #[test]
    fn a_stem_begins_as_its_word_does() {
        let words = "nations stations ladies tries creates creating elevated makers boxes readily ŵynau tŷs orderings";
        for word in words.split(' ') {
            assert_eq!(beginning(word), beginning(&stem_of(word)), "{word}: {}", stem_of(word));
        }
    }

    #[test]
    fn runs_are_counted_over_all_words_and_kept_in_order() {
        let all = runs("bed beds");
        let of = |run: &str| {
            let number = numbers(&run.chars().collect::<Vec<_>>()).next();
            all.iter().find(|(known, _)| Some(*known) == number).map(|(_, times)| *times)
        };
        assert_eq!((of("bed"), of("eds"), of("xyz")), (Some(2.0), Some(1.0), None));
        assert!(all.is_sorted_by(|a, b| a.0 < b.0));
    }
}
