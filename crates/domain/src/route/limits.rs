//! The limits of the standard route, in one place: pages, mails, API and reports read them from here.
//!
//! A route version may change them; a record's clock keeps the limit that it was started with. Each field
//! names the section of the route's description that sets it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How long an act may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Working days of the body's calendar.
    WorkingDays(u16),
    /// Calendar days: *days* without more.
    Days(u16),
    /// Calendar months.
    Months(u16),
    /// A day that was agreed or typed by a person.
    On(NaiveDate),
}

/// What is promised with a due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// A first answer by a person, that asks, decides, sends on or gives a date.
    FirstAnswer,
    /// The answer itself in the lane *decide it here*.
    DecideHere,
    /// The finder may move an idea of *decide it here* to the full route.
    MoveToFullRoute,
    /// The contributor's own end of the try in *decide it here*.
    TryUntil,
    /// The first look.
    FirstLook,
    /// A second reader's reading at the first look.
    SecondReader,
    /// Work it out.
    WorkItOut,
    /// The pilot.
    Pilot,
    /// The minutes of the meeting that answered the business case.
    Minutes,
    /// The money of a business case that was answered *go*.
    Money,
    /// The agreed plan of the implementation.
    Implementation,
    /// The first use elsewhere.
    FirstUseElsewhere,
    /// The yearly look at what is embedded.
    YearlyLook,
    /// The question whether it is still in use.
    StillInUse,
    /// News to the contributor.
    News,
    /// Reading again what was answered *not now*.
    NotNow,
    /// Telling the contributor how a *not now* stands.
    NotNowTold,
    /// Asking for a review by another decider.
    Review,
    /// The other decider's answer, once a review was asked.
    ReviewAnswer,
    /// Objecting to a decision taken elsewhere.
    Objection,
    /// Answering a request for a waiver.
    Waiver,
    /// Releasing or keeping what was held back at a door.
    HeldBack,
    /// The alarm for a positive pilot without money.
    UnfundedAlarm,
    /// The department's board for a positive pilot without money.
    UnfundedBoard,
}

/// What happens to a promise that was missed, by the working days since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escalation {
    /// Flagged as overdue; who is late was told first.
    Flagged,
    /// One level up.
    OneLevelUp,
    /// Handed over.
    HandedOver,
}

/// The limits of one version of the route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// First answer by a person (*Due dates*, stage 1, and the finder's answer in *Ways in*).
    pub first_answer: Limit,
    /// The answer in *decide it here*, from receipt (*Ways in*, *Due dates*).
    pub decide_here: Limit,
    /// The finder moves an idea to the full route within these (*Ways in*).
    pub move_to_full_route: Limit,
    /// A try lasts this long unless its decider says otherwise (*Decide it here*).
    pub try_until: Limit,
    /// First look (*The full route*, stage 2).
    pub first_look: Limit,
    /// Second reader, then the next in the pool (stage 2).
    pub second_reader: Limit,
    /// Work it out (stage 3).
    pub work_it_out: Limit,
    /// Pilot (stage 4).
    pub pilot: Limit,
    /// How often a pilot may be extended (stage 4); a count.
    pub pilot_extensions_max: u8,
    /// Minutes of the meeting that answered the business case (stage 5).
    pub minutes: Limit,
    /// Money after that answer (stage 5).
    pub money: Limit,
    /// First use elsewhere (stage 7).
    pub first_use_elsewhere: Limit,
    /// The yearly look at what is embedded (stage 8).
    pub yearly_look: Limit,
    /// *Still in use?* (stage 8, *Due dates*).
    pub still_in_use: Limit,
    /// The longest time without news to the contributor; never paused (*Due dates*).
    pub news: Limit,
    /// So many working days before that limit a record is on the news round (*Due dates*: *all that near 30 days*).
    pub news_round_working_days: u16,
    /// The furthest date that *not now* may name (*Answers*).
    pub not_now_max: Limit,
    /// How often the contributor is told while *not now* lasts (*Answers*).
    pub not_now_told: Limit,
    /// A review may be asked within these (*Answers*).
    pub review: Limit,
    /// The other decider answers within these; the route names no limit of its own, so it is that of *decide it here*.
    pub review_answer: Limit,
    /// The furthest day on which a shared answer is read again; the route asks for a day and names no limit (*Answers*).
    pub reread: Limit,
    /// A decision taken elsewhere may be objected to within these (*Answers*).
    pub objection: Limit,
    /// A rule's owner answers a waiver request (*Due dates*, *Barriers and waivers*).
    pub waiver: Limit,
    /// What a door held back is released or kept (*Doors*).
    pub held_back: Limit,
    /// Alarm for a positive pilot without money (*Due dates*).
    pub unfunded_alarm: Limit,
    /// On the department's board for a positive pilot without money (*Due dates*).
    pub unfunded_board: Limit,
    /// The longest pause while waiting for the contributor, in working days (*Due dates*).
    pub pause_max_working_days: u16,
    /// How often one decision may be paused (*Due dates*); a count.
    pub pauses_max: u8,
    /// Working days since the miss at which it is flagged (*Due dates*).
    pub flagged_working_days: u16,
    /// Working days since the miss at which it goes one level up (*Due dates*).
    pub one_level_up_working_days: u16,
    /// Working days since the miss at which it is handed over (*Due dates*).
    pub handed_over_working_days: u16,
}

