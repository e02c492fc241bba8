//! Records for the table, one in each state. They are brought there by use cases: by pages it would take too long.

use super::{State, places, prose, record};
use crate::walk;
use uuid::Uuid;
use waymark_app::ctx::Writing;
use waymark_app::find::draft::{self, Fields, Kind, set};
use waymark_app::find::tell::{Typed, just_did_it};
use waymark_app::find::{hidden as hiding, public as telling, send};
use waymark_app::route::change::Seen;
use waymark_app::route::{talk, trial};
use waymark_app::{Actor, Ctx};
use waymark_domain::find::comment::{Comment, CommentEvent};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Outcome;
use waymark_domain::text::{Field, Language, Line};
use waymark_testkit::TestApp;

/// What every record of the table is called and says: to whoever may not know of it neither is shown.
pub const SAID: (&str, &str) = ("Blood bottles", "They run out.");

/// A record in a state, with its code where it has one.
pub async fn made(app: &TestApp, state: State) -> (Innovation, Option<String>) {
    let (told, code) = match state {
        State::Hidden => hidden(app, super::people::HIDDEN, SAID).await,
        State::Public => public(app, SAID).await,
        other => return (record(app, other).await, None),
    };
    (told, Some(code))
}

/// What is typed at ward 4, with what is chosen besides.
pub fn fields(app: &TestApp, (title, problem): (&str, &str), more: &[(&str, &str)]) -> Fields {
    let ward4 = app.world.nodes["ward4"].to_string();
    let typed = [
        ("at", ward4.as_str()),
        ("title", title),
        ("problem", problem),
        ("solution", "Order on Thursday."),
        ("who", "lead"),
        ("origin", "front-line"),
    ];
    let mut fields = Fields::new();
    for (name, value) in typed.iter().chain(more) {
        set(&mut fields, name, *value);
    }
    fields
}

/// An idea of somebody's whose name is hidden, and its code; the finder has it.
pub async fn hidden(app: &TestApp, who: &str, said: (&str, &str)) -> (Innovation, String) {
    hidden_with(app, who, (said, &[])).await
}

/// The same with what is chosen besides.
pub async fn hidden_with(
    app: &TestApp,
    who: &str,
    (said, more): ((&str, &str), &[(&str, &str)]),
) -> (Innovation, String) {
    let mut ctx = app.write_as(who).await;
    let code = hiding::new_code(&ctx).to_string();
    let own = [("whose", "hidden"), ("who", "unknown"), (send::CODE_FIELD, code.as_str())];
    let fields = fields(app, said, &[&own[..], more].concat());
    let told = send::send_at_once(&mut ctx, (Kind::Tell, fields)).await.expect("told");
    ctx.commit().await.expect("a commit");
    (told, code)
}

/// An idea of somebody without an account, which waits for a moderator, and its code. Each comes from an address of its
/// own: from one not so many are taken.
pub async fn public(app: &TestApp, said: (&str, &str)) -> (Innovation, String) {
    public_with(app, (said, &[])).await
}

/// The same with what is chosen besides.
pub async fn public_with(
    app: &TestApp,
    (said, more): ((&str, &str), &[(&str, &str)]),
) -> (Innovation, String) {
    let browser = app.env.secret();
    let mut ctx = Ctx::write(&app.env, Actor::Nobody).await.expect("a database");
    let code = hiding::new_code(&ctx).to_string();
    let own = [(telling::AS, telling::PUBLIC), (send::CODE_FIELD, code.as_str())];
    let fields = fields(app, said, &[&own[..], more].concat());
    let kept =
        draft::keep(&mut ctx, Some(browser.as_str()), (None, Kind::Tell), &fields).await.expect("a draft");
    let kept = draft::open(&mut ctx, Some(browser.as_str()), kept).await.expect("a draft");
    let ready = send::ready(&mut ctx, kept).await.expect("a draft that can be sent");
    let told = telling::send(&mut ctx, ready, &browser).await.expect("told");
    ctx.commit().await.expect("a commit");
    (told, code)
}

/// What Ada did without asking.
pub async fn done(app: &TestApp) -> Innovation {
    let typed = Typed { solution: None, ..walk::typed(app, ("ada", "ward4"), None, SAID) };
    let mut ctx = app.write_as("ada").await;
    let lines = (&prose("Ordered on Thursday."), &prose("None ran out."));
    let listed = just_did_it(&mut ctx, &typed, lines).await.expect("listed");
    ctx.commit().await.expect("a commit");
    listed
}

/// Ada takes back what she told.
pub async fn withdrawn(app: &TestApp, told: &Innovation) -> Innovation {
    let why = Line::parse("It is solved.").expect("a line");
    let mut ctx = app.write_as("ada").await;
    let after = talk::withdraw(&mut ctx, Seen { id: told.id, version: None }, &why).await;
    ctx.commit().await.expect("a commit");
    after.expect("taken back")
}

/// Ada ends what she tried.
pub async fn ended(app: &TestApp, tried: &Innovation, outcome: Outcome) -> Innovation {
    let lines = trial::Lines { did: prose("Ordered on Thursday."), changed: prose("None ran out."), outcome };
    let mut ctx = app.write_as("ada").await;
    let after = trial::end_try(&mut ctx, Seen { id: tried.id, version: None }, &lines).await;
    ctx.commit().await.expect("a commit");
    after.expect("ended")
}

/// An address of a record: with the name of an act where it has one, and with a comment of Fay's where it is about one.
pub async fn address(app: &TestApp, (pattern, act): (&str, &str), record: &Innovation) -> String {
    let path = pattern.replace("{reference}", record.told.reference.as_str()).replace("{act}", act);
    if !path.contains("{comment}") {
        return places(app, &path);
    }
    places(app, &path.replace("{comment}", &commented(app, record).await.to_string()))
}

/// Something that Fay said about a record, written past the limit of so many in an hour.
async fn commented(app: &TestApp, record: &Innovation) -> Uuid {
    let mut ctx = app.write_as("fay").await;
    let id = app.env.id();
    let author = ctx.party(id, app.person("fay")).await.expect("a party");
    let mut writing = Writing::new(&app.env, (id, 1), Language::En);
    let event = CommentEvent::Written {
        on: record.id,
        body: record.at_body,
        author,
        language: Language::En,
        words: writing.note(Field::Comment, "Since when?"),
    };
    let said = (Some(author), writing.finish());
    ctx.save::<Comment>(None, (id, vec![event]), said).await.expect("said");
    ctx.commit().await.expect("a commit");
    id
}
