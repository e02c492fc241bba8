//! What is asked for in both worlds, and what somebody is shown there: pages, files and feeds, the API, similar ones, mails.

use super::twins::{Draw, Life, Side};
use super::{Views, scrubbed};
use crate::authorisation::client;
use serde_json::json;
use waymark_app::find::similar;
use waymark_app::{Actor, Ctx};
use waymark_testkit::{Page, TestApp};

/// Lists, files and feeds without a place, searches by words that are in both or in what is hidden alone, and what may be
/// taken away. Not the seals: what they say of the whole history is one number, and tells nobody of what.
const PAGES: [&str; 45] = [
    "/",
    "/work",
    "/work.csv",
    "/work.json",
    "/work.atom",
    "/work/news",
    "/drafts",
    "/waiting",
    "/me/data",
    "/me/data.json",
    "/moderation",
    "/shared",
    "/shared.csv",
    "/shared.json",
    "/shared.atom",
    "/shared/new",
    "/audit",
    "/audit.csv",
    "/audit.json",
    "/audit.atom",
    "/problems",
    "/problems.csv",
    "/problems.json",
    "/problems.atom",
    "/problems?q=zorbulex",
    "/problems.json?q=bottles",
    "/ideas",
    "/ideas.csv",
    "/ideas.json",
    "/ideas.atom",
    "/ideas?q=bottles",
    "/ideas?q=bottles&order=best",
    "/ideas?q=the+ward&order=best",
    "/ideas?q=zorbulex",
    "/ideas?q=%22blood+bottles%22",
    "/ideas?q=bottles&body=mine",
    "/ideas?q=keys&late=yes",
    "/ideas?late=yes",
    "/ideas?stage=stopped",
    "/ideas?from=2026-07-08&to=2026-07-20",
    "/ideas.csv?q=zorbulex",
    "/ideas.csv?late=yes",
    "/ideas.json?q=bottles&stage=told",
    "/ideas.json?q=%22zorbulex+blood%22",
    "/ideas.atom?q=bottles",
];

/// The same of a place.
const OF_PLACE: [&str; 12] = [
    "/places/{}",
    "/places/{}?q=bottles",
    "/ideas.json?place={}",
    "/places/{}/late",
    "/places/{}/late.csv",
    "/places/{}/late.json",
    "/places/{}/late.atom",
    "/places/{}/wall",
    "/places/{}/moderation",
    "/places/{}/moderation.csv",
    "/places/{}/moderation.json",
    "/places/{}/moderation.atom",
];

/// The figures of a place.
const FIGURES: [&str; 3] =
    ["/places/{}/figures", "/places/{}/figures/on-time/table.csv", "API /places/{}/figures"];

/// What an administrator has besides.
const ADMIN: [&str; 3] = ["/admin", "/admin/retention", "/admin/mail"];
/// The same of a place.
const ADMIN_OF_PLACE: [&str; 2] = ["/admin/nodes/{}", "/admin/nodes/{}/people"];

/// By programs, for whoever has an account.
const PROGRAMS: [&str; 14] = [
    "API /ideas",
    "API /ideas?search=bottles",
    "API /ideas?search=zorbulex",
    "API /ideas?late=true",
    "API /ideas?mine=true",
    "API /work",
    "API /work/news",
    "API /problems",
    "API /moderation",
    "API /reports",
    "API /shared",
    "API /shared/records",
    "API /held",
    "API /places?search=ward",
];

/// The same of a place.
const PROGRAMS_OF_PLACE: [&str; 3] =
    ["API /ideas?place={}", "API /places/{}/late", "API /places/{}/moderation"];

/// What similar ones are sought of.
const TEXTS: [&str; 2] =
    ["We run out of blood bottles every weekend", "The zorbulex of the weekend has no blood bottles"];

impl Side {
    /// The places that are looked at: where it is done, and what is above that.
    const fn places(self) -> [&'static str; 3] {
        match self {
            Self::Within => ["ward4", "riverside", "root"],
            Self::Elsewhere => ["ward1", "hillside", "root"],
        }
    }

