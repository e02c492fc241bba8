//! What the public told in the demonstration: one idea that was listed and answered, one that waits for a moderator.

use super::tree::World;
use super::{Filled, acting, acts, days};
use crate::ctx::{Actor, Ctx, Write};
use crate::error::{Error, Result};
use crate::find::hidden;
use crate::find::moderation::{self, Typed as Moderation};
use crate::find::tell::{Typed, WhoCould, tell_public};
use crate::people::node;
use crate::people::place::place;
use crate::route::answer::{Reply, answer};
use crate::route::change::Seen;
use chrono::{DateTime, Days, Utc};
use waymark_domain::find::stage::Origin;
use waymark_domain::people::setting::Setting;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Line, Title};

/// Where it is told, who leads that place, and who is moderator there.
const AT: (&str, &str, &str, &str) = ("aldermere", "ward-7", "blessing-farrow", "sandra-kowalczyk");
/// The codes, known to everybody as the password is.
const CODES: [&str; 2] = ["WAYMA-RKWAY-MARKW-AYMAR", "KRAMY-AWKRA-MYAWK-RAMYA"];

/// An idea as the files of the demonstration would have it.
struct Idea {
    title: &'static str,
    problem: &'static str,
    solution: &'static str,
    credit: Option<&'static str>,
    days_ago: u64,
}

const ANSWERED: Idea = Idea {
    title: "The clock in the visitors’ corner is an hour slow",
    problem: "The clock in the visitors’ corner has been an hour slow since October. My mother missed her taxi by it.",
    solution: "Put it right when the clocks change, and write on a note whom to tell if it is wrong.",
    credit: Some("Edith"),
    days_ago: 20,
};

const WAITING: Idea = Idea {
    title: "No hook for a coat beside the bed",
    problem: "There is nowhere to hang a visitor’s coat beside the bed, so it lies on the floor or on the blanket.",
    solution: "One hook on the end of each locker.",
    credit: None,
    days_ago: 1,
};

/// Tells both.
pub(super) async fn all(ctx: &mut Ctx<'_, Write>, world: &World, filled: &mut Filled) -> Result<()> {
    let end = ctx.env.now();
    let (body, unit, lead, moderator) = AT;
    acting(ctx, Actor::Console, end);
    node::set(ctx, world.node(body)?, vec![Setting::TakesPublic(true)]).await?;
    let (seen, told) = tell(ctx, (&ANSWERED, CODES[0]), (world, unit), end).await?;
    let at = |days: u64| told + Days::new(days);
    acting(ctx, Actor::Person(world.person(moderator)?.account), at(1));
    moderation::moderate(ctx, seen, &Moderation::List).await?;
    let who = world.person(lead)?.account;
    acting(ctx, Actor::Person(who), at(3));
    let words = acts::prose(
        "You are right, and I am sorry about the taxi. I put it right today, and the note is up.",
    )?;
    let (words, until) = (Some(words), Some(ctx.now.date_naive() + Days::new(30)));
    let go = Reply::Go { who, words, until, hours: 0, hours_from: None, pence: 0 };
    answer(ctx, seen, (&go, None)).await?;
    tell(ctx, (&WAITING, CODES[1]), (world, unit), end).await?;
    filled.records += 2;
    filled.acts += 4;
    Ok(())
}

async fn tell(
    ctx: &mut Ctx<'_, Write>,
    (idea, code): (&Idea, &str),
    (world, unit): (&World, &str),
    end: DateTime<Utc>,
) -> Result<(Seen, DateTime<Utc>)> {
    let node = world.node(unit)?;
    let here = place(ctx, node).await?;
    let day = here.time().day_of(end) - Days::new(idea.days_ago);
    acting(ctx, Actor::Nobody, days::at_work((day, 3), &here, (DateTime::<Utc>::MIN_UTC, end)));
    let code = Spelt::parse(code, hidden::CODE).ok_or_else(|| Error::internal("a code that is none"))?;
    let typed = Typed {
        node,
        who_could: WhoCould::TeamLead,
        title: Title::parse(idea.title).map_err(|problem| acts::faulty(idea.title, problem))?,
        problem: acts::prose(idea.problem)?,
        solution: Some(acts::prose(idea.solution)?),
        contributors: Vec::new(),
        is_assisted: false,
        origin: Origin::User,
        seen_by: None,
        answers: None,
        external_id: None,
    };
    let credit = idea.credit.and_then(|name| Line::parse(name).ok());
    let record = tell_public(ctx, &typed, (&code, credit)).await?;
    Ok((Seen { id: record.id, version: None }, record.sent_at))
}
