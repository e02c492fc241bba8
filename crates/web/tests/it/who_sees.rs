//! Who may see a record is changed: fewer at once, more with who brought it and the finder.

use crate::capture::{checked, draft_of, link, sent};
use crate::digest::goes_away;
use crate::jobs::told;
use chrono::TimeDelta;
use waymark_testkit::{Client, TestApp};

/// Says who may see it, and gives the record's page as it then is.
async fn say(client: &mut Client, record: &str, to: &str) -> String {
    let form = client.get(format!("{record}/who-sees")).await;
    assert!(form.body.contains("name=\"to\""), "{}", form.text());
    sent(client, &form, &[("to", to)]).await.text()
}

async fn sees(app: &TestApp, name: &str, record: &str) -> bool {
    let mut client = app.signed_in(name).await;
    let is_listed = client.get("/ideas?q=bottles").await.body.contains("Blood bottles");
    let is_open = client.get(record).await.status == 200;
    assert_eq!(is_open, is_listed, "{name}: the record and the search say the same");
    is_open
}

/// Does their work ask somebody whether more people may see it?
async fn asked(app: &TestApp, name: &str, record: &str) -> bool {
    let work = app.signed_in(name).await.get("/work").await;
    let is_asked = work.body.contains(&format!("href=\"{record}/who-sees\""));
    assert_eq!(is_asked, work.text().contains("Say whether more people may see this"), "{}", work.text());
    is_asked
}

#[tokio::test]
async fn fewer_see_it_at_once_and_more_when_two_have_said_so() {
    for app in TestApp::on_each().await {
        let record = format!("/records/{}", told(&app, "ada").await.told.reference);
        let (mut ada, mut fay) = (app.signed_in("ada").await, app.signed_in("fay").await);
        assert!(sees(&app, "bea", &record).await && !sees(&app, "olu", &record).await);
        say(&mut ada, &record, "handlers").await;
        assert!(!sees(&app, "bea", &record).await, "at once");
        assert!(sees(&app, "len", &record).await, "who handles it does");
        say(&mut fay, &record, "bodies").await;
        assert!(!sees(&app, "bea", &record).await && !sees(&app, "olu", &record).await, "one is not two");
        let asked = ada.get(format!("{record}/who-sees")).await.text();
        assert!(
            asked.contains("Fay Singh wishes that this can be seen by more people: All organisations here"),
            "{asked}"
        );
        let waits = fay.get(format!("{record}/who-sees")).await.text();
        assert!(waits.contains("It waits for the other yes"), "{waits}");
        say(&mut ada, &record, "bodies").await;
        assert!(sees(&app, "bea", &record).await && sees(&app, "olu", &record).await);
        let history = ada.get(format!("{record}/history")).await.text();
        assert!(history.contains("Ada Price and Fay Singh said that more people can see it"), "{history}");
        for other in ["bea", "len", "hana", "olu", "ann"] {
            let status = app.signed_in(other).await.get(format!("{record}/who-sees")).await.status;
            assert!(!status.is_success(), "{other}: {status}");
        }
    }
}

