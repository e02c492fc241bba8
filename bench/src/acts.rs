//! Forms that are ready to be sent: drafts that only wait for the last button, and answers of their deciders.

use crate::load::Request;
use crate::people::Tree;
use crate::records::text;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;
use waymark_app::find::draft::{self, Kind};
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::people::session;
use waymark_app::routes::Route;
use waymark_app::{Actor, Ctx, Env, Write};
use waymark_domain::find::stage::Origin;
use waymark_domain::ids::AccountId;
use waymark_domain::text::{Prose, Title};

type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// How many of each.
const ACTS: usize = 3_000;
/// How many drafts are compared.
const SOUGHT: usize = 400;

async fn cookie(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Done<String> {
    Ok(format!("waymark={}", session::begin_stepped_up(ctx, account, (false, "bench")).await?))
}

/// Drafts of members, each to be sent by its own.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn drafts(env: &Env, tree: &Tree) -> Done<Vec<Request>> {
    let mut requests = Vec::with_capacity(ACTS);
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    for number in 0..ACTS {
        let unit = &tree.units[number % tree.units.len()];
        let account = unit.members[number / tree.units.len() % unit.members.len()];
        ctx.actor = Actor::Person(account);
        let cookie = cookie(&mut ctx, account).await?;
        let said = [
            ("at", unit.node.to_string()),
            ("problem", "We run out of blood bottles every weekend.".to_owned()),
            ("solution", "Order on Thursday.".to_owned()),
            ("title", "Blood bottles at the weekend".to_owned()),
            ("origin", "front-line".to_owned()),
            ("who", "lead".to_owned()),
            ("similar", "mine".to_owned()),
        ];
        let fields: BTreeMap<_, _> =
            said.into_iter().map(|(name, value)| (name.to_owned(), vec![value])).collect();
        let draft = draft::keep(&mut ctx, None, (None, Kind::Tell), &fields).await?;
        let body = format!("token={}", env.secret());
        requests.push(Request::post(&Route::DraftSend { draft }.to_string(), &cookie, &body));
    }
    ctx.commit().await?;
    Ok(requests)
}

/// Wrong sign-ins, each at another address of a mail: what a storm of them is made of, many at accounts that are.
pub fn sign_ins() -> Vec<Request> {
    let body = |number: usize| format!("mail=p{number}%40bench.example&password=kettle+marble+{number}");
    (0..ACTS).map(|number| Request::post(&Route::SignIn.to_string(), "", &body(number)).refused()).collect()
}

/// Drafts of members whose similar ones are asked for, each by its own.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn similar(env: &Env, tree: &Tree) -> Done<Vec<Request>> {
    let mut dice = StdRng::seed_from_u64(5);
    let mut requests = Vec::with_capacity(SOUGHT);
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    for number in 0..SOUGHT {
        let unit = &tree.units[number % tree.units.len()];
        let account = unit.members[number / tree.units.len() % unit.members.len()];
        ctx.actor = Actor::Person(account);
        let cookie = cookie(&mut ctx, account).await?;
        let said = [
            ("at", unit.node.to_string()),
            ("title", text(&mut dice, 5)),
            ("problem", text(&mut dice, 40)),
            ("solution", text(&mut dice, 30)),
        ];
        let fields: BTreeMap<_, _> =
            said.into_iter().map(|(name, value)| (name.to_owned(), vec![value])).collect();
        let draft = draft::keep(&mut ctx, None, (None, Kind::Tell), &fields).await?;
        requests.push(Request::get(&Route::DraftSimilar { draft }.to_string(), &cookie));
    }
    ctx.commit().await?;
    Ok(requests)
}

/// Ideas that were just told, each to be answered by its lead.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn answers(env: &Env, tree: &Tree) -> Done<Vec<Request>> {
    let mut requests = Vec::with_capacity(ACTS);
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    for number in 0..ACTS {
        let unit = &tree.units[number % tree.units.len()];
        ctx.actor = Actor::Person(unit.members[0]);
        let typed = Typed {
            node: unit.node,
            who_could: WhoCould::TeamLead,
            title: Title::parse("Blood bottles").map_err(|_| "a title")?,
            problem: Prose::parse("They run out.").map_err(|_| "a text")?,
            solution: Some(Prose::parse("Order on Thursday.").map_err(|_| "a text")?),
            contributors: vec![(unit.members[0], 100)],
            is_assisted: false,
            origin: Origin::FrontLine,
            seen_by: None,
            answers: None,
            external_id: None,
        };
        let told = tell(&mut ctx, &typed).await?;
        let cookie = cookie(&mut ctx, unit.lead.account).await?;
        let body = format!(
            "token={}&version={}&answer=stop&sure=yes&reason=R05&words=It+would+not+help.&would-change=A+trial.",
            env.secret(),
            told.version
        );
        let path = Route::Answer { reference: told.told.reference }.to_string();
        requests.push(Request::post(&path, &cookie, &body));
    }
    ctx.commit().await?;
    Ok(requests)
}
