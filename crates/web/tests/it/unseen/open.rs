//! What is done in both worlds, by people who may do it. Of it everybody sees in both what they may see.

use super::twins::Life;
use crate::authorisation::records;
use crate::jobs::{no, prose, record};
use crate::problems::listed_with;
use crate::walk::typed;
use chrono::{Days, TimeDelta};
use std::future::Future;
use std::pin::Pin;
use waymark_app::find::tell::tell;
use waymark_app::find::{comment, mask, moderation, reports};
use waymark_app::route::answer::{Reply, Words, answer_unknown};
use waymark_app::route::change::Seen;
use waymark_app::route::{reopen, shared};
use waymark_app::{Actor, Ctx, Error};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::MaskedFor;
use waymark_domain::find::moderation::{Because, Listing};
use waymark_domain::find::stage::{Reason, Stage};
use waymark_domain::ids::{AccountId, PartyId};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::Remark;
use waymark_store::people::parties;

/// How often a record is drawn for something that not each of them takes.
const TRIES: usize = 12;
/// The most minutes between two acts.
const MINUTES: usize = 90;
/// Days that pass at once: so many that an answer is late.
const FORTNIGHT: i64 = 16;

/// Who tells what others may see, and where.
const TELLERS: [(&str, &str); 5] =
    [("ada", "ward4"), ("bea", "ward4"), ("cai", "ward5"), ("cari", "ward4"), ("dai", "ward1")];

/// What is told: some of the words are in what is hidden, too.
const SAID: [(&str, &str); 4] = [
    ("Blood bottles run out", "We run out of blood bottles every weekend."),
    ("Bottles on Thursday", "The bottles come on Friday and are gone by Sunday."),
    ("Night trolleys squeak", "The trolleys squeak at night and wake everybody."),
    ("Keys to the store", "Nobody knows who has the keys to the store with the bottles."),
];

/// Something that is done in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// Told by name.
    Tell,
    /// Told with a hidden name: by one person in the one world, and by another in the other. Nobody can tell.
    Nameless,
    /// Told without an account, and perhaps listed.
    Public,
    /// Answered by whoever decides it.
    Answer,
    /// Answered with words that others get, too.
    Share,
    /// Talked about.
    Comment,
    /// Something is wrong with it.
    Report,
    /// Taken from the lists, put there, or left.
    Moderate,
    /// Opened again.
    Reopen,
    /// Words in it are masked.
    Mask,
    /// A problem is listed.
    Problem,
    /// Some days pass.
    Days,
    /// So many days pass that what nobody answered is late.
    Fortnight,
}

impl Open {
    /// All that comes in any order.
    pub(super) const ALL: [Self; 12] = [
        Self::Tell,
        Self::Nameless,
        Self::Public,
        Self::Answer,
        Self::Share,
        Self::Comment,
        Self::Report,
        Self::Moderate,
        Self::Reopen,
        Self::Mask,
        Self::Problem,
        Self::Days,
    ];
}

/// What is on its way.
type Step<'l> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'l>>;

