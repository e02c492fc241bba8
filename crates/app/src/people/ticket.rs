//! Links that work once: an invitation, a new password, a work mail to confirm.
//!
//! A secret is made when its mail is being sent and leaves us only in that mail; the database has its hash. So a job
//! carries who and what for, never a secret.

use crate::ctx::{Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::people::account::{self, Mail, NewPerson};
use crate::people::attempts::{self, Key};
use crate::people::audit::{self, Act};
use crate::people::newcomers::{self, Waits};
use crate::people::password::{self, Password};
use crate::people::{roles, sign_in, tokens};
use crate::routes::Route;
use crate::{Actor, Read};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::role::Role;
use waymark_domain::reference::Reference;
use waymark_domain::text::{Digest, Language, Line};
use waymark_store::people::tickets::{self, NewTicket};
use waymark_store::people::{accounts, sessions};

/// The kind of job that mails a link. Its payload is a [`TicketMail`].
pub const TICKET_MAIL: &str = "ticket-mail";

/// What a link of an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// The first password of somebody who was invited: seven days.
    Invitation,
    /// A new password: one hour.
    Reset,
}

/// Somebody without an account who typed name and work mail beside an idea.
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

/// What a job of the kind [`TICKET_MAIL`] carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "to")]
pub enum TicketMail {
    /// A link for an account: hand it to [`issue`].
    Account {
        /// Whose.
        account: Uuid,
        /// What for.
        purpose: Purpose,
    },
    /// The same for somebody who was let in: it says what became of what they typed.
    Welcome {
        /// Whose.
        account: Uuid,
        /// What was sent; nothing where something in it has to be changed first, or is read first.
        reference: Option<Reference>,
        /// Was it sent, and a finder reads it first?
        #[serde(default)]
        is_held_back: bool,
    },
    /// A link to confirm a work mail: hand it to [`issue_confirm`].
    Newcomer(Newcomer),
}

const CONFIRM: &str = "confirm";

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    const fn lasts(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::Reset => TimeDelta::hours(1),
        }
    }
}

/// How long a link to confirm a work mail works.
const CONFIRM_LASTS: TimeDelta = TimeDelta::days(2);

/// Makes a link for an account while its mail is being sent: the link, the address, the person's language.
///
/// # Errors
/// [`Error::NotFound`] where the account is closed or gone: then there is no mail to send.
pub async fn issue(
    ctx: &mut Ctx<'_, Write>,
    account: AccountId,
    purpose: Purpose,
) -> Result<(String, String, Language)> {
    let row = accounts::by_id(&mut ctx.tx, account.0).await?;
    let row = row.filter(|row| row.closed_at.is_none()).ok_or(Error::NotFound)?;
    let link = give(ctx, (purpose.name(), Some(account.0)), ("{}", purpose.lasts())).await?;
    Ok((link, row.mail, Language::parse(&row.language).unwrap_or_default()))
}

/// Makes the link by which somebody without an account confirms a work mail, while its mail is being sent.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn issue_confirm(
    ctx: &mut Ctx<'_, Write>,
    newcomer: &Newcomer,
) -> Result<(String, String, Language)> {
    let payload = serde_json::to_string(newcomer).map_err(Error::internal)?;
    let link = give(ctx, (CONFIRM, None), (&payload, CONFIRM_LASTS)).await?;
    Ok((link, newcomer.mail.clone(), newcomer.language))
}

async fn give(
    ctx: &mut Ctx<'_, Write>,
    (purpose, account): (&str, Option<Uuid>),
    (payload, lasts): (&str, TimeDelta),
) -> Result<String> {
    let secret = ctx.env.secret();
    let ends_at = (ctx.now + lasts).timestamp_micros();
    let new = NewTicket { token_hash: &hash(&secret), purpose, account, payload, ends_at };
    tickets::add(&mut ctx.tx, &new).await?;
    Ok(format!("{}{}", ctx.env.config.origin, Route::Ticket { secret }))
}

fn hash(secret: &str) -> [u8; 32] {
    Digest::of(&[b"ticket", secret.as_bytes()]).0
}

/// Asks that somebody be mailed a link for a new password. The answer is the same whether there is such an account.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn ask_reset(ctx: &mut Ctx<'_, Write>, mail: &Mail) -> Result<()> {
    let folded = mail.folded();
    match attempts::count(ctx, Key::of(&["reset", &folded]), attempts::MAILS).await {
        // Who asks again and again fills somebody's letter box: no further mail, and no other answer.
        Err(Error::TooMany { .. }) => return Ok(()),
        counted => counted?,
    }
    let row = accounts::by_mail(&mut ctx.tx, &folded).await?.filter(|row| row.closed_at.is_none());
    match row {
        Some(row) => mail_link(ctx, AccountId(row.id), Purpose::Reset).await,
        None => Ok(()),
    }
}

/// Enqueues the mail with a link.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn mail_link(ctx: &mut Ctx<'_, Write>, account: AccountId, purpose: Purpose) -> Result<()> {
    ctx.enqueue(TICKET_MAIL, &TicketMail::Account { account: account.0, purpose }).await
}

