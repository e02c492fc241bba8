//! Words that only some may read, planted before everybody asks for everything: they are in no answer to anybody else.

use super::{State, client, records, things};
use crate::walk::told_with;
use waymark_domain::people::setting::SeenBy;
use waymark_store::find::door_messages;
use waymark_testkit::{Page, TestApp};

/// Words, and the columns of those who may read them.
pub type Canary = (&'static str, &'static [&'static str]);

/// Words that are nobody's to read in any row.
const PLANTED: [Canary; 8] = [
    // Whose name is hidden: an administrator knows that they work there, and not what they told.
    ("Zorbulan", &["admin"]),
    ("gwladys@", &["admin"]),
    // Handled with care; an auditor says why first, which nobody does here.
    ("tremorwen", &["decider", "finder", "head", "top-head"]),
    // Told without an account and not listed yet.
    ("lanternix", &["decider", "finder", "head", "top-head", "moderator", "pub-code"]),
    // Of another body.
    ("hillgair", &["other-body", "top-head"]),
    // A draft, and a message to a door.
    ("draftwyn", &[]),
    ("drwsgair", &[]),
    // Held back until a finder has read it.
    ("Canary 4471", &["own", "finder"]),
];

/// Words of what one row is about: the name of whoever hides it, and what Ada types.
const OF_NEST: [Canary; 2] = [("Plygain", &["own+code"]), ("nest@", &["own+code"])];
const OF_ADA: [Canary; 1] = [(things::OWN, &["own"])];

/// The words of what a row about a record, or about a thing, must not show.
pub const fn of_row(state: Option<State>, thing: Option<things::Thing>) -> &'static [Canary] {
    match (state, thing) {
        (Some(State::Hidden), _) => &OF_NEST,
        (_, Some(_)) => &OF_ADA,
        _ => &[],
    }
}

/// Tells, types and sends everything that has words of [`PLANTED`]. Gives the codes of the record with a hidden name and of
/// the public's. That whoever may read the words finds them is looked at here: else they could be nowhere at all.
pub async fn plant(app: &TestApp) -> [String; 2] {
    let (_, hidden) = records::hidden(app, "gwladys", ("Kettles", "The kettle drips.")).await;
    let (public, code) = records::public(app, ("A lamp", "The lanternix lamp flickers.")).await;
    let (care, other) = (Some(SeenBy::Handlers), Some(SeenBy::Body));
    let care = told_with(app, ("cari", "ward4"), care, ("Chairs", "The tremorwen chairs squeak.")).await;
    let other = told_with(app, ("olu", "ward1"), other, ("Trolleys", "The hillgair trolleys squeak.")).await;
    let held = things::held_of(app, "cari").await;
    let message = things::message_of(app, "cari", "The drwsgair crates run out.").await;
    let draft = things::draft_of(app, "cari", "The draftwyn crates run out.").await;
    let people = format!("/admin/nodes/{}/people?q=gwladys", app.world.nodes["riverside"]);
    let shows = [
        ("ann", people.clone(), "Zorbulan"),
        ("ann", people, "gwladys@"),
        ("len", format!("/records/{}", care.told.reference), "tremorwen"),
        ("mair", format!("/records/{}", public.told.reference), "lanternix"),
        ("olu", format!("/records/{}", other.told.reference), "hillgair"),
        ("cari", format!("/drafts/{draft}"), "draftwyn"),
        ("fay", format!("/held/{held}"), "Canary 4471"),
    ];
    for (who, at, words) in shows {
        let page = client(app, who).await.get(&at).await;
        assert!(page.body.contains(words), "{words} is not at {at} for {who}: {}", page.text());
    }
    let mut tx = app.env.db.read().await.expect("a database");
    let kept = door_messages::find(&mut tx, message).await.expect("a database").expect("a message");
    assert!(kept.words.is_some_and(|words| words.contains("drwsgair")), "it waits to be delivered");
    [hidden, code]
}

/// Says that an answer to somebody has no words that are for others, `own` being those of the row.
pub fn look(page: &Page, column: &str, own: &[Canary]) {
    let headers = format!("{:?}", page.headers);
    for (words, readers) in PLANTED.iter().chain(own) {
        let is_there = page.body.contains(words) || headers.contains(words);
        assert!(
            !is_there || readers.contains(&column),
            "{column} reads {words:?} at {}: {}",
            page.address,
            page.text()
        );
    }
}

/// Says that whoever is told that there is nothing, or to sign in first, reads nothing of a record.
pub fn look_for_record(page: &Page, column: &str) {
    let (title, problem) = records::SAID;
    let is_shut = matches!(page.status.as_u16(), 401 | 404);
    let is_there = page.body.contains(title) || page.body.contains(problem);
    assert!(!(is_shut && is_there), "{column} reads of it at {}: {}", page.address, page.text());
}
