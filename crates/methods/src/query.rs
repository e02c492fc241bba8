//! What somebody typed to search for, as terms of the index and phrases to be read. Texts and searches are cut in the same
//! way, here and nowhere else, so that every engine finds the same.

use crate::text::{fold, term};
use std::collections::BTreeSet;

/// What is searched for: a text is found that has all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The terms of the index, each once, in their order.
    pub terms: Vec<String>,
    /// Words that stand one after another, folded, as they were typed between quotes.
    pub phrases: Vec<String>,
}

impl Query {
    /// Reads what was typed: words, and phrases between straight or curly quotes; a quote that is not closed lasts to the
    /// end. Nothing is an operator, so nothing can be typed wrongly.
    pub fn parse(typed: &str) -> Self {
        let parts = typed.split(['"', '“', '”', '„', '«', '»']).map(fold);
        let (mut query, mut known) = (Self::default(), BTreeSet::new());
        for (place, folded) in parts.enumerate().filter(|(_, folded)| !folded.is_empty()) {
            let terms = folded.split(' ').map(|word| term(word).into_owned());
            query.terms.extend(terms.filter(|term| known.insert(term.clone())));
            // What stands between the first quote and the second is the second part, and so on.
            if place % 2 == 1 {
                query.phrases.push(folded);
            }
        }
        query
    }

    /// Is nothing searched for?
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Does a folded text have all of it? What the index answers by its terms, read from the text itself.
    pub fn is_in(&self, folded: &str) -> bool {
        let had: BTreeSet<_> = folded.split(' ').map(term).collect();
        let spaced = format!(" {folded} ");
        self.terms.iter().all(|term| had.contains(term.as_str()))
            && self.phrases.iter().all(|phrase| spaced.contains(&format!(" {phrase} ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_phrases_kept() {
        let query = Query::parse("Ordering the BOTTLES \"of the Ward\" orders");
        assert_eq!(query.terms, ["order", "_the", "bottl", "_of", "ward"]);
        assert_eq!(query.phrases, ["of the ward"]);
        assert_eq!(Query::parse("“Tŷ’r Cyngor”").phrases, ["tyr cyngor"]);
        assert_eq!(Query::parse("beds \"on loan").phrases, ["on loan"], "a quote that is not closed");
        for nothing in ["", "  ", "\"", "\"\" \"", "🙂 — !", "\0", "* | & : ( ) -"] {
            assert!(Query::parse(nothing).is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn a_text_has_all_words_in_any_order_and_phrases_as_they_are() {
        let text = fold("The ward orders blood bottles on Thursdays");
        for found in ["bottle order", "the", "\"blood bottles\"", "THURSDAY \"the ward\"", "bottl"] {
            assert!(Query::parse(found).is_in(&text), "{found}");
        }
        for other in ["bottles needles", "\"blood bottle\"", "\"bottles blood\"", "th", "\"ward order\""] {
            assert!(!Query::parse(other).is_in(&text), "{other}");
        }
    }
}
