//! Forms of a record, each on a record in a state in which it is allowed.

use super::scene::{Scene, somebody};
use crate::walk::{days_pass, told, told_by};
use waymark_app::route::answer::{Reply, Words, answer};
use waymark_app::route::change::Seen;
use waymark_app::route::shared::{Typed, write};
use waymark_app::route::{talk, trial};
use waymark_app::{Actor, Ctx};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Outcome, Reason};
use waymark_domain::ids::SharedId;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Line, Prose, Remark};
use waymark_testkit::TestApp;

/// A form of this room.
pub async fn scene(app: &TestApp, (name, variant): (&str, &str)) -> Scene {
    match name {
        "ShareAnswer" | "SharedAnswer" | "RereadShared" => return shared(app, name).await,
        "MaskShared" => return masked(app).await,
        "NewsRound" => return round(app).await,
        "Comment" | "TakeBackComment" => return comment(app, name).await,
        _ => {}
    }
    let hidden = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await;
    let part = if name == "Answer" { "answer" } else { variant };
    let record = record(app, (name, variant)).await;
    let address = |record: &Innovation| format!("/records/{}/{part}", record.told.reference);
    let (who, query) = match (name, variant) {
        ("Answer", "meeting") => ("fay", "?answer=stop&meeting=yes".to_owned()),
        ("Answer", kind) => ("len", format!("?answer={kind}")),
        (_, "take-over") => ("fay", String::new()),
        (_, "ask" | "date" | "news" | "interest" | "object") => ("len", String::new()),
        _ => ("ada", String::new()),
    };
    let page = format!("{}{query}", address(&record));
    let mut scene = Scene::by(app, who, page).await.not(address(&hidden));
    if variant == "was-answer" {
        // It has no page of its own: the record's page has its two buttons.
        scene.page = format!("/records/{}", record.told.reference);
    }
    scene.fill.extend(fill(app, variant));
    scene
}

/// Something of Len's that has been without news for nearly thirty days.
async fn round(app: &TestApp) -> Scene {
    let record = told(app).await;
    let hours_from = None;
    let go = Reply::Go {
        who: app.person("bea"),
        words: None,
        until: Some(app.env.now().date_naive() + chrono::Days::new(90)),
        hours: 0,
        hours_from,
        pence: 0,
    };
    answered(app, &record, go).await;
    days_pass(app, &record, 27).await;
    let mut scene = Scene::by(app, "len", "/work/news").await;
    scene.fill.push((format!("news-{}", record.told.reference), "It has come.".to_owned()));
    scene
}

/// A comment of Bea's, to be written or taken back.
async fn comment(app: &TestApp, name: &str) -> Scene {
    let record = told(app).await;
    let hidden = told_by(app, ("olu", "ward1"), Some(SeenBy::Handlers)).await;
    let at = |record: &Innovation| format!("/records/{}/comments", record.told.reference);
    let page = format!("/records/{}/history", record.told.reference);
    // Somebody new each time: one person says so much in an hour.
    let (own, _) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
    let (other, _) = somebody(app, app.world.nodes["ward1"], &[Role::Finder]).await;
    if name == "Comment" {
        let scene = Scene::of(app, own, page).await.to(at(&record)).not(at(&hidden));
        return scene.with([("comment", "Here, too.")]);
    }
    let mut ids = Vec::new();
    for (who, on) in [(own, &record), (other, &hidden)] {
        let mut ctx = Ctx::write(&app.env, Actor::Person(who)).await.expect("a database");
        let words = Remark::parse("Here, too.").expect("a text");
        let written = waymark_app::find::comment::write(&mut ctx, on.id, &words).await.expect("written");
        ctx.commit().await.expect("a commit");
        ids.push(written.id);
    }
    let back = |id| format!("{}/{id}/take-back", at(&record));
    Scene::of(app, own, page).await.to(back(ids[0])).not(back(ids[1]))
}

/// A shared answer of Len's, and one of Una's that is not his to know of.
async fn shared(app: &TestApp, name: &str) -> Scene {
    let text = [
        ("reason", "R05"),
        ("words", "It shuts early."),
        ("would-change", "A shop."),
        ("sure", "yes"),
        ("what", "change"),
    ];
    let record = told(app).await;
    let ticked = format!("{}:{}", record.told.reference, record.version);
    if name == "ShareAnswer" {
        let mut scene = Scene::by(app, "len", "/shared/new").await.with(text);
        scene.fill.push(("records".to_owned(), ticked));
        return scene;
    }
    let own = shared_by(app, ("len", ("ada", "ward4"))).await;
    let foreign = shared_by(app, ("una", ("olu", "ward1"))).await;
    let again = if name == "RereadShared" { "/again" } else { "" };
    let address = |id| format!("/shared/{id}{again}");
    let mut scene = Scene::by(app, "len", address(own)).await.not(address(foreign)).with(text);
    if name == "SharedAnswer" {
        scene.fill.push(("records".to_owned(), ticked));
    }
    scene
}

/// The same for a finder who masks words in it.
async fn masked(app: &TestApp) -> Scene {
    let own = shared_by(app, ("len", ("ada", "ward4"))).await;
    let foreign = shared_by(app, ("una", ("olu", "ward1"))).await;
    let address = |id| format!("/shared/{id}/mask");
    let typed = [("words", "porter"), ("because", "person"), ("sure", "yes")];
    Scene::by(app, "fay", address(own)).await.not(address(foreign)).with(typed)
}