impl Limits {
    /// The limits of the built-in route.
    pub const STANDARD: Self = Self {
        first_answer: Limit::WorkingDays(5),
        decide_here: Limit::WorkingDays(10),
        move_to_full_route: Limit::WorkingDays(5),
        try_until: Limit::Days(30),
        first_look: Limit::WorkingDays(20),
        second_reader: Limit::WorkingDays(5),
        work_it_out: Limit::WorkingDays(30),
        pilot: Limit::WorkingDays(60),
        pilot_extensions_max: 1,
        minutes: Limit::WorkingDays(2),
        money: Limit::WorkingDays(20),
        first_use_elsewhere: Limit::WorkingDays(60),
        yearly_look: Limit::Months(12),
        still_in_use: Limit::Months(6),
        news: Limit::Days(30),
        news_round_working_days: 5,
        not_now_max: Limit::Months(24),
        not_now_told: Limit::Months(6),
        review: Limit::Days(30),
        review_answer: Limit::WorkingDays(10),
        reread: Limit::Months(12),
        objection: Limit::WorkingDays(5),
        waiver: Limit::WorkingDays(20),
        held_back: Limit::WorkingDays(1),
        unfunded_alarm: Limit::Days(30),
        unfunded_board: Limit::Days(90),
        pause_max_working_days: 10,
        pauses_max: 1,
        flagged_working_days: 1,
        one_level_up_working_days: 10,
        handed_over_working_days: 20,
    };

    /// The limit of a promise; none where a person names the day: the plan of an implementation, the date
    /// of a *not now*.
    pub const fn of(&self, promise: Promise) -> Option<Limit> {
        Some(match promise {
            Promise::FirstAnswer => self.first_answer,
            Promise::DecideHere => self.decide_here,
            Promise::MoveToFullRoute => self.move_to_full_route,
            Promise::TryUntil => self.try_until,
            Promise::FirstLook => self.first_look,
            Promise::SecondReader => self.second_reader,
            Promise::WorkItOut => self.work_it_out,
            Promise::Pilot => self.pilot,
            Promise::Minutes => self.minutes,
            Promise::Money => self.money,
            Promise::FirstUseElsewhere => self.first_use_elsewhere,
            Promise::YearlyLook => self.yearly_look,
            Promise::StillInUse => self.still_in_use,
            Promise::News => self.news,
            Promise::NotNowTold => self.not_now_told,
            Promise::Review => self.review,
            Promise::ReviewAnswer => self.review_answer,
            Promise::Objection => self.objection,
            Promise::Waiver => self.waiver,
            Promise::HeldBack => self.held_back,
            Promise::UnfundedAlarm => self.unfunded_alarm,
            Promise::UnfundedBoard => self.unfunded_board,
            Promise::Implementation | Promise::NotNow => return None,
        })
    }

