//! What could tell who somebody is, pointed out before it is sent with an act on a record: it stops nobody, and nothing that
//! was typed is lost.

use crate::capture::{checked, sent, told as told_on_pages};
use crate::comments::{history, link_to, says};
use crate::doors::answered_at;
use crate::own_data::complaints_go_to;
use crate::walk::told;
use waymark_testkit::{Client, Page, TestApp};

const WORDS: &str = "Ask Blodwen Hughes (943 476 5919) of Ward 4.";

/// Words that stand on no page but the one that points something out where nothing else is to be asked.
const TITLE: &str = "Send it as it is?";

/// Says what was found in [`WORDS`] and what was not, with the words kept.
fn assert_points_out(page: &Page) {
    assert_eq!(page.status, 200, "{}", page.text());
    for said in ["Blodwen Hughes looks like the name of a person", "943 476 5919 looks like a health number"]
    {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(!page.text().contains("Ward 4 looks like"), "it is the place itself: {}", page.text());
    assert!(page.body.contains(WORDS), "what was typed is kept: {}", page.body);
}

/// The page that only points it out; then it is sent as it is.
async fn as_it_is(client: &mut Client, asked: &Page) -> Page {
    assert_points_out(asked);
    assert!(asked.text().contains(TITLE), "{}", asked.text());
    let sent = client.submit(asked, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    client.follow(sent).await
}

/// Whoever would rather change it has the form again, with their words.
async fn can_change(client: &mut Client, asked: &Page) -> Page {
    let change = client.submit(asked, &[("sure", "change")]).await;
    assert!(change.status == 200 && change.body.contains(WORDS), "{}", change.text());
    assert!(!change.text().contains(TITLE), "{}", change.text());
    change
}

#[tokio::test]
async fn a_comment_is_sent_once_its_writer_has_read_what_it_could_tell() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let mut bea = app.signed_in("bea").await;
        let asked = says(&mut bea, &record, WORDS).await;
        assert_points_out(&asked);
        assert!(!bea.get(history(&record)).await.text().contains("Blodwen"), "nothing is done before");
        can_change(&mut bea, &asked).await;
        let page = as_it_is(&mut bea, &asked).await;
        assert!(page.text().contains(WORDS), "{}", page.text());
        assert_eq!(bea.submit(&asked, &[]).await.status, 303, "pressed twice");
        let page = bea.get(history(&record)).await;
        assert_eq!(page.text().matches(WORDS).count(), 1, "{}", page.text());
        let plain = says(&mut bea, &record, "Ours on Ward 4 run out, too.").await;
        assert_eq!(plain.status, 303, "{}", plain.text());
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn questions_replies_and_news_are_asked_about_and_empty_ones_are_not() {
    for app in TestApp::on_each().await {
        let at = format!("/records/{}", told(&app).await.told.reference);
        let (mut ada, mut len) = (app.signed_in("ada").await, app.signed_in("len").await);
        let news = len.get(format!("{at}/news")).await;
        let asked = len.submit(&news, &[("news", WORDS)]).await;
        let page = as_it_is(&mut len, &asked).await;
        assert!(page.address.ends_with("?done=news"), "{}", page.address);
        let form = len.get(format!("{at}/ask")).await;
        let asked = len.submit(&form, &[("question", WORDS)]).await;
        let page = as_it_is(&mut len, &asked).await;
        assert!(page.text().contains("Ada Price was asked a question."), "{}", page.text());

        let form = ada.get(format!("{at}/reply")).await;
        let wrong = ada.submit(&form, &[("reply", " ")]).await;
        assert_eq!(wrong.status, 422, "{}", wrong.text());
        let asked = ada.submit(&form, &[("reply", WORDS)]).await;
        let again = can_change(&mut ada, &asked).await;
        assert!(again.text().contains("Reply to the question"), "{}", again.text());
        // What is typed there is not sent by this button.
        let nothing = ada.submit(&again, &[("nothing", "yes")]).await;
        assert_eq!(nothing.status, 303, "{}", nothing.text());
        let page = ada.get(format!("{at}/history")).await;
        assert_eq!(page.text().matches(WORDS).count(), 2, "the news and the question: {}", page.text());
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn a_reply_goes_as_it_is() {
    for app in TestApp::on_each().await {
        let at = format!("/records/{}", told(&app).await.told.reference);
        let (mut ada, mut len) = (app.signed_in("ada").await, app.signed_in("len").await);
        let form = len.get(format!("{at}/ask")).await;
        sent(&mut len, &form, &[("question", "How many?")]).await;
        let form = ada.get(format!("{at}/reply")).await;
        let asked = ada.submit(&form, &[("reply", WORDS)]).await;
        let page = as_it_is(&mut ada, &asked).await;
        assert!(page.text().contains("Len Hughes answers by"), "{}", page.text());
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn an_answer_says_it_on_the_page_that_it_has_anyway_and_on_one_where_it_has_none() {
    for app in TestApp::on_each().await {
        let (first, second) = (told(&app).await, told(&app).await);
        let at = |reference: &str, kind: &str| format!("/records/{reference}/answer?answer={kind}");
        let mut len = app.signed_in("len").await;
        let form = len.get(at(first.told.reference.as_str(), "stop")).await;
        let half = len.submit(&form, &[("reason", "R05"), ("words", WORDS)]).await;
        assert_eq!(half.status, 422, "what cannot be taken is said first");
        assert!(!half.text().contains("looks like the name"), "{}", half.text());
        let no = [("reason", "R05"), ("words", WORDS), ("would-change", "A shop.")];
        let sure = len.submit(&form, &no).await;
        assert_points_out(&sure);
        assert!(sure.text().contains("You are saying no") && !sure.text().contains(TITLE));
        let page = sent(&mut len, &sure, &[]).await;
        assert!(page.text().contains("It was answered no"), "{}", page.text());

        let form = len.get(at(second.told.reference.as_str(), "send-on")).await;
        let asked = len.submit(&form, &[("to", "finder"), ("words", WORDS)]).await;
        let again = can_change(&mut len, &asked).await;
        assert!(again.text().contains("Why is it not yours?"), "{}", again.text());
        let page = as_it_is(&mut len, &asked).await;
        assert!(page.text().contains("Fay Singh answers by"), "{}", page.text());
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn words_that_are_added_to_another_record_are_asked_about_first() {
    for app in TestApp::on_each().await {
        told_on_pages(&mut app.signed_in("ada").await, &[]).await;
        let mut bea = app.signed_in("bea").await;
        let problem = "The ward has no blood bottles left on Saturdays, and Mrs Parri waits";
        let similar = checked(&mut bea, "/tell", &[("problem", problem), ("solution", "Bigger order")]).await;
        let mut ids = similar.body.split("value=\"").map(|part| &part[..36.min(part.len())]);
        let record = ids.find_map(|id| uuid::Uuid::try_parse(id).ok()).expect("a record like it");
        let asked = bea.submit(&similar, &[("similar", &record.to_string())]).await;
        assert!(asked.text().contains("Mrs Parri looks like the name of a person"), "{}", asked.text());
        let form = sent(&mut bea, &asked, &[("sure", "change")]).await;
        assert!(form.body.contains("and Mrs Parri waits"), "{}", form.text());
        let added = sent(&mut bea, &asked, &[]).await;
        assert!(added.text().contains("Added to this record"), "{}", added.text());
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn the_reasons_of_a_moderator_are_asked_about_where_there_are_any() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        says(&mut app.signed_in("bea").await, &record, "We tried that.").await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(history(&record)).await;
        let comment = link_to(&page, "/comments/").expect("a way to decide");
        for decide in [comment, format!("/records/{}/moderate", record.told.reference)] {
            let form = fay.get(&decide).await;
            let half = fay.submit(&form, &[("act", "unlist"), ("words", WORDS)]).await;
            assert_eq!(half.status, 422, "what cannot be taken is said first");
            assert!(!half.text().contains("looks like the name"), "{}", half.text());
            let typed = [("act", "unlist"), ("because", "private"), ("words", WORDS)];
            let asked = fay.submit(&form, &typed).await;
            can_change(&mut fay, &asked).await;
            let page = as_it_is(&mut fay, &asked).await;
            assert_eq!(page.address, "/moderation", "{}", page.text());
            assert_eq!(fay.submit(&asked, &[]).await.status, 303, "pressed twice");
            // Whoever lists it sends no reasons, though some stand there.
            let form = fay.get(&decide).await;
            let listed = fay.submit(&form, &[("act", "list"), ("words", WORDS)]).await;
            assert_eq!(listed.status, 303, "{decide}: {}", listed.text());
        }
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn a_channel_is_asked_before_its_answer_goes_to_whoever_gave_no_name() {
    for app in TestApp::on_each().await {
        let address = answered_at(&app).await;
        let mut desk = app.visitor();
        let form = desk.get(&address).await;
        let asked = desk.submit(&form, &[("answer", WORDS)]).await;
        assert_points_out(&asked);
        assert!(!desk.get(&address).await.text().contains("You answered on"), "nothing is done before");
        can_change(&mut desk, &asked).await;
        let page = as_it_is(&mut desk, &asked).await;
        assert!(page.text().contains(WORDS), "{}", page.text());
        assert_eq!(desk.submit(&asked, &[]).await.status, 303, "pressed twice");
        let page = desk.get(&address).await;
        assert_eq!(page.text().matches("You answered on").count(), 1, "{}", page.text());
        app.run_jobs().await;
        app.mails();
    }
}

/// It goes to whoever answers for personal data alone, and who it is about is often what it says.
#[tokio::test]
async fn a_complaint_may_name_people_and_goes_as_it_is() {
    for app in TestApp::on_each().await {
        complaints_go_to(&app, "dpo@riverside.example").await;
        let mut visitor = app.visitor();
        let form = visitor.get("/complaint").await;
        let sent = visitor.submit(&form, &[("about", "answer"), ("words", WORDS)]).await;
        let gone = visitor.follow(sent).await;
        assert!(gone.text().contains("Your words are on their way"), "{}", gone.text());
    }
}
