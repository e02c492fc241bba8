//! Closing an account: by an administrator, who ends it, or by its owner, who is erased with it. Whose account an administrator
//! closed is erased when its time is over ([`Old::ClosedAccounts`](waymark_store::purge::Old)). What they had goes to somebody
//! else first; the history of records stays whole, since it names nobody (decision 20).

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::find::index;
use crate::people::audit::{self, Act};
use crate::people::proof::{self, Typed};
use crate::people::{asks, attempts, leave, roles, start, tokens};
use chrono::NaiveTime;
use std::collections::BTreeSet;
use uuid::Uuid;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, GrantId, NodeId};
use waymark_domain::people::erasure::{Erasure, ErasureEvent};
use waymark_domain::people::grant::GrantEnd;
use waymark_domain::people::role::Role;
use waymark_store::people::erase::{self as store, NOBODYS};
use waymark_store::people::{accounts, covers, holders, parties, second_factor, sessions, tickets};

/// Ends an account: roles, sessions, tokens and links end, and everything open that it had goes to somebody else.
///
/// # Errors
/// [`Error::RoleRefused`] for the last of a role that the root must have.
pub(crate) async fn close(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    for one in &held {
        roles::end_only(ctx, GrantId(one.id), GrantEnd::AccountClosed).await?;
    }
    accounts::close(&mut ctx.tx, account.0, ctx.now.timestamp_micros()).await?;
    sessions::end_all(&mut ctx.tx, account.0, None).await?;
    second_factor::remove(&mut ctx.tx, account.0).await?;
    tokens::end_all(ctx, account).await?;
    tickets::stop(&mut ctx.tx, account.0).await?;
    covers::uncover(&mut ctx.tx, account.0).await?;
    for one in held.iter().filter_map(|one| Some((Role::parse(&one.role)?, NodeId(one.node)))) {
        leave::role_ended(ctx, account, one).await?;
    }
    leave::account_closed(ctx, account).await
}

/// What a person loses with their account, and what stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakes {
    /// Have they a second factor, by which they prove that it is them?
    pub has_factor: bool,
    /// The address by which they sign in, for whatever keeps their password.
    pub mail: String,
    /// How many texts are theirs alone and can go, too.
    pub own_words: i64,
}

/// What is at stake for whoever acts.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn stakes<K>(ctx: &mut Ctx<'_, K>) -> Result<Stakes> {
    let account = ctx.account()?;
    let factor = second_factor::of(&mut ctx.tx, account.0).await?;
    let has_factor = factor.is_some_and(|row| row.is_confirmed);
    let mail = accounts::by_id(&mut ctx.tx, account.0).await?.ok_or(Error::NotFound)?.mail;
    Ok(Stakes { has_factor, mail, own_words: store::count_words(&mut ctx.tx, account.0).await? })
}

/// Closes and erases the account of whoever acts, after they proved anew that it is them; their own words, too, where they
/// wish.
///
/// # Errors
/// [`Error::Invalid`] on `password` or `code`, [`Error::TooMany`]; [`Error::RoleRefused`] for the last of a role that the
/// root must have.
pub async fn close_own(env: &Env, actor: Actor, (typed, with_words): (Typed<'_>, bool)) -> Result<()> {
    let mut ctx = proof::prove(env, actor, typed).await?;
    let account = ctx.account()?;
    close(&mut ctx, account).await?;
    erase(&mut ctx, account, with_words).await?;
    audit::note(&mut ctx, Act::Erased, account.0).await?;
    ctx.commit().await?;
    Ok(())
}

/// Erases whoever's account was closed long enough ago; nothing where that is done. Their words stay, as they do where nobody
/// asks for more, and so does the name of who has the credit of a record: nobody loses that by leaving.
///
/// # Errors
/// As [`erase`].
pub(crate) async fn erase_closed(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    let row = accounts::by_id(&mut ctx.tx, account.0).await?;
    // Asked again in the transaction that does it: two workers may have had the same night's work.
    let Some(row) = row.filter(|row| row.closed_at.is_some()) else { return Ok(()) };
    let is_credited = store::is_credited(&mut ctx.tx, account.0).await?;
    let has_address = !row.mail.is_empty() && !row.mail.ends_with(NOBODYS);
    let is_done = if is_credited { !has_address } else { row.name.is_empty() };
    if is_done {
        return Ok(());
    }
    if is_credited {
        attempts::forget_person(ctx, account, &row.mail.to_lowercase()).await?;
        store::all_but_name(&mut ctx.tx, account.0).await?;
    } else {
        erase(ctx, account, false).await?;
    }
    audit::note(ctx, Act::ErasedInTime, account.0).await
}

/// Erases a person whose account is closed; roles that they asked for and that wait are taken back. The chain stays whole:
/// its entries name parties, and the digests of texts tell nothing without their salts.
///
/// # Errors
/// [`Error::Unavailable`], [`Error::Conflict`].
pub async fn erase(ctx: &mut Ctx<'_, Write>, account: AccountId, with_words: bool) -> Result<()> {
    asks::take_back(ctx, account).await?;
    let day = ctx.now.date_naive().and_time(NaiveTime::MIN).and_utc().timestamp_micros();
    let texts = if with_words { store::words(&mut ctx.tx, account.0, day).await? } else { Vec::new() };
    for record in texts.iter().copied().collect::<BTreeSet<Uuid>>() {
        // Comments have words, too, and are in no index.
        match ctx.load::<Innovation>(record).await {
            Err(Error::NotFound) => {}
            record => index::renew(ctx, &record?).await?,
        }
    }
    if !texts.is_empty() {
        ctx.enqueue(index::FORGET, &()).await?;
    }
    if let Some(row) = accounts::by_id(&mut ctx.tx, account.0).await? {
        attempts::forget_person(ctx, account, &row.mail.to_lowercase()).await?;
    }
    let parties = parties::erase(&mut ctx.tx, account.0).await?;
    store::account(&mut ctx.tx, account.0).await?;
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let event = ErasureEvent::Erased {
        body: start::root(ctx).await?,
        parties: count(parties),
        texts: count(texts.len() as u64),
    };
    let id = ctx.env.id();
    ctx.save::<Erasure>(None, (id, vec![event]), (None, Vec::new())).await?;
    Ok(())
}

/// Says in which error a person learns that nobody else holds a role that there must be.
pub const fn last_role(error: &Error) -> Option<Role> {
    match error {
        Error::RoleRefused(waymark_domain::people::grant::GrantRefusal::LastAtRoot(role)) => Some(*role),
        _ => None,
    }
}
