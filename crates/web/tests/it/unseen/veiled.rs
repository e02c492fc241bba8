//! What is done in the fuller world alone, and who may know of it.

use super::open::{awaits_answer, seen};
use super::twins::{Life, Side};
use crate::authorisation::records;
use crate::jobs::{no, prose, record};
use crate::problems::listed_with;
use crate::walk::typed;
use std::future::Future;
use std::pin::Pin;
use waymark_app::find::draft::{self, Kind};
use waymark_app::find::send::{self, Sent};
use waymark_app::find::tell::tell;
use waymark_app::find::{comment, held_back, mask, moderation, reports, sight};
use waymark_app::route::{reopen, talk};
use waymark_app::{Actor, Ctx, Error};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::MaskedFor;
use waymark_domain::find::moderation::Because;
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::InnovationId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Line, Remark};

/// In all that is hidden, and in nothing else.
pub(super) const CANARY: &str = "zorbulex";
/// How often a record is drawn for something that not each of them takes.
const TRIES: usize = 12;

/// What is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// Told with care.
    Care,
    /// Told to everyone, talked about and reported, and then handled with care before anybody else has looked.
    Narrowed,
    /// Told in another body, for its people.
    Body,
    /// Told with a hidden name; with care besides, where it is in the body of those who look.
    Sealed,
    /// Told without an account and not listed yet.
    Public,
    /// Half typed.
    Draft,
    /// Held back until a finder has read it.
    Held,
    /// A problem of another body.
    Problem,
}

/// Something that is done out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deed {
    /// Something new is hidden.
    Hide(Thing),
    /// The finder says something about what is hidden.
    Comment,
    /// Whoever decides it answers it.
    Answer,
    /// It is answered *no* and opened again.
    Reopen,
    /// Its finder masks words in it.
    Mask,
    /// Whoever brought it takes it back.
    Withdraw,
    /// What is held back is given back.
    GiveBack,
    /// Somebody finds something wrong with it.
    Report,
    /// Whoever brought it lets only those see it who handle it.
    Narrow,
    /// Its finder, who moderates there, takes it from the lists.
    Moderate,
}

const THINGS: [Thing; 8] = [
    Thing::Care,
    Thing::Narrowed,
    Thing::Body,
    Thing::Sealed,
    Thing::Public,
    Thing::Draft,
    Thing::Held,
    Thing::Problem,
];

/// What becomes of what is hidden; the last three, of what the people of another body see. Within a body nobody reports what is
/// handled with care, and what was reported before is among [`Thing::Narrowed`]. What a moderator did to it before is left out
/// there: they did it themselves, and it is among what is held about them.
const AFTER: [Deed; 9] = [
    Deed::Comment,
    Deed::Answer,
    Deed::Reopen,
    Deed::Mask,
    Deed::Withdraw,
    Deed::GiveBack,
    Deed::Report,
    Deed::Narrow,
    Deed::Moderate,
];

impl Deed {
    /// Every one.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        THINGS.into_iter().map(Self::Hide).chain(AFTER)
    }

    /// What can become of what is hidden on a side.
    pub(super) fn after(side: Side) -> &'static [Self] {
        match side {
            Side::Within => &AFTER[..6],
            Side::Elsewhere => &AFTER,
        }
    }
}

/// Does somebody see what is hidden on a side, once it is such a thing? By the policy (`domain/route/policy.rs`); these are
/// left out of the comparison, and nobody else is.
pub(super) fn sees(name: &str, side: Side, thing: Thing) -> bool {
    match (side, name) {
        // The finder of a body and its auditor see every record there, and the finder reads what is held back. Una leads the
        // ward of the other body where it is told, and Iago audits that.
        (Side::Within, "fay" | "alun") | (Side::Elsewhere, "una" | "iago") => true,
        // A moderator reads what waits to be listed; nothing that is handled with care.
        (Side::Within, "mair") => thing == Thing::Public,
        // An opener sees what they may be asked to open, with care too; nothing else that is handled with care.
        (Side::Within, "gwen") => thing == Thing::Sealed,
        // Members of either body, an administrator, a moderator, an opener, a finder and an auditor of the other body, and
        // nobody.
        _ => false,
    }
}

