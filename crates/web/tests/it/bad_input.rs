//! Fourteen kinds of bad input to every form: a clear answer with the right status, what was typed is still there, and
//! nothing of ours leaks. How many were tried is printed.

use axum::http::StatusCode;
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::route::acts::Act;
use waymark_app::routes::Route;
use waymark_domain::find::stage::Origin;
use waymark_domain::reference::Reference;
use waymark_domain::text::{Prose, Title};
use waymark_testkit::{Client, Page, TestApp};

/// What may be typed into any field of words. Some of it is a fair answer: then it must be taken and shown as text.
fn typed() -> Vec<(&'static str, String)> {
    vec![
        ("empty", String::new()),
        ("too long", "ŵ".repeat(60_000)),
        ("NUL", "a\0b".to_owned()),
        ("emoji", "👩🏽‍⚕️ late again 🕐".to_owned()),
        ("right to left", "مرحبا \u{202e}evil\u{202c}".to_owned()),
        ("HTML", "<script>alert(1)</script><b>bold</b>".to_owned()),
        ("CSV formula", "=HYPERLINK(\"http://evil.example\")".to_owned()),
        ("huge number", "999999999999999999999999".to_owned()),
        ("a date that does not exist", "31 02 2026".to_owned()),
    ]
}

/// Words that only our own insides have.
const LEAKS: [&str; 8] =
    ["sqlx", "SQLITE", "constraint", "panicked", "stack backtrace", "insert into", "RowNotFound", "src/"];

async fn told(app: &TestApp) -> Reference {
    let prose = |text: &str| Prose::parse(text).expect("a text");
    let typed = Typed {
        node: app.world.nodes["ward4"],
        who_could: WhoCould::TeamLead,
        title: Title::parse("Blood bottles").expect("a title"),
        problem: prose("They run out."),
        solution: Some(prose("Order on Thursday.")),
        contributors: vec![(app.person("ada"), 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: None,
        answers: None,
        external_id: None,
    };
    let mut ctx = app.write_as("ada").await;
    let record = tell(&mut ctx, &typed).await.expect("told");
    ctx.commit().await.expect("a commit");
    record.told.reference
}

/// A form: who may fill it in, and its address on a record that was just told.
struct Form {
    person: &'static str,
    address: Box<dyn Fn(Reference) -> String + Send>,
}

/// The forms of a record in its first state.
fn forms() -> Vec<Form> {
    let answer = |choice: &'static str| Form {
        person: "len",
        address: Box::new(move |reference| format!("{}?answer={choice}", Route::Answer { reference })),
    };
    let act = |person, act| Form {
        person,
        address: Box::new(move |reference| Route::Act { reference, act }.to_string()),
    };
    let mut forms: Vec<Form> = ["go", "not-now", "stop", "send-on"].map(answer).into();
    forms.extend([
        act("len", Act::Ask),
        act("ada", Act::Withdraw),
        act("len", Act::News),
        act("len", Act::Date),
    ]);
    forms
}

fn check(page: &Page, what: &str) {
    let fair = [200, 303, 400, 403, 404, 409, 413, 422].contains(&page.status.as_u16());
    assert!(fair, "{what}: {} {}", page.status, page.text());
    for leak in LEAKS {
        assert!(!page.body.contains(leak), "{what} leaks {leak:?}: {}", page.text());
    }
    assert!(!page.body.contains("<script>alert"), "{what} is shown as it was typed, not as text");
}

/// Sends one bad value in one field; whatever else was in the form must still be there when it comes back.
async fn send(client: &mut Client, address: &str, (field, value): (&str, &str)) -> Page {
    let page = client.get(address).await;
    client.submit(&page, &[(field, value)]).await
}

fn kept(page: &Page, value: &str) -> bool {
    let visible: String = value.chars().filter(|c| *c != '\0').collect();
    let (_, fields) = page.form();
    value.is_empty()
        || fields.iter().any(|(_, kept)| kept.replace(['\0', '\u{fffd}'], "").contains(visible.trim()))
}

#[tokio::test]
async fn bad_words_in_any_field_of_any_form_are_answered_clearly_and_kept() {
    let app = TestApp::new().await;
    let mut tried = 0;
    for form in forms() {
        let mut client = app.signed_in(form.person).await;
        let page = client.get((form.address)(told(&app).await)).await;
        assert_eq!(page.status, StatusCode::OK, "{}: {}", page.address, page.text());
        let words = page.typed_fields();
        let fields: Vec<String> = page.form().1.into_iter().map(|(name, _)| name).collect();
        for field in fields.iter().filter(|field| !["token", "version", "answer"].contains(&field.as_str())) {
            let mut address = (form.address)(told(&app).await);
            for (kind, value) in typed() {
                let what = format!("{kind} in {field} of {address}");
                let answered = send(&mut client, &address, (field, &value)).await;
                check(&answered, &what);
                if answered.status == StatusCode::UNPROCESSABLE_ENTITY {
                    let is_lost = words.contains(field) && !kept(&answered, &value);
                    assert!(!is_lost, "{what} was lost: {}", answered.text());
                    assert!(answered.body.contains("<title>Error: "), "{what}: {}", answered.text());
                } else {
                    // It was taken: the next one needs a record of its own.
                    address = (form.address)(told(&app).await);
                }
                tried += 1;
            }
        }
    }
    eprintln!("{tried} bad values were sent");
    assert!(tried > 100, "{tried}");
}
