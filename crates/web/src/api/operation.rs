//! An operation of the API: the router, the description and the tests are all made from the one list of these.

use super::input::{Input, Kind};
use super::schema::{Parts, Shape};
use super::{doors, figures, held, mask, moderation, round, shapes, shared, talk};
use axum::http::StatusCode;
use serde_json::Value;
use waymark_app::people::tokens::Scope;
use waymark_app::route::acts::Act;
use waymark_domain::find::stage::AnswerKind;

/// Where the operations are.
pub const BASE: &str = "/api/v1";

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Says who asks.
    Me,
    /// Lists ideas and problems that were told.
    Ideas,
    /// Lists problems that ideas can be told to.
    Problems,
    /// Shows one of these.
    Problem,
    /// Shows a record.
    Record,
    /// Tells what happened to a record.
    History,
    /// Tells what waits for whoever asks.
    Work,
    /// Finds places.
    Places,
    /// Shows a place.
    Place,
    /// Tells the doors of a place and who could say yes there.
    Doors,
    /// Lists what is late.
    Late,
    /// Shows the figures of a place.
    Figures,
    /// Finds records like a text.
    Similar,
    /// Points out what in a text could tell who somebody is.
    Names,
    /// Tells an idea or a problem.
    Tell,
    /// Lists what was done already.
    Done,
    /// Adds words to a record.
    Add,
    /// Says why whoever asks opens a record.
    Look,
    /// Says something about a record.
    Comment,
    /// Lists what waits for a moderator.
    Moderation,
    /// Lists what was reported of a record.
    Reported,
    /// Lists what whoever asks reported.
    OwnReports,
    /// Tells what moderators did at or below a place.
    ModerationLog,
    /// Lists a record, or not, or leaves it.
    Moderate,
    /// Says that something is wrong with a record.
    Report,
    /// Points out what could be masked in a record.
    Maskable,
    /// Shows how a record would stand with words masked.
    MaskPreview,
    /// Masks words in a record.
    Mask,
    /// Points out what could be masked in something else.
    MaskableIn(Besides),
    /// Shows how that would stand with words masked.
    MaskPreviewIn(Besides),
    /// Masks words in it.
    MaskIn(Besides),
    /// Lists what was said about a record.
    Comments,
    /// Takes back what was said about a record.
    TakeBackComment,
    /// Takes away what was said about a record, or leaves it.
    ModerateComment,
    /// Lists shared answers.
    Shared,
    /// Shows a shared answer.
    SharedOne,
    /// Lists what may be answered together.
    ToAnswer,
    /// Answers several records at once.
    ShareAnswer,
    /// Answers more records with a shared answer.
    GiveShared,
    /// Reads a shared answer again.
    RereadShared,
    /// Says whether an answer is nearly an earlier one.
    Alike,
    /// Lists what nears its limit without news.
    Round,
    /// Writes news of several records.
    WriteRound,
    /// Lists what is held back.
    HeldList,
    /// Shows what is held back.
    HeldOne,
    /// Says where it goes.
    EndHeld,
    /// Takes one's own back.
    TakeBackHeld,
    /// Answers a record.
    Answer(AnswerKind),
    /// Types for the decider what a meeting answered.
    Meeting(AnswerKind),
    /// Does something else to a record.
    Act(Act),
}

/// In what besides records words are masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Besides {
    /// A problem that ideas can be told to.
    Problem,
    /// A shared answer.
    Shared,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name in the description.
    pub id: String,
    /// Its path below [`BASE`].
    pub path: String,
    /// What it does.
    pub does: Does,
    /// What it is for, in a line.
    pub summary: &'static str,
    /// What its query takes.
    pub query: Vec<Input>,
    /// What its body takes; nothing where it has none.
    pub body: Option<Vec<Input>>,
    /// What a token must be allowed.
    pub scope: Scope,
}

impl Operation {
    /// One that only asks.
    pub fn get(id: &str, path: &str, does: Does, summary: &'static str) -> Self {
        let (id, path) = (id.to_owned(), path.to_owned());
        Self { id, path, does, summary, query: Vec::new(), body: None, scope: Scope::Read }
    }

    /// One that does something with what is sent.
    pub fn post(
        (id, path): (&str, &str),
        does: Does,
        summary: &'static str,
        body: impl IntoIterator<Item = Input>,
    ) -> Self {
        let body = Some(body.into_iter().collect());
        Self { body, scope: Scope::Write, ..Self::get(id, path, does, summary) }
    }

