//! The one mail a day.

use crate::jobs::{answered, no, prose, told};
use chrono::{NaiveDate, TimeDelta, TimeZone as _, Utc};
use waymark_app::find::also::{self, Telling};
use waymark_app::find::moderation::{self, Typed};
use waymark_app::find::{comment, sight, view};
use waymark_app::mail::Letter;
use waymark_app::people::cover;
use waymark_app::route::answer::{Reply, Words};
use waymark_app::route::change::Seen;
use waymark_app::route::reopen::reopen;
use waymark_domain::find::moderation::Because;
use waymark_domain::find::stage::{Origin, Reason};
use waymark_domain::ids::InnovationId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::text::{Remark, Title};
use waymark_store::{on, run, sqlx};
use waymark_testkit::TestApp;

/// Runs the jobs of each hour of a day and gives all mails.
pub(crate) async fn day_of_mails(app: &TestApp) -> Vec<Letter> {
    let mut mails = Vec::new();
    for _ in 0..24 {
        app.advance(TimeDelta::hours(1));
        app.run_jobs().await;
        mails.extend(app.mails());
    }
    mails
}

/// The same for one person.
pub(crate) async fn day_of_mail(app: &TestApp, name: &str) -> Vec<Letter> {
    let mut mails = day_of_mails(app).await;
    mails.retain(|mail| mail.to == format!("{name}@riverside.example"));
    mails
}

