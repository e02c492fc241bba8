//! A list taken away has what its page shows, and nothing that somebody may not see.

use crate::walk::{told, told_by};
use std::collections::BTreeSet;
use waymark_app::find::list::{Filter, take};
use waymark_app::find::tell::{Typed, WhoCould, tell};
use waymark_app::{Actor, Ctx};
use waymark_domain::find::stage::Origin;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Prose, Title};
use waymark_testkit::TestApp;

/// The references in a list as data.
fn references(json: &str) -> BTreeSet<String> {
    let data: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let items = data["items"].as_array().expect("a list");
    items.iter().map(|item| item["reference"].as_str().expect("a reference").to_owned()).collect()
}

#[tokio::test]
async fn everybody_takes_away_what_they_may_see_and_nothing_else() {
    for app in TestApp::on_each().await {
        let mut with_care = BTreeSet::new();
        for seen_by in SeenBy::ALL {
            for place in [("ada", "ward4"), ("olu", "ward1")] {
                let record = told_by(&app, place, Some(seen_by)).await;
                if seen_by == SeenBy::Handlers {
                    with_care.insert(record.told.reference.to_string());
                }
            }
        }
        for name in ["", "ada", "olu", "len", "rhys", "ann"] {
            let mut client = if name.is_empty() { app.visitor() } else { app.signed_in(name).await };
            let actor = if name.is_empty() { Actor::Nobody } else { Actor::Person(app.person(name)) };
            let mut ctx = Ctx::read(&app.env, actor).await.expect("a database");
            let seen = take(&mut ctx, &Filter::default()).await.expect("a list");
            let seen: BTreeSet<String> = seen.items.into_iter().map(|item| item.reference).collect();
            assert_eq!(references(&client.get("/ideas.json").await.body), seen, "{name:?}");
            let (table, feed) = (client.get("/ideas.csv").await, client.get("/ideas.atom").await);
            assert_eq!(table.body.lines().count(), 1 + seen.len(), "{name:?}: {}", table.body);
            let in_feed: Vec<&String> = seen.difference(&with_care).collect();
            assert_eq!(feed.body.matches("<entry>").count(), in_feed.len(), "{name:?}: {}", feed.body);
            assert!(
                in_feed.iter().all(|reference| feed.body.contains(*reference)),
                "{name:?}: {}",
                feed.body
            );
            assert!(
                seen.iter().all(|reference| table.body.contains(reference)),
                "{name:?} on {:?}",
                app.engine()
            );
        }
    }
}

#[tokio::test]
async fn a_list_is_taken_away_with_its_filters_and_in_ones_language() {
    let app = TestApp::new().await;
    let (here, there) = (told(&app).await, told_by(&app, ("cai", "ward5"), None).await);
    let mut fay = app.signed_in("fay").await;
    let at = format!("/ideas?place={}&stage=told", app.world.nodes["ward4"]);
    let page = fay.get(&at).await;
    let of = |form: &str| at.replace("/ideas?", &format!("/ideas.{form}?"));
    for form in ["csv", "json", "atom"] {
        assert!(page.body.contains(&of(form).replace('&', "&#38;")), "{form}: {}", page.body);
        let taken = fay.get(of(form)).await.body;
        assert!(taken.contains(here.told.reference.as_str()), "{form}: {taken}");
        assert!(!taken.contains(there.told.reference.as_str()), "{form}: {taken}");
    }
    let none = fay.get(at.replace("told", "kept")).await;
    assert!(!none.body.contains("/ideas.csv"), "there is nothing to take");
    let table = fay.get(format!("{}&lang=cy", of("csv"))).await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    assert!(table.body.starts_with("\u{feff}\"Cyfeirnod\",\"Teitl\""), "{}", table.body);
    let feed = fay.get(of("atom")).await;
    assert_eq!(feed.headers["content-type"], "application/atom+xml; charset=utf-8");
    assert_eq!(fay.get("/ideas.json").await.headers["content-type"], "application/json");
    let words = "Part of the address was not understood";
    assert!(!fay.get(format!("{at}&lang=en")).await.text().contains(words));
    for mistyped in ["stage=tolled", "place=ward4", "late=yess", "body=yours", "after=then"] {
        assert_eq!(fay.get(format!("/ideas.json?{mistyped}")).await.status, 404, "{mistyped}");
        let page = fay.get(format!("/ideas?{mistyped}")).await;
        assert!(page.status == 200 && page.text().contains(words), "{mistyped}: {}", page.text());
    }
}

#[tokio::test]
async fn words_stay_words_in_a_table_and_in_a_feed() {
    let app = TestApp::new().await;
    let mut ctx = app.write_as("ada").await;
    let typed = Typed {
        node: app.world.nodes["ward4"],
        who_could: WhoCould::TeamLead,
        title: Title::parse("=1+1 <b>& \"beds\"").unwrap(),
        problem: Prose::parse("We run out of beds.").unwrap(),
        solution: None,
        contributors: vec![(app.person("ada"), 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: None,
        answers: None,
        external_id: None,
    };
    tell(&mut ctx, &typed).await.unwrap();
    ctx.commit().await.unwrap();
    let mut ada = app.signed_in("ada").await;
    let table = ada.get("/ideas.csv").await.body;
    assert!(table.contains("\"'=1+1 <b>& \"\"beds\"\"\""), "{table}");
    let feed = ada.get("/ideas.atom").await.body;
    assert!(feed.contains("=1+1 &#60;b&#62;&#38; &#34;beds&#34;"), "{feed}");
    let data: serde_json::Value = serde_json::from_str(&ada.get("/ideas.json").await.body).unwrap();
    assert_eq!(data["items"][0]["title"], "=1+1 <b>& \"beds\"");
}
