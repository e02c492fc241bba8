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

/// No row of any table has the name any more.
async fn assert_nowhere(app: &TestApp) {
    let rows = dump(&app.env.db).await;
    let told: Vec<&str> = rows.iter().filter(|row| row.holds("blodwen")).map(|row| &*row.table).collect();
    assert!(told.is_empty(), "{told:?}");
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
        assert_nowhere(&app).await;
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

/// Where a name stands besides: in a comment, in what was reported of it and of the record, in what a moderator wrote.
async fn talked_about(app: &TestApp, record: &str) {
    let mut bea = app.signed_in("bea").await;
    let page = bea.get(format!("{record}/history")).await;
    let (address, fields) = page.forms().pop().expect("a box for a comment");
    let token = fields.into_iter().find(|(name, _)| name == "token").expect("a token").1;
    bea.post(address, &[("token", token.as_str()), ("comment", "Blodwen Hughes will not like it.")]).await;
    let mut cai = app.signed_in("cai").await;
    let page = cai.get(format!("{record}/history")).await;
    let part = page.body.split("/report?part=").nth(1).and_then(|rest| rest.split('"').next());
    let part = part.expect("a link beside the comment");
    for part in ["0", part] {
        let form = cai.get(format!("{record}/report?part={part}")).await;
        sent(&mut cai, &form, &[("because", "private"), ("line", "It names Blodwen Hughes.")]).await;
    }
    let mut fay = app.signed_in("fay").await;
    for at in [format!("{record}/moderate"), format!("{record}/comments/{part}/moderate")] {
        let form = fay.get(&at).await;
        assert!(form.text().contains("It names Blodwen Hughes."), "{}", form.text());
        sent(&mut fay, &form, &[("act", "leave"), ("words", "Blodwen Hughes agreed.")]).await;
    }
}

#[tokio::test]
async fn what_is_masked_goes_from_comments_and_from_what_was_reported_too() {
    for app in TestApp::on_each().await {
        let record = named(&app).await;
        talked_about(&app, &record).await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("{record}/mask")).await;
        let shown = fay.submit(&page, &[("words", "Blodwen Hughes\nhughes"), ("because", "person")]).await;
        assert!(shown.text().contains("A comment [masked] will not like it."), "{}", shown.text());
        sent(&mut fay, &shown, &[]).await;
        app.run_jobs().await;
        assert_nowhere(&app).await;
        let own = app.signed_in("cai").await.get("/moderation").await.text();
        assert!(own.contains("[masked] agreed."), "who reported it still reads what became of it: {own}");
        let page = app.signed_in("bea").await.get(format!("{record}/history")).await;
        assert!(page.text().contains("[masked] will not like it."), "{}", page.text());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
        app.mails();
    }
}

#[tokio::test]
async fn a_name_that_stands_in_a_comment_alone_is_masked_and_the_history_says_so() {
    let app = TestApp::new().await;
    let record = told_with(&app, ("ada", "ward4"), None, ("Blood bottles", "They run out.")).await;
    let address = format!("/records/{}", record.told.reference);
    crate::comments::says(&mut app.signed_in("bea").await, &record, "I ask Blodwen Hughes each time.").await;
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{address}/mask")).await;
    assert!(page.body.contains(NAME), "it is pointed out: {}", page.text());
    let typed = [("words", NAME), ("because", "private"), ("sure", "yes")];
    let history = sent(&mut fay, &page, &typed).await;
    assert!(history.text().contains("I ask [masked] each time."), "{}", history.text());
    let said = "Words about somebody’s private life were masked";
    assert!(history.text().contains(said), "{}", history.text());
    assert!(!dump(&app.env.db).await.iter().any(|row| row.holds("blodwen")));
    let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
    assert!(report.is_sound(), "{:?}", report.faults);
    app.run_jobs().await;
    app.mails();
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
