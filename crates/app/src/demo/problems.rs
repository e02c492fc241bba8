//! Problems that finders of the demonstration put to others: two that seek ideas now, one of them in Welsh, and one whose
//! time is over.

use super::tree::World;
use super::{Filled, acting, days};
use crate::ctx::{Actor, Ctx, Write, Writing};
use crate::error::Result;
use crate::people::place::{Place, place};
use chrono::{DateTime, Days, Utc};
use waymark_domain::find::problem::{Listed, Problem, ProblemEvent};
use waymark_domain::ids::{NodeId, PartyId};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::due::start_of_day;
use waymark_domain::text::{Field, Language, Title, Words, WordsRef};

/// A problem as the files of the demonstration would have it.
struct Told {
    by: &'static str,
    at: &'static str,
    language: Language,
    title: &'static str,
    problem: &'static str,
    details: &'static str,
    /// Days since it was listed.
    days_ago: u64,
    /// Days after that for answers.
    days_open: u64,
}

const TOLD: [Told; 3] = [
    Told {
        by: "kieran-marsh",
        at: "aldermere",
        language: Language::En,
        title: "Patients wait in the lounge for their medicines to take home",
        problem: "Who may go home at ten often leaves at four, since the medicines to take home are written up after the \
            round and made up after that. The bed is not free, and people sit in their coats.",
        details: "Ideas that begin on one ward are welcome. What works is tried for thirty days and looked at together.",
        days_ago: 24,
        days_open: 60,
    },
    Told {
        by: "gethin-arwel",
        at: "cwm-arlen",
        language: Language::Cy,
        title: "Nid yw llythyrau apwyntiad yn cyrraedd mewn pryd",
        problem: "Mae rhai pobl yn cael llythyr am eu hapwyntiad ar ôl y diwrnod ei hun, yn enwedig yng nghefn gwlad. Maent \
            yn colli’r apwyntiad, ac mae’r clinig yn aros amdanynt.",
        details: "Mae croeso i syniadau gan staff a chan bobl sy’n defnyddio’r gwasanaeth.",
        days_ago: 9,
        days_open: 45,
    },
    Told {
        by: "bukola-tennant",
        at: "justice",
        language: Language::En,
        title: "People leave custody on a Friday with no bank account",
        problem: "Without an account nobody can be paid, and opening one takes weeks. What could be done before the day of \
            release, and by whom?",
        details: "Answers from every part of the department were welcome.",
        days_ago: 200,
        days_open: 90,
    },
];

/// Lists all of them.
pub(super) async fn all(ctx: &mut Ctx<'_, Write>, world: &World, filled: &mut Filled) -> Result<()> {
    let (end, language) = (ctx.env.now(), ctx.language);
    for one in &TOLD {
        let here = place(ctx, world.node(one.at)?).await?;
        let day = here.time().day_of(end) - Days::new(one.days_ago);
        let at = days::at_work((day, 2), &here, (DateTime::<Utc>::MIN_UTC, end));
        acting(ctx, Actor::Person(world.person(one.by)?.account), at);
        ctx.language = one.language;
        list(ctx, one, &here).await?;
    }
    ctx.language = language;
    filled.acts += TOLD.len();
    Ok(())
}

async fn list(ctx: &mut Ctx<'_, Write>, one: &Told, here: &Place) -> Result<()> {
    let id = ctx.env.id();
    let by = ctx.first_party(id, ctx.account()?);
    let title = Title::parse(one.title).map_err(|problem| super::acts::faulty(one.title, problem))?;
    let mut writing = Writing::new(ctx.env, (id, 1), ctx.language);
    let said = [
        writing.note(Field::Title, title.as_str()),
        writing.note(Field::Problem, one.problem),
        writing.note(Field::Details, one.details),
    ];
    let words: Vec<Words> = writing.finish();
    let listed = listed(ctx, (one, said), (here, by));
    ctx.save::<Problem>(None, (id, vec![ProblemEvent::Listed(Box::new(listed))]), (Some(by), words)).await?;
    Ok(())
}

fn listed(
    ctx: &Ctx<'_, Write>,
    (one, [title, problem, details]): (&Told, [WordsRef; 3]),
    (here, by): (&Place, PartyId),
) -> Listed {
    let closes = here.time().day_of(ctx.now) + Days::new(one.days_open);
    Listed {
        node: here.node(),
        body: NodeId(here.body.id),
        by,
        seen_by: SeenBy::Everyone,
        language: ctx.language,
        title,
        problem,
        details: Some(details),
        opens_at: Some(ctx.now),
        closes_at: Some(start_of_day(closes, here.zone)),
        money: None,
        source_url: None,
        external_id: None,
    }
}
