//! Proving anew that it is oneself, before what cannot be undone: with the password, or with a code of the second factor.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::people::attempts::{self, Key};
use crate::people::audit::{self, Act};
use crate::people::{password, second_factor};
use waymark_domain::ids::AccountId;
use waymark_store::people::accounts;

/// Checks the password of whoever acts, outside any transaction since that takes a good part of a second. A try is counted
/// whatever follows. Gives the transaction for what it was typed for.
///
/// # Errors
/// [`Error::Invalid`] on `password`, [`Error::TooMany`] after too many wrong ones.
pub(crate) async fn by_password<'e>(env: &'e Env, actor: Actor, typed: &str) -> Result<Ctx<'e, Write>> {
    let account = actor.account().ok_or(Error::SignInFirst)?;
    let tries = Key::of(&["token", &account.0.to_string()]);
    let hash = count(env, account, tries).await?;
    if hash.is_none() {
        return Err(Error::field("password", "me-tokens-no-password"));
    }
    if !password::is_right(env, typed, hash).await? {
        audit::note_refused(env, account, Act::PasswordRefused).await?;
        return Err(Error::field("password", "me-tokens-wrong-password"));
    }
    let mut ctx = Ctx::write(env, actor).await?;
    attempts::forget(&mut ctx, tries).await?;
    Ok(ctx)
}

/// Counts a try and gives the hash of the person's password.
async fn count(env: &Env, account: AccountId, tries: Key) -> Result<Option<String>> {
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    attempts::count(&mut ctx, tries, attempts::FROM_ONE_ADDRESS).await?;
    let row = accounts::by_id(&mut ctx.tx, account.0).await?.filter(|row| row.closed_at.is_none());
    ctx.commit().await?;
    Ok(row.ok_or(Error::NotFound)?.password_hash)
}

/// What was typed as proof.
#[derive(Clone, Copy)]
pub enum Typed<'a> {
    /// The password.
    Password(&'a str),
    /// A code of the second factor.
    Code(&'a str),
}

/// The same with a code of the second factor, where one is set up.
///
/// # Errors
/// As [`by_password`], or on `code`.
pub(crate) async fn prove<'e>(env: &'e Env, actor: Actor, typed: Typed<'_>) -> Result<Ctx<'e, Write>> {
    match typed {
        Typed::Password("") => Err(Error::field("password", "sign-in-password-empty")),
        Typed::Password(typed) => by_password(env, actor, typed).await,
        Typed::Code(typed) => {
            let account = actor.account().ok_or(Error::SignInFirst)?;
            Ok(second_factor::prove(env, account, typed).await?.ctx)
        }
    }
}
