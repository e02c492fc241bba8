//! A shared answer: given to several at once, used again, read again; and what is nearly an earlier one.

use crate::walk::{days_pass, told, told_by, told_with};
use std::time::Duration;
use waymark_app::find::mask::Wish;
use waymark_app::find::mask::shared::mask;
use waymark_app::route::change::Seen;
use waymark_app::route::shared::use_for;
use waymark_app::{Ctx, Write};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::masking::MaskedFor;
use waymark_domain::ids::SharedId;
use waymark_testkit::dump::dump;
use waymark_testkit::{Client, Page, TestApp, postgres};

const TEXT: [(&str, &str); 3] = [
    ("reason", "R07"),
    (
        "words",
        "There is no room for more staff bays until the north field is paved next spring. Use the park and ride.",
    ),
    ("would-change", "The field is paved."),
];

fn address(record: &Innovation) -> String {
    format!("/records/{}", record.told.reference)
}

/// The value of the box of a record, in the version that it has when it is told.
fn boxed(record: &Innovation) -> String {
    format!("{}:{}", record.told.reference, record.version)
}

/// Ticks some records on a form, fills it in, and sends it and the page after it.
pub async fn gives(
    client: &mut Client,
    form: &Page,
    (records, text): (&[&Innovation], &[(&str, &str)]),
) -> Page {
    let boxes: Vec<String> = records.iter().map(|record| boxed(record)).collect();
    let mut fields: Vec<(&str, &str)> = boxes.iter().map(|one| ("records", one.as_str())).collect();
    fields.extend(text);
    let sure = client.submit(form, &fields).await;
    assert_eq!(sure.status, 200, "{}", sure.text());
    let sent = client.submit(&sure, &[("sure", "yes")]).await;
    client.follow(sent).await
}

#[tokio::test]
async fn one_answer_is_each_ones_own_and_says_that_it_is_shared() {
    for app in TestApp::on_each().await {
        let (first, second) = (told(&app).await, told_by(&app, ("bea", "ward4"), None).await);
        let other = told(&app).await;
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let page = gives(&mut len, &form, (&[&first, &second], &TEXT)).await;
        for words in ["Your answer is with everybody", "2 records", "Len Hughes", "There is no room for more"]
        {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        for (who, record) in [("ada", &first), ("bea", &second)] {
            let mut client = app.signed_in(who).await;
            let page = client.get(address(record)).await;
            for words in
                ["There is no room for more", "The field is paved.", "Several records got this answer"]
            {
                assert!(page.text().contains(words), "{who} {words}: {}", page.text());
            }
            assert!(page.text().contains("Was this an answer?"), "{}", page.text());
        }
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 2, "each has their own mail");

        let choice = len.get(format!("{}/answer", address(&other))).await;
        assert!(choice.text().contains("Answer it with one of the shared answers"), "{}", choice.text());
        // What comes later gets it by one tick.
        let page = gives(&mut len, &page, (&[&other], &[])).await;
        assert!(page.text().contains("3 records"), "{}", page.text());
        let list = len.get("/shared").await;
        assert!(list.text().contains("Given to 3 records."), "{}", list.text());
    }
}

#[tokio::test]
async fn only_what_one_decides_can_be_ticked_and_what_has_moved_on_loses_nothing() {
    let app = TestApp::new().await;
    let (own, foreign) = (told(&app).await, told_by(&app, ("olu", "ward1"), None).await);
    let mut len = app.signed_in("len").await;
    let form = len.get("/shared/new").await;
    assert!(!form.body.contains(&boxed(&foreign)));
    for ticked in [boxed(&foreign), "WM-2026-0000-00E:1".to_owned(), "nonsense".to_owned()] {
        let fields = [&[("records", ticked.as_str())], TEXT.as_slice()].concat();
        let again = len.submit(&form, &fields).await;
        assert_eq!(again.status, 422, "{ticked}");
        assert!(again.text().contains("One of these cannot be answered with this now"), "{}", again.text());
        assert!(again.body.contains("There is no room for more"), "{}", again.body);
    }
    let none = len.submit(&form, &TEXT).await;
    assert!(none.text().contains("Choose at least one"), "{}", none.text());
    // Somebody was quicker: the version that was seen is not there any more.
    let news = len.get(format!("{}/news", address(&own))).await;
    len.submit(&news, &[("news", "We are counting cars.")]).await;
    let seen = boxed(&own);
    let fields = [&[("records", seen.as_str())], TEXT.as_slice()].concat();
    let again = len.submit(&form, &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("There is no room for more"), "{}", again.body);
    // Asking whether one is sure has done nothing.
    let form = len.get("/shared/new").await;
    let seen = format!("{}:2", own.told.reference);
    let fields = [&[("records", seen.as_str())], TEXT.as_slice()].concat();
    assert_eq!(len.submit(&form, &fields).await.status, 200);
    assert!(len.get("/shared").await.text().contains("There are none here yet."));
}

