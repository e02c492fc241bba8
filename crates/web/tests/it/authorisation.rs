//! Every address, asked for and sent to by everybody, on a record in every state: the statuses are a table that lies
//! beside this file. Whoever changes it reads the difference. An address without a sample fails here, so that none is
//! left out; the list of exceptions is empty because there is no such list.

use std::fmt::Write as _;
use std::path::Path;
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::route::acts::Act;
use waymark_app::route::answer::{Reply, Words, answer};
use waymark_app::route::change::Seen;
use waymark_app::route::talk;
use waymark_app::routes::{ALL, Known, Who};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Origin, Reason};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Prose, Title};
use waymark_testkit::{Client, TestApp, assert_kept};

/// Who asks, and how they stand to Ada's idea from ward 4 of Riverside. The empty name is nobody.
pub const PEOPLE: [&str; 11] = ["", "ada", "bea", "cai", "olu", "len", "fay", "hana", "rhys", "ann", "otto"];
const HEADING: &str = "nobody    own       same-unit other-unit other-body decider   finder    head      \
    top-head  admin     auditor";

/// States of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Told,
    HandlersOnly,
    Asked,
    NotNow,
    Trying,
    Stopped,
    /// Not Ada's, but of somebody without an account; it waits for a moderator.
    Public,
}

pub const STATES: [State; 7] = [
    State::Told,
    State::HandlersOnly,
    State::Asked,
    State::NotNow,
    State::Trying,
    State::Stopped,
    State::Public,
];

fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("a text")
}

/// Ada's idea, told to Len, brought to a state.
pub async fn record(app: &TestApp, state: State) -> Innovation {
    if state == State::Public {
        return crate::public::record(app).await;
    }
    let typed = Typed {
        node: app.world.nodes["ward4"],
        who_could: WhoCould::TeamLead,
        title: Title::parse("Blood bottles").expect("a title"),
        problem: prose("They run out."),
        solution: Some(prose("Order on Thursday.")),
        contributors: vec![(app.person("ada"), 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: (state == State::HandlersOnly).then_some(SeenBy::Handlers),
        answers: None,
        external_id: None,
    };
    let mut ctx = app.write_as("ada").await;
    let told = tell(&mut ctx, &typed).await.expect("told");
    ctx.commit().await.expect("a commit");
    let seen = Seen { id: told.id, version: None };
    let mut ctx = app.write_as("len").await;
    let words = || Words {
        reason: Reason::NoTime,
        words: prose("Not before May."),
        would_change: prose("A second porter."),
    };
    let until = app.env.now().date_naive() + chrono::Days::new(40);
    let who = app.person("ada");
    let go = Reply::Go { who, words: None, until: None, hours: 2, hours_from: None, pence: 0 };
    let after = match state {
        State::Told | State::HandlersOnly | State::Public => return told,
        State::Asked => talk::ask(&mut ctx, seen, &prose("How many?")).await,
        State::NotNow => answer(&mut ctx, seen, (&Reply::NotNow { because: words(), until }, None)).await,
        State::Trying => answer(&mut ctx, seen, (&go, None)).await,
        State::Stopped => answer(&mut ctx, seen, (&Reply::Stop(words()), None)).await,
    };
    ctx.commit().await.expect("a commit");
    after.expect("a state")
}

pub async fn client(app: &TestApp, person: &str) -> Client {
    if person.is_empty() { app.visitor() } else { app.signed_in(person).await }
}

/// The addresses of a pattern that does not hang on a record.
pub(crate) fn places(app: &TestApp, pattern: &str) -> String {
    let samples = [
        ("{node}", app.world.nodes["riverside"].to_string()),
        ("{figure}", "on-time".to_owned()),
        ("{kept}", "drafts".to_owned()),
        // Not one of those who ask: an administrator who sends the form closes the account.
        ("{account}", app.person("una").to_string()),
        ("{secret}", "0".repeat(64)),
        // Nobody has these: the guard answers before it is looked for.
        ("{cover}", "00000000-0000-4000-8000-000000000000".to_owned()),
        ("{grant}", "00000000-0000-4000-8000-000000000000".to_owned()),
        // Nobody's: whoever may not know of a thing and whoever asks for none are told the same.
        ("{file}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{draft}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{newcomer}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{token}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{ask}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{reset}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{message}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{comment}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{shared}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{held}", waymark_store::sqlx::types::Uuid::nil().to_string()),
        ("{problem}", waymark_store::sqlx::types::Uuid::nil().to_string()),
    ];
    let path = samples.iter().fold(pattern.to_owned(), |path, (field, value)| path.replace(field, value));
    assert!(!path.contains('{'), "{pattern} has no sample: give it one here");
    path
}

/// What everybody gets: the status of asking, and of sending an empty form.
async fn row(app: &TestApp, name: &str, known: &Known, state: Option<State>) -> String {
    let mut row = format!("{name:38}");
    for person in PEOPLE {
        let mut client = client(app, person).await;
        let path = match state {
            None => places(app, known.pattern),
            Some(state) => {
                let reference = record(app, state).await.told.reference.to_string();
                let act = name.split(' ').nth(1).unwrap_or_default();
                let nobodys = waymark_store::sqlx::types::Uuid::nil().to_string();
                let path = known.pattern.replace("{reference}", &reference).replace("{act}", act);
                path.replace("{comment}", &nobodys)
            }
        };
        let asked =
            if known.is_act { "   ".to_owned() } else { client.get(&path).await.status.as_u16().to_string() };
        let sent = client.post(&path, &[]).await.status.as_u16();
        let _ = write!(row, " {asked}/{sent}  ");
    }
    row.trim_end().to_owned()
}

async fn rows_of(app: &TestApp, known: &Known) -> Vec<String> {
    if !known.pattern.contains("{reference}") {
        return vec![row(app, known.name, known, None).await];
    }
    let has_acts = known.pattern.contains("{act}");
    let acts: Vec<&str> = if has_acts { Act::ALL.iter().map(|act| act.name()).collect() } else { vec![""] };
    let mut rows = Vec::new();
    for act in acts {
        for state in STATES {
            let name = format!("{} {act} {state:?}", known.name).replace("  ", " ");
            rows.push(row(app, &name, known, Some(state)).await);
        }
    }
    rows
}

#[tokio::test]
async fn everybody_gets_what_the_table_says_at_every_address() {
    let app = TestApp::new().await;
    let mut table = format!("{:38} {HEADING}\n", "address, act, state: asked/sent");
    for known in ALL.iter().filter(|known| known.who != Who::FirstRun) {
        for row in rows_of(&app, known).await {
            table += &(row + "\n");
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/authorisation.txt");
    assert_kept(&file, &table);
}
