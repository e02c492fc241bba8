//! The six figures of a place: what they count, for whom, and as what they can be taken away.

use crate::capture::sent;
use crate::walk::{days_pass, told, told_by};
use chrono::TimeDelta;
use uuid::Uuid;
use waymark_app::account::figures::figures;
use waymark_app::account::shown::{Days, Shown, Sight};
use waymark_app::route::acts::Act;
use waymark_app::route::answer::{Reply, Words, answer};
use waymark_app::route::change::Seen;
use waymark_app::{Actor, Ctx};
use waymark_domain::account::figure::{FigureId, Of};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Reason;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::Prose;
use waymark_testkit::TestApp;

fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

async fn answered(app: &TestApp, record: &Innovation, reply: &Reply) {
    let mut ctx = app.write_as("len").await;
    answer(&mut ctx, Seen { id: record.id, version: None }, (reply, None)).await.unwrap();
    ctx.commit().await.unwrap();
}

fn no() -> Reply {
    Reply::Stop(Words {
        reason: Reason::NoTime,
        words: prose("Not with this rota."),
        would_change: prose("A second porter."),
    })
}

fn go(app: &TestApp) -> Reply {
    let who = app.person("ada");
    Reply::Go { who, words: None, until: None, hours: 0, hours_from: None, pence: 0 }
}

/// The figures of a place as somebody sees them.
async fn seen(app: &TestApp, person: &str, place: &str) -> (Sight, Vec<Shown>) {
    let mut ctx = Ctx::read(&app.env, Actor::Person(app.person(person))).await.unwrap();
    let figures = figures(&mut ctx, app.world.nodes[place]).await.unwrap();
    (figures.sight, figures.all)
}

fn counts(all: &[Shown], id: FigureId, of: Of) -> Vec<Option<u64>> {
    let shown = all.iter().find(|shown| shown.id == id).unwrap();
    shown.line(of).unwrap().counts.clone()
}

fn whole(all: &[Shown], id: FigureId) -> Vec<u64> {
    counts(all, id, Of::Whole).into_iter().map(Option::unwrap).collect()
}

#[tokio::test]
async fn the_figures_of_a_ward_are_those_of_its_records() {
    for app in TestApp::on_each().await {
        let (first, second, third) = (told(&app).await, told(&app).await, told(&app).await);
        app.advance(TimeDelta::days(2));
        answered(&app, &first, &no()).await;
        app.advance(TimeDelta::days(20));
        answered(&app, &second, &go(&app)).await;
        let mut ada = app.signed_in("ada").await;
        let at = format!("/records/{}", first.told.reference);
        let form = ada.get(format!("{at}/{}", Act::WasAnswer)).await;
        ada.submit(&form, &[("answer", "yes")]).await;
        let at = format!("/records/{}", second.told.reference);
        let form = ada.get(format!("{at}/{}", Act::Lines)).await;
        let lines = [("did", "We ordered."), ("changed", "None ran out."), ("outcome", "keep")];
        let sent = ada.submit(&form, &lines).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        days_pass(&app, &third, 0).await;

        let (sight, all) = seen(&app, "ada", "ward4").await;
        assert_eq!(sight, Sight::Whole);
        assert_eq!(whole(&all, FigureId::InControl), [1, 1]);
        assert_eq!(whole(&all, FigureId::FirstAnswer), [2, 1, 0, 3]);
        assert_eq!(whole(&all, FigureId::OnTime), [1, 3]);
        assert_eq!(whole(&all, FigureId::Reasoned), [1, 1, 1, 1, 2, 0]);
        assert_eq!(whole(&all, FigureId::Tried), [1, 0, 0, 1, 0]);
        assert_eq!(whole(&all, FigureId::ComeBack), [0, 0]);
        let waits = all.iter().find(|shown| shown.id == FigureId::FirstAnswer).unwrap();
        // Told on a Tuesday: answered on Thursday, and on the Wednesday three weeks later; one still waits then.
        let line = waits.line(Of::Whole).unwrap();
        assert_eq!((line.median, line.most), (Days::Known(16), Days::NotYet));
        for place in ["riverside", "root"] {
            assert_eq!(seen(&app, "rhys", place).await.1, all, "{place}");
        }
        assert_eq!(whole(&seen(&app, "ada", "ward5").await.1, FigureId::OnTime), [0, 0]);
    }
}

