//! Sending a draft: the record is made, the draft goes, and the receipt says who has it and by when.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::find::capture::{self, NAMED, Said, Who};
use crate::find::delivery;
use crate::find::doors;
use crate::find::draft::{Draft, Fields, Kind, value};
use crate::find::group::{Whose, brought};
use crate::find::tell::{Typed, WhoCould, just_did_it, tell, tell_hidden, tell_public};
use crate::find::{held_back, hidden};
use crate::route::change::visible;
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Stage, WayIn};
use waymark_domain::ids::{AccountId, InnovationId, NodeId, ProblemId};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Field, Language, Line};
use waymark_store::find::{drafts, sent};
use waymark_store::people::parties;
use waymark_store::words;

/// The field of the come-back code while a draft with a hidden name is sent: it is in no draft that is kept.
pub const CODE_FIELD: &str = "code";
/// The field of whether their team lead may have what somebody tells with a hidden name.
pub const TO_LEAD: &str = "to-lead";
/// Where only those who handle it are to see it.
pub const CARE: &str = "care";

/// A draft that was read and can be sent.
#[derive(Debug)]
pub struct Ready {
    draft: Draft,
    fields: Fields,
    said: Said,
    node: NodeId,
}

/// Reads a draft before it is sent: what only reads need not keep others from writing.
///
/// # Errors
/// [`Error::Invalid`] where an answer cannot be taken any more (by field).
pub async fn ready<K>(ctx: &mut Ctx<'_, K>, draft: Draft) -> Result<Ready> {
    let mut fields = draft.fields.clone();
    let said = capture::check(ctx, draft.kind, &mut fields).await?;
    delivery::must_be_asked(&draft)?;
    let node = capture::place_of(&fields).ok_or_else(|| Error::field("where", "tell-where-empty"))?;
    Ok(Ready { draft, fields, said, node })
}

impl Ready {
    /// The draft as it was read.
    pub(super) const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Where it is told.
    pub(super) const fn node(&self) -> NodeId {
        self.node
    }

    /// Takes the draft's row away.
    pub(super) async fn take(&self, ctx: &mut Ctx<'_, Write>) -> Result<()> {
        let draft = (self.draft.id, self.draft.updated_at.timestamp_micros());
        if drafts::take(&mut ctx.tx, draft).await? { Ok(()) } else { Err(Error::Conflict) }
    }
}

/// What a draft became when it was sent.
#[derive(Debug)]
pub enum Sent {
    /// A record.
    Record(Box<Innovation>),
    /// Nothing yet: it reads like something for a door, and a finder reads it first. Its id.
    HeldBack(Uuid),
}

/// Reads and sends a draft as whoever acts.
///
/// # Errors
/// As [`ready`] and [`send_ready`].
pub async fn send(ctx: &mut Ctx<'_, Write>, draft: Draft) -> Result<Sent> {
    let ready = ready(ctx, draft).await?;
    send_ready(ctx, ready).await
}

/// Sends what was said all at once, without a draft that was kept: a program asks nothing page by page.
///
/// # Errors
/// As [`ready`], [`Error::SignInFirst`]; [`Error::Invalid`] for what would be held back: that is for a person to send.
pub async fn send_at_once(ctx: &mut Ctx<'_, Write>, (kind, fields): (Kind, Fields)) -> Result<Innovation> {
    let draft = Draft::unkept(kind, fields, ctx.now);
    if delivery::doubted(&draft).is_some() {
        return Err(Error::field("problem", "tell-doubted-by-program"));
    }
    let ready = ready(ctx, draft).await?;
    make(ctx, ready).await
}

/// Sends a draft that was read. The draft goes.
///
/// # Errors
/// [`Error::Invalid`] where an answer cannot be taken any more (by field), [`Error::SignInFirst`]; [`Error::Conflict`]
/// where the draft was sent or changed since it was read.
pub async fn send_ready(ctx: &mut Ctx<'_, Write>, ready: Ready) -> Result<Sent> {
    ctx.account()?;
    ready.take(ctx).await?;
    let draft = &ready.draft;
    if held_back::hold(ctx, (draft, ready.node)).await? {
        return Ok(Sent::HeldBack(draft.id));
    }
    Ok(Sent::Record(Box::new(make(ctx, ready).await?)))
}

/// Makes a record of what was read, as whoever acts.
pub(super) async fn make(ctx: &mut Ctx<'_, Write>, ready: Ready) -> Result<Innovation> {
    let Ready { draft, fields, said, node } = ready;
    let sender = ctx.account()?;
    let brought = brought(ctx, &fields, sender).await?;
    // A draft is in the language of the page on which it was typed, whichever page sends it.
    ctx.language = Language::parse(value(&fields, "lang")).unwrap_or(ctx.language);
    let typed = Typed {
        node,
        who_could: who_could(ctx, (said.who, node), &draft).await?,
        title: said.title,
        problem: said.problem,
        solution: said.solution.clone().filter(|_| draft.kind == Kind::Tell),
        contributors: brought.contributors,
        is_assisted: brought.is_assisted,
        origin: said.origin,
        seen_by: (draft.value(CARE) == "yes").then_some(SeenBy::Handlers),
        answers: ProblemId::parse(value(&fields, "answers")),
        external_id: None,
    };
    if Whose::of(&fields) == Whose::Hidden {
        return make_hidden(ctx, (typed, &draft), sender).await;
    }
    let lines = said.solution.zip(said.changed).filter(|_| draft.kind == Kind::Done);
    match &lines {
        Some((did, changed)) => just_did_it(ctx, &typed, (did, changed)).await,
        None => tell(ctx, &typed).await,
    }
}

