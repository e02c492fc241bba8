//! Each act on a record: allowed, refused, in conflict, with bad input, twice.

use crate::walk::{days_pass, told, told_by};
use waymark_app::find::view::view;
use waymark_app::route::acts::Act;
use waymark_app::{Actor, Ctx};
use waymark_domain::people::setting::SeenBy;
use waymark_testkit::{Client, TestApp};

const STOP: [(&str, &str); 3] =
    [("reason", "R05"), ("words", "The shop shuts early."), ("would-change", "A shop that is open.")];

/// An idea of Ada's: the address of its page, and Len, who decides it, signed in.
async fn told_to_len(app: &TestApp) -> (String, Client) {
    let record = told(app).await;
    (format!("/records/{}", record.told.reference), app.signed_in("len").await)
}

#[tokio::test]
async fn a_record_that_is_not_for_one_is_like_one_that_is_not_there() {
    let app = TestApp::new().await;
    let record = told_by(&app, ("ada", "ward4"), Some(SeenBy::Handlers)).await;
    let mut cai = app.signed_in("cai").await;
    let hidden = cai.get(format!("/records/{}", record.told.reference)).await;
    let none = cai.get("/records/WM-2026-0000-00E").await;
    assert_eq!((hidden.status.as_u16(), none.status.as_u16()), (404, 404));
    assert_eq!(hidden.text(), none.text());
    let act = cai.get(format!("/records/{}/news", record.told.reference)).await;
    assert_eq!(act.status, 404);
    let mut visitor = app.visitor();
    let away = visitor.get(format!("/records/{}", record.told.reference)).await;
    assert!(away.location().unwrap().starts_with("/sign-in?back=/records/"), "{:?}", away.location());
}

#[tokio::test]
async fn a_record_is_read_with_at_most_eight_queries() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    let mut ctx = Ctx::read(&app.env, Actor::Person(app.person("ada"))).await.unwrap();
    view(&mut ctx, &record.told.reference).await.unwrap();
    // The eighth finds who is signed in.
    assert!(ctx.queries() <= 7, "{} queries", ctx.queries());
}

#[tokio::test]
async fn only_the_decider_answers() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    let at = format!("/records/{}/answer", record.told.reference);
    for other in ["ada", "bea", "cai", "otto"] {
        let mut client = app.signed_in(other).await;
        assert_eq!(client.get(&at).await.status, 403, "{other}");
        assert_eq!(client.get(format!("{at}?answer=go")).await.status, 403, "{other}");
        let sent = client.post(&at, &[("answer", "stop"), ("sure", "yes"), ("words", "Only a try.")]).await;
        assert_eq!(sent.status, 403, "{other}");
        assert!(sent.text().contains("Only a try."), "{}", sent.text());
    }
    let away = app.visitor().get(&at).await;
    assert_eq!(away.location().unwrap(), format!("/sign-in?back={at}"));
}

#[tokio::test]
async fn a_colleague_who_may_only_read_it_is_refused_every_act() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    let at = format!("/records/{}", record.told.reference);
    let mut bea = app.signed_in("bea").await;
    assert_eq!(bea.get(&at).await.status, 200);
    for act in Act::ALL.iter().filter(|act| !matches!(act, Act::Meeting)) {
        assert_eq!(bea.get(format!("{at}/{act}")).await.status, 403, "{act}");
        let fields = [("why", "x"), ("news", "x"), ("question", "x"), ("reply", "x"), ("answer", "yes")];
        assert_eq!(bea.post(format!("{at}/{act}"), &fields).await.status, 403, "{act}");
    }
    assert_eq!(bea.get(format!("{at}/dance")).await.status, 404);
}

#[tokio::test]
async fn how_long_it_usually_takes_is_told_from_five_records_on() {
    for app in TestApp::on_each().await {
        let mut records = Vec::new();
        for _ in 0..5 {
            records.push(told(&app).await);
        }
        app.advance(chrono::TimeDelta::days(3));
        let mut len = app.signed_in("len").await;
        for record in records {
            let form = len.get(format!("/records/{}/answer?answer=go", record.told.reference)).await;
            len.submit(&form, &[]).await;
        }
        // The figure is at most a minute old.
        app.advance(chrono::TimeDelta::minutes(1));
        let page = len.get(format!("/records/{}", told(&app).await.told.reference)).await;
        let words = "Half of them took 3 days or less (of 5 before this one)";
        assert!(page.text().contains(words), "{}", page.text());
    }
}

