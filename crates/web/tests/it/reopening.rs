//! Opening again: a *no* comes back with what is new, long after its review is over.

use crate::capture::sent;
use crate::reviews::{answers, refused};
use crate::walk::{days_pass, told};
use waymark_domain::find::innovation::Innovation;
use waymark_testkit::TestApp;

const LINK: &str = "Open it again, because something is new";
const NEW: [(&str, &str); 1] = [("why", "The shop opens on Sundays now.")];

#[tokio::test]
async fn whoever_brought_it_opens_it_again_by_a_page_and_whoever_answered_reads_what_is_new() {
    for app in TestApp::on_each().await {
        let (record, at) = refused(&app).await;
        days_pass(&app, &record, 31).await;
        let mut ada = app.signed_in("ada").await;
        assert!(ada.get(&at).await.text().contains(LINK));
        let form = ada.get(format!("{at}/reopen")).await;
        assert!(form.text().contains("What is new since the answer?"), "{}", form.text());
        let again = ada.submit(&form, &[("why", " ")]).await;
        assert!(again.status == 422 && again.text().contains("Say what is new"), "{}", again.text());
        let page = sent(&mut ada, &again, &NEW).await;
        for words in [
            "It is open again. Who answers, and by when, is below.",
            "Len Hughes answers by Friday 21 August 2026.",
            "It was answered no, and is open again because something is new since.",
            "New since the answer",
            "The shop opens on Sundays now.",
            "The shop shuts early.",
        ] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        assert_eq!(ada.get(format!("{at}/reopen")).await.status, 403, "it is open");
        assert_eq!(ada.post(format!("{at}/reopen"), &NEW).await.status, 403);

        let mut len = app.signed_in("len").await;
        let work = len.get("/work").await;
        assert!(work.body.contains(&format!("href=\"{at}/answer\"")), "{}", work.text());
        let choice = len.get(format!("{at}/answer")).await;
        assert!(choice.text().contains("The shop opens on Sundays now."), "{}", choice.text());
        let form = len.get(format!("{at}/answer?answer=go")).await;
        let page = sent(&mut len, &form, &[]).await;
        assert!(page.text().contains("Ada Price tries it until"), "{}", page.text());
        assert!(!page.text().contains("is open again because"), "{}", page.text());
        let history = len.get(format!("{at}/history")).await;
        let line = "Opened again, because something is new. Len Hughes answers by Friday 21 August 2026";
        for words in [line, "The shop opens on Sundays now."] {
            assert!(history.text().contains(words), "{words}: {}", history.text());
        }
    }
}

#[tokio::test]
async fn a_finder_and_whoever_answered_may_as_well_and_nobody_else() {
    let app = TestApp::new().await;
    let all: [(&str, u16); 5] = [("len", 303), ("fay", 303), ("bea", 403), ("hana", 403), ("olu", 404)];
    for (name, status) in all {
        let (_, at) = refused(&app).await;
        let mut client = app.signed_in(name).await;
        assert_eq!(client.post(format!("{at}/reopen"), &NEW).await.status, status, "{name}");
        if status == 303 {
            let page = client.get(&at).await;
            assert!(page.text().contains("Len Hughes answers by Tuesday 21 July 2026."), "{}", page.text());
        }
    }
}

#[tokio::test]
async fn whoever_has_the_code_opens_it_again_too() {
    for app in TestApp::on_each().await {
        crate::hidden::openers(&app).await;
        crate::public::opened(&app).await;
        let (hidden, code) = crate::hidden::told(&mut app.signed_in("ada").await, &[]).await;
        let at = crate::hidden::record_of(&hidden);
        answers(&mut app.signed_in("fay").await, &at, &no(true)).await;
        let reopen = format!("{at}/reopen");
        assert_eq!(app.signed_in("ada").await.get(&reopen).await.status, 403, "the code is needed");
        opened_by_code(&app, &code, "Fay Singh answers by Tuesday 14 July 2026.").await;

        let lamp = "The lamp beside the zebra crossing flickers all night long.";
        let (public, code) = crate::public::told(&app, &mut app.visitor(), lamp).await;
        answers(&mut app.signed_in("len").await, &crate::public::record_of(&public), &no(false)).await;
        opened_by_code(&app, &code, "Len Hughes answers by Tuesday 21 July 2026.").await;
        app.run_jobs().await;
        assert!(app.mails().iter().all(|mail| mail.to != "ada@riverside.example"), "{:#?}", app.mails());
    }
}