#[tokio::test]
async fn first_timers_are_counted_once_their_180_days_are_over() {
    for app in TestApp::on_each().await {
        let (ada, bea) =
            (told_by(&app, ("ada", "ward4"), None).await, told_by(&app, ("bea", "ward4"), None).await);
        answered(&app, &ada, &no()).await;
        answered(&app, &bea, &no()).await;
        app.advance(TimeDelta::days(100));
        told_by(&app, ("ada", "ward4"), None).await;
        app.advance(TimeDelta::days(79));
        app.run_jobs().await;
        assert_eq!(whole(&seen(&app, "len", "ward4").await.1, FigureId::ComeBack), [0, 0]);
        app.advance(TimeDelta::days(2));
        app.run_jobs().await;
        assert_eq!(whole(&seen(&app, "len", "ward4").await.1, FigureId::ComeBack), [1, 2]);
        // Bea comes back too late, and the next night counts nobody again.
        told_by(&app, ("bea", "ward4"), None).await;
        app.advance(TimeDelta::days(1));
        app.run_jobs().await;
        let (_, all) = seen(&app, "len", "riverside").await;
        assert_eq!(whole(&all, FigureId::ComeBack), [1, 2]);
        app.mails();
    }
}

#[tokio::test]
async fn what_is_handled_with_care_is_in_no_count_under_ten() {
    for app in TestApp::on_each().await {
        care(&app).await;
    }
}

async fn care(app: &TestApp) {
    for _ in 0..8 {
        told(app).await;
    }
    told_by(app, ("bea", "ward4"), Some(SeenBy::Handlers)).await;
    assert_eq!(whole(&seen(app, "hana", "ward4").await.1, FigureId::InControl), [8, 8]);
    assert_eq!(whole(&seen(app, "rhys", "root").await.1, FigureId::InControl), [8, 8]);
    told_by(app, ("bea", "ward4"), Some(SeenBy::Handlers)).await;
    assert_eq!(whole(&seen(app, "hana", "ward4").await.1, FigureId::InControl), [10, 10]);
    assert_eq!(whole(&seen(app, "rhys", "root").await.1, FigureId::InControl), [10, 10]);
}

