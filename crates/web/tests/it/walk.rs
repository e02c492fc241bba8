//! One record from telling to its end, by pages only.

use chrono::TimeDelta;
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::route::pass::time_passes;
use waymark_app::{Actor, Ctx};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Origin;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Prose, Title};
use waymark_testkit::TestApp;

/// An idea of Ada's, told at Ward 4 to her team lead.
pub async fn told(app: &TestApp) -> Innovation {
    told_by(app, ("ada", "ward4"), None).await
}

/// An idea of somebody's, told at a node to its lead.
pub async fn told_by(app: &TestApp, by: (&str, &str), seen_by: Option<SeenBy>) -> Innovation {
    let said =
        ("Order blood bottles on Thursday", "We run out of blood bottles every weekend.\nThen we borrow.");
    told_with(app, by, seen_by, said).await
}

/// The same in other words.
pub async fn told_with(
    app: &TestApp,
    by: (&str, &str),
    seen_by: Option<SeenBy>,
    said: (&str, &str),
) -> Innovation {
    let mut ctx = app.write_as(by.0).await;
    let record = tell(&mut ctx, &typed(app, by, seen_by, said)).await.unwrap();
    ctx.commit().await.unwrap();
    record
}

/// What somebody types at a node.
pub fn typed(
    app: &TestApp,
    (who, node): (&str, &str),
    seen_by: Option<SeenBy>,
    (title, problem): (&str, &str),
) -> Typed {
    Typed {
        node: app.world.nodes[node],
        who_could: WhoCould::TeamLead,
        title: Title::parse(title).unwrap(),
        problem: Prose::parse(problem).unwrap(),
        solution: Some(Prose::parse("Order on Thursday instead of Friday.").unwrap()),
        contributors: vec![(app.person(who), 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by,
        answers: None,
        external_id: None,
    }
}

/// Lets days pass, and time do to the record what it does.
pub async fn days_pass(app: &TestApp, record: &Innovation, days: i64) {
    app.advance(TimeDelta::days(days));
    let mut ctx = Ctx::write(&app.env, Actor::Time).await.unwrap();
    time_passes(&mut ctx, record.id).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn told_asked_replied_tried_and_kept() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let at = format!("/records/{}", record.told.reference);
        let (mut ada, mut len) = (app.signed_in("ada").await, app.signed_in("len").await);

        let page = len.get(&at).await;
        assert!(page.text().contains("Len Hughes answers by Tuesday 21 July 2026."), "{}", page.text());
        assert!(page.text().contains("Answer this"), "{}", page.text());
        assert!(page.text().contains("There have not been enough here yet to say"), "{}", page.text());

        let form = len.get(format!("{at}/ask")).await;
        let sent = len.submit(&form, &[("question", "How many bottles do you need?")]).await;
        let page = len.follow(sent).await;
        assert!(page.text().contains("Ada Price was asked a question."), "{}", page.text());

        let page = ada.get(&at).await;
        assert!(page.text().contains("How many bottles do you need?"), "{}", page.text());
        let form = ada.get(format!("{at}/reply")).await;
        let sent = ada.submit(&form, &[("reply", "Forty.")]).await;
        let page = ada.follow(sent).await;
        assert!(page.text().contains("Len Hughes answers by"), "{}", page.text());

        let choice = len.get(format!("{at}/answer")).await;
        assert!(choice.text().contains("Not mine, send it on"), "{}", choice.text());
        let form = len.get(format!("{at}/answer?answer=go&chosen=yes")).await;
        let go = [("hours", "3"), ("hours-from", "Ward budget"), ("words", "Good idea, thank you.")];
        let sent = len.submit(&form, &go).await;
        let page = len.follow(sent).await;
        let tries = "Ada Price tries it until Thursday 6 August 2026";
        assert!(page.text().contains(tries), "{}", page.text());
        assert!(page.text().contains("Good idea, thank you."), "{}", page.text());

        days_pass(&app, &record, 30).await;
        let mut ada = app.signed_in("ada").await;
        let page = ada.get(&at).await;
        assert!(page.text().contains("Write the three lines"), "{}", page.text());
        let form = ada.get(format!("{at}/lines")).await;
        let lines = [("did", "Ordered on Thursday."), ("changed", "None missing."), ("outcome", "keep")];
        let sent = ada.submit(&form, &lines).await;
        let page = ada.follow(sent).await;
        assert!(page.text().contains("It was tried and kept on Thursday 6 August 2026."), "{}", page.text());
        let form = ada.get(format!("{at}/hours")).await;
        let sent = ada.submit(&form, &[("hours", "2")]).await;
        let page = ada.follow(sent).await;
        assert!(page.text().contains("3 hours granted, 2 had"), "{}", page.text());

        let history = ada.get(format!("{at}/history")).await;
        for line in ["Sent to Len Hughes", "Answered: Try it", "Three lines written: Keep it", "Had 2 hours"]
        {
            assert!(history.text().contains(line), "{line}: {}", history.text());
        }
        let welsh = ada.get(format!("{at}?lang=cy")).await;
        assert!(
            welsh.text().contains("Cafodd ei brofi a’i gadw ar ddydd Iau 6 Awst 2026"),
            "{}",
            welsh.text()
        );
        assert!(welsh.body.contains("<span lang=\"en\">Forty."), "{}", welsh.body);
    }
}

#[tokio::test]
async fn not_now_comes_back_and_ends_with_a_reasoned_no() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    let at = format!("/records/{}", record.told.reference);
    let (mut ada, mut len) = (app.signed_in("ada").await, app.signed_in("len").await);

    let form = len.get(format!("{at}/answer?answer=not-now")).await;
    let not_now = [
        ("reason", "R08"),
        ("words", "Two people are off sick."),
        ("awaited", "They are back."),
        ("until-day", "1"),
        ("until-month", "9"),
        ("until-year", "2026"),
    ];
    let sent = len.submit(&form, &not_now).await;
    let page = len.follow(sent).await;
    assert!(page.text().contains("Len Hughes reads it again on Tuesday 1 September 2026"), "{}", page.text());
    assert!(page.text().contains("They are back."), "{}", page.text());

    let form = ada.get(format!("{at}/come-back")).await;
    let sent = ada.submit(&form, &[]).await;
    let page = ada.follow(sent).await;
    assert!(page.text().contains("Len Hughes answers by"), "{}", page.text());

    let form = len.get(format!("{at}/answer?answer=stop")).await;
    let no = [("reason", "R05"), ("words", "The shop shuts."), ("would-change", "A shop that is open.")];
    let sure = len.submit(&form, &no).await;
    assert!(sure.text().contains("You are saying no"), "{}", sure.text());
    let sent = len.submit(&sure, &[]).await;
    let page = len.follow(sent).await;
    assert!(page.text().contains("It was answered no on Tuesday 7 July 2026."), "{}", page.text());

    let page = ada.get(&at).await;
    assert!(page.text().contains("Was this an answer?"), "{}", page.text());
    let sent = ada.submit(&page, &[("answer", "yes")]).await;
    let page = ada.follow(sent).await;
    assert!(page.text().contains("Yes, it was an answer"), "{}", page.text());
}

#[tokio::test]
async fn a_missed_date_is_asked_about_and_moved() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    let at = format!("/records/{}", record.told.reference);
    days_pass(&app, &record, 15).await;
    let mut ada = app.signed_in("ada").await;
    let page = ada.get(&at).await;
    assert!(page.text().contains("Fay Singh has it now and answers by"), "{}", page.text());
    assert!(page.text().contains("Late"), "{}", page.text());
    let form = ada.get(format!("{at}/ask-why")).await;
    let sent = ada.submit(&form, &[]).await;
    let page = ada.follow(sent).await;
    assert!(page.text().contains("has asked why the date has passed"), "{}", page.text());

    let mut fay = app.signed_in("fay").await;
    let form = fay.get(format!("{at}/date")).await;
    let moved = [
        ("until-day", "3"),
        ("until-month", "8"),
        ("until-year", "2026"),
        ("why", "I came back from leave today."),
    ];
    let sent = fay.submit(&form, &moved).await;
    let page = fay.follow(sent).await;
    assert!(page.text().contains("Monday 3 August 2026"), "{}", page.text());
    assert!(page.text().contains("I came back from leave today."), "{}", page.text());
    assert!(!page.text().contains("has asked why"), "{}", page.text());
}
