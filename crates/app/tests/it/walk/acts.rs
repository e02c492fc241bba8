//! What people and time do in the walk. Whoever acts is mostly the one who may, sometimes anybody.

use super::Walk;
use chrono::{Days, TimeDelta};
use rand::RngExt;
use rand::seq::{IndexedRandom, IteratorRandom};
use std::future::Future;
use std::pin::Pin;
use waymark_app::find::also::{self, Telling};
use waymark_app::find::tell::{Typed, WhoCould, just_did_it, tell};
use waymark_app::route::answer::{self, Minutes, Receiver, Reply, Words};
use waymark_app::route::change::Seen;
use waymark_app::route::trial::Lines;
use waymark_app::route::{pass, talk, trial};
use waymark_app::{Actor, Ctx, Error, Write};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Outcome, Reason};
use waymark_domain::find::tell::equal_shares;
use waymark_domain::ids::{AccountId, InnovationId, PartyId};
use waymark_domain::text::{Line, Prose, Title};
use waymark_store::people::parties;

/// What a step gives: the records that it touched, or why it was refused.
pub type Step<'w> = Pin<Box<dyn Future<Output = Result<Vec<InnovationId>, Error>> + Send + 'w>>;

/// One kind of act.
pub struct Act {
    /// Its name, for the counts.
    pub name: &'static str,
    /// Tries it once.
    pub run: for<'w, 'a> fn(&'w mut Walk<'a>) -> Step<'w>,
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Every act; telling is the first.
pub fn acts() -> &'static [Act] {
    &[
        Act { name: "tell", run: |walk| Box::pin(told(walk)) },
        Act { name: "just did it", run: |walk| Box::pin(done(walk)) },
        Act { name: "go", run: |walk| Box::pin(go(walk)) },
        Act { name: "not now", run: |walk| Box::pin(not_now(walk)) },
        Act { name: "no", run: |walk| Box::pin(no(walk)) },
        Act { name: "send on", run: |walk| Box::pin(send_on(walk)) },
        Act { name: "decided in a meeting", run: |walk| Box::pin(meeting(walk)) },
        Act { name: "object", run: |walk| Box::pin(object(walk)) },
        Act { name: "ask", run: |walk| Box::pin(ask(walk)) },
        Act { name: "reply", run: |walk| Box::pin(reply(walk)) },
        Act { name: "ask why", run: |walk| Box::pin(ask_why(walk)) },
        Act { name: "move the date", run: |walk| Box::pin(move_date(walk)) },
        Act { name: "news", run: |walk| Box::pin(news(walk)) },
        Act { name: "add to it", run: |walk| Box::pin(added(walk)) },
        Act { name: "withdraw", run: |walk| Box::pin(withdraw(walk)) },
        Act { name: "was this an answer", run: |walk| Box::pin(judge(walk)) },
        Act { name: "confirm hours", run: |walk| Box::pin(hours(walk)) },
        Act { name: "three lines", run: |walk| Box::pin(lines(walk)) },
        Act { name: "take over", run: |walk| Box::pin(take_over(walk)) },
        Act { name: "call back", run: |walk| Box::pin(call_back(walk)) },
        Act { name: "declare an interest", run: |walk| Box::pin(interest(walk)) },
        Act { name: "days pass", run: |walk| Box::pin(days_pass(walk)) },
    ]
}

fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("a text")
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

impl<'a> Walk<'a> {
    fn anybody(&mut self) -> AccountId {
        let mut people: Vec<_> = self.app.world.people.values().copied().collect();
        people.sort_unstable();
        *people.choose(&mut self.dice).expect("people")
    }

    /// The account behind a party, or sometimes anybody.
    async fn mostly(&mut self, record: &Innovation, party: Option<PartyId>) -> AccountId {
        let anybody = self.anybody();
        let Some(party) = party.filter(|_| self.dice.random_bool(0.9)) else { return anybody };
        let mut tx = self.app.env.db.read().await.expect("a database");
        let rows = parties::of_record(&mut tx, record.id.0).await.expect("parties");
        rows.iter().find(|row| row.id == party.0).map_or(anybody, |row| AccountId(row.account))
    }