#[tokio::test]
async fn what_only_its_handlers_see_moves_no_usual_time() {
    for app in TestApp::on_each().await {
        for _ in 0..4 {
            tried_after_days(&app, None).await;
        }
        tried_after_days(&app, Some(SeenBy::Handlers)).await;
        app.advance(chrono::TimeDelta::minutes(1));
        let next = format!("/records/{}", told(&app).await.told.reference);
        // Len decided all five, and is told no other number than Ada.
        for name in ["ada", "len"] {
            let page = app.signed_in(name).await.get(&next).await;
            assert!(page.text().contains("There have not been enough here yet to say"), "{}", page.text());
        }
        tried_after_days(&app, None).await;
        app.advance(chrono::TimeDelta::minutes(1));
        for name in ["ada", "len"] {
            let page = app.signed_in(name).await.get(&next).await;
            assert!(page.text().contains("(of 5 before this one)"), "{}", page.text());
        }
    }
}

/// An idea of Ada's that Len says *try it* to, three days later.
async fn tried_after_days(app: &TestApp, seen_by: Option<SeenBy>) {
    let record = told_by(app, ("ada", "ward4"), seen_by).await;
    app.advance(chrono::TimeDelta::days(3));
    let mut len = app.signed_in("len").await;
    let form = len.get(format!("/records/{}/answer?answer=go", record.told.reference)).await;
    let sent = len.submit(&form, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
}

#[tokio::test]
async fn an_answer_without_its_words_is_shown_again_as_filled_in() {
    let app = TestApp::new().await;
    let (at, mut len) = told_to_len(&app).await;
    let at = format!("{at}/answer");
    let none = len.get(format!("{at}?chosen=yes")).await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains("Choose one of the four answers"), "{}", none.text());

    let form = len.get(format!("{at}?answer=stop")).await;
    let again = len.submit(&form, &[("words", "Not like this.")]).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("Choose a reason"), "{}", again.text());
    assert!(again.body.contains("Not like this."), "{}", again.body);
    assert!(again.body.contains("<title>Error: "), "{}", again.body);

    let form = len.get(format!("{at}?answer=go")).await;
    let bad = [("who", "other"), ("other", "Nobody Known"), ("hours", "2"), ("until-month", "13")];
    let again = len.submit(&form, &bad).await;
    assert_eq!(again.status, 422);
    for words in ["Nobody here has this name", "Give a date", "Say whose budget"] {
        assert!(again.text().contains(words), "{words}: {}", again.text());
    }
    assert!(again.body.contains("Nobody Known"));
}

#[tokio::test]
async fn rules_of_the_route_are_said_beside_their_field() {
    let app = TestApp::new().await;
    let (at, mut len) = told_to_len(&app).await;
    let at = format!("{at}/answer");
    let form = len.get(format!("{at}?answer=go")).await;
    let again = len.submit(&form, &[("pounds", "900")]).await;
    assert_eq!(again.status, 422);
    assert!(!again.text().contains("You are saying yes to money"), "asked about what is not taken");
    assert!(again.text().contains("The most that can be said yes to here is £500"), "{}", again.text());
    assert!(again.body.contains("value=\"900\""), "{}", again.body);
    let sure = len.submit(&again, &[("pounds", "90")]).await;
    assert!(sure.text().contains("You are saying yes to money"), "{}", sure.text());
    let history = len.get(at.replace("/answer", "/history")).await;
    assert!(!history.text().contains("Answered"), "asking whether one is sure changes nothing");

    let form = len.get(format!("{at}?answer=not-now")).await;
    let far = [
        ("reason", "R07"),
        ("words", "No money."),
        ("awaited", "A budget."),
        ("until-day", "1"),
        ("until-month", "1"),
        ("until-year", "2031"),
    ];
    let again = len.submit(&form, &far).await;
    assert_eq!(again.status, 422);
    assert!(
        again.text().contains("The last date that can be named is Friday 7 July 2028"),
        "{}",
        again.text()
    );
}

#[tokio::test]
async fn a_double_click_answers_once() {
    for app in TestApp::on_each().await {
        let (at, mut len) = told_to_len(&app).await;
        let form = len.get(format!("{at}/answer?answer=go")).await;
        let first = len.submit(&form, &[]).await;
        let second = len.submit(&form, &[]).await;
        assert_eq!(first.location(), second.location());
        assert!(first.location().is_some(), "{}", first.text());
        let history = len.get(format!("{at}/history")).await;
        assert_eq!(history.text().matches("Answered: Try it").count(), 1);
        for late in ["answer", "answer?answer=go"] {
            let late = len.get(format!("{at}/{late}")).await;
            let record = len.get(late.location().expect("to the record")).await;
            assert!(record.text().contains("It needs no answer any more"), "{}", record.text());
        }
    }
}