/// What whoever says no types; where a name is hidden, that they do not know whose it is.
fn no(is_hidden: bool) -> Vec<(&'static str, &'static str)> {
    let unknown = is_hidden.then_some(("unknown", "yes"));
    let said =
        [("reason", "R05"), ("words", "It shuts early."), ("would-change", "A shop."), ("sure", "yes")];
    said.into_iter().chain(unknown).collect()
}

/// By somebody with the code, on another browser, which then says who answers by when.
async fn opened_by_code(app: &TestApp, code: &str, answers: &str) {
    let (mut phone, page) = crate::hidden::back(app, code).await;
    assert!(page.text().contains(LINK), "{}", page.text());
    let form = phone.get(format!("{}/reopen", page.address)).await;
    let page = sent(&mut phone, &form, &NEW).await;
    for words in [answers, "The shop opens on Sundays now."] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
}

#[tokio::test]
async fn who_may_object_is_offered_that_and_may_open_it_again_all_the_same() {
    let app = TestApp::new().await;
    let (_, at) = typed_for_len(&app).await;
    let (later, at_later) = typed_for_len(&app).await;
    let mut len = app.signed_in("len").await;
    let page = len.get(&at).await;
    assert!(page.text().contains("Object to the answer that was typed for you"), "{}", page.text());
    assert!(!page.text().contains(LINK), "{}", page.text());
    assert!(len.get(format!("{at}/reopen")).await.location().is_some(), "back to the record");
    assert!(app.signed_in("ada").await.get(&at).await.text().contains(LINK), "others are offered it");
    assert_eq!(len.post(format!("{at}/reopen"), &NEW).await.status, 303);
    assert_eq!(len.get(format!("{at}/object")).await.status, 200, "and he may still object");
    days_pass(&app, &later, 8).await;
    let page = app.signed_in("len").await.get(&at_later).await;
    assert!(page.text().contains(LINK), "the days to object are over: {}", page.text());
}

/// Ada's idea, with a *no* that Hana typed for Len; gives where it is.
async fn typed_for_len(app: &TestApp) -> (Innovation, String) {
    let record = told(app).await;
    let at = format!("/records/{}", record.told.reference);
    let mut hana = app.signed_in("hana").await;
    let form = hana.get(format!("{at}/answer?answer=stop&meeting=yes")).await;
    let day = [("on-day", "7"), ("on-month", "7"), ("on-year", "2026"), ("minutes", "Item 4")];
    let typed: Vec<_> = day.into_iter().chain(no(false)).collect();
    assert_eq!(hana.submit(&form, &typed).await.status, 303);
    (record, at)
}

#[tokio::test]
async fn what_is_new_is_masked_like_any_other_words() {
    let app = TestApp::new().await;
    let (_, at) = refused(&app).await;
    let mut ada = app.signed_in("ada").await;
    let form = ada.get(format!("{at}/reopen")).await;
    sent(&mut ada, &form, &[("why", "Blodwen Hughes opens the shop now.")]).await;
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{at}/mask")).await;
    let shown = fay.submit(&page, &[("words", "Blodwen Hughes"), ("because", "person")]).await;
    let history = sent(&mut fay, &shown, &[]).await;
    assert!(history.text().contains("[masked] opens the shop now."), "{}", history.text());
    assert!(!ada.get(&at).await.text().contains("Blodwen"));
}

#[tokio::test]
async fn its_pages_come_in_welsh() {
    let app = TestApp::new().await;
    let (_, at) = refused(&app).await;
    let mut ada = app.signed_in("ada").await;
    let form = ada.get(format!("{at}/reopen?lang=cy")).await;
    assert!(form.text().contains("Beth sy’n newydd ers yr ateb?"), "{}", form.text());
    sent(&mut ada, &form, &NEW).await;
    let page = ada.get(format!("{at}?done=reopen&lang=cy")).await;
    for words in ["Mae ar agor eto.", "Yr hyn sy’n newydd ers yr ateb"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let history = ada.get(format!("{at}/history?lang=cy")).await;
    assert!(history.text().contains("Agorwyd eto, am fod rhywbeth newydd."), "{}", history.text());
}
