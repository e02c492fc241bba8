//! Problems that ideas can be told to: who sees them, and until when.

use crate::capture::{checked, sent};
use chrono::{DateTime, TimeDelta, Utc};
use waymark_app::ctx::Writing;
use waymark_domain::find::problem::{Listed, Problem, ProblemEvent};
use waymark_domain::ids::ProblemId;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Field, Language};
use waymark_testkit::TestApp;

pub async fn listed(app: &TestApp, seen_by: SeenBy, closes: Option<DateTime<Utc>>) -> ProblemId {
    let said = ["Cold meals on wards", "Meals arrive cold.\n\nEvery day.", "Judged by the kitchen."];
    listed_with(app, ("fay", "riverside"), (seen_by, closes), said).await
}

/// The same by somebody at a body, in words of one's own: a title, the problem, and more about it.
pub async fn listed_with(
    app: &TestApp,
    (who, body): (&str, &str),
    (seen_by, closes): (SeenBy, Option<DateTime<Utc>>),
    [title, problem, details]: [&str; 3],
) -> ProblemId {
    let mut ctx = app.write_as(who).await;
    let id = ProblemId(app.env.id());
    let by = ctx.party(id.0, app.person(who)).await.unwrap();
    let mut writing = Writing::new(&app.env, (id.0, 1), Language::En);
    let listed = Listed {
        node: app.world.nodes[body],
        body: app.world.nodes[body],
        by,
        seen_by,
        language: Language::En,
        title: writing.note(Field::Title, title),
        problem: writing.note(Field::Problem, problem),
        details: Some(writing.note(Field::Details, details)),
        opens_at: None,
        closes_at: closes,
        money: Some("£500".to_owned()),
        source_url: Some("javascript:alert(1)".to_owned()),
        external_id: None,
    };
    let event = ProblemEvent::Listed(Box::new(listed));
    ctx.save::<Problem>(None, (id.0, vec![event]), (Some(by), writing.finish())).await.unwrap();
    ctx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_problem_is_answered_until_it_closes() {
    for app in TestApp::on_each().await {
        let closes = app.env.now() + TimeDelta::days(1);
        let id = listed(&app, SeenBy::Body, Some(closes)).await;
        let mut ada = app.signed_in("ada").await;
        assert!(
            ada.get("/problems").await.text().contains("Cold meals on wards Riverside Hospital. Ideas until")
        );
        let page = ada.get(format!("/problems/{id}")).await;
        assert!(page.text().contains("Every day.") && page.text().contains("£500"), "{}", page.text());
        assert!(!page.body.contains("javascript:"), "an address that runs script is no link");
        let check = checked(&mut ada, &format!("/tell?answers={id}"), &[]).await;
        assert!(check.text().contains("Cold meals on wards"), "{}", check.text());
        app.advance(TimeDelta::days(2));
        let mut ada = app.signed_in("ada").await;
        let refused = sent(&mut ada, &check, &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("takes no more answers"), "{}", refused.text());
        let check = sent(&mut ada, &refused, &[("answers", "")]).await;
        assert!(sent(&mut ada, &check, &[]).await.text().contains("Len Hughes has it"));
    }
}

#[tokio::test]
async fn a_problem_of_one_body_is_not_there_for_another() {
    for app in TestApp::on_each().await {
        let id = listed(&app, SeenBy::Body, None).await;
        for mut client in [app.signed_in("olu").await, app.visitor()] {
            assert!(client.get("/problems").await.text().contains("No problem is listed here yet"));
            assert_eq!(client.get(format!("/problems/{id}")).await.status, 404);
            let form = client.get(format!("/tell?answers={id}")).await;
            assert!(!form.text().contains("Cold meals"), "{}", form.text());
        }
        assert_eq!(app.visitor().get("/problems?page=2").await.status, 404);
    }
}

#[tokio::test]
async fn problems_are_searched_by_those_who_may_see_them() {
    for app in TestApp::on_each().await {
        for _ in 0..21 {
            listed(&app, SeenBy::Body, None).await;
        }
        let count = |page: &waymark_testkit::Page| page.text().matches("Cold meals on wards").count();
        let mut ada = app.signed_in("ada").await;
        let found = ada.get("/problems?q=MEAL+%22by+the+kitchen%22").await;
        assert!(found.text().contains("21 problems have all of this"), "{}", found.text());
        assert_eq!(count(&found), 20, "{}", found.text());
        assert!(
            found.body.contains("/problems?q=MEAL%20%22by%20the%20kitchen%22&#38;page=2"),
            "{}",
            found.body
        );
        let second = ada.get("/problems?q=MEAL+%22by+the+kitchen%22&page=2").await;
        assert_eq!(count(&second), 1, "{}", second.text());
        assert_eq!(ada.get("/problems?q=meal&page=3").await.status, 404);
        let none = ada.get("/problems?q=needles").await;
        assert!(none.text().contains("Nothing that you can see has all of this: needles"), "{}", none.text());
        let unfit = ada.get("/problems?q=%F0%9F%99%82").await;
        assert_eq!((unfit.status.as_u16(), count(&unfit)), (422, 0), "{}", unfit.text());
        let other = app.signed_in("olu").await.get("/problems?q=meal").await;
        assert!(other.text().contains("Nothing that you can see"), "{}", other.text());
    }
}
