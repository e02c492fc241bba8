//! *Hide my name*: told, answered, talked about, opened by two, and given back, without a row that names its contributor.

use crate::capture::{checked, draft_of, sent};
use chrono::TimeDelta;
use waymark_app::Error;
use waymark_app::people::roles;
use waymark_domain::people::grant::GrantRefusal;
use waymark_domain::people::role::Role;
use waymark_store::{on, sqlx};
use waymark_testkit::dump::{Held, dump};
use waymark_testkit::{Client, Page, TestApp};

/// Two openers of Riverside: its head, and the head of the root. Gives their pass-phrases.
pub(crate) async fn openers(app: &TestApp) -> [String; 2] {
    let mut ctx = app.write_as("ann").await;
    for (name, node) in [("hana", "riverside"), ("rhys", "root")] {
        match roles::grant(&mut ctx, Role::Opener, app.world.nodes[node], app.person(name)).await {
            Ok(_) | Err(Error::RoleRefused(GrantRefusal::HeldAlready)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    ctx.commit().await.expect("a commit");
    [made(app, "hana").await, made(app, "rhys").await]
}

/// Makes a key and gives its pass-phrase.
async fn made(app: &TestApp, name: &str) -> String {
    let mut client = app.signed_in(name).await;
    let page = client.get("/opener").await;
    let phrase = value_of(&page, "phrase");
    let wrong = client.submit(&page, &[("again", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")]).await;
    assert!(wrong.status == 422 && wrong.text().contains("not the same"), "{}", wrong.text());
    let done = sent(&mut client, &page, &[("again", &phrase.to_lowercase().replace('-', " "))]).await;
    assert!(done.text().contains("You made your key on "), "{}", done.text());
    phrase
}

fn value_of(page: &Page, field: &str) -> String {
    page.form().1.into_iter().find(|(name, _)| name == field).map(|(_, value)| value).expect("a field")
}

/// An answer, and at last that whoever answers neither wrote it nor knows who did.
pub(crate) const NOT_NOW: [(&str, &str); 7] = [
    ("reason", "R08"),
    ("words", "Not before May."),
    ("awaited", "A second porter."),
    ("until-day", "1"),
    ("until-month", "9"),
    ("until-year", "2026"),
    ("unknown", "yes"),
];

/// Tells an idea with a hidden name; gives the receipt and the code.
pub(crate) async fn told(client: &mut Client, fields: &[(&str, &str)]) -> (Page, String) {
    let check = checked(client, "/tell", fields).await;
    let draft = draft_of(&check);
    let whose = client.get(format!("/drafts/{draft}/whose")).await;
    let mut check = sent(client, &whose, &[("whose", "hidden")]).await;
    if check.address.ends_with("/similar") {
        check = sent(client, &check, &[]).await;
    }
    assert!(check.address.ends_with("/check"), "{}: {}", check.address, check.text());
    let code = value_of(&check, "code");
    let receipt = sent(client, &check, &[]).await;
    assert!(receipt.text().contains(&code), "{}", receipt.text());
    (receipt, code)
}

/// Somebody else's browser with the code.
pub(crate) async fn back(app: &TestApp, code: &str) -> (Client, Page) {
    let mut client = app.visitor();
    let page = client.get("/come-back").await;
    let record = sent(&mut client, &page, &[("code", code)]).await;
    (client, record)
}

pub(crate) fn record_of(receipt: &Page) -> String {
    receipt.address.replace("/told/", "/records/")
}

#[tokio::test]
async fn it_is_told_answered_and_talked_about_with_nothing_but_the_code() {
    for app in TestApp::on_each().await {
        openers(&app).await;
        let mut ada = app.signed_in("ada").await;
        let (receipt, code) = told(&mut ada, &[]).await;
        let record = record_of(&receipt);
        assert!(receipt.text().contains("Fay Singh has it"), "not the own team lead: {}", receipt.text());
        // At another browser nothing says that it is hers.
        let mut elsewhere = app.signed_in("ada").await;
        // Nor to who gave her account another password.
        for at in ["/work", "/drafts", "/me/data", "/me/data.json", "/work.json"] {
            assert!(!elsewhere.get(at).await.body.contains("blood bottles"), "{at}: not in mine");
        }
        let page = elsewhere.get(&record).await;
        assert!(page.text().contains("Somebody whose name is hidden"), "{}", page.text());
        assert!(
            page.text().contains("Riverside Hospital") && !page.text().contains("Ward 4"),
            "{}",
            page.text()
        );
        assert!(
            !page.text().contains("Take it back") && !page.text().contains("You are here with your code")
        );
        let mut fay = app.signed_in("fay").await;
        let ask = fay.get(format!("{record}/ask")).await;
        sent(&mut fay, &ask, &[("question", "Which day do they run out?")]).await;
        app.run_jobs().await;
        assert!(app.mails().iter().all(|mail| mail.to != "ada@riverside.example"), "{:#?}", app.mails());
        let (mut phone, page) = back(&app, &code.to_lowercase()).await;
        assert!(page.text().contains("Which day do they run out?"), "{}", page.text());
        assert!(page.text().contains("You are here with your code"), "{}", page.text());
        let reply = phone.get(format!("{record}/reply")).await;
        let done = sent(&mut phone, &reply, &[("reply", "On Sundays.")]).await;
        assert!(done.text().contains("Somebody whose name is hidden"), "{}", done.text());
        let answer = fay.get(format!("{record}/answer?answer=not-now")).await;
        let refused = fay.submit(&answer, &NOT_NOW[..6]).await;
        assert!(refused.status == 422 && refused.text().contains("neither wrote it nor know who did"));
        sent(&mut fay, &refused, &NOT_NOW).await;
        app.run_jobs().await;
        assert!(app.mails().iter().all(|mail| mail.to != "ada@riverside.example"));
        let page = phone.get(&record).await;
        assert!(page.text().contains("Not before May."), "{}", page.text());
        crate::public::judged(&mut phone, &page).await;
        let other = phone.post("/come-back", &[("leave", "yes")]).await;
        assert_eq!(other.location().as_deref(), Some("/"));
        assert!(phone.get(&record).await.location().is_some_and(|to| to.starts_with("/sign-in")));
        app.assert_quiet().await;
    }
}

#[tokio::test]
async fn two_open_it_with_a_reason_that_the_code_shows_and_one_opens_nothing() {
    for app in TestApp::on_each().await {
        let [first, second] = openers(&app).await;
        let (receipt, code) = told(&mut app.signed_in("ada").await, &[]).await;
        let open = format!("{}/open", record_of(&receipt));
        for name in ["ada", "len", "fay", "otto", "rae", "ann"] {
            let status = app.signed_in(name).await.get(&open).await.status;
            assert!([403, 404].contains(&status.as_u16()), "{name}: {status}");
        }
        let (mut hana, mut rhys) = (app.signed_in("hana").await, app.signed_in("rhys").await);
        assert!(rhys.get(&open).await.text().contains("Hana Lewis begins it"));
        let record = hana.get(record_of(&receipt)).await;
        assert!(record.body.contains(&format!("href=\"{open}\"")), "{}", record.text());
        let page = hana.get(&open).await;
        let wrong = hana.submit(&page, &[("why", "A threat."), ("open-password", &second)]).await;
        assert!(wrong.status == 422 && wrong.text().contains("not the pass-phrase"), "{}", wrong.text());
        assert!(!wrong.body.contains(&second), "a secret is not written on a page");
        let begun = sent(&mut hana, &wrong, &[("why", "A threat."), ("open-password", &first)]).await;
        assert!(begun.address.starts_with("/records/"), "{}: {}", begun.address, begun.text());
        assert!(hana.get(&open).await.text().contains("Rhys Ward opens the rest"));
        assert_eq!(hana.post(&open, &[("open-password", &second)]).await.status, 403, "one is not two");
        let page = rhys.get(&open).await;
        let wrong = rhys.submit(&page, &[("open-password", &first)]).await;
        assert_eq!(wrong.status, 422, "{}", wrong.text());
        let name = rhys.submit(&wrong, &[("open-password", &second)]).await;
        assert!(name.text().contains("Ada Price, ada@riverside.example"), "{}", name.text());
        let (mut phone, record) = back(&app, &code).await;
        let history = phone.get(format!("{}/history", record.address)).await;
        assert!(history.text().contains("A threat."), "{}", history.text());
        assert!(history.text().contains("opened by Hana Lewis and Rhys Ward together"), "{}", history.text());
        assert!(!history.text().contains("Ada"), "the name is written nowhere");
    }
}

/// The first opener says why and opens their part of the name.
async fn begun(app: &TestApp, (open, phrase): (&str, &str)) {
    let mut hana = app.signed_in("hana").await;
    let page = hana.get(open).await;
    assert!(page.text().contains("The other has 14 days to open the rest"), "{}", page.text());
    let begun = sent(&mut hana, &page, &[("why", "A threat."), ("open-password", phrase)]).await;
    assert!(begun.address.starts_with("/records/"), "{}: {}", begun.address, begun.text());
    assert!(begun.text().contains("The second can join until"), "{}", begun.text());
}

/// What is left of a name once one opener has opened their part, as it lies in the database.
async fn half_open(app: &TestApp) -> Option<Held> {
    let mut tx = app.env.db.read().await.expect("a database");
    let sql = "select layer from opening";
    let layer: Option<Vec<u8>> =
        on!(&mut tx, c => sqlx::query_scalar(sql).fetch_optional(c).await).expect("a row");
    layer.map(Held::Bytes)
}

/// The tables in which a value stands.
async fn places_of(app: &TestApp, value: &Held) -> Vec<String> {
    let rows = dump(&app.env.db).await.into_iter().filter(|row| row.values.contains(value));
    rows.map(|row| row.table).collect()
}

#[tokio::test]
async fn an_opening_that_nobody_joined_is_over_after_a_fortnight_and_what_was_opened_is_gone() {
    for app in TestApp::on_each().await {
        let [first, second] = openers(&app).await;
        let (receipt, code) = told(&mut app.signed_in("ada").await, &[]).await;
        let open = format!("{}/open", record_of(&receipt));
        begun(&app, (&open, &first)).await;
        let half = half_open(&app).await.expect("one part is opened");
        app.advance(TimeDelta::days(13));
        app.run_jobs().await;
        assert_eq!(places_of(&app, &half).await, ["opening"], "{:?}", app.engine());
        let in_time = app.signed_in("rhys").await.get(&open).await;
        assert!(in_time.text().contains("You can do this until Tuesday 21 July 2026"), "{}", in_time.text());
        app.advance(TimeDelta::days(1));
        // Nothing was done at night yet, and the key of the second opens nothing all the same.
        let mut rhys = app.signed_in("rhys").await;
        let refused = rhys.submit(&in_time, &[("open-password", &second)]).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.text().contains("nobody joined it within 14 days"), "{}", refused.text());
        assert!(!refused.text().contains("Ada") && half_open(&app).await.is_some());
        app.run_jobs().await;
        assert!(places_of(&app, &half).await.is_empty(), "{:?}", app.engine());
        let page = rhys.get(&open).await;
        assert!(page.text().contains("nobody joined it within 14 days"), "{}", page.text());
        assert!(page.text().contains("Hana Lewis begins it"), "{}", page.text());
        assert_eq!(rhys.submit(&in_time, &[("open-password", &second)]).await.status, 422);
        app.advance(TimeDelta::days(1));
        app.run_jobs().await;
        let (mut phone, record) = back(&app, &code).await;
        assert!(record.text().contains("nobody joined. Since Tuesday 21 July 2026"), "{}", record.text());
        let history = phone.get(format!("{}/history", record.address)).await;
        assert_eq!(history.text().matches("Nobody joined in time").count(), 1, "{}", history.text());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
    }
}

#[tokio::test]
async fn an_opening_that_is_over_is_begun_anew_though_nothing_was_done_at_night() {
    for app in TestApp::on_each().await {
        let [first, second] = openers(&app).await;
        let (receipt, code) = told(&mut app.signed_in("ada").await, &[]).await;
        let open = format!("{}/open", record_of(&receipt));
        begun(&app, (&open, &first)).await;
        app.advance(TimeDelta::days(15));
        begun(&app, (&open, &first)).await;
        app.advance(TimeDelta::days(13));
        app.run_jobs().await;
        let mut rhys = app.signed_in("rhys").await;
        let page = rhys.get(&open).await;
        let name = rhys.submit(&page, &[("open-password", &second)]).await;
        assert!(name.text().contains("Ada Price, ada@riverside.example"), "{}", name.text());
        assert_eq!(half_open(&app).await, None, "{:?}", app.engine());
        let (mut phone, record) = back(&app, &code).await;
        let history = phone.get(format!("{}/history", record.address)).await;
        assert_eq!(history.text().matches("Nobody joined in time").count(), 1, "{}", history.text());
        assert_eq!(history.text().matches("Asked that the hidden name be opened").count(), 2);
        assert!(history.text().contains("opened by Hana Lewis and Rhys Ward together"), "{}", history.text());
    }
}

#[tokio::test]
async fn whoever_told_it_puts_their_name_on_it() {
    for app in TestApp::on_each().await {
        openers(&app).await;
        let mut ada = app.signed_in("ada").await;
        let (receipt, code) = told(&mut ada, &[]).await;
        let record = record_of(&receipt);
        let name = format!("{record}/name");
        assert_eq!(app.signed_in("bea").await.get(&name).await.status, 403, "the code is needed");
        let page = ada.get(&name).await;
        assert!(page.text().contains("Your name, Ada Price, will stand"), "{}", page.text());
        let done = sent(&mut ada, &page, &[]).await;
        assert!(done.text().contains("Ada Price"), "{}", done.text());
        assert!(!done.text().contains("Somebody whose name is hidden"), "{}", done.text());
        let page = app.visitor().post("/come-back", &[("code", &code)]).await;
        assert!(page.status == 422 && page.text().contains("No idea has this code"), "{}", page.text());
        assert!(app.signed_in("ada").await.get("/work").await.body.contains("blood bottles"));
        app.assert_quiet().await;
    }
}

#[tokio::test]
async fn a_place_without_two_openers_hides_no_name() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let check = checked(&mut ada, "/tell", &[]).await;
    let draft = draft_of(&check);
    let whose = ada.get(format!("/drafts/{draft}/whose")).await;
    let check = sent(&mut ada, &whose, &[("whose", "hidden")]).await;
    assert!(check.text().contains("A name cannot be hidden at this place yet"), "{}", check.text());
    let refused = ada.submit(&check, &[("code", "AAAAAAAAAAAAAAAAAAAA")]).await;
    assert!(refused.location().is_some_and(|to| to.ends_with("/whose")), "{}", refused.text());
    assert!(ada.get("/drafts").await.text().contains("blood bottles"), "nothing is lost");
}

#[tokio::test]
async fn what_was_done_already_hides_no_name() {
    let app = TestApp::new().await;
    openers(&app).await;
    let mut ada = app.signed_in("ada").await;
    let done = [("did", "We put up a hook."), ("changed", "No key was lost.")];
    let draft = draft_of(&checked(&mut ada, "/tell/done", &done).await);
    let whose = ada.get(format!("/drafts/{draft}/whose")).await;
    assert!(!whose.body.contains("value=\"hidden\""), "it is not offered");
    let check = ada.post(format!("/drafts/{draft}/whose"), &[("whose", "hidden")]).await;
    let check = ada.follow(check).await;
    let refused = ada.submit(&check, &[]).await;
    assert!(refused.location().is_some_and(|to| to.ends_with("/whose")), "{}", refused.text());
    assert!(!ada.get("/ideas").await.body.contains("hook"), "neither with the name nor without it");
}

#[tokio::test]
async fn what_is_in_doubt_is_seen_by_who_handles_it_alone() {
    let app = TestApp::new().await;
    openers(&app).await;
    let mut ada = app.signed_in("ada").await;
    let words = "There is smoke coming from the boiler room now and the alarm has not gone off.";
    let door = checked(&mut ada, "/tell", &[("problem", words), ("solution", "Send somebody")]).await;
    let draft = draft_of(&sent(&mut ada, &door, &[("door", "none")]).await);
    let whose = ada.get(format!("/drafts/{draft}/whose")).await;
    let check = sent(&mut ada, &whose, &[("whose", "hidden")]).await;
    let receipt = sent(&mut ada, &check, &[("to-lead", "yes")]).await;
    assert!(receipt.text().contains("Fay Singh has it"), "{}", receipt.text());
    assert_eq!(app.signed_in("bea").await.get(record_of(&receipt)).await.status, 404);
}

#[tokio::test]
async fn codes_are_not_to_be_guessed() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    let mut last = 0;
    for number in 0..110 {
        let code = format!("{number:020}");
        last = visitor.post("/come-back", &[("code", &code)]).await.status.as_u16();
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn what_is_looked_at_with_a_code_is_noted_of_no_session() {
    for app in TestApp::on_each().await {
        openers(&app).await;
        let mut ada = app.signed_in("ada").await;
        let (receipt, _) = told(&mut ada, &[]).await;
        let record = record_of(&receipt);
        app.advance(TimeDelta::hours(1));
        let before = sessions(&app).await;
        for address in [record.clone(), format!("{record}/history")] {
            assert_eq!(ada.get(&address).await.status, 200, "{address}");
            assert_eq!(sessions(&app).await, before, "{address}");
        }
        ada.get("/work").await;
        assert_ne!(sessions(&app).await, before, "any other page is noted");
    }
}

async fn sessions(app: &TestApp) -> Vec<Vec<Held>> {
    let rows = dump(&app.env.db).await.into_iter().filter(|row| row.table == "session");
    rows.map(|row| row.values).collect()
}

#[tokio::test]
async fn words_with_a_hidden_name_are_added_to_no_other_record() {
    for app in TestApp::on_each().await {
        openers(&app).await;
        let receipt = crate::capture::told(&mut app.signed_in("bea").await, &[]).await;
        let mut ada = app.signed_in("ada").await;
        let similar = checked(&mut ada, "/tell", &[]).await;
        assert!(similar.text().contains("your name stands beside them"), "{}", similar.text());
        let mut ids = similar.body.split("value=\"").map(|part| &part[..36.min(part.len())]);
        let other = ids.find_map(|id| uuid::Uuid::try_parse(id).ok()).expect("an id").to_string();
        let draft = draft_of(&similar);
        let whose = ada.get(format!("/drafts/{draft}/whose")).await;
        sent(&mut ada, &whose, &[("whose", "hidden")]).await;
        let similar = ada.get(format!("/drafts/{draft}/similar")).await;
        assert!(similar.text().contains("so yours goes by itself."), "{}", similar.text());
        assert!(!similar.text().contains("Add my words"), "{}", similar.text());
        let refused = ada.submit(&similar, &[("similar", &other)]).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        let history = ada.get(format!("{}/history", record_of(&receipt))).await;
        assert!(!history.text().contains("Ada"), "{}", history.text());
        let check = sent(&mut ada, &refused, &[]).await;
        assert!(check.address.ends_with("/check"), "{}: {}", check.address, check.text());
        assert!(sent(&mut ada, &check, &[]).await.text().contains("Fay Singh has it"));
        app.assert_quiet().await;
    }
}

#[tokio::test]
async fn in_a_small_unit_the_page_says_who_can_open_it_and_who_has_it() {
    for app in TestApp::on_each().await {
        openers(&app).await;
        let mut ctx = app.write_as("ann").await;
        roles::grant(&mut ctx, Role::Opener, app.world.nodes["ward4"], app.person("bea"))
            .await
            .expect("a role");
        ctx.commit().await.expect("a commit");
        made(&app, "bea").await;
        let mut ada = app.signed_in("ada").await;
        let len = app.person("len").to_string();
        let lead = [("who", "lead"), ("somebody", "")];
        let somebody = [("who", "somebody"), ("somebody", len.as_str())];
        let cases = [(lead, "not your team lead: too few"), (somebody, "not who you chose: they decide for")];
        for (fields, words) in cases {
            let check = checked(&mut ada, "/tell", &fields).await;
            let check = if check.address.ends_with("/who") {
                sent(&mut ada, &check, &[("somebody", &len)]).await
            } else {
                check
            };
            let draft = draft_of(&check);
            let whose = ada.get(format!("/drafts/{draft}/whose")).await;
            let mut check = sent(&mut ada, &whose, &[("whose", "hidden")]).await;
            if check.address.ends_with("/similar") {
                check = sent(&mut ada, &check, &[]).await;
            }
            let text = check.text();
            assert!(text.contains("Hana Lewis and Rhys Ward, or a court"), "{text}");
            assert!(text.contains(words) && !text.contains("My own team lead may have it"), "{text}");
            let receipt = sent(&mut ada, &check, &[("to-lead", "yes")]).await;
            assert!(receipt.text().contains("Fay Singh has it"), "{}", receipt.text());
        }
    }
}
