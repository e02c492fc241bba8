//! What a decision is given besides the record: who acts, who could have it next, whose calendar counts.

use crate::find::event::Duty;
use crate::ids::PartyId;
use crate::people::role::Role;
use crate::route::due::BodyTime;
use crate::route::limits::{Limit, Limits};
use chrono::{DateTime, NaiveDate, Utc};

/// Everything a rule may know. Values only: the use case reads them in the same transaction.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// Who acts, as a party of this record; nobody where time itself does.
    pub actor: Option<PartyId>,
    /// The roles of the actor that reach the node where the record is handled.
    pub roles: Vec<Role>,
    /// Who answers there as team lead.
    pub lead: Duty,
    /// Who answers there as finder.
    pub finder: Duty,
    /// Who answers one level above the present decider.
    pub above: Duty,
    /// Who answers for the root.
    pub top: Duty,
    /// The calendar and zone of the body that owes the act.
    pub body: BodyTime<'a>,
    /// The limits of the record's version of the route.
    pub limits: &'a Limits,
    /// The most pence that *go* may carry at the node.
    pub go_pence: u32,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Facts<'_> {
    /// Today where the act is owed.
    pub fn today(&self) -> NaiveDate {
        self.body.day_of(self.now)
    }

    /// The day at whose end a limit that starts today has passed.
    pub fn due(&self, limit: Limit) -> NaiveDate {
        self.body.due_after(self.today(), limit).date
    }

    /// Does the actor hold the role there?
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Does the actor hold any role that answers ideas there?
    pub fn decides(&self) -> bool {
        self.roles.iter().any(|role| role.decides())
    }
}

/// Why a command was refused. The words come from the translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else has to do this.
    NotYours,
    /// The record has ended, or is not at the step for this.
    NotAtThisStep,
    /// Nobody decides what they brought or have an interest in.
    Interested,
    /// Money for one's own ask is never one's own decision.
    OwnMoney,
    /// More pence than may be said yes to here; the limit is carried.
    TooMuchMoney(u32),
    /// More hours than one answer may grant; the limit is carried.
    TooManyHours(u32),
    /// The date has passed.
    DateInThePast,
    /// The date is too far away; the last one allowed is carried.
    DateTooFar(NaiveDate),
    /// The decision has been paused before.
    PausedAlready,
    /// Its date has passed, so a pause would only hide that.
    PauseTooLate,
    /// The five days in which the finder may take it over have passed, or it is with the finder.
    TakeOverTooLate,
    /// The date has not passed yet.
    NotLate,
    /// It was asked before.
    AskedAlready,
    /// It was said before.
    SaidAlready,
    /// The days in which one may object have passed.
    ObjectTooLate,
    /// The days in which a review may be asked have passed.
    ReviewTooLate,
    /// It would go to who has it already.
    SameHands,
    /// A date can be moved once for each decision; then it goes one level up by itself.
    MovedAlready,
    /// Whoever decides a record answers it; they do not ask for it too.
    YoursToAnswer,
    /// Others told the same and wait for its answer too, so one alone does not take it back.
    OthersWait,
    /// Whoever answers where a name is hidden says first that they do not know whose it is.
    NameMayBeKnown,
    /// No name is hidden there, or somebody has asked already that it be opened.
    NothingToOpen,
    /// Nobody joined the opening of a name in time: it is to be begun anew.
    OpeningOver,
    /// None of the words stands in any text of the record.
    NothingToMask,
    /// It takes two people to open a name.
    OneIsNotTwo,
    /// The problem does not seek answers any more.
    ProblemClosed,
    /// Shares must be whole percents of at least 1 that make 100, one for each person.
    BadShares,
    /// A day in the future for what is said to have happened.
    DateInTheFuture,
}
