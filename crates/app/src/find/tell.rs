//! Telling an idea or a problem: from what was typed to a record with a reference, a person and a date.

use crate::ctx::{Ctx, Write, Writing};
use crate::error::{Error, Result};
use crate::find::{hidden, index, public};
use crate::people::place::Place;
use crate::route::change::keep_parties;
use crate::route::duty::{Situation, Subject, duty_of, situation};
use chrono::Datelike;
use waymark_domain::find::event::{Contributor, InnovationEvent, Sealed};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::Public;
use waymark_domain::find::problem::Problem;
use waymark_domain::find::stage::Origin;
use waymark_domain::find::tell::{self, Asked, Tell};
use waymark_domain::ids::{AccountId, InnovationId, NodeId, PartyId, ProblemId};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::route::facts::Refusal;
use waymark_domain::route::pass::CURRENT_ROUTE;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Field, Line, Prose, Title};
use waymark_store::find::{listing, sent};

/// Who could say yes, as chosen on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoCould {
    /// My team lead.
    TeamLead,
    /// Somebody else.
    Somebody(AccountId),
    /// I do not know.
    Unknown,
}

/// What was typed, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Where.
    pub node: NodeId,
    /// Who could say yes.
    pub who_could: WhoCould,
    /// What it is called.
    pub title: Title,
    /// What the problem is.
    pub problem: Prose,
    /// What they would do; nothing makes it a problem.
    pub solution: Option<Prose>,
    /// Who brought it, with shares in percent.
    pub contributors: Vec<(AccountId, u8)>,
    /// Was it typed on their behalf by whoever acts?
    pub is_assisted: bool,
    /// Where it came from.
    pub origin: Origin,
    /// Who sees it; what the node's settings say where nothing was chosen.
    pub seen_by: Option<SeenBy>,
    /// The problem that it answers.
    pub answers: Option<ProblemId>,
    /// The id that another system knows it by.
    pub external_id: Option<String>,
}

/// Sends an idea or a problem.
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there, [`Refusal`] by the rules of telling.
pub async fn tell(ctx: &mut Ctx<'_, Write>, typed: &Typed) -> Result<Innovation> {
    let id = new_id(ctx);
    let parties = parties(ctx, typed, id);
    tell_as(ctx, typed, (id, parties, Way::Named)).await
}

/// Sends an idea or a problem with a hidden name: `account` told it and comes back with `code`. Nothing that is written
/// names them.
///
/// # Errors
/// As [`tell`]; [`Error::Invalid`] on `whose` where the place has no two openers.
pub(super) async fn tell_hidden(
    ctx: &mut Ctx<'_, Write>,
    typed: &Typed,
    (account, code): (AccountId, &Spelt),
) -> Result<Innovation> {
    let id = new_id(ctx);
    let hidden = hidden::hide(ctx, (id.0, typed.node), (account, code)).await?;
    let contributor = Contributor { party: hidden.party, share_percent: 100 };
    let parties = Parties { contributors: vec![contributor], assisted_by: None };
    let record = tell_as(ctx, typed, (id, parties, Way::Hidden(hidden.keys))).await?;
    hidden::keep(ctx, &hidden);
    Ok(record)
}

/// Sends an idea or a problem of somebody without an account, who comes back with a code.
///
/// # Errors
/// As [`tell`].
pub(crate) async fn tell_public(
    ctx: &mut Ctx<'_, Write>,
    typed: &Typed,
    (code, credit): (&Spelt, Option<Line>),
) -> Result<Innovation> {
    let id = new_id(ctx);
    let teller = public::teller(ctx, id, (code, credit));
    let contributor = Contributor { party: teller.party, share_percent: 100 };
    let parties = Parties { contributors: vec![contributor], assisted_by: None };
    let record = tell_as(ctx, typed, (id, parties, Way::Public(teller.credit.as_ref()))).await?;
    public::keep(ctx, &teller);
    Ok(record)
}

/// How whoever tells it is known.
enum Way<'w> {
    /// By an account.
    Named,
    /// By an account that nobody sees.
    Hidden(Sealed),
    /// By nothing but a code; with the name that they wish to see on it.
    Public(Option<&'w Line>),
}