#[tokio::test]
async fn no_difference_between_places_tells_of_what_is_handled_with_care() {
    for app in TestApp::on_each().await {
        for _ in 0..9 {
            told(&app).await;
        }
        for _ in 0..5 {
            told_by(&app, ("cai", "ward5"), None).await;
        }
        for by in [("bea", "ward4"), ("cai", "ward5")] {
            told_by(&app, by, Some(SeenBy::Handlers)).await;
        }
        for (person, open) in [
            // For the people of the body the whole is what its wards are, wherever there are ten.
            ("ada", [9, 5, 14]),
            ("bea", [9, 5, 14]),
            ("cai", [9, 5, 14]),
            // Who decides or audits sees the records, and they are in no count under ten still.
            ("len", [10, 5, 14]),
            ("hana", [10, 5, 16]),
            ("otto", [10, 5, 16]),
        ] {
            for (place, open) in ["ward4", "ward5", "riverside"].into_iter().zip(open) {
                let (_, all) = seen(&app, person, place).await;
                assert_eq!(whole(&all, FigureId::InControl), [open, open], "{person} at {place}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_handled_with_care_is_published_in_no_count() {
    let app = TestApp::new().await;
    for _ in 0..9 {
        told(&app).await;
    }
    told_by(&app, ("bea", "ward4"), Some(SeenBy::Handlers)).await;
    let (sight, all) = seen(&app, "olu", "riverside").await;
    assert_eq!((sight, counts(&all, FigureId::InControl, Of::Whole)), (Sight::Published, vec![None, None]));
    assert_eq!(seen(&app, "hana", "riverside").await.0, Sight::WithCare);
    assert_eq!(whole(&seen(&app, "hana", "riverside").await.1, FigureId::InControl), [10, 10]);
}

#[tokio::test]
async fn a_first_timer_whose_idea_is_handled_with_care_later_is_in_no_count() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        answered(&app, &record, &no()).await;
        app.advance(TimeDelta::days(181));
        app.run_jobs().await;
        assert_eq!(whole(&seen(&app, "bea", "ward4").await.1, FigureId::ComeBack), [0, 1]);
        let mut ada = app.signed_in("ada").await;
        let form = ada.get(format!("/records/{}/{}", record.told.reference, Act::WhoSees)).await;
        sent(&mut ada, &form, &[("to", "handlers")]).await;
        assert_eq!(whole(&seen(&app, "bea", "ward4").await.1, FigureId::ComeBack), [0, 0]);
        app.mails();
    }
}

#[tokio::test]
async fn what_is_published_of_a_quarter_is_the_same_three_months_later() {
    let app = TestApp::new().await;
    for _ in 0..23 {
        let record = told(&app).await;
        answered(&app, &record, &no()).await;
    }
    let first = seen(&app, "olu", "riverside").await.1;
    app.advance(TimeDelta::days(92));
    let later = seen(&app, "olu", "riverside").await.1;
    for (id, columns) in [(FigureId::FirstAnswer, [0, 3]), (FigureId::Reasoned, [0, 4])] {
        let before = [Of::Quarter(3), Of::Whole].map(|of| counts(&first, id, of));
        let after = [Of::Quarter(2), Of::Whole].map(|of| counts(&later, id, of));
        assert_eq!(before, after, "{id}");
        assert!(columns.iter().all(|column| before[0][*column].is_some()), "{id}: {before:?}");
    }
}

#[tokio::test]
async fn what_an_owner_left_behind_is_out_of_control() {
    for app in TestApp::on_each().await {
        told(&app).await;
        // Behind the back of the rules, which would give the record to somebody else.
        let mut tx = app.env.db.write().await.unwrap();
        let gone = "update account set closed_at = 1 where name = 'Len Hughes'";
        waymark_store::run!(&mut tx, waymark_store::sqlx::query(gone)).unwrap();
        tx.commit().await.unwrap();
        assert_eq!(whole(&seen(&app, "ada", "ward4").await.1, FigureId::InControl), [0, 1]);
    }
}

#[tokio::test]
async fn others_see_what_may_be_published_and_nothing_inside_a_body() {
    let app = TestApp::new().await;
    for _ in 0..23 {
        let record = told(&app).await;
        answered(&app, &record, &no()).await;
    }
    told(&app).await;
    let (sight, all) = seen(&app, "olu", "riverside").await;
    assert_eq!(sight, Sight::Published);
    let line = counts(&all, FigureId::Reasoned, Of::Whole);
    assert!(matches!(line[0], Some(20 | 25)), "{line:?}");
    assert_eq!(counts(&all, FigureId::InControl, Of::Whole), [None, None]);
    assert_eq!(seen(&app, "olu", "riverside").await.1, all);
    for (person, place, status) in [
        ("olu", "ward4", 404),
        ("olu", "riverside", 200),
        ("olu", "root", 200),
        ("olu", "ward1", 200),
        ("ada", "ward5", 200),
        ("ada", "hillside", 200),
        ("otto", "ward4", 200),
        ("ann", "ward4", 404),
    ] {
        let page =
            app.signed_in(person).await.get(format!("/places/{}/figures", app.world.nodes[place])).await;
        assert_eq!(page.status, status, "{person} at {place}");
    }
    let page =
        app.signed_in("olu").await.get(format!("/places/{}/figures", app.world.nodes["riverside"])).await;
    assert!(page.text().contains("rounded to 5"), "{}", page.text());
    assert!(!page.body.contains("/late"), "the board of what is late is for the people of the body");
    let nowhere = app.signed_in("olu").await.get(format!("/places/{}/figures", Uuid::nil())).await;
    assert_eq!(nowhere.status, 404);
}

#[tokio::test]
async fn the_page_says_it_in_words_in_both_languages_and_each_table_is_a_file() {
    let app = TestApp::new().await;
    let record = told(&app).await;
    app.advance(TimeDelta::days(1));
    answered(&app, &record, &no()).await;
    let mut ada = app.signed_in("ada").await;
    let at = format!("/places/{}/figures", app.world.nodes["ward4"]);
    let page = ada.get(&at).await;
    for words in [
        "Figures: Ward 4",
        "From Friday 1 August 2025 to Wednesday 8 July 2026",
        "1 of 1 answers of no or not now had a reason",
        "Half had a first answer within 1 working days",
        "Kaplan and Meier",
        "on-time, version 1 (indicator M3, M4)",
        "Nothing is open here",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    for id in FigureId::ALL {
        let file = ada.get(format!("{at}/{id}/table.csv")).await;
        assert_eq!((file.status.as_u16(), file.body.lines().count() > 4), (200, true), "{id}");
        assert!(file.body.contains("Ward 4") && file.body.contains(&format!("{id} 1")), "{}", file.body);
    }
    assert_eq!(ada.get(format!("{at}/rank/table.csv")).await.status, 404);
    let welsh = ada.get(format!("{at}?lang=cy")).await;
    assert!(
        welsh.text().contains("Ffigurau: Ward 4") && welsh.text().contains("Dan reolaeth"),
        "{}",
        welsh.text()
    );
    let place = ada.get(format!("/places/{}?lang=en", app.world.nodes["ward4"])).await;
    assert!(place.body.contains(&at), "the place leads to its figures");
    assert!(ada.get("/work").await.body.contains(&at), "and so does one's own work");
}

#[tokio::test]
async fn records_of_before_get_their_facts_at_night() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let mut tx = app.env.db.write().await.unwrap();
        for sql in
            ["delete from figure_fact", "insert into figure_missing (innovation) select id from innovation"]
        {
            waymark_store::run!(&mut tx, waymark_store::sqlx::query(sql)).unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(whole(&seen(&app, "ada", "ward4").await.1, FigureId::FirstAnswer), [0, 0, 0, 0]);
        app.run_jobs().await;
        assert_eq!(whole(&seen(&app, "ada", "ward4").await.1, FigureId::FirstAnswer), [0, 1, 0, 1]);
        answered(&app, &record, &no()).await;
        assert_eq!(whole(&seen(&app, "ada", "ward4").await.1, FigureId::FirstAnswer), [1, 0, 0, 1]);
        app.mails();
    }
}
