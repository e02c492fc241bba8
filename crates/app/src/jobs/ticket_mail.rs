//! Links that work once, by mail: an invitation, a new password, a work mail to confirm. The secret is made while its
//! mail is being sent, so that no job carries one.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::jobs::held::{Fail, Held};
use crate::mail::{Letter, NewLetter};
use crate::people::account::Mail;
use crate::people::ticket::{self, Purpose, TICKET_MAIL, TicketMail};
use crate::words::{Lang, text, text_with};
use waymark_domain::ids::AccountId;
use waymark_domain::text::Language;

/// Makes the link, mails it and ends the job; nothing where the account was closed meanwhile. A link that is made anew
/// after a crash takes the place of the one before.
pub(crate) async fn run(held: Held<'_>) -> std::result::Result<(), Fail> {
    let what: TicketMail = held.payload()?;
    let mut ctx = held.write().await?;
    let issued = match issue(&mut ctx, &what).await {
        Err(Error::NotFound) => return held.complete(ctx).await,
        issued => issued?,
    };
    // Kept before it is sent: a link in a mail must work at once.
    ctx.commit().await?;
    if let Some(letter) = letter(held, &what, issued) {
        held.send(&letter).await?;
    }
    held.done().await
}

async fn issue(ctx: &mut Ctx<'_, Write>, what: &TicketMail) -> Result<(String, String, Language)> {
    match what {
        TicketMail::Account { account, purpose } => ticket::issue(ctx, AccountId(*account), *purpose).await,
        TicketMail::Welcome { account, .. } => {
            ticket::issue(ctx, AccountId(*account), Purpose::Invitation).await
        }
        TicketMail::Newcomer(newcomer) => ticket::issue_confirm(ctx, newcomer).await,
    }
}

fn letter(
    held: Held<'_>,
    what: &TicketMail,
    (link, address, language): (String, String, Language),
) -> Option<Letter> {
    let to = Mail::parse(&address).ok()?;
    let lang = Lang::parse(language.code()).unwrap_or_default();
    let key = match what {
        TicketMail::Account { purpose: Purpose::Invitation, .. } => "mail-ticket-invitation",
        TicketMail::Account { purpose: Purpose::Reset, .. } => "mail-ticket-reset",
        TicketMail::Welcome { reference: Some(_), .. } => "mail-ticket-welcome",
        TicketMail::Welcome { is_held_back: true, .. } => "mail-ticket-welcome-held",
        TicketMail::Welcome { reference: None, .. } => "mail-ticket-welcome-kept",
        TicketMail::Newcomer(_) => "mail-ticket-confirm",
    };
    let subject = text(lang, &format!("{key}-subject"));
    let values = [("link", link.as_str().into()), ("reference", reference(what).into())];
    let body = text_with(lang, key, &values);
    let identity = [
        TICKET_MAIL.as_bytes(),
        &held.job.id.to_be_bytes(),
        &held.job.run_at.to_be_bytes(),
        held.job.payload.as_bytes(),
    ];
    Some(Letter::new(
        NewLetter { to: &to, subject: &subject, text: &body, identity: &identity },
        held.env.now(),
    ))
}

/// What was sent for a newcomer, where something was.
fn reference(what: &TicketMail) -> String {
    match what {
        TicketMail::Welcome { reference: Some(reference), .. } => reference.to_string(),
        _ => String::new(),
    }
}
