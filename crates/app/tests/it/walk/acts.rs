//! What people do with records in the walk, and every act in one list.

use super::days::days_pass;
use super::picks::seen;
use super::{Walk, people, tree};
use chrono::Days;
use rand::RngExt;
use rand::seq::IndexedRandom;
use std::future::Future;
use std::pin::Pin;
use waymark_app::find::also::{self, Telling};
use waymark_app::find::comment as comments;
use waymark_app::find::tell::{Typed, WhoCould, just_did_it, tell};
use waymark_app::find::{moderation, sight};
use waymark_app::route::answer::{self, Minutes, Receiver, Reply, Words};
use waymark_app::route::trial::Lines;
use waymark_app::route::{pass, reopen, review, shared, talk, trial};
use waymark_app::{Ctx, Error, Write};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::{Because, Listing};
use waymark_domain::find::stage::{Origin, Outcome, Reason, Stage};
use waymark_domain::find::tell::equal_shares;
use waymark_domain::ids::AccountId;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::review::reviewable;
use waymark_domain::text::{Line, Prose, Remark, Title};

/// What an act gives: nothing, or why it was refused.
pub type Step<'w> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'w>>;

/// One kind of act.
pub struct Act {
    /// Its name, for the counts.
    pub name: &'static str,
    /// How often it is tried, beside the others.
    pub weight: u32,
    /// Tries it once.
    pub run: for<'w, 'a> fn(&'w mut Walk<'a>) -> Step<'w>,
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Declares an act.
macro_rules! act {
    ($name:literal, $weight:literal, $run:expr) => {
        Act { name: $name, weight: $weight, run: |walk| Box::pin($run(walk)) }
    };
}

/// Every act with how often it is tried; telling is the first.
pub fn acts() -> &'static [Act] {
    const ACTS: &[Act] = &[
        act!("tell", 60, told),
        act!("just did it", 25, done),
        act!("go", 40, go),
        act!("not now", 30, not_now),
        act!("no", 20, no),
        act!("send on", 30, send_on),
        act!("decided in a meeting", 40, meeting),
        act!("object", 80, object),
        act!("ask for a review", 40, ask_review),
        act!("one answer for several", 20, share),
        act!("comment", 12, comment),
        act!("take back a comment", 20, take_back),
        act!("ask", 40, ask),
        act!("reply", 40, reply),
        act!("ask why", 50, ask_why),
        act!("move the date", 22, move_date),
        act!("news", 20, news),
        act!("add to it", 30, added),
        act!("say who may see it", 40, show_to),
        act!("withdraw", 15, withdraw),
        act!("was this an answer", 30, judge),
        act!("confirm hours", 35, hours),
        act!("three lines", 30, lines),
        act!("take over", 60, take_over),
        act!("call back", 15, call_back),
        act!("open again", 40, open_again),
        act!("moderate", 15, moderate),
        act!("declare an interest", 20, interest),
        act!("everybody declares an interest", 20, people::everybody_declares),
        act!("days pass", 45, days_pass),
        act!("role given", 40, people::give_role),
        act!("role ended", 35, people::end_role),
        act!("away with cover", 60, away_with_cover),
        act!("away without cover", 35, away_without_cover),
        act!("absence taken back", 50, people::come_back),
        act!("account closed", 40, people::close_account),
        act!("invitation accepted", 25, people::accept_invitation),
        act!("node added", 25, tree::add),
        act!("node renamed", 20, tree::rename),
        act!("node moved", 35, tree::put_elsewhere),
        act!("node closed", 90, tree::close),
        act!("settings", 20, tree::settings),
    ];
    ACTS
}

async fn away_with_cover(walk: &mut Walk<'_>) -> Result<(), Error> {
    people::go_away(walk, true).await
}

async fn away_without_cover(walk: &mut Walk<'_>) -> Result<(), Error> {
    people::go_away(walk, false).await
}

fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("a text")
}

