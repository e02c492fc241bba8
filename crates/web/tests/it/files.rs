//! Lists to be taken away: the board of what is late, my work, problems, shared answers, the log of moderation. Each file has
//! the rows of its page for whoever asks, in the page's order, and nobody gets a file whose page is not theirs.

use crate::held_back::insisted;
use crate::problems::listed;
use crate::walk::{days_pass, told, told_by, told_with};
use chrono::TimeDelta;
use scraper::{Html, Selector};
use serde_json::Value;
use uuid::Uuid;
use waymark_app::find::list::TAKEN;
use waymark_app::find::moderation::{self, Typed};
use waymark_app::route::change::Seen;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::problem::Problem;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::shared::SharedAnswer;
use waymark_domain::text::Prose;
use waymark_store::{Stored, run, sqlx};
use waymark_testkit::{Client, Page, TestApp};
use waymark_web::files::IS_WHOLE;

const FORMS: [&str; 3] = ["csv", "json", "atom"];

/// The references on a page, as its lists have them.
fn references(page: &Page) -> Vec<String> {
    let html = Html::parse_document(&page.body);
    let items = Selector::parse("main li").expect("a selector");
    let found = html.select(&items).filter_map(|item| {
        let text: String = item.text().collect();
        let begin = text.find("WM-")?;
        let is_of_it = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        Some(text[begin..].chars().take_while(is_of_it).collect())
    });
    found.collect()
}

/// The items of a list as data.
async fn items(client: &mut Client, at: &str) -> Vec<Value> {
    let page = client.get(at).await;
    assert_eq!(page.status, 200, "{at}: {}", page.text());
    assert_eq!(page.headers["content-type"], "application/json", "{at}");
    let data: Value = serde_json::from_str(&page.body).expect("JSON");
    assert!(data["is_whole"] == true && !page.headers.contains_key(IS_WHOLE), "{at}");
    data["items"].as_array().expect("a list").clone()
}

/// What a field of some items says, where it says anything.
fn all<'a>(items: &'a [Value], field: &str) -> Vec<&'a str> {
    items.iter().filter_map(|item| item[field].as_str()).collect()
}

/// Compares the files of a list with its page, for whoever sees both; gives the items.
async fn alike(client: &mut Client, list: (&str, &str)) -> Vec<Value> {
    alike_with(client, list, "").await
}

