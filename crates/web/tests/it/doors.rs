//! What belongs to somebody else: asked about before it is sent, delivered at once, and listed nowhere.

use crate::capture::{checked, draft_of, sent};
use crate::mail::{door, received};
use chrono::TimeDelta;
use std::sync::Arc;
use waymark_app::jobs::Worker;
use waymark_app::mail::{Mailer, Post, Trust};
use waymark_domain::people::setting::{Door, Setting};
use waymark_store::find::door_messages;
use waymark_store::sqlx::types::Uuid;
use waymark_store::{run, sqlx};
use waymark_testkit::{Client, Page, TestApp};

/// What reads like danger now.
const SMOKE: &str =
    "There is smoke coming from the boiler room now and the alarm has not gone off. Canary 4471.";

/// Types words that are for a door and is asked whether they are.
async fn asked(client: &mut Client, words: &str) -> Page {
    let page = checked(client, "/tell", &[("problem", words), ("solution", ""), ("unknown", "yes")]).await;
    assert!(page.address.ends_with("/door"), "{}: {}", page.address, page.text());
    page
}

fn message_of(page: &Page) -> Uuid {
    let path = page.address.split('?').next().expect("a path");
    Uuid::try_parse(path.rsplit('/').next().expect("an address")).expect("an id")
}

#[tokio::test]
async fn words_for_a_door_go_there_at_once_and_nowhere_else() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let page = asked(&mut ada, SMOKE).await;
        assert!(page.text().contains("It reads like danger now"), "{}", page.text());
        assert!(page.text().contains("“smoke") && page.text().contains("danger@riverside.example"));
        let nothing = sent(&mut ada, &page, &[]).await;
        assert!(
            nothing.status == 422 && nothing.text().contains("Say who should have it"),
            "{}",
            nothing.text()
        );
        let reach = ("reach", "Ada, ada@riverside.example");
        let gone = sent(&mut ada, &nothing, &[("door", "danger"), reach]).await;
        assert!(gone.text().contains("Your words are on their way"), "{}", gone.text());
        let again = ada.submit(&nothing, &[("door", "danger")]).await;
        assert_eq!(again.location(), Some(gone.address.clone()), "sent twice by pressing twice");
        app.run_jobs().await;
        let mails = app.mails();
        let [mail] = mails.as_slice() else { panic!("{mails:#?}") };
        assert_eq!(mail.to, "danger@riverside.example");
        for words in ["Canary 4471", "Ada", "ada@riverside.example", "Ward 4"] {
            assert!(mail.text.contains(words), "{words}: {}", mail.text);
        }
        assert!(!mail.subject.contains("Canary"), "{}", mail.subject);
        let done = ada.get(&gone.address).await;
        assert!(done.text().contains("Your words have arrived"), "{}", done.text());
        let mut tx = app.env.db.read().await.expect("a database");
        let row = door_messages::find(&mut tx, message_of(&gone)).await.expect("a row").expect("one");
        assert!(row.words.is_none() && row.delivered_at.is_some(), "{row:?}");
        drop(tx);
        let draft = format!("/drafts/{}", draft_of(&page));
        assert_eq!(ada.get(&draft).await.status, 404);
        for address in
            ["/ideas", "/ideas.json", "/work", "/drafts", &format!("/places/{}", app.world.nodes["ward4"])]
        {
            assert!(!ada.get(address).await.body.contains("4471"), "{address}");
        }
        assert_eq!(app.signed_in("len").await.get(&gone.address).await.status, 404);
    }
}

