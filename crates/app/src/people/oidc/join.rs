//! Whose account somebody's is who comes back from the provider: linked by issuer and subject, never by a mail that nobody
//! vouches for. Who has none becomes a member by the rules for newcomers.

use super::token::Claims;
use super::{Fault, hashed, known};
use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::find::capture::place_of;
use crate::find::draft;
use crate::people::account::{self, Mail, NewPerson};
use crate::people::audit::{self, Act};
use crate::people::newcomers::{self, Waits};
use crate::people::ticket::Newcomer;
use crate::people::{roles, session, sign_in};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::host::Host;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::Setting;
use waymark_domain::text::{Language, Line};
use waymark_store::people::oidc::{self, LoginRow};
use waymark_store::people::{accounts, tree};

/// The most nodes with hosts of their own that are looked through for somebody's.
const HOSTS_SEARCHED: i64 = 20_000;

/// What came back.
#[derive(Debug, Clone, Copy)]
pub struct Back<'a> {
    /// The state that went out.
    pub state: &'a str,
    /// The code to be redeemed.
    pub code: &'a str,
    /// Who sends it (RFC 9207).
    pub issuer: Option<&'a str>,
    /// What the browser kept.
    pub secret: &'a str,
    /// The secret of its drafts.
    pub draft_key: Option<&'a str>,
    /// The browser, as it calls itself.
    pub agent: &'a str,
    /// The language of its pages.
    pub language: Language,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finished {
    /// They are signed in.
    In {
        /// The secret of the session.
        session: String,
        /// Where to go.
        back: String,
        /// Is it a shared computer?
        is_shared: bool,
    },
    /// The place does not know the address: somebody has to let them in first.
    Waits(Waits),
    /// No place knows the address, and nothing was typed that could wait.
    Unknown {
        /// The address.
        mail: String,
    },
    /// The provider does not vouch for the address.
    Unverified {
        /// The address.
        mail: String,
    },
    /// The account was closed.
    Closed,
}

/// Takes what came back, asks the provider who it is, and signs in. Nothing is asked inside a transaction; a state is used
/// up whatever follows.
///
/// # Errors
/// [`Fault::Refused`] and [`Fault::Token`] where it is not believed, [`Fault::Away`].
pub async fn finish(env: &Env, back: Back<'_>) -> Result<Finished, Fault> {
    let provider = known(env)?;
    let login =
        take(env, &back).await?.ok_or(Fault::Refused("the state was used, is too old or is foreign"))?;
    let published = provider.published(env.now()).await?;
    let is_named = back.issuer.is_some() || !published.authorization_response_iss_parameter_supported;
    if !is_named || back.issuer.is_some_and(|issuer| issuer != provider.told.issuer) {
        return Err(Fault::Refused("another issuer sent the code"));
    }
    // In its place comes an error then (RFC 6749, section 4.1.2.1).
    if back.code.is_empty() {
        return Err(Fault::Refused("it was cancelled there, or the provider refused it"));
    }
    let callback = super::callback(env);
    let redeemed = (back.code, login.verifier.as_str(), callback.as_str());
    let token = Box::pin(provider.redeem(redeemed, env.now())).await?;
    let claims = provider.identity((&token, &login.nonce), env.now()).await?;
    let mut ctx = Ctx::write(env, Actor::Nobody).await?.in_language(back.language);
    let finished = sign_in(&mut ctx, &claims, (&login, &back)).await?;
    ctx.commit().await?;
    Ok(finished)
}

async fn take(env: &Env, back: &Back<'_>) -> Result<Option<LoginRow>> {
    let mut ctx = Ctx::write(env, Actor::Nobody).await?;
    let hashes = [hashed("oidc-state", back.state), hashed("oidc-browser", back.secret)];
    let now = ctx.now.timestamp_micros();
    let login = oidc::take(&mut ctx.tx, [&hashes[0], &hashes[1]], now).await?;
    ctx.commit().await?;
    Ok(login)
}

/// The account, or what is said instead.
type Found = Result<AccountId, Finished>;