/// Enqueues the mail by which somebody without an account confirms a work mail.
///
/// # Errors
/// [`Error::TooMany`] where that address was written to several times already.
pub async fn mail_confirm(ctx: &mut Ctx<'_, Write>, newcomer: &Newcomer) -> Result<()> {
    let folded = newcomer.mail.to_lowercase();
    attempts::count(ctx, Key::of(&["confirm", &folded]), attempts::MAILS).await?;
    ctx.enqueue(TICKET_MAIL, &TicketMail::Newcomer(newcomer.clone())).await
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// A page that asks for a password.
    Password {
        /// Whose.
        account: AccountId,
        /// The person's name.
        name: String,
        /// The person's mail address.
        mail: String,
        /// Was the person invited, or did they ask for a new password?
        purpose: Purpose,
    },
    /// A page with one button.
    Confirm(Newcomer),
}

/// What a link opens; looking does not use it up, since mail filters look at every link.
///
/// # Errors
/// [`Error::NotFound`] for a link that was used, is too old or never was.
pub async fn open<K>(ctx: &mut Ctx<'_, K>, secret: &str) -> Result<Opens> {
    let now = ctx.now.timestamp_micros();
    let row = tickets::find(&mut ctx.tx, &hash(secret), now).await?.ok_or(Error::NotFound)?;
    let purpose = match row.purpose.as_str() {
        CONFIRM => return Ok(Opens::Confirm(serde_json::from_str(&row.payload).map_err(Error::internal)?)),
        "invitation" => Purpose::Invitation,
        _ => Purpose::Reset,
    };
    let id = row.account.ok_or(Error::NotFound)?;
    let account = accounts::by_id(&mut ctx.tx, id).await?.filter(|row| row.closed_at.is_none());
    let account = account.ok_or(Error::NotFound)?;
    Ok(Opens::Password { account: AccountId(id), name: account.name, mail: account.mail, purpose })
}

/// Sets the password of the person whose link it is, and signs in: every other session of theirs ends. Gives the secret
/// of the session. Opens its own transactions, since the hash is made between them.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not work, [`Error::Invalid`] on `password`.
pub async fn set_password(env: &Env, secret: &str, (typed, agent): (&str, &str)) -> Result<String> {
    let mut ctx: Ctx<'_, Read> = Ctx::read(env, Actor::Nobody).await?;
    let Opens::Password { account, name, mail, .. } = open(&mut ctx, secret).await? else {
        return Err(Error::NotFound);
    };
    drop(ctx);
    let password = Password::parse(typed, &[&name, &mail]).map_err(|key| Error::field("password", key))?;
    let hashed = password::hash(env, password).await?;
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    use_up(&mut ctx, secret).await?;
    accounts::set_password(&mut ctx.tx, account.0, &hashed).await?;
    sessions::end_all(&mut ctx.tx, account.0, None).await?;
    // Whoever changes a password fears that somebody else is in: then their programs are to ask anew, too.
    tokens::end_all(&mut ctx, account).await?;
    tickets::stop(&mut ctx.tx, account.0).await?;
    audit::note(&mut ctx, Act::PasswordSet, account.0).await?;
    let session = sign_in::begin(&mut ctx, account, (false, agent)).await?;
    ctx.commit().await?;
    Ok(session)
}

async fn use_up(ctx: &mut Ctx<'_, Write>, secret: &str) -> Result<()> {
    let now = ctx.now.timestamp_micros();
    if tickets::use_up(&mut ctx.tx, &hash(secret), now).await? { Ok(()) } else { Err(Error::NotFound) }
}

/// What follows from a confirmed work mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// They are signed in, and the draft is theirs.
    In {
        /// The secret of the session.
        session: String,
        /// The draft.
        draft: Uuid,
    },
    /// The place does not know the address: somebody has to let them in first.
    Waits(Waits),
}

/// Confirms a work mail: who has an account or an address that the place knows is signed in, as a member of the node of
/// the draft, which from now on is the account's. Anybody else waits to be let in.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not work.
pub async fn confirm(ctx: &mut Ctx<'_, Write>, secret: &str, agent: &str) -> Result<Confirmed> {
    let Opens::Confirm(newcomer) = open(ctx, secret).await? else { return Err(Error::NotFound) };
    use_up(ctx, secret).await?;
    let folded = newcomer.mail.to_lowercase();
    let account = match accounts::by_mail(&mut ctx.tx, &folded).await? {
        Some(row) if row.closed_at.is_none() => AccountId(row.id),
        Some(_) => return Err(Error::NotFound),
        None if newcomers::is_known(ctx, &newcomer).await? => join(ctx, &newcomer).await?,
        None => return newcomers::wait(ctx, &newcomer).await.map(Confirmed::Waits),
    };
    accounts::take_draft(&mut ctx.tx, account.0, newcomer.draft).await?;
    audit::note(ctx, Act::Confirmed, account.0).await?;
    let session = sign_in::begin(ctx, account, (false, agent)).await?;
    Ok(Confirmed::In { session, draft: newcomer.draft })
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
