//! The one mail a day.

use crate::jobs::{answered, no, told};
use chrono::{NaiveDate, TimeDelta};
use waymark_app::mail::Letter;
use waymark_app::route::answer::{Reply, Words};
use waymark_domain::find::stage::Reason;
use waymark_store::{on, sqlx};
use waymark_testkit::TestApp;

/// Runs the jobs of each hour of a day and gives the mails to a person.
async fn day_of_mail(app: &TestApp, name: &str) -> Vec<Letter> {
    let mut mails = Vec::new();
    for _ in 0..24 {
        app.advance(TimeDelta::hours(1));
        app.run_jobs().await;
        mails.extend(app.mails());
    }
    mails.retain(|mail| mail.to == format!("{name}@riverside.example"));
    mails
}

#[tokio::test]
async fn a_decider_has_one_mail_a_day_that_says_what_waits_by_when() {
    for app in TestApp::on_each().await {
        let idea = told(&app, "ada").await;
        told(&app, "bea").await;
        let mails = day_of_mail(&app, "len").await;
        assert_eq!(mails.len(), 1, "{:?}: {mails:#?}", app.engine());
        let text = &mails[0].text;
        assert_eq!(text.matches("Blood bottles: an answer by Tuesday 21 July 2026").count(), 2, "{text}");
        assert!(text.contains(&format!("/records/{}", idea.told.reference)), "{text}");
        assert_eq!(mails[0].subject, "Waymark: your mail for Wednesday 8 July 2026");
        // 8am in London.
        assert_eq!(mails[0].at.to_rfc3339(), "2026-07-08T07:00:00+00:00");
    }
}

#[tokio::test]
async fn who_has_nothing_to_hear_has_no_mail() {
    let app = TestApp::new().await;
    told(&app, "ada").await;
    for name in ["ada", "cai", "hana", "otto"] {
        assert!(day_of_mail(&app, name).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn the_mail_comes_at_the_hour_of_each_person_and_only_once_a_day() {
    for app in TestApp::on_each().await {
        let mut tx = app.env.db.write().await.unwrap();
        let sql = "update account set digest_hour = 17 where id = $1";
        let len = app.person("len").0;
        on!(&mut tx, c => sqlx::query(sql).bind(len).execute(c).await.map(|done| done.rows_affected()))
            .unwrap();
        tx.commit().await.unwrap();
        told(&app, "ada").await;
        let mails = day_of_mail(&app, "len").await;
        assert_eq!(mails.len(), 1, "{mails:#?}");
        assert_eq!(mails[0].at.to_rfc3339(), "2026-07-07T16:00:00+00:00", "5pm in London");
        let mut ctx = waymark_app::Ctx::write(&app.env, waymark_app::Actor::Time).await.unwrap();
        let wanted = waymark_app::jobs::DigestWanted::begin(
            "Europe/London",
            (NaiveDate::from_ymd_opt(2026, 7, 7).unwrap(), 17),
        );
        ctx.enqueue("digest", &wanted).await.unwrap();
        ctx.commit().await.unwrap();
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "run twice");
    }
}

#[tokio::test]
async fn who_is_late_is_told_first_of_what_is_late() {
    let app = TestApp::new().await;
    told(&app, "ada").await;
    app.advance(TimeDelta::days(15));
    let mails = day_of_mail(&app, "fay").await;
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].text.contains("These are late. You are told first:\n- Blood bottles"),
        "{}",
        mails[0].text
    );
}

#[tokio::test]
async fn a_contributor_hears_of_an_answer_to_judge_once() {
    for app in TestApp::on_each().await {
        let idea = told(&app, "ada").await;
        app.advance(TimeDelta::hours(1));
        answered(&app, ("len", idea.id), &no()).await;
        app.run_jobs().await;
        app.mails();
        let mails = day_of_mail(&app, "ada").await;
        assert_eq!(mails.len(), 1, "{mails:#?}");
        assert!(
            mails[0].text.contains("Was this an answer?\n- Blood bottles: answered no"),
            "{}",
            mails[0].text
        );
        assert!(day_of_mail(&app, "ada").await.is_empty(), "{:?}", app.engine());
    }
}

#[tokio::test]
async fn after_thirty_days_without_news_it_says_who_still_has_it() {
    let app = TestApp::new().await;
    told(&app, "ada").await;
    app.advance(TimeDelta::days(29));
    let mails = day_of_mail(&app, "ada").await;
    assert_eq!(mails.len(), 1, "{mails:#?}");
    assert!(mails[0].text.contains("Blood bottles: still with "), "{}", mails[0].text);
    assert!(day_of_mail(&app, "ada").await.is_empty());
}

#[tokio::test]
async fn not_now_is_told_again_after_six_months() {
    let app = TestApp::new().await;
    let idea = told(&app, "ada").await;
    app.advance(TimeDelta::hours(1));
    let later = Reply::NotNow {
        because: Words {
            reason: Reason::NoMoney,
            words: crate::jobs::prose("The budget is spent."),
            would_change: crate::jobs::prose("The next budget."),
        },
        until: NaiveDate::from_ymd_opt(2027, 6, 1).unwrap(),
    };
    answered(&app, ("len", idea.id), &later).await;
    assert_eq!(day_of_mail(&app, "ada").await.len(), 2, "the answer, and the mail of the day");
    for _ in 0..5 {
        app.advance(TimeDelta::days(30));
        assert!(day_of_mail(&app, "ada").await.is_empty());
    }
    app.advance(TimeDelta::days(28));
    let mails = day_of_mail(&app, "ada").await;
    assert_eq!(mails.len(), 1, "{mails:#?} {}", app.env.now());
    assert!(mails[0].text.contains("it is read again on Tuesday 1 June 2027"), "{}", mails[0].text);
}