async fn sign_in(
    ctx: &mut Ctx<'_, Write>,
    claims: &Claims,
    (login, back): (&LoginRow, &Back<'_>),
) -> Result<Finished, Fault> {
    let subject = claims.subject().map_err(Fault::Token)?;
    let issuer = known(ctx.env)?.told.issuer.clone();
    let found = match oidc::account(&mut ctx.tx, [&issuer, subject]).await.map_err(Error::from)? {
        Some(account) => Ok(AccountId(account)),
        None => first_time(ctx, claims, (login, back)).await?,
    };
    let account = match found {
        Ok(account) => account,
        Err(finished) => return Ok(finished),
    };
    let row = accounts::by_id(&mut ctx.tx, account.0).await.map_err(Error::from)?;
    if row.is_none_or(|row| row.closed_at.is_some()) {
        return Ok(Finished::Closed);
    }
    let session = begin(ctx, claims, (account, login.is_shared, back.agent)).await?;
    Ok(Finished::In { session, back: login.back.clone(), is_shared: login.is_shared })
}

async fn begin(
    ctx: &mut Ctx<'_, Write>,
    claims: &Claims,
    (account, is_shared, agent): (AccountId, bool, &str),
) -> Result<String, Fault> {
    let accepted = &known(ctx.env)?.told.second_factor;
    let shown = claims.texts("amr").into_iter().chain(claims.text("acr"));
    let is_shown = shown.into_iter().any(|one| accepted.iter().any(|own| own == one));
    let browser = (is_shared, agent);
    let session = if is_shown {
        sign_in::begin_stepped_up(ctx, account, browser).await?
    } else {
        sign_in::begin(ctx, account, browser).await?
    };
    let subject = claims.subject().map_err(Fault::Token)?;
    session::note_elsewhere(ctx, &session, subject).await?;
    Ok(session)
}

/// Finds or makes the account of somebody whom the provider sends for the first time, and links it.
async fn first_time(
    ctx: &mut Ctx<'_, Write>,
    claims: &Claims,
    (login, back): (&LoginRow, &Back<'_>),
) -> Result<Found, Fault> {
    let told = &known(ctx.env)?.told;
    let typed = claims.text(&told.mail_claim).unwrap_or_default();
    let mail = Mail::parse(typed).map_err(|_| Fault::Refused("the token has no work mail"))?;
    if !(told.is_mail_vouched_for || claims.is_true("email_verified")) {
        return Ok(Err(Finished::Unverified { mail: mail.as_str().to_owned() }));
    }
    let found = match accounts::by_mail(&mut ctx.tx, &mail.folded()).await.map_err(Error::from)? {
        Some(row) if row.closed_at.is_some() => Err(Finished::Closed),
        Some(row) => Ok(AccountId(row.id)),
        None => newcomer(ctx, claims, (&mail, login, back)).await?,
    };
    if let Ok(account) = &found {
        let subject = claims.subject().map_err(Fault::Token)?;
        let linked = (account.0, ctx.now.timestamp_micros());
        oidc::link(&mut ctx.tx, [&told.issuer, subject], linked).await.map_err(Error::from)?;
        ctx.actor = Actor::Person(*account);
        audit::note(ctx, Act::Linked, account.0).await?;
    }
    Ok(found)
}

/// Somebody without an account: a member where the place knows the address, else they wait with what they typed.
async fn newcomer(
    ctx: &mut Ctx<'_, Write>,
    claims: &Claims,
    (mail, login, back): (&Mail, &LoginRow, &Back<'_>),
) -> Result<Found> {
    let name = claims.text("name").filter(|name| Line::parse(name).is_ok()).unwrap_or(mail.as_str());
    let draft = draft_of(ctx, back.draft_key, &login.back).await?;
    let node = match draft {
        Some((_, node)) => Some(node),
        None => home(ctx, claims, mail).await?,
    };
    let unknown = || Ok(Err(Finished::Unknown { mail: mail.as_str().to_owned() }));
    let Some(node) = node else { return unknown() };
    let newcomer = Newcomer {
        name: name.to_owned(),
        mail: mail.as_str().to_owned(),
        language: back.language,
        node: node.0,
        draft: draft.map(|(draft, _)| draft).unwrap_or_default(),
    };
    let is_sent_there = draft.is_none() && is_claimed(ctx, claims, node).await?;
    if is_sent_there || newcomers::is_known(ctx, &newcomer).await? {
        return join(ctx, mail, &newcomer).await.map(Ok);
    }
    match draft {
        Some(_) => Ok(Err(Finished::Waits(newcomers::wait(ctx, &newcomer).await?))),
        None => unknown(),
    }
}

async fn join(ctx: &mut Ctx<'_, Write>, mail: &Mail, newcomer: &Newcomer) -> Result<AccountId> {
    let name = Line::parse(&newcomer.name).map_err(|_| Error::NotFound)?;
    let (mail, language) = (mail.clone(), newcomer.language);
    let account = account::create(ctx, &NewPerson { name, mail, language, external_id: None }).await?;
    roles::grant(ctx, Role::Member, NodeId(newcomer.node), account).await?;
    Ok(account)
}

/// The draft to which one comes back, with its place.
async fn draft_of(ctx: &mut Ctx<'_, Write>, key: Option<&str>, back: &str) -> Result<Option<(Uuid, NodeId)>> {
    let mut parts = back.split(['/', '?']).skip(1);
    let id = (parts.next() == Some("drafts")).then(|| parts.next()).flatten();
    let Some(id) = id.and_then(|id| id.parse().ok()) else { return Ok(None) };
    match draft::open(ctx, key, id).await {
        Ok(draft) => Ok(place_of(&draft.fields).map(|node| (draft.id, node))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The node that the provider names by the claim that this installation is told of.
async fn claimed(ctx: &mut Ctx<'_, Write>, claims: &Claims) -> Result<Option<NodeId>> {
    let claim = ctx.env.oidc.as_deref().and_then(|provider| provider.told.node_claim.as_deref());
    let Some(value) = claim.and_then(|claim| claims.text(claim)) else { return Ok(None) };
    let node = tree::node_by_external_id(&mut ctx.tx, value).await?;
    Ok(node.filter(|node| !node.is_closed).map(|node| NodeId(node.id)))
}

async fn is_claimed(ctx: &mut Ctx<'_, Write>, claims: &Claims, node: NodeId) -> Result<bool> {
    Ok(claimed(ctx, claims).await? == Some(node))
}

/// Where somebody belongs who typed nothing: where the provider says, else the topmost node that lists their host.
async fn home(ctx: &mut Ctx<'_, Write>, claims: &Claims, mail: &Mail) -> Result<Option<NodeId>> {
    if let Some(node) = claimed(ctx, claims).await? {
        return Ok(Some(node));
    }
    let host = Host::of_mail(mail.as_str());
    for row in oidc::listing_hosts(&mut ctx.tx, HOSTS_SEARCHED).await? {
        let setting = serde_json::from_str(&row.value).map_err(Error::internal)?;
        let Setting::MailHosts(hosts) = setting else { continue };
        if host.as_ref().is_some_and(|host| hosts.contains(host)) {
            return Ok(Some(NodeId(row.node)));
        }
    }
    Ok(None)
}
