//! Who told the same later, and what they said.

use super::facts::NameLines;
use super::said::Lines;
use crate::components::{Content, Details, Text};
use waymark_app::find::next;
use waymark_app::find::view::RecordView;
use waymark_app::words::{Lang, number, text_with};
use waymark_domain::find::event::{Added, InnovationEvent};
use waymark_domain::ids::PartyId;

/// How many are named; the history has all.
const NAMED: usize = 10;
/// How many of the latest are read above an answer.
const READ: usize = 5;

/// The names of those who told the same later, and how many more there are.
pub(super) fn names(view: &RecordView, lang: Lang) -> Content {
    let all = &view.record.also_told;
    let mut lines: Vec<String> =
        all.iter().take(NAMED).map(|party| next::name(view, lang, Some(*party))).collect();
    if let Some(more) = all.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let count = number(lang, i64::try_from(more).unwrap_or(i64::MAX));
        lines.push(text_with(lang, "record-also-more", &[("count", count.into())]));
    }
    Content::from(NameLines { lines: lines.into_iter().map(Text::from).collect() })
}

/// The words that were added: the problem, and what they would do.
pub(super) fn words(view: &RecordView, added: &Added, lang: Lang) -> Content {
    let parts = [Some(added.problem), added.solution];
    Lines::of_all(parts.into_iter().flatten().map(|words| view.said(words)), lang)
}

/// What the latest of them said, folded, for whoever answers.
pub fn to_read(view: &RecordView, lang: Lang) -> Vec<Details> {
    let added = view.events.iter().rev().filter_map(|happened| match &happened.event {
        InnovationEvent::Added(added) => Some(added),
        _ => None,
    });
    let one = |added: &Added| {
        let who: Vec<PartyId> = added.tellers.clone();
        let names: Vec<String> = who.iter().map(|party| next::name(view, lang, Some(*party))).collect();
        let summary = text_with(lang, "record-also-words", &[("name", names.join(", ").into())]);
        Details::new(summary, words(view, added, lang))
    };
    added.take(READ).map(one).collect()
}
