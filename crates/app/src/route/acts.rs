//! What the viewer of a record can do now, the most needed first: pages offer it, the use cases decide it again.

use crate::find::view::RecordView;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::sight::is_asked;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::PartyId;
use waymark_domain::route::clock::{Clock, State};
use waymark_domain::route::due::BodyTime;
use waymark_domain::route::pass::limits_of;
use waymark_domain::route::policy::{Action, may};
use waymark_domain::route::review::{last_day, reviewable};
use waymark_domain::route::talk::{may_judge, waits_for_contributor};

/// Declares the acts with their names in addresses and keys.
macro_rules! acts {
    ($($(#[$doc:meta])* $case:ident = $name:literal, $action:ident;)+) => {
        /// Something that can be done to a record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act {
            $($(#[$doc])* $case),+
        }

        impl Act {
            /// Every act, the most needed first.
            pub const ALL: &'static [Self] = &[$(Self::$case),+];

            /// The name in addresses and keys of translations.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$case => $name),+
                }
            }

            /// The right that it takes.
            pub const fn action(self) -> Action {
                match self {
                    $(Self::$case => Action::$action),+
                }
            }
        }
    };
}

acts! {
    /// Reply to the question, or have nothing to add.
    Reply = "reply", Converse;
    /// Answer.
    Answer = "answer", Answer;
    /// Ask why the date has passed.
    Why = "ask-why", Converse;
    /// Write the three lines.
    Lines = "lines", EndTry;
    /// Confirm the hours that were had.
    Hours = "hours", ConfirmHours;
    /// Ask that another decider look at the answer.
    Review = "ask-review", AskReview;
    /// Object to what was typed for one.
    Object = "object", Object;
    /// Take it over as finder.
    TakeOver = "take-over", TakeOver;
    /// Say that what *not now* waited for has happened.
    ComeBack = "come-back", CallBack;
    /// Open it again, since something is new.
    Reopen = "reopen", Reopen;
    /// Ask the contributor something.
    Ask = "ask", Answer;
    /// Move the date.
    Date = "date", MoveDate;
    /// Type what a meeting decided.
    Meeting = "meeting", TypeFor;
    /// Write how it stands.
    News = "news", TellNews;
    /// Say whether it was an answer.
    WasAnswer = "was-answer", Converse;
    /// Declare an interest.
    Interest = "interest", DeclareInterest;
    /// Say who may see it.
    WhoSees = "who-sees", ShowTo;
    /// Take it back.
    Withdraw = "withdraw", Withdraw;
}

impl std::fmt::Display for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Act {
    /// The act of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.name() == name)
    }

    /// Has the viewer the right to it, whatever the day?
    pub fn is_allowed(self, view: &RecordView) -> bool {
        may(&view.viewer, self.action(), &view.record)
    }

    /// Can it be done now?
    pub fn is_open(self, view: &RecordView) -> bool {
        self.is_allowed(view) && self.is_time(view)
    }

    fn is_time(self, view: &RecordView) -> bool {
        let record = &view.record;
        let clock = record.clock.as_ref().filter(|_| record.stage.is_open());
        match self {
            Self::Reply => waits_for_contributor(record),
            Self::Why => view.is_late() && !record.why_asked,
            Self::Ask => clock.is_some_and(|clock| may_pause(clock, view)),
            Self::Date => clock.is_some_and(may_move),
            Self::WasAnswer => view.viewer.party.is_some_and(|party| may_judge(record, party)),
            Self::TakeOver => record.finder_until.is_some_and(|until| view.today() <= until),
            Self::Hours => record.hours_had.is_none(),
            Self::Review => review_until(view).is_some_and(|until| view.today() <= until),
            Self::Object => objectable(record).is_some_and(|until| view.today() <= until),
            // Who may say that the answer was never theirs is not asked for what is new since.
            Self::Reopen => !Self::Object.is_open(view),
            _ => true,
        }
    }

    /// Does it come first for the viewer, as the page's one button?
    pub fn is_needed(self, view: &RecordView) -> bool {
        let record = &view.record;
        let is_paused = waits_for_contributor(record);
        match self {
            Self::Reply | Self::Why => true,
            Self::Answer => !is_paused,
            Self::Lines => is_trier(record, view.viewer.party) || !is_before_due(view),
            Self::Hours => record.stage != Stage::Trying,
            Self::WhoSees => is_asked(&view.viewer, record),
            _ => false,
        }
    }
}

/// What the viewer can do, the most needed first.
pub fn open_acts(view: &RecordView) -> Vec<Act> {
    let mut acts: Vec<Act> = Act::ALL.iter().copied().filter(|act| act.is_open(view)).collect();
    acts.sort_by_key(|act| !act.is_needed(view));
    acts
}

fn may_pause(clock: &Clock, view: &RecordView) -> bool {
    clock.state == State::Running
        && clock.promise.may_pause()
        && clock.pauses_used < limits_of(view.record.told.route).pauses_max
        && !view.is_late()
}

/// A person moves a date once for each decision.
fn may_move(clock: &Clock) -> bool {
    !matches!(clock.state, State::Paused { .. }) && clock.moved.iter().all(|moved| moved.why.is_none())
}

/// The last day on which a review may be asked, where there is an answer to look at.
pub fn review_until(view: &RecordView) -> Option<chrono::NaiveDate> {
    let (answer, calendar) = (reviewable(&view.record)?, view.calendar()?);
    let body = BodyTime { calendar: &calendar, zone: view.zone };
    Some(last_day(answer, limits_of(view.record.told.route), body))
}

fn objectable(record: &Innovation) -> Option<chrono::NaiveDate> {
    record.answers.last()?.given.elsewhere.as_ref().map(|elsewhere| elsewhere.object_until)
}

fn is_trier(record: &Innovation, party: Option<PartyId>) -> bool {
    record.trial.as_ref().is_some_and(|trial| Some(trial.who) == party)
}

fn is_before_due(view: &RecordView) -> bool {
    view.record.next_date().is_some_and(|due| view.today() < due)
}