/// From now on a person reads Welsh.
pub(crate) async fn in_welsh(app: &TestApp, name: &str) {
    let mut tx = app.env.db.write().await.unwrap();
    let (sql, account) = ("update account set language = 'cy' where id = $1", app.person(name).0);
    run!(&mut tx, sqlx::query(sql).bind(account)).unwrap();
    tx.commit().await.unwrap();
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
async fn what_is_open_again_waits_for_whoever_answered_it() {
    for app in TestApp::on_each().await {
        let idea = told(&app, "ada").await;
        answered(&app, ("len", idea.id), &no()).await;
        assert!(day_of_mail(&app, "len").await.is_empty(), "{:?}", app.engine());
        let mut ctx = app.write_as("ada").await;
        let why = crate::jobs::prose("A count of a month is there.");
        reopen(&mut ctx, Seen { id: idea.id, version: None }, &why).await.unwrap();
        ctx.commit().await.unwrap();
        let mails = day_of_mail(&app, "len").await;
        assert_eq!(mails.len(), 1, "{mails:#?}");
        let line = "These wait for you:\n- Blood bottles: an answer by Wednesday 22 July 2026";
        assert!(mails[0].text.contains(line), "{}", mails[0].text);
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

/// Says who may see a record, as a person.
async fn shows(app: &TestApp, (name, id): (&str, InnovationId), to: SeenBy) {
    let mut ctx = app.write_as(name).await;
    sight::show_to(&mut ctx, Seen { id, version: None }, to).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn whose_yes_it_takes_that_more_see_a_record_is_asked_once_in_both_languages() {
    for app in TestApp::on_each().await {
        in_welsh(&app, "ada").await;
        app.advance(TimeDelta::hours(1));
        let idea = told(&app, "ada").await;
        shows(&app, ("ada", idea.id), SeenBy::Everyone).await;
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "nothing goes at once");
        let mails = day_of_mails(&app).await;
        let asked: Vec<&Letter> = mails.iter().filter(|mail| mail.text.contains("/who-sees")).collect();
        assert_eq!(asked.len(), 1, "the nearest finder alone: {mails:#?}");
        let path = format!("/records/{}/who-sees", idea.told.reference);
        let text = &asked[0].text;
        assert!(asked[0].to == "fay@riverside.example" && text.contains(&path), "{asked:#?}");
        let said = "Somebody wishes that more people can see these. Say yes or no:\n- ";
        assert!(text.contains(said) && text.contains(": Everyone"), "{text}");
        assert!(!text.contains("Blood bottles"), "no word of it: {text}");
        assert!(day_of_mail(&app, "fay").await.iter().all(|mail| !mail.text.contains(&path)), "once");
        shows(&app, ("fay", idea.id), SeenBy::Body).await;
        let mails = day_of_mail(&app, "ada").await;
        assert!(mails.len() == 1 && mails[0].text.contains("Newyddion am eich syniadau"), "{mails:#?}");
        shows(&app, ("fay", idea.id), SeenBy::Bodies).await;
        let mails = day_of_mail(&app, "ada").await;
        assert_eq!(mails.len(), 1, "{mails:#?}");
        let asked = "Mae rhywun yn dymuno i fwy o bobl allu gweld y rhain. Dywedwch iawn neu na:\n- ";
        assert!(mails[0].text.contains(asked) && mails[0].text.contains(&path), "{}", mails[0].text);
        assert!(!mails[0].text.contains("Newyddion am eich syniadau"), "said once: {}", mails[0].text);
        assert!(day_of_mail(&app, "ada").await.is_empty(), "{:?}", app.engine());
        // News of the same day are not lost behind a wish that came after them.
        shows(&app, ("fay", idea.id), SeenBy::Body).await;
        app.advance(TimeDelta::hours(1));
        shows(&app, ("fay", idea.id), SeenBy::Bodies).await;
        let mails = day_of_mail(&app, "ada").await;
        let has_both =
            |mail: &Letter| mail.text.contains(asked) && mail.text.contains("Newyddion am eich syniadau");
        assert!(mails.len() == 1 && has_both(&mails[0]), "{mails:#?}");
    }
}

/// From today on a person is away, so many days.
pub(crate) async fn goes_away(app: &TestApp, name: &str, days: i64) {
    let mut ctx = app.write_as(name).await;
    let from = ctx.now.date_naive();
    let to = from + TimeDelta::days(days - 1);
    let typed = cover::Typed { from: Some(from), to: Some(to), by: "", chosen: "" };
    cover::add(&mut ctx, &typed).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn the_next_finder_is_asked_by_mail_while_the_nearest_is_away() {
    for app in TestApp::on_each().await {
        app.advance(TimeDelta::hours(1));
        goes_away(&app, "fay", 3).await;
        let idea = told(&app, "ada").await;
        shows(&app, ("ada", idea.id), SeenBy::Everyone).await;
        let mut mails = day_of_mails(&app).await;
        mails.retain(|mail| mail.text.contains("/who-sees"));
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["rae@riverside.example"], "{:?}: {mails:#?}", app.engine());
    }
}

#[tokio::test]
async fn what_was_offered_and_taken_back_before_the_mail_is_not_in_it() {
    let app = TestApp::new().await;
    app.advance(TimeDelta::hours(1));
    let idea = told(&app, "ada").await;
    shows(&app, ("ada", idea.id), SeenBy::Everyone).await;
    shows(&app, ("ada", idea.id), SeenBy::Body).await;
    assert!(day_of_mails(&app).await.iter().all(|mail| !mail.text.contains("/who-sees")));
}

#[tokio::test]
async fn where_only_the_hour_is_known_it_is_told_once_all_the_same() {
    for app in TestApp::on_each().await {
        app.advance(TimeDelta::hours(1));
        let first = told(&app, "bea").await;
        shows(&app, ("bea", first.id), SeenBy::Everyone).await;
        assert_eq!(day_of_mail(&app, "fay").await.len(), 1, "at 8am in London");
        let idea = told(&app, "ada").await;
        shows(&app, ("ada", idea.id), SeenBy::Everyone).await;
        // As if whoever offered it had a hidden name, after that mail and in the hour that it begins.
        let seven = Utc.with_ymd_and_hms(2026, 7, 8, 7, 0, 0).unwrap().timestamp_micros();
        let mut tx = app.env.db.write().await.unwrap();
        let sql = "update sight_offer set offered_by = $1, offered_at = $2 where innovation = $3";
        run!(&mut tx, sqlx::query(sql).bind(app.env.id()).bind(seven).bind(idea.id.0)).unwrap();
        tx.commit().await.unwrap();
        let path = format!("/records/{}/who-sees", idea.told.reference);
        let mut asked = 0;
        for _ in 0..3 {
            let mails = day_of_mail(&app, "fay").await;
            asked += mails.iter().filter(|mail| mail.text.contains(&path)).count();
        }
        assert_eq!(asked, 1, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn a_contributor_whose_record_is_listed_no_more_hears_of_it_once() {
    for app in TestApp::on_each().await {
        app.advance(TimeDelta::hours(1));
        let idea = told(&app, "ada").await;
        let mut ctx = app.write_as("fay").await;
        let why = crate::jobs::prose("It names the porter.");
        let seen = Seen { id: idea.id, version: None };
        moderation::moderate(&mut ctx, seen, &Typed::Unlist(Because::Private, why)).await.unwrap();
        ctx.commit().await.unwrap();
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "nothing goes at once");
        let mails = day_of_mail(&app, "ada").await;
        assert_eq!(mails.len(), 1, "{mails:#?}");
        let text = &mails[0].text;
        let said = format!(
            "A moderator has looked at these:\n- {}: your idea is no longer in the lists",
            idea.told.reference
        );
        let path = format!("/records/{}", idea.told.reference);
        assert!(text.contains(&said) && text.contains(&path), "{text}");
        assert!(!text.contains("porter") && !text.contains("Blood"), "{text}");
        assert!(day_of_mail(&app, "ada").await.is_empty(), "{:?}", app.engine());
    }
}

/// Ada tells the same as a record, which stands beside it.
async fn ada_tells_it_too(app: &TestApp, id: InnovationId) {
    let telling = Telling {
        title: Title::parse("No bottles").unwrap(),
        problem: prose("We had none on Sunday."),
        solution: None,
        tellers: vec![app.person("ada")],
        is_assisted: false,
        origin: Origin::FrontLine,
    };
    let mut ctx = app.write_as("ada").await;
    also::add(&mut ctx, id, &telling).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn nobody_is_told_of_a_comment_that_they_cannot_read() {
    for app in TestApp::on_each().await {
        crate::hidden::openers(&app).await;
        app.advance(TimeDelta::hours(1));
        let (receipt, _) = crate::hidden::told(&mut app.signed_in("bea").await, &[]).await;
        let hidden = receipt.address.trim_start_matches("/told/").to_owned();
        let mut ctx = app.write_as("fay").await;
        let id = view::find(&mut ctx, &Reference::parse(&hidden).unwrap()).await.unwrap();
        drop(ctx);
        // Bea's, whose name is not hidden, and one of the auditor, who reads no talk of what is in their care.
        let (open, audited) = (told(&app, "bea").await, told(&app, "otto").await);
        for id in [id, open.id] {
            ada_tells_it_too(&app, id).await;
        }
        day_of_mails(&app).await;
        let mut ctx = app.write_as("fay").await;
        for id in [id, open.id, audited.id] {
            comment::write(&mut ctx, id, &Remark::parse("Since when?").unwrap()).await.unwrap();
        }
        ctx.commit().await.unwrap();
        let mut mails = day_of_mails(&app).await;
        mails.retain(|mail| mail.text.contains("Somebody has said something about what you told:"));
        let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["ada@riverside.example", "bea@riverside.example"], "{mails:#?}");
        let plain = format!("/records/{}", open.told.reference);
        for mail in mails {
            assert!(mail.text.contains(&plain) && !mail.text.contains(&hidden), "{}", mail.text);
        }
    }
}
