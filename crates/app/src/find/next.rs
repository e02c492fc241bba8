//! What happens next to a record, in one sentence: who has it by name, by which date in words, what they will do.

use crate::find::view::RecordView;
use crate::words::{Lang, Value, date, text, text_with};
use chrono::NaiveDate;
use waymark_domain::find::stage::{AnswerKind, Stage};
use waymark_domain::ids::PartyId;
use waymark_domain::route::clock::{Clock, State};
use waymark_domain::route::talk::waits_for_contributor;

/// The sentence.
pub fn sentence(view: &RecordView, lang: Lang) -> String {
    let record = &view.record;
    let until = record.next_date().map(|day| date(lang, day)).unwrap_or_default();
    let owner = name(view, lang, record.owner);
    let key = key(view);
    let ended = record.ended_at.map(|at| date(lang, at.with_timezone(&view.zone).date_naive()));
    let values: [(&'static str, Value<'_>); 6] = [
        ("owner", owner.into()),
        ("decider", name(view, lang, record.decider.map(|duty| duty.party)).into()),
        ("contributor", contributors(view, lang).into()),
        ("date", until.into()),
        ("missed", missed(view).map(|day| date(lang, day)).unwrap_or_default().into()),
        ("ended", ended.unwrap_or_default().into()),
    ];
    text_with(lang, key, &values)
}

fn key(view: &RecordView) -> &'static str {
    let record = &view.record;
    match record.stage {
        Stage::Told | Stage::PassedOn if waits_for_contributor(record) => "record-next-waits",
        Stage::Told | Stage::PassedOn if view.is_late() => "record-next-told-late",
        Stage::Told => "record-next-told",
        Stage::PassedOn => "record-next-passed-on",
        Stage::NotNow => "record-next-not-now",
        Stage::Trying if view.is_late() => "record-next-trying-late",
        Stage::Trying => "record-next-trying",
        Stage::Kept => "record-next-kept",
        Stage::Done => "record-next-done",
        Stage::Dropped => "record-next-dropped",
        Stage::Stopped => "record-next-stopped",
        Stage::Withdrawn => "record-next-withdrawn",
    }
}

/// The day that was promised first and has passed.
pub fn missed(view: &RecordView) -> Option<NaiveDate> {
    let clock: &Clock = view.record.clock.as_ref().filter(|clock| clock.is_open())?;
    match clock.state {
        State::Missed { on, .. } => Some(on),
        State::Paused { latest, .. } => Some(latest.date),
        _ => Some(clock.due.date),
    }
}

/// A party's name, or words for somebody whose account is gone.
pub fn name(view: &RecordView, lang: Lang, party: Option<PartyId>) -> String {
    if party.is_some() && party == view.record.sealed {
        return text(lang, "record-hidden-name");
    }
    if party.is_some() && party == view.record.public {
        return credited(view, lang);
    }
    let known = party.and_then(|party| view.name(party));
    known.map_or_else(|| text(lang, "record-somebody"), str::to_owned)
}

/// Whoever told it without an account, by the name that they put on it.
fn credited(view: &RecordView, lang: Lang) -> String {
    let name = view.record.credit.and_then(|credit| view.said(credit)).and_then(|said| said.body.clone());
    name.map_or_else(
        || text(lang, "record-public"),
        |name| text_with(lang, "record-public-named", &[("name", name.into())]),
    )
}

/// The first of those who brought it, and how many more.
pub fn contributors(view: &RecordView, lang: Lang) -> String {
    let all = &view.record.told.contributors;
    let first = name(view, lang, all.first().map(|one| one.party));
    match all.len() {
        0 | 1 => first,
        more => {
            let others = i64::try_from(more - 1).unwrap_or(i64::MAX);
            text_with(lang, "record-and-others", &[("name", first.into()), ("others", others.into())])
        }
    }
}

/// What was answered last, in a word, where that says more than the stage.
pub fn last_answer(view: &RecordView) -> Option<AnswerKind> {
    view.record.answer().map(|answer| answer.given.kind)
}