impl Life {
    /// Does something of which everybody may know who sees it.
    pub(super) async fn open(&mut self, act: Open) -> Result<(), Error> {
        let minutes = i64::try_from(1 + self.dice.below(MINUTES)).expect("a few minutes");
        self.app.advance(TimeDelta::minutes(minutes));
        let step: Step<'_> = match act {
            Open::Tell => Box::pin(self.tell()),
            Open::Nameless => Box::pin(self.tell_namelessly()),
            Open::Public => Box::pin(self.tell_as_public()),
            Open::Answer => Box::pin(self.answer()),
            Open::Share => Box::pin(self.share()),
            Open::Comment => Box::pin(self.comment()),
            Open::Report => Box::pin(self.report()),
            Open::Moderate => Box::pin(self.moderate()),
            Open::Reopen => Box::pin(self.reopen()),
            Open::Mask => Box::pin(self.mask()),
            Open::Problem => Box::pin(self.list_open_problem()),
            Open::Days => Box::pin(self.some_days()),
            Open::Fortnight => Box::pin(self.days(FORTNIGHT)),
        };
        step.await
    }

    async fn tell(&mut self) -> Result<(), Error> {
        let by = self.dice.pick(&TELLERS).expect("tellers");
        let seen_by = self.dice.pick(&[SeenBy::Body, SeenBy::Bodies, SeenBy::Everyone]);
        let (title, problem) = self.dice.pick(&SAID).expect("words");
        let number = self.told.len();
        // The first one is read by everybody who looks. Beside a record of Hillside stands how long a step takes there, which is
        // counted of what its people see and told to everybody (decision 16): it may change by what others do not see.
        let (by, seen_by) = if number == 0 { (TELLERS[0], Some(SeenBy::Everyone)) } else { (by, seen_by) };
        let (title, problem) = (format!("{title} {number}"), format!("{problem} It is number {number}."));
        let typed = typed(&self.app, by, seen_by, (&title, &problem));
        let mut ctx = self.app.write_as(by.0).await;
        let told = tell(&mut ctx, &typed).await?;
        ctx.commit().await?;
        self.told.push(told.id);
        Ok(())
    }

    async fn tell_namelessly(&mut self) -> Result<(), Error> {
        let who = if self.is_full { "nest" } else { "cari" };
        let (told, _) = records::hidden(&self.app, who, ("Kettles", "The kettle drips.")).await;
        self.told.push(told.id);
        Ok(())
    }

    async fn tell_as_public(&mut self) -> Result<(), Error> {
        let node = self.dice.pick(&["ward4", "ward1"]).expect("places");
        let is_listed = self.dice.percent(50);
        let at = self.app.world.nodes[node].to_string();
        let said = ("A lamp", "The lamp beside the bottles flickers.");
        let more = [("at", at.as_str()), ("door", "none")];
        let (told, _) = records::public_with(&self.app, (said, &more)).await;
        self.told.push(told.id);
        if is_listed { self.moderate_as(&told, &moderation::Typed::List).await } else { Ok(()) }
    }

    async fn answer(&mut self) -> Result<(), Error> {
        let record = self.told_that(awaits_answer).await?;
        let account = self.decider_of(&record).await?;
        let trier = if self.is_of_riverside(&record) { "ada" } else { "olu" };
        let until = self.app.env.now().date_naive() + Days::new(20);
        let reply = match self.dice.below(3) {
            0 => no(),
            1 => Reply::NotNow { because: words(), until },
            _ => Reply::Go {
                who: self.app.person(trier),
                words: None,
                until: None,
                hours: 2,
                hours_from: None,
                pence: 0,
            },
        };
        self.answer_as(account, (&record, &reply)).await
    }

    async fn share(&mut self) -> Result<(), Error> {
        let record = self.told_that(|record| awaits_answer(record) && record.sealed.is_none()).await?;
        let account = self.decider_of(&record).await?;
        let reread_on = self.app.env.now().date_naive() + Days::new(60);
        let typed = shared::Typed { words: words(), reread_on };
        let mut ctx = Ctx::write(&self.app.env, Actor::Person(account)).await?;
        shared::write(&mut ctx, &typed, &[seen(&record)]).await?;
        ctx.commit().await.map(drop)
    }

    async fn comment(&mut self) -> Result<(), Error> {
        let record = self.told_that(is_talked_about).await?;
        let who = self.colleague(&record);
        let words = Remark::parse("We have this, too.").expect("a text");
        let mut ctx = self.app.write_as(who).await;
        comment::write(&mut ctx, record.id, &words).await?;
        ctx.commit().await.map(drop)
    }

    async fn report(&mut self) -> Result<(), Error> {
        let record = self.told_that(is_talked_about).await?;
        let who = self.colleague(&record);
        let (part, because) = (reports::Part::Record, Some(Because::Private));
        let typed = reports::Typed { part, because, line: "It names somebody.", from: "10.0.0.7" };
        let mut ctx = self.app.write_as(who).await;
        reports::report(&mut ctx, record.id, typed).await?;
        ctx.commit().await.map(drop)
    }

    async fn moderate(&mut self) -> Result<(), Error> {
        let record = self.told_that(|_| true).await?;
        let why = prose("It names somebody.");
        let typed = match (record.listing, self.dice.percent(50)) {
            (Listing::Waiting | Listing::Unlisted, _) => moderation::Typed::List,
            (Listing::Listed, true) => moderation::Typed::Unlist(Because::Private, why),
            (Listing::Listed, false) => moderation::Typed::Leave(why),
        };
        self.moderate_as(&record, &typed).await
    }

    async fn moderate_as(&self, record: &Innovation, typed: &moderation::Typed) -> Result<(), Error> {
        let who = if self.is_of_riverside(record) { "mair" } else { "ivo" };
        let mut ctx = self.app.write_as(who).await;
        moderation::moderate(&mut ctx, seen(record), typed).await?;
        ctx.commit().await.map(drop)
    }

    async fn reopen(&mut self) -> Result<(), Error> {
        let record = self.told_that(|record| record.stage == Stage::Stopped).await?;
        let account = self.account_of(&record, record.told.contributors[0].party).await?;
        let mut ctx = Ctx::write(&self.app.env, Actor::Person(account)).await?;
        reopen::reopen(&mut ctx, seen(&record), &prose("There are more of them now.")).await?;
        ctx.commit().await.map(drop)
    }

    async fn mask(&mut self) -> Result<(), Error> {
        let record = self.told_that(|_| true).await?;
        let who = if self.is_of_riverside(&record) { "fay" } else { "ivo" };
        let wish = mask::Wish { words: vec!["number".to_owned()], because: MaskedFor::Harm };
        let mut ctx = self.app.write_as(who).await;
        mask::mask(&mut ctx, seen(&record), &wish).await?;
        ctx.commit().await.map(drop)
    }

    async fn list_open_problem(&mut self) -> Result<(), Error> {
        let seen_by = self.dice.pick(&[SeenBy::Body, SeenBy::Bodies]).expect("sights");
        let problem = "Meals arrive cold, and bottles run out.";
        let said = ["Cold meals on wards", problem, "Judged by the kitchen."];
        listed_with(&self.app, ("fay", "riverside"), (seen_by, None), said).await;
        Ok(())
    }

    async fn some_days(&mut self) -> Result<(), Error> {
        let days = i64::try_from(1 + self.dice.below(3)).expect("a few days");
        self.days(days).await
    }

    /// Days pass, and what is due is done.
    async fn days(&mut self, days: i64) -> Result<(), Error> {
        self.app.advance(TimeDelta::days(days));
        self.run_jobs().await;
        Ok(())
    }

    /// A record of both worlds for which something holds.
    async fn told_that(&mut self, holds: fn(&Innovation) -> bool) -> Result<Innovation, Error> {
        for _ in 0..TRIES {
            let id = self.dice.pick(&self.told).ok_or(Error::NotFound)?;
            let found = record(&self.app, id).await;
            if holds(&found) {
                return Ok(found);
            }
        }
        Err(Error::NotFound)
    }

    /// Somebody of the body where a record was told.
    fn colleague(&mut self, record: &Innovation) -> &'static str {
        let names = if self.is_of_riverside(record) { ["bea", "cai", "cari"] } else { ["dai", "olu", "una"] };
        self.dice.pick(&names).expect("names")
    }

    fn is_of_riverside(&self, record: &Innovation) -> bool {
        record.told.body == self.app.world.nodes["riverside"]
    }

    /// Whoever decides a record next.
    pub(super) async fn decider_of(&self, record: &Innovation) -> Result<AccountId, Error> {
        let decider = record.decider.ok_or(Error::NotFound)?;
        self.account_of(record, decider.party).await
    }

    /// The account behind a party of a record.
    pub(super) async fn account_of(&self, record: &Innovation, party: PartyId) -> Result<AccountId, Error> {
        let mut tx = self.app.env.db.read().await?;
        let rows = parties::of_record(&mut tx, record.id.0).await?;
        let row = rows.iter().find(|row| row.id == party.0);
        row.map(|row| AccountId(row.account)).ok_or(Error::NotFound)
    }

    /// Answers as whoever has an account; where a name is hidden they know of none.
    pub(super) async fn answer_as(
        &self,
        account: AccountId,
        (record, reply): (&Innovation, &Reply),
    ) -> Result<(), Error> {
        let mut ctx = Ctx::write(&self.app.env, Actor::Person(account)).await?;
        answer_unknown(&mut ctx, seen(record), (reply, None), true).await?;
        ctx.commit().await.map(drop)
    }
}

/// A record as it is now.
pub(super) const fn seen(record: &Innovation) -> Seen {
    Seen { id: record.id, version: None }
}

/// Does somebody owe an answer to it?
pub(super) fn awaits_answer(record: &Innovation) -> bool {
    record.stage.awaits_answer()
}

/// May its body talk about it? Where a name is hidden, only those who handle it do.
fn is_talked_about(record: &Innovation) -> bool {
    record.seen_by() != SeenBy::Handlers && record.sealed.is_none()
}

fn words() -> Words {
    Words { reason: Reason::NoTime, words: prose("Not before May."), would_change: prose("A second porter.") }
}