    /// The step that a promise has reached which was missed `overdue` working days ago.
    ///
    /// *Decide it here* also goes to the finder at the miss itself; that is a matter of the lane, not of
    /// these days.
    pub const fn escalation(&self, overdue: u32) -> Option<Escalation> {
        if overdue >= self.handed_over_working_days as u32 {
            Some(Escalation::HandedOver)
        } else if overdue >= self.one_level_up_working_days as u32 {
            Some(Escalation::OneLevelUp)
        } else if overdue >= self.flagged_working_days as u32 {
            Some(Escalation::Flagged)
        } else {
            None
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}

impl Promise {
    /// The name in the database and in translations; the same text as serde's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstAnswer => "first_answer",
            Self::DecideHere => "decide_here",
            Self::MoveToFullRoute => "move_to_full_route",
            Self::TryUntil => "try_until",
            Self::FirstLook => "first_look",
            Self::SecondReader => "second_reader",
            Self::WorkItOut => "work_it_out",
            Self::Pilot => "pilot",
            Self::Minutes => "minutes",
            Self::Money => "money",
            Self::Implementation => "implementation",
            Self::FirstUseElsewhere => "first_use_elsewhere",
            Self::YearlyLook => "yearly_look",
            Self::StillInUse => "still_in_use",
            Self::News => "news",
            Self::NotNow => "not_now",
            Self::NotNowTold => "not_now_told",
            Self::Review => "review",
            Self::ReviewAnswer => "review_answer",
            Self::Objection => "objection",
            Self::Waiver => "waiver",
            Self::HeldBack => "held_back",
            Self::UnfundedAlarm => "unfunded_alarm",
            Self::UnfundedBoard => "unfunded_board",
        }
    }

    /// Whether its clock may pause: it ends in a decision that can wait for the contributor's words. News
    /// never waits, and neither do money, minutes, doors and what the contributor does themselves.
    pub const fn may_pause(self) -> bool {
        matches!(
            self,
            Self::FirstAnswer
                | Self::DecideHere
                | Self::ReviewAnswer
                | Self::FirstLook
                | Self::SecondReader
                | Self::WorkItOut
                | Self::Pilot
                | Self::Implementation
                | Self::Waiver
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_goes_up_at_the_limit_and_not_a_day_before() {
        let step = |overdue| Limits::STANDARD.escalation(overdue);
        assert_eq!([step(0), step(1), step(9)], [None, Some(Escalation::Flagged), Some(Escalation::Flagged)]);
        assert_eq!([step(10), step(19)], [Some(Escalation::OneLevelUp); 2]);
        assert_eq!([step(20), step(200)], [Some(Escalation::HandedOver); 2]);
    }

    #[test]
    fn a_promise_without_a_limit_is_one_whose_day_a_person_names() {
        assert_eq!(Limits::STANDARD.of(Promise::NotNow), None);
        assert_eq!(Limits::STANDARD.of(Promise::Implementation), None);
        assert_eq!(Limits::STANDARD.of(Promise::DecideHere), Some(Limit::WorkingDays(10)));
    }

    #[test]
    fn news_to_the_contributor_is_never_paused() {
        assert!(!Promise::News.may_pause());
        assert!(Promise::FirstLook.may_pause());
    }

    #[test]
    fn limits_survive_a_payload() {
        let text = serde_json::to_string(&Limits::STANDARD).unwrap();
        assert_eq!(serde_json::from_str::<Limits>(&text).unwrap(), Limits::STANDARD);
        assert!(text.contains(r#""first_answer":{"working-days":5}"#), "{text}");
    }
}