async fn shared_by(app: &TestApp, (decider, told): (&str, (&str, &str))) -> SharedId {
    let record = told_by(app, told, None).await;
    let reread_on = app.env.now().date_naive() + chrono::Days::new(90);
    let mut ctx = app.write_as(decider).await;
    let typed = Typed { words: words(), reread_on };
    let written = write(&mut ctx, &typed, &[seen(&record)]).await.expect("written");
    ctx.commit().await.expect("a commit");
    written.id
}

fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("a text")
}

/// The parts of a day so many days from now.
fn day(app: &TestApp, name: &str, days: u64) -> Vec<(String, String)> {
    let at = app.env.now() + chrono::Days::new(days);
    let part = |part: &str, format: &str| (format!("{name}-{part}"), at.format(format).to_string());
    vec![part("day", "%-d"), part("month", "%-m"), part("year", "%Y")]
}

fn fill(app: &TestApp, variant: &str) -> Vec<(String, String)> {
    let fields: &[(&str, &str)] = match variant {
        "go" => &[
            ("hours", "2"),
            ("hours-from", "Ward budget"),
            ("pounds", "20"),
            ("words", "Try it."),
            ("sure", "yes"),
        ],
        "not-now" => &[("reason", "R08"), ("words", "Two are off sick."), ("awaited", "They are back.")],
        "stop" | "meeting" => {
            &[("reason", "R05"), ("words", "It shuts early."), ("would-change", "A shop."), ("sure", "yes")]
        }
        "send-on" => &[("to", "finder"), ("words", "Not mine.")],
        "reply" => &[("reply", "Forty.")],
        "ask" => &[("question", "How many?")],
        "news" => &[("news", "We ran out again.")],
        "object" => &[("why", "I never said that.")],
        "ask-review" => &[("why", "Ask the night staff.")],
        "reopen" => &[("why", "The field was paved.")],
        "lines" => &[("did", "Ordered."), ("changed", "None missing."), ("outcome", "keep")],
        "date" => &[("why", "I am on leave.")],
        "who-sees" => &[("to", "handlers")],
        "withdraw" => &[("why", "It is solved.")],
        "hours" => &[("hours", "2")],
        "was-answer" => &[("answer", "yes")],
        _ => &[],
    };
    let mut fill: Vec<_> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    match variant {
        "not-now" => fill.extend(day(app, "until", 60)),
        "date" => fill.extend(day(app, "until", 24)),
        "meeting" => {
            fill.extend(day(app, "on", 0));
            fill.push(("minutes".to_owned(), "Ward meeting, 4".to_owned()));
        }
        _ => {}
    }
    fill
}

/// A record on which the form is open.
async fn record(app: &TestApp, form: (&str, &str)) -> Innovation {
    let record = told(app).await;
    match form {
        ("Act", "reply") => {
            let mut ctx = app.write_as("len").await;
            talk::ask(&mut ctx, seen(&record), &prose("How many?")).await.expect("asked");
            ctx.commit().await.expect("a commit");
        }
        // Longer than ten working days with any bank holidays.
        ("Act", "ask-why") => days_pass(app, &record, 20).await,
        ("Act", "lines" | "hours") => tried(app, &record, form.1 == "hours").await,
        ("Act", "come-back") => answered(app, &record, not_now(app)).await,
        ("Act", "was-answer" | "ask-review" | "reopen") => answered(app, &record, Reply::Stop(words())).await,
        ("Act", "object") => decided_elsewhere(app, &record).await,
        _ => {}
    }
    record
}

const fn seen(record: &Innovation) -> Seen {
    Seen { id: record.id, version: None }
}

fn words() -> Words {
    Words { reason: Reason::NoTime, words: prose("Not before May."), would_change: prose("A porter.") }
}

fn not_now(app: &TestApp) -> Reply {
    let until = app.env.now().date_naive() + chrono::Days::new(40);
    Reply::NotNow { because: words(), until }
}

async fn answered(app: &TestApp, record: &Innovation, reply: Reply) {
    let mut ctx = app.write_as("len").await;
    answer(&mut ctx, seen(record), (&reply, None)).await.expect("answered");
    ctx.commit().await.expect("a commit");
}

async fn tried(app: &TestApp, record: &Innovation, is_over: bool) {
    let hours_from = Some(Line::parse("Ward budget").expect("a line"));
    let go = Reply::Go { who: app.person("ada"), words: None, until: None, hours: 2, hours_from, pence: 0 };
    answered(app, record, go).await;
    if is_over {
        let lines = trial::Lines { did: prose("Ordered."), changed: prose("Less."), outcome: Outcome::Keep };
        let mut ctx = app.write_as("ada").await;
        trial::end_try(&mut ctx, seen(record), &lines).await.expect("ended");
        ctx.commit().await.expect("a commit");
    }
}

/// Fay types what Len is said to have decided.
async fn decided_elsewhere(app: &TestApp, record: &Innovation) {
    let minutes = waymark_app::route::answer::Minutes {
        on: app.env.now().date_naive(),
        reference: Line::parse("Ward meeting, 4").expect("a line"),
    };
    let mut ctx = app.write_as("fay").await;
    answer(&mut ctx, seen(record), (&Reply::Stop(words()), Some(&minutes))).await.expect("typed");
    ctx.commit().await.expect("a commit");
}