#[tokio::test]
async fn who_comes_second_keeps_their_words_and_reads_what_changed() {
    let app = TestApp::new().await;
    let (at, mut len) = told_to_len(&app).await;
    let mut ada = app.signed_in("ada").await;
    let form = len.get(format!("{at}/answer?answer=not-now")).await;
    let news = ada.get(format!("{at}/news")).await;
    ada.submit(&news, &[("news", "We ran out again today.")]).await;

    let not_now = [
        ("reason", "R08"),
        ("words", "Two of us are off sick."),
        ("awaited", "They are back."),
        ("until-day", "1"),
        ("until-month", "9"),
        ("until-year", "2026"),
    ];
    let again = len.submit(&form, &not_now).await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("We ran out again today."), "{}", again.text());
    assert!(again.body.contains("Two of us are off sick."), "{}", again.body);
    let sent = len.submit(&again, &[]).await;
    let page = len.follow(sent).await;
    assert!(page.text().contains("reads it again on"), "{}", page.text());
}

#[tokio::test]
async fn words_for_a_record_that_has_moved_on_are_given_back() {
    let app = TestApp::new().await;
    let (at, mut len) = told_to_len(&app).await;
    let mut ada = app.signed_in("ada").await;
    let form = len.get(format!("{at}/answer?answer=stop")).await;
    let sure = len.submit(&form, &STOP).await;
    let back = ada.get(format!("{at}/withdraw")).await;
    let taken = ada.submit(&back, &[("why", "It is solved.")]).await;
    assert!(taken.location().is_some(), "{}", taken.text());
    let gone = len.submit(&sure, &[]).await;
    assert_eq!(gone.status, 409);
    assert!(gone.text().contains("The shop shuts early."), "{}", gone.text());
    assert!(gone.text().contains("Taken back"), "{}", gone.text());
}

#[tokio::test]
async fn whoever_was_signed_out_meanwhile_sends_it_after_signing_in() {
    let app = TestApp::new().await;
    let (at, mut len) = told_to_len(&app).await;
    let at = format!("{at}/answer");
    let form = len.get(format!("{at}?answer=stop")).await;
    let sure = len.submit(&form, &STOP).await;
    let (_, fields) = sure.form();
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();

    let mut out = app.visitor();
    let kept = out.post(&at, &fields).await;
    assert_eq!(kept.status, 401);
    assert!(kept.text().contains("The shop shuts early."), "{}", kept.text());
    let mut back = app.signed_in("len").await;
    let sent = back.submit(&kept, &[]).await;
    let page = back.follow(sent).await;
    assert!(page.text().contains("It was answered no"), "{}", page.text());
}

#[tokio::test]
async fn an_answer_may_be_changed_before_it_is_sent() {
    let app = TestApp::new().await;
    let (at, mut len) = told_to_len(&app).await;
    let at = format!("{at}/answer");
    let form = len.get(format!("{at}?answer=stop")).await;
    let sure = len.submit(&form, &STOP).await;
    let change = len.submit(&sure, &[("sure", "change")]).await;
    assert_eq!(change.status, 200);
    assert!(change.body.contains("The shop shuts early."), "{}", change.body);
    assert!(change.text().contains("What would change this?"), "{}", change.text());
}

