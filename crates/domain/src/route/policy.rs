//! Who may do what to a record: one function, one table of tests (specification, Who sees a record, Roles).

use crate::find::innovation::Innovation;
use crate::find::stage::Stage;
use crate::ids::PartyId;
use crate::people::{role::Role, setting::SeenBy};
use crate::route::answer::open_to_objection;
use crate::route::reopen::{may_reopen, stopped};
use crate::route::review::reviewable;
use crate::route::trial::may_end;

/// How a person stands to a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    /// The person as a party of the record, where they are one.
    pub party: Option<PartyId>,
    /// Is the person signed in?
    pub is_signed_in: bool,
    /// Roles that reach the node where it was told or is handled.
    pub roles: Vec<Role>,
    /// Is the person of the body where it was told or is handled?
    pub is_of_body: bool,
    /// Do they see it only by a role that checks: as auditor, or from government? They read it and take no part in it beyond
    /// what that role is for.
    pub only_checks: bool,
}

/// What one may want to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Know of it and read it.
    See,
    /// Answer it, ask the contributor.
    Answer,
    /// Declare an interest.
    DeclareInterest,
    /// Type what a meeting decided.
    TypeFor,
    /// Take it over as finder.
    TakeOver,
    /// Reply, ask why, judge the answer.
    Converse,
    /// Take it back.
    Withdraw,
    /// Write the three lines.
    EndTry,
    /// Confirm hours.
    ConfirmHours,
    /// Write how it stands.
    TellNews,
    /// Move its date.
    MoveDate,
    /// Say that what *not now* waited for has happened.
    CallBack,
    /// Object to what was typed for one.
    Object,
    /// Ask that another decider look at the answer.
    AskReview,
    /// Open it again, since something is new.
    Reopen,
    /// Add one's words to it, instead of telling the same again.
    AddTo,
    /// Ask that a hidden name be opened, or open it with whoever asked.
    OpenName,
    /// Put one's name on what one brought with a hidden name.
    GiveName,
    /// Mask words in its texts.
    Mask,
    /// List it or not, or leave what was reported.
    Moderate,
    /// Put a name on what one told without an account.
    Credit,
    /// Say who may see it.
    ShowTo,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 22] = [
        Self::See,
        Self::Answer,
        Self::DeclareInterest,
        Self::TypeFor,
        Self::TakeOver,
        Self::Converse,
        Self::Withdraw,
        Self::EndTry,
        Self::ConfirmHours,
        Self::TellNews,
        Self::MoveDate,
        Self::CallBack,
        Self::Object,
        Self::AskReview,
        Self::Reopen,
        Self::AddTo,
        Self::OpenName,
        Self::GiveName,
        Self::Mask,
        Self::Moderate,
        Self::Credit,
        Self::ShowTo,
    ];
}

/// May the viewer do it to the record as it stands? What the rules refuse for other reasons (dates, limits) they say
/// themselves; who may not even see it is told that there is nothing.
pub fn may(viewer: &Viewer, action: Action, record: &Innovation) -> bool {
    let Some(party) = viewer.party.filter(|_| viewer.is_signed_in) else {
        return action == Action::See && sees(viewer, record);
    };
    let is_decider = record.decider.is_some_and(|decider| decider.party == party);
    let is_owner = record.owner == Some(party);
    let tried = record.trial.as_ref().is_some_and(|trial| trial.who == party);
    let is_finder = viewer.roles.contains(&Role::Finder);
    let decides = viewer.roles.iter().any(|role| role.decides());
    match action {
        Action::See => sees(viewer, record),
        Action::Answer => is_decider && record.stage.awaits_answer(),
        Action::DeclareInterest => is_decider && record.stage.is_open() && !record.is_interested(party),
        Action::TypeFor => {
            (is_decider || (decides && !record.is_interested(party))) && record.stage.awaits_answer()
        }
        Action::TakeOver => {
            is_finder
                && record.stage == Stage::Told
                && record.finder_until.is_some()
                && !is_decider
                && !record.is_interested(party)
        }
        Action::Converse => record.is_brought_by(party),
        Action::Withdraw => {
            record.is_contributor(party) && record.stage.is_open() && record.also_told.is_empty()
        }
        Action::EndTry => record.stage == Stage::Trying && may_end(record, party),
        Action::ConfirmHours => tried && record.trial.as_ref().is_some_and(|trial| trial.hours > 0),
        Action::TellNews => {
            record.stage.is_open() && (is_owner || is_decider || is_finder || record.is_brought_by(party))
        }
        Action::MoveDate => record.stage.is_open() && (is_owner || is_decider),
        Action::CallBack => {
            record.stage == Stage::NotNow && (is_decider || is_finder || record.is_brought_by(party))
        }
        Action::Object => open_to_objection(record).is_some_and(|(answer, _)| answer.given.by.party == party),
        Action::AskReview => record.is_brought_by(party) && reviewable(record).is_some(),
        Action::Reopen => stopped(record).is_some() && may_reopen(record, party, is_finder),
        Action::OpenName => viewer.roles.contains(&Role::Opener) && record.sealed.is_some(),
        Action::Mask => is_finder,
        Action::GiveName => record.sealed == Some(party),
        // Where somebody is moderator, the use case lets the finder only where care is due: that no moderator sees.
        Action::Moderate => {
            let moderates = |role: &Role| matches!(role, Role::Moderator | Role::Finder);
            let is_own = record.is_brought_by(party) || record.has_also_told(party);
            viewer.roles.iter().any(moderates) && !is_own && sees(viewer, record)
        }
        Action::ShowTo => record.is_contributor(party) || is_finder,
        Action::Credit => record.public == Some(party),
        Action::AddTo => record.stage.is_open() && !is_decider && !viewer.only_checks && sees(viewer, record),
    }
}

/// May whoever reported something of a record read which one that is, and what a moderator wrote to them? Whoever would see it if
/// it were listed: that it is taken from the lists is what they reported it for. Anybody else is told what was done, alone.
pub fn hears_why(viewer: &Viewer, record: &Innovation) -> bool {
    is_shown(viewer, record, record.sight)
}

fn sees(viewer: &Viewer, record: &Innovation) -> bool {
    is_shown(viewer, record, record.seen_by())
}

/// Those who handle it always; others as it says.
fn is_shown(viewer: &Viewer, record: &Innovation, seen_by: SeenBy) -> bool {
    let handles = viewer.party.is_some_and(|party| is_party_to(record, party))
        || viewer.roles.iter().any(|role| role.decides() || *role == Role::Auditor)
        || (record.sealed.is_some() && viewer.roles.contains(&Role::Opener))
        || (record.sight != SeenBy::Handlers && viewer.roles.contains(&Role::Moderator));
    match seen_by {
        _ if viewer.is_signed_in && handles => true,
        SeenBy::Handlers => false,
        SeenBy::Body => viewer.is_signed_in && viewer.is_of_body,
        SeenBy::Bodies => viewer.is_signed_in,
        SeenBy::Everyone => true,
    }
}

/// Is the party named anywhere in the record?
fn is_party_to(record: &Innovation, party: PartyId) -> bool {
    record.is_brought_by(party)
        || record.has_also_told(party)
        || record.owner == Some(party)
        || record.decider.is_some_and(|decider| decider.party == party)
        || record.trial.as_ref().is_some_and(|trial| trial.who == party)
        || record.answers.iter().any(|answer| answer.given.by.party == party)
}
