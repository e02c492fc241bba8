//! Every address, asked for and sent to by everybody, on a record in every state: the statuses are a table that lies
//! beside this file. Whoever changes it reads the difference. An address without a sample fails here, so that none is
//! left out; the list of exceptions is empty because there is no such list. What is asked for here says nothing that is
//! for others, either (`canaries`).

mod canaries;
pub mod people;
pub mod records;
mod things;

use crate::walk::told_with;
use chrono::TimeDelta;
use people::COLUMNS;
use std::fmt::Write as _;
use std::path::Path;
use waymark_app::route::acts::Act;
use waymark_app::route::answer::{Reply, Words, answer};
use waymark_app::route::change::Seen;
use waymark_app::route::talk;
use waymark_app::routes::{ALL, Known, Who};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::{Outcome, Reason};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::Prose;
use waymark_testkit::{Client, Page, TestApp, assert_kept};

/// Who can have a token, and how they stand to Ada's idea from ward 4 of Riverside. The empty name is nobody. More ask for
/// pages: [`COLUMNS`].
pub const PEOPLE: [&str; 11] = ["", "ada", "bea", "cai", "olu", "len", "fay", "hana", "rhys", "ann", "otto"];

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
    /// Not Ada's, but of somebody whose name is hidden; the finder has it.
    Hidden,
    PassedOn,
    Withdrawn,
    Kept,
    Dropped,
    /// Listed as done already, without asking.
    Done,
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

/// The further states in which pages are asked for.
const FURTHER: [State; 6] =
    [State::Hidden, State::PassedOn, State::Withdrawn, State::Kept, State::Dropped, State::Done];

fn prose(text: &str) -> Prose {
    Prose::parse(text).expect("a text")
}

/// Ada's idea, told to Len, brought to a state.
pub async fn record(app: &TestApp, state: State) -> Innovation {
    match state {
        State::Public => return crate::public::record(app).await,
        State::Hidden => return records::hidden(app, people::HIDDEN, records::SAID).await.0,
        State::Done => return records::done(app).await,
        _ => {}
    }
    let seen_by = (state == State::HandlersOnly).then_some(SeenBy::Handlers);
    let told = told_with(app, ("ada", "ward4"), seen_by, records::SAID).await;
    let after = answered(app, told, state).await;
    match state {
        State::Withdrawn => records::withdrawn(app, &after).await,
        State::PassedOn => records::ended(app, &after, Outcome::PassOn).await,
        State::Kept => records::ended(app, &after, Outcome::Keep).await,
        State::Dropped => records::ended(app, &after, Outcome::Drop).await,
        _ => after,
    }
}