fn line(text: &str) -> Line {
    Line::parse(text).expect("a line")
}

impl Walk<'_> {
    fn typed(&mut self, account: AccountId) -> Typed {
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
            node: self.any_node(),
            who_could,
            title: Title::parse("Bottles").expect("a title"),
            problem: prose("They run out."),
            solution: self.dice.random_bool(0.8).then(|| prose("Order on Thursday.")),
            contributors: people.into_iter().zip(shares).collect(),
            is_assisted: self.dice.random_bool(0.1),
            origin: Origin::FrontLine,
            seen_by: None,
            answers: None,
            external_id: None,
        }
    }
}

/// Commits what was accepted.
async fn kept(ctx: Ctx<'_, Write>, record: Result<Innovation, Error>) -> Result<(), Error> {
    record?;
    ctx.commit().await.map(drop)
}

async fn told(walk: &mut Walk<'_>) -> Result<(), Error> {
    let account = walk.anybody();
    let typed = walk.typed(account);
    let mut ctx = walk.context(account).await?;
    let record = tell(&mut ctx, &typed).await;
    kept(ctx, record).await
}

async fn done(walk: &mut Walk<'_>) -> Result<(), Error> {
    let account = walk.anybody();
    let typed = walk.typed(account);
    let mut ctx = walk.context(account).await?;
    let record = just_did_it(&mut ctx, &typed, (&prose("Moved it."), &prose("Fewer steps."))).await;
    kept(ctx, record).await
}

async fn answered(walk: &mut Walk<'_>, reply: Reply, minutes: Option<Minutes>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_decider(|record| record.stage.awaits_answer()).await?;
    let after = answer::answer(&mut ctx, seen(&record), (&reply, minutes.as_ref())).await;
    kept(ctx, after).await
}

fn words() -> Words {
    Words { reason: Reason::NoTime, words: prose("Not before May."), would_change: prose("A second porter.") }
}

async fn go(walk: &mut Walk<'_>) -> Result<(), Error> {
    let who = walk.anybody();
    let (hours, pence) = (walk.dice.random_range(0..6), walk.dice.random_range(0..60_000));
    let pence = if walk.dice.random_bool(0.5) { 0 } else { pence };
    let reply = Reply::Go { who, words: None, until: None, hours, hours_from: Some(line("Ward")), pence };
    answered(walk, reply, None).await
}

async fn not_now(walk: &mut Walk<'_>) -> Result<(), Error> {
    let days = walk.dice.random_range(1..120);
    let until = walk.app.env.now().date_naive() + Days::new(days);
    answered(walk, Reply::NotNow { because: words(), until }, None).await
}

async fn no(walk: &mut Walk<'_>) -> Result<(), Error> {
    answered(walk, Reply::Stop(words()), None).await
}

async fn send_on(walk: &mut Walk<'_>) -> Result<(), Error> {
    let node = walk.any_node();
    let to = if walk.dice.random_bool(0.4) { Receiver::Finder } else { Receiver::Lead(node) };
    answered(walk, Reply::SendOn { why: prose("Theirs."), to }, None).await
}

async fn meeting(walk: &mut Walk<'_>) -> Result<(), Error> {
    let record = walk.record_that(|record| record.stage.awaits_answer())?;
    let account = walk.holder(&[Role::TeamLead, Role::Finder, Role::Head]).await?;
    let (who, node, today) = (walk.anybody(), walk.any_node(), walk.app.env.now().date_naive());
    let reply = match walk.dice.random_range(0..4) {
        0 => Reply::Go { who, words: None, until: None, hours: 0, hours_from: None, pence: 0 },
        1 => Reply::NotNow { because: words(), until: today + Days::new(20) },
        2 => Reply::SendOn { why: prose("Theirs."), to: Receiver::FinderAt(node) },
        _ => Reply::Stop(words()),
    };
    let mut ctx = walk.context(account).await?;
    let minutes = Minutes { on: today, reference: line("Huddle, minute 3") };
    let after = answer::answer(&mut ctx, seen(&record), (&reply, Some(&minutes))).await;
    kept(ctx, after).await
}