/// The same where a record is handled with care, which is in no feed.
async fn alike_with(client: &mut Client, (list, who): (&str, &str), care: &str) -> Vec<Value> {
    let page = client.get(list).await;
    assert_eq!(page.status, 200, "{who} {list}: {}", page.text());
    let items = items(client, &format!("{list}.json")).await;
    assert_eq!(all(&items, "reference"), references(&page), "{who} {list}: {}", page.text());
    let [table, feed] = [client.get(format!("{list}.csv")).await, client.get(format!("{list}.atom")).await];
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    assert!(!table.headers.contains_key(IS_WHOLE), "{who} {list}");
    assert_eq!(feed.headers["content-type"], "application/atom+xml; charset=utf-8");
    assert_eq!(table.body.matches("\r\n").count(), 1 + items.len(), "{who} {list}: {}", table.body);
    let in_feed: Vec<&Value> =
        items.iter().filter(|item| care.is_empty() || item["reference"] != care).collect();
    assert!(care.is_empty() || !feed.body.contains(care), "{who} {list}: {}", feed.body);
    assert_eq!(feed.body.matches("<entry>").count(), in_feed.len(), "{who} {list}: {}", feed.body);
    for item in &items {
        let url = item["url"].as_str().expect("an address");
        assert!(url.starts_with("http") && table.body.contains(url), "{who} {list}: {url}");
    }
    for item in &in_feed {
        let url = item["url"].as_str().expect("an address");
        assert!(feed.body.contains(&format!("href=\"{url}\"")), "{who} {list}: {url}");
    }
    // Two entries of one id are one to a reader of feeds.
    let mut ids: Vec<&str> =
        feed.body.split("<id>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 1 + in_feed.len(), "{who} {list}: {}", feed.body);
    let offers = FORMS.iter().filter(|form| page.body.contains(&format!("href=\"{list}.{form}\"")));
    assert_eq!(offers.count(), if items.is_empty() { 0 } else { 3 }, "{who} {list}: {}", page.body);
    items
}

/// Nobody keeps a copy on the way, and who may not see the page gets no file.
async fn only_for(app: &TestApp, (list, name): (&str, &str), others: &[(&str, u16)]) {
    for form in FORMS {
        let at = format!("{list}.{form}");
        assert_eq!(app.visitor().get(&at).await.status, 303, "{at}");
        let own = app.signed_in(name).await.get(&at).await;
        assert_eq!(
            (own.status.as_u16(), own.headers["cache-control"].as_bytes()),
            (200, &b"no-store"[..]),
            "{at}"
        );
        for (other, status) in others {
            assert_eq!(app.signed_in(other).await.get(&at).await.status, *status, "{other} {at}");
        }
    }
}

#[tokio::test]
async fn the_board_of_what_is_late_is_the_same_as_a_file() {
    for app in TestApp::on_each().await {
        let list = format!("/places/{}/late", app.world.nodes["riverside"]);
        let mut records = Vec::new();
        for seen_by in SeenBy::ALL {
            records.push(told_by(&app, ("ada", "ward4"), Some(seen_by)).await);
        }
        told_by(&app, ("olu", "ward1"), None).await;
        assert!(alike(&mut app.signed_in("cai").await, (&list, "cai")).await.is_empty());
        days_pass(&app, &records[0], 16).await;
        let mut most = 0;
        for name in ["ada", "cai", "len", "fay", "hana", "rhys", "otto"] {
            let care = records[0].told.reference.as_str();
            let items = alike_with(&mut app.signed_in(name).await, (&list, name), care).await;
            most = most.max(items.len());
            assert!(items.iter().all(|item| item["late_since"] == "2026-07-21"), "{name}: {items:?}");
            assert!(items.iter().all(|item| item["working_days_late"] == 2), "{name}: {items:?}");
            let with = |item: &Value| ["role", "role_place"].map(|field| item[field].clone());
            let finder = ["finder", "Riverside Hospital"].map(Value::from);
            let lead = ["team-lead", "Ward 4"].map(Value::from);
            assert!(
                items.iter().all(|item| [finder.clone(), lead.clone()].contains(&with(item))),
                "{items:?}"
            );
            assert_names_nobody(&app, name, &list).await;
        }
        assert_eq!(most, 4, "whoever handles all of them sees all: {:?}", app.engine());
        let table = app.signed_in("cai").await.get(format!("{list}.csv?lang=cy")).await.body;
        assert!(table.contains("\"Diwrnodau gwaith yn hwyr\""), "{table}");
        only_for(&app, (&list, "cai"), &[("olu", 403)]).await;
    }
}

/// No list of what is late says who has it: sorted by name it would be a list of somebody's misses.
async fn assert_names_nobody(app: &TestApp, reader: &str, board: &str) {
    let files = FORMS.map(|form| format!("{board}.{form}"));
    let lists = FORMS.map(|form| format!("/ideas.{form}?late=yes"));
    let mut client = app.signed_in(reader).await;
    for at in files.iter().chain(&lists) {
        let file = client.get(at).await.body;
        assert!(!file.contains("Len Hughes") && !file.contains("Fay Singh"), "{reader} {at}: {file}");
    }
    let program = app.program(reader).await;
    for at in [board, "/ideas?late=true"] {
        let told = program.get(at).await;
        assert_eq!(told.status, 200, "{reader} {at}: {}", told.body);
        let text = told.body.to_string();
        assert!(!text.contains("Len Hughes") && !text.contains("Fay Singh"), "{reader} {at}: {text}");
    }
}

#[tokio::test]
async fn what_the_board_has_no_room_for_is_in_its_files() {
    let app = TestApp::new().await;
    for _ in 0..101 {
        told_by(&app, ("ada", "ward4"), None).await;
    }
    app.advance(TimeDelta::days(16));
    let list = format!("/places/{}/late", app.world.nodes["riverside"]);
    let mut cai = app.signed_in("cai").await;
    let page = cai.get(&list).await;
    assert_eq!(references(&page).len(), 100);
    assert!(page.text().contains("These are the 100 that are late the longest; there are more."));
    assert_eq!(items(&mut cai, &format!("{list}.json")).await.len(), 101);
    assert_eq!(cai.get(format!("{list}.csv")).await.body.matches("\r\n").count(), 102);
    assert_eq!(cai.get(format!("{list}.atom")).await.body.matches("<entry>").count(), 101);
}

/// Ada's, one that she is asked about, one that is Len's to answer and late, one that has time.
async fn work_of_many(app: &TestApp) -> Vec<Innovation> {
    let mut records = Vec::new();
    for name in ["ada", "bea", "len"] {
        records.push(told_by(app, (name, "ward4"), None).await);
    }
    let mut len = app.signed_in("len").await;
    let form = len.get(format!("/records/{}/ask", records[0].told.reference)).await;
    len.submit(&form, &[("question", "How many?")]).await;
    records
}

#[tokio::test]
async fn my_work_is_the_same_as_a_file_for_each_and_for_nobody_else() {
    for app in TestApp::on_each().await {
        work_of_many(&app).await;
        let people = ["ada", "bea", "len", "fay", "hana", "rhys", "ann", "otto", "olu"];
        let mut parts = std::collections::BTreeSet::new();
        for days in [0, 16] {
            app.advance(TimeDelta::days(days));
            app.run_jobs().await;
            for name in people {
                let items = alike(&mut app.signed_in(name).await, ("/work", name)).await;
                parts.extend(items.iter().map(|item| item["part"].to_string()));
                if days > 0 && name == "len" {
                    assert!(items.iter().any(|item| item["is_late"] == true), "{items:?}");
                }
            }
        }
        let wanted = ["\"brought\"", "\"later\"", "\"to-take-over\"", "\"waiting\""];
        assert_eq!(parts.into_iter().collect::<Vec<_>>(), wanted, "every part was met: {:?}", app.engine());
        only_for(&app, ("/work", "len"), &[]).await;
    }
}

#[tokio::test]
async fn what_my_work_has_no_room_for_is_said_and_in_its_files() {
    for app in TestApp::on_each().await {
        for _ in 0..100 {
            told_by(&app, ("ada", "ward4"), None).await;
        }
        let words = "There is more than this page has room for: it shows the first 100 of each kind";
        for name in ["ada", "len"] {
            let page = app.signed_in(name).await.get("/work").await;
            assert_eq!(references(&page).len(), 100, "{name} on {:?}", app.engine());
            assert!(!page.text().contains(words), "{name}: a hundred are all");
        }
        told_by(&app, ("ada", "ward4"), None).await;
        // What she told, what waits for him, what the finder may take over.
        for name in ["ada", "len", "fay"] {
            let mut client = app.signed_in(name).await;
            let page = client.get("/work").await;
            assert_eq!(references(&page).len(), 100, "{name} on {:?}", app.engine());
            assert!(page.text().contains(words), "{name}: {}", page.text());
            assert!(page.body.contains("href=\"/work.csv\">All of it as a table"), "{name}: {}", page.body);
            assert_eq!(items(&mut client, "/work.json").await.len(), 101, "{name}");
            assert_eq!(client.get("/work.csv").await.body.matches("\r\n").count(), 102, "{name}");
            assert_eq!(client.get("/work.atom").await.body.matches("<entry>").count(), 101, "{name}");
            let welsh = client.get("/work?lang=cy").await;
            assert!(welsh.text().contains("Y cyfan fel tabl"), "{name}: {}", welsh.text());
        }
    }
}

#[tokio::test]
async fn what_is_held_back_is_in_the_work_of_its_reader_and_its_writer_without_its_words() {
    for app in TestApp::on_each().await {
        insisted(&mut app.signed_in("ada").await, &[]).await;
        for (name, part, act) in [("ada", "brought", Value::Null), ("fay", "waiting", "read-held".into())] {
            let items = alike(&mut app.signed_in(name).await, ("/work", name)).await;
            assert_eq!(
                (items.len(), &items[0]["part"], &items[0]["act"]),
                (1, &part.into(), &act),
                "{items:?}"
            );
            assert_eq!(items[0]["due"], "2026-07-08");
        }
        for name in ["bea", "len", "hana", "rhys", "otto"] {
            assert!(items(&mut app.signed_in(name).await, "/work.json").await.is_empty(), "{name}");
        }
    }
}

#[tokio::test]
async fn problems_are_the_same_as_a_file_with_the_words_that_are_searched_for() {
    for app in TestApp::on_each().await {
        let closes = app.env.now() + TimeDelta::days(1);
        for (seen_by, closes) in
            [(SeenBy::Everyone, None), (SeenBy::Body, Some(closes)), (SeenBy::Bodies, None)]
        {
            listed(&app, seen_by, closes).await;
        }
        for (name, sees) in [("", 1), ("ada", 3), ("olu", 2), ("rhys", 3)] {
            let mut client = if name.is_empty() { app.visitor() } else { app.signed_in(name).await };
            let items = alike(&mut client, ("/problems", name)).await;
            assert_eq!(items.len(), sees, "{name} on {:?}", app.engine());
            let page = client.get("/problems").await;
            let on_page =
                all(&items, "url").into_iter().filter(|url| page.body.contains(&url[url.len() - 36..]));
            assert_eq!(on_page.count(), sees, "{name}: {}", page.body);
        }
        let mut ada = app.signed_in("ada").await;
        assert_eq!(items(&mut ada, "/problems.json?q=kitchen").await.len(), 3);
        assert!(items(&mut ada, "/problems.json?q=heliport").await.is_empty());
        let page = ada.get("/problems?q=kitchen").await;
        assert!(page.body.contains("href=\"/problems.csv?q=kitchen\""), "{}", page.body);
        assert_eq!(ada.get(format!("/problems.json?q={}", "word+".repeat(400))).await.status, 404);
    }
}

#[tokio::test]
async fn shared_answers_are_the_same_as_a_file_for_whoever_may_use_them() {
    for app in TestApp::on_each().await {
        let (first, second) = (told(&app).await, told_by(&app, ("bea", "ward4"), None).await);
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let words = "=There is no room for more staff bays until the field is paved. Use the bus.";
        let fields = [("reason", "R07"), ("words", words), ("would-change", "The field is paved.")];
        crate::shared::gives(&mut len, &form, (&[&first, &second], &fields)).await;
        let found = items(&mut len, "/shared.json").await;
        assert_eq!((found.len(), &found[0]["uses"]), (1, &2.into()), "{found:?}");
        let page = len.get("/shared").await;
        let url = found[0]["url"].as_str().expect("an address");
        assert!(page.body.contains(&url[url.len() - 36..]), "{}", page.body);
        let table = len.get("/shared.csv").await;
        assert!(table.body.contains("\"'=There is no room") && table.body.contains(url), "{}", table.body);
        let feed = len.get("/shared.atom").await;
        assert!(feed.body.contains("Given to 2 records."), "{}", feed.body);
        assert!(items(&mut app.signed_in("ada").await, "/shared.json").await.is_empty());
        assert!(items(&mut app.signed_in("olu").await, "/shared.json").await.is_empty());
        assert_eq!(app.visitor().get("/shared.csv").await.status, 303);
    }
}

/// Says how many items a file of a list has that is cut, alike in its header and as data.
async fn cut_to(client: &mut Client, list: &str, asked: &str) -> usize {
    let table = client.get(format!("{list}.csv{asked}")).await;
    let data = client.get(format!("{list}.json{asked}")).await;
    for file in [&table, &data] {
        assert_eq!(file.headers.get(IS_WHOLE).expect("it says so"), "false", "{list}");
    }
    let data: Value = serde_json::from_str(&data.body).expect("JSON");
    assert_eq!(data["is_whole"], false, "{list}");
    let items = data["items"].as_array().expect("a list").len();
    assert_eq!(table.body.matches("\r\n").count(), 1 + items, "{list}");
    items
}

/// Copies the row of a record as often as fill a file, with other ids and references.
async fn copied<R: Stored>(app: &TestApp, id: Uuid) {
    let table = &R::TABLES[0];
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let copy = |name: &&str| match *name {
        "id" => "$2".to_owned(),
        "reference" => "reference || $3".to_owned(),
        name => name.to_owned(),
    };
    let copies: Vec<String> = names.iter().map(copy).collect();
    let (name, names, copies) = (table.name, names.join(", "), copies.join(", "));
    let sql = format!("insert into {name} ({names}) select {copies} from {name} where id = $1 and $3 > 0");
    let mut tx = app.env.db.write().await.expect("a database");
    for number in 1..=i64::try_from(TAKEN).expect("a number") {
        let sql = sqlx::AssertSqlSafe(sql.clone());
        let done = run!(&mut tx, sqlx::query(sql).bind(id).bind(app.env.id()).bind(number));
        assert_eq!(done.expect("a copy"), 1);
    }
    tx.commit().await.expect("a commit");
}

#[tokio::test]
async fn a_board_my_work_problems_and_shared_answers_that_are_cut_say_so() {
    let app = TestApp::new().await;
    let (first, second) = (told(&app).await, told_by(&app, ("bea", "ward4"), None).await);
    let mut len = app.signed_in("len").await;
    let form = len.get("/shared/new").await;
    let fields = [
        ("reason", "R07"),
        ("words", "There is no room for more staff bays until the field is paved."),
        ("would-change", "The field is paved."),
    ];
    crate::shared::gives(&mut len, &form, (&[&first, &second], &fields)).await;
    let shared = items(&mut len, "/shared.json").await;
    let shared = shared[0]["url"].as_str().and_then(|url| url.rsplit('/').next()?.parse().ok());
    copied::<SharedAnswer>(&app, shared.expect("an id")).await;
    assert_eq!(cut_to(&mut len, "/shared", "").await, TAKEN);

    copied::<Problem>(&app, listed(&app, SeenBy::Everyone, None).await.0).await;
    let mut nobody = app.visitor();
    assert_eq!(cut_to(&mut nobody, "/problems", "").await, TAKEN);
    cut_to(&mut nobody, "/problems", "?q=kitchen").await;

    let late = told_by(&app, ("cai", "ward4"), None).await;
    app.advance(TimeDelta::days(16));
    copied::<Innovation>(&app, late.id.0).await;
    let mut len = app.signed_in("len").await;
    let board = format!("/places/{}/late", app.world.nodes["ward4"]);
    assert_eq!(cut_to(&mut len, &board, "").await, TAKEN);
    assert!(cut_to(&mut len, "/work", "").await >= TAKEN);
}

#[tokio::test]
async fn a_log_of_moderation_that_is_cut_says_so() {
    for app in TestApp::on_each().await {
        let record = told(&app).await;
        let mut ctx = app.write_as("fay").await;
        let left = Typed::Leave(Prose::parse("It names nobody.").expect("a text"));
        let seen = Seen { id: record.id, version: None };
        moderation::moderate(&mut ctx, seen, &left).await.expect("left as it is");
        ctx.commit().await.expect("a commit");
        let log = format!("/places/{}/moderation", app.world.nodes["riverside"]);
        let mut fay = app.signed_in("fay").await;
        assert_eq!(items(&mut fay, &format!("{log}.json")).await.len(), 1);
        // Each time there are twice as many.
        let sql = "insert into moderation (innovation, number, act, role, because, words_version, moderated_by, \
                   moderated_at, is_with_care) select innovation, number + (select max(number) from moderation), \
                   act, role, because, words_version, moderated_by, moderated_at, is_with_care from moderation";
        let mut tx = app.env.db.write().await.expect("a database");
        for _ in 0..13 {
            run!(&mut tx, sqlx::query(sql)).expect("as many again");
        }
        tx.commit().await.expect("a commit");
        assert_eq!(cut_to(&mut fay, &log, "").await, moderation::LOGGED, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn no_cell_of_a_board_or_of_my_work_is_a_formula() {
    let app = TestApp::new().await;
    let record = told_with(&app, ("ada", "ward4"), None, ("=1+1 <b>& beds", "We run out.")).await;
    days_pass(&app, &record, 16).await;
    let board = format!("/places/{}/late", app.world.nodes["ward4"]);
    for (name, list) in [("len", board.as_str()), ("ada", "/work")] {
        let mut client = app.signed_in(name).await;
        let table = client.get(format!("{list}.csv")).await.body;
        assert!(table.contains("\"'=1+1 <b>& beds\""), "{table}");
        let feed = client.get(format!("{list}.atom")).await.body;
        assert!(feed.contains("=1+1 &#60;b&#62;&#38; beds"), "{feed}");
    }
}