#[tokio::test]
async fn somebody_of_the_body_tries_it_found_by_name_or_mail() {
    let app = TestApp::new().await;
    for typed in ["bea okafor", "BEA@riverside.example"] {
        let (at, mut len) = told_to_len(&app).await;
        let form = len.get(format!("{at}/answer?answer=go")).await;
        let sent = len.submit(&form, &[("who", "other"), ("other", typed)]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Bea Okafor tries it until"), "{}", page.text());
    }
    let record = told(&app).await;
    let mut len = app.signed_in("len").await;
    let form = len.get(format!("/records/{}/answer?answer=go", record.told.reference)).await;
    let elsewhere = len.submit(&form, &[("who", "other"), ("other", "olu@riverside.example")]).await;
    assert_eq!(elsewhere.status, 422, "somebody of another body tries nothing here");
    let which = len.submit(&form, &[("who", "other"), ("other", "be ok")]).await;
    assert!(which.status == 422 && which.text().contains("Bea Okafor Ward 4"), "{}", which.text());
    let strange = format!("person-{}", app.person("olu"));
    assert_eq!(len.submit(&which, &[("who", &strange)]).await.status, 422);
    let bea = format!("person-{}", app.person("bea"));
    let sent = len.submit(&which, &[("who", &bea)]).await;
    assert!(len.follow(sent).await.text().contains("Bea Okafor tries it until"));
}

#[tokio::test]
async fn sent_on_to_the_finder_or_to_another_place_it_has_a_new_date() {
    for app in TestApp::on_each().await {
        let (at, mut len) = told_to_len(&app).await;
        let form = len.get(format!("{at}/answer?answer=send-on")).await;
        let none = len.submit(&form, &[("to", "place"), ("place", "Nowhere"), ("words", "Theirs.")]).await;
        assert!(none.text().contains("No place has this in its name"), "{}", none.text());
        let several = len.submit(&none, &[("place", "ward")]).await;
        assert!(several.text().contains("Several places have this"), "{}", several.text());
        assert!(several.text().contains("Ward 5, Riverside Hospital"), "{}", several.text());
        let sent = len.submit(&several, &[("to", "finder")]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Fay Singh answers by Tuesday 14 July 2026"), "{}", page.text());

        let mut fay = app.signed_in("fay").await;
        let form = fay.get(format!("{at}/answer?answer=send-on")).await;
        let sent = fay.submit(&form, &[("to", "place"), ("place", "Ward 1"), ("words", "They order.")]).await;
        let page = fay.follow(sent).await;
        assert!(page.text().contains("Una McKay answers by"), "{}", page.text());
        assert!(page.text().contains("Handled at"), "{}", page.text());
    }
}

#[tokio::test]
async fn a_meeting_is_typed_for_the_decider_who_may_object() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let at = format!("/records/{}", record.told.reference);
        let mut hana = app.signed_in("hana").await;
        let choice = hana.get(format!("{at}/answer")).await;
        assert!(choice.text().contains("The answer that a meeting decided"), "{}", choice.text());
        let form = hana.get(format!("{at}/answer?answer=send-on&meeting=yes")).await;
        let sent_on = [
            ("on-day", "7"),
            ("on-month", "7"),
            ("on-year", "2026"),
            ("minutes", "Ward meeting, item 4"),
            ("to", "place"),
            ("place", "Ward 1"),
            ("words", "They order for all."),
        ];
        let sent = hana.submit(&form, &sent_on).await;
        let page = hana.follow(sent).await;
        assert!(page.text().contains("Ward meeting, item 4"), "{}", page.text());

        let mut ada = app.signed_in("ada").await;
        assert_eq!(ada.get(format!("{at}/object")).await.status, 403);
        let mut len = app.signed_in("len").await;
        let work = len.get("/work").await;
        assert!(work.text().contains("Check the answer typed for you"), "{}", work.text());
        let form = len.get(format!("{at}/object")).await;
        let sent = len.submit(&form, &[("why", "We decided to try it.")]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Len Hughes answers by"), "{}", page.text());
    }
}

#[tokio::test]
async fn a_finder_takes_over_within_five_days_and_nobody_else_does() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    let at = format!("/records/{}", record.told.reference);
    let mut bea = app.signed_in("bea").await;
    assert_eq!(bea.get(format!("{at}/take-over")).await.status, 403);
    // The finder of the root is not the nearest one: the role that counts is their own.
    let mut rae = app.signed_in("rae").await;
    let form = rae.get(format!("{at}/take-over")).await;
    let sent = rae.submit(&form, &[]).await;
    let page = rae.follow(sent).await;
    assert!(page.text().contains("Rae Dunn answers by Tuesday 21 July 2026"), "{}", page.text());
    assert!(page.text().contains("Rae Dunn, finder, Department of Health"), "{}", page.text());

    let late = told(&app).await;
    days_pass(&app, &late, 8).await;
    let mut fay = app.signed_in("fay").await;
    let at = format!("/records/{}/take-over", late.told.reference);
    assert!(fay.get(&at).await.location().is_some(), "too late: back to the record");
}

#[tokio::test]
async fn an_interest_passes_it_on_with_its_date() {
    for app in TestApp::on_each().await {
        let (at, mut len) = told_to_len(&app).await;
        let form = len.get(format!("{at}/interest")).await;
        let sent = len.submit(&form, &[]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Hana Lewis answers by Tuesday 21 July 2026"), "{}", page.text());
        assert!(page.text().contains("Nobody nearer has this role"), "{}", page.text());
        assert_eq!(len.get(format!("{at}/answer?answer=go")).await.status, 403);
    }
}

#[tokio::test]
async fn the_forms_of_a_record_come_in_welsh() {
    let app = TestApp::new().await;
    let (at, mut len) = told_to_len(&app).await;
    for act in ["ask", "news", "date", "interest"] {
        let page = len.get(format!("{at}/{act}?lang=cy")).await;
        assert!(page.body.contains("<html lang=\"cy\""), "{act}");
    }
    for kind in ["go", "not-now", "stop", "send-on"] {
        let page = len.get(format!("{at}/answer?answer={kind}&lang=cy")).await;
        assert!(page.text().contains("Mynd yn ôl heb anfon"), "{kind}: {}", page.text());
    }
    let page = len.get(format!("{at}/history?lang=cy")).await;
    assert!(page.text().contains("Anfonwyd at Len Hughes"), "{}", page.text());
}
