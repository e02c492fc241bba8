//! Masking: a finder takes a name out of all that was written on a record, and it is in no row of the database afterwards.

use crate::capture::sent;
use crate::walk::told_with;
use waymark_testkit::dump::dump;
use waymark_testkit::{Client, TestApp};

const NAME: &str = "Blodwen Hughes";

/// A record in whose title, question, reply and answer a name stands; its address.
async fn named(app: &TestApp) -> String {
    let said = (
        "What Blodwen Hughes does on Sundays",
        "We run out of blood bottles, and Blodwen  HUGHES buys them.",
    );
    let record = told_with(app, ("ada", "ward4"), None, said).await;
    let address = format!("/records/{}", record.told.reference);
    let mut len = app.signed_in("len").await;
    let ask = len.get(format!("{address}/ask")).await;
    sent(&mut len, &ask, &[("question", "Is it blodwen hughes of ward 5?")]).await;
    let mut ada = app.signed_in("ada").await;
    let reply = ada.get(format!("{address}/reply")).await;
    sent(&mut ada, &reply, &[("reply", "Yes: Blodwen Hughes. Ask Hughes, not Hughesy.")]).await;
    address
}

async fn finds(client: &mut Client, words: &str) -> bool {
    client.get(format!("/ideas?q={words}")).await.body.contains("/records/WM-")
}

#[tokio::test]
async fn what_is_masked_is_nowhere_any_more() {
    for app in TestApp::on_each().await {
        let record = named(&app).await;
        let mut fay = app.signed_in("fay").await;
        assert!(finds(&mut fay, "blodwen").await);
        assert!(dump(&app.env.db).await.iter().any(|row| row.holds("blodwen")), "the dump would show it");
        let page = fay.get(format!("{record}/mask")).await;
        assert!(
            page.form().1.iter().any(|(name, value)| name == "words" && value.contains(NAME)),
            "{}",
            page.text()
        );
        let shown = fay.submit(&page, &[("words", "Blodwen Hughes\nhughes"), ("because", "person")]).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        assert!(shown.text().contains("What [masked] does on Sundays"), "{}", shown.text());
        assert!(fay.get(&record).await.text().contains(NAME), "nothing is done before it was shown");
        let history = sent(&mut fay, &shown, &[]).await;
        assert!(history.text().contains("Words that tell who somebody is were masked"), "{}", history.text());
        assert!(history.text().contains("Yes: [masked]. Ask [masked], not Hughesy."), "{}", history.text());
        app.run_jobs().await;
        let told: Vec<String> = dump(&app.env.db)
            .await
            .iter()
            .filter(|row| row.holds("blodwen"))
            .map(|row| row.table.clone())
            .collect();
        assert!(told.is_empty(), "{told:?}");
        assert!(!finds(&mut fay, "blodwen").await && finds(&mut fay, "bottles").await);
        let mut ada = app.signed_in("ada").await;
        let page = ada.get(&record).await;
        assert!(page.text().contains("What [masked] does on Sundays") && !page.text().contains("Blodwen"));
        app.run_jobs().await;
        assert!(app.mails().iter().all(|mail| !mail.text.contains("Blodwen")), "{:#?}", app.mails());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_and_kept() {
    let app = TestApp::new().await;
    let record = named(&app).await;
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{record}/mask")).await;
    let many = "Blodwen\n".repeat(21);
    let wrong = [
        ("", "person", "Type the words that must not stand here"),
        ("b", "person", "at least two letters"),
        (many.as_str(), "harm", "no more than 20 lines"),
        ("Myfanwy", "private", "None of these words stands in this record"),
        ("Blodwen", "", "Say why"),
    ];
    for (words, because, says) in wrong {
        let refused = fay.submit(&page, &[("words", words), ("because", because)]).await;
        assert!(refused.status == 422 && refused.text().contains(says), "{says}: {}", refused.text());
        let kept = refused.form().1.into_iter().find(|(name, _)| name == "words").map(|(_, value)| value);
        assert_eq!(kept.as_deref().map(str::trim), Some(words.trim()), "what was typed stays");
    }
    let refused = fay.submit(&page, &[("words", ""), ("because", "")]).await;
    assert!(refused.text().contains("Say why") && refused.text().contains("Type the words"), "all at once");
}

#[tokio::test]
async fn nobody_but_a_finder_of_the_place_masks() {
    let app = TestApp::new().await;
    let record = named(&app).await;
    let typed = [("words", NAME), ("because", "person"), ("sure", "yes")];
    for (who, status) in [("ada", 403), ("len", 403), ("bea", 403), ("olu", 404), ("ann", 404)] {
        let mut client = app.signed_in(who).await;
        let address = format!("{record}/mask");
        assert_eq!(client.get(&address).await.status, status, "{who}");
        assert_eq!(client.post(&address, &typed).await.status, status, "{who}");
    }
    assert!(app.signed_in("ada").await.get(&record).await.text().contains(NAME));
    // Not while somebody else changes it.
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{record}/mask")).await;
    let mut ada = app.signed_in("ada").await;
    let news = ada.get(format!("{record}/news")).await;
    sent(&mut ada, &news, &[("news", "Still so.")]).await;
    let refused = fay.submit(&page, &typed).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}