    /// The same where what is sent is only looked at.
    pub fn only_reads(self) -> Self {
        Self { scope: Scope::Read, ..self }
    }

    /// The same with a query.
    pub fn with_query(self, query: impl IntoIterator<Item = Input>) -> Self {
        Self { query: query.into_iter().collect(), ..self }
    }

    /// Its whole path.
    pub fn pattern(&self) -> String {
        format!("{BASE}{}", self.path)
    }

    /// Does it change anything? Then it takes a key by which it is done once.
    pub fn is_act(&self) -> bool {
        self.scope == Scope::Write
    }

    /// Is it about one record, place or problem, which may not be there?
    pub fn is_of_one(&self) -> bool {
        self.path.contains('{')
    }

    /// The status of what it answers when it is done.
    pub fn done(&self) -> StatusCode {
        let makes = matches!(self.does, Does::Tell | Does::Done | Does::ShareAnswer);
        if makes { StatusCode::CREATED } else { StatusCode::OK }
    }

    /// The right on a record that it takes; nothing where it takes none of its own.
    pub const fn act(&self) -> Option<Act> {
        match self.does {
            Does::Act(act) => Some(act),
            Does::Answer(_) => Some(Act::Answer),
            Does::Meeting(_) => Some(Act::Meeting),
            _ => None,
        }
    }

    /// The schema of what it answers when it is done.
    pub fn answer(&self, parts: &mut Parts) -> Value {
        match self.does {
            Does::Me => shapes::Me::schema(parts),
            Does::Ideas => shapes::Ideas::schema(parts),
            Does::Problems => shapes::Problems::schema(parts),
            Does::Problem => shapes::ProblemShown::schema(parts),
            Does::Record => shapes::Record::schema(parts),
            Does::History => shapes::History::schema(parts),
            Does::Work => shapes::Work::schema(parts),
            Does::Places => shapes::Places::schema(parts),
            Does::Place => shapes::Branch::schema(parts),
            Does::Doors => doors::BeforeTelling::schema(parts),
            Does::Late => shapes::Late::schema(parts),
            Does::Figures => figures::PlaceFigures::schema(parts),
            Does::Similar => shapes::Likes::schema(parts),
            Does::Names => shapes::Names::schema(parts),
            Does::Moderation => moderation::ModerationQueue::schema(parts),
            Does::Reported | Does::OwnReports => moderation::Reports::schema(parts),
            Does::ModerationLog => moderation::ModerationLog::schema(parts),
            Does::Maskable | Does::MaskableIn(_) => mask::Maskable::schema(parts),
            Does::MaskPreview | Does::MaskPreviewIn(_) => mask::MaskPreview::schema(parts),
            Does::MaskIn(Besides::Problem) => mask::ProblemStanding::schema(parts),
            Does::Comments => talk::Comments::schema(parts),
            Does::Shared => shared::SharedItems::schema(parts),
            Does::SharedOne => shared::Shared::schema(parts),
            Does::ToAnswer => shared::ToAnswers::schema(parts),
            Does::Alike => shared::Alike::schema(parts),
            Does::ShareAnswer | Does::GiveShared | Does::RereadShared | Does::MaskIn(Besides::Shared) => {
                shared::SharedStanding::schema(parts)
            }
            Does::Round => round::NewsRound::schema(parts),
            Does::WriteRound => round::Standings::schema(parts),
            Does::HeldList => held::HeldList::schema(parts),
            Does::HeldOne => held::HeldShown::schema(parts),
            Does::EndHeld | Does::TakeBackHeld => held::HeldEnded::schema(parts),
            _ => shapes::Standing::schema(parts),
        }
    }

    /// What varies in its path: a name and the kind of its value.
    pub fn path_inputs(&self) -> Vec<Input> {
        let known = [
            super::input::needed(
                "reference",
                Kind::Line,
                "What people call the record by, such as `WM-2026-7K3Q-9FT`.",
            ),
            super::input::needed("place", Kind::Id, "The id of a place."),
            super::input::needed("problem", Kind::Id, "The id of a problem."),
            super::input::needed("comment", Kind::Id, "The id of a comment."),
            super::input::needed("shared", Kind::Id, "The id of a shared answer."),
            super::input::needed("held", Kind::Id, "The id of a text that is held back."),
        ];
        known.into_iter().filter(|input| self.path.contains(&format!("{{{}}}", input.name))).collect()
    }
}