#[tokio::test]
async fn the_finder_is_asked_in_their_work_and_says_no_by_leaving_it() {
    for app in TestApp::on_each().await {
        let record = format!("/records/{}", told(&app, "ada").await.told.reference);
        let (mut ada, mut fay) = (app.signed_in("ada").await, app.signed_in("fay").await);
        say(&mut ada, &record, "everyone").await;
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "nothing goes at once");
        for name in ["fay", "ada", "len", "rae", "hana"] {
            assert_eq!(asked(&app, name, &record).await, name == "fay", "{name}");
        }
        assert_eq!(app.visitor().get(&record).await.status, 303, "not yet");
        say(&mut fay, &record, "body").await;
        assert!(!asked(&app, "fay", &record).await, "it waits no more");
        say(&mut fay, &record, "everyone").await;
        assert!(asked(&app, "ada", &record).await && !asked(&app, "fay", &record).await);
        assert_eq!(app.visitor().get(&record).await.status, 303, "what was refused is not agreed to later");
        say(&mut ada, &record, "everyone").await;
        assert_eq!(app.visitor().get(&record).await.status, 200, "everyone");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn the_next_finder_is_asked_while_the_nearest_is_away_and_the_nearest_where_nobody_is_there() {
    for app in TestApp::on_each().await {
        let record = format!("/records/{}", told(&app, "ada").await.told.reference);
        say(&mut app.signed_in("ada").await, &record, "everyone").await;
        assert!(asked(&app, "fay", &record).await && !asked(&app, "rae", &record).await);
        goes_away(&app, "fay", 4).await;
        for name in ["fay", "rae", "ivo", "hana"] {
            assert_eq!(asked(&app, name, &record).await, name == "rae", "{name}: {:?}", app.engine());
        }
        goes_away(&app, "rae", 2).await;
        assert!(asked(&app, "fay", &record).await && !asked(&app, "rae", &record).await, "nobody is there");
        app.advance(TimeDelta::days(2));
        assert!(asked(&app, "rae", &record).await && !asked(&app, "fay", &record).await, "rae is back");
        app.advance(TimeDelta::days(2));
        assert!(asked(&app, "fay", &record).await && !asked(&app, "rae", &record).await, "both are");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn whoever_tells_it_says_that_it_is_handled_with_care() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let check = checked(&mut ada, "/tell", &[]).await;
        let usual = "Unless you tick this, everybody of Riverside Hospital who has signed in may see it.";
        assert!(check.text().contains(usual), "{}", check.text());
        let receipt = sent(&mut ada, &check, &[("care", "yes")]).await;
        let record = receipt.address.replace("/told/", "/records/");
        assert_eq!(app.signed_in("bea").await.get(&record).await.status, 404, "no colleague does");
        assert_eq!(app.signed_in("len").await.get(&record).await.status, 200, "who handles it does");
        // By a link to a work mail, too.
        let mut visitor = app.visitor();
        let ward4 = app.world.nodes["ward4"];
        let told = [("problem", "The linen key hangs on another floor at night.")];
        let check = checked(&mut visitor, &format!("/tell?at={ward4}"), &told).await;
        let who = [("name", "Nia Rees"), ("mail", "nia@riverside.example"), ("care", "yes")];
        assert_eq!(visitor.submit(&check, &who).await.status, 200);
        let page = visitor.get(link(&app, &check, "nia@riverside.example").await).await;
        let record = sent(&mut visitor, &page, &[]).await.address.replace("/told/", "/records/");
        assert_eq!(app.signed_in("bea").await.get(&record).await.status, 404, "{record}");
        assert_eq!(app.signed_in("len").await.get(&record).await.status, 200, "{record}");
    }
}

#[tokio::test]
async fn a_tick_for_care_goes_along_where_somebody_signed_in_meanwhile() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let check = checked(&mut ada, "/tell", &[("problem", "The night porter has no torch.")]).await;
        // The page of before, in another tab, asks who they are.
        let token =
            check.forms().into_iter().flat_map(|(_, fields)| fields).find(|(name, _)| name == "token");
        let (_, token) = token.expect("a token");
        let old = format!("/drafts/{}/confirm", draft_of(&check));
        let typed = [("token", token.as_str()), ("name", ""), ("mail", ""), ("care", "yes")];
        let moved = ada.post(&old, &typed).await.location().expect("the check page");
        let check = ada.get(&moved).await;
        let record = sent(&mut ada, &check, &[]).await.address.replace("/told/", "/records/");
        assert_eq!(app.signed_in("bea").await.get(&record).await.status, 404, "{record}");
        assert_eq!(app.signed_in("len").await.get(&record).await.status, 200, "{record}");
    }
}
