//! What is searched for: 200 searches, drawn once from texts like those of the load and checked in, so that every run asks
//! the same. `waymark-bench --write-queries bench/queries.tsv` draws them anew.

use crate::load::Request;
use crate::people::{Tree, Unit};
use crate::records::text;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::collections::HashMap;
use url::form_urlencoded::byte_serialize;
use waymark_app::find::list::Order;
use waymark_app::people::session;
use waymark_app::routes::Route;
use waymark_app::{Actor, Ctx, Env};
use waymark_domain::ids::AccountId;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// The searches: who asks, which filter, which words.
const CHECKED_IN: &str = include_str!("../queries.tsv");
/// How many.
const QUERIES: usize = 200;
/// Texts by which words are ranked.
const TEXTS: usize = 20_000;
/// Words of each: a title, a problem and a solution.
const WORDS: usize = 75;
/// Who asks: a member of a body, its finder, whoever sees the whole.
const WHO: [&str; 3] = ["member", "finder", "head"];
/// Half have no filter.
const FILTERS: [&str; 6] = ["", "stage=told", "", "place", "", "late=yes"];
/// What is asked: a word of about such a rank, words of one text, words that follow one another in one.
const KINDS: [Kind; 7] = [
    Kind::Ranked(5),
    Kind::Ranked(50),
    Kind::Ranked(500),
    Kind::Ranked(5_000),
    Kind::Words(2),
    Kind::Words(5),
    Kind::Phrase,
];

#[derive(Clone, Copy)]
enum Kind {
    Ranked(usize),
    Words(usize),
    Phrase,
}

/// The searches as they are checked in: seeded, so that the same ones come out again.
pub fn drawn() -> String {
    let mut dice = StdRng::seed_from_u64(13);
    let ranked = ranked(&mut dice);
    let line = |number: usize| {
        let (who, filter) = (WHO[number / KINDS.len() % WHO.len()], FILTERS[number / 21 % FILTERS.len()]);
        let words = words(&mut dice, &ranked, KINDS[number % KINDS.len()]);
        format!("{who}\t{filter}\t{words}\n")
    };
    (0..QUERIES).map(line).collect()
}

/// The words of many texts, those that come most often first.
fn ranked(dice: &mut StdRng) -> Vec<String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for _ in 0..TEXTS {
        for word in text(dice, WORDS).split(' ') {
            *times.entry(word.to_owned()).or_default() += 1;
        }
    }
    let mut words: Vec<(String, usize)> = times.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().map(|(word, _)| word).collect()
}

fn words(dice: &mut StdRng, ranked: &[String], kind: Kind) -> String {
    let text = text(dice, WORDS);
    let words: Vec<&str> = text.split(' ').collect();
    match kind {
        Kind::Ranked(rank) => {
            let near = rank / 10;
            ranked[dice.random_range(rank - near - 1..rank + near)].clone()
        }
        Kind::Words(count) => words.sample(dice, count).copied().collect::<Vec<_>>().join(" "),
        Kind::Phrase => {
            let from = dice.random_range(0..words.len() - 1);
            format!("\"{} {}\"", words[from], words[from + 1])
        }
    }
}

/// The searches in an order, each by somebody of another unit in turn.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn searches(env: &Env, tree: &Tree, order: Order) -> Done<Vec<Request>> {
    let mut requests = Vec::new();
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    // Units of one body stand beside each other: a step that shares no factor with their number goes through all bodies.
    for (number, line) in CHECKED_IN.lines().enumerate() {
        let unit = &tree.units[number * 37 % tree.units.len()];
        let [who, filter, words] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err("a search of other columns".into());
        };
        let secret = session::begin(&mut ctx, account(unit, who), (false, "bench")).await?;
        let words: String = byte_serialize(words.as_bytes()).collect();
        let order = order.name();
        let address = match filter {
            "place" => format!("{}?q={words}&order={order}", Route::Place { node: unit.body }),
            filter => format!("{}?q={words}&order={order}&{filter}", Route::Ideas),
        };
        requests.push(Request::get(&address, &format!("waymark={secret}")));
    }
    ctx.commit().await?;
    Ok(requests)
}

fn account(unit: &Unit, who: &str) -> AccountId {
    match who {
        "finder" => unit.finder.account,
        "head" => unit.top.account,
        _ => unit.members[0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_searches_are_those_that_are_drawn() {
        assert!(CHECKED_IN == drawn(), "bench/queries.tsv is not what is drawn; see the top of this file");
    }
}
