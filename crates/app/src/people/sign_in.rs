//! Signing in with a password: the same answer, and as late, whether there is such an account or not.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::people::attempts::{self, Key};
use crate::people::audit::{self, Act};
use crate::people::pace::Whose;
use crate::people::{password, session};
use waymark_domain::ids::AccountId;
use waymark_store::people::accounts;

/// What was typed, and where it came from.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// The work mail.
    pub mail: &'a str,
    /// The password.
    pub password: &'a str,
    /// The address of the machine.
    pub from: &'a str,
    /// The browser, as it calls itself.
    pub agent: &'a str,
    /// Is it a shared computer?
    pub is_shared: bool,
}

impl std::fmt::Debug for Typed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed").field("is_shared", &self.is_shared).finish_non_exhaustive()
    }
}

/// Signs in and gives the secret of the session. Opens its own transactions, since the hash is checked between them.
///
/// # Errors
/// [`Error::Invalid`] on `password` where address and password do not belong together, [`Error::TooMany`].
pub async fn sign_in(env: &Env, typed: Typed<'_>) -> Result<String> {
    env.paces.take(Whose::SignIn(typed.from), env.now())?;
    let folded = typed.mail.trim().to_lowercase();
    let keys = [Key::of(&["sign-in", &folded, typed.from]), Key::of(&["sign-in", &folded])];
    let (account, hash) = count(env, &folded, keys).await?.unzip();
    let is_right = password::is_right(env, typed.password, hash.flatten()).await?;
    let Some(account) = account.filter(|_| is_right) else {
        note_wrong(account);
        return Err(Error::field("password", "sign-in-wrong"));
    };
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    // One of the tries is the right one.
    if attempts::tries(&mut ctx, keys[1]).await? > 1 {
        audit::note(&mut ctx, Act::SignInsRefused, account.0).await?;
    }
    for key in keys {
        attempts::forget(&mut ctx, key).await?;
    }
    let secret = begin(&mut ctx, account, (typed.is_shared, typed.agent)).await?;
    ctx.commit().await?;
    Ok(secret)
}

/// A line of the log alone: a row of the audit is written for accounts only, and how long that takes would tell who has one.
/// It stands there before the next sign-in with the right password. What was typed as address may be a password, too.
fn note_wrong(account: Option<AccountId>) {
    tracing::warn!(
        target: "waymark::audit",
        account = account.map(|account| tracing::field::display(account.0)),
        action = "sign-in-refused",
    );
}

/// Begins a session and writes it down.
pub(crate) async fn begin(
    ctx: &mut Ctx<'_, Write>,
    account: AccountId,
    browser: (bool, &str),
) -> Result<String> {
    enter(ctx, account).await?;
    session::begin(ctx, account, browser).await
}

/// The same without asking for a second factor any more: see [`session::begin_stepped_up`].
pub(crate) async fn begin_stepped_up(
    ctx: &mut Ctx<'_, Write>,
    account: AccountId,
    browser: (bool, &str),
) -> Result<String> {
    enter(ctx, account).await?;
    session::begin_stepped_up(ctx, account, browser).await
}

async fn enter(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    ctx.actor = Actor::Person(account);
    audit::note(ctx, Act::SignedIn, account.0).await
}

/// Counts the try, in a transaction of its own so that it counts whatever follows; gives the account, if there is one.
async fn count(env: &Env, folded: &str, keys: [Key; 2]) -> Result<Option<(AccountId, Option<String>)>> {
    let mut ctx = Ctx::write(env, Actor::Nobody).await?;
    attempts::count(&mut ctx, keys[0], attempts::FROM_ONE_ADDRESS).await?;
    attempts::count(&mut ctx, keys[1], attempts::FROM_ANYWHERE).await?;
    // What no database takes is nobody's address.
    let row = if folded.contains('\0') { None } else { accounts::by_mail(&mut ctx.tx, folded).await? };
    ctx.commit().await?;
    let open = row.filter(|row| row.closed_at.is_none());
    Ok(open.map(|row| (AccountId(row.id), row.password_hash)))
}
