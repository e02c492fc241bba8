//! Telling: what makes a record, and who has it first (specification, Ways in).

use crate::find::event::{Added, Contributor, Duty, Handed, InnovationEvent, Sealed, ThreeLines, Told};
use crate::find::innovation::Innovation;
use crate::find::moderation::Public;
use crate::find::stage::{Origin, Outcome, WayIn};
use crate::ids::{NodeId, PartyId, ProblemId};
use crate::people::{ladder::Explained, role::Role, setting::SeenBy};
use crate::reference::Reference;
use crate::route::clock::Clock;
use crate::route::facts::{Facts, Refusal};
use crate::route::limits::Promise;
use crate::text::{Language, WordsRef};

/// Who could say yes, in the contributor's view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// My team lead.
    TeamLead,
    /// Somebody else who holds a deciding role.
    Somebody(Duty),
    /// I do not know, or somebody who does not decide: the finder.
    Unknown,
}

/// An idea or a problem, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Tell {
    /// What people will call it by.
    pub reference: Reference,
    /// Where it is told.
    pub node: NodeId,
    /// The legal body of that node.
    pub body: NodeId,
    /// The version of the route.
    pub route: u16,
    /// How often the body had changed its settings.
    pub settings: u32,
    /// Who sees it.
    pub seen_by: SeenBy,
    /// The problem that it answers.
    pub answers: Option<ProblemId>,
    /// Who brought it.
    pub contributors: Vec<Contributor>,
    /// Who typed it on somebody's behalf.
    pub assisted_by: Option<PartyId>,
    /// Where it came from.
    pub origin: Origin,
    /// The language it is told in.
    pub language: Language,
    /// What it is called.
    pub title: WordsRef,
    /// What the problem is.
    pub problem: WordsRef,
    /// What they would do.
    pub solution: Option<WordsRef>,
    /// The id that another system knows it by; then it was imported.
    pub external_id: Option<String>,
    /// How the name of who brought it is hidden, where it is.
    pub sealed: Option<Sealed>,
    /// What is said of who tells it without an account.
    pub public: Option<Public>,
}

/// Sends an idea or a problem to who could say yes.
///
/// # Errors
/// [`Refusal::BadShares`].
pub fn tell(tell: Tell, asked: Asked, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    check_shares(&tell.contributors)?;
    let duty = match asked {
        Asked::TeamLead => facts.lead,
        Asked::Somebody(duty) if duty.role.decides() && !is_barred(&tell, duty) => duty,
        Asked::Somebody(_) | Asked::Unknown => facts.finder,
    };
    let way_in = match (&tell.external_id, &tell.solution) {
        (Some(_), _) => WayIn::Imported,
        (None, None) => WayIn::Problem,
        (None, Some(_)) => WayIn::Idea,
    };
    Ok(told(tell, way_in, (Some(hand_in(duty, facts)), None), facts))
}

/// Lists what was done already: no decision, seen by the team lead.
///
/// # Errors
/// [`Refusal::BadShares`].
pub fn just_did_it(
    tell: Tell,
    lines: (WordsRef, WordsRef),
    facts: &Facts,
) -> Result<InnovationEvent, Refusal> {
    check_shares(&tell.contributors)?;
    let lines = ThreeLines { did: lines.0, changed: lines.1, outcome: Outcome::Keep };
    Ok(told(tell, WayIn::JustDidIt, (None, Some(lines)), facts))
}

/// Adds the words of whoever tells the same to a record, in place of one of their own. Who decides it answers it instead,
/// whoever asks for it does not decide it (`docs/decisions/0009-also-told.md`).
///
/// # Errors
/// [`Refusal::NotYours`], [`Refusal::NotAtThisStep`] once it has ended, [`Refusal::YoursToAnswer`],
/// [`Refusal::BadShares`] for nobody, too many or somebody twice.
pub fn add_to(record: &Innovation, added: Added, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let actor = facts.actor.ok_or(Refusal::NotYours)?;
    let decides = |party| record.decider.is_some_and(|decider| decider.party == party);
    match () {
        () if !record.stage.is_open() => Err(Refusal::NotAtThisStep),
        () if decides(actor) || added.tellers.iter().any(|teller| decides(*teller)) => {
            Err(Refusal::YoursToAnswer)
        }
        () if !are_plain(added.tellers.clone()) => Err(Refusal::BadShares),
        () => Ok(InnovationEvent::Added(added)),
    }
}

/// A duty on the day it begins: ten working days to the answer itself, five where the finder has it, who may also take
/// it over within five from somebody else.
pub fn hand_in(duty: Duty, facts: &Facts) -> Handed {
    let (promise, limit) = match duty.role {
        Role::Finder => (Promise::FirstAnswer, facts.limits.first_answer),
        _ => (Promise::DecideHere, facts.limits.decide_here),
    };
    let is_with_finder = duty.party == facts.finder.party || duty.role == Role::Finder;
    let finder_until = (!is_with_finder).then(|| facts.due(facts.limits.move_to_full_route));
    Handed { duty, clock: Clock::start(promise, limit, facts.now, facts.body), finder_until }
}

/// Nobody is asked to decide what they brought.
fn is_barred(tell: &Tell, duty: Duty) -> bool {
    let is_own = tell.contributors.iter().any(|one| one.party == duty.party);
    is_own && duty.explained != Some(Explained::LastResort)
}

fn told(
    tell: Tell,
    way_in: WayIn,
    (handed, done): (Option<Handed>, Option<ThreeLines>),
    facts: &Facts,
) -> InnovationEvent {
    InnovationEvent::Told(Box::new(Told {
        reference: tell.reference,
        way_in,
        node: tell.node,
        body: tell.body,
        zone: facts.body.zone.name().to_owned(),
        route: tell.route,
        settings: tell.settings,
        seen_by: tell.seen_by,
        answers: tell.answers,
        contributors: tell.contributors,
        assisted_by: tell.assisted_by,
        origin: tell.origin,
        language: tell.language,
        title: tell.title,
        problem: tell.problem,
        solution: tell.solution,
        external_id: tell.external_id,
        handed,
        done,
        sealed: tell.sealed,
        public: tell.public,
    }))
}

/// Shares are whole percents that make 100, one for each person.
fn check_shares(contributors: &[Contributor]) -> Result<(), Refusal> {
    let sum: u32 = contributors.iter().map(|one| u32::from(one.share_percent)).sum();
    let is_fair = sum == 100 && contributors.iter().all(|one| one.share_percent > 0);
    let is_plain = are_plain(contributors.iter().map(|one| one.party).collect());
    if is_fair && is_plain { Ok(()) } else { Err(Refusal::BadShares) }
}

/// Somebody, not too many, nobody twice.
fn are_plain(mut parties: Vec<PartyId>) -> bool {
    let count = parties.len();
    parties.sort_unstable();
    parties.dedup();
    parties.len() == count && (1..=crate::limits::CONTRIBUTORS).contains(&count)
}

/// Equal shares for `count` people, in percent: the first ones carry what does not divide.
pub fn equal_shares(count: u8) -> Vec<u8> {
    let count = count.clamp(1, 100);
    (0..count).map(|place| 100 / count + u8::from(place < 100 % count)).collect()
}
