//! Does a text belong to somebody else than a box of ideas: danger now, wrongdoing, a complaint, a cry for help, the press?
//!
//! A list of words in groups (`cues.txt`), each group with a weight for each door; how many of a group a text has counts
//! by its root, three at most. Nothing is learnt while it runs, and each reading can say by which words.
//!
//! Cost: one pass over the text.

mod cues;

use crate::text::fold;
use cues::{CUES, Cues};

/// How many doors there are: danger, wrongdoing, complaint, help, press, in this order wherever they are counted.
pub const DOORS: usize = 5;

/// Odds against an ordinary text from which it is asked whether it is one: in eightfold cross-validation on the texts that
/// the cues were weighed by, 5 of 100 ordinary ones are.
const ASKED: f64 = 0.57;
/// Odds from which it is in doubt even where its writer says that it is an ordinary one: 1.5 of 100 ordinary ones there.
const DOUBTED: f64 = 2.18;
/// More cues of one group say nothing more.
const COUNTED: usize = 3;
/// From here on a text is no longer than others, in words.
const LONG_WORDS: usize = 60;
/// Up to here it is short, in words.
const SHORT_WORDS: usize = 10;

/// What a text reads like.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The odds of each door against an ordinary text.
    odds: [f64; DOORS],
    /// The cues that speak for each door, the strongest first.
    words: [Vec<String>; DOORS],
}

impl Reading {
    /// Reads what somebody says is wrong, and what they would do about it (empty where they do not know).
    pub fn of(problem: &str, solution: &str) -> Self {
        let found = CUES.find(&format!("{} {}", fold(problem), fold(solution)));
        let mut scores = [0.0; DOORS];
        for (name, value) in measures(problem, solution) {
            add(&mut scores, &CUES.measure(name), value);
        }
        for (group, words) in found.iter().filter(|(_, words)| !words.is_empty()) {
            add(&mut scores, &group.weights, root(words.len().min(COUNTED)));
        }
        let words = std::array::from_fn(|door| Cues::telling(&found, door));
        Self { odds: scores.map(f64::exp), words }
    }

    /// The odds that it belongs to any door, against an ordinary text.
    pub fn odds(&self) -> f64 {
        self.odds.iter().sum()
    }

    /// Should its writer be asked whether it is for somebody else?
    pub fn is_asked(&self) -> bool {
        self.odds() > ASKED
    }

    /// Is it in doubt, whatever its writer says?
    pub fn is_doubted(&self) -> bool {
        self.odds() > DOUBTED
    }

    /// The doors by their places, the likeliest first.
    pub fn likeliest(&self) -> [usize; DOORS] {
        let mut doors = std::array::from_fn(|door| door);
        doors.sort_by(|a, b| self.odds[*b].total_cmp(&self.odds[*a]));
        doors
    }

    /// Words of the text that speak for a door, the most telling first.
    pub fn words(&self, door: usize) -> &[String] {
        &self.words[door]
    }
}

/// What counts besides the words, each between 0 and 1.
fn measures(problem: &str, solution: &str) -> [(&'static str, f64); 6] {
    let count = fold(problem).split_whitespace().count() + fold(solution).split_whitespace().count();
    let long = u32::try_from(count.min(LONG_WORDS)).unwrap_or(0);
    let holds = |holds: bool| if holds { 1.0 } else { 0.0 };
    [
        ("always", 1.0),
        ("gives an idea", holds(!solution.trim().is_empty())),
        ("asks", holds(problem.contains('?'))),
        ("exclaims", holds(problem.contains('!'))),
        ("length", f64::from(long) / 60.0),
        ("short", holds(count <= SHORT_WORDS)),
    ]
}

fn add(scores: &mut [f64; DOORS], weights: &[f64; DOORS], value: f64) {
    for (score, weight) in scores.iter_mut().zip(weights) {
        *score += weight * value;
    }
}

/// A second cue of a group says less than the first.
fn root(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_of_each_door_are_asked_and_ordinary_ones_are_not() {
        let doors = [
            "There is smoke coming from the boiler room and the alarm has not gone off, please send someone now",
            "The night manager signs for drugs that were never given and told us to say nothing",
            "My mother waited nine hours on a trolley. I want to make a formal complaint and get an apology",
            "I can't cope and I don't know where to turn, can somebody help me with my rent?",
            "Under the Freedom of Information Act please provide the total spend on agency staff since 2019",
        ];
        for (door, text) in doors.into_iter().enumerate() {
            let reading = Reading::of(text, "");
            assert!(reading.is_asked() && reading.is_doubted(), "{text}: {reading:?}");
            assert_eq!(reading.likeliest()[0], door, "{text}: {reading:?}");
            assert!(!reading.words(door).is_empty(), "{text}: {reading:?}");
        }
        for text in ["", "The printer on ward 4 is broken again", "Mae’r argraffydd wedi torri eto"] {
            assert!(!Reading::of(text, "").is_asked(), "{text}: {:?}", Reading::of(text, ""));
        }
        let idea = Reading::of(
            "Complaints take weeks because one person reads all",
            "Let the office settle small ones",
        );
        assert!(!idea.is_asked(), "{idea:?}");
    }

    #[test]
    fn longer_words_stand_for_those_in_them() {
        let reading = Reading::of("She signs for drugs and told us to say nothing", "");
        let words = reading.words(1);
        let is_in_another =
            |word: &String| words.iter().any(|other| other != word && other.contains(word.as_str()));
        assert!(
            words.contains(&"to say nothing".to_owned()) && !words.iter().any(is_in_another),
            "{words:?}"
        );
    }

    #[test]
    fn welsh_is_read_too() {
        let gas = Reading::of("Mae arogl nwy yn y gegin nawr, helpwch ni", "");
        assert!(gas.is_asked() && gas.likeliest()[0] == 0, "{gas:?}");
        let asked = Reading::of("O dan y Ddeddf Rhyddid Gwybodaeth, hoffwn gael copi o’r adroddiad", "");
        assert!(asked.is_asked() && asked.likeliest()[0] == 4, "{asked:?}");
    }
}
