//! Whoever brought an idea, or told it too, is told at once of an answer to it.

use crate::ctx::{Actor, Ctx};
use crate::env::Env;
use crate::jobs::held::{Fail, Held};
use crate::mail::{Letter, NewLetter};
use crate::people::account::Mail;
use crate::route::notice::{ANSWER_MAIL, ToParty};
use crate::routes::Route;
use crate::words::{Lang, Value, date, text, text_with};
use waymark_domain::find::event::Then;
use waymark_domain::find::innovation::{Answer, Innovation};
use waymark_domain::find::stage::AnswerKind;
use waymark_domain::ids::PartyId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::record::Record as _;
use waymark_domain::text::WordsRef;
use waymark_store::people::{accounts, parties};
use waymark_store::{journal, words};

/// Mails an answer; nothing where the party is no one's any more, or the account was closed.
pub(crate) async fn run(held: Held<'_>) -> Result<(), Fail> {
    let to: ToParty = held.payload()?;
    if let Some(letter) = letter(held.env, to).await? {
        held.send(&letter).await?;
    }
    held.done().await
}

/// What a letter says.
struct Said {
    lang: Lang,
    record: Innovation,
    title: Option<String>,
    words: Option<String>,
    would_change: Option<String>,
    by: String,
    /// Did the reader bring it, rather than tell the same later?
    is_own: bool,
}

async fn letter(env: &Env, to: ToParty) -> Result<Option<Letter>, Fail> {
    let mut ctx = Ctx::read(env, Actor::Time).await?;
    let Some(account) = parties::account_of(&mut ctx.tx, to.party).await? else { return Ok(None) };
    let account = accounts::by_id(&mut ctx.tx, account).await?;
    let Some(account) = account.filter(|account| account.closed_at.is_none()) else { return Ok(None) };
    let Ok(mail) = Mail::parse(&account.mail) else { return Ok(None) };
    let mut history = journal::history::<Innovation>(&mut ctx.tx, to.record).await?;
    history.retain(|event| event.meta.version <= to.version);
    let Some(record) = Innovation::fold(to.record, &history) else { return Ok(None) };
    let Some(answer) = record.answers.last().cloned() else { return Ok(None) };
    let by = parties::name_of(&mut ctx.tx, answer.given.by.party.0).await?.unwrap_or_default();
    let said = Said {
        lang: Lang::parse(&account.language).unwrap_or_default(),
        title: words_of(&mut ctx, to.record, Some(record.told.title)).await?,
        words: words_of(&mut ctx, to.record, answer.given.words).await?,
        would_change: words_of(&mut ctx, to.record, answer.given.would_change).await?,
        by,
        is_own: record.is_contributor(PartyId(to.party)),
        record,
    };
    let (subject, text) = said.write(env, &answer);
    let identity = [ANSWER_MAIL.as_bytes(), to.party.as_bytes(), &to.version.to_be_bytes()];
    let new = NewLetter { to: &mail, subject: &subject, text: &text, identity: &identity };
    Ok(Some(Letter::new(new, env.now())))
}

/// A text; nothing where there is none, it was erased, or something in it is masked.
async fn words_of<K>(
    ctx: &mut Ctx<'_, K>,
    record: uuid::Uuid,
    which: Option<WordsRef>,
) -> Result<Option<String>, Fail> {
    let Some(which) = which else { return Ok(None) };
    let kept = words::find(&mut ctx.tx, record, which.field, which.version).await?;
    Ok(kept.filter(|kept| kept.masked.is_none()).and_then(|kept| kept.body))
}

impl Said {
    /// Subject and text. What is handled with care carries a link and no words.
    fn write(&self, env: &Env, answer: &Answer) -> (String, String) {
        let reference = self.record.told.reference.clone();
        let link = format!("{}{}", env.config.origin, Route::Record { reference: reference.clone() });
        if self.record.seen_by() == SeenBy::Handlers {
            let body = text_with(self.lang, "mail-answer-careful", &[("link", link.into())]);
            return (text(self.lang, "mail-answer-careful-subject"), body);
        }
        let title = self.title.clone().unwrap_or_else(|| reference.to_string());
        let about = [
            ("title", Value::from(title)),
            ("reference", reference.to_string().into()),
            ("name", self.by.as_str().into()),
        ];
        let (subject, end) = if self.is_own {
            ("mail-answer-subject", "mail-answer-end")
        } else {
            ("mail-answer-also-subject", "mail-answer-also-end")
        };
        let subject = text_with(self.lang, subject, &about);
        let parts = [
            Some(text_with(self.lang, "mail-answer-begin", &about)),
            Some(self.kind(answer)),
            self.words.clone(),
            self.would_change.as_ref().map(|words| self.with("mail-answer-would-change", "words", words)),
            Some(self.with(end, "link", &link)),
        ];
        (subject, parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
    }

    fn kind(&self, answer: &Answer) -> String {
        let given = &answer.given;
        let until = match &given.then {
            Then::Try(trial) => Some(trial.clock.due.date),
            Then::Wait { until, .. } => Some(*until),
            Then::HandOn { .. } | Then::End => None,
        };
        let until = until.map(|day| date(self.lang, day)).unwrap_or_default();
        let reason = given.reason.map(|reason| text(self.lang, &format!("mail-reason-{}", reason.name())));
        let reason = reason.unwrap_or_default();
        let key = match given.kind {
            AnswerKind::Go => "mail-answer-go",
            AnswerKind::NotNow => "mail-answer-not-now",
            AnswerKind::Stop => "mail-answer-stop",
            AnswerKind::SendOn => "mail-answer-send-on",
        };
        text_with(self.lang, key, &[("until", until.into()), ("reason", reason.into())])
    }

    fn with(&self, key: &str, name: &'static str, value: &str) -> String {
        text_with(self.lang, key, &[(name, value.into())])
    }
}