    /// The places whose figures are looked at. What may be published of another body and of the whole counts what that body is
    /// told, in fives and from ten on, for everybody (decision 16): there the figures of one's own body are looked at.
    const fn counted(self) -> [&'static str; 3] {
        match self {
            Self::Within => ["ward4", "riverside", "root"],
            Self::Elsewhere => ["ward4", "ward5", "riverside"],
        }
    }
}

/// The address of each of some places.
fn of_places(app: &TestApp, patterns: &[&str], places: [&str; 3]) -> Vec<String> {
    let nodes = places.map(|place| app.world.nodes[place].to_string());
    let of_node = |node: &String| patterns.iter().map(|at| at.replace("{}", node)).collect::<Vec<_>>();
    nodes.iter().flat_map(of_node).collect()
}

/// Everything that somebody asks for, those of the API marked as such.
async fn addresses(life: &Life, name: &str) -> Vec<String> {
    let (app, side) = (&life.app, life.plot.side);
    let first = crate::jobs::record(app, life.told[0]).await;
    let seen = ["/records/{}", "/records/{}/history", "API /records/{}"];
    let seen = seen.map(|at| at.replace("{}", first.told.reference.as_str()));
    let mut all: Vec<String> = PAGES.iter().chain(&PROGRAMS).map(|at| (*at).to_owned()).chain(seen).collect();
    all.extend(of_places(app, &OF_PLACE, side.places()));
    all.extend(of_places(app, &PROGRAMS_OF_PLACE, side.places()));
    all.extend(of_places(app, &FIGURES, side.counted()));
    if name == "ann" {
        all.extend(ADMIN.map(str::to_owned));
        all.extend(of_places(app, &ADMIN_OF_PLACE, side.places()));
    }
    all
}

/// Everything that somebody is shown who is one of so many.
pub(super) async fn looked(life: &mut Life, (name, number): (&str, usize), secrets: &[String]) -> Views {
    life.reseed(Draw::Look(number));
    let asked = addresses(life, name).await;
    let (programs, pages): (Vec<&String>, Vec<&String>) =
        asked.iter().chain(secrets).partition(|at| at.starts_with("API "));
    let mut all = Views::new();
    let mut client = client(&life.app, name).await;
    for at in pages {
        let page = client.get(at).await;
        if let Some(next) = next(&page) {
            all.insert(format!("{at}, going on"), scrubbed(&client.get(next).await));
        }
        all.insert(at.clone(), scrubbed(&page));
    }
    all.extend(told_to_programs(&life.app, name, &programs).await);
    all.insert("similar".to_owned(), alike(&life.app, name).await);
    all.insert("mails".to_owned(), life.mails_of(name));
    all
}

/// Where a page of ideas goes on.
fn next(page: &Page) -> Option<String> {
    let mut links = page.body.split("href=\"").skip(1).filter_map(|link| link.split('"').next());
    let next = links.find(|link| link.starts_with("/ideas?after="));
    next.map(str::to_owned)
}

/// What programs of somebody are told; nothing for nobody, who has none.
async fn told_to_programs(app: &TestApp, name: &str, asked: &[&String]) -> Views {
    let mut all = Views::new();
    if name.is_empty() {
        return all;
    }
    let program = app.program(name).await;
    for at in asked {
        let told = program.get(at.trim_start_matches("API ")).await;
        all.insert((*at).clone(), format!("{}\n{}", told.status, told.body));
    }
    for text in TEXTS {
        let told = program.post("/similar", &json!({ "text": text })).await;
        all.insert(format!("API /similar {text}"), format!("{}\n{}", told.status, told.body));
    }
    all
}

/// Similar ones as the pages of telling have them, for nobody too.
async fn alike(app: &TestApp, name: &str) -> String {
    let actor = if name.is_empty() { Actor::Nobody } else { Actor::Person(app.person(name)) };
    let mut ctx = Ctx::read(&app.env, actor).await.expect("a database");
    let mut all = Vec::new();
    for text in TEXTS {
        all.push(similar::like_text(&mut ctx, text).await.expect("similar ones"));
    }
    format!("{all:#?}")
}