/// What is on its way.
type Step<'l> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'l>>;

impl Life {
    /// Does something that is hidden.
    pub(super) async fn veiled(&mut self, deed: Deed) -> Result<(), Error> {
        let step: Step<'_> = match deed {
            Deed::Hide(thing) => self.hides(thing),
            Deed::Comment => Box::pin(self.finder_comments()),
            Deed::Answer => Box::pin(self.answer_hidden()),
            Deed::Reopen => Box::pin(self.reopen_hidden()),
            Deed::Mask => Box::pin(self.mask_hidden()),
            Deed::Withdraw => Box::pin(self.withdraw_hidden()),
            Deed::GiveBack => Box::pin(self.give_back()),
            Deed::Report => Box::pin(self.report_hidden()),
            Deed::Narrow => Box::pin(self.narrow_hidden()),
            Deed::Moderate => Box::pin(self.moderate_hidden()),
        };
        step.await
    }

    fn hides(&mut self, thing: Thing) -> Step<'_> {
        match thing {
            Thing::Care => Box::pin(async move { self.tell_hidden(Some(SeenBy::Handlers)).await.map(drop) }),
            Thing::Narrowed => Box::pin(self.narrowed()),
            Thing::Body => Box::pin(async move { self.tell_hidden(Some(SeenBy::Body)).await.map(drop) }),
            Thing::Sealed => Box::pin(self.seal()),
            Thing::Public => Box::pin(self.tell_without_account()),
            Thing::Draft => Box::pin(self.type_half()),
            Thing::Held => Box::pin(self.hold_back()),
            Thing::Problem => Box::pin(self.list_problem()),
        }
    }

    /// Title and words of the next.
    fn said(&self) -> (String, String) {
        let number = self.hidden.len();
        let title = format!("Blood bottles of {CANARY} number {number}");
        (title, format!("We run out of {CANARY} blood bottles every weekend. Ward {number} borrows them."))
    }

    /// Notes a record, and the addresses of the first of them.
    fn hid(&mut self, record: &Innovation) {
        self.hidden.push(record.id);
        if self.hidden.len() <= 2 {
            let reference = record.told.reference.as_str();
            let at = ["/records/{}", "/records/{}/history", "/told/{}", "/ideas?q={}", "API /records/{}"];
            self.secrets.extend(at.map(|at| at.replace("{}", reference)));
        }
    }

    async fn tell_hidden(&mut self, seen_by: Option<SeenBy>) -> Result<Innovation, Error> {
        let teller = self.plot.side.cast().teller;
        let (title, words) = self.said();
        let typed = typed(&self.app, teller, seen_by, (&title, &words));
        let mut ctx = self.app.write_as(teller.0).await;
        let told = tell(&mut ctx, &typed).await?;
        ctx.commit().await?;
        self.hid(&told);
        Ok(told)
    }

    async fn narrowed(&mut self) -> Result<(), Error> {
        let told = self.tell_hidden(Some(SeenBy::Everyone)).await?;
        let [talker, reporter] = self.plot.side.cast().others;
        let words = Remark::parse(&format!("I have two {CANARY} bottles.")).expect("a text");
        let mut ctx = self.app.write_as(talker).await;
        let said = comment::write(&mut ctx, told.id, &words).await?;
        ctx.commit().await?;
        for part in [reports::Part::Record, reports::Part::Comment(said.id)] {
            self.report_as(reporter, (told.id, part)).await?;
        }
        self.narrow(&told).await
    }

    async fn report_as(&self, who: &str, (on, part): (InnovationId, reports::Part)) -> Result<(), Error> {
        let line = format!("It names {CANARY}.");
        let typed = reports::Typed { part, because: Some(Because::Private), line: &line, from: "10.0.0.9" };
        let mut ctx = self.app.write_as(who).await;
        reports::report(&mut ctx, on, typed).await?;
        ctx.commit().await.map(drop)
    }

    async fn narrow(&self, record: &Innovation) -> Result<(), Error> {
        let mut ctx = self.app.write_as(self.plot.side.cast().teller.0).await;
        sight::show_to(&mut ctx, seen(record), SeenBy::Handlers).await?;
        ctx.commit().await.map(drop)
    }

    /// What is chosen where something is told by the form, with its place, not being for a door.
    fn chosen(&self) -> [(&'static str, String); 2] {
        let (_, place) = self.plot.side.cast().teller;
        [("at", self.app.world.nodes[place].to_string()), ("door", "none".to_owned())]
    }

    async fn seal(&mut self) -> Result<(), Error> {
        let cast = self.plot.side.cast();
        let [at, door] = self.chosen();
        let care = if self.plot.side == Side::Within { "yes" } else { "" };
        let more = [(at.0, at.1.as_str()), (door.0, door.1.as_str()), (send::CARE, care)];
        let (title, words) = (format!("Kettles of {CANARY}"), format!("The {CANARY} kettle drips."));
        let (told, _) = records::hidden_with(&self.app, cast.nameless, ((&title, &words), &more)).await;
        self.hid(&told);
        Ok(())
    }

    async fn tell_without_account(&mut self) -> Result<(), Error> {
        let [at, door] = self.chosen();
        let more = [(at.0, at.1.as_str()), (door.0, door.1.as_str())];
        let (title, words) = (format!("A lamp of {CANARY}"), format!("The {CANARY} lamp flickers."));
        let (told, _) = records::public_with(&self.app, ((&title, &words), &more)).await;
        self.hid(&told);
        Ok(())
    }

    async fn type_half(&mut self) -> Result<(), Error> {
        let [at, door] = self.chosen();
        let more = [(at.0, at.1.as_str()), (door.0, door.1.as_str())];
        let words = format!("The {CANARY} bottles run out.");
        let fields = records::fields(&self.app, ("Bottles", &words), &more);
        let mut ctx = self.app.write_as(self.plot.side.cast().teller.0).await;
        let kept = draft::keep(&mut ctx, None, (None, Kind::Tell), &fields).await?;
        ctx.commit().await?;
        self.secrets.push(format!("/drafts/{kept}"));
        Ok(())
    }

    async fn hold_back(&mut self) -> Result<(), Error> {
        let [at, door] = self.chosen();
        let wish = ("solution", "Send somebody to look");
        let more = [(at.0, at.1.as_str()), (door.0, door.1.as_str()), wish];
        let words = format!(
            "There is smoke coming from the boiler room now and the alarm has not gone off. {CANARY} 4471."
        );
        let fields = records::fields(&self.app, ("Smoke", &words), &more);
        let mut ctx = self.app.write_as(self.plot.side.cast().teller.0).await;
        let kept = draft::keep(&mut ctx, None, (None, Kind::Tell), &fields).await?;
        let kept = draft::open(&mut ctx, None, kept).await?;
        let sent = send::send(&mut ctx, kept).await?;
        ctx.commit().await?;
        let Sent::HeldBack(held) = sent else { panic!("it is not held back: {sent:?}") };
        self.held.push(held);
        self.secrets.push(format!("/held/{held}"));
        Ok(())
    }

    async fn list_problem(&mut self) -> Result<(), Error> {
        let cast = self.plot.side.cast();
        let title = format!("Bottles of {CANARY}");
        let said = [title.as_str(), "They run out every weekend.", "Judged by the kitchen."];
        let by = (cast.finder, cast.body);
        let id = listed_with(&self.app, by, (SeenBy::Body, None), said).await;
        self.secrets.push(format!("/problems/{id}"));
        Ok(())
    }

    /// A hidden record for which something holds. Where none is drawn, one is told: with care, or for the people of the body.
    async fn hidden_that(&mut self, holds: fn(&Innovation) -> bool) -> Result<Innovation, Error> {
        for _ in 0..TRIES {
            let Some(id) = self.veil.pick(&self.hidden) else { break };
            let found = record(&self.app, id).await;
            if holds(&found) {
                return Ok(found);
            }
        }
        let is_elsewhere = self.plot.side == Side::Elsewhere;
        let told = self.tell_hidden(Some(if is_elsewhere { SeenBy::Body } else { SeenBy::Handlers })).await?;
        if holds(&told) { Ok(told) } else { Err(Error::NotFound) }
    }

    async fn finder_comments(&mut self) -> Result<(), Error> {
        let on = self.hidden_that(|_| true).await?;
        let words = Remark::parse(&format!("How many {CANARY}?")).expect("a text");
        let mut ctx = self.app.write_as(self.plot.side.cast().finder).await;
        comment::write(&mut ctx, on.id, &words).await?;
        ctx.commit().await.map(drop)
    }

    async fn answer_hidden(&mut self) -> Result<(), Error> {
        let record = self.hidden_that(awaits_answer).await?;
        let account = self.decider_of(&record).await?;
        self.answer_as(account, (&record, &no())).await
    }

    /// As whoever told it with their name: nobody else has an account to come back with.
    async fn reopen_hidden(&mut self) -> Result<(), Error> {
        let told = self.hidden_that(|record| awaits_answer(record) && is_named(record)).await?;
        let account = self.decider_of(&told).await?;
        self.answer_as(account, (&told, &no())).await?;
        let stopped = record(&self.app, told.id).await;
        assert_eq!(stopped.stage, Stage::Stopped, "it was answered no");
        let account = self.account_of(&stopped, stopped.told.contributors[0].party).await?;
        let mut ctx = Ctx::write(&self.app.env, Actor::Person(account)).await?;
        let why = prose(&format!("There are more {CANARY} now."));
        reopen::reopen(&mut ctx, seen(&stopped), &why).await?;
        ctx.commit().await.map(drop)
    }

    async fn mask_hidden(&mut self) -> Result<(), Error> {
        let record = self.hidden_that(|_| true).await?;
        let wish = mask::Wish { words: vec![CANARY.to_owned()], because: MaskedFor::Person };
        let mut ctx = self.app.write_as(self.plot.side.cast().finder).await;
        mask::mask(&mut ctx, seen(&record), &wish).await?;
        ctx.commit().await.map(drop)
    }

    async fn withdraw_hidden(&mut self) -> Result<(), Error> {
        let record = self.hidden_that(|record| record.stage.is_open() && is_named(record)).await?;
        let account = self.account_of(&record, record.told.contributors[0].party).await?;
        let mut ctx = Ctx::write(&self.app.env, Actor::Person(account)).await?;
        let why = Line::parse(&format!("We have {CANARY} again.")).expect("a line");
        talk::withdraw(&mut ctx, seen(&record), &why).await?;
        ctx.commit().await.map(drop)
    }

    async fn give_back(&mut self) -> Result<(), Error> {
        if self.held.is_empty() {
            self.hold_back().await?;
        }
        let Some(held) = self.held.pop() else { return Err(Error::NotFound) };
        let mut ctx = self.app.write_as(self.plot.side.cast().finder).await;
        held_back::give_back(&mut ctx, held, "Leave out the boiler room.").await?;
        ctx.commit().await.map(drop)
    }

    async fn report_hidden(&mut self) -> Result<(), Error> {
        let record = self.hidden_that(is_for_its_body).await?;
        let [_, reporter] = self.plot.side.cast().others;
        self.report_as(reporter, (record.id, reports::Part::Record)).await
    }

    async fn narrow_hidden(&mut self) -> Result<(), Error> {
        let record = self.hidden_that(|record| is_for_its_body(record) && is_named(record)).await?;
        self.narrow(&record).await
    }

    async fn moderate_hidden(&mut self) -> Result<(), Error> {
        let record = self.hidden_that(is_for_its_body).await?;
        let why = prose(&format!("It names {CANARY}."));
        let mut ctx = self.app.write_as(self.plot.side.cast().finder).await;
        let typed = moderation::Typed::Unlist(Because::Private, why);
        moderation::moderate(&mut ctx, seen(&record), &typed).await?;
        ctx.commit().await.map(drop)
    }
}

/// Was it told by somebody whose account is known?
fn is_named(record: &Innovation) -> bool {
    record.sealed.is_none() && record.public.is_none()
}

/// Do the people of its body see it?
fn is_for_its_body(record: &Innovation) -> bool {
    record.seen_by() == SeenBy::Body
}
