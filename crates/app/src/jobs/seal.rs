//! Each hour what changed is sealed; each day the last root goes to somebody outside, who can later tell whether
//! anything was altered behind everybody's back.

use crate::ctx::{Actor, Ctx};
use crate::env::Env;
use crate::jobs::held::{Fail, Held};
use crate::mail::{Letter, NewLetter};
use crate::people::account::Mail;
use crate::words::{Lang, date, text_with};
use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use waymark_store::people::installation;
use waymark_store::seals::{self, Seal, seal_now};

/// The kind of job that seals.
pub const KIND: &str = "seal";
/// The kind of job that mails a day's root.
pub const ROOT_MAIL: &str = "root-mail";
/// The name under which the auditor's address is kept.
pub const AUDITOR_MAIL: &str = "auditor-mail";

/// Whose root is to be mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootOf {
    /// The day, in UTC.
    pub day: NaiveDate,
}

/// Seals until nothing is left. Run again, there is nothing to seal.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    loop {
        let mut ctx = held.write().await?;
        let now = ctx.now;
        if seal_now(&mut ctx.tx, now).await?.is_none() {
            return held.complete(ctx).await;
        }
        ctx.commit().await?;
    }
}

/// Mails the last root of a day to the auditor's address; nothing where none is set or nothing was ever sealed.
pub(crate) async fn mail_root(held: Held<'_>) -> Result<(), Fail> {
    let RootOf { day } = held.payload()?;
    if let Some((to, seal)) = root(held.env, day).await? {
        held.send(&letter(held.env, &to, (day, &seal))).await?;
    }
    held.done().await
}

async fn root(env: &Env, day: NaiveDate) -> Result<Option<(Mail, Seal)>, Fail> {
    let mut ctx = Ctx::read(env, Actor::Time).await?;
    let address = installation::value(&mut ctx.tx, AUDITOR_MAIL).await?;
    let Some(to) = address.and_then(|address| Mail::parse(&address).ok()) else { return Ok(None) };
    let end = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN).and_utc();
    let seal = seals::last_before(&mut ctx.tx, end.timestamp_micros()).await?;
    Ok(seal.map(|seal| (to, seal)))
}

/// In every language, since an address has none.
fn letter(env: &Env, to: &Mail, (day, seal): (NaiveDate, &Seal)) -> Letter {
    let root = seal.root.to_string();
    let say = |lang: Lang, key: &str| {
        let values = [
            ("day", date(lang, day).into()),
            ("root", root.as_str().into()),
            ("number", seal.number.into()),
            ("origin", env.config.origin.as_str().into()),
        ];
        text_with(lang, key, &values)
    };
    let subject = Lang::ALL.map(|lang| say(lang, "mail-root-subject")).join(" / ");
    let text = Lang::ALL.map(|lang| say(lang, "mail-root")).join("\n\n--\n\n");
    let day = day.to_string();
    let identity = [ROOT_MAIL.as_bytes(), day.as_bytes(), root.as_bytes()];
    Letter::new(NewLetter { to, subject: &subject, text: &text, identity: &identity }, env.now())
}