async fn tell_as(
    ctx: &mut Ctx<'_, Write>,
    typed: &Typed,
    (id, parties, way): (InnovationId, Parties, Way<'_>),
) -> Result<Innovation> {
    let here = situation_of(ctx, typed, id).await?;
    check_answers(ctx, typed.answers).await?;
    let asked = asked(ctx, &here, typed, id).await?;
    let reference = new_reference(ctx, &here.place).await?;
    let (mut tell, mut writing) = parse(ctx, typed, (id, reference, parties), &here.place);
    match way {
        Way::Named => {}
        Way::Hidden(sealed) => tell.sealed = Some(sealed),
        Way::Public(name) => {
            tell.public = Some(Public { credit: writing.note_some(Field::Credit, name) });
        }
    }
    let event = tell::tell(tell, asked, &here.facts())?;
    begin(ctx, (id, event), writing, &here).await
}

/// Lists what was done already; `lines` are what we did and what changed.
///
/// # Errors
/// As [`tell`].
pub async fn just_did_it(
    ctx: &mut Ctx<'_, Write>,
    typed: &Typed,
    lines: (&Prose, &Prose),
) -> Result<Innovation> {
    let id = new_id(ctx);
    let parties = parties(ctx, typed, id);
    let here = situation_of(ctx, typed, id).await?;
    let reference = new_reference(ctx, &here.place).await?;
    let (tell, mut writing) = parse(ctx, typed, (id, reference, parties), &here.place);
    let did = writing.note(Field::Did, lines.0.as_str());
    let changed = writing.note(Field::Changed, lines.1.as_str());
    let event = tell::just_did_it(tell, (did, changed), &here.facts())?;
    begin(ctx, (id, event), writing, &here).await
}

fn new_id(ctx: &Ctx<'_, Write>) -> InnovationId {
    InnovationId::told_on(ctx.now.date_naive(), ctx.env.bytes())
}

/// A reference of the year that no record has. Two that draw the same one at the same time are told as a conflict.
async fn new_reference(ctx: &mut Ctx<'_, Write>, place: &Place) -> Result<Reference> {
    let year = ctx.now.with_timezone(&place.zone).year();
    loop {
        let drawn = Reference::new(year, u32::from_be_bytes(ctx.env.bytes()));
        if sent::of_reference(&mut ctx.tx, drawn.as_str()).await?.is_none() {
            return Ok(drawn);
        }
    }
}

/// Saves the first event and what follows from it.
async fn begin(
    ctx: &mut Ctx<'_, Write>,
    (id, event): (InnovationId, InnovationEvent),
    writing: Writing<'_>,
    here: &Situation,
) -> Result<Innovation> {
    let actor = here.facts().actor;
    let events = vec![event];
    let words = writing.finish();
    let said = index::said(&words);
    let after: Innovation = ctx.save(None, (id.0, events.clone()), (actor, words)).await?;
    index::add(ctx, &after, &said);
    keep_parties(ctx, &after, here);
    listing::add(&mut ctx.tx, id.0);
    crate::route::notice::after(ctx, &after, &events).await?;
    Ok(after)
}

async fn situation_of(ctx: &mut Ctx<'_, Write>, typed: &Typed, id: InnovationId) -> Result<Situation> {
    let contributors: Vec<AccountId> = typed.contributors.iter().map(|(account, _)| *account).collect();
    situation(ctx, subject(typed, id, &contributors)).await
}

fn subject<'a>(typed: &Typed, id: InnovationId, contributors: &'a [AccountId]) -> Subject<'a> {
    Subject { id: id.0, record: None, node: typed.node, contributors, route: CURRENT_ROUTE }
}

/// *Someone else* must hold a deciding role there, else the finder has it.
async fn asked(ctx: &mut Ctx<'_, Write>, here: &Situation, typed: &Typed, id: InnovationId) -> Result<Asked> {
    Ok(match typed.who_could {
        WhoCould::TeamLead => Asked::TeamLead,
        WhoCould::Unknown => Asked::Unknown,
        WhoCould::Somebody(account) => {
            let contributors: Vec<AccountId> = typed.contributors.iter().map(|(one, _)| *one).collect();
            let duty = duty_of(ctx, here, (subject(typed, id, &contributors), account)).await?;
            duty.map_or(Asked::Unknown, Asked::Somebody)
        }
    })
}

/// The problem that is answered must seek answers.
async fn check_answers(ctx: &mut Ctx<'_, Write>, answers: Option<ProblemId>) -> Result<()> {
    let Some(id) = answers else { return Ok(()) };
    let problem: Problem = ctx.load(id.0).await?;
    if problem.seeks_answers(ctx.now) { Ok(()) } else { Err(Error::Refused(Refusal::ProblemClosed)) }
}

/// Who brought it and who typed it for them, as parties of the new record. They come before the situation is read, which
/// then knows them; their rows are written with the record.
struct Parties {
    contributors: Vec<Contributor>,
    assisted_by: Option<PartyId>,
}

fn parties(ctx: &mut Ctx<'_, Write>, typed: &Typed, id: InnovationId) -> Parties {
    let share = |(account, share_percent): &(AccountId, u8)| Contributor {
        party: ctx.minted(id.0, *account),
        share_percent: *share_percent,
    };
    let contributors = typed.contributors.iter().map(share).collect();
    let assisting = ctx.actor.account().filter(|_| typed.is_assisted);
    Parties { contributors, assisted_by: assisting.map(|account| ctx.minted(id.0, account)) }
}

fn parse<'e>(
    ctx: &Ctx<'e, Write>,
    typed: &Typed,
    (id, reference, parties): (InnovationId, Reference, Parties),
    place: &Place,
) -> (Tell, Writing<'e>) {
    let mut writing = Writing::new(ctx.env, (id.0, 1), ctx.language);
    let tell = Tell {
        reference,
        node: typed.node,
        body: NodeId(place.body.id),
        route: CURRENT_ROUTE,
        settings: place.settings_version,
        seen_by: typed.seen_by.unwrap_or(place.settings.seen_by),
        answers: typed.answers,
        contributors: parties.contributors,
        assisted_by: parties.assisted_by,
        origin: typed.origin,
        language: ctx.language,
        title: writing.note(Field::Title, typed.title.as_str()),
        problem: writing.note(Field::Problem, typed.problem.as_str()),
        solution: writing.note_some(Field::Solution, typed.solution.as_ref()),
        external_id: typed.external_id.clone(),
        sealed: None,
        public: None,
    };
    (tell, writing)
}