async fn object(walk: &mut Walk<'_>) -> Result<(), Error> {
    let typed =
        |record: &Innovation| record.answers.last().is_some_and(|answer| answer.given.elsewhere.is_some());
    let record = walk.record_that(typed)?;
    let by = record.answers.last().map(|answer| answer.given.by.party);
    let account = walk.mostly(&record, by).await;
    let mut ctx = walk.context(account).await?;
    let after = answer::object(&mut ctx, seen(&record), &prose("I did not say that.")).await;
    kept(ctx, after).await
}

async fn ask_review(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_contributor(|record| reviewable(record).is_some()).await?;
    let after = review::ask(&mut ctx, seen(&record), &prose("Ask the night staff.")).await;
    kept(ctx, after).await
}

async fn comment(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, account) = (walk.record_that(|_| true)?, walk.anybody());
    let mut ctx = walk.context(account).await?;
    let words = Remark::parse("We have this, too.").expect("a text");
    let written = comments::write(&mut ctx, record.id, &words).await?;
    ctx.commit().await?;
    walk.said.push((record.id, written.id, account));
    Ok(())
}

/// Of what was said, by whoever said it or sometimes by anybody.
async fn take_back(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (on, id, author) = *walk.said.choose(&mut walk.dice).ok_or(Error::NotFound)?;
    let anybody = walk.anybody();
    let account = if walk.dice.random_bool(0.9) { author } else { anybody };
    let mut ctx = walk.context(account).await?;
    comments::undo(&mut ctx, on, id).await?;
    ctx.commit().await.map(drop)
}

/// Up to three records of one decider get the same words; now and then one that is not theirs is among them.
async fn share(walk: &mut Walk<'_>) -> Result<(), Error> {
    let record = walk.record_that(|record| record.stage.awaits_answer())?;
    let account = walk.mostly(&record, record.decider.map(|duty| duty.party)).await;
    let reread_on = walk.app.env.now().date_naive() + Days::new(walk.dice.random_range(1..200));
    let mut ctx = walk.context(account).await?;
    let mut records: Vec<_> = shared::choices(&mut ctx, &[]).await?.into_iter().map(|one| one.seen).collect();
    records.truncate(2);
    if walk.dice.random_bool(0.2) {
        records.push(seen(&record));
    }
    shared::write(&mut ctx, &shared::Typed { words: words(), reread_on }, &records).await?;
    ctx.commit().await.map(drop)
}

async fn ask(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_decider(|record| record.stage.awaits_answer()).await?;
    let after = talk::ask(&mut ctx, seen(&record), &prose("How many?")).await;
    kept(ctx, after).await
}

async fn reply(walk: &mut Walk<'_>) -> Result<(), Error> {
    let words = walk.dice.random_bool(0.7).then(|| prose("Twelve."));
    let record = walk.record_that(|record| record.question.is_some())?;
    let account = walk.mostly(&record, Some(record.told.contributors[0].party)).await;
    let mut ctx = walk.context(account).await?;
    let after = talk::reply(&mut ctx, seen(&record), words.as_ref()).await;
    kept(ctx, after).await
}

async fn ask_why(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) =
        walk.as_contributor(|record| record.overdue_step > 0 && !record.why_asked).await?;
    let after = talk::ask_why(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}

async fn move_date(walk: &mut Walk<'_>) -> Result<(), Error> {
    let to = walk.app.env.now().date_naive() + Days::new(walk.dice.random_range(1..30));
    let (record, mut ctx) = walk.as_decider(|record| record.stage.is_open()).await?;
    let after = talk::move_date(&mut ctx, seen(&record), (to, &prose("Waiting for a price."))).await;
    kept(ctx, after).await
}

