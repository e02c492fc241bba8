//! Fourteen kinds of bad input to every form: a clear answer with the right status, what was typed is still there, and
//! nothing of ours leaks. The forms come from the list of addresses; how many were tried is printed.

mod admin;
mod cells;
mod files;
pub(crate) mod forms;
mod hidden;
mod ids;
mod judge;
mod kinds;
mod people;
mod records;
pub(crate) mod scene;
mod searches;
mod session;
mod shown;
mod telling;
mod tries;
mod wire;

use forms::Room;
use kinds::Count;
use waymark_testkit::TestApp;

/// Tries every form of a room. Each room has a service of its own, so that they are tried side by side.
async fn room(room: Room) {
    let app = TestApp::new().await;
    let mut count = Count::default();
    for form in forms::all(&app).await.into_iter().filter(|form| form.room == room) {
        Box::pin(tries::every_kind(&app, form, &mut count)).await;
    }
    count.print(&format!("{room:?}"));
}

#[tokio::test]
async fn forms_of_people_answer_bad_input_clearly_and_lose_nothing() {
    room(Room::People).await;
}

#[tokio::test]
async fn forms_of_administration_answer_bad_input_clearly_and_lose_nothing() {
    room(Room::Admin).await;
}

#[tokio::test]
async fn forms_of_a_record_answer_bad_input_clearly_and_lose_nothing() {
    room(Room::Records).await;
}

#[tokio::test]
async fn forms_of_telling_answer_bad_input_clearly_and_lose_nothing() {
    room(Room::Telling).await;
}

#[tokio::test]
async fn forms_of_hidden_names_answer_bad_input_clearly_and_lose_nothing() {
    room(Room::Hidden).await;
}

#[tokio::test]
async fn forms_of_import_answer_bad_input_clearly_and_lose_nothing() {
    room(Room::Files).await;
}
