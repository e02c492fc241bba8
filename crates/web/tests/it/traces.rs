//! Whatever somebody does leaves a trace: an event in the journal of a record, or a line in the audit. Every form is sent, by
//! somebody who may, as the tests of bad input fill it in; what leaves no trace stands in one of two short lists with the
//! reason. What programs do is in `api/traces.rs`.

use crate::bad_input::forms::{self, Form, Room};
use crate::bad_input::scene::{Scene, somebody};
use waymark_domain::people::role::Role;
use waymark_store::{on, sqlx};
use waymark_testkit::{PASSWORD, TestApp};

/// Forms whose trace is a row of a table of its own.
const ELSEWHERE: [(&str, &str); 6] = [
    // What was reported, by whom, and what became of it: whoever reported it can be erased.
    ("Report", "report"),
    // Who looked, when and why: whose record it is reads it.
    ("Look", "look"),
    // Told in confidence: the row says where it went and when it arrived.
    ("DraftDoor", "door_message"),
    ("Complaint", "door_message"),
    ("AnswerDoor", "door_answer"),
    // Who chose which file; what comes in of it are events, by the job that brings it in.
    ("Import", "import_batch"),
];

/// Forms that leave none, and why.
const NOWHERE: [(&str, &str); 23] = [
    ("SignOut", "it ends a session of one's own, which can do nothing any more"),
    ("StillThere", "it only says that somebody is there"),
    ("Forgotten", "anybody can ask; that a password was set is noted"),
    ("Me", "one's own name, language and hour; what is noted names an account by a number"),
    ("EndOwnSessions", "they are one's own, and can do nothing any more"),
    ("Cover", "one's own absence; what goes to somebody else for it are events of each record"),
    ("EndCover", "the same when it ends"),
    ("SecondFactor", "a secret that nobody has confirmed yet; that it was set up is noted"),
    ("StartStep", "answers of the first run, kept until it is done; that it was done is noted"),
    ("TestMail", "a mail to oneself"),
    ("ImportColumns", "nothing has come in yet"),
    // Nobody but who types it knows of a draft until it is sent.
    ("Tell", "a draft"),
    ("TellDone", "a draft"),
    ("Draft", "a draft"),
    ("DraftPlace", "a draft"),
    ("DraftWho", "a draft"),
    ("DraftWhose", "a draft"),
    ("DraftGroup", "a draft"),
    ("DraftBehalf", "a draft"),
    ("DraftSimilar", "a draft that says something else; words that are added to a record are an event"),
    ("DraftDelete", "a draft"),
    ("DraftConfirm", "a mail to whoever types; that they confirmed it is noted"),
    ("ComeBack", "it must not be known who has a code, nor when they come"),
];

/// How many rows the journal, the audit and a table of its own have.
pub async fn traces(app: &TestApp, table: Option<&str>) -> [i64; 3] {
    let mut tx = app.env.db.read().await.expect("a database");
    let mut counts = [0; 3];
    for (count, table) in counts.iter_mut().zip([Some("journal"), Some("audit"), table]) {
        let Some(table) = table else { continue };
        let sql = format!("select count(*) from {table}");
        let rows: i64 = on!(&mut tx, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(c).await)
            .expect("a number");
        *count = rows;
    }
    counts
}

/// The form, filled in by somebody who may.
async fn filled_in(app: &TestApp, form: Form) -> Scene {
    if form.known.name != "SignIn" {
        return form.scene(app).await;
    }
    // Elsewhere a wrong password is tried.
    let (account, mail) = somebody(app, app.world.nodes["ward4"], &[Role::Member]).await;
    app.gives_password(account).await;
    Scene::at(app.visitor(), "/sign-in?back=/me").with([("mail", &mail), ("password", PASSWORD)])
}

/// What a list says of a form.
fn said(list: &[(&'static str, &'static str)], form: Form) -> Option<&'static str> {
    list.iter().find(|(name, _)| *name == form.known.name).map(|(_, said)| *said)
}

/// What is wrong with the trace that a form leaves.
async fn fault(app: &TestApp, form: Form) -> Option<String> {
    let table = said(&ELSEWHERE, form);
    let mut scene = filled_in(app, form).await;
    let fields = scene.fields().await;
    let sent = scene.filled(&fields);
    let before = traces(scene.own.as_ref().unwrap_or(app), table).await;
    let answer = scene.send(&sent).await;
    let after = traces(scene.own.as_ref().unwrap_or(app), table).await;
    if !matches!(answer.status.as_u16(), 200 | 303) {
        return Some(format!("{} is not taken: {} {}", form.name(), answer.status, answer.text()));
    }
    let [in_journal, in_audit, in_table] = [0, 1, 2].map(|place| after[place] > before[place]);
    let is_listed = table.is_some() || said(&NOWHERE, form).is_some();
    let fault = match (in_journal || in_audit, is_listed) {
        (true, true) => "leaves a trace: take it out of the lists",
        (false, false) => "leaves no trace: note it, or say why it needs none",
        (false, true) if table.is_some() && !in_table => "leaves no row in its table",
        _ => return None,
    };
    Some(format!("{} {fault}", form.name()))
}

/// Sends every form of a room. Each room has a service of its own, so that they are sent side by side.
async fn room(room: Room) {
    let app = TestApp::new().await;
    let mut faults = Vec::new();
    for form in forms::all(&app).await.into_iter().filter(|form| form.room == room) {
        faults.extend(Box::pin(fault(&app, form)).await);
    }
    assert!(faults.is_empty(), "{} of {room:?}: {faults:#?}", faults.len());
}

#[tokio::test]
async fn what_people_do_with_their_accounts_leaves_a_trace() {
    room(Room::People).await;
}

#[tokio::test]
async fn what_administrators_do_leaves_a_trace() {
    room(Room::Admin).await;
}

#[tokio::test]
async fn what_is_done_to_a_record_leaves_a_trace() {
    room(Room::Records).await;
}

#[tokio::test]
async fn what_is_told_leaves_a_trace() {
    room(Room::Telling).await;
}

#[tokio::test]
async fn what_is_done_with_hidden_names_and_by_moderators_leaves_a_trace() {
    room(Room::Hidden).await;
}

#[tokio::test]
async fn what_is_brought_in_leaves_a_trace() {
    room(Room::Files).await;
}

#[tokio::test]
async fn the_lists_name_forms_that_there_are_each_once() {
    let forms = forms::all(&TestApp::new().await).await;
    let mut names: Vec<&str> = ELSEWHERE.iter().chain(&NOWHERE).map(|(name, _)| *name).collect();
    let gone: Vec<_> =
        names.iter().filter(|name| forms.iter().all(|form| form.known.name != **name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ELSEWHERE.len() + NOWHERE.len());
}