async fn news(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_decider(|record| record.stage.is_open()).await?;
    let after = talk::news(&mut ctx, seen(&record), &prose("The samples have come.")).await;
    kept(ctx, after).await
}

async fn added(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, teller) = (walk.record_that(|record| record.stage.is_open())?, walk.anybody());
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

async fn show_to(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = if walk.dice.random_bool(0.5) {
        walk.as_contributor(|_| true).await?
    } else {
        let account = walk.holder(&[Role::Finder]).await?;
        (walk.record_that(|record| record.wider.is_some())?, walk.context(account).await?)
    };
    let offered = record.wider.filter(|_| walk.dice.random_bool(0.7)).map(|offer| offer.to);
    let any = SeenBy::ALL[walk.dice.random_range(0..SeenBy::ALL.len())];
    let after = sight::show_to(&mut ctx, seen(&record), offered.unwrap_or(any)).await;
    kept(ctx, after).await
}

async fn withdraw(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_contributor(|record| record.stage.is_open()).await?;
    let after = talk::withdraw(&mut ctx, seen(&record), &line("Solved itself.")).await;
    kept(ctx, after).await
}

async fn judge(walk: &mut Walk<'_>) -> Result<(), Error> {
    let was_answer = walk.dice.random_bool(0.7);
    let (record, mut ctx) = walk.as_contributor(|record| record.answer().is_some()).await?;
    let after = talk::judge_answer(&mut ctx, seen(&record), was_answer).await;
    kept(ctx, after).await
}

async fn hours(walk: &mut Walk<'_>) -> Result<(), Error> {
    let record = walk.record_that(|record| record.trial.is_some() && record.hours_had.is_none())?;
    let account = walk.mostly(&record, record.trial.as_ref().map(|trial| trial.who)).await;
    let mut ctx = walk.context(account).await?;
    let after = trial::confirm_hours(&mut ctx, seen(&record), 1).await;
    kept(ctx, after).await
}

async fn lines(walk: &mut Walk<'_>) -> Result<(), Error> {
    let outcome = *Outcome::ALL.choose(&mut walk.dice).expect("outcomes");
    let record = walk.record_that(|record| record.stage == Stage::Trying)?;
    let account = walk.mostly(&record, record.owner).await;
    let mut ctx = walk.context(account).await?;
    let lines = Lines { did: prose("Ordered."), changed: prose("None missing."), outcome };
    let after = trial::end_try(&mut ctx, seen(&record), &lines).await;
    kept(ctx, after).await
}

async fn take_over(walk: &mut Walk<'_>) -> Result<(), Error> {
    let account = walk.holder(&[Role::Finder]).await?;
    let record = walk.record_that(|record| record.finder_until.is_some())?;
    let mut ctx = walk.context(account).await?;
    let after = pass::take_over(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}

async fn moderate(walk: &mut Walk<'_>) -> Result<(), Error> {
    let account = walk.holder(&[Role::Finder, Role::Moderator]).await?;
    let record = walk.record_that(|_| true)?;
    let typed = match record.listing {
        Listing::Listed => moderation::Typed::Unlist(Because::Private, prose("It names somebody.")),
        Listing::Waiting | Listing::Unlisted => moderation::Typed::List,
    };
    let mut ctx = walk.context(account).await?;
    let after = moderation::moderate(&mut ctx, seen(&record), &typed).await;
    kept(ctx, after).await
}

async fn call_back(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_contributor(|record| record.stage == Stage::NotNow).await?;
    let after = pass::call_back(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}

async fn open_again(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_contributor(|record| record.stage == Stage::Stopped).await?;
    let after = reopen::reopen(&mut ctx, seen(&record), &prose("The field was paved.")).await;
    kept(ctx, after).await
}

async fn interest(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (record, mut ctx) = walk.as_decider(|record| record.stage.is_open()).await?;
    let after = pass::declare_interest(&mut ctx, seen(&record)).await;
    kept(ctx, after).await
}