/// The same with a hidden name: shown where enough people are; to the finder, unless its contributor wants their team lead
/// to have it or named somebody. What is in doubt is seen by those who handle it alone, the finder first.
async fn make_hidden(
    ctx: &mut Ctx<'_, Write>,
    (typed, draft): (Typed, &Draft),
    sender: AccountId,
) -> Result<Innovation> {
    if draft.kind != Kind::Tell {
        return Err(Error::field("whose", "tell-hidden-not-done"));
    }
    let code = Spelt::parse(draft.value(CODE_FIELD), hidden::CODE);
    let code = code.ok_or_else(|| Error::field("whose", "tell-hidden-no-code"))?;
    let is_doubted = delivery::doubted(draft).is_some();
    let node = hidden::shown_at(ctx, typed.node).await?;
    // Further up somebody else leads, and nobody agreed to them.
    let may_lead = draft.value(TO_LEAD) == "yes" && node == typed.node;
    let is_led = typed.who_could == WhoCould::TeamLead && !may_lead;
    let who_could = if is_led || is_doubted { WhoCould::Unknown } else { typed.who_could };
    let seen_by = if is_doubted { Some(SeenBy::Handlers) } else { typed.seen_by };
    let typed = Typed { node, who_could, seen_by, ..typed };
    tell_hidden(ctx, &typed, (sender, &code)).await
}

/// Makes a record of what somebody without an account told: to whoever leads the place, or to the finder where it is in
/// doubt. Until a moderator lists it, it is seen by those who handle it alone.
pub(super) async fn make_public(
    ctx: &mut Ctx<'_, Write>,
    ready: Ready,
    teller: (&Spelt, Option<Line>),
) -> Result<Innovation> {
    let Ready { draft, fields, said, node } = ready;
    ctx.language = Language::parse(value(&fields, "lang")).unwrap_or(ctx.language);
    let is_doubted = delivery::doubted(&draft).is_some();
    let typed = Typed {
        node,
        who_could: if is_doubted { WhoCould::Unknown } else { WhoCould::TeamLead },
        title: said.title,
        problem: said.problem,
        solution: said.solution,
        contributors: Vec::new(),
        is_assisted: false,
        origin: said.origin,
        seen_by: None,
        answers: ProblemId::parse(value(&fields, "answers")),
        external_id: None,
    };
    tell_public(ctx, &typed, teller).await
}

/// The person who was chosen, or who was named in full before signing in; where nobody who decides there is called that,
/// the finder finds out.
async fn who_could(ctx: &mut Ctx<'_, Write>, (who, node): (Who, NodeId), draft: &Draft) -> Result<WhoCould> {
    match who {
        Who::Lead => return Ok(WhoCould::TeamLead),
        Who::Unknown => return Ok(WhoCould::Unknown),
        Who::Somebody => {}
    }
    if let Some(account) = AccountId::parse(draft.value("somebody")) {
        return Ok(WhoCould::Somebody(account));
    }
    let named = doors::decider_named(ctx, node, draft.value(NAMED)).await?;
    Ok(named.map_or(WhoCould::Unknown, WhoCould::Somebody))
}

/// What the receipt says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What people call it by.
    pub reference: Reference,
    /// What it is called.
    pub title: String,
    /// The language of the title.
    pub language: Language,
    /// How it came in.
    pub way_in: WayIn,
    /// Who has it and by when they answer; nothing once it has ended.
    pub next: Option<(String, NaiveDate)>,
    /// The place where it was told.
    pub node: waymark_domain::ids::NodeId,
    /// Was it told without an account?
    pub is_public: bool,
    /// Is it as it was sent: without an answer yet, or listed as done?
    pub is_as_sent: bool,
}

/// The receipt of a record, for those who may see it.
///
/// # Errors
/// [`Error::NotFound`] where there is none or they may not know of it.
pub async fn receipt<K>(ctx: &mut Ctx<'_, K>, reference: &Reference) -> Result<Receipt> {
    let id = sent::of_reference(&mut ctx.tx, reference.as_str()).await?.ok_or(Error::NotFound)?;
    let (record, _) = visible(ctx, InnovationId(id)).await?;
    let people = parties::of_record(&mut ctx.tx, id).await?;
    let owner = record.owner.and_then(|owner| people.iter().find(|person| person.id == owner.0));
    let next = owner.map(|owner| owner.name.clone()).zip(record.next_date());
    let title = words::find(&mut ctx.tx, id, Field::Title, record.told.title.version).await?;
    Ok(Receipt {
        reference: record.told.reference.clone(),
        title: title.and_then(|title| title.body).unwrap_or_default(),
        language: record.told.language,
        way_in: record.told.way_in,
        next,
        node: record.told.node,
        is_public: record.public.is_some(),
        is_as_sent: record.told.done.is_some() || (record.stage == Stage::Told && record.answers.is_empty()),
    })
}
