//! Ideas become records with their story, told through the rules with the clock set to each day of it.

use super::{Account, NAMED};
use crate::ctx::{Actor, Ctx, Write};
use crate::error::{Error, Result};
use crate::find::tell::{Typed, WhoCould, just_did_it, tell};
use crate::import::batch::Batch;
use crate::import::check::{Happened, Idea};
use crate::people::account::{self, Mail, NewPerson};
use crate::people::place::{Place, place};
use crate::route::answer::{Minutes, Reply, Words, answer};
use crate::route::change::Seen;
use crate::route::talk;
use crate::words::{Lang, short_date, text, text_with};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Reason};
use waymark_domain::ids::{AccountId, InnovationId, NodeId};
use waymark_domain::text::{Digest, Line, Prose};
use waymark_store::people::accounts;
use waymark_store::people::erase::NOBODYS;

pub(super) async fn write(
    ctx: &mut Ctx<'_, Write>,
    (batch, rows): (&Batch, Vec<Idea>),
    (running, outcome): Account<'_>,
) -> Result<()> {
    let lang = Lang::parse(ctx.language.code()).unwrap_or_default();
    let (now, actor) = (ctx.now, ctx.actor);
    let mut here =
        Here { lang, now, actor, file: &batch.file_name, people: HashMap::new(), spots: HashMap::new() };
    for idea in rows {
        if idea.known.is_some() {
            outcome.unchanged += 1;
        } else {
            let record = here.one(ctx, &idea).await?;
            outcome.made += 1;
            if outcome.first.len() < NAMED {
                outcome.first.push((record.told.reference.to_string(), idea.row.title));
            }
        }
        running.one_more();
    }
    Ok(())
}

/// What is the same for all rows, and who and where was met so far.
struct Here<'a> {
    lang: Lang,
    now: DateTime<Utc>,
    actor: Actor,
    file: &'a str,
    people: HashMap<String, AccountId>,
    spots: HashMap<NodeId, Place>,
}

