//! Changing one's own password, with the one that one has. The mailed link is for whoever has none or forgot it.

use crate::ctx::{Actor, Ctx, Read};
use crate::env::Env;
use crate::error::{Checks, Error, FieldProblem, Result};
use crate::once;
use crate::people::audit::{self, Act};
use crate::people::password::{self, Password};
use crate::people::session::{self, Me};
use crate::people::{proof, second_factor, tokens};
use waymark_store::people::{accounts, tickets};

/// What was typed.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// The password that one has.
    pub old: &'a str,
    /// The one that is to take its place.
    pub new: &'a str,
    /// A code of the second factor, where there is one.
    pub code: &'a str,
    /// The form's one-time token, and what is answered to it again.
    pub once: (&'a str, &'a str),
}

impl std::fmt::Debug for Typed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed").finish_non_exhaustive()
    }
}

/// Changes the password of whoever is signed in; their other sessions, their tokens and links that were mailed to them end.
/// Opens its own transactions, since hashes are made and checked between them.
///
/// # Errors
/// [`Error::Invalid`] on `password`, `new-password` and `code`; [`Error::TooMany`] after too many wrong ones.
pub async fn change(env: &Env, me: &Me, typed: Typed<'_>) -> Result<()> {
    let (account, actor) = (me.account, Actor::Person(me.account));
    let new = parsed(env, actor, typed).await?;
    // A right one forgets the tries.
    proof::by_password(env, actor, typed.old).await?.commit().await?;
    let hash = password::hash(env, new).await.map_err(of_the_new_one)?;
    let mut ctx = if me.has_factor {
        second_factor::prove(env, account, typed.code).await?.ctx
    } else {
        Ctx::write(env, actor).await?
    };
    accounts::set_password(&mut ctx.tx, account.0, &hash).await?;
    session::end_others(&mut ctx, me).await?;
    // Whoever changes a password fears that somebody else is in: then their programs are to ask anew, too.
    tokens::end_all(&mut ctx, account).await?;
    tickets::stop(&mut ctx.tx, account.0).await?;
    audit::note(&mut ctx, Act::PasswordChanged, account.0).await?;
    let (token, answer) = typed.once;
    once::remember(&mut ctx, token, answer).await?;
    ctx.commit().await.map(drop)
}

/// The new one, by what everybody knows of the person.
async fn parsed(env: &Env, actor: Actor, typed: Typed<'_>) -> Result<Password> {
    let mut ctx: Ctx<'_, Read> = Ctx::read(env, actor).await?;
    let account = ctx.account()?;
    let row = accounts::by_id(&mut ctx.tx, account.0).await?.ok_or(Error::NotFound)?;
    let mut checks = Checks::default();
    checks.holds("password", !typed.old.is_empty(), "password-old-empty");
    let new = match Password::parse(typed.new, &[&row.name, &row.mail]) {
        Ok(new) => Some(new),
        Err(key) => checks.some("new-password", None, key),
    };
    checks.finish(new)
}

/// What is wrong with a password that is to be hashed, at the field where it was typed.
fn of_the_new_one(error: Error) -> Error {
    match error {
        Error::Invalid(problems) => {
            let moved = |problem: FieldProblem| FieldProblem { field: "new-password", ..problem };
            Error::Invalid(problems.into_iter().map(moved).collect())
        }
        other => other,
    }
}
