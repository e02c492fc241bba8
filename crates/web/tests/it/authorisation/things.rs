//! What is somebody's and no record: a draft, a message to a door, a token, a text that is held back, a shared answer, a
//! file on its way in, a problem. An address that names one is asked for once more for one that is there.

use super::records::fields;
use super::{State, client, places, prose, record};
use crate::held_back::insisted;
use crate::problems::listed;
use chrono::Days;
use uuid::Uuid;
use waymark_app::find::delivery::{self, Wish};
use waymark_app::find::draft::{self, Kind};
use waymark_app::import::batch::{self, NewBatch};
use waymark_app::import::columns::{self, propose};
use waymark_app::import::read::{Hints, read};
use waymark_app::route::answer::Words;
use waymark_app::route::change::Seen;
use waymark_app::route::shared::{Typed, write};
use waymark_app::routes::Known;
use waymark_domain::find::stage::Reason;
use waymark_domain::people::setting::{Door, SeenBy};
use waymark_testkit::TestApp;

/// The field of an address, and whose the thing is, by the column.
pub type Thing = (&'static str, &'static str);

const THINGS: [Thing; 7] = [
    ("{draft}", "own's"),
    ("{message}", "own's"),
    ("{token}", "own's"),
    ("{held}", "own's"),
    ("{shared}", "decider's"),
    ("{file}", "finder's"),
    ("{problem}", "body's"),
];

/// What Ada's drafts and messages say, for nobody but her.
pub const OWN: &str = "cranesbill";

/// What an address names that can be made here.
pub fn of(known: &Known) -> Option<Thing> {
    THINGS.into_iter().find(|(field, _)| known.pattern.contains(field))
}

/// The address of a new one.
pub async fn address(app: &TestApp, known: &Known, (field, _): Thing) -> String {
    let words = format!("The {OWN} crates run out.");
    let id = match field {
        "{draft}" => draft_of(app, "ada", &words).await.to_string(),
        "{message}" => message_of(app, "ada", &words).await.to_string(),
        "{token}" => token(app).await,
        "{held}" => held_of(app, "ada").await,
        "{shared}" => shared(app).await,
        "{file}" => file(app).await.to_string(),
        "{problem}" => listed(app, SeenBy::Body, None).await.to_string(),
        other => panic!("{other} is made nowhere: make one here"),
    };
    places(app, &known.pattern.replace(field, &id))
}

/// A draft of somebody's; those from before go, since there is a limit of them.
pub async fn draft_of(app: &TestApp, who: &str, words: &str) -> Uuid {
    let mut ctx = app.write_as(who).await;
    for before in draft::list(&mut ctx, None).await.expect("drafts") {
        draft::discard(&mut ctx, None, before.id).await.expect("it goes");
    }
    let fields = fields(app, ("Crates", words), &[]);
    let kept = draft::keep(&mut ctx, None, (None, Kind::Tell), &fields).await.expect("a draft");
    ctx.commit().await.expect("a commit");
    kept
}

/// A message of somebody's to a door, on its way.
pub async fn message_of(app: &TestApp, who: &str, words: &str) -> Uuid {
    let kept = draft_of(app, who, words).await;
    let mut ctx = app.write_as(who).await;
    let kept = draft::open(&mut ctx, None, kept).await.expect("a draft");
    let wish = Wish { door: Door::Danger, reach: "By phone", from: "10.0.0.9", code: None };
    let sent = delivery::send(&mut ctx, &kept, None, wish).await.expect("sent");
    ctx.commit().await.expect("a commit");
    sent
}

/// A text of somebody's that Fay reads first.
pub async fn held_of(app: &TestApp, who: &str) -> String {
    let page = insisted(&mut client(app, who).await, &[]).await;
    page.address.trim_start_matches("/held/").to_owned()
}

/// A token of Ada's.
async fn token(app: &TestApp) -> String {
    app.token("ada", "read").await;
    let (end, _) = client(app, "ada").await.get("/me/tokens").await.form();
    end.split('/').nth(3).expect("an id").to_owned()
}

/// A shared answer of Len's.
async fn shared(app: &TestApp) -> String {
    let told = record(app, State::Told).await;
    let words = Words {
        reason: Reason::NoTime,
        words: prose("Not before May."),
        would_change: prose("A second porter."),
    };
    let typed = Typed { words, reread_on: app.env.now().date_naive() + Days::new(90) };
    let mut ctx = app.write_as("len").await;
    let written = write(&mut ctx, &typed, &[Seen { id: told.id, version: None }]).await.expect("written");
    ctx.commit().await.expect("a commit");
    written.id.to_string()
}

/// A file that Fay chose.
async fn file(app: &TestApp) -> Uuid {
    let sheet = read(b"id,title,problem\n1,Fine,Good\n", Hints::default()).expect("rows");
    let mapping = propose(columns::Kind::Ideas, &sheet.columns);
    let node = app.world.nodes["riverside"];
    let new = NewBatch { node, file_name: "list.csv", sheet: &sheet, mapping: &mapping };
    let mut ctx = app.write_as("fay").await;
    let staged = batch::stage(&mut ctx, &new).await.expect("staged");
    ctx.commit().await.expect("a commit");
    staged
}
