//! Type first, then say who you are: name and work mail of somebody without a session, confirmed by a link.
//!
//! The secret of the link is made while its mail is being sent, so that no job and no row ever has it.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::capture::place_of;
use crate::find::draft::{self, Draft, set};
use crate::people::account::{self, Mail, NewPerson};
use crate::people::{roles, session};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::role::Role;
use waymark_domain::text::{Digest, Language, Line, Problem};
use waymark_store::find::drafts;
use waymark_store::jobs::{self, NewJob};
use waymark_store::people::tickets::{self, NewTicket};
use waymark_store::people::{accounts, tickets::TicketRow};

/// The kind of job that mails a link.
pub const TICKET_MAIL: &str = "ticket-mail";
/// What the ticket is for.
const CONFIRM: &str = "confirm";
/// How long the link works.
const LASTS: TimeDelta = TimeDelta::days(2);

/// Somebody without a session who typed name and work mail beside an idea: what the job and the ticket carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// The name.
    pub name: String,
    /// The work mail.
    pub mail: String,
    /// The language of page and mail.
    pub language: Language,
    /// Where the person works: the node of the draft.
    pub node: Uuid,
    /// The draft that waits.
    pub draft: Uuid,
}

/// What the job carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "to")]
enum TicketMail {
    Newcomer(Newcomer),
}

/// Asks for a link to a work mail; name and address stay on the draft. Gives the address.
///
/// # Errors
/// [`Error::Invalid`] on `name` and `mail`.
pub async fn ask(
    ctx: &mut Ctx<'_, Write>,
    draft: &Draft,
    key: Option<&str>,
    (name, mail): (&str, &str),
) -> Result<String> {
    let mut checks = Checks::default();
    let name = match Line::parse(name) {
        Err(Problem::Empty) => checks.some("name", None, "tell-name-empty"),
        parsed => checks.text("name", parsed),
    };
    let mail = checks.some("mail", Mail::parse(mail).ok(), "tell-mail-wrong");
    let (name, mail) = checks.finish(name.zip(mail))?;
    let node = place_of(&draft.fields).ok_or(Error::NotFound)?;
    let mut fields = draft.fields.clone();
    set(&mut fields, "name", name.as_str());
    set(&mut fields, "mail", mail.as_str());
    draft::keep(ctx, key, (Some(draft.id), draft.kind), &fields).await?;
    let newcomer = Newcomer {
        name: name.as_str().to_owned(),
        mail: mail.as_str().to_owned(),
        language: ctx.language,
        node: node.0,
        draft: draft.id,
    };
    enqueue(ctx, newcomer).await?;
    Ok(mail.as_str().to_owned())
}

/// One mail at a time for each draft and address, however often the button is pressed.
async fn enqueue(ctx: &mut Ctx<'_, Write>, newcomer: Newcomer) -> Result<()> {
    let unique = Digest::of(&[CONFIRM.as_bytes(), newcomer.draft.as_bytes(), newcomer.mail.as_bytes()]);
    let unique = format!("{CONFIRM}-{unique}");
    let payload = TicketMail::Newcomer(newcomer);
    let job = NewJob { kind: TICKET_MAIL, payload: &payload, run_at: ctx.now, unique_key: Some(&unique) };
    jobs::enqueue(&mut ctx.tx, job, ctx.now).await?;
    Ok(())
}

/// Makes the secret of the link while its mail is being sent.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn issue(ctx: &mut Ctx<'_, Write>, newcomer: &Newcomer) -> Result<String> {
    let secret = ctx.env.secret();
    let payload = serde_json::to_string(newcomer).map_err(Error::internal)?;
    let ends_at = (ctx.now + LASTS).timestamp_micros();
    let new =
        NewTicket { token_hash: &hash(&secret), purpose: CONFIRM, account: None, payload: &payload, ends_at };
    tickets::add(&mut ctx.tx, &new).await?;
    Ok(secret)
}

/// What a link would send; looking does not use it up, since mail filters look at every link.
///
/// # Errors
/// [`Error::NotFound`] for a link that was used, is too old or never was, or whose draft is gone.
pub async fn look<K>(ctx: &mut Ctx<'_, K>, secret: &str) -> Result<(Newcomer, Draft)> {
    let row = tickets::find(&mut ctx.tx, &hash(secret), ctx.now.timestamp_micros()).await?;
    let newcomer = newcomer(row)?;
    let draft = drafts::find(&mut ctx.tx, newcomer.draft).await?.ok_or(Error::NotFound)?;
    Ok((newcomer, draft::parsed(draft)?))
}

fn newcomer(row: Option<TicketRow>) -> Result<Newcomer> {
    let row = row.filter(|row| row.purpose == CONFIRM).ok_or(Error::NotFound)?;
    serde_json::from_str(&row.payload).map_err(Error::internal)
}

/// Confirms the work mail: the account is there from now on, as a member of the draft's node, and owns the draft. Gives
/// the secret of its session; the context acts as that person.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not work.
pub async fn confirm(ctx: &mut Ctx<'_, Write>, secret: &str, agent: &str) -> Result<(String, Draft)> {
    let (newcomer, draft) = look(ctx, secret).await?;
    if !tickets::use_up(&mut ctx.tx, &hash(secret), ctx.now.timestamp_micros()).await? {
        return Err(Error::NotFound);
    }
    let account = match accounts::by_mail(&mut ctx.tx, &newcomer.mail.to_lowercase()).await? {
        Some(row) if row.closed_at.is_none() => AccountId(row.id),
        Some(_) => return Err(Error::NotFound),
        None => join(ctx, &newcomer).await?,
    };
    drafts::give(&mut ctx.tx, draft.id, account.0).await?;
    let session = session::begin(ctx, account, (false, agent)).await?;
    ctx.actor = crate::Actor::Person(account);
    Ok((session, draft))
}

async fn join(ctx: &mut Ctx<'_, Write>, newcomer: &Newcomer) -> Result<AccountId> {
    let person = NewPerson {
        name: Line::parse(&newcomer.name).map_err(|_| Error::NotFound)?,
        mail: Mail::parse(&newcomer.mail).map_err(|_| Error::NotFound)?,
        language: newcomer.language,
        external_id: None,
    };
    let account = account::create(ctx, &person).await?;
    roles::grant(ctx, Role::Member, NodeId(newcomer.node), account).await?;
    Ok(account)
}

fn hash(secret: &str) -> [u8; 32] {
    Digest::of(&[b"ticket", secret.as_bytes()]).0
}