impl Here<'_> {
    async fn one(&mut self, ctx: &mut Ctx<'_, Write>, idea: &Idea) -> Result<Innovation> {
        let contributor = self.contributor(ctx, idea).await?;
        let typed = typed(idea, contributor);
        // Nobody types a decision on what they brought themselves: it is told, and somebody else answers it.
        let is_own = ctx.actor.account() == Some(contributor);
        let told = match &idea.happened {
            Happened::Stopped { .. } if is_own => self.tell_now(ctx, idea, &typed).await?,
            Happened::ToldNow => self.tell_now(ctx, idea, &typed).await?,
            Happened::ToldOn(on) => {
                let at = self.noon(ctx, idea.node, *on).await?;
                self.at(ctx, at);
                tell(ctx, &typed).await?
            }
            Happened::Done { on, answer } => {
                let at = self.noon(ctx, idea.node, *on).await?;
                self.at(ctx, at);
                let changed = self.sentence("import-text-not-written")?;
                just_did_it(ctx, &typed, (answer, &changed)).await?
            }
            Happened::Stopped { on, answered_on, answer } => {
                let at = self.noon(ctx, idea.node, *on).await?;
                self.at(ctx, at);
                let told = tell(ctx, &typed).await?;
                let answered = self.noon(ctx, idea.node, *answered_on).await?;
                self.at(ctx, answered.max(at + TimeDelta::minutes(1)).min(self.now.max(at)));
                self.stop(ctx, (idea, told.id), (*answered_on, answer)).await?
            }
        };
        self.at(ctx, self.now);
        Ok(told)
    }

    async fn tell_now(&self, ctx: &mut Ctx<'_, Write>, idea: &Idea, typed: &Typed) -> Result<Innovation> {
        self.at(ctx, self.now);
        let told = tell(ctx, typed).await?;
        self.tell_what_was_before(ctx, idea, told.id).await?;
        Ok(told)
    }

    fn at(&self, ctx: &mut Ctx<'_, Write>, at: DateTime<Utc>) {
        ctx.now = at;
        ctx.actor = self.actor;
    }

    /// *No*, as a meeting's decision that whoever brings the file in types: who answered then is in its reference.
    async fn stop(
        &self,
        ctx: &mut Ctx<'_, Write>,
        (idea, id): (&Idea, InnovationId),
        (on, answer_given): (NaiveDate, &Prose),
    ) -> Result<Innovation> {
        let words = Words {
            reason: Reason::WouldNotSolve,
            words: answer_given.clone(),
            would_change: self.sentence("import-text-not-written")?,
        };
        let by = idea.row.answered_by.clone().unwrap_or_else(|| text(self.lang, "import-text-somebody"));
        let values = [("name", by.into()), ("file", self.file.to_owned().into())];
        let reference = text_with(self.lang, "import-text-answered-by", &values);
        let reference: String = reference.chars().take(Line::LIMIT_CHARS).collect();
        let reference = Line::parse(&reference).map_err(|problem| Error::internal(format!("{problem:?}")))?;
        let minutes = Minutes { on, reference };
        answer(ctx, Seen { id, version: None }, (&Reply::Stop(words), Some(&minutes))).await
    }

    /// What the file says of the time before: when it was told, and an answer that was neither yes nor no.
    async fn tell_what_was_before(
        &self,
        ctx: &mut Ctx<'_, Write>,
        idea: &Idea,
        id: InnovationId,
    ) -> Result<()> {
        let row = &idea.row;
        let file = ("file", self.file.to_owned().into());
        let told = row.told_on.map(|on| {
            text_with(
                self.lang,
                "import-text-told-on",
                &[("date", short_date(self.lang, on).into()), file.clone()],
            )
        });
        let answered = row.answer.as_ref().map(|answer| {
            let by = row.answered_by.clone().unwrap_or_else(|| text(self.lang, "import-text-somebody"));
            let heading =
                text_with(self.lang, "import-text-answered-by", &[("name", by.into()), file.clone()]);
            format!("{heading}\n\n{answer}")
        });
        let parts: Vec<String> = told.into_iter().chain(answered).collect();
        match Prose::parse(&parts.join("\n\n")) {
            Ok(news) => talk::news(ctx, Seen { id, version: None }, &news).await.map(drop),
            Err(_) => Ok(()),
        }
    }

    fn sentence(&self, key: &str) -> Result<Prose> {
        let said = text_with(self.lang, key, &[("file", self.file.to_owned().into())]);
        Prose::parse(&said).map_err(|problem| Error::internal(format!("{key}: {problem:?}")))
    }

    /// Noon of a day where the node is, not in the future.
    async fn noon(&mut self, ctx: &mut Ctx<'_, Write>, node: NodeId, on: NaiveDate) -> Result<DateTime<Utc>> {
        let spot = match self.spots.entry(node) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(place(ctx, node).await?),
        };
        let local = on.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
        let at = spot.zone.from_local_datetime(&local).earliest();
        Ok(at.map_or(self.now, |at| at.with_timezone(&Utc)).min(self.now))
    }

    /// Who told it. A mail address is a person who can sign in one day; a name alone becomes an account that is closed
    /// from the first, so that the credit stands as long as such accounts are kept, and nobody can take it by signing in.
    async fn contributor(&mut self, ctx: &mut Ctx<'_, Write>, idea: &Idea) -> Result<AccountId> {
        let name = idea.row.told_by.clone().unwrap_or_else(|| text(self.lang, "import-text-somebody"));
        let key = idea.row.told_by_mail.clone().unwrap_or_else(|| nobodys_mail(&name));
        if let Some(known) = self.people.get(&key) {
            return Ok(*known);
        }
        let account = self.account(ctx, (&key, &name), idea.row.told_by_mail.is_none()).await?;
        self.people.insert(key, account);
        Ok(account)
    }

    async fn account(
        &self,
        ctx: &mut Ctx<'_, Write>,
        (mail, name): (&str, &str),
        is_closed: bool,
    ) -> Result<AccountId> {
        let mail = Mail::parse(mail).map_err(|problem| Error::internal(format!("{problem:?}")))?;
        if let Some(known) = accounts::by_mail(&mut ctx.tx, &mail.folded()).await? {
            return Ok(AccountId(known.id));
        }
        let name = Line::parse(name).map_err(|problem| Error::internal(format!("{problem:?}")))?;
        let person = NewPerson { name, mail, language: ctx.language, external_id: None };
        let account = account::create(ctx, &person).await?;
        if is_closed {
            waymark_store::import::close_account(&mut ctx.tx, account.0, self.now.timestamp_micros()).await?;
        }
        Ok(account)
    }
}

/// An address that leads nowhere, the same for the same name.
fn nobodys_mail(name: &str) -> String {
    let digest = Digest::of(&[name.to_lowercase().as_bytes()]).to_string();
    format!("{}{NOBODYS}", &digest[..32])
}

fn typed(idea: &Idea, contributor: AccountId) -> Typed {
    Typed {
        node: idea.node,
        who_could: WhoCould::TeamLead,
        title: idea.title.clone(),
        problem: idea.problem.clone(),
        solution: idea.solution.clone(),
        contributors: vec![(contributor, 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: None,
        answers: None,
        external_id: Some(idea.row.external_id.clone()),
    }
}