    async fn context(&self, account: AccountId) -> Result<Ctx<'a, Write>, Error> {
        Ctx::write(&self.app.env, Actor::Person(account)).await
    }

    /// Picks a record and whoever decides it next.
    async fn as_decider(&mut self) -> Result<(Innovation, Ctx<'a, Write>), Error> {
        let record = self.record().await?;
        let account = self.mostly(&record, record.decider.map(|duty| duty.party)).await;
        let ctx = self.context(account).await?;
        Ok((record, ctx))
    }

    /// Picks a record and whoever brought it.
    async fn as_contributor(&mut self) -> Result<(Innovation, Ctx<'a, Write>), Error> {
        let record = self.record().await?;
        let account = self.mostly(&record, Some(record.told.contributors[0].party)).await;
        let ctx = self.context(account).await?;
        Ok((record, ctx))
    }

    fn typed(&mut self, account: AccountId) -> Typed {
        let mut nodes: Vec<_> = self.app.world.nodes.values().copied().collect();
        nodes.sort_unstable();
        let mut people = vec![account];
        if self.dice.random_bool(0.3) {
            people.push(self.anybody());
        }
        people.dedup();
        let shares = equal_shares(u8::try_from(people.len()).expect("two at most"));
        let who_could = match self.dice.random_range(0..3) {
            0 => WhoCould::Unknown,
            1 => WhoCould::Somebody(self.anybody()),
            _ => WhoCould::TeamLead,
        };
        Typed {
            node: *nodes.choose(&mut self.dice).expect("nodes"),
            who_could,
            title: Title::parse("Bottles").expect("a title"),
            problem: prose("They run out."),
            solution: self.dice.random_bool(0.8).then(|| prose("Order on Thursday.")),
            contributors: people.into_iter().zip(shares).collect(),
            is_assisted: false,
            origin: Origin::FrontLine,
            seen_by: None,
            answers: None,
            external_id: None,
        }
    }
}

fn seen(record: &Innovation) -> Seen {
    Seen { id: record.id, version: Some(record.version) }
}

/// Commits and names the record as touched.
async fn kept(ctx: Ctx<'_, Write>, record: Result<Innovation, Error>) -> Result<Vec<InnovationId>, Error> {
    let record = record?;
    ctx.commit().await?;
    Ok(vec![record.id])
}

async fn told(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let account = walk.anybody();
    let typed = walk.typed(account);
    let mut ctx = walk.context(account).await?;
    let record = tell(&mut ctx, &typed).await?;
    walk.records.push(record.id);
    kept(ctx, Ok(record)).await
}

async fn done(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let account = walk.anybody();
    let typed = walk.typed(account);
    let mut ctx = walk.context(account).await?;
    let record = just_did_it(&mut ctx, &typed, (&prose("Moved it."), &prose("Fewer steps."))).await;
    kept(ctx, record).await
}

async fn answered(
    walk: &mut Walk<'_>,
    reply: Reply,
    minutes: Option<Minutes>,
) -> Result<Vec<InnovationId>, Error> {
    let (record, mut ctx) = walk.as_decider().await?;
    let after = answer::answer(&mut ctx, seen(&record), (&reply, minutes.as_ref())).await;
    kept(ctx, after).await
}

fn words() -> Words {
    Words { reason: Reason::NoTime, words: prose("Not before May."), would_change: prose("A second porter.") }
}

async fn go(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let who = walk.anybody();
    let (hours, pence) = (walk.dice.random_range(0..6), walk.dice.random_range(0..60_000));
    let pence = if walk.dice.random_bool(0.5) { 0 } else { pence };
    let reply = Reply::Go { who, words: None, until: None, hours, hours_from: Some(line("Ward")), pence };
    answered(walk, reply, None).await
}

async fn not_now(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let days = walk.dice.random_range(1..120);
    let until = walk.app.env.now().date_naive() + Days::new(days);
    answered(walk, Reply::NotNow { because: words(), until }, None).await
}

async fn no(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    answered(walk, Reply::Stop(words()), None).await
}

async fn send_on(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let node = *walk.app.world.nodes.values().choose(&mut walk.dice).expect("nodes");
    let to = if walk.dice.random_bool(0.4) { Receiver::Finder } else { Receiver::Lead(node) };
    answered(walk, Reply::SendOn { why: prose("Theirs."), to }, None).await
}

async fn meeting(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let record = walk.record().await?;
    let deciders = ["len", "fay", "hana", "rhys", "rae", "una"];
    let account = walk.app.person(deciders.choose(&mut walk.dice).expect("deciders"));
    let mut ctx = walk.context(account).await?;
    let minutes = Minutes { on: walk.app.env.now().date_naive(), reference: line("Huddle, minute 3") };
    let after = answer::answer(&mut ctx, seen(&record), (&Reply::Stop(words()), Some(&minutes))).await;
    kept(ctx, after).await
}