/// What Len says to it, where he says anything on the way to a state.
async fn answered(app: &TestApp, told: Innovation, state: State) -> Innovation {
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
        State::Asked => talk::ask(&mut ctx, seen, &prose("How many?")).await,
        State::NotNow => answer(&mut ctx, seen, (&Reply::NotNow { because: words(), until }, None)).await,
        State::Stopped => answer(&mut ctx, seen, (&Reply::Stop(words()), None)).await,
        State::Trying | State::PassedOn | State::Kept | State::Dropped => {
            answer(&mut ctx, seen, (&go, None)).await
        }
        _ => return told,
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

/// What a row is about.
#[derive(Debug, Clone, Copy)]
enum About<'a> {
    /// Nothing that varies, or what is not there.
    Nothing,
    /// Something of somebody's.
    Thing(things::Thing),
    /// A record in a state, and an act where the address has one.
    Record(State, &'a str),
}

/// What a row asks for, made anew once somebody has done something to it.
struct Asked {
    path: String,
    /// The code of its record, where it has one.
    code: Option<String>,
}

/// The service with everything that the table asks about, and the codes of two records that no row is about.
struct Table {
    app: TestApp,
    codes: [String; 2],
}

impl Table {
    async fn set() -> Self {
        let app = people::world().await;
        crate::public::opened(&app).await;
        let codes = canaries::plant(&app).await;
        Self { app, codes }
    }

    async fn asked(&self, known: &Known, about: About<'_>) -> Asked {
        match about {
            About::Nothing => Asked { path: places(&self.app, known.pattern), code: None },
            About::Thing(thing) => Asked { path: things::address(&self.app, known, thing).await, code: None },
            About::Record(state, act) => {
                let (record, code) = records::made(&self.app, state).await;
                Asked { path: records::address(&self.app, (known.pattern, act), &record).await, code }
            }
        }
    }

    /// What everybody gets: the status of asking, and of sending an empty form. Whatever is done by it is done to
    /// something that nobody else of the row is asked about.
    async fn row(&self, clients: &[Client], (name, known): (&str, &Known), about: About<'_>) -> String {
        let mut row = format!("{name:38}");
        let mut asked = self.asked(known, about).await;
        for ((column, comes), client) in COLUMNS.iter().zip(clients) {
            let Some(mut client) = people::coming(*comes, client, asked.code.as_deref()) else {
                row += "          ";
                continue;
            };
            let mut got = "   ".to_owned();
            if !known.is_act {
                let page = client.get(&asked.path).await;
                look(&page, column, about);
                got = page.status.as_u16().to_string();
            }
            let page = client.post(&asked.path, &[]).await;
            look(&page, column, about);
            let sent = page.status.as_u16();
            let _ = write!(row, " {got}/{sent}  ");
            if sent < 400 {
                asked = self.asked(known, about).await;
            }
        }
        row.trim_end().to_owned()
    }

    async fn rows_of(&self, known: &Known) -> Vec<String> {
        let clients = people::clients(&self.app, &self.codes).await;
        let mut rows = Vec::new();
        if known.pattern.contains("{reference}") {
            let has_acts = known.pattern.contains("{act}");
            let acts: Vec<&str> =
                if has_acts { Act::ALL.iter().map(|act| act.name()).collect() } else { vec![""] };
            for act in acts {
                rows.extend(self.rows_of_record(&clients, (known, act)).await);
            }
            return rows;
        }
        rows.push(self.row(&clients, (known.name, known), About::Nothing).await);
        if let Some(thing) = things::of(known) {
            let name = format!("{} {}", known.name, thing.1);
            rows.push(self.row(&clients, (&name, known), About::Thing(thing)).await);
        }
        rows
    }

    async fn rows_of_record(&self, clients: &[Client], (known, act): (&Known, &str)) -> Vec<String> {
        // One address sends so much only, then it waits: in a minute it has rested.
        self.app.advance(TimeDelta::minutes(1));
        let mut rows = Vec::new();
        for state in STATES.into_iter().chain(FURTHER) {
            let name = format!("{} {act} {state:?}", known.name).replace("  ", " ");
            rows.push(self.row(clients, (&name, known), About::Record(state, act)).await);
        }
        rows
    }
}

/// Nobody reads what is for others.
fn look(page: &Page, column: &str, about: About<'_>) {
    let own = match about {
        About::Nothing => canaries::of_row(None, None),
        About::Thing(thing) => canaries::of_row(None, Some(thing)),
        About::Record(state, _) => {
            canaries::look_for_record(page, column);
            canaries::of_row(Some(state), None)
        }
    };
    canaries::look(page, column, own);
}

#[tokio::test]
async fn everybody_gets_what_the_table_says_at_every_address() {
    let table = Table::set().await;
    let heading = COLUMNS.map(|(column, _)| format!("{column:10}")).concat();
    let mut text = format!("{:38} {}\n", "address, act, state: asked/sent", heading.trim_end());
    for known in ALL.iter().filter(|known| known.who != Who::FirstRun) {
        for row in Box::pin(table.rows_of(known)).await {
            text += &(row + "\n");
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/authorisation.txt");
    assert_kept(&file, &text);
}