#[tokio::test]
async fn its_owner_is_asked_on_its_day_to_keep_change_or_withdraw_it() {
    for app in TestApp::on_each().await {
        let (first, later) = (told(&app).await, told_by(&app, ("bea", "ward4"), None).await);
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let page = gives(&mut len, &form, (&[&first], &TEXT)).await;
        let at = page.address.split('?').next().unwrap().to_owned();
        assert!(!len.get("/work").await.text().contains("Read this again"));
        app.run_jobs().await;
        app.mails();
        days_pass(&app, &later, 360).await;
        let mut len = app.signed_in("len").await;
        assert!(len.get("/work").await.text().contains("Read this again"));
        let mut una = app.signed_in("una").await;
        assert_eq!(una.get(&at).await.status, 404, "another organisation does not know of it");
        assert_eq!(una.get(format!("{at}/again")).await.status, 404);

        let form = len.get(format!("{at}/again")).await;
        let wrong = len.submit(&form, &[("what", "keep"), ("until-year", "2031")]).await;
        assert!(wrong.text().contains("Give a day within twelve months"), "{}", wrong.text());
        let change = [("what", "change"), ("words", "The field is paved at last, but it is full.")];
        let sent = len.submit(&form, &change).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("The field is paved at last"), "{}", page.text());
        assert!(!len.get("/work").await.text().contains("Read this again"));
        let mut ada = app.signed_in("ada").await;
        let page = ada.get(address(&first)).await;
        assert!(
            page.text().contains("There is no room for more"),
            "what was answered stays: {}",
            page.text()
        );

        let form = len.get(format!("{at}/again")).await;
        let sent = len.submit(&form, &[("what", "withdraw")]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Nothing more is answered with it"), "{}", page.text());
        assert!(!len.get("/shared").await.text().contains("The field is paved"));
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn nearly_the_words_of_an_earlier_answer_are_pointed_out_and_may_become_a_shared_one() {
    for app in TestApp::on_each().await {
        let (first, second) =
            (told(&app).await, told_with(&app, ("bea", "ward4"), None, ("Bays", "Full.")).await);
        let mut len = app.signed_in("len").await;
        let form = len.get(format!("{}/answer?answer=stop", address(&first))).await;
        let sure = len.submit(&form, &TEXT).await;
        assert!(!sure.text().contains("Nearly the same words"), "{}", sure.text());
        len.submit(&sure, &[("sure", "yes")]).await;

        let near = "There is no room for more staff bays until the north field is paved in spring. Use the park and ride, Bea.";
        for (answer, more) in [("stop", "would-change"), ("not-now", "awaited")] {
            let form = len.get(format!("{}/answer?answer={answer}", address(&second))).await;
            let until = [("until-day", "1"), ("until-month", "9"), ("until-year", "2026")];
            let fields =
                [&[("reason", "R07"), ("words", near), (more, "A field.")], until.as_slice()].concat();
            let sure = len.submit(&form, &fields).await;
            assert_eq!(sure.status, 200, "{answer}: {}", sure.text());
            assert!(
                sure.text()
                    .contains(&format!("Nearly the same words were an answer to {}", first.told.reference))
            );
            // The first form of the page takes the words along.
            let form = len.submit(&sure, &[]).await;
            assert_eq!((form.status.as_u16(), form.address.as_str()), (200, "/shared/new"));
            for kept in ["Use the park and ride, Bea.", "A field.", &boxed(&second)] {
                assert!(form.body.contains(kept), "{answer} {kept}: {}", form.body);
            }
        }
        // It is never in the way.
        let form = len.get(format!("{}/answer?answer=stop", address(&second))).await;
        let fields = [("reason", "R07"), ("words", near), ("would-change", "A field."), ("sure", "yes")];
        assert_eq!(len.submit(&form, &fields).await.status, 303);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn how_many_got_it_tells_of_nothing_that_is_handled_with_care() {
    use waymark_domain::people::setting::SeenBy;
    for app in TestApp::on_each().await {
        let (plain, careful) =
            (told(&app).await, told_by(&app, ("bea", "ward4"), Some(SeenBy::Handlers)).await);
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let page = gives(&mut len, &form, (&[&plain, &careful], &TEXT)).await;
        assert!(page.text().contains("Your answer is with everybody"), "{}", page.text());
        assert!(page.text().contains("1 record") && !page.text().contains("2 records"), "{}", page.text());
        let bea = app.signed_in("bea").await.get(address(&careful)).await;
        assert!(bea.text().contains("There is no room for more"), "she has it: {}", bea.text());
        for name in ["len", "hana"] {
            let list = app.signed_in(name).await.get("/shared").await;
            assert!(list.text().contains("Given to 1 record."), "{name}: {}", list.text());
        }
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn what_others_handle_with_care_is_never_pointed_out() {
    use waymark_domain::people::setting::SeenBy;
    let app = TestApp::new().await;
    let careful = told_by(&app, ("cai", "ward5"), Some(SeenBy::Handlers)).await;
    // Nobody leads ward 5: the head of the hospital has it.
    let mut hana = app.signed_in("hana").await;
    let form = hana.get(format!("{}/answer?answer=stop", address(&careful))).await;
    let fields = [TEXT.as_slice(), &[("sure", "yes")]].concat();
    assert_eq!(hana.submit(&form, &fields).await.status, 303);
    let mut len = app.signed_in("len").await;
    let form = len.get(format!("{}/answer?answer=stop", address(&told(&app).await))).await;
    let sure = len.submit(&form, &TEXT).await;
    assert!(!sure.text().contains("Nearly the same words"), "{}", sure.text());
    app.run_jobs().await;
    app.mails();
}

/// So long that whoever waits for nobody is done.
const A_MOMENT: Duration = Duration::from_millis(500);

/// Keeps what somebody did once somebody else has begun what must wait for it, and gives what became of that.
async fn kept_meanwhile<T>(done: Ctx<'_, Write>, mut waits: impl Future<Output = T> + Unpin) -> T {
    let early = tokio::time::timeout(A_MOMENT, &mut waits).await;
    assert!(early.is_err(), "it does not wait");
    done.commit().await.expect("a commit");
    waits.await
}

#[tokio::test]
async fn it_is_not_given_in_the_moment_in_which_words_in_it_are_masked() {
    // SQLite has one writer: nothing comes between there.
    for is_given_first in [true, false] {
        let app = TestApp::on(postgres().await).await;
        let (first, later) = (told(&app).await, told_by(&app, ("bea", "ward4"), None).await);
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let page = gives(&mut len, &form, (&[&first], &TEXT)).await;
        let at = page.address.split('?').next().and_then(|at| at.rsplit('/').next());
        let id = at.and_then(SharedId::parse).expect("an id");
        let wish = Wish { words: vec!["north field".to_owned()], because: MaskedFor::Harm };
        let seen = [Seen { id: later.id, version: None }];
        let (mut giving, mut masking) = (app.write_as("len").await, app.write_as("fay").await);
        if is_given_first {
            use_for(&mut giving, id, &seen).await.expect("given");
            let masked = kept_meanwhile(giving, Box::pin(mask(&mut masking, (id, None), &wish))).await;
            masked.expect("masked");
            masking.commit().await.expect("a commit");
        } else {
            mask(&mut masking, (id, None), &wish).await.expect("masked");
            let given = kept_meanwhile(masking, Box::pin(use_for(&mut giving, id, &seen))).await;
            given.expect("given");
            giving.commit().await.expect("a commit");
        }
        let bea = app.signed_in("bea").await.get(address(&later)).await;
        assert!(bea.text().contains("until the [masked] is paved next spring"), "{}", bea.text());
        app.run_jobs().await;
        app.mails();
        let is_left = dump(&app.env.db).await.iter().any(|row| row.holds("north field"));
        assert!(!is_left, "given first: {is_given_first}");
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
    }
}