#[tokio::test]
async fn whoever_is_in_danger_sees_numbers_before_they_are_asked_where_they_work() {
    for app in TestApp::on_each().await {
        let mut visitor = app.visitor();
        let page = checked(&mut visitor, "/tell", &[("where", "ward")]).await;
        assert!(page.address.ends_with("/place"), "{}: {}", page.address, page.text());
        assert!(page.text().contains("Danger now: danger@riverside.example"), "{}", page.text());
        let (numbers, question) = (page.body.find("id=\"doors\""), page.body.find("name=\"where\""));
        assert!(numbers.is_some() && numbers < question, "the numbers come first: {}", page.body);

        // The whole has set none: what all bodies have is said, and each one's own number for danger.
        let mut tx = app.env.db.write().await.expect("a database");
        let gone = run!(&mut tx, sqlx::query("delete from node_setting where name like 'door-%'"));
        assert_eq!(gone.expect("settings"), 5);
        tx.commit().await.expect("a commit");
        for (body, number) in [("riverside", "2222"), ("hillside", "3333")] {
            let mut ctx = app.write_as("una").await;
            let set = [(Door::Danger, number), (Door::Help, "116 123")];
            let set = set.map(|(door, address)| Setting::Door(door, address.to_owned())).to_vec();
            waymark_app::people::node::set(&mut ctx, app.world.nodes[body], set).await.expect("set");
            ctx.commit().await.expect("a commit");
        }
        for at in ["/tell", page.address.as_str()] {
            let text = visitor.get(at).await.text();
            for said in [
                "Danger now, at Hillside Hospital: 3333",
                "Danger now, at Riverside Hospital: 2222",
                "Help for me: 116 123",
            ] {
                assert!(text.contains(said), "{at} on {:?}: {said}: {text}", app.engine());
            }
        }
        let welsh = visitor.get("/tell?lang=cy").await.text();
        assert!(welsh.contains("Perygl nawr, yn Riverside Hospital: 2222"), "{welsh}");
        let known = visitor.get(format!("/tell?at={}", app.world.nodes["ward4"])).await.text();
        assert!(!known.contains("3333"), "where the place is known, its own numbers alone: {known}");
    }
}

#[tokio::test]
async fn delivering_twice_sends_the_same_letter_once_more_at_most() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    let gone = sent(&mut ada, &page, &[("door", "wrongdoing"), ("reach", "")]).await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    let mut ctx = app.write_as("ada").await;
    let mail = waymark_app::find::delivery::DoorMail { message: message_of(&gone) };
    ctx.enqueue(waymark_app::find::delivery::DOOR_MAIL, &mail).await.expect("a job");
    ctx.commit().await.expect("a commit");
    app.run_jobs().await;
    assert_eq!(app.mails(), []);
}

#[tokio::test]
async fn without_a_name_and_without_an_account_it_goes_too() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    let at = format!("/tell?at={}", app.world.nodes["ward4"]);
    let page = checked(&mut visitor, &at, &[("problem", SMOKE), ("solution", "Send somebody")]).await;
    let gone = sent(&mut visitor, &page, &[("door", "danger")]).await;
    assert!(gone.text().contains("on their way"), "{}", gone.text());
    app.run_jobs().await;
    let mail = app.mails().pop().expect("a mail");
    assert!(!mail.text.contains("How they can reach you"), "{}", mail.text);
    assert!(
        page.text().contains("Leave it empty and they get your words and the place (Ward 4"),
        "{}",
        page.text()
    );
    assert!(visitor.get(&gone.address).await.text().contains("have arrived"));
    // Somebody who signs in at the same browser does not see what was sent there before.
    let mut next = crate::capture::signed_in_too(&app, visitor, "len").await;
    assert_eq!(next.get(&gone.address).await.status, 404);
    let stranger = app.visitor().get(&gone.address).await;
    assert_eq!(stranger.location().map(|to| to.starts_with("/sign-in")), Some(true));
}

#[tokio::test]
async fn what_was_chosen_stays_chosen_in_the_other_language() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    let refused = ada.submit(&page, &[("door", "help"), ("reach", &"x".repeat(300))]).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let welsh = format!("{}?door=help&lang=cy", page.address);
    assert!(refused.body.contains(&welsh.replace('&', "&#38;")), "{}", refused.body);
    assert!(!refused.body.contains("?door=help&#38;reach"), "who they are is in no address");
    let page = ada.get(&welsh).await;
    assert!(page.form().1.contains(&("door".to_owned(), "help".to_owned())), "{}", page.body);
    let odd = ada.get(welsh.replace("help", "x%22")).await;
    assert!(!odd.form().1.iter().any(|(name, _)| name == "door"), "{}", odd.body);
}