async fn object(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let typed =
        |record: &Innovation| record.answers.last().is_some_and(|answer| answer.given.elsewhere.is_some());
    let record = walk.record_that(typed).await?;
    let by = record.answers.last().map(|answer| answer.given.by.party);
    let account = walk.mostly(&record, by).await;
    let mut ctx = walk.context(account).await?;
    let after = answer::object(&mut ctx, seen(&record), &prose("I did not say that.")).await;
    kept(ctx, after).await
}

async fn ask(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let (record, mut ctx) = walk.as_decider().await?;
    let after = talk::ask(&mut ctx, seen(&record), &prose("How many?")).await;
    kept(ctx, after).await
}

async fn reply(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let words = walk.dice.random_bool(0.7).then(|| prose("Twelve."));
    let record = walk.record_that(|record| record.question.is_some()).await?;
    let account = walk.mostly(&record, Some(record.told.contributors[0].party)).await;
    let mut ctx = walk.context(account).await?;
    let after = talk::reply(&mut ctx, seen(&record), words.as_ref()).await;
    kept(ctx, after).await
}

async fn ask_why(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let (record, mut ctx) = walk.as_contributor().await?;
    let after = talk::ask_why(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}

async fn move_date(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let to = walk.app.env.now().date_naive() + Days::new(walk.dice.random_range(1..30));
    let (record, mut ctx) = walk.as_decider().await?;
    let after = talk::move_date(&mut ctx, seen(&record), (to, &prose("Waiting for a price."))).await;
    kept(ctx, after).await
}

async fn news(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let (record, mut ctx) = walk.as_decider().await?;
    let after = talk::news(&mut ctx, seen(&record), &prose("The samples have come.")).await;
    kept(ctx, after).await
}

async fn added(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    if walk.dice.random_bool(0.7) {
        return Err(Error::Forbidden);
    }
    let (record, teller) = (walk.record().await?, walk.anybody());
    let telling = Telling {
        title: Title::parse("Bottles again").expect("a title"),
        problem: prose("Here too."),
        solution: None,
        tellers: vec![teller],
        is_assisted: false,
        origin: Origin::FrontLine,
    };
    let mut ctx = walk.context(teller).await?;
    let after = also::add(&mut ctx, record.id, &telling).await;
    kept(ctx, after).await
}

async fn withdraw(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    if walk.dice.random_bool(0.7) {
        return Err(Error::Forbidden);
    }
    let (record, mut ctx) = walk.as_contributor().await?;
    let after = talk::withdraw(&mut ctx, seen(&record), &line("Solved itself.")).await;
    kept(ctx, after).await
}

async fn judge(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let was_answer = walk.dice.random_bool(0.7);
    let (record, mut ctx) = walk.as_contributor().await?;
    let after = talk::judge_answer(&mut ctx, seen(&record), was_answer).await;
    kept(ctx, after).await
}

async fn hours(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let record = walk.record().await?;
    let account = walk.mostly(&record, record.trial.as_ref().map(|trial| trial.who)).await;
    let mut ctx = walk.context(account).await?;
    let after = trial::confirm_hours(&mut ctx, seen(&record), 1).await;
    kept(ctx, after).await
}

async fn lines(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let outcome = *Outcome::ALL.choose(&mut walk.dice).expect("outcomes");
    let record = walk.record().await?;
    let account = walk.mostly(&record, record.owner).await;
    let mut ctx = walk.context(account).await?;
    let lines = Lines { did: prose("Ordered."), changed: prose("None missing."), outcome };
    let after = trial::end_try(&mut ctx, seen(&record), &lines).await;
    kept(ctx, after).await
}

async fn take_over(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let finders = ["fay", "ivo", "rae"];
    let account = walk.app.person(finders.choose(&mut walk.dice).expect("finders"));
    let record = walk.record_that(|record| record.finder_until.is_some()).await?;
    let mut ctx = walk.context(account).await?;
    let after = pass::take_over(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}

async fn call_back(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let (record, mut ctx) = walk.as_contributor().await?;
    let after = pass::call_back(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}

async fn interest(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    let (record, mut ctx) = walk.as_decider().await?;
    let after = pass::declare_interest(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}

async fn days_pass(walk: &mut Walk<'_>) -> Result<Vec<InnovationId>, Error> {
    walk.app.advance(TimeDelta::days(walk.dice.random_range(1..6)));
    let records = walk.records.clone();
    for id in &records {
        let mut ctx = Ctx::write(&walk.app.env, Actor::Time).await?;
        pass::time_passes(&mut ctx, *id).await?;
        ctx.commit().await?;
    }
    Ok(records)
}
