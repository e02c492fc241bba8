//! Goes on with somebody who waits to be let in, and with a role that waits for a second yes, when nothing happened in
//! time; and sends what a newcomer typed once they are in.

use crate::ctx::Actor;
use crate::error::Error;
use crate::find::send::Sent;
use crate::find::{draft, send};
use crate::jobs::held::{Fail, Held};
use crate::people::asks::{self, Lapses};
use crate::people::letters::{PEOPLE_MAIL, PeopleMail};
use crate::people::newcomers::{self, GoOn};
use crate::people::ticket::{self, Purpose, TICKET_MAIL, TicketMail};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, AskId};
use waymark_store::people::newcomers as rows;

/// Goes on with a newcomer; nothing where they were let in or turned away meanwhile.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    match held.payload()? {
        GoOn::Late { newcomer } => late(held, newcomer).await,
        GoOn::End { newcomer } => end(held, newcomer).await,
        GoOn::Send { account, draft } => send_draft(held, (AccountId(account), draft)).await,
    }
}

async fn late(held: Held<'_>, newcomer: Uuid) -> Result<(), Fail> {
    let mut ctx = held.write().await?;
    if let Some(row) = rows::find(&mut ctx.tx, newcomer).await? {
        for to in newcomers::who_is_told_late(&mut ctx, row.node).await? {
            ctx.enqueue(PEOPLE_MAIL, &PeopleMail::Newcomer { to, newcomer }).await?;
        }
    }
    held.complete(ctx).await
}

async fn end(held: Held<'_>, newcomer: Uuid) -> Result<(), Fail> {
    let mut ctx = held.write().await?;
    if let Some(row) = rows::find(&mut ctx.tx, newcomer).await? {
        newcomers::end(&mut ctx, &row, true).await?;
    }
    held.complete(ctx).await
}

/// Sends what they typed, as they would have; where it cannot be taken any more they find it among their drafts. Either
/// way one mail says so and has a link to choose a password.
async fn send_draft(held: Held<'_>, (account, id): (AccountId, Uuid)) -> Result<(), Fail> {
    let mut ctx = held.write().await?;
    ctx.actor = Actor::Person(account);
    let sent = match draft::open(&mut ctx, None, id).await {
        // They threw it away meanwhile: they are welcome all the same.
        Err(Error::NotFound) => {
            ticket::mail_link(&mut ctx, account, Purpose::Invitation).await?;
            return held.complete(ctx).await;
        }
        draft => send::send(&mut ctx, draft?).await,
    };
    let (reference, is_held_back) = match sent {
        Ok(Sent::Record(record)) => (Some(record.told.reference), false),
        Ok(Sent::HeldBack(_)) => (None, true),
        Err(Error::Invalid(_) | Error::Refused(_) | Error::NotFound) => {
            // Nothing of what the sending began may stay.
            drop(ctx);
            ctx = held.write().await?;
            (None, false)
        }
        Err(error) => return Err(error.into()),
    };
    let welcome = TicketMail::Welcome { account: account.0, reference, is_held_back };
    ctx.enqueue(TICKET_MAIL, &welcome).await?;
    held.complete(ctx).await
}

/// Ends a role that was asked for and that nobody said anything to.
pub(crate) async fn ask_lapses(held: Held<'_>) -> Result<(), Fail> {
    let Lapses { ask } = held.payload()?;
    let mut ctx = held.write().await?;
    asks::lapse(&mut ctx, AskId(ask)).await?;
    held.complete(ctx).await
}