#[tokio::test]
async fn going_back_and_another_tab_lead_to_the_delivery_of_what_went_to_a_door() {
    for app in TestApp::on_each().await {
        // With a name, and without one: then no row says whose it was.
        for reach in ["Ada, ward 4", ""] {
            let mut ada = app.signed_in("ada").await;
            let page = asked(&mut ada, SMOKE).await;
            let other = ada.get(&page.address).await;
            let gone = sent(&mut ada, &page, &[("door", "danger"), ("reach", reach)]).await;
            let delivery = gone.address.split('?').next().map(str::to_owned);
            for step in ["door", "check"] {
                let back = ada.get(page.address.replace("/door", &format!("/{step}"))).await;
                assert_eq!(back.location(), delivery, "{step}, {reach:?} on {:?}", app.engine());
            }
            let twice = ada.submit(&other, &[("door", "wrongdoing"), ("reach", reach)]).await;
            assert_eq!(twice.location(), delivery, "{reach:?}");
            let told = ada.post(page.address.replace("/door", "/send"), &[]).await;
            assert_eq!(told.location(), delivery, "{reach:?}");
            assert_eq!(ada.follow(told).await.status, 200, "{reach:?}");
            assert_eq!(app.signed_in("len").await.get(&page.address).await.status, 404);
            let stranger = app.visitor().get(&page.address).await;
            assert!(stranger.location().is_some_and(|to| to.starts_with("/sign-in")), "{stranger:?}");
            app.run_jobs().await;
            assert_eq!(app.mails().len(), 1, "it went once: {reach:?}");
        }
        let mut visitor = app.visitor();
        let at = format!("/tell?at={}", app.world.nodes["ward4"]);
        let page = checked(&mut visitor, &at, &[("problem", SMOKE), ("solution", "Send somebody")]).await;
        let gone = sent(&mut visitor, &page, &[("door", "danger")]).await;
        let delivery = gone.address.split('?').next().map(str::to_owned);
        assert_eq!(visitor.get(&page.address).await.location(), delivery);
        let public = visitor.post(page.address.replace("/door", "/send-without-account"), &[]).await;
        assert_eq!(public.location(), delivery);
        let mut next = crate::capture::signed_in_too(&app, visitor, "len").await;
        assert_eq!(next.get(&page.address).await.status, 404, "somebody else at the same browser");
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn who_says_that_it_is_an_idea_is_believed_until_the_words_change() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    let draft = draft_of(&page);
    let check = sent(&mut ada, &page, &[("door", "none")]).await;
    assert!(check.address.ends_with("/check"), "{}", check.address);
    let form = ada.get(format!("/drafts/{draft}")).await;
    let other = "My mother lay on a trolley for nine hours. I want to make a formal complaint.";
    let again = sent(&mut ada, &form, &[("problem", other)]).await;
    assert!(again.address.ends_with("/door"), "{}", again.address);
    assert!(again.text().contains("a complaint about care or service"), "{}", again.text());
    // Neither way round.
    for (step, fields) in [("send", &[][..]), ("similar", &[("similar", "different")][..])] {
        let skipped = ada.post(format!("/drafts/{draft}/{step}"), fields).await;
        assert!(
            skipped.location().is_some_and(|to| to.ends_with("/door")),
            "{step}: {:?}",
            skipped.location()
        );
    }
    assert!(
        ada.get(format!("/drafts/{draft}/check")).await.location().is_some_and(|to| to.ends_with("/door"))
    );
}

#[tokio::test]
async fn a_door_without_a_mail_address_is_not_offered_and_takes_nothing() {
    let app = TestApp::new().await;
    let mut ctx = app.write_as("una").await;
    let settings = Door::ALL.map(|door| Setting::Door(door, format!("Call {door:?}, 2222"))).to_vec();
    waymark_app::people::node::set(&mut ctx, app.world.nodes["riverside"], settings).await.expect("set");
    ctx.commit().await.expect("a commit");
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    assert!(page.text().contains("None of these takes mail here"), "{}", page.text());
    let (to, _) = page.form();
    let refused = ada.post(&to, &[("door", "danger")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("This one takes no mail here"), "{}", refused.text());
    assert!(ada.get(format!("/drafts/{}", draft_of(&page))).await.body.contains("Canary 4471"));
}

/// Makes an address that of danger now, beside a number.
async fn set_danger(app: &TestApp, address: &str) {
    let mut ctx = app.write_as("una").await;
    let set = vec![Setting::Door(Door::Danger, format!("2222, {address}"))];
    waymark_app::people::node::set(&mut ctx, app.world.nodes["riverside"], set).await.expect("set");
    ctx.commit().await.expect("a commit");
}

#[tokio::test]
async fn what_a_mail_server_refuses_is_not_called_delivered_and_keeps_its_words() {
    let post = Post::parse(&crate::mail::server().0, &Trust::default()).expect("a way");
    let app = TestApp::new().await.with_mail(Mailer::fixed(post));
    set_danger(&app, "refused@arrives.example").await;
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    let gone = sent(&mut ada, &page, &[("door", "danger")]).await;
    assert_eq!(Worker::new(Arc::clone(&app.env)).run_due().await.expect("a database").failed, 1);
    assert!(ada.get(&gone.address).await.text().contains("has not taken it over yet"));
    let mut tx = app.env.db.read().await.expect("a database");
    let row = door_messages::find(&mut tx, message_of(&gone)).await.expect("a row").expect("one");
    assert!(row.words.is_some_and(|words| words.contains("Canary 4471")) && row.delivered_at.is_none());
}

#[tokio::test]
async fn it_is_delivered_with_the_mail_server_down_and_up_again() {
    let (shut, is_open) = tokio::sync::watch::channel(false);
    let port = door(is_open).await;
    let trust = Trust::default();
    let mailer = Mailer::fixed(Post::parse(&format!("smtp://127.0.0.1:{port}"), &trust).expect("a way"));
    let app = TestApp::new().await.with_mail(mailer);
    let own = format!("danger-{}@riverside.example", app.env.id().simple());
    set_danger(&app, &own).await;
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    let gone = sent(&mut ada, &page, &[("door", "danger")]).await;
    let worker = Worker::new(Arc::clone(&app.env));
    for _ in 0..15 {
        assert_eq!(worker.run_due().await.expect("a database").failed, 1);
        app.advance(TimeDelta::minutes(1));
    }
    assert!(received(&own).is_empty());
    let waits = ada.get(&gone.address).await.text();
    assert!(waits.contains("has not taken it over yet") && waits.contains("Call: 2222"), "{waits}");
    shut.send(true).expect("somebody listens");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(received(&own).len(), 1);
    assert!(ada.get(&gone.address).await.text().contains("have arrived"));
}

#[tokio::test]
async fn names_and_numbers_are_pointed_out_before_sending_and_stop_nobody() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let problem = "Then Mrs Parri (943 476 5919) waits for the porters of Ward 4 every weekend.";
    let page = checked(&mut ada, "/tell", &[("problem", problem)]).await;
    assert!(page.address.ends_with("/check"), "{}", page.address);
    for said in ["Mrs Parri looks like the name of a person", "943 476 5919 looks like a health number"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(!page.text().contains("Ward 4 looks like"), "{}", page.text());
    let welsh = ada.get(format!("{}?lang=cy", page.address)).await;
    assert!(welsh.text().contains("Mrs Parri yn edrych fel enw person"), "{}", welsh.text());
    let receipt = sent(&mut ada, &page, &[]).await;
    assert!(receipt.address.starts_with("/told/"), "{}: {}", receipt.address, receipt.text());
    let plain = checked(&mut ada, "/tell?lang=en", &[("title", "Bottles")]).await;
    assert!(!plain.text().contains("Could this tell who somebody is?"), "{}", plain.text());
}

#[tokio::test]
async fn a_title_that_was_proposed_follows_the_words_that_it_was_made_of() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let page = checked(&mut ada, "/tell", &[("problem", "Mrs Parri waits for the porters.")]).await;
    let form = ada.get(format!("/drafts/{}", draft_of(&page))).await;
    let again = sent(&mut ada, &form, &[("problem", "A patient waits for the porters.")]).await;
    assert!(!again.text().contains("Mrs Parri"), "{}", again.text());
    let form = ada.get(format!("/drafts/{}", draft_of(&page))).await;
    sent(&mut ada, &form, &[("title", "Porters")]).await;
    let form = ada.get(format!("/drafts/{}", draft_of(&page))).await;
    let kept = sent(&mut ada, &form, &[("problem", "Everybody waits for the porters.")]).await;
    assert!(kept.text().contains("Porters"), "{}", kept.text());
}

/// Sends something to a door without a name and gives the address at which its channel answers.
pub(crate) async fn answered_at(app: &TestApp) -> String {
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    sent(&mut ada, &page, &[("door", "wrongdoing"), ("reach", "")]).await;
    app.run_jobs().await;
    let mails = app.mails();
    to_answer(mails.iter().rfind(|mail| mail.text.contains("/answer-door/")).expect("a mail with a link"))
}

/// The address at which the channel that has a mail answers.
fn to_answer(mail: &waymark_app::mail::Letter) -> String {
    let link = mail.text.split_whitespace().find(|word| word.contains("/answer-door/")).expect("a link");
    format!("/answer-door/{}", link.rsplit('/').next().expect("a secret"))
}

fn code_of(page: &Page) -> String {
    let text = page.text();
    let is_code = |word: &&str| word.len() == 23 && word.matches('-').count() == 3;
    text.split_whitespace().find(is_code).expect("a code").to_owned()
}

#[tokio::test]
async fn a_channel_answers_whoever_gave_no_name_and_learns_nothing() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let page = asked(&mut ada, SMOKE).await;
        let gone = sent(&mut ada, &page, &[("door", "wrongdoing"), ("reach", "")]).await;
        let code = code_of(&gone);
        let again = ada.submit(&page, &[("door", "wrongdoing"), ("reach", "")]).await;
        assert_eq!(again.location(), Some(gone.address.clone()), "sent twice by pressing twice");
        app.run_jobs().await;
        let mail = app.mails().pop().expect("a mail");
        assert!(!mail.text.contains(&code) && !mail.text.contains("Ada"), "{}", mail.text);
        let address = to_answer(&mail);
        let mut desk = app.visitor();
        let page = desk.get(&address).await;
        assert!(page.text().contains("Ward 4") && !page.text().contains("Ada"), "{}", page.text());
        assert!(!page.text().contains("4471"), "the words are gone");
        let empty = desk.submit(&page, &[("answer", " ")]).await;
        assert_eq!(empty.status, 422, "{}", empty.text());
        let done = sent(&mut desk, &page, &[("answer", "We looked.\nIt is mended.")]).await;
        assert!(done.text().contains("You answered on"), "{}", done.text());
        assert!(done.text().contains("It is mended."), "{}", done.text());
        app.run_jobs().await;
        assert_eq!(app.mails(), [], "nobody is told by mail who gave no name");
        // Neither the account nor somebody with another code comes to it.
        let message = gone.address.split('?').next().expect("an address").to_owned();
        assert_eq!(app.signed_in("ada").await.get(&message).await.status, 404, "no row names her");
        let mut phone = app.visitor();
        let page = phone.get("/come-back").await;
        let back = sent(&mut phone, &page, &[("code", &code)]).await;
        assert!(back.text().contains("Wrongdoing answered on"), "{}", back.text());
        assert!(back.text().contains("We looked.") && !back.text().contains(&code), "the code is shown once");
        app.advance(TimeDelta::days(31));
        app.run_jobs().await;
        app.mails();
        assert_eq!(desk.get(&address).await.status, 404);
        let page = phone.get("/come-back").await;
        let wrong = phone.submit(&page, &[("code", &code)]).await;
        assert_eq!(wrong.status, 422, "kept no longer than it is said");
    }
}

