//! Ideas that were told elsewhere: in a box, a mailbox, a spreadsheet.

use super::desk::{Desk, Known};
use super::{Judged, Ways, judge_rows};
use crate::import::columns::{Field, Mapping};
use crate::import::faults::Remark;
use crate::import::limits;
use crate::import::read::Sheet;
use crate::import::rows::{IdeaRow, IdeaState};

/// Words for what became of an idea; the first of each state is its own.
const STATES: [(&str, IdeaState); 40] = {
    use IdeaState::{Answered, Dropped, Kept, Open};
    [
        ("open", Open),
        ("answered", Answered),
        ("kept", Kept),
        ("dropped", Dropped),
        ("new", Open),
        ("received", Open),
        ("pending", Open),
        ("in progress", Open),
        ("under review", Open),
        ("submitted", Open),
        ("waiting", Open),
        ("agored", Open),
        ("newydd", Open),
        ("ar y gweill", Open),
        ("responded", Answered),
        ("replied", Answered),
        ("closed", Answered),
        ("complete", Answered),
        ("completed", Answered),
        ("atebwyd", Answered),
        ("wedi ateb", Answered),
        ("ar gau", Answered),
        ("done", Kept),
        ("implemented", Kept),
        ("accepted", Kept),
        ("adopted", Kept),
        ("approved", Kept),
        ("in use", Kept),
        ("yes", Kept),
        ("derbyniwyd", Kept),
        ("gweithredwyd", Kept),
        ("cadwyd", Kept),
        ("rejected", Dropped),
        ("declined", Dropped),
        ("refused", Dropped),
        ("not taken forward", Dropped),
        ("withdrawn", Dropped),
        ("no", Dropped),
        ("gwrthodwyd", Dropped),
        ("gollyngwyd", Dropped),
    ]
};

/// Judges rows that are ideas.
pub fn judge_ideas(sheet: &Sheet, mapping: &Mapping, ways: &Ways) -> Judged<IdeaRow> {
    judge_rows(sheet, mapping, ways, idea)
}

fn idea(desk: &mut Desk<'_>) -> Option<IdeaRow> {
    let title = desk.needed_words(Field::Title, limits::TITLE_CHARS);
    let problem = desk.needed_text(Field::Text, limits::TEXT_CHARS);
    let solution = desk.text(Field::Solution, limits::TEXT_CHARS);
    let told_by = desk.words(Field::ToldBy, limits::TITLE_CHARS);
    let told_by_mail = desk.mail(Field::ToldByMail);
    let organisation = desk.words(Field::Organisation, limits::WORDS_CHARS);
    let told_on = desk.moment(Field::ToldOn).map(|moment| moment.date);
    let answer = desk.text(Field::Answer, limits::ANSWER_CHARS);
    let state = state(desk, answer.is_some());
    let answered_on = desk.moment(Field::AnsweredOn).map(|moment| moment.date);
    let answered_by = desk.words(Field::AnsweredBy, limits::TITLE_CHARS);
    let external_id = desk.identify(&[title.as_deref().unwrap_or(""), problem.as_deref().unwrap_or("")]);
    Some(IdeaRow {
        row: desk.number(),
        external_id,
        title: title?,
        problem: problem?,
        solution,
        told_by,
        told_by_mail,
        organisation,
        told_on,
        state: state?,
        answer,
        answered_on,
        answered_by,
    })
}

fn state(desk: &mut Desk<'_>, has_answer: bool) -> Option<IdeaState> {
    let raw = desk.raw(Field::State);
    if raw.is_empty() {
        return Some(if has_answer { IdeaState::Answered } else { IdeaState::Open });
    }
    let state = desk.one_of(Field::State, raw, &Known { words: &STATES, shown: 4 })?;
    if state != IdeaState::Open && !has_answer {
        desk.notice(Field::State, Remark::EndedWithoutAnswer);
    }
    Some(state)
}