#[tokio::test]
async fn whoever_said_who_they_are_hears_by_mail_that_there_is_an_answer() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    let gone = sent(&mut ada, &page, &[("door", "complaint"), ("reach", "Ada, ward 4")]).await;
    app.run_jobs().await;
    let address = to_answer(&app.mails().pop().expect("a mail"));
    let mut desk = app.visitor();
    for number in 1..=10 {
        let page = desk.get(&address).await;
        sent(&mut desk, &page, &[("answer", &format!("Secret answer {number}."))]).await;
    }
    let page = desk.get(&address).await;
    let many = desk.submit(&page, &[("answer", "One more.")]).await;
    assert!(many.status == 422 && many.text().contains("ten answers already"), "{}", many.text());
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 10);
    let is_hers = |mail: &waymark_app::mail::Letter| mail.to == "ada@riverside.example";
    assert!(mails.iter().all(|mail| is_hers(mail) && !mail.text.contains("Secret answer")), "{mails:#?}");
    let read = app.signed_in("ada").await.get(&gone.address).await;
    assert!(read.text().contains("Secret answer 10."), "{}", read.text());
}

#[tokio::test]
async fn a_code_is_forgotten_when_somebody_signs_out_or_in() {
    let app = TestApp::new().await;
    app.gives_password(app.person("len")).await;
    let mut ada = app.signed_in("ada").await;
    let page = asked(&mut ada, SMOKE).await;
    let gone = sent(&mut ada, &page, &[("door", "danger"), ("reach", "")]).await;
    assert_eq!(ada.get(&gone.address).await.status, 200);
    let out = ada.post("/sign-out", &[]).await;
    ada.follow(out).await;
    assert!(ada.get(&gone.address).await.location().is_some_and(|to| to.starts_with("/sign-in")));
    let mut phone = app.visitor();
    let page = phone.get("/come-back").await;
    let back = sent(&mut phone, &page, &[("code", &code_of(&gone))]).await;
    assert_eq!(back.status, 200);
    let sign_in = phone.get("/sign-in").await;
    let typed = [("mail", "len@riverside.example"), ("password", waymark_testkit::PASSWORD)];
    let signed_in = phone.submit(&sign_in, &typed).await;
    assert_eq!(signed_in.status, 303, "{}", signed_in.text());
    assert_eq!(phone.get(&back.address).await.status, 404);
}
